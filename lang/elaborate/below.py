"""Whether something stands below a node: asked of many expressions of a program that share most of theirs."""

from __future__ import annotations

from collections.abc import Callable

from ..program.nodes import Node


class Below:
    """Whether a node is of a kind, or anything it is computed from on the same bar; found once for each node."""

    def __init__(self, test: Callable[[Node], bool]) -> None:
        self._test = test
        self._known: dict[int, bool] = {}

    def __call__(self, node: Node) -> bool:
        known, stack = self._known, [node]
        while stack:
            inner = stack[-1]
            unknown = [arg for arg in inner.args if arg.id not in known]
            stack.extend(unknown)
            if not unknown:
                known[inner.id] = self._test(inner) or any(known[arg.id] for arg in inner.args)
                stack.pop()
        return known[node.id]
