"""Separated text in the dialects that exist: each gives the bars it means."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from stratagem.runtime.data import Bars, DataError, load_bars
from stratagem.runtime.data import text as text_module

from .made import arrays, rows, same, stamps, write

Loaded = Callable[..., Bars]


@pytest.fixture(params=[10**9, 0], ids=["python", "pyarrow"])
def loaded(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Loaded:
    """Load a text by each of the two readers."""
    monkeypatch.setattr(text_module, "SMALL", request.param)

    def load(content: str | bytes, **options: Any) -> Bars:
        place = tmp_path / "a.txt"
        place.write_bytes(content.encode() if isinstance(content, str) else content)
        return load_bars(place, **options)

    return load


def lines(header: str, separator: str = ",", times: list[str] | None = None) -> str:
    body = rows()
    for row, time in zip(body, times or stamps(), strict=True):
        row[0] = time
    return "\n".join([header, *(separator.join(row) for row in body)]) + "\n"


@pytest.mark.parametrize(
    "header",
    [
        "ts,open,high,low,close,volume",
        "Date,Open,High,Low,Close,Volume",
        "TIMESTAMP,O,H,L,C,V",
        "Open Time, Open , High , Low , Close , Vol.",
        "datetime,open_price,high_price,low_price,close_price,base_volume",
        "<DATE>,<OPEN>,<HIGH>,<LOW>,<CLOSE>,<TICKVOL>",
        ",open,high,low,close,volume",
        "Gmt time,Open,High,Low,Last,Volume BTC",
    ],
)
def test_headers_in_any_usual_spelling(loaded: Loaded, header: str) -> None:
    assert same(loaded(lines(header)), load_bars(arrays()))


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_separators(loaded: Loaded, separator: str) -> None:
    header = separator.join(("time", "open", "high", "low", "close", "volume"))
    assert same(loaded(lines(header, separator)), load_bars(arrays()))


def test_line_ends_marks_blanks_titles_and_comments(loaded: Loaded) -> None:
    text = lines("time,open,high,low,close,volume")
    expected = load_bars(arrays())
    assert same(loaded(text.replace("\n", "\r\n")), expected)
    assert same(loaded("\ufeff" + text), expected)
    assert same(loaded(text.encode("utf-16")), expected)
    assert same(loaded(text + "\n\n"), expected)
    assert same(loaded("https://www.example.com\n" + text), expected)
    assert same(loaded("# one, two, three\nsep=,\n" + text), expected)


def test_decimal_commas(loaded: Loaded) -> None:
    text = lines("time;open;high;low;close;volume", ";").replace(".", ",")
    assert same(loaded(text), load_bars(arrays()))
    thousands = "time;close\n" + "\n".join(f"2024-01-{day:02};1.{day:03},50" for day in range(1, 29))
    assert loaded(thousands).close[4] == 1005.5


def test_numbers_as_exports_write_them(loaded: Loaded) -> None:
    text = "Date,Close/Last,Volume\n" + "\n".join(f'2024-01-{day:02},"${day},000.50",{day}.5M' for day in range(1, 29))
    bars = loaded(text)
    assert bars.close[:2].tolist() == [1000.5, 2000.5]
    assert bars.volume[:2].tolist() == [1.5e6, 2.5e6]


def test_date_and_time_in_two_columns(loaded: Loaded) -> None:
    body = "\n".join(f"2024-01-02,{9 + n // 60:02}:{n % 60:02}:00,{n + 1},{n + 1},{n + 1},{n + 1},5" for n in range(90))
    bars = loaded("Date,Time,Open,High,Low,Close,Volume\n" + body)
    assert str(bars.timeframe) == "1m"
    assert str(bars.ts[61].astype("M8[us]")).startswith("2024-01-02T10:01")


def test_dates_and_times_as_digits(loaded: Loaded) -> None:
    body = "\n".join(f"20240102,{900 + n},{n + 1},{n + 1},{n + 1},{n + 1},5" for n in range(50))
    bars = loaded("<DATE>\t<TIME>\t<OPEN>\t<HIGH>\t<LOW>\t<CLOSE>\t<VOL>\n".replace("\t", ",") + body)
    assert str(bars.ts[1].astype("M8[us]")).startswith("2024-01-02T09:01")


def test_without_a_header_the_order_is_the_usual_one(loaded: Loaded) -> None:
    text = "\n".join(f"20240102 09{n:02}00;{n + 1};{n + 1};{n + 1};{n + 1};5" for n in range(50))
    bars = loaded(text)
    assert (len(bars), bars.close[0], str(bars.timeframe)) == (50, 1.0, "1m")
    assert any("no header" in note for note in bars.notes)
    kline = "\n".join(f"{1704067200000 + n * 60000},1,2,0.5,1.5,9,{n},0,1,2,3,0" for n in range(50))
    assert str(loaded(kline).ts[0].astype("M8[us]")).startswith("2024-01-01T00:00")


def test_a_header_is_needed_for_few_columns(loaded: Loaded) -> None:
    text = "2024-01-01,1.5\n2024-01-02,2.5\n"
    with pytest.raises(DataError, match="no column for time, close; .* --column time=column_1 --column close=column_2"):
        loaded(text)
    assert loaded(text, columns={"time": "1", "close": "2"}).close.tolist() == [1.5, 2.5]


def test_a_missing_column_is_told_with_the_nearest(loaded: Loaded) -> None:
    with pytest.raises(
        DataError, match="no column for open; its columns are 'time', 'opn', 'high'.*--column open=opn "
    ):
        loaded("time,opn,high,low,close\n2024-01-01,1,1,1,1\n")
    with pytest.raises(DataError, match="no column for time"):
        loaded("open,high,low,close\n1,1,1,1\n")


@pytest.mark.parametrize("end", ["\r", "\r\n", "\n\r\n"])
def test_every_line_end(loaded: Loaded, end: str) -> None:
    text = lines("time,open,high,low,close,volume")
    assert same(loaded(text.replace("\n", end)), load_bars(arrays()))
    assert same(loaded(("a title" + end) + text.replace("\n", end)), load_bars(arrays()))
    assert same(loaded(text.replace("\n", end, 1)), load_bars(arrays())), "only the header ends so"


def test_what_ends_no_line_stays_in_its_cell(loaded: Loaded) -> None:
    text = "date,close,words\n" + "".join(f"2024-01-{day:02},{day},a\u2028b\x85c\x0cd\n" for day in range(1, 29))
    assert len(loaded(text)) == 28


@pytest.mark.parametrize("length", [150_000, 3_000_000])
def test_a_line_without_an_end_is_named(loaded: Loaded, length: int) -> None:
    head, *body = lines("time,open,high,low,close,volume").splitlines()
    body[4] = "1" * length + body[4]
    told = f"a.txt, row 5: ({len(body[4]):,} characters in one line, where a row of bars is expected|time '111)"
    with pytest.raises(DataError, match=told):
        loaded("\n".join([head, *body]))


def test_a_header_without_an_end_is_called_so(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("," * 3_000_000)
    told = "a.txt, the header: 3,000,000 characters in one line, where a line of names is expected"
    with pytest.raises(DataError, match=told):
        load_bars(tmp_path / "a.txt")


def test_newest_first_is_turned_around(loaded: Loaded) -> None:
    header, *body = lines("time,open,high,low,close,volume").splitlines()
    bars = loaded("\n".join([header, *reversed(body)]))
    assert same(bars, load_bars(arrays()))
    assert any("newest first" in note for note in bars.notes)


def test_own_columns_are_kept_and_texts_left_out(loaded: Loaded) -> None:
    body = "\n".join(f"2024-01-{day:02},{day},{day / 8},{'' if day == 3 else day},yes,True" for day in range(1, 29))
    bars = loaded("date,close,Funding Rate,gaps,words,signal\n" + body)
    assert list(bars.extra) == ["Funding Rate", "gaps", "signal"]
    assert bars.extra["Funding Rate"][7] == 1.0
    assert bars.extra["gaps"][2] != bars.extra["gaps"][2]
    assert bars.extra["signal"].dtype == bool
    assert bars.extra["signal"].all()


def test_only_a_header(loaded: Loaded) -> None:
    with pytest.raises(DataError, match="holds no bar"):
        loaded("time,open,high,low,close\n")
    assert len(loaded("time,open,high,low,close\n", timeframe="1d")) == 0


def test_adjusted_columns_do_not_displace_the_plain_ones(loaded: Loaded) -> None:
    body = "\n".join(f"2024-01-{day:02},9,9,9,9,1,{day},{day},{day},{day},7" for day in range(1, 29))
    names = "Date,Open,High,Low,Close,Volume,Adj. Open,Adj. High,Adj. Low,Adj. Close,Adj. Volume\n"
    bars = loaded(names + body)
    assert (bars.close[5], bars.volume[5], bars.extra["Adj. Close"][5]) == (9.0, 1.0, 6.0)


def test_write_helper_makes_what_is_tested(tmp_path: Path) -> None:
    assert write(tmp_path / "a", rows(2)).read_text().count("\n") == 3


@pytest.mark.parametrize(
    ("encoding", "header"),
    [
        ("cp1252", "Datum,Eröffnung,Höchst,Tief,Schluss,Stücke"),
        ("cp1252", "Date,Ouverture,Plus haut,Plus bas,Clôture,Volume"),
        ("cp1250", "Data,Otwarcie,Najwyższy,Najniższy,Zamknięcie,Wolumen"),
        ("cp1251", "Дата,Открытие,Максимум,Минимум,Закрытие,Объём"),
        ("cp1254", "Tarih,Açılış,Yüksek,Düşük,Kapanış,Hacim"),
        ("gb18030", "日期,开盘,最高,最低,收盘,成交量"),
        ("big5", "日期,開盤,最高,最低,收盤,成交量"),
        ("shift_jis", "日付,始値,高値,安値,終値,出来高"),
        ("euc_kr", "날짜,시가,고가,저가,종가,거래량"),
        ("utf-16", "日期,开盘,最高,最低,收盘,成交量"),
    ],
)
def test_headers_of_a_language_in_the_encoding_of_its_region(loaded: Loaded, encoding: str, header: str) -> None:
    bars = loaded(lines(header).encode(encoding))
    assert same(bars, load_bars(arrays()))
    assert any(f"words in {encoding}" in note for note in bars.notes) == (encoding != "utf-16")


def test_a_stray_byte_changes_no_encoding(loaded: Loaded) -> None:
    text = "Дата,Закрытие,слово\n" + "".join(f"2024-01-{day:02},{day},да\n" for day in range(1, 29))
    bars = loaded(text.encode().replace("да\n".encode(), b"\xff\n", 1))
    assert bars.close[3] == 4.0 and not any("UTF-8" in note for note in bars.notes)


def test_a_stamp_that_is_a_time_of_day_completes_the_date_beside_it(loaded: Loaded) -> None:
    """https://strategyquant.com/quantdatamanager writes Date and Timestamp."""
    body = "".join(f"20240102,09:{n:02}:00,{n + 1},{n + 1},{n + 1},{n + 1},5\n" for n in range(40))
    bars = loaded("Date,Timestamp,Open,High,Low,Close,Volume\n" + body)
    assert (str(bars.timeframe), str(bars.ts[7].astype("M8[us]"))[:16]) == ("1m", "2024-01-02T09:07")
