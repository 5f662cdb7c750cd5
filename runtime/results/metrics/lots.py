"""Trades beyond the statistics of a result, and how much of the time and of the money was at stake."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from ...trading.rows import TRADE_EXIT_INDEX
from ..rows import point_values
from .exact import total
from .measures import fees, turnover
from .run import Measured, mean, quotient
from .shape import quantile

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from ..output import Floats

    Flags = NDArray[np.bool_]


# --- trades ----------------------------------------------------------------------------------------


def closed_pnl(run: Measured) -> float:
    return total(run.pnl)


def open_pnl(run: Measured) -> float:
    return total(run.every("pnl")[run.trades :])


def average_win_return(run: Measured) -> float | None:
    return mean(run.closed("return")[run.pnl > 0.0])


def average_loss_return(run: Measured) -> float | None:
    return mean(run.closed("return")[run.pnl < 0.0])


def median_return(run: Measured) -> float | None:
    return quantile(run.closed("return"), 0.5)


def return_deviation(run: Measured) -> float | None:
    return run.deviation(run.closed("return"))


def best_trade_money(run: Measured) -> float | None:
    return float(run.pnl.max()) if run.trades else None


def worst_trade_money(run: Measured) -> float | None:
    return float(run.pnl.min()) if run.trades else None


def trades_a_year(run: Measured) -> float | None:
    return quotient(run.trades, run.periods.years)


def longest_bars(run: Measured) -> int | None:
    return int(run.closed("bars").max()) if run.trades else None


def average_win_bars(run: Measured) -> float | None:
    return mean(run.closed("bars")[run.pnl > 0.0])


def average_loss_bars(run: Measured) -> float | None:
    return mean(run.closed("bars")[run.pnl < 0.0])


def ambiguous_trades(run: Measured) -> float | None:
    return quotient(int((run.closed("ambiguous") != 0.0).sum()), run.trades)


# --- excursions ------------------------------------------------------------------------------------


def _excursions(run: Measured, name: str, chosen: Flags | None = None) -> Floats:
    """`mae` or `mfe` of the closed trades as ratios of their entry notional."""
    points = point_values(run.output, TRADE_EXIT_INDEX)  # profits are at the rate of the exit
    each = points if isinstance(points, float) else points[: run.trades]
    notional = abs(run.closed("entry_price")) * run.closed("quantity") * each
    some = notional > 0.0 if chosen is None else chosen & (notional > 0.0)
    return run.closed(name)[some] / notional[some]


def average_mae(run: Measured) -> float | None:
    return mean(_excursions(run, "mae"))


def worst_mae(run: Measured) -> float | None:
    return min(_excursions(run, "mae").tolist(), default=None)


def mae_of_wins(run: Measured) -> float | None:
    return mean(_excursions(run, "mae", run.pnl > 0.0))


def average_mfe(run: Measured) -> float | None:
    return mean(_excursions(run, "mfe"))


def best_mfe(run: Measured) -> float | None:
    return max(_excursions(run, "mfe").tolist(), default=None)


def mfe_of_losses(run: Measured) -> float | None:
    return mean(_excursions(run, "mfe", run.pnl < 0.0))


def edge_ratio(run: Measured) -> float | None:
    worst = average_mae(run)
    return quotient(average_mfe(run), None if worst is None else -worst)


# --- exposure --------------------------------------------------------------------------------------


def long_exposure(run: Measured) -> float | None:
    return quotient(int(_on(run, 1.0).sum()), run.output.tested)


def short_exposure(run: Measured) -> float | None:
    return quotient(int(_on(run, -1.0).sum()), run.output.tested)


def average_leverage(run: Measured) -> float | None:
    leverage = _leverage(run)
    return None if leverage is None else mean(leverage)


def max_leverage(run: Measured) -> float | None:
    leverage = _leverage(run)
    return None if leverage is None or not len(leverage) else float(leverage.max())


def _held(run: Measured) -> Floats:
    return run.output.quantity[run.output.first :]


def _on(run: Measured, side: float) -> Flags:
    """Whether a tested bar closed with a position of this side, of any symbol."""
    several = run.output.several
    if several is None:
        return _held(run) * side > 0.0
    return (several.long if side > 0.0 else several.short)[run.output.first :]


def _leverage(run: Measured) -> Floats | None:
    """Of each tested bar whose close is known; None where equity was ever lost entirely."""
    if run.output.several is not None:
        gross = run.output.several.gross[run.output.first :]
        return None if (run.equity <= 0.0).any() else gross / run.equity
    close = run.output.bars.close[run.output.first :]
    known = close == close
    equity = run.equity[known]
    if (equity <= 0.0).any():
        return None
    points = run.output.points
    worth: Floats = abs(_held(run)[known] * close[known])
    worth = worth * (points if isinstance(points, float) else points[run.output.first :][known])
    leverage: Floats = worth / equity
    return leverage


# --- costs -----------------------------------------------------------------------------------------


def turnover_a_year(run: Measured) -> float | None:
    return quotient(turnover(run), run.periods.years)


def fees_of_gross(run: Measured) -> float | None:
    """Of the closed trades alone."""
    before = total(run.pnl + run.closed("fees"))
    return quotient(total(run.closed("fees")), before) if before > 0.0 else None


def fees_of_capital(run: Measured) -> float | None:
    yearly = quotient(fees(run) / run.capital, run.periods.years)
    return yearly if yearly is not None and math.isfinite(yearly) else None
