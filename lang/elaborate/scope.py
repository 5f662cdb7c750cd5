"""Names and what they stand for.

A scope is one instance of a space: the program itself, one call of a function,
one stop or target. Values are remembered per name **and clock**, because `e @ 4h` means
the whole of e again on the 4h clock.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Union

from ..program.nodes import Clock, Node
from ..resolve.definitions import Space
from ..syntax.tree import Expr, Let, State
from .values import Value


@dataclass(frozen=True, slots=True)
class Bound:
    """An argument of a function: an expression, to be read in the caller's scope on whatever clock it is needed.

    what: how a message names it, "`length` of `atr`".
    """

    expr: Expr
    scope: "Scope"
    what: str


@dataclass(frozen=True, slots=True)
class Given:
    """A name that stands for a finished value on every clock (a parameter, `entry` in a bracket)."""

    value: Value


Held = Union[Let, State, Bound, Given]


@dataclass(slots=True)
class Cell:
    """A state variable: what it begins as, and how its value of the bar before is read."""

    path: str
    initial: Node
    previous: Node
    lagged: Node
    present: Node  # a placeholder, see `earlier.py`


@dataclass(slots=True, eq=False)
class Scope:
    """Definitions of one instance of `space`; `path` is its structural address, which names the state it owns."""

    path: str
    space: Space
    parent: Scope | None = None
    names: dict[str, Held] = field(default_factory=dict)
    memo: dict[tuple[str, Clock], Value] = field(default_factory=dict)
    growing: dict[tuple[str, Clock], Cell | None] = field(default_factory=dict)
    cells: dict[tuple[str, Clock], Cell | None] = field(default_factory=dict)  # of states; None was reported
    cycles: dict[str, frozenset[str]] | None = None  # found when first asked for
    placed: dict[tuple[str, Clock], Value] = field(default_factory=dict)  # with placeholders, see `earlier.py`
    recalled: set[tuple[str, Clock]] = field(default_factory=set)  # being elaborated with placeholders
    pending: list[tuple[State, Clock]] = field(default_factory=list)  # states of which an earlier value was read
    finishing: bool = False  # those are being elaborated
    used: set[str] = field(default_factory=set)

    def instance(self, space: Space | None) -> Scope | None:
        """The instance of `space` that is in reach from here; None where it is not."""
        scope: Scope | None = self
        while scope is not None and scope.space is not space:
            scope = scope.parent
        return scope
