"""Cases that taught something, in ledger and engines: each the shortest bars that tell a rule from its neighbours."""

from __future__ import annotations

from dataclasses import replace
from math import nan

from .compare import faults
from .draws import HOUR, START
from .play import play
from .program import LONG, SHORT, Bar, Enter, Exit, Guard, Level, Program, Rest, Rests, Statement

FLAT = (100.0, 100.0, 100.0, 100.0)
Left = tuple[float, float, float, str]
"""A trade: its signed quantity, the prices of entry and exit, why it ended."""


def bars(*rows: tuple[float, float, float, float]) -> list[Bar]:
    """Hourly bars of open, high, low, close."""
    return [Bar(START + at * HOUR, *map(float, row)) for at, row in enumerate(rows)]


def on(count: int, *true: int) -> tuple[bool, ...]:
    """A condition that holds on these bars."""
    return tuple(at in true for at in range(count))


def always(count: int, value: float) -> tuple[float, ...]:
    return (value,) * count


def program(*statements: Statement, rests: Rests | None = None, guards: tuple[Guard, ...] = ()) -> Program:
    return Program(statements, guards or (Guard("exposure", 64.0),), rests or Rests())


def holds(case: Program, over: list[Bar], expected: list[Left]) -> None:
    """The ledger makes these trades, and the engines leave what the ledger does."""
    made = [(t.side * t.quantity, t.entry_price, t.exit_price, t.reason) for t in play(case, over).trades]
    assert made == expected
    assert faults(case, over) == []


def test_a_gap_through_stop_and_trail_is_told_by_the_tighter_one() -> None:
    """Rule 24: beside `stop` the tighter one works; both are reached at the open."""
    enter = Enter(LONG, on(3, 0), "units", always(3, 10.0), stop=Level("price", always(3, 95.0)),
                  trail=Level("distance", always(3, 2.0)))  # fmt: skip
    over = bars(FLAT, FLAT, (90, 90, 90, 90))
    holds(program(enter), over, [(10.0, 100.0, 90.0, "trail")])


def test_a_trail_follows_from_the_next_bar() -> None:
    """Rule 24: the high of 105 lifts the trail to 103 for the bar after; within its own bar 99 is reached, not 98."""
    enter = Enter(LONG, on(3, 0), "units", always(3, 10.0), trail=Level("distance", always(3, 2.0)))
    over = bars(FLAT, (100, 105, 99, 104), (104, 104, 101, 101))
    holds(program(enter), over, [(10.0, 100.0, 103.0, "trail")])


def test_a_price_between_ticks_has_come_as_far_as_the_tick_it_passed() -> None:
    """Rule 24: a stop of a short at 100.5 stands at 101 on a grid of 1; a market at 100.75 has not reached it."""
    enter = Enter(SHORT, on(3, 0), "units", always(3, 10.0), stop=Level("price", always(3, 100.5)))
    case = program(enter, rests=Rests(tick=1.0))
    holds(case, bars(FLAT, FLAT, (100, 100.75, 100, 100)), [(-10.0, 100.0, 100.0, "end")])
    holds(case, bars(FLAT, FLAT, (100, 101.25, 100, 100)), [(-10.0, 100.0, 101.0, "stop")])


def test_an_expiry_takes_what_a_partial_exit_leaves() -> None:
    """Rules 21 and 26: of the 10 that are over an exit takes 4 first; the expiry asks for the other 6."""
    enter = Enter(LONG, on(3, 0), "units", always(3, 10.0), expire=always(3, 1.0))
    leave = Exit(LONG, on(3, 1), "units", always(3, 4.0), once=True)
    holds(program(leave, enter), bars(FLAT, FLAT, FLAT), [(4.0, 100.0, 100.0, "signal"), (6.0, 100.0, 100.0, "expire")])


def test_an_entry_that_is_denied_does_not_win_over_the_other_side() -> None:
    """Rules 20 and 21: 3 units are no lot of 5, so the short may act."""
    buy = Enter(LONG, on(2, 0), "units", always(2, 3.0))
    sell = Enter(SHORT, on(2, 0), "units", always(2, 10.0))
    holds(program(buy, sell, rests=Rests(lot=5.0)), bars(FLAT, FLAT), [(-10.0, 100.0, 100.0, "end")])


def test_a_fill_at_the_close_beyond_its_stop_leaves_at_once_and_what_it_cost_is_not_there_for_the_next() -> None:
    """Rules 18 and 25: the second entry has half of the equity that the first has left, and may not use its place."""
    rests = Rests(fill="this_close", fee_order=100.0)
    first = Enter(LONG, on(1, 0), "units", always(1, 10.0), stop=Level("price", always(1, 101.0)))
    second = Enter(LONG, on(1, 0), "percent", always(1, 0.5), scale=1)
    quantity = (0.5 * (100_000 - 200) - 100) / 100
    left = [(10.0, 100.0, 100.0, "stop"), (quantity, 100.0, 100.0, "end")]
    holds(program(first, second, rests=rests), bars(FLAT), left)


def test_percent_of_the_position_is_of_what_earlier_exits_leave() -> None:
    """Rule 27: two halves of 20 leave 10 and 5."""
    enter = Enter(LONG, on(3, 0), "units", always(3, 20.0))
    half = Exit(LONG, on(3, 1), "percent", always(3, 0.5), once=True)
    left = [(10.0, 100.0, 100.0, "signal"), (5.0, 100.0, 100.0, "signal"), (5.0, 100.0, 100.0, "end")]
    holds(program(half, replace(half), enter), bars(FLAT, FLAT, FLAT), left)


def test_a_lot_that_leaves_at_the_close_blocks_its_side_until_the_next_bar() -> None:
    """docs/trading.md: `enter` on the bar of the exit is passed over, on the bar after it acts."""
    rests = Rests(fill="this_close")
    enter = Enter(LONG, on(3, 0, 1, 2), "units", always(3, 10.0))
    leave = Exit(LONG, on(3, 0, 1))
    holds(program(enter, leave, rests=rests), bars(FLAT, FLAT, FLAT),
          [(10.0, 100.0, 100.0, "signal"), (10.0, 100.0, 100.0, "end")])  # fmt: skip


def test_a_limit_on_losses_is_asked_once_the_order_is_cut_to_the_limits_on_value() -> None:
    """Rule 29: 2000 units would cost 500 by slippage, which `loss 0.2%` refuses; the 500 that fit cost 125."""
    enter = Enter(LONG, on(2, 0), "units", always(2, 2000.0))
    guards = (Guard("loss", 0.002), Guard("exposure", 0.5))
    over = bars(FLAT, FLAT)
    case = program(enter, rests=Rests(slip_distance=0.25), guards=guards)
    assert play(case, over).orders[0].reason == "exposure"
    assert faults(case, over) == []


def test_a_reversal_whose_new_side_a_guard_refuses_still_leaves() -> None:
    """Rule 29: the order is denied, and yet a row that filled: the closing leg is no new risk."""
    sell, buy = Enter(SHORT, on(3, 0), "units", always(3, 10.0)), Enter(LONG, on(3, 1), "units", always(3, 10.0))
    case = program(sell, buy, guards=(Guard("day_trades", 1.0),))
    over = bars(FLAT, FLAT, FLAT)
    holds(case, over, [(-10.0, 100.0, 100.0, "reverse")])
    order = play(case, over).orders[1]
    assert (order.state, order.reason, order.got, order.fill_bar) == ("denied", "day_trades", 0.0, 2)


def test_two_guards_of_one_close_close_the_larger_part() -> None:
    """Rule 29: `reduce` would close 18 of the 480, `flatten` closes all, in one order of the first."""
    enter = Enter(SHORT, on(4, 0), "units", always(4, 480.0))
    case = program(enter, guards=(Guard("position", 0.49, "reduce"), Guard("loss", 0.005, "flatten")))
    over = bars(FLAT, (100, 104, 100, 104), FLAT, FLAT)
    holds(case, over, [(-480.0, 100.0, 100.0, "guard")])
    assert play(case, over).counters["guard_trips"] == 2


def test_a_lot_stands_at_the_close_at_which_it_filled() -> None:
    """docs/results.md: mae is the worst a lot stood while it was held. A short filled at 99.75 by slippage is marked at
    that bar's close of 100, and equity is 2.5 lower; a fill at the open counts the open in the same way."""
    case = program(Enter(SHORT, on(2, 0), "units", always(2, 10.0)), rests=Rests(fill="this_close", slip_distance=0.25))
    over = bars(FLAT, (95, 95, 95, 95))
    assert play(case, over).trades[0].mae == -2.5
    assert faults(case, over) == []


def test_a_lot_stands_at_the_level_at_which_it_filled() -> None:
    """A short filled at 94.75 by slippage stands at 95 then, 2.5 lower; the market goes on down to its close."""
    enter = Enter(SHORT, on(2, 0), "units", always(2, 10.0), rest=Rest(trigger=Level("price", always(2, 95.0))))
    case, over = program(enter, rests=Rests(path="best", slip_distance=0.25)), bars(FLAT, (100, 100, 90, 90))
    assert play(case, over).trades[0].mae == -2.5
    assert faults(case, over) == []


def test_a_lot_stands_at_the_close_of_a_bar_without_other_prices() -> None:
    """docs/results.md: equity at the close of 108 is 80 higher, so is mfe; rule 24: the trail has followed to 103."""
    case = program(Enter(LONG, on(4, 0), "units", always(4, 10.0), trail=Level("distance", always(4, 5.0))))
    over = bars(FLAT, FLAT, (nan, nan, nan, 108), (104, 104, 103, 104))
    holds(case, over, [(10.0, 100.0, 103.0, "trail")])
    assert play(case, over).trades[0].mfe == 80.0


def test_an_expiry_for_which_nothing_is_left_takes_no_number() -> None:
    """docs/trading.md: an exit of all goes before the expiry of its lot; the entry of the next bar is order 2."""
    enter = Enter(LONG, on(4, 0, 2), "units", always(4, 10.0), expire=always(4, 1.0))
    case, over = program(Exit(LONG, on(4, 1)), enter), bars(FLAT, FLAT, FLAT, FLAT)
    assert [order.number for order in play(case, over).orders] == [0, 1, 2, 3]  # the last is the age of the second lot
    assert faults(case, over) == []
