"""On which scale the numbers of a series lie: between which bounds, and whether they are an index.

An oscillator, a count or a fact of the calendar measures nothing that prices or shares of equity do: its numbers are
an index, `rsi` from 0 to 100. A scale is inferred like a unit: what is known of functions and words is carried through
averages, histories, other clocks and arithmetic; where nothing is known the bounds are infinite.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from math import inf

from ...stdlib import library
from ...stdlib.operator import COUNT, operator_of
from ..program.nodes import Binding, Node
from ..program.units import Unit
from ..words.vocabulary import RANGES
from . import ranges
from .below import found_from


@dataclass(frozen=True, slots=True)
class Scale:
    """Bounds of a series; `name` is the function or word that set them, `index` whether they are its own numbers."""

    low: float = -inf
    high: float = inf
    name: str = ""
    index: bool = False

    @property
    def known(self) -> bool:
        return self.low > -inf or self.high < inf

    def __str__(self) -> str:
        if self.low == -inf or self.high == inf:
            return "is any number" if not self.known else f"is {self.low:g} or more"
        return f"runs from {self.low:g} to {self.high:g}"


UNKNOWN = Scale()


def of_library(name: str) -> Scale | None:
    """The scale that a function of the library gives its values, as its own text says."""
    entry = library.find(name)
    return _said(name, entry.range) if entry is not None and entry.range else None


@cache
def _said(name: str, bounds: str) -> Scale:
    if bounds == "any number":
        return Scale(name=name, index=True)
    low, high = map(float, bounds.split(" to "))
    return _own(name, (low, high), Unit.PLAIN)


def _own(name: str, bounds: tuple[float, float], unit: Unit) -> Scale:
    """A scale of its own; numbers from -1 to 1 may as well be told in per cent."""
    return Scale(*bounds, name, index=unit is Unit.PLAIN and (bounds[0] < -1.0 or bounds[1] > 1.0))


TICK = "$tick"  # the host's tick size, a parameter every program may read


class Scales:
    """The scales of one program's series, each found once."""

    def __init__(self, params: dict[str, ranges.Interval], learnt: Callable[[Node], None]) -> None:
        """learnt: told of every node of which more is known than was."""
        self._params, self._learnt = params, learnt
        self._known: dict[int, Scale] = {}
        self._given: dict[int, Scale] = {}

    def give(self, node: Node, name: str) -> None:
        """What the library function `name` says of its value."""
        scale = of_library(name)
        if scale is not None and self._given.get(node.id) != scale:
            self._given[node.id] = scale
            if node.id in self._known:
                for each in [each for each in self._known if each >= node.id]:  # what may be made of it
                    del self._known[each]
            self._learnt(node)

    def given(self, node: Node) -> Scale | None:
        """What a function of the library said of its value."""
        return self._given.get(node.id)

    def of(self, node: Node) -> Scale:
        """The scale of a series, a parameter or a constant."""
        return found_from(node, self._known, self._found, _ruled)

    def _found(self, node: Node) -> Scale:
        if node.id in self._given:
            return self._given[node.id]
        if node.kind == "param" and node.name == TICK:
            return Scale(0.0, inf)
        if node.binding < Binding.SERIES:
            return Scale(*ranges.bounds(node, self._params))
        if node.type != "number":
            return UNKNOWN
        if node.kind == "step" and callable(operator_of(node.name).range):
            return self._counted(node)
        rule = _RULES.get(node.kind)
        return rule(node, [self._known[arg.id] for arg in node.args]) if rule else UNKNOWN


    def _counted(self, node: Node) -> Scale:
        """The scale of what counts within a window: up to the greatest that its lengths may be."""
        operator = operator_of(node.name)
        counts = {
            argument.name: ranges.bounds(given, self._params)[1]
            for argument, given in zip(operator.arguments, node.args, strict=True) if argument.kind == COUNT
        }  # fmt: skip
        assert callable(operator.range)
        return Scale(*operator.range(**counts), node.name)


def _word(node: Node, of: list[Scale]) -> Scale:
    bounds = RANGES.get(node.name)
    if bounds is not None:
        return _own(node.name, bounds, node.unit)
    count = node.kind in ("book", "book_of") and node.unit is Unit.PLAIN
    return Scale(name=node.name, index=count or node.name == "year")


def _step(node: Node, of: list[Scale]) -> Scale:
    operator = operator_of(node.name)
    if isinstance(operator.range, tuple):
        known = operator.range[1] < inf  # a deviation is no less than 0, and measures what its source does
        return _own(node.name, operator.range, node.unit) if known else Scale(*operator.range, node.name)
    if not operator.within:
        return UNKNOWN
    return of[[argument.name for argument in operator.arguments].index("source")]


def _pure(node: Node, of: list[Scale]) -> Scale:
    low, high = ranges.of_function(node.name, [(scale.low, scale.high) for scale in of])
    bounds = Scale(low, high)
    if node.name in ("neg", "abs", "add", "sub", "min", "max", "select", "or_else"):
        named = [s for s in of[node.name == "select" :] if s.index]
        plain = [a for a in node.args[node.name == "select" :] if a.binding is Binding.SERIES]
        if named and len(named) == len(plain):  # an index and constants, or one index with another
            return replace(bounds, name=named[0].name, index=True)
    return bounds


def _across(node: Node, of: list[Scale]) -> Scale:
    if node.name in ("rank", "count"):
        return Scale(1.0 if node.name == "rank" else 0.0, inf, node.name, index=True)
    if node.name == "quantile_of":
        return Scale(0.0, 1.0, node.name)
    return of[0] if node.name == "average" else UNKNOWN


_RULES: dict[str, Callable[[Node, list[Scale]], Scale]] = {
    "input": _word,
    "bar": _word,
    "calendar": _word,
    "book": _word,
    "step": _step,
    "pure": _pure,
    "sample": lambda node, of: of[0],
    "of": lambda node, of: of[0],
    "book_of": _word,
    "across": _across,
}


def _ruled(node: Node) -> tuple[Node, ...]:
    """Those of its arguments that its scale follows from."""
    return node.args if node.kind in _RULES else ()
