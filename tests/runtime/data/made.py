"""Bars made by rule, for the tests of data."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from stratagem.runtime.data import Bars

MINUTE = 60_000_000
START = 1_704_067_200_000_000  # 2024-01-01T00:00:00Z
PRICES = ("open", "high", "low", "close")


def arrays(count: int = 20, step: int = MINUTE) -> dict[str, NDArray[np.int64] | NDArray[np.float64]]:
    """Sound bars whose numbers are all different and survive a text with two decimals."""
    base = 100.0 + np.arange(count)
    return {
        "ts": START + step * np.arange(count, dtype=np.int64),
        "open": base,
        "high": base + 0.75,
        "low": base - 0.5,
        "close": base + 0.25,
        "volume": 1000.0 + np.arange(count),
    }


def stamps(count: int = 20, step: int = MINUTE) -> list[str]:
    """The times of `arrays` in ISO 8601."""
    times = arrays(count, step)["ts"].astype("datetime64[us]").astype("datetime64[s]")
    return [f"{time}Z" for time in times]


def rows(count: int = 20, step: int = MINUTE) -> list[list[str]]:
    """`arrays` as texts, row by row."""
    columns = arrays(count, step)
    texts = [[f"{value:.2f}" for value in columns[name]] for name in (*PRICES, "volume")]
    return [list(row) for row in zip(stamps(count, step), *texts, strict=True)]


def write(place: Path, lines: list[list[str]], header: str = "ts,open,high,low,close,volume", by: str = ",") -> Path:
    """A text file of rows; an empty header writes none."""
    texts = [header.replace(",", by)] if header else []
    place.write_text("\n".join([*texts, *(by.join(line) for line in lines)]) + "\n", encoding="utf-8")
    return place


def same(one: Bars, other: Bars) -> bool:
    """Equal in every bar."""
    names = ("ts", *PRICES, "volume")
    return one.timeframe == other.timeframe and all(
        np.array_equal(getattr(one, name), getattr(other, name), equal_nan=True) for name in names
    )
