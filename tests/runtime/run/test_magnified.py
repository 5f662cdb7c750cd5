"""Finer bars: a bar in which something can be met goes by their path, and what is left is told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
import stratagem as sg
from stratagem.lang.program.timeframe import timeframe
from stratagem.runtime.data.bars import Bars
from stratagem.runtime.data.resample import resample
from stratagem.runtime.errors import RunError, UsageFault
from stratagem.runtime.trading import fill, layout, magnify
from stratagem.runtime.verify.draw import Effort

from tests.enginekit import make_bars

MINUTE = 60_000_000
HOUR = 60 * MINUTE
DAY = 24 * HOUR
NEW_YORK = "America/New_York"
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


def test_days_are_those_of_the_calendar() -> None:
    """The stop is met at 20:00 in New York, which is the next day in UTC, and the target in the morning after."""
    hour = {14: (100, 101, 99, 100), 25: (100, 101, 94, 96), 38: (96, 106, 96, 105), 49: (105, 105, 105, 105)}
    fine = bars("1h", [DAY + n * HOUR for n in hour], [*hour.values()])
    whole = bars("1h", [DAY - HOUR, *fine.ts, 5 * DAY], [FLAT, *hour.values(), FLAT])
    base = resample(whole, timeframe("1d"), NEW_YORK)
    assert len(base) == 3
    program = sg.compile(f'stratagem 1\nstrategy "m"\n{BRACKET}')
    options: dict[str, Any] = {"engine": "interpreted", "fee": 0, "magnify": fine}
    trade = program.backtest(base, tz=NEW_YORK, path="best", **options)
    assert [t["exit_reason"] for t in trade.trades.to_pylist()] == ["stop"]
    assert (trade.stats["magnify"]["used"], trade.stats["magnify"]["at_odds"]) == (1, 0)
    elsewhere = program.backtest(base, tz="UTC", path="best", **options)
    assert elsewhere.stats["magnify"]["bars"] < trade.stats["magnify"]["bars"]
    assert "days are those of the calendar of UTC: --tz, timezone=, says another" in " ".join(elsewhere.notes)


@pytest.mark.parametrize("longer", ["1d", "1w", "1mo"])
def test_longer_bars_go_by_any_that_make_them(longer: str) -> None:
    """Weeks and months by hours and by days; a week that is labelled by its last day, too."""
    fine = make_bars(4, 9000)
    days = resample(fine, timeframe("1d"), NEW_YORK)
    base = resample(fine, timeframe(longer), NEW_YORK)
    for feed in (fine, days):
        told = LAWS.backtest(base, engine="interpreted", magnify=feed, tz=NEW_YORK).stats["magnify"]
        assert (told["bars"], told["missing"], told["at_odds"]) == (len(base), 0, 0)
    if longer == "1w":
        friday = replace(base, ts=base.ts + 4 * DAY)
        told = LAWS.backtest(friday, engine="interpreted", magnify=days).stats["magnify"]
        assert told["bars"] == len(base)


def test_what_a_result_rests_on_names_the_feed() -> None:
    base, fine = hours([(100, 101, 99, 100), (100, 106, 94, 101)])
    program = sg.compile(f'stratagem 1\nstrategy "m"\n{BRACKET}')
    result = program.backtest(base, engine="interpreted", magnify=fine)
    without = program.backtest(base, engine="interpreted")
    assert result.stats["assumptions"] == {**without.stats["assumptions"], "magnify": "15m"}
    assert result.stats["assumptions_hash"] != without.stats["assumptions_hash"]
    told = result.stats["magnify"]
    expected = {"symbol": "X", "timeframe": "15m", "finer_bars": 4, "bars": 3, "used": 1, "missing": 0, "at_odds": 0}
    assert {name: told[name] for name in expected} == expected
    assert "it decided 1 of 1 trade" in result.notes[0] and "magnify" not in without.stats
    assert "magnify 15m" in result.summary()
    other = program.backtest(base, engine="interpreted", magnify=fine.rows(0, 3)).stats["magnify"]
    assert other["hash"] != told["hash"]
    with pytest.raises(UsageFault, match="assumes magnify 15m: give the finer bars"):
        program.backtest(base, engine="interpreted", assumptions={"magnify": result.stats["assumptions"]["magnify"]})


def test_the_text_says_that_finer_bars_are_needed() -> None:
    program = sg.compile(f'stratagem 1\nstrategy "m"\nassume magnify 15m\n{BRACKET}')
    base, fine = hours(UP_DOWN)
    assert program.backtest(base, engine="interpreted", magnify=fine).trades.to_pylist()[0]["exit_reason"] == "target"
    with pytest.raises(UsageFault, match="the program assumes magnify 15m: give the finer bars, --magnify FILE"):
        program.backtest(base, engine="interpreted")
    taken = program.backtest(base, engine="interpreted", assumptions={"magnify": "none"})
    assert taken.trades.to_pylist()[0]["exit_reason"] == "stop"
    with pytest.raises(UsageFault, match="magnify 15m is assumed, and the finer bars are of 5m"):
        program.backtest(base, engine="interpreted", magnify=bars("5m", [HOUR], [FLAT]))
    with pytest.raises(UsageFault, match="magnify is of backtests"):
        program.session(timeframe="1h")
    made = make_bars(3, 300)
    own = program.backtest(made, engine="interpreted", timeframe="1h", resample=True).stats["magnify"]
    assert (own["timeframe"], own["missing"], own["at_odds"]) == ("15m", 0, 0)


def test_finer_bars_of_another_symbol_are_told() -> None:
    base, fine = hours(UP_DOWN)
    program = sg.compile(f'stratagem 1\nstrategy "m"\n{BRACKET}')
    for name, other in (("Y", True), ("X_15m", False), ("data", False)):
        feed = replace(fine, symbol=name)
        notes = " ".join(program.backtest(base, engine="interpreted", magnify=feed).notes)
        assert ("the finer bars are of Y, the data are of X" in notes) == other
    with pytest.raises(RunError, match="of Y, the data are of X; without --strict"):
        program.backtest(base, engine="interpreted", magnify=replace(fine, symbol="Y"), strict=True)


EFFORT = Effort(interpreted=600, single=300, restarts=6, truncations=3)


def test_every_way_of_running_goes_by_the_same_finer_bars() -> None:
    fine = make_bars(7, 4000)
    base = resample(fine, timeframe("1h"), "UTC")
    verdict = LAWS.verify(base, magnify=fine, effort=EFFORT)
    assert verdict, verdict.text()
    odd = replace(fine, close=np.where(np.arange(len(fine)) % 400 == 399, fine.close + 0.01, fine.close))
    odd = replace(odd, high=np.maximum(odd.high, odd.close))
    assert "did not agree" in LAWS.verify(base, magnify=odd, effort=EFFORT).text()


def test_verify_finds_a_run_that_reads_finer_bars_to_come(monkeypatch: pytest.MonkeyPatch) -> None:
    walk = fill.walk_finer

    def foresees(b: Any, k: Any, *others: Any) -> int:
        last = k[layout.FINER] + (k[layout.FINER_COUNT] - 1) * layout.FINER_WIDTH
        return 0 if b[last] == b[last] else walk(b, k, *others)

    monkeypatch.setattr(fill, "walk_finer", foresees)
    fine = make_bars(7, 2000)
    verdict = LAWS.verify(resample(fine, timeframe("1h"), "UTC"), magnify=fine, effort=EFFORT, engines=("interpreted",))
    assert not verdict


def test_sweeps_and_why_go_by_them() -> None:
    text = LAWS.text.replace("  target 0.5%\n  trail", "  target goal\n  trail", 1)
    program = sg.compile(text.replace("assume fee", "param goal = 0.5% in 0.1% to 1%\nassume fee"))
    fine = make_bars(8, 2000)
    base = resample(fine, timeframe("1h"), "UTC")
    table = program.sweep(base, {"goal": [0.003, 0.005]}, magnify=fine, metric="ambiguous_fills")
    plain = program.sweep(base, {"goal": [0.003, 0.005]}, metric="ambiguous_fills")
    for row, other in zip(table.to_pylist(), plain.to_pylist(), strict=True):
        result = program.backtest(base, {"goal": row["goal"]}, magnify=fine)
        assert (row["return"], row["ambiguous_fills"]) == (result.stats["return"], result.stats["ambiguous_fills"])
        assert row["return"] != other["return"]
    assert b'"magnify": "15m"' in table.schema.metadata[b"assumptions"]
    result = program.backtest(base, magnify=fine)
    for trade in (1, 7, len(result.trades)):
        told = result.why(trade=trade)
        assert told.trade is not None and told.trade.exit == result.trades.to_pylist()[trade - 1]["exit_reason"]
    assert program.why(base, trade=7, magnify=fine).to_json() == result.why(trade=7).to_json()


def test_several_strategies_share_a_capital_under_finer_bars(tmp_path: Any) -> None:
    fine = make_bars(9, 2000)
    base = resample(fine, timeframe("1h"), "UTC")
    each = {"program": LAWS, "data": base, "magnify": fine}
    book = sg.portfolio({"fine": each, "plain": {"program": LAWS, "data": base}}, shares={"fine": 0.5, "plain": 0.5})
    result = book.backtest()
    alone = LAWS.backtest(base, capital=50_000, magnify=fine)
    assert rows_of(result.strategies["fine"])[0] == rows_of(alone)[0] != rows_of(result.strategies["plain"])[0]
    assert result.stats["magnify"]["fine"]["used"] == alone.stats["magnify"]["used"]
    assert "plain" not in result.stats["magnify"]
    assert book.verify(effort=EFFORT)


def test_what_cannot_be_magnified_is_refused() -> None:
    base, fine = hours(UP_DOWN)
    program = sg.compile(f'stratagem 1\nstrategy "m"\n{BRACKET}')
    with pytest.raises(UsageFault, match="bars of 1h make no bars of 15m"):
        program.backtest(fine, engine="interpreted", magnify=base)
    with pytest.raises(UsageFault, match="finer bars change nothing of it"):
        sg.evaluate("close", base, magnify=fine)
    with pytest.raises(RunError, match="holds no symbol .A., .B."):
        program.backtest({"A": base, "B": base}, engine="interpreted", magnify=fine)
