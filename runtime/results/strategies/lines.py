"""What each strategy of a portfolio brought, as lines of the summary."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ....lang.diagnostics.brief import one_line
from ..format import counted, shown
from ..metrics.definitions import COUNT, MONEY, RATIO
from ..metrics.run import Measured
from .attribution import OfStrategy, of_strategies

if TYPE_CHECKING:
    from ..summary import Style

MOST = 12
_NAME = 18
_COLUMNS = (
    ("share", "share", RATIO, 9), ("pnl", "money", MONEY, 15), ("pnl_return", "return", RATIO, 10),
    ("max_drawdown", "drawdown", RATIO, 10), ("trades", "trades", COUNT, 8), ("win_rate", "win rate", RATIO, 10),
)  # fmt: skip
_SIGNED = frozenset({"pnl", "pnl_return"})


def strategy_lines(run: Measured, style: Style) -> list[str]:
    """A line for each strategy in the order of the portfolio, below their titles."""
    parts = of_strategies(run)
    head = "by strategy".ljust(_NAME) + "".join(title.rjust(width) for _, title, _, width in _COLUMNS)
    lines = [style.dim(head[: style.width]), *(_line(part, style) for part in parts[:MOST])]
    if len(parts) > MOST:
        lines.append(style.dim(f"  ({counted(len(parts) - MOST, 'more strategy')}: in the report and in --json)"))
    return [*lines, ""]


def _line(part: OfStrategy, style: Style) -> str:
    cells = [f"{one_line(part.strategy, _NAME - 1):<{_NAME}}"]
    room = style.width - _NAME
    for name, _, unit, width in _COLUMNS:
        room -= width
        if room < 0:
            break
        value = getattr(part, name)
        text = shown(value, unit, name in _SIGNED).rjust(width)
        cells.append(style.paint(text, value if name in _SIGNED else None))
    return "".join(cells)
