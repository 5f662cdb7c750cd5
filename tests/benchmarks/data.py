"""The prices that everything is measured on: a geometric walk of one-minute bars, the same on every machine."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from stratagem.lang.program.timeframe import timeframe
from stratagem.runtime.data.bars import Bars

FOLDER = Path("build/bench")
MILLION = 1_000_000
SEED, START, SPREAD, STEPS, GAP = 7, 100.0, 0.0008, 12, 0.0001
"""The walk: its seed, first price, deviation of a bar's return, steps inside a bar, deviation of an opening gap."""
_BEGIN, _MINUTE = 1_704_067_200_000_000, 60_000_000
"""2024-01-01 and a minute, in microseconds."""

Floats = NDArray[np.float64]
NAMES = ("open", "high", "low", "close", "volume")


@lru_cache(maxsize=1)
def columns() -> dict[str, Floats]:
    """A million bars by column, rounded to five decimals; the order of draws is part of the definition."""
    draw = np.random.default_rng(SEED)
    step = draw.standard_normal((MILLION, STEPS)) * (SPREAD / np.sqrt(STEPS)) - 0.5 * SPREAD * SPREAD / STEPS
    gap = draw.standard_normal(MILLION) * GAP
    gap[0] = 0
    inside = np.cumsum(step, axis=1)
    before = np.concatenate(([0.0], np.cumsum(inside[:, -1] + gap)[:-1]))
    opened = before + gap
    path = opened[:, None] + inside
    logs = (opened, np.maximum(opened, path.max(1)), np.minimum(opened, path.min(1)), path[:, -1])
    found = dict(zip(NAMES, (np.round(START * np.exp(log), 5) for log in logs), strict=False))
    found["volume"] = np.round(draw.lognormal(3.0, 0.7, MILLION), 3)
    return found


def bars(count: int = MILLION) -> Bars:
    """The first `count` bars, each column an array of its own."""
    opened = _BEGIN + np.arange(count, dtype=np.int64) * _MINUTE
    prices = {name: column[:count].copy() for name, column in columns().items()}
    return Bars("WALK", timeframe("1m"), opened, **prices)


def parquet(count: int) -> Path:
    """A Parquet file of the first `count` bars; written once."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    path = FOLDER / f"walk_{count}.parquet"
    if not path.exists():
        found = bars(count)
        stamps = pa.array(found.ts, pa.timestamp("us", "UTC"))
        FOLDER.mkdir(parents=True, exist_ok=True)
        pq.write_table(pa.table({"ts": stamps, **{name: getattr(found, name) for name in NAMES}}), path)
    return path


def csv(count: int) -> Path:
    """The same as text."""
    import pyarrow.csv as pc
    import pyarrow.parquet as pq

    path = parquet(count).with_suffix(".csv")
    if not path.exists():
        pc.write_csv(pq.read_table(parquet(count)), path)
    return path


def numpy_files() -> Path:
    """A folder with one `.npy` file a column: what peers and children read, whatever they have installed."""
    folder = FOLDER / "columns"
    if not (folder / "ts.npy").exists():
        folder.mkdir(parents=True, exist_ok=True)
        for name, column in columns().items():
            np.save(folder / f"{name}.npy", column)
        np.save(folder / "ts.npy", bars().ts)
    return folder
