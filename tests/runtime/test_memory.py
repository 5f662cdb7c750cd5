"""A process that goes on making machines does not grow: what a kernel needed is given back with it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

SERIES = """
import gc, sys
import stratagem as sg
bars = sg.load_bars("sample:AAPL").rows(0, 60)
program = sg.compile("let a = sma(close, 5)\\nenter long when close > a size 10%\\nexit long when close < a")
def held():
    gc.collect()
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * 4096
def read(times):
    for _ in range(times):
        if sys.argv[1] == "series":
            assert len(program.backtest(bars).series["a"]) == 60
        else:
            program.session(timeframe="1d", engine="native")
read(40)
before = held()
read(200)
print(held() - before)
"""


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="the memory of a process is read from /proc")
@pytest.mark.parametrize("what", ["series", "sessions"])
def test_reading_series_and_opening_sessions_grows_by_nothing(what: str) -> None:
    """LLVM keeps ten kilobytes of every library that was unloaded; two hundred of them were two megabytes."""
    done = subprocess.run([sys.executable, "-c", SERIES, what], capture_output=True, text=True, check=True)
    assert int(done.stdout) < 800_000
