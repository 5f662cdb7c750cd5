"""Stops, targets and trails: gaps, paths inside a bar, when they begin to work, the tick grid, limits kept."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from stratagem.runtime.trading.specs import EnterSpec, ExitSpec, GuardSpec

from .driver import Bar, Desk, desk, reason, run

ROOMY = [GuardSpec("exposure", 100.0)]
FLAT: Bar = (100, 100, 100, 100)


def level(stop: float | None = None, target: float | None = None) -> dict[str, float]:
    """A wish of one unit with a bracket at fixed levels."""
    wish = {"size": 1.0}
    if stop is not None:
        wish |= {"stop": stop, "stop_slope": 0.0}
    if target is not None:
        wish |= {"target": target, "target_slope": 0.0}
    return wish


def enter(side: str = "long", *, trail: bool = False, stop: bool = True, target: bool = True, **more: Any) -> EnterSpec:
    return EnterSpec(side, "units", has_stop=stop, has_target=target, has_trail=trail, **more)


def once(bars: Sequence[Bar], wish: dict[str, float], side: str = "long", **assume: Any) -> Desk:
    """Enter on the first bar, then see."""
    return run(desk([enter(side, stop="stop" in wish, target="target" in wish)], ROOMY, **assume), bars, {0: {0: wish}})


# --- the standard table: a long from 100 with stop 95 and target 110, and its mirror image -------------
INSIDE = [
    # bar after the entry bar          path        exit    reason
    ((100, 104, 94, 100), "worst", 95, "stop"),
    ((100, 111, 99, 100), "worst", 110, "target"),
    ((100, 111, 94, 100), "worst", 95, "stop"),
    ((100, 111, 94, 100), "best", 110, "target"),
    ((100, 110, 95, 100), "worst", 95, "stop"),
    ((100, 110, 95, 100), "best", 110, "target"),
    ((104, 111, 94, 100), "proximity", 110, "target"),  # the high is nearer to the open
    ((101, 111, 94, 100), "proximity", 95, "stop"),
    ((102.5, 111, 94, 100), "proximity", 95, "stop"),  # equally near: the low first
    ((94, 96, 90, 95), "worst", 94, "stop"),  # a gap through the stop fills at the open
    ((94, 120, 90, 95), "best", 94, "stop"),
    ((112, 115, 111, 113), "worst", 112, "target"),  # a gap through the target fills better
    ((112, 115, 80, 90), "worst", 112, "target"),
    ((95, 96, 94, 95), "worst", 95, "stop"),
    ((110, 111, 109, 110), "worst", 110, "target"),
]


def mirror(bar: Bar) -> Bar:
    """The bar seen from the other side of 100."""
    open_, high, low, close = bar
    return 200 - open_, 200 - low, 200 - high, 200 - close


@pytest.mark.parametrize("bar, path, price, why", INSIDE)
def test_a_bracket_in_the_bar_after_the_entry(bar: Bar, path: str, price: float, why: str) -> None:
    d = once([FLAT, FLAT, bar], level(95, 110), path=path)
    (trade,) = d.trades
    assert (trade["exit_price"], reason(trade), trade["exit_index"]) == (price, why, 2)


@pytest.mark.parametrize("bar, path, price, why", [case for case in INSIDE if case[1] != "proximity"])
def test_and_of_a_short_its_mirror_image(bar: Bar, path: str, price: float, why: str) -> None:
    d = once([FLAT, FLAT, mirror(bar)], level(105, 90), "short", path=path)
    assert (d.trades[0]["exit_price"], reason(d.trades[0])) == (200 - price, why)


@pytest.mark.parametrize("bar, path, price, why", INSIDE[:9])
def test_on_the_entry_bar_they_work_as_on_any_other(bar: Bar, path: str, price: float, why: str) -> None:
    d = once([FLAT, bar], level(95, 110), path=path)
    assert (d.trades[0]["exit_price"], reason(d.trades[0]), d.trades[0]["bars"]) == (price, why, 0)


AMBIGUOUS = [
    ((100, 111, 94, 100), 1),
    ((100, 110, 95, 100), 1),
    ((100, 109, 94, 100), 0),
    ((100, 111, 96, 100), 0),
    ((94, 111, 90, 95), 0),  # decided by the gap
]


@pytest.mark.parametrize("path", ["worst", "best", "proximity"])
@pytest.mark.parametrize("bar, count", AMBIGUOUS)
def test_exits_that_the_path_decided_are_counted(bar: Bar, count: int, path: str) -> None:
    d = once([FLAT, FLAT, bar], level(95, 110), path=path)
    assert d.counter("ambiguous_fills") == count == d.trades[0]["ambiguous"]


STARTS = [
    # policy         fill          index of the bar on which the stop acts (every bar from 1 on reaches it)
    ("entry_bar", "next_open", 1),
    ("next_bar", "next_open", 2),
    ("next_decision", "next_open", 2),
    ("entry_bar", "this_close", 1),
    ("next_bar", "this_close", 1),
    ("next_decision", "this_close", 2),
]


@pytest.mark.parametrize("policy, fill, index", STARTS)
def test_when_a_bracket_begins_to_work(policy: str, fill: str, index: int) -> None:
    low: Bar = (100, 101, 94, 100)
    d = once([FLAT, low, low, low], level(95), bracket=policy, fill=fill)
    assert (d.trades[0]["exit_index"], d.trades[0]["exit_price"]) == (index, 95)


@pytest.mark.parametrize("wish, why", [(level(105), "stop"), (level(target=95), "target")])
@pytest.mark.parametrize("fill, index", [("next_open", 1), ("this_close", 0)])
def test_a_fill_beyond_its_own_bracket_leaves_at_once_at_that_price(
    wish: dict[str, float], why: str, fill: str, index: int
) -> None:
    d = once([FLAT, FLAT, FLAT], wish, fill=fill)
    (trade,) = d.trades
    assert (trade["exit_price"], reason(trade), trade["exit_index"]) == (100, why, index)


def test_a_fill_at_the_close_leaves_older_lots_alone() -> None:
    """The trail of an older lot has been raised by this bar, and works from the next one."""
    specs = [enter(trail=True, stop=False, target=False, scale=1)]
    wish = {"size": 1.0, "trail": -2.0, "trail_slope": 1.0}
    d = desk(specs, ROOMY, fill="this_close")
    d.bar(FLAT, {0: wish})
    d.bar((100, 110, 99, 100), {0: wish})  # raises the first lot's trail to 108, above this close
    assert d.read("position.lots") == 2 and d.read("position.stop") == 108
    d.bar((100, 100, 100, 100))
    assert [(reason(t), t["exit_price"]) for t in d.trades] == [("trail", 100)]


def test_distances_and_ratios_count_from_the_fill_not_the_decision() -> None:
    wish = {"size": 1.0, "stop": -5.0, "stop_slope": 1.0, "target": 0.0, "target_slope": 1.1}
    d = run(desk([enter()], ROOMY), [FLAT, (110, 111, 106, 110), (110, 122, 109, 120)], {0: {0: wish}})
    (trade,) = d.trades
    assert (trade["stop"], trade["target"], trade["exit_price"]) == (105, pytest.approx(121), pytest.approx(121))


TICKS = [
    # side    asked stop, target      stop, target on a grid of 0.5, away from the market
    ("long", 95.3, 109.8, 95.0, 110.0),
    ("short", 104.7, 90.2, 105.0, 90.0),
    ("long", 95.5, 109.5, 95.5, 109.5),
]


@pytest.mark.parametrize("side, stop, target, on_stop, on_target", TICKS)
def test_levels_go_to_the_tick_away_from_the_market(
    side: str, stop: float, target: float, on_stop: float, on_target: float
) -> None:
    d = once([FLAT, FLAT], level(stop, target), side, tick=0.5)
    assert (d.trades[0]["stop"], d.trades[0]["target"]) == (on_stop, on_target)


@pytest.mark.parametrize("low, leaves", [(95.24, False), (95.26, False), (95.0, True), (95.0 + 1e-12, True)])
def test_touches_are_compared_in_whole_ticks(low: float, leaves: bool) -> None:
    """A low off the grid has not reached the tick below it: a fill there would lie outside the bar."""
    d = once([FLAT, FLAT, (100, 101, low, 100)], level(95.0), tick=0.5)
    assert (reason(d.trades[0]) == "stop") == leaves


def test_a_decimal_tick_is_exact() -> None:
    """0.1 + 0.2 is not 0.3 in doubles; 3 ticks of 0.1 are."""
    d = once([FLAT, FLAT, (100, 100, 99.9, 100)], level(99.9), tick=0.1)
    assert d.trades[0]["exit_price"] == 99.9 and reason(d.trades[0]) == "stop"


def test_slippage_worsens_a_stop_and_keeps_a_limit() -> None:
    stop = once([FLAT, FLAT, (100, 101, 94, 100)], level(95), slippage="0.2/unit")
    assert stop.trades[0]["exit_price"] == pytest.approx(94.8)
    inside = once([FLAT, FLAT, (100, 111, 99, 100)], level(target=110), slippage="0.2/unit")
    assert inside.trades[0]["exit_price"] == 110
    gap = once([FLAT, FLAT, (112, 113, 111, 112)], level(target=110), slippage="0.2/unit")
    assert gap.trades[0]["exit_price"] == pytest.approx(111.8)
    narrow = once([FLAT, FLAT, (110.1, 113, 110, 112)], level(target=110), slippage="0.2/unit")
    assert narrow.trades[0]["exit_price"] == 110, "never worse than its limit"
    short = once([FLAT, FLAT, (89.9, 95, 89, 92)], level(target=90), "short", slippage="0.2/unit")
    assert short.trades[0]["exit_price"] == 90


def trailing(bars: Sequence[Bar], side: str = "long", distance: float = 2.0, **assume: Any) -> Desk:
    sign = -1 if side == "long" else 1
    wish = {"size": 1.0, "trail": sign * distance, "trail_slope": 1.0}
    return run(desk([enter(side, trail=True, stop=False, target=False)], ROOMY, **assume), bars, {0: {0: wish}})


def test_a_trail_follows_the_best_extreme_at_the_end_of_each_bar() -> None:
    d = trailing([FLAT, (100, 105, 99, 104), (104, 106, 103.5, 105), (105, 105.5, 104, 104.5)])
    (trade,) = d.trades  # after bar 1 at 103, after bar 2 at 104
    assert (trade["exit_index"], trade["exit_price"], reason(trade)) == (3, 104, "trail")


def test_a_trail_does_not_see_its_own_bar() -> None:
    d = trailing([FLAT, (100, 110, 99, 100), (109, 110, 108.5, 109)])
    assert reason(d.trades[0]) == "end", "bar 1 goes from 110 to 99, and the trail of 108 works on bar 2 only"


def test_a_trail_of_a_short_and_a_ratio() -> None:
    d = trailing([FLAT, (100, 101, 95, 96), (96, 97.5, 95, 96)], "short")
    assert (d.trades[0]["exit_price"], reason(d.trades[0])) == (97, "trail")
    wish = {"size": 1.0, "trail": 0.0, "trail_slope": 0.9}
    made = desk([enter(trail=True, stop=False, target=False)], ROOMY)
    d = run(made, [FLAT, (100, 120, 99, 119), (119, 119, 107, 108)], {0: {0: wish}})
    assert d.trades[0]["exit_price"] == pytest.approx(108)


def test_a_trail_is_on_the_tick_away_from_the_market() -> None:
    d = trailing([FLAT, (100, 105.25, 99, 105), (105, 105, 100, 101)], distance=2.0, tick=0.5)
    assert d.trades[0]["exit_price"] == 103.0


def test_of_stop_and_trail_the_tighter_one_works() -> None:
    made = desk([enter(trail=True, target=False)], ROOMY)
    wish = level(98.5) | {"trail": -5.0, "trail_slope": 1.0}
    d = run(made, [FLAT, (100, 101, 98, 99)], {0: {0: wish}})
    assert (d.trades[0]["exit_price"], reason(d.trades[0])) == (98.5, "stop")
    made = desk([enter(trail=True, target=False)], ROOMY)
    d = run(made, [FLAT, (100, 110, 99, 109), (109, 109, 90, 91)], {0: {0: wish}})
    assert (d.trades[0]["exit_price"], reason(d.trades[0])) == (105, "trail")


def test_lots_leave_each_by_its_own_bracket_nearest_first() -> None:
    made = desk([enter(target=False, scale=1)], ROOMY)
    script = {0: {0: level(95)}, 1: {0: level(97)}}
    d = run(made, [FLAT, FLAT, FLAT, (100, 100, 90, 92)], script)
    assert [(t["entry_index"], t["exit_price"]) for t in d.trades] == [(2, 97), (1, 95)]


def test_a_market_exit_at_the_open_comes_before_a_gapped_stop() -> None:
    made = desk([enter(target=False), ExitSpec("long")], ROOMY)
    d = run(made, [FLAT, FLAT, (90, 91, 89, 90)], {0: {0: level(95)}, 1: {1: {}}})
    assert [(reason(t), t["exit_price"]) for t in d.trades] == [("signal", 90)]


def test_a_stopped_lot_leaves_the_side_free_for_the_same_bar() -> None:
    made = desk([enter(target=False)], ROOMY)
    d = run(made, [FLAT, (100, 100, 94, 96), (96, 97, 95.5, 96)], {0: {0: level(95)}, 1: {0: level(90)}})
    assert [(t["entry_index"], reason(t)) for t in d.trades] == [(1, "stop"), (2, "end")]


def test_missing_extremes_touch_nothing() -> None:
    na = float("nan")
    d = once([FLAT, FLAT, (100, na, na, 100)], level(95, 110))
    assert reason(d.trades[0]) == "end"
