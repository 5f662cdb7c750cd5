"""How many prices a sum of prices comes to: whether a difference of two is a level again, or the way between them.

`high - low` comes to none, and is a distance. `2 * p - high` comes to one, as
`close - 2% * close` nearly does, and is a price as its parts are: a stop there
is meant there, and not so far from the fill.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ..program.nodes import Node
from ..program.units import Unit
from .arithmetic import unit_of
from .ranges import Interval, bounds, of_function

NEARLY_ONE = 0.5
"""From so much of a price on what remains of it is a price: `close - 2% * close`, a half itself."""
_EARLIER = ("history", "closed")


class PriceCounts:
    """The counts of one program's values; each is found with its node, from those of its parts."""

    def __init__(self, params: Mapping[str, Interval], learnt: Callable[[Node], None]) -> None:
        """learnt: told of every node of which more is known than was."""
        self._params, self._learnt = params, learnt
        self._known: dict[int, Interval] = {}

    def unit(self, function: str, left: Node, right: Node) -> Unit:
        """The unit of `left function right`, as by the table, but for prices that are left of prices."""
        unit = unit_of(function, left.unit, right.unit)
        if function == "sub" and left.unit is right.unit is Unit.PRICE:
            least, _ = of_function("sub", [self.of(left), self.of(right)])
            return Unit.PRICE if least >= NEARLY_ONE else unit
        return unit

    def keep(self, made: Node, function: str, left: Node, right: Node) -> None:
        """Know the count of what was made of two values."""
        if made.unit not in (Unit.PRICE, Unit.DISTANCE) or function not in ("add", "sub", "mul", "div"):
            return
        parts = [self.of(left), self.of(right)]
        if function in ("mul", "div"):
            parts = [self.of(side) if _counts(side) else bounds(side, self._params) for side in (left, right)]
        found = of_function(function, parts)
        if self._known.get(made.id) != found:
            self._known[made.id] = found
            self._learnt(made)

    def kept(self, node: Node) -> Interval | None:
        """The count that a node was made with."""
        return self._known.get(node.id)

    def of(self, node: Node) -> Interval:
        """Between how many prices a value comes to: one of a price, none of a distance, where nothing else is known."""
        while node.kind in ("of", "sample") or (node.kind == "step" and node.name in _EARLIER):
            node = node.args[0]
        usual = 1.0 if node.unit is Unit.PRICE else 0.0
        return self._known.get(node.id, (usual, usual))

    def is_part(self, node: Node) -> bool:
        """Whether a value is so small a part of a price that it is hardly one itself: `2% * close`."""
        least, most = self.of(node)
        return node.unit is Unit.PRICE and least > -NEARLY_ONE and most < NEARLY_ONE


def _counts(node: Node) -> bool:
    return node.unit in (Unit.PRICE, Unit.DISTANCE)
