"""No advice makes things worse: whatever a message says to give is given here, and leads to bars."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from stratagem.runtime.data import Bars, DataError, load_bars

DAY = "2024-01-{:02},{},{},{},{},7"


def days(*, close: int = 25, header: str = "date,open,high,low,close,volume", **cells: str) -> str:
    """Twenty daily rows; `row_column` replaces a cell (`r5c4="x"`)."""
    rows = [DAY.format(n, 20, 30, 10, close).split(",") for n in range(1, 21)]
    for name, cell in cells.items():
        row, column = (int(part) for part in re.findall(r"\d+", name))
        rows[row][column] = cell
    return "\n".join([header, *(",".join(row) for row in rows)])


def turned(text: str, order: list[int]) -> str:
    """A text with its rows in another order, or some of them twice."""
    header, *rows = text.splitlines()
    return "\n".join([header, *(rows[place] for place in order)])


SHUFFLED = [(n * 7) % 20 for n in range(20)]

MINUTES = "\n".join(["time,close", *(f"2024-01-02 09:{n:02},{n + 1}" for n in range(40))])

# what is wrong, and the text
CASES = {
    "a price of zero": days(r5c4="0"),
    "a price of words": days(r5c1="halted"),
    "a contradiction": days(r5c4="99"),
    "a negative price": days(r5c3="-3"),
    "a time twice": days(r5c0="2024-01-05"),
    "a time of words": days(r5c0="soon"),
    "infinite": days(r5c2="inf"),
    "a negative volume": days(r5c5="-1"),
    "an odd header": days(header="date,opn,high,low,close,volume"),
    "two closes": days(header="date,open,high,low,close,close").replace(",25,7", ",25,15"),
    "one bar": "date,close\n2024-01-01,5",
    "no header and two columns": "\n".join(f"2024-01-{n:02},{n}" for n in range(1, 21)),
    "the day or the month": "\n".join(["date,close", *(f"0{n}/0{n + 1}/2024,5" for n in range(1, 9))]),
    "rows in no order": turned(days(), SHUFFLED),
    "rows in no order, some twice": turned(days(), [*SHUFFLED, *SHUFFLED[:5]]),
    "two files one behind the other": turned(days(), [*range(10, 20), *range(11)]),
    "the newest first and one twice": turned(days(r0c4="26"), [*range(19, -1, -1), 0, 0]),
    "one row late": turned(days(), [*range(5), *range(6, 20), 5]),
    "high and low in each other's place": days(header="date,open,low,high,close,volume"),
    "two symbols": "\n".join(["date,close,symbol", *(f"2024-01-{n:02},5,{s}" for s in "AB" for n in range(1, 9))]),
}


def advised(message: str) -> Iterator[dict[str, Any]]:
    """Each way on that a message names, as options of `load_bars`."""
    columns = [shlex.split(text)[0] for text in re.findall(r"--column (\w+=(?:'[^']*'|[\w.]+))", message)]
    fields = dict(text.split("=", 1) for text in columns)
    if len(fields) == len(columns) and columns:
        yield {"columns": fields}
    elif columns:  # two columns for one field: either may be meant
        yield from ({"columns": dict([text.split("=", 1)])} for text in columns)
    yield from ({"policy": policy} for policy in re.findall(r"\b(sort|drop|keep) \(", message))
    yield from ({"timeframe": text} for text in re.findall(r"--timeframe (\w+)", message))
    yield from ({"data_tz": text} for text in re.findall(r"--data-tz ([\w/]+)", message))
    yield from ({"time_format": text} for text in re.findall(r"\b(DMY|MDY)\b", message))
    for names in re.findall(r"--symbol: ([\w, ]+)", message):
        yield from ({"symbol": name} for name in names.split(", "))


def tried(data: Any) -> list[tuple[dict[str, Any], Bars]]:
    """What the refusal of some data advises, and the bars that each leads to."""
    with pytest.raises(DataError) as caught:
        load_bars(data)
    ways = list(advised(str(caught.value)))
    assert ways, str(caught.value)
    return [(way, load_bars(data, **way)) for way in ways]


@pytest.mark.parametrize("name", list(CASES))
def test_every_advice_leads_to_bars(tmp_path: Path, name: str) -> None:
    (tmp_path / "a.csv").write_text(CASES[name])
    for way, bars in tried(tmp_path / "a.csv"):
        assert len(bars) >= 1, way
        assert np.isfinite(bars.close).mean() > 0.9, way  # no column was shifted, none became another
        assert set(np.unique(bars.close[np.isfinite(bars.close)]) // 1000) == {0.0}


@pytest.mark.parametrize("order", [SHUFFLED, [*SHUFFLED, 3, 4], [*range(10, 20), *range(12)], [*range(19, -1, -1), 0]])
def test_rows_in_no_order_are_sorted_and_none_is_lost(tmp_path: Path, order: list[int]) -> None:
    (tmp_path / "good.csv").write_text(days())
    (tmp_path / "a.csv").write_text(turned(days(), order))
    whole, bars = (load_bars(tmp_path / name, policy="sort") for name in ("good.csv", "a.csv"))
    for field in ("ts", "open", "high", "low", "close", "volume"):
        assert getattr(bars, field).tolist() == getattr(whole, field).tolist()
    assert any("sorted" in note or "newest first" in note for note in bars.notes)
    assert any("alike in every cell" in note for note in bars.notes) == (len(order) > 20)
    assert not any("sorted" in note for note in whole.notes)


def test_no_policy_is_advised_that_loses_most_rows(tmp_path: Path) -> None:
    """Of rows in no order few are in an order that rises."""
    (tmp_path / "a.csv").write_text(turned(days(), SHUFFLED))
    with pytest.raises(DataError, match=r"Sort the rows by time, or .* --data-policy sort \(.*: 20 of 20 [^,]*$"):
        load_bars(tmp_path / "a.csv")
    (tmp_path / "a.csv").write_text(turned(days(r3c4="0"), SHUFFLED))
    with pytest.raises(DataError, match=r"\. Put the rows in the order of their times, and mend the rest$"):
        load_bars(tmp_path / "a.csv")
    with pytest.raises(DataError, match="close 0 is zero.*Mend the data: sort puts rows in order, and mends nothing"):
        load_bars(tmp_path / "a.csv", policy="sort")


def test_the_timeframe_of_rows_in_no_order_is_theirs() -> None:
    order = np.random.default_rng(3).permutation(3000)
    times = np.datetime64("2020-01-01", "us") + order * np.timedelta64(1, "D")
    assert str(load_bars({"time": times, "close": order + 1.0}, policy="sort").timeframe) == "1d"


@pytest.mark.parametrize("names", [["open", "low", "high", "close"], ["open", "close", "high", "low"],
                                   ["close", "open", "high", "low"], ["low", "high", "open", "close"],
                                   ["high", "open", "low", "close"]])  # fmt: skip
def test_columns_in_each_others_place_are_told(tmp_path: Path, names: list[str]) -> None:
    """What is above all others on every row is the high, whatever it is called."""
    rows = [f"2024-01-{n:02},{20 + n % 3},30,10,{20 + n % 5}" for n in range(1, 21)]
    (tmp_path / "a.csv").write_text("\n".join([",".join(["date", *names]), *rows]))
    ways = tried(tmp_path / "a.csv")
    assert len(ways) == 1, "no policy is offered"
    (_, bars) = ways[0]
    assert (bars.high == 30).all() and (bars.low == 10).all()


@pytest.mark.parametrize("name", ["a price of zero", "a price of words", "a contradiction", "infinite"])
def test_a_policy_leaves_every_other_row_as_it_was(tmp_path: Path, name: str) -> None:
    (tmp_path / "good.csv").write_text(days())
    (tmp_path / "a.csv").write_text(CASES[name])
    whole = load_bars(tmp_path / "good.csv")
    others = [n for n in range(20) if n != 5]
    for way, bars in tried(tmp_path / "a.csv"):
        kept = np.flatnonzero(bars.ts != whole.ts[5])
        for field in ("ts", "open", "high", "low", "close", "volume"):
            assert getattr(bars, field)[kept].tolist() == getattr(whole, field)[others].tolist(), way


@pytest.mark.parametrize("policy", ["fail", "drop", "keep"])
def test_no_policy_reads_a_time_of_day_as_a_price(tmp_path: Path, policy: str) -> None:
    """MetaTrader 4 and Kibot write date and time apart and no header."""
    for day in ("2024.01.16", "01/16/2024", "20240116"):
        lines = [f"{day},09:{n:02},{n + 10},{n + 12},{n + 9},{n + 11},100" for n in range(30)]
        (tmp_path / "a.csv").write_text("\n".join(lines))
        bars = load_bars(tmp_path / "a.csv", policy=policy)
        assert (bars.open[3], bars.high[3], bars.low[3], bars.close[3], bars.volume[3]) == (13, 15, 12, 14, 100)


def test_intraday_stamps_of_a_zone_that_is_none_are_asked_about(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(MINUTES.replace("time,", "time (LMT),"))
    ((way, bars),) = tried(tmp_path / "a.csv")
    assert way == {"data_tz": "America/New_York"}
    assert str(bars.ts[0].astype("M8[us]"))[:16] == "2024-01-02T14:00"
