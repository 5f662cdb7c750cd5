"""One reading: the same content gives the same bars, columns, notes or error, in whichever way it comes."""

from __future__ import annotations

import gzip
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest.mock import patch

import duckdb
import numpy as np
import pandas as pd
import polars
import pyarrow as pa
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from pyarrow import feather, parquet
from stratagem.runtime.data import DataError, load_bars
from stratagem.runtime.data import text as text_module

EXAMPLES = 20
QUICK = (Phase.explicit, Phase.generate)
Outcome = tuple[Any, ...]
Texts = dict[str, list[str]]


def outcome(source: Any, **options: Any) -> Outcome:
    """All that a load gives, or the one error, without what the source is called."""
    try:
        bars = load_bars(source, **options)
    except DataError as error:
        return type(error).__name__, plain(str(error))
    columns = {name: getattr(bars, name) for name in ("ts", "open", "high", "low", "close", "volume")}
    every = {**columns, **bars.extra}
    shown = {name: (str(values.dtype), list(map(repr, values.tolist()))) for name, values in every.items()}
    return str(bars.timeframe), shown, tuple(map(plain, bars.notes)), {k: plain(v) for k, v in bars.unread.items()}


def plain(told: str) -> str:
    for name in ("a.csv#bars", "a.csv", "the table", "the data"):
        told = told.replace(name, "SOURCE")
    return told


@contextmanager
def writing(pipe: Path, content: bytes) -> Iterator[Path]:
    """A pipe into which somebody writes."""
    os.mkfifo(pipe)
    thread = threading.Thread(target=pipe.write_bytes, args=(content,))
    thread.start()
    try:
        yield pipe
    finally:
        thread.join()


def in_text(columns: Texts, by: str) -> bytes:
    rows = zip(*columns.values(), strict=True)
    return "".join(f"{by.join(row)}\n" for row in [tuple(columns), *rows]).encode()


def text_ways(columns: Texts, **options: Any) -> Iterator[tuple[str, Outcome]]:
    """The outcomes of all files of text: small and large, packed, out of a pipe, with other separators."""
    with TemporaryDirectory() as name:
        place = Path(name) / "a.csv"
        content = in_text(columns, ",")
        for way, small in (("small", 10**9), ("large", 0)):
            with patch.object(text_module, "SMALL", small):
                for by in ",\t;|":
                    place.write_bytes(in_text(columns, by))
                    yield f"{way} {by!r}", outcome(place, **options)
                place.write_bytes(gzip.compress(content))
                yield f"{way} gzip", outcome(place, **options)
                place.unlink()
                with writing(place, content) as pipe:
                    yield f"{way} pipe", outcome(pipe, **options)
                place.unlink()


def table_ways(table: pa.Table, **options: Any) -> Iterator[tuple[str, Outcome]]:
    """The outcomes of all files of tables, and of tables in memory."""
    with TemporaryDirectory() as name:
        place = Path(name) / "a.csv"
        parquet.write_table(table, place, row_group_size=2)
        yield "parquet", outcome(place, **options)
        feather.write_feather(table, place)
        yield "feather", outcome(place, **options)
        place.unlink()
        with duckdb.connect(str(place)) as connection:
            connection.register("given", table)
            connection.execute("create table bars as select * from given")
        yield "duckdb", outcome(place, **options)
    yield "arrow", outcome(table, **options)
    yield "pandas", outcome(table.to_pandas(), **options)
    yield "polars", outcome(polars.from_arrow(table), **options)


def all_equal(ways: Iterator[tuple[str, Outcome]]) -> Outcome:
    name, first = next(ways)
    for other, found in ways:
        assert found == first, f"{name} and {other} differ"
    return first


# --- texts ---------------------------------------------------------------------------------------------

NUMBERS = st.sampled_from(
    ["1", "2.5", "1e2", "1E-3", "+3", "-4", "007", ".5", "5.", "", "nan", "NaN", "NA", "n/a", "-", "null", "inf",
     "1e400", "-inf", "1_0", "0x10", "nan(1)", " 7 ", "$8", "9K", "1.5M", "x", "'", "é", "٣", "1e", "--", "#N/A",
     "true", "12345678901234567890", "0.1000000000000000055511151231257827", "1.7976931348623157e308", "4.9e-324",
     "2024-01-01"]
)  # fmt: skip
FLAGS = st.sampled_from(["true", "false", "True", "FALSE", "", "1", "0", "yes", "na"])
SYMBOLS = st.sampled_from(["0700", "700", "NA", "nan", "TRUE", "1e5", "", "é"])
TIMES = st.sampled_from(
    ["2024-01-01", "2024-01-02 09:30", "2024-01-03T09:30:00.5", "2024-01-04 00:00:00+01:00", "2024-01-05T00:00:00Z",
     "20240106", "1704067200", "1704067200000", "45293", "0", "1/2/2024", "13/2/2024", "31-Mar-24", "", "NaT", "x",
     "2024-02-30", "1704067200.5", " 2024-01-07", "2024-01-08 00:00 EST", "2024-01-09 00:00 Europe/Berlin", "1e9",
     "2024-01", "2024-01-10 00:00 CST"]
)  # fmt: skip
SHAPES = ["%Y-%m-%d", "%Y-%m-%dT%H:%M:%SZ", "%Y-%m-%d 00:00:00-05:00", "%d.%m.%Y", "%s", "%Y%m%d", "%d-%b-%y"]


@st.composite
def tables(draw: st.DrawFn) -> Texts:
    count = draw(st.integers(1, 5))

    def column(values: st.SearchStrategy[str]) -> list[str]:
        return draw(st.lists(values, min_size=count, max_size=count))

    stamp = draw(st.sampled_from(SHAPES))
    usual = [(datetime(2024, 1, 1, tzinfo=UTC) + timedelta(days=n)).strftime(stamp) for n in range(count)]
    found = {"time": column(TIMES) if draw(st.booleans()) else usual}
    found["close"] = column(NUMBERS) if draw(st.booleans()) else [f"{n}.5" for n in range(1, count + 1)]
    for name, values in (("volume", NUMBERS), ("symbol", SYMBOLS), ("score", NUMBERS), ("flag", FLAGS)):
        if draw(st.booleans()):
            found[name] = column(values)
    return found


@settings(max_examples=EXAMPLES, deadline=None, phases=QUICK)
@given(tables(), st.sampled_from([None, "Asia/Tokyo"]), st.sampled_from(["fail", "drop", "keep"]))
def test_texts_are_read_alike(columns: Texts, zone: str | None, policy: str) -> None:
    options: dict[str, Any] = {"data_tz": zone, "policy": policy, "timeframe": "1d"}
    if "symbol" in columns:
        options["symbol"] = columns["symbol"][0]
    expected = all_equal(text_ways(columns, **options))
    table = pa.table({name: pa.array(values, pa.string()) for name, values in columns.items()})
    for way, found in table_ways(table, **options):
        assert found == expected, way
    assert outcome(columns, **options) == expected
    assert outcome({name: np.array(values) for name, values in columns.items()}, **options) == expected


@settings(max_examples=EXAMPLES, deadline=None, phases=QUICK)
@given(tables(), st.sampled_from(["fail", "drop"]))
def test_one_row_among_many_is_read_alike(columns: Texts, policy: str) -> None:
    """The same oddities far behind the rows by which a large file is known."""
    count = len(columns["time"])
    filler = [(datetime(2000, 1, 1) + timedelta(days=n)).strftime("%Y-%m-%d") for n in range(150)]
    before: dict[str, str] = {"close": "1.5", "volume": "7", "score": "2", "flag": "true"}
    longer = {name: [before.get(name, values[0])] * 150 + values for name, values in columns.items()}
    longer["time"] = filler + [f"2024-01-{n:02}" for n in range(1, count + 1)]
    options: dict[str, Any] = {"policy": policy}
    if "symbol" in columns:
        options["symbol"] = columns["symbol"][0]
    assert all_equal(text_ways(longer, **options)) == outcome(longer, **options)


# --- numbers and times of their own kind ------------------------------------------------------------------

ZONES = st.sampled_from([None, "UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata"])
FLOATS = st.none() | st.sampled_from([1.0, 2.5, -3.0, 1e301, 1e-8, 0.1, 1e22, 123456789.125, 0.0])
BOOLS = st.none() | st.booleans()


@st.composite
def typed(draw: st.DrawFn) -> tuple[pa.Table, Texts]:
    """A table whose columns have kinds, and the texts that say the same."""
    count = draw(st.integers(1, 5))
    zone, step = draw(ZONES), draw(st.sampled_from([timedelta(days=1), timedelta(hours=1), timedelta(days=7)]))
    first = draw(st.sampled_from([datetime(2024, 1, 2), datetime(2024, 3, 29), datetime(2024, 10, 25)]))
    local = pd.DatetimeIndex([first + n * step for n in range(count)])
    if zone:
        local = local.tz_localize("UTC").tz_convert(zone) if step < timedelta(days=1) else local.tz_localize(zone)
    numbers = {name: draw(st.lists(FLOATS, min_size=count, max_size=count)) for name in ("close", "score")}
    flags = draw(st.lists(BOOLS, min_size=count, max_size=count))
    table = pa.table({
        "time": pa.array(local.to_pydatetime().tolist(), pa.timestamp("us", zone)),
        **{name: pa.array(values, pa.float64()) for name, values in numbers.items()},
        "flag": pa.array(flags, pa.bool_()),
    })  # fmt: skip
    texts = {
        "time": [stamp.isoformat(" ") for stamp in local],
        **{name: ["" if v is None else repr(v) for v in values] for name, values in numbers.items()},
        "flag": ["" if flag is None else str(flag) for flag in flags],
    }
    return table, texts


@settings(max_examples=EXAMPLES, deadline=None, phases=QUICK)
@given(typed(), st.sampled_from([None, "Asia/Tokyo"]), st.sampled_from(["fail", "drop", "keep"]), st.booleans())
def test_kinds_are_read_as_the_texts_that_say_the_same(
    given_: tuple[pa.Table, Texts], zone: str | None, policy: str, told: bool
) -> None:
    table, texts = given_
    options: dict[str, Any] = {"data_tz": zone, "policy": policy, "timeframe": "1h" if told else None}
    expected = all_equal(text_ways(texts, **options))
    in_a_zone = table.schema.field("time").type.tz not in (None, "UTC")
    for way, found in table_ways(table, **options):
        if way != "duckdb" or not in_a_zone:  # DuckDB keeps instants without the zone that they were given in
            assert found == expected, way
    assert outcome({name: table[name] for name in table.column_names}, **options) == expected, "columns of Arrow"
    frame = table.to_pandas()
    assert outcome({name: frame[name] for name in frame}, **options) == expected, "series of pandas"
    framed = polars.from_arrow(table)
    assert outcome({name: framed[name] for name in table.column_names}, **options) == expected, "series of polars"


@settings(max_examples=EXAMPLES, deadline=None, phases=QUICK)
@given(st.lists(st.tuples(st.booleans(), st.booleans(), st.booleans()), min_size=2, max_size=6))
def test_what_is_masked_is_missing(hidden: list[tuple[bool, bool, bool]]) -> None:
    times, closes, flags = ([row[at] for row in hidden] for at in range(3))
    count = len(hidden)
    whole = np.arange(1, count + 1)
    masked = {
        "time": np.ma.array(np.datetime64("2024-01-01") + np.arange(count), mask=times),
        "close": np.ma.array(whole / 2, mask=closes),
        "count": np.ma.array(whole, mask=closes),
        "flag": np.ma.array(whole % 2 == 0, mask=flags),
    }
    texts = {
        "time": ["" if off else f"2024-01-{n:02}" for n, off in zip(whole, times, strict=True)],
        "close": ["" if off else str(n / 2) for n, off in zip(whole, closes, strict=True)],
        "count": ["" if off else str(n) for n, off in zip(whole, closes, strict=True)],
        "flag": ["" if off else str(n % 2 == 0) for n, off in zip(whole, flags, strict=True)],
    }
    for policy in ("fail", "drop", "keep"):
        assert outcome(masked, policy=policy, timeframe="1d") == outcome(texts, policy=policy, timeframe="1d")


def test_what_is_masked_among_numbers_as_times_is_missing() -> None:
    stamps = np.ma.array(1_704_067_200 + 60 * np.arange(5), mask=[False, True, False, False, False])
    bars = load_bars({"ts": stamps, "close": np.arange(1.0, 6)}, policy="drop")
    assert bars.close.tolist() == [1.0, 3.0, 4.0, 5.0]


@pytest.mark.parametrize("small", [0, 10**9])
def test_known_readings_of_text(small: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a large file once was read as: `0700` as 700, `NA` as nan, an empty flag as false."""
    monkeypatch.setattr(text_module, "SMALL", small)
    place = tmp_path / "a.csv"
    rows = [f"2024-01-{n:02},{n},{s},{'' if n == 2 else 'true'}" for s in ("0700", "NA") for n in range(1, 6)]
    place.write_text("\n".join(["time,close,symbol,flag", *rows]))
    assert load_bars(place, symbol="0700").symbol == "0700"
    bars = load_bars(place, symbol="NA")
    assert (bars.symbol, dict(bars.unread)) == ("NA", {"flag": "row 7 of it is '' where true or false is expected"})
    with pytest.raises(DataError, match="choose one with --symbol: 0700, NA"):
        load_bars(place)
