"""Series that are computed together: fewer programs to compile, and nothing else."""

from __future__ import annotations

import numpy as np
import pytest
import stratagem as sg
from stratagem.runtime.run import backtest, neighbours
from stratagem.runtime.run.neighbours import MANY, with_neighbours

from ...enginekit import make_bars

NAMES = [*"abcdef", "p", "q"]


@pytest.mark.parametrize(("name", "bars", "found"), [
    ("a", 100, [*"abcdef"]), ("e", 100, [*"abcdef"]), ("p", 100, ["p", "q"]), ("q", 100, ["p", "q"]),
    ("a", 1 << 20, ["a", "b"]), ("c", 1 << 20, ["c", "d"]), ("d", 1 << 30, ["d"]), ("q", 1 << 30, ["q"]),
    ("f", 0, [*"abcdef"]),
])  # fmt: skip
def test_a_few_beside_it_as_far_as_memory_allows(name: str, bars: int, found: list[str]) -> None:
    assert with_neighbours(name, NAMES, ["p", "q"], bars) == found


def test_there_are_not_too_many_of_them() -> None:
    names = [f"x{number}" for number in range(3 * MANY)]
    assert with_neighbours(f"x{MANY + 1}", names, [], 10) == names[MANY : 2 * MANY]


TEXT = """\
let a = sma(close, 5)
let b = a > close
let c = column("funding") * 2
emit d when b
enter long when b
"""


def test_one_run_computes_several_and_each_is_what_it_is_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    bars, runs = make_bars(1, 60), []
    program = sg.compile(TEXT.replace('column("funding")', "high"))
    alone = {}
    with monkeypatch.context() as patch:
        patch.setattr(neighbours, "MANY", 1)
        alone = {name: program.backtest(bars).series[name] for name in "abcd"}
    columns = backtest.node_columns
    monkeypatch.setattr(backtest, "node_columns", lambda *given: runs.append([*given[3]]) or columns(*given))
    series = program.backtest(bars).series
    for name in "dabc":
        assert np.array_equal(series[name], alone[name], equal_nan=True) and series[name].dtype == alone[name].dtype
    assert runs == [[*"abcd"]]


def test_one_that_cannot_be_computed_is_no_fault_of_the_others() -> None:
    series = sg.compile(TEXT).backtest(make_bars(1, 60)).series
    assert series["a"].shape == (60,) and series["d"].dtype == bool
    with pytest.raises(ValueError, match="funding"):
        series["c"]
