"""Trade lists of another engine on real bars, decided by hand-written rules: every trade must agree.

The rules are those of the reference's description; times, sides and prices are compared, to the tick.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from stratagem.runtime.trading.specs import EnterSpec, ExitSpec, GuardSpec

from .driver import Desk, desk

parquet = pytest.importorskip("pyarrow.parquet")

Wishes = dict[int, dict[str, float]]
Row = tuple[datetime, float, datetime, float, int]


def reference(shared: Path, name: str) -> tuple[dict[str, Any], list[Row], dict[str, list[Any]]]:
    """The description of a set, its trades, and the bars it was made on."""
    manifest = json.loads((shared / "golden/strategies/manifest.json").read_text())
    entry = next(item for item in manifest if item["id"] == name)
    trades = parquet.read_table(shared / "golden" / entry["trades_file"]).to_pylist()
    beside = shared / entry["data_file"]
    bars = parquet.read_table(beside if beside.exists() else shared / "golden" / entry["data_file"]).to_pydict()
    rows = [
        (t["entry_time"], t["entry_price"], t["exit_time"], t["exit_price"], 1 if t["side"] == "long" else -1)
        for t in trades
        if t["exit_signal"] != "Open"
    ]
    return entry, rows, bars


def play(
    made: Desk, entry: dict[str, Any], bars: dict[str, list[Any]], rule: Callable[[int, datetime], Wishes]
) -> list[Row]:
    """Run the rules from the day the reference trades, and list the trades as it does."""
    start = datetime.fromisoformat(entry.get("trading_enabled_from", "1970-01-01T00:00:00+00:00"))
    times = bars["ts"]
    for index, bar in enumerate(zip(bars["open"], bars["high"], bars["low"], bars["close"], strict=True)):
        made.bar(bar, rule(index, times[index]) if times[index] >= start else None)
    return [
        (
            times[int(t["entry_index"])],
            t["entry_price"],
            times[int(t["exit_index"])],
            t["exit_price"],
            int(t["side"]),
        )
        for t in made.trades
    ]


def missing(expected: list[Row], found: list[Row], tick: float) -> list[Row]:
    """Trades of the reference that are not among ours, prices to a tick's half."""
    places = round(-_log10(tick))
    have = {(a, round(p, places), b, round(q, places), side) for a, p, b, q, side in found}
    return [
        row for row in expected if (row[0], round(row[1], places), row[2], round(row[3], places), row[4]) not in have
    ]


def _log10(tick: float) -> int:
    return {0.01: -2, 1e-05: -5}[tick]


def percent(stop: float = 0.0, target: float = 0.0) -> dict[str, float]:
    """One unit with a bracket as ratios of the fill."""
    return {"size": 1.0, "stop": 0.0, "stop_slope": stop, "target": 0.0, "target_slope": target}


def test_a_bracket_placed_after_the_first_bar(shared: Path) -> None:
    entry, expected, bars = reference(shared, "tradingview_pineforge/bracket-exit-tp-sl-fixed-01")
    made = desk(
        [EnterSpec("long", "units", has_stop=True, has_target=True), ExitSpec("long")],
        [GuardSpec("exposure", 100.0)],
        capital=1e6, model="tradingview", bracket="next_decision", tick=0.01,
    )  # fmt: skip

    def rule(index: int, time: datetime) -> Wishes:
        minute = time.hour * 60 + time.minute
        wishes: Wishes = {1: {}} if minute == 6 * 60 + 15 else {}
        if minute == 15 and made.read("position.flat"):
            wishes[0] = percent(0.996, 1.004)
        return wishes

    found = play(made, entry, bars, rule)
    assert len(expected) == 366 and missing(expected, found, 0.01) == []


def test_two_enters_in_one_event_one_with_a_target_one_with_a_stop(shared: Path) -> None:
    entry, expected, bars = reference(shared, "tradingview_pineforge/bracket-partial-exit-qty-percent-01")
    made = desk(
        [
            EnterSpec("long", "units", has_target=True),
            EnterSpec("long", "units", has_stop=True, scale=1),
            ExitSpec("long"),
        ],
        [GuardSpec("exposure", 100.0)],
        capital=1e6, model="tradingview", bracket="next_decision", tick=0.01,
    )  # fmt: skip

    def rule(index: int, time: datetime) -> Wishes:
        minute = time.hour * 60 + time.minute
        wishes: Wishes = {2: {}} if minute == 9 * 60 + 15 else {}
        if minute == 60 + 15 and made.read("position.flat"):
            wishes[0] = wishes[1] = percent(0.994, 1.003)
        return wishes

    found = play(made, entry, bars, rule)
    assert len(expected) == 725 and missing(expected, found, 0.01) == []


def test_flips_with_slippage_and_commission(shared: Path) -> None:
    entry, expected, bars = reference(shared, "tradingview_pynecore/slippage_direction")
    made = desk(
        [EnterSpec("long", "units"), EnterSpec("short", "units")],
        capital=1e6, model="tradingview", slippage="15ticks", fee="0.1%", tick=0.00001,
    )  # fmt: skip

    def rule(index: int, time: datetime) -> Wishes:
        if index < 20 or index % 10:
            return {}
        return {0: {"size": 1.0}} if index % 20 == 0 else {1: {"size": 1.0}}

    found = play(made, entry, bars, rule)
    assert len(expected) > 2000 and missing(expected, found, 1e-05) == []
