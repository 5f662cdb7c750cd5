"""Every statistic: its name, title, unit, meaning and function, in one table that the report and the documents use.

Units: "money" is the account's currency; "ratio" is plain (0.12 is 12 %); "bars" are bars of the data; "count"
is a whole number; "number" measures nothing. A value that has no meaning in a run is None.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from . import measures
from .run import Measured

Value = float | int | None

MONEY, RATIO, BARS, COUNT, NUMBER = "money", "ratio", "bars", "count", "number"


@dataclass(frozen=True, slots=True)
class Definition:
    """`better` is 1 where more is better, -1 where less is, 0 where it is neither.

    conventions: the names of those that change it; the statistics of a result are by the defaults.
    """

    name: str
    title: str
    unit: str
    meaning: str
    value: Callable[[Measured], Value]
    better: int = 0
    conventions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    title: str
    definitions: tuple[Definition, ...]


def _counter(name: str) -> Callable[[Measured], Value]:
    return lambda run: int(run.output.counters.get(name, 0))


_D = Definition
PERIODS = ("returns", "deviation", "year")
"""The conventions of what deviates in a year."""

OUTCOME = Group(
    "Outcome",
    (
        _D("capital", "Capital", MONEY, "Money at the start.", lambda run: run.capital),
        _D("final_equity", "Final equity", MONEY,
           "Cash and the position's worth at the last close.", lambda run: run.final_equity, 1),
        _D("net_profit", "Net profit", MONEY, "Final equity − capital − paid in + taken out.",
           lambda run: run.net_profit, 1),
        _D("return", "Return", RATIO,
           "Final equity / capital − 1; where money was paid in or taken out, the product of all bars' (equity before "
           "what came or went at its close / equity at the close before) − 1, which is time-weighted.",
           measures.total_return, 1),
        _D("annual_return", "CAGR", RATIO,
           "The constant yearly growth that gives the return: (1 + return)^(1 / years) − 1; years of "
           "365.25 days, from the first tested bar's open to the last one's close.", measures.annual_return, 1),
        _D("money_weighted_return", "Money-weighted", RATIO,
           "The yearly rate r with capital + Σ paid in / (1 + r)^t = Σ taken out / (1 + r)^t + final equity / "
           "(1 + r)^T, t and T in the years of CAGR: the internal rate of return (XIRR); CAGR where nothing came or "
           "went.",
           measures.money_weighted_return, 1),
        _D("deposited", "Paid in", MONEY, "Money of all deposits, the capital apart.", lambda run: run.paid_in),
        _D("withdrawn", "Taken out", MONEY, "Money of all withdrawals.", lambda run: run.taken_out),
        _D("benchmark_return", "Buy and hold", RATIO,
           "The last close / the first tested close − 1, without costs.", measures.benchmark_return, 1),
    ),
)  # fmt: skip
RISK = Group(
    "Risk",
    (
        _D("volatility", "Volatility", RATIO,
           "Standard deviation (of the population) of the period returns × √(periods a year). A period is a bar, or "
           "a day where bars are shorter; a year has as many as this data had.", measures.volatility, -1, PERIODS),
        _D("sharpe", "Sharpe", NUMBER,
           "Mean of the period returns / their standard deviation (of the population) × √(periods a year); no "
           "riskless rate is taken off.", measures.sharpe, 1, (*PERIODS, "riskless")),
        _D("sortino", "Sortino", NUMBER,
           "Mean of the period returns / √(mean of the squares of those below 0, the others counting as 0) × "
           "√(periods a year).", measures.sortino, 1,
           ("returns", "year", "riskless")),
        _D("calmar", "Calmar", NUMBER, "CAGR / max drawdown.", measures.calmar, 1),
        _D("max_drawdown", "Max drawdown", RATIO,
           "The deepest fall below the high-water mark / that mark, at closes; the mark starts at the capital.",
           measures.max_drawdown, -1),
        _D("max_drawdown_money", "Max drawdown, money", MONEY,
           "The largest fall of capital + profit below its highest, at closes.", measures.max_drawdown_money, -1),
        _D("max_drawdown_bars", "Longest drawdown", BARS,
           "The longest way from a high-water mark to its recovery, or to the end where there was none.",
           measures.max_drawdown_bars, -1),
        _D("recovery_factor", "Recovery factor", NUMBER,
           "Net profit / max drawdown in money.", measures.recovery_factor, 1),
        _D("best_month", "Best month", RATIO, "The highest return of a calendar month.", measures.best_month, 1),
        _D("worst_month", "Worst month", RATIO, "The lowest return of a calendar month.", measures.worst_month, 1),
        _D("winning_months", "Winning months", RATIO,
           "Months with a return above 0 / months.", measures.winning_months, 1),
    ),
)  # fmt: skip
TRADES = Group(
    "Trades",
    (
        _D("trades", "Trades", COUNT, "Closed trades; one for each lot or part of a lot.", lambda run: run.trades),
        _D("open_trades", "Open trades", COUNT,
           "Lots still open at the end: marked at the last close, not counted as trades.", _counter("open_trades")),
        _D("win_rate", "Win rate", RATIO, "Trades with a profit after fees / trades.", measures.win_rate, 1),
        _D("profit_factor", "Profit factor", NUMBER,
           "Money of the winning trades / money of the losing ones.", measures.profit_factor, 1),
        _D("expectancy", "Expectancy", MONEY, "Mean money of a trade, after fees.", measures.expectancy, 1),
        _D("average_return", "Average return", RATIO,
           "Mean of (money of a trade / its entry notional).", measures.average_return, 1),
        _D("average_win", "Average win", MONEY, "Mean money of the winning trades.", measures.average_win, 1),
        _D("average_loss", "Average loss", MONEY, "Mean money of the losing trades.", measures.average_loss, 1),
        _D("payoff", "Payoff", NUMBER, "Average win / average loss, as amounts.", measures.payoff, 1),
        _D("best_trade", "Best trade", RATIO, "The highest return of a trade.", measures.best_trade, 1),
        _D("worst_trade", "Worst trade", RATIO, "The lowest return of a trade.", measures.worst_trade, 1),
        _D("longest_wins", "Longest winning streak", COUNT,
           "Most winning trades in a row.", measures.longest_wins, 1),
        _D("longest_losses", "Longest losing streak", COUNT,
           "Most losing trades in a row.", measures.longest_losses, -1),
        _D("average_bars", "Average holding", BARS,
           "Mean of (bar of the exit − bar of the entry).", measures.average_bars),
        _D("sqn", "System quality", NUMBER,
           "√trades × mean money of a trade / its standard deviation (Van Tharp).", measures.sqn, 1, ("deviation",)),
        _D("kelly", "Kelly fraction", RATIO,
           "Win rate − (1 − win rate) / payoff: the stake that would have grown fastest.", measures.kelly, 1),
    ),
)  # fmt: skip
ACTIVITY = Group(
    "Activity",
    (
        _D("exposure", "Exposure", RATIO,
           "Tested bars that closed with a position / tested bars.", measures.exposure),
        _D("turnover", "Turnover", NUMBER,
           "Notional of every entry and exit / mean equity at the ends of the periods.", measures.turnover, 0,
           ("returns",)),
        _D("fees", "Fees", MONEY, "All fees paid; slippage is in the prices.", measures.fees, -1),
        _D("carry", "Carry", MONEY, "Interest, borrow and funding; below 0 where they cost. No trade has a part of it.",
           measures.carry, 1),
    ),
)  # fmt: skip
ORDERS = Group(
    "Orders",
    (
        _D("denied", "Denied", COUNT,
           "Entries refused: by a guard or its halt, a missing price, a size of nothing, or a `risk` with its stop "
           "on the wrong side.",
           _counter("denied"), -1),
        _D("reduced", "Reduced", COUNT,
           "Entries that got less than they asked for, to keep within a guard or a cap.", _counter("reduced"), -1),
        _D("conflicts", "Conflicts", COUNT,
           "Entries passed over because the other side acted first in the same event.", _counter("conflicts"), -1),
        _D("ambiguous_fills", "Ambiguous fills", COUNT,
           "Fills that the bar alone does not decide: the assumed path in it did.", _counter("ambiguous_fills"), -1),
        _D("guard_trips", "Guard trips", COUNT,
           "How often a guard acted: halted, flattened or reduced.", _counter("guard_trips"), -1),
    ),
)  # fmt: skip

GROUPS = (OUTCOME, RISK, TRADES, ACTIVITY, ORDERS)
DEFINITIONS = {definition.name: definition for group in GROUPS for definition in group.definitions}
