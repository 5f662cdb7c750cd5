"""The worked example of docs/portfolio.md: its numbers come out of the program, and out of plain arithmetic."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import stratagem as sg
from stratagem.runtime.results.result import Result

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "portfolio.md").read_text(encoding="utf-8")


def block(kind: str) -> str:
    found = re.search(rf"```{kind}\n(.*?)```", PAGE, re.DOTALL)
    assert found, kind
    return found[1]


def table(title: str) -> list[list[str]]:
    """The rows of a table by its first heading."""
    lines = PAGE[PAGE.index(f"| {title} |") :].splitlines()
    rows = lines[2 : lines.index("")]
    return [[cell.strip() for cell in row.strip("|").split("|")] for row in rows]


@pytest.fixture(scope="module", params=["native", "interpreted"])
def result(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Result:
    place = tmp_path_factory.mktemp("example") / "two.csv"
    place.write_text(block("csv"))
    return sg.compile(block("strat")).backtest(place, engine=request.param)


def test_the_table_is_what_the_program_does(result: Result) -> None:
    rows = result.equity.to_pylist()
    a, b = (result.symbols[name].quantity.tolist() for name in ("A", "B"))
    found = [[f"{row['ts']:%Y-%m-%d}", row["equity"], row["cash"], x, y] for row, x, y in zip(rows, a, b, strict=True)]
    expected = [[row[0], *map(float, row[1:])] for row in table("event")]
    assert [row[0] for row in found] == [row[0] for row in expected] and len(found) == 5
    for one, two in zip(found, expected, strict=True):
        assert one[1:] == pytest.approx(two[1:], rel=1e-12, abs=1e-9)


def test_the_table_is_what_arithmetic_says() -> None:
    assert 500 * 104 + 1000 * 49.5 == 101_500
    assert 500 * 110 + 1000 * 49.5 == 104_500 and 104_500 / 2 / 110 == 475
    assert 475 * 106 + 1000 * 50 + 25 * 108 == 103_050 and 103_050 / 2 / 50 == 1030.5
    assert 475 * 107 + 1030.5 * 52 + 2700 - 30.5 * 51 == 105_555.5
    assert [row[1] for row in table("event")] == ["100000", "101500", "104500", "103050", "105555.5"]


def test_trades_and_what_symbols_brought_are_those_of_the_text(result: Result) -> None:
    sold, *still = result.trades.to_pylist()
    assert (sold["symbol"], sold["quantity"], sold["entry_price"], sold["exit_price"]) == ("A", 25.0, 102.0, 108.0)
    prices = {row["symbol"]: row["entry_price"] for row in still}
    assert prices["B"] == pytest.approx((1000 * 49 + 30.5 * 51) / 1030.5, rel=1e-15)
    brought = {row["symbol"]: row["pnl"] for row in result.stats["symbols"]}
    assert brought == pytest.approx({"A": 2525.0, "B": 3030.5}, rel=1e-12)
    assert result.stats["net_profit"] == pytest.approx(5555.5) and abs(result.stats["other_pnl"]) < 1e-9
    assert result.stats["benchmark_return"] == pytest.approx(0.055, rel=1e-12)


def test_columns_that_the_page_names_are_there(result: Result) -> None:
    assert {"symbols_held", "gross", "net"} <= set(result.equity.column_names)
    assert {"symbol"} <= set(result.trades.column_names) & set(result.orders.column_names)
    for name in ("quantity", "value", "weight", "pnl", "trades", "orders", "bars", "series"):
        assert hasattr(result.symbols["A"], name)
    assert "symbols" in result.stats and "other_pnl" in result.stats
    told = PAGE[PAGE.index("## What it leaves") :]
    assert not [name for name in result.attribution.column_names if f"`{name}`" not in told]


_WITHIN = ("sums", "called", "records", "basis", "after", "account", "readings")
"""Stages that are no steps of their own to a reader."""


def test_steps_of_an_event_are_those_of_the_engines() -> None:
    """The page's sixteen steps, beside the stages that both engines walk."""
    from stratagem.runtime.trading.phases import PORTFOLIO_EVENT

    names = [stage.name for stage in PORTFOLIO_EVENT if stage.name not in _WITHIN]
    first = "day carry release opening marks call mark trips".split()
    assert names == [*first, *"steps closing gauges flows leave groups enter outputs".split()]
    steps = re.findall(r"^(\d+)\. ", PAGE[PAGE.index("## One event, in order") :], re.MULTILINE)
    assert [int(step) for step in steps] == list(range(1, len(names) + 1))
