"""How each statistic is computed: one function a name, from a `Measured` run. `definitions.py` says what they mean."""

from __future__ import annotations

import math

from ...trading.rows import TRADE_ENTRY_INDEX, TRADE_EXIT_INDEX
from ..flows import money_weighted
from ..rows import point_values
from .exact import total
from .run import Measured, deviation, growth, longest_run, mean, quotient

SPREAD = 1e-14
"""Returns that differ by less are rounding: a deviation below it counts as none."""

# --- outcome ---------------------------------------------------------------------------------------


def total_return(run: Measured) -> float:
    return (run.final_growth - run.capital) / run.capital


def annual_return(run: Measured) -> float | None:
    return growth(run.final_growth / run.capital, run.periods.years)


def money_weighted_return(run: Measured) -> float | None:
    """As CAGR where no money came or went."""
    flows, days = run.flows, run.days
    if flows is None:
        return annual_return(run)
    places = [at for at, money in enumerate(flows.tolist()) if money]
    return money_weighted(
        [-run.capital, *(-float(flows[at]) for at in places), run.final_equity],
        [0.0, *(days.years_to(at) for at in places), days.years],
    )


def benchmark_return(run: Measured) -> float | None:
    edges = run.edges
    return None if edges is None else quotient(edges[1] - edges[0], edges[0])


# --- risk ------------------------------------------------------------------------------------------


def volatility(run: Measured) -> float | None:
    spread = _spread(run)
    return None if spread is None else spread * math.sqrt(run.per_year)


def sharpe(run: Measured) -> float | None:
    ratio = quotient(run.mean_excess, _spread(run))
    return None if ratio is None else ratio * math.sqrt(run.per_year)


def sortino(run: Measured) -> float | None:
    ratio = quotient(run.mean_excess, downside_spread(run))
    return None if ratio is None else ratio * math.sqrt(run.per_year)


def downside_spread(run: Measured) -> float | None:
    """√(mean of the squares of what lies below the riskless return); 0 where that is rounding."""
    import numpy as np

    spread = None if run.excess is None else deviation(np.minimum(run.excess, 0.0), around=0.0)
    return 0.0 if spread is not None and spread <= SPREAD else spread


def _spread(run: Measured) -> float | None:
    spread = run.spread
    return 0.0 if spread is not None and spread <= SPREAD else spread


def max_drawdown(run: Measured) -> float:
    return run.falls.ratio


def max_drawdown_money(run: Measured) -> float:
    return run.falls.money


def max_drawdown_bars(run: Measured) -> int:
    return run.falls.bars


def calmar(run: Measured) -> float | None:
    return quotient(annual_return(run), max_drawdown(run))


def recovery_factor(run: Measured) -> float | None:
    return quotient(run.net_profit, max_drawdown_money(run))


# --- months ----------------------------------------------------------------------------------------


def best_month(run: Measured) -> float | None:
    return max(_months(run), default=None)


def worst_month(run: Measured) -> float | None:
    return min(_months(run), default=None)


def winning_months(run: Measured) -> float | None:
    months = _months(run)
    return quotient(sum(value > 0.0 for value in months), len(months))


def _months(run: Measured) -> list[float]:
    return [value for value in run.monthly.values() if value is not None]


# --- trades ----------------------------------------------------------------------------------------


def win_rate(run: Measured) -> float | None:
    return quotient(len(run.won), run.trades)


def profit_factor(run: Measured) -> float | None:
    return quotient(run.gross_profit, run.gross_loss)


def expectancy(run: Measured) -> float | None:
    return run.mean_pnl


def average_return(run: Measured) -> float | None:
    return mean(run.closed("return"))


def average_win(run: Measured) -> float | None:
    return quotient(run.gross_profit, len(run.won))


def average_loss(run: Measured) -> float | None:
    return quotient(-run.gross_loss, len(run.lost))


def payoff(run: Measured) -> float | None:
    loss = average_loss(run)
    return quotient(average_win(run), None if loss is None else -loss)


def best_trade(run: Measured) -> float | None:
    return float(run.closed("return").max()) if run.trades else None


def worst_trade(run: Measured) -> float | None:
    return float(run.closed("return").min()) if run.trades else None


def longest_wins(run: Measured) -> int:
    return longest_run(run.pnl > 0.0)


def longest_losses(run: Measured) -> int:
    return longest_run(run.pnl < 0.0)


def average_bars(run: Measured) -> float | None:
    return mean(run.closed("bars"))


def sqn(run: Measured) -> float | None:
    ratio = quotient(run.mean_pnl, run.deviation(run.pnl, run.mean_pnl))
    return None if ratio is None else ratio * math.sqrt(run.trades)


def kelly(run: Measured) -> float | None:
    rate, ratio = win_rate(run), payoff(run)
    against = quotient(None if rate is None else 1.0 - rate, ratio)
    return None if rate is None or against is None else rate - against


# --- activity --------------------------------------------------------------------------------------


def exposure(run: Measured) -> float | None:
    return quotient(run.held_bars, run.output.tested)


def fees(run: Measured) -> float:
    return total(run.every("fees"))


def carry(run: Measured) -> float:
    return run.output.carry


def turnover(run: Measured) -> float | None:
    """Fills of an open trade are its entry alone."""
    sizes, entries, exits = run.every("quantity"), run.every("entry_price"), run.closed("exit_price")
    bought, sold = (point_values(run.output, each) for each in (TRADE_ENTRY_INDEX, TRADE_EXIT_INDEX))
    if isinstance(bought, float):
        traded = (total(sizes * entries) + total(sizes[: len(exits)] * exits)) * bought
    else:
        traded = total(sizes * bought * entries) + total((sizes * sold)[: len(exits)] * exits)
    return quotient(traded, mean(run.equity[run.periods.ends]))
