"""How far a lot went for and against its side, up to its exit and no further; what belongs to a lot and to no other."""

from __future__ import annotations

import math

import pytest
from stratagem.runtime.trading import layout
from stratagem.runtime.trading.specs import EnterSpec, ExitSpec, GuardSpec

from .driver import Bar, desk, reason, run, status

ROOMY = [GuardSpec("exposure", 1e6)]
FLAT: Bar = (100, 100, 100, 100)
LONG, SHORT, EXIT = EnterSpec("long", "units"), EnterSpec("short", "units"), ExitSpec("long")
STOPPED, AIMED = EnterSpec("long", "units", has_stop=True), EnterSpec("long", "units", has_target=True)
STOPPED_SHORT = EnterSpec("short", "units", has_stop=True)
AIMED_SHORT = EnterSpec("short", "units", has_target=True)

PATHS = [
    # entry            its level          the bar it leaves on        mae  mfe
    (STOPPED, {"stop": 95.0}, (104, 109, 90, 100), -5, 4),  # the open was seen, the high comes after the stop
    (STOPPED_SHORT, {"stop": 105.0}, (96, 110, 91, 100), -5, 4),
    (AIMED, {"target": 107.0}, (100, 108, 92, 100), -8, 7),  # `worst`: the low came first
    (AIMED_SHORT, {"target": 93.0}, (100, 108, 92, 100), -8, 7),
    (STOPPED, {"stop": 95.0}, (90, 120, 80, 100), -10, 0),  # out at the open: nothing of the bar was seen
    (STOPPED_SHORT, {"stop": 105.0}, (110, 120, 80, 100), -10, 0),
]


@pytest.mark.parametrize("spec, wish, bar, mae, mfe", PATHS)
def test_the_last_bar_counts_up_to_the_exit(
    spec: EnterSpec, wish: dict[str, float], bar: Bar, mae: float, mfe: float
) -> None:
    d = run(desk([spec], ROOMY), [FLAT, FLAT, bar], {0: {0: {"size": 1.0, **wish}}})
    (trade,) = d.trades
    assert (trade["exit_index"], trade["mae"], trade["mfe"]) == (2, mae, mfe)
    assert trade["exit_moment"] == (0 if bar[0] in (90, 110) else 1), "a gap is met at the open"


def test_a_lot_that_lives_inside_one_bar_knows_nothing_of_the_bar_before() -> None:
    """The first lot leaves inside bar 1, which goes from 90 to 150; the second is filled and stopped on bar 2."""
    bars: list[Bar] = [FLAT, (100, 150, 90, 100), (100, 100, 94, 100)]
    script = {0: {0: {"size": 1.0, "target": 140.0}}, 1: {1: {"size": 1.0, "stop": 95.0}}}
    d = run(desk([AIMED, STOPPED], ROOMY), bars, script)
    assert [(t["mae"], t["mfe"]) for t in d.trades] == [(-10, 40), (-5, 0)]


def test_below_zero_as_above() -> None:
    """From -10 over -14 and -7 to -12; no price was ever 0."""
    bars: list[Bar] = [(-10, -10, -10, -10), (-10, -8, -11, -9), (-9, -7, -14, -12), (-12, -12, -12, -12)]
    d = run(desk([LONG, EXIT], ROOMY), bars, {0: {0: {"size": 1.0}}, 2: {1: {}}})
    assert (d.trades[0]["mae"], d.trades[0]["mfe"]) == (-4, 3)
    inside = run(desk([STOPPED], ROOMY), bars, {0: {0: {"size": 1.0, "stop": -13.0}}})
    assert (inside.trades[0]["mae"], inside.trades[0]["mfe"]) == (-3, 2), "out at -13, before the bar's high"


def test_nothing_is_no_negative_nothing() -> None:
    d = run(desk([SHORT, ExitSpec("short")], ROOMY), [FLAT] * 3, {0: {0: {"size": 1.0}}, 1: {1: {}}})
    assert [math.copysign(1.0, d.trades[0][name]) for name in ("pnl", "mae", "mfe")] == [1.0, 1.0, 1.0]


def test_a_lot_with_a_trail_that_leaves_on_its_entry_bar_has_seen_its_fill() -> None:
    """Filled at 100.25 and never higher: the best is the fill itself, not the open below it."""
    spec = EnterSpec("long", "units", has_trail=True)
    made = desk([spec], ROOMY, slippage="0.25/unit")
    d = run(made, [FLAT, (100, 100, 94, 95)], {0: {0: {"size": 1.0, "trail": -5.0, "trail_slope": 1.0}}})
    assert (d.trades[0]["exit_price"], d.trades[0]["mfe"]) == (95, 0)


def test_a_position_has_the_extremes_since_it_began() -> None:
    """The first went from 50 to 150; the second begins where the first lay."""
    made = desk([LONG, EXIT], ROOMY)
    buy = {0: {"size": 1.0}}
    for bar, wish in [(FLAT, buy), ((100, 150, 50, 100), {1: {}}), (FLAT, buy)]:
        made.bar(bar, wish)
    made.bar((100, 104, 97, 101))
    assert (made.read("position.high"), made.read("position.low")) == (104, 97)
    made.bar((101, 103, 98, 100))
    assert (made.read("position.high"), made.read("position.low")) == (104, 97)


def test_a_position_keeps_its_extremes_when_another_lot_is_added() -> None:
    made = desk([EnterSpec("long", "units", scale=1)], ROOMY)
    buy = {0: {"size": 1.0}}
    for bar, wish in [(FLAT, buy), ((100, 110, 90, 100), buy), ((100, 105, 95, 100), None)]:
        made.bar(bar, wish)
    assert (made.read("position.high"), made.read("position.low")) == (110, 90)


def test_a_position_filled_at_a_close_has_seen_nothing_of_that_bar() -> None:
    made = desk([LONG], ROOMY, fill="this_close")
    made.bar((90, 120, 80, 100), {0: {"size": 1.0}})
    assert (made.read("position.high"), made.read("position.low")) == (100, 100)
    made.bar((100, 102, 99, 100))
    assert (made.read("position.high"), made.read("position.low")) == (102, 99)


def test_the_trail_that_is_read_never_loosens() -> None:
    for side, distance, bars, stops in (
        ("long", -5.0, [(100, 110, 99, 108), (108, 109, 106, 107), (107, 112, 107.5, 110)], [105, 105, 107]),
        ("short", 5.0, [(100, 101, 90, 92), (92, 94, 91, 93), (93, 94, 88, 90)], [95, 95, 93]),
    ):
        made = desk([EnterSpec(side, "units", has_trail=True)], ROOMY)
        made.bar(FLAT, {0: {"size": 0.5, "trail": distance, "trail_slope": 1.0}})
        found = []
        for bar in bars:
            made.bar(bar)
            found.append(made.read("position.stop"))
        assert found == stops, side


def test_the_high_water_mark_knows_an_exit_at_the_open_and_no_price_inside_a_bar() -> None:
    made = desk([LONG, ExitSpec("long", "units"), EXIT], ROOMY)
    made.bar(FLAT, {0: {"size": 2.0}})
    made.bar(FLAT, {1: {"size": 1.0}})
    made.bar((140, 140, 100, 100), {2: {}})  # one is sold at 140, when the other was worth 140 as well: 1,080
    assert made.read("equity") == 1040 and made.read("drawdown") == 0
    made.bar((110, 110, 60, 60), {0: {"size": 1.0}})  # flat at 1,050 from the open on
    made.bar((60, 60, 39, 39))
    assert made.read("drawdown") == pytest.approx(21 / 1050)


def test_a_fall_is_counted_from_the_highest_mark_and_not_from_the_last() -> None:
    made = desk([LONG], ROOMY)
    made.bar(FLAT, {0: {"size": 1.0}})
    for price, drawdown in ((100, 0), (90, 0.01), (80, 0.02), (95, 0.005), (85, 0.015)):
        made.bar((price, price, price, price))
        assert made.read("drawdown") == pytest.approx(drawdown)
    assert made.state.b[layout.MAX_DRAWDOWN] == pytest.approx(0.02)


def test_a_lot_that_cost_nothing_is_marked_all_the_same() -> None:
    made = desk([LONG], ROOMY)
    made.bar(FLAT, {0: {"size": 1.0}})
    made.bar((0, 5, 0, 5))
    assert made.read("equity") == 1005


def test_a_sale_below_zero_slips_further_down() -> None:
    made = desk([SHORT], ROOMY, slippage="0.5/unit")
    made.bar(FLAT, {0: {"size": 1.0}})
    made.bar((-10, -10, -10, -10))
    assert made.read("position.entry_price") == -10.5


@pytest.mark.parametrize("high, leaves", [(109.74, False), (109.76, False), (110.0, True)])
def test_a_high_off_the_grid_has_not_reached_the_tick_above_it(high: float, leaves: bool) -> None:
    bars: list[Bar] = [FLAT, FLAT, (100, high, 100, 100)]
    d = run(desk([AIMED], ROOMY, tick=0.5), bars, {0: {0: {"size": 1.0, "target": 110.0}}})
    assert (reason(d.trades[0]) == "target") == leaves


def test_a_streak_of_losses_and_the_smallest_win() -> None:
    made = desk([LONG, EXIT], ROOMY)
    streaks = []
    for price in (99, 98, 100.5, 99):
        made.bar(FLAT, {0: {"size": 1.0}})
        made.bar(FLAT, {1: {}})
        made.bar((price, price, price, price))
        streaks.append(made.read("trades.loss_streak"))
    assert streaks == [1, 2, 0, 1] and made.read("trades.mean_win") == 0.5


# --- levels that belong to one lot -------------------------------------------------------------------


def two(first: float, second: float) -> list[tuple[float, float]]:
    """Two lots with stops; what leaves at which price, in order."""
    spec = EnterSpec("long", "units", has_stop=True, scale=1)
    script = {0: {0: {"size": 1.0, "stop": first}}, 1: {0: {"size": 1.0, "stop": second}}}
    d = run(desk([spec], ROOMY), [FLAT, FLAT, FLAT, (100, 100, 90, 92)], script)
    return [(t["entry_index"], t["exit_price"]) for t in d.trades]


def test_the_nearest_level_first_and_of_one_level_the_oldest_lot() -> None:
    assert two(97, 95) == [(1, 97), (2, 95)]
    assert two(95, 97) == [(2, 97), (1, 95)]
    assert two(96, 96) == [(1, 96), (2, 96)]


@pytest.mark.parametrize("side, stop, target", [("long", 105.0, 95.0), ("short", 95.0, 105.0)])
def test_beyond_both_its_levels_a_lot_leaves_by_its_stop(side: str, stop: float, target: float) -> None:
    spec = EnterSpec(side, "units", has_stop=True, has_target=True)
    d = run(desk([spec], ROOMY), [FLAT] * 3, {0: {0: {"size": 1.0, "stop": stop, "target": target}}})
    assert (reason(d.trades[0]), d.trades[0]["exit_price"]) == ("stop", 100)


@pytest.mark.parametrize("trail, price, why", [(-5.0, 95, "stop"), (-3.0, 97, "trail"), (-8.0, 95, "stop")])
def test_of_stop_and_trail_the_nearer_works_on_both_sides(trail: float, price: float, why: str) -> None:
    """At one price it is the stop."""
    for sign, side in ((1, "long"), (-1, "short")):
        spec = EnterSpec(side, "units", has_stop=True, has_trail=True)
        wish = {"size": 1.0, "stop": 100 - sign * 5.0, "trail": sign * trail, "trail_slope": 1.0}
        low, high = sorted([100, 100 - sign * 6])
        d = run(desk([spec], ROOMY), [FLAT, FLAT, (100, high, low, 100)], {0: {0: wish}})
        assert (d.trades[0]["exit_price"], reason(d.trades[0])) == (100 + sign * (price - 100), why), side


def test_a_lot_has_no_trail_from_the_lot_before() -> None:
    specs = [EnterSpec("long", "units", has_trail=True), LONG, EXIT]
    script = {0: {0: {"size": 1.0, "trail": -5.0, "trail_slope": 1.0}}, 1: {2: {}}, 2: {1: {"size": 1.0}}}
    d = run(desk(specs, ROOMY), [FLAT, FLAT, FLAT, (100, 100, 60, 70)], script)
    assert [reason(t) for t in d.trades] == ["signal", "end"]


@pytest.mark.parametrize("side, stop, low, high, price", [("long", 95.3, 95, 100, 95), ("short", 104.7, 100, 105, 105)])
def test_a_lot_leaves_at_its_stop_on_the_tick_away_from_the_market(
    side: str, stop: float, low: float, high: float, price: float
) -> None:
    spec = EnterSpec(side, "units", has_stop=True)
    d = run(desk([spec], ROOMY, tick=0.5), [FLAT, FLAT, (100, high, low, 100)], {0: {0: {"size": 1.0, "stop": stop}}})
    assert (reason(d.trades[0]), d.trades[0]["exit_price"]) == ("stop", price)


def test_the_first_stop_of_a_trail_is_on_the_tick_away_from_the_market() -> None:
    spec = EnterSpec("long", "units", has_trail=True)
    wish = {"size": 1.0, "trail": -4.7, "trail_slope": 1.0}
    d = run(desk([spec], ROOMY, tick=0.5), [FLAT, FLAT], {0: {0: wish}})
    assert d.trades[0]["stop"] == 95.0


def test_an_expired_lot_leaves_nothing_to_the_next_one() -> None:
    """The second lot lies where the first one lay, and stays while another order fills."""
    specs = [EnterSpec("long", "units", expire_kind="bars"), EnterSpec("long", "units", scale=1)]
    script = {1: {0: {"size": 1.0, "expire": 1.0}}, 3: {1: {"size": 1.0}}, 4: {1: {"size": 1.0}}}
    d = run(desk(specs, ROOMY), [FLAT] * 7, script)
    assert [reason(t) for t in d.trades] == ["expire", "end", "end"]
    assert [status(o) for o in d.orders] == ["filled"] * 4, "and the end finds no expiry to cancel"


def test_a_scale_is_free_again_when_its_lots_have_left() -> None:
    made = desk([EnterSpec("long", "units", scale=1), EXIT], ROOMY)
    buy = {0: {"size": 1.0}}
    for wish in (buy, buy, {1: {}}, buy, buy, buy):
        made.bar(FLAT, wish)
    made.bar(FLAT)
    assert made.read("position.lots") == 2 and made.state.dropped(0) == 1
