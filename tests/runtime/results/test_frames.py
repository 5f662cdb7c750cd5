"""Tables of a result as frames of pandas and polars, and as HTML."""

from __future__ import annotations

import sys

import numpy as np
import pytest
import stratagem as sg
from stratagem.runtime.results.frames import TABLES, html_table, table_of


@pytest.fixture(scope="module")
def result() -> sg.Result:
    at = np.arange(90)
    close = 100.0 + at % 3
    days = np.datetime64("2024-01-01") + at
    data = {"ts": days, "close": close, "open": close - 1, "high": close + 1, "low": close - 1}
    text = "enter long when change(close) > 0\nexit long when change(close) < 0"
    return sg.compile(text).backtest(data, engine="interpreted", monitors=True)


@pytest.mark.parametrize("name", [name for name in TABLES if name != "daily_parts"])  # that is of several
def test_every_table_is_a_frame_of_either_library(result: sg.Result, name: str) -> None:
    table = table_of(result, name)
    of_pandas, of_polars = result.to_pandas(name), result.to_polars(name)
    assert len(of_pandas) == len(of_polars) == len(table)
    index = [of_pandas.index.name] if of_pandas.index.name else []
    assert sorted([*index, *of_pandas.columns]) == sorted(table.column_names) == sorted(of_polars.columns)


def test_the_values_are_those_of_the_table(result: sg.Result) -> None:
    assert result.to_pandas()["equity"].tolist() == result.equity["equity"].to_pylist()
    assert result.to_polars("trades")["pnl"].to_list() == result.trades["pnl"].to_pylist()
    assert result.to_pandas().index.name == "ts" and result.to_pandas("daily").index.name == "day"


def test_what_there_is_not_is_told(result: sg.Result, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(sg.RunError, match="did you mean `trades`"):
        result.to_pandas("trade")
    with pytest.raises(sg.RunError, match="has no table 3"):
        result.to_polars(3)  # type: ignore[arg-type]
    for library, frame in (("pandas", result.to_pandas), ("polars", result.to_polars)):
        monkeypatch.setitem(sys.modules, library, None)
        with pytest.raises(sg.RunError, match=f"pip install {library}"):
            frame("trades")


def test_a_long_table_shows_its_ends(result: sg.Result) -> None:
    shown = html_table(result.trades, "<mine>")
    assert shown.count("<tr>") == 22 and f"{len(result.trades) - 20} rows" in shown and "&lt;mine&gt;" in shown
    assert html_table(result.flows).count("<tr>") == 1


def test_values_show_in_one_line(result: sg.Result) -> None:
    for value in (result, result.why(trade=1), result.series, result.symbols):
        assert "\n" not in repr(value) and len(repr(value)) < 160
    assert "<pre>" in result.why(trade=1)._repr_html_()
