"""How far one value is from another: `more than 3 % above`, `within 2 % of`, `at most one ATR below`, `between`."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from ..tokens.operands import of_left, operand
from ..tokens.pattern import Found, Row
from ..tokens.token import Compare, Joined, Series, number

Made = tuple[str, Any]
_D = "d:pct|atrm|points|money"
_CLOSE = Series("close", name="px")


def moved(series: Series, found: Found, up: bool) -> Series:
    """The line so far above or below itself."""
    return moved_by(series, found.kind("d"), found["d"], up)


def moved_by(series: Series, kind: str, value: Any, up: bool) -> Series:
    sign = "+" if up else "-"
    if kind == "pct":
        text = f"{series.plain} * {number(1 + value[1] / 100 * (1 if up else -1))}"
    elif kind == "atrm":
        times = "" if value[0] == 1 else f"{number(value[0])} * "
        text = f"{series.plain} {sign} {times}atr({value[1]})"
    else:
        text = f"{series.plain} {sign} {number(value[1] if kind == 'points' else value)}"
    return series.scaled(text)


def _away(found: Found) -> Made | None:
    left = operand(found, "a") or _CLOSE
    series = of_left(found, "b", left)
    scales = {"price"} if found.kind("d") != "pct" else {"price", "volume", "distance"}
    if series is not None and found.kind("d") == "points" and series.dim not in {"price", "volume", "distance"}:
        scales = {series.dim}  # of an oscillator points are those of its scale
    if series is None or series.dim not in scales or left.dim != series.dim:
        return None
    up = found.kind("side") == "above"
    if found.kind("side") in {"from", "offword"} and found.kind("m") in {"up", "moveup", "risen"}:
        up = True
    if found.kind("side") == "offword" and series.name == "lowest":
        up = True  # off a low is above it
    if series.window and left.text == "close" and series.name == ("highest" if up else "lowest"):
        series = replace(series, prior=True)  # no close is beyond an extreme of which its own bar is one
    said, more = found.kind("q"), "more" in found
    less = said in {"below", "orless", "maxword"}
    op = "<" if up == less else ">"
    equal = more or said in {"atleast", "ormore", "orless", "maxword"}
    return "cond", Compare(left, op + "=" * equal, moved(series, found, up))


def _near(found: Found) -> Made | None:
    """Within 2 % of a line: of a high not further below, of a low not further above, of any other on both sides."""
    series, left = found["b"], operand(found, "a") or _CLOSE
    if series.dim != left.dim:
        return None
    above = Compare(left, ">=", moved(series, found, False))
    below = Compare(left, "<=", moved(series, found, True))
    if series.name == "highest":
        return "cond", above
    return "cond", below if series.name == "lowest" else Joined("and", (above, below))


def _near_above(found: Found) -> Made | None:
    """Within 2 % above a line: from the line up to there."""
    series, left = found["b"], operand(found, "a") or _CLOSE
    if "within" not in found.text().split() or series.dim != left.dim or series.window:
        return None
    up = found.kind("side") == "above"
    near = Compare(left, ">=" if up else "<=", series)
    far = Compare(left, "<=" if up else ">=", moved(series, found, up))
    return "cond", Joined("and", (near, far))


def _between(found: Found) -> Made | None:
    left = operand(found, "a") or _CLOSE
    if values := found["pair"]:
        one, two = (Series(number(each), "number") for each in values[:2])
    else:
        one, two = (of_left(found, each, left) or _CLOSE for each in "bc")
    if left.dim == "price" and "number" in {one.dim, two.dim}:
        return None
    return "cond", Joined("and", (Compare(left, ">", one), Compare(left, "<", two)))


def _apart(found: Found) -> Made | None:
    """Less than 2 % away from a line, on whichever side: how far the two are apart."""
    series, left = found["b"], operand(found, "a") or _CLOSE
    op = _APART[found.kind("q")]
    if series.window and left.text == "close" and series.name in {"highest", "lowest"} and not series.prior:
        up = series.name == "lowest"  # from an extreme there is one way only
        return "cond", Compare(left, op if up else op.translate(_TURNED), moved(series, found, up))
    if series.dim != left.dim or series.frame or left.frame or series.window or left.text == series.text:
        return None
    if found.kind("d") == "pct":
        text, right = f"abs({left.text} / {series.text} - 1)", Series(f"{number(found['d'][1])}%", "number")
        return "cond", Compare(Series(text, "ratio", "apart"), op, right)
    if found.kind("d") != "atrm" or series.dim != "price":
        return None
    times = "" if found["d"][0] == 1 else f"{number(found['d'][0])} * "
    right = Series(f"{times}atr({found['d'][1]})", "distance")
    return "cond", Compare(Series(f"abs({left.text} - {series.text})", "distance", "apart"), op, right)


def _between_shares(found: Found) -> Made | None:
    """Between 3 % and 6 % under a line, both included."""
    series, left = found["b"], operand(found, "a") or _CLOSE
    if series.dim != left.dim or series.dim != "price" or found["d"][0] or found["e"][0]:
        return None
    up = found.kind("side") == "above"
    near, far = sorted((found["d"], found["e"]), key=lambda each: each[1])
    one, two = (moved_by(series, "pct", each, up) for each in (near, far))
    ops = (">=", "<=") if up else ("<=", ">=")
    return "cond", Joined("and", (Compare(left, ops[0], one), Compare(left, ops[1], two)))


_TURNED = str.maketrans("<>", "><")
_APART = {"below": "<", "above": ">", "maxword": "<=", "orless": "<=", "atleast": ">=", "ormore": ">="}
_QUANTITY = "q:below|above|maxword|orless|atleast|ormore"
_SIDE = "side:below|above|offword|from"
_HOW = "q:atleast|above|below|maxword|orless|ormore?"
_MOVES = "m:movedown|moveup|fallen|risen|pulled|fallnoun|risenoun|move|up|down"
DISTANCES = (
    Row(f"a:ser? in {_D} side:above|below b:ser", lambda f: _near_above(f)),
    Row("a:ser? between|from|in d:pct and|to|minusmark e:pct side:above|below b:ser", _between_shares),
    Row(f"a:ser? {_QUANTITY} {_D} awayword from b:ser eitherside?", _apart),
    Row(f"a:ser? q:maxword {_D} from b:ser", _apart),
    Row(f"distance of|from|between a:ser and|to|from b:ser at? {_QUANTITY} {_D}", _apart),
    Row(f"a:ser? {_MOVES}? at|by|of? {_HOW} {_D} more:orevenmore? {_SIDE} b:ser|length", _away),
    Row(f"a:ser {_SIDE} b:ser by|on|of {_HOW} {_D} more:orevenmore?", _away),
    Row(f"a:ser? in {_D} from|of b:ser eitherside?", _near),
    Row("a:ser|record between|in b:num|ser|pct|edge and|to|minusmark c:num|ser|pct|edge", _between),
)  # fmt: skip
