"""Turns of speech about bars and levels, put into the words that the readers of bars and distances know."""

from __future__ import annotations

import re

from .rewriting import Turns

_N = r"(two|three|four|five|six|seven|eight|nine|ten|\d+)"
_BAR = r"(?:bar|candle|day|session)"
_BEFORE = r"(?:previous|prev|prior|preceding|last)"
_PCT = r"(\d+(?:\.\d+)? ?(?:%|percent|per cent))"
_ENDS = r"(?= ?(?:[.,;:)?!]|$|and\b|then\b))"
_NTH = r"(second|third|fourth|fifth|sixth)"
_MID = (
    r"(?:(?:middle|midpoint|mid[ -]?point|mid|half[ -]?way|center|centre)(?: point| price| line)?|average|mean)"
    r" (?:of|between) (?:the )?"
)


def _level(match: re.Match[str]) -> str:
    return f"{match[1]} {'low' if match[2].lower() in {'lowest', 'minimum', 'bottom'} else 'high'}"


def _by_body(match: re.Match[str]) -> str:
    """From open to close the bar loses more than 1 %."""
    down = match[1].lower().startswith(("los", "fall", "drop"))
    return f"the close is{match[2]} {'below' if down else 'above'} the open"


def _of_count(match: re.Match[str]) -> str:
    """In the last 10 bars at least 7 closed higher; and the same counted once more: if it's 4 or less."""
    count, least, said = match[1], match[2], match[3]
    rest = re.sub(
        r"\b(?:it'?s|it is|they are|there are|that is)(?: only)? (\d+) or (less|fewer|more)\b",
        lambda m: f"{'at least' if m[2] == 'more' else 'at most'} {m[1]} of the last {count} bars {said}", match[4]
    )  # fmt: skip
    return f"{least} of the last {count} bars {said}{rest}"


def _that_extreme(match: re.Match[str]) -> str:
    """Under that high: of the bars whose high was named."""
    return f"{match[1]}{match[2]}{match[1]}" if match[1].lower().endswith(match[3].lower()) else match[0]


_MINUTES = re.compile(r"\b(\d+)[- ]?(?:m|min|mins|minutes?)\b(?! of)", re.IGNORECASE)
_ENVELOPE = re.compile(
    r"(?:an? |the )?(?:envelope (?:that sits |that is |of |at |set )?(?P<a>\d+(?:\.\d+)?) ?% above and (?:(?P=a) ?% "
    r")?below|"
    r"(?P<b>\d+(?:\.\d+)?) ?% envelope (?:around|of|on|about)) (?P<line>(?:the |its )?\d+[- ](?:bar|day|"
    r"candle)?[a-z ]*?"
    r"(?:average|[se]ma|wma))\b", re.IGNORECASE
)


def _opening(match: re.Match[str]) -> str:
    """The first half hour of the day makes the range: so many bars of it."""
    frame = next((int(each[1]) for each in _MINUTES.finditer(match.string) if each.start() != match.start(1)), 0)
    span = re.match(r"\d+", match[1])
    minutes = int(span[0]) if span else 30 if "half" in match[1] else 60
    known = frame and not minutes % frame
    return f"the opening range is the first {minutes // frame} bars of the day" if known else match[0]


def _edge_of_opening(match: re.Match[str]) -> str:
    """The bottom of that range, where one was named."""
    edge = "low" if match[1].lower() in {"bottom", "low", "low end", "lower end"} else "high"
    return f"the opening range {edge}" if "the opening range is the first" in match.string else match[0]


def _of_supertrend(match: re.Match[str]) -> str:
    """`… Supertrend … . ATR period 14, factor 2`, where no stop is measured by it."""
    if re.search(r"\b(?:stop|trail|target|keltner|chandelier)", match.string, re.IGNORECASE):
        return match[0]
    return f"{match[1]} {match[4]} {match[3]}{match[2]}"


def _of_envelope(match: re.Match[str]) -> str:
    """The lines of an envelope are so far above and below its average."""
    found = _ENVELOPE.search(match[0])
    if not found:
        return match[0]

    def edge(each: re.Match[str]) -> str:
        over, upper = each[1].lower() in {"over", "above"}, each[2].lower() == "upper"
        return (f"{'more' if over == upper else 'less'} than {found['a'] or found['b']}% "
                f"{'above' if upper else 'below'} {found['line']}")  # fmt: skip

    said = _ENVELOPE.sub("it", match[0])
    return re.sub(r"\b(over|above|under|below) (?:the|its) (upper|lower) (?:band|line)(?: of (?:it|the envelope|"
    r"that envelope))?",
                  edge, said, flags=re.IGNORECASE)  # fmt: skip


TURNS: Turns = (
    (r"\bthe first (half(?: an)? hour|hour|\d+ (?:minutes|mins?)) of (?:the|each|every) (?:day|session) (?:makes|is|"
     r"forms|sets|"
     r"gives|defines) (?:the|my|our) (?:opening )?range\b", _opening),
    (r"\bthe (bottom|top|low(?:er)? end|upper end|high end|low|high) of (?:that|the|this) range\b", _edge_of_opening),
    (r"\A(?=[\s\S]*\benvelope\b)[\s\S]*\Z", _of_envelope),
    (r"\b(?:i'?m|i am|we'?re) not (?:waiting|going to wait|gonna wait) for (?:no |any |a |the )?(?:golden|death) "
     r"cross\b", ""),
    (r"\b(supertrend)\b(?! ?\()([\s\S]*?)[.;,(] ?(?:with )?(?:an? |the )?(?:atr )?(?:period|length)(?: of it)?:? "
     r"(\d+),? (?:and )?"
     r"(?:an? )?(?:factor|multiplier|mult)(?: of)?:? (\d+(?:\.\d+)?)\)?", _of_supertrend),
    (r"\((?:the )?(?:standard|usual|default|classic|normal) (?:bollinger(?: bands?)?|bb) ?(?:20 ?[/, ] ?2)?\)", ""),
    (r"\b(?:always )?(?:turn|flip|reverse) (?:the position|it|the trade)(?: around| over)?(?: (?:when|if|once) the "
     r"(?:other|"
     r"opposite) (?:one|signal)(?: shows up| comes| appears| fires| triggers)?)", "stop and reverse"),
    (rf"\b{_BEFORE} ({_BAR})'s (body|range|high|low|close|open)\b(?! (?:and|to))", r"\2 of the previous \1"),
    (rf"{_MID}(yesterday|(?:last|this|{_BEFORE}|the|that) (?:week|month|{_BAR}))'?s? high and (?:the |its )?low\b",
     r"midpoint of \1"),
    (r"\btake (yesterday|last week|last month|the previous \w+)'?s high and (?:\1'?s )?low and (?:split the difference|"
     r"take the (?:middle|average|midpoint)|halve (?:it|them))[.,;:] ?(.{0,30}?\b(?:above|below|over|under)) "
     r"(?:that|the|this) (?:middle|midpoint|half|mid|level|line)\b", r"\2 midpoint of \1"),
    (r"((?:last|this|previous|prior) (?:week|month|day|bar|candle)'?s|yesterday'?s|today'?s) (lowest|highest|minimum|"
     r"maximum)(?: price| point| level)?\b(?! (?:high|low|close|open|volume))", _level),
    (rf"()\b(maximum|minimum|top|bottom) of (?=(?:the |that )?(?:(?:{_BAR}|one) before|{_BEFORE} {_BAR}\b(?!'?s? "
     rf"(?:volume|range|body|close|open))))",
     lambda m: f"{_level(m).strip()} of "),
    (r"\bthe shares? (?=opens?\b|closes?\b|is\b|has\b|falls?\b|rises?\b|drops?\b|gaps?\b|trades?\b)", "the stock "),
    (r"\bfrom open to close,? (?:the|a|one|this) (?:bar|candle) (loses|falls|drops|gains|rises|climbs)"
     rf"((?: by)?(?: more than| at least| over)? {_PCT})", _by_body),
    (r"\b(?:the|a|one|this) (?:bar|candle) (loses|falls|drops|gains|rises|climbs)"
     rf"((?: by)?(?: more than| at least| over)? {_PCT}) from (?:its )?open to (?:its )?close\b", _by_body),
    (r"\b(?:is|are|was|were|be) not (?:more|higher|greater|larger|further|farther) than (?=\d|one\b|two\b|half\b)",
     "at most "),
    (r"\bin (?:the )?(?:last|past) (\d+) bars,? ((?:at least|at most|exactly|more than|fewer than|less than) \d+)"
     r"(?: of them)? ((?:closed|were|are|ended|had|have) [^.:;,]*?)(?: them)?(?=[.:;,])(.*)", _of_count),
    (rf"(\b\d+[- ]{_BAR}s?[- ](?:high|low)\b)(.{{1,80}}?\b(?:under|over|above|below|off|from|at) )(?:that|this)(?: "
     rf"same|"
     r" very)? (high|low)\b(?! of)", _that_extreme),
    (rf"\b(?:continuous(?:ly)?|consecutive(?:ly)?) {_N} (bars|candles|days)\b", r"\1 consecutive \2"),
    (rf"\b{_N} (bars|candles|days) (?:continuous(?:ly)?|consecutively)\b", r"\1 consecutive \2"),
    (rf"\bprice (?={_N} consecutive)", ""),
    (rf"\b{_N} consecutive (?:bars|candles|days),? the (?:closing price|close) is (?:each|every) time (lower|higher)"
     r"(?: than (?:(?:the )?(?:one|bar|candle) )?before)?", r"\1 \2 closes in a row"),
    (rf"(?:\b(?:has been|was|is) )?\b(higher|lower) than the (?:one|bar|candle|day) before(?: it)?,? {_N} "
     r"(bars|candles|days|times) (?:in a row|running|straight)", r"\1 \2 \3 in a row"),
    (rf"\b(?:gone up|risen|gone higher|climbed) (?:every|each)(?: single)? {_BAR} for {_N} (bars|days|candles)",
     r"rising \1 \2 in a row"),
    (rf"(?:\bexactly |\bonly |\bjust )?(?:on )?(?:exactly |only )?\bthe {_NTH} ((?:lower|higher|red|green)[a-z "
     rf"]{{0,12}}?) in "
     rf"a row[.,;]? ?(?:but )?not (?:on )?the {_NTH}(?: one)?(?:,? (?:and |or )?not (?:on )?the \w+(?: one)?)*",
     r"the \1 \2 in a row and not the \3 \2 in a row"),
    (rf"\bnot (?:a|one)(?: single)? (green|red|up|down) ({_BAR})s? (?:among|in|within|of|during) the last {_N}(?: "
     rf"bars| "
     r"candles| days)?\b", r"no \1 \2 in the last \3 bars"),
    (rf"\b((?:any|each|all|every one) of (?:the |its )?{_BEFORE} {_N}){_ENDS}", r"\1 bars"),
    (r"\b(low|high|open|close) of (?:that|the|this) (?:engulfing|signal|entry|trigger|setup|breakout)(?: bar| "
     r"candle)?\b",
     r"\1 of the bar"),
    (r"\b(bar|candle|one|day) in front of (?:it|this one|that one)\b", r"\1 before"),
    (r"\b(?:ends?|finish(?:es)?)(?: up)? (?=red\b|green\b|higher\b|lower\b)", "closes "),
    (r"\bthe end is (?=red\b|green\b)", "it closes "),
    (r"\b(bar|candle|it) (?:measures|spans|covers|stretches)(.{3,50}?) from (?:its )?(?:high to (?:its )?low|low to "
     r"(?:its "
     r")?high|top to bottom)\b", r"\1's range is\2"),
    (r"(?<!from )\bhigh[- ]to[- ]low\b(?! (?:of \d|\d))", "range"),
    (rf"\bmakes? out (?=more|less|at least|at most|{_PCT})", "is "),
    (r"\b(?:the )?half (?:of )?(?:the|its) (?:whole|entire|full|total) (?:bar|candle)\b", "50% of its range"),
    (rf"\b(?:gets?|becomes?|is getting|keeps getting) (?:smaller|shorter|narrower)(?= (?:for )?{_N} )", "shrinks"),
    (rf"\b(?:gets?|becomes?|is getting|keeps getting) (?:bigger|larger|longer|wider)(?= (?:for )?{_N} )", "grows"),
    (rf"\bclos(?:es?|ing) (up|down) from ((?:yesterday'?s|the (?:previous|last|prior)(?: {_BAR}'?s)?) close)",
     lambda m: f"close {'above' if m[1] == 'up' else 'below'} {m[2]}"),
    (r"\b(?:is |gets |has )?(?:stretched|extended|trading) (?=(?:by )?(?:more than |over |at least )?\d+(?:\.\d+)? "
     r"?(?:%|per|"
     r"atr)[^.,;]{0,12} (?:above|below|over|under|from|away))", "is "),
    (rf"\bvolume (?:jumps|rises|is up|increases|grows|climbs|surges)(?: by)? {_PCT}( or more)? (?:compared (?:with|to)|"
     rf"against|over|on|versus|vs\.?) (?:that of )?the ({_BAR}) before",
     lambda m: f"volume is {'at least' if m[2] else 'more than'} {m[1]} above the volume of the {m[3]} before"),
    (rf"\bthe same (?={_N} (?:bars|candles|days) in a row)", ""),
    (rf"\b(price|close|stock|market)(?: is| was| has moved)?([^,.;]{{0,30}}? (?:away|far) from) where (?:it|price) "
     rf"(?:was|stood) "
     rf"(?={_N} (?:bars|candles|days) (?:ago|back|before))", r"\1 is\2 the close "),
    (r",? ?\bup or down\b(?=[,;.])", " on either side"),
    (r"\b(donchian.{0,40}?) as it (?:stood|was)(?: at| on)? (?:one bar|1 bar|the bar) (?:ago|before|earlier)", r"\1"),
    (rf"\b(?:only )?(?:on|at) the (?:very )?first {_BAR} (?:that|which|to) closes? (above|below|over|under) "
     rf"([^.,;]+?),? "
     rf"(?:but |and )?not again(?: on (?:each|every|any|the)(?: later)? {_BAR}s?)?(?: after (?:that|it)(?: "
     rf"one)?)?{_ENDS}",
     r"when the close crosses \1 \2"),
    (r"((?:\band|\bbut|\bthen|,)(?: then)?(?: it| the price| price)?) (came|comes|fell|falls|dropped|drops|dipped|dips|"
     r"slid|slides|moved|moves|snapped|snaps|went|goes|closed|closes|climbed|climbs|popped|pops) (?:right )?(?:back )?"
     rf"in(?: again)?{_ENDS}", r"\1 \2 back inside"),
    (rf"\b(when|once|if|after) (?:you|i|we) (?:get|see|have|spot) (?=(?:a|an|one|{_N}) (?:red|green|lower|higher|"
     rf"inside))",
     r"\1 "),
)  # fmt: skip
