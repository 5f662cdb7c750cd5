"""Where a level lies, seen from the price of entry, for every price there could be.

A level is taken apart into `factor * anchor + rest`, where the anchor is the fill (`entry`) or this bar's close, near
which a market order fills, and factor and rest are intervals: `close * 1.02` is 1.02 and 0, `close + 2 * atr(14)` is
1 and 0 or more. What cannot be taken apart so is not known, and nothing is said of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import inf

from ..program.nodes import Node
from ..program.units import Unit
from .ranges import Interval, never_above, of_function
from .scales import Scales

ZERO: Interval = (0.0, 0.0)
DEEPEST = 40


@dataclass(frozen=True, slots=True)
class Line:
    """factor * anchor + rest."""

    factor: Interval
    rest: Interval

    @property
    def above(self) -> bool:
        """Whether it is never below a positive anchor, and not the anchor itself."""
        return self.factor[0] >= 1.0 and self.rest[0] >= 0.0 and self != ANCHOR

    @property
    def below(self) -> bool:
        """Whether it is never above a positive anchor, and not the anchor itself."""
        return self.factor[1] <= 1.0 and self.rest[1] <= 0.0 and self != ANCHOR

    def exceeds(self, other: Line) -> bool:
        """Whether it is never below another line of the same positive anchor, and not that line itself."""
        return self.factor[0] >= other.factor[1] and self.rest[0] >= other.rest[1] and self != other


ANCHOR = Line((1.0, 1.0), ZERO)


class Lines:
    """Takes levels apart. close: this bar's."""

    def __init__(self, scales: Scales, close: Node) -> None:
        self._scales, self._close = scales, close
        self._known: dict[tuple[int, int], Line | None] = {}

    def of(self, node: Node, depth: int = DEEPEST) -> Line | None:
        """The line of a level or distance; None where it cannot be told."""
        if (node.id, depth) not in self._known:
            self._known[node.id, depth] = self._found(node, depth)
        return self._known[node.id, depth]

    def _found(self, node: Node, depth: int) -> Line | None:
        if node is self._close or (node.kind == "param" and node.name == "$entry"):
            return ANCHOR
        if node.kind == "pure" and node.name == "abs" and node.args[0] is self._close:
            return ANCHOR  # of a positive one, as everywhere here
        return (self._combined(node, depth - 1) if depth and node.kind == "pure" else None) or self._whole(node)

    def _whole(self, node: Node) -> Line | None:
        """A price beside the close, or a number on its scale."""
        if node.unit is not Unit.PRICE:
            scale = self._scales.of(node)
            return Line(ZERO, (scale.low, scale.high))
        if never_above(self._close, node):
            return Line(ANCHOR.factor, (0.0, inf))
        return Line(ANCHOR.factor, (-inf, 0.0)) if never_above(node, self._close) else None

    def _combined(self, node: Node, depth: int) -> Line | None:
        parts = [self.of(arg, depth) for arg in node.args if arg.type == "number"]
        lines = [part for part in parts if part is not None]
        if len(lines) < len(parts):
            return None
        factors, rests = [line.factor for line in lines], [line.rest for line in lines]
        if node.name in ("add", "sub", "neg"):
            return Line(of_function(node.name, factors), of_function(node.name, rests))
        if node.name == "select":
            return Line(_either(*factors), _either(*rests))
        if node.name == "mul" and factors[0] == ZERO:
            factors, rests = factors[::-1], rests[::-1]
        if node.name in ("mul", "div") and factors[1] == ZERO:
            return Line(of_function(node.name, [factors[0], rests[1]]), of_function(node.name, rests))
        return None


def _either(one: Interval, other: Interval) -> Interval:
    return min(one[0], other[0]), max(one[1], other[1])
