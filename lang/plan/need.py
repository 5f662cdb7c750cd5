"""Warm-up: how many closed bars of each clock a node needs before it means anything (semantics 16).

A need maps a clock to a zero-based count: the node is warm on the first bar on which that clock has closed
more bars. Along a path the counts of one clock add up; where paths meet the largest stands. A sample brings the
need of its inner clock along, apart from the count of the clock that reads it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from ...stdlib.operator import COUNT, REGISTRY, Operator
from ..program.nodes import BASE, Clock, Node
from .counts import Count, as_count, most, slot
from .stage import Stage

Need = Mapping[Clock, Count]


class Needs:
    """The needs of series, given with arguments first."""

    def __init__(self, stage: Stage, nodes: Iterable[Node]) -> None:
        self._stage = stage
        self._known: dict[int, Need] = {}
        for node in nodes:
            self._known[node.id] = self._own(node)

    def of(self, *nodes: Node) -> Need:
        """What all of these need together; constants and parameters need nothing."""
        return joined(*(self._known.get(node.id, {}) for node in nodes))

    def _own(self, node: Node) -> Need:
        below = self.of(*node.args)
        rule = _RULES.get(node.kind)
        return rule(self, node, below) if rule else below

    def _bar(self, node: Node, below: Need) -> Need:
        """A field of a higher bar needs one closed bar."""
        return below if node.clock is BASE else joined(below, {node.clock: Count(0)})  # type: ignore[dict-item]

    def _step(self, node: Node, below: Need) -> Need:
        operator = REGISTRY[node.name]
        return self._longer(node, below, operator, operator.first)

    def _output(self, node: Node, below: Need) -> Need:
        step = node.args[0]
        operator = REGISTRY[step.name]
        if not isinstance(operator.warmup, Mapping):
            return below
        name = next(name for name, at in operator.outputs.items() if at == node.data[0])
        return self._longer(step, self.of(*step.args), operator, name)

    def _longer(self, step: Node, below: Need, operator: Operator, output: str) -> Need:
        """What the inputs need, and the operator's own warm-up on top of it."""
        warmup = operator.warmup[output] if isinstance(operator.warmup, Mapping) else operator.warmup
        if warmup is None:
            return below
        assert step.clock is not None
        own = as_count(warmup(**self._counts(step, operator)))
        total = below.get(step.clock, Count(0)) + own
        return {**below, step.clock: total} if total != Count(0) or step.clock is not BASE else below

    def _counts(self, step: Node, operator: Operator) -> dict[str, Count]:
        pairs = zip(operator.arguments, step.args, strict=True)
        return {argument.name: self._count(node) for argument, node in pairs if argument.kind == COUNT}

    def _count(self, node: Node) -> Count:
        if node.kind == "const":
            return Count(int(node.data[0]))  # type: ignore[call-overload]
        return slot(self._stage.slot(node))

    def _lagged(self, node: Node, below: Need) -> Need:
        """The cell's own need would be a circle; its last bar has to exist."""
        assert node.clock is not None
        return {node.clock: Count(1)}

    def _sample(self, node: Node, below: Need) -> Need:
        """A forming sample sees a bar that the closed count does not have yet."""
        inner = node.args[0].clock
        assert inner is not None
        if node.data[0] != "forming":
            return below
        return {**below, inner: below[inner] - 1} if inner in below else below


def joined(*needs: Need) -> Need:
    """What several needs come to: per clock the largest."""
    found: dict[Clock, Count] = {}
    for need in needs:
        for clock, count in need.items():
            found[clock] = most(found[clock], count) if clock in found else count
    return found


_RULES: dict[str, Callable[[Needs, Node, Need], Need]] = {
    "bar": Needs._bar,
    "calendar": Needs._bar,
    "step": Needs._step,
    "output": Needs._output,
    "lagged": Needs._lagged,
    "sample": Needs._sample,
}
