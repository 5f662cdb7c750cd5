"""Exports as spreadsheets and vendors write them: what stands around the table, and how numbers stand in it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from stratagem.runtime.data import Bars, DataError, load_bars
from stratagem.runtime.data import text as text_module

Load = Callable[..., Bars]
HEAD = "Date,Open,High,Low,Close,Volume"
DAYS = [date(2024, 1, 2) + timedelta(days=n) for n in range(12)]


@pytest.fixture(params=["small", "large"])
def load(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Load:
    monkeypatch.setattr(text_module, "SMALL", 0 if request.param == "large" else 10**9)

    def by(text: str, **options: Any) -> Bars:
        (tmp_path / "a.csv").write_text(text, encoding="utf-8")
        return load_bars(tmp_path / "a.csv", **options)

    return by


def table(*numbers: str, by: str = ",", head: str = HEAD) -> str:
    """A row a day whose cells are those of a template, with the number of the day for N."""
    rows = [by.join([str(day), *(cell.replace("N", str(n % 10)) for cell in numbers)]) for n, day in enumerate(DAYS)]
    return "\n".join([head.replace(",", by), *rows]) + "\n"


USUAL = table("100N.5", "110N.25", "90N.75", "105N.5", "500N")


def is_usual(bars: Bars) -> bool:
    return len(bars) == 12 and (bars.open[3], bars.high[3], bars.low[3], bars.close[3], bars.volume[3]) == (
        1003.5, 1103.25, 903.75, 1053.5, 5003.0)  # fmt: skip


# --- around the table ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("above", "lines"),
    [
        ("AAPL US Equity,,,,,\n", 1),
        ("AAPL US Equity,,,,,\nas of 2024-02-01,,,,,\n,,,,,\n", 3),
        ("Symbol,AAPL\nInterval,1d\nCurrency,USD\n\n", 4),
        ('"Ticker:",AAPL\n"Downloaded:","1 Feb 2024"\n', 2),
    ],
)
def test_what_stands_above_the_table_is_passed_over_and_told(load: Load, above: str, lines: int) -> None:
    bars = load(above + USUAL)
    assert is_usual(bars)
    told = f"{lines} line{'s' * (lines > 1)} above the table passed over, the first is {above.splitlines()[0]!r}"
    assert told in bars.notes


def test_no_row_and_no_header_is_passed_over(load: Load) -> None:
    assert not any("passed over" in note for note in load(USUAL).notes)
    rows = "\n".join(f"2024-01-{n:02},{n + 5}" for n in range(1, 13))
    assert len(load(f"time,close\n{rows}")) == len(load(f",close\n{rows}")) == 12
    with pytest.raises(DataError, match="row 1: 6 fields where 2 are expected"):
        load("time,close\n" + USUAL.partition("\n")[2])


@pytest.mark.parametrize(
    ("below", "told"),
    [
        ("\nSource: Example\nAll rights reserved\n", ["Source: Example", "All rights reserved"]),
        ('"Downloaded from X, as of 01-15-2024",,,,,\n', ["Downloaded from X, as of 01-15-2024"]),
        (",,,,,\n,,,,,\n", []),
        (",,,,,\nEnd of data,,,,,\n\n", ["End of data"]),
    ],
)
def test_what_stands_below_the_table_is_left_out_and_told(load: Load, below: str, told: list[str]) -> None:
    bars = load(USUAL + below)
    assert is_usual(bars)
    assert [note for note in bars.notes if "last line" in note] == [
        f"the last line is no row and was left out: {line!r}" for line in told]  # fmt: skip


def test_a_last_day_without_prices_is_a_row(load: Load) -> None:
    with pytest.raises(DataError, match="row 13 .*: open .* is missing or no number"):
        load(USUAL + "2024-01-20,,,,,\n")


def test_a_line_of_units_is_no_line_of_symbols(load: Load) -> None:
    bars = load(USUAL.replace("\n", "\n,USD,USD,USD,USD,shares\n", 1))
    assert is_usual(bars)
    assert "the line below the header is taken for units: 'USD, shares'" in bars.notes
    assert load(USUAL.replace("\n", "\n,AAPL,AAPL,AAPL,AAPL,AAPL\n", 1)).symbol == "AAPL"


def test_rows_that_end_with_a_separator_below_a_header_that_does_not(load: Load) -> None:
    head, rows = USUAL.split("\n", 1)
    assert is_usual(load(f"{head}\n" + rows.replace("\n", ",\n")))


# --- numbers -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cells", "by"),
    [
        (("1 00N,5", "1 10N,25", "90N,75", "1 05N,5", "5 00N"), ";"),
        (("1\u202f00N,5", "1\u202f10N,25", "90N,75", "1\u202f05N,5", "5\u202f00N"), ";"),
        (("1\u00a000N,5", "1\u00a010N,25", "90N,75", "1\u00a005N,5", "5\u00a000N"), "\t"),
        (("1'00N.5", "1'10N.25", "90N.75", "1'05N.5", "5'00N"), ";"),
        (("1\u201900N.5", "1\u201910N.25", "90N.75", "1\u201905N.5", "5\u201900N"), ","),
        (("1.00N,5 €", "1.10N,25 €", "90N,75 €", "1.05N,5 €", "5.00N"), ";"),
        (("€100N.5", "€110N.25", "€90N.75", "€105N.5", "500N"), ","),
        (('"£1,00N.5"', '"£1,10N.25"', '"£90N.75"', '"£1,05N.5"', '"5,00N"'), ","),
        (("$ 100N.5", "$ 110N.25", "$ 90N.75", "$ 105N.5", "500N"), ","),
    ],
)  # fmt: skip
def test_thousands_and_currencies_as_locales_write_them(load: Load, cells: tuple[str, ...], by: str) -> None:
    assert is_usual(load(table(*cells, by=by)))


def test_lakhs(load: Load) -> None:
    bars = load(table(*['"1,23,45N.50"'] * 4, '"12,34,56N"'))
    assert (bars.close[3], bars.volume[3]) == (123453.5, 1234563.0)


def test_a_unit_in_prices_is_told_as_that(load: Load) -> None:
    with pytest.raises(DataError, match="the first is '1000 USD'.*--column open=NAME, or write numbers alone, without"):
        load(table(*["100N USD"] * 4, "5"))


@pytest.mark.parametrize(("cells", "told"), [("N lots", "12 rows"), ("N万", "12 rows"), ("N.5 Mio", "12 rows")])
def test_volumes_that_cannot_be_read_are_told(load: Load, cells: str, told: str) -> None:
    bars = load(table("10", "11", "9", "10", cells))
    first = cells.replace("N", "0")
    assert f"the volume is na on {told} where 'Volume' holds no number, first row 1: {first!r}" in bars.notes
    one = load(table("10", "11", "9", "10", "5").replace(",5\n", ",halted\n", 1))
    assert "the volume is na on 1 row where 'Volume' holds no number, first row 1: 'halted'" in one.notes
    missing = load(table("10", "11", "9", "10", "5").replace(",5\n", ",-\n", 1))
    assert not any("volume" in note for note in missing.notes)


def test_a_volume_of_nothing_but_0_is_told(load: Load) -> None:
    assert "the volume is 0 on every row ('Volume')" in load(table("10", "11", "9", "10", "0")).notes
    assert not any("volume" in note for note in load(table("10", "11", "9", "10", "N")).notes)


# --- several rows of one time --------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["Ticker Symbol", "stock_code", "Contract", "asset", "trading_pair", "RIC"])
def test_columns_of_symbols(load: Load, name: str) -> None:
    rows = "\n".join(f"{day},{symbol},{n + 5}" for n, day in enumerate(DAYS) for symbol in ("B", "A"))
    assert load(f"date,{name},close\n{rows}", symbol="B").symbol == "B"


@pytest.mark.parametrize("stacked", [False, True])
def test_rows_of_symbols_in_a_column_of_any_name_are_none_too_many(load: Load, stacked: bool) -> None:
    """The prices of both are equal, and no policy may take one for the other."""
    rows = [f"{day},{symbol},{n + 5}" for n, day in enumerate(DAYS) for symbol in ("B", "A")]
    text = "\n".join(["date,what,close", *(sorted(rows, key=lambda row: row[11]) if stacked else rows)])
    with pytest.raises(DataError, match="24 of 24 rows share .*: if 'what' names symbols, say --column symbol=what$"):
        load(text)
    with pytest.raises(DataError, match="if 'what' names symbols"):
        load(text, policy="sort")
    assert len(load(text, columns={"symbol": "what"}, symbol="A")) == 12


def test_trades_are_told_as_that(load: Load) -> None:
    rows = "\n".join(f"2024-01-02 09:30:{n // 4:02},{100 + n},{n}" for n in range(60))
    with pytest.raises(DataError, match="60 of 60 rows share their time with others: these look like trades"):
        load(f"time,price,size\n{rows}")


def test_an_hour_that_clocks_repeat_is_told_as_that(load: Load) -> None:
    hours = [0, 1, 1, 2, 3, 4, 5, 6]
    text = "time,close\n" + "\n".join(f"2024-11-03 {hour:02}:00,{n + 5}" for n, hour in enumerate(hours))
    with pytest.raises(DataError, match=r"row 3 .*repeats the row before \(clocks repeat .*: --data-tz ZONE tells"):
        load(text)
    assert len(load(text, data_tz="America/New_York")) == 8


def test_quotes_alone_say_which_price_may_stand_for_the_close(load: Load) -> None:
    rows = "\n".join(f"2024-01-02 {hour:02}:00,{hour + 5},{hour + 6}" for hour in range(12))
    with pytest.raises(DataError, match="--column close=bid"):
        load(f"time,bid,ask\n{rows}")
    assert load(f"time,bid,ask\n{rows}", columns={"close": "bid"}).close[0] == 5.0
