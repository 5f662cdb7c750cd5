"""Conditions that are counted: for so many bars, within so many, on so many of the last, so many bars ago, at first."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from .pattern import Found, Row
from .resolve import run, shifted
from .tokens import Compare, Condition, Joined, Plain

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
    if condition.right and condition.right.text == before and condition.left:  # has been rising for three bars
        word = "rising" if condition.op == ">" else "falling"
        other = {"rising": "falling", "falling": "rising"}[word]
        text = condition.left.text
        return "cond", Plain(f"{word}({text}, {count})", f"{other}({text}, {count})")
    return "cond", run(condition, count)


def _within(found: Found) -> Made | None:
    count = _count(found)
    words = {word for token in found.whole[1:] for word in token.text.split()}
    if not count or not {"within", "last", "past", "previous", "recent", "prior"} & words:
        return None
    return _wrapped(found["c"], f"recent({{0}}, {count})")


def _of_last(found: Found) -> Made | None:
    least, count = _count(found, "m"), _count(found)
    return _wrapped(found["c"], f"sum(number({{0}}), {count}) >= {least}") if least and count else None


def _ago(found: Found) -> Made | None:
    count = _count(found) if "n" in found else 1
    condition = found["c"]
    if not count:
        return None
    if isinstance(condition, Compare):
        if condition.op in _STATES:
            return "cond", Compare(shifted(condition.left, count), condition.op, shifted(condition.right, count))
        return _wrapped(condition, f"history_bool({{0}}, {count})")
    return None


def _first(found: Found) -> Made | None:
    """The first time in 20 bars; the first time at all is as it becomes true."""
    condition = found["c"]
    if "n" in found:
        count = _count(found)
        return _wrapped(condition, f"{{0}} and not history_bool(recent({{0}}, {count}), 1)") if count else None
    if isinstance(condition, Compare) and condition.op.startswith("cross"):
        return "cond", condition
    return _wrapped(condition, "rising_edge({0})")


def _wrapped(condition: Condition, template: str) -> Made | None:
    if not isinstance(condition, Compare | Joined | Plain):
        return None
    if isinstance(condition, Plain) and condition.text.startswith('?"'):
        return None
    return "cond", ("wrapped", condition, template)


COUNTED = (
    Row("first? once c:cond in lastn? n:bars", _first),
    Row("c:cond first? once in lastn? n:bars", _first),
    Row("once c:cond", _first),
    Row("c:cond once", _first),
    Row("c:cond on|in? atleast? m:num of lastn? n:bars", _of_last),
    Row("on|in? atleast? m:num of lastn? n:bars c:cond", _of_last),
    Row("c:cond n:bars before", _ago),
    Row("c:cond on before bar", _ago),
    Row("c:cond on? bar before", _ago),
    Row("c:cond in|on anyof? lastn? n:bars", _within),
    Row("c:cond n:bars inrow?", _for_bars),
    Row("c:cond n:dur inrow", _for_days),
    Row("c:cond on|in lastn? n:bars inrow", _for_bars),
)  # fmt: skip
