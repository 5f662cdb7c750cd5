"""A backtest over several symbols, held against runs of each symbol by itself where books do not compete."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from stratagem import Panel, compile, load_panel
from stratagem.runtime.data.errors import SeveralSymbolsError
from stratagem.runtime.errors import RunError, UsageFault
from stratagem.runtime.results.result import Result
from stratagem.runtime.trading.rows import ORDER_COLUMNS, ORDER_NUMBER, TRADE_COLUMNS

from ...results.several.made import panel as made_panel

ULP = 2.0**-52
TEXT = """stratagem 1
strategy "Above its mean"
assume fee 0.1%
param length = 10 in 2 to 50
let mean = sma(close, length)
enter long when cross_above(close, mean)
  size 20 units
  stop 4%
exit long when cross_below(close, mean)
plot mean as "mean"
"""
ENGINES = ("native", "interpreted")


def backtest(text: str = TEXT, data: object = None, **options: Any) -> Result:
    return compile(text).backtest(made_panel() if data is None else data, **options)


@pytest.fixture(scope="module")
def together() -> Result:
    """All four symbols; what is bought is so little of the capital that no book stands in another's way."""
    return backtest()


@pytest.fixture(scope="module")
def alone() -> dict[str, Result]:
    return {bars.symbol: backtest(data=bars) for bars in made_panel()}


def own_rows(result: Result, kind: str, place: int) -> Any:
    assert result.output.several is not None
    return getattr(result.output, kind)[getattr(result.output.several, kind) == place]


def test_each_book_trades_as_its_symbol_alone(together: Result, alone: dict[str, Result]) -> None:
    several = together.output.several
    assert several is not None and several.symbols == tuple(alone)
    at = [TRADE_COLUMNS.index(name) for name in (
        "side", "quantity", "entry_time", "entry_price", "exit_time", "exit_price", "fees", "pnl", "bars", "mae", "mfe",
        "reason", "ambiguous", "stop",
    )]  # fmt: skip
    for place, (symbol, single) in enumerate(alone.items()):
        own = own_rows(together, "trades", place)
        np.testing.assert_array_equal(own[:, at], single.output.trades[:, at], symbol)
        assert len(own) > 3
        orders = own_rows(together, "orders", place)
        np.testing.assert_array_equal(orders[:, ORDER_COLUMNS.index("time")], single.output.orders[:, 2], symbol)


def test_each_symbol_brought_what_it_brings_alone(together: Result, alone: dict[str, Result]) -> None:
    for place, (symbol, single) in enumerate(alone.items()):
        several = together.output.several
        assert several is not None
        rows = np.flatnonzero(several.panel.events.symbol == place)
        np.testing.assert_allclose(100_000.0 + several.profit[rows], single.output.equity, rtol=100 * ULP)
        np.testing.assert_array_equal(several.quantity[rows], single.output.quantity, symbol)


def test_the_account_is_all_of_them(together: Result) -> None:
    several, out = together.output.several, together.output
    assert several is not None
    brought = sum(several.brought(place) for place in range(4))
    np.testing.assert_allclose(out.equity, 100_000.0 + brought, rtol=200 * ULP)
    np.testing.assert_allclose(out.equity, out.cash + several.net, rtol=200 * ULP)
    told = together.stats
    assert math.fsum([*(row["pnl"] for row in told["symbols"]), told["other_pnl"]]) == told["net_profit"]
    assert abs(told["other_pnl"]) < 1e-8


def test_orders_are_numbered_by_the_account(together: Result) -> None:
    numbers = together.output.orders[:, ORDER_NUMBER]
    assert numbers.tolist() == sorted(set(numbers.tolist()))
    entered = together.output.trades[:, TRADE_COLUMNS.index("entry_order")]
    assert set(entered.tolist()) <= set(numbers.tolist())


def test_trades_are_in_the_order_of_the_events(together: Result) -> None:
    out = together.output
    closed = len(out.trades) - out.counters["open_trades"]
    exits = out.trades[:closed, TRADE_COLUMNS.index("exit_index")]
    assert (np.diff(exits) >= 0).all() and exits.max() < len(out.bars)
    times = out.bars.ts[exits.astype(int)]
    np.testing.assert_array_equal(times, out.trades[:closed, TRADE_COLUMNS.index("exit_time")])


def test_both_engines_do_the_same(together: Result) -> None:
    other = backtest(engine="interpreted")
    for name in ("equity", "cash", "quantity", "trades", "orders"):
        np.testing.assert_array_equal(getattr(other.output, name), getattr(together.output, name), name)
    assert other.stats["symbols"] == together.stats["symbols"]


def test_series_are_each_symbols_own(together: Result, alone: dict[str, Result]) -> None:
    for symbol, single in alone.items():
        own = together.symbols[symbol].series
        np.testing.assert_array_equal(own["mean"], single.series["mean"], symbol)
        assert set(own) == set(single.series) and len(own) == len(single.series)
    with pytest.raises(KeyError, match="the program has no series 'meen'; it has mean"):
        together.symbols["LATE"].series["meen"]


def test_readings_of_the_monitors_name_their_symbol() -> None:
    result = backtest(monitors=True)
    table = result.monitors
    assert set(table["symbol"].to_pylist()) == {"WHOLE", "LATE", "EARLY", "VIX"}
    late = [row for row in table.to_pylist() if row["symbol"] == "LATE" and row["phase"] == "mark"]
    assert len(late) == len(made_panel()["LATE"])
    stamps = set(result.equity["ts"].to_pylist())
    marks = [row for row in table.to_pylist() if row["phase"] == "mark"]
    times = [row["ts"] for row in marks]
    assert times == sorted(times) and stamps >= set(times)
    assert marks[-1]["equity"] == result.output.equity[-1]


def test_what_is_open_can_be_closed_at_the_end() -> None:
    kept, closed = backtest(), backtest(close_at_end=True)
    assert kept.stats["open_trades"] == closed.stats["trades"] - kept.stats["trades"] > 0
    assert closed.stats["open_trades"] == 0 and not closed.output.several.held(0)[-1]  # type: ignore[union-attr]
    fees = closed.stats["fees"] - kept.stats["fees"]
    assert fees > 0 and math.isclose(kept.stats["final_equity"] - closed.stats["final_equity"], fees, rel_tol=1e-9)
    told = closed.stats
    assert math.fsum([*(row["pnl"] for row in told["symbols"]), told["other_pnl"]]) == told["net_profit"]
    assert abs(told["other_pnl"]) < 1e-8
    brought = sum(closed.output.several.brought(place)[-1] for place in range(4))  # type: ignore[union-attr]
    assert math.isclose(100_000.0 + brought, told["final_equity"], rel_tol=1e-12)


def test_the_path_inside_bars_is_tried_each_way(together: Result) -> None:
    found = together.interval
    assert found.figures["trades"][0] is not None and found.decided >= 0.0
    best = backtest(path="best")
    assert found.figures["final_equity"][1] >= best.stats["final_equity"] - 1e-9


def test_the_test_may_begin_later() -> None:
    result = backtest(from_="2020-04-01", to="2020-09-01")
    assert result.output.first == 91 and len(result.output.bars) == 244
    assert min(row["entry_time"] for row in result.trades.to_pylist()).isoformat() >= "2020-04-02"
    assert result.equity.num_rows == 244 - 91


def test_data_of_the_caller_that_change_are_found_out() -> None:
    own = made_panel()
    changed = replace(own.bars[0], close=own.bars[0].close.copy())
    result = backtest(data=Panel((changed, *own.bars[1:])))
    changed.close[5] += 1.0
    with pytest.raises(RunError, match="the data were changed after the run"):
        result.symbols["WHOLE"].series["mean"]


# --- which symbols -------------------------------------------------------------------------------------

ON = TEXT.replace('mean"\n', 'mean"\non LATE every 1d\n', 1)


def test_a_program_of_one_symbol_takes_its_own(alone: dict[str, Result]) -> None:
    result = backtest(ON)
    assert result.output.several is None
    np.testing.assert_array_equal(result.output.equity, alone["LATE"].output.equity)
    assert any(note.startswith("LATE taken of the 4 symbols of the panel") for note in result.notes)
    mapped = backtest(ON, {bars.symbol: bars for bars in made_panel()})
    np.testing.assert_array_equal(mapped.output.equity, result.output.equity)
    with pytest.raises(SeveralSymbolsError, match="the program's GONE is none of them"):
        backtest(ON.replace("LATE", "GONE"))


def test_one_symbol_can_be_meant(alone: dict[str, Result]) -> None:
    result = backtest(symbol="EARLY")
    assert result.output.several is None and result.output.bars.symbol == "EARLY"
    np.testing.assert_array_equal(result.output.equity, alone["EARLY"].output.equity)


def test_symbols_can_be_chosen(together: Result) -> None:
    result = backtest(symbols="LATE,WHOLE")
    assert list(result.symbols) == ["LATE", "WHOLE"]
    np.testing.assert_array_equal(result.symbols["LATE"].trades["pnl"], together.symbols["LATE"].trades["pnl"])
    with pytest.raises(UsageFault, match="the program says which it trades, `on LATE`"):
        backtest(ON, symbols="WHOLE")


def test_a_table_and_a_folder_hold_several(tmp_path: Path, together: Result) -> None:
    frames = []
    for bars in made_panel():
        dates = bars.ts.astype("datetime64[us]").astype("datetime64[D]")
        columns = (dates, bars.open, bars.high, bars.low, bars.close, bars.volume)
        lines = [",".join(map(str, row)) for row in zip(*columns, strict=True)]
        (tmp_path / f"{bars.symbol}.csv").write_text("\n".join(["date,open,high,low,close,volume", *lines]) + "\n")
        frames += [f"{bars.symbol},{line}" for line in lines]
    one = tmp_path / "one"
    one.mkdir()
    (one / "all.csv").write_text("\n".join(["symbol,date,open,high,low,close,volume", *frames]) + "\n")
    for source in (tmp_path, one / "all.csv"):
        result = backtest(data=source)
        by_name = {row["symbol"]: row["pnl"] for row in result.stats["symbols"]}
        assert by_name == {row["symbol"]: row["pnl"] for row in together.stats["symbols"]}
        assert list(result.symbols) == ["EARLY", "LATE", "VIX", "WHOLE"]


# --- what is told --------------------------------------------------------------------------------------


def test_notes_tell_what_a_reader_must_know(together: Result) -> None:
    notes = together.notes
    assert any("each statement runs for each of the 4 of the data" in note for note in notes)
    assert any("the benchmark is an index of 4 symbols" in note for note in notes)
    assert any("1 symbol ends before the last bar of all" in note for note in notes)
    assert "guard exposure 100% is implied, of the account: the program says nothing else" in notes


def test_symbols_with_too_few_bars_are_told() -> None:
    long = TEXT.replace("in 2 to 50", "in 2 to 400")
    notes = backtest(long, params={"length": 200}).notes
    assert any(note.startswith("1 symbol could never be entered") and "EARLY 150" in note for note in notes)


def test_a_run_without_trades_says_what_never_held() -> None:
    never = TEXT.replace("cross_above(close, mean)", "close > 10 * mean")
    notes = backtest(never).notes
    assert any("no trades: `enter long`: of 956 bars of 4 symbols, `close > 10 * mean` held on 0" in note
               for note in notes), notes  # fmt: skip
    assert not backtest(never).gate
    assert backtest(never).gate.faults



def test_an_account_that_is_lost_is_told() -> None:
    ruined = TEXT.replace("enter long when cross_above(close, mean)", "enter short when cross_above(close, mean)")
    ruined = ruined.replace("20 units", "20000 units").replace("exit long", "exit short").replace("  stop 4%\n", "")
    notes = backtest(ruined + "guard exposure 100000%\n").notes
    assert any(note.startswith("equity fell below 0 at 20") for note in notes)


def test_two_symbols_share_the_money() -> None:
    """Each wants 60 % of equity, and exposure is that of the account: the second gets what is left."""
    both = TEXT.replace("size 20 units", "size 60%").replace("cross_above(close, mean)", "close > mean")
    result = backtest(both, symbols="WHOLE,EARLY,VIX")
    several, out = result.output.several, result.output
    assert several is not None
    assert (several.gross <= out.equity * 1.05).all()
    assert result.stats["reduced"] + result.stats["denied"] > 0


def test_real_panels_add_up(shared: Path) -> None:
    panel = load_panel(shared / "data" / "bars" / "bokeh_5stocks_1d_2000-2013.parquet")
    result = backtest(TEXT.replace("size 20 units", "size 15%"), panel)
    told = result.stats
    assert told["trades"] > 300
    assert math.fsum([*(row["pnl"] for row in told["symbols"]), told["other_pnl"]]) == told["net_profit"]
    assert abs(told["other_pnl"]) < 1e-6
    assert [row["symbol"] for row in told["symbols"]] == ["AAPL", "FB", "GOOG", "IBM", "MSFT"]
    other = backtest(TEXT.replace("size 20 units", "size 15%"), panel, engine="interpreted")
    np.testing.assert_array_equal(other.output.trades, result.output.trades)
    np.testing.assert_array_equal(other.output.equity, result.output.equity)



def test_the_report_of_a_run_has_every_symbols_plots(together: Result, tmp_path: Path) -> None:
    text = together.report(tmp_path / "report.html").read_text(encoding="utf-8")
    assert "<section id='symbols'>" in text and "the index of all" in text and "Which trades say why" not in text
    together.write(tmp_path / "out", report=False)
    assert (tmp_path / "out" / "result.json").is_file()
