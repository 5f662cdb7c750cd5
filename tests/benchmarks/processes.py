"""Whole processes, from the command line to the end, with warm caches: what a person waits for."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator

from . import data, programs
from .figures import Figure
from .timing import process

_LIBRARIES = "import os; os.environ['OPENBLAS_NUM_THREADS'] = '1'; import numpy, pyarrow.parquet, llvmlite.binding"
"""What a backtest of a Parquet file cannot do without, imported as `strat` does it."""


def measure(rounds: int) -> Iterator[Figure]:
    strat, shell = [sys.executable, "-m", "stratagem"], environment()
    strategy = str(programs.path("w1"))
    runs = [
        ("python -c pass", [sys.executable, "-c", "pass"], None),
        ("python that imports numpy, pyarrow.parquet and llvmlite", [sys.executable, "-c", _LIBRARIES], None),
        ("strat check", [*strat, "check", strategy], 200),
        ("strat backtest, 1,000 bars, Parquet", _backtest(strat, strategy, str(data.parquet(1_000))), 350),
        ("strat backtest, 1,000 bars, CSV", _backtest(strat, strategy, str(data.csv(1_000))), 350),
        ("strat backtest, 100,000 bars, Parquet", _backtest(strat, strategy, str(data.parquet(100_000))), 400),
        ("strat backtest, 100,000 bars, CSV", _backtest(strat, strategy, str(data.csv(100_000))), 400),
        ("strat backtest, 1,000,000 bars, Parquet", _backtest(strat, strategy, str(data.parquet(data.MILLION))), None),
    ]
    for what, command, floor in runs:
        wall, used = process(command, shell, rounds)
        yield Figure(what, wall * 1e3, "ms", floor, note=f"{used * 1e3:.0f} ms of processor time")


def _backtest(strat: list[str], strategy: str, source: str) -> list[str]:
    return [*strat, "backtest", strategy, "--data", source]


def environment() -> dict[str, str]:
    """That of a person's shell: compiled modules are kept, here in a folder of our own."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "PYTHONPYCACHEPREFIX": str((data.FOLDER / "pycache").resolve())}
