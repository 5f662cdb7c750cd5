"""PyneCore: W1, W2, W4 and a push of W2. Its scripts lie in `pyne/`: it rewrites them when it imports them."""

from __future__ import annotations

import dataclasses
import datetime
import os
import tempfile
from importlib.metadata import version
from pathlib import Path

os.environ["PYNE_SAVE_SCRIPT_TOML"] = "0"

from common import Lap, rows, serve
from pynecore.core.ohlcv import OHLCVWriter
from pynecore.core.script_runner import ScriptRunner
from pynecore.core.syminfo import SymInfo, SymInfoInterval, SymInfoSession
from pynecore.types.ohlcv import OHLCV

SCRIPTS = Path(__file__).parent / "pyne"
MIDNIGHT = datetime.time(0)
SYMBOL = SymInfo(
    prefix="BENCH", description="walk", ticker="WALK", currency="USD", basecurrency="WALK", period="1", type="crypto",
    mintick=1e-5, pricescale=100_000, minmove=1, pointvalue=1.0, mincontract=1e-6, timezone="UTC",
    opening_hours=[SymInfoInterval(day=day, start=MIDNIGHT, end=MIDNIGHT) for day in range(7)],
    session_starts=[SymInfoSession(day=day, time=MIDNIGHT) for day in range(7)],
    session_ends=[SymInfoSession(day=day, time=MIDNIGHT) for day in range(7)],
)  # fmt: skip


def bars(count):
    """It counts in milliseconds."""
    return [OHLCV(ts // 1000, *prices) for ts, *prices in rows(count)]


def by_the_hour(minutes, folder):
    """A file of the hours, which W4 reads beside the minutes."""
    path = Path(folder) / "walk_60.ohlcv"
    writer = OHLCVWriter(path, "60", minmove=1, pricescale=100_000, truncate=True)
    writer.open()
    for first in range(0, len(minutes), 60):
        hour = minutes[first : first + 60]
        high, low = max(bar.high for bar in hour), min(bar.low for bar in hour)
        volume = sum(bar.volume for bar in hour)
        writer.write(OHLCV(hour[0].timestamp, hour[0].open, high, low, hour[-1].close, volume))
    writer.close()
    dataclasses.replace(SYMBOL, period="60").save_toml(path.with_suffix(".toml"))
    return {"60": str(path)}


def result(name, minutes, lap=None, hours=None):
    """Closed trades and equity; `lap` is called at each bar."""
    runner = ScriptRunner(
        SCRIPTS / f"{name}.py", minutes, SYMBOL, lossless_prices=True, lossless_volume=True, security_data=hours
    )
    for _ in runner.run_iter():
        if lap:
            lap()
    position = runner.script.position
    return position.closed_trades_count, float(position.equity)  # of the trades themselves it keeps the last 9,000


def prepared(name):
    def prepare(count):
        minutes = bars(count)
        return lambda: result(name, minutes)

    return prepare


def gated(count):
    minutes = bars(count)
    folder = tempfile.TemporaryDirectory()
    hours = by_the_hour(minutes, folder.name)
    return lambda folder=folder: result("w4", minutes, hours=hours)


def push(count):
    minutes, lap = bars(count), Lap()

    def run():
        trades, _ = result("w2", minutes, lap)
        return trades, lap.taken

    return run


if __name__ == "__main__":  # it starts processes of its own for the hours
    works = {"W1": prepared("w1"), "W2": prepared("w2"), "W4": gated, "push": push}
    serve(f"PyneCore {version('pynesys-pynecore')}", works)
