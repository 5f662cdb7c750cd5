"""What a program may ask of its books, by hand on one short story; and the monitors' records."""

from __future__ import annotations

import math

import pytest
from stratagem.runtime.trading import layout
from stratagem.runtime.trading.phases import READS
from stratagem.runtime.trading.rows import EXIT_REASONS
from stratagem.runtime.trading.specs import EnterSpec, ExitSpec, GuardSpec

from .driver import Bar, Desk, desk, run

ROOMY = [GuardSpec("exposure", 100.0)]
NA = float("nan")


def story() -> Desk:
    """Long 2 at 100, 2 more at 110, with a fee of 1 a fill and a stop 10 below each."""
    made = desk([EnterSpec("long", "units", has_stop=True, scale=1), ExitSpec("long")], ROOMY, fee="1/order")
    wish = {"size": 2.0, "stop": -10.0, "stop_slope": 1.0}
    made.bar((99, 100, 98, 99), {0: wish})
    made.bar((100, 112, 97, 108), {0: wish})
    made.bar((110, 115, 109, 112))
    return made


EXPECTED = {
    "equity": 1000 + 2 * 12 + 2 * 2 - 2,
    "cash": 1000 - 200 - 220 - 2,
    "drawdown": 0.0,
    "position.size": 4,
    "position.entry_price": 105,
    "position.pnl": 26,
    "position.bars": 2,
    "position.flat": 0,
    "position.long": 1,
    "position.short": 0,
    "position.stop": 100,
    "position.risk": 40,
    "position.open_risk": 2 * (112 - 90) + 2 * (112 - 100),
    "exposure.gross": 448 / 1026,
    "exposure.net": 448 / 1026,
    "exposure.long": 448 / 1026,
    "exposure.short": 0,
    "position.high": 115,
    "position.low": 97,
    "position.last_price": 110,
    "position.lots": 2,
    "position.weight": 448 / 1026,
    "pnl.day": 26,
    "pnl.realised": 0,
    "pnl.unrealised": 28,
    "pnl.fees": 2,
    "pnl.carry": 0,
    "margin.used": 448,
    "margin.free": 1026 - 448,
    "margin.use": 448 / 1026,
    "margin.distance": NA,
    "pnl.total": 26,
    "trades.count": 0,
    "trades.win_rate": NA,
    "trades.bars_since": NA,
    "orders.pending": 0,
    "trades.last_reason": 0,
}


@pytest.mark.parametrize("field", EXPECTED)
def test_fields_of_an_open_position(field: str) -> None:
    value, expected = story().read(field), EXPECTED[field]
    assert (math.isnan(value) and math.isnan(expected)) or value == pytest.approx(expected, abs=1e-12)


FLAT = {
    "position.size": 0, "position.entry_price": NA, "position.pnl": 0, "position.bars": 0, "position.flat": 1,
    "position.stop": NA, "position.risk": 0, "position.open_risk": 0, "exposure.gross": 0, "exposure.net": 0,
    "margin.use": 0, "position.high": NA, "position.low": NA, "position.last_price": NA,
    "position.lots": 0, "position.weight": 0, "equity": 1000, "drawdown": 0, "trades.mean_win": NA,
    "trades.mean_loss": NA, "trades.mean_win_return": NA, "trades.mean_loss_return": NA,
    "trades.last_return": NA, "trades.losses_today": 0, "trades.opened_today": 0,
}  # fmt: skip


@pytest.mark.parametrize("field", FLAT)
def test_fields_before_anything_happened(field: str) -> None:
    value, expected = desk([EnterSpec("long")]).read(field), FLAT[field]
    assert (math.isnan(value) and math.isnan(expected)) or value == expected


@pytest.mark.parametrize("quantity", [0.5, 1.0, 3.0])
def test_a_side_is_held_or_it_is_not(quantity: float) -> None:
    names = ("position.flat", "position.long", "position.short")
    assert [desk([EnterSpec("long")]).read(name) for name in names] == [1, 0, 0]
    for side, held in (("long", [0, 1, 0]), ("short", [0, 0, 1])):
        made = desk([EnterSpec(side, "units")], ROOMY)
        made.bar((100, 100, 100, 100), {0: {"size": quantity}})
        made.bar((100, 100, 100, 100))
        assert [made.read(name) for name in names] == held


@pytest.mark.parametrize("side, stops, nearest, risk", [
    ("long", (95, 97), 97, 8 * 0.5), ("long", (97, 95), 97, 8 * 0.5), ("short", (105, 103), 103, 8 * 0.5),
    ("short", (103, 105), 103, 8 * 0.5),
])  # fmt: skip
def test_the_nearest_stop_and_the_risk_of_two_small_lots(
    side: str, stops: tuple[float, float], nearest: float, risk: float
) -> None:
    made = desk([EnterSpec(side, "units", has_stop=True, scale=1)], ROOMY)
    for stop in stops:
        made.bar((100, 100, 100, 100), {0: {"size": 0.5, "stop": float(stop)}})
    made.bar((100, 100, 100, 100))
    assert (made.read("position.stop"), made.read("position.risk")) == (nearest, risk)


@pytest.mark.parametrize("side, levels, price, risk", [
    ("long", {"stop": 95.0}, 98.0, 0.5 * 3), ("short", {"stop": 105.0}, 98.0, 0.5 * 7),
    ("long", {"trail": -4.0, "trail_slope": 1.0}, 110.0, 0.5 * 4),  # it has moved into profit, which is at risk
    ("short", {"trail": 4.0, "trail_slope": 1.0}, 90.0, 0.5 * 4),
    ("long", {}, 98.0, 0.5 * 98), ("short", {}, 98.0, 0.5 * 98),  # no stop: all of it
])  # fmt: skip
def test_open_risk_counts_from_the_last_price_to_the_stop_that_works(
    side: str, levels: dict[str, float], price: float, risk: float
) -> None:
    made = desk([EnterSpec(side, "units", has_stop="stop" in levels, has_trail="trail" in levels)], ROOMY, records=True)
    made.bar((100, 100, 100, 100), {0: {"size": 0.5, **levels}})
    made.bar((100, 100, 100, 100))
    made.bar((price, price, price, price))
    assert made.read("position.open_risk") == risk == made.records[-1]["open_risk"]
    sides = ("long", "short") if side == "long" else ("short", "long")
    shares = [made.read(f"exposure.{name}") for name in ("gross", *sides, "net")]
    share = 0.5 * price / made.read("equity")
    assert shares == [share, share, 0.0, share if side == "long" else -share]
    assert made.records[-1]["margin_used"] == 0.5 * price


def test_a_share_of_equity_that_is_gone_is_missing() -> None:
    made = desk([EnterSpec("long", "units")], ROOMY)
    made.bar((100, 100, 100, 100), {0: {"size": 100.0}})
    made.bar((100, 100, 100, 80))
    assert made.read("equity") == -1000
    assert all(math.isnan(made.read(name)) for name in ("exposure.gross", "exposure.net", "margin.use"))


def test_a_loss_was_a_trade_too() -> None:
    made = desk([EnterSpec("long", "units"), ExitSpec("long")], ROOMY)
    for price, wish in ((100, {0: {"size": 1.0}}), (100, {1: {}}), (90, None)):
        made.bar((price, price, price, price), wish)
    assert made.read("trades.bars_since") == 0


def test_closed_trades_are_remembered_at_the_fill() -> None:
    made = desk([EnterSpec("long", "units"), ExitSpec("long")], ROOMY, bars_per_day=100)
    exits = iter([110, 95, 92, 100])
    for price in exits:  # enter at 100, leave at the price
        made.bar((100, 100, 100, 100), {0: {"size": 1.0}})
        made.bar((100, 100, 100, 100), {1: {}})
        made.bar((price, price, price, price))
    read = made.read
    assert (read("trades.count"), read("trades.today"), read("trades.losses_today")) == (4, 4, 2)
    assert read("trades.win_rate") == 0.25 and read("trades.mean_win") == 10 and read("trades.mean_loss") == 6.5
    assert [read(f"trades.mean_{name}_return") for name in ("win", "loss")] == pytest.approx([0.1, 0.065])
    assert read("trades.loss_streak") == 0, "a trade of exactly nothing ends a streak"
    assert read("trades.last_return") == 0 and EXIT_REASONS[int(read("trades.last_reason"))] == "signal"
    assert read("trades.bars_since") == 0
    made.bar((100, 100, 100, 100))
    assert read("trades.bars_since") == 1


def test_the_day_starts_anew() -> None:
    made = desk([EnterSpec("long", "units"), ExitSpec("long")], ROOMY, bars_per_day=3)
    flat: Bar = (100, 100, 100, 100)
    made.bar(flat, {0: {"size": 1.0}})
    made.bar(flat, {1: {}})
    made.bar((90, 90, 90, 90))
    assert (made.read("trades.today"), made.read("trades.losses_today"), made.read("pnl.day")) == (1, 1, -10)
    assert made.read("trades.opened_today") == 1
    made.bar((90, 90, 90, 90))
    assert (made.read("trades.today"), made.read("trades.losses_today"), made.read("pnl.day")) == (0, 0, 0)
    assert made.read("trades.opened_today") == 0
    assert made.read("trades.count") == 1


def test_the_high_water_mark_moves_at_marks_only() -> None:
    made = desk([EnterSpec("long", "units", has_target=True)], ROOMY, records=True)
    made.bar((100, 100, 100, 100), {0: {"size": 1.0, "target": 150.0, "target_slope": 0.0}})
    made.bar((100, 140, 100, 110))
    assert made.read("drawdown") == 0
    made.bar((110, 120, 90, 100))
    assert made.read("drawdown") == pytest.approx(10 / 1010)
    assert made.records[-1]["high_water"] == 1010


def test_the_deepest_fall_below_the_high_water_mark() -> None:
    made = desk([EnterSpec("long", "units")], ROOMY)
    path = [100, 100, 110, 105, 104, 111, 100, 100, 100, 100]
    d = run(made, [(p, p, p, p) for p in path], {0: {0: {"size": 1.0}}})
    assert d.state.b[layout.MAX_DRAWDOWN] == pytest.approx(11 / 1011)


def test_bars_are_counted_and_those_with_a_position() -> None:
    made = desk([EnterSpec("long", "units")], ROOMY)
    path = [100] * 20 + [99, 101]
    d = run(made, [(p, p, p, p) for p in path], {18: {0: {"size": 1.0}}})
    assert d.counter("bars_held") == 3 and d.counter("bars") == 22


@pytest.mark.parametrize("fill, counted", [("next_open", [0, 1, 2, 0, 0, 1, 2]), ("this_close", [1, 2, 0, 0, 1, 2, 3])])
def test_the_bars_of_a_position_begin_with_its_entry_bar_each_time(fill: str, counted: list[int]) -> None:
    """Filled at a close, that bar is the first; a second position counts anew."""
    made = desk([EnterSpec("long", "units"), ExitSpec("long")], ROOMY, fill=fill)
    script: dict[int, dict[int, dict[str, float]]] = {0: {0: {"size": 1.0}}, 2: {1: {}}, 4: {0: {"size": 1.0}}}
    found = []
    for index in range(7):
        made.bar((100, 100, 100, 100), script.get(index))
        found.append(made.read("position.bars"))
    assert found == counted


def test_records_follow_every_fill_and_mark() -> None:
    made = desk([EnterSpec("long", "units"), ExitSpec("long")], ROOMY, records=True, fee="1/order")
    flat: Bar = (100, 101, 99, 100)
    d = run(made, [flat, flat, flat], {0: {0: {"size": 1.0}}, 1: {1: {}}})
    assert [(r["index"], r["phase"], r["quantity"]) for r in d.records] == [
        (0, 1, 0), (1, 0, 1), (1, 1, 1), (2, 0, 0), (2, 1, 0), (2, 2, 0),
    ]  # fmt: skip
    filled = d.records[1]
    assert (filled["entry_price"], filled["gross"], filled["net"], filled["fees"]) == (100, 100, 100, 1)
    assert filled["leverage"] == pytest.approx(100 / 999) and filled["equity"] == 999 and filled["lots"] == 1


def test_without_being_asked_no_records_are_kept() -> None:
    d = run(desk([EnterSpec("long", "units")], ROOMY), [(1, 1, 1, 1)] * 3, {0: {0: {"size": 1.0}}})
    assert d.records == []


def test_every_field_has_its_read() -> None:
    made = story()
    for field, phase in READS.items():
        value = phase.function(made.state.b, made.state.k)
        assert isinstance(value, int) == (phase.result == "bool"), field
