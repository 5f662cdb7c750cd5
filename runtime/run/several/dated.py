"""What the dates of a universe do not bound: statements run for each symbol on all of its bars."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ....lang.diagnostics.brief import named
from ...calendar.instants import shown
from .merge import rows_at
from .prepare import PreparedSeveral

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from ...data.bars import Bars

_SHOWN = 5


def outside_their_dates(prepared: PreparedSeveral) -> Iterator[str]:
    """Which symbols have bars on which they are no members, and that these are traded all the same."""
    members = prepared.members
    if members is None:
        return
    found = []
    for place, (bars, events) in enumerate(zip(prepared.panel, rows_at(prepared.panel, prepared.traded), strict=False)):
        inside = members[events, place]
        if not inside.all():
            found.append(_spell(bars, inside))
    if found:
        more = f" and {len(found) - _SHOWN} others" if len(found) > _SHOWN else ""
        yield ("the dates of the universe bound only who takes part in rank, top and other functions across symbols; "
               "statements run for each symbol on all of its bars, also outside its dates: "
               f"{', '.join(found[:_SHOWN])}{more}; `rank(close) > 0` in a condition holds for members "
               "alone")  # fmt: skip


def _spell(bars: Bars, inside: NDArray[np.bool_]) -> str:
    """A symbol, its first and last bar as a member, and on how many of its bars it is none."""
    at = inside.nonzero()[0]
    if not len(at):
        return f"{named(bars.symbol)} (a member on none of its {len(inside):,} bars)"
    first, last = (shown(int(bars.ts[k])).removesuffix("T00:00:00Z") for k in (at[0], at[-1]))
    return (f"{named(bars.symbol)} (a member from {first} to {last}, none on {len(inside) - len(at):,} of "
            f"{len(inside):,} bars)")  # fmt: skip
