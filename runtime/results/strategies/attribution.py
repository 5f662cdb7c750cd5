"""What each strategy of a portfolio brought: its part of the profit, its own return and drawdown, its trades.

The parts and what is of no strategy (rounding) add up to the net profit, and of each strategy what its symbols brought
and what none of them did add up to its part.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from ...trading.rows import BY_PORTFOLIO, ORDER_REASON, REFUSED
from ..flows import flow_rows, money_of
from ..metrics.definitions import DEFINITIONS
from ..metrics.exact import total
from ..metrics.run import Measured, quotient
from ..rows import order_column

if TYPE_CHECKING:
    import pyarrow as pa

    from ..output import RunOutput
    from .model import Strategies


@dataclass(frozen=True, slots=True)
class OfStrategy:
    """share: of the capital. pnl: money after fees, of what is still open as it stood at the end; of_net: its share of
    the net profit, None where that is 0. return, max_drawdown, sharpe, win_rate: of its own account, time-weighted
    where money came or went. other_pnl: what of its money none of its symbols brought. moved: what came from the other
    strategies less what went to them."""

    strategy: str
    share: float
    capital: float
    final_equity: float
    pnl: float
    of_net: float | None
    pnl_return: float
    max_drawdown: float | None
    sharpe: float | None
    trades: int
    open_trades: int
    win_rate: float | None
    fees: float
    denied: int
    other_pnl: float
    moved: float = 0.0


COLUMNS = tuple(field.name for field in fields(OfStrategy))


def of_strategies(run: Measured) -> list[OfStrategy]:
    """A part for each strategy, in the order of the portfolio; none where the run is no portfolio of strategies."""
    strategies = run.output.strategies
    if strategies is None:
        return []
    return [_part(run, strategies, place) for place in range(len(strategies.names))]


def of_none(run: Measured, parts: Sequence[OfStrategy]) -> float:
    """The net profit that is no strategy's, exactly: rounding."""
    import numpy as np

    return total(np.array([run.net_profit, *(-part.pnl for part in parts)]))


def _part(run: Measured, strategies: Strategies, place: int) -> OfStrategy:
    import numpy as np

    out = strategies.outputs[place]
    own, capital = Measured(out), strategies.capitals[place]
    mine = strategies.trades == place
    pnl = own.net_profit
    return OfStrategy(
        strategy=strategies.names[place],
        share=capital / run.capital,
        capital=capital,
        final_equity=own.final_equity,
        pnl=pnl,
        of_net=quotient(pnl, run.net_profit),
        pnl_return=own.final_growth / capital - 1.0 if own.flows is not None else pnl / capital,
        max_drawdown=_figure(own, "max_drawdown"),
        sharpe=_figure(own, "sharpe"),
        trades=own.trades,
        open_trades=int(mine.sum()) - own.trades,
        win_rate=_figure(own, "win_rate"),
        fees=total(run.every("fees")[mine]),
        denied=int(((strategies.orders == place) & (order_column(run.output, "status") == REFUSED)).sum()),
        other_pnl=total(np.array([pnl, *(-run.every("pnl")[mine])])),
        moved=_moved(out),
    )


def _moved(out: RunOutput) -> float:
    """Money that came from the other strategies less what went to them."""
    rows = flow_rows(out)
    return total(money_of(rows[rows[:, ORDER_REASON] == BY_PORTFOLIO]))


def _figure(run: Measured, name: str) -> float | None:
    """A statistic of a strategy's own account; None where it means nothing, or lies beyond the numbers."""
    import numpy as np

    try:
        with np.errstate(over="raise"):
            value = DEFINITIONS[name].value(run)
    except (OverflowError, FloatingPointError):
        return None
    return None if value is None else float(value)


def strategies_table(run: Measured) -> pa.Table:
    """The parts as Arrow, a row a strategy."""
    import pyarrow as pa

    kinds = {"strategy": pa.string(), "trades": pa.int64(), "open_trades": pa.int64(), "denied": pa.int64()}
    parts = of_strategies(run)
    return pa.table({
        name: pa.array([getattr(part, name) for part in parts], kinds.get(name, pa.float64())) for name in COLUMNS
    })  # fmt: skip


def limits_table(run: Measured) -> pa.Table:
    """What the limits of the portfolio did, a row an act; `strategy` is missing where it acted on all of them.

    `ts` is the label of the event's row in `equity`, `what` is deny, halt or flatten, `orders` how many it denied.
    """
    import pyarrow as pa

    strategies = run.output.strategies
    acts = strategies.acts if strategies is not None else ()
    return pa.table({
        "ts": pa.array([int(run.output.bars.ts[act.event]) for act in acts], pa.int64()).cast(
            pa.timestamp("us", tz="UTC")
        ),
        "limit": pa.array([act.measure for act in acts], pa.string()),
        "level": pa.array([act.level for act in acts], pa.float64()),
        "what": pa.array([act.what for act in acts], pa.string()),
        "reading": pa.array([act.reading if act.reading < float("inf") else None for act in acts], pa.float64()),
        "strategy": pa.array([act.strategy or None for act in acts], pa.string()),
        "orders": pa.array([act.orders for act in acts], pa.int64()),
    })  # fmt: skip


def strategies_document(run: Measured) -> dict[str, object]:
    """Strategies and limits for `result.json`; nothing where the run is no portfolio of strategies."""
    strategies = run.output.strategies
    if strategies is None:
        return {}
    parts = of_strategies(run)
    told = [{name: getattr(part, name) for name in COLUMNS} for part in parts]
    limits = [
        {
            "limit": limit,
            "acted": sum(act.what != "deny" for act in strategies.acts if act.limit == limit),
            "denied": sum(act.orders for act in strategies.acts if act.limit == limit),
        }
        for limit in strategies.limits
    ]
    return {"strategies": told, "unattributed_pnl": of_none(run, parts), "limits": limits}
