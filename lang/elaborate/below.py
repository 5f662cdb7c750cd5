"""What is found of nodes from what was found of those below them: expressions of a program share most of theirs."""

from __future__ import annotations

from collections.abc import Callable, MutableMapping, Sequence
from typing import TypeVar

from ..program.nodes import Node

T = TypeVar("T")


def _arguments(node: Node) -> Sequence[Node]:
    return node.args


def found_from(
    node: Node, known: MutableMapping[int, T], find: Callable[[Node], T],
    parts: Callable[[Node], Sequence[Node]] = _arguments,
) -> T:  # fmt: skip
    """What `find` gives of a node, asked once that of its parts is `known`, of each node once.

    Without recursion: a program may be deeper than Python's stack.
    """
    if node.id in known:
        return known[node.id]
    stack = [node]
    while stack:
        inner = stack[-1]
        unknown = [part for part in parts(inner) if part.id not in known]
        stack.extend(unknown)
        if not unknown:
            known[inner.id] = find(inner)
            stack.pop()
    return known[node.id]


class Below:
    """Whether a node is of a kind, or anything it is computed from on the same bar; found once for each node."""

    def __init__(self, test: Callable[[Node], bool]) -> None:
        self._test = test
        self._known: dict[int, bool] = {}

    def __call__(self, node: Node) -> bool:
        return found_from(node, self._known, self._found)

    def _found(self, node: Node) -> bool:
        return self._test(node) or any(self._known[arg.id] for arg in node.args)
