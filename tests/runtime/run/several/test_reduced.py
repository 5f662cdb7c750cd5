"""What guards that reduce take from several symbols, worked out by hand."""

from __future__ import annotations

from pathlib import Path

import pytest
import stratagem as sg
from stratagem.runtime.results.result import Result

from .test_told import table

HEAD = 'stratagem 1\nstrategy "Reduced"\non A, B, C every 1d\nassume capital 1000\n'


def run(tmp_path: Path, text: str, data: str, engine: str = "native") -> Result:
    place = tmp_path / "prices.csv"
    place.write_text(data)
    return sg.compile(HEAD + text).backtest(place, engine=engine)


def by_guards(result: Result) -> dict[str, float]:
    return {row["symbol"]: row["got"] for row in result.orders.to_pylist() if row["kind"] == "guard"}


@pytest.mark.parametrize("engine", ["native", "interpreted"])
def test_of_net_exposure_the_side_that_outweighs_leaves_each_in_proportion(tmp_path: Path, engine: str) -> None:
    """600 and 200 long, 300 short: 500 of 1,200 x 40 % = 480. Of the 20 three quarters are B's 600 of 800."""
    text = ("guard net_exposure 40% then reduce\nenter short A when bar_index == 0 size 3 units\n"
            "enter long B when bar_index == 0 size 4 units\nenter long C when bar_index == 0 size 2 units")  # fmt: skip
    data = table({"A": [100.0] * 5, "B": [100.0, 100.0, 150.0, 150.0, 150.0], "C": [100.0] * 5})
    result = run(tmp_path, text, data, engine)
    assert by_guards(result) == pytest.approx({"B": 0.1, "C": 0.05})
    assert result.stats["guard_trips"] == 1


@pytest.mark.parametrize("engine", ["native", "interpreted"])
def test_of_open_risk_each_symbol_takes_its_share_of_what_is_too_much(tmp_path: Path, engine: str) -> None:
    """4 x 15 and 2 x 20 are 100 of 1,020 x 9 % = 91.8: A comes to 60 % of that and B to 40 %; C has nothing."""
    text = ("guard open_risk 9% then reduce\nenter long A when bar_index == 0 size 4 units stop 90\n"
            "enter long B when bar_index == 0 size 2 units stop 80")  # fmt: skip
    data = table({"A": [100.0, 100.0, 105.0, 105.0], "B": [100.0] * 4, "C": [100.0] * 4})
    result = run(tmp_path, text, data, engine)
    assert by_guards(result) == pytest.approx({"A": 4.92 / 15, "B": 3.28 / 20})
    assert result.stats["guard_trips"] == 1


def test_what_exits_that_wait_will_close_is_not_reduced_for_again(tmp_path: Path) -> None:
    """A has no bar on the 3rd, so its exit of the 2nd waits: 400 and 300 of 1,100 are held, and 300 of it stay."""
    text = ("guard net_exposure 60% then reduce\nenter long A when bar_index == 0 size 4 units\n"
            "enter long B when bar_index == 0 size 2 units\nexit long A when bar_index == 1\n")  # fmt: skip
    data = table({"A": [100.0, 100.0, 100.0, 150.0], "B": [100.0, 100.0, 150.0, 150.0], "C": [100.0] * 4}, {"A": {3}})
    assert by_guards(run(tmp_path, text, data)) == {}
    assert by_guards(run(tmp_path, text.replace("exit long A when bar_index == 1", ""), data)).keys() == {"A", "B"}
