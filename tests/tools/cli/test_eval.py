"""`strat eval`: one expression, or a definition of a file, over data."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.feather
import pyarrow.parquet
import pytest
import stratagem
from hypothesis import given
from hypothesis import strategies as st
from stratagem.tools.cli.eval_command import _texts

from .conftest import Strat

Write = Callable[[str], str]
DATA = ("--data", "sample:AAPL")


def table(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_a_table_of_time_and_value(strat: Strat) -> None:
    done = strat("eval", "sma(close, 3)", *DATA)
    assert done.code == 0
    assert all(line.startswith("note: ") for line in done.err.splitlines())
    rows = table(done.out)
    assert [row["value"] for row in rows[:2]] == ["", ""]
    assert rows[0]["ts"] == "2000-03-01T00:00:00Z"
    values = stratagem.evaluate("sma(close, 3)", "sample:AAPL")
    assert [float(row["value"]) for row in rows[2:]] == values[2:].tolist()


def test_a_record_has_a_column_per_field(strat: Strat) -> None:
    assert strat("eval", "macd(close)", *DATA).out.startswith("ts,line,signal,hist\n")
    document = strat("eval", "macd(close)", *DATA, "--json").json
    assert document["columns"] == list(document["values"]) == ["line", "signal", "hist"]
    assert len(document["ts"]) == len(document["values"]["hist"]) == 3270
    assert document["values"]["hist"][0] is None


def test_conditions_are_true_or_false(strat: Strat) -> None:
    assert {row["value"] for row in table(strat("eval", "close > open", *DATA).out)} == {"true", "false"}
    assert set(strat("eval", "close > open", *DATA, "--json").json["values"]["value"]) == {True, False}


def test_a_definition_of_a_file(strat: Strat, program: Write) -> None:
    path = program("param n = 5\nlet bands = bb(close, n)\nlet up = close > open\nstate runs = 0 then runs + 1\n")
    assert strat("eval", f"{path}:up", *DATA).out.startswith("ts,up\n")
    assert strat("eval", f"{path}:bands.upper", *DATA).out.startswith("ts,bands.upper\n")
    every = strat("eval", f"{path}:bands", *DATA)
    assert {"bands.upper", "bands.lower"} <= table(every.out)[0].keys()
    assert table(strat("eval", f"{path}:runs", *DATA).out)[-1]["runs"] == "3270"
    other = strat("eval", f"{path}:bands", *DATA, "--param", "n=9")
    assert table(other.out)[7]["bands.upper"] == "" != table(every.out)[7]["bands.upper"]
    strat("eval", f"{path}:bnads", *DATA).failed(2, "no `bnads`", "did you mean `bands`")
    strat("eval", f"{path}:bands", *DATA, "--param", "m=9").failed(2, "no parameter `m`")


@pytest.mark.parametrize(
    ("expression", "code", "parts"),
    [
        ("rsi(close", 1, ["expected", "nothing was run"]),
        ("rssi(close)", 1, ["rsi"]),
        ("", 1, ["nothing was run"]),
        ('"a text"', 2, ["is a text"]),
        ('column("mood")', 2, ["no column 'mood'"]),
        ("close @ 1h", 1, ["bars of 1h"]),
        ("none.strat:up", 3, ["none.strat", "No such file"]),
    ],
)
def test_what_cannot_be_evaluated(strat: Strat, expression: str, code: int, parts: list[str]) -> None:
    strat("eval", expression, *DATA).failed(code, *parts)


@pytest.mark.parametrize("option", ["--fx", "--magnify"])
def test_an_expression_takes_no_pair_and_no_finer_bars(strat: Strat, option: str) -> None:
    """It has no money that a pair could convert, and no order that a finer path could meet."""
    strat("eval", "close", *DATA, option, "sample:AAPL").failed(2, option, "expression")


@pytest.mark.parametrize(
    ("expression", "shown"),
    [
        ("bad(", [":1:4", " 1 | bad(\n   |    ^"]),
        ("  clos + 1", [":1:3", " 1 |   clos + 1\n   |   ^^^^", "replace with `close`"]),
        ("close +\n  hgh", [":2:3", " 2 |   hgh\n   |   ^^^"]),
        ("", [":1:1", " 1 | \n   | ^"]),
        ("close + 2%", [":1:1", " 1 | close + 2%\n"]),
    ],
)
def test_what_is_marked_is_what_was_typed(strat: Strat, expression: str, shown: list[str]) -> None:
    said = strat("eval", expression, *DATA).err
    assert "let value" not in said
    for part in shown:
        assert part in said, said


def test_files_by_their_ending(strat: Strat, tmp_path: Path) -> None:
    values = stratagem.evaluate("rsi(close, 14)", "sample:AAPL")
    for name, read in (("a.parquet", pyarrow.parquet.read_table), ("b.arrow", pyarrow.feather.read_table)):
        done = strat("eval", "rsi(close, 14)", *DATA, "--out", str(tmp_path / "deep" / name))
        assert (done.code, done.out) == (0, "")
        written = read(tmp_path / "deep" / name)
        assert written.column_names == ["ts", "value"]
        assert written["value"].to_numpy().tobytes() == values.tobytes()
    strat("eval", "close", *DATA, "--out", str(tmp_path / "c.csv"))
    assert (tmp_path / "c.csv").read_text() == strat("eval", "close", *DATA).out
    strat("eval", "close", *DATA, "--out", str(tmp_path / "d.xls")).failed(2, ".parquet", "d.xls")
    strat("eval", "close", "--data", "none.csv", "--out", "d.xls").failed(2, "d.xls")  # before anything is read
    (tmp_path / "file").write_text("")
    strat("eval", "close", *DATA, "--out", str(tmp_path / "file" / "e.parquet")).failed(3, "cannot write")


def test_both_engines_write_one_table(strat: Strat) -> None:
    native, interpreted = (strat("eval", "atr(14)", *DATA, "--engine", e).out for e in ("native", "interpreted"))
    assert native == interpreted


def test_options_of_data_and_calendar(strat: Strat) -> None:
    assert len(table(strat("eval", "close", *DATA, "--data-from", "2013-01-01").out)) == 41
    strat("eval", "close", *DATA, "--tz", "Mars/Olympus").failed(2, "'Mars/Olympus'")
    strat("eval", "close - 2ticks", *DATA).failed(1, "--tick 0.01")
    assert strat("eval", "close - 2ticks", *DATA, "--tick", "0.5").out != strat("eval", "close", *DATA).out


def test_head_and_tail_of_what_is_piped(strat: Strat, tmp_path: Path) -> None:
    every = strat("eval", "close", *DATA).out.splitlines()
    assert strat("eval", "close", *DATA, "--tail", "2").out.splitlines() == [every[0], *every[-2:]]
    assert strat("eval", "close", *DATA, "--head", "3", "--tail", "1").out.splitlines() == [*every[:4], every[-1]]
    assert strat("eval", "close", *DATA, "--head", "9999").out.splitlines() == every
    assert strat("eval", "close", *DATA, "--head", "0").out.splitlines() == every[:1]
    assert len(strat("eval", "close", *DATA, "--tail", "4", "--json").json["ts"]) == 4
    strat("eval", "close", *DATA, "--tail", "1", "--out", str(tmp_path / "a.csv"))
    assert (tmp_path / "a.csv").read_text().splitlines() == [every[0], every[-1]]
    strat("eval", "close", *DATA, "--tail", "-1").failed(2, "whole number")


def test_a_terminal_shows_ends_and_statistics(strat: Strat, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    told = strat("eval", "sma(close, 3)", *DATA).out.splitlines()
    assert [line[:10] for line in told if line[:2] == "20"] == [
        "2000-03-01", "2000-03-02", "2000-03-03", "2000-03-06", "2000-03-07",
        "2013-02-25", "2013-02-26", "2013-02-27", "2013-02-28", "2013-03-01",
    ]  # fmt: skip
    values = stratagem.evaluate("sma(close, 3)", "sample:AAPL")[2:]
    facts = dict(line.split() for line in told if line[:1].isalpha())
    assert (facts["bars"], facts["missing"]) == ("3,270", "2")
    assert (facts["least"], facts["most"], facts["last"]) == tuple(
        f"{v:.7g}" for v in (values.min(), values.max(), values[-1])
    )
    assert "true on" in strat("eval", "close > open", *DATA).out
    assert len(strat("eval", "close", *DATA, "--all").out.splitlines()) == 3271


def test_what_is_to_be_known_about_the_data_is_told_beside_the_table(strat: Strat, tmp_path: Path) -> None:
    rows = [f"2024-01-{day:02},{day},{day},{day},{day},0,9" for day in range(1, 29)]
    (tmp_path / "a.csv").write_text("\n".join(["<DATE>,<OPEN>,<HIGH>,<LOW>,<CLOSE>,<VOL>,<TICKVOL>", *rows]))
    done = strat("eval", "volume", "--data", str(tmp_path / "a.csv"), "--json")
    assert done.json["values"]["value"] == [9.0] * 28
    assert "note: 'VOL' is 0 on every row: the volume is 'TICKVOL'" in done.err


@given(st.lists(st.floats(-1e300, 1e300) | st.floats(-1e6, 1e6) | st.just(float("nan"))))
def test_numbers_are_spelled_as_in_the_other_tables(values: list[float]) -> None:
    cells = pa.array([None if value != value else value for value in values], pa.float64()).cast(pa.string())
    assert _texts(values) == [cell or "" for cell in cells.to_pylist()]


def test_a_whole_number_has_no_point(strat: Strat) -> None:
    assert strat("eval", "100_000 + 0 * close", *DATA, "--head", "1").out.splitlines()[1].endswith(",100000")


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["close", *DATA, "--out", "a.csv", "--json"], "give one of the two"),
        (["close", *DATA, "--all", "--head", "3"], "--all is every row, --head and --tail are some"),
    ],
)
def test_what_contradicts_itself_is_refused(strat: Strat, options: list[str], told: str) -> None:
    strat("eval", *options).failed(2, told)


@pytest.mark.parametrize("text", ["", "  ", "# a note"])
def test_of_no_expression_it_is_told_that_there_is_none(strat: Strat, text: str) -> None:
    done = strat("eval", text, *DATA)
    assert done.code == 1 and "E002: expected an expression, found nothing" in done.err and "`=`" not in done.err
    assert "for example `rsi(close, 14)`" in done.err


def test_a_statement_in_the_place_of_an_expression_is_told_where_it_belongs(strat: Strat) -> None:
    done = strat("eval", "enter long when close > open", *DATA)
    assert "expected an expression, found `enter`" in done.err and "`=`" not in done.err
    assert "a program with `enter` stands in a file" in done.err


@pytest.mark.parametrize("text", ["position.size", "equity > 10", "{ a: close, b: { c: trades.count } }"])
def test_what_reads_the_books_is_told_that_nothing_trades(strat: Strat, text: str) -> None:
    done = strat("eval", text, *DATA, "--tail", "1")
    assert done.code == 0 and "W606: nothing trades in an expression" in done.err
    assert "W606" not in strat("eval", "sma(close, 20)", *DATA, "--tail", "1").err


def test_a_definition_of_a_file_reads_what_its_orders_did(strat: Strat, program: Write) -> None:
    path = program("let held = position.size\nenter long when close > open expire 3 bars\n")
    done = strat("eval", f"{path}:held", *DATA, "--tail", "20")
    assert "W606" not in done.err and len({row["held"] for row in table(done.out)}) > 1
