"""Slippage that knows the market: by the range and by the root of the volume, and the sizes that follow, by hand."""

from __future__ import annotations

from typing import Any

import pytest
from stratagem.lang.inputs.assumptions import read_assumptions
from stratagem.lang.plan.extras import extras
from stratagem.runtime.trading import layout as at
from stratagem.runtime.trading.excess import to_fit
from stratagem.runtime.trading.guards import room_in_value
from stratagem.runtime.trading.impact import relieves, spends
from stratagem.runtime.trading.mark import observe
from stratagem.runtime.trading.prices import order_cost, slip, slipped
from stratagem.runtime.trading.sizing import affordable
from stratagem.runtime.trading.specs import EnterSpec, GuardSpec
from stratagem.runtime.trading.state import TradingState, lay_out

from .driver import Bar, desk, run, status, why

WIDE: Bar = (100, 115, 85, 100)
FLAT: Bar = (100, 100, 100, 100)
NA = float("nan")


def state(volume: float = 100.0, **assume: Any) -> TradingState:
    made = lay_out([EnterSpec("long")], [], read_assumptions({"capital": 1000, **assume}))
    observe(made.b, 115.0, 85.0, volume)
    return made


@pytest.mark.parametrize("slippage, bought, sold", [
    ("10%/range", 103.0, 97.0),
    ("1%/range+1%", 101.3, 98.7),
    ("2%/sqrt_volume", 101.0, 99.0),  # root of 25 over 100
    ("2%/sqrt_volume+10%/range+0.5/unit", 104.5, 95.5),
])  # fmt: skip
def test_what_25_units_pay(slippage: str, bought: float, sold: float) -> None:
    b = state(slippage=slippage).b
    for costs in (at.ENTRY_COSTS, at.EXIT_COSTS):
        assert slipped(b, 100.0, 1, 25.0, costs) == pytest.approx(bought, rel=1e-14)
        assert slipped(b, 100.0, -1, 25.0, costs) == pytest.approx(sold, rel=1e-14)


def test_a_price_below_zero_slips_by_its_size() -> None:
    b = state(slippage="2%/sqrt_volume").b
    assert (slipped(b, -50.0, 1, 25.0, at.ENTRY_COSTS), slipped(b, -50.0, -1, 25.0, at.ENTRY_COSTS)) == (-49.5, -50.5)


def test_the_spread_on_one_side_does_not_take_slippage_with_it() -> None:
    b = state(slippage="10%/range", spread="2/unit on exits").b
    assert [slip(b, 100.0, 1.0, costs) for costs in (at.ENTRY_COSTS, at.EXIT_COSTS)] == [3.0, 4.0]


@pytest.mark.parametrize("bar, kept", [
    ((120.0, 110.0, 50.0), (10.0, 50.0)),
    ((NA, 110.0, 50.0), (30.0, 50.0)),
    ((120.0, NA, 50.0), (30.0, 50.0)),
    ((110.0, 110.0, 0.0), (0.0, 100.0)),  # no range is one; no volume is none
    ((120.0, 110.0, NA), (10.0, 100.0)),
])  # fmt: skip
def test_what_is_kept_of_a_bar(bar: tuple[float, float, float], kept: tuple[float, float]) -> None:
    b = state().b
    observe(b, *bar)
    assert (b[at.LAST_RANGE], b[at.LAST_VOLUME]) == kept


def test_before_any_volume_nothing_slips_by_it() -> None:
    b = state(NA, slippage="2%/sqrt_volume").b
    assert slip(b, 100.0, 25.0, at.ENTRY_COSTS) == 0.0 and affordable(b, 1000.0, 100.0, 1) == 10.0


@pytest.mark.parametrize("slippage, asked", [
    ("1bp+2/unit", ()), ("10%/range", ("observe",)), ("1%/sqrt_volume", ("observe",)),
])  # fmt: skip
def test_what_is_asked_of_an_event(slippage: str, asked: tuple[str, ...]) -> None:
    assert tuple(extras(read_assumptions({"slippage": slippage}))) == asked


# --- turned round -----------------------------------------------------------------------------------


@pytest.mark.parametrize("quantity", [1e-9, 0.5, 25.0, 4096.0, 1e12])
@pytest.mark.parametrize("outlay, bend", [(100.0, 0.1), (1.0, 50.0), (100.0, 0.0), (1e-6, 3.0)])
def test_a_budget_is_used_up(quantity: float, outlay: float, bend: float) -> None:
    assert spends(outlay * quantity + bend * quantity**1.5, outlay, bend) == pytest.approx(quantity, rel=1e-12)


@pytest.mark.parametrize("quantity", [1e-6, 0.5, 25.0])
def test_a_gap_is_closed_by_the_smaller_of_two_quantities(quantity: float) -> None:
    assert relieves(100.0 * quantity - quantity**1.5, 100.0, 1.0) == pytest.approx(quantity, rel=1e-12)


def test_a_gap_that_selling_only_widens_takes_everything() -> None:
    """100 q - q^1.5 is never more than 4 / 27 x 100^3, at a q of 4 / 9 x 100^2."""
    most = 4 / 27 * 100.0**3
    assert relieves(most * 0.999, 100.0, 1.0) < 4 / 9 * 100**2 and relieves(most * 1.001, 100.0, 1.0) == at.FAR
    assert relieves(1.0, 0.0, 1.0) == relieves(1.0, -1.0, 0.0) == at.FAR


def test_nothing_to_spend_buys_nothing() -> None:
    assert spends(-5.0, 100.0, 1.0) == -0.05 and spends(0.0, 100.0, 1.0) == 0.0


SIZES = [
    # fee, side, the budget that 25 units at 100 use up; each unit slips by 2 % x the root of 25/100, which is 1
    ("0", 1, 2525.0),
    ("1%", 1, 2525.0 + 25.25),  # of 25 x 101
    ("1%", -1, 2525.0 + 24.75),  # of 25 x 99
    ("0.1% min 40", 1, 2525.0 + 40.0),
    ("2% max 7/order", 1, 2525.0 + 7.0),
    ("20/order max 0.4%", 1, 2525.0 + 10.1),
    ("20/order max 0.4%", -1, 2525.0 + 9.9),
    ("2/order+0.5/unit", 1, 2525.0 + 14.5),
]


@pytest.mark.parametrize("fee, side, budget", SIZES)
def test_a_size_uses_its_budget_up(fee: str, side: int, budget: float) -> None:
    b = state(fee=fee, slippage="2%/sqrt_volume").b
    assert affordable(b, budget, 100.0, side) == pytest.approx(25.0, rel=1e-12)
    assert 2500.0 + order_cost(b, 25.0, 100.0, side, at.ENTRY_COSTS) == pytest.approx(budget, rel=1e-12)


@pytest.mark.parametrize("fee, paid", [("0", 0.0), ("1%", 25.25), ("0.1% min 40", 40.0), ("2% max 7/order", 7.0)])
def test_a_guard_on_value_leaves_room_for_what_slips(fee: str, paid: float) -> None:
    """25 units are 2,500, which is half of the equity left when they have cost 25 and the fee."""
    made = state(fee=fee, slippage="2%/sqrt_volume")
    b, k = made.b, made.k
    b[at.CASH], b[at.WORTH], b[at.GRANTED] = 5025.0 + paid, 100.0, 100.0
    assert room_in_value(b, k, at.EXPOSURE, 0.5, 0.0, 1, 100.0) == pytest.approx(25.0, rel=1e-12)


@pytest.mark.parametrize("fee, paid", [("0", 0.0), ("1%", 24.75), ("0.1% min 40", 40.0), ("2% max 7/order", 7.0)])
def test_a_guard_that_reduces_counts_what_leaving_slips(fee: str, paid: float) -> None:
    """Of 10,000 sold 2,500 leave 7,500, half of the equity that leaving has cost 25 and the fee."""
    b = state(fee=fee, slippage="2%/sqrt_volume").b
    b[at.VALUE] = 10_000.0
    assert to_fit(b, 10_000.0, 15_025.0 + paid, 0.5, 100.0) == pytest.approx(25.0, rel=1e-12)


def test_a_loss_guard_knows_what_the_order_slips_by() -> None:
    """25 units lose 25 of 1,000, which reaches 2.5 % and not 2.6 %."""
    for limit, told in ((0.025, "denied"), (0.026, "filled")):
        made = desk([EnterSpec("long", "units")], [GuardSpec("loss", limit), GuardSpec("exposure", 64.0)],
                    slippage="2%/sqrt_volume")  # fmt: skip
        made.volume = 100.0
        d = run(made, (FLAT, FLAT), {0: {0: {"size": 25.0}}})
        assert status(d.orders[0]) == told


@pytest.mark.parametrize("side, paid", [("long", 103.0), ("short", 97.0)])
def test_the_range_is_that_of_the_decision_at_the_next_open(side: str, paid: float) -> None:
    made = desk([EnterSpec(side, "fraction")], slippage="10%/range")
    d = run(made, (WIDE, FLAT), {0: {0: {"size": 1.0}}})
    assert d.trades[0]["entry_price"] == paid and d.trades[0]["quantity"] == pytest.approx(1000 / 103, rel=1e-14)
    assert d.counter("reduced") == 0 and why(d.orders[0]) == ""
