"""The same bars from every kind of source are the same bars."""

from __future__ import annotations

import gzip
import subprocess
import sys
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from pyarrow import feather, parquet
from stratagem.runtime.data import DataError, load_bars
from stratagem.runtime.data import text as text_module

from .made import MINUTE, arrays, rows, same, write


def table(count: int = 20) -> pa.Table:
    columns = arrays(count)
    stamps = pa.array(columns["ts"], pa.timestamp("us", "UTC"))
    return pa.table({"ts": stamps, **{n: pa.array(c) for n, c in columns.items() if n != "ts"}})


def in_duckdb(place: Path, *names: str) -> Path:
    made = table()
    with duckdb.connect(str(place)) as connection:
        connection.register("made", made)
        for name in names:
            connection.execute(f'create table "{name}" as select * from made')
    return place


def test_every_file_gives_the_same_bars(tmp_path: Path) -> None:
    expected = load_bars(arrays())
    csv = write(tmp_path / "a.csv", rows())
    packed = tmp_path / "a.csv.gz"
    packed.write_bytes(gzip.compress(csv.read_bytes()))
    parquet.write_table(table(), tmp_path / "a.parquet", row_group_size=7)
    feather.write_feather(table(), tmp_path / "a.feather")
    feather.write_feather(table(), tmp_path / "a.plain", compression="uncompressed")
    in_duckdb(tmp_path / "a.duckdb", "bars")
    for name in ("a.csv", "a.csv.gz", "a.parquet", "a.feather", "a.plain", "a.duckdb"):
        found = load_bars(tmp_path / name)
        assert same(found, expected), name
        assert found.symbol == ("a.plain" if name == "a.plain" else "a")
    assert same(load_bars(str(csv)), expected)


def test_the_first_bytes_decide_not_the_name(tmp_path: Path) -> None:
    parquet.write_table(table(), tmp_path / "a.csv")
    assert same(load_bars(tmp_path / "a.csv"), load_bars(arrays()))


def test_arrow_tables_and_frames() -> None:
    expected = load_bars(arrays())
    frame = table().to_pandas()
    for data in (table(), table().to_reader(), frame, frame.set_index("ts"), duckdb.from_arrow(table())):
        assert same(load_bars(data), expected), type(data)


def test_a_frame_whose_index_has_no_name() -> None:
    frame = table().to_pandas().set_index("ts").rename_axis(None)
    assert same(load_bars(frame), load_bars(arrays()))


def test_stamps_in_memory_may_be_datetimes_texts_or_dates() -> None:
    expected = load_bars(arrays())
    columns = arrays()
    for unit in ("s", "ms", "us", "ns"):
        assert same(
            load_bars({**columns, "ts": columns["ts"].astype("datetime64[us]").astype(f"M8[{unit}]")}), expected
        )
    assert same(load_bars({**columns, "ts": [row[0] for row in rows()]}), expected)
    days = pa.table({"date": pa.array(np.arange(20, dtype=np.int32)).cast(pa.date32()), "close": np.arange(1.0, 21.0)})
    assert load_bars(days).ts.tolist() == [day * 86_400_000_000 for day in range(20)]


@pytest.mark.parametrize("divisor", [1_000_000, 1_000, 1])
def test_whole_numbers_in_memory_are_read_as_in_a_frame(divisor: int) -> None:
    columns = {**arrays(), "ts": arrays()["ts"] // divisor}
    assert same(load_bars(columns), load_bars(arrays()))
    assert same(load_bars(pd.DataFrame(columns)), load_bars(arrays()))
    assert same(load_bars({**columns, "ts": columns["ts"].tolist()}), load_bars(arrays()))


def test_small_numbers_in_memory_are_asked_for() -> None:
    early = {"ts": np.arange(5, dtype=np.int64) * MINUTE, "close": np.arange(1.0, 6.0)}
    with pytest.raises(DataError, match="say which with --time-format"):
        load_bars(early)
    bars = load_bars(early, time_format="us")
    assert (str(bars.timeframe), bars.ts.tolist()) == ("1m", early["ts"].tolist())


def test_arrays_are_not_copied() -> None:
    columns = arrays()
    bars = load_bars(columns)
    assert all(np.shares_memory(getattr(bars, name), columns[name]) for name in columns)
    arrow = table()
    bars = load_bars(arrow)
    assert np.shares_memory(bars.close, arrow["close"].chunk(0).to_numpy())
    assert np.shares_memory(bars.ts, arrow["ts"].chunk(0).to_numpy().view(np.int64))


def test_integers_decimals_and_dictionaries_are_numbers() -> None:
    whole = pa.table({"ts": table()["ts"], "close": pa.array(range(1, 21), pa.int32())})
    assert load_bars(whole).close.tolist() == [float(n) for n in range(1, 21)]
    exact = pa.table({"ts": table()["ts"], "close": pa.array(range(1, 21)).cast(pa.decimal128(24, 2))})
    assert load_bars(exact).close[3] == 4.0


def test_one_symbol_of_several(tmp_path: Path) -> None:
    two = pa.concat_tables([table().append_column("symbol", pa.array([s] * 20)) for s in ("AAA", "BBB")])
    parquet.write_table(two, tmp_path / "two.parquet")
    lines = [[*row, symbol] for symbol in ("AAA", "BBB") for row in rows()]
    write(tmp_path / "two.csv", lines, "ts,open,high,low,close,volume,symbol")
    memory = {name: np.concatenate([column, column]) for name, column in arrays().items()}
    memory["symbol"] = np.array(["AAA"] * 20 + ["BBB"] * 20)
    for source in (tmp_path / "two.parquet", tmp_path / "two.csv", memory, two):
        assert same(load_bars(source, symbol="bbb"), load_bars(arrays()))
        assert load_bars(source, symbol="bbb").symbol == "BBB"
        with pytest.raises(DataError, match="choose one with --symbol: AAA, BBB"):
            load_bars(source)
        with pytest.raises(DataError, match="no symbol 'CCC'"):
            load_bars(source, symbol="CCC")


def test_a_symbol_that_is_not_the_one_in_the_file_is_refused(tmp_path: Path) -> None:
    one = table().append_column("ticker", pa.array(["AAA"] * 20))
    parquet.write_table(one, tmp_path / "one.parquet")
    for source in (one, tmp_path / "one.parquet", {**arrays(), "symbol": ["AAA"] * 20}):
        assert load_bars(source).symbol == load_bars(source, symbol="aaa").symbol == "AAA"
        with pytest.raises(DataError, match="no symbol 'BBB'; it holds AAA"):
            load_bars(source, symbol="BBB")
    assert load_bars(table(), symbol="BBB").symbol == "BBB"  # a source without symbols takes the name given


def test_rows_are_numbered_as_in_the_source(tmp_path: Path) -> None:
    lines = [[*row, symbol] for row in rows() for symbol in ("AAA", "BBB")]
    lines[7][4] = "0"  # row 8: BBB's fourth
    place = write(tmp_path / "two.csv", lines, "ts,open,high,low,close,volume,symbol")
    with pytest.raises(DataError, match=r"two.csv, row 8 \(2024-01-01T00:03:00\): close 0 is zero or negative"):
        load_bars(place, symbol="BBB")
    assert len(load_bars(place, symbol="AAA")) == 20


def test_a_folder_holds_a_file_a_symbol(tmp_path: Path) -> None:
    write(tmp_path / "AAA.csv", rows())
    assert load_bars(tmp_path).symbol == "AAA"
    parquet.write_table(table(5), tmp_path / "BBB.parquet")
    assert len(load_bars(tmp_path, symbol="bbb")) == 5
    with pytest.raises(DataError, match="AAA, BBB"):
        load_bars(tmp_path)
    (tmp_path / "none").mkdir()
    with pytest.raises(DataError, match="no data files"):
        load_bars(tmp_path / "none")


def test_a_table_of_a_duckdb_file(tmp_path: Path) -> None:
    place = in_duckdb(tmp_path / "b.duckdb", "first", "second table", "o'third")
    assert same(load_bars(f"{place}#second table"), load_bars(arrays()))
    assert same(load_bars(f"{place}#o'third"), load_bars(arrays()))
    with pytest.raises(DataError, match=r"b.duckdb#first"):
        load_bars(place)
    with pytest.raises(DataError, match="no table 'third'; it holds first, o'third, second table"):
        load_bars(f"{place}#third")


def test_what_is_not_there_is_told(tmp_path: Path) -> None:
    write(tmp_path / "prices.csv", rows())
    with pytest.raises(DataError, match="did you mean 'prices.csv'"):
        load_bars(tmp_path / "price.csv")
    with pytest.raises(DataError, match="'-' cannot be read: .*; standard input is called /dev/stdin"):
        load_bars("-")
    (tmp_path / "round.csv").symlink_to(tmp_path / "round.csv")
    with pytest.raises(DataError, match="round.csv' cannot be read") as fault:
        load_bars(tmp_path / "round.csv")
    assert "did you mean 'round.csv'" not in str(fault.value)  # that it is there is no news
    with pytest.raises(DataError, match="type int cannot be read; expected a path"):
        load_bars(7)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"PAR1 this is no parquet", "cannot be read"),
        (b"ARROW1\0\0 broken", "cannot be read"),
        (b"\0\0\0\0\0\0\0\0DUCK broken", "DuckDB"),
        (b"\x1f\x8b broken", "unpacked"),
        (b"PK\3\4 zip", "unpack it first"),
        (b"PK\3\4\x14\0\6\0[Content_Types].xml", "an Excel workbook: save its sheet as CSV"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "an Excel workbook"),
        (b"<!DOCTYPE html>\n<a, b, c>", "a page of markup"),
        (b"\x28\xb5\x2f\xfd,", "packed by Zstandard: unpack it first"),
        (b'[{"open": 1}]', "JSON"),
        (b"\x89PNG\0\0\0,", "not text"),
        (b"just words\nand more\n", "several columns"),
        (b"x,\nx,\n", "no column for time, close"),
        (b"", "several columns"),
    ],
)
def test_broken_files_give_one_clear_error(tmp_path: Path, content: bytes, told: str) -> None:
    (tmp_path / "x").write_bytes(content)
    with pytest.raises(DataError, match=told):
        load_bars(tmp_path / "x")


def test_texts_of_a_damaged_file_are_not_read_beyond_its_end(tmp_path: Path) -> None:
    """A text is told by where it begins and ends: 37 is made 2^31 - 1."""
    held = table(40).append_column("symbol", pa.array(["x"] * 40))
    feather.write_feather(held, str(tmp_path / "a.arrow"), compression="uncompressed")
    content = (tmp_path / "a.arrow").read_bytes()
    places = np.arange(41, dtype="<i4").tobytes()
    assert content.count(places) == 1
    broken = places[: 4 * 37] + b"\xff\xff\xff\x7f" + places[4 * 38 :]
    (tmp_path / "a.arrow").write_bytes(content.replace(places, broken))
    told = "import sys; from stratagem.runtime.data import load_bars; load_bars(sys.argv[1])"
    command = [sys.executable, "-c", told, str(tmp_path / "a.arrow")]  # for it may end the process
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 1 and "DataError: a.arrow cannot be read" in done.stderr


def test_both_readers_of_text_agree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = [[*row, "true" if n % 2 else "false", str(n)] for n, row in enumerate(rows(50))]
    place = write(tmp_path / "a.csv", lines, "time,Open,High,Low,Close,Vol,flag,score")
    small = load_bars(place)
    monkeypatch.setattr(text_module, "SMALL", 0)
    large = load_bars(place)
    assert same(small, large)
    for name in ("flag", "score"):
        assert small.extra[name].dtype == large.extra[name].dtype
        assert (small.extra[name] == large.extra[name]).all()


@pytest.mark.parametrize(
    ("shape", "timeframe", "naive"),
    [
        ("%Y-%m-%dT%H:%M:%SZ", "1h", False),
        ("%Y-%m-%d %H:%M:%S", "1h", True),
        ("%Y-%m-%d %H:%M", "1h", True),
        ("%Y%m%d%H%M%S", "1h", True),
        ("%Y%m%d%H%M", "1h", True),
        ("%d.%m.%Y %H:%M:%S.000", "1h", True),
        ("%s", "1h", False),
        ("%Y%m%d", "1d", True),
        ("%Y-%m-%d", "1d", True),
    ],
)
def test_both_readers_agree_on_what_is_in_no_zone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, shape: str, timeframe: str, naive: bool
) -> None:
    from datetime import UTC, datetime, timedelta

    step = timedelta(hours=1) if timeframe == "1h" else timedelta(days=1)
    moments = [datetime(2024, 1, 20, tzinfo=UTC) + n * step for n in range(20)]
    place = tmp_path / "a.csv"
    texts = [str(int(m.timestamp())) if shape == "%s" else m.strftime(shape) for m in moments]
    place.write_text("time,close\n" + "\n".join(f"{text},{n}.5" for n, text in enumerate(texts)))
    small = load_bars(place, data_tz="Asia/Tokyo")
    monkeypatch.setattr(text_module, "SMALL", 0)
    assert same(load_bars(place, data_tz="Asia/Tokyo"), small)
    moved = timedelta(hours=9) if naive and timeframe == "1h" else timedelta()
    expected = [(moment - moved).timestamp() for moment in moments]
    assert (small.ts / 1e6).tolist() == expected
    assert str(small.timeframe) == timeframe


@pytest.mark.parametrize("small", [0, 10**9])
def test_ragged_rows_are_refused_by_both_readers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, small: int) -> None:
    monkeypatch.setattr(text_module, "SMALL", small)
    lines = rows()
    lines[4].append("9")
    with pytest.raises(DataError, match=r"a.csv.*(7 fields where 6|Expected 6 columns, got 7)"):
        load_bars(write(tmp_path / "a.csv", lines))


def test_columns_of_different_length_are_refused() -> None:
    with pytest.raises(DataError, match="different lengths: ts 20, .*close 19"):
        load_bars({**arrays(), "close": arrays()["close"][:-1]})


def test_a_small_text_file_imports_neither_pyarrow_nor_pandas(tmp_path: Path) -> None:
    place = write(tmp_path / "a.csv", rows())
    program = (
        "import sys; from stratagem.runtime.data import load_bars; load_bars(sys.argv[1]); load_bars('sample:IBM');"
        "sys.exit(len({'pyarrow', 'pandas', 'duckdb', 'numba'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", program, str(place)], check=False).returncode == 0


def test_reading_by_pyarrow_does_not_import_pandas(tmp_path: Path) -> None:
    lines = [[*row, "" if n == 3 else str(n), "true"] for n, row in enumerate(rows())]
    csv = write(tmp_path / "a.csv", lines, "ts,open,high,low,close,volume,gaps,flag")
    parquet.write_table(table().append_column("symbol", pa.array(["A", "B"] * 10)), tmp_path / "a.parquet")
    program = (
        "import sys; from stratagem.runtime.data import load_bars, text; text.SMALL = 0;"
        "bars = load_bars(sys.argv[1]); assert bars.extra['gaps'][2] == 2.0 and bars.extra['flag'].all();"
        "load_bars(sys.argv[2], symbol='B'); assert 'pyarrow' in sys.modules; sys.exit('pandas' in sys.modules)"
    )
    files = [str(csv), str(tmp_path / "a.parquet")]
    assert subprocess.run([sys.executable, "-c", program, *files], check=False).returncode == 0


def test_missing_values_of_arrow() -> None:
    stamps = pa.array([1, None, 3], pa.timestamp("s"))
    data = pa.table({"ts": stamps, "close": pa.array([1, 2, None]), "flag": pa.array([True, None, False])})
    bars = load_bars(data, timeframe="1s", policy="keep")
    assert bars.ts.tolist() == [1_000_000, 3_000_000]
    assert (bars.close[0], np.isnan(bars.close[1])) == (1.0, True)
    assert bars.unread == {"flag": "row 2 of it is '' where true or false is expected"}
    sliced = pa.table({"ts": stamps, "close": pa.array([1, 2, None])}).slice(1)
    assert np.isnan(load_bars(sliced, timeframe="1s", policy="keep").close).tolist() == [True]


def test_a_frame_of_pandas_with_its_own_spelling() -> None:
    frame = pd.DataFrame(
        {"Date": pd.date_range("2024-01-01", periods=30), "Adj Close": 1.0, "Close": np.arange(1.0, 31)}
    )
    bars = load_bars(frame)
    assert (str(bars.timeframe), bars.close[-1], bars.extra["Adj Close"][0]) == ("1d", 30.0, 1.0)
    assert bars.open is bars.close or (bars.open == bars.close).all()
    assert any("only closes" in note for note in bars.notes)
    assert np.isnan(bars.volume).all()
