"""Which of several volumes is the volume: what was traded, or the count of ticks where that is all there is."""

from __future__ import annotations

from dataclasses import replace

from .headers import Roles
from .numbers import floats
from .spellings import plain
from .table import Column, Table

_TICKS = ("tickvolume", "tickvol")


def traded(roles: Roles, table: Table) -> Roles:
    """The roles with the first volume that is not 0 throughout; a note where it is another or counts ticks."""
    if not roles.volume:
        return roles
    alive = next((name for name in roles.volumes if not _all_zero(table.columns[name])), roles.volume)
    notes = []
    if alive != roles.volume:
        notes.append(f"{roles.volume!r} is 0 on every row: the volume is {alive!r}")
    if plain(alive) in _TICKS:
        notes.append(f"the volume counts ticks ({alive!r}), not what was traded")
    extra = tuple(name for name in (*roles.extra, roles.volume) if name != alive)
    return replace(roles, volume=alive, extra=extra, notes=(*roles.notes, *notes))


def _all_zero(column: Column) -> bool:
    if not len(column) or floats(column[:1])[0] != 0.0:
        return False
    return bool((floats(column) == 0.0).all())
