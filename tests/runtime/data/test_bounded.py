"""Whatever a path names, reading it ends: with bars, or with one error, in bounded time and memory."""

from __future__ import annotations

import gzip
import os
import re
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pytest
from pyarrow import feather, parquet
from stratagem.runtime.data import DataError, bounded, load_bars
from stratagem.runtime.data.errors import UnreadableError

from .made import arrays, rows, same, write

CSV = "ts,open,high,low,close,volume\n" + "\n".join(",".join(row) for row in rows(2000)) + "\n"
EXPECTED = arrays(2000)

LIMITED = """
import resource, sys
resource.setrlimit(resource.RLIMIT_AS, (2_500_000_000, 2_500_000_000))
resource.setrlimit(resource.RLIMIT_CPU, (20, 20))
from stratagem.runtime.data import DataError, load_bars
try:
    load_bars(sys.argv[1])
except DataError as error:
    print(type(error).__name__, error)
"""


def told(path: Path | str) -> str:
    """The one error of a path, in a process whose memory and time are limited."""
    ran = subprocess.run(
        [sys.executable, "-c", LIMITED, str(path)], capture_output=True, text=True, timeout=60, check=True
    )
    assert ran.stdout and not ran.stderr, ran.stderr
    return ran.stdout.strip()


@pytest.fixture
def pipe(tmp_path: Path) -> Path:
    os.mkfifo(tmp_path / "pipe")
    return tmp_path / "pipe"


def write_into(pipe: Path, content: bytes, delay: float = 0.0) -> threading.Thread:
    """Write in a thread, in odd pieces, after a while."""

    def run() -> None:
        threading.Event().wait(delay)
        with pipe.open("wb", buffering=0) as file:
            for begin in range(0, len(content), 50_021):
                file.write(content[begin : begin + 50_021])

    thread = threading.Thread(target=run)
    thread.start()
    return thread


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(bounded, "_WRITER_WAIT", 150)
    monkeypatch.setattr(bounded, "_SILENCE", 200)
    yield


# --- pipes ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("delay", [0.0, 0.2])
def test_a_pipe_loses_nothing(pipe: Path, delay: float) -> None:
    writer = write_into(pipe, CSV.encode(), delay)
    assert same(load_bars(pipe), load_bars(EXPECTED))
    writer.join()


@pytest.mark.parametrize("kind", ["gzip", "parquet", "feather"])
def test_what_comes_out_of_a_pipe_is_known_by_its_first_bytes(pipe: Path, tmp_path: Path, kind: str) -> None:
    file = tmp_path / "held"
    if kind == "gzip":
        file.write_bytes(gzip.compress(CSV.encode()))
    elif kind == "parquet":
        parquet.write_table(pa.table(EXPECTED), file)
    else:
        feather.write_feather(pa.table(EXPECTED), file)
    writer = write_into(pipe, file.read_bytes())
    assert same(load_bars(pipe), load_bars(EXPECTED))
    writer.join()


def test_standard_input_and_process_substitution(tmp_path: Path) -> None:
    program = "from stratagem.runtime.data import load_bars; import sys; print(len(load_bars(sys.argv[1])))"
    place = write(tmp_path / "a.csv", rows(2000))
    run = [sys.executable, "-c", program]
    piped = subprocess.run([*run, "/dev/stdin"], input=CSV, capture_output=True, text=True, check=True, timeout=60)
    with place.open() as file:
        redirected = subprocess.run(
            [*run, "/dev/stdin"], stdin=file, capture_output=True, text=True, check=True, timeout=60
        )
    script = f"{sys.executable} -c '{program}' <(cat {place})"
    substituted = subprocess.run(["bash", "-c", script], capture_output=True, text=True, check=True, timeout=60)
    assert [ran.stdout.strip() for ran in (piped, redirected, substituted)] == ["2000"] * 3


def test_a_pipe_into_which_nobody_writes(pipe: Path, impatient: None) -> None:
    with pytest.raises(UnreadableError, match="pipe is a pipe into which nobody writes: nothing came in"):
        load_bars(pipe)


def test_a_writer_who_falls_silent(pipe: Path, impatient: None) -> None:
    for sent in (b"", CSV.encode()[:100_000]):
        handle = os.open(pipe, os.O_RDWR)
        os.write(handle, sent[:60_000])
        with pytest.raises(UnreadableError, match="is a pipe whose writer sent nothing for"):
            load_bars(pipe)
        os.close(handle)


def test_a_writer_who_comes_and_goes(pipe: Path) -> None:
    writer = write_into(pipe, b"", 0.1)
    with pytest.raises(DataError, match="pipe has no line with several columns"):
        load_bars(pipe)
    writer.join()


def test_a_duckdb_file_cannot_come_out_of_a_pipe(pipe: Path) -> None:
    writer = write_into(pipe, b"\0" * 8 + b"DUCK" + b"\0" * 100)
    with pytest.raises(DataError, match="is a DuckDB file in a pipe: give the path of the file"):
        load_bars(pipe)
    writer.join()


def test_a_pipe_that_never_ends(pipe: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounded, "MOST_BYTES", 10**6)
    endless = ["timeout", "20", "bash", "-c", f"yes 2024-01-01,1,1,1,1,1 > {pipe}"]
    with (
        subprocess.Popen(endless, stderr=subprocess.DEVNULL),
        pytest.raises(DataError, match="pipe holds more than 1,000,000 bytes of text, the most that is read at once"),
    ):
        load_bars(pipe)


# --- what is no file -----------------------------------------------------------------------------------


def test_devices_sockets_and_folders(tmp_path: Path) -> None:
    for device in ("/dev/zero", "/dev/urandom", "/dev/null"):
        with pytest.raises(UnreadableError, match=f"{device} is a device: give a file or a pipe"):
            load_bars(device)
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(tmp_path / "s"))
        with pytest.raises(UnreadableError, match="is a socket: give a file or a pipe"):
            load_bars(tmp_path / "s")
    with pytest.raises(DataError, match="no data files"):
        load_bars(tmp_path)
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    with pytest.raises(UnreadableError, match="loop"):
        load_bars(tmp_path / "loop")
    for odd in ("a\0b", "a" * 5000, ""):
        with pytest.raises(DataError):
            load_bars(odd)


# --- what is too much ----------------------------------------------------------------------------------


def test_a_sparse_file_of_terabytes(tmp_path: Path) -> None:
    place = tmp_path / "huge.csv"
    with place.open("wb") as file:
        file.write(CSV.encode())
        file.truncate(4 * 2**40)
    assert "huge.csv has 4,398,046,511,104 bytes, and 1,073,741,824 are the most that is read at once" in told(place)
    with place.open("r+b") as file:
        file.truncate(0)
        file.truncate(2**30 - 1)
    assert "huge.csv is not text, nor Parquet" in told(place)


@pytest.mark.parametrize("more", ["blanks", "empty parts"])
def test_a_packed_file_with_no_end_behind_its_bars(tmp_path: Path, more: str) -> None:
    place = tmp_path / "padded.csv.gz"
    packed = gzip.compress(CSV.encode())
    place.write_bytes(packed + gzip.compress(b"") * 300_000 * (more == "empty parts"))
    if more == "blanks":
        os.truncate(place, 1 << 40)
    expected = r"padded.csv.gz cannot be unpacked: [\d,]+ bytes of it unpack to [\d,]+; it is damaged"
    assert re.search(expected, told(place))
    place.write_bytes(packed + bytes(1 << 16))
    assert load_bars(place).close.tolist() == EXPECTED["close"].tolist()


@pytest.mark.parametrize("fill", [b"\0", b"x", b"2024-01-01,1,1,1,1,1\n"])
def test_a_gzip_bomb(tmp_path: Path, fill: bytes) -> None:
    place = tmp_path / "bomb.csv.gz"
    block = fill * (2**22 // len(fill))
    with gzip.open(place, "wb", compresslevel=9) as file:
        for _ in range(60 if len(fill) > 1 else 10):
            file.write(block)
    expected = "unpacks to more than 200 times its size" if len(fill) > 1 else "bomb.csv.gz (is not text|has no line)"
    with pytest.raises(DataError, match=expected):
        load_bars(place)


def test_a_table_of_more_numbers_than_fit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty column of three hundred million rows is a Parquet file of some kilobytes."""
    place = tmp_path / "bomb.parquet"
    empty = pa.table({"close": pa.nulls(10**7)})
    with parquet.ParquetWriter(place, empty.schema) as writer:
        for _ in range(30):
            writer.write_table(empty, row_group_size=10**7)
    assert "bomb.parquet has 300,000,000 rows of 1 columns, and 268,435,456 numbers are the most" in told(place)
    monkeypatch.setattr(bounded, "MOST_NUMBERS", 100)
    feather.write_feather(pa.table(EXPECTED), tmp_path / "a.feather")
    with pytest.raises(DataError, match="a.feather has 2,000 rows of 6 columns, and 100 numbers are the most"):
        load_bars(tmp_path / "a.feather")


def test_a_file_that_does_not_fit_into_memory_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from stratagem.runtime.data import source

    def full(*_: object) -> None:
        raise MemoryError

    place = write(tmp_path / "a.csv", rows())
    monkeypatch.setattr(source, "read_text", full)
    with pytest.raises(UnreadableError, match="a.csv does not fit into the memory there is: give a part of it"):
        load_bars(place)


@pytest.mark.parametrize("kind", ["parquet", "feather"])
def test_what_pyarrow_has_no_memory_for_is_no_fault_of_the_file(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise pa.lib.ArrowMemoryError("malloc of size 131072 failed")

    place, held = tmp_path / f"a.{kind}", pa.table({"ts": ["2024-01-01"], "close": [1.0]})
    (parquet.write_table if kind == "parquet" else feather.write_feather)(held, str(place))
    monkeypatch.setattr(parquet.ParquetFile, "read", full)
    monkeypatch.setattr(pa.ipc, "open_file", full)
    with pytest.raises(UnreadableError, match=f"a.{kind} does not fit into the memory there is"):
        load_bars(place)
    monkeypatch.setattr(pa, "table", full)
    with pytest.raises(MemoryError):
        load_bars(pd.DataFrame({"ts": ["2024-01-01"], "close": [1.0]}))
