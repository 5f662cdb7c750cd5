"""Backtests from Python: options, every form of data, periods, what a result holds."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.csv
import pyarrow.feather
import pyarrow.parquet
import pytest
import stratagem as sg

from ...enginekit import make_bars

ROOT = Path(__file__).resolve().parents[3]
GOLDEN_CROSS = sg.compile(ROOT / "strategies" / "golden_cross.strat")
CROSS = sg.compile("enter long when close > sma(close, 9)\nexit long when close < sma(close, 9)\n")
BARS = make_bars(1, 500)


# --- options -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("number", "text"),
    [
        ({"capital": 50_000}, {"capital": "50_000"}),
        ({"fee": 0.001}, {"fee": "0.1%"}),
        ({"fee": 0.0017}, {"fee": "0.17%"}),
        ({"slippage": 0.0001}, {"slippage": "1bp"}),
        ({"tick": 0.05}, {"tick": "0.05"}),
        ({"lot": 3}, {"lot": "3"}),
    ],
)
def test_assumptions_as_numbers_or_texts_are_one(number: dict[str, Any], text: dict[str, Any]) -> None:
    one, two, three = (CROSS.backtest(BARS, **o) for o in (number, text, {"assumptions": number}))
    assert one.equity.equals(two.equity) and one.equity.equals(three.equity)
    assert one.stats["assumptions_hash"] == two.stats["assumptions_hash"] == three.stats["assumptions_hash"]
    if "tick" not in number:  # nothing here is rounded to it
        assert not one.equity.equals(CROSS.backtest(BARS).equity), "it matters"


def test_parameters_as_numbers_or_texts_are_one() -> None:
    one = GOLDEN_CROSS.backtest("sample:AAPL", {"fast": 20})
    for value in ("20", 20.0, np.int64(20), np.float64(20)):
        assert GOLDEN_CROSS.backtest("sample:AAPL", params={"fast": value}).equity.equals(one.equity)
    assert one.stats["params"] == {"fast": 20, "slow": 200}


def test_changing_a_parameter_compiles_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    GOLDEN_CROSS.backtest(BARS)

    def forbidden(*_: object) -> None:
        raise AssertionError("compiled")

    monkeypatch.setattr("stratagem.runtime.native.emit.emit", forbidden)
    assert GOLDEN_CROSS.backtest(BARS, {"fast": 7, "slow": 51}).stats["bars"] == 500


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"params": {"fsat": 20}}, "no parameter `fsat`: did you mean `fast`"),
        ({"params": {"fast": 2}}, "`fast` takes 5 to 100, found 2"),
        ({"params": {"fast": None}}, "`fast` is a number"),
        ({"params": {"fast": float("nan")}}, "`fast` is a number"),
        ({"params": {"fast": 100, "slow": 60}}, "requires fast < slow"),
        ({"fees": 1}, "`fees`"),
        ({"fee": "much"}, "fee"),
        ({"timezone": "Mars/Olympus"}, "Mars/Olympus"),
        ({"timeframe": "7x"}, "'7x'"),
        ({"from_": "soon"}, "from 'soon'"),
        ({"from_": "2030-01-01"}, "no bar lies in the period"),
        ({"from_": "2005-01-01", "to": "2004-01-01"}, "begin before it ends"),
        ({"engine": "jvm"}, "native or interpreted"),
        ({"policy": "guess"}, "policy"),
    ],
)
def test_what_cannot_be_is_said(options: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        GOLDEN_CROSS.backtest("sample:AAPL", **options)


def test_periods_in_every_form() -> None:
    expected = GOLDEN_CROSS.backtest("sample:AAPL", from_="2005-01-03", to="2008-01-02")
    assert expected.stats["from"] == "2005-01-03T00:00:00Z"
    assert expected.equity["ts"][0].as_py() == datetime(2005, 1, 3, tzinfo=UTC)
    for begin, end in (
        (datetime(2005, 1, 3), datetime(2008, 1, 2, tzinfo=UTC)),
        (date(2005, 1, 3), date(2008, 1, 2)),
        (np.datetime64("2005-01-03"), np.datetime64("2008-01-02")),
        (1_104_710_400_000_000, 1_199_232_000_000_000),
    ):
        assert GOLDEN_CROSS.backtest("sample:AAPL", from_=begin, to=end).equity.equals(expected.equity)


def test_nothing_is_decided_before_the_period_and_everything_is_warm_in_it() -> None:
    program = sg.compile("enter long when close > sma(close, 200)\nexit long when close < sma(close, 200)\n")
    begin = int(np.flatnonzero(BARS.close > sg.evaluate("sma(close, 200)", BARS))[5])
    result = program.backtest(BARS, from_=int(BARS.ts[begin]))
    assert len(result.equity) == 500 - begin
    first = result.orders["time"][0].as_py()
    assert first == result.equity["ts"][0].as_py(), "the first bar of the period already decides"


# --- data ----------------------------------------------------------------------------------------------


def columns(bars: Any) -> dict[str, Any]:
    held = {name: getattr(bars, name) for name in ("open", "high", "low", "close", "volume")}
    return {"ts": bars.ts.view("datetime64[us]"), **held}


def in_every_form(folder: Path) -> dict[str, Any]:
    held = columns(BARS)
    table = pa.table(held)
    frame = pd.DataFrame(held)
    pa.parquet.write_table(table, folder / "a.parquet")
    pa.feather.write_feather(table, folder / "b.arrow")
    frame.to_csv(folder / "c.csv", index=False)
    frame.to_csv(folder / "d.tsv", index=False, sep="\t")
    forms: dict[str, Any] = {path.name: path for path in sorted(folder.iterdir())}
    forms |= {"path as text": str(folder / "a.parquet"), "arrow table": table, "arrow batches": table.to_reader()}
    forms |= {"pandas": frame, "pandas, times as index": frame.set_index("ts")}
    forms |= {"pandas, zoned": frame.assign(ts=frame["ts"].dt.tz_localize("UTC").dt.tz_convert("Asia/Tokyo"))}
    forms |= {"pandas, other names": frame.rename(columns=str.title).rename(columns={"Ts": "Date"})}
    forms |= {"arrays": held, "lists": {name: list(values) for name, values in held.items()}}
    forms |= {"whole µs": held | {"ts": BARS.ts}, "text times": held | {"ts": [str(t) + "Z" for t in held["ts"]]}}
    forms |= {"single precision volume": held | {"volume": BARS.volume.astype("float32")}, "bars": BARS}
    return forms


def test_one_history_in_every_form_is_one_result(tmp_path: Path) -> None:
    expected = CROSS.backtest(BARS)
    assert expected.stats["trades"] > 10
    for name, data in in_every_form(tmp_path).items():
        result = CROSS.backtest(data, timeframe="15m")
        assert result.equity.equals(expected.equity), name
        assert result.trades.drop_columns("symbol").equals(expected.trades.drop_columns("symbol")), name


def test_polars_frames() -> None:
    polars = pytest.importorskip("polars")
    assert CROSS.backtest(polars.DataFrame(columns(BARS)), timeframe="15m").equity.equals(CROSS.backtest(BARS).equity)


def test_a_duckdb_relation() -> None:
    duckdb = pytest.importorskip("duckdb")
    table = pa.table(columns(BARS))
    with duckdb.connect() as connection:
        connection.register("bars", table)
        relation = connection.sql("select * from bars order by ts")
        assert CROSS.backtest(relation, timeframe="15m").equity.equals(CROSS.backtest(BARS).equity)


def test_one_symbol_of_several() -> None:
    other = make_bars(2, 500)
    both = {name: np.concatenate([values, columns(other)[name]]) for name, values in columns(BARS).items()}
    both["symbol"] = np.array(["ONE"] * 500 + ["TWO"] * 500)
    assert CROSS.backtest(both, symbol="TWO", timeframe="15m").equity.equals(CROSS.backtest(other).equity)
    assert list(CROSS.backtest(both, timeframe="15m").symbols) == ["ONE", "TWO"]  # no symbol is named: both are traded
    with pytest.raises(sg.DataError, match="'TREE'"):
        CROSS.backtest(both, symbol="TREE")


@pytest.mark.parametrize(
    "data", [None, 3, "nowhere.csv", {"open": np.ones(3)}, {}, [], b"bytes", {"ts": [1], "close": ["x"]}]
)
def test_what_is_no_data_is_a_data_error(data: Any) -> None:
    with pytest.raises(sg.DataError):
        CROSS.backtest(data)


def test_the_data_given_are_not_changed() -> None:
    held = columns(BARS)
    before = {name: values.copy() for name, values in held.items()}
    CROSS.backtest(held, timeframe="15m")
    assert all((held[name] == before[name]).all() for name in held)


@pytest.mark.parametrize("count", [0, 1, 2])
@pytest.mark.parametrize("engine", ["native", "interpreted"])
def test_hardly_any_bars(count: int, engine: str) -> None:
    bars = make_bars(3, max(count, 1)).between(end=None if count else 0)
    result = GOLDEN_CROSS.backtest(bars, engine=engine, close_at_end=True)
    assert (result.stats["bars"], result.stats["trades"], len(result.equity)) == (count, 0, count)
    assert result.stats["final_equity"] == 100_000.0
    assert result.summary() and repr(result) and result.series["quick"].shape == (count,)


# --- results -------------------------------------------------------------------------------------------


def test_engines_leave_the_same_tables() -> None:
    native, interpreted = (CROSS.backtest(BARS, engine=e, monitors=True, fee="0.1%") for e in ("native", "interpreted"))
    for name in ("trades", "orders", "equity", "monitors"):
        assert getattr(native, name).equals(getattr(interpreted, name)), name


def test_running_again_changes_nothing() -> None:
    first = CROSS.backtest(BARS)
    assert all(CROSS.backtest(BARS).equity.equals(first.equity) for _ in range(3))


def test_closing_at_the_end_is_in_the_last_row_of_equity() -> None:
    program = sg.compile("enter long when bar_index == 3\n")
    open_, closed = (program.backtest(BARS, fee="1%", close_at_end=c) for c in (False, True))
    assert open_.trades["exit_reason"].to_pylist() == closed.trades["exit_reason"].to_pylist() == ["end"]
    assert closed.equity["position"][-1].as_py() == 0.0 != open_.equity["position"][-1].as_py()
    assert closed.equity["equity"][-1].as_py() == closed.stats["final_equity"] < open_.stats["final_equity"]
    assert closed.equity["cash"][-1].as_py() == closed.stats["final_equity"]


def test_the_books_balance() -> None:
    result = CROSS.backtest(BARS, fee="0.1%", slippage="2bp")
    table = result.equity
    worth = table["cash"].to_numpy() + table["position"].to_numpy() * BARS.close
    assert np.allclose(worth, table["equity"].to_numpy(), rtol=1e-12, atol=0)
    pnl = sum(result.trades["pnl"].to_pylist())
    assert result.stats["final_equity"] - 100_000 == pytest.approx(pnl, abs=1e-6)


def test_what_is_implied_is_told() -> None:
    assert any("guard exposure 100% is implied" in note for note in CROSS.backtest(BARS).stats["notes"])
    guarded = sg.compile("enter long when close > open\n  stop 1%\nguard exposure 50%\n").backtest(BARS)
    assert not any("implied" in note for note in guarded.stats["notes"])
    higher = sg.compile("enter long when close > close @ 4h\n  stop 1%\n").backtest(BARS)
    assert any("first bar of 4h may be partial" in note for note in higher.stats["notes"])


def test_a_lost_account_is_the_first_note() -> None:
    days = np.arange("2024-01-01", "2024-01-21", dtype="M8[D]")
    data = {"ts": days.astype("M8[us]"), "close": np.linspace(10.0, 50.0, 20)}
    lost = sg.compile("enter short when bar_index == 0").backtest(data)
    day = days[lost.equity["equity"].to_numpy() < 0][0]
    assert lost.stats["notes"][0].startswith(f"equity fell below 0 at {day}: a venue would have closed the account")
    assert "equity fell below 0" in lost.summary()
    assert not any("below 0" in note for note in CROSS.backtest(BARS).stats["notes"])


@pytest.mark.parametrize(("flows", "money"), [("", 0.0), ("deposit 10 cash", 10.0), ("withdraw 10 cash", -10.0)])
@pytest.mark.parametrize("last", [27.0, 28.0, 31.0, 35.0])
def test_an_account_is_lost_below_zero_and_not_before(flows: str, money: float, last: float) -> None:
    """Short 5 at 10 with 100: at 28 there are 10, the ten that may have been withdrawn; at 31 five are owed."""
    days = np.arange("2024-01-01", "2024-01-05", dtype="M8[D]")
    data = {"ts": days.astype("M8[us]"), "close": np.array([10.0, 10.0, 10.0, last])}
    flow = f"{flows} when bar_index == 1" if flows else ""
    text = f"assume capital 100\nenter short when bar_index == 0 size 5 units\n{flow}"
    result = sg.compile(text).backtest(data)
    left = 100.0 + money - 5.0 * (last - 10.0)
    assert result.stats["final_equity"] == pytest.approx(left)
    assert any("equity fell below 0 at 2024-01-04" in note for note in result.stats["notes"]) == (left < 0.0)


def test_a_wrong_name_of_a_statistic_is_told_the_nearest() -> None:
    with pytest.raises(KeyError, match="did you mean sharpe"):
        CROSS.backtest(BARS).stats["sharp"]


def test_a_report_is_written_where_it_is_asked_for(tmp_path: Path) -> None:
    path = CROSS.backtest(BARS).report(tmp_path / "deep" / "report.html")
    assert path.read_text(encoding="utf-8").lstrip().lower().startswith("<!doctype html")


@pytest.mark.parametrize("engine", ["native", "interpreted"])
def test_a_full_scale_is_noted_with_the_number_of_bars(engine: str) -> None:
    """Ten wishes each: the first has room for three lots, the second for two."""
    text = "enter long when true size 1 units scale 2\nenter long when true size 1 units scale 1\nguard exposure 900%"
    close = np.full(10, 100.0)
    ts = np.datetime64("2024-01-01", "us") + np.arange(10) * np.timedelta64(1, "D")
    result = sg.compile(text).backtest({"ts": ts, "close": close}, engine=engine)
    assert [note for note in result.output.notes if "scale" in note] == [
        "`enter long` found its `scale 2` full on 7 bars and did nothing",
        "the `enter long` numbered 2 found its `scale 1` full on 8 bars and did nothing",
    ]


def test_series_show_their_names() -> None:
    result = sg.compile("let trend = sma(close, 5)\nplot trend as 'x'".replace("'", '"')).backtest("sample:AAPL")
    assert repr(result.series) == "<series: trend, x>"


def test_many_plots_are_computed_in_runs_of_bounded_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    from stratagem.runtime.run import backtest, neighbours

    bars = make_bars(3, 200)
    program = sg.compile("\n".join(f'plot close + {number} as "p{number}"' for number in range(10)))
    runs: list[list[str]] = []
    columns = backtest.node_columns
    monkeypatch.setattr(backtest, "node_columns", lambda *given: runs.append([*given[3]]) or columns(*given))
    monkeypatch.setattr(neighbours, "PLOTS", 4 * 200 * 8)
    series = program.backtest(bars).series
    for number in (9, 0, 5, 4, 1):
        assert np.array_equal(series[f"p{number}"], bars.close + number)
    assert runs == [["p8", "p9"], ["p0", "p1", "p2", "p3"], ["p4", "p5", "p6", "p7"]]


def test_parameters_are_evaluated_once_for_all_entries(monkeypatch: pytest.MonkeyPatch) -> None:
    """Once for each entry took half of the time of a program of two thousand."""
    from stratagem.runtime.run import notes

    looked: list[object] = []
    evaluated = notes.evaluate_params
    monkeypatch.setattr(notes, "evaluate_params", lambda *given: looked.append(1) or evaluated(*given))
    entries = [f"enter long when sma(close, 300) > {number} scale 1" for number in range(40)]
    result = sg.compile("\n".join(entries)).backtest(make_bars(3, 200))
    assert len(looked) <= 2, "for the notes, and for the one on a run without trades"
    assert any("the program needs 300 bars, the data have 200" in note for note in result.notes)
