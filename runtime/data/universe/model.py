"""A universe: the symbols that belong to it, at an instant and over the events of a panel.

A day is a date of the calendar, and belongs as a whole: to a bar by the calendar zone, where bars are shorter than a
day. At a close the universe is that of the time before it: a change from midnight on is not seen by the bars
that close at that midnight, because an instant's closes precede what begins at it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ....lang.diagnostics.brief import brief
from ...calendar import Calendar
from ...calendar.instants import Moment
from ..errors import DataChoiceError
from ..panel.model import Panel
from ..panel.names import absent
from ..stamps import read_instant

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Spell:
    """The days from `begin` on, before `end`, as days since 1970; None where there is no bound."""

    begin: int | None = None
    end: int | None = None

    def holds(self, day: Any) -> Any:
        """Whether a day, or each of an array, lies in it."""
        after = True if self.begin is None else day >= self.begin
        before = True if self.end is None else day < self.end
        return (day == day) & after & before


@dataclass(frozen=True, slots=True)
class Universe:
    """A name, and the spells in which each symbol belongs to it, in the order of time; symbols are sorted.

    groups: by symbol in small letters the groups of it that guards may be of, at all times.
    """

    name: str
    spells: Mapping[str, tuple[Spell, ...]]
    groups: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def symbols(self) -> tuple[str, ...]:
        """All symbols that ever belonged: those whose data a run over the past needs."""
        return tuple(self.spells)

    @property
    def notes(self) -> tuple[str, ...]:
        """What a reader of a result should know."""
        if any(spell != Spell() for spells in self.spells.values() for spell in spells):
            return ()
        return (f"the universe {self.name} names no dates: its symbols are those of its writing, and a test of the "
                "past leaves out what was no longer there by then",)  # fmt: skip

    def members(self, at: Moment, zone: str = "UTC") -> tuple[str, ...]:
        """The symbols that belong at a time, sorted; a date is the whole of its day. UsageFault: no time."""
        day = int(Calendar(zone).day_number(read_instant(at, "at")))
        return tuple(symbol for symbol, spells in self.spells.items() if any(spell.holds(day) for spell in spells))

    def at_closes(self, panel: Panel, symbol: str, zone: str = "UTC") -> NDArray[np.bool_]:
        """Whether a symbol belongs, for each event of the panel: on the day that ends there or has not ended.

        zone: the calendar of bars shorter than a day; others carry dates. DataChoiceError if it is in no universe.
        """
        import numpy as np

        if symbol not in self.spells:
            raise DataChoiceError(absent([symbol], self.symbols, f"the universe {brief(self.name)}"))
        calendar = Calendar(zone, daily=not panel.timeframe.intraday)
        days = np.asarray(calendar.day_number(panel.events.instants - 1))
        found: NDArray[np.bool_] = np.logical_or.reduce([spell.holds(days) for spell in self.spells[symbol]])
        return found
