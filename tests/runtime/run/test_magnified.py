"""Finer bars: a bar in which something can be met goes by their path, and what is left is told."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest
import stratagem as sg
from stratagem.lang.program.timeframe import timeframe
from stratagem.runtime.data.bars import Bars
from stratagem.runtime.data.resample import resample
from stratagem.runtime.errors import UsageFault
from stratagem.runtime.trading import magnify

from tests.enginekit import make_bars

MINUTE = 60_000_000
HOUR = 60 * MINUTE
FLAT = (100, 100, 100, 100)
Bar = tuple[float, float, float, float]


def bars(frame: str, stamps: Sequence[int], rows: Sequence[Bar]) -> Bars:
    prices = [np.array(column, dtype=np.float64) for column in zip(*rows, strict=True)]
    return Bars("X", timeframe(frame), np.array(stamps, dtype=np.int64), *prices, np.ones(len(rows)))


def whole(rows: Sequence[Bar]) -> Bar:
    return rows[0][0], max(r[1] for r in rows), min(r[2] for r in rows), rows[-1][3]


def hours(inside: Sequence[Bar]) -> tuple[Bars, Bars]:
    """An hour without move, one of these quarters, and one at its close; and the quarters."""
    one = whole(inside)
    base = bars("1h", [0, HOUR, 2 * HOUR], [FLAT, one, (one[3],) * 4])
    stamps = [0, *(HOUR + n * 15 * MINUTE for n in range(len(inside))), 2 * HOUR]
    return base, bars("15m", stamps, [FLAT, *inside, (one[3],) * 4])


BRACKET = "enter long when bar_index == 0\n  stop 95\n  target 105\n"
ENTRY = "enter long when bar_index == 0\n  limit 98\n  valid 3 bars\n  stop 95\n  target 105\n"
UP_DOWN = [(100, 106, 99, 103), (103, 103, 94, 101)]
DOWN_UP = [(100, 101, 94, 98), (98, 106, 98, 101)]
CASES: list[tuple[str, list[Bar], dict[str, tuple[str, float, bool]]]] = [
    (BRACKET, UP_DOWN, {"worst": ("stop", 95, True), "best": ("target", 105, True), "": ("target", 105, False)}),
    (BRACKET, DOWN_UP, {"worst": ("stop", 95, True), "best": ("target", 105, True), "": ("stop", 95, False)}),
    # one quarter opens beyond the stop: it fills there, which the hour cannot know
    (BRACKET, [(100, 104, 99, 99), (93, 96, 92, 96)], {"worst": ("stop", 95, False), "": ("stop", 93, False)}),
    # both in one quarter: that is still assumed
    (BRACKET, [(100, 101, 99, 100), (100, 106, 94, 101)], {"worst": ("stop", 95, True), "": ("stop", 95, True)}),
    # an entry inside the bar, and its exit in a later quarter
    (ENTRY, [(100, 101, 97, 99), (99, 106, 99, 105)], {"worst": ("target", 105, True), "": ("target", 105, False)}),
    # in one quarter the fill and its exit are assumed
    (ENTRY, [(100, 101, 99, 99), (99, 106, 97, 105)], {"worst": ("target", 105, True), "": ("target", 105, True)}),
]


@pytest.mark.parametrize(("text", "inside", "expected"), CASES)
def test_the_path_is_that_of_the_finer_bars(text: str, inside: list[Bar], expected: dict[str, Any]) -> None:
    base, fine = hours(inside)
    program = sg.compile(f'stratagem 1\nstrategy "m"\n{text}')
    for path, wanted in expected.items():
        options: dict[str, Any] = {"path": path} if path else {"magnify": fine}
        trades = program.backtest(base, engine="interpreted", fee=0, **options).trades.to_pylist()
        assert [(t["exit_reason"], t["exit_price"], t["ambiguous"]) for t in trades] == [wanted], path or "magnify"


LAWS = sg.compile("""stratagem 1
strategy "laws"
assume fee 0.1%
enter long when close > close[1]
  size 50%
  stop 0.4%
  target 0.5%
  trail 0.6%
enter short when close < close[2]
  limit close + 0.3
  valid 2 bars
  stop 0.3%
  take 50% at 0.2%
  target 0.5%
""")  # fmt: skip


def rows_of(result: Any) -> tuple[Any, ...]:
    output = result._output if hasattr(result, "_output") else result.output
    return output.trades.tobytes(), output.orders.tobytes(), output.equity.tobytes(), output.counters


def test_laws(monkeypatch: pytest.MonkeyPatch) -> None:
    """Bars as their own finer ones change nothing; both engines agree; where nothing is met none need be read."""
    fine = make_bars(3, 3000)
    base = resample(fine, timeframe("1h"), "UTC")
    plain, itself, made, native = (
        LAWS.backtest(base, engine=engine, magnify=feed)
        for engine, feed in (("native", None), ("native", base), ("interpreted", fine), ("native", fine))
    )
    assert rows_of(itself) == rows_of(plain)
    assert rows_of(made) == rows_of(native) != rows_of(plain)
    assert made.stats["ambiguous_fills"] < plain.stats["ambiguous_fills"]
    monkeypatch.setattr(magnify, "nearest", lambda *_: 0)
    assert rows_of(LAWS.backtest(base, engine="interpreted", magnify=fine)) == rows_of(native)


def test_exits_are_where_a_scan_of_the_finer_bars_finds_them() -> None:
    program = sg.compile('stratagem 1\nstrategy "s"\nenter long when position.size == 0\n  stop 0.5%\n  target 0.5%\n')
    fine = make_bars(5, 3000)
    result = program.backtest(resample(fine, timeframe("1h"), "UTC"), engine="interpreted", fee=0, magnify=fine)
    found = 0
    for trade in result.trades.to_pylist()[:-1]:
        at = int(np.searchsorted(fine.ts, int(trade["entry_time"].timestamp()) * 1_000_000))
        while fine.low[at] > trade["stop"] and fine.high[at] < trade["target"]:
            at += 1
        opened, price = fine.open[at], trade["stop"]
        if opened <= trade["stop"] or opened >= trade["target"]:
            price = opened
        elif fine.low[at] > trade["stop"]:
            price = trade["target"]
        assert trade["exit_price"] == price
        found += 1
    assert found > 50


def test_what_could_not_be_magnified_is_told_and_goes_by_the_assumed_path() -> None:
    base, fine = hours(UP_DOWN)
    program = sg.compile(f'stratagem 1\nstrategy "m"\n{BRACKET}')
    prices = [p / 2 for p in (fine.open, fine.high, fine.low, fine.close)]
    half = Bars("X", fine.timeframe, fine.ts, *prices, fine.volume)
    result = program.backtest(base, engine="interpreted", magnify=half)
    assert result.trades.to_pylist()[0]["exit_reason"] == "stop"
    text = " ".join(result.notes)
    assert "0 bars in which" in text
    assert "3 bars of the data did not agree" in text
    assert "whose open is 100 and 50 by its finer bars" in text
    none = " ".join(program.backtest(base, engine="interpreted", magnify=fine.rows(3, 4)).notes)
    assert "2 bars of the data had no bars of 15m" in none


def test_what_cannot_be_magnified_is_refused() -> None:
    base, fine = hours(UP_DOWN)
    program = sg.compile(f'stratagem 1\nstrategy "m"\n{BRACKET}')
    with pytest.raises(UsageFault, match="bars of 1h make no bars of 15m"):
        program.backtest(fine, engine="interpreted", magnify=base)
    with pytest.raises(UsageFault, match="shorter than a day"):
        program.backtest("sample:AAPL", engine="interpreted", magnify=base)
    with pytest.raises(UsageFault, match="several symbols"):
        program.backtest({"A": base, "B": base}, engine="interpreted", magnify=fine)
