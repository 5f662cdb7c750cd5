"""Nodes that are read beside a program's own: of other clocks, of the bar before, and whether something is warm.

They are nodes like any other, so that the engine itself gives their values: nothing here computes.
"""

from __future__ import annotations

from collections.abc import Iterable

from ...lang.diagnostics.span import NOWHERE
from ...lang.program.nodes import BASE, BOOL, NUMBER, Binding, Clock, Node
from ...lang.program.units import Unit

OF = "of"
Way = tuple[tuple[str, Clock | str], ...]
"""How a node of another clock or symbol is reached: mode and outer clock of each `@` around it, `OF` and the symbol of
each `of`, the outermost first."""

_FIRST = 1 << 40  # beyond every number that a program's own nodes have


class Reads:
    """Makes such nodes; the same one is made once."""

    def __init__(self) -> None:
        self._made: dict[tuple[object, ...], Node] = {}

    def seen(self, node: Node, way: Way) -> Node:
        """A node as the clock of the data sees it; `@ event` shows the bar that completed last, as `@` does."""
        for mode, clock in reversed(way):
            if node.clock is None:
                break
            if mode == OF:
                node = self._node(OF, (node,), (clock,), node.type, node.clock, node.unit)
                continue
            assert not isinstance(clock, str)
            if node.clock == clock:  # what crosses within `@` is handed on as the clock outside sees it
                continue
            mode = "closed" if mode == "event" else mode
            node = self._node("sample", (node,), (mode,), node.type, clock, node.unit)
        return node

    def before(self, node: Node) -> Node | None:
        """The same one bar of its clock earlier; None of what is no series."""
        if node.clock is None:
            return None
        one = self._node("const", (), (1.0, Unit.PLAIN.value), NUMBER, None, Unit.PLAIN)
        name = "history_bool" if node.type == BOOL else "history"
        return self._node("step", (node, one), (name,), node.type, node.clock, node.unit)

    def opened(self, frame: Clock, way: Way) -> Node:
        """When the bar of another clock or symbol that is read opened, in seconds since 1970."""
        return self.seen(self._node("calendar", (), ("time", ""), NUMBER, frame, Unit.TIME), way)

    def book(self, field: str) -> Node:
        """A condition of the books."""
        return self._node("book", (), (field,), BOOL, BASE, Unit.PLAIN)

    def warm(self, nodes: Iterable[Node]) -> Node:
        """What always holds, and is waited for as all of these are: as a signal it is true once they are warm."""
        held = [self._holds(node) for node in dict.fromkeys(nodes) if node.clock is not None]
        if not held:
            return self._node("const", (), (True, Unit.PLAIN.value), BOOL, None, Unit.PLAIN)
        whole = held[0]
        for other in held[1:]:
            whole = self._node("pure", (whole, other), ("and",), BOOL, BASE, Unit.PLAIN)
        return whole

    def _holds(self, node: Node) -> Node:
        asked = node if node.type == BOOL else self._node("pure", (node,), ("is_na",), BOOL, node.clock, Unit.PLAIN)
        return self._node("pure", (asked, asked), ("beq",), BOOL, node.clock, Unit.PLAIN)

    def _node(
        self, kind: str, args: tuple[Node, ...], data: tuple[object, ...], type: str, clock: Clock | None, unit: Unit
    ) -> Node:
        key = (kind, tuple(arg.id for arg in args), repr(data), clock, type)
        if key not in self._made:
            binding = Binding.CONST if clock is None else Binding.SERIES
            number = _FIRST + len(self._made)
            self._made[key] = Node(number, kind, args, data, type, binding, clock, unit, NOWHERE)
        return self._made[key]
