"""Expressions over several symbols: held against each symbol alone, a run's series, and ranks worked out here."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import stratagem as sg
from stratagem.lang.compile import compile_expression, compile_text
from stratagem.runtime.errors import RunError, UsageFault
from stratagem.runtime.run.evaluate import evaluated
from stratagem.runtime.run.several.evaluate import Evaluated

from ...portfolio.kit import make_panel

PANEL = make_panel(21, 4, 120)


@pytest.mark.parametrize("engine", ["native", "interpreted"])
def test_what_reads_no_other_symbol_is_that_of_each_alone(engine: str) -> None:
    every = sg.evaluate("bb(close, 20)", PANEL, engine=engine)
    assert list(every) == ["A", "B", "C", "D"]
    for bars in PANEL:
        alone = sg.evaluate("bb(close, 20)", bars, engine=engine)
        assert list(every[bars.symbol]) == list(alone)
        for field, values in alone.items():
            assert np.array_equal(every[bars.symbol][field], values, equal_nan=True)
    up = sg.evaluate("close > open", PANEL, symbols="C,B")
    assert list(up) == ["C", "B"] and up["B"].dtype == bool and (up["B"] == (PANEL["B"].close > PANEL["B"].open)).all()


def test_what_reads_others_is_the_value_on_each() -> None:
    ranks = sg.evaluate("rank(close)", PANEL)
    now = PANEL["A"].closes[50]
    known = {}
    for bars in PANEL:
        last = int(bars.closes.searchsorted(now, side="right")) - 1
        if last >= 0 and bars.close[last] == bars.close[last] and now - bars.closes[last] <= 7 * 86_400_000_000:
            known[bars.symbol] = bars.close[last]
    assert ranks["A"][50] == 1 + sum(value > known["A"] for value in known.values())
    other = sg.evaluate("close of B", PANEL)
    rows = PANEL["B"].closes.searchsorted(PANEL["D"].closes, side="right") - 1
    expected = np.where(rows >= 0, PANEL["B"].close[np.maximum(rows, 0)], np.nan)
    assert np.array_equal(other["D"], expected, equal_nan=True)


def test_a_definition_of_a_program_is_its_series() -> None:
    text = """stratagem 1
watch D
param n = 5 in 2 to 20
let strength = close / close[n]
let place    = rank(strength)
state held = 0 then if position.size > 0 then held + 1 else held
enter long when place == 1
  size 20%
exit long when place > 2
"""
    program = sg.compile(text)
    result = program.backtest(PANEL, {"n": 7})
    for name in ("strength", "place", "held"):
        found = evaluated(compile_text(text, "<text>"), name, PANEL, params={"n": 7})
        assert isinstance(found, Evaluated) and found.symbols == ("A", "B", "C")
        for symbol, values in zip(found.symbols, found.values[name], strict=True):
            assert np.array_equal(values, result.symbols[symbol].series[name], equal_nan=True)
    assert found.values["held"][0].max() > 0.0  # what a state reads of the books is of what was traded


def test_events_side_by_side_have_nothing_where_a_symbol_has_no_bar() -> None:
    found = evaluated(compile_expression("close > open"), "value", PANEL)
    assert isinstance(found, Evaluated)
    columns = found.side_by_side("value")
    assert len(found.bars) == len(PANEL.events) and all(len(column) == len(PANEL.events) for column in columns.values())
    for bars in PANEL:
        assert (columns[bars.symbol].compressed() == (bars.close > bars.open)).all()
        assert (found.bars.ts[~columns[bars.symbol].mask] == bars.ts).all()
    assert not any("each statement runs" in note for note in found.bars.notes)


def test_members_alone_are_ranked(tmp_path: Path) -> None:
    file = tmp_path / "few.yaml"
    file.write_text("symbols:\n- {symbol: A, to: 2024-02-01}\n- B\n- C\n")
    ranks = sg.evaluate("rank(close)", PANEL, universe=file)
    assert list(ranks) == ["A", "B", "C"]
    later = PANEL["A"].ts >= np.datetime64("2024-02-01", "us").astype(int)
    assert np.isnan(ranks["A"][later]).all() and not np.isnan(ranks["A"][~later]).all()


def test_what_cannot_be_evaluated_says_why() -> None:
    with pytest.raises(UsageFault, match="symbols='A,B' in Python"):
        sg.evaluate("rank(close)", PANEL, symbol="A")
    with pytest.raises(RunError, match="no symbol 'Q'"):
        sg.evaluate("close of Q", PANEL)
    with pytest.raises(RunError, match="the program counts in ticks"):
        sg.evaluate("close - 2ticks", PANEL)
    assert np.allclose(sg.evaluate("close - 2ticks", PANEL, tick=0.25)["A"], PANEL["A"].close - 0.5, equal_nan=True)
    assert isinstance(sg.evaluate("close", PANEL, symbol="A"), np.ndarray)
