"""The head of a text table: how many of its lines are headers, and what each column is called.

Some files have no header; some have several lines of them, as a table whose columns are named on two levels is
written (field and symbol, in either order).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .headers import NAMELESS_COLUMN, distinct, field_of, repeated
from .numbers import NOTHING, number
from .shapes import is_clock, is_time
from .spellings import SYMBOLS, plain, words
from .two_levels import joined

LINES = 4
"""Lines from the top that decide."""

_A_DATE = 1e7
"""A number beyond it may be a time: a date in digits, or seconds and the like."""

_BAR = ("ts", "open", "high", "low", "close", "volume")
_BAR_OF_DAY = ("date", "time", "open", "high", "low", "close", "volume")
_KLINE = (
    "open_time", "open", "high", "low", "close", "volume", "close_time", "quote_volume", "trades",
    "taker_buy_volume", "taker_buy_quote_volume", "ignore",
)  # fmt: skip
"""https://github.com/binance/binance-public-data: klines."""
_LEVELS = frozenset((*words(SYMBOLS), "symbols", "tickers", "price", "attributes", "field"))
"""What the levels of columns are called; https://ranaroussi.github.io/yfinance writes Price, Ticker and Date."""


@dataclass(frozen=True, slots=True)
class Head:
    """names: of the columns, all different. lines: how many are no rows. twice: names that stood over several."""

    names: list[str]
    lines: int
    twice: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def read_head(rows: Sequence[Sequence[str]]) -> Head:
    """The head of a table by the cells of its first lines."""
    first = [cell.strip().strip("<>") for cell in rows[0]]
    if is_row(first):
        names = headerless(first)
        return Head(names, 0, notes=(f"no header line: columns taken as {', '.join(names[:7])}",))
    count = 1
    while count < len(rows) and _continues(rows[count], len(first)):
        count += 1
    names, notes = (_of_units(rows[:count]) or (_of_levels(rows[:count]), ())) if count > 1 else (first, ())
    if count < len(rows) and len(rows[count]) == len(names) + 1 and not rows[count][-1].strip():
        names = [*names, ""]  # rows end with a separator, and the header does not
    names[0] = names[0] or "index"  # some programs write theirs first, without a name
    names[-1] = names[-1] or "unnamed"  # and some end every line with a separator
    return Head(distinct(names), count, tuple(repeated(names)), notes)


def is_row(cells: Sequence[str]) -> bool:
    """Whether a line is a row and no header: what it says are times and numbers.

    Some words may stand among them (a symbol, a flag), and some headers are numbers (`50` over an average): then a
    row is what holds a time and more values than words of headers.
    """
    told = [cell for cell in cells if cell.strip().lower() not in NOTHING]
    values = [cell for cell in told if number(cell) == number(cell) or is_time(cell)]
    if len(values) == len(told):
        return bool(told)
    named = sum(bool(field_of(cell)) for cell in told)
    timed = any(is_time(cell) or number(cell) > _A_DATE for cell in told)
    return timed and 2 * len(values) >= len(told) and len(values) > named


def headerless(cells: Sequence[str]) -> list[str]:
    """Names for the columns of a file without a header, by its first row."""
    width = len(cells)
    if width == len(_KLINE) and all(len(cells[at]) >= 13 and cells[at].isdecimal() for at in (0, 6)):
        return list(_KLINE)
    usual = _BAR_OF_DAY if width > 5 and _date_and_clock(cells) else _BAR if width > 4 else ()
    rest = (f"{NAMELESS_COLUMN}{number}" for number in range(len(usual) + 1, width + 1))
    return [*usual, *rest][:width]


def _begins_as_number(cell: str) -> bool:
    return cell.strip().lstrip("+-$.")[:1].isdecimal()


def _date_and_clock(cells: Sequence[str]) -> bool:
    """Whether a row begins with a date and, in a cell of its own, its time of day: `09:30`, or digits of one.

    Digits are a time of day where they are no price of a bar with those behind.
    """
    date, clock = cells[0].strip(), cells[1].strip()
    if ":" in date or " " in date:
        return False
    if clock.isdecimal() and len(clock) in (4, 6):
        return not _one_bar(cells[1:5]) and _one_bar(cells[2:6])
    return is_clock(clock)


def _one_bar(cells: Sequence[str]) -> bool:
    """Whether four cells are open, high, low and close."""
    try:
        opened, high, low, closed = (float(cell.replace(",", ".")) for cell in cells)
    except ValueError:
        return False
    return low <= min(opened, closed) and max(opened, closed) <= high


def _continues(row: Sequence[str], width: int) -> bool:
    """Whether a line below the first is a header too: the name of a level and its words, or the index's name alone."""
    if len(row) != width or any(letter.isdecimal() for letter in row[0]) or width < 2:
        return False
    others = [cell for cell in row[1:] if cell.strip()]
    if not others:
        return bool(row[0].strip())
    return plain(row[0]) in _LEVELS or (not row[0].strip() and not any(_begins_as_number(cell) for cell in others))


def _of_units(rows: Sequence[Sequence[str]]) -> tuple[list[str], tuple[str, ...]] | None:
    """The names of a header below which a line says what each column is in: fields that stand once, of several symbols.

    None where the second line is another.
    """
    fields = [field_of(cell) for cell in rows[0]]
    units = [cell.strip() for cell in rows[1][1:]]
    known = [name for name in fields if name]
    if len(rows) != 2 or rows[1][0].strip() or not {"open", "high", "low", "close"} <= set(known):
        return None
    if len(set(known)) < len(known) or len(set(units)) < 2:
        return None
    told = ", ".join(dict.fromkeys(filter(None, units)))
    return [cell.strip() for cell in rows[0]], (f"the line below the header is taken for units: {told[:80]!r}",)


def _of_levels(rows: Sequence[Sequence[str]]) -> list[str]:
    """The names of columns whose headers stand on several lines; the last may name the index alone."""
    levels = [row for row in rows if any(cell.strip() for cell in row[1:])] or [rows[0]]
    index = rows[-1][0].strip() if rows[-1] is not levels[-1] else ""
    _, *columns = zip(*levels, strict=True)
    return [index or "index", *(joined([cell.strip() for cell in column]) for column in columns)]
