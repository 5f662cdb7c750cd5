"""Saying which column is which: by name or number, for every way to run, and as the messages advise."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import Any

import pytest
import stratagem as sg
from stratagem.runtime.data import DataError, load_bars
from stratagem.runtime.data.errors import DataChoiceError
from stratagem.tools.cli import main

from .made import arrays, rows, same, write

ODD = "when,first px,top,bottom,px,size"
COLUMNS = {"time": "when", "open": "first px", "high": "top", "low": "bottom", "close": "px", "volume": "size"}
PROGRAM = "stratagem 1\nenter long when close > open\n"


def advised(error: DataError) -> dict[str, str]:
    """What the message says to give, as a shell would hand it over."""
    given = re.findall(r"--column (\w+=(?:'[^']*'|\S+))", str(error))
    return dict(text.split("=", 1) for text in (shlex.split(text)[0] for text in given))


def test_columns_by_name_and_by_number(tmp_path: Path) -> None:
    place = write(tmp_path / "odd.csv", rows(), ODD)
    expected = load_bars(arrays())
    assert same(load_bars(place, columns=COLUMNS), expected)
    numbers = {name: str(at) for at, name in enumerate(COLUMNS, 1)}
    assert same(load_bars(place, columns=numbers), expected)
    assert same(load_bars(place, columns={**COLUMNS, "ts": "when"}), expected)


def test_what_is_said_wins_over_what_headers_say(tmp_path: Path) -> None:
    place = write(tmp_path / "a.csv", [[*row, "9"] for row in rows()], "ts,open,high,low,close,volume,ticks")
    bars = load_bars(place, columns={"volume": "ticks"})
    assert (bars.volume[0], list(bars.extra)) == (9.0, ["volume"])


def test_a_date_and_its_time_of_day(tmp_path: Path) -> None:
    lines = [[row[0][:10], row[0][11:19], *row[1:]] for row in rows()]
    place = write(tmp_path / "a.csv", lines, "d,t,open,high,low,close,volume")
    assert same(load_bars(place, columns={"date": "d", "time": "t"}), load_bars(arrays()))


@pytest.mark.parametrize(
    ("columns", "told"),
    [
        ({"clse": "px"}, "column clse=px: bars have no 'clse'; there are time, date, open, high, low, close, volume"),
        ({"close": "pxx"}, "odd.csv has no column 'pxx' for close; its columns are 'when', 'first px'"),
        ({"close": "7"}, "no column '7' for close"),
    ],
)
def test_what_cannot_be_meant_is_told(tmp_path: Path, columns: Any, told: str) -> None:
    with pytest.raises(DataChoiceError, match=told):
        load_bars(write(tmp_path / "odd.csv", rows(), ODD), columns=columns)


@pytest.mark.parametrize(
    ("header", "meant"),
    [
        ("ts,opn,high,low,close,volume", {}),
        ("stamp_time,open,high,low,close,volume", {}),
        ("ts,close,open,high,low,close", {"close": "close_2"}),
        ("column_1,column_2,high,low,column_5,v", {"close": "column_5"}),
    ],
)
def test_the_advice_of_a_message_leads_to_bars(tmp_path: Path, header: str, meant: dict[str, str]) -> None:
    """Doing what is said is enough; where two are possible, `meant` is the one of them that holds the closes."""
    lines = [[row[0], row[4], *row[1:5]] if header.count("close") > 1 else row for row in rows()]
    place = write(tmp_path / "a.csv", lines, header)
    with pytest.raises(DataError) as caught:
        load_bars(place)
    bars = load_bars(place, columns={**advised(caught.value), **meant})
    assert bars.close.tolist() == load_bars(arrays()).close.tolist()


def test_every_way_to_run_takes_columns(tmp_path: Path) -> None:
    place = write(tmp_path / "odd.csv", rows(), ODD)
    program = sg.compile("stratagem 1\nparam n = 2 in 1 to 3\nenter long when close > sma(close, n)\n")
    assert program.backtest(place, columns=COLUMNS).stats["bars"] == 20
    assert program.sweep(place, {"n": [1, 2]}, columns=COLUMNS).num_rows == 2
    assert program.verify(place, columns=COLUMNS)
    assert sg.evaluate("close", place, columns=COLUMNS).tolist() == load_bars(arrays()).close.tolist()
    assert sg.load_bars(place, columns=COLUMNS).volume[0] == 1000.0


def test_the_command_line_takes_columns(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    place = write(tmp_path / "odd.csv", rows(), ODD)
    options = [part for name, column in COLUMNS.items() for part in ("--column", f"{name}={column}")]
    assert main(["eval", "close", "--data", str(place), *options]) == 0
    assert capsys.readouterr().out.splitlines()[1] == "2024-01-01T00:00:00Z,100.25"
    assert main(["eval", "close", "--data", str(place), "--column", "clse=px"]) == 2
    assert main(["eval", "close", "--data", str(place), "--column", "close"]) == 2
    assert "expected --column FIELD=NAME" in capsys.readouterr().err
