"""A weight of each symbol: shares and bonds, 60 to 40, on real prices as a plain loop plays it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
import stratagem as sg
from stratagem.runtime.errors import UsageFault

from .by_hand import Account, days_of, play

TEXT = """on SPY, IEF, GLD every 1d
assume fee 0.05%
rebalance yearly
  weight of SPY 60%
  weight of IEF 40%
  weight 0%
  band {band}
"""
ORDER = ("SPY", "IEF", "GLD")


@pytest.fixture(scope="module")
def table(shared: Path) -> Any:
    place = shared / "data" / "bars" / "universe_pyalgotrade_1d_2000-2013.parquet"
    columns = ["ts", "symbol", "open", "high", "low", "close", "volume"]
    return pq.read_table(place, columns=columns, filters=[("symbol", "in", ORDER)])  # type: ignore[no-untyped-call]


def by_hand(rows: list[dict[str, Any]], band: float) -> tuple[list[float], Account]:
    """On the first bar of a year each is brought to its share, that of gold being none; who comes later, a year later.
    """
    account, years = Account(fee=0.0005), dict[str, int]()
    weights = {"SPY": 0.6, "IEF": 0.4, "GLD": 0.0}

    def decide(day: int, there: Any) -> None:
        year = date.fromordinal(day).year
        due = [symbol for symbol in there if years.get(symbol, year if years else 0) != year]
        years.update(dict.fromkeys(there, year))
        account.weigh({symbol: weights[symbol] for symbol in due}, band)

    return play(days_of(rows, ORDER), account, decide), account


@pytest.mark.parametrize("band", [0.01, 0.0])
def test_it_is_what_a_plain_loop_makes_of_it(table: Any, band: float) -> None:
    equities, account = by_hand(table.to_pylist(), band)
    program = sg.compile(TEXT.format(band=f"{band:.0%}") if band else TEXT.replace("  band {band}\n", ""))
    runs = {engine: program.backtest(table, engine=engine) for engine in ("native", "interpreted")}
    for name in ("equity", "orders", "trades"):
        assert getattr(runs["native"], name).equals(getattr(runs["interpreted"], name)), name
    result = runs["native"]
    assert result.equity["equity"].to_pylist() == pytest.approx(equities, rel=1e-10)
    closed = [row for row in result.trades.to_pylist() if row["exit_reason"] != "end"]
    assert [row["symbol"] for row in closed] == [symbol for symbol, *_ in account.left] and len(closed) >= 5
    for row, (_, quantity, price, _) in zip(closed, account.left, strict=True):
        assert (row["quantity"], row["exit_price"]) == pytest.approx((abs(quantity), price), rel=1e-10)
    assert result.stats["reduced"] == result.stats["denied"] == 0 and not result.symbols["GLD"].quantity.any()


def test_the_proof_holds(table: Any) -> None:
    verdict = sg.compile(TEXT.format(band="1%")).verify(table, data_from="2011-06-01")
    assert verdict, verdict.text()


def test_weights_beyond_all_of_it_are_cut_and_told(table: Any) -> None:
    """80 % and 40 %: the second is cut to what the first leaves of the 100 % that may be held."""
    program = sg.compile("on SPY, IEF every 1d\nrebalance yearly weight of SPY 80% weight of IEF 40%")
    assert [told.code for told in program.diagnostics] == ["W705"]
    first, second, *_ = program.backtest(table).orders.to_pylist()
    assert (first["symbol"], first["status"]) == ("SPY", "filled")
    assert (second["symbol"], second["status"], second["reason"]) == ("IEF", "reduced", "exposure")
    assert second["got"] == pytest.approx(second["asked"] / 2, rel=1e-12)


def test_a_weight_of_what_is_not_traded_is_refused(table: Any, tmp_path: Path) -> None:
    place = tmp_path / "two.txt"
    place.write_text("SPY\nIEF\n")
    text = "universe two every 1d\nrebalance yearly weight of GLD 5% weight 20%"
    with pytest.raises(UsageFault, match="the program trades GLD, or reads its book"):
        sg.compile(text).backtest(table, universe=place)
