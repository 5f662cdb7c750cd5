"""Histories of different lengths, frames and quality: what is taken, what is noted, what is refused, and where."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
import stratagem as sg
from stratagem.runtime.data import DataError
from stratagem.runtime.data.errors import DataChoiceError, EmptyPeriodError
from stratagem.runtime.data.panel import Panel, load_panel

from ..made import same
from .made import JANUARY, bars, daily

HOUR = 3_600_000_000


def long(rows: list[tuple[str, str, float]]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["symbol", "date", "close"])


def in_text(rows: list[str], place: Path) -> Path:
    place.write_text("symbol,date,open,high,low,close\n" + "".join(f"{row}\n" for row in rows), encoding="utf-8")
    return place


# --- ragged --------------------------------------------------------------------------------------------


def test_where_histories_begin_end_and_lack_bars_is_counted_and_named() -> None:
    made = {"A": daily("A", 1, 2, 3, 4, 5), "B": daily("B", 2, 5), "C": daily("C", 1, 3)}
    notes = load_panel(made).notes
    assert notes[:3] == (
        "1 symbol begins after the first bar of all, 2024-01-01: B 2024-01-02",
        "1 symbol ends before the last bar of all, 2024-01-05: C 2024-01-03",
        "2 symbols lack bars that another has, between its first and last: B 2, C 1",
    )


def test_a_whole_panel_has_no_such_note() -> None:
    assert load_panel({"A": daily("A", 1, 2), "B": daily("B", 1, 2)}).notes == ()


def test_many_are_counted_and_few_are_named() -> None:
    made = {"A": daily("A", 1, 2), **{f"B{n}": daily("B", 2) for n in range(10, 30)}}
    note = load_panel(made).notes[0]
    assert note.startswith("20 symbols begin after the first bar of all, 2024-01-01: B10 2024-01-02, B11 2024-01-02")
    assert note.endswith("B14 2024-01-02 and 15 others")


def test_notes_that_symbols_share_are_told_once() -> None:
    rows = [(name, f"2024-01-0{day}", 1.0) for name in ("A", "B", "C") for day in (1, 2, 3)]
    notes = load_panel(long(rows)).notes
    assert "all 3 symbols: only closes, in 'close': open, high and low are taken from close" in notes
    assert sum("no volume" in note for note in notes) == 1


def test_notes_that_differ_in_numbers_are_told_as_the_first_has_them() -> None:
    rows = [("A", day, 1.0) for day in ("2024-01-01", "2024-01-02", "2024-03-04")]
    rows += [("B", day, 1.0) for day in ("2024-01-01", "2024-01-02", "2024-02-05")]
    told = [note for note in load_panel(long(rows)).notes if "hole" in note]
    assert told == [
        "all 2 symbols, each in its own numbers; A: a hole in the data: no bar between 2024-01-02 and 2024-03-04"
    ]


def test_notes_are_bounded() -> None:
    made = {f"S{n}": daily(f"T{chr(65 + n // 26)}{chr(65 + n % 26)}", 1, 2) for n in range(60)}
    notes = load_panel(made).notes
    assert len(notes) == 31 and notes[-1] == "30 more notes are those of single symbols' bars"


def test_a_symbol_without_a_bar_in_the_period_has_none_and_is_told() -> None:
    made = {"A": daily("A", 1, 2, 3), "B": daily("B", 1)}
    panel = load_panel(made, data_from="2024-01-02")
    assert [len(each) for each in panel] == [2, 0] and panel.asof("B").tolist() == [-1, -1]
    assert "1 symbol has no bar: B" in panel.notes
    assert any("B has no bar in the period asked for; it spans 2024-01-01" in note for note in panel.notes)
    with pytest.raises(EmptyPeriodError, match="no symbol has a bar in the period asked for; A: A has no bar"):
        load_panel(made, data_from="2025")


def test_the_same_of_a_table() -> None:
    rows = [("A", "2024-01-01", 1.0), ("A", "2024-01-02", 2.0), ("B", "2023-01-01", 3.0), ("B", "2023-01-02", 3.0)]
    panel = load_panel(long(rows), data_from="2024")
    assert [len(each) for each in panel] == [2, 0] and panel["B"].symbol == "B"


# --- timeframes ----------------------------------------------------------------------------------------


def test_a_symbol_whose_bars_do_not_tell_has_the_timeframe_of_the_others() -> None:
    rows = [("A", "2024-01-01", 1.0), ("A", "2024-01-02", 2.0), ("B", "2024-01-02", 3.0)]
    panel = load_panel(long(rows))
    assert (str(panel.timeframe), len(panel["B"])) == ("1d", 1)
    assert "B: timeframe 1d, as the other symbols have it: its own bars do not tell" in panel.notes
    with pytest.raises(DataError, match=r"^A: the table: the timeframe cannot be told from 1 bar; .* 1 more .*: B$"):
        load_panel(long([rows[0], rows[2]]))
    assert len(load_panel(long([rows[0], rows[2]]), timeframe="1d")) == 2  # the advice


def test_different_timeframes_are_refused_with_the_ways_on() -> None:
    hours = bars("H", [JANUARY + HOUR * n for n in range(48)], "1h")
    made = {"D": daily("D", 1, 2), "H": hours}
    with pytest.raises(DataError, match=r"different timeframes: 1h \(H\); 1d \(D\)\. A panel has one: timeframe='1d' "):
        load_panel(made)
    panel = load_panel(made, timeframe="1d", resample=True)
    assert str(panel.timeframe) == "1d" and same(panel["D"], daily("D", 1, 2))
    assert panel["H"].open.tolist() == [100.0, 124.0] and panel["H"].close.tolist() == [123.25, 147.25]
    assert panel.events.symbol.tolist() == [0, 1, 0, 1]
    assert load_panel(made, symbols=["H"]).timeframe == hours.timeframe


def test_sparse_bars_are_taken_for_what_they_are_said_to_be() -> None:
    stamp = "2024-01-01 09:{:02}"
    rows = [("A", stamp.format(n), 1.0) for n in range(10)] + [("B", stamp.format(n), 1.0) for n in (0, 5, 10, 15)]
    with pytest.raises(DataError, match=r"1m \(A\); 5m \(B\)"):
        load_panel(long(rows))
    panel = load_panel(long(rows), timeframe="1m")
    assert str(panel["B"].timeframe) == "1m" and panel.asof("B").tolist()[:6] == [0, 0, 0, 0, 0, 1]


def test_resampling_says_what_to_make() -> None:
    with pytest.raises(DataChoiceError, match="resample: say what bars to make"):
        load_panel({"A": daily("A", 1)}, resample=True)
    with pytest.raises(DataError, match="B: 3 bars of 1d hold no complete bar of 1w; symbols= leaves it out"):
        made = {"A": daily("A", *range(1, 15)), "B": daily("B", 1, 2, 3)}
        load_panel(made, timeframe="1w", resample=True)


def test_sessions_in_different_zones_are_merged_by_instants() -> None:
    """An hour in Tokyo is over before one in New York begins; both are written in their own time."""
    tokyo = pd.DataFrame({"time": ["2024-01-04 09:00", "2024-01-04 10:00"], "close": [1.0, 2.0]})
    york = pd.DataFrame({"time": ["2024-01-03 19:00", "2024-01-03 20:00"], "close": [3.0, 4.0]})
    made = {
        "N225": sg.load_bars(tokyo, data_tz="Asia/Tokyo", timeframe="1h"),
        "ES": sg.load_bars(york, data_tz="America/New_York", timeframe="1h"),
    }
    panel = load_panel(made)
    assert panel.symbols == ("ES", "N225")
    assert [str(t)[:13] for t in panel.events.instants.view("datetime64[us]")] == ["2024-01-04T01", "2024-01-04T02"]
    assert panel.events.offsets.tolist() == [0, 2, 4]


# --- bad data ------------------------------------------------------------------------------------------

BAD = [
    "A,2024-01-01,1,2,1,2", "B,2024-01-01,1,2,1,2", "A,2024-01-02,1,2,1,2", "B,2024-01-02,5,4,3,4",
    "B,2024-01-03,1,2,1,2", "A,2024-01-03,1,2,1,2",
]  # fmt: skip


def test_bad_data_of_one_symbol_are_told_with_symbol_row_and_rule(tmp_path: Path) -> None:
    place = in_text(BAD, tmp_path / "prices.csv")
    with pytest.raises(DataError, match=r"^B: prices\.csv, row 4 \(2024-01-02\): open 5 is outside low to high"):
        load_panel(place)
    panel = load_panel(place, policy="drop")
    assert [len(each) for each in panel] == [3, 2]
    assert "B: dropped 1 row whose open is outside low to high" in panel.notes
    assert load_panel(place, symbols=["A"]).symbols == ("A",)


def test_the_other_symbols_with_bad_data_are_counted_and_named() -> None:
    rows = [(name, day, close) for name in "ABCD" for day, close in (("2024-01-01", 1.0), ("2024-01-02", -1.0))]
    rows += [("D", "2024-01-03", 1.0)]
    with pytest.raises(DataError, match=r"^A: the table, row 2 .*\. 3 more cannot be read: B, C, D$"):
        load_panel(long(rows))


def test_a_bar_that_a_symbol_has_twice_is_told_with_its_row() -> None:
    rows = [("A", "2024-01-01", 1.0), ("B", "2024-01-01", 1.0), ("A", "2024-01-02", 1.0), ("B", "2024-01-02", 1.0),
            ("B", "2024-01-02", 2.0)]  # fmt: skip
    with pytest.raises(DataError, match=r"^B: the table, row 5 \(2024-01-02\): time repeats the row before"):
        load_panel(long(rows))


def test_rows_that_name_no_symbol_are_refused_or_dropped() -> None:
    rows: list[Any] = [("A", "2024-01-01", 1.0), (None, "2024-01-02", 5.0), ("A", "2024-01-02", 2.0)]
    with pytest.raises(DataError, match="^the table, row 2: the symbol is missing; 1 row without one"):
        load_panel(long(rows))
    panel = load_panel(long(rows), policy="drop")
    assert panel["A"].close.tolist() == [1.0, 2.0] and "dropped 1 row whose symbol is missing" in panel.notes
    with pytest.raises(DataError, match="no row names its symbol, in the column 'symbol'"):
        load_panel(long([("", "2024-01-01", 1.0)]), policy="drop")


def test_a_file_of_a_folder_that_is_no_table_is_told_with_its_symbol(tmp_path: Path) -> None:
    in_text(BAD[:1], tmp_path / "A.csv")
    (tmp_path / "B.csv").write_text("hello\n")
    with pytest.raises(DataError, match=r"^B: B\.csv has no line with several columns"):
        load_panel(tmp_path, timeframe="1d")


@pytest.mark.parametrize(("option", "value", "told"), [
    ("timeframe", "5x", "^timeframe: expected a timeframe such as"),
    ("data_tz", "Mars", "^--data-tz: "),
    ("policy", "mend", "^no data policy is called 'mend'"),
    ("columns", {"closing": "close"}, "^column closing=close: bars have no 'closing'"),
    ("data_from", "soon", "^--data-from 'soon' cannot be read"),
])  # fmt: skip
def test_a_wrong_option_is_nobodys_data(option: str, value: Any, told: str) -> None:
    rows = [(name, f"2024-01-01 0{n}:00", 1.0) for name in "AB" for n in range(5)]
    with pytest.raises(DataChoiceError, match=told):
        load_panel(long(rows), **{option: value})


def test_an_option_that_there_is_not_is_told_with_the_nearest() -> None:
    with pytest.raises(TypeError, match="there is no option `symbol`: did you mean `symbols`"):
        load_panel({"A": daily("A", 1)}, symbol="A")


NO_SYMBOL = pd.DataFrame([[1.0, 2.0]], columns=pd.MultiIndex.from_tuples([("Date", ""), ("Close", "")]))


@pytest.mark.parametrize("source", [
    None, 5, [], {}, {"A": None}, {"A": 5, "B": "x.csv"}, {"": daily("A", 1)}, {5: daily("A", 1)}, b"A.csv", object(),
    "nowhere.csv", Panel, {"A": daily("A", 1), "B": object()}, {"\ud800": daily("A", 1)}, np.zeros((3, 3)),
    {"A": {"A": {"A": None}}}, pd.DataFrame({"symbol": []}), pd.DataFrame(), NO_SYMBOL,
])  # fmt: skip
def test_what_holds_no_panel_is_refused_in_words(source: Any) -> None:
    with pytest.raises(DataError) as told:
        load_panel(source, data_from="2024")
    assert str(told.value) and "\n" not in str(told.value)


def test_a_mapping_that_holds_itself_ends() -> None:
    made: dict[str, Any] = {}
    made["A"] = made
    with pytest.raises(DataError, match="a mapping of symbols to their data is given where the data of one"):
        load_panel(made)


def test_names_cannot_steer_a_terminal_or_fill_a_screen() -> None:
    name = "\x1b[2J" + "x" * 5000
    with pytest.raises(DataError) as told:
        load_panel(long([(name, "2024-01-01", -1.0), (name, "2024-01-02", 1.0), ("B", "2024-01-01", 1.0)]))
    assert "\x1b" not in str(told.value) and len(str(told.value)) < 500


def test_a_column_of_endless_names_is_no_column_of_symbols() -> None:
    rows = [(f"N{n}", "2024-01-01", 1.0) for n in range(20_001)]
    with pytest.raises(DataError, match="the table holds 20,001 symbols, and 20,000 are the most of a panel: choose"):
        load_panel(long(rows))
    assert load_panel(long(rows), symbols=["N7"], timeframe="1d").symbols == ("N7",)


def test_a_panel_may_be_read_again_without_saying_all_twice() -> None:
    once = load_panel({"A": daily("A", 1, 2), "B": daily("B", 2)})
    again = load_panel(once)
    assert again.notes == once.notes and all(map(same, again, once))
