"""Which runs get a loop for their series: those over many bars, and none that goes bar by bar."""

from __future__ import annotations

import pytest
import stratagem as sg
from stratagem.lang.compile import compile_text
from stratagem.lang.plan.build import plan
from stratagem.runtime.machine import crossing
from stratagem.runtime.machine.crossing import apart
from stratagem.runtime.machine.engines import kernel_of
from stratagem.runtime.native.emit import emit
from stratagem.runtime.run.prepare import prepare

from ...enginekit import make_bars

TEXT = "enter long when close > sma(close, 5) size 1 units stop close - 2 * atr(5)\n"
NO_TRADES = "plot sma(close, 5)\n"


@pytest.fixture(autouse=True)
def as_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    """As it is outside of tests."""
    monkeypatch.setattr(crossing, "apart", apart)


def test_a_run_over_many_bars_has_one_and_one_over_few_has_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crossing, "ENOUGH", 60)
    of = plan(compile_text(TEXT))
    few, many = (prepare(of, make_bars(1, bars)).machine(of, "native") for bars in (59, 60))
    assert (few.bound.crossing._columns, many.bound.crossing._columns > 0) == (0, True)  # type: ignore[attr-defined]


def test_a_session_has_none() -> None:
    live = sg.compile(TEXT).session(engine="native", timeframe="15m")
    assert live._machine.bound.crossing._columns == 0


def test_the_kernels_are_kept_apart_and_a_plan_that_does_not_trade_has_one() -> None:
    of, quiet = plan(compile_text(TEXT)), plan(compile_text(NO_TRADES))
    assert [kernel_of(of, apart=each).ahead > 0 for each in (False, True, False)] == [False, True, False]
    assert [kernel_of(quiet, apart=each).ahead for each in (False, True)] == [0, 0]
    assert "@states" in emit(of, apart=True) and "@states" not in emit(of)
    assert emit(quiet, apart=True) == emit(quiet)
