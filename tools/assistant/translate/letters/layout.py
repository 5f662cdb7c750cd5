"""How a request is laid out: lists, comments of code, letters apart; passive and foreign words for an action; windows
that say whether the bar of now is counted. All of it put into the words that are read elsewhere."""

from __future__ import annotations

import re

from .rewriting import Turns

_ITEM = r"(?://+|#+|[-*•]+|[a-z0-9][.)](?=\s))"
_MODAL = r"(?:shall|should|must|will|would|may|can|has to|have to|are to|is to|needs? to|ought to)"
_END = r"(?= ?(?:[.,;:)]|$))"
_N = r"(\d+|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty)"
_THIS = r"(?:this|the current|the present|the latest|today'?s?|the running)(?: (?:one|bar|candle|day))?"
_COUNTED = (
    rf",? ?\(?(?:(?:counting|including|incl\.?|included|inclusive of) {_THIS}|{_THIS} (?:is |being )?"
    rf"(?:included|counted|inclusive|counts)(?: too| as well| in)?|(?:current|this|present) (?:one|bar|candle) "
    r"(?:included|counted|counts|inclusive))\)?"
)
_SAYS = " that is to say "
_NAME = r"(?-i:[A-Z][a-z]+)"
_PLAIN = r"(?!buy|sell|long|short|exit|entry|stop|cover)[a-z]+(?: (?!buy|sell|long|short)[a-z]+)?"
_COUNTS = re.compile(r"\d|%|\b(?:only|not|no|unless|if|when|except|stop|target|on|before|after)\b", re.IGNORECASE)
_TELLING = re.compile(r"(?i:\b(?:daily|hourly|weekly|buy|sell|long|short|only|no|not|on|in)\b)|\b[A-Z]{2,}\b")
_NAMES = {"rsi", "ema", "sma", "wma", "hma", "atr", "adx", "cci", "mfi", "obv", "roc", "macd", "vwap"}
_NUMBERS = dict(zip(
    "two three four five six seven eight nine ten twelve fifteen twenty".split(),
    (2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 15, 20), strict=True,
))  # fmt: skip


def _together(match: re.Match[str]) -> str:
    """`r s i`, `e.m.a.`: what a voice spells."""
    name = re.sub(r"[^a-z]", "", match[0].lower())
    return name if name in _NAMES else match[0]


def _subject(match: re.Match[str]) -> str:
    """The subject of a letter names what follows; a side, a timeframe or a symbol in it counts."""
    return match[1] if _TELLING.search(match[1]) else ""


def _for_next(match: re.Match[str]) -> str:
    """An order for the next day, on bars of days, is for one bar."""
    before = match.string[max(match.start() - 70, 0) : match.start()]
    if not re.search(r"\b(?:buy stop|sell stop|stop entry|limit|order|bid)\b", before, re.IGNORECASE):
        return match[0]
    days = re.search(r"\b(?:daily|dailies|days?)\b", match.string[: match.start()])
    return " for one bar" if days or "day" not in match[0] else " good for the day"


def _coloured(match: re.Match[str]) -> str:
    """`And it is red`: the bar, where no line has a colour."""
    lines = re.search(r"hist|supertrend|heikin|sar\b|macd", match.string, re.IGNORECASE)
    before = match.string[max(match.start() - 80, 0) : match.start()].rpartition(".")[2]
    other = re.search(r"\b(?:before|previous|prior|last|yesterday|ago|earlier)\b", before, re.IGNORECASE)
    return match[0] if lines or other else f"and the bar is {match[1]}"


def _far(match: re.Match[str]) -> str:
    """Way bigger: how much is not said."""
    return f"far {'below' if match[1].lower() in {'smaller', 'shorter', 'narrower', 'less'} else 'above'}"


def _called(match: re.Match[str]) -> str:
    """`goLong()`, `close_position()`."""
    words = re.sub(r"(?<=[a-z])(?=[A-Z])|_", " ", match[0]).lower()
    return {"close": "exit", "close position": "exit", "close trade": "exit", "close all": "exit"}.get(words, words)


def without_comments(code: str) -> str:
    """Statements of code without what only says what they do."""
    return re.sub(r"(?<=;) *//[^\n]*", _comment, code)


def _comment(match: re.Match[str]) -> str:
    """What is said behind a statement of code; a number, a time or a bound in it counts."""
    counts = _COUNTS.search(match[0])
    return f" . {match[0].strip(' /')}" if counts else ""


def _one_more(match: re.Match[str]) -> str:
    """On this bar or one of the 5 before it: in any of the last 6."""
    return f"in any of the last {(_NUMBERS.get(match[1].lower()) or int(match[1])) + 1} bars"


LAYOUT: Turns = (
    (rf"\A\s*{_ITEM}\s*(?=[^\s\d.])", ""), (r"\n\s*//+\s*", " . "), (rf"\n\s*{_ITEM}\s+", " , "),
    (r"\A\s*(?:memo|fyi|attn)\b\s*[.:,-]?", ""), (r"(?:\A|(?<=[.\n]))\s*(?:subject|re) ?: ([a-z' ]+[.\n])", _subject),
    (r"\b(?:pp?|pg|page|chapter|ch|fig)\. ?\d+(?=[.:,;])", ""),
    (r"\b(buy|grab|take) (the|that|every|each) dumps?\b", r"\1 \2 dip"),
    (r"\bi\. ?e\.?,?(?= )|\bto be (?:exact|precise)\b,?", _SAYS),
    (rf"(?<=[.!?\n])\s*(?:all the best|best|cheers|thanks|yours|sincerely|br|rgds),?\s+{_NAME}\.?\s*\Z", ""),
    (r"\b(?:i'?m|i am) (?:1[89]|[2-9]\d)(?: years?(?: old)?)?(?= ?(?:[.,;]|and\b|but\b|now\b))", "i am"),
    (rf"[,.]? ?(?:that'?s|that is|this is|i call (?:it|this|that)|we call (?:it|this|that)) (?:an? |the |my )?{_PLAIN} "
     r"(?:to|for|in) (?:me|us|my book)\b", ""),
    (r"\b(it|price|stock|market|candle|she|he|thing|coin) dump(?:s|ed)\b", r"\1 drops"),
    (r"\b(nobody|everybody|everyone|no one)(?:'s| is| are)? (?:buying|selling|shorting)(?= ?:)", r"\1 moves"),
    (r"\b[a-z](?:[. ][a-z]){2,3}\b\.?", _together),
    (rf"\b(long|short) (?:positions?|trades?|entry|entries) {_MODAL} be (?:opened|entered|taken|initiated|established)",
     r"\1 entry"),
    (rf"\b(?:positions? |trades? )?{_MODAL} be (?:closed|exited|liquidated|closed out|sold off)"
     r"(?: (?:in full|completely|entirely|fully))?\b", "exit"),
    (r"\b(?:that|this|which)(?: is|'?s|) (?:when|where|the (?:moment|time|point|bar)(?: when| that|))"
     r" (?=(?:i|we) (?:buy|sell|short|cover|exit|go|get|leave|enter|close)\b)", " -> "),
    (r"(?<=[=>]) ?gone\b", " out"), (r"\bone that (?=is\b|goes\b|buys\b|sells\b|trades\b)", ""),
    (r"\b(?:it |that it |which )?(?:closes|exits|liquidates|ends|finishes) (?:the|its|this|that) (?:operation|position|"
     r"trade)\b", " exit "),
    (r"\b(?:everything|it all|all of it) (?:is |comes |goes )?off (?=at\b|by\b|before\b|after\b|when\b|if\b)", "exit "),
    (r"\b(?:and )?if (?:neither|none)(?: of (?:those|these|them|the two))?(?: happens?| comes?| hits?| is hit)?,?"
     r"(?=(?: (?:i'?m|i|we|it'?s|then|just|get|be|am|me)){0,3} (?:out|exit|sell|close|leave|flat)\b)", ", "),
    (r"\b(?:keep|hold)(?: it| them| on)? (?:till|until|to) (?:the end of the day|the (?:day|session) (?:is over|"
     r"ends|is "
     r"done|closes))\b", "exit at the end of the day"),
    (r"\b(daily|hourly|weekly|\d+[- ]?(?:min|minute|h|hour)) (?:chart|bars|candles|time ?frame) only\b", r"\1 chart"),
    (r"\bthis one(?:'s| is| was|) (?=red\b|green\b|higher\b|lower\b|closes\b|closed\b|opens\b)", "this bar is "),
    (r"\b(the next) (?:bar|candle) only\b", r"\1 bar"),
    (r"(?<=[a-z]) for the next (?:bar|candle|session|day)(?= ?(?:[,.;)]|$))", _for_next),
    (r"\b(the (?:average true range|atr)) of (\d+)(?! (?:points?|dollars?|pips|ticks|%|percent))\b(?: "
     r"(?:periods|bars|candles)\b)?",
     r"\1(\2)"),
    (r"\band (?:it|this one|the candle|the bar)(?: is|'s) (red|green)\b", _coloured),
    (r"\b(?:way|much|far|a lot) (bigger|larger|greater|wider|smaller|shorter|narrower|less|more) than\b", _far),
    (r"\b(?i:(?:go|enter|open|close|exit)[ _]?)?(?:long|short|buy|sell|exit|cover|close)(?:_?(?i:position|trade|all|"
     r"order))?"
     r"(?=\(\))", _called), (r"(?<=[a-z])\(\) ?;?", " . "),
    (r"\b(?:ll|hh)(\d+)(?: and (?:ll|hh)\1)? (?:being|is|are) the (?:lowest low|highest high)(?: and (?:the "
     r")?(?:lowest low|"
     r"highest high))? (?:of|over) (?:the last )?\1 (?:days|bars)\b", ""),
    (r"\bshould be (?=not\b|no\b|at\b|above\b|below\b|under\b|over\b|more\b|less\b|higher\b|lower\b|within\b|between\b|"
     r"green\b|red\b)", "is "),
    (r"\b(bollinger(?: bands?)?|keltner(?: channels?)?|bb|kc) (\d+)[ ,/]+(\d(?:\.\d)?)(?= (?:when|if|price|close)\b|"
     r"[.,:;])",
     r"\1 (\2, \3)"),
    (rf"\b(above|below|under|over|beneath)(?: of)? (?:the|that) (?:very )?same(?: one| line| average| mean| level|)"
     rf"{_END}", r"\1 it"),
    (r"\bcross(es|ing|ed|) to (above|below|under|over)\b", r"cross\1 \2"),
    (rf"\bon this (?:bar|candle|one) or (?:on |in |during )?(?:any|one)(?: one)? of (?:the )?{_N} "
     r"(?:bars|candles|ones)? ?(?:before|preceding|previous)(?: (?:it|this one|this bar|that))?", _one_more),
    (rf"\b(?:in|on|over|during|within) (?:the )?(?:last|past|latest) {_N} (bars|candles|days){_COUNTED}",
     r"in any of the last \1 \2"),
    (rf"\b(of (?:the )?(?:last|past|latest) {_N} (?:bars|candles|days)){_COUNTED}", r"\1"),
)  # fmt: skip
