"""How far a stop, a target or a trail is, as a clause has it."""

from __future__ import annotations

from .pattern import Found
from .token import Level, Series, asked, number

LEVELS = "pct|atrm|rmul|points|pips|ticks|money"


def level(found: Found, label: str = "v") -> Level:
    """From the token that says how far; its sign, or a word beside it, says which side of the entry."""
    kind, value = found.kind(label), found[label]
    side = {"above": "above", "below": "below"}.get(found.kind("side"), "")
    if kind in {"pct", "rmul", "points", "pips", "ticks"}:
        return Level({"pct": "share", "rmul": "r"}.get(kind, kind), value[1], side or value[0])
    if kind == "atrm":
        return Level("atr", value, side)
    if kind == "money":
        return Level("points", value, side)
    if kind == "ser":
        return Level("price", value, side)
    return Level("asked", found.text(label) if label in found else "")


def from_entry(distance: str, up: bool) -> str:
    return f"entry {'+' if up else '-'} {distance}"


def written(each: Level, gain: bool, long: bool, pip: str) -> str:
    """The value of a clause, on the side of gain or of loss, of a long or a short. `pip`: what one is, if known."""
    up = gain == long
    match each.kind:
        case "share":
            return f"{number(each.value)}%"
        case "atr":
            return f"{number(each.value[0])} * atr({each.value[1]})"
        case "r":
            return f"{number(each.value)}r"
        case "points":
            return from_entry(number(each.value), up)
        case "pips" if pip:
            return from_entry(number(each.value * float(pip)), up)
        case "pips" | "ticks":
            word = each.kind.removesuffix("s")
            return asked("tick", f"{number(each.value)} {each.kind}: how much of the price is one {word} here?")
        case "words":
            return str(each.value[0 if long else 1])
        case "far":
            return "low" if long else "high"
        case "price":
            return price(each.value, long)
        case "entry":
            return "entry"
        case _:
            return asked(*each.value)


def behind(each: Level, long: bool, pip: str) -> str:
    """How far a trail is behind the best price: a distance of its own, with no `entry` in it."""
    text = written(each, False, long, pip)
    distance = each.kind in {"points", "pips"} and text.startswith("entry")
    return f"close - (close - {text.split()[-1]})" if distance else text


def locked(each: Level, long: bool, pip: str) -> str:
    """Where a stop stands that keeps a gain."""
    if each.kind == "share":
        return f"entry * {number(1 + each.value / 100 * (1 if long else -1))}"
    text = written(each, True, long, pip)
    return from_entry(text, long) if each.kind == "atr" else text


def price(series: Series, long: bool) -> str:
    return series.written


def wrong_side(each: Level, gain: bool, long: bool) -> bool:
    """Whether a side was said that is not the one of gain, or of loss."""
    if each.side == "wrong":
        return True
    if each.side in {"above", "below"} and each.kind != "price":
        return (each.side == "above") != (gain == long)
    return gain and each.side == "-"
