"""How far a close is from the price of entry, or from the best price since: `closes 6 % below what I paid`."""

from __future__ import annotations

from ..orders.exit_roles import moved
from ..tokens.pattern import Found, Row
from ..tokens.token import Compare, Level, Plain, Series, Token

_FAR = "v:pct|atrm|points|money"
_MORE = {"more than", "over", "further than", "at least"}
_KINDS = {"pct": "share", "atrm": "atr", "points": "points", "money": "points"}


def _from_entry(found: Found) -> Token | None:
    return _far(found, Series("position.entry_price", name="entryprice"))


def _from_peak(found: Found) -> Token | None:
    """The high of a long since it was bought, the low of a short."""
    extreme, line = found.kind("x") or found["e"].text, found["e"].text
    own = {("highest", "high"): "high", ("high", "high"): "high", ("lowest", "low"): "low", ("low", "low"): "low",
           ("peak", "high"): "high"}.get((extreme, line))  # fmt: skip
    below = found.kind("s") == "below"
    return _far(found, Series(f"position.{own}", name="peak")) if own and (own == "high") == below else None


def _far(found: Found, line: Series) -> Token | None:
    closed = found["c"].text == "close" and set(found.text("c").split()) & {"close", "closes", "closed", "closing"}
    if not closed or ("m" in found and found.text("m") not in _MORE):
        return None
    below, value = found.kind("s") == "below", found["v"]
    far = Level(_KINDS[found.kind("v")], value if found.kind("v") in {"atrm", "money"} else value[1])
    op = ("<" if below else ">") + ("=" if found.text("m") == "at least" or "orevenmore" in found else "")
    return Token("cond", found.text(), Compare(found["c"], op, moved(line, far, below)))


def _aged(found: Found) -> Token | None:
    """The trade is at least 10 bars old, beside what else has to hold."""
    count = int(found["n"])
    if not 1 <= count <= 5000 or count != found["n"]:
        return None
    op = {"above": ">", "below": "<", "orless": "<=", "maxword": "<="}.get(found.kind("o"), ">=")
    text = f"position.bars {op} {count}"
    return Token("cond", found.text(), Plain(text, text))


HELD = (
    Row("heldbars o:op|atleast|ormore|above|below|orless|maxword n:num|bars", _aged),
    Row(f"c:ser m:above|atleast? {_FAR} orevenmore? s:above|below e:entryprice", _from_entry),
    Row(f"c:ser m:above|atleast? {_FAR} orevenmore? s:above|below x:highest|lowest? e:ser sinceentry", _from_peak),
)  # fmt: skip
