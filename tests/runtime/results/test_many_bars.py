"""Statistics of many bars, which two threads look at: those of one thread, and none of data that were changed."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import stratagem as sg
from stratagem.runtime import beside
from stratagem.runtime.errors import RunError
from stratagem.runtime.results.stats import OF_BARS

TEXT = 'stratagem 1\nstrategy "many"\nenter long when close > close[1]\nexit long when close < close[1]\n'


def bars(count: int = beside.ENOUGH) -> dict[str, Any]:
    close = 100.0 + np.random.default_rng(5).integers(-3, 4, count).cumsum() % 17
    ts = np.datetime64("2024-01-01", "us") + np.arange(count) * np.timedelta64(1, "m")
    return {"ts": ts, "open": close, "high": close + 1, "low": close - 1, "close": close}


@pytest.mark.parametrize("idle", [True, False])
def test_statistics_are_the_same_on_one_thread_and_on_two(idle: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(beside, "spare", lambda: idle)
    result = sg.compile(TEXT).backtest(bars())
    stats, equity = result.stats, result.equity
    drawdown, held = np.asarray(equity["drawdown"]), np.asarray(equity["position"]) != 0.0
    assert stats["max_drawdown"] == drawdown.max() > 0.0
    assert stats["exposure"] == held.sum() / len(held) and 0.1 < stats["exposure"] < 0.9
    assert list(result.values)[:3] == list(sg.compile(TEXT).backtest(bars(60)).values)[:3], "in their order"


def test_those_that_look_at_every_bar_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """No other statistic asks for what another thread may be looking at."""
    from stratagem.runtime.results.metrics.definitions import DEFINITIONS
    from stratagem.runtime.results.metrics.run import Measured

    measured = sg.compile(TEXT).backtest(bars(200)).run
    for name, definition in DEFINITIONS.items():
        asked: list[str] = []
        monkeypatch.setattr(Measured, "falls", _telling(measured.falls, asked))
        monkeypatch.setattr(Measured, "held_bars", _telling(measured.held_bars, asked))
        definition.value(measured)
        assert bool(asked) == (name in OF_BARS), name
        monkeypatch.undo()


def _telling(own: object, asked: list[str]) -> property:
    return property(lambda run: (asked.append("every bar"), own)[1])  # type: ignore[func-returns-value]


@pytest.mark.parametrize("idle", [True, False])
def test_times_that_were_changed_are_told_first(idle: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(beside, "spare", lambda: idle)
    data = bars()
    result = sg.compile(TEXT).backtest(data)
    data["ts"][5:] = data["ts"][0]
    for _ in range(2):
        with pytest.raises(RunError, match="the data were changed after the run"):
            _ = result.stats


def test_times_that_were_changed_after_the_values_were_made_are_told_by_the_rest() -> None:
    """The document has times beside them: the first and the last tested one, and months."""
    data = bars(60)
    result = sg.compile(TEXT).backtest(data)
    assert result.values["trades"] > 0
    data["ts"][-1] += np.timedelta64(500, "D")
    with pytest.raises(RunError, match="the data were changed after the run"):
        _ = result.stats
