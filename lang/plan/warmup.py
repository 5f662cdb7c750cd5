"""Warm-up: how many closed bars of each clock a node needs before it means anything (semantics 16).

A need maps what is counted to a zero-based count: the node is warm on the first bar on which more bars have been
counted. Along a path on one clock the counts add up; where paths meet the largest stands. A sample brings the need of
its inner clock along. What is then done with it on another clock cannot be added to that: `ema(x @ 1h, 4)` is warm
three bars after the hours are, whenever that is, and so counts the bars since (`Bars.since`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from ...stdlib.operator import COUNT, Operator, operator_of
from ..program.components import components
from ..program.nodes import BASE, Clock, Node
from .constants import Stage
from .formulas import Count, as_count, most, slot


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

    def __init__(self, stage: Stage, nodes: Sequence[Node], cells: Mapping[str, Node]) -> None:
        self._stage, self._cells = stage, cells
        self._known: dict[int, Need] = {}
        self._inside: dict[int, Need] = {}  # of nodes in a cycle of states, as the states of that cycle see them
        self._cycle: dict[int, int] = {}  # by node: one number for each cycle
        self._circle: frozenset[int] = frozenset()  # the cycle that is being learnt from inside
        order = {node.id: place for place, node in enumerate(nodes)}
        for group in components(nodes, self._behind):
            self._learn(sorted(group, key=lambda node: order[node.id]))

    def of(self, *nodes: Node) -> Need:
        """What all of these need together; constants and parameters need nothing."""
        return joined(*(self._seen(node) for node in nodes))

    def before(self, cell: Node) -> Need:
        """What a cell's own values need: of its cycle an earlier bar only, or it would wait for itself."""
        cycle = self._cycle.get(cell.id)
        inside = (cycle is not None and self._cycle.get(arg.id) == cycle for arg in cell.args)
        return joined(
            *(self._inside[arg.id] if own else self._seen(arg) for arg, own in zip(cell.args, inside, strict=True))
        )

    def _seen(self, node: Node) -> Need:
        return self._known.get(node.id) or self._inside.get(node.id, {})

    def _behind(self, node: Node) -> Sequence[Node]:
        if node.kind == "previous":
            return (self._cells[str(node.data[0])].args[0],)
        return (self._cells[str(node.data[0])],) if node.kind == "lagged" else node.args

    def _learn(self, group: Sequence[Node]) -> None:
        """The needs of nodes that lead to each other, or of one that does not lead to itself; arguments come first."""
        if len(group) == 1:
            self._known[group[0].id] = self._own(group[0])
            return
        self._circle = frozenset(node.id for node in group)
        for node in group:
            self._cycle[node.id] = group[0].id
            self._inside[node.id] = self._own(node)
        self._circle = frozenset()
        for node in group:
            self._known[node.id] = self._inside[node.id] if node.kind == "cell" else self._own(node)

    def _own(self, node: Node) -> Need:
        below = self.of(*node.args)
        rule = _RULES.get(node.kind)
        return rule(self, node, below) if rule else below

    def _step(self, node: Node, below: Need) -> Need:
        operator = operator_of(node.name)
        return self._longer(node, below, operator, operator.first)

    def _output(self, node: Node, below: Need) -> Need:
        step = node.args[0]
        operator = operator_of(step.name)
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
        return self._later(below, step.clock, self._waiting(step), own)

    def _later(self, below: Need, clock: Clock, since: tuple[Node, ...], own: Count) -> Need:
        """So many bars of a clock after what is below, which these nodes have."""
        here = Bars(clock)
        if self._follows(below, clock):
            on = {bars: count + own for bars, count in below.items() if bars.clock == clock}
            total = on.get(here, own)
            return {**below, **on, here: total} if total != Count(0) or clock is not BASE else {**below, **on}
        return {**below, here: below.get(here, Count(0)) + own, Bars(clock, since): own}

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

    def _previous(self, node: Node, below: Need) -> Need:
        """A bar after what the cell begins as: what was before that is not read. At once if that waits for nothing."""
        assert node.clock is not None
        init = self._cells[str(node.data[0])].args[0]
        need, here = self._seen(init), Bars(node.clock)
        if need.keys() <= {here}:
            own = need.get(here, Count(0))
            return {here: own + (own + 1 - most(own, 1))} if need else {}
        return self._later(need, node.clock, (init,), Count(1))

    def _lagged(self, node: Node, below: Need) -> Need:
        """A bar after the cell. Inside the cell's own cycle its last bar has to exist, and no more is known."""
        assert node.clock is not None
        cell = self._cells[str(node.data[0])]
        if cell.id in self._circle:
            return {Bars(node.clock): Count(1)}
        return self._later(self._seen(cell), node.clock, (cell,), Count(1))

    def _sample(self, node: Node, below: Need) -> Need:
        """One closed bar, whatever is read of it; a forming sample sees the bar that grows as if it were closed."""
        inner = node.args[0].clock
        assert inner is not None
        others = not self._follows(below, inner)  # another clock's value, seen when a bar of this one closes
        below = joined(below, {Bars(inner, (node.args[0],) if others else ()): Count(0)})
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
    "step": Needs._step,
    "output": Needs._output,
    "previous": Needs._previous,
    "lagged": Needs._lagged,
    "sample": Needs._sample,
}
