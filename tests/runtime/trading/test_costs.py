"""Minimum and maximum of a fee, costs of one side, and the spread: sizes that use a budget up, worked out by hand."""

from __future__ import annotations

from typing import Any

import pytest
from stratagem.lang.inputs.assumptions import read_assumptions
from stratagem.runtime.trading import layout as at
from stratagem.runtime.trading.excess import to_fit
from stratagem.runtime.trading.prices import fee, order_cost
from stratagem.runtime.trading.specs import EnterSpec, ExitSpec, GuardSpec
from stratagem.runtime.trading.state import TradingState, lay_out

from .driver import Bar, Desk, desk, run, status, why

FLAT: Bar = (100, 100, 100, 100)


def state(**assume: Any) -> TradingState:
    return lay_out([EnterSpec("long")], [], read_assumptions({"capital": 1000, "tick": 0.5, **assume}))


FEES = [
    # fee                       quantity  of a fill at 100
    ("0.1% min 1", 5, 1.0),
    ("0.1% min 1", 20, 2.0),
    ("1% max 5/order", 3, 3.0),
    ("1% max 5/order", 7, 5.0),
    ("2/order max 1%", 1, 1.0),
    ("2/order max 1%", 3, 2.0),
    ("0.005/unit min 1 max 0.5%", 1, 0.5),  # both bind: the maximum
    ("0.005/unit min 1 max 0.5%", 10, 1.0),
    ("0.005/unit min 1 max 0.5%", 400, 2.0),
]


@pytest.mark.parametrize("written, quantity, paid", FEES)
def test_the_fee_of_one_fill(written: str, quantity: float, paid: float) -> None:
    b = state(fee=written).b
    for costs in (at.ENTRY_COSTS, at.EXIT_COSTS):
        assert fee(b, quantity, 100.0, 0, costs) == pytest.approx(paid, rel=1e-14)


@pytest.mark.parametrize("on, entry, exit_", [("", 1.0, 1.0), (" on entries", 1.0, 0.0), (" on exits", 0.0, 1.0)])
def test_one_side_alone(on: str, entry: float, exit_: float) -> None:
    b = state(fee="0.1% min 1" + on, spread="2ticks" + on).b
    assert [fee(b, 2.0, 100.0, 0, costs) for costs in (at.ENTRY_COSTS, at.EXIT_COSTS)] == [entry, exit_]
    assert [b[costs + at.SLIP_DISTANCE] for costs in (at.ENTRY_COSTS, at.EXIT_COSTS)] == [0.5 * entry, 0.5 * exit_]


def test_a_fee_without_bounds_does_not_look_at_them() -> None:
    """What is not used costs the test of one flag."""
    b = state(fee="5/order+0.1%").b
    for slot in (at.FEE_LEAST, at.FEE_MOST, at.FEE_MOST_SHARE):
        b[at.ENTRY_COSTS + slot] = at.MISSING
    assert b[at.ENTRY_COSTS + at.FEE_BOUNDED] == 0.0 and fee(b, 10.0, 100.0, 0, at.ENTRY_COSTS) == 6.0


ALL = [
    # fee                          what 1,000 buys at 100: notional and fee are 1,000
    ("0.1% min 10", 9.9),
    ("2% min 10", 1000 / 102),  # its fee of 19.6 is above the minimum
    ("2% max 5/order", 9.95),
    ("0.1% max 5/order", 1000 / 100.1),
    ("20/order max 1%", 1000 / 101),
    ("5/order max 1%", 9.95),
    ("0.005/unit min 20 max 1%", 1000 / 101),
    ("0.005/unit min 5 max 1%", 9.95),
    ("1/unit min 5 max 8/order", 9.92),
]


@pytest.mark.parametrize("written, quantity", ALL)
@pytest.mark.parametrize("side", ["long", "short"])
@pytest.mark.parametrize("sizing", ["decision", "fill"])
def test_all_of_equity_is_notional_and_fee_and_the_implied_guard_does_not_cut(
    written: str, quantity: float, side: str, sizing: str
) -> None:
    d = run(desk([EnterSpec(side, "fraction")], fee=written, sizing=sizing), (FLAT, FLAT), {0: {0: {"size": 1.0}}})
    assert d.trades[0]["quantity"] == pytest.approx(quantity, rel=1e-12)
    assert quantity * 100 + d.read("pnl.fees") == pytest.approx(1000, rel=1e-12)
    assert d.counter("reduced") == 0 and status(d.orders[0]) == "filled"


def halved(written: str, **assume: Any) -> Desk:
    made = desk([EnterSpec("long", "fraction")], [GuardSpec("exposure", 0.5)], fee=written, **assume)
    return run(made, (FLAT, FLAT), {0: {0: {"size": 1.0}}})


@pytest.mark.parametrize("written, quantity", [
    ("0.1% min 10", 4.95),  # 495 is half of 990
    ("2% max 5/order", 4.975),
    ("20/order max 1%", 500 / 100.5),  # 100 q = half of 1,000 - q
])  # fmt: skip
def test_a_guard_on_value_counts_the_fee_that_is_paid(written: str, quantity: float) -> None:
    d = halved(written)
    assert d.trades[0]["quantity"] == pytest.approx(quantity, rel=1e-12) and why(d.orders[0]) == "exposure"
    assert d.read("position.weight") == pytest.approx(0.5, rel=1e-12)


@pytest.mark.parametrize("written, quantity", [
    ("0.1% min 10", 5.05),  # 495 left, half of 990
    ("2% max 5/order", 5.025),  # 497.5, half of 995
    ("20/order max 1%", 500 / 99.5),
    ("1% max 20/order", 500 / 99.5),
    ("0.1% min 10 on entries", 5.0),
])  # fmt: skip
def test_a_guard_that_reduces_counts_the_fee_of_leaving(written: str, quantity: float) -> None:
    """10 units at 100 of an equity of 1,000, back to 50 %."""
    b = state(fee=written).b
    b[at.VALUE] = 1000.0
    assert to_fit(b, 1000.0, 1000.0, 0.5, 100.0) == pytest.approx(quantity, rel=1e-12)


def test_a_loss_guard_counts_the_minimum() -> None:
    """Equity of 1,000 less a fee of 20 is at the floor of `loss 2%`; 19.9 are not."""
    for least, told in (("20", "denied"), ("19.9", "filled")):
        made = desk([EnterSpec("long", "units")], [GuardSpec("loss", 0.02)], fee=f"0.1% min {least}")
        d = run(made, (FLAT, FLAT), {0: {0: {"size": 1.0}}})
        assert status(d.orders[0]) == told


@pytest.mark.parametrize("side, written, quantity", [
    ("long", "0.1% min 10", 990 / 1010),  # a unit is 1,000, and 10 for slippage
    ("long", "2% max 5/order", 995 / 1010),
    ("long", "0.1% min 10 on entries", 990 / 1010),
    ("long", "0.1% min 10 on exits", 1000 / 1010),
    ("long", "20/order max 1%", 1000 / (1010 + 10.1)),  # 1 % of 101 x 10
    ("short", "20/order max 1%", 1000 / (1010 + 9.9)),  # of 99 x 10
])  # fmt: skip
def test_bounds_beside_slippage_and_a_point_value(side: str, written: str, quantity: float) -> None:
    made = desk([EnterSpec(side, "fraction")], fee=written, slippage="0.5/unit", spread="1/unit", point_value=10)
    d = run(made, (FLAT, FLAT), {0: {0: {"size": 1.0}}})
    assert d.trades[0]["quantity"] == pytest.approx(quantity, rel=1e-12) and d.counter("reduced") == 0


@pytest.mark.parametrize("written, quantity", [
    ("0.1% min 10", 505 / 995),  # a unit frees 1,000, less half of 10 for slippage
    ("2% max 5/order", 502.5 / 995),
    ("20/order max 1%", 500 / (995 - 4.95)),  # and half of 1 % of 99 x 10
])  # fmt: skip
def test_reducing_beside_slippage_and_a_point_value(written: str, quantity: float) -> None:
    b = state(fee=written, slippage="0.5/unit", spread="1/unit", point_value=10).b
    b[at.VALUE] = 1000.0
    assert to_fit(b, 1000.0, 1000.0, 0.5, 100.0) == pytest.approx(quantity, rel=1e-12)


@pytest.mark.parametrize("written, bought, sold", [
    ("0.1% min 10", 30.0, 30.0),
    ("2% max 5/order", 25.0, 25.0),
    ("2% max 100/order", 60.4, 59.6),
    ("1/unit min 1", 22.0, 22.0),
])  # fmt: skip
def test_the_estimated_cost_of_an_order(written: str, bought: float, sold: float) -> None:
    """2 units at 100, a point being worth 10: 20 of slippage, and the fee at 101, of 2,020, or at 99, of 1,980."""
    b = state(fee=written, slippage="0.5/unit", spread="1/unit", point_value=10).b
    assert order_cost(b, 2.0, 100.0, 1, at.ENTRY_COSTS) == pytest.approx(bought, rel=1e-14)
    assert order_cost(b, 2.0, 100.0, -1, at.EXIT_COSTS) == pytest.approx(sold, rel=1e-14)


def test_orders_of_one_bar_know_the_minimum_of_each_other() -> None:
    """Half of 1,000 less 10 buys 4.9; half of what is left less its own 10 buys (990 / 2 - 10) / 100."""
    enters = [EnterSpec("long", "fraction"), EnterSpec("long", "fraction", scale=1)]
    d = run(desk(enters, fee="0.1% min 10"), (FLAT, FLAT), {0: {0: {"size": 0.5}, 1: {"size": 0.5}}})
    assert [trade["quantity"] for trade in d.trades] == pytest.approx([4.9, 4.85], rel=1e-12)


def test_closing_at_the_end_is_an_exit() -> None:
    made = desk([EnterSpec("long", "units"), ExitSpec("long")], close_at_end=True, fee="1% on exits", spread="4ticks",
                tick=0.5)  # fmt: skip
    (trade,) = run(made, (FLAT, FLAT), {0: {0: {"size": 1.0}}}).trades
    assert (trade["entry_price"], trade["exit_price"], trade["fees"]) == (101.0, 99.0, 0.99)
