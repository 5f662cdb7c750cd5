"""What the limit of a guard says, and is not always meant to: one that denies all, and one that nothing reaches."""

from __future__ import annotations

from ..diagnostics.reports import Reports
from ..program.nodes import Node
from ..syntax import tree

_LOSSES = frozenset(("drawdown", "loss", "daily_loss"))


def limit(reports: Reports, statement: tree.Guard, node: Node) -> None:
    """Of a limit that is written as a number; what a parameter is worth is not known here."""
    value = node.data[0] if node.kind == "const" else None
    if not isinstance(value, float):
        return
    if value == 0.0:
        reports.warning("W513", f"`guard {statement.name}` at 0 denies every entry", statement.threshold.span,
                        notes=["the limit is reached before anything is held"],
                        help="leave the guard out to have no limit")  # fmt: skip
    elif statement.name in _LOSSES and value > 1.0:
        reports.warning("W513", f"`guard {statement.name}` acts when more than all there was is lost",
                        statement.threshold.span,
                        help=f"a loss of all is 100%; for example `guard {statement.name} 20%`")  # fmt: skip
