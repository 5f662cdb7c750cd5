"""What each symbol brought, as lines of the summary."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ....lang.diagnostics.brief import one_line
from ..format import counted, shown
from ..metrics.definitions import COUNT, MONEY, RATIO
from ..metrics.run import Measured
from .attribution import Part, attribution

if TYPE_CHECKING:
    from ..summary import Style

MOST = 6
"""Symbols that are shown: those that brought or cost the most."""
_NAME = 16
_COLUMNS = (
    ("pnl", "money", MONEY, 16), ("pnl_return", "return", RATIO, 9), ("trades", "trades", COUNT, 8),
    ("win_rate", "win rate", RATIO, 10), ("exposure", "held", RATIO, 9), ("average_weight", "weight", RATIO, 9),
)  # fmt: skip
_SIGNED = frozenset({"pnl", "pnl_return"})


def symbol_lines(run: Measured, style: Style) -> list[str]:
    """A line for each of the symbols that weigh most, best first, below their titles."""
    parts = attribution(run)
    chosen = sorted(parts, key=lambda part: (-abs(part.pnl), part.symbol))[:MOST]
    chosen.sort(key=lambda part: -part.pnl)
    head = "by symbol".ljust(_NAME) + "".join(title.rjust(width) for _, title, _, width in _COLUMNS)
    lines = [style.dim(head[: style.width]), *(_line(part, style) for part in chosen)]
    if len(parts) > len(chosen):
        lines.append(style.dim(f"  ({counted(len(parts) - len(chosen), 'more symbol')}: in the report and in --json)"))
    return [*lines, ""]


def _line(part: Part, style: Style) -> str:
    cells = [f"{one_line(part.symbol, _NAME - 1):<{_NAME}}"]
    room = style.width - _NAME
    for name, _, unit, width in _COLUMNS:
        room -= width
        if room < 0:
            break
        value = getattr(part, name)
        text = shown(value, unit, name in _SIGNED).rjust(width)
        cells.append(style.paint(text, value if name in _SIGNED else None))
    return "".join(cells)
