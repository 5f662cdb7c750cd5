"""All levels of an `enter`: its stops, those that work from some moment on, its trail, its target and what it takes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from ..program.limits import MOST_MOVES, MOST_TAKES
from ..program.nodes import BASE, Node
from ..program.program import Affine, Move, Take
from ..program.units import Unit
from ..syntax import tree
from ..words.amounts import WHOLE
from . import bare
from .brackets import bracket, trail
from .expressions import Expressions
from .level import Level, Stops
from .move_lints import multiple
from .questions import LOT, stands_in
from .scope import Scope
from .values import POISON, Poison


@dataclass(frozen=True, slots=True)
class Levels:
    """The levels of one `enter`; `written` are those that were understood, for what there is to say of them."""

    stop: Affine | None = None
    target: Affine | None = None
    trail: Affine | None = None
    trail_after: Affine | None = None
    trail_from_fill: bool = False
    takes: tuple[Take, ...] = ()
    moves: tuple[Move, ...] = ()
    written: tuple[Level, ...] = ()

    @property
    def nodes(self) -> tuple[Node, ...]:
        """All they are made of."""
        lines = (self.stop, self.target, self.trail, self.trail_after)
        return tuple(node for each in (*lines, *self.takes, *self.moves) if each is not None for node in each.nodes)


def levels(
    part: Expressions, statement: tree.Enter, clauses: Mapping[str, tree.Clause], scope: Scope
) -> Levels:
    """What the clauses of an `enter` say of its levels; what is wrong with them is reported."""
    return _Levels(part, statement, clauses, scope).made()


class _Levels:
    """Elaborates the levels of one statement; the first stop before what counts from it."""

    def __init__(
        self, part: Expressions, statement: tree.Enter, clauses: Mapping[str, tree.Clause], scope: Scope
    ) -> None:
        self.part, self.statement, self.clauses, self.scope = part, statement, clauses, scope
        self.stops = Stops()
        self.written: list[Level] = []

    def made(self) -> Levels:
        stop = self._plain("stop", gain=False)
        plain: Affine | Poison | None = (stop or POISON) if "stop" in self.clauses else None
        self.stops = Stops(plain, plain, self.statement.span)
        trailing = self._trail()
        clause = self.clauses.get("trail")
        if plain is None and clause is not None and clause.at is None:  # one that begins later is no first stop
            self.stops = Stops(None, trailing or POISON, self.statement.span)
        target = self._plain("target", gain=True)
        after = self._after(clause) if clause is not None and clause.at is not None else None
        takes, moves = self._takes(), self._moves()
        measured = trailing is not None and any(level.word == "trail" and level.in_r for level in self.written)
        return Levels(stop, target, trailing, after, measured, takes, moves, tuple(self.written))

    def _plain(self, word: str, *, gain: bool) -> Affine | None:
        clause = self.clauses.get(word)
        if clause is None or clause.value is None:
            return None
        return self._level(Level(clause, word, clause.value, gain))

    def _trail(self) -> Affine | None:
        clause = self.clauses.get("trail")
        if clause is None or clause.value is None:
            return None
        level = Level(clause, "trail", clause.value, gain=False)
        line = trail(self.part, level, self.statement.side, self.scope, self.stops)
        count = multiple(line.said) if line is not None and line.said is not None else None
        if count is not None and count <= 0.0:
            self.part.reports.error("E415", f"`trail` must be above 0, found {count:g}r", level.expr.span,
                                    help="it counts from the best price to the side of loss by itself: `trail 1r`",
                                    fixes=bare.upward(level.expr))  # fmt: skip
            return None
        return self._kept(level, line)

    def _after(self, clause: tree.Clause) -> Affine | None:
        assert clause.at is not None
        return self._level(Level(clause, "after", clause.at, gain=True))

    def _level(self, level: Level) -> Affine | None:
        return self._kept(level, bracket(self.part, level, self.statement.side, self.scope, self.stops))

    def _kept(self, level: Level, line: Affine | None) -> Affine | None:
        if line is not None and not stands_in(line.said):  # of a hole nobody knows where it lies
            self.written.append(replace(level, line=line))
        return line

    # --- what there may be several of ------------------------------------------------------------------

    def _moves(self) -> tuple[Move, ...]:
        clauses = [clause for clause in self.statement.clauses if clause.word == "stop" and clause.at is not None]
        self._not_more(clauses, MOST_MOVES, "stops that begin to work `after` a level", "E419")
        made = [self._move(clause) for clause in clauses]
        return tuple(move for move in made if move is not None)

    def _move(self, clause: tree.Clause) -> Move | None:
        """A plain distance counts to the side of loss, as in every `stop`; `r` to the side of gain, as everywhere."""
        assert clause.value is not None
        level = Level(clause, "stop", clause.value, gain=False, moves=True)
        stop, after = self._level(replace(level, gain=level.in_r)), self._after(clause)
        return None if stop is None or after is None else Move(stop, after, level.in_r)

    def _takes(self) -> tuple[Take, ...]:
        clauses = [clause for clause in self.statement.clauses if clause.word == "take"]
        self._not_more(clauses, MOST_TAKES, "times `take`", "E419")
        made = [(self._share(clause), self._at(clause)) for clause in clauses]
        takes = tuple(Take(share, level) for share, level in made if share is not None and level is not None)
        self._beyond_the_whole(clauses, takes)
        return takes

    def _not_more(self, clauses: Sequence[tree.Clause], most: int, what: str, code: str) -> None:
        if len(clauses) > most:
            self.part.reports.error(code, f"an `enter` has at most {most} {what}, found {len(clauses)}",
                                    clauses[most].span)  # fmt: skip

    def _at(self, clause: tree.Clause) -> Affine | None:
        assert clause.at is not None
        return self._level(Level(clause, "at", clause.at, gain=True))

    def _share(self, clause: tree.Clause) -> Node | None:
        assert clause.value is not None
        node = self.part.number(clause.value, self.scope, BASE, "a share of the lot after `take`", LOT)
        if isinstance(node, Poison):
            return None
        value = node.data[0] if node.kind == "const" else None
        reports, span = self.part.reports, clause.value.span
        if self.part.context.unit(node) is not Unit.RATIO:
            found = self.part.context.unit(node).noun
            reports.error("E404", f"`take` takes a share of the lot, found {found}", span,
                          help="for example `take 50% at 1r`",
                          fixes=bare.readings(clause.value, most=WHOLE))  # fmt: skip
        elif isinstance(value, float) and not 0.0 < value <= 1.0:
            reports.error("E415", f"`take` is a share above 0% and up to 100% of the lot, found {value * 100:g}%", span,
                          help="all that is left leaves at a `target`")  # fmt: skip
        else:
            return node
        return None

    def _beyond_the_whole(self, clauses: Sequence[tree.Clause], takes: Sequence[Take]) -> None:
        """Each share is of the lot's first quantity, so that the last ones find less than they ask for."""
        shares = [float(str(take.share.data[0])) for take in takes if take.share.kind == "const"]
        if sum(shares) > 1.0 + 1e-9:
            self.part.reports.warning(
                "W510", f"these take {sum(shares) * 100:.10g}% of the lot together", clauses[-1].span,
                notes=["each share is of the quantity that the lot began with"],
                help="whichever level comes last finds less than its share: only what is left leaves there",
            )  # fmt: skip
