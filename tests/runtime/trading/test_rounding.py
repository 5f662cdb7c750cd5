"""Quantities of very different sizes: what rounding leaves of them is never a position."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stratagem.runtime.trading import layout
from stratagem.runtime.trading.specs import EnterSpec, ExitSpec, GuardSpec

from .driver import desk, run, status, why

ROOMY = [GuardSpec("exposure", 1e9)]
FLAT = (100.0, 100.0, 100.0, 100.0)
QUANTITY = st.floats(1e-9, 1e9, allow_subnormal=False)


@pytest.mark.parametrize("sizes", [(65_690.5, 3.0, 32_750.2), (1006.786916025481, 3.0833595144330654e-10), (1e-9, 1e9)])
def test_an_exit_of_all_leaves_nothing_and_a_reversal_neither(sizes: tuple[float, ...]) -> None:
    enters = [EnterSpec("long", "units", scale=len(sizes)), EnterSpec("short", "units")]
    script = {bar: {0: {"size": size}} for bar, size in enumerate(sizes)}
    for leave, left in ((ExitSpec("long"), 0.0), (EnterSpec("short", "units"), -1.0)):
        made = desk([*enters[:1], leave], ROOMY)
        d = run(made, [FLAT] * (len(sizes) + 2), script | {len(sizes): {1: {"size": 1.0}}})
        assert d.read("position.size") == left
        assert [t["quantity"] for t in d.trades[: len(sizes)]] == list(sizes)


@settings(max_examples=200, deadline=None)
@given(sizes=st.lists(QUANTITY, min_size=1, max_size=4), parts=st.lists(st.floats(0.01, 1.0), max_size=4))
def test_parts_and_then_all_leave_no_lot(sizes: list[float], parts: list[float]) -> None:
    made = desk([EnterSpec("long", "units", scale=4), ExitSpec("long", "fraction"), ExitSpec("long")], ROOMY)
    script: dict[int, dict[int, dict[str, float]]] = {bar: {0: {"size": size}} for bar, size in enumerate(sizes)}
    for part in parts:
        script[len(script)] = {1: {"size": part}}
    script[len(script)] = {2: {}}
    d = run(made, [FLAT] * (len(script) + 2), script)
    assert d.read("position.flat") and d.read("position.size") == 0.0 and d.read("position.lots") == 0
    assert sum(t["quantity"] for t in d.trades) == pytest.approx(sum(sizes), rel=1e-9)
    assert d.read("equity") == pytest.approx(1000, abs=1e-6 * sum(sizes))


PARTS = [
    # lots                 an exit of       leaves so many lots
    ((0.7, 0.1, 5.0), 0.8, 1),  # 0.8 - 0.7 is more than 0.1: the third lot has no part in it
    ((0.1, 0.2, 5.0), 0.3, 1),  # 0.3 - 0.1 is less than 0.2: the second lot keeps nothing
    ((1000.0, 1e-10), 1000.0 * (1 - 5e-13), 0),  # all of it but for rounding is all of it
    ((1000.0, 1e-3), 1000.0, 1),
]


@pytest.mark.parametrize("lots, size, left", PARTS)
def test_what_rounding_leaves_is_no_lot_and_no_trade(lots: tuple[float, ...], size: float, left: int) -> None:
    made = desk([EnterSpec("long", "units", scale=2), ExitSpec("long", "units")], ROOMY)
    for quantity in lots:
        made.bar(FLAT, {0: {"size": quantity}})
    made.bar(FLAT, {1: {"size": size}})
    made.bar(FLAT)
    assert (made.read("position.lots"), len(made.trades)) == (left, len(lots) - left)
    assert made.read("position.size") == sum(lots[len(lots) - left :])


def test_the_fee_of_one_fill_is_shared_to_the_last_bit() -> None:
    """0.1 over lots of 1, 2 and 2: by division alone the shares would come to 0.10000000000000002."""
    made = desk([EnterSpec("long", "units", scale=2), ExitSpec("long")], ROOMY)
    for size in (1.0, 2.0, 2.0):
        made.bar(FLAT, {0: {"size": size}})
    made.bar(FLAT, {1: {}})
    made.state.b[layout.EXIT_COSTS + layout.FEE_ORDER] = 0.1  # the entries were free
    made.bar(FLAT)
    assert sum(t["fees"] for t in made.trades) == made.read("pnl.fees") == 0.1


def test_room_that_is_only_rounding_is_no_room() -> None:
    made = desk([EnterSpec("long", "fraction", scale=1)], [GuardSpec("exposure", 1.0)], capital=100_000)
    prices = [(1007 / 7,) * 4] * 4  # the room left is 1e-13 units
    d = run(made, prices, {0: {0: {"size": 1.0}}, 1: {0: {"size": 1.0}}})
    assert [status(order) for order in d.orders] == ["filled", "denied"] and why(d.orders[1]) == "exposure"
    assert d.read("position.lots") == 1


def test_a_size_beyond_all_measure_is_cut_to_the_room() -> None:
    made = desk([EnterSpec("long", "units")], [GuardSpec("exposure", 1.0)])
    d = run(made, [FLAT] * 3, {0: {0: {"size": 1e18}}})
    assert status(d.orders[0]) == "reduced" and d.orders[0]["got"] == 10
