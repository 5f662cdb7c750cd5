"""What is agreed upon once and holds for the whole request: how large a lot is, which chart is for what, which chart
takes another's place, the numbers of a list."""

from __future__ import annotations

import re

_FRAME = r"(?:weekly|daily|hourly|monthly|\d+[- ]?(?:minutes?|mins?|m|hours?|hrs?|h)|[hmdw]\d{1,3})"
_CHART = r"(?: ?(?:charts?|bars|candles|time ?frame|tf))?"
_TREND = r"(?:trend direction|direction|trend filter|trend|bias|context|big(?:ger)? picture|filter)"
_ENTERS = r"(?:entry signals?|entry|entries|timing|triggers?|signals?|execution|trading|trades)"
_OWN = r"(?:(?:the|my|our|overall|main|general|actual) )*"
_PURPOSE = re.compile(
    rf"(?:\b(?:i|we) )?(?:\b(?:use|take|look at|trade|with|read) )?(?:\b(?:the|a|my) )?\b(?P<one>{_FRAME}){_CHART}"
    rf"(?: is| are)? (?:used )?(?:for|to (?:get|find|judge|see|decide|determine|define)|gives?|decides?|sets?) {_OWN}"
    rf"(?P<what>{_TREND}|{_ENTERS})\b"
    rf"|\b(?P<role>{_TREND}|{_ENTERS})(?: is| are| comes?| read| taken)? (?:on|from) (?:the "
    rf")?(?P<two>{_FRAME}){_CHART}\b",
    re.IGNORECASE,
)
_TAKES_ITS_PLACE = re.compile(
    r"[.,;]?\s*\b(?:actually|no,? wait|wait,? no|on second thoughts?|scratch that|correction|sorry),?"
    r"(?: (?:no,?|let'?s|i'd|i would|i will|i'll|please|rather|use|make (?:it|that)|do|go with|take|trade|run "
    r"(?:it|this)"
    rf"|on))* (?:the |an? )?(?P<frame>{_FRAME}) (?:charts?|bars|candles|time ?frame)(?: instead)?(?=\s*(?:[.,;!]|$))",
    re.IGNORECASE,
)
_SAID = re.compile(
    rf"(?:\b(?:use|on|trade|with) )?(?:\b(?:the|an?) )?\b(?P<frame>{_FRAME}) (?:charts?|bars|candles|time ?frame)\b",
    re.IGNORECASE,
)
_COUNTS = {"one": 1, "a": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "eight": 8, "ten": 10,
           "half a": 0.5}  # fmt: skip
_A_LOT = re.compile(
    r"[,;]?\s*\(?(?:\b(?:where|with|and) )?\b(?:one|1|a|each|every) (?:standard |mini |micro )?lot ?"
    r"(?:is|=|equals|being|means) ?(?:always |exactly )?(?P<many>\d[\d.,]*) ?(?P<thousand>k\b|thousand\b)?(?!\d| ?%)"
    r"(?: ?(?:units?|shares|contracts|coins|pieces)\b(?: of (?:the )?base currency)?)?\)?",
    re.IGNORECASE,
)
_LOTS = re.compile(
    rf"\b(?P<count>{'|'.join(sorted(_COUNTS, key=len, reverse=True))}|\d+(?:[.,]\d+)?) "
    r"(?:standard |mini |micro )?lots?\b",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"(?:\A|(?<=[.;:!?\n]\s)|(?<=\n))(?P<number>\d{1,2})[.)] (?=[A-Za-z])")
_GROUPED = re.compile(r"(?<=[$€£])( ?[1-9]\d{0,2}(?:\.\d{3})+)(?![\d.,]\d|\d)")
_DAY_OF = re.compile(
    r"\b(?P<out>(?:sell|exit|out|cover|close|leave|liquidate)(?: it| them| there)? )?(?:only )?(?:on|at|in) "
    r"(?P<which>(?:any|an?|the|every|each|those|all|the first|the very first) )?(?P<unit>day|bar|candle|session)s? "
    r"(?:(?:on|at|in|during|for) which|where|when|whose)\b",
    re.IGNORECASE,
)
_WEEKS = re.compile(
    r"\b(?P<many>\d{1,2}|two|three|four|five|six|eight|ten)[- ]weeks? (?P<edge>highs?|lows?)\b", re.IGNORECASE
)
_FRAMED = re.compile(rf"\b{_FRAME}\b", re.IGNORECASE)


def agreed(request: str) -> str:
    """The request with each of them where it is used."""
    request = _GROUPED.sub(lambda found: found[1].replace(".", ""), _without_numbers(request))
    return _on_days_when(_with_lots(_with_charts(_with_the_last_chart(_WEEKS.sub(_of_weeks, request)))))


def _of_weeks(found: re.Match[str]) -> str:
    """`The 10 week high`: of bars of weeks, where those are traded, else of so many trading days."""
    many = int(_counted(found["many"]))
    if many == 52:
        return found[0]
    weekly = re.search(r"\bweekly (?:chart|bars|candles|time ?frame|clos)|\bw1\b", found.string, re.IGNORECASE)
    weekly = None if re.search(r"\b(?:daily|hourly|hours?|minutes?|min)\b", found.string, re.IGNORECASE) else weekly
    return f"{many} bar {found['edge']}" if weekly else f"{5 * many} day {found['edge']}"


def _without_numbers(request: str) -> str:
    """`1. Daily bars. 2. Buy when …`: the numbers of a list, where they count up from one."""
    found = [(match.start("number"), match.end(), int(match["number"])) for match in _NUMBER.finditer(request)]
    numbers = [number for *_, number in found]
    if len(numbers) < 2 or numbers != list(range(1, len(numbers) + 1)):
        return request
    for start, end, _ in reversed(found):
        request = f"{request[:start]}{request[end:]}"
    return request


def _with_the_last_chart(request: str) -> str:
    """`Use the hourly chart. … Actually use the 4 hour chart.`: the last one, where one was said before."""
    last = _TAKES_ITS_PLACE.search(request)
    before = list(_SAID.finditer(request[: last.start()])) if last else []
    if not last or len(before) != 1:
        return request
    old = before[0]
    put = f"{old[0][: old.start('frame') - old.start()]}{last['frame']}{old[0][old.end('frame') - old.start() :]}"
    return f"{request[: old.start()]}{put}{request[old.end() : last.start()]}{request[last.end() :]}"


def _with_charts(request: str) -> str:
    """`The weekly chart for direction and the daily chart for entry`: the second is the chart. The first is read where
    it is named again, or is that of the condition behind it."""
    found = list(_PURPOSE.finditer(request))
    if len(found) != 2:
        return request
    trends = [bool(re.fullmatch(_TREND, each["what"] or each["role"], re.IGNORECASE)) for each in found]
    frames = [(each["one"] or each["two"]).lower() for each in found]
    if sum(trends) != 1 or frames[0] == frames[1]:
        return request
    trend, enters = (0, 1) if trends[0] else (1, 0)
    own = found[trend]
    rest = request[: own.start()] + request[own.end() :]
    again = re.search(rf"\b{re.escape(frames[trend])}\b", rest, re.IGNORECASE)
    told = re.match(r" ?[:(]\s*(?P<rule>[^.;()\n]{6,})\)?|,? ?(?:where|meaning) (?P<other>[^.;\n]{6,})",
                    request[own.end() :])  # fmt: skip
    if told:
        rule = f"only if on the {frames[trend]} chart {(told['rule'] or told['other']).strip()} . "
        span, made = (own.start(), own.end() + told.end()), rule
    elif again:
        span, made = own.span(), ""
    else:
        return request
    parts = sorted([(span, made), (found[enters].span(), f"on the {frames[enters]} chart")], reverse=True)
    (low, high), gap = (parts[1][0][1], parts[0][0][0]), request[parts[1][0][1] : parts[0][0][0]]
    if re.fullmatch(r"\s*(?:,|and|, and|but|, but|;)?\s*", gap):
        request = f"{request[:low]} , {request[high:]}"
        moved = len(" , ") - (high - low)
        parts = [((parts[0][0][0] + moved, parts[0][0][1] + moved), parts[0][1]), parts[1]]
    for (start, end), text in parts:
        request = f"{request[:start]}{text}{request[end:]}"
    return request


def _with_lots(request: str) -> str:
    """`One lot is 10k units. Buy two lots`: 20000 units."""
    size = _A_LOT.search(request)
    if not size:
        return request
    rest = re.sub(r"\bin lots\b", "", f"{request[: size.start()]}{request[size.end() :]}", flags=re.IGNORECASE)
    if not _LOTS.search(rest):
        return request
    many = re.sub(r"[.,](?=\d{3}(?:\D|$))", "", size["many"].rstrip(".,"))
    units = float(many.replace(",", ".")) * (1000 if size["thousand"] else 1)
    return _LOTS.sub(lambda found: f"{_counted(found['count']) * units:.10g} units", rest)


def _counted(said: str) -> float:
    return _COUNTS.get(said.lower()) or float(said.replace(",", "."))


def _on_days_when(request: str) -> str:
    """`On a day on which …`: when it holds on bars of days. The first such day ends a position, whichever it is."""
    found = [match for match in _DAY_OF.finditer(request) if match["out"] or "first" not in (match["which"] or "")]
    days = any(match["unit"].lower() in {"day", "session"} for match in found)
    framed = {each[0].lower() for each in _FRAMED.finditer(request)} - {"daily", "d1"}
    if days and framed:
        return request  # days, or bars of that chart?
    for match in reversed(found):
        whose = " the" if match[0].lower().endswith("whose") else ""
        request = f"{request[: match.start()]}{match['out'] or ''}when{whose}{request[match.end() :]}"
    return f"{request.rstrip()}{'' if request.rstrip().endswith('.') else '.'} Daily bars." if days else request
