"""`docs/results.md` holds every statistic with its definition, every column, and claims that other tools bear out."""

from __future__ import annotations

import math
import re
from pathlib import Path

import numpy as np
import pytest
import stratagem as sg
from stratagem.runtime.results.metrics.conventions import CHOICES
from stratagem.runtime.results.metrics.definitions import GROUPS
from stratagem.runtime.results.metrics.wider import METRICS
from stratagem.runtime.trading.rows import EXIT_REASONS, ORDER_KINDS, PHASES, REASONS, RECORD_COLUMNS, STATUSES
from stratagem.tools.build_metrics import page

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "results.md").read_text(encoding="utf-8")
DAY = np.timedelta64(1, "D")
EQUITY = (1000.0, 1010.0, 990.0, 1005.0, 1020.0, 1015.0)


@pytest.fixture(scope="module")
def result() -> sg.Result:
    """One unit bought at the first open and held: equity is 1,000 and what the close has moved."""
    close = np.array([100.0, 100.0, 110.0, 90.0, 105.0, 120.0, 115.0])
    bars = {"ts": np.datetime64("2024-01-01", "us") + np.arange(7) * DAY, "close": close}
    program = sg.compile("enter long when bar_index == 0 size 1 units\nexit long when false")
    return program.backtest(bars, capital=1000, engine="interpreted")


@pytest.mark.parametrize("definition", [d for group in GROUPS for d in group.definitions], ids=lambda d: d.name)
def test_every_statistic_is_defined_as_the_code_defines_it(definition: object) -> None:
    d = definition
    assert f"| `{d.name}` | {d.unit} | {d.meaning} |" in PAGE  # type: ignore[attr-defined]


def test_the_metrics_are_written_as_the_code_defines_them() -> None:
    assert page(PAGE) == PAGE, "python -m stratagem.tools.build_metrics writes them anew"
    for definition in METRICS.values():
        assert f"| `{definition.name}` | {definition.unit} |" in PAGE
    for name, choice in CHOICES.items():
        assert f"| `{name}` | {choice.default} |" in PAGE


def test_what_stands_beside_the_metrics_is_there(result: sg.Result) -> None:
    names = re.findall(r"`metrics\.([a-z_]+)", PAGE)
    assert len(names) == 9 and all(hasattr(result.metrics(), name) for name in names)
    found = result.metrics()
    for table in (found.drawdowns(), found.rolling(3), found.trailing(), found.by("side")):
        assert not [name for name in table.column_names if f"`{name}`" not in PAGE]


@pytest.mark.parametrize("table", ["trades", "orders", "equity"])
def test_every_column_is_named(result: sg.Result, table: str) -> None:
    part = PAGE.split("## Tables and files")[1]
    if table != "equity":
        part = part.split(f"| column of `{table}` |")[1].split("\n\n")[0]
    assert not [name for name in getattr(result, table).column_names if f"`{name}`" not in part]


def test_a_short_that_makes_nothing_makes_0(tmp_path: Path) -> None:
    """`-0` is no amount of money: neither in the table nor in what is written."""
    text = "enter short when bar_index == 0 size 1 units\nexit short when bar_index == 2"
    bars = {"ts": np.datetime64("2024-01-01", "us") + np.arange(5) * np.timedelta64(1, "D"), "close": np.full(5, 10.0)}
    for engine in ("native", "interpreted"):
        result = sg.compile(text).backtest(bars, engine=engine)
        (trade,) = result.trades.to_pylist()
        assert [str(trade[name]) for name in ("pnl", "return", "mae", "mfe")] == ["0.0"] * 4
    result.write(tmp_path / "out")
    assert ",-0," not in (tmp_path / "out" / "trades.csv").read_text(encoding="utf-8")


def test_every_word_in_the_columns_is_named() -> None:
    words = set(re.findall(r"`([a-z_]+)`", PAGE))
    assert {*EXIT_REASONS, *ORDER_KINDS, *STATUSES, *REASONS, *PHASES} - {""} <= words
    readings = {*re.findall(r"`([a-z_]+)`", PAGE.split("`monitors` has")[1].split("\n\n")[0])}
    assert {*RECORD_COLUMNS} - {"index"} <= readings, "the bar's time stands for its index"


def test_everything_in_a_document_is_named(result: sg.Result) -> None:
    assert not [name for name in result.stats if f"`{name}`" not in PAGE]


def test_everything_in_a_sweep_is_named() -> None:
    program = sg.compile("param n = 2 in 2 to 9\nenter long when close > sma(close, n)\nexit long when close < open")
    bars = {"ts": np.datetime64("2024-01-01", "us") + np.arange(20) * DAY, "close": np.arange(20) + 1.0}
    table = program.sweep(bars, {"n": [2]}, metric="sharpe")
    part = PAGE.split("## A sweep")[1].split("\n## ")[0]
    named = [*(name.decode() for name in table.schema.metadata), *set(table.column_names) - {"n", "sharpe"}]
    assert not [name for name in named if f"`{name}`" not in part]


def test_deviations_periods_and_downside_are_as_the_page_says(result: sg.Result) -> None:
    """Seven daily bars on seven days: 365.25 periods a year, where quantstats would take 252."""
    equity = np.array([1000.0, 1000.0, *EQUITY[1:]])
    returns = equity[1:] / equity[:-1] - 1
    returns = np.concatenate([[0.0], returns])  # the first period begins with the capital
    year = 365.25
    assert result.stats["volatility"] == pytest.approx(returns.std() * math.sqrt(year))
    assert result.stats["sharpe"] == pytest.approx(returns.mean() / returns.std() * math.sqrt(year))
    downside = math.sqrt((np.minimum(returns, 0) ** 2).mean())
    assert result.stats["sortino"] == pytest.approx(returns.mean() / downside * math.sqrt(year))
    sample = returns.std(ddof=1)
    assert sample / returns.std() == pytest.approx(math.sqrt(len(returns) / (len(returns) - 1)))


def test_drawdown_is_of_closes_and_begins_with_the_capital(result: sg.Result) -> None:
    assert result.stats["max_drawdown"] == pytest.approx(20 / 1010)
    assert result.stats["annual_return"] == pytest.approx(1.015 ** (365.25 / 7) - 1)
