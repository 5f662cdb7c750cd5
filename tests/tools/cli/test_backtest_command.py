"""`strat backtest`: its document, its files, every option, and one clear message for what cannot be run."""

from __future__ import annotations

import csv
import json
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyarrow import parquet
from stratagem.runtime.results.printed.type import library
from stratagem.tools.cli import main

from .conftest import GOLDEN_CROSS, Strat

Write = Callable[[str], str]
NUMBERS = (
    "capital final_equity return annual_return volatility sharpe sortino max_drawdown exposure fees benchmark_return "
    "win_rate profit_factor"
).split()
WHOLE = "bars max_drawdown_bars trades open_trades denied reduced conflicts ambiguous_fills".split()
TEXTS = "strategy source_hash symbol timeframe from to".split()
MAPPINGS = "warmup params assumptions elapsed".split()
TRADES = (
    "id symbol side quantity entry_time entry_price exit_time exit_price fees pnl return bars mae mfe entry_reason "
    "exit_reason"
).split()


@pytest.fixture
def backtest(strat: Strat, golden_cross: str) -> Callable[..., Any]:
    """The document of `strat backtest` of the golden cross on the Apple sample with these options."""

    def run(*options: str) -> Any:
        done = strat("backtest", golden_cross, "--data", "sample:AAPL", "--json", *options)
        assert (done.code, done.err) == (0, "")
        return done.json

    return run


def test_the_document_has_every_promised_field_of_its_kind(backtest: Callable[..., Any]) -> None:
    document = backtest()
    assert {*NUMBERS, *WHOLE, *TEXTS, *MAPPINGS} <= document.keys()
    assert all(type(document[name]) in (int, float) for name in NUMBERS)
    assert all(type(document[name]) is int for name in WHOLE)
    assert all(type(document[name]) is str for name in TEXTS)
    assert all(type(document[name]) is dict for name in MAPPINGS)
    assert document["elapsed"].keys() == {"load", "compile", "run"}
    assert re.fullmatch(r"[0-9a-f]{64}", document["source_hash"])
    assert (document["from"], document["to"]) == ("2000-03-01T00:00:00Z", "2013-03-01T00:00:00Z")
    assert document["params"] == {"fast": 50, "slow": 200}
    assert document["return"] == pytest.approx(document["final_equity"] / document["capital"] - 1, rel=1e-12)


def test_a_statistic_that_does_not_exist_is_null_not_nan(strat: Strat, program: Write) -> None:
    document = strat("backtest", program("enter long when close < 0\n"), "--data", "sample:AAPL", "--json").json
    assert (document["trades"], document["win_rate"], document["profit_factor"], document["sharpe"]) == (0, *[None] * 3)


def test_the_summary_fits_a_terminal_and_messages_go_beside_it(strat: Strat, golden_cross: str) -> None:
    done = strat("backtest", golden_cross, "--data", "sample:AAPL")
    assert (done.code, done.err) == (0, "")
    lines = done.out.splitlines()
    assert len(lines) <= 42 and max(map(len, lines)) <= 80
    assert "Golden cross · AAPL 1d" in lines[0]


def test_warnings_are_told_beside_the_result_on_every_run(strat: Strat, program: Write) -> None:
    path = program("enter long when close + 2% > open\n")
    for _ in range(2):  # made, then read from the store
        done = strat("backtest", path, "--data", "sample:AAPL", "--json")
        assert done.code == 0 and "warning" in done.err
        assert done.json["bars"] == 3270


# --- options -----------------------------------------------------------------------------------------


def test_both_engines_give_one_document(backtest: Callable[..., Any]) -> None:
    native, interpreted = backtest("--engine", "native"), backtest("--engine", "interpreted")
    for document in (native, interpreted):
        del document["elapsed"]
    assert native == interpreted


def test_parameters_are_read_checked_and_echoed(backtest: Callable[..., Any], strat: Strat) -> None:
    assert backtest("--param", "fast=20", "--param", "slow=100")["params"] == {"fast": 20, "slow": 100}
    assert backtest("--param=fast=20")["params"]["fast"] == 20
    for pair, parts in {
        "fast": ["--param NAME=VALUE", "'fast'"],
        "=3": ["--param NAME=VALUE"],
        "fsat=20": ["no parameter `fsat`", "did you mean `fast`"],
        "fast=3": ["`fast` takes 5 to 100", "found 3"],
        "fast=20.5": ["whole number", "20.5"],
        "fast=quick": ["is a number", "'quick'"],
        "fast=nan": ["is a number"],
        "fast=1e999": ["is a number"],
    }.items():
        strat("backtest", GOLDEN_CROSS, "--data", "sample:AAPL", "--param", pair).failed(2, *parts)
    both = ("--param", "fast=90", "--param", "slow=60")
    strat("backtest", GOLDEN_CROSS, "--data", "sample:AAPL", *both).failed(2, "requires fast < slow", "fast = 90")


@pytest.mark.parametrize(
    ("declared", "given", "value"),
    [
        ("param p = 2%", "p=3%", 0.03),
        ("param p = 2%", "p=300bp", 0.03),
        ("param p = 5bp", "p=7bp", 0.0007),
        ("param p = 10 bars in 3 bars to 30 bars", "p=12 bars", 12),
        ("param p = 10 bars in 3 bars to 30 bars", "p=12", 12),
        ("param p = 4h in [1h, 4h, 8h]", "p=8h", 28800),
        ("param p = true", "p=false", False),
        ("param p = 1.5 in 1.0 to 3.0", "p=2", 2.0),
        ("param p = 10_000", "p=20_000", 20_000),
    ],
)
def test_a_parameter_is_given_as_it_is_written(
    strat: Strat, program: Write, declared: str, given: str, value: object
) -> None:
    path = program(f"{declared}\nenter long when close > open\n")
    done = strat("backtest", path, "--data", "sample:AAPL", "--param", given, "--json")
    assert done.json["params"] == {"p": value}, done.err


def test_numbers_too_large_to_add_up_are_left_out_of_the_statistics(strat: Strat) -> None:
    run = ("backtest", GOLDEN_CROSS, "--data", "sample:AAPL")
    document = strat(*run, "--capital", "1e300", "--json").json
    assert document["return"] > 1.0 and document["sqn"] is None
    assert "Return" in strat(*run, "--capital", "1e300").out


def test_periods_tested_and_rows_dropped(strat: Strat, program: Write) -> None:
    path = program("enter long when close > sma(close, 200)\nexit long when close < sma(close, 200)\n")
    run = ("backtest", path, "--data", "sample:AAPL", "--json")
    tested = strat(*run, "--from", "2005-01-03", "--to", "2008-01-02").json
    assert (tested["from"], tested["to"]) == ("2005-01-03T00:00:00Z", "2007-12-31T00:00:00Z")
    dropped = strat(*run, "--data-from", "2005-01-03", "--data-to", "2008-01-02").json
    assert (dropped["from"], dropped["to"], dropped["bars"]) == (tested["from"], tested["to"], tested["bars"])
    assert tested["exposure"] > dropped["exposure"], "earlier rows warm up: 2005 can be traded from its first day"


def test_periods_that_cannot_be(strat: Strat) -> None:
    def fails(code: int, parts: list[str], *options: str) -> None:
        strat("backtest", GOLDEN_CROSS, "--data", "sample:AAPL", *options).failed(code, *parts)

    fails(2, ["from 'soon'", "2024-03-01"], "--from", "soon")
    fails(2, ["begin before it ends"], "--from", "2008-01-01", "--to", "2005-01-01")
    fails(2, ["no bar lies in the period", "2000-03-01", "2013-03-01"], "--from", "2030-01-01")
    fails(2, ["no bar lies in the period"], "--to", "1990-01-01")
    fails(2, ["no bar in the period", "2000-03-01"], "--data-from", "2030-01-01")
    fails(2, ["'soon'"], "--data-to", "soon")


def test_assumptions_by_flag_and_by_name_are_one(backtest: Callable[..., Any]) -> None:
    flags = backtest("--fee", "0.2%", "--capital", "50000", "--slippage", "1bp", "--path", "best", "--tz", "Asia/Tokyo")
    names = backtest("--assume", "fee=0.2%", "--assume", "capital=50_000", "--assume", "slippage=1bp",
                     "--assume", "path=best", "--assume", "timezone=Asia/Tokyo")  # fmt: skip
    for document in (flags, names):
        del document["elapsed"]
    assert flags == names
    assert flags["capital"] == 50_000.0
    assert flags["assumptions"]["fee"] == "0.2%"
    assert flags["assumptions_hash"] != backtest()["assumptions_hash"]


def test_every_assumption_has_a_flag(backtest: Callable[..., Any]) -> None:
    given = {
        "capital": "1000", "fee": "1/order+0.1% min 2 on exits", "slippage": "2bp",
        "spread": "0.02% on entries", "lot": "2", "tick": "0.05", "path": "proximity",
        "fill": "this_close", "bracket": "next_bar", "sizing": "decision", "point_value": "2", "model": "tradingview",
    }  # fmt: skip
    flags = [part for name, value in given.items() for part in (f"--{name.replace('_', '-')}", value)]
    assumed = backtest(*flags)["assumptions"]
    for name in ("path", "fill", "bracket", "model", "fee", "spread"):
        assert assumed[name] == given[name]
    assert (assumed["lot"], assumed["tick"], assumed["point_value"], assumed["capital"]) == (2.0, 0.05, 2.0, 1000.0)


@pytest.mark.parametrize(
    ("options", "parts"),
    [
        (["--fee", "x"], ["fee", "'x'", "0.1%"]),
        (["--capital", "-5"], ["capital"]),
        (["--assume", "fees=1"], ["'fees'", "fee"]),
        (["--assume", "fee"], ["--assume NAME=VALUE"]),
        (["--tz", "Mars/Olympus"], ["'Mars/Olympus'"]),
        (["--timeframe", "7x"], ["'7x'", "15m"]),
        (["--slippage", "3ticks"], ["tick"]),
    ],
)
def test_assumptions_that_cannot_be(strat: Strat, options: list[str], parts: list[str]) -> None:
    strat("backtest", GOLDEN_CROSS, "--data", "sample:AAPL", *options).failed(2, *parts)


def test_what_is_open_at_the_end_is_closed_if_asked(strat: Strat, program: Write) -> None:
    path = program("enter long when bar_index == 10\n")
    open_, closed = (
        strat("backtest", path, "--data", "sample:AAPL", "--fee", "1%", "--json", *more).json
        for more in ([], ["--close-at-end"])
    )
    assert (open_["trades"], open_["open_trades"]) == (0, 1)
    assert (closed["trades"], closed["open_trades"]) == (1, 0)
    assert closed["fees"] > open_["fees"] > 0


def test_ticks_need_to_be_told(strat: Strat, program: Write) -> None:
    path = program("enter long when close > open\n  stop 10ticks\n")
    strat("backtest", path, "--data", "sample:AAPL").failed(1, "--tick 0.01")
    assert strat("backtest", path, "--data", "sample:AAPL", "--tick", "0.01", "--json").code == 0


def test_a_program_for_other_bars_is_refused(strat: Strat, program: Write) -> None:
    strat("backtest", program("on X every 1h\nenter long when close > open\n"), "--data", "sample:AAPL").failed(
        1, "made for bars of 1h, the data has bars of 1d"
    )
    strat("backtest", program("enter long when close @ 4h > 1\n"), "--data", "sample:AAPL").failed(1, "bars of 4h")


def test_a_program_with_errors_is_not_run(strat: Strat, program: Write) -> None:
    strat("backtest", program("enter long when clse > 1\n"), "--data", "sample:AAPL", "--json").failed(
        1, "clse", "1 error: nothing was run"
    )


def test_standard_input_is_a_program_too(spawn: Strat) -> None:
    done = spawn("backtest", "-", "--data", "sample:MSFT", "--json", stdin=b"enter long when close > open\n")
    assert done.json["symbol"] == "MSFT"


# --- data --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "parts"),
    [
        ("sample:NOPE", ["'NOPE'", "AAPL, FB, GOOG, IBM, MSFT"]),
        ("sample:", ["AAPL"]),
    ],
)
def test_data_that_are_not_there(strat: Strat, source: str, parts: list[str]) -> None:
    strat("backtest", GOLDEN_CROSS, "--data", source).failed(1, *parts)


def test_a_file_of_data_that_cannot_be_read_is_something_outside_like_one_of_text(strat: Strat, tmp_path: Path) -> None:
    for source in ("nowhere.csv", str(tmp_path / "none.parquet")):
        strat("backtest", GOLDEN_CROSS, "--data", source).failed(3, source, "No such file")


@pytest.mark.parametrize("option", ["--tz", "--data-tz"])
def test_a_zone_that_is_none_is_a_wrong_command_line(strat: Strat, option: str) -> None:
    strat("backtest", GOLDEN_CROSS, "--data", "sample:AAPL", option, "Mars/X").failed(2, "no time zone", "'Mars/X'")


def test_a_timeframe_that_is_doubted_is_told(strat: Strat, tmp_path: Path) -> None:
    data = tmp_path / "hours.csv"
    hours = [f"2024-01-{1 + n // 24:02}T{n % 24:02}:00,{10 + n % 7}" for n in range(200)]
    data.write_text("\n".join(["time,close", *hours]))
    done = strat("backtest", GOLDEN_CROSS, "--data", str(data), "--timeframe", "1m")
    assert "note: timeframe 1m as given, but the bars lie 1h apart" in done.out


def test_a_symbol_that_the_data_do_not_hold(strat: Strat) -> None:
    strat("backtest", GOLDEN_CROSS, "--data", "sample:AAPL", "--symbol", "MSFT").failed(1, "'MSFT'", "AAPL")


def test_bad_rows_stop_a_run_until_a_policy_is_named(strat: Strat, program: Write, tmp_path: Path) -> None:
    rows = ["date,open,high,low,close,volume"]
    rows += [f"2024-01-{day:02},10,{11 if day != 9 else 8},9,10.5,100" for day in range(1, 21)]
    data = tmp_path / "bad.csv"
    data.write_text("\n".join(rows))
    path = program("enter long when close > open\n")
    strat("backtest", path, "--data", str(data)).failed(1, "bad.csv", "9", "high")
    dropped = strat("backtest", path, "--data", str(data), "--data-policy", "drop", "--json").json
    kept = strat("backtest", path, "--data", str(data), "--data-policy", "keep", "--json").json
    assert (dropped["bars"], kept["bars"]) == (19, 20)


def test_a_folder_that_cannot_be_read_and_one_without_data(strat: Strat, tmp_path: Path) -> None:
    strat("backtest", GOLDEN_CROSS, "--data", str(tmp_path)).failed(1, "holds no data files")


_CELLS = st.sampled_from(["1", "2.5", "", "nan", "-1", "x", "2024-01-01", "2024-01-02", "1e999", "0", '"', "inf"])
_TABLES = st.lists(st.lists(_CELLS, min_size=1, max_size=7).map(",".join), max_size=8).map(
    lambda rows: "\n".join(["date,open,high,low,close,volume", *rows]).encode()
)
_MAGIC = st.sampled_from([b"PAR1", b"ARROW1", b"\x1f\x8b", b"12345678DUCK", b"\xef\xbb\xbf", b""])


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(_TABLES | st.tuples(_MAGIC, st.binary(max_size=60)).map(b"".join), st.sampled_from(["fail", "drop", "keep"]))
def test_any_bytes_as_data_end_in_a_result_or_a_message(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, content: bytes, policy: str
) -> None:
    data = tmp_path / "data.csv"
    data.write_bytes(content)
    code = main(["backtest", GOLDEN_CROSS, "--data", str(data), "--data-policy", policy, "--json"])
    captured = capsys.readouterr()
    assert code in (0, 1)
    assert json.loads(captured.out) if code == 0 else captured.err.startswith("strat: ")


# --- files -------------------------------------------------------------------------------------------


def test_the_files_of_a_run(strat: Strat, golden_cross: str, tmp_path: Path) -> None:
    folder = tmp_path / "deep" / "out"
    done = strat("backtest", golden_cross, "--data", "sample:AAPL", "--out", str(folder))
    assert done.out.splitlines()[-1] == f"report: {folder / 'report.html'}"
    assert sorted(p.name for p in folder.iterdir()) == [
        "daily.csv", "equity.csv", "orders.csv", "report.html", "result.json", "trades.csv",
    ]  # fmt: skip
    document = json.loads((folder / "result.json").read_text())
    with (folder / "trades.csv").open(newline="") as file:
        trades = list(csv.DictReader(file))
    assert list(trades[0])[: len(TRADES)] == TRADES
    assert len(trades) == document["trades"] + document["open_trades"] == 6
    assert {row["exit_reason"] for row in trades} == {"signal"}
    assert trades[0]["entry_time"] == "2001-06-27T00:00:00Z"
    assert sum(float(row["pnl"]) for row in trades) == pytest.approx(document["final_equity"] - document["capital"])
    with (folder / "equity.csv").open(newline="") as file:
        equity = list(csv.DictReader(file))
    assert (len(equity), float(equity[-1]["equity"])) == (document["bars"], document["final_equity"])


def test_json_beside_files_is_the_same_document(strat: Strat, golden_cross: str, tmp_path: Path) -> None:
    options = ["--data", "sample:AAPL", "--out", str(tmp_path), "--no-report", "--json"]
    done = strat("backtest", golden_cross, *options)
    assert done.json == json.loads((tmp_path / "result.json").read_text())
    assert not (tmp_path / "report.html").exists()


def test_a_folder_that_cannot_be_written_is_something_outside(strat: Strat, golden_cross: str, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    done = strat("backtest", golden_cross, "--data", "sample:AAPL", "--out", str(tmp_path / "file"))
    done.failed(3, "cannot write", "file")


def test_monitors_are_a_table_more_and_do_not_change_a_result(backtest: Callable[..., Any], tmp_path: Path) -> None:
    out = ("--out", str(tmp_path), "--no-report")
    watched = backtest("--monitors", *out)
    assert (tmp_path / "monitors.csv").read_text().startswith("ts,phase,quantity,entry_price,")
    plain = backtest(*out)
    assert not (tmp_path / "monitors.csv").exists(), "it was of another run"
    for document in (plain, watched):
        del document["elapsed"]
    assert plain == watched


def test_tables_as_parquet(strat: Strat, golden_cross: str, tmp_path: Path) -> None:
    options = ["--data", "sample:AAPL", "--out", str(tmp_path), "--no-report", "--out-format", "parquet", "--json"]
    trades = strat("backtest", golden_cross, *options).json["trades"]
    names = ["daily.parquet", "equity.parquet", "orders.parquet", "result.json", "trades.parquet"]
    assert sorted(path.name for path in tmp_path.iterdir()) == names
    assert len(parquet.read_table(tmp_path / "trades.parquet")) == trades > 0


def test_a_report_to_print(strat: Strat, golden_cross: str, tmp_path: Path) -> None:
    pytest.importorskip("reportlab", reason="ReportLab is not installed: pip install 'stratagem[pdf]'")
    done = strat("backtest", golden_cross, "--data", "sample:AAPL", "--out", str(tmp_path), "--no-report", "--pdf")
    assert f"to print: {tmp_path / 'report.pdf'}" in done.out
    assert (tmp_path / "report.pdf").read_bytes().startswith(b"%PDF-")
    strat("backtest", golden_cross, "--data", "sample:AAPL", "--out", str(tmp_path), "--no-report")
    assert not (tmp_path / "report.pdf").exists(), "it was of another run"


def test_a_report_to_print_needs_its_library(
    strat: Strat, golden_cross: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Told before the run: the data are not even looked for."""
    for name in [name for name in sys.modules if name.partition(".")[0] == "reportlab"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "reportlab", None)
    library.cache_clear()
    try:
        done = strat("backtest", golden_cross, "--data", "nowhere.csv", "--out", str(tmp_path), "--pdf")
    finally:
        library.cache_clear()
    done.failed(2, "pip install 'stratagem[pdf]'")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("option", [("--out-format", "csv"), ("--monitors",), ("--no-report",), ("--pdf",)])
def test_what_is_about_a_folder_without_one_is_a_mistake(strat: Strat, golden_cross: str, option: tuple[str]) -> None:
    strat("backtest", golden_cross, "--data", "sample:AAPL", *option).failed(2, option[0], "give --out, too")


def test_a_guard_of_the_command_line_stands_beside_the_text(strat: Strat, golden_cross: str) -> None:
    """What was given is told among what is assumed, and bounds what is bought."""
    data = ("--data", "sample:AAPL", "--engine", "interpreted", "--json")
    free = strat("backtest", golden_cross, *data).json
    held = strat("backtest", golden_cross, *data, "--guard", "exposure 10%", "--guard", "loss 40% then halt").json
    assert held["assumptions"]["guards"] == "exposure 10%; loss 40% then halt" and "guards" not in free["assumptions"]
    assert held["reduced"] > free["reduced"]
    told = strat("backtest", golden_cross, *data, "--guard", "drawdown 0.2")
    assert told.code == 2 and "20% or 0.2%" in told.out + told.err


def test_pairs_of_currencies(strat: Strat, program: Write, tmp_path: Path) -> None:
    def bars(name: str, closes: list[float], day: int) -> str:
        rows = [f"2024-01-{day + at:02},{c},{c},{c},{c}" for at, c in enumerate(closes)]
        (tmp_path / name).write_text("\n".join(["date,open,high,low,close", *rows]) + "\n")
        return str(tmp_path / name)

    file = program("assume currency EUR\nassume quote_currency USD\nenter long when bar_index == 0 size 40 units\n"
                   "exit long when bar_index == 2\n")  # fmt: skip
    data, pair = bars("A.csv", [100, 100, 110, 110, 120], 2), bars("rates.csv", [0.5, 0.5, 0.75, 0.8, 0.4], 1)
    asked = ("backtest", file, "--data", data, "--engine", "interpreted")
    done = strat(*asked, "--fx", f"USDEUR={pair}", "--fx", bars("GBPUSD.csv", [2.0] * 5, 1))
    assert done.code == 0 and "+320.00" in done.out
    assert "USD of A is converted to EUR by USDEUR" in " ".join(done.out.split())
    done = strat(*asked, "--fx", pair)
    assert done.code == 2 and "rates names no pair of two currencies, such as EURUSD: name it, --fx EURUSD=" in done.err
