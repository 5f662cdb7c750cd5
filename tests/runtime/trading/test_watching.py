"""What the hot functions ask on every bar: yes where something can happen, and no on all other bars.

A needless yes changes no result; it costs the time that the watch levels are there to save.
"""

from __future__ import annotations

import pytest
from stratagem.runtime.trading import layout as at
from stratagem.runtime.trading.mark import attention, due, tripped
from stratagem.runtime.trading.specs import EnterSpec, ExitSpec, GuardSpec

from .driver import MINUTE, Bar, Desk, desk

ROOMY = [GuardSpec("exposure", 1000.0)]
FLAT: Bar = (100, 100, 100, 100)


def opened(spec: EnterSpec, wish: dict[str, float], **assume: object) -> Desk:
    """A unit filled at 100 on bar 1."""
    made = desk([spec, ExitSpec(spec.side)], ROOMY, **assume)
    made.bar(FLAT, {0: {"size": 1.0, **wish}})
    made.bar(FLAT)
    return made


def looks(made: Desk, high: float, low: float) -> int:
    return attention(made.state.b, made.state.k, high, low)


@pytest.mark.parametrize("side, stop, target", [("long", 95.0, 110.0), ("short", 110.0, 95.0)])
def test_a_bar_is_looked_at_when_it_reaches_a_level(side: str, stop: float, target: float) -> None:
    made = opened(EnterSpec(side, "units", has_stop=True, has_target=True), {"stop": stop, "target": target})
    found = [looks(made, *bar) for bar in ((109.9, 95.1), (110, 96), (109, 95), (111, 94))]
    assert found == [0, 1, 1, 1]


def test_on_a_grid_half_a_tick_before_a_level() -> None:
    """Touches are compared in whole ticks: 109.75 is the first price that could be taken for 110."""
    spec = EnterSpec("long", "units", has_stop=True, has_target=True)
    made = opened(spec, {"stop": 95.0, "target": 110.0}, tick=0.5)
    assert [looks(made, high, 100) for high in (109.74, 109.75, 110)] == [0, 1, 1]
    assert [looks(made, 100, low) for low in (95.26, 95.25, 95)] == [0, 1, 1]


def test_of_several_lots_the_nearest_levels_count() -> None:
    for far, near in (((90.0, 120.0), (95.0, 110.0)), ((95.0, 110.0), (90.0, 120.0))):
        made = desk([EnterSpec("long", "units", has_stop=True, has_target=True, scale=1)], ROOMY)
        for stop, target in (far, near):
            made.bar(FLAT, {0: {"size": 1.0, "stop": stop, "target": target}})
        made.bar(FLAT)
        assert [looks(made, *bar) for bar in ((109, 96), (110, 96), (109, 95))] == [0, 1, 1]


def test_without_a_lot_or_a_level_no_bar_is_looked_at() -> None:
    made = desk([EnterSpec("long", "units"), ExitSpec("long")], ROOMY)
    assert not looks(made, 1e9, -1e9)
    made.bar(FLAT, {0: {"size": 1.0}})
    assert looks(made, 100, 100), "the entry waits"
    made.bar(FLAT)
    assert not looks(made, 1e9, -1e9)
    made.bar(FLAT, {1: {}})
    assert looks(made, 100, 100), "the exit waits"
    made.bar(FLAT)
    assert not looks(made, 1e9, -1e9)


def test_while_a_trail_works_every_bar_is_looked_at_and_then_no_more() -> None:
    made = opened(EnterSpec("long", "units", has_trail=True), {"trail": -5.0, "trail_slope": 1.0})
    assert looks(made, 100, 100)
    made.bar(FLAT, {1: {}})
    made.bar(FLAT)
    assert not looks(made, 100, 100)


def test_an_expiry_is_due_on_its_bar_and_waits_then_for_its_fill() -> None:
    made = opened(EnterSpec("long", "units", expire_kind="bars"), {"expire": 2.5})
    b, k = made.state.b, made.state.k
    found = []
    for _ in range(3):
        found.append((due(b, k, made.index, made.index * MINUTE), k[at.PENDING]))
        made.bar(FLAT)
    assert found == [(0, 0), (0, 0), (0, 1)], "the third bar has passed two and a half"
    assert not due(b, k, made.index, made.index * MINUTE) and not k[at.PENDING]


def test_an_expiry_in_time_is_due_from_its_instant() -> None:
    made = opened(EnterSpec("long", "units", expire_kind="seconds"), {"expire": 180.0})
    b, k = made.state.b, made.state.k  # filled at the open of bar 1: three minutes later bar 3 closes
    assert [due(b, k, index, index * MINUTE) for index in (1, 2, 3, 4)] == [0, 0, 1, 1]


def test_of_several_expiries_the_first_is_waited_for() -> None:
    for ages in ((5.0, 2.0), (2.0, 5.0)):
        made = desk([EnterSpec("long", "units", expire_kind="bars", scale=1)] * 2, ROOMY)
        made.bar(FLAT, {n: {"size": 1.0, "expire": age} for n, age in enumerate(ages)})
        made.bar(FLAT)
        assert made.state.k[at.EXPIRE_HELD] == 2, ages


def test_a_guard_without_an_action_is_never_looked_at() -> None:
    made = desk([EnterSpec("long", "units"), ExitSpec("long")], [GuardSpec("drawdown", 0.01), *ROOMY])
    for price, wish in ((100, {0: {"size": 5.0}}), (100, None), (50, {1: {}}), (50, None), (50, None)):
        made.bar((price, price, price, price), wish)
        assert not made.state.k[at.WATCHED] and not tripped(made.state.b, made.state.k)


@pytest.mark.parametrize("guards", [ROOMY, [GuardSpec("drawdown", 0.9, "halt"), *ROOMY]])
def test_flat_an_exit_at_the_open_still_makes_the_day_s_mark(guards: list[GuardSpec]) -> None:
    """Sold at 140 on a bar that nothing else marks: 1,040 is the highest the account has been."""
    made = desk([EnterSpec("long", "units"), ExitSpec("long")], guards)
    for price, wish in ((100, {0: {"size": 1.0}}), (100, {1: {}}), (140, None), (100, {0: {"size": 1.0}})):
        made.bar((price, price, price, price), wish)
    made.bar((100, 100, 79.2, 79.2))
    assert made.read("drawdown") == pytest.approx(0.02)
