"""Profit by day: by hand, and as a law that the parts add up to what equity changed by."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import stratagem as sg
from stratagem.runtime.errors import UsageFault
from stratagem.runtime.results.write import read

from . import made


def bars(closes: list[float], hours: int) -> dict[str, Any]:
    close = np.array(closes)
    ts = np.datetime64("2024-01-01", "us") + np.arange(len(close)) * np.timedelta64(hours, "h")
    return {"ts": ts, **dict.fromkeys(("open", "high", "low", "close"), close)}


def run(text: str, closes: list[float], hours: int = 12, **options: Any) -> sg.Result:
    given = {"engine": "interpreted", "capital": 1_000, "monitors": True, **options}
    return sg.compile(text).backtest(bars(closes, hours), **given)


def test_by_hand() -> None:
    """Of each day two bars. 10 bought at 10 for a fee of 1, at 12 that night; at 15 they leave for 1.5; 50 come in."""
    text = """assume fee 1%
enter long when close == 9 size 10 units
exit long when close == 14
deposit 50 cash when close == 16"""
    result = run(text, [9, 10, 11, 12, 14, 15, 16, 16])
    told = [tuple(row.values()) for row in result.daily.drop_columns("day").to_pylist()]
    expected = [
        (0.0, 0.0, 1.0, 0.0, -1.0, 0.0, 999.0, -0.001, 0), (0.0, 20.0, 0.0, 0.0, 20.0, 0.0, 1_019.0, 20 / 999, 0),
        (50.0, -20.0, 1.5, 0.0, 28.5, 0.0, 1_047.5, 28.5 / 1_019, 1), (0.0, 0.0, 0.0, 0.0, 0.0, 100.0, 1_147.5, 0.0, 0),
    ]  # fmt: skip
    assert told == [pytest.approx(row) for row in expected]
    assert [str(day) for day in result.daily["day"].to_pylist()] == [f"2024-01-0{day}" for day in (1, 2, 3, 4)]
    without = run(text, [9, 10, 11, 12, 14, 15, 16, 16], monitors=False).daily
    assert without.column_names == ["day", "pnl", "flow", "equity", "return", "trades"]
    assert [tuple(row.values())[1:] for row in without.to_pylist()] == [pytest.approx(row[4:]) for row in expected]


@pytest.mark.parametrize("options", [
    {}, {"timezone": "America/New_York", "close_at_end": True}, {"from_": "2024-01-04"},
])  # fmt: skip
def test_law_the_parts_add_up(options: dict[str, Any]) -> None:
    text = """assume fee 0.2%
assume interest 5%
assume funding 0.03%
enter long when close > sma(close, 3) size 50% scale 2 stop 5%
enter short when close < sma(close, 4) size 70% target 4%
deposit 200 cash when close > 105
withdraw 1% when close < 95"""
    result = run(text, [100 + 9 * math.sin(at / 3) + 4 * math.sin(at * 1.7) for at in range(80)], 5, **options)
    table = {name: result.daily[name].to_numpy() for name in result.daily.column_names}
    before = np.concatenate([[1_000.0], table["equity"][:-1]])
    np.testing.assert_allclose(table["pnl"] + table["flow"], table["equity"] - before, rtol=0, atol=1e-8)
    assert table["equity"][-1] == result.stats["final_equity"] and len(set(table["day"].tolist())) == len(table["day"])
    assert table["pnl"].sum() == pytest.approx(result.stats["net_profit"])
    assert table["fees"].sum() == pytest.approx(result.stats["fees"]) and (table["fees"] >= 0.0).all()
    assert table["carry"].sum() == pytest.approx(result.stats["carry"]) and table["carry"].any()
    assert table["flow"].sum() == pytest.approx(result.stats["deposited"] - result.stats["withdrawn"])


def test_it_is_written_and_read_back_and_its_parts_go_with_the_next_run(tmp_path: Path) -> None:
    text = "assume fee 1%\nenter long when close == 9 size 10 units"
    result = run(text, [9, 10, 11, 12])
    for format in ("csv", "parquet"):
        result.write(tmp_path, report=False, format=format)
        assert read(tmp_path).daily == result.daily
    result.write(tmp_path, report=False)
    told = (tmp_path / "daily.csv").read_text(encoding="utf-8").splitlines()
    assert told[0] == "day,realised,unrealised,fees,carry,pnl,flow,equity,return,trades"
    assert told[1].startswith("2024-01-01,")
    run(text, [9, 10, 11, 12], monitors=False).write(tmp_path, report=False)
    assert read(tmp_path).daily.column_names == ["day", "pnl", "flow", "equity", "return", "trades"]


ROTATION = """on A, B, C
assume fee 0.2%
assume interest 5%
assume funding 0.03%
assume borrow 8%
guard exposure 90%
enter long when close > sma(close, 3) size 30% scale 2 stop 5%
enter short when close < sma(close, 4) size 20% target 4%"""


def panel(hours: int = 5) -> dict[str, Any]:
    """Three symbols; of C the middle is missing."""
    made = {
        name: bars([100 + 9 * math.sin(at / 3 + apart) + 4 * math.sin(at * 1.7) for at in range(80)], hours)
        for apart, name in enumerate("ABC")
    }
    made["C"] = {name: np.delete(values, slice(30, 45)) for name, values in made["C"].items()}
    return made


def several(**options: Any) -> sg.Result:
    return sg.compile(ROTATION).backtest(panel(), engine="interpreted", capital=1_000, **options)


def summed(table: Any, by: str, what: str = "pnl") -> dict[Any, float]:
    """The money of the rows that have a value in common."""
    found: dict[Any, float] = {}
    for row in table.to_pylist():
        found[row[by]] = found.get(row[by], 0.0) + (row[what] or 0.0)
    return found


@pytest.mark.parametrize("options", [{}, {"timezone": "Asia/Tokyo", "close_at_end": True}, {"from_": "2024-01-05"}])
def test_law_days_and_symbols_and_trades_add_up(options: dict[str, Any]) -> None:
    """Each of these comes from elsewhere: equity, what books brought, what the monitors read, the list of trades."""
    result = several(monitors=True, **options)
    daily, parts, stats = result.daily, result.daily_parts, result.stats
    table = {name: daily[name].to_numpy() for name in daily.column_names}
    before = np.concatenate([[1_000.0], table["equity"][:-1]])
    np.testing.assert_allclose(table["pnl"], table["equity"] - before, rtol=0, atol=1e-9)
    assert table["pnl"].sum() == pytest.approx(stats["net_profit"], abs=1e-9) and stats["net_profit"] != 0.0
    assert math.prod(1.0 + table["return"]) - 1.0 == pytest.approx(stats["return"])
    assert table["carry"].sum() == pytest.approx(stats["carry"], abs=1e-9) and abs(stats["carry"]) > 0.1
    assert table["fees"].sum() == pytest.approx(stats["fees"]) and table["trades"].sum() == stats["trades"]
    by_day, by_symbol, trades = summed(parts, "day"), summed(parts, "symbol"), summed(result.trades, "symbol")
    assert list(by_day.values()) == pytest.approx(table["pnl"].tolist(), abs=1e-9)
    for row in result.attribution.to_pylist():
        assert row["pnl"] == pytest.approx(by_symbol[row["symbol"]], abs=1e-9) == pytest.approx(trades[row["symbol"]])
    assert by_symbol[""] == pytest.approx(stats["other_pnl"], abs=1e-9) == pytest.approx(stats["carry"], abs=1e-9)
    for row in parts.to_pylist():
        made = row["realised"] + row["unrealised"] - row["fees"] if row["symbol"] else row["pnl"]
        assert row["pnl"] == pytest.approx(made, abs=1e-9)
    assert list(summed(parts, "day", "carry").values()) == pytest.approx(table["carry"].tolist(), abs=1e-9)
    carried = summed(parts, "symbol", "carry")
    assert carried[""] == pytest.approx(result.monitors["interest"].to_pylist()[-1])
    assert min(carried.values()) < 0.0 < carried[""]
    lean = several(**options)
    assert lean.daily == daily.drop_columns(["realised", "unrealised", "fees", "carry"])
    assert summed(lean.daily_parts, "symbol") == pytest.approx(by_symbol)


def test_law_strategies_and_days_add_up() -> None:
    first = "assume interest 5%\nassume fee 0.1%\nenter long when close > sma(close, 3) size 50%"
    one = {"program": sg.compile(first), "data": panel()["A"]}
    other = {"program": sg.compile(ROTATION), "data": panel(7)}
    both = sg.portfolio({"a": one, "b": other}, shares={"a": "30%", "b": "60%"})
    result = both.backtest(engine="interpreted", capital=1_000, monitors=True)
    parts, daily = result.daily_parts, result.daily
    assert parts.column_names == ["day", "strategy", "pnl"]
    assert list(summed(parts, "day").values()) == pytest.approx(daily["pnl"].to_pylist(), abs=1e-9)
    by_strategy = summed(parts, "strategy")
    for row in result.by_strategy.to_pylist():
        own = result.strategies[row["strategy"]]
        assert row["pnl"] == pytest.approx(by_strategy[row["strategy"]], abs=1e-9)
        assert sum(own.daily["pnl"].to_pylist()) == pytest.approx(row["pnl"], abs=1e-9)
        assert sum(own.trades["pnl"].to_pylist()) + own.stats["carry"] == pytest.approx(row["pnl"], abs=1e-9)
    assert by_strategy[""] == pytest.approx(result.stats["unattributed_pnl"], abs=1e-9) == pytest.approx(0.0, abs=1e-9)
    assert daily["carry"].to_numpy().sum() == pytest.approx(result.stats["carry"], abs=1e-9)


def test_parts_are_written_with_the_monitors_and_read_back(tmp_path: Path) -> None:
    result = several(monitors=True)
    for format in ("csv", "parquet"):
        result.write(tmp_path, report=False, format=format)
        assert read(tmp_path).daily_parts == result.daily_parts and read(tmp_path).daily == result.daily
    without = several()
    without.write(tmp_path, report=False)
    assert read(tmp_path).daily_parts is None and read(tmp_path).daily == without.daily


def test_nothing_tested_has_no_days() -> None:
    result = sg.Result(made.output(made.bars([100.0, 101.0]), first=2, records=[]))
    assert result.daily.num_rows == 0 and result.daily["pnl"].to_pylist() == []


def test_one_symbol_has_no_parts() -> None:
    with pytest.raises(UsageFault, match=r"result\.daily has"):
        _ = run("enter long when close > open", [1, 2, 3]).daily_parts
