"""Warm-up: how many closed bars of each clock a node needs before it means anything (semantics 16).

A need maps what is counted to a zero-based count: the node is warm on the first bar on which more bars have been
counted. Along a path on one clock the counts add up; where paths meet the largest stands. A sample brings the need of
its inner clock along. What is then done with it on another clock cannot be added to that: `ema(x @ 1h, 4)` is warm
three bars after the hours are, whenever that is, and so counts the bars since (`Bars.since`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from ...stdlib.operator import COUNT, REGISTRY, Operator
from ..program.nodes import BASE, Clock, Node
from .counts import Count, as_count, most, slot
from .stage import Stage


@dataclass(frozen=True, slots=True)
class Bars:
    """What is counted: closed bars of a clock.

    since: only those on which all of these nodes are warm. growing: with the bar that grows.
    """

    clock: Clock
    since: tuple[Node, ...] = ()
    growing: bool = False


Need = Mapping[Bars, Count]


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
        assert node.clock is not None
        return below if node.clock is BASE else joined(below, {Bars(node.clock): Count(0)})

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
        here = Bars(step.clock)
        own = as_count(warmup(**self._counts(step, operator)))
        if self._follows(below, step.clock):
            on = {bars: count + own for bars, count in below.items() if bars.clock == step.clock}
            total = on.get(here, own)
            return {**below, **on, here: total} if total != Count(0) or step.clock is not BASE else {**below, **on}
        total = below.get(here, Count(0)) + own
        return {**below, here: total, Bars(step.clock, self._waiting(step)): own}

    def _follows(self, below: Need, clock: Clock) -> bool:
        """Whether bars of this clock were counted since the other clocks' needs were met: then that count goes on."""
        others = {bars: count for bars, count in below.items() if bars.clock != clock or bars.growing}
        nodes = (node for bars in below if bars.clock == clock and not bars.growing for node in bars.since)
        reached = self.of(*nodes)
        return joined(reached, others) == reached

    def _waiting(self, step: Node) -> tuple[Node, ...]:
        """The arguments that have to be warm first."""
        return tuple(sorted({arg for arg in step.args if self._known.get(arg.id)}, key=lambda node: node.id))

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
        return {Bars(node.clock): Count(1)}

    def _sample(self, node: Node, below: Need) -> Need:
        """A forming sample sees the bar that grows as if it were closed."""
        inner = node.args[0].clock
        assert inner is not None
        if not self._follows(below, inner):  # another clock's value, seen when a bar of this one closes
            below = {**below, Bars(inner, (node.args[0],)): Count(0)}
        if node.data[0] != "forming":
            return below
        return {replace(bars, growing=bars.growing or bars.clock == inner): count for bars, count in below.items()}


def joined(*needs: Need) -> Need:
    """What several needs come to: of each count the largest."""
    found: dict[Bars, Count] = {}
    for need in needs:
        for bars, count in need.items():
            found[bars] = most(found[bars], count) if bars in found else count
    return found


_RULES: dict[str, Callable[[Needs, Node, Need], Need]] = {
    "bar": Needs._bar,
    "calendar": Needs._bar,
    "step": Needs._step,
    "output": Needs._output,
    "lagged": Needs._lagged,
    "sample": Needs._sample,
}
