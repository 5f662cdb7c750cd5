"""What the language says of several symbols, run: who is traded and read, who goes first, legs, assumptions."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import stratagem as sg
from stratagem.runtime.data.panel import Panel
from stratagem.runtime.errors import RunError
from stratagem.runtime.results.result import Result
from stratagem.runtime.results.write import read

from ...results.several.made import panel as made_panel
from ...results.several.made import walk

HEAD = 'stratagem 1\nstrategy "made"\n'


def run(text: str, data: object = None, **options: Any) -> Result:
    return sg.compile(HEAD + text).backtest(made_panel() if data is None else data, **options)


def test_one_that_the_data_lack_is_an_error_with_the_nearest() -> None:
    with pytest.raises(RunError) as caught:
        run("on WHOLE, EARLI every 1d\nenter long when close > 0\n  expire 5 bars\n")
    assert str(caught.value).startswith(
        "the program trades WHOLE, EARLI, and the panel holds no symbol 'EARLI' (did you mean 'EARLY'?)"
    )
    with pytest.raises(RunError, match=r"the program reads VIXX, and the panel holds no symbol 'VIXX' \(did you"):
        run("watch VIXX\nenter long when close of VIXX > 0\n  expire 5 bars\n")


def test_what_is_watched_is_read_and_not_traded() -> None:
    result = run("watch VIX\nlet calm = close of VIX < 100\nenter long when calm\n  size 5%\n  expire 3 bars\n")
    assert list(result.symbols) == ["WHOLE", "LATE", "EARLY"]
    assert result.output.several is not None and result.output.several.panel.symbols == (*result.symbols, "VIX")
    panel, calm = made_panel(), result.symbols["LATE"].series["calm"]
    vix = panel["VIX"].close[panel.known("VIX", panel["LATE"].closes).row]
    np.testing.assert_array_equal(calm, vix < 100)


def test_a_statement_for_one_symbol_trades_it_alone() -> None:
    result = run("on WHOLE, LATE every 1d\nenter long WHOLE when close > 0\n  size 10%\n  expire 5 bars\n")
    traded = set(result.trades["symbol"].to_pylist())
    assert traded == {"WHOLE"} and set(result.orders["statement"].to_pylist()) == {"enter long WHOLE"}


def test_a_universe_beside_the_program_is_found(tmp_path: Path) -> None:
    (tmp_path / "pair.yaml").write_text("symbols: [WHOLE, {symbol: EARLY, to: 2020-03-01}]\n")
    rules = "let place = rank(close)\nrebalance monthly\n  weight if place == 1 then 90% else 0%\n"
    text = f'{HEAD}universe "pair" every 1d\n{rules}'
    (tmp_path / "x.strat").write_text(text)
    result = sg.compile(tmp_path / "x.strat").backtest(made_panel())
    assert list(result.symbols) == ["EARLY", "WHOLE"] and result.output.bars.symbol == "pair"
    places = result.symbols["WHOLE"].series["place"]
    assert set(places[:60].tolist()) == {1.0, 2.0} and set(places[60:].tolist()) == {1.0}  # alone from March on
    early = result.symbols["EARLY"].series["place"]
    assert np.isnan(early[60:]).all()
    missing = sg.compile(text).backtest(made_panel())
    assert any("the universe 'pair' is declared nowhere: all 4 symbols" in note for note in missing.notes)


def test_the_larger_goes_first_where_places_are_few() -> None:
    text = ("let strength = close\nenter long when day == 6\n  size 10%\n  expire 3 bars\nguard positions 1\n"
            "prefer {}strength\n")  # fmt: skip
    panel = made_panel().select(["WHOLE", "EARLY", "VIX"])
    for sign in ("", "-"):
        trades = run(text.format(sign), panel).trades.to_pylist()
        assert trades
        for row in trades:
            at = row["entry_time"].timetuple().tm_yday - 2  # decided at the close of the day before
            decided = {bars.symbol: bars.close[at] for bars in panel if len(bars) > at + 1}
            assert row["entry_time"].day == 7
            best = min(decided, key=decided.__getitem__) if sign else max(decided, key=decided.__getitem__)
            assert row["symbol"] == best, row


def test_legs_are_taken_together() -> None:
    text = ("on WHOLE, VIX every 1d\nlet apart = close of WHOLE - close of VIX\natomic when day == 5\n"
            "  buy WHOLE size 40%\n  sell VIX size 40%\n  because \"apart by {apart}\"\natomic when day == 20\n"
            "  flatten WHOLE\n  flatten VIX\n")  # fmt: skip
    result = run(text)
    whole, vix = result.symbols["WHOLE"].quantity, result.symbols["VIX"].quantity
    np.testing.assert_array_equal(whole != 0.0, vix != 0.0)
    assert (whole >= 0.0).all() and (vix <= 0.0).all() and (whole > 0.0).any()
    assert {"atomic WHOLE", "atomic VIX"} <= set(result.orders["statement"].to_pylist())
    assert any(text.startswith("apart by ") for text in result.orders["because"].to_pylist())
    verdict = sg.compile(HEAD + text).verify(made_panel())
    assert verdict, verdict.text()


def test_assumptions_of_one_symbol_are_of_it_alone() -> None:
    text = ("assume lot of WHOLE 10\nassume fee of EARLY 1%\nenter long when day == 6\n  size 13 units\n"
            "  expire 3 bars\n")  # fmt: skip
    result = run(text, made_panel().select(["WHOLE", "EARLY"]))
    sizes = {row["symbol"]: row["quantity"] for row in result.trades.to_pylist()}
    assert sizes == {"WHOLE": 10.0, "EARLY": 13.0}
    fees = {row["symbol"]: row["fees"] for row in result.stats["symbols"]}
    assert fees["WHOLE"] == 0.0 < fees["EARLY"]
    assert result.stats["assumptions"]["lot of WHOLE"] == 10.0 and result.stats["assumptions"]["fee of EARLY"] == "1%"
    other = run(text.replace("lot of WHOLE 10", "lot of WHOLE 5"), made_panel().select(["WHOLE", "EARLY"]))
    assert result.stats["assumptions_hash"] != other.stats["assumptions_hash"]


def test_point_values_count_in_what_is_told() -> None:
    text = "assume point_value of A 50\nenter long when day == 6\n  size 1 units\n  expire 3 bars\n"
    result = run(text, Panel((walk("A", range(100), 1), walk("B", range(100), 2))))
    several = result.output.several
    assert several is not None and list(several.point_values) == [50.0, 1.0]
    np.testing.assert_allclose(result.output.equity, result.output.cash + several.net, rtol=1e-12)
    assert abs(result.stats["other_pnl"]) < 1e-8
    trade = next(row for row in result.trades.to_pylist() if row["symbol"] == "A")
    assert trade["pnl"] == pytest.approx(50 * (trade["exit_price"] - trade["entry_price"]))


def test_daily_closes_of_one_date_are_one_instant_and_that_is_told() -> None:
    text = "enter long when rank(close) == 1\n  size 5%\n  expire 3 bars\n"
    same, other = (run(fill + text).notes for fill in ("assume fill this_close\n", ""))
    told = [note for note in same if note.startswith("bars of a day carry dates")]
    assert len(told) == 1 and "take fill next_open" in told[0]
    assert not [note for note in other if note.startswith("bars of a day carry dates")]


def test_a_guard_flattens_every_book_at_its_next_open(tmp_path: Path) -> None:
    text = "enter long when day == 6\n  size 30%\nguard drawdown 1% then flatten\n"
    text += "guard daily_loss 1% then halt\n"
    result = run(text, made_panel().select(["WHOLE", "LATE", "EARLY"]))
    assert result.stats["guard_trips"] == 2
    by_guard = [row for row in result.trades.to_pylist() if row["exit_reason"] == "guard"]
    assert by_guard and any(note.startswith("guard drawdown halted trading for good on") for note in result.notes)
    several = result.output.several
    assert several is not None and several.count[-1] == 0.0
    (halt,) = [row for row in result.orders.to_pylist() if row["status"] == "halted"]
    assert halt["symbol"] == "" and halt["reason"] == "daily_loss"  # of the account, and of no symbol
    result.write(tmp_path, report=False)
    assert read(tmp_path).orders.equals(result.orders.combine_chunks())


@pytest.mark.parametrize("engine", ["native", "interpreted"])
def test_why_another_symbols_last_trade_ended(engine: str) -> None:
    """B is bought at 100 on the second day and stopped at 95 on the third; A waits for that, and buys on the fourth."""
    day = np.datetime64("2024-01-01", "us") + np.arange(6) * np.timedelta64(1, "D")
    flat = {"ts": day, **dict.fromkeys(("open", "high", "low", "close"), np.full(6, 100.0))}
    falls = flat | {"low": np.array([100.0, 100, 94, 100, 100, 100])}
    text = (
        'on A, B every 1d\nenter long B when bar_index == 0 size 1 units stop 5%\n'
        'enter long A when trades.last_reason of B == "stop" size 1 units\nexit long when false'
    )
    trades = sg.compile(text).backtest({"A": flat, "B": falls}, engine=engine).trades.to_pylist()
    assert [(row["symbol"], row["entry_time"].day, row["exit_reason"]) for row in trades] == [
        ("B", 2, "stop"), ("A", 4, "end"),
    ]  # fmt: skip
