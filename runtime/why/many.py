"""Why many trades were entered and left, as a page shows it: the parts of each statement once, and their numbers.

Of each decision only the values are kept, not the readings of the books: what takes a copy of them for each bar is
`why` of one trade.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ...lang.diagnostics.model import CompileError
from ...lang.program.nodes import BOOL
from ..errors import Cancelled, LimitError, RunError
from ..results.rows import order_column, trade_column
from ..run.prepare import Prepared
from ..run.several.merge import rows_at
from ..trading.rows import BY_REVERSE, BY_SIGNAL, ENTER_ORDER, EXIT_ORDER
from .bars import Case
from .evaluated import Evaluation
from .parts import called
from .sketch import COMPARE, CONSTANT, LEAF, MINUTE, PARAM, Branch, StatementSketch
from .view import view_of

if TYPE_CHECKING:
    from ..results.output import Floats, Ints, RunOutput

MOST = 2_000
"""Trades that are explained, the last ones."""
CELLS = 400_000
"""Numbers that are kept; fewer trades where statements have many parts."""
WORK = 100_000_000
"""Bars times parts that are computed for it at most."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A line of a statement. kind: bool, number or minute (of the day). value, before: columns, -1 without one; sides:
    those of what is compared by `operator`."""

    depth: int
    text: str
    name: str
    kind: str
    unit: str
    value: int
    before: int
    operator: str = ""
    sides: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """A statement. columns: by their numbers, a value for each of its decisions."""

    label: str
    line: int
    parts: tuple[Shown, ...]
    columns: Mapping[int, Floats]


@dataclass(frozen=True, slots=True)
class Explained:
    """The last trades. entered, left: of each the place in `statements` and of its decision in the columns; -1: none.

    missing: why none is explained, "" where some are.
    """

    count: int = 0
    statements: tuple[Told, ...] = ()
    entered: tuple[tuple[int, int], ...] = ()
    left: tuple[tuple[int, int], ...] = ()
    missing: str = ""
    params: Mapping[str, object] = field(default_factory=dict)


def explained(output: RunOutput, most: int = MOST) -> Explained:
    """The last trades of a run, within the bounds above; what could not be explained says why."""
    again = output.again
    if again is None:
        return Explained(missing=output.untold)
    if not len(output.trades):
        return Explained(missing="the run has no trades")
    try:
        if again.seal is not None:
            again.seal.check()
        case = Case(view_of(output, 0), again, range(len(again.program.typed.trading)), every=True)
        return _explained(output, case, most)
    except (LimitError, Cancelled):  # the report is not to go on, and none is written
        raise
    except (RunError, CompileError) as error:
        return Explained(missing=str(error))


def _explained(output: RunOutput, case: Case, most: int) -> Explained:
    import numpy as np

    width = max(sum(1 for _ in drawn.branches()) for drawn in case.statements)
    every = len(output.bars) if output.several is None else len(output.several.panel.events.row)
    if every * len(case.nodes) > WORK:
        return Explained(missing=f"{every:,} bars of {len(case.nodes):,} parts are more than are computed "
                                 "for a page: `strat why --trade N` explains one")  # fmt: skip
    count = min(len(output.trades), most, max(1, CELLS // (2 * width)))
    entered, left = (_placed(output, case, made) for made in _decisions(output, count))
    asked = np.unique(np.concatenate([entered[:, 0], left[:, 0]]))
    values = _values(case, asked[asked >= 0])
    places = {drawn.place: at for at, drawn in enumerate(case.statements)}
    statements, ends = [], []
    rows: list[dict[int, int]] = []
    for drawn in case.statements:
        bars = np.unique(np.concatenate([made[made[:, 1] == drawn.place, 0] for made in (entered, left)]))
        rows.append({int(bar): at for at, bar in enumerate(bars)})
        statements.append(_told(case, drawn, values, np.searchsorted(asked[asked >= 0], bars)))
    for made in (entered, left):
        ends.append(tuple(
            (places[place], rows[places[place]][bar]) if place in places else (-1, -1) for bar, place in made.tolist()
        ))  # fmt: skip
    return Explained(count, tuple(statements), ends[0], ends[1], params=output.params)


def _decisions(output: RunOutput, count: int) -> tuple[Ints, Ints]:
    """Of the last trades the bar and the statement of the decisions that entered and left; -1 where none did."""
    import numpy as np

    numbers = order_column(output, "order")
    rows = np.stack([order_column(output, name) for name in ("index", "statement", "kind")], axis=1).astype(np.int64)
    by_number = np.argsort(numbers, kind="stable")
    made = []
    for name in ("entry_order", "exit_order"):
        wanted = trade_column(output, name)[-count:]
        reason = trade_column(output, "reason")[-count:]
        if not len(numbers):
            made.append(np.full((count, 2), -1))
            continue
        places = by_number[np.minimum(np.searchsorted(numbers[by_number], wanted), len(numbers) - 1)]
        found = rows[places]
        decided = (numbers[places] == wanted) & np.isin(found[:, 2], (ENTER_ORDER, EXIT_ORDER))
        if name == "exit_order":
            decided &= np.isin(reason, (BY_SIGNAL, BY_REVERSE))
        made.append(np.where(decided[:, None], found[:, :2], -1))
    return made[0], made[1]


def _placed(output: RunOutput, case: Case, made: Ints) -> Ints:
    """Decisions with the statements of the text, and of several symbols with bars by their places among all of them;
    a row has the symbol as well."""
    import numpy as np

    known = made[:, 0] >= 0
    found = np.full((len(made), 2), -1)
    found[known, 1] = [case.owners.get(place, place) for place in made[known, 1].tolist()]
    found[known, 0] = made[known, 0]
    if output.several is not None:
        panel, count = output.several.panel, len(made)
        of = output.several.trades[len(output.several.trades) - count :]
        for symbol, at in enumerate(rows_at(panel, output.several.traded)):
            rows = known & (of == symbol)
            found[rows, 0] = panel.places_of(symbol)[at.searchsorted(made[rows, 0])]
    return found


def _values(case: Case, bars: Ints) -> Floats:
    """A row for each node, a column for each of the bars, which are in order."""
    import numpy as np

    found = np.empty((len(case.nodes), len(bars)))
    again, prepared = case.again, case.again.prepared

    def seen(index: int, values: Floats, warm: Floats) -> None:
        first, stop = np.searchsorted(bars, (index, index + values.shape[1]))
        found[:, first:stop] = values[:, bars[first:stop] - index]

    if not len(bars):
        return found
    if isinstance(prepared, Prepared):
        Evaluation(case.program, prepared, again.engine, case.nodes, []).run([], int(bars[-1]) + 1, seen)
    else:
        from .several import SeveralEvaluation  # here: a run of one symbol needs none of it

        offsets = prepared.panel.events.offsets
        stop = int(offsets.searchsorted(int(bars[-1]), side="right"))
        SeveralEvaluation(case.program, prepared, again.engine, case.nodes, [], 0).run_all(stop, seen)
    return found


def _told(case: Case, drawn: StatementSketch, values: Floats, at: Ints) -> Told:
    parts = [*_parts(case, drawn.condition, 0)]
    for word, branch in drawn.clauses:
        parts += _parts(case, branch, 0, word)
    columns = sorted({column for part in parts for column in (part.value, part.before, *(part.sides or ()))} - {-1})
    return Told(drawn.label, case.line(drawn), tuple(parts), {column: values[column, at] for column in columns})


def _parts(case: Case, branch: Branch, depth: int, word: str = "") -> Iterator[Shown]:
    """A part, then what stands below it; constants, parameters and bare sides of a comparison go without saying."""
    bool_, before = branch.read.type == BOOL, case.row_before(branch)
    compared = branch.role == COMPARE and len(branch.children) == 2 and branch.children[0].read.type != BOOL
    yield Shown(
        depth=depth,
        text=f"{word} {called(branch.name, branch.text, branch.role)}".strip(),
        name=branch.name,
        kind="bool" if bool_ else "minute" if branch.role == MINUTE else "number",
        unit="" if bool_ else str(branch.node.unit),
        value=case.row(branch),
        before=before,
        operator=branch.operator if compared else "",
        sides=(case.row(branch.children[0]), case.row(branch.children[1])) if compared else None,
    )
    for inner in _told_below(branch):
        yield from _parts(case, inner, depth + 1)


def _told_below(branch: Branch) -> Sequence[Branch]:
    def bare(inner: Branch) -> bool:
        return branch.role == COMPARE and inner.role == LEAF and not inner.name and not inner.frame

    return [inner for inner in branch.children if inner.role not in (CONSTANT, PARAM) and not bare(inner)]
