"""Values that come from other symbols, in the order in which they can be known: level by level.

What a crossing takes is computed by every symbol on its own bars, over the whole of what is there, before it is
handed on. So a crossing of level 0 takes what needs no other; one of level n what needs those below n alone. A value
that needs its own past through another symbol would have no level: there is none such.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from .components import components
from .nodes import CROSSINGS, Node, walk

_BOOKS = ("book", "book_of")


def levels(roots: Iterable[Node], cells: Mapping[str, Node]) -> tuple[dict[Node, int], Node | None]:
    """The level of each crossing that is needed, by its node; and one that needs its own past, None if none does.

    A reading of another book has no level: it is handed on when all books are marked.
    """
    nodes = list(walk(roots, dict(cells)))
    order = {node.id: place for place, node in enumerate(nodes)}

    def behind(node: Node) -> Sequence[Node]:
        return (cells[str(node.data[0])],) if node.kind in ("previous", "lagged") else node.args

    depth: dict[int, int] = {}
    found: dict[Node, int] = {}
    for group in components(nodes, behind):
        inside = {node.id for node in group}
        below = [other for node in group for other in behind(node) if other.id not in inside]
        own = max((depth[other.id] + is_leveled(other) for other in below), default=0)
        crossing = [node for node in group if is_leveled(node)]
        if crossing and len(group) > 1:
            return {}, crossing[0]
        depth.update(dict.fromkeys(inside, own))
        found.update(dict.fromkeys(crossing, own))
    return dict(sorted(found.items(), key=lambda item: order[item[0].id])), None


def is_leveled(node: Node) -> bool:
    """Whether it is a crossing that is handed on as a column of its own before anything trades."""
    return node.kind in CROSSINGS and node.kind not in _BOOKS
