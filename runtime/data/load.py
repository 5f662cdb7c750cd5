"""`load_bars`: from anything that holds bars to `Bars`, checked.

The steps, each in a module of its own: read (source), name the columns (headers), read times (stamps) and
numbers (numbers), find the timeframe (calendar.infer), put times in their zone (zone), check (quality), and
note what looks odd (odd: holes, jumps).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from ...lang.program.timeframe import Timeframe, makes
from ...lang.program.timeframe import timeframe as read_timeframe
from ...lang.program.zones import ZoneError
from ..calendar import infer
from ..calendar.civil import DAY, SECOND
from ..calendar.clock import Clock
from ..calendar.infer import ENOUGH, Inferred
from ..calendar.instants import Moment
from ..given import check_given, options_by_name
from ..progress import stage
from .bars import Bars
from .choices import told_by_cells
from .ends import by_opens
from .errors import DataChoiceError, DataError, EmptyPeriodError, TimeframeError
from .folder import symbol_of
from .headers import PRICES, Roles, find_roles
from .numbers import floats, no_numbers
from .odd import Odd, OddRows, Unlooked
from .own import Own, read_own
from .policy import FAIL, Source, apply_policy
from .quality import Rows, timed
from .resample import resample as make_longer
from .scan import Scan
from .source import read_source
from .stamps import Stamps, read_instant, read_stamps
from .table import MISSING, Column, Table, Wanted
from .zone import absolute, clock_of, zone_beside

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from .quality import Numbers

_FEW = 5
"""Gaps between bars, less than which say nothing of a timeframe that was given."""
_LONG = 20 * 3600
"""Seconds of a gap from which on bars may be of days, those of 23 hours among them."""
_MOST = 0.9
"""The share of gaps on a coarser grid from which on the bars are taken to be of that grid."""


@options_by_name
def load_bars(
    source: object,
    *,
    symbol: str | None = None,
    timeframe: Timeframe | str | None = None,
    data_from: Moment | None = None,
    data_to: Moment | None = None,
    data_tz: str | None = None,
    time_format: str | None = None,
    policy: str = FAIL,
    columns: Mapping[str, str] | None = None,
    on: str = "",
    resample: bool = False,
    tz: str = "UTC",
) -> Bars:
    """The bars of one symbol.

    source: a path (CSV, TSV, Parquet, Arrow/Feather, DuckDB as `file#table`, or a folder with a file a symbol),
        `sample:NAME`, anything with the Arrow PyCapsule interface, or a mapping of arrays.
    timeframe: of the bars; inferred from the stamps if None.
    data_from, data_to: keep bars opened at `data_from` or later and before `data_to` (a year, date or time as text,
        datetime, date, numpy datetime64, or µs since 1970; UTC unless it carries an offset).
    data_tz: the zone of stamps that carry none.
    time_format: how times are to be read that are numbers (`d`, `s`, `ms`, `us`, `100ns`, `ns` since 1970, or since
        another date as `s@2001-01-01`; `excel`, `matlab`, `julian`, `YYYY`, `YYYYMM`, `YYYYMMDD`), or days and months
        in any order (`DMY`, `MDY`, `YMD`), where the data do not tell.
    policy: what happens to rows that break a rule: "fail", "sort", "drop" or "keep".
    columns: the column of a field (time, date, end, open, high, low, close, volume, symbol) by its header or its
        number from 1, where headers do not tell. `end` is when bars end, in place of `time`.
    resample: make bars of `timeframe` of shorter ones, in the calendar of `tz`.
    on: the symbol to take where the data hold several and `symbol` does not say which.

    DataError, a ValueError, says what is wrong and how to go on.
    """
    check_given(timezone=tz)
    clock_of(tz, "tz")
    read = Reading(symbol, timeframe, data_from, data_to, data_tz, time_format, policy, columns, on, resample, tz)
    bars, odd = read_bars(source, read)
    return with_notes(bars, odd.notes())


@dataclass(frozen=True, slots=True)
class Reading:
    """How bars are read: the arguments of `load_bars`.

    scan: looks at many rows quickly; where it is given, prices may be held to their rules together with what looks odd
    (`Odd`), so that nobody has to wait for it before a run.
    """

    symbol: str | None = None
    timeframe: Timeframe | str | None = None
    data_from: Moment | None = None
    data_to: Moment | None = None
    data_tz: str | None = None
    time_format: str | None = None
    policy: str = FAIL
    columns: Mapping[str, str] | None = None
    on: str = ""
    resample: bool = False
    tz: str = "UTC"
    scan: Scan | None = None


def read_bars(source: object, read: Reading) -> tuple[Bars, Odd]:
    """Bars as `load_bars` gives them, but for the notes on what looks odd, and what looks for these."""
    check_given(
        symbol=read.symbol, timeframe=read.timeframe, data_tz=read.data_tz, time_format=read.time_format,
        policy=read.policy, columns=read.columns, on=read.on, resample=read.resample, timezone=read.tz,
    )  # fmt: skip
    if read.resample:
        if read.timeframe is None:
            raise DataChoiceError('resample: say what bars to make, as timeframe="15m"')
        bars, odd = read_bars(source, replace(read, timeframe=None, resample=False))
        return make_longer(with_notes(bars, odd.notes()), chosen_timeframe(read.timeframe), read.tz), Odd()
    stage("reading the data")
    table = read_source(source, Wanted(read.symbol, read.on, read.columns or {}))
    unlooked: list[Unlooked] = []
    bars, numbers = bars_of(table, read, unlooked)
    if numbers is None and not unlooked:
        return bars, Odd()
    return bars, OddRows(bars, numbers, unlooked[0] if unlooked else None, read.scan)


def bars_of(table: Table, read: Reading, unlooked: list[Unlooked] | None = None) -> tuple[Bars, Numbers | None]:
    """The bars of a table of one symbol, and the numbers of their rows in the source; None where the notes already
    say what looks odd. What `read` says of symbols and of longer bars is not looked at.

    unlooked: gets the rows whose prices may be looked at later, and were not.
    """
    roles = find_roles(list(table.columns), table.source, read.columns or {}, table.twice)
    roles = told_by_cells(roles, table)
    stamps, zone_told = _stamps(table, roles, read)
    found, notes = _timeframe(stamps, read.timeframe, table.source, read.scan, roles.ends)
    ts, zone_notes = absolute(stamps, found, read.data_tz, table.place)
    ts, end_notes = by_opens(ts, stamps, found, roles, read.data_tz, table.source)
    numbers = _row_numbers(table, len(ts))
    own = read_own({name: table.columns[name] for name in roles.extra}, numbers)
    rows = _rows(table, roles, ts, own, numbers, found)
    volume = rows.volume
    texts: dict[str, Sequence[str]] = {
        name: column for name in own.unread if not hasattr(column := table.columns[name], "dtype")
    }
    prices_in = {price: getattr(roles, price) for price in PRICES}
    held_in = Source(table.source, partial(_written, table, roles, numbers), prices_in, texts, numbers,
                     found.intraday and stamps.naive and not stamps.zone and read.data_tz is None)  # fmt: skip
    whole = read.data_from is None and read.data_to is None
    if unlooked is not None and read.scan and read.policy == FAIL and whole and timed(rows, read.scan):
        held = rows
        unlooked.append(Unlooked(held, lambda: apply_policy(held, FAIL, held_in)[1]))
        quality_notes: tuple[str, ...] = ()
    else:
        rows, quality_notes = apply_policy(rows, read.policy, held_in)
    zone_notes = (*stamps.notes, *(zone_told if found.intraday else ()), *zone_notes, *end_notes)
    of_columns = _column_notes(roles, table, volume, numbers)
    told = (*table.notes, *notes, *of_columns, *zone_notes, *own.notes, *quality_notes)
    name = table.symbol or read.symbol or symbol_of(table.source.removeprefix("the "))
    prices = (rows.open, rows.high, rows.low, rows.close, rows.volume)
    bars = Bars(name, found, rows.ts, *prices, rows.extra, told, own.unread)
    bars = narrowed(bars, read.data_from, read.data_to, table.source)
    return bars, None if table.splits_told else rows.numbers[_first_of(bars, rows) :]


def with_notes(bars: Bars, more: tuple[str, ...]) -> Bars:
    """The bars with more notes on them."""
    return replace(bars, notes=(*bars.notes, *more)) if more else bars


def _stamps(table: Table, roles: Roles, read: Reading) -> tuple[Stamps, tuple[str, ...]]:
    """The times of the rows, and notes; without a zone of their own in that of their header, or of a column beside."""
    column: Column = table.columns[roles.ts]
    if roles.clock:
        column = _with_clock(column, table.columns[roles.clock])
    stamps = read_stamps(column, table.place, table.zones.get(roles.ts, ""), read.time_format, read.scan, roles.ts)
    if not stamps.naive or stamps.zone or read.data_tz is not None:
        return stamps, ()
    if roles.zone:
        return replace(stamps, zone=_known_zone(roles.zone, roles, table.source)), ()
    zone, told = zone_beside(table.columns, roles.extra)
    return replace(stamps, zone=zone), (told,) * bool(told)


def _known_zone(zone: str, roles: Roles, source: str) -> str:
    """A zone of a header; DataError where there is none of this name."""
    try:
        return Clock(zone.replace("GMT", "UTC")).zone
    except ZoneError:
        raise DataError(
            f"{source}: its times are in {zone}, as the header {roles.ts!r} says, which names no zone that is known: "
            "give it, for example --data-tz America/New_York"
        ) from None


def _with_clock(dates: Column, clock: Column) -> list[str]:
    """Dates and times of day from two columns as one text each."""
    import numpy as np

    if isinstance(dates, np.ndarray):
        dates = [str(date) for date in (dates.astype("datetime64[D]") if dates.dtype.kind == "M" else dates)]
    return [f"{date} {_clock_text(time)}" for date, time in zip(dates, clock, strict=True)]


def _clock_text(time: object) -> str:
    """`09:05:00` as it is; 905 and 90500 as programs write times of day in numbers."""
    text = str(time).strip()
    if not text.isdigit():
        return text
    digits = text.zfill(4 if len(text) <= 4 else 6)
    return ":".join(digits[at : at + 2] for at in range(0, len(digits), 2))


def _timeframe(
    stamps: Stamps, given: Timeframe | str | None, source: str, scan: Scan | None, ends: bool
) -> tuple[Timeframe, tuple[str, ...]]:
    """The timeframe as given, or as inferred; with a note of how sure that is. ends: of bars, not opens."""
    if given is not None:
        wanted = chosen_timeframe(given)
        return wanted, _doubts(stamps, wanted, source, ends)
    try:
        inferred = _inferred(stamps, source, ends, scan)
    except ValueError as error:
        raise TimeframeError(f"{source}: {error}") from None
    return inferred.timeframe, (str(inferred),)


def _inferred(stamps: Stamps, source: str, ends: bool, scan: Scan | None = None) -> Inferred:
    """The timeframe of stamps: of instants or, where bars are about a day long or longer, of what the clock showed."""
    try:
        even = scan is not None and scan.even(stamps.ts)
        found = infer(stamps.ts[:2] if even else stamps.known(ENOUGH), ends=ends)
    except ValueError:
        found = infer(stamps.known())  # whose error tells of all of them
    if found.timeframe.seconds < _LONG or not stamps.placed:
        return found
    local = stamps.local(source)
    return infer(local[local != MISSING], ends=ends)


def chosen_timeframe(given: Timeframe | str) -> Timeframe:
    try:
        return given if isinstance(given, Timeframe) else read_timeframe(given)
    except ValueError as error:
        raise DataChoiceError(f"timeframe: {error}") from None


def _doubts(stamps: Stamps, wanted: Timeframe, source: str, ends: bool) -> tuple[str, ...]:
    """Refuse to read bars as longer ones than they are; a note where they look like longer ones than they are said."""
    try:
        found = _inferred(stamps, source, ends).timeframe
    except ValueError:
        return () if len(stamps.known()) else ("the data hold no bar: a header at most, and no row below it",)
    way_on = "; --resample makes them of these" if makes(found, wanted) else ""
    if found.seconds < wanted.seconds and (found.intraday or wanted.unit != "mo"):
        raise DataError(
            f"{source} holds bars of {found}, not of {wanted}: run it `every {found}`, or give bars of {wanted}{way_on}"
        )
    if wanted.intraday and not found.intraday and _of_dates(stamps, source):
        raise DataError(
            f"{source} holds bars of {found}, dates without a time of day, not of {wanted}: run it `every {found}`, "
            f"or give bars of {wanted}"
        )
    if found.seconds <= wanted.seconds or not _coarser(stamps.known(), wanted, found):
        return ()
    return (f"timeframe {wanted} as given, but the bars lie {found} apart: if they last that long, leave it out",)


def _of_dates(stamps: Stamps, source: str) -> bool:
    """Whether all bars stand at midnight: one bar a day at another time may be all that is left of shorter ones."""
    local = stamps.local(source)
    local = local[local != MISSING]
    return len(local) > _FEW and not (local % DAY).any()


def _coarser(stamps: NDArray[np.int64], wanted: Timeframe, found: Timeframe) -> bool:
    """Whether no two bars in a row are as near as `wanted` says, or most lie on the grid of `found`."""
    import numpy as np

    gaps = np.abs(np.diff(stamps))
    near = gaps <= wanted.seconds * SECOND
    on_grid = gaps % (found.seconds * SECOND) == 0
    return len(gaps) >= _FEW and bool(not near.any() or on_grid.mean() >= _MOST)


def _row_numbers(table: Table, count: int) -> Numbers:
    """The numbers of the rows in the source, from 1."""
    return range(1, count + 1) if table.rows is None else table.rows + 1


def _rows(table: Table, roles: Roles, ts: NDArray[np.int64], own: Own, numbers: Numbers, timeframe: Timeframe) -> Rows:
    """The columns as numbers. Where there is only a close it is all four prices; without a volume that is na."""
    import numpy as np

    close = _numbers(table, roles.close)
    priced = tuple(price for price in PRICES if getattr(roles, price))
    prices = {price: _numbers(table, name) if (name := getattr(roles, price)) else close for price in PRICES}
    volume = _numbers(table, roles.volume) if roles.volume else np.full(len(ts), np.nan)
    _same_length([ts, *prices.values(), volume, *own.columns.values()], table.source)
    return Rows(ts, **prices, volume=volume, extra=own.columns, numbers=numbers, timeframe=timeframe, own=priced)


def _numbers(table: Table, name: str) -> NDArray[np.float64]:
    import numpy as np

    column = table.columns[name]
    if isinstance(column, np.ndarray) and column.dtype.kind not in "iuf":
        raise DataError(f"{table.source}: column {name!r} holds {column.dtype}, where numbers are expected")
    return floats(column)


def _written(table: Table, roles: Roles, numbers: Numbers, field: str, number: int) -> str:
    """The text of a cell; "" where the column holds no texts, or a date and its time of day are two columns."""
    name = roles.ts if field == "time" else getattr(roles, field) or roles.close
    column = table.columns[name]
    texts = not hasattr(column, "dtype") and not (field == "time" and roles.clock)
    return str(column[bisect_left(numbers, number)]).strip() if texts else ""


def _same_length(columns: list[NDArray[np.int64] | NDArray[np.float64] | NDArray[np.bool_]], source: str) -> None:
    lengths = {len(column) for column in columns}
    if len(lengths) > 1:
        raise DataError(f"{source} has columns of different lengths: {', '.join(map(str, sorted(lengths)))}")


def _column_notes(roles: Roles, table: Table, volume: NDArray[np.float64], numbers: Numbers) -> tuple[str, ...]:
    notes = [*roles.notes]
    if not roles.open:
        notes.append(f"only closes, in {roles.close!r}: open, high and low are taken from close")
    if not roles.volume:
        notes.append("no volume: it is na")
    elif strange := no_numbers(table.columns[roles.volume], volume):
        cell, rows = str(table.columns[roles.volume][strange[0]])[:40], f"row{'s' * (len(strange) > 1)}"
        notes.append(f"the volume is na on {len(strange)} {rows} where {roles.volume!r} holds no number, first row "
                     f"{numbers[strange[0]]}: {cell!r}")  # fmt: skip
    again = [name for name in table.twice if f"{name}_2" in roles.extra]
    notes += [f"two columns are called {name!r}: the second is read as {name + '_2'!r}" for name in again]
    return tuple(notes)


def narrowed(bars: Bars, data_from: Moment | None, data_to: Moment | None, source: str) -> Bars:
    """The rows that `data_from` and `data_to` leave; EmptyPeriodError where there are bars and none is left."""
    begin = None if data_from is None else read_instant(data_from, "--data-from", bars.daily)
    end = None if data_to is None else read_instant(data_to, "--data-to", bars.daily)
    kept = bars.between(begin, end)
    if len(bars) and not len(kept):
        raise EmptyPeriodError(f"{source} has no bar in the period asked for; it spans {_span(bars)}")
    return kept


def _first_of(bars: Bars, rows: Rows) -> int:
    """Which of the rows the first bar is."""
    return int(rows.ts.searchsorted(bars.ts[0])) if len(bars) else 0


def _span(bars: Bars) -> str:
    import numpy as np

    first, last = bars.ts[[0, -1]].astype("datetime64[us]").astype("datetime64[s]")
    return f"{np.datetime_as_string(first)} to {np.datetime_as_string(last)} UTC"
