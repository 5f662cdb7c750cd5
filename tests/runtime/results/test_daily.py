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
    assert told == [
        pytest.approx(row) for row in (
            (0.0, 0.0, 1.0, 0.0, -1.0, 0.0, 999.0), (0.0, 20.0, 0.0, 0.0, 20.0, 0.0, 1_019.0),
            (50.0, -20.0, 1.5, 0.0, 28.5, 0.0, 1_047.5), (0.0, 0.0, 0.0, 0.0, 0.0, 100.0, 1_147.5),
        )
    ]  # fmt: skip
    assert [str(day) for day in result.daily["day"].to_pylist()] == [f"2024-01-0{day}" for day in (1, 2, 3, 4)]


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


def test_it_is_written_and_read_back_and_gone_with_the_next_run(tmp_path: Path) -> None:
    text = "assume fee 1%\nenter long when close == 9 size 10 units"
    result = run(text, [9, 10, 11, 12])
    for format in ("csv", "parquet"):
        result.write(tmp_path, format=format)
        assert read(tmp_path).daily == result.daily
    result.write(tmp_path)
    told = (tmp_path / "daily.csv").read_text(encoding="utf-8").splitlines()
    assert told[0] == "day,realised,unrealised,fees,carry,pnl,flow,equity" and told[1].startswith("2024-01-01,")
    run(text, [9, 10, 11, 12], monitors=False).write(tmp_path)
    assert not (tmp_path / "daily.csv").exists() and read(tmp_path).daily is None


def test_what_it_needs_is_told() -> None:
    alone = run("enter long when close > open", [1, 2, 3], monitors=False)
    panel = {name: bars([1, 2, 3], 24) for name in "AB"}
    text = "on A, B\nenter long when close > 1 size 10%"
    several = sg.compile(text).backtest(panel, monitors=True, engine="interpreted")
    both = sg.portfolio({"a": sg.compile("enter long when close > 1"), "b": sg.compile("enter long when close > 2")})
    together = both.backtest(bars([1, 2, 3], 24), monitors=True, engine="interpreted")
    for result, part in ((alone, "monitors=True"), (several, "several symbols"), (together, "several symbols")):
        with pytest.raises(UsageFault, match=part):
            _ = result.daily
    assert len(together.strategies["a"].daily) == 3
