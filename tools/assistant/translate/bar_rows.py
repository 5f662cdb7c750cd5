"""The parts of a bar as values: its body, its range, its middle, its wicks."""

from __future__ import annotations

from typing import Any

from .pattern import Found, Row
from .tokens import Series

Made = tuple[str, Any]
_PARTS = {
    "body": ("abs(close - open)", "distance"),
    "range": ("(high - low)", "distance"),
    "middle": ("((high + low) / 2)", "price"),
    "upwick": ("(high - max(open, close))", "distance"),
    "lowwick": ("(min(open, close) - low)", "distance"),
}
_COLOURS = {"green": "(close - open)", "red": "(open - close)"}


def _part(found: Found) -> Made:
    text, dim = _PARTS[found["p"]]
    return "ser", Series(text, dim, "part")


def _coloured(found: Found) -> Made | None:
    if found["p"] != "body":
        return None
    return "ser", Series(_COLOURS[found.kind("c")], "distance", "part")


BARS = (
    Row("before bar p:barpart", lambda f: ("ser", Series(f"{_PARTS[f['p']][0]}[1]", _PARTS[f["p"]][1], "earlier"))),
    Row("c:green|red p:barpart", _coloured),
    Row("p:barpart !of|before", _part),
    Row("p:barpart of bar|today", _part),
    Row("p:barpart of before bar",
        lambda f: ("ser", Series(f"{_PARTS[f['p']][0]}[1]", _PARTS[f["p"]][1], "earlier"))),
    Row("<start|stopmark|comma|when|and|or|act|bar bar? rangeword >above|below|orless|ormore|lowest|highest|atleast|at",
        lambda f: ("ser", Series(*_PARTS["range"], "part"))),
)  # fmt: skip
