"""What a level of a lot is made from, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass

from ..diagnostics.span import Span
from ..program.nodes import Node
from ..program.program import Affine
from ..syntax import tree
from .values import Poison


@dataclass(frozen=True, slots=True)
class Level:
    """A level as it is written: `expr` behind `word`, of a clause; `line` is what it became.

    word: stop, target, trail, at (of `take`) or after. gain: whether it lies where the lot gains. moves: whether it is
    a `stop` that works from some moment on, which may lie on either side of the fill.
    """

    clause: tree.Clause
    word: str
    expr: tree.Expr
    gain: bool
    moves: bool = False
    line: Affine | None = None

    @property
    def in_r(self) -> bool:
        """Whether it counts from the way to the first stop."""
        return any(isinstance(part, tree.Number) and part.suffix == "r" for part in tree.walk([self.expr]))

    @property
    def said(self) -> Node:
        """What was understood, before it became a line."""
        assert self.line is not None and self.line.said is not None
        return self.line.said


@dataclass(frozen=True, slots=True)
class Stops:
    """What a level may count from besides the fill: the plain `stop`, and what `r` counts to, be it stop or trail.

    POISON for one that was reported. statement: where a stop could be added.
    """

    stop: Affine | Poison | None = None
    first: Affine | Poison | None = None
    statement: Span | None = None
