"""What was held of each group of symbols, worked out by hand; in Python, on disk, in the report and in frames."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import stratagem as sg
from stratagem.runtime.results.report.choices import choices
from stratagem.runtime.results.result import Result
from stratagem.runtime.results.write import read

from ...run.several.test_told import Prices, table

TEXT = """stratagem 1
strategy "Groups"
on A, B, C every 1d
assume capital 1000
enter long A when bar_index == 0 size 30%
enter long B when bar_index == 0 size 20%
enter short C when bar_index == 0 size 10%
"""
CATALOGUE = {"A": {"group": "tech"}, "B": {"group": ["tech", "Old"]}, "c": {"group": "OLD"}, "D": {"group": "none_of"}}
PRICES: Prices = {"A": [100.0, 100.0, 150.0, 150.0], "B": [100.0, 100.0, 100.0, 80.0], "C": [100.0, 100.0, 100.0, 50.0]}


def run(folder: Path, text: str = TEXT, instruments: Any = CATALOGUE, **options: Any) -> Result:
    place = folder / "prices.csv"
    place.write_text(table(PRICES))
    return sg.compile(text).backtest(place, engine="interpreted", instruments=instruments, **options)


def test_sides_of_a_group_are_worth_what_its_symbols_are(tmp_path: Path) -> None:
    """3 A, 2 B and -1 C from the second day: A rises to 150 on the third; B falls to 80 and C to 50 on the fourth."""
    result = run(tmp_path)
    tech, old = result.groups["tech"], result.groups["OLD"]
    assert result.equity["equity"].to_pylist() == [1000.0, 1000.0, 1150.0, 1160.0]
    assert (tech.symbols, old.symbols, list(result.groups)) == (("A", "B"), ("B", "C"), ["tech", "old"])
    assert tech.gross.tolist() == tech.net.tolist() == tech.long.tolist() == [0.0, 500.0, 650.0, 610.0]
    assert tech.short.tolist() == [0.0] * 4
    with pytest.raises(ValueError, match="read-only"):
        tech.long[0] = 1.0
    assert (old.long.tolist(), old.short.tolist()) == ([0.0, 200.0, 200.0, 160.0], [0.0, 100.0, 100.0, 50.0])
    assert (old.gross.tolist(), old.net.tolist()) == ([0.0, 300.0, 300.0, 210.0], [0.0, 100.0, 100.0, 110.0])
    assert tech.leverage.tolist() == [0.0, 0.5, 650 / 1150, 610 / 1160]
    assert old.net_leverage.tolist() == [0.0, 0.1, 100 / 1150, 110 / 1160]


def test_only_what_was_tested_is_told(tmp_path: Path) -> None:
    second = run(tmp_path).equity["ts"].to_pylist()[1]
    result = run(tmp_path, TEXT.replace("bar_index == 0", "bar_index == 1"), from_=second)
    of_symbols = result.symbols["A"].value + result.symbols["B"].value
    assert result.groups["tech"].gross.tolist() == of_symbols.tolist() and of_symbols[0] == 0.0 < of_symbols[1]
    assert len(of_symbols) == len(result.equity) == 3


def test_a_name_that_is_none_is_told_the_nearest(tmp_path: Path) -> None:
    groups = run(tmp_path).groups
    assert "Tech" in groups and "none_of" not in groups and 1 not in groups and len(groups) == 2
    assert repr(groups) == "<groups: tech, old>" and repr(groups["tech"]) == "<GroupResult 'tech': A, B>"
    with pytest.raises(KeyError, match="did you mean 'tech'"):
        groups["tehc"]
    with pytest.raises(KeyError, match="no group 7; it has tech, old"):
        groups[7]  # type: ignore[index]


def test_without_a_group_there_is_none(tmp_path: Path) -> None:
    result = run(tmp_path, instruments=None)
    assert not result.groups and result.groups.table.num_rows == 0
    assert "groups.csv" not in {path.name for path in result.write(tmp_path / "out", report=False)}
    alone = sg.compile("enter long when close > 0\nexit long when close > 500\n").backtest("sample:AAPL")
    assert not alone.groups and repr(alone.groups) == "<groups: none>"
    with pytest.raises(KeyError, match="it has none at all"):
        alone.groups["tech"]


@pytest.mark.parametrize("format", ["csv", "parquet"])
def test_the_table_has_a_row_an_event_and_a_group(format: str, tmp_path: Path) -> None:
    result = run(tmp_path)
    rows = result.groups.table
    assert rows["group"].to_pylist() == ["tech", "old"] * 4
    assert rows["gross"].to_pylist() == [0.0, 0.0, 500.0, 300.0, 650.0, 300.0, 610.0, 210.0]
    assert rows["ts"].to_pylist()[::2] == result.equity["ts"].to_pylist()
    assert result.groups["old"].table.equals(rows.take([1, 3, 5, 7]))
    result.write(tmp_path / "out", report=False, format=format)
    assert read(tmp_path / "out").groups == rows
    assert result.to_pandas("groups").shape == (8, 8)


def test_the_report_offers_each_group(tmp_path: Path) -> None:
    """Of tech nothing is short, so that one line tells it."""
    titles = {choice.title: choice.values.tolist() for choice in choices(run(tmp_path).run)}
    assert titles["tech: value / equity"] == [0.0, 0.5, 0.5652, 0.5259]
    assert titles["old: gross / equity"] == [0.0, 0.3, 0.2609, 0.181] and "old: net / equity" in titles


def test_of_a_portfolio_it_is_what_all_strategies_hold(tmp_path: Path) -> None:
    """Half of 1,000 each: one has 3 A and 1 B, the other, which trades B alone, is short 2 B."""
    one = TEXT.replace("A, B, C", "A, B").replace("30%", "60%").split("enter short C")[0]
    other = 'stratagem 1\nstrategy "Other"\nenter short when bar_index == 0 size 40%\n'
    told = {"one": {"program": sg.compile(one)}, "other": {"program": sg.compile(other), "symbol": "B"}}
    place = tmp_path / "prices.csv"
    place.write_text(table(PRICES))
    result = sg.portfolio(told, capital=1000).backtest(place, engine="interpreted", instruments=CATALOGUE)
    tech, old = result.groups["tech"], result.groups["old"]
    assert (tech.symbols, old.symbols) == (("one/A", "one/B", "other/B"), ("one/B", "other/B"))
    assert (tech.long.tolist(), tech.short.tolist()) == ([0.0, 400.0, 550.0, 530.0], [0.0, 200.0, 200.0, 160.0])
    assert (old.long.tolist(), old.net.tolist()) == ([0.0, 100.0, 100.0, 80.0], [0.0, -100.0, -100.0, -80.0])
    assert result.strategies["one"].groups["old"].net.tolist() == old.long.tolist()
    result.write(tmp_path / "out", report=False)
    assert read(tmp_path / "out").groups == result.groups.table
