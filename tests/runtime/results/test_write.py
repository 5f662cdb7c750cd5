"""Files: read back without loss, complete or not there, one clear error where the disk refuses."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import IO

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from stratagem.lang.plan.model import Text
from stratagem.runtime.errors import UsageFault
from stratagem.runtime.results.daily import daily_table
from stratagem.runtime.results.folder import WriteError, write_file
from stratagem.runtime.results.metrics.run import Measured
from stratagem.runtime.results.output import RunOutput, Statement
from stratagem.runtime.results.result import Result
from stratagem.runtime.results.stats import summary_document
from stratagem.runtime.results.tables import equity_table, monitors_table, orders_table, trades_table
from stratagem.runtime.results.write import csv_lines, read, write
from stratagem.runtime.trading.rows import RECORD_COLUMNS

from . import made

AWKWARD = 'a "quoted", text;\nwith = lines\r\nand ünïcode'


def awkward() -> RunOutput:
    return made.traded(300, statements=(Statement("enter long", Text((AWKWARD,))), Statement("exit, long")))


def formulas() -> RunOutput:
    """Texts that a spreadsheet would run."""
    return made.traded(
        300, statements=(Statement("enter long", Text(("=HYPERLINK(1)",))), Statement("exit", Text(("'@x",))))
    )


RUNS = {
    "daily": lambda: made.traded(700),
    "intraday": lambda: made.traded(900, frame="15m"),
    "awkward texts": awkward,
    "formulas": formulas,
    "no bars": lambda: made.output(made.bars([])),
    "fractions of seconds": lambda: made.output(made.bars([1, 2, 3], start=made.START + 250_001)),
    "odd numbers": lambda: made.output(made.bars([1, 2, 3]), [0.1 + 0.2, 1e-300, 12345678901234567.0], capital=1.0),
}


@pytest.mark.parametrize("name", RUNS)
def test_what_is_written_reads_back_the_same(name: str, tmp_path: Path) -> None:
    run = Measured(RUNS[name]())
    write(run, tmp_path / "new" / "folder")
    saved = read(tmp_path / "new" / "folder")
    interval = saved.document["interval"]
    assert saved.document == json.loads(json.dumps(summary_document(run) | {"interval": interval}))
    assert saved.trades.equals(trades_table(run.output))
    assert saved.orders.equals(orders_table(run.output))
    assert saved.equity.equals(equity_table(run))


@pytest.mark.parametrize("name", RUNS)
def test_parquet_reads_back_the_same(name: str, tmp_path: Path) -> None:
    run = Measured(RUNS[name]())
    paths = write(run, tmp_path, format="parquet")
    assert [path.name for path in paths] == [
        "result.json", "trades.parquet", "orders.parquet", "equity.parquet", "daily.parquet",
    ]  # fmt: skip
    assert read(tmp_path).daily == daily_table(run)
    saved = read(tmp_path)
    assert saved.trades.equals(trades_table(run.output))
    assert saved.orders.equals(orders_table(run.output))
    assert saved.equity.equals(equity_table(run))
    assert saved.equity.schema.field("ts").type == pa.timestamp("us", tz="UTC")


def watched() -> RunOutput:
    """A run with two readings of the monitors, of which one lacks a price."""
    readings = [made.row(RECORD_COLUMNS, index=at, phase=at, quantity=2, entry_price=price, equity=1e3 / 3)
                for at, price in enumerate((100.5, float("nan")))]  # fmt: skip
    return made.output(made.bars([1, 2]), records=readings)


@pytest.mark.parametrize("format", ["csv", "parquet"])
def test_readings_of_the_monitors_read_back_the_same_and_go_with_their_run(format: str, tmp_path: Path) -> None:
    assert write(Measured(watched()), tmp_path, format=format)[-1].name == f"monitors.{format}"
    assert read(tmp_path).monitors.equals(monitors_table(watched()))
    write(Measured(made.traded(50)), tmp_path)
    assert read(tmp_path).monitors is None and not list(tmp_path.glob("monitors*"))


def test_tables_of_another_format_go_with_the_run_they_are_of(tmp_path: Path) -> None:
    Result(made.traded(50)).write(tmp_path, report=False)
    Result(made.traded(90)).write(tmp_path, report=False, format="parquet")
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "daily.parquet", "equity.parquet", "orders.parquet", "result.json", "trades.parquet",
    ]  # fmt: skip
    assert len(read(tmp_path).equity) == 90
    Result(made.traded(70)).write(tmp_path, report=False)
    assert len(read(tmp_path).equity) == 70


def test_a_table_of_another_program_stays(tmp_path: Path) -> None:
    (tmp_path / "trades.parquet").write_text("mine")
    Result(made.traded(50)).write(tmp_path, report=False)
    assert (tmp_path / "trades.parquet").read_text() == "mine"


def test_a_format_that_there_is_not_writes_nothing(tmp_path: Path) -> None:
    with pytest.raises(UsageFault, match="format: expected csv or parquet, found 'xml'"):
        Result(made.traded(50)).write(tmp_path, format="xml")
    assert list(tmp_path.iterdir()) == []


def test_blocks_of_rows_are_one_table(tmp_path: Path) -> None:
    """More rows than are written at a time; the first and the last line by hand."""
    output = made.output(made.bars(np.full(70_000, 100.5).tolist(), "1m", start=made.START + 1), capital=0.1)
    write(Measured(output), tmp_path)
    lines = (tmp_path / "equity.csv").read_text().splitlines()
    assert (len(lines), lines[0]) == (70_001, "ts,equity,cash,position,drawdown")
    assert lines[1] == "2020-01-01T00:00:00.000001Z,0.1,0.1,0,0"
    assert lines[-1] == "2020-02-18T14:39:00.000001Z,0.1,0.1,0,0"


def test_the_four_files_and_nothing_else(tmp_path: Path) -> None:
    paths = write(Measured(made.traded(50)), tmp_path)
    assert sorted(path.name for path in paths) == sorted(path.name for path in tmp_path.iterdir())
    assert {path.name for path in paths} == {"result.json", "trades.csv", "orders.csv", "equity.csv", "daily.csv"}


def test_plain_tools_read_the_files(tmp_path: Path) -> None:
    write(Measured(awkward()), tmp_path)
    with (tmp_path / "trades.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert rows[0]["entry_reason"] == AWKWARD
    assert rows[0]["entry_time"] == "2020-01-13T00:00:00Z"
    assert float(rows[0]["quantity"]) == 400.0
    assert json.loads((tmp_path / "result.json").read_text(encoding="utf-8"))["trades"] == 12


def test_no_cell_is_run_by_a_spreadsheet(tmp_path: Path) -> None:
    write(Measured(formulas()), tmp_path)
    for name, column in (("trades.csv", "entry_reason"), ("orders.csv", "because")):
        with (tmp_path / name).open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        assert {row[column] for row in rows} <= {"'=HYPERLINK(1)", "''@x"} and rows
        assert all(float(row.get("pnl") or 0.0) <= 1e300 for row in rows)
    with (tmp_path / "trades.csv").open(encoding="utf-8", newline="") as file:
        assert any(row["mae"].startswith("-") for row in csv.DictReader(file)), "numbers stay numbers"


def test_equal_runs_write_equal_bytes(tmp_path: Path) -> None:
    for name in ("one", "two"):
        write(Measured(made.traded(200)), tmp_path / name)
    for path in (tmp_path / "one").iterdir():
        assert path.read_bytes() == (tmp_path / "two" / path.name).read_bytes()


def test_a_second_run_replaces_the_first(tmp_path: Path) -> None:
    write(Measured(made.traded(200)), tmp_path)
    write(Measured(made.traded(90)), tmp_path)
    assert len(read(tmp_path).equity) == 90


def test_a_failure_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "kept.csv"
    path.write_text("old")

    def full(file: object) -> None:
        raise OSError(28, "No space left on device")

    with pytest.raises(WriteError, match=r"cannot write .*kept\.csv: No space left on device"):
        write_file(path, full)
    assert path.read_text() == "old"
    assert [entry.name for entry in tmp_path.iterdir()] == ["kept.csv"]


@pytest.mark.parametrize("stopped", [KeyboardInterrupt, MemoryError])
def test_what_is_interrupted_leaves_nothing_behind(tmp_path: Path, stopped: type[BaseException]) -> None:
    def fill(file: IO[bytes]) -> None:
        file.write(b"half")
        raise stopped

    with pytest.raises(stopped):
        write_file(tmp_path / "new.csv", fill)
    assert list(tmp_path.iterdir()) == []


def test_a_run_without_a_report_leaves_none_of_a_former_run(tmp_path: Path) -> None:
    result = Result(made.traded(50))
    result.write(tmp_path)
    assert (tmp_path / "report.html").exists()
    (tmp_path / "notes.html").write_text("mine")
    result.write(tmp_path, report=False)
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "daily.csv", "equity.csv", "notes.html", "orders.csv", "result.json", "trades.csv",
    ]  # fmt: skip


def test_a_report_that_is_of_no_run_here_stays(tmp_path: Path) -> None:
    (tmp_path / "report.html").write_text("mine")
    Result(made.traded(50)).write(tmp_path, report=False)
    assert (tmp_path / "report.html").read_text() == "mine"


def test_a_folder_that_is_a_file_is_one_clear_error(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("")
    with pytest.raises(WriteError, match="cannot write"):
        write(Measured(made.traded(50)), tmp_path / "taken")


@given(st.lists(st.floats(allow_nan=False, allow_infinity=False), min_size=1, max_size=20))
def test_numbers_survive_to_the_last_bit(values: list[float]) -> None:
    lines = csv_lines(pa.table({"x": pa.array(values)})).decode().splitlines()
    assert [float(line).hex() for line in lines] == [value.hex() for value in values]
