"""What can be known of values before any data: intervals of parameters, and orders that always hold.

Two questions are answered. `bounds`: between which numbers does a value known
before the run lie, over the parameters' domains. `never_above`: can a series
never be above another at the same bar, whatever the data (so that
`close > highest(high, 20)` is found to be impossible).
"""

from __future__ import annotations

from collections.abc import Mapping
from math import inf

from ..program.nodes import Node
from ..program.program import Param

Interval = tuple[float, float]
EVERYTHING: Interval = (-inf, inf)
DEFAULT_REACH = 1000  # a whole-number parameter without a domain may take 1 … max(1000, 10 × default)

# Facts about the columns of one bar: left is never above right.
_BAR_ORDER = frozenset({("low", "open"), ("low", "close"), ("low", "high"), ("open", "high"), ("close", "high")})


def span_of(param: Param) -> Interval:
    """The least and greatest value a parameter may take."""
    if isinstance(param.default, bool):
        return 0.0, 1.0
    if param.choices:
        return min(map(float, param.choices)), max(map(float, param.choices))
    if param.low is not None and param.high is not None:
        return param.low, param.high
    if param.whole:
        return min(1.0, param.default), max(float(DEFAULT_REACH), 10.0 * param.default)
    return -inf, inf


def bounds(node: Node, params: Mapping[str, Interval]) -> Interval:
    """The least and greatest value of a constant or parameter expression; infinite where unknown."""
    known: dict[int, Interval] = {}
    stack = [node]
    while stack:
        inner = stack[-1]
        left = [arg for arg in inner.args if arg.id not in known] if inner.kind == "pure" else []
        stack.extend(left)
        if not left:
            known[inner.id] = _of_node(inner, params, known)
            stack.pop()
    return known[node.id]


def _of_node(node: Node, params: Mapping[str, Interval], known: Mapping[int, Interval]) -> Interval:
    """The bounds of a node whose arguments' are known."""
    if node.kind == "const":
        value = node.data[0]
        return (float(value), float(value)) if isinstance(value, (int, float)) and value == value else EVERYTHING
    if node.kind == "param":
        return params.get(node.name, EVERYTHING)
    return of_function(node.name, [known[arg.id] for arg in node.args]) if node.kind == "pure" else EVERYTHING


def of_function(name: str, of: list[Interval]) -> Interval:
    if name == "neg":
        return -of[0][1], -of[0][0]
    if name == "add":
        return of[0][0] + of[1][0], of[0][1] + of[1][1]
    if name == "sub":
        return of[0][0] - of[1][1], of[0][1] - of[1][0]
    if name in ("mul", "div", "floordiv"):
        return _product(name, of[0], of[1])
    if name in ("floor", "ceil", "round", "sqrt"):
        return _monotone(name, of[0])
    if name == "min":
        return min(of[0][0], of[1][0]), min(of[0][1], of[1][1])
    if name == "max":
        return max(of[0][0], of[1][0]), max(of[0][1], of[1][1])
    if name == "or_else":
        return min(of[0][0], of[1][0]), max(of[0][1], of[1][1])
    if name == "select":
        return min(of[1][0], of[2][0]), max(of[1][1], of[2][1])
    if name == "abs":
        low, high = of[0]
        return (0.0 if low <= 0 <= high else min(abs(low), abs(high))), max(abs(low), abs(high))
    return EVERYTHING


def _product(name: str, left: Interval, right: Interval) -> Interval:
    if name != "mul" and right[0] <= 0 <= right[1]:
        return EVERYTHING
    corners = [_corner(name, a, b) for a in left for b in right]
    if any(c != c for c in corners):
        return EVERYTHING
    return min(corners), max(corners)


def _corner(name: str, a: float, b: float) -> float:
    if name == "mul":
        return 0.0 if a == 0 or b == 0 else a * b
    if abs(a) == inf:
        return a if b > 0 else -a
    if abs(b) == inf:
        return 0.0
    return a / b if name == "div" else a // b


def _monotone(name: str, of: Interval) -> Interval:
    def at(x: float) -> float:
        if abs(x) == inf:
            return x
        if name == "sqrt":
            return x**0.5 if x >= 0 else 0.0
        return {"floor": x // 1, "ceil": -(-x // 1), "round": (x + 0.5) // 1}[name]

    return at(of[0]), at(of[1])


def never_above(left: Node, right: Node) -> bool:
    """Whether `left > right` cannot hold on any bar, for any data; False where it is not certain."""
    return _Order().never_above(left, right, DEEPEST)


DEEPEST = 12
"""Functions within one another that an order is looked for in."""


class _Order:
    """One question of order; what is asked of two series in several places is found once."""

    def __init__(self) -> None:
        self._known: dict[tuple[int, int, int], bool] = {}

    def never_above(self, left: Node, right: Node, depth: int) -> bool:
        key = (left.id, right.id, depth)
        if key not in self._known:
            self._known[key] = left is right or (depth > 0 and self._found(left, right, depth - 1))
        return self._known[key]

    def _found(self, left: Node, right: Node, depth: int) -> bool:
        if left.kind in ("input", "bar") and right.kind == left.kind and left.clock == right.clock:
            return (left.name, right.name) in _BAR_ORDER
        return self._left_rules(left, right, depth) or self._right_rules(left, right, depth)

    def _right_rules(self, left: Node, right: Node, depth: int) -> bool:
        if right.kind == "step" and right.name in ("highest", "pivot_high"):
            return self.never_above(left, right.args[0], depth)
        if right.kind == "pure" and right.name == "max":
            return any(self.never_above(left, a, depth) for a in right.args)
        if right.kind == "pure" and right.name == "min":
            return all(self.never_above(left, a, depth) for a in right.args)
        return False

    def _left_rules(self, left: Node, right: Node, depth: int) -> bool:
        if left.kind == "step" and left.name in ("lowest", "pivot_low"):
            return self.never_above(left.args[0], right, depth)
        if left.kind == "pure" and left.name == "min":
            return any(self.never_above(a, right, depth) for a in left.args)
        if left.kind == "pure" and left.name == "max":
            return all(self.never_above(a, right, depth) for a in left.args)
        return False
