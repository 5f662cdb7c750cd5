"""`supertrend(10, 3)`: two numbers of a call in each other's place, where other tools have the other order.

What tells them apart is their size: a factor is a few times something and a length is some bars, and of two lengths
the fast one is the shorter. Nothing is said of numbers whose ranges overlap, nor of a factor given by its name.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from ..diagnostics.model import Edit, Fix
from ..diagnostics.reports import insert
from ..program.nodes import Binding, Node
from ..syntax import tree
from . import ranges
from .constant_sources import SOURCES, argument_of

if TYPE_CHECKING:
    from .calls import Calls

_FACTORS = ("factor", "mult")
_LENGTH = "length"
_PAIRS = (("fast", "slow"), ("least", "greatest"), ("start", "limit"))
"""Parameters of which the first is the smaller."""
_SHORT, _WIDE = 2.0, 5.0
"""A length below the one beside a factor above the other is hardly meant, were it the larger of the two."""


def check(part: Calls, call: tree.Call, name: str, given: Mapping[str, object]) -> None:
    """Of a call that the author wrote. given: the value of each parameter, those with a default too."""
    sources = [node for parameter, node in given.items() if parameter in SOURCES]
    if any(isinstance(node, Node) and node.binding < Binding.SERIES for node in sources):
        return  # `macd(12, 26, 9)`: its series was left out, which is told
    for small, large in _pairs(given):
        one, two = (_bounds(part, given[parameter]) for parameter in (small, large))
        wide = small in _FACTORS and two[1] < _SHORT and one[0] > _WIDE
        if one[0] <= two[1] and not wide:
            continue
        first, second = argument_of(call, name, small), argument_of(call, name, large)
        if first is None or (small in _FACTORS and first.name is not None):
            continue
        number, other = part.context.text(first.value.span), f"{two[1]:g}"
        if second is not None:
            other = part.context.text(second.value.span)
        part.reports.warning(
            "W206", f"`{small}` of `{name}` is {number} and `{large}` {other}: are they swapped?", call.span,
            notes=[f"its order is `{name}({', '.join(given)})`"], fixes=[_fix(part, call, first, second, large)],
        )  # fmt: skip


def _pairs(given: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    factor = next((each for each in _FACTORS if each in given), None)
    if factor and _LENGTH in given:
        yield factor, _LENGTH
    yield from (pair for pair in _PAIRS if pair[0] in given and pair[1] in given)


def _bounds(part: Calls, value: object) -> ranges.Interval:
    return ranges.bounds(value, part.context.param_ranges) if isinstance(value, Node) else ranges.EVERYTHING


def _fix(part: Calls, call: tree.Call, first: tree.Argument, second: tree.Argument | None, large: str) -> Fix:
    """The two changed for each other; one that stands alone is given to the other by its name."""
    start, text = call.span.start, part.context.text(call.span)
    here = first.value.span
    if second is None:
        begin = first.span.start - start
        made = f"{text[:begin]}{large} = {part.context.text(here)}{text[here.end - start :]}"
        return insert(f"replace with `{made}`", call.span, here.start, f"{large} = ")
    there = second.value.span
    edits = (Edit(here, part.context.text(there)), Edit(there, part.context.text(here)))
    for edit in sorted(edits, key=lambda each: -each.span.start):
        text = text[: edit.span.start - start] + edit.text + text[edit.span.end - start :]
    return Fix(f"replace with `{text}`", edits)
