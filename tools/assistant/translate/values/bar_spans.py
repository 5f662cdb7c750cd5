"""Spans of weeks and months as daily bars where an extreme is of them; headings, and orders that wait, put plainly."""

from __future__ import annotations

from typing import Any

from ..tokens.pattern import Found, Row
from ..tokens.token import Token

_YEARS = {("w", 52): 252, ("w", 26): 126, ("w", 13): 63}
_MONTH, _YEAR = 21, 252


def _days(found: Found) -> int:
    """A 52 week high is of 252 daily bars, one of six months of 126; other weeks are of no usual length."""
    count, unit = found["d"]
    if count != int(count):
        return 0
    return {"mo": _MONTH, "y": _YEAR}.get(unit, 0) * int(count) or _YEARS.get((unit, int(count)), 0)


def _before(found: Found) -> list[Token] | None:
    days = _days(found)
    if not days or found["px"] not in {None, "high", "low", "close"}:
        return None
    return [Token("dur", found.text("d"), (float(days), "d")), *found.whole[1:]]


def _behind(found: Found) -> list[Token] | None:
    days = _days(found)
    if not days or found["px"] not in {None, "high", "low"}:
        return None
    return [*found.whole[:-1], Token("dur", found.text("d"), (float(days), "d"))]


def _explained(found: Found) -> list[Token] | None:
    """`a 52-week high (252 bars)`: said twice."""
    count: Any = found["n"]
    told = count[0] if found.kind("n") == "dur" else count
    return list(found.whole[:2]) if found["d"] == (told, "d") or told == _days(found) else None


def _heading(found: Found) -> list[Token] | None:
    """`Pullback entry: …`: what is meant by it follows."""
    return [found.token("a"), found.token("c")] if found.text("a").split()[:1] in (["entry"], ["buy"]) else None


_X = "px:px|hi|highest|lowest"
_PAIRS = {"higher highs": ("higher", "high"), "lower lows": ("lower", "low"), "higher lows": ("higher", "low"),
          "lower highs": ("lower", "high")}  # fmt: skip


def _counted(found: Found) -> list[Token] | None:
    """`five higher highs in a row`: a number of them is what makes it plain."""
    pair = _PAIRS.get(found.text("u"))
    return [Token(pair[0], pair[0]), Token("px", found.text("u"), pair[1])] if pair else None


def _closing(found: Found) -> list[Token] | None:
    """A 20 day closing high: the highest close."""
    if found.text("c") != "closing" or found["h"] not in {"high", "low"}:
        return None
    word = "highest" if found["h"] == "high" else "lowest"
    return [Token(word, found.text("h")), Token("px", "close", "close"), Token("of", "of"), found.token("d")]


def _ibs(found: Found) -> Token | None:
    """`(close - low) / (high - low)`: the internal bar strength."""
    prices = [token.value for token in found.whole if token.kind == "px"]
    return Token("ind", found.text(), "ibs") if prices == ["close", "low", "high", "low"] else None


EARLY = (
    Row("<above|below|orless|ormore|moveup|movedown|at|breaks|breaksdown|cross|of|crossover p:period px:px",
        lambda f: Token("unclear", f.text(), "definition") if f["p"] in {"weekly", "monthly"} and f["px"] != "volume"
        else None),
)
"""Before amounts: `the weekly high` is of this week, or of the last."""
SPANS = (
    Row("open px minusmark px shut slash open px minusmark px shut", _ibs),
    Row("<num|inrow u:unclear", _counted),
    Row("<comma|and|stopmark|start px:px b:by e:endofday|clock", lambda f: [Token("act", f.text("px"), "exit"),
        f.token("b"), f.token("e")] if f.text("px") == "close" else None),
    Row("<comma|and|stopmark|start px:px a:at e:clock >comma|stopmark|end|zone|note",
        lambda f: [Token("act", f.text("px"), "exit"), f.token("a"), f.token("e")] if f["px"] == "close" else None),
    Row("t:then r:rest", lambda f: [f.token("t"), Token("unknown", f.text("r"))]),
    Row("past d:dur", lambda f: ("dur", f["d"])),
    Row("past u:unit", lambda f: ("dur", (1.0, f["u"]))),
    Row(f"d:dur {_X}", _before),
    Row("d:bars|dur c:px h:px", _closing),
    Row("px:px of d:dur", _behind),
    Row("d:dur px open n:bars|dur shut", _explained),
    Row("<start|stopmark|comma fallnoun|risenoun|breaks|gap a:act c:colon", _heading),
    Row("<start|when f:correction a:act", lambda f: f.token("a")),
)  # fmt: skip
"""After amounts; before anything is taken for a series or a clause."""
