"""What a result owes to the path inside bars: worked by hand on one bar that holds both a stop and a target."""

from __future__ import annotations

import json
import weakref
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import stratagem as sg
from stratagem.runtime.results.interval import interval
from stratagem.runtime.results.metrics.run import Measured
from stratagem.runtime.results.output import RunOutput

BOTH = "assume capital 1000\nenter long when bar_index == 0 size 1 units stop close - 10 target close + 20"
ROWS = [(100, 100, 100, 100), (100, 125, 85, 100), (100, 100, 100, 100)]


def bars(rows: list[tuple[float, ...]] = ROWS) -> dict[str, np.ndarray]:
    ts = np.datetime64("2024-01-01", "us") + np.arange(len(rows)) * np.timedelta64(1, "D")
    return {"ts": ts, **dict(zip(("open", "high", "low", "close"), np.array(rows, dtype=float).T.copy(), strict=True))}


@pytest.mark.parametrize("engine", ["native", "interpreted"])
@pytest.mark.parametrize("path", ["worst", "best", "proximity"])
def test_figures_lie_between_the_worst_and_the_best_path(engine: str, path: str) -> None:
    """The stop loses 10 of 1,000, the target wins 20."""
    found = sg.compile(BOTH).backtest(bars(), engine=engine, path=path).interval
    assert found.figures["return"] == pytest.approx((-0.01, 0.02)) and found.figures["trades"] == (1, 1)
    assert found.decided == 1.0


def test_a_figure_that_means_nothing_is_none_and_one_that_the_path_leaves_alone_a_point() -> None:
    quiet = [(100, 100, 100, 100), (100, 105, 95, 100), (100, 100, 100, 100)]
    found = sg.compile(BOTH).backtest(bars(quiet)).interval
    assert found.figures["win_rate"] == (None, None) and found.figures["return"] == (0.0, 0.0)
    assert found.decided == 0.0


def test_nothing_runs_again_where_no_order_has_a_level() -> None:
    result = sg.compile("enter long when bar_index == 0 size 1 units\nexit long when bar_index == 1").backtest(bars())
    assert result.output.otherwise is None
    assert result.interval.figures["return"] == (0.0, 0.0)


IN_AND_OUT = "assume capital 1000\nenter long when bar_index == 0 size 1 units limit close - 5 target close - 1"


@pytest.mark.parametrize("engine", ["native", "interpreted"])
@pytest.mark.parametrize("path", ["worst", "best", "proximity"])
def test_a_target_in_the_bar_of_its_limit_is_decided_under_every_path(engine: str, path: str) -> None:
    """Down first it earns 4 of 1,000; up first it is held at 90 from 95 on, and loses 5."""
    rows = [(100, 100, 100, 100), (98, 99, 94, 97), (90, 90, 90, 90)]
    result = sg.compile(IN_AND_OUT).backtest(bars(rows), engine=engine, path=path)
    assert result.interval.figures["return"] == pytest.approx((-0.005, 0.004)) and result.interval.decided == 1.0
    assert result.stats["ambiguous_fills"] >= 1


def test_an_order_that_only_another_path_fills_is_decided() -> None:
    """Up first the trigger at 105 makes a limit of it, which 101 meets; down first it ends unfilled."""
    text = "assume capital 1000\nenter long when bar_index == 0 size 1 units trigger close + 5 limit close + 1"
    rows = [(100, 100, 100, 100), (103, 106, 100, 103), (110, 110, 110, 110)]
    for path, trades in (("worst", 1), ("best", 0)):
        result = sg.compile(text).backtest(bars(rows), path=path)
        assert result.stats["trades"] + result.stats["open_trades"] == trades and result.interval.decided == 1.0


def test_the_summary_and_the_document_say_it(tmp_path: Path) -> None:
    result = sg.compile(BOTH).backtest(bars())
    text = result.summary()
    assert "the path inside bars decided 100.00% of the trades" in text and "return -1.00% to +2.00%" in text
    result.write(tmp_path / "out")
    document = json.loads((tmp_path / "out" / "result.json").read_text())
    assert document["interval"]["return"] == pytest.approx([-0.01, 0.02])
    assert document["interval"]["decided_by_path"] == 1.0


def test_an_array_that_was_changed_meanwhile_is_told() -> None:
    data = bars()
    result = sg.compile(BOTH).backtest(data)
    data["high"][1] = 119.0
    with pytest.raises(sg.RunError, match="changed"):
        _ = result.interval


def test_a_path_under_which_nothing_fills_inside_knows_of_the_others() -> None:
    """In at 101; 104 arms a stop at 100. Going down first, to 99, it is not there yet; going up first it is met."""
    text = "assume capital 1000\nenter long when bar_index == 0 size 1 units stop close - 10 stop close after close + 3"
    rows = [(100, 100, 100, 100), (101, 104, 99, 102), (102, 130, 102, 130)]
    ends = {}
    for path in ("worst", "best", "proximity"):
        result = sg.compile(text).backtest(bars(rows), path=path)
        ends[path] = result.stats["final_equity"]
        assert result.interval.figures["final_equity"] == (999.0, 1029.0)
    assert ends == {"worst": 1029.0, "best": 999.0, "proximity": 1029.0}, "going to the gain first arms the stop at 100"


def test_of_a_run_under_another_path_equity_alone_is_kept_and_one_at_a_time() -> None:
    result = sg.compile(BOTH).backtest(bars())
    again, made = result.output.otherwise, []
    assert again is not None

    def watched(path: str) -> RunOutput:
        assert [place() for place in made] == [None] * len(made), "the run before is still held"
        found = again(path)
        assert len(found.equity) == len(ROWS) and found.cash.size == found.quantity.size == 0
        assert found.again is None and found.otherwise is None and found.notes == ()
        made.append(weakref.ref(found.equity))
        return found

    found = interval(Measured(replace(result.output, otherwise=watched)))
    assert found.figures == result.interval.figures and len(made) == 2


def test_equity_alone_is_the_column_of_the_whole_run_also_where_what_is_open_closes_at_the_end() -> None:
    held = "enter long when bar_index == 0 size 1 units stop close - 50 target close + 50"
    result = sg.compile(held).backtest(bars(), close_at_end=True, fee="1%", path="worst")
    again = result.output.otherwise
    assert again is not None and np.array_equal(again("worst").equity, result.output.equity)
