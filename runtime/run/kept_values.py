"""Values that were computed over the same data, kept by what they are computed from: asked again, they are at hand.

What an expression does not read is no part of that: another definition of the text, or another parameter, may change.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

from ...lang.plan.codec import to_json
from .prepare import Prepared

if TYPE_CHECKING:
    from ...lang.plan.model import Plan
    from ..results.output import Floats

LIMIT = 128 << 20
"""Bytes of columns; those used longest ago go first."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Held:
    """over: the data that it was computed over, as an object; size: bytes."""

    over: object
    value: object
    size: int


class KeptValues:
    """Columns by plans, parameters and assumptions. They are handed out, not copied: nobody may write to them."""

    def __init__(self, limit: int = LIMIT) -> None:
        self._limit = limit
        self._held: OrderedDict[str, _Held] = OrderedDict()
        self.computed = 0
        """How often anything was computed."""

    def columns(self, plan: Plan, prepared: Prepared, engine: str, run: Callable[[], list[Floats]]) -> list[Floats]:
        """The columns that `run` computes of this plan and these bars, or those it did."""
        assumed = prepared.assumptions
        rests_on = assumed.digest() if plan.trading else f"{assumed.timezone} {assumed.tick}"
        said = f"{engine} {prepared.first} {prepared.close_at_end} {rests_on}"
        return self.value(said, [plan], prepared.values, prepared.bars.ts, run, lambda found: found)

    def value(
        self, said: str, plans: Sequence[Plan], values: Mapping[str, object], over: object, run: Callable[[], T],
        columns: Callable[[T], Sequence[Floats]],
    ) -> T:  # fmt: skip
        """What `run` computes, or did. said: what it rests on beside plans, the values of the parameters that they
        read, and the data. columns: those of it, for their size."""
        key = hashlib.sha256(f"{said} {_read(plans, values)}".encode()).hexdigest()
        held = self._held.get(key)
        if held is not None and held.over is over:
            self._held.move_to_end(key)
            found: T = held.value  # type: ignore[assignment]
            return found
        self.computed += 1
        made = run()
        self._held[key] = _Held(over, made, sum(column.nbytes for column in columns(made)))
        while sum(each.size for each in self._held.values()) > self._limit and len(self._held) > 1:
            self._held.popitem(last=False)
        return made


def _read(plans: Sequence[Plan], values: Mapping[str, object]) -> str:
    """What is computed, with the values of the parameters that it reads."""
    told: list[str] = []
    for plan in plans:
        bare = replace(plan, title="", source_hash="", params=(), requires=(), assumptions=())
        told.append(to_json(bare if plan.trading else replace(bare, seal="", guards=())))
        names = sorted(str(name) for kind, name, _ in plan.stage if kind == "param" and name in values)
        told += [f"{name}={values[name]!r}" for name in names]
    return "\n".join(told)
