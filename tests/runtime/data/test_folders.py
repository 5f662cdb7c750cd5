"""Folders with a file for each symbol, and how one of several is chosen."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest
import stratagem as sg
from stratagem.runtime.data import DataError, load_bars

from .made import rows, write


def folder(place: Path, *names: str) -> Path:
    for number, name in enumerate(names):
        write(place / name, rows(10 + number))
    return place


def test_a_symbol_is_the_whole_name_without_the_ending(tmp_path: Path) -> None:
    folder(tmp_path, "BRK.A.csv", "BRK.B.csv")
    assert (load_bars(tmp_path, symbol="BRK.A").symbol, len(load_bars(tmp_path, symbol="brk.b"))) == ("BRK.A", 11)
    with pytest.raises(DataError, match="holds 2 symbols: choose one with --symbol: BRK.A, BRK.B"):
        load_bars(tmp_path)
    assert load_bars(tmp_path / "BRK.A.csv").symbol == "BRK.A"


@pytest.mark.parametrize("other", ["AAPL.txt", "aapl.tsv", "AAPL.csv.gz"])
def test_two_files_for_one_symbol_are_refused_by_name(tmp_path: Path, other: str) -> None:
    folder(tmp_path, "AAPL.csv", other, "MSFT.csv")
    with pytest.raises(DataError, match="2 files for the symbol .*give the path of the one that is meant") as told:
        load_bars(tmp_path, symbol="aapl")
    assert load_bars(tmp_path, symbol="MSFT").symbol == "MSFT"
    assert "AAPL.csv" in str(told.value) and other in str(told.value)
    assert load_bars(tmp_path / "AAPL.csv").symbol == "AAPL"  # the advice


@pytest.mark.parametrize("path", [".", "./", "../shares", "../shares/", "inside/.."])
def test_a_folder_is_called_by_its_own_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, path: str) -> None:
    (tmp_path / "shares" / "inside").mkdir(parents=True)
    monkeypatch.chdir(folder(tmp_path / "shares", "AAPL.csv", "MSFT.csv"))
    with pytest.raises(DataError, match="^shares holds 2 symbols: choose one"):
        load_bars(path)


def test_hidden_files_are_no_symbols(tmp_path: Path) -> None:
    folder(tmp_path, "AAPL.csv", "._AAPL.csv", ".hidden.csv")
    assert len(load_bars(tmp_path)) == 10


def test_folders_inside_are_told(tmp_path: Path) -> None:
    (tmp_path / "daily").mkdir()
    folder(tmp_path / "daily", "AAPL.csv")
    with pytest.raises(DataError, match="no data files .*; give one of the folders inside it: daily"):
        load_bars(tmp_path)
    assert load_bars(tmp_path / "daily").symbol == "AAPL"  # the advice
    folder(tmp_path, "MSFT.csv")
    assert any("folders inside" in note and "daily" in note for note in load_bars(tmp_path).notes)


def test_a_link_to_itself_is_told_only_where_it_is_read(tmp_path: Path) -> None:
    folder(tmp_path, "MSFT.csv")
    (tmp_path / "round.bak").symlink_to(tmp_path / "round.bak")
    assert load_bars(tmp_path).symbol == "MSFT"
    (tmp_path / "round.csv").symlink_to(tmp_path / "round.csv")
    with pytest.raises(DataError, match=r"round.csv' cannot be read"):
        sg.load_panel(tmp_path)


PROGRAM = "stratagem 1\non AAPL\nenter long when close > open\n"


def test_the_symbol_of_the_program_chooses_where_none_is_given(tmp_path: Path) -> None:
    program = sg.compile(PROGRAM)
    folder(tmp_path, "AAPL.csv", "MSFT.csv")
    table = {
        "ts": [row[0] for row in rows(4)] * 2,
        "close": [1.0] * 4 + [2.0] * 4,
        "symbol": ["MSFT"] * 4 + ["AAPL"] * 4,
    }
    for data in (tmp_path, table):
        result = program.backtest(data)
        assert result.stats["symbol"] == "AAPL"
        assert any("AAPL taken of the 2 symbols of" in note and "`on AAPL`" in note for note in result.output.notes)
        assert program.backtest(data, symbol="MSFT").stats["symbol"] == "MSFT"


def test_a_symbol_of_the_program_that_is_not_there_is_told(tmp_path: Path) -> None:
    folder(tmp_path, "EURUSD.csv", "MSFT.csv")
    with pytest.raises(DataError, match=r"2 symbols \(the program's AAPL is none of them\): choose one with --symbol"):
        sg.compile(PROGRAM).backtest(tmp_path)


def test_tables_of_a_duckdb_file_are_chosen_by_symbol(tmp_path: Path) -> None:
    with duckdb.connect(str(tmp_path / "a.duckdb")) as connection:
        for symbol, close in (("AAPL", 1.0), ("MSFT", 2.0)):
            connection.execute(f"create table {symbol} as select ts, {close} as close from range(date '2024-01-01', "
                               "date '2024-02-01', interval 1 day) t(ts)")  # fmt: skip
    place = tmp_path / "a.duckdb"
    assert (load_bars(place, symbol="msft").symbol, load_bars(place, symbol="msft").close[0]) == ("MSFT", 2.0)
    result = sg.compile(PROGRAM).backtest(place)
    assert result.stats["symbol"] == "AAPL" and any("`on AAPL`" in note for note in result.output.notes)
    with pytest.raises(DataError, match="holds 2 tables"):
        load_bars(place, symbol="IBM")
