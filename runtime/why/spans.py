"""A span of bars answered: on how many each part held, and the bars that came nearest to acting."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from ...lang.program.nodes import BOOL
from ...lang.program.program import Flow, Hold
from ..results.rows import order_column
from ..trading.rows import STATUSES
from .answer import Held, Near, SpanAnswer, SpanStatement
from .bars import Case
from .parts import called
from .sketch import ALL, ANY, NOT, Branch, StatementSketch

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from ..results.output import Floats

NEAREST = 5
"""How many bars near to acting are told."""


def answer(case: Case, first: int, stop: int) -> SpanAnswer:
    """Every statement over the bars from `first` to before `stop`."""
    counted = [_Count(case, drawn) for drawn in case.statements]

    def seen(index: int, values: Floats, warm: Floats) -> None:
        begin = max(first, index)
        part = slice(begin - index, min(stop - index, values.shape[1]))
        if part.start < part.stop:
            for count in counted:
                count.add(begin, values[:, part], warm[:, part])

    case.evaluation.run((), stop, seen)
    ts = case.output.bars.ts
    statements = tuple(count.answer(first, stop) for count in counted)
    return SpanAnswer(int(ts[first]), int(ts[stop - 1]), stop - first, statements)


def joined(branch: Branch, frame: str = "") -> Iterator[tuple[str, Branch]]:
    """What has to hold together, each with how it is told; a name, `@` and what they stand for are opened."""
    if branch.role == ALL and branch.children:
        for child in branch.children:
            yield from joined(child, f" @ {branch.frame}" if branch.frame else frame)
    else:
        yield f"{branch.name or branch.text}{frame}", branch


def conditions(branch: Branch, depth: int = 0) -> Iterator[tuple[int, Branch]]:
    """A condition and the conditions that it is made of, with how deep each stands."""
    yield depth, branch
    for child in branch.children:
        if child.read.type == BOOL:
            yield from conditions(child, depth + 1)


class _Count:
    """One statement over the bars that it is handed."""

    def __init__(self, case: Case, drawn: StatementSketch) -> None:
        self._case, self._drawn = case, drawn
        self._names, self._parts = zip(*joined(drawn.condition), strict=True)
        self._rows = [case.row(part) for part in self._parts]
        self._whole = case.row(drawn.condition)
        self._side = -1 if isinstance(drawn.statement, Hold | Flow) else case.sides[drawn.statement.side]
        self._told = list(conditions(drawn.condition))
        self._held: Counter[int] = Counter()
        self._gate = case.gate(drawn)
        self._already = self._acts = 0
        self._near: list[tuple[int, float, int, tuple[str, ...]]] = []  # failed parts, gap, bar, which

    def add(self, begin: int, values: Floats, warm: Floats) -> None:
        """Some bars, a row of values for each node and of each wait."""
        import numpy as np

        for place, (_, branch) in enumerate(self._told):
            self._held[place] += int(np.count_nonzero(values[self._case.row(branch)]))
        decides = (warm[self._gate] != 0.0) & (np.arange(values.shape[1]) + begin >= self._case.output.first)
        whole = decides & (values[self._whole] != 0.0)
        self._acts += int(np.count_nonzero(whole))
        if self._side >= 0:
            self._already += int(np.count_nonzero(whole & (values[self._side] != 0.0)))
        failed = np.array([values[row] == 0.0 for row in self._rows])
        gaps = np.array([_gaps(self._case, part, values) for part in self._parts])
        far = np.where(failed, gaps, 0.0).max(axis=0)
        missed = np.where(decides & ~whole, failed.sum(axis=0), len(self._parts) + 1)
        for at in np.lexsort((far, missed))[:NEAREST].tolist():
            if missed[at] < len(self._parts) or (missed[at] == len(self._parts) and far[at] < np.inf):
                names = tuple(name for name, f in zip(self._names, failed[:, at].tolist(), strict=True) if f)
                self._near.append((int(missed[at]), float(far[at]), begin + at, names))
        self._near = sorted(self._near)[:NEAREST]

    def answer(self, first: int, stop: int) -> SpanStatement:
        import numpy as np

        case, drawn = self._case, self._drawn
        index, statement, status = (order_column(case.output, name) for name in ("index", "statement", "status"))
        owners = [place for place, owner in case.owners.items() if owner == drawn.place]
        own = np.isin(statement, owners) & (index >= first) & (index < stop)
        orders = Counter(STATUSES[int(code)] for code in status[own].tolist())
        near = tuple(
            Near(int(case.output.bars.ts[at]), names, gap if gap < float("inf") else None)
            for _, gap, at, names in self._near
        )  # fmt: skip
        parts = tuple(
            Held(called(branch.name, branch.text, branch.role), depth, self._held[place],
                 self._warm(branch, first, stop))
            for place, (depth, branch) in enumerate(self._told)
        )  # fmt: skip
        return SpanStatement(
            number=drawn.number, statement=drawn.label, line=case.line(drawn), held=self._acts,
            already=self._already if drawn.label.startswith("enter") else 0, orders=dict(sorted(orders.items())),
            parts=parts, nearest=near,
        )  # fmt: skip

    def _warm(self, branch: Branch, first: int, stop: int) -> int:
        begins = self._case.warm(branch)
        return 0 if begins < 0 else max(0, stop - max(first, begins))


def _gaps(case: Case, part: Branch, values: Floats) -> NDArray[np.float64]:
    """How far a condition is from turning, as a share of what it compares; infinite where no one can say.

    A cross whose sides stand as after it lies behind: it is not near. What is joined is as far as what decides it.
    """
    import numpy as np

    if part.role in (ANY, ALL, NOT) and part.children:
        inner = np.array([_gaps(case, child, values) for child in part.children])
        return np.asarray(inner.max(axis=0) if part.role == ALL else inner.min(axis=0))
    if part.operator not in _DIRECTED or part.children[0].read.type == BOOL:
        return np.full(values.shape[1], np.inf)
    left, right = (values[case.row(child)] for child in part.children)
    size = np.maximum(np.abs(left), np.abs(right))
    with np.errstate(all="ignore"):
        share = np.abs(left - right) / np.where(size == 0.0, 1.0, size)
    behind = (left - right) * _DIRECTED[part.operator] > 0.0
    return np.where(np.isfinite(share) & ~behind, share, np.inf)


_DIRECTED = {"<": 0, "<=": 0, ">": 0, ">=": 0, "==": 0, "crosses": 0, "cross_above": 1, "cross_below": -1}
