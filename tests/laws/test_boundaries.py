"""Laws 3 and 5: a higher bar is seen from the bar that completes it, to the instant; a forming one leaks nowhere."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

import numpy as np
import pytest
import stratagem as sg
from stratagem.lang.program.timeframe import timeframe
from stratagem.runtime.data.bars import Bars
from stratagem.runtime.machine.engines import ENGINES
from stratagem.runtime.machine.machine import Machine
from stratagem.runtime.verify.named_values import NamedValues

from ..enginekit import history, make_bars

ZONES = ("UTC", "America/New_York", "Europe/London", "Australia/Lord_Howe", "Asia/Kolkata")
# Changes of summer time on both sides of the world, a leap day, a year's end, and an ordinary week.
STARTS = (
    "2024-03-08", "2024-03-29", "2024-04-05", "2024-02-28", "2023-12-29", "2024-10-25", "2024-11-01", "2024-06-03",
)  # fmt: skip
FRAMES = ("30m", "1h", "4h", "1d", "1w", "1mo")
MINUTE = 60_000_000


def walk(start: str, minutes: int, count: int, seed: int) -> Bars:
    """Bars with gaps: single bars, lunch breaks, nights and half days are missing."""
    random = np.random.default_rng(seed)
    steps = np.where(random.random(count) < 0.06, random.integers(2, 40, count), 1)
    steps[random.random(count) < 0.01] = 1440 // minutes
    ts = np.datetime64(start, "us").astype(np.int64) + np.cumsum(steps) * minutes * MINUTE
    prices = np.round(100 + np.cumsum(random.normal(0, 0.1, count)), 2)
    return Bars("X", timeframe(f"{minutes}m").canonical(), ts, prices, prices, prices, prices, np.ones(count))


def midnight(day: date, zone: ZoneInfo) -> int:
    return int(datetime(day.year, day.month, day.day, tzinfo=zone).astimezone(UTC).timestamp()) * 1_000_000


def ends(ts: int, frame: str, zone: ZoneInfo) -> int:
    """When the higher bar that holds an instant ends, by Python's own calendar."""
    day = datetime.fromtimestamp(ts / 1e6, UTC).astimezone(zone).date()
    if frame == "1d":
        return midnight(day + timedelta(1), zone)
    if frame == "1w":
        return midnight(day + timedelta(7 - day.weekday()), zone)
    if frame == "1mo":
        return midnight((day.replace(day=28) + timedelta(4)).replace(day=1), zone)
    length = int(timeframe(frame).seconds) * 1_000_000
    begin = midnight(day, zone)
    return min(begin + ((ts - begin) // length + 1) * length, midnight(day + timedelta(1), zone))


def seen(bars: Bars, frame: str, zone: str) -> tuple[list[float], list[float]]:
    """The close of the last higher bar that has ended by each bar's close; and the same on the bars that end one."""
    place, length = ZoneInfo(zone), int(bars.timeframe.seconds) * 1_000_000
    missing = float("nan")
    ending, growing, last, found, events = -1, missing, missing, list[float](), list[float]()
    for ts, close in zip(bars.ts.tolist(), bars.close.tolist(), strict=True):
        mine, event = ends(ts, frame, place), missing
        if ending != mine and ending >= 0:
            last = event = growing  # the bar before was of another one, which has ended in the gap between
        ending, growing = mine, close
        if ts + length >= mine:
            last = event = close
            ending = -1
        found.append(last)
        events.append(event)
    return found, events


@pytest.mark.parametrize("start", STARTS)
@pytest.mark.parametrize("zone", ZONES)
def test_a_higher_bar_is_seen_when_it_has_ended(zone: str, start: str) -> None:
    seen_as = {"c": "close @", "e": "close @ event", "f": "close @ forming"}  # plots, which are computed in one run
    lines = [f'plot {how} {frame} as "{name}{i}"' for i, frame in enumerate(FRAMES) for name, how in seen_as.items()]
    program = sg.compile("stratagem 1\n" + "\n".join(lines) + "\n").with_zone(zone)
    bars = walk(start, 5 if start < "2024-04" else 30, 700, len(zone) + len(start))
    verdict = program.verify(bars, tz=zone)
    assert verdict, verdict.text()
    result = program.backtest(bars, tz=zone)
    for i, frame in enumerate(FRAMES):
        closed, events = seen(bars, frame, zone)
        assert np.array_equal(result.series[f"c{i}"], closed, equal_nan=True), frame
        assert np.array_equal(result.series[f"e{i}"], events, equal_nan=True), frame
        assert np.array_equal(result.series[f"f{i}"], bars.close), "a forming bar ends with this bar"


def test_the_hour_is_seen_by_the_bar_that_ends_with_it() -> None:
    """The 5m bar opened 11:55 sees the 1h bar 11:00-12:00, the one opened 11:50 does not."""
    ts = np.arange(np.datetime64("2024-06-03T10:00", "us"), np.datetime64("2024-06-03T13:00", "us"),
                   np.timedelta64(5, "m")).astype(np.int64)  # fmt: skip
    prices = np.arange(1.0, len(ts) + 1)
    bars = Bars("X", timeframe("5m"), ts, prices, prices, prices, prices, prices)
    hour = sg.compile("let h = close @ 1h\n").backtest(bars).series["h"]
    at = {str(t)[11:16]: i for i, t in enumerate(ts.astype("datetime64[us]"))}
    assert hour[at["11:50"]] == prices[at["10:55"]]
    assert hour[at["11:55"]] == prices[at["11:55"]]


FORMING = """stratagem 1
let h = ema(close, 3) @ 1h
let peek = ema(close, 3) @ forming 4h
state n = 0 then if close > open then n + 1 else n
enter long when cross_above(close, h) and n > 2 stop 1% trail 2%
exit long when peek < h
"""


@pytest.mark.parametrize("engine", ENGINES)
def test_forming_bars_leave_no_trace(engine: str) -> None:
    """Law 3: before each close the bar is tried out in random shapes on a copy; the run goes on as if never done."""
    bars, random = make_bars(5, 300), Random(1)
    plan, provider = NamedValues(sg.compile(FORMING).typed).plan, history(bars)
    calm, tried, copy = (Machine(plan, engine=engine, bar_seconds=900) for _ in range(3))
    for index in range(len(bars)):
        row = [provider(column, index, index + 1).tolist()[0] for column in plan.columns]
        for _ in range(random.randrange(3)):
            copy.restore(tried.snapshot())
            copy.step([_shaken(value, column.name, random) for value, column in zip(row, plan.columns, strict=True)])
        assert np.array_equal(np.array(calm.step(row)), np.array(tried.step(row)), equal_nan=True), index
    assert calm.snapshot() == tried.snapshot()
    assert calm.trading.order_rows.tobytes() == tried.trading.order_rows.tobytes() != b""


def _shaken(value: float, name: str, random: Random) -> float:
    """Another close within the bar's range, as a tick would give it."""
    return value * (1 + random.uniform(-0.002, 0.002)) if name in ("close", "high", "low") else value
