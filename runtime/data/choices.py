"""What headers leave open and cells decide: which volume was traded, and whether a stamp is only a time of day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from .headers import Roles, is_end
from .numbers import floats
from .shapes import is_clock
from .spellings import DATES, plain, words
from .table import Column, Table

_TICKS = ("tickvolume", "tickvol")


def told_by_cells(roles: Roles, table: Table) -> Roles:
    """The roles as the cells show them to be meant."""
    return _traded(_dated(roles, table), table)


def _dated(roles: Roles, table: Table) -> Roles:
    """A column called a stamp that holds times of day completes the dates beside it; so does, or stands for them, one
    of ends where several bars have one date."""
    times = table.columns[roles.ts]
    end = next((name for name in roles.extra if is_end(name)), "")
    if end and not roles.clock and plain(roles.ts) in words(DATES) and len(times) > 1 and times[0] == times[1]:
        rest = tuple(name for name in roles.extra if name != end)
        if isinstance(cells := table.columns[end], Sequence) and is_clock(cells[0]):
            return replace(roles, clock=end, extra=rest, ends=True)
        return replace(roles, ts=end, extra=(*rest, roles.ts), ends=True)
    date = next((name for name in roles.extra if plain(name) in words(DATES)), "")
    if roles.clock or not date or not len(times) or not isinstance(times[0], str) or not is_clock(times[0]):
        return roles
    return replace(roles, ts=date, clock=roles.ts, extra=tuple(name for name in roles.extra if name != date))


def _traded(roles: Roles, table: Table) -> Roles:
    """The first volume that is not 0 throughout is the volume; a note where it is another or counts ticks."""
    if not roles.volume:
        return roles
    alive = next((name for name in roles.volumes if not _all_zero(table.columns[name])), roles.volume)
    notes = []
    if alive != roles.volume:
        notes.append(f"{roles.volume!r} is 0 on every row: the volume is {alive!r}")
    elif _all_zero(table.columns[alive]):
        notes.append(f"the volume is 0 on every row ({alive!r})")
    if plain(alive) in _TICKS:
        notes.append(f"the volume counts ticks ({alive!r}), not what was traded")
    extra = tuple(name for name in (*roles.extra, roles.volume) if name != alive)
    return replace(roles, volume=alive, extra=extra, notes=(*roles.notes, *notes))


def _all_zero(column: Column) -> bool:
    if not len(column) or floats(column[:1])[0] != 0.0:
        return False
    return bool((floats(column) == 0.0).all())
