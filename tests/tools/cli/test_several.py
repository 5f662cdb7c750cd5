"""Several symbols on the command line: folders, files once each, symbols chosen and universes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from pyarrow import feather, parquet
from stratagem.runtime.data import samples

from .conftest import Strat

TEXT = """stratagem 1
strategy "Above its mean"
let mean = sma(close, 20)
enter long when cross_above(close, mean)
  size 10%
exit long when cross_below(close, mean)
"""


@pytest.fixture
def program(tmp_path: Path) -> Path:
    place = tmp_path / "mean.strat"
    place.write_text(TEXT)
    return place


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A file for each of three samples."""
    place = tmp_path / "bars"
    place.mkdir()
    for name in ("AAPL", "IBM", "MSFT"):
        (place / f"{name}.csv.gz").write_bytes((SAMPLES / f"{name}.csv.gz").read_bytes())
    return place


SAMPLES = Path(samples.__file__).parent


def test_a_folder_is_run_as_a_whole(strat: Strat, program: Path, folder: Path) -> None:
    done = strat("backtest", str(program), "--data", str(folder), "--json")
    assert done.code == 0
    told = done.json
    assert [row["symbol"] for row in told["symbols"]] == ["AAPL", "IBM", "MSFT"]
    assert told["symbol"] == "AAPL, IBM, MSFT" and told["trades"] == sum(row["trades"] for row in told["symbols"])
    assert any("each statement runs for each of the 3" in note for note in told["notes"])


def test_the_summary_names_each(strat: Strat, program: Path, folder: Path) -> None:
    done = strat("backtest", str(program), "--data", str(folder))
    assert done.code == 0 and "by symbol" in done.out and "AAPL, IBM, MSFT 1d" in done.out


def test_files_are_given_once_each(strat: Strat, program: Path, folder: Path) -> None:
    whole = strat("backtest", str(program), "--data", str(folder), "--symbols", "AAPL,IBM", "--json").json
    files = ["--data", str(folder / "IBM.csv.gz"), "--data", f"AAPL={folder / 'AAPL.csv.gz'}"]
    each = strat("backtest", str(program), *files, "--json").json
    assert {row["symbol"]: row["pnl"] for row in whole["symbols"]} == {r["symbol"]: r["pnl"] for r in each["symbols"]}
    samples = strat("backtest", str(program), "--data", "sample:IBM", "--data", "sample:AAPL", "--json").json
    assert samples["symbol"] == "AAPL, IBM"  # in the order of their names, where nothing says another


def test_two_sources_of_one_symbol_are_refused(strat: Strat, program: Path, folder: Path) -> None:
    path = str(folder / "IBM.csv.gz")
    strat("backtest", str(program), "--data", path, "--data", path).failed(2, "are both of IBM", "--data X=")


def test_one_symbol_of_several(strat: Strat, program: Path, folder: Path) -> None:
    alone = strat("backtest", str(program), "--data", str(folder), "--symbol", "IBM", "--json").json
    assert alone["symbol"] == "IBM" and "symbols" not in alone
    named = program.with_name("on.strat")
    named.write_text(TEXT.replace('mean"\n', 'mean"\non IBM every 1d\n', 1))
    own = strat("backtest", str(named), "--data", str(folder), "--json").json
    assert own["final_equity"] == alone["final_equity"]
    assert any(note.startswith("IBM taken of the 3 symbols") for note in own["notes"])


def test_a_universe_names_what_is_traded(strat: Strat, program: Path, folder: Path, tmp_path: Path) -> None:
    (tmp_path / "two.txt").write_text("MSFT\nIBM\nWANG\n")
    universe = ("--universe", str(tmp_path / "two.txt"))
    told = strat("backtest", str(program), "--data", str(folder), *universe, "--json").json
    assert [row["symbol"] for row in told["symbols"]] == ["IBM", "MSFT"] and told["symbol"] == "two"
    assert any("1 of the 3 symbols of the universe two are not among the data" in note for note in told["notes"])
    done = strat("backtest", str(program), "--data", str(folder), "--universe", str(tmp_path / "none.txt"))
    done.failed(3, "none.txt")



def test_what_is_written_has_the_symbols(strat: Strat, program: Path, folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    done = strat("backtest", str(program), "--data", str(folder), "--out", str(out), "--monitors", "--no-report")
    assert done.code == 0
    names = ("trades", "orders", "equity", "monitors")
    head = {name: (out / f"{name}.csv").read_text().splitlines()[0] for name in names}
    assert head["equity"] == "ts,equity,cash,symbols_held,gross,net,drawdown"
    assert head["trades"].startswith("id,symbol,") and head["monitors"].startswith("ts,symbol,phase,")
    assert len(json.loads((out / "result.json").read_text())["symbols"]) == 3


def test_verify_and_gate_run_several(strat: Strat, program: Path, folder: Path) -> None:
    done = strat("verify", str(program), "--data", str(folder), "--from", "2010", "--data-from", "2009", "--json")
    assert done.code == 0 and done.json["equal"] and done.json["symbol"] == "AAPL, IBM, MSFT"
    gate = strat("gate", str(program), "--data", str(folder), "--json")
    assert gate.code == 0 and gate.json["passed"]



def test_every_metric_is_there_for_an_account(strat: Strat, program: Path, folder: Path) -> None:
    told = strat("backtest", str(program), "--data", str(folder), "--metrics", "--json").json["metrics"]
    assert {row["symbol"] for row in told["by"]["symbol"]} == {"AAPL", "IBM", "MSFT"}
    assert told["values"]["max_leverage"] > 0 and told["values"]["beta"] is not None


def test_a_sweep_is_of_the_account(strat: Strat, program: Path, folder: Path, tmp_path: Path) -> None:
    program.write_text(TEXT.replace("let mean", "param n = 20 in 5 to 50\nlet mean").replace("close, 20", "close, n"))
    common = (str(program), "--data", str(folder), "--symbols", "AAPL,IBM", "--to", "2010-01-01")
    page = tmp_path / "map.html"
    done = strat("sweep", *common, "--grid", "n=10,40", "--metric", "sharpe", "--where", "trades>=1", "--json",
                 "--out", str(page))  # fmt: skip
    assert done.code == 0 and "note: the benchmark is an index of 2 symbols" in done.err
    told = done.json
    assert told["symbol"] == "AAPL, IBM" and "AAPL, IBM 1d" in page.read_text()
    single = strat("backtest", *common, "--param", "n=40", "--json").json
    row = next(row for row in told["rows"] if row["n"] == 40)
    assert {name: row[name] for name in row if name != "n"} == {name: single[name] for name in row if name != "n"}
    assert told["bars"] == single["bars"] and strat("sweep", *common, "--grid", "n=10,40").code == 0


def test_why_is_asked_of_one_of_them(strat: Strat, program: Path, folder: Path) -> None:
    common = ("why", str(program), "--data", str(folder), "--symbols", "IBM,AAPL", "--to", "2002-01-01")
    told = strat(*common, "--trade", "3", "--json").json
    assert told["symbol"] in ("IBM", "AAPL") and told["trade"]["row"]["symbol"] == told["symbol"]
    shown = strat(*common[:-2], "--at", "2001-05-02", "--symbol", "IBM")
    assert shown.code == 0 and "IBM 1d · bar of 2001-05-02" in shown.out
    strat(*common[:-2], "--at", "2001-05-02").failed(2, "say of which symbol: --symbol A")
    alone = strat("why", str(program), "--data", str(folder), "--at", "2001-05-02", "--symbol", "IBM")
    assert "note: the run is of this symbol alone" in " ".join(alone.out.split())


def test_an_expression_has_a_column_for_each(strat: Strat, folder: Path, tmp_path: Path) -> None:
    common = ("eval", "bb(close, 20)", "--data", str(folder), "--symbols", "IBM,AAPL", "--data-to", "2001-01-01")
    told = strat(*common, "--json").json
    assert told["columns"] == ["IBM.middle", "IBM.upper", "IBM.lower", "AAPL.middle", "AAPL.upper", "AAPL.lower"]
    alone = strat(*common[:4], "--symbol", "IBM", *common[6:], "--json").json
    assert told["values"]["IBM.upper"] == alone["values"]["upper"]


def test_a_symbol_without_a_bar_has_nothing_in_the_table(strat: Strat, tmp_path: Path) -> None:
    data = tmp_path / "two.csv"
    data.write_text("symbol,date,open,high,low,close\nA,2024-01-01,1,1,1,1\nA,2024-01-02,1,2,1,2\n"
                    "B,2024-01-01,5,5,5,5\nA,2024-01-03,2,2,2,2\nB,2024-01-03,5,5,4,4\n")  # fmt: skip
    ask = ("eval", "close > open", "--data", str(data), "--timeframe", "1d")
    done = strat(*ask)
    assert done.out.splitlines() == [
        "ts,A,B", "2024-01-01T00:00:00Z,false,false", "2024-01-02T00:00:00Z,true,", "2024-01-03T00:00:00Z,false,false"
    ]  # fmt: skip
    assert strat(*ask, "--json").json["values"]["B"] == [False, None, False]
    for name in ("rows.parquet", "rows.feather"):
        out = tmp_path / name
        assert strat(*ask, "--out", str(out)).code == 0
        table = parquet.read_table(out) if name.endswith("parquet") else feather.read_table(out)
        assert table["B"].to_pylist() == [False, None, False]
    first = strat("eval", "close", "--data", str(data), "--timeframe", "1d", "--head", "2")
    assert first.out.splitlines()[1:] == ["2024-01-01T00:00:00Z,1,5", "2024-01-02T00:00:00Z,2,"]
