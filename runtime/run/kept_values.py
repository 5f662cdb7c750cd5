"""Values that were computed over the same data, kept by what they are computed from: asked again, they are at hand.

What an expression does not read is no part of that: another definition of the text, or another parameter, may change.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from ...lang.plan.codec import to_json
from .prepare import Prepared

if TYPE_CHECKING:
    from ...lang.plan.model import Plan
    from ..results.output import Floats

LIMIT = 128 << 20
"""Bytes of columns; those used longest ago go first."""


class KeptValues:
    """Columns by plan, parameters and assumptions. They are handed out, not copied: nobody may write to them."""

    def __init__(self, limit: int = LIMIT) -> None:
        self._limit = limit
        self._held: OrderedDict[str, tuple[object, list[Floats]]] = OrderedDict()
        self.computed = 0
        """How often anything was computed."""

    def columns(self, plan: Plan, prepared: Prepared, engine: str, run: Callable[[], list[Floats]]) -> list[Floats]:
        """The columns that `run` computes of this plan and these bars, or those it did."""
        key = f"{engine} {_read(plan, prepared)}"
        found = self._held.get(key)
        if found is None or found[0] is not prepared.bars.ts:
            self.computed += 1
            found = self._held[key] = (prepared.bars.ts, run())
        self._held.move_to_end(key)
        while self._size() > self._limit and len(self._held) > 1:
            self._held.popitem(last=False)
        return found[1]

    def _size(self) -> int:
        return sum(column.nbytes for _, columns in self._held.values() for column in columns)


def _read(plan: Plan, prepared: Prepared) -> str:
    """A hash of what is computed and of the parameters that it reads; of books also of all that is assumed."""
    bare = replace(plan, title="", source_hash="", params=(), requires=(), assumptions=())
    assumed, rests_on = prepared.assumptions, prepared.assumptions.digest()
    if not plan.trading:
        bare, rests_on = replace(bare, seal="", guards=()), f"{assumed.timezone} {assumed.tick}"
    values = sorted((name, prepared.values[str(name)]) for kind, name, _ in plan.stage
                    if kind == "param" and name in prepared.values)  # fmt: skip
    said = f"{to_json(bare)} {values!r} {prepared.first} {prepared.close_at_end} {rests_on}"
    return hashlib.sha256(said.encode()).hexdigest()
