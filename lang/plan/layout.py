"""Where state lives: places in f, k and w are given out once, at compile time, and never move.

A place is keyed by a hash of its node's expression, so that two plans that share a node agree on what its state
means wherever it stands, and a snapshot survives an added plot. Windows are as long as the greatest
value that the parameters' domains allow.
"""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import blake2b
from math import isfinite

from ...stdlib.operator import COUNT, operator_of
from ..diagnostics.model import ERROR, CompileError, Diagnostic
from ..elaborate.ranges import Interval, bounds
from ..program.nodes import Node, walk
from ..words.limits import STANDARD
from .model import CLOCK_SLOTS, Place, State


class Layout:
    """Gives out places; `widths` are the intervals of the parameters."""

    def __init__(self, widths: Mapping[str, Interval], limit: int = STANDARD.state) -> None:
        self._widths, self._limit = widths, limit
        self._keys: dict[int, str] = {}  # by node
        self.places: list[Place] = []
        self.floats = self.ints = self.window = 0

    def state(self) -> State:
        return State(self.floats, self.ints, self.window, tuple(self.places))

    def give(self, key: str, floats: int = 0, ints: int = 0, window: int = 0) -> Place:
        """A new place of these sizes."""
        place = Place(key, self.floats, floats, self.ints, ints, self.window, window)
        self.floats += floats
        self.ints += ints
        self.window += window
        self.places.append(place)
        return place

    def step(self, node: Node) -> Place:
        """The place of an operator's state."""
        operator = operator_of(node.name)
        window = self._window(node)
        if 8 * (self.floats + self.ints + self.window + window) > self._limit:
            raise CompileError([self._too_large(node, window)])
        return self.give(self.key(node), operator.floats, operator.ints, window)

    def cell(self, node: Node) -> tuple[int, int]:
        """The value slot and the begun slot of a cell."""
        number = node.type == "number"
        place = self.give(self.key(node), floats=int(number), ints=1 if number else 2)
        return (place.f, place.k) if number else (place.k, place.k + 1)

    def clock(self, name: str) -> int:
        return self.give(f"clock:{name}", ints=CLOCK_SLOTS).k

    def key(self, node: Node) -> str:
        """A hash of the node's expression; the same in every plan."""
        stack = [node]
        while stack:
            unknown = [arg for arg in stack[-1].args if arg.id not in self._keys]
            stack += unknown
            if not unknown:
                inner = stack.pop()
                if inner.id not in self._keys:
                    self._keys[inner.id] = self._hash(inner)
        return self._keys[node.id]

    def _hash(self, node: Node) -> str:
        said = (node.kind, *map(str, node.data), *(self._keys[arg.id] for arg in node.args))
        return blake2b(repr((said, str(node.clock), node.type)).encode(), digest_size=10).hexdigest()

    def _window(self, node: Node) -> int:
        operator = operator_of(node.name)
        if operator.window is None:
            return 0
        counts = {}
        for argument, given in zip(operator.arguments, node.args, strict=True):
            if argument.kind == COUNT:
                _, high = bounds(given, self._widths)
                if not isfinite(high):
                    raise CompileError([self._unbounded(given)])
                counts[argument.name] = int(high)
        return int(operator.window(**counts))

    def _unbounded(self, count: Node) -> Diagnostic:
        names = ", ".join(f"`{name}`" for name in _parameters(count)) or "it"
        return Diagnostic(
            "E605", ERROR, f"no greatest value is known of this length: {names} has no domain", count.span,
            help="give the parameter a domain, for example `param n = 20 in 2 to 200`",
        )  # fmt: skip

    def _too_large(self, node: Node, window: int) -> Diagnostic:
        names = [name for arg in node.args if arg.clock is None for name in _parameters(arg)]
        size = f"`{operator_of(node.name).name}` needs {window * 8:,} bytes"
        blame = f"; the domain of `{names[0]}` makes it so large" if names else ""
        return Diagnostic(
            "E605", ERROR,
            f"the program would keep more than {_bytes(self._limit)}: {size}{blame}", node.span,
            help=f"give `{names[0]}` a smaller domain" if names else "use a shorter length",
        )  # fmt: skip


def _bytes(count: int) -> str:
    whole = count >= 1 << 20 and count % (1 << 20) == 0
    return f"{count >> 20} MiB" if whole else f"{count:,} bytes"


def _parameters(node: Node) -> list[str]:
    return sorted({inner.name for inner in walk([node]) if inner.kind == "param"})
