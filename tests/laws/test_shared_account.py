"""An account that several symbols share, against a plain loop that knows no engine: its flows and margin calls.

Bars are ragged, every price of one is its close, each symbol is entered once at its own first bar.
"""

from __future__ import annotations

import random
from typing import Any

import numpy as np
import pytest
import stratagem as sg

MARGIN, MAINTENANCE, CAPITAL, EVENTS = 0.2, 0.12, 1_000.0, 14
TEXT = """on A, B, C
assume capital 1000
assume margin 20%
assume maintenance 12%
deposit 150 cash when bar_index == 3 or bar_index == 8
withdraw 400 cash when bar_index == 1 or bar_index == 5 or bar_index == 9
enter {A} A when bar_index == 0 size {a} units
enter {B} B when bar_index == 0 size {b} units
enter {C} C when bar_index == 0 size {c} units
"""


class Drawn:
    """A panel and what is held of it. prices: by symbol and event, None where there is no bar."""

    def __init__(self, seed: int) -> None:
        draw = random.Random(seed)
        self.units = {name: draw.choice((1, 1, -1)) * float(draw.randint(5, 25)) for name in "ABC"}
        self.prices: dict[str, list[float | None]] = {}
        for name in "ABC":
            price, begins = 100.0, draw.choice((0, 0, 1, 4))
            closes: list[float | None] = []
            for event in range(EVENTS):
                price = round(price * (1.0 + draw.uniform(-0.15, 0.13)), 2)
                closes.append(None if event < begins or draw.random() < 0.15 else price)
            self.prices[name] = closes
        self.prices["A"][0] = 100.0  # every event has a bar
        for event in range(EVENTS):
            if all(self.prices[name][event] is None for name in "ABC"):
                self.prices["A"][event] = 100.0

    @property
    def text(self) -> str:
        sides = {name: "long" if units > 0 else "short" for name, units in self.units.items()}
        sizes = {name.lower(): f"{abs(units):g}" for name, units in self.units.items()}
        return TEXT.format(**sides, **sizes)

    @property
    def panel(self) -> dict[str, Any]:
        start, found = np.datetime64("2024-01-01", "us"), {}
        for name, closes in self.prices.items():
            kept = [event for event, close in enumerate(closes) if close is not None]
            stamps = start + np.array(kept, dtype=np.int64) * np.timedelta64(1, "D")
            found[name] = {"ts": stamps, "close": np.array([closes[event] for event in kept], dtype=np.float64)}
        return found


def played(drawn: Drawn) -> tuple[list[float], list[float], list[tuple[int, str]]]:
    """Equity after each event, what each withdrawal got, and each liquidation: its event and symbol."""
    cash, last = CAPITAL, dict.fromkeys("ABC", 0.0)
    held, waits = dict.fromkeys("ABC", 0.0), dict.fromkeys("ABC", 0.0)
    seen: set[str] = set()
    equity, got, gone = [], [], []

    def worth() -> float:
        return cash + sum(held[name] * last[name] for name in "ABC")

    def need(name: str) -> float:
        return MAINTENANCE * abs(held[name] * last[name])

    def claim(name: str) -> float:
        return max(abs(held[name] * last[name]), abs(held[name] + waits[name]) * last[name])

    for event in range(EVENTS):
        closes = {name: price for name in "ABC" if (price := drawn.prices[name][event]) is not None}
        for name, price in closes.items():
            cash -= waits[name] * price
            held[name], waits[name] = held[name] + waits[name], 0.0
        last.update(closes)
        while sum(map(need, "ABC")) > 0.0 and worth() <= sum(map(need, "ABC")):
            most = max((name for name in closes if held[name]), key=need, default="")
            waits = dict.fromkeys("ABC", 0.0)
            if not most:
                break
            cash += held[most] * last[most]
            held[most] = 0.0
            gone.append((event, most))
        if event in (3, 8):
            cash += 150.0
        if event in (1, 5, 9):
            free = worth() - MARGIN * sum(map(claim, "ABC"))
            got.append(min(400.0, max(free, 0.0)))
            cash -= got[-1]
        for name, price in closes.items():
            if name not in seen:
                seen.add(name)
                room = max(worth() / MARGIN - sum(map(claim, "ABC")), 0.0) / price
                units = min(abs(drawn.units[name]), room)
                waits[name] = units if drawn.units[name] > 0 else -units
        equity.append(worth())
    return equity, got, gone


@pytest.mark.parametrize("seed", range(40))
def test_an_account_of_several_is_what_a_plain_loop_makes_of_it(seed: int) -> None:
    drawn = Drawn(seed)
    result = sg.compile(drawn.text).backtest(drawn.panel, timeframe="1d", engine="interpreted")
    equity, got, gone = played(drawn)
    assert result.equity["equity"].to_pylist() == pytest.approx(equity, rel=1e-9, abs=1e-6)
    taken = [row["got"] for row in result.flows.to_pylist() if row["kind"] == "withdraw"]
    assert taken == pytest.approx(got, rel=1e-9, abs=1e-6)
    left = [row for row in result.trades.to_pylist() if row["exit_reason"] == "liquidation"]
    days = [int((np.datetime64(row["exit_time"].replace(tzinfo=None), "D") - np.datetime64("2024-01-01")).astype(int))
            for row in left]  # fmt: skip
    assert sorted(zip(days, (row["symbol"] for row in left), strict=True)) == sorted(gone)


def test_the_draws_reach_what_they_are_for() -> None:
    """Accounts that are called, more than once too; withdrawals that are cut, or denied, and such that are not."""
    every = [played(Drawn(seed)) for seed in range(40)]
    calls = [len(gone) for _, _, gone in every]
    taken = [each for _, got, _ in every for each in got]
    assert sum(count == 1 for count in calls) > 3 and sum(count > 1 for count in calls) > 3 and 0 in calls
    assert any(0.0 < each < 400.0 for each in taken) and 0.0 in taken and 400.0 in taken
