"""What a program means, apart from how it is written: equal for two texts that differ in names of definitions alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from hashlib import blake2b
from typing import Any

from ..diagnostics.span import Span
from ..program.nodes import Node, walk
from ..program.program import Program
from ..program.show import roots

_WRITTEN = frozenset("title source_hash lets diagnostics sources named span parts doc said".split())
"""Fields that tell how something was written."""


def meaning(program: Program) -> object:
    """A value that is equal for programs of one meaning. Titles, comments and places are no part of it."""
    reader = _Reader(program)
    for node in walk(list(roots(program)), dict(program.cells)):
        reader.read(node)  # in their order, so that no chain of definitions is too long
    return reader.read(program)


class _Reader:
    """Turns what a program is made of into plain values; a node is read once."""

    def __init__(self, program: Program) -> None:
        self._known: dict[int, str] = {}
        self._paths = {path: at for at, path in enumerate(program.cells)}

    def read(self, value: Any) -> object:
        if isinstance(value, Node):
            return self._node(value)
        if is_dataclass(value) and not isinstance(value, type):
            inside = (f.name for f in fields(value) if f.name not in _WRITTEN)
            return type(value).__name__, *((name, self.read(getattr(value, name))) for name in inside)
        if isinstance(value, Mapping):
            return tuple((self._paths.get(name, name), self.read(inner)) for name, inner in value.items())
        if isinstance(value, Span):
            return None
        return tuple(map(self.read, value)) if isinstance(value, tuple) else value

    def _node(self, node: Node) -> str:
        """A hash of what a node computes: one for all that compute the same."""
        if node.id not in self._known:
            data = tuple(self._paths.get(one, one) if isinstance(one, str) else repr(one) for one in node.data)
            arguments = tuple(map(self._node, node.args))
            read = (node.kind, data, arguments, str(node.clock), str(node.unit), node.type, int(node.binding))
            self._known[node.id] = blake2b(repr(read).encode(), digest_size=16).hexdigest()
        return self._known[node.id]
