"""Jumps that look like splits are told, and nothing is changed."""

from __future__ import annotations

import numpy as np
import pytest
from stratagem.runtime.data import load_bars

from .made import arrays

DAY = 86_400_000_000


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
    factors = np.where(np.arange(40) // 2 % 2, 0.25, 1.0)
    for name in ("open", "high", "low", "close"):
        columns[name] = columns[name] * factors
    note = next(note for note in load_bars(columns).notes if "split" in note)
    assert note.count(" at 2024") == 4
    assert "and 15 more" in note
