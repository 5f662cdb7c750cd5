"""How much: every kind of size, caps, the lot grid, sizing at the fill, and what is denied for want of a number."""

from __future__ import annotations

from typing import Any

import pytest
from stratagem.runtime.trading.specs import EnterSpec, ExitSpec, GuardSpec

from .driver import Bar, Desk, desk, run, status, why

NA = float("nan")
ROOMY = [GuardSpec("exposure", 1000.0)]
FLAT: Bar = (100, 100, 100, 100)


def sized(
    sizing: str,
    size: float,
    bars: tuple[Bar, ...] = (FLAT, FLAT),
    side: str = "long",
    guards: bool = False,
    **assume: Any,
) -> Desk:
    return run(desk([EnterSpec(side, sizing)], () if guards else ROOMY, **assume), bars, {0: {0: {"size": size}}})


@pytest.mark.parametrize(
    "sizing, size, quantity",
    [("fraction", 0.5, 5), ("fraction", 1.0, 10), ("fraction", 2.0, 20), ("units", 3.0, 3), ("cash", 250.0, 2.5)],
)
@pytest.mark.parametrize("side", ["long", "short"])
def test_every_kind(sizing: str, size: float, quantity: float, side: str) -> None:
    d = sized(sizing, size, side=side)
    assert d.trades[0]["quantity"] == quantity and d.counter("reduced") == 0


@pytest.mark.parametrize(
    "assume",
    [
        {"fee": "1%"},
        {"fee": "5/order+0.1%"},
        {"fee": "0.01/unit"},
        {"slippage": "10bp"},
        {"slippage": 0.01, "fee": "1%"},
    ],
)
@pytest.mark.parametrize("side", ["long", "short"])
def test_notional_and_cost_together_are_the_fraction_and_the_implied_guard_does_not_cut(
    assume: dict[str, object], side: str
) -> None:
    d = sized("fraction", 1.0, side=side, guards=True, **assume)
    (trade,) = d.trades
    cost = d.read("pnl.fees") + trade["quantity"] * abs(trade["entry_price"] - 100)
    assert trade["quantity"] * 100 + cost == pytest.approx(1000)
    assert d.counter("reduced") == 0 and status(d.orders[0]) == "filled"
    assert d.read("position.weight") == pytest.approx(1.0 if side == "long" else -1.0)


def test_the_quantity_is_fixed_at_the_decision() -> None:
    d = sized("fraction", 1.0, (FLAT, (125, 125, 125, 125)))
    assert d.trades[0]["quantity"] == 10


def test_or_again_at_the_fill() -> None:
    d = run(desk([EnterSpec("long", "fraction")], sizing="fill"), (FLAT, (125, 125, 125, 125)), {0: {0: {"size": 1.0}}})
    assert d.trades[0]["quantity"] == 8


def test_sizing_at_the_fill_comes_after_the_closing_leg() -> None:
    made = desk([EnterSpec("long", "fraction"), EnterSpec("short", "fraction")], sizing="fill")
    bars = [FLAT, FLAT, (50, 50, 50, 50), (50, 50, 50, 50)]
    d = run(made, bars, {0: {0: {"size": 1.0}}, 1: {1: {"size": 1.0}}})
    assert d.trades[1]["quantity"] == 10, "equity is 500 after the long left at 50"


def test_a_reversal_pays_for_its_closing_leg_first() -> None:
    made = desk([EnterSpec("long", "fraction"), EnterSpec("short", "fraction")], fee="1%")
    d = run(made, [FLAT] * 3, {0: {0: {"size": 1.0}}, 1: {1: {"size": 1.0}}})
    first = 1000 / 101
    left = 1000 - 2 * first  # one fee of 1 each at entry and exit
    assert d.trades[1]["quantity"] == pytest.approx(left / 101) and d.counter("reduced") == 0


@pytest.mark.parametrize("side, stop", [("long", 98.0), ("short", 102.0)])
def test_risk_loses_its_share_when_the_stop_is_hit(side: str, stop: float) -> None:
    enter = EnterSpec(side, "risk", has_stop=True)
    hit: Bar = (100, 103, 97, 100)
    d = run(desk([enter], ROOMY), [FLAT, FLAT, hit], {0: {0: {"size": 0.01, "stop": stop, "stop_slope": 0.0}}})
    assert d.trades[0]["quantity"] == 5 and d.trades[0]["pnl"] == -10


def test_risk_counts_point_value_and_the_stop_on_its_grid() -> None:
    enter = EnterSpec("long", "risk", has_stop=True)
    made = desk([enter], ROOMY, point_value=10, tick=0.5)
    d = run(made, [FLAT, FLAT], {0: {0: {"size": 0.01, "stop": 98.4, "stop_slope": 0.0}}})
    assert d.trades[0]["quantity"] == 0.5, "the stop stands at 98: 2 x 10 a unit"


def test_risk_from_a_trail_and_from_the_tighter_of_both() -> None:
    wish = {"size": 0.01, "trail": -4.0, "trail_slope": 1.0}
    d = run(desk([EnterSpec("long", "risk", has_trail=True)], ROOMY), [FLAT, FLAT], {0: {0: wish}})
    assert d.trades[0]["quantity"] == 2.5
    wish |= {"stop": 99.0, "stop_slope": 0.0}
    d = run(desk([EnterSpec("long", "risk", has_trail=True, has_stop=True)], ROOMY), [FLAT, FLAT], {0: {0: wish}})
    assert d.trades[0]["quantity"] == 10


DENIALS = [
    # side    stop   tick  reason
    ("long", 101.0, 0.0, "wrong_side"),
    ("long", 100.0, 0.0, "no_stop_distance"),
    ("short", 99.0, 0.0, "wrong_side"),
    ("short", 100.0, 0.5, "no_stop_distance"),
    ("long", NA, 0.0, "missing_stop"),
]


@pytest.mark.parametrize("side, stop, tick, code", DENIALS)
def test_risk_without_a_distance_is_denied_and_counted(side: str, stop: float, tick: float, code: str) -> None:
    enter = EnterSpec(side, "risk", has_stop=True)
    d = run(desk([enter], ROOMY, tick=tick), [FLAT, FLAT], {0: {0: {"size": 0.01, "stop": stop, "stop_slope": 0.0}}})
    assert not d.trades and [(status(o), why(o)) for o in d.orders] == [("denied", code)] and d.counter("denied") == 1


@pytest.mark.parametrize("tick, quantity", [(0.5, 20), (0.25, 20)])
def test_a_stop_one_tick_away_is_far_enough(tick: float, quantity: float) -> None:
    enter = EnterSpec("long", "risk", has_stop=True)
    d = run(desk([enter], ROOMY, tick=tick), [FLAT, FLAT], {0: {0: {"size": 0.01, "stop": 99.5, "stop_slope": 0.0}}})
    assert d.trades[0]["quantity"] == quantity


@pytest.mark.parametrize("price, tick, stop, told", [
    (100.3, 0.5, 100.2, "denied"),  # the stop stands at 100, three fifths of a tick away
    (100.5, 0.5, 100.2, "filled"),
    (0.3, 0.1, 0.2, "filled"),  # 0.3 - 0.2 is a little less than 0.1 in doubles
])  # fmt: skip
def test_a_stop_nearer_than_a_tick_gives_no_size(price: float, tick: float, stop: float, told: str) -> None:
    bars: list[Bar] = [(price, price, price, price)] * 2
    made = desk([EnterSpec("long", "risk", has_stop=True)], ROOMY, tick=tick)
    d = run(made, bars, {0: {0: {"size": 0.01, "stop": stop}}})
    assert status(d.orders[0]) == told and (told == "filled" or why(d.orders[0]) == "no_stop_distance")


def test_a_cap_bounds_any_size_and_is_reported() -> None:
    enter = EnterSpec("long", "risk", has_stop=True, has_cap=True)
    wish = {"size": 0.01, "stop": 99.9, "stop_slope": 0.0, "cap": 0.5}
    d = run(desk([enter], ROOMY), [FLAT, FLAT], {0: {0: wish}})
    (order,) = d.orders
    assert order["asked"] == pytest.approx(100) and order["got"] == 5
    assert (status(order), why(order)) == ("reduced", "cap") and d.counter("reduced") == 1


def test_a_cap_that_is_not_reached_changes_nothing() -> None:
    d = run(desk([EnterSpec("long", "units", has_cap=True)]), [FLAT, FLAT], {0: {0: {"size": 2.0, "cap": 0.5}}})
    assert d.orders[0]["got"] == 2 and status(d.orders[0]) == "filled"


@pytest.mark.parametrize(
    "lot, size, quantity",
    [
        (1, 3.99, 3),
        (0.1, 0.3, 0.3),
        (0.001, 1.2345, 1.234),
        (0.25, 0.9, 0.75),
        (7, 20, 14),
        (0.1, 0.1 * 3, 0.3),
        (0.1, 3.3999999384193678, 3.3),
        (0.01, 1.1 * 1.1 * 100, 121),
        (1e-8, 0.1 + 0.7, 0.8),
        (0.1, 3.4 - 1e-15, 3.4),
    ],
)
def test_quantity_is_rounded_toward_zero_to_the_lot(lot: float, size: float, quantity: float) -> None:
    d = sized("units", size, lot=lot)
    assert d.trades[0]["quantity"] == quantity and status(d.orders[0]) == "filled"


MISSING = [
    ({"size": NA}, "missing_size"),
    ({"size": 0.0}, "zero_quantity"),
    ({"size": -1.0}, "zero_quantity"),
    ({"size": 0.9}, "zero_quantity"),
    ({"size": 1.0, "stop": NA}, "missing_stop"),
    ({"size": 1.0, "target": NA}, "missing_target"),
    ({"size": 1.0, "trail": NA}, "missing_trail"),
    ({"size": 1.0, "cap": NA}, "missing_cap"),
    ({"size": 1.0, "expire": NA}, "missing_expire"),
]


@pytest.mark.parametrize("wish, code", MISSING)
def test_an_order_without_one_of_its_numbers_is_denied(wish: dict[str, float], code: str) -> None:
    enter = EnterSpec(
        "long",
        "units",
        "cap" in wish,
        "stop" in wish,
        "target" in wish,
        "trail" in wish,
        "bars" if "expire" in wish else "",
    )
    d = run(desk([enter], ROOMY, lot=1), [FLAT, FLAT], {0: {0: wish}})
    assert not d.trades and [(status(o), why(o)) for o in d.orders] == [("denied", code)]


def test_without_a_price_an_enter_is_denied() -> None:
    d = run(desk([EnterSpec("long", "units")], ROOMY), [(100, 100, 100, NA), FLAT], {0: {0: {"size": 1.0}}})
    assert why(d.orders[0]) == "no_price"


def test_a_denied_reversal_leaves_the_position() -> None:
    made = desk([EnterSpec("long", "units"), EnterSpec("short", "units")], ROOMY)
    d = run(made, [FLAT] * 3, {0: {0: {"size": 1.0}}, 1: {1: {"size": NA}}})
    assert d.read("position.size") == 1


def test_the_second_of_two_enters_knows_what_the_first_will_take() -> None:
    two = [EnterSpec("long", "fraction"), EnterSpec("long", "fraction", scale=1)]
    d = run(desk(two), [FLAT, FLAT], {0: {0: {"size": 0.7}, 1: {"size": 0.7}}})
    assert [o["got"] for o in d.orders] == pytest.approx([7, 3]) and why(d.orders[1]) == "exposure"


def test_an_exit_and_a_scaled_enter_of_the_other_side_size_on_what_will_be_left() -> None:
    made = desk([EnterSpec("long", "fraction"), EnterSpec("short", "fraction"), ExitSpec("long")])
    d = run(made, [FLAT] * 3, {0: {0: {"size": 1.0}}, 1: {1: {"size": 1.0}, 2: {}}})
    assert d.read("position.size") == -10 and d.counter("reduced") == 0
