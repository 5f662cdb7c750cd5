"""What a reader of a result should know about a panel: what its symbols' notes say together, and where they differ."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from ....lang.diagnostics.brief import named
from ...calendar.instants import shown
from ..actions import Actions
from ..bars import Bars
from .names import listed

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_MOST = 30
"""Notes of symbols that a panel tells; the others are counted."""
_FEW = 5
_NUMBER = re.compile("[0-9]{1,20}")
_AROUND = ".,:;'\"()"


def gathered(found: Sequence[Bars]) -> tuple[str, ...]:
    """The notes of all symbols: what several have told once, with who they are; notes that differ in their numbers
    alone are one, told as the first has it."""
    alike: dict[str, dict[str, str]] = {}
    for bars in found:
        for note in bars.notes:
            alike.setdefault(_kind(note, bars.symbol), {}).setdefault(bars.symbol, note)
    told = [_told(by_symbol, len(found)) for by_symbol in alike.values()]
    more = len(told) - _MOST
    return (*told[:_MOST], *([f"{more} more notes are those of single symbols' bars"] if more > 0 else []))


def _kind(note: str, symbol: str) -> str:
    """A note without its numbers and the name of its symbol."""
    words = ("SYMBOL" if word.strip(_AROUND) == symbol else word for word in note.split(" "))
    return _NUMBER.sub("0", " ".join(words))


def _told(by_symbol: dict[str, str], count: int) -> str:
    names, notes = list(by_symbol), list(by_symbol.values())
    if len(names) == 1:
        return f"{named(names[0])}: {notes[0]}"
    who = f"all {count} symbols" if len(names) == count else listed(names, _FEW)
    if len(set(notes)) == 1:
        return f"{who}: {notes[0]}"
    return f"{who}, each in its own numbers; {named(names[0])}: {notes[0]}"


def ragged(found: Sequence[Bars]) -> tuple[str, ...]:
    """Which symbols begin later than the first, end earlier than the last, or hold no bar, each counted and named."""
    there = [bars for bars in found if len(bars)]
    if len(found) < 2 or not there:
        return ()
    first, last = min(int(bars.ts[0]) for bars in there), max(int(bars.ts[-1]) for bars in there)
    late = {bars.symbol: int(bars.ts[0]) for bars in there if bars.ts[0] > first}
    early = {bars.symbol: int(bars.ts[-1]) for bars in there if bars.ts[-1] < last}
    told = _date if found[0].daily else shown
    notes = []
    if late:
        begin = _counted(late, "begins", "begin")
        notes.append(f"{begin} after the first bar of all, {told(first)}: {_dated(late, told)}")
    if early:
        end = _counted(early, "ends", "end")
        notes.append(f"{end} before the last bar of all, {told(last)}: {_dated(early, told)}")
    none = [bars.symbol for bars in found if not len(bars)]
    if none:
        notes.append(f"{_counted(none, 'has', 'have')} no bar: {listed(none)}")
    return (*notes, *_missing(there))


def unused(actions: Actions, there: Sequence[str]) -> tuple[str, ...]:
    """Which symbols have declared splits or dividends and are not among those that the source holds."""
    known = {symbol.lower() for symbol in there}
    others = listed([own[0].symbol for symbol, own in actions.items() if symbol not in known], _FEW)
    return (f"splits or dividends are declared of {others}, which the data do not hold",) if others else ()


def _counted(of: Sequence[str] | dict[str, int], one: str, many: str) -> str:
    return f"{len(of)} symbol{'s' * (len(of) != 1)} {one if len(of) == 1 else many}"


def _dated(times: dict[str, int], told: Callable[[int], str]) -> str:
    return listed([f"{name} {told(time)}" for name, time in times.items()], _FEW)


def _date(time: int) -> str:
    return shown(time)[:10]


def _missing(there: Sequence[Bars]) -> tuple[str, ...]:
    """How many bars symbols lack between their own first and last that another symbol has."""
    import numpy as np

    every = np.sort(np.concatenate([bars.ts for bars in there]), kind="stable")  # runs in order are merged
    every = every[np.append(True, every[1:] != every[:-1])]
    lacking = {bars.symbol: lacks for bars in there if (lacks := _lacks(bars.ts, every)) > 0}
    if not lacking:
        return ()
    worst = sorted(lacking, key=lambda name: (-lacking[name], name))
    told = listed([f"{name} {lacking[name]:,}" for name in worst], _FEW)
    return (f"{_counted(lacking, 'lacks', 'lack')} bars that another has, between its first and last: {told}",)


def _lacks(ts: NDArray[np.int64], every: NDArray[np.int64]) -> int:
    first, last = every.searchsorted([ts[0], ts[-1]])
    return int(last - first + 1 - len(ts))
