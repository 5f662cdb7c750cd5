"""Conditions that are counted: for so many bars, within so many, on so many of the last, so many bars ago, at first."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from ..tokens.pattern import Found, Row
from ..tokens.token import Compare, Joined, Plain, Series
from .resolve import run, shifted
from .sequences import SEQUENCES
from .sides import mirrored
from .windows import COUNTS, wrapped

Made = tuple[str, Any]
_STATES = {">", "<", ">=", "<=", "==", "!="}
LONGEST_RUN = 50


def _count(found: Found, label: str = "n") -> int | None:
    value = found[label]
    if found.kind(label) == "dur":
        return None
    return int(value) if value == int(value) and 1 <= value <= 5000 else None


def _for_days(found: Found) -> Made | None:
    """Below 15 for two days running: on each of the days."""
    condition, (count, unit) = found["c"], found["n"]
    if not isinstance(condition, Compare) or condition.op not in _STATES or unit != "d" or count % 1 or count > 50:
        return None
    sides = [replace(each, frame=each.frame or "days") if each else None for each in (condition.left, condition.right)]
    return "cond", run(Compare(sides[0], condition.op, sides[1]), int(count))


def _for_bars(found: Found) -> Made | None:
    """Below 30 for three bars: on each of them."""
    condition, count = found["c"], _count(found)
    if not isinstance(condition, Compare) or condition.op not in _STATES or not count or count > LONGEST_RUN:
        return None
    before = f"{condition.left.text}[1]" if condition.left else ""
    if condition.left and condition.left.frame and condition.right and condition.right.text == before:
        return None  # of bars of which timeframe?
    if condition.right and condition.right.text == before and condition.left:  # has been rising for three bars
        word = "rising" if condition.op == ">" else "falling"
        other = {"rising": "falling", "falling": "rising"}[word]
        text = condition.left.text
        other = word if mirrored(condition) == condition else other  # of a volume, of an ADX
        return "cond", Plain(f"{word}({text}, {count})", f"{other}({text}, {count})")
    return "cond", run(condition, count)


def _ago(found: Found) -> Made | None:
    """So many bars ago: each side as it was then."""
    (count, frame), condition = found["a"], found["c"]
    if frame and not (isinstance(condition, Compare) and condition.op in _STATES):
        return None
    if isinstance(condition, Compare):
        if frame:
            sides = (_of_day(each, count, frame) for each in (condition.left, condition.right))
            return "cond", Compare(next(sides), condition.op, next(sides))
        if condition.op in _STATES:
            return "cond", Compare(shifted(condition.left, count), condition.op, shifted(condition.right, count))
        return wrapped(condition, f"history_bool({{0}}, {count})")
    return None


def _of_day(series: Series | None, count: int, frame: str) -> Series | None:
    """`The RSI was under 30 yesterday`: that of the day before."""
    then = shifted(series, count)
    return then if then is series or then is None else replace(then, name="earlier", frame=then.frame or frame)


def _after_run(found: Found) -> Made | None:
    """Above the line after ten bars below it: the ten before this one."""
    before = found["d"]
    if not isinstance(before, Joined) or "bars" not in found.text("d") or not isinstance(found["c"], Compare):
        return None
    parts = [part for part in before.parts if isinstance(part, Compare)]
    if len(parts) != len(before.parts):
        return None
    shifts = tuple(Compare(shifted(each.left, 1), each.op, shifted(each.right, 1)) for each in parts)
    return "cond", Joined("and", (found["c"], *shifts))


def _first(found: Found) -> Made | None:
    """The first time in 20 bars; the first time at all is as it becomes true."""
    condition = found["c"]
    if "n" in found:
        count = _count(found)
        return wrapped(condition, f"{{0}} and not history_bool(recent({{0}}, {count}), 1)") if count else None
    if isinstance(condition, Compare) and condition.op.startswith("cross"):
        return "cond", condition
    return wrapped(condition, "rising_edge({0})")


COUNTED = (
    *SEQUENCES,
    Row("c:cond first? once in lastn? n:bars", _first),
    Row("once c:cond", _first),
    *COUNTS,
    Row("c:cond a:ago", _ago),
    Row("<start|comma|and|or|when|stopmark|act|either a:ago comma? c:cond", _ago),
    Row("c:cond n:bars orevenmore", _for_bars),
    Row("c:cond atleast? n:bars inrow? !before|ago", _for_bars),
    Row("<after atleast? n:bars inrow? c:cond", _for_bars),
    Row("c:cond after d:cond", lambda f: _after_run(f)),
    Row("<start|comma|and|or|when|stopmark|act|either|only n:bars inrow comma? c:cond", _for_bars),
    Row("c:cond n:dur inrow", _for_days),
)  # fmt: skip
