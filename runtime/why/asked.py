"""What is asked: a trade, an order, a bar or a span of bars of a run, and of which statements."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from ...lang.diagnostics.brief import brief, named
from ...lang.diagnostics.suggest import nearest
from ..calendar.instants import Moment, instant, shown
from ..data.panel.names import listed
from ..errors import UsageFault
from ..results.format import counted, day_or_minute
from ..results.rows import order_column

if TYPE_CHECKING:
    from ..results.output import RunOutput

_ZONED = re.compile(r"(Z|UTC|[+-]\d\d(:?\d\d)?)$")
_CLOCK = re.compile(r"\d\d:\d\d")


def one_of(**given: object) -> str:
    """The name of what is asked; UsageFault unless it is one thing."""
    asked = [name for name, value in given.items() if value is not None]
    if len(asked) != 1:
        found = f"found {' and '.join(asked)}" if asked else "found none of them"
        raise UsageFault(f"say what to explain: a trade, an order, or a time (trade, order or at), {found}")
    return asked[0]


def numbered(name: str, value: Any, first: int, count: int, none: str) -> int:
    """The place of the trade or order with this number; UsageFault names the numbers that there are."""
    if count == 0:
        raise UsageFault(f"there is no {name} to explain: {none}")
    number = _whole(value)
    if number is None or not first <= number < first + count:
        there = f"{first:,} to {first + count - 1:,}" if count > 1 else f"{first} alone"
        raise UsageFault(f"there is no {name} {brief(value)}: the run has {name}s {there}, in their tables' order")
    return number - first


def _whole(value: Any) -> int | None:
    """A whole number, or the text of one; None of anything else."""
    try:
        return None if isinstance(value, bool) else int(value if isinstance(value, str) else value.__index__())
    except Exception:  # whatever a foreign object raises
        return None


def symbol_named(output: RunOutput, symbol: object) -> int:
    """The place of the symbol that is asked about among those traded; UsageFault where none is said, or another."""
    several = output.several
    if several is None:
        own = output.bars.symbol
        if symbol is not None and (not isinstance(symbol, str) or symbol.lower() != own.lower()):
            raise UsageFault(f"symbol: the run is of {named(own) or 'one symbol'} alone, found {brief(symbol)}")
        return 0
    names = [name.lower() for name in several.symbols]
    if symbol is None and len(names) == 1:
        return 0
    if symbol is None:
        raise UsageFault(f"say of which symbol: --symbol A (symbol='A'), one of {listed(several.symbols)}")
    if isinstance(symbol, str) and symbol.lower() in names:
        return names.index(symbol.lower())
    near = nearest(symbol, list(several.symbols)) if isinstance(symbol, str) else None
    there = f"did you mean {named(near)}?" if near else f"the run traded {listed(several.symbols)}"
    raise UsageFault(f"symbol: {brief(symbol)} is not traded: {there}")


def symbol_of(output: RunOutput, symbol: object, kind: str, row: int, what: str) -> int:
    """The place of the symbol that a row is of: one of the trades or orders. UsageFault where another is said.

    A halt, or money that came or went, is the account's own: it is told beside the symbol that is said, or the first
    that had a bar then.
    """
    several = output.several
    if several is None:
        return symbol_named(output, symbol)
    place = int(getattr(several, kind)[row])
    if place == several.traded:
        events, event = several.panel.events, int(order_column(output, "index")[row])
        members = events.symbol[events.offsets[event] : events.offsets[event + 1]]
        there = members[members < several.traded].tolist()
        if not there:
            raise UsageFault(f"{what} is the account's own, and no symbol that is traded had a bar then")
        place = min(there) if symbol is None else symbol_named(output, symbol)
        if place not in there:
            raise UsageFault(f"{what} is the account's own, and {several.symbols[place]} had no bar then: leave symbol "
                             "away")  # fmt: skip
        return place
    if symbol is not None and symbol_named(output, symbol) != place:
        raise UsageFault(f"{what} is of {several.symbols[place]}, not of {brief(symbol)}: leave symbol away")
    return place


def bar_at(output: RunOutput, value: Moment, name: str = "at") -> int:
    """The bar that holds an instant; UsageFault names the nearest where none does."""
    bars = output.bars
    when = instant(value, name, daily=bars.daily)
    place = int(bars.ts.searchsorted(when, side="right")) - 1
    if place >= 0 and when < int(bars.rows(place, place + 1).closes[0]):
        return place
    raise UsageFault(f"no bar of the data holds {time_of(when, output)}: {_nearest(output, place)}")


def span(output: RunOutput, at: Moment, to: Moment) -> tuple[int, int]:
    """The first bar of a span, which holds `at` or follows it, and the one after its last, which opened before `to`."""
    bars = output.bars
    begin, end = (instant(value, name, daily=bars.daily) for name, value in (("at", at), ("to", to)))
    if begin >= end:
        raise UsageFault(f"the span is to begin at {brief(at)} and to end before {brief(to)}: it must begin before it "
                         "ends; for one bar leave `to` away")  # fmt: skip
    first, stop = (int(bars.ts.searchsorted(when)) for when in (begin, end))
    if first and begin < int(bars.rows(first - 1, first).closes[0]):
        first -= 1
    if first >= stop:
        raise UsageFault(f"no bar of the data lies from {time_of(begin, output)} to before {time_of(end, output)}: "
                         f"{_nearest(output, first - 1)}")  # fmt: skip
    return first, stop


def _nearest(output: RunOutput, place: int) -> str:
    """The bars before and after a hole, or where the data begin and end."""
    bars = output.bars
    first, last = (time_of(int(bars.ts[at]), output) for at in (0, -1))
    if place < 0:
        return f"the data begin with the bar of {first}"
    if place + 1 >= len(bars):
        return f"the data end with the bar of {last}"
    before, after = (time_of(int(bars.ts[at]), output) for at in (place, place + 1))
    return f"the nearest are those of {before} and {after}"


def time_of(when: int, output: RunOutput) -> str:
    """An instant as it can be given back: a date, or ISO 8601 in UTC."""
    return shown(when).removesuffix("T00:00:00Z") if output.bars.daily else shown(when)


def zone_note(output: RunOutput, values: Sequence[Moment]) -> tuple[str, ...]:
    """That times without a zone were read as UTC, where the program's own zone is another."""
    if output.shown_zone in ("", "UTC"):
        return ()
    told = []
    for value in values:
        naive = value.tzinfo is None if isinstance(value, datetime) else (
            isinstance(value, str) and _CLOCK.search(value) is not None and not _ZONED.search(value.strip())
        )  # fmt: skip
        if naive:
            local = day_or_minute(int(output.local(instant(value))), False)
            told.append(f"{brief(value)} was read as UTC, as every time without a zone: it is {local} in "
                        f"{output.shown_zone}")  # fmt: skip
    return tuple(told)


def chosen(labels: Sequence[str], statement: object) -> list[int]:
    """The places of the statements asked about: all, one by its number from 1, or those of a side or kind."""
    if statement is None:
        return list(range(len(labels)))
    there = ", ".join(f"{place} `{label}`" for place, label in enumerate(labels, 1)) or "none"
    if isinstance(statement, str) and not statement.strip().isdigit():
        words = statement.lower().split()
        found = [place for place, label in enumerate(labels) if words and set(words) <= set(label.split())]
        if found:
            return found
    else:
        number = _whole(statement)
        if number is not None and 1 <= number <= len(labels):
            return [number - 1]
    raise UsageFault(f"there is no statement {brief(statement)}: the program has {counted(len(labels), 'statement')}, "
                     f"{there}; a side or `enter` or `exit` chooses several")  # fmt: skip
