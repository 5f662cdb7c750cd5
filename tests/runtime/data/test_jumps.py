"""Jumps that look like splits are told, and nothing is changed."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from stratagem.lang.program.timeframe import timeframe
from stratagem.runtime.data import jumps, load_bars
from stratagem.runtime.data.bars import Bars
from stratagem.runtime.data.jumps import Far

from .made import arrays

DAY = 86_400_000_000


def bars(*prices: np.ndarray) -> Bars:
    """Daily bars with these opens, highs, lows and closes."""
    count = len(prices[0])
    return Bars("A", timeframe("1d"), np.arange(count) * DAY, *prices, np.ones(count))


def stepped(factor: float, at: int = 10, step: int = DAY) -> dict[str, np.ndarray]:
    columns = {name: column.copy() for name, column in arrays(20, step).items()}
    for name in ("open", "high", "low", "close"):
        columns[name][at:] *= factor
    return columns


@pytest.mark.parametrize(
    ("factor", "told"),
    [(1 / 2, "2:1"), (1 / 7, "7:1"), (2 / 3, "3:2"), (2.0, "1:2"), (10.0, "1:10"), (0.49, "2:1"), (1 / 20, "20:1")],
)
def test_ratios(factor: float, told: str) -> None:
    columns = stepped(factor)
    bars = load_bars(columns)
    assert any(f"({told} at 2024-01-11)" in note for note in bars.notes)
    assert (bars.open == columns["open"]).all()


@pytest.mark.parametrize("factor", [1.0, 0.9, 1.3, 0.58, 1.75])
def test_other_moves_are_not_told(factor: float) -> None:
    assert not any("split" in note for note in load_bars(stepped(factor)).notes)


def test_a_jump_over_a_hole_in_the_data_is_not_told() -> None:
    columns = stepped(0.5)
    columns["ts"][10:] += 30 * DAY
    assert not any("split" in note for note in load_bars(columns).notes)


def test_many_jumps_are_counted() -> None:
    columns = arrays(40, DAY)
    factors = np.where(np.arange(40) // 4 % 2, 0.25, 1.0)
    for name in ("open", "high", "low", "close"):
        columns[name] = columns[name] * factors
    note = next(note for note in load_bars(columns).notes if "split" in note)
    assert note.count(" at 2024") == 4
    assert "and 5 more" in note


# --- prices that jump all the time, as those of options: bounded, counted, told -------------------------------


def jumping(count: int) -> dict[str, np.ndarray]:
    """Bars of a minute at 100 and 25 in turn, each a level of its own."""
    level = np.where(np.arange(count) % 2, 25.0, 100.0)
    return {"ts": arrays(count, 60_000_000)["ts"], **dict.fromkeys(("open", "high", "low", "close"), level)}


def test_only_the_first_of_very_many_jumps_are_looked_at_and_it_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    looked_at = []
    monkeypatch.setattr(jumps, "_excursion", lambda bars, at: looked_at.append(at) or range(0))
    notes = load_bars(jumping(40_001)).notes  # two blocks
    assert looked_at == list(range(1, 1_001))
    told = "40,000 bars open far from the close before, as those of options do: only the first 1,000 were looked at"
    assert [note for note in notes if "looked at" in note] == [f"{told} for splits and wrong prices"]
    assert any("and 996 more" in note for note in notes)


def test_jumps_that_are_just_not_too_many_are_all_looked_at() -> None:
    assert not any("looked at" in note for note in load_bars(jumping(1_001)).notes)


def test_only_the_first_of_very_many_spikes_are_looked_at_and_it_is_told() -> None:
    columns = jumping(2_005)
    columns |= dict.fromkeys(("open", "low", "close"), np.full(2_005, 100.0))
    columns["high"] = np.where(np.arange(2_005) % 2, 300.0, 100.0)  # the 1,002 bars with an odd place
    notes = [note for note in load_bars(columns).notes if "prices" in note]
    assert len(notes) == 2 and "300 after 100 in row 2 " in notes[0] and "and 996 more" in notes[0]
    assert notes[1].startswith("1,002 bars have a price far from all around it, as those of options do: only the first")


# --- outliers: a wrong price is told with its row, and is no split -----------------------------------------


def bars_of(changes: dict[int, dict[str, float]], count: int = 40) -> list[str]:
    """The notes on daily bars near 40,000 with some prices changed: row from 0, field, price."""
    base = 40_000.0 + 10.0 * np.arange(count)
    columns = {"ts": arrays(count, DAY)["ts"], "open": base, "high": base + 9, "low": base - 9, "close": base + 2}
    for row, prices in changes.items():
        for name, price in prices.items():
            columns[name] = columns[name].copy()
            columns[name][row] = price
    return [note for note in load_bars(columns).notes if "inferred" not in note and "volume" not in note]


def every(price: float) -> dict[str, float]:
    return dict.fromkeys(("open", "high", "low", "close"), price)


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({17: every(0.06)}, "0.06 after 40162 in row 18 (2024-01-18)"),
        ({17: {"low": 0.06}}, "0.06 after 40162 in row 18"),
        ({17: {"low": 0.06, "close": 0.06}}, "0.06 after 40162 in row 18"),
        ({17: {"high": 60_000.0, "close": 60_000.0}}, "60000 after 40162 in row 18"),  # 3:2 there and back
        ({17: {"high": 400_000.0}}, "400000 after 40162 in row 18"),
        ({17: every(20_000.0), 18: every(20_010.0)}, "20000 after 40162 in row 18 (2024-01-18), 20010 after"),
    ],
)  # fmt: skip
def test_a_wrong_price_is_told_with_its_row_and_is_no_split(changes: dict[int, dict[str, float]], told: str) -> None:
    (note,) = bars_of(changes)
    assert told in note and "neighbours" in note and "split" not in note


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {17: {"low": 30_000.0}},  # a long wick
        {n: every(20_000.0 + n) for n in range(17, 40)},  # a level that stays
        {17: {"close": 31_000.0, "low": 30_000.0}, 18: {"open": 31_000.0, "low": 30_900.0}},  # a crash, and a recovery
    ],
)
def test_what_is_no_outlier(changes: dict[int, dict[str, float]]) -> None:
    assert not any("neighbours" in note for note in bars_of(changes))


def test_a_price_of_zero_that_is_kept_is_the_one_that_lies_far() -> None:
    columns: dict[str, Any] = arrays(20, DAY)
    columns["close"] = np.where(np.arange(20) == 10, 0.0, columns["close"])
    (note,) = [note for note in load_bars(columns, policy="keep").notes if "neighbours" in note]
    assert "far from its neighbours: 0 after 109.25 in row 11 (2024-01-11)" in note


def test_the_row_of_an_outlier_is_that_of_the_source() -> None:
    columns = {name: np.repeat(column, 2) for name, column in arrays(20, DAY).items()}
    columns["symbol"] = np.array(["A", "B"] * 20)
    for name in ("open", "high", "low", "close"):
        columns[name][21] = 0.5  # the eleventh of B
    (note,) = [note for note in load_bars(columns, symbol="B", data_from="2024-01-03").notes if "neighbours" in note]
    assert "0.5 after 109.25 in row 22 (2024-01-11)" in note


def test_near_rows_are_not_followed_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jumps, "_jumps", lambda *_: pytest.fail("nothing here is far"))
    flat = np.full(20, 100.0)
    Far(bars(flat, flat, flat, flat)).look(0, 20)
