"""Orders that rest and levels that move, worked by hand: each the shortest bars that tell a rule from its neighbours.

Bars are `open high low close`; wishes are made at the close of the bar whose number they have.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from stratagem.runtime.trading import rows
from stratagem.runtime.trading.specs import CancelSpec, EnterSpec, ExitSpec, GuardSpec
from stratagem.runtime.trading.state import Statement

from .driver import Bar, Desk, desk, reason, run, status, why

ROOMY = GuardSpec("exposure", 100.0)
Script = Mapping[int, Mapping[int, Mapping[str, float]]]


def play(
    statements: Sequence[Statement], bars: Sequence[Bar], script: Script, *, guards: Sequence[GuardSpec] = (ROOMY,),
    **assume: Any,
) -> Desk:  # fmt: skip
    return run(desk(list(statements), list(guards), **assume), bars, script)


def rests(side: str = "long", rest: str = "limit", **more: Any) -> EnterSpec:
    """One unit, for three bars unless said otherwise."""
    return EnterSpec(side, "units", rest=rest, life=more.pop("life", "bars"), **more)


def wish(life: float = 3, size: float = 1, **prices: float) -> dict[str, float]:
    return {"size": size, "life": life, **prices}


def fates(made: Desk) -> list[tuple[int, str, str]]:
    return [(int(o["order"]), status(o), why(o)) for o in made.orders]


def fills(made: Desk) -> list[tuple[int, str, float]]:
    """Bar, moment and price of every order that filled."""
    filled = [o for o in made.orders if o["fill_index"] >= 0]
    return [(int(o["fill_index"]), rows.MOMENTS[int(o["fill_moment"])], o["fill_price"]) for o in filled]


def ends(made: Desk) -> list[tuple[int, str, float, str]]:
    """Bar, moment, price and reason of every exit."""
    moments = rows.MOMENTS
    return [(int(t["exit_index"]), moments[int(t["exit_moment"])], t["exit_price"], reason(t)) for t in made.trades]


# --- prices ----------------------------------------------------------------------------------------

ENTRIES = [
    ("limit", {"limit": 95.0}, (100, 101, 94, 98), (1, "inside", 95.0)),
    ("limit", {"limit": 95.0}, (93, 99, 92, 98), (1, "open", 93.5)),  # slips, never beyond its price
    ("limit", {"limit": 105.0}, (100, 101, 99, 100), (1, "open", 100.5)),  # it could be had at once
    ("trigger", {"trigger": 105.0}, (100, 106, 99, 104), (1, "inside", 105.5)),
    ("trigger", {"trigger": 105.0}, (107, 108, 106, 107), (1, "open", 107.5)),
    ("trigger", {"trigger": 95.0}, (100, 101, 99, 100), (1, "open", 100.5)),  # passed, and still beyond at the open
    ("trigger_limit", {"trigger": 105.0, "limit": 106.0}, (100, 107, 99, 104), (1, "inside", 105.5)),
    ("trigger_limit", {"trigger": 105.0, "limit": 105.2}, (100, 107, 104, 105), (1, "inside", 105.2)),
    ("trigger_limit", {"trigger": 105.0, "limit": 103.0}, (100, 107, 102, 105), (1, "inside", 103.0)),
]


@pytest.mark.parametrize("rest, prices, bar, expected", ENTRIES)
def test_an_entry_fills_where_price_meets_it(
    rest: str, prices: Mapping[str, float], bar: Bar, expected: tuple[int, str, float]
) -> None:
    """Slippage of 0.5 is taken of market orders, and keeps limits."""
    made = play([rests(rest=rest)], [(100, 100, 100, 100), bar], {0: {0: wish(**prices)}}, slippage="0.5/unit")
    assert fills(made) == [expected]


MISSED = [
    ("limit", {"limit": 95.0}, (100, 101, 95.5, 98)),
    ("trigger", {"trigger": 105.0}, (100, 104.5, 99, 104)),
    ("trigger_limit", {"trigger": 105.0, "limit": 103.0}, (106, 107, 104, 105)),  # triggered, and too dear all along
]


@pytest.mark.parametrize("rest, prices, bar", MISSED)
def test_an_entry_that_price_does_not_meet_rests(rest: str, prices: Mapping[str, float], bar: Bar) -> None:
    made = play([rests(rest=rest)], [(100, 100, 100, 100), bar], {0: {0: wish(**prices)}})
    assert fates(made) == [(0, "cancelled", "end")]


# --- life ------------------------------------------------------------------------------------------

FLAT: Bar = (100, 101, 99, 100)
DIP: Bar = (100, 101, 94, 100)


@pytest.mark.parametrize("life, bars, expected", [
    ("", [FLAT, DIP], "filled"), ("", [FLAT, FLAT, DIP], "expired"),
    ("bars", [FLAT, FLAT, DIP], "filled"), ("bars", [FLAT, FLAT, FLAT, DIP], "expired"),
    ("seconds", [FLAT, FLAT, DIP], "filled"), ("seconds", [FLAT, FLAT, FLAT, DIP], "expired"),
    ("open", [FLAT] * 9 + [DIP], "filled"),
])  # fmt: skip
def test_how_long_an_order_rests(life: str, bars: list[Bar], expected: str) -> None:
    """One bar unless said; two bars; 120 seconds, of bars of one minute; without end."""
    values = wish(120 if life == "seconds" else 2, limit=95)
    assert [fate for _, fate, _ in fates(play([rests(life=life)], bars, {0: {0: values}}))] == [expected]


def test_an_order_of_the_day_ends_with_the_first_day_it_could_work_on() -> None:
    """Days of two bars: decided at the close of bar 1, it works on bars 2 and 3, not on bar 4."""
    made = run(desk([rests(life="day")], [ROOMY], bars_per_day=2), [FLAT] * 4 + [DIP], {1: {0: wish(limit=95)}})
    assert fates(made) == [(0, "expired", "")]
    made = run(desk([rests(life="day")], [ROOMY], bars_per_day=2), [FLAT] * 3 + [DIP], {1: {0: wish(limit=95)}})
    assert fills(made) == [(3, "inside", 95.0)]


def test_the_same_wish_changes_nothing_another_price_moves_the_order_and_its_life() -> None:
    same = {0: {0: wish(2, limit=95)}, 1: {0: wish(2, limit=95)}}
    assert fates(play([rests()], [FLAT, FLAT, FLAT, DIP], same)) == [(0, "expired", "")]
    moved = {0: {0: wish(2, limit=95)}, 1: {0: wish(2, limit=94.5)}}
    made = play([rests()], [FLAT, FLAT, FLAT, DIP], moved)
    assert fates(made) == [(0, "filled", "")] and fills(made) == [(3, "inside", 94.5)]
    assert [(o["index"], o["limit"]) for o in made.orders] == [(1, 94.5)]


def test_a_wish_renews_an_order_at_the_close_at_which_it_would_end() -> None:
    made = play([rests(life="")], [FLAT, FLAT, FLAT, DIP], {n: {0: wish(limit=95)} for n in range(3)})
    assert fates(made) == [(0, "filled", "")]


def test_a_missing_price_places_nothing_and_leaves_what_rests() -> None:
    nothing = float("nan")
    assert play([rests()], [FLAT, DIP], {0: {0: wish(limit=nothing)}}).orders == []
    made = play([rests()], [FLAT, FLAT, DIP], {0: {0: wish(limit=95)}, 1: {0: wish(limit=nothing)}})
    assert fills(made) == [(2, "inside", 95.0)]


def test_a_cancel_ends_the_entries_of_its_side_that_rest_and_an_until_its_own() -> None:
    script = {0: {0: wish(limit=95), 1: wish(limit=105), 3: {}}, 1: {2: {}}}
    made = play([rests(), rests("short"), CancelSpec("long"), ExitSpec("long")], [FLAT, FLAT, DIP], script)
    assert fates(made) == [(0, "cancelled", "cancel"), (1, "cancelled", "end")]
    script = {0: {0: wish(limit=95), 2: wish(limit=94.5)}, 1: {1: {}}}
    made = play([rests(), CancelSpec("long", 0), rests()], [FLAT, FLAT, DIP], script)
    assert fates(made) == [(0, "cancelled", "until"), (1, "filled", "")]


def test_nothing_is_placed_to_rest_on_the_bar_of_its_cancel() -> None:
    assert play([rests(), CancelSpec("long")], [FLAT, DIP], {0: {0: wish(limit=95), 1: {}}}).orders == []


# --- several ---------------------------------------------------------------------------------------


def test_independent_entries_both_fill_and_one_cancels_the_other_if_it_is_said() -> None:
    statements, script = [rests(), rests("short")], {0: {0: wish(limit=95), 1: wish(limit=105)}}
    bars: list[Bar] = [FLAT, (100, 101, 94, 96), (96, 106, 96, 105)]
    made = play(statements, bars, script)
    assert ends(made) == [(2, "inside", 105.0, "reverse"), (2, "close", 105.0, "end")]
    made = play(statements, bars, script, entries="one_cancels_other")
    assert fates(made) == [(0, "filled", ""), (1, "cancelled", "other_filled")]


def test_what_rests_on_a_side_takes_room_of_that_side_alone() -> None:
    """100 % of 1,000 rest at 95: nothing is left for another long, all of it for a short."""
    share = [EnterSpec(side, "fraction", rest="limit", life="bars") for side in ("long", "long", "short")]
    script = {0: {0: wish(limit=95), 1: wish(limit=90), 2: wish(limit=105)}}
    made = play(share, [FLAT, FLAT], script, guards=[])
    assert fates(made)[0] == (1, "denied", "exposure")
    assert {o["order"]: o["asked"] for o in made.orders} == {1: 1000 / 90, 0: 1000 / 95, 2: 1000 / 105}


def test_an_exit_that_acts_ends_the_entries_of_its_side() -> None:
    held = EnterSpec("long", "units")
    statements = [held, rests(scale=1), ExitSpec("long")]
    script = {0: {0: {"size": 1}, 1: wish(5, limit=90)}, 2: {2: {}}}
    assert fates(play(statements, [FLAT] * 4, script)) == [
        (0, "filled", ""), (1, "cancelled", "exit_first"), (2, "filled", ""),
    ]  # fmt: skip


# --- exits that rest -------------------------------------------------------------------------------


def test_an_exit_rests_and_closes_what_is_held_then() -> None:
    statements = [EnterSpec("long", "units", scale=3), ExitSpec("long", rest="trigger")]
    script = {0: {0: {"size": 1}}, 1: {0: {"size": 2}, 1: {"trigger": 97}}}
    made = play(statements, [FLAT, FLAT, (100, 101, 96, 99)], script)
    assert ends(made) == [(2, "inside", 97.0, "signal")] * 2 and [t["quantity"] for t in made.trades] == [1, 2]


def test_an_exit_that_says_no_size_asks_for_all_that_is_held_at_its_fill_and_a_share_is_of_its_decision() -> None:
    """A lot of 2 units fills at the open of bar 2, after the exits of bar 1 were decided, whatever `sizing` is."""
    bars = [(100, 100, 100, 100), (100, 101, 99, 100), (100, 106, 99, 105)]
    script = {0: {0: {"size": 2}}, 1: {0: {"size": 2}, 1: wish(size=0.5, limit=105.0)}}
    for sizing, expected in (("fraction", (1, 1)), ("", (4, 4))):
        for when in ("decision", "fill"):
            leaves = ExitSpec("long", sizing, rest="limit")
            made = play([EnterSpec("long", "units", scale=1), leaves], bars, script, sizing=when)
            assert [(o["asked"], o["got"]) for o in made.orders if o["kind"] == rows.EXIT_ORDER] == [expected]


def test_an_exit_that_rests_ends_with_the_position() -> None:
    """The stop at 98 comes first; the exit at 97 does not meet the lot that is bought at 96 in the same bar."""
    statements = [EnterSpec("long", "units", has_stop=True), rests(), ExitSpec("long", rest="trigger")]
    script = {0: {0: {"size": 1, "stop": 98}}, 1: {1: wish(limit=96), 2: {"trigger": 97}}}
    made = play(statements, [FLAT, FLAT, (100, 101, 95, 96.5)], script)
    assert ends(made)[0] == (2, "inside", 98.0, "stop"), "the entry on the side held is not placed"
    assert (1, "cancelled", "nothing_to_close") in fates(made)


# --- levels of a lot -------------------------------------------------------------------------------


def test_a_lot_filled_inside_meets_the_rest_of_the_way_alone() -> None:
    """Up to 101, down to 90, in at 95 on the way; back to 98, out at 97. 101 was before it, 90 after."""
    made = play([rests(has_target=True)], [FLAT, (100, 101, 90, 98)], {0: {0: wish(limit=95, target=97)}})
    assert ends(made) == [(1, "inside", 97.0, "target")]
    (trade,) = made.trades
    assert (trade["mae"], trade["mfe"], trade["ambiguous"]) == (-5, 2, 1)


def test_a_take_sells_its_share_and_leaves_the_rest() -> None:
    statements = [EnterSpec("long", "units", has_stop=True, takes=1)]
    script = {0: {0: {"size": 4, "stop": 98, "share": 0.5, "take": 103}}}
    made = play(statements, [FLAT, FLAT, (100, 104, 99, 103), (103, 104, 97, 98)], script)
    assert ends(made) == [(2, "inside", 103.0, "target"), (3, "inside", 98.0, "stop")]
    assert [t["quantity"] for t in made.trades] == [2, 2]


def test_a_stop_that_waits_for_another_level_works_from_the_touch_on() -> None:
    """Break-even after 103: the low of 99 comes first, then 103, then the close below the entry."""
    statements = [EnterSpec("long", "units", has_stop=True, moves=1)]
    script = {0: {0: {"size": 1, "stop": 90, "move": 100, "after": 103}}}
    made = play(statements, [FLAT, FLAT, (101, 103, 99, 99.5)], script)
    assert ends(made) == [(2, "inside", 100.0, "stop")]
    made = play(statements, [FLAT, FLAT, (101, 102.5, 99, 99.5)], script)
    assert ends(made)[0][3] == "end"


def test_a_trail_that_waits_follows_from_the_fill_on_and_works_from_the_touch() -> None:
    """104 less 2 in the bar after; on a path that goes up first, the 101 that bar 2 left it, at once."""
    statements = [EnterSpec("long", "units", has_trail=True, has_trail_after=True)]
    script = {0: {0: {"size": 1, "trail": -2, "trail_slope": 1, "trail_after": 104}}}
    bars: list[Bar] = [FLAT, FLAT, (100, 103, 97, 100), (101, 104, 99, 103), (103, 103.5, 101, 102)]
    assert ends(play(statements, bars, script)) == [(4, "inside", 102.0, "trail")]
    assert ends(play(statements, bars, script, path="best")) == [(3, "inside", 101.0, "trail")]


@pytest.mark.parametrize("fill, expected", [("next_open", (2, "open", 102.0)), ("this_close", (1, "open", 101.0))])
def test_a_lot_leaves_at_the_open_after_its_own_bar(fill: str, expected: tuple[int, str, float]) -> None:
    bars: list[Bar] = [(100, 100, 100, 100), (101, 101, 101, 101), (102, 102, 102, 102), (103, 103, 103, 103)]
    made = play([EnterSpec("long", "units", expire_kind="next_open", fill=fill)], bars, {0: {0: {"size": 1}}})
    assert ends(made) == [(*expected, "expire")]


def test_orders_that_wait_or_rest_are_pending() -> None:
    """Two rest from the close of bar 0 on; the dip of bar 1 fills one of them."""
    made = desk([rests(), rests("short")], [ROOMY])
    made.bar(FLAT, {0: wish(limit=95), 1: wish(limit=105)})
    assert made.read("orders.pending") == 2
    made.bar(DIP)
    assert made.read("orders.pending") == 1


def test_a_bar_without_a_close_leaves_every_limit_on_size_in_place() -> None:
    """What is held is worth its last price, so that the implied exposure of 100 % still denies 95 times equity."""
    hole: Bar = (100, 100, 100, float("nan"))
    made = play([rests()], [FLAT, hole, DIP], {1: {0: wish(size=1000, limit=95)}}, guards=[])
    assert fates(made) == [(0, "reduced", "exposure")] and made.orders[0]["got"] == pytest.approx(1000 / 95)


def test_an_open_beyond_a_stop_is_seen_where_the_bar_has_no_extremes() -> None:
    nothing = float("nan")
    bars: list[Bar] = [FLAT, FLAT, (90, nothing, nothing, nothing), FLAT]
    script = {0: {0: {"size": 1, "stop": 95}}}
    assert ends(play([EnterSpec("long", "units", has_stop=True)], bars, script)) == [(2, "open", 90.0, "stop")]


def test_an_order_of_the_day_that_is_wished_at_its_last_close_is_of_the_next_day() -> None:
    """Days of two bars; the same price at each close."""
    script = {n: {0: wish(limit=95)} for n in range(4)}
    made = run(desk([rests(life="day")], [ROOMY], bars_per_day=2), [FLAT, FLAT, DIP], script)
    assert fills(made) == [(2, "inside", 95.0)]


def test_of_entries_that_cancel_each_other_one_fills_of_those_that_a_day_allows() -> None:
    guards = [ROOMY, GuardSpec("day_trades", 1)]
    statements = [rests(rest="trigger"), rests("short", "trigger")]
    script = {0: {0: wish(trigger=105), 1: wish(trigger=95)}}
    made = play(statements, [FLAT, FLAT], script, guards=guards, entries="one_cancels_other")
    assert [fate for _, fate, _ in fates(made)] == ["cancelled", "cancelled"]
    assert fates(play(statements, [FLAT, FLAT], script, guards=guards))[0] == (1, "denied", "day_trades")


@pytest.mark.parametrize("first", [True, False])
def test_an_entry_at_a_close_ends_what_is_decided_there_wherever_it_stands(first: bool) -> None:
    """It fills at the close of bar 0, at which the other would begin to rest."""
    market, other = EnterSpec("long", "units", fill="this_close"), rests(scale=1)
    script = {0: {int(not first): {"size": 1}, int(first): wish(limit=95)}}
    statements = [market, other] if first else [other, market]
    made = play(statements, [FLAT, DIP], script, entries="one_cancels_other")
    assert sorted(fates(made)) == sorted([(int(not first), "filled", ""), (int(first), "cancelled", "other_filled")])
    assert len(play(statements, [FLAT, DIP], script).trades) == 2, "independent, it fills on bar 1"


def test_an_expiry_whose_lot_something_else_takes_leaves_a_row() -> None:
    """Its age is reached at the close of bar 1, and it waits for the open; a short turns the position round there."""
    statements = [EnterSpec("long", "units", expire_kind="bars"), EnterSpec("short", "units", fill="this_close")]
    made = play(statements, [FLAT] * 3, {0: {0: {"size": 1, "expire": 1}}, 1: {1: {"size": 1}}}, fill="next_open")
    assert fates(made) == [(0, "filled", ""), (1, "cancelled", "nothing_to_close"), (2, "filled", "")]
    assert (made.orders[1]["side"], made.orders[1]["asked"], made.orders[1]["got"]) == (1, 1, 0)


def test_a_bar_that_has_a_close_alone_is_seen() -> None:
    """Equity stood 8 higher at 108; the trail has followed to 103."""
    nothing = float("nan")
    bars: list[Bar] = [FLAT, FLAT, (nothing, nothing, nothing, 108), (104, 104, 103, 104)]
    script = {0: {0: {"size": 1, "trail": -5, "trail_slope": 1}}}
    made = play([EnterSpec("long", "units", has_trail=True)], bars, script)
    assert ends(made) == [(3, "inside", 103.0, "trail")] and made.trades[0]["mfe"] == 8


def test_a_lot_that_leaves_where_a_level_arms_its_stop_has_stood_there() -> None:
    """102 is touched, and the stop of 103 is beyond it: out at 102 less 0.5 of slippage; it stood 1.5 higher."""
    statements = [EnterSpec("long", "units", moves=1)]
    script = {0: {0: {"size": 1, "move": 103, "after": 102}}}
    made = play(statements, [FLAT, FLAT, (100, 104, 100, 104)], script, slippage="0.5/unit")
    assert ends(made) == [(2, "inside", 101.5, "stop")] and made.trades[0]["mfe"] == 1.5


@pytest.mark.parametrize("life, expected", [(float("nan"), ("denied", "missing_valid")), (0, ("expired", ""))])
def test_a_life_that_is_none(life: float, expected: tuple[str, str]) -> None:
    """Missing, it would have no end, in bars or in seconds; of no bar it is over at once, and works on none."""
    for kind in ("bars", "seconds"):
        made = play([rests(life=kind)], [FLAT, DIP], {0: {0: wish(life, limit=95)}})
        assert fates(made) == [(0, *expected)]
    statements = [EnterSpec("long", "units"), ExitSpec("long", rest="limit", life="bars")]
    made = play(statements, [FLAT, FLAT, FLAT], {0: {0: {"size": 1}}, 1: {1: wish(life, limit=105)}})
    assert fates(made)[1] == (1, *expected)


def test_takes_that_are_no_lot_are_counted() -> None:
    """Half of 1 is no lot, half of 2 is one."""
    statements = [EnterSpec("long", "units", takes=1, scale=3)]
    script = {n: {0: {"size": size, "share": 0.5, "take": 110}} for n, size in enumerate((1, 2, 1))}
    made = run(desk(statements, [ROOMY], lot=1), [FLAT] * 4, script)
    assert made.state.untaken(0) == 2


def test_an_order_that_is_over_when_an_exit_acts_is_expired_though_it_is_wished() -> None:
    """Its one bar ends at the close of bar 2, where an exit keeps the wish from renewing it."""
    statements = [EnterSpec("long", "units"), rests(scale=1), ExitSpec("long")]
    script = {0: {0: {"size": 1}}, 1: {1: wish(1, limit=95)}, 2: {1: wish(1, limit=95), 2: {}}}
    made = play(statements, [FLAT] * 4, script)
    assert (1, "expired", "") in fates(made)
