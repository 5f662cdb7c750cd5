"""What happens one after the other: `first …, then within 5 bars …`, `… no more than 3 bars after …`."""

from __future__ import annotations

from typing import Any

from ..tokens.pattern import Found, Row
from ..tokens.token import Compare, Joined, Not, Plain

Made = tuple[str, Any]
_BACK = {"last", "past", "previous", "prior", "preceding", "recent", "latest"}
_LONGEST = 5000


def _count(found: Found) -> tuple[int, str] | None:
    """Of how many bars; and whether they are days."""
    value = found["n"]
    days = ""
    if found.kind("n") == "dur":
        value, unit = value
        if unit != "d":
            return None
        days = "days|"
    counted = value == int(value) and 1 <= value <= _LONGEST
    return (int(value), days) if counted and not _BACK & set(found.text("n").split()) else None


def _after(found: Found) -> Made | None:
    """The first no more than so many bars ago, the second now."""
    told = _count(found)
    first, second = found["c"], found["d"]
    whole = all(isinstance(each, Compare | Joined | Plain | Not | tuple) for each in (first, second))
    if told is None or not whole or (isinstance(first, tuple) and first[0] != "wrapped"):
        return None
    text = f"{told[1]}recent({{0}}, {told[0]})"
    return "cond", Joined("and", (("wrapped", first, text), second))  # type: ignore[arg-type]


def _within(found: Found) -> Made | None:
    return _after(found) if "within" in found.text().split() else None


_N = "n:bars|dur"
_LED = "comma|and|then"
SEQUENCES = (
    Row(f"first? c:cond {_LED} {_LED}? {_LED}? in {_N} comma? when? d:cond", _within),
    Row(f"first? c:cond {_LED}|stopmark? {_LED}? then when? d:cond in {_N} !of|lastn|after|since", _within),
    Row(f"d:cond in|maxword {_N} after|of|since c:cond", _after),
    Row(f"after c:cond in {_N} {_LED}? when? d:cond", _within),
    Row(f"after c:cond {_LED}? when? d:cond in {_N} !of|lastn|after|since", _within),
)  # fmt: skip
