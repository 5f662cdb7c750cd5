"""What happens to rows that break a rule: fail, sort, drop or keep.

`fail` names the first row that breaks a rule. `sort` puts rows in the order of their times, with one of those that
are alike in every cell, and is otherwise `fail`. `drop` leaves such rows out and notes how many by which rule.
`keep` uses what can run at all: times must increase in any case, a missing or infinite price becomes na, and
rows that share a bar and prices that contradict each other stay as they are. A volume that is missing is na under
every policy.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from ..calendar.civil import DAY, HOUR, weekday_of
from .advice import columns_in_place, count_of, rows_of_one_time, ways_on
from .errors import DataChoiceError, DataError
from .quality import (
    BACKWARD,
    EARLIEST,
    INFINITE,
    LARGEST,
    LATEST,
    MISSING_PRICE,
    NOT_POSITIVE,
    OUTSIDE,
    PRICES,
    REPEATED,
    TOGETHER,
    UNTIMED,
    Broken,
    Rows,
    broken_rules,
    one_bar,
    rounded,
    sound,
)  # fmt: skip
from .table import MISSING
from .written import KNOWN

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from .quality import Mask, Numbers

FAIL, SORT, DROP, KEEP = "fail", "sort", "drop", "keep"
POLICIES = (FAIL, SORT, DROP, KEEP)
_ORDER = (REPEATED, BACKWARD)
_SUNDAY, _NIGHT = 7, 4 * HOUR
"""The day of the week, and its hours, in which clocks are set back."""
_MISPLACED = 0.05
"""How many times as many rows as run backwards may run on where the newest comes first."""
_DONE = {UNTIMED: "dropped", OUTSIDE: "dropped", INFINITE: "made na"}
"""What `keep` does with the rows that break a rule, where it does not keep them."""
Written = Callable[[str, int], str]


@dataclass(frozen=True, slots=True)
class Source:
    """Where rows are from: what errors call it, and what else is known of it.

    written: the text of a cell by the name of its field and the number of its row, "" where the source holds none.
    columns: the names of the columns of prices. texts: the columns that hold words, all rows of them, and `numbers` of
    these rows. naive: times are in no known zone.
    """

    called: str
    written: Written
    columns: Mapping[str, str]
    texts: Mapping[str, Sequence[str]]
    numbers: Numbers
    naive: bool = False

    def words(self, number: int) -> tuple[str, ...]:
        """What stands in the columns of words in a row."""
        at = bisect_left(self.numbers, number)
        return tuple(str(column[at]) for column in self.texts.values())


def apply_policy(rows: Rows, policy: str, source: Source) -> tuple[Rows, tuple[str, ...]]:
    """Rows that may run, and notes. DataError under `fail` and `sort`, and where nothing is left."""
    if policy not in POLICIES:
        raise DataChoiceError(f"no data policy is called {policy!r:.80}; there are {', '.join(POLICIES)}")
    if sound(rows):
        return rows, ()
    rows, notes = _newest_first(rows)
    if policy == SORT:
        rows, told = _sorted(rows, source)
        notes += told
    broken = list(broken_rules(rows))
    if not broken:
        return rows, (*notes, *_rounding(rows))
    _priced(rows, source)
    if policy in (FAIL, SORT):
        raise DataError(_complaint(rows, broken, source, policy))
    kept, more = (_drop if policy == DROP else _keep)(rows, broken)
    if not len(kept.ts):
        raise DataError(f"{source.called}: no row is left of {len(rows.ts)}: " + "; ".join(more))
    return kept, (*notes, *more, *(_rounding(kept) if policy == DROP else ()), *_below_zero(kept))


def _priced(rows: Rows, source: Source) -> None:
    """DataError where a column of prices holds no number at all: it is another column, and no policy makes it one."""
    for name in rows.own:
        values = getattr(rows, name)
        if len(values) and bool((values != values).all()):
            cell = source.written(name, int(rows.numbers[0]))
            example = f", the first is {cell[:40]!r}" if cell else ""
            alone = ", or write numbers alone, without units" if any(map(str.isdecimal, cell)) else ""
            raise DataError(
                f"{source.called}: what is taken for {name} holds no number on any row{example}. "
                f"Say which column it is: --column {name}=NAME{alone}"
            )


def _rounding(rows: Rows) -> tuple[str, ...]:
    """How many rows that break no rule have a price beyond high or low."""
    mask = rounded(rows)
    if not mask.any():
        return ()
    return (f"{count_of(mask)} with a price beyond high or low by a rounding: taken as they are",)


def _below_zero(rows: Rows) -> tuple[str, ...]:
    """That there are prices below zero."""
    below = rows.low < 0.0
    if not below.any():
        return ()
    at = int(below.argmax())
    return (
        f"prices fall below zero, first at row {rows.numbers[at]}{_stamp(rows.ts[at])}: "
        "percentages of them are of their size",
    )


def _newest_first(rows: Rows) -> tuple[Rows, tuple[str, ...]]:
    """Rows that run backwards, but for a few, are turned around: exports often have the newest first."""
    known = rows.ts[rows.ts != MISSING]
    back, on = int((known[1:] < known[:-1]).sum()), int((known[1:] > known[:-1]).sum())
    if back and on <= _MISPLACED * back:
        return rows.take(slice(None, None, -1)), ("the rows came newest first and were turned around",)
    return rows, ()


def _sorted(rows: Rows, source: Source) -> tuple[Rows, tuple[str, ...]]:
    """Rows in the order of their times, those without a time last, and one of those that are alike in every cell."""
    import numpy as np

    timed = rows.ts != MISSING
    order = np.lexsort((np.arange(len(rows.ts)), rows.ts, ~timed))
    late = np.zeros(len(rows.ts), dtype=np.bool_)
    late[1:] = order[1:] < order[:-1]
    notes = []
    if late.any():
        rows = rows.take(order)
        notes.append("the rows were not in the order of their times and were sorted")
    again = _alike(rows, source)
    if again.any():
        rows = rows.take(~again)
        notes.append(f"left out {count_of(again)} alike in every cell to the row before")
    return rows, tuple(notes)


def _alike(rows: Rows, source: Source) -> Mask:
    """The rows that are the one before once more, in every cell."""
    import numpy as np

    again = np.zeros(len(rows.ts), dtype=np.bool_)
    again[1:] = (rows.ts[1:] == rows.ts[:-1]) & (rows.ts[1:] != MISSING)
    for values in (*(getattr(rows, name) for name in (*PRICES, "volume")), *rows.extra.values()):
        before, now = values[:-1], values[1:]
        again[1:] &= (before == now) | ((before != before) & (now != now))
    if source.texts:
        for at in np.flatnonzero(again).tolist():
            again[at] = source.words(int(rows.numbers[at])) == source.words(int(rows.numbers[at - 1]))
    return again


def _complaint(rows: Rows, broken: list[Broken], source: Source, policy: str) -> str:
    """The message of `fail`: the first row in the source, its rule, how many there are, and the way on."""
    import numpy as np

    firsts = [int(fault.rows.argmax()) for fault in broken]
    at = min(firsts)
    fault = broken[firsts.index(at)]
    every = int(np.logical_or.reduce([b.rows for b in broken]).sum())
    value = _value(rows, fault, at, source.written)
    others = f"; {every} of {len(rows.ts)} rows break a rule" if every > 1 else ""
    place = f"{source.called}, row {rows.numbers[at]}{_stamp(rows.ts[at])}"
    known = f" (times are read as {KNOWN})" if fault.rule == UNTIMED and value else ""
    context = _context(rows, fault, at, source) or known
    means = columns_in_place(rows, source.columns) if "low" in fault.rule else ""
    means = means or rows_of_one_time(_sorted(rows, source)[0], source.texts)
    means = means or _ways_on(rows, broken, source, policy)
    return f"{place}: {fault.column}{value} {fault.rule}{context}{others}. {means}"


def _value(rows: Rows, fault: Broken, at: int, written: Written) -> str:
    """What the row holds there: the cell as it is written where no number or time was made of it."""
    cell = written(fault.column, int(rows.numbers[at])) if fault.rule in (UNTIMED, MISSING_PRICE) else ""
    if cell:
        return f" {cell[:40]!r}"
    return "" if fault.column == "time" else f" {_price(rows, fault, at):.15g}"


def _price(rows: Rows, fault: Broken, at: int) -> float:
    return float(getattr(rows, fault.column)[at])


def _ways_on(rows: Rows, broken: list[Broken], source: Source, policy: str) -> str:
    """What may be done about it: which of the other policies would help, and how many rows each leaves."""

    def in_order() -> int:
        found = _sorted(rows, source)[0]
        return 0 if policy == SORT or any(True for _ in broken_rules(found)) else len(found.ts)

    left = {
        SORT: in_order,
        DROP: lambda: 0 if policy == SORT else len(_drop(rows, broken)[0].ts),
        KEEP: lambda: 0 if policy == SORT else len(_keep(rows, broken)[0].ts),
    }
    out_of_order = any(fault.rule == BACKWARD for fault in broken)
    return ways_on(len(rows.ts), left, disordered=out_of_order, sorts=policy == SORT)


def _stamp(ts: np.int64) -> str:
    import numpy as np

    if ts == MISSING:
        return ""
    text = str(np.datetime64(int(ts), "us").astype("datetime64[s]"))
    return f" ({text.removesuffix('T00:00:00')})"


def _context(rows: Rows, fault: Broken, at: int, source: Source) -> str:
    """The prices that a contradiction is with, the bar that two rows share, or what a time may be."""
    if fault.rule == TOGETHER:
        return f" (bars of {rows.timeframe}, or give --timeframe)"
    if fault.rule in _ORDER and source.naive and rows.timeframe.intraday and _may_repeat(int(rows.ts[at])):
        return " (clocks repeat an hour in autumn: --data-tz ZONE tells the two apart)"
    if fault.rule == NOT_POSITIVE:
        return " (prices have been, as oil's in April 2020: keep takes them)" if _price(rows, fault, at) < 0.0 else ""
    if "low" not in fault.rule:
        return ""
    return f" ({rows.low[at]:.15g} to {rows.high[at]:.15g})" if "outside" in fault.rule else f" {rows.low[at]:.15g}"


def _may_repeat(ts: int) -> bool:
    """Whether clocks may have shown a time twice: in the first hours of a Sunday."""
    return weekday_of(ts // DAY) == _SUNDAY and ts % DAY < _NIGHT


def _drop(rows: Rows, broken: list[Broken]) -> tuple[Rows, list[str]]:
    """Leave out every row that breaks a rule; a row is counted under the first it breaks."""
    import numpy as np

    bad = np.zeros(len(rows.ts), dtype=np.bool_)
    notes = []
    for fault in broken:
        if fault.rule in (*_ORDER, TOGETHER):
            continue
        new = fault.rows & ~bad
        if new.any():
            notes.append(f"dropped {count_of(new)} whose {fault.column} {fault.rule}")
        bad |= fault.rows
    return _one_a_bar(*_in_order(rows.take(~bad), notes))


def _keep(rows: Rows, broken: list[Broken]) -> tuple[Rows, list[str]]:
    """Leave out rows without a time that there is, or out of order; turn infinite numbers to na; keep the rest.

    A row that is kept is counted under the first rule it breaks.
    """
    import numpy as np

    by_rule: dict[str, list[Broken]] = {}
    for fault in broken:
        if fault.rule not in _ORDER:
            by_rule.setdefault(fault.rule, []).append(fault)
    told = np.zeros(len(rows.ts), dtype=np.bool_)
    notes = []
    for rule, faults in by_rule.items():
        if rule not in _DONE:
            faults = [replace(fault, rows=new) for fault in faults if (new := fault.rows & ~told).any()]
            told = np.logical_or.reduce([told, *(fault.rows for fault in faults)])
        notes += [_kept_note(rule, faults)] * bool(faults)
    columns: dict[str, Any] = {
        name: np.where(abs(getattr(rows, name)) > LARGEST, np.nan, getattr(rows, name)) for name in (*PRICES, "volume")
    }
    return _in_order(replace(rows, **columns).take((rows.ts >= EARLIEST) & (rows.ts < LATEST)), notes)


def _kept_note(rule: str, faults: list[Broken]) -> str:
    """What `keep` did with the rows that break one rule, in whichever columns."""
    import numpy as np

    what = _DONE.get(rule, "kept")
    columns = " or ".join(fault.column for fault in faults)
    return f"{what} {count_of(np.logical_or.reduce([fault.rows for fault in faults]))} whose {columns} {rule}"


def _in_order(rows: Rows, notes: list[str]) -> tuple[Rows, list[str]]:
    """Leave out the fewest rows that make the times increase; of equal ones the first stays."""
    if not len(rows.ts) or bool((rows.ts[1:] > rows.ts[:-1]).all()):
        return rows, notes
    kept = _longest_increasing(rows.ts)
    return rows.take(kept), [*notes, f"dropped {count_of(~kept)} whose time does not come after the rows before"]


def _one_a_bar(rows: Rows, notes: list[str]) -> tuple[Rows, list[str]]:
    """Leave out every row but the first of a bar; the times increase."""
    import numpy as np

    again = np.zeros(len(rows.ts), dtype=np.bool_)
    again[1:] = one_bar(rows.ts[:-1], rows.ts[1:], rows.timeframe)
    if not again.any():
        return rows, notes
    return rows.take(~again), [*notes, f"dropped {count_of(again)} whose time {TOGETHER}"]


def _longest_increasing(ts: NDArray[np.int64]) -> Mask:
    """A mask of the longest strictly increasing run of picks (patience sorting)."""
    import numpy as np

    tops: list[int] = []
    places: list[int] = []
    before: list[int] = []
    for at, stamp in enumerate(ts.tolist()):
        pile = bisect_left(tops, stamp)
        before.append(places[pile - 1] if pile else -1)
        if pile == len(tops):
            tops.append(stamp)
            places.append(at)
        elif stamp < tops[pile]:
            tops[pile], places[pile] = stamp, at
    kept = np.zeros(len(ts), dtype=np.bool_)
    at = places[-1]
    while at >= 0:
        kept[at] = True
        at = before[at]
    return kept
