"""One reading: the same symbols give the same panel, in whichever way they come."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb
import numpy as np
import pandas as pd
import polars
import pyarrow as pa
import pytest
import stratagem as sg
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyarrow import csv, feather, parquet
from stratagem.runtime.data import Bars, DataError
from stratagem.runtime.data.panel import Panel, load_panel

from ..made import same
from .made import DAY, JANUARY, bars, daily

PRICES = ["open", "high", "low", "close", "volume"]


def table_of(one: Bars, zone: str | None = None) -> pa.Table:
    columns = {name: getattr(one, name) for name in PRICES}
    return pa.table({"ts": pa.array(one.ts, pa.timestamp("us", zone)), **columns})


def long_of(panel: Panel, zone: str | None = None) -> pa.Table:
    """One table with a column of symbols, the last of the panel first."""
    tables = [table_of(each, zone).append_column("symbol", pa.array([each.symbol] * len(each))) for each in panel]
    return pa.concat_tables(tables[::-1])


def in_memory(panel: Panel, zone: str | None) -> Iterator[tuple[str, Any]]:
    table = long_of(panel, zone)
    frame = table.to_pandas()
    yield "arrow", table
    yield "arrow by time", table.sort_by([("ts", "ascending"), ("symbol", "descending")])
    yield "newest first", table.sort_by([("ts", "descending")])
    yield "pandas", frame
    yield "pandas, categories", frame.astype({"symbol": "category"})
    yield "polars", polars.from_arrow(table)
    yield "columns", {name: table[name].to_numpy() for name in table.column_names}
    yield "a panel", panel
    yield "bars", {each.symbol: each for each in panel}
    yield "arrow by symbol", {each.symbol: table_of(each, zone) for each in reversed(panel.bars)}
    yield "pandas by symbol", {each.symbol: table_of(each, zone).to_pandas() for each in panel}
    yield "arrays by symbol", {s.symbol: {n: getattr(s, n) for n in ["ts", *PRICES]} for s in panel}
    yield "two levels", wide_of(panel, zone)
    yield "two levels, symbols first", wide_of(panel, zone).swaplevel(axis=1).sort_index(axis=1)


def wide_of(panel: Panel, zone: str | None) -> pd.DataFrame:
    """As yfinance gives several tickers: `(field, ticker)` above each column, nothing where another traded."""
    frames = {each.symbol: table_of(each, zone).to_pandas().set_index("ts") for each in panel}
    wide = pd.concat(frames, axis=1, names=["Ticker", "Price"], sort=True).swaplevel(axis=1)
    return wide.rename(columns=str.title, level=0).rename_axis("Date")


def in_files(panel: Panel, place: Path, zone: str | None) -> Iterator[tuple[str, Any]]:
    table = long_of(panel, zone)
    csv.write_csv(table, place / "long.csv")
    yield "csv", place / "long.csv"
    parquet.write_table(table, place / "long.parquet", row_group_size=3)
    yield "parquet", place / "long.parquet"
    feather.write_feather(table, place / "long.feather")
    yield "feather", str(place / "long.feather")
    wide_of(panel, zone).to_csv(place / "wide.csv")
    yield "csv of two levels", place / "wide.csv"
    for kind in ("csv", "parquet"):
        folder = place / kind
        folder.mkdir()
        for each in panel:
            write = csv.write_csv if kind == "csv" else parquet.write_table
            write(table_of(each, zone), folder / f"{each.symbol}.{kind}")
        yield f"a folder of {kind}", folder
        yield f"paths of {kind} by symbol", {e.symbol: folder / f"{e.symbol}.{kind}" for e in panel}
    with duckdb.connect(str(place / "one.duckdb")) as connection:
        connection.register("given", table)
        connection.execute("create table bars as select * from given")
        connection.execute("create table others as select 1 as a")
    yield "a table of duckdb", f"{place / 'one.duckdb'}#bars"
    with duckdb.connect(str(place / "each.duckdb")) as connection:
        for each in panel:
            connection.register("given", table_of(each, zone))
            connection.execute(f'create table "{each.symbol}" as select * from given')
    yield "tables of duckdb", place / "each.duckdb"


def assert_equal(found: Panel, panel: Panel, way: str) -> None:
    assert found.symbols == panel.symbols, way
    for one, other in zip(found, panel, strict=True):
        assert same(one, other), f"{way}: {one.symbol}"


@st.composite
def panels(draw: st.DrawFn) -> tuple[Panel, str | None]:
    """Ragged bars of one to four symbols; the zone is that of the stamps, None for dates."""
    of, step, zone = draw(st.sampled_from([("1d", DAY, None), ("15m", 900_000_000, "UTC")]))
    names = draw(st.sets(st.sampled_from(["A", "BRK.B", "0700", "es", "X-Y", "true"]), min_size=1, max_size=4))
    steps = st.sets(st.integers(2, 20), max_size=6)
    made = [bars(name, [JANUARY + at * step for at in sorted({0, 1} | draw(steps))], of, 10.0 + 100 * n)
            for n, name in enumerate(sorted(names))]  # fmt: skip
    return Panel(tuple(made)), zone


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(panels())
def test_every_way_in_gives_the_same_panel(made: tuple[Panel, str | None]) -> None:
    panel, zone = made
    options = {"timeframe": panel.timeframe}
    for way, source in in_memory(panel, zone):
        assert_equal(load_panel(source, **options), panel, way)
    with TemporaryDirectory() as name:
        for way, source in in_files(panel, Path(name), zone):
            if len(panel) > 1 or way != "tables of duckdb":
                assert_equal(load_panel(source, **options), panel, way)


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(panels())
def test_a_symbol_is_read_as_load_bars_reads_it(made: tuple[Panel, str | None]) -> None:
    panel, zone = made
    table = long_of(panel, zone)
    for one in load_panel(table, timeframe=panel.timeframe):
        alone = sg.load_bars(table, symbol=one.symbol, timeframe=panel.timeframe)
        assert same(one, alone) and (one.symbol, one.notes) == (alone.symbol, alone.notes)


def test_a_source_of_one_symbol_is_a_panel_of_it() -> None:
    for source in ("sample:AAPL", sg.load_bars("sample:AAPL")):
        panel = sg.load_panel(source)
        assert panel.symbols == ("AAPL",) and same(panel["AAPL"], sg.load_bars("sample:AAPL"))


def test_series_of_closes_by_symbol() -> None:
    days = pd.date_range("2024-01-01", periods=3)
    series = {"T": pd.Series([1.0, 2.0, 3.0], days), "AAPL": pd.Series([4.0, 5.0], days[1:])}
    panel = load_panel(series)
    assert panel.symbols == ("AAPL", "T") and panel["T"].close.tolist() == [1.0, 2.0, 3.0]
    assert panel.asof("AAPL").tolist() == [-1, 0, 1]


def test_series_that_spell_a_bar_are_columns_without_their_times() -> None:
    days = pd.date_range("2024-01-01", periods=3)
    columns = {name: pd.Series([1.0, 2.0, 3.0], days) for name in ("open", "high", "low", "close")}
    with pytest.raises(DataError, match="^the data has no column for time; its columns are 'open', 'high', 'low'"):
        load_panel(columns)


def test_prices_in_one_piece_of_memory_are_not_copied() -> None:
    table = long_of(Panel((daily("A", 1, 2, 3), daily("B", 1, 2, 3)))).combine_chunks()
    whole = table["close"].chunk(0).to_numpy()
    assert all(np.shares_memory(each.close, whole) for each in load_panel(table))


# --- order, and which symbols --------------------------------------------------------------------------

THREE = Panel((daily("A", 1, 2), daily("B", 1, 2), daily("C", 1, 2)))


def test_symbols_are_in_the_order_of_their_names_unless_a_list_says_another() -> None:
    turned = {each.symbol: each for each in reversed(THREE.bars)}
    assert load_panel(turned).symbols == ("A", "B", "C")
    assert load_panel(turned, symbols=["C", "A"]).symbols == ("C", "A")
    assert load_panel(turned, symbols=("C", "A")).symbols == ("C", "A")
    assert load_panel(turned, symbols={"C", "A"}).symbols == ("A", "C")
    assert load_panel(turned, symbols="B").symbols == ("B",)
    assert load_panel(turned, symbols=["c"]).symbols == ("C",)


def test_only_what_is_asked_for_is_read(tmp_path: Path) -> None:
    csv.write_csv(table_of(daily("A", 1, 2)), tmp_path / "A.csv")
    (tmp_path / "B.csv").write_text("nothing\n")
    assert load_panel(tmp_path, symbols=["A"]).symbols == ("A",)


@pytest.mark.parametrize("source", [long_of(THREE), {each.symbol: each for each in THREE}, wide_of(THREE, None), THREE])
def test_missing_symbols_are_named_with_the_nearest(source: Any) -> None:
    with pytest.raises(DataError, match=r"holds no symbol 'AA' \(did you mean 'A'\?\), 'XYZ'; it holds A, B, C$"):
        load_panel(source, symbols=["A", "AA", "XYZ"])


def test_missing_symbols_are_bounded_and_counted() -> None:
    with pytest.raises(DataError, match=r"'M9' and 190 others; it holds A, B, C$"):
        load_panel(THREE, symbols=[f"M{n}" for n in range(200)])


@pytest.mark.parametrize("wrong", [[], 5, [1], {"A": 1}, b"A", ["A", "\ud800"]])
def test_symbols_are_names(wrong: Any) -> None:
    with pytest.raises(DataError, match="symbols: expected a list of names of symbols, found"):
        load_panel(THREE, symbols=wrong)


@pytest.mark.parametrize("twice", [["A", "B", "A"], ["A", "a"]])
def test_a_symbol_is_asked_for_once(twice: list[str]) -> None:
    with pytest.raises(DataError, match=f"symbols: one stands there twice, as 'A' and '{twice[-1]}'"):
        load_panel(THREE, symbols=twice)


def test_two_files_of_one_symbol_are_refused_by_name_where_it_is_read(tmp_path: Path) -> None:
    for name in ("AAPL.csv", "aapl.tsv", "MSFT.csv"):
        csv.write_csv(table_of(daily("X", 1, 2)), tmp_path / name)
    with pytest.raises(DataError, match=r"the symbol AAPL 2 times, as AAPL\.csv and aapl\.tsv"):
        load_panel(tmp_path)
    assert load_panel(tmp_path, symbols=["MSFT"]).symbols == ("MSFT",)


def test_names_that_differ_in_case_alone_are_refused() -> None:
    table = long_of(Panel((daily("A", 1, 2), daily("B", 1, 2))))
    mixed = table.set_column(6, "symbol", pa.array(["A", "A", "a", "a"]))
    with pytest.raises(DataError, match="the table holds the symbol A 2 times, as 'A' in the table and 'a' in the"):
        load_panel(mixed)


def test_blanks_around_a_name_are_no_part_of_it() -> None:
    table = long_of(Panel((daily("A", 1, 2, 3, 4),)))
    padded = table.set_column(6, "symbol", pa.array(["A", " A", "A ", "A"]))
    assert load_panel(padded).symbols == ("A",)


def test_data_that_call_a_symbol_otherwise_are_told() -> None:
    panel = load_panel({"ONE": "sample:AAPL", "TWO": replace(daily("B", 1, 2), symbol="B")})
    assert panel.symbols == ("ONE", "TWO")
    assert "its data call it 'AAPL'" in panel["ONE"].notes and "TWO: its data call it 'B'" in panel.notes


def test_a_file_of_several_symbols_in_a_folder_is_refused(tmp_path: Path) -> None:
    csv.write_csv(table_of(daily("A", 1, 2)), tmp_path / "A.csv")
    csv.write_csv(long_of(THREE), tmp_path / "every.csv")
    with pytest.raises(DataError, match=r"^every: every\.csv holds 3 symbols where one is expected, every: A, B, C\. "):
        load_panel(tmp_path)
    assert load_panel(tmp_path / "every.csv").symbols == ("A", "B", "C")  # the advice


def test_of_a_file_of_several_symbols_a_mapping_takes_the_one_of_its_name(tmp_path: Path) -> None:
    csv.write_csv(long_of(THREE), tmp_path / "every.csv")
    panel = load_panel({"B": tmp_path / "every.csv", "Z": daily("Z", 1, 2)})
    assert panel.symbols == ("B", "Z") and same(panel["B"], THREE["B"])
