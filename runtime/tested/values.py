"""The value of every part of an expectation on its bar: columns of the run, facts of it, and what is made of both."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import nan
from typing import TYPE_CHECKING

from ...lang.program.nodes import BOOL, Node, walk
from ...lang.program.tests import FACT, Expect, Part, is_fact, is_reason
from ...lang.words.vocabulary import EXIT_REASONS
from ...stdlib.primitives import evaluate
from ..calendar.instants import shown as opened
from ..errors import UsageFault
from .facts import facts
from .model import Shown

if TYPE_CHECKING:
    from ..data.bars import Bars
    from ..results.output import Floats
    from ..results.result import Result

Value = float | bool | None


def _made_of_facts(node: Node, known: dict[int, bool]) -> bool:
    """Whether a fact of the run stands below a node, through calculations alone. known: what was found so far."""
    if node.id not in known:
        for each in walk([node], seen=set(known), below=_calculated_from):
            known[each.id] = is_fact(each) or any(known[arg.id] for arg in _calculated_from(each))
    return known[node.id]


def _calculated_from(node: Node) -> Sequence[Node]:
    return node.args if node.kind == "pure" else ()


@dataclass(frozen=True, slots=True)
class Values:
    """What stands on one bar of one symbol. time: when it opened."""

    bar: int
    time: str
    place: int
    columns: Mapping[int, list[Floats]]
    facts: Mapping[str, float | bool]
    known: dict[int, bool] = field(default_factory=dict)

    @staticmethod
    def read(node: Node, known: dict[int, bool]) -> Iterator[Node]:
        """The nodes below one that are columns of the run: all that no fact is below."""
        if not _made_of_facts(node, known):
            yield node
        elif node.kind == "pure":
            for arg in node.args:
                yield from Values.read(arg, known)

    @classmethod
    def at(cls, expect: Expect, result: Result, columns: Mapping[int, list[Floats]]) -> Values:
        """The bar that an expectation is of; UsageFault where the data have none such."""
        several = result.output.several
        symbols = (result.output.bars.symbol,) if several is None else several.symbols
        every = (result.output.bars,) if several is None else several.bars
        place = symbols.index(expect.symbol) if expect.symbol in symbols else _latest(every)
        bars = every[place]
        bar = _bar(expect, bars)
        return cls(bar, opened(int(bars.ts[bar])), place, columns, facts(result))

    def of(self, node: Node | None) -> Value:
        """The value of a node there; None of what has none."""
        if node is None:
            return None
        if is_fact(node):
            return self.facts.get(node.name.removeprefix(FACT), False if node.type == BOOL else nan)
        if _made_of_facts(node, self.known):
            return evaluate(node.name, [self.of(arg) for arg in node.args])
        if node.kind == "const":
            value = node.data[0]
            return value if isinstance(value, bool) else float(str(value))
        column = self.columns[node.id][self.place]
        return bool(column[self.bar] != 0.0) if node.type == BOOL else float(column[self.bar])

    def missing(self, node: Node) -> str:
        """The first trade or order that is asked about and that there is not, "" where all are there."""
        if is_fact(node):
            name = node.name.removeprefix(FACT)
            whose, _, rest = name.partition(" ")
            if name in self.facts or whose == "run":
                return ""
            count = int(self.facts["run all_trades" if whose == "trade" else "run orders"])
            return f"there is no {whose} {rest.partition(' ')[0]}: the run has {count or 'none'}"
        below = node.args if _made_of_facts(node, self.known) else ()
        return next(filter(None, map(self.missing, below)), "")


def _latest(every: Sequence[Bars]) -> int:
    """The symbol that has the last bar of all, on which the account is as it ends."""
    return max(range(len(every)), key=lambda place: int(every[place].ts[-1]) if len(every[place]) else 0)


def _bar(expect: Expect, bars: Bars) -> int:
    count = len(bars)
    if not count:
        raise UsageFault("the test has no bars")
    if expect.time is not None:
        at = int(bars.ts.searchsorted(round(expect.time * 1e6), side="right")) - 1
        if at < 0:
            raise UsageFault(f"no bar has opened by then: the first opens at {opened(int(bars.ts[0]))}")
        return at
    if expect.bar is not None and expect.bar >= count:
        raise UsageFault(f"there is no bar {expect.bar}: the last is bar {count - 1}")
    return count - 1 if expect.bar is None else expect.bar


def shown(part: Part, values: Values, depth: int = 0) -> Iterator[Shown]:
    """A part and all below it, as they are told."""
    value = values.of(part.node)
    yield Shown(part.text, _worded(part.node, value), depth)
    for inner in part.parts:
        yield from shown(inner, values, depth + 1)


def _worded(node: Node | None, value: Value) -> float | bool | str | None:
    """A value as the text names it: a reason by its word."""
    if node is not None and is_reason(node) and isinstance(value, float) and value == value:
        return f'"{EXIT_REASONS[int(value)]}"'
    return value
