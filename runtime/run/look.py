"""What has to be known of the data after a run: whether they stay as they are, and what looks odd in them."""

from __future__ import annotations

from ..data.scan import BLOCK
from ..data.seal import Seal
from .prepare import Prepared


class Look:
    """A look at the data of a run, some rows at a time and in order; whoever has nothing else to do may look."""

    def __init__(self, prepared: Prepared) -> None:
        self._odd = prepared.odd
        self._seal = Seal(prepared.bars) if prepared.borrowed else None
        self._upto, self._count = 0, len(prepared.bars)

    def rows(self, first: int, stop: int) -> None:
        """At the rows that come next."""
        self._odd.look(first, stop)
        if self._seal is not None:
            self._seal.add(first, stop)
        self._upto = stop

    def done(self) -> tuple[Seal | None, tuple[str, ...]]:
        """The seal and the notes, when the rest has been looked at; DataError where the data break a rule."""
        for at in range(self._upto, self._count, BLOCK):  # what both look at is then in the processor's cache
            self.rows(at, min(self._count, at + BLOCK))
        notes = self._odd.notes()
        return (None if self._seal is None else self._seal.close()), notes
