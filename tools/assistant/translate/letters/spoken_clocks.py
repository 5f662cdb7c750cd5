"""Times of day in words, `ten in the morning`, `noon to half past one`, `by ten to four`, as clocks."""

from __future__ import annotations

import re

_HOURS = dict(zip(
    "one two three four five six seven eight nine ten eleven twelve noon midday".split(),
    (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 12, 12), strict=True,
))  # fmt: skip
_H = r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|noon|midday|\d{1,2})"
_PART = r"(?:half|(?:a )?quarter|five|ten|twenty|twenty[- ]five)"
_TIME = rf"(?:{_PART} (?:past|to) )?{_H}(?: o'?clock)?|\d{{1,2}}:\d\d"
_DAYTIME = r"in the (?:morning|afternoon|evening)"
_MINUTES = {"half": 30, "quarter": 15, "a quarter": 15, "five": 5, "ten": 10, "twenty": 20, "twenty five": 25}
_RANGE = re.compile(
    rf"\b({_TIME})( {_DAYTIME})?,? (?:to|until|till|and) ({_TIME})( {_DAYTIME})?(?!\w| ?%)", re.IGNORECASE
)
_NARROWED = re.compile(
    rf"\b((?:only )?){_DAYTIME.replace('(?:', '(', 1)}\b([^.;\n]{{0,40}}?\b)({_TIME}),? (?:to|until|till|and|-) "
    rf"({_TIME})"
    r"(?![\w:]| ?%| ?(?:trades|bars|candles|days|percent|times)\b)",
    re.IGNORECASE,
)
_SINGLE = re.compile(rf"\b({_TIME}) ({_DAYTIME})", re.IGNORECASE)
_BY = re.compile(rf"\b(by|at|before|until) ({_PART} (?:past|to) {_H})\b", re.IGNORECASE)
_CLOCK = re.compile(r"\d{1,2}:\d\d")


def with_clocks(request: str) -> str:
    """Where nothing tells which half of the day is meant, the words stay as they are."""
    request = re.sub(r"(\d{1,2}:\d\d) o'?clock", r"\1", request, flags=re.IGNORECASE)
    request = _RANGE.sub(_range, _NARROWED.sub(_narrowed, request))
    request = _SINGLE.sub(lambda m: _written(_minutes(m[1], m[2])) or m[0], request)
    return _BY.sub(_later, request)


def _range(match: re.Match[str]) -> str:
    """The second behind the first; a word of the time of day is said of both."""
    noon = re.search(r"noon|midday", match[0], re.IGNORECASE)
    part = match[2] or match[4] or ""
    if not part and not noon:
        return match[0]
    start = _minutes(match[1], match[2] or part)
    end = _minutes(match[3], match[4] or (part if match[4] else ""))
    if start is None or end is None:
        return match[0]
    end += 720 * (end <= start < 780 and end < 720)
    return f"{_written(start)} to {_written(end)}" if end > start else match[0]


def _narrowed(match: re.Match[str]) -> str:
    """`Only in the afternoon in New York, one till four`: the hours are of that time of day."""
    start, end = (_minutes(words, match[2]) for words in (match[4], match[5]))
    if start is None or end is None or end <= start:
        return match[0]
    return f"{match[1]}{match[3]}{_written(start)} to {_written(end)}"


def _later(match: re.Match[str]) -> str:
    """`by ten to four`, behind a clock of the same request: later than that."""
    at = _minutes(match[2], "")
    before = [int(each[:-3]) * 60 + int(each[-2:]) for each in _CLOCK.findall(match.string[: match.start()])]
    if at is None or (at < 420 and not before):
        return match[0]
    return f"{match[1]} {_written(at + 720 * (at < 420))}"


def _minutes(words: str, part: str) -> int | None:
    """Of the day; None where it is no time."""
    words = re.sub(r" o'?clock", "", words.lower())
    if ":" in words:
        return int(words[:-3]) * 60 + int(words[-2:])
    head, way, hour = re.fullmatch(r"(?:(.+) (past|to) )?(\S+)", words).groups()  # type: ignore[union-attr]
    value = _HOURS.get(hour) or (int(hour) if hour.isdigit() else 0)
    if not 1 <= value <= 23:
        return None
    late = bool(re.search(r"afternoon|evening", part)) and value < 12
    many = _MINUTES.get((head or "").replace("-", " "), 0)
    return (value + 12 * late) * 60 + (many if way == "past" else -many)


def _written(at: int | None) -> str:
    return "" if at is None else f"{at // 60:02d}:{at % 60:02d}"
