"""Columns for the last pane of the chart, of which the reader picks one: position, rolling figures, monitors."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..daily import Days
from ..figures import WINDOW
from ..metrics.rolling import rolling
from ..metrics.run import Measured
from ..rows import record_column
from ..several.groups import Groups

if TYPE_CHECKING:
    from ..output import Floats


@dataclass(frozen=True, slots=True, eq=False)
class Choice:
    """A value for each bar of the data, NaN where there is none."""

    title: str
    values: Floats


def choices(run: Measured) -> list[Choice]:
    """Position, the rolling figures of the metrics, the profit of each day, what is held of each group of symbols, and
    what the monitors read, where their readings were kept; those without any value are left out."""
    import numpy as np

    out = run.output
    held = "position" if out.several is None else "symbols held"
    found = [Choice(held, _tested(run, out.quantity))]
    periods = rolling(run, WINDOW)
    for name, title in (("sharpe", "Sharpe"), ("sortino", "Sortino"), ("volatility", "volatility"), ("beta", "beta")):
        found.append(Choice(f"{title} of the last {WINDOW} periods", _of_periods(run, periods[name])))
    found += [Choice("profit of the day", _of_days(run)), *_groups(run), *_monitors(run)]
    return [choice for choice in found if np.isfinite(choice.values).any()]


def _groups(run: Measured) -> list[Choice]:
    """What is held of each group of symbols, of equity; of one of which no side is short net and gross are the same."""
    import numpy as np

    found, before = [], np.full(run.output.first, np.nan)
    equity = np.where(run.equity > 0.0, run.equity, np.nan)
    for group in Groups(run).values():
        parts = {"gross": group.gross, "net": group.net} if group.short.any() else {"value": group.net}
        for name, values in parts.items():
            of_equity = np.round(np.concatenate([before, values / equity]), 4)
            found.append(Choice(f"{group.name}: {name} / equity", of_equity))
    return [choice for choice in found if np.nan_to_num(choice.values).any()]


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


def exposure(run: Measured) -> dict[str, Floats]:
    """`net` value / equity at each bar, and `gross` where there are several symbols; none before the test, and where
    equity is not above 0."""
    import numpy as np

    out, several = run.output, run.output.several
    equity = np.where(out.equity > 0.0, out.equity, np.nan)
    if several is None:
        return {"net": np.round(_tested(run, out.quantity * out.bars.close * out.points / equity), 4)}
    return {name: np.round(_tested(run, getattr(several, name) / equity), 4) for name in ("net", "gross")}


_OF_EQUITY = ("open_risk", "margin_used")
_OF_BOOK = ("lots", "realised", "unrealised", "fees", "carry")
_OF_ACCOUNT = ("margin_used", "day_loss")
"""Readings that are the account's where several symbols share it; the others are each book's own."""


def _monitors(run: Measured) -> list[Choice]:
    """The last reading of each bar."""
    import numpy as np

    out = run.output
    if out.records is None or not len(out.records):
        return []
    names = ("open_risk", *_OF_ACCOUNT, *_OF_BOOK) if out.several is None else _OF_ACCOUNT
    index = record_column(out, "index").astype(np.int64)
    row = np.searchsorted(index, np.arange(len(out.bars)), side="right") - 1
    found = []
    for name in names:
        values = np.where(row >= 0, record_column(out, name)[np.maximum(row, 0)], np.nan)
        title = f"monitor: {name.replace('_', ' ')}"
        if name in _OF_EQUITY:
            title, values = f"{title} / equity", values / np.where(out.equity > 0.0, out.equity, np.nan)
        found.append(Choice(title, np.round(_tested(run, values), 6)))
    return [choice for choice in found if np.nan_to_num(choice.values).any()]


def _of_periods(run: Measured, values: Floats) -> Floats:
    """The value of the period that ended last, at each bar; none before the first one has ended."""
    import numpy as np

    out, ends = run.output, run.periods.ends
    if not len(values):
        return np.full(len(out.bars), np.nan)
    at = np.searchsorted(ends, np.arange(out.tested), side="right") - 1
    known = np.where(at >= 0, np.round(values, 4)[np.maximum(at, 0)], np.nan)
    return np.concatenate([np.full(out.first, np.nan), known])
