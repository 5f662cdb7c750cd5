"""What looks odd in bars, and whether their prices keep their rules: looked for in one pass, some rows at a time.

Nobody has to wait for it before a run: its rows may be looked at while they are run.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .bars import Bars
from .holes import Gaps, hole_notes
from .jumps import Far, jump_notes
from .quality import Rows, priced
from .scan import BLOCK, BROKEN, FAR, PAUSED, Scan

if TYPE_CHECKING:
    from .quality import Numbers


@dataclass(frozen=True, slots=True)
class Unlooked:
    """Rows whose prices nobody has looked at. told: what is said of them where one breaks a rule, or DataError."""

    rows: Rows
    told: Callable[[], tuple[str, ...]]


class Odd:
    """Of bars in which there is nothing to look for, or of which it was told already."""

    def look(self, first: int, stop: int) -> None:
        """At the rows from `first` up to `stop`, where they are those that come next."""

    def notes(self) -> tuple[str, ...]:
        """Of all rows, those looked at last that nobody has looked at; DataError where a price breaks a rule."""
        return ()


class OddRows(Odd):
    """Of bars whose rows have numbers in their source."""

    def __init__(
        self, bars: Bars, numbers: Numbers | None, unlooked: Unlooked | None = None, scan: Scan | None = None
    ) -> None:  # fmt: skip
        """numbers: None where what looks odd is told already. unlooked: these rows, if their prices may break rules."""
        self._bars, self._numbers, self._unlooked = bars, numbers, unlooked
        self._gaps, self._far = Gaps(bars), Far(bars)
        self._scan = (scan or Scan()).over(bars)
        self._upto, self._kept = 0, True

    def look(self, first: int, stop: int) -> None:
        if first == self._upto:
            for at in range(first, stop, BLOCK):
                self._block(at, min(stop, at + BLOCK))
            self._upto = stop

    def _block(self, first: int, stop: int) -> None:
        seen = self._scan(first, stop)
        if seen & BROKEN and self._kept and self._unlooked is not None:
            self._kept = priced(self._unlooked.rows, first, stop)
        if self._numbers is None:
            return
        if seen & PAUSED:
            self._gaps.look(first, stop)
        if seen & FAR:
            self._far.look(first, stop)

    def notes(self) -> tuple[str, ...]:
        self.look(self._upto, len(self._bars))
        told = () if self._kept or self._unlooked is None else self._unlooked.told()
        if self._numbers is None:
            return told
        return (*told, *hole_notes(self._bars, self._gaps), *jump_notes(self._bars, self._numbers, self._far))
