"""What a decision takes for granted: orders that wait have filled, and the exits of its event came before it.

A bar without an open fills nothing, so an order waits over it and the next decision meets it.
"""

from __future__ import annotations

from typing import Any

import pytest
from stratagem.lang.inputs.assumptions import Fee
from stratagem.runtime.trading.specs import EnterSpec, ExitSpec, GuardSpec

from .driver import Bar, Desk, desk, reason, run, status, why

NA = float("nan")
ROOMY = GuardSpec("exposure", 1e6)
FLAT: Bar = (100, 100, 100, 100)
CLOSED: Bar = (NA, NA, NA, 100)  # no open: nothing fills
LONG, SHORT = EnterSpec("long", "units"), EnterSpec("short", "units")
MORE = EnterSpec("long", "units", scale=5)
EXIT, PART = ExitSpec("long"), ExitSpec("long", "fraction")
NOW = ExitSpec("long", fill="this_close")


def fates(made: Desk) -> list[tuple[int, str, str, float, float]]:
    """Number, status, reason, asked and got of every order, by number."""
    rows = sorted(made.orders, key=lambda row: row["order"])
    return [(int(o["order"]), status(o), why(o), o["asked"], o["got"]) for o in rows]


def test_of_two_parts_in_one_event_the_second_is_of_what_the_first_leaves() -> None:
    half = {"size": 0.5}
    d = run(desk([LONG, PART, PART], [ROOMY]), [FLAT] * 3, {0: {0: {"size": 0.8}}, 1: {1: half, 2: half}})
    assert fates(d)[1:] == [(1, "filled", "", 0.4, 0.4), (2, "filled", "", 0.2, 0.2)]


def test_a_part_that_waits_is_gone_for_the_next_decision() -> None:
    d = run(desk([LONG, PART, PART], [ROOMY]), [FLAT, FLAT, CLOSED, FLAT],
            {0: {0: {"size": 4.0}}, 1: {1: {"size": 0.5}}, 2: {2: {"size": 0.5}}})  # fmt: skip
    assert fates(d)[1:] == [(1, "filled", "", 2, 2), (2, "filled", "", 1, 1)]


def test_where_all_waits_to_leave_an_exit_does_not_act_and_an_entry_may() -> None:
    d = run(desk([LONG, MORE, EXIT, EXIT], [ROOMY]), [FLAT, FLAT, CLOSED, FLAT],
            {0: {0: {"size": 4.0}}, 1: {2: {}}, 2: {1: {"size": 1.0}, 3: {}}})  # fmt: skip
    assert fates(d)[1:] == [(1, "filled", "", 4, 4), (2, "filled", "", 1, 1)]
    assert d.read("position.size") == 1


@pytest.mark.parametrize("size, told", [(NA, "missing_size"), (0.1, "zero_quantity")])
def test_an_exit_that_is_denied_does_not_stand_in_an_entry_s_way(size: float, told: str) -> None:
    asked = 0 if size != size else 0.4
    d = run(desk([LONG, MORE, PART], [ROOMY], lot=1), [FLAT] * 3,
            {0: {0: {"size": 4.0}}, 1: {1: {"size": 1.0}, 2: {"size": size}}})  # fmt: skip
    assert fates(d)[1:] == [(1, "denied", told, asked, 0), (2, "filled", "", 1, 1)]


def test_exit_and_enter_of_the_short_side_together_are_an_exit_only() -> None:
    specs = [SHORT, EnterSpec("short", "units", scale=1), ExitSpec("short")]
    d = run(desk(specs, [ROOMY]), [FLAT] * 3, {0: {0: {"size": 1.0}}, 1: {1: {"size": 1.0}, 2: {}}})
    assert d.read("position.flat") and len(d.orders) == 2


def test_a_lot_that_waits_to_leave_for_its_age_is_gone_for_the_next_decision() -> None:
    aged = EnterSpec("long", "units", expire_kind="bars", scale=1)
    script = {0: {0: {"size": 3.0, "expire": 1.0}, 1: {"size": 2.0}}, 2: {2: {"size": 0.5}}}
    d = run(desk([aged, MORE, PART], [ROOMY]), [FLAT, FLAT, CLOSED, FLAT], script)
    assert fates(d)[3] == (3, "filled", "", 1, 1), "half of the two that will be left"
    assert fates(d)[2] == (2, "filled", "", 2, 2), "the exit came first, and took its one from the oldest lot"


def test_what_a_guard_waits_to_close_is_gone_for_the_decision_of_its_event() -> None:
    """10 short units at 105 are cut to 9; half of what is left is asked for."""
    made = desk([SHORT, ExitSpec("short", "fraction")], [GuardSpec("exposure", 1.0, "reduce")], lot=1)
    rise: Bar = (100, 105, 100, 105)
    d = run(made, [FLAT, FLAT, rise, rise], {0: {0: {"size": 10.0}}, 2: {1: {"size": 0.5}}})
    assert fates(d)[1:] == [(1, "filled", "exposure", 1, 1), (2, "filled", "", 4.5, 4)]


def test_an_exit_of_all_at_this_close_asks_for_what_is_there_whatever_waits() -> None:
    made = desk([LONG, PART, NOW], [ROOMY], records=True, point_value=5)
    d = run(made, [FLAT] * 3, {0: {0: {"size": 4.0}}, 1: {1: {"size": 0.5}, 2: {}}})
    assert fates(d)[1:] == [(1, "cancelled", "nothing_to_close", 2, 0), (2, "filled", "", 4, 4)]
    assert [(t["quantity"], t["exit_moment"], reason(t)) for t in d.trades] == [(4, 2, "signal")]


def test_an_exit_at_a_close_that_is_missing_waits_for_the_next_open() -> None:
    d = run(desk([LONG, NOW], [ROOMY]), [FLAT, FLAT, (100, 101, 99, NA), (103, 103, 103, 103)],
            {0: {0: {"size": 1.0}}, 2: {1: {}}})  # fmt: skip
    assert [(t["exit_index"], t["exit_price"], t["exit_moment"]) for t in d.trades] == [(3, 103, 0)]


def test_an_expiry_is_not_ordered_where_an_exit_of_all_was() -> None:
    aged = EnterSpec("long", "units", expire_kind="bars")
    d = run(desk([aged, LONG, EXIT], [ROOMY]), [FLAT] * 4,
            {0: {0: {"size": 1.0, "expire": 1.0}}, 1: {2: {}}, 2: {1: {"size": 1.0}}})  # fmt: skip
    assert [number for number, *_ in fates(d)] == [0, 1, 2], "no number is lost to an order that never was"


COSTS: dict[str, Any] = {
    "capital": 10_000, "point_value": 5, "fee": Fee(0.01, 2.0, 0.02), "slippage": "0.5/unit",
}  # fmt: skip
SALE = 5 * (0.5 + 99.5 * 0.01) + 0.02  # what slippage and fee of a unit cost at 100: sold at 99.5
PURCHASE = 5 * (0.5 + 100.5 * 0.01) + 0.02


def test_a_reversal_is_sized_on_what_its_closing_leg_leaves() -> None:
    """Three units from 100.5 are closed first; the share of the rest pays for itself."""
    d = run(desk([LONG, EnterSpec("short", "fraction")], [ROOMY], **COSTS), [FLAT] * 3,
            {0: {0: {"size": 3.0}}, 1: {1: {"size": 0.5}}})  # fmt: skip
    equity = 10_000 - 3 * PURCHASE - 2
    assert d.orders[1]["asked"] == pytest.approx((0.5 * (equity - 3 * SALE - 2) - 2) / (500 + SALE), rel=1e-12)


def test_the_second_entry_of_an_event_has_paid_for_the_first() -> None:
    share = EnterSpec("long", "fraction", scale=1)
    d = run(desk([LONG, share], [ROOMY], **COSTS), [FLAT] * 2, {0: {0: {"size": 3.0}, 1: {"size": 0.5}}})
    assert d.orders[1]["asked"] == pytest.approx((0.5 * (10_000 - 3 * PURCHASE - 2) - 2) / (500 + PURCHASE), rel=1e-12)


def test_an_entry_after_an_exit_at_this_close_pays_for_no_closing_leg() -> None:
    d = run(desk([LONG, EnterSpec("short", "fraction"), NOW], [ROOMY], **COSTS), [FLAT] * 3,
            {0: {0: {"size": 3.0}}, 1: {1: {"size": 0.5}, 2: {}}})  # fmt: skip
    equity = 10_000 - 3 * (PURCHASE + SALE) - 4  # the exit has paid for itself
    assert d.orders[2]["asked"] == pytest.approx((0.5 * equity - 2) / (500 + SALE), rel=1e-12)


def test_a_fee_by_the_unit_and_by_the_order_is_paid_however_a_lot_leaves() -> None:
    for spec, wish, script in (
        (EnterSpec("long", "units", has_stop=True), {"size": 3.0, "stop": 101.0}, {}),  # left at once, at the open
        (EnterSpec("long", "units", expire_kind="bars"), {"size": 3.0, "expire": 1.0}, {}),
        (LONG, {"size": 3.0}, {1: {1: {}}}),
    ):
        d = run(desk([spec, EXIT], [ROOMY], **COSTS), [FLAT] * 3, {0: {0: wish}, **script})
        fees = 15 * (100.5 + 99.5) * 0.01 + 2 * 3 * 0.02 + 4
        assert d.trades[0]["fees"] == pytest.approx(fees) == d.read("pnl.fees")


# --- room, counted on what is expected ---------------------------------------------------------------

HALF = [GuardSpec("exposure", 0.5)]  # of 1,000: five units at 100


def test_a_lot_that_is_ordered_out_leaves_room_for_an_entry_of_its_event() -> None:
    aged = EnterSpec("long", "units", expire_kind="bars")
    d = run(desk([aged, MORE], HALF), [FLAT] * 3, {0: {0: {"size": 3.0, "expire": 1.0}}, 1: {1: {"size": 9.0}}})
    assert fates(d)[2] == (2, "reduced", "exposure", 9, 5)


def test_and_one_that_has_left_at_this_close_has_paid_for_itself() -> None:
    aged, share = EnterSpec("long", "units", expire_kind="bars"), EnterSpec("long", "fraction", scale=1)
    made = desk([aged, share], [ROOMY], fill="this_close", fee="1/unit")
    d = run(made, [FLAT] * 3, {0: {0: {"size": 3.0, "expire": 2.0}}, 1: {1: {"size": 1.0}}})
    assert d.orders[-1]["asked"] == pytest.approx((1000 - 6) / 101)


def test_an_entry_at_this_close_takes_room_from_the_next_of_its_event() -> None:
    d = run(desk([LONG, MORE], HALF, fill="this_close"), [FLAT] * 2, {0: {0: {"size": 3.0}, 1: {"size": 9.0}}})
    assert fates(d) == [(0, "filled", "", 3, 3), (1, "reduced", "exposure", 9, 2)]


def test_a_reversal_that_is_denied_leaves_everything_as_it_was() -> None:
    d = run(desk([LONG, SHORT, MORE], HALF), [FLAT] * 3,
            {0: {0: {"size": 3.0}}, 1: {1: {"size": NA}, 2: {"size": 9.0}}})  # fmt: skip
    assert fates(d)[1:] == [(1, "denied", "missing_size", 0, 0), (2, "reduced", "exposure", 9, 2)]
    share = EnterSpec("long", "fraction", scale=1)
    d = run(desk([LONG, SHORT, share], [ROOMY], fee="1/unit"), [FLAT] * 3,
            {0: {0: {"size": 3.0}}, 1: {1: {"size": NA}, 2: {"size": 1.0}}})  # fmt: skip
    assert d.orders[2]["asked"] == pytest.approx((1000 - 3) / 101), "no cost of a closing leg that never was"


def test_a_reversal_that_its_cap_leaves_nothing_is_denied_and_the_position_stays() -> None:
    capped = EnterSpec("short", "units", has_cap=True)
    d = run(desk([LONG, capped], [ROOMY], lot=1), [FLAT] * 3,
            {0: {0: {"size": 3.0}}, 1: {1: {"size": 2.0, "cap": 0.05}}})  # fmt: skip
    assert fates(d)[1] == (1, "denied", "zero_quantity", 2, 0) and d.read("position.size") == 3


def test_an_exit_of_one_side_and_an_entry_of_the_other_both_act() -> None:
    d = run(desk([SHORT, LONG, ExitSpec("short")], [ROOMY]), [FLAT] * 3,
            {0: {0: {"size": 3.0}}, 1: {1: {"size": 2.0}, 2: {}}})  # fmt: skip
    assert d.read("position.size") == 2 and reason(d.trades[0]) == "signal"


def test_the_row_of_a_conflict_asks_for_nothing() -> None:
    d = run(desk([SHORT, LONG]), [FLAT] * 2, {0: {0: {"size": 1.0}, 1: {"size": 1.0}}})
    assert fates(d)[1] == (1, "conflict", "opposite", 0, 0)


def test_the_row_of_an_order_without_its_size_asks_for_nothing_whatever_was_asked_before() -> None:
    d = run(desk([LONG, MORE], [ROOMY]), [FLAT] * 2, {0: {0: {"size": 7.0}, 1: {"size": NA}}})
    assert fates(d) == [(0, "filled", "", 7, 7), (1, "denied", "missing_size", 0, 0)]


@pytest.mark.parametrize("bracket, sizing, index, moment", [
    ("entry_bar", "decision", 0, 2), ("entry_bar", "fill", 0, 2), ("next_bar", "decision", 1, 0),
    ("next_decision", "decision", 2, 0),
])  # fmt: skip
def test_filled_at_a_close_beyond_its_own_bracket(bracket: str, sizing: str, index: int, moment: int) -> None:
    """At once where a bracket works on the entry bar; else at the open of the first bar on which it does."""
    spec = EnterSpec("long", "units", has_stop=True)
    made = desk([spec], [ROOMY], fill="this_close", bracket=bracket, sizing=sizing)
    d = run(made, [FLAT] * 3, {0: {0: {"size": 1.0, "stop": 105.0}}})
    (trade,) = d.trades
    assert (trade["exit_index"], trade["exit_moment"], reason(trade), trade["ambiguous"]) == (index, moment, "stop", 0)
    assert d.counter("ambiguous_fills") == 0


# --- sizes -------------------------------------------------------------------------------------------


def test_a_risk_whose_stop_is_passed_at_the_fill_buys_nothing() -> None:
    spec = EnterSpec("long", "risk", has_stop=True)
    below: Bar = (94, 94, 94, 94)
    d = run(desk([LONG, spec], [ROOMY], sizing="fill"), [FLAT, below], {0: {1: {"size": 0.01, "stop": 95.0}}})
    assert fates(d) == [(0, "denied", "wrong_side", 0, 0)] and d.read("position.flat")


def test_the_stop_of_a_short_s_risk_stands_on_its_grid_above() -> None:
    spec = EnterSpec("short", "risk", has_stop=True)
    d = run(desk([spec], [ROOMY], tick=0.5), [FLAT, FLAT], {0: {0: {"size": 0.01, "stop": 101.6}}})
    assert d.orders[0]["asked"] == 5, "10 over the 2 to 102"


def test_a_cap_counts_the_cost_of_its_side() -> None:
    for side, cost in (("long", PURCHASE), ("short", SALE)):
        spec = EnterSpec(side, "units", has_cap=True)
        d = run(desk([spec], [ROOMY], **COSTS), [FLAT, FLAT], {0: {0: {"size": 50.0, "cap": 0.5}}})
        assert d.orders[0]["got"] == pytest.approx((5000 - 2) / (500 + cost), rel=1e-12), side


@pytest.mark.parametrize("size, told", [(5.0, "filled"), (5.5, "reduced")])
def test_a_cap_that_is_just_enough_cuts_nothing(size: float, told: str) -> None:
    spec = EnterSpec("long", "units", has_cap=True)
    d = run(desk([spec], [ROOMY]), [FLAT, FLAT], {0: {0: {"size": size, "cap": 0.5}}})
    assert (status(d.orders[0]), d.orders[0]["got"]) == (told, 5)


def test_a_cap_leaves_rounding_its_room() -> None:
    """0.1 + 0.2 units at 1,000 are a hair more than 30 % of it."""
    spec = EnterSpec("long", "units", has_cap=True)
    thousand: Bar = (1000, 1000, 1000, 1000)
    d = run(desk([spec], [ROOMY]), [thousand] * 2, {0: {0: {"size": 0.1 + 0.2, "cap": 0.3}}})
    assert (status(d.orders[0]), d.orders[0]["got"]) == ("filled", 0.1 + 0.2)


@pytest.mark.parametrize("price, told", [(0.0, "no_price"), (1.0, ""), (0.5, ""), (-2.0, "")])
def test_a_price_of_nothing_is_no_price(price: float, told: str) -> None:
    d = run(desk([LONG], [ROOMY]), [(price, price, price, price)] * 2, {0: {0: {"size": 1.0}}})
    assert why(d.orders[0]) == told
