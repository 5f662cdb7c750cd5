"""What each strategy of a portfolio brought, as lines of the summary."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..metrics.definitions import COUNT, MONEY, RATIO
from ..metrics.run import Measured
from ..part_lines import PartLines
from .attribution import of_strategies

if TYPE_CHECKING:
    from ..summary import Style

MOST = 12
_LINES = PartLines("strategy", 18, (
    ("share", "share", RATIO, 9), ("pnl", "money", MONEY, 15), ("pnl_return", "return", RATIO, 10),
    ("max_drawdown", "drawdown", RATIO, 10), ("trades", "trades", COUNT, 8), ("win_rate", "win rate", RATIO, 10),
))  # fmt: skip


def strategy_lines(run: Measured, style: Style) -> list[str]:
    """A line for each strategy in the order of the portfolio, below their titles."""
    parts = of_strategies(run)
    return _LINES.lines(parts[:MOST], style, max(len(parts) - MOST, 0))
