"""The parts of a bar as values: its body, its range, its middle, its wicks."""

from __future__ import annotations

from typing import Any

from ..tokens.pattern import Found, Row
from ..tokens.token import Series, number

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


_SHARES = {"half": 0.5, "third": 1 / 3, "quarter": 0.25}
_AVERAGES = {"sma", "ema", "wma"}


def _spot(found: Found) -> Made | None:
    """In the top fifth of the bar's range: which price it is above."""
    share = found["n"][1] / 100 if found.kind("n") == "pct" else found["n"] or _SHARES[found.kind("n")]
    word = found.text("t")
    if word in {"top", "upper", "highest", "best"}:
        return "spot", (">=", f"high - {number(share)} * (high - low)")
    if word in {"bottom", "lower", "lowest"}:
        return "spot", ("<=", f"low + {number(share)} * (high - low)")
    return None


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
    Row("in t:topn|edge|unclear|highest|lowest n:pct|half|third|quarter|fraction of p:barpart|rangeword of? bar?",
        _spot),
    Row("ma:ma p:barpart|rangeword of n:bars before?", _average),
    Row("n:bars|num ma:ma p:barpart|rangeword", _average),
    Row("p:barpart open barpart shut", lambda f: f.token("p")),
    Row("before bar p:barpart", lambda f: ("ser", Series(f"{PARTS[f['p']][0]}[1]", PARTS[f["p"]][1], "earlier"))),
    Row("c:green|red p:barpart", _coloured),
    Row("p:barpart !of|before", _part),
    Row("p:barpart of bar|today", _part),
    Row("p:barpart of before bar",
        lambda f: ("ser", Series(f"{PARTS[f['p']][0]}[1]", PARTS[f["p"]][1], "earlier"))),
    Row("<start|stopmark|comma|when|and|or|act|bar bar? rangeword >above|below|orless|ormore|lowest|highest|atleast|at",
        lambda f: ("ser", Series(*PARTS["range"], "part"))),
)  # fmt: skip
