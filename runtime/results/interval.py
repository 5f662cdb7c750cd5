"""What a result owes to the assumed path inside bars: its headline figures under each of the paths that can be assumed.

Nothing in a bar says which of its extremes came first. So the run is repeated under the other assumptions, and the
least and the greatest of each figure are told. `worst` and `best` are judged bar by bar, for what is held then: a stop
that a gain has moved can make `best` end below `worst`, and a mixture of paths may lie outside of all three.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from .metrics.definitions import Value
from .metrics.run import Measured
from .rows import trade_column
from .stats import value_of

PATHS = ("worst", "proximity", "best")
FIGURES = ("final_equity", "return", "max_drawdown", "sharpe", "win_rate", "profit_factor", "trades")


@dataclass(frozen=True, slots=True)
class Interval:
    """figures: by name, the least and the greatest; None where a figure means nothing. decided: trades that the path
    decided, as a share of all, under the path that decided most: another may have left an order unfilled, which no
    trade tells."""

    figures: Mapping[str, tuple[Value, Value]]
    decided: float

    def document(self) -> dict[str, object]:
        """As in `result.json`."""
        return {"decided_by_path": self.decided, **{name: list(ends) for name, ends in self.figures.items()}}


_KEPT: WeakKeyDictionary[Measured, Interval] = WeakKeyDictionary()


def interval(run: Measured) -> Interval:
    """The interval of a run; the runs that it needs are made when it is first asked, if any order may have a level."""
    if run not in _KEPT:
        _KEPT[run] = _interval(run)
    return _KEPT[run]


def _interval(run: Measured) -> Interval:
    under = [_figures(run), *_others(run)]
    return Interval(
        {name: _between([figures[name] for figures, _ in under]) for name in FIGURES},
        max(decided for _, decided in under),
    )


def _figures(run: Measured) -> tuple[dict[str, Value], float]:
    """The figures of a run, and which share of its trades the path decided."""
    decided = trade_column(run.output, "ambiguous")
    return {name: value_of(name, run) for name in FIGURES}, float(decided.mean()) if len(decided) else 0.0


def _others(run: Measured) -> Iterator[tuple[dict[str, Value], float]]:
    """The figures of the same run under each other assumption; one run is gone before the next is made."""
    again = run.output.otherwise
    if again is not None:
        for path in PATHS:
            if path != run.output.assumptions["path"]:
                yield _figures(Measured(again(path), run.days))


def _between(values: list[Value]) -> tuple[Value, Value]:
    known = [value for value in values if value is not None]
    return (min(known), max(known)) if known else (None, None)
