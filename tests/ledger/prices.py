"""Prices: the grid of ticks, slippage, fees, and where a bracket stands (rules 22, 24, 28)."""

from __future__ import annotations

from math import ceil, floor, isnan

from .program import Level, Rests

NEARLY = 1e-6
"""How near a whole number of steps counts as one: prices and quantities in decimals are not whole in binary."""


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


def slip(rests: Rests, price: float) -> float:
    """Rule 28: how much worse than this price a fill is, as a distance."""
    return abs(price) * rests.slip_fraction + rests.slip_distance


def market(rests: Rests, price: float, side: int) -> float:
    """Rule 28: what a market order that buys (1) or sells (-1) gets. Slippage is adverse, after the grid."""
    return price + side * slip(rests, price)


def fee(rests: Rests, quantity: float, price: float) -> float:
    """Rule 30: what one order that fills costs."""
    return quantity * rests.point * abs(price) * rests.fee_fraction + quantity * rests.fee_unit + rests.fee_order


def unit_cost(rests: Rests, price: float, side: int) -> float:
    """Rule 22: the estimated cost of one unit without the fixed part: slippage, and fees at the price it gives."""
    paid = abs(market(rests, price, side)) * rests.point * rests.fee_fraction
    return slip(rests, price) * rests.point + paid + rests.fee_unit


def cost(rests: Rests, quantity: float, price: float, side: int) -> float:
    """The estimated cost of an order: slippage and fees."""
    return quantity * unit_cost(rests, price, side) + rests.fee_order if quantity else 0.0


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
