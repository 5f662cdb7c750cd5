"""Every combination of parameters of the program, and a map of two of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...terminal.console import UsageError
from ...terminal.sweep_grid import read_grid
from ...terminal.sweep_lines import Swept, document_of, lines_of
from .. import runs
from ..reply import Reply, failed, painted
from .arguments import Arguments, words

if TYPE_CHECKING:
    from ..session import Session

MOST = 100_000
"""Combinations; more are for `strat sweep`, which says how long they take before it begins."""


def sweep_parser() -> Arguments:
    """The options of `sweep`."""
    parser = Arguments("sweep")
    parser.add_argument("grid", nargs="*")
    parser.add_argument("--metric", default="return")
    parser.add_argument("--where", action="append", default=[])
    return parser


def sweep(session: Session, rest: str) -> Reply:
    """`sweep fast=10:60:10 slow=100,150,200 --metric sharpe`; a name alone is the whole domain of its parameter."""
    if not rest:
        return failed("expected parameters and their values: `sweep fast=10:60:10 slow=100,150 --metric sharpe`")
    asked = sweep_parser().parse(words(rest))
    from ....runtime.sweep import best_first
    from ....runtime.sweep import sweep as run

    data, program = session.needed(), runs.compiled(session, trades=True)
    if not program.plan.params:
        return failed("the program has no parameter: `param fast = 20 in 5 to 100` makes one")
    try:
        grid = read_grid(asked.grid, program.plan.params)
    except UsageError as error:
        return failed(str(error).removeprefix("--grid").removeprefix(":").strip())
    values = {name: value for name, value in session.values.items() if name not in grid}
    options = {**session.options, **(session.ran.options if session.ran else {})}
    table = run(
        program, data.held, grid, metric=asked.metric, where=asked.where, limit=MOST, params=values,
        **{**data.options, **options},
    )  # fmt: skip
    found = Swept(best_first(table, asked.metric), asked.metric, program.plan, tuple(grid))
    look = session.look
    text = "\n".join(lines_of(found, colour=look.colour, unicode=look.unicode, width=look.width))
    return painted("sweep", text, **document_of(found.table))
