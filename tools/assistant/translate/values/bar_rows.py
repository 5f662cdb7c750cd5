"""The parts of a bar as values: its body, its range, its middle, its wicks."""

from __future__ import annotations

from typing import Any

from ..tokens.pattern import Found, Row
from ..tokens.token import Series

Made = tuple[str, Any]
PARTS = {
    "body": ("abs(close - open)", "distance"),
    "range": ("(high - low)", "distance"),
    "middle": ("((high + low) / 2)", "price"),
    "upwick": ("(high - max(open, close))", "distance"),
    "lowwick": ("(min(open, close) - low)", "distance"),
}
_COLOURS = {"green": "(close - open)", "red": "(open - close)"}


def _part(found: Found) -> Made:
    text, dim = PARTS[found["p"]]
    return "ser", Series(text, dim, "part")


def _coloured(found: Found) -> Made | None:
    if found["p"] != "body":
        return None
    return "ser", Series(_COLOURS[found.kind("c")], "distance", "part")


_AVERAGES = {"sma", "ema", "wma"}


def _average(found: Found) -> Made | None:
    """The mean range of the ten bars before."""
    part = found["p"] or "range"
    text, dim = PARTS[part]
    count = found["n"]
    if found["ma"] not in _AVERAGES or count != int(count):
        return None
    prior = bool({"before", "prior", "previous", "preceding"} & set(found.text().split()))
    made = f"{found['ma']}({text.removeprefix('(').removesuffix(')') if part == 'range' else text}, {int(count)})"
    return "ser", Series(made + "[1]" * prior, dim, found["ma"], int(count))


BARS = (
    Row("ma:ma p:barpart|rangeword of n:bars before?", _average),
    Row("c:green|red p:barpart", _coloured),
    Row("p:barpart !of|before", _part),
    Row("<start|stopmark|comma|when|and|or|act|bar bar? rangeword >above|below|orless|ormore|lowest|highest|atleast|at",
        lambda f: ("ser", Series(*PARTS["range"], "part"))),
)  # fmt: skip
