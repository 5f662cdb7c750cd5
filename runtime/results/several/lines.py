"""What each symbol brought, as lines of the summary."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..metrics.definitions import COUNT, MONEY, RATIO
from ..metrics.run import Measured
from ..part_lines import PartLines
from .attribution import attribution

if TYPE_CHECKING:
    from ..summary import Style

MOST = 6
"""Symbols that are shown: those that brought or cost the most."""
_LINES = PartLines("symbol", 16, (
    ("pnl", "money", MONEY, 16), ("pnl_return", "return", RATIO, 9), ("trades", "trades", COUNT, 8),
    ("win_rate", "win rate", RATIO, 10), ("exposure", "held", RATIO, 9), ("average_weight", "weight", RATIO, 9),
))  # fmt: skip


def symbol_lines(run: Measured, style: Style) -> list[str]:
    """A line for each of the symbols that weigh most, best first, below their titles."""
    parts = attribution(run)
    chosen = sorted(parts, key=lambda part: (-abs(part.pnl), part.symbol))[:MOST]
    chosen.sort(key=lambda part: -part.pnl)
    return _LINES.lines(chosen, style, len(parts) - len(chosen))
