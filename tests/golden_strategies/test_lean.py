"""LEAN's regression algorithms on SPY: orders, fees and the final equity, to the cent; no list of trades is published.

LEAN trades prices adjusted for dividends: the raw ones times the factor of their day. Its `SetHoldings` leaves
a quarter of a per cent free, hence `size 99.75%`. Minutes are those of the session, 09:30 to 16:00 in New York.
"""

from __future__ import annotations

import csv
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import stratagem
from stratagem.runtime.results.result import Result

from .test_golden import FOLDER, manifest

PRICES = ("open", "high", "low", "close")


@cache
def factors(shared: Path) -> tuple[tuple[str, float], ...]:
    """Of SPY: the last day (`20131219`) on which a factor holds, and the factor; in the order of the days."""
    with (shared / "data/universe/lean_factor_files.csv").open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["symbol"] == "SPY"]
    return tuple(sorted((row["date_until"], float(row["price_factor"]) * float(row["split_factor"])) for row in rows))


def adjusted(shared: Path, name: str, wanted: Callable[[str], bool]) -> Any:
    """The bars whose opening time, `2013-10-07 13:30`, is wanted, at adjusted prices."""
    import pyarrow
    from pyarrow import parquet

    rows = []
    for bar in parquet.read_table(shared / "data/bars" / name).to_pylist():
        moment = str(bar["ts"])[:16]
        if wanted(moment):
            day = moment[:10].replace("-", "")
            factor = next(factor for last, factor in factors(shared) if day <= last)
            rows.append({**bar, **{price: bar[price] * factor for price in PRICES}})
    return pyarrow.Table.from_pylist(rows)


def agrees(shared: Path, reference: str, result: Result) -> None:
    metrics = manifest(shared)[reference]["metrics"]
    assert result.stats["final_equity"] == pytest.approx(metrics["End Equity"], abs=0.005)
    assert result.stats["fees"] == pytest.approx(metrics["Total Fees"], abs=0.0051)  # LEAN rounds 3.485 up


def filled(result: Result) -> int:
    return sum(order["status"] == "filled" for order in result.orders.to_pylist())


def test_macd_trend_over_eleven_years(shared: Path) -> None:
    bars = adjusted(shared, "spy_lean_1d.parquet", lambda moment: "2003" < moment < "2015-01-02")
    result = stratagem.compile(FOLDER / "spy_macd_trend.strat").backtest(bars, from_="2004-01-01")
    agrees(shared, "lean/macd_trend_spy", result)
    wins = [trade["pnl"] > 0 for trade in result.trades.to_pylist()]
    assert round(100 * sum(wins) / len(wins)) == 57
    assert filled(result) == 84


def test_buy_and_hold_of_days(shared: Path) -> None:
    bars = adjusted(shared, "spy_lean_1d.parquet", lambda moment: "2013-10-08" <= moment < "2013-10-18")
    result = stratagem.compile(FOLDER / "spy_hold_daily.strat").backtest(bars)
    agrees(shared, "lean/buy_hold_spy_daily", result)
    assert filled(result) == 1


def test_buy_and_hold_of_minutes(shared: Path) -> None:
    def session(moment: str) -> bool:
        return "2013-10-07" <= moment < "2013-10-12" and "13:30" <= moment[11:] < "20:00"

    bars = adjusted(shared, "spy_lean_1m_trade.parquet", session)
    result = stratagem.compile(FOLDER / "spy_hold_minute.strat").backtest(bars)
    agrees(shared, "lean/buy_hold_spy_minute", result)
    assert filled(result) == 1


def test_the_ask_of_the_first_minute_lay_one_cent_above_the_last_trade(shared: Path) -> None:
    from pyarrow import parquet

    asks = parquet.read_table(shared / "data/bars/spy_lean_1m_ask_2013-10.parquet").to_pylist()
    ask = next(bar["close"] for bar in asks if str(bar["ts"])[:16] == "2013-10-07 13:30")
    assert ask == 167.45  # the minute's last trade: 167.44
