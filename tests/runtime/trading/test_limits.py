"""Guards at their limits: what is counted, what an order's own cost does, how much a reduction closes."""

from __future__ import annotations

from array import array
from typing import Any

import pytest
from stratagem.runtime.trading import layout as at
from stratagem.runtime.trading.mark import mark, tripped
from stratagem.runtime.trading.specs import EnterSpec, ExitSpec, GuardSpec

from .driver import Bar, Desk, desk, reason, run, status, why

LONG, SHORT = EnterSpec("long", "units"), EnterSpec("short", "units")
MORE = EnterSpec("long", "units", scale=20)
EXIT = ExitSpec("long")
ROOMY = GuardSpec("exposure", 1000.0)
NA = float("nan")


def prices(*values: float) -> list[Bar]:
    return [(value, value, value, value) for value in values]


def buy(quantity: float) -> dict[int, dict[str, float]]:
    return {0: {"size": quantity}}


def told(made: Desk) -> list[tuple[str, str]]:
    return [(status(o), why(o)) for o in sorted(made.orders, key=lambda o: o["order"])]


FILLED = ("filled", "")


# --- what is counted ---------------------------------------------------------------------------------


def test_an_entry_that_waits_is_one_of_the_day_s_and_an_exit_is_none() -> None:
    statements = [EXIT, LONG, MORE, SHORT]
    both = {1: {"size": 1.0}, 2: {"size": 1.0}}
    d = run(desk(statements, [GuardSpec("day_trades", 1), ROOMY]), prices(100, 100), {0: both})
    assert told(d) == [FILLED, ("denied", "day_trades")], "the first has not filled yet, and counts"
    three = [GuardSpec("day_trades", 2), ROOMY]
    d = run(desk([LONG, MORE, MORE], three), prices(100, 100), {0: {n: {"size": 1.0} for n in range(3)}})
    assert told(d) == [FILLED, FILLED, ("denied", "day_trades")]
    d = run(desk(statements, three), prices(100, 100, 100),
            {0: {1: {"size": 1.0}}, 1: {0: {}, 3: {"size": 1.0}}})  # fmt: skip
    assert told(d) == [FILLED] * 3 and d.read("position.size") == -1


def test_day_losses_counts_losses_and_not_entries() -> None:
    d = run(desk([MORE], [GuardSpec("day_losses", 1), ROOMY]), prices(100, 100, 100), {0: buy(1.0), 1: buy(1.0)})
    assert told(d) == [FILLED] * 2


def test_a_gain_below_the_limit_denies_nothing() -> None:
    d = run(desk([MORE], [GuardSpec("day_gain", 0.05), ROOMY]), prices(100, 100, 104, 104), {0: buy(10.0), 2: buy(1.0)})
    assert told(d) == [FILLED] * 2


@pytest.mark.parametrize("limit", [0, 1])
def test_of_one_symbol_a_limit_on_positions_never_trips(limit: int) -> None:
    made = desk([MORE], [GuardSpec("positions", limit, "halt"), ROOMY])
    d = run(made, prices(100, 100, 100), {0: buy(1.0), 1: buy(1.0)})
    assert d.counter("guard_trips") == 0 and d.read("position.lots") == 2 * limit


def test_a_limit_on_positions_bounds_no_value() -> None:
    d = run(desk([MORE], [GuardSpec("positions", 1), ROOMY]), prices(100, 100), {0: buy(30.0)})
    assert told(d) == [FILLED] and d.read("position.size") == 30


def test_where_nothing_is_asked_no_guard_is_the_reason() -> None:
    d = run(desk([MORE], [GuardSpec("day_trades", 0), ROOMY]), prices(100, 100), {0: buy(0.0)})
    assert told(d) == [("denied", "zero_quantity")]


# --- what an order itself costs ----------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["drawdown", "loss", "daily_loss"])
@pytest.mark.parametrize("size, fee, lot, got", [
    (10, "1/unit", 0, 0), (9, "1/unit", 0, 9), (9.5, "1/unit", 1, 9), (1, "10/order", 0, 0), (1, "9/order", 0, 1),
])  # fmt: skip
def test_an_order_whose_cost_alone_reaches_the_limit_is_denied(
    kind: str, size: float, fee: str, lot: float, got: float
) -> None:
    """1 % of 1,000 is 10."""
    d = run(desk([LONG], [GuardSpec(kind, 0.01), ROOMY], fee=fee, lot=lot), prices(100, 100), {0: buy(size)})
    assert d.read("position.size") == got and told(d) == [FILLED if got else ("denied", kind)]


def test_a_limit_on_gains_asks_for_no_cost() -> None:
    d = run(desk([LONG], [GuardSpec("day_gain", 0.01), ROOMY], fee="1/unit"), prices(100, 100), {0: buy(10.0)})
    assert told(d) == [FILLED]


def test_what_waits_before_an_order_has_been_paid_for() -> None:
    """5 and 5 cost 10 together."""
    d = run(desk([LONG, MORE], [GuardSpec("loss", 0.01), ROOMY], fee="1/unit"), prices(100, 100),
            {0: {0: {"size": 5.0}, 1: {"size": 5.0}}})  # fmt: skip
    assert told(d) == [FILLED, ("denied", "loss")]


# --- room in value -----------------------------------------------------------------------------------


@pytest.mark.parametrize("size, got, expected", [(10, 10, FILLED), (10.5, 10, ("reduced", "exposure"))])
def test_room_that_is_just_enough_cuts_nothing(size: float, got: float, expected: tuple[str, str]) -> None:
    d = run(desk([LONG]), prices(100, 100), {0: buy(size)})
    assert (told(d), d.read("position.size")) == ([expected], got)


def test_two_halves_are_a_whole_whatever_their_rounding() -> None:
    """At 15 the second half is a hair more than the room that the first one leaves, and the whole more than equity."""
    made = desk([EnterSpec("long", "fraction", scale=1)], [GuardSpec("exposure", 1.0, "reduce")])
    d = run(made, prices(15, 15, 15, 15), {0: {0: {"size": 0.5}}, 1: {0: {"size": 0.5}}})
    assert told(d) == [FILLED] * 2 and d.counter("guard_trips") == 0


def test_the_last_half_of_a_unit_of_money_is_room() -> None:
    d = run(desk([MORE]), prices(100, 100, 100), {0: buy(9.995), 1: buy(1.0)})
    assert d.orders[1]["got"] == pytest.approx(0.005)


# --- reductions --------------------------------------------------------------------------------------

COSTLY: dict[str, Any] = {"fill": "this_close", "fee": "1%+3/order", "slippage": "0.5/unit"}


@pytest.mark.parametrize("spec, limit, size, after", [
    (SHORT, 1.0, 8.0, 115),  # 920 over some 840
    (LONG, 2.0, 18.0, 90),  # 1,620 over some 780
    (LONG, 2.0, 0.009, 90),  # the same of half a unit of money
])  # fmt: skip
def test_a_reduction_has_paid_for_itself(spec: EnterSpec, limit: float, size: float, after: float) -> None:
    costs = COSTLY if size > 1 else {"fill": "this_close", "fee": "1%", "slippage": "0.5/unit", "capital": 0.5}
    made = desk([spec], [GuardSpec("exposure", limit, "reduce")], **costs)
    made.bar(prices(100)[0], buy(size))
    made.bar(prices(after)[0])
    assert len(made.trades) == 1 and abs(made.read("position.weight")) == pytest.approx(limit, rel=1e-9)


def test_at_its_limit_a_position_is_not_reduced() -> None:
    made = desk([LONG], [GuardSpec("exposure", 1.0, "reduce")])
    d = run(made, prices(100, 100, 100), {0: buy(10.0)})
    assert d.counter("guard_trips") == 0


def test_without_equity_a_reduction_is_all() -> None:
    made = desk([SHORT], [GuardSpec("exposure", 1.0, "reduce")], fill="this_close")
    made.bar(prices(100)[0], buy(10.0))
    made.bar(prices(250)[0])
    assert made.read("position.flat") and made.read("equity") == -500


def test_half_a_unit_of_equity_still_carries_its_share() -> None:
    made = desk([SHORT], [GuardSpec("exposure", 1.0, "reduce")], fill="this_close")
    made.bar(prices(100)[0], buy(10.0))
    made.bar(prices(199.95)[0])
    assert made.read("position.size") == pytest.approx(-0.5 / 199.95, abs=1e-9)


@pytest.mark.parametrize("slip", [45.0, 46.0])
def test_where_closing_costs_no_less_than_it_frees_a_reduction_is_all(slip: float) -> None:
    """At 2 times equity a unit at 90 frees 90 and costs 2 x 45 or 2 x 46."""
    made = desk([LONG], [GuardSpec("exposure", 2.0, "reduce")], fill="this_close")
    made.bar(prices(100)[0], buy(19.0))
    made.state.b[at.EXIT_COSTS + at.SLIP_DISTANCE] = slip  # a market that has become thin
    made.bar(prices(90)[0])
    assert made.read("position.flat")


def test_a_reduction_of_pennies_is_no_reduction_to_nothing() -> None:
    made = desk([SHORT], [GuardSpec("exposure", 1.0, "reduce")], fill="this_close")
    made.bar(prices(0.5)[0], buy(2000.0))
    made.bar(prices(0.6)[0])
    assert made.read("position.weight") == pytest.approx(-1.0)


# --- which guard acts, and until when ----------------------------------------------------------------


def test_a_guard_that_is_not_reached_does_not_act_because_another_is() -> None:
    made = desk([LONG], [GuardSpec("exposure", 2.0, "reduce"), GuardSpec("loss", 0.1, "halt")])
    d = run(made, prices(100, 100, 89, 89), {0: buy(10.0)})
    assert d.counter("guard_trips") == 1 and d.read("position.size") == 10


def test_of_two_limits_on_value_the_smaller_is_watched() -> None:
    made = desk([SHORT], [GuardSpec("exposure", 1.0, "reduce"), GuardSpec("leverage", 5.0, "halt")], fill="this_close")
    made.bar(prices(100)[0], buy(10.0))
    made.bar(prices(110)[0])
    assert made.read("position.weight") == pytest.approx(-1.0)


@pytest.mark.parametrize("guards", [
    [GuardSpec("drawdown", 0.1, "flatten"), GuardSpec("drawdown", 0.5, "halt"), ROOMY],
    [GuardSpec("drawdown", 0.5, "halt"), GuardSpec("drawdown", 0.1, "flatten"), ROOMY],
])  # fmt: skip
def test_of_two_limits_on_drawdown_the_nearer_follows_the_high_water_mark(guards: list[GuardSpec]) -> None:
    d = run(desk([LONG], guards), prices(100, 100, 150, 132, 132), {0: buy(10.0)})
    assert [reason(t) for t in d.trades] == ["guard"], "1,320 is less than 90 % of 1,500"


@pytest.mark.parametrize("limits", [(0.1, 0.5), (0.5, 0.1)])
def test_of_two_limits_on_gains_the_nearer_is_watched(limits: tuple[float, float]) -> None:
    guards = [GuardSpec("day_gain", limit, "flatten" if limit == 0.1 else "halt") for limit in limits]
    d = run(desk([LONG], [*guards, ROOMY], bars_per_day=3), prices(100, 100, 80, 80, 89, 89), {0: buy(10.0)})
    assert [(reason(t), t["exit_index"]) for t in d.trades] == [("guard", 5)], "89 is more than 110 % of 80"


def test_a_day_s_gain_counts_from_the_day_s_start_and_not_from_the_highest() -> None:
    made = desk([LONG], [GuardSpec("day_gain", 0.1, "flatten"), ROOMY], bars_per_day=3)
    d = run(made, prices(100, 100, 80, 80, 89, 89), {0: buy(10.0)})
    assert [(reason(t), t["exit_index"]) for t in d.trades] == [("guard", 5)], "890 is more than 110 % of 800"


HALTS = [
    # guard                        it is reached on day 0; whether an entry of day 1 acts
    (GuardSpec("daily_loss", 0.1, "halt"), True),
    (GuardSpec("day_losses", 1, "halt"), True),
    (GuardSpec("day_trades", 1, "halt"), True),
    (GuardSpec("drawdown", 0.1, "halt"), False),
    (GuardSpec("loss", 0.1, "halt"), False),
    (GuardSpec("leverage", 0.6, "halt"), False),
    (GuardSpec("exposure", 0.6, "halt"), False),
]


@pytest.mark.parametrize("guard, acts", HALTS, ids=[guard.kind for guard, _ in HALTS])
def test_a_halt_of_the_day_ends_with_it_and_no_other_does(guard: GuardSpec, acts: bool) -> None:
    made = desk([SHORT, ExitSpec("short")], [guard, ROOMY], bars_per_day=5)
    script = {0: buy(5.0), 2: {1: {}}, 6: buy(1.0)}
    d = run(made, prices(100, 100, 125, 125, 100, 100, 100, 100), script)
    assert d.trades[0]["exit_index"] == 3 and bool(d.read("position.short")) == acts


def looks(made: Desk, price: float) -> int:
    """Whether a guard would be looked at if the next bar closed here."""
    b, k = array("d", made.state.b), array("q", made.state.k)
    mark(b, k, price, price, price)
    return tripped(b, k)


def test_nothing_is_looked_at_while_no_guard_can_act() -> None:
    """The hot loop asks `tripped` on every bar: it says no where that is the answer, also above the highest so far."""
    armed = [
        GuardSpec("drawdown", 0.5, "halt"), GuardSpec("loss", 0.4, "halt"), GuardSpec("day_gain", 2.0, "flatten"),
        GuardSpec("exposure", 10.0, "reduce"), GuardSpec("day_trades", 5, "halt"), GuardSpec("day_losses", 5, "halt"),
    ]  # fmt: skip
    made = desk([MORE], armed)
    made.bar(prices(100)[0], buy(10.0))
    made.bar(prices(100)[0])
    assert [looks(made, price) for price in (61, 100, 150, 200, 299, 60, 300)] == [0, 0, 0, 0, 0, 1, 1]
    made.bar(prices(200)[0])
    assert [looks(made, price) for price in (101, 210, 299, 100, 300)] == [0, 0, 0, 1, 1], "half of 2,000 is the floor"


def test_what_has_acted_is_not_looked_at_any_more() -> None:
    for guard, price in ((GuardSpec("drawdown", 0.1, "halt"), 80), (GuardSpec("day_trades", 1, "halt"), 100)):
        made = desk([LONG], [guard, ROOMY])
        run(made, prices(100, 100, price, price), {0: buy(10.0)})
        assert made.counter("guard_trips") == 1 and not made.state.k[at.WATCHED] and not looks(made, price)
    two = [GuardSpec("day_trades", 1, "halt"), GuardSpec("loss", 0.5, "halt"), ROOMY]
    made = desk([LONG], two)
    run(made, prices(100, 100, 100), {0: buy(10.0)})
    assert made.counter("guard_trips") == 1 and not looks(made, 100) and looks(made, 50)


# --- several at once, sides that change, ends --------------------------------------------------------


def test_a_guard_that_only_denies_does_not_act_because_another_trips() -> None:
    d = run(desk([LONG], [GuardSpec("drawdown", 0.05), GuardSpec("loss", 0.05, "halt"), ROOMY]),
            prices(100, 100, 90, 90), {0: buy(10.0)})  # fmt: skip
    assert d.counter("guard_trips") == 1 and told(d)[1:] == [("halted", "loss")]


def test_what_has_tripped_does_not_act_again_with_the_next() -> None:
    guards = [GuardSpec("drawdown", 0.05, "halt"), GuardSpec("loss", 0.2, "halt"), ROOMY]
    d = run(desk([LONG], guards), prices(100, 100, 90, 70, 70), {0: buy(10.0)})
    assert told(d)[1:] == [("halted", "drawdown"), ("halted", "loss")]


@pytest.mark.parametrize("guards", [
    [GuardSpec("drawdown", 0.1, "halt"), GuardSpec("daily_loss", 0.1, "halt"), ROOMY],
    [GuardSpec("daily_loss", 0.1, "halt"), GuardSpec("drawdown", 0.1, "halt"), ROOMY],
])  # fmt: skip
def test_of_two_halts_the_longer_one_holds(guards: list[GuardSpec]) -> None:
    d = run(desk([MORE], guards, bars_per_day=4), prices(*[100, 100] + [80] * 5), {0: buy(10.0), 5: buy(1.0)})
    assert told(d)[-1] == ("denied", "halted")


def test_a_guard_of_the_day_acts_again_on_the_next_day() -> None:
    guards = [GuardSpec("daily_loss", 0.05, "flatten"), GuardSpec("loss", 0.01, "halt"), ROOMY]
    made = desk([LONG], [guards[0], ROOMY], bars_per_day=4)
    d = run(made, prices(100, 100, 90, 90, 100, 100, 80, 80), {0: buy(10.0), 4: buy(10.0)})
    assert [(reason(t), t["exit_index"]) for t in d.trades] == [("guard", 3), ("guard", 7)]
    halted = desk([LONG], [GuardSpec("daily_loss", 0.05, "halt"), ROOMY], bars_per_day=4)
    run(halted, prices(100, 100, 90, 90, 90, 80, 80), {0: buy(10.0)})
    assert halted.counter("guard_trips") == 2
    made = desk([LONG], [GuardSpec("loss", 0.01, "flatten"), ROOMY], bars_per_day=2, fill="this_close")
    run(made, prices(100, 90, 90, 90, 90), {0: buy(10.0)})
    assert made.counter("guard_trips") == 1
    made = desk([LONG], guards[1:], bars_per_day=2)
    d = run(made, prices(100, 100, 90, 90, 90, 90), {0: buy(10.0)})
    assert d.counter("guard_trips") == 1, "one that is of no day has acted once and for all"


def test_the_day_s_entries_are_counted_anew() -> None:
    made = desk([MORE], [GuardSpec("day_trades", 1), ROOMY], bars_per_day=3)
    d = run(made, prices(*[100] * 6), {0: buy(1.0), 1: buy(1.0), 3: buy(1.0)})
    assert told(d) == [FILLED, ("denied", "day_trades"), FILLED]


def test_entries_of_both_sides_that_wait_are_cancelled_by_a_guard() -> None:
    made = desk([LONG, SHORT], [GuardSpec("loss", 0.05, "halt"), ROOMY])
    bars: list[Bar] = [*prices(100, 100), (NA, NA, NA, 90), *prices(90)]
    d = run(made, bars, {0: buy(10.0), 1: {1: {"size": 1.0}}})
    assert told(d) == [FILLED, ("cancelled", "guard"), ("halted", "loss")]


def test_a_halt_at_this_close_orders_no_exit() -> None:
    made = desk([LONG], [GuardSpec("loss", 0.05, "halt"), ROOMY], fill="this_close")
    d = run(made, prices(100, 90, 90), {0: buy(10.0)})
    assert told(d) == [FILLED, ("halted", "loss")] and d.read("position.size") == 10


def test_at_a_close_that_is_missing_a_guard_s_exit_waits_for_the_next_open() -> None:
    opens = EnterSpec("long", "units", fill="next_open")
    made = desk([opens], [GuardSpec("day_trades", 1, "flatten"), ROOMY], fill="this_close")
    d = run(made, [*prices(100), (100, 101, 99, NA), *prices(103)], {0: buy(1.0)})
    assert [(t["exit_index"], t["exit_price"], t["exit_moment"]) for t in d.trades] == [(2, 103, 0)]


def test_flat_a_guard_that_flattens_halts() -> None:
    d = run(desk([LONG, EXIT], [GuardSpec("day_losses", 1, "flatten"), ROOMY]), prices(100, 100, 90, 90),
            {0: buy(1.0), 1: {1: {}}, 2: buy(1.0)})  # fmt: skip
    assert told(d)[2:] == [("halted", "day_losses"), ("denied", "halted")]


def test_a_single_unit_is_flattened() -> None:
    d = run(desk([LONG], [GuardSpec("loss", 0.01, "flatten"), ROOMY]), prices(100, 100, 80, 80), {0: buy(1.0)})
    assert [reason(t) for t in d.trades] == ["guard"]


@pytest.mark.parametrize("first", [0, 1])
def test_of_two_exits_that_guards_order_the_larger_one_is_made(first: int) -> None:
    """10 short units at 112: three have to go for the exposure, all for the loss."""
    guards = [GuardSpec("exposure", 1.0, "reduce"), GuardSpec("loss", 0.1, "flatten")]
    made = desk([SHORT], [guards[first], guards[1 - first]], lot=1)
    d = run(made, prices(100, 100, 112, 112), {0: buy(10.0)})
    (row,) = [o for o in d.orders if o["kind"] == 3]
    assert (row["asked"], row["got"], d.read("position.size")) == (10, 10, 0)


def test_a_halt_beside_an_exit_leaves_the_exit_as_it_is() -> None:
    guards = [GuardSpec("loss", 0.1, "flatten"), GuardSpec("drawdown", 0.1, "halt"), ROOMY]
    d = run(desk([LONG], guards), prices(100, 100, 80, 80), {0: buy(10.0)})
    assert d.read("position.flat") and [(o["asked"], o["got"], why(o)) for o in d.orders[1:]] == [
        (0, 0, "drawdown"), (10, 10, "loss"),
    ]  # fmt: skip


def test_a_guard_that_trips_anew_takes_back_its_exit_of_the_other_side() -> None:
    """The long side was to be reduced; before an open came it was reversed, and then the short side is too large."""
    now = EnterSpec("short", "units", fill="this_close")
    made = desk([LONG, now], [GuardSpec("exposure", 1.5, "reduce")], lot=1)
    bars: list[Bar] = [*prices(100, 100), (NA, NA, NA, 60), (NA, NA, NA, 60), (NA, NA, NA, 90), *prices(90)]
    d = run(made, bars, {0: buy(15.0), 3: {1: {"size": 5.0}}})
    assert [(o["side"], status(o), why(o)) for o in d.orders if o["kind"] == 3] == [
        (1, "cancelled", "nothing_to_close"), (-1, "filled", "exposure"),
    ]  # fmt: skip


def test_an_exit_that_a_guard_ordered_on_the_last_bar_is_cancelled() -> None:
    d = run(desk([LONG], [GuardSpec("loss", 0.1, "flatten"), ROOMY]), prices(100, 100, 80), {0: buy(10.0)})
    assert told(d)[1:] == [("cancelled", "end")] and reason(d.trades[0]) == "end"


def test_less_than_a_lot_costs_nothing_and_is_nothing() -> None:
    """The limit lies half a unit of money away."""
    d = run(desk([LONG], [GuardSpec("loss", 0.0005), ROOMY], lot=1), prices(100, 100), {0: buy(0.5)})
    assert [(*row, o["asked"]) for row, o in zip(told(d), d.orders, strict=True)] == [("denied", "zero_quantity", 0.5)]
