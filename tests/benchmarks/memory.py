"""Peak memory of a backtest of a million bars beyond imports and input, in a process of its own.

    python -m tests.benchmarks.memory FOLDER STRATEGY      prints input, baseline and peak in bytes

The system's own high-water mark is reset once modules, kernel and input are there; where it cannot be reset, the
greatest size of the process is what it was before, and the figure is an upper bound that includes loading.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from . import data, programs
from .figures import Figure, say

FLOOR = 1.5


def measure(rounds: int) -> Iterator[Figure]:
    del rounds
    folder = data.numpy_files()
    for name in programs.EXPECTED:
        command = [sys.executable, "-m", "tests.benchmarks.memory", str(folder), str(programs.path(name))]
        found = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
        grown = found["peak"] - found["baseline"]
        yield Figure(f"peak memory, {name.upper()}, 1,000,000 bars", grown / found["input"], "x input", FLOOR,
                     note=f"{grown / 1e6:.0f} MB beside {found['input'] / 1e6:.0f} MB of input")  # fmt: skip


def child(folder: Path, strategy: Path) -> None:
    """What the measured process does."""
    import numpy as np
    import stratagem as sg
    from stratagem.lang.program.timeframe import timeframe
    from stratagem.runtime.data.bars import Bars

    columns = {name: np.load(folder / f"{name}.npy") for name in ("ts", *data.NAMES)}
    bars = Bars("WALK", timeframe("1m"), **columns)
    program = sg.compile(strategy)
    _use(program.backtest(bars.rows(0, 2000)))
    _reset_peak()
    baseline = _status("VmRSS")
    _use(program.backtest(bars))
    size = sum(column.nbytes for column in columns.values())
    say(json.dumps({"input": size, "baseline": baseline, "peak": _status("VmHWM")}))


def _use(result: object) -> None:
    """The default outputs: statistics, trades, equity and the summary."""
    assert result.stats and result.trades.num_rows >= 0 and result.summary()  # type: ignore[attr-defined]


def _reset_peak() -> None:
    with suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5")


def _status(name: str) -> int:
    """A size of this process in bytes, as Linux tells it; elsewhere its greatest so far."""
    with suppress(OSError):
        for line in Path("/proc/self/status").read_text().splitlines():
            if line.startswith(name):
                return int(line.split()[1]) * 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


if __name__ == "__main__":
    child(Path(sys.argv[1]), Path(sys.argv[2]))
