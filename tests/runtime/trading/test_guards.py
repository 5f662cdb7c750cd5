"""Guards: what they leave room for, when each trips, what each action does, and what a new day resets."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from stratagem.runtime.trading.specs import EnterSpec, ExitSpec, GuardSpec

from .driver import Bar, desk, reason, run, status, why

LONG = EnterSpec("long", "units", scale=20)
SHORT = EnterSpec("short", "units")
EXIT = ExitSpec("long")
ROOMY = GuardSpec("exposure", 1000.0)


def at(price: float) -> Bar:
    return (price, price, price, price)


def prices(*values: float) -> list[Bar]:
    return [at(value) for value in values]


def buy(quantity: float) -> dict[int, dict[str, float]]:
    return {0: {"size": quantity}}


# --- room for new risk ------------------------------------------------------------------------------


def test_an_exposure_of_100_percent_is_implied_and_cuts() -> None:
    d = run(desk([LONG]), prices(100, 100), {0: buy(30.0)})
    (order,) = d.orders
    assert (order["asked"], order["got"], status(order), why(order)) == (30, 10, "reduced", "exposure")
    assert d.state.implied_exposure and d.counter("reduced") == 1


@pytest.mark.parametrize("kind", ["exposure", "leverage", "position"])
def test_a_written_limit_on_value_cuts_on_the_lot_grid(kind: str) -> None:
    guards = [GuardSpec(kind, 2.55)] + ([ROOMY] if kind == "position" else [])
    d = run(desk([LONG], guards, lot=1), prices(100, 100), {0: buy(30.0)})
    assert d.orders[0]["got"] == 25 and why(d.orders[0]) == kind and not d.state.implied_exposure


def test_what_is_held_counts_and_no_room_is_a_denial() -> None:
    d = run(desk([LONG]), prices(100, 100, 100, 100), {0: buy(8.0), 1: buy(8.0), 2: buy(8.0)})
    assert [o["got"] for o in d.orders] == [8, 2, 0]
    assert [status(o) for o in d.orders] == ["filled", "reduced", "denied"] and d.counter("denied") == 1


def test_after_the_cost_of_the_fill_the_limit_still_holds() -> None:
    d = run(desk([LONG], fee="1%", slippage=0.01), prices(100, 100), {0: buy(30.0)})
    assert abs(d.read("position.weight")) <= 1.0 + 1e-9 and d.read("position.weight") > 0.999


@pytest.mark.parametrize("limit, allowed", [(0, 0), (1, 1)])
def test_positions_of_one_symbol(limit: float, allowed: int) -> None:
    d = run(desk([LONG], [GuardSpec("positions", limit)]), prices(100, 100), {0: buy(1.0)})
    assert d.read("position.lots") == allowed


def test_day_trades_counts_entries_of_the_day_and_those_that_wait() -> None:
    two = [EnterSpec("long", "units"), EnterSpec("long", "units", scale=5), EXIT]
    made = desk(two, [GuardSpec("day_trades", 2)], bars_per_day=6)
    script = {0: {0: {"size": 1.0}, 1: {"size": 1.0}}, 1: {1: {"size": 1.0}}, 6: {1: {"size": 1.0}}}
    d = run(made, prices(*[100.0] * 9), script)
    assert [status(o) for o in d.orders] == ["filled", "filled", "denied", "filled"]
    assert why(d.orders[2]) == "day_trades"


def test_losing_guards_without_action_deny_while_they_are_over() -> None:
    for kind in ("drawdown", "daily_loss", "loss"):
        made = desk([LONG], [GuardSpec(kind, 0.1), ROOMY])
        d = run(made, prices(100, 100, 80, 95, 95), {0: buy(5.0), 1: buy(1.0), 2: buy(1.0), 3: buy(1.0)})
        # 5 + 1 units at 80 lost 120 of 1,000; at 95 only 30
        assert [status(o) for o in d.orders] == ["filled", "filled", "denied", "filled"], kind
        assert why(d.orders[2]) == kind and d.counter("guard_trips") == 0


def test_day_gain_and_day_losses_deny_for_the_day() -> None:
    made = desk([LONG], [GuardSpec("day_gain", 0.05), ROOMY], bars_per_day=3)
    d = run(made, prices(100, 100, 110, 110, 110), {0: buy(5.0), 2: buy(1.0), 3: buy(1.0)})
    assert [status(o) for o in d.orders] == ["filled", "denied", "filled"] and why(d.orders[1]) == "day_gain"
    made = desk([LONG, EXIT], [GuardSpec("day_losses", 1)], bars_per_day=5)
    d = run(made, prices(100, 100, 99, 99, 99, 99, 99), {0: buy(1.0), 1: {1: {}}, 2: buy(1.0), 5: buy(1.0)})
    assert [status(o) for o in d.orders] == ["filled", "filled", "denied", "filled"]


def test_a_reversal_without_room_still_leaves() -> None:
    made = desk([LONG, SHORT], [GuardSpec("day_trades", 1)])
    d = run(made, prices(100, 100, 101, 101), {0: buy(1.0), 1: {1: {"size": 1.0}}})
    assert reason(d.trades[0]) == "reverse" and d.read("position.flat")
    assert (status(d.orders[1]), why(d.orders[1]), d.orders[1]["got"]) == ("denied", "day_trades", 0)


def test_a_guard_on_value_cuts_before_a_guard_on_losses_asks_what_the_order_costs() -> None:
    """200 units would cost 200 of 1,000 in fees; cut to what an exposure of 50 % allows they cost less than 5."""
    made = desk([LONG], [GuardSpec("loss", 0.01), GuardSpec("exposure", 0.5)], fee="1/unit")
    d = run(made, prices(100, 100), {0: buy(200.0)})
    assert (status(d.orders[0]), why(d.orders[0])) == ("reduced", "exposure")
    assert d.orders[0]["got"] == pytest.approx(500 / 100.5), "gross value over equity after the fee is one half"


# --- actions -----------------------------------------------------------------------------------------


TRIPS = [
    # guard                          prices after an entry of 5 at 100        first bar that trips
    (GuardSpec("drawdown", 0.1, "flatten"), (110, 100, 89, 89), 3),  # from 1,050: 945 is the floor
    (GuardSpec("daily_loss", 0.1, "flatten"), (90, 80, 80, 80), 2),  # 900
    (GuardSpec("loss", 0.1, "flatten"), (120, 80, 80, 80), 2),
    (GuardSpec("day_gain", 0.1, "flatten"), (110, 120, 120, 120), 2),
    (GuardSpec("day_trades", 1, "flatten"), (100, 100, 100, 100), 0),
]


@pytest.mark.parametrize("fill", ["next_open", "this_close"])
@pytest.mark.parametrize("guard, path, trips", TRIPS, ids=[case[0].kind for case in TRIPS])
def test_flatten_closes_all_by_the_fill_policy_and_halts(
    guard: GuardSpec, path: tuple[float, ...], trips: int, fill: str
) -> None:
    made = desk([EnterSpec("long", "units")], [guard, ROOMY], fill=fill)
    made.bar(at(100), buy(5.0))
    if fill == "next_open":
        made.bar(at(100))
    for price in path:
        made.bar(at(price), buy(1.0))
    made.bar(at(100), buy(1.0))
    entry = 1 if fill == "next_open" else 0
    (trade,) = made.trades
    if guard.kind == "day_trades":  # over at the entry; with this_close seen at the next mark
        assert trade["exit_index"] == (entry + 1)
    else:
        assert trade["exit_index"] == entry + trips + (1 if fill == "next_open" else 0)
    assert reason(trade) == "guard" and made.read("position.flat") and made.counter("guard_trips") == 1
    assert [why(o) for o in made.orders if o["kind"] == 3] == [guard.kind]
    denied = [o for o in made.orders if status(o) == "denied"]
    assert [why(o) for o in denied] == ["halted"] * made.counter("denied") and denied


def test_halt_takes_no_new_risk_and_lets_exits_go_on() -> None:
    made = desk([LONG, EXIT], [GuardSpec("drawdown", 0.1, "halt"), ROOMY])
    d = run(made, prices(100, 100, 79, 79, 79, 79), {0: buy(5.0), 2: buy(1.0), 3: {1: {}}, 4: buy(1.0)})
    assert [status(o) for o in d.orders] == ["filled", "halted", "denied", "filled", "denied"]
    assert reason(d.trades[0]) == "signal" and d.counter("guard_trips") == 1 and d.read("position.flat")


def test_what_a_halt_denies_is_counted_on_every_bar_that_asks() -> None:
    made = desk([EnterSpec("long", "units"), EXIT], [GuardSpec("drawdown", 0.1, "halt"), ROOMY])
    script = {0: buy(5.0), 2: {0: {"size": 1.0}, 1: {}}, 3: buy(2.0), 4: buy(2.0), 5: buy(2.0)}
    d = run(made, prices(100, 100, 79, 79, 79, 79), script)
    denied = [o for o in d.orders if status(o) == "denied"]
    assert [(why(o), o["asked"], o["index"]) for o in denied] == [("halted", 2.0, at) for at in (3, 4, 5)]
    assert d.counter("denied") == 3, "bar 2 asks for more of what is held: that is no entry, and no denial"


def test_brackets_go_on_under_a_halt() -> None:
    stopped = EnterSpec("long", "units", has_stop=True)
    made = desk([stopped], [GuardSpec("drawdown", 0.1, "halt"), ROOMY])
    d = run(made, prices(100, 100, 79, 70), {0: {0: {"size": 5.0, "stop": 75.0, "stop_slope": 0.0}}})
    assert reason(d.trades[0]) == "stop"


def test_under_a_halt_a_reversal_only_leaves() -> None:
    made = desk([LONG, SHORT], [GuardSpec("drawdown", 0.1, "halt"), ROOMY])
    d = run(made, prices(100, 100, 79, 79, 79), {0: buy(5.0), 2: {1: {"size": 1.0}}, 3: {1: {"size": 1.0}}})
    assert reason(d.trades[0]) == "reverse" and d.read("position.flat") and len(d.trades) == 1
    assert why(d.orders[-1]) == "halted"


def test_a_daily_halt_ends_with_the_day_and_a_drawdown_never() -> None:
    for kind, entries in (("daily_loss", 2), ("drawdown", 1)):
        made = desk([EnterSpec("long", "units"), EXIT], [GuardSpec(kind, 0.1, "halt"), ROOMY], bars_per_day=4)
        script = {0: buy(5.0), 2: {1: {}}, 3: buy(1.0), 4: buy(1.0)}
        d = run(made, prices(100, 100, 79, 79, 79, 79), script)
        assert sum(o["kind"] == 0 and status(o) == "filled" for o in d.orders) == entries, kind


def test_daily_loss_counts_from_the_equity_of_the_day_before() -> None:
    made = desk([LONG], [GuardSpec("daily_loss", 0.1, "flatten"), ROOMY], bars_per_day=3)
    # equity at the close of each day: 925, 840 (9.2 % less), then 800 and 755 (10.1 % less than 840)
    for price in (100, 100, 85, 70, 69, 68, 60, 51):
        assert not made.counter("guard_trips")
        made.bar(at(price), buy(5.0) if made.index == 0 else None)
    assert made.counter("guard_trips") == 1
    made.bar(at(51))
    assert reason(made.trades[0]) == "guard" and made.trades[0]["exit_index"] == 8


@pytest.mark.parametrize("fill, left", [("next_open", 9), ("this_close", 9)])
def test_reduce_goes_back_under_the_limit_on_the_lot_grid(fill: str, left: float) -> None:
    made = desk([SHORT], [GuardSpec("exposure", 1.0, "reduce")], lot=1, fill=fill)
    made.bar(at(100), {0: {"size": 10.0}})
    made.bar(at(100))
    made.bar(at(105))  # gross 1,050, equity 950: 9 x 105 = 945
    made.bar(at(105))
    assert made.read("position.size") == -left and reason(made.trades[0]) == "guard"
    assert abs(made.read("position.weight")) <= 1.0


def test_reduce_counts_its_own_cost() -> None:
    made = desk([SHORT], [GuardSpec("exposure", 1.0, "reduce")], fee="1%", fill="this_close")
    made.bar(at(100), {0: {"size": 9.0}})
    made.bar(at(110))
    assert abs(made.read("position.weight")) == pytest.approx(1.0)
    made.bar(at(110))
    assert len(made.trades) == 1, "once is enough"


def test_a_guard_exit_comes_first_and_leaves_nothing_for_an_exit() -> None:
    made = desk([LONG, EXIT], [GuardSpec("drawdown", 0.1, "flatten"), ROOMY])
    d = run(made, prices(100, 100, 79, 79, 79), {0: buy(5.0), 2: {1: {}}})
    assert [reason(t) for t in d.trades] == ["guard"] and len(d.orders) == 2


def test_a_guard_cancels_entries_that_wait() -> None:
    na = float("nan")
    made = desk(
        [EnterSpec("long", "units"), EnterSpec("long", "units", scale=3)], [GuardSpec("drawdown", 0.1, "halt"), ROOMY]
    )
    made.bar(at(100), {0: {"size": 5.0}})
    made.bar(at(100), {1: {"size": 1.0}})
    made.bar((na, na, na, 70))  # no open: the second order still waits when the guard trips at the close
    made.bar(at(70))
    assert [(status(o), why(o)) for o in made.orders if o["statement"] == 1] == [("cancelled", "guard")]
    assert made.read("position.size") == 5


def test_an_exact_limit_trips() -> None:
    made = desk([LONG], [GuardSpec("drawdown", 0.25, "flatten"), ROOMY])
    run(made, prices(100, 100, 50, 50), {0: buy(5.0)})
    assert [reason(t) for t in made.trades] == ["guard"], "750 is exactly 25 % below 1,000"


def test_guards_are_checked_when_they_are_made() -> None:
    with pytest.raises(ValueError, match="cannot reduce"):
        GuardSpec("drawdown", 0.1, "reduce")
    with pytest.raises(ValueError, match="expected one of"):
        GuardSpec("drawdwon", 0.1)
    with pytest.raises(ValueError, match="0 or more"):
        GuardSpec("drawdown", float("nan"))


@pytest.mark.parametrize("made, message", [
    (lambda: EnterSpec("up"), "side: expected one of 'long', 'short', found 'up'"),
    (lambda: EnterSpec("long", ""), "sizing: expected one of 'fraction'"),
    (lambda: EnterSpec("long", expire_kind="days"), "expire_kind: expected one of"),
    (lambda: EnterSpec("long", fill="now"), "fill: expected one of"),
    (lambda: EnterSpec("long", scale=-1), "scale: expected a whole number, 0 or more, found -1"),
    (lambda: EnterSpec("long", "risk"), "needs a stop or a trail"),
    (lambda: ExitSpec("up"), "side: expected one of"),
    (lambda: ExitSpec("long", "risk"), "sizing: expected one of"),
    (lambda: ExitSpec("long", fill="now"), "fill: expected one of"),
    (lambda: GuardSpec("loss", float("nan")), "found a missing one"),
    (lambda: GuardSpec("loss", 1e300), "found 1e\\+300"),
    (lambda: GuardSpec("loss", -0.5), "found -0.5"),
])  # fmt: skip
def test_a_part_of_a_program_is_checked_when_it_is_made(made: Callable[[], object], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        made()


def test_nothing_is_a_limit_and_no_scale_is_one() -> None:
    assert GuardSpec("loss", 0.0).threshold == 0 and EnterSpec("long", scale=0).scale == 0


# --- orders in a minute ------------------------------------------------------------------------------


def test_orders_of_one_close_are_counted_and_the_next_minute_begins_anew() -> None:
    two = [EnterSpec("long", "units", scale=20), EnterSpec("long", "units", scale=20)]
    guards = [GuardSpec("orders_per_minute", 1), ROOMY]
    both = {0: {"size": 1.0}, 1: {"size": 1.0}}
    d = run(desk(two, guards), prices(100, 100, 100), {0: both, 1: both})
    assert [status(o) for o in d.orders] == ["denied", "filled", "denied", "filled"]
    assert [why(o) for o in d.orders if status(o) == "denied"] == ["orders_per_minute"] * 2


def test_a_limit_of_none_denies_every_entry() -> None:
    d = run(desk([LONG], [GuardSpec("orders_per_minute", 0), ROOMY]), prices(100, 100), {0: buy(1.0)})
    assert [why(o) for o in d.orders] == ["orders_per_minute"] and d.counter("denied") == 1
