"""Prices: the grid of ticks, slippage, fees, and where a bracket stands (rules 22, 24, 28)."""

from __future__ import annotations

from collections.abc import Callable
from math import ceil, floor, isnan

from .program import Level, Rests

NEARLY = 1e-6
"""How near a whole number of steps counts as one: prices and quantities in decimals are not whole in binary."""
Part = tuple[float, float, float, tuple[float, float, float]]
"""Quantity, price, what a move of 1 was worth, and the terms of the fee."""
HALVINGS = 120
"""Enough to find a quantity to the last digit that a float64 has of it."""


def up(value: float, step: float) -> float:
    """The value itself if it is on the grid, else the next step above it."""
    return value if not step or isnan(value) else ceil(value / step - NEARLY) * step


def down(value: float, step: float) -> float:
    """The value itself if it is on the grid, else the next step below it."""
    return value if not step or isnan(value) else floor(value / step + NEARLY) * step


def reached(price: float, level: float, above: bool, tick: float) -> bool:
    """Rule 24: whether price is at the level or beyond it, upward or downward, compared in whole ticks.

    A price between two ticks has come as far as the one it has passed.
    """
    if isnan(price) or isnan(level):
        return False
    if tick:
        price, level = (down if above else up)(price, tick) / tick, level / tick
        return price >= level - NEARLY if above else price <= level + NEARLY
    return price >= level if above else price <= level


def concerns(on: str, opens: bool) -> bool:
    """Whether a cost of these fills ("" all) is one of a fill that opens, or closes."""
    return on in ("", "entries" if opens else "exits")


def slip(rests: Rests, price: float, opens: bool) -> float:
    """Rule 28: how much worse than this price a fill is, as a distance: slippage, and half of the spread."""
    spread = (rests.spread + rests.told) / 2.0 if concerns(rests.spread_on, opens) else 0.0
    return abs(price) * rests.slip_fraction + rests.slip_distance + spread


def market(rests: Rests, price: float, side: int, opens: bool) -> float:
    """Rule 28: what a market order that buys (1) or sells (-1) gets. Slippage is adverse, after the grid."""
    return price + side * slip(rests, price, opens)


def fee(rests: Rests, quantity: float, price: float, opens: bool) -> float:
    """Rule 30: what one order that fills at once costs."""
    return fee_of(rests, [(quantity, price, rests.worth, rests.terms)], opens)


def fee_of(rests: Rests, parts: list[Part], opens: bool) -> float:
    """What one order costs that filled in these parts, each at its rate and terms, its amount at those of the first. Of
    a minimum and a maximum the maximum is the stronger; one that is a share is of all parts at the last one's rate."""
    if not concerns(rests.fee_on, opens):
        return 0.0
    paid = sum(q * (worth * abs(price) * share + unit) for q, price, worth, (share, _, unit) in parts)
    paid = max(paid + parts[0][3][1], rests.fee_least)
    if rests.fee_most:
        return min(paid, rests.fee_most)
    most = rests.fee_most_share * sum(quantity * rests.worth * abs(price) for quantity, price, *_ in parts)
    return min(paid, most) if rests.fee_most_share else paid


def estimate(rests: Rests, quantity: float, price: float, side: int, opens: bool) -> float:
    """Rule 22: what a fill of a quantity is estimated to cost: slippage, and the fee at the price that gives."""
    paid = fee(rests, quantity, market(rests, price, side, opens), opens)
    return quantity * slip(rests, price, opens) * rests.worth + paid


def cost(rests: Rests, quantity: float, price: float, side: int, opens: bool) -> float:
    """The estimated cost of an order; of none it is nothing."""
    return estimate(rests, quantity, price, side, opens) if quantity else 0.0


def most(fits: Callable[[float], bool], limit: float) -> float:
    """The largest quantity up to a limit that fits, where every smaller one does."""
    least = 0.0
    for _ in range(HALVINGS):
        between = (least + limit) / 2.0
        least, limit = (between, limit) if fits(between) else (least, between)
    return least


def stands(level: Level, at: int, entry: float, side: int, toward: int, stop: float | None = None) -> float:
    """Rule 24: the price of a bracket of a lot that filled at `entry`, before it is put on the grid.

    toward is 1 for a target, -1 for a stop or trail: on which side of the fill it belongs. A ratio is of the
    fill's size.
    """
    value = level.values[at]
    if level.kind == "price":
        return value
    if level.kind == "multiple":
        assert stop is not None
        return entry + value * (entry - stop)
    return entry + side * toward * (value * abs(entry) if level.kind == "ratio" else value)


def on_grid(price: float, side: int, tick: float) -> float:
    """Rule 24: a bracket rounded away from the market: a level below it down, a level above it up.

    side: 1 where the market must rise to reach it, -1 where it must fall.
    """
    return up(price, tick) if side > 0 else down(price, tick)
