"""Turns of traders' talk, and what stands for something said before: put into the words that are read elsewhere."""

from __future__ import annotations

import re

from .rewriting import Turns

_N = r"(\d+(?:\.\d+)?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty)"
_PCT = r"(\d+(?:\.\d+)? ?(?:%|percent|per cent|pct))"
_MA = r"(?:(?:\d+[- ]?(?:bar |day |period )?)?(?:sma|ema|wma|hma|ma)(?: ?\(?\d+\)?)?)"
_TF = r"(?:\d+ ?-?(?:m|min|minutes?|h|hours?|d|days?)|daily|hourly|weekly)"
_CLOCK = r"([01]\d|2[0-3])([0-5]\d)"
_DIGITS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "zero": 0}
_EDGES = {"top": "upper", "upper": "upper", "bottom": "lower", "lower": "lower", "mid": "middle", "middle": "middle"}
_SIZES = {"half": "50%", "quarter": "25%", "third": "33.3%", "double": "200%"}
_BANDS = re.compile(r"\b(?:band|bands|channels?|bollingers?|keltner|donchian|envelope)\b", re.IGNORECASE)
_TAKE_BACK = r"(?:no wait|wait no|no|sorry|hmm|er|uh|wait|actually)"


def _edge(found: re.Match[str]) -> str:
    """`The top one`, where bands were named."""
    named = _BANDS.search(found.string[: found.start()])
    return f"{_EDGES[found[1].lower()]} band" if named else found[0]


def _crossing(found: re.Match[str]) -> str:
    """`The golden one`, beside a death cross."""
    return f"{found[1]} cross" if re.search(r"\b(?:golden|death|dead) cross", found.string, re.IGNORECASE) else found[0]


def _versus(found: re.Match[str]) -> str:
    """`SMA 20 against SMA 60, long when it crosses above`: the first crosses the second."""
    one, two, rest = found[1], found[2], found[3]
    ends = r"(?= ?(?:[,.;:]|$|and\b|then\b|short\b|sell\b))"
    pattern = rf"\bit (crosses|goes|moves|is|gets) (?:back )?(above|below|over|under){ends}"
    made = re.sub(pattern, rf"the {one} \1 \2 the {two}", rest, flags=re.IGNORECASE)
    return made.lstrip(" ,:;") if made != rest else found[0]


def _spoken(found: re.Match[str]) -> str:
    return f"{_DIGITS[found[1].lower()]}.{_DIGITS[found[2].lower()]}"


def _coin(found: re.Match[str]) -> str:
    """`Buy 0.25 BTC` of BTCUSDT: so many units."""
    return f"{found[1]} {found[2]} units" if re.search(rf"\b{found[3]}(?:USD|EUR|/)", found.string) else found[0]


def _extreme(found: re.Match[str]) -> str:
    return f"{found[1]} {found[3].lower().removesuffix('s')} of the last {found[2]} bars"


def _each(found: re.Match[str]) -> str:
    """`Lower than each of the 10 closes before it`."""
    low = found[1].lower() in {"lower", "below", "under", "less", "smaller"}
    price = found[3].lower().removesuffix("s")
    return f"{'below' if low else 'above'} the {'lowest' if low else 'highest'} {price} of the previous {found[2]} bars"


def _traded(found: re.Match[str]) -> str:
    up = found[1].lower() in {"over", "above"}
    return f"the {'high' if up else 'low'} is {'above' if up else 'below'} "


def _by_body(found: re.Match[str]) -> str:
    return f"close is {found[2] or ''}{found[3]} {'above' if found[1].lower() == 'up' else 'below'} the open"


def _clock(found: re.Match[str]) -> str:
    return f"{found[1]}{found[2]}:{found[3]}"


def _named(found: re.Match[str]) -> str:
    """`Let z be the z-score …; if z < -2`: what it stands for, wherever it is compared."""
    used = rf"\b{found[1]}\b(?= ?(?:[<>=]|is\b|crosses|drops|falls|rises|goes))"
    value = re.sub(r"^(.+?)(?: of the close)? over (?:the last )?(\d+) (bar|day)s$", r"\2 \3 \1", found[2].strip())
    made = re.sub(used, value, found[3], flags=re.IGNORECASE)
    return made if made != found[3] else found[0]


FRAMES_TAKEN_BACK = re.compile(
    rf"\b{_TF}(?: (?:chart|bars|candles))?(?: please| pls)?[.,;] ?(?:no wait|no|sorry|i mean|make that|correction),? "
    rf"(?:make (?:that|it) |i mean )?({_TF})(?=(?: (?:chart|bars|candles))?\s*[.,;])", re.IGNORECASE,
)  # fmt: skip
TALK: Turns = (
    (rf"\b{_CLOCK} ?(?:-|–|to|till|until) ?{_CLOCK}\b(?! ?(?:[-/%$.]\d|shares|units|usd))", r"\1:\2-\3:\4"),
    (rf"\b((?:flat|out|closed?|exit|done|everything) (?:at |by |before )?|(?:until|till|by) ){_CLOCK}\b"
     r"(?! ?(?:[-/%$.]\d|%|\$|shares|units|usd|dollars|bars?|days?|sma|ema|points|pips))", _clock),
    (rf"\b(?:(?:trad(?:e|ing)|play(?:ing)?|us(?:e|ing)|watch(?:ing)?|compar(?:e|ing)) )?(?:the )?({_MA}) (?:against|"
     rf"vs\.?|"
     rf"versus) (?:the )?({_MA})\b([^.]*)", _versus),
    (r"\b(top|upper|bottom|lower|mid|middle) one\b", _edge), (r"\b(golden|death) one\b", _crossing),
    (r"\b(?:the |its )?(?:lower )?(?:wick|shadow|tail)s? (?:pokes?|dips?|goes|stabs?|spikes?|pushes|trades|is|gets|"
     r"runs)"
     r"(?: down)?(?: to)? (?:below|under|beneath)\b", "the low is below"),
    (r"\b(?:the |its )?(?:upper )?(?:wick|shadow|tail)s? (?:pokes?|goes|stabs?|spikes?|pushes|trades|is|gets|runs)"
     r"(?: up)?(?: to)? (?:above|over)\b", "the high is above"),
    (r"\bsettle(s|d)?\b(?= (?:back|above|below|over|under|in the|at|near|higher|lower|beneath|inside)\b)", r"close\1"),
    (r"\b(?:we|it|price|the price) trades? (?:up |down )?(over|above|under|below) (?=[^.;]{3,40}\b(?:but|then|yet|"
     r"and)\b"
     r"[^.;]{0,15}\b(?:close|finish|end)[a-z]* back\b)", _traded),
    (r"(?:\A|(?<=[.;,] ))(half|quarter|third|double)[- ]size[ds]?(?: positions?)?(?= ?(?:[.,;]|$))",
     lambda m: f"size {_SIZES[m[1].lower()]}"),
    (rf"\b(?:peel|shave|trim|lop|skim|slice|scrape|chop|lighten up) (?:off )?(half|a third|a quarter|{_PCT})"
     r"(?: of (?:it|the position))?(?: off)?\b", r"sell \1"),
    (r"\b(?:the )?rest (?:goes|gets (?:dumped|sold)|is (?:sold|dumped)|comes off|leaves) (?=when|if|at|after|once|on)",
     "sell the rest "),
    (rf"\bwhatever(?:'s| is) left (after {_N} (?:bars|candles|days|hours)) (?:gets|is) (?:dumped|sold|closed|tossed)",
     r"exit \1"),
    (r"\bwhatever (?:i|we) still (?:hold|have|own)[^.;]{0,30}?,? (?:goes|is sold|gets sold) (?=when|if|once|on)",
     "exit "),
    (rf"\b(?:paper hands|tap out|cry uncle|throw in the towel|puke it|bail) at - ?{_PCT}", r"stop \1"),
    (rf"\b(?:,? or )?(?:i |we )?(?:give up|admit defeat|cut it|take the hit) at (?:a )?{_PCT} (?:loss|down|drawdown)\b",
     r", stop \1"),
    (rf"\b(?:take|get|grab|lift|pull) the (?:bag|money|profits?|cash|chips|lot) (?:off|home)(?: the table)? at \+? "
     rf"?{_PCT}",
     r"target \1"),
    (rf"\bbag (?:it at |at )?\+? ?{_PCT}", r"target \1"), (rf"\bcut (?:it )?at - ?{_PCT}|\bcut (?:it )?at {_PCT}(?! "
     rf"(?:below|"
     r"above|under|over))", lambda m: f"stop {m[1] or m[2]}"),
    (r"\b(\d+(?:\.\d+)? ?r) or bust\b", r"target \1"),
    (rf"\b({_MA}) (?:of|from) the (weekly|daily|hourly)\b(?! (?:average|range))", r"\1 on the \2 chart"),
    (r"\+ ?di'?s? (?:is )?(?=on top|above|over|below|under)", "+di is "), (r"\blean(?:ing)? (?=long|short)\b", "go "),
    (r"\bit(?:'s| is) ([^.;,]{1,30})[.,;] ?([a-z]{2,10}),? i mean\b", r"\2 is \1"),
    (r"\b(sorry|no|correction|wait)\b([^.;]{1,40}?),? i mean(?=\s*[.,;]|\s*$)", r"\1\2"),
    *[(rf"\b\d+((?: (?:bar|day|period)s?)?(?: (?:high|low|average|sma|ema|ma))?),? {_TAKE_BACK},? (?:{_TAKE_BACK},? "
    rf")*(?:make "
       r"(?:that|it) |i mean |rather )?(\d+)(?=\s*[,.;]|\s*$)", r"\2\1")] * 3,
    (r"\b(green|red) close(?= ?(?:->|=|[,.;+&]|and\b|$))", r"it closes \1"),
    (r"(?<!\()\b(high|low) of (?:the )?(\d+) (day)s (?:before|prior|beforehand)\b(?! (?:the|it|this|that)\b)",
     r"previous \2 \3 \1"),
    (rf"\b(highest|lowest) of (?:the |its )?last {_N} (closes|highs|lows)\b(?:, (?:today'?s|this one|the current "
     rf"one|this "
     r"bar'?s)(?: being| is)? included)?", _extreme),
    (rf"\b(lower|below|higher|above|under|over)(?: than)? (?:each|all|every one|any) of (?:the )?(?:last |previous |"
     rf"prior "
     rf"|preceding )?{_N} (closes|highs|lows)(?: before(?: it)?)?\b", _each),
    (rf"\b(trail[a-z]*)\b([^.;,]{{0,12}}),? (?:but )?only (?:from|after|once|above|beyond) \+? ?(\d+(?:\.\d+)? ?r|"
     rf"{_PCT})"
     r"(?: on(?:wards?)?)?\b", r"\1\2 after \3"),
    (r"\b(?-i:([HMD]\d{1,3})): ?(?=\d)", r"\1, "),
    (r"\b(\d+(?:\.\d+)?) (?:yen|dollars?|bucks|francs|euros?) (above|below|over|under) (?:the |my )?entry\b",
     r"\1 points \2 entry"),
    (r"\b(buy|sell|long|short|get|grab) (\d+(?:\.\d+)?) (?-i:([A-Z]{2,5}))\b", _coin),
    (rf"\b({'|'.join(_DIGITS)}) point ({'|'.join(_DIGITS)})\b(?= ?(?:percent|per cent|%|pct|atr|r\b|times))", _spoken),
    (rf"\b(?:candle|bar) (up|down) ((?:more than|over|at least|by) )?{_PCT} ?\((?:its )?close (?:vs|against|versus|"
     rf"over) "
     r"(?:its |the )?open\)", _by_body),
    (r"\blet (\w{1,12}) (?:be|denote|equal|stand for) (?:the )?([^.;]{3,60})[.;]([\s\S]*)", _named),
    (r"\b(?:as soon as|when|once|if) (?:either|any|one)(?: one| of (?:them|these|the two|both))? (?:isn'?t|is not|"
     r"is no "
     r"longer|stops being|ceases to be|no longer is) (?:so|true|the case|met|valid|fulfilled|given)(?: any ?more)?",
     "if either is no longer true"),
    (r"\b(?:i'd|i would|i'll|i will) rather be (?=in cash|out|flat)", "be "),
    (r",? ?\bat (?:that|this|which) point(?: in time)?(?=\s*[.,;])", ""),
    (rf"\bleave (?:it|the order|that) (?:working|in|there|live|on|resting) (?:for )?{_N} (bars|candles|days)\b",
     r"good for \1 \2"),
)  # fmt: skip
