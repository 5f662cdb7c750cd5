"""What positions to hold come to together, as a share of equity, where that is known before the run."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ...stdlib.primitives import evaluate
from .nodes import Binding, Node, walk
from .program import Hold

Defaults = Mapping[str, float | bool]
"""The values of parameters, by name."""


def known(node: Node, defaults: Defaults) -> float | None:
    """A number known before the run, with these parameters; None for one that is not, or is missing."""
    if node.binding is Binding.SERIES:
        return None
    found: dict[int, float | bool | None] = {}
    for inner in walk([node]):
        if inner.kind == "const":
            found[inner.id] = inner.data[0]  # type: ignore[assignment]
        elif inner.kind == "param":
            found[inner.id] = defaults.get(inner.name)
        else:
            operands = [found[arg.id] for arg in inner.args]
            found[inner.id] = None if None in operands else evaluate(inner.name, operands)
    value = found[node.id]
    return None if value is None or value != value else float(value)


def gross(hold: Hold, traded: Sequence[str], defaults: Defaults) -> Iterator[float | None]:
    """The shares of equity that a hold comes to, without their signs, one after another; None for one not known.

    traded: empty where a universe says how many symbols there are.
    """
    value = hold.sizing.value
    if hold.sizing.kind != "fraction":
        yield None
        return
    for _, weight in hold.weights:
        yield _size(known(weight, defaults))
    if hold.symbol or (hold.weights and hold.others is None):
        if hold.symbol:
            yield _size(known(value, defaults))
        return
    value = hold.others if hold.weights and hold.others is not None else value
    yield _of_the_others(value, len(traded) - len(hold.weights) if traded else None, defaults)


def at_most(hold: Hold) -> bool:
    """Whether it holds no more than what it comes to: a condition chooses the symbols."""
    value = hold.others if hold.others is not None else hold.sizing.value
    return value.kind == "pure" and value.name == "select" and value.binding is Binding.SERIES


def _size(share: float | None) -> float | None:
    return None if share is None else abs(share)


def _of_the_others(value: Node, count: int | None, defaults: Defaults) -> float | None:
    """What all symbols that have this weight come to; count: of them, None if not known."""
    share = known(value, defaults)
    if share is not None:
        return 0.0 if share == 0.0 else None if count is None else abs(share) * max(0, count)
    if (whole := _part_of_total(value)) is not None:
        return _size(known(whole, defaults))
    chosen = _of_the_highest(value, defaults)
    if chosen is None:
        return None
    each, taken = _size(known(chosen[0], defaults)), chosen[1]
    return None if each is None else each * (taken if count is None else min(taken, max(0, count)))


def _part_of_total(node: Node) -> Node | None:
    """`95% * x / total(x)`: the 95 %."""
    if node.kind != "pure" or node.name != "div" or node.args[1].kind != "across" or node.args[1].name != "total":
        return None
    product, of = node.args[0], node.args[1].args[0]
    if product.kind != "pure" or product.name != "mul" or of not in product.args:
        return None
    return product.args[1] if product.args[0] is of else product.args[0]


def _of_the_highest(node: Node, defaults: Defaults) -> tuple[Node, float] | None:
    """`if rank(x) <= 5 and c then 20% else 0%`: the weight, and how many have it at most."""
    if node.kind != "pure" or node.name != "select" or known(node.args[2], defaults) != 0.0:
        return None
    joined, counts = [node.args[0]], list[float]()
    while joined:
        condition = joined.pop()
        if condition.kind == "pure" and condition.name == "and":
            joined += condition.args
        elif (most := _places(condition, defaults)) is not None:
            counts.append(most)
    return (node.args[1], min(counts)) if counts else None


def _places(condition: Node, defaults: Defaults) -> float | None:
    """For how many symbols at most `top(x, n)` or `rank(x) <= n` holds."""
    if condition.kind == "across" and condition.name == "top":
        return known(condition.args[1], defaults)
    if condition.kind == "pure" and condition.name in ("le", "lt"):
        ranked, most = condition.args
        if ranked.kind == "across" and ranked.name == "rank" and (count := known(most, defaults)) is not None:
            return count - (condition.name == "lt")
    return None
