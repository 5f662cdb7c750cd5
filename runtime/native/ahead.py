"""Which values of a plan rest on no book: they are the same whatever is traded, and so are computed ahead of trading.

A run then goes over many bars twice: first over the series, then over the books, which read what they need of the
series as columns. Each loop has the processor's registers for itself, and on most bars the second has little to do.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from ...lang.plan.model import Commit, Decision, Op, Plan
from ...lang.plan.operands import BOOL

_LOCAL = frozenset(("pure", "column", "index", "book"))
"""Ops of a decision that may be run for it alone; any other reads a state that has gone on by then."""
_PLAIN = _LOCAL - {"book"}
_ENOUGH = 4
"""Ops that are worth a loop."""
_CELLS = frozenset(("previous", "lagged"))


@dataclass(frozen=True)
class Ahead:
    """ops: of the series, in order. late: those that stay beside the books. known: every value that is had ahead.

    lazy: what each decision computes where it acts, by its index. commits: of the series' cells, and late ones.
    """

    ops: tuple[Op, ...]
    late: tuple[Op, ...]
    known: frozenset[int]
    lazy: dict[int, tuple[Op, ...]]
    commits: tuple[Commit, ...]
    late_commits: tuple[Commit, ...]
    handed: frozenset[int]

    @cached_property
    def columns(self) -> dict[int, int]:
        """The values that are a column of numbers, with its place: they have not to cross."""
        return {op.id: op.at[0] for op in self.ops if op.kind == "column" and op.type != BOOL}

    @cached_property
    def derived(self) -> tuple[Op, ...]:
        """The ops that no state depends on: a loop of their own computes them from what the states came to."""
        needed = {commit.value for commit in self.commits} | self.handed
        for op in reversed(self.ops):
            if op.kind not in _PLAIN or op.id in needed:
                needed.update(op.args)
        found = [op for op in self.ops if op.kind in _PLAIN and op.id not in needed]
        return tuple(found) if sum(op.kind == "pure" for op in found) >= _ENOUGH else ()

    def rests_on_books(self, value: int) -> bool:
        return value >= 0 and value not in self.known


def ahead(plan: Plan) -> Ahead | None:
    """What can be computed ahead; None where nothing can, or there are no books to be ahead of."""
    if not plan.trading or any(op.kind == "book" for clock in plan.clocks for op in (*clock.ops, *clock.peek)):
        return None
    early = {sample.id for clock in plan.clocks for sample in clock.forming}
    own = {decision.index: tuple(_hoisted(decision)) for decision in plan.decisions}
    known = _known(early, [*plan.ops, *(op for ops in own.values() for op in ops)], plan.commits)
    hoisted = {op.id for ops in own.values() for op in ops if op.id in known}
    if not known:
        return None
    return Ahead(
        ops=tuple(op for op in [*plan.ops, *(op for ops in own.values() for op in ops)] if op.id in known),
        late=tuple(op for op in plan.ops if op.id not in known),
        known=frozenset(known),
        lazy={d.index: tuple(op for op in d.ops if op.id not in hoisted) for d in plan.decisions},
        commits=tuple(commit for commit in plan.commits if _rests_on(known, commit.value)),
        late_commits=tuple(commit for commit in plan.commits if not _rests_on(known, commit.value)),
        handed=frozenset(output.value for output in plan.outputs),
    )


def _rests_on(known: set[int], *values: int) -> bool:
    """Whether values are parameters or known."""
    return all(value < 0 or value in known for value in values)


def _known(early: set[int], ops: Iterable[Op], commits: Iterable[Commit]) -> set[int]:
    """The values that rest on no book. A cell that is given what does is read as such on the bar after."""
    tainted: set[int] = set()
    while True:
        known = set(early)
        for op in ops:
            if op.kind != "book" and _rests_on(known, *op.args) and not (op.kind in _CELLS and op.at[1] in tainted):
                known.add(op.id)
        found = {commit.at[1] for commit in commits if not _rests_on(known, commit.value)}
        if found <= tainted:
            return known
        tainted |= found


def _hoisted(decision: Decision) -> Iterator[Op]:
    """The ops of a decision that read a state, and those that they are computed from."""
    wanted: set[int] = set()
    for op in reversed(decision.ops):
        if op.kind not in _LOCAL or op.id in wanted:
            wanted.update({op.id, *op.args})
    yield from (op for op in decision.ops if op.id in wanted)
