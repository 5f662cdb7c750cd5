"""Columns for the last pane of the chart, of which the reader picks one: exposure, rolling figures, volume."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..daily import Days
from ..figures import WINDOW
from ..metrics.rolling import rolling
from ..metrics.run import Measured

if TYPE_CHECKING:
    from ..output import Floats


@dataclass(frozen=True, slots=True, eq=False)
class Choice:
    """A value for each bar of the data, NaN where there is none."""

    title: str
    values: Floats


def choices(run: Measured) -> list[Choice]:
    """Leverage, position, the rolling figures of the metrics, volume; those without any value are left out."""
    import numpy as np

    out = run.output
    what = ("position's worth / equity", "position")
    if out.several is not None:
        what = ("gross value / equity", "symbols held")
    found = [Choice(what[0], _leverage(run)), Choice(what[1], _tested(run, out.quantity))]
    periods = rolling(run, WINDOW)
    for name, title in (("sharpe", "Sharpe"), ("volatility", "volatility"), ("beta", "beta")):
        found.append(Choice(f"{title} of the last {WINDOW} periods", _of_periods(run, periods[name])))
    found += [Choice("volume", out.bars.volume), Choice("profit of the day", _of_days(run))]
    return [choice for choice in found if np.isfinite(choice.values).any()]


def _of_days(run: Measured) -> Floats:
    """At each bar what its whole day brought."""
    import numpy as np

    days = Days(run)
    return np.concatenate([np.full(run.output.first, np.nan), np.repeat(days.pnl, np.diff(days.last, prepend=-1))])


def _tested(run: Measured, values: Floats) -> Floats:
    """The values of the tested bars, none before."""
    import numpy as np

    out = run.output
    return np.concatenate([np.full(out.first, np.nan), values[out.first :]])


def _leverage(run: Measured) -> Floats:
    import numpy as np

    out = run.output
    worth = out.quantity * out.bars.close * out.points if out.several is None else out.several.gross
    equity = np.where(out.equity > 0.0, out.equity, np.nan)
    return np.round(_tested(run, worth / equity), 4)


def _of_periods(run: Measured, values: Floats) -> Floats:
    """The value of the period that ended last, at each bar; none before the first one has ended."""
    import numpy as np

    out, ends = run.output, run.periods.ends
    if not len(values):
        return np.full(len(out.bars), np.nan)
    at = np.searchsorted(ends, np.arange(out.tested), side="right") - 1
    known = np.where(at >= 0, np.round(values, 4)[np.maximum(at, 0)], np.nan)
    return np.concatenate([np.full(out.first, np.nan), known])
