"""A program and its data brought together: what fits, what is tested, whose assumptions count."""

from __future__ import annotations

from pathlib import Path

import pytest
import stratagem as sg
from stratagem.lang.compile import compile_text
from stratagem.lang.plan.build import plan
from stratagem.lang.program.timeframe import timeframe
from stratagem.runtime.calendar.instants import instant, shown
from stratagem.runtime.errors import RunError, UsageFault
from stratagem.runtime.run import prepare as setting
from stratagem.runtime.run.prepare import assume, fits, prepare
from stratagem.runtime.run.read import timeframe_of

from ...enginekit import make_bars

BARS = make_bars(1, 200)


@pytest.mark.parametrize(
    ("text", "base", "message"),
    [
        ("on X every 15m\nplot close", "1h", "made for bars of 15m, the data has bars of 1h"),
        ("on X every 60m\nplot close", "1h", ""),
        ("plot close @ 4h", "1h", ""),
        ("plot close @ 4h", "4h", ""),
        ("plot close @ 4h", "1d", "bars of 4h, which the data's bars of 1d cannot make"),
        ("plot close @ 4h", "3h", "one is no multiple of the other"),
        ("plot close @ 1d", "7h", ""),
        ("plot close @ 1mo", "1w", ""),
        ("plot close @ 48h", "5h", ""),
        ("plot close @ 1w", "2d", "one is no multiple of the other"),
        ("plot close @ 3d", "2d", "one is no multiple of the other"),
        ("plot close @ 2w", "1w", ""),
        ("plot close @ 3mo", "2mo", "one is no multiple of the other"),
        ("plot close @ 12mo", "3mo", ""),
    ],
)
def test_timeframes_that_fit(text: str, base: str, message: str) -> None:
    made = plan(*_plotted(text))
    if not message:
        fits(made, timeframe(base))
        return
    with pytest.raises(RunError, match=message):
        fits(made, timeframe(base))


def _plotted(text: str) -> tuple[object, list[tuple[str, object]]]:
    program = compile_text(text)
    return program, [(p.title, p.node) for p in program.plots]


def test_what_is_given_goes_before_the_text() -> None:
    made = plan(compile_text("assume fee 0.1%\nassume capital 5000\nplot close"))
    assert (assume(made, {}).capital, assume(made, {"capital": 7000}).capital) == (5000.0, 7000.0)
    assert assume(made, {}).echo()["fee"] == "0.1%"
    with pytest.raises(UsageFault, match="'Mars/Olympus'"):
        assume(made, {"timezone": "Mars/Olympus"})


def test_the_period_begins_at_a_bar_and_ends_before_one() -> None:
    begin, end = int(BARS.ts[50]), int(BARS.ts[150])
    for from_, first in ((begin, 50), (begin - 1, 50), (begin + 1, 51), (None, 0)):
        kept, found = setting.tested(BARS, from_, end)
        assert (len(kept), found) == (150, first)
    assert len(setting.tested(BARS, None, end + 1)[0]) == 151
    assert len(setting.tested(BARS, None, None)[0]) == 200
    for from_, to in ((int(BARS.ts[-1]) + 1, None), (None, int(BARS.ts[0])), (begin + 1, begin + 2)):
        with pytest.raises(UsageFault, match="no bar lies in the period"):
            setting.tested(BARS, from_, to)
    with pytest.raises(UsageFault, match="begin before it ends"):
        setting.tested(BARS, end, begin)


def test_mistakes_of_the_caller_are_told_before_the_data_are_read(tmp_path: Path) -> None:
    made = plan(compile_text("param n = 5 in 2 to 9\nrequire n < 8\nplot sma(close, n)"))
    with pytest.raises(UsageFault, match="`n` takes 2 to 9"):
        prepare(made, tmp_path / "none.csv", {"n": 1})
    with pytest.raises(UsageFault, match="requires n < 8, which does not hold for n = 9"):
        prepare(made, tmp_path / "none.csv", {"n": 9})


LENGTHS = """param k = 2 in 0 to 5
let middle = median(close, max(1, min(7 // k, 20)))
enter long when close > middle and close > close[max(0, round(sqrt(k - 1)))]
exit long when close < middle
"""


@pytest.mark.parametrize("engine", ["native", "interpreted"])
def test_a_length_that_is_missing_is_refused_before_anything_runs(engine: str) -> None:
    """Native code would count with what is no number."""
    program = sg.compile(LENGTHS)
    for wrong in (
        lambda: program.backtest("sample:AAPL", {"k": 0}, engine=engine),
        lambda: program.session({"k": 0}, timeframe="1d", engine=engine),
        lambda: program.sweep("sample:AAPL", {"k": [2, 1, 0]}),
        lambda: program.verify("sample:AAPL", {"k": 0}),
    ):
        with pytest.raises(UsageFault, match="is missing; expected a whole number from"):
            wrong()
    assert len(program.sweep("sample:AAPL", {"k": [1, 2]})) == 2


@pytest.mark.parametrize("limit", ["d", "d / 2 - 1%", "1% / (d + 1%)"])
def test_a_guard_that_the_parameters_set_below_nothing_is_refused_before_anything_runs(limit: str) -> None:
    program = sg.compile(f"param d = 10%\nenter long when close > open stop 5%\nguard loss {limit}")
    for wrong in (
        lambda: program.backtest("sample:AAPL", {"d": "-1%"}),
        lambda: program.session({"d": "-1%"}, timeframe="1d"),
        lambda: program.sweep("sample:AAPL", {"d": ["10%", "-1%"]}),
        lambda: program.verify("sample:AAPL", {"d": "-1%"}),
    ):
        with pytest.raises(UsageFault, match="guard loss: expected a limit of 0 or more, found"):
            wrong()


def test_a_guard_that_counts_takes_whole_numbers_of_parameters_too() -> None:
    """As of a constant: 1.5 positions are none that anybody meant."""
    program = sg.compile("param k = 2.0\nenter long when close > open stop 5%\nguard positions k")
    for wrong in (
        lambda: program.backtest("sample:AAPL", {"k": 1.5}),
        lambda: program.session({"k": 1.5}, timeframe="1d"),
        lambda: program.sweep("sample:AAPL", {"k": [2.0, 1.5]}),
    ):
        with pytest.raises(UsageFault, match="guard positions: it counts, so expected a whole number, found 1.5"):
            wrong()
    assert program.backtest("sample:AAPL", {"k": 3.0}).stats["trades"] > 0


@pytest.mark.parametrize("step", [1e-30, 1e-18, 3e-9, 1e300])
def test_a_grid_of_any_step_runs(step: float) -> None:
    program = sg.compile("enter long when close > open stop 5%\nexit long when close < open")
    results = [program.backtest(BARS, tick=step, lot=step, engine=engine) for engine in ("native", "interpreted")]
    assert results[0].equity.equals(results[1].equity) and results[0].trades.equals(results[1].trades)


def test_timeframes_and_instants_that_the_caller_wrote() -> None:
    assert str(timeframe_of("60m")) == "1h"
    with pytest.raises(UsageFault, match="'0m'"):
        timeframe_of("0m")
    with pytest.raises(UsageFault, match="last whole days: 36h is none, 1d and 2d are"):
        sg.compile("plot close").backtest(BARS, timeframe="36h")
    with pytest.raises(UsageFault, match="longer than 100 years"):
        sg.compile("plot close").session(timeframe="99999999999h")
    assert instant("2024-03-01T14:30:00+01:00") == instant("2024-03-01 13:30") == instant("2024-03-01T13:30:00Z")
    assert shown(instant("2024-03-01T13:30:00.000001Z")) == "2024-03-01T13:30:00.000001Z"
    assert instant("1969-12-31T23:59:59Z") == -1_000_000


def test_a_limit_that_a_combination_makes_negative_names_it() -> None:
    text = (
        "param lim = 5% in -5% to 10%\nenter long when close > open\nexit long when close < open\nguard drawdown lim\n"
    )
    program = sg.compile(text)
    for wrong in (
        lambda: program.sweep("sample:AAPL", {"lim": ["5%", "-5%"]}),
        lambda: program.backtest("sample:AAPL", {"lim": "-5%"}),
    ):
        with pytest.raises(
            UsageFault, match=r"guard drawdown: expected a limit of 0 or more, found -0.05, with lim = -0.05"
        ):
            wrong()
