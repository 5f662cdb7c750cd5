"""What trading costs, and what the account begins with, in any order of words."""

from __future__ import annotations

from typing import Any

from ..tokens.pattern import Found
from ..tokens.token import asked, number
from .setting_rows import put
from .spans import Span

Made = tuple[str, Any]
_BESIDE = "of on at in to for per perfill perclip colon and arrow entryprice moc"


def _fee(found: Found) -> Made | None:
    """A share of each fill, so much a unit, so much an order."""
    kinds = {token.kind for token in found.whole}
    if found.kind("v") == "pct":
        return put("fee", f"{number(found['v'][1])}%") if "units" not in kinds else None
    text = number(found["v"])
    if "units" in kinds:
        return put("fee", f"{text}/unit")
    if kinds & {"perfill", "perclip"}:
        return put("fee", f"{text}/order")
    question = f"A fee of {text}: for each unit, or for each order?"
    return put("fee", asked("definition", question, {"each unit": f"{text}/unit", "each order": f"{text}/order"}))


def _least(found: Found) -> Made | None:
    return put("least_fee", number(found["v"]))


def _maker(found: Found) -> Made | None:
    """0.02 % maker, 0.05 % taker; each share stands beside its word, always on the same side of it."""
    order = [token.kind for token in found.whole if token.kind in {"pct", "makerword", "takerword"}]
    values = [token.value[1] for token in found.whole if token.kind == "pct"]
    words = [kind for kind in order if kind != "pct"]
    if len(values) != 2 or order not in ([words[0], "pct", words[1], "pct"], ["pct", words[0], "pct", words[1]]):
        return None
    maker, taker = values if words[0] == "makerword" else values[::-1]
    return put("fee", f"{number(maker)}%/maker + {number(taker)}%/taker")


def _spread(found: Found) -> Made | None:
    if found.kind("v") == "pct":
        return put("spread", f"{number(found['v'][1])}%")
    if found.kind("v") == "money":
        return put("spread", f"{number(found['v'])}/unit")
    return put("spread", _ticks(found))


def _slips(found: Found) -> Made | None:
    if found.kind("v") == "pct":
        return put("slippage", f"{number(found['v'][1])}%")
    return put("slippage", _ticks(found))


def _ticks(found: Found) -> str:
    """Of an instrument that is not known, nobody knows what one is."""
    word = found.kind("v").removesuffix("s")
    return asked("tick", f"{number(found['v'][1])} {word}s: how much of the price is one {word} here?")


def _capital(found: Found) -> Made | None:
    kinds = [token.kind for token in found.whole]
    if "account" in kinds and kinds.index("account") > kinds.index(found.kind("v")):
        return None  # `2000 dollars of my account`
    value = found["v"]
    return put("capital", value) if value >= 100 else None


def _lever(found: Found) -> Made | None:
    value = found["k"]
    return put("leverage", 100 * value) if 1 <= value <= 100 else None


COSTS = (
    Span("p:pct q:pct makerword takerword", f"{_BESIDE} comma slash commission", _maker),
    Span("v:money least:lowest|atleast", f"{_BESIDE} commission", _least),
    Span("v:pct|money commission perfill", f"{_BESIDE} comma", _fee),
    Span("v:pct|money commission units?", _BESIDE, _fee),
    Span("v:num commission per units", _BESIDE.replace(" per ", " "), _fee),
    Span("v:pct|money commission units?", f"{_BESIDE} perclip act",
         lambda f: _fee(f) if all(t.value in {"long", "sell"} for t in f.whole if t.kind == "act") else None),
    Span("v:pct|money|ticks|pips spreadword", _BESIDE, _spread),
    Span("v:pct|ticks slippage", _BESIDE, _slips),
    Span("allmoc", "of part bar", lambda f: put("fill_close")),
    Span("no commission", "", lambda f: []),
    Span("no slippage", "", lambda f: []),
    Span("v:money|num capitalword account?", "of at colon and arrow to", _capital),
    Span("v:money|num account", "of at colon arrow", _capital),
    Span("k:num|mult leveragedword", "of at to colon arrow and", _lever),
)  # fmt: skip
"""Before the sizes: a sum of money beside one of these words is none."""
