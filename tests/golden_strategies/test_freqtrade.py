"""freqtrade's own table of exits: 54 runs over a few candles, with their candles of entry and exit and their profit.

Each run has a stop, targets by age ("ROI"), a trail, signals and prices of its own; `program` says them in the
language. Twelve runs differ by rules of freqtrade's that are no orders; `DIFFERENT` has ours, worked by hand.
freqtrade dates a trade from the placing of its order, we from the fill: entries whose price was adjusted
before they filled are compared by exit and profit.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import stratagem

Run = dict[str, Any]
Outcome = tuple[list[tuple[str, int, int]], float]
START = datetime(2024, 1, 1, tzinfo=UTC)
COLUMNS = ("open", "high", "low", "close", "volume", "enter_long", "exit_long", "enter_short", "exit_short")
IDS = tuple(f"tc{number}" for number in range(54))

# id: our candles of entry and exit, our profit, and why it is another one.
DIFFERENT: dict[str, tuple[int, int, float, str]] = {
    "tc9": (1, 4, -0.064, "its trail follows the high of candle 3 and is hit by the low of the same candle"),
    "tc11": (1, 3, 0.0, "candle 3 opens below the trail; it sells at the trail all the same, as the high is above"),
    "tc12": (1, 3, -0.03, "its trail is armed, raised and hit inside candle 2, the high taken to come before the low"),
    "tc16": (1, 3, -0.005, "an age of 65 minutes ends inside candle 3: it sells at that candle's low"),
    "tc20": (1, 3, 0.04, "its target is lowered inside a candle: it sells at it, though the open is better"),
    "tc24": (1, 3, -0.03, "candle 3 opens below the trail; it lets the target act, which is reached later"),
    "tc36": (1, 2, -0.02, "a trail in the candle of the entry sells at its low, though no stop lies there"),
    "tc37": (1, 2, -0.02, "as tc36"),
    "tc38": (1, 2, 0.02, "as tc36, short"),
    "tc40": (1, 2, -0.02, "a buy limit above the market pays the candle's high; here the open"),
    "tc44": (1, 3, 0.02, "a sell limit below the market gets the candle's low; here the open"),
    "tc48": (2, 4, -0.031, "a buy limit above the market pays its limit; here the open"),
}


@cache
def runs(shared: Path) -> dict[str, Run]:
    text = (shared / "golden/strategies/freqtrade/exit_cases.json").read_text(encoding="utf-8")
    return {run["id"]: run for run in json.loads(text)["cases"]}


def bars(run: Run) -> Any:
    import pyarrow

    rows = []
    for number, *values in run["data"]:
        numbers = [float(value) for value in (*values, 0, 0)[: len(COLUMNS)]]
        rows.append({"ts": START + timedelta(hours=number), **dict(zip(COLUMNS, numbers, strict=True))})
    return pyarrow.Table.from_pylist(rows)


def program(run: Run) -> str:
    lines = ["stratagem 1", "assume tick 0.01"]
    for side in ("long", "short"):
        lines += entries(run, side) + exits(run, side)
    return "\n".join(lines) + "\n"


def entries(run: Run, side: str) -> list[str]:
    """At the next open, or at a price of its own for one candle and at the adjusted one from then on."""
    other = "short" if side == "long" else "long"
    signal = f'column("enter_{side}") and not column("enter_{other}")'
    clauses = ["size 1 units", *levels(run, side)]
    price, adjusted = run.get("custom_entry_price"), run.get("adjust_entry_price")
    if price is None:
        return [f"enter {side} when {signal}", *clauses]
    lines = [f"enter {side} when {signal}", f"limit {price}", *clauses]
    if adjusted is not None:
        life = "until false" if run["timeout"] > 60 else "valid 1 bars"
        lines += [f'enter {side} when column("enter_{side}")[1]', f"limit {adjusted}", life, *clauses]
    return lines


def levels(run: Run, side: str) -> list[str]:
    """Ratios of freqtrade are of the stake, so of the price times the leverage. Its target has to be passed."""
    sign = 1 if side == "long" else -1
    leverage = run.get("leverage", 1)
    distance = -run["stop_loss"] / leverage
    trail, offset = run.get("trailing_stop_positive"), run.get("trailing_stop_positive_offset")
    lines = [f"stop {percent(distance)}"]
    if run.get("use_custom_stoploss") or (run.get("trailing_stop") and trail is None):
        lines = [f"trail {percent(distance)}"]
    elif trail is not None and offset is None:
        lines += [f"trail {percent(trail)}"]
    elif trail is not None:
        armed = (1 + sign * offset) * (1 - sign * trail)
        touched = f"after {percent(offset)}"
        lines += [f"trail {percent(trail)} {touched}", f"stop entry * {armed:.6f} {touched}"]
    target = run["roi"].get("0", 1)
    return lines if target >= 1 else [*lines, f"target entry * {1 + sign * target / leverage:.6f} + {sign} * 1ticks"]


def exits(run: Run, side: str) -> list[str]:
    """The signal, at the market or at a price of its own; and targets that come with age, in whole candles."""
    lines = []
    if run.get("use_exit_signal"):
        price = run.get("custom_exit_price")
        lines += [f'exit {side} when column("exit_{side}")', f"limit {price} until false" if price else ""]
    for minutes, ratio in run["roi"].items():
        if minutes != "0":
            lines.append(f"exit {side} when position.bars * 60 >= {minutes}")
            lines.append("" if ratio == -1 else f"limit position.entry_price * {1 + ratio:.6f}")
    return lines


def percent(ratio: float) -> str:
    return f"{100 * ratio:.4f}%"


def outcome(run: Run) -> Outcome:
    """Side, candle of entry and candle of exit of each trade, and the sum of their profits on the stake."""
    trades, profit = [], 0.0
    for trade in stratagem.compile(program(run)).backtest(bars(run)).trades.to_pylist():
        candles = [int((trade[f"{name}_time"] - START) / timedelta(hours=1)) for name in ("entry", "exit")]
        trades.append((trade["side"], candles[0], candles[1]))
        if trade["exit_reason"] != "end":
            sign = 1 if trade["side"] == "long" else -1
            profit += sign * (trade["exit_price"] / trade["entry_price"] - 1) * run.get("leverage", 1)
    return trades, profit


def published(run: Run) -> Outcome:
    """`force_exit` is the end of the data, where it sells at the last open: no profit in either of the two runs."""
    trades = [
        ("short" if trade.get("is_short") else "long", trade["open_tick"], trade["close_tick"])
        for trade in run["trades"]
    ]
    first, _, leverage = str(run["profit_perc"]).partition(" * ")
    return trades, float(first) * float(leverage or 1)


@pytest.mark.parametrize("name", IDS)
def test_every_run(shared: Path, name: str) -> None:
    run = runs(shared)[name]
    trades, profit = outcome(run)
    wanted, wanted_profit = published(run)
    if name in DIFFERENT:
        entry, exit_, wanted_profit, _ = DIFFERENT[name]
        ours = [(wanted[0][0], entry, exit_)]
        assert (ours, wanted_profit) != published(run)
        wanted = ours
    elif run.get("adjust_entry_price"):
        wanted = [(side, 2, exit_) for side, _, exit_ in wanted]
    assert trades == wanted
    assert profit == pytest.approx(wanted_profit, abs=0.00051)


def test_the_table_is_whole(shared: Path) -> None:
    assert tuple(runs(shared)) == IDS
    assert len(IDS) - len(DIFFERENT) == 42
