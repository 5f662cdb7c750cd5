"""What a result owes to the assumed path inside bars: its headline figures under `path worst` and `path best`.

Nothing in a bar says which of its extremes came first. So the run is repeated under both ends of that assumption,
and each figure lies between the least and the greatest of what they gave and of what was assumed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ..trading.rows import INSIDE
from .metrics.definitions import Value
from .metrics.run import Measured
from .rows import order_column, trade_column
from .stats import value_of

ENDS = ("worst", "best")
FIGURES = ("final_equity", "return", "max_drawdown", "sharpe", "win_rate", "profit_factor", "trades")


@dataclass(frozen=True, slots=True)
class Interval:
    """figures: by name, the least and the greatest; None where a figure means nothing. decided: trades that the path
    decided, as a share of all."""

    figures: Mapping[str, tuple[Value, Value]]
    decided: float

    def document(self) -> dict[str, object]:
        """As in `result.json`."""
        return {"decided_by_path": self.decided, **{name: list(ends) for name, ends in self.figures.items()}}


def interval(run: Measured) -> Interval:
    """The interval of a run; the runs that it needs are made now, if any order filled inside a bar."""
    runs = [run, *_others(run)]
    decided = trade_column(run.output, "ambiguous")
    return Interval(
        {name: _between([value_of(name, one) for one in runs]) for name in FIGURES},
        float(decided.mean()) if len(decided) else 0.0,
    )


def _others(run: Measured) -> list[Measured]:
    """The same run under the other ends of the assumption."""
    again = run.output.otherwise
    if again is None or not _filled_inside(run):
        return []
    return [Measured(again(path)) for path in ENDS if path != run.output.assumptions["path"]]


def _filled_inside(run: Measured) -> bool:
    """Whether anything filled inside a bar: the open and the close are where they are."""
    left, filled = trade_column(run.output, "exit_moment"), order_column(run.output, "fill_moment")
    return bool((left == INSIDE).any() or (filled == INSIDE).any())


def _between(values: list[Value]) -> tuple[Value, Value]:
    known = [value for value in values if value is not None]
    return (min(known), max(known)) if known else (None, None)
