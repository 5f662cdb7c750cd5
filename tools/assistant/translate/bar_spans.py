"""Spans of weeks and months as daily bars where an extreme is of them; headings, and orders that wait, put plainly."""

from __future__ import annotations

from typing import Any

from .pattern import Found, Row
from .tokens import Token

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


SPANS = (
    Row("<num|inrow u:unclear", _counted),
    Row("t:then r:rest", lambda f: [f.token("t"), Token("unknown", f.text("r"))]),
    Row("past d:dur", lambda f: ("dur", f["d"])),
    Row("past u:unit", lambda f: ("dur", (1.0, f["u"]))),
    Row("p:period px:px", lambda f: [Token("dur", f.text("p"), (float(_YEAR), "d")), f.token("px")]
        if f["p"] == "yearly" and f["px"] in {"high", "low"} else None),
    Row(f"d:dur {_X}", _before),
    Row("<highest|lowest px:px of|in d:dur", _behind),
    Row("highest|lowest of|in d:dur", _behind),
    Row("px:px of d:dur", _behind),
    Row("d:dur px open n:bars|dur shut", _explained),
    Row("<start|stopmark|comma fallnoun|risenoun|breaks|gap a:act c:colon", _heading),
    Row("o:orderword wait at", lambda f: [f.token("o"), Token("at", "at")]),
    Row("all c:px >at|by|on|when|before|endofday|moc",
        lambda f: ("act", "exit") if f.text("c") in {"closed", "closes"} else None),
    Row("<start|when f:correction a:act", lambda f: f.token("a")),
)  # fmt: skip
"""After amounts; before anything is taken for a series or a clause."""
