"""Quantities and prices on their grids: exact where so many steps make one, and within rounding elsewhere."""

from __future__ import annotations

import pytest
from stratagem.lang.inputs.assumptions import read_assumptions
from stratagem.runtime.trading.prices import lots_down, lots_up, reaches, ticks_down, ticks_up
from stratagem.runtime.trading.state import lay_out

DOWN = [
    # lot    quantity               toward zero
    (0.1, 1000.3 - 1000.2, 0.1),  # 0.09999999999990905: what a difference of large numbers leaves of a lot
    (0.1, 0.1 * 3, 0.3),
    (1e-8, 1.1 * 1.1 * 1e4, 12_100.0),  # 12100.000000000002: so many lots that their rounding is no small number
    (1e-8, 12_100.000000000002 - 4e-12, 12_100.0),
    (0.3, 1.0, 3 * 0.3),
    (0.3, 0.9, 3 * 0.3),
    (2.0, 5.0, 4.0),
    (1.0, 2.5, 2.0),
    (0.0, 2.5, 2.5),
]
UP = [
    (0.1, 0.31, 0.4),
    (0.1, 0.1 * 3, 0.3),  # 0.30000000000000004 is three lots and no part of a fourth
    (0.1, 1000.3 - 1000.2 + 2e-13, 0.1),  # 0.10000000000010905
    (1e-8, 12_100.000000000002, 12_100.0),
    (0.3, 1.0, 4 * 0.3),
    (0.3, 0.9, 3 * 0.3),
    (2.0, 5.0, 6.0),
    (1.0, 2.5, 3.0),
    (0.0, 2.5, 2.5),
]


@pytest.mark.parametrize("lot, quantity, expected", DOWN)
def test_lots_toward_zero(lot: float, quantity: float, expected: float) -> None:
    assert lots_down(lay_out([], [], read_assumptions({"lot": lot})).b, quantity) == expected


@pytest.mark.parametrize("lot, quantity, expected", UP)
def test_lots_upward(lot: float, quantity: float, expected: float) -> None:
    assert lots_up(lay_out([], [], read_assumptions({"lot": lot})).b, quantity) == expected


TICKS = [
    # tick  price   at or below, at or above
    (0.1, 100.34, 100.3, 100.4),  # 1003 x 0.1 is 100.30000000000001
    (0.1, 100.3, 100.3, 100.3),
    (0.3, 95.3, 317 * 0.3, 318 * 0.3),
    (0.25, 0.3, 0.25, 0.5),
    (2.0, 5.0, 4.0, 6.0),
    (0.0, 95.3, 95.3, 95.3),
]


@pytest.mark.parametrize("tick, price, below, above", TICKS)
def test_ticks(tick: float, price: float, below: float, above: float) -> None:
    b = lay_out([], [], read_assumptions({"tick": tick})).b
    assert (ticks_down(b, price), ticks_up(b, price)) == (below, above)


@pytest.mark.parametrize("price, up, down", [(109.74, 0, 1), (109.99, 0, 1), (110.0, 1, 1), (110.01, 1, 0)])
def test_a_price_between_two_ticks_has_reached_only_the_one_behind_it(price: float, up: int, down: int) -> None:
    b = lay_out([], [], read_assumptions({"tick": 0.5})).b
    assert (reaches(b, price, 110.0, 1), reaches(b, price, 110.0, -1)) == (up, down)
