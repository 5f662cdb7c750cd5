"""Three markets on which two programs are compared: one of days, one of sessions, one that goes around the clock.

Deterministic, and lively on purpose: trends that turn, gaps between sessions, sudden falls, volume that leaps. A
program that names its timeframe gets the same three kinds of market in bars of that length.
"""

from __future__ import annotations

import zlib
from functools import lru_cache

import numpy as np
import stratagem as sg
from numpy.typing import NDArray
from stratagem.lang.program.timeframe import timeframe as read_timeframe

MINUTE = 60_000_000
DAY = 1440 * MINUTE
BARS = 1_200
NAMES = ("AAA", "BBB", "CCC", "DDD", "EEE")
CURRENCIES = {"EURUSD": 1.1, "GBPUSD": 1.27, "USDJPY": 150.0}
STARTS = {**CURRENCIES, "VIX": 19.0, "BTC": 40_000.0, "BTCUSDT": 40_000.0, "ES": 5_000.0}


@lru_cache
def markets(symbols: tuple[str, ...], timeframe: str) -> tuple[dict[str, sg.Bars], ...]:
    """Bars by symbol, three times; `timeframe` "" is 1d, 15m and 1h, one of each."""
    frames = (timeframe,) * 3 if timeframe else ("1d", "15m", "1h")
    hours = ((0, 1440), (360, 1320), (0, 1440))
    return tuple(
        {symbol: made(symbol, frame, number, *open_) for symbol in symbols}
        for number, (frame, open_) in enumerate(zip(frames, hours, strict=True))
    )


@lru_cache
def sample(symbol: str = "AAPL") -> sg.Bars:
    """A thousand real days, from 2003 to 2006: a turn upward, a long trend, splits put right."""
    return sg.load_bars(f"sample:{symbol}", data_from="2003-01-02", data_to="2006-12-22")


def made(symbol: str, frame: str, number: int, first: int, last: int) -> sg.Bars:
    """A made market of a symbol: bars of Mondays to Fridays, from minute `first` to minute `last` of the day."""
    length = read_timeframe(frame)
    minutes = length.seconds // 60
    random = np.random.default_rng([zlib.crc32(symbol.encode()), number])
    ts = stamps(minutes, first, last)
    opens, high, low, close = prices(random, ts, minutes, STARTS.get(symbol, 100.0))
    volume = np.round(1_000 * random.lognormal(0, 0.5, BARS) * np.where(random.random(BARS) < 0.06, 4, 1))
    return sg.Bars(symbol, length, ts, opens, high, low, close, volume)


def stamps(minutes: int, first: int, last: int) -> NDArray[np.int64]:
    """Opens of bars, from Monday 14 October 2024 on: London and then New York change their clocks on the way."""
    start = np.datetime64("2024-10-14", "us").astype(np.int64)
    if minutes >= 1440:
        days = start - 1_000 * DAY * (minutes == 1440) + np.arange(2 * BARS) * max(minutes, 1440) * MINUTE
        open_ = ((days // DAY + 3) % 7 < 5) if minutes == 1440 else np.ones(2 * BARS, bool)
        return np.asarray(days[open_][:BARS], dtype=np.int64)
    times = start + np.arange(BARS * 1440 * 3 // minutes) * minutes * MINUTE
    of_day = (times // MINUTE) % 1440
    open_ = ((times // DAY + 3) % 7 < 5) & (of_day >= first) & (of_day < last)
    if open_.sum() < BARS:
        raise ValueError(f"too few bars of {minutes} minutes")
    return np.asarray(times[open_][:BARS], dtype=np.int64)


def prices(
    random: np.random.Generator, ts: NDArray[np.int64], minutes: int, start: float
) -> tuple[NDArray[np.float64], ...]:
    """Open, high, low and close: stretches of trend and of quiet, gaps where a day begins, now and then a leap."""
    step = min(0.022, 0.0045 * (minutes / 15) ** 0.35)
    stretch = np.repeat(np.arange(BARS), random.integers(25, 90, BARS))[:BARS]
    drift = random.normal(0, 0.35, BARS)[stretch] * step
    loud = random.choice([0.45, 1.0, 1.7], BARS)[stretch]
    moves = drift + random.standard_t(4, BARS) * step * 0.75 * loud
    gaps = random.normal(0, 0.15, BARS) * step
    new_day = np.concatenate([[False], np.diff(ts // DAY) > 0])
    gaps[new_day] += random.normal(0, 2.2, int(new_day.sum())) * step
    path = np.cumsum(gaps + moves)
    path -= 0.02 * np.cumsum(path - np.mean(path)) / 20 if path.std() > 1.2 else 0
    close = start * np.exp(path)
    opens = start * np.exp(path - moves)
    high = np.maximum(opens, close) * (1 + np.abs(random.normal(0, 0.5, BARS)) * step * loud)
    low = np.minimum(opens, close) * (1 - np.abs(random.normal(0, 0.5, BARS)) * step * loud)
    places = 5 if start < 10 else 2
    return tuple(np.round(column, places) for column in (opens, high, low, close))
