"""Days, hours and months of conditions, and on which timeframe days are read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from .token import Compare, Condition, Joined, Not, Plain, Series, asked


def parts_of(condition: Any) -> Iterator[Any]:
    """Every single condition inside."""
    if isinstance(condition, Joined):
        for part in condition.parts:
            yield from parts_of(part)
    elif isinstance(condition, Not):
        yield from parts_of(condition.part)
    elif condition is not None:
        yield condition


def dated(condition: Condition | None) -> bool:
    """Whether something in it is counted in days."""
    for part in parts_of(condition):
        if isinstance(part, Compare) and "days" in {side.frame for side in (part.left, part.right) if side}:
            return True
        if isinstance(part, Plain) and "days|" in part.text:
            return True
    return False


def finished(condition: Condition, frame: str) -> Condition:
    """With what is counted in days read on days: the chart's own bars if those are days."""
    if isinstance(condition, Joined):
        return Joined(condition.word, tuple(finished(part, frame) for part in condition.parts))
    if isinstance(condition, Not):
        return Not(finished(condition.part, frame))
    if isinstance(condition, Plain):
        if "gap|" in condition.text and frame not in {"", "1d", "1w"}:
            return Plain(asked("definition", "A gap between days, or between any two bars?"))
        if "days|" in condition.text and "days|new_" not in condition.text and frame not in {"", "1d"}:
            return Plain(asked("definition", f"'{condition.text.replace('days|', '')}': of days, or of bars?"))
        text = condition.text.replace("days|", "").replace("gap|", "")
        return Plain(text, condition.mirrored, filter=condition.filter)
    if not isinstance(condition, Compare):
        return condition
    return Compare(_framed(condition.left, frame), condition.op, _framed(condition.right, frame))


def _framed(series: Series | None, frame: str) -> Series | None:
    if series is None:
        return None
    before = series.name == "earlier" or (series.name == "part" and "[" in series.text)
    if series.frame == "days" and frame not in {"", "1d"} and before:
        return Series(day_before(series.text), series.dim, series.name, 0, "1d")
    if series.frame == "days" and frame not in {"", "1d"} and series.name == "earlier*" and series.line:
        line = day_before(series.line)
        return replace(series, text=series.text.replace(series.line, line), line=line, frame="1d")
    if series.frame == frame and series.name.startswith("earlier") and "[" not in series.text:
        return replace(series, text=f"({series.text})[1]" if " " in series.text else f"{series.text}[1]", frame="")
    own = {"days": "" if frame in {"", "1d"} else "1d", frame: ""}.get(series.frame, series.frame)
    return replace(series, frame=own)


def day_before(text: str) -> str:
    """Of yesterday, on a shorter timeframe, is the last day that has ended."""
    return re.sub(r"\[(\d+)\]", lambda found: "" if found[1] == "1" else f"[{int(found[1]) - 1}]", text)


def plain_of(value: Any) -> Condition | None:
    """The condition of a day, an hour or a month; None where it is no such."""
    if not isinstance(value, tuple):
        return None
    match value:
        case ("day", name, op):
            word = " or " if op == "==" else " and "
            text = word.join(f"weekday {op} {each}" for each in name.split("|"))
            return Plain(text, filter=True)
        case ("window", start, end):
            return Plain(f'between("{start}", "{end}")', filter=True)
        case ("outside", start, end):
            return Plain(f'not between("{start}", "{end}")', filter=True)
        case ("from", start):
            return Plain(f'between("{start}", "00:00")', filter=True)
        case ("till", end):
            return Plain(f'between("00:00", "{end}")', filter=True)
        case ("begins", "mo"):
            return Plain("days|new_month()")
        case ("begins", "w"):
            return Plain("days|new_week()")
        case ("begins", "y"):
            return Plain("days|new_year()")
        case ("month begins", number):
            return Plain(f"new_month() and month == {number}")
        case ("month", number, op):
            return Plain(f"month {op} {number}", filter=True)
    return None
