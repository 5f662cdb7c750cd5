"""The metrics beyond the statistics of a result, in the same table: `result.metrics()` and `--metrics` have both.

What a convention changes is named with each (`conventions.py`); a meaning is that of the defaults.
"""

from __future__ import annotations

from . import against, lots, shape, water
from .definitions import BARS, COUNT, DEFINITIONS, GROUPS, MONEY, NUMBER, PERIODS, RATIO, Definition, Group

_D = Definition
_RETURNS, _TAIL = ("returns",), ("returns", "level")

DISTRIBUTION = Group(
    "Distribution of returns",
    (
        _D("downside_deviation", "Downside deviation", RATIO,
           "√(mean of the squares of the period returns below 0, the others counting as 0) × √(periods a year).",
           shape.downside_deviation, -1, ("returns", "year", "riskless")),
        _D("omega", "Omega", NUMBER, "Sum of the period returns above 0 / sum of those below, as amounts.",
           shape.omega, 1, ("returns", "year", "riskless")),
        _D("skew", "Skew", NUMBER,
           "Third central moment of the period returns / their standard deviation³.", shape.skew, 1,
           ("returns", "deviation")),
        _D("kurtosis", "Excess kurtosis", NUMBER,
           "Fourth central moment of the period returns / their standard deviation⁴ − 3.", shape.kurtosis, -1,
           ("returns", "deviation")),
        _D("tail_ratio", "Tail ratio", NUMBER,
           "The period return above which 5 % lie / the one below which 5 % lie, as amounts.", shape.tail_ratio, 1,
           _TAIL),
        _D("value_at_risk", "Value at risk", RATIO,
           "The loss that 95 % of the periods stayed within, by history: the period return below which 5 % lie, its "
           "sign turned; between two returns in proportion.", shape.value_at_risk, -1, _TAIL),
        _D("expected_shortfall", "Expected shortfall", RATIO,
           "Mean loss of the periods that lost the value at risk or more.", shape.expected_shortfall, -1, _TAIL),
        _D("stability", "Stability", NUMBER,
           "R² of a straight line through the logarithm of equity at the ends of the periods.", shape.stability, 1,
           _RETURNS),
        _D("probabilistic_sharpe", "Probabilistic Sharpe", RATIO,
           "How probable it is that the true Sharpe ratio is above 0: Φ(s × √(n − 1) / √(1 − skew × s + "
           "(kurtosis + 2) / 4 × s²)) with s the Sharpe ratio of a period, n periods (Bailey and López de Prado "
           "2012).", shape.probabilistic_sharpe, 1, (*PERIODS, "riskless")),
    ),
)  # fmt: skip
CALENDAR = Group(
    "Days, months, years",
    (
        _D("best_day", "Best day", RATIO,
           "The highest return of a day; none where bars last longer.", shape.best_day, 1),
        _D("worst_day", "Worst day", RATIO, "The lowest return of a day.", shape.worst_day, 1),
        _D("winning_days", "Winning days", RATIO, "Days with a return above 0 / days.", shape.winning_days, 1),
        _D("average_month", "Average month", RATIO, "Mean return of the calendar months.", shape.average_month, 1),
        _D("best_year", "Best year", RATIO,
           "The highest return of a calendar year: its months compounded.", shape.best_year, 1),
        _D("worst_year", "Worst year", RATIO, "The lowest return of a calendar year.", shape.worst_year, 1),
        _D("winning_years", "Winning years", RATIO, "Years with a return above 0 / years.", shape.winning_years, 1),
        _D("gain_to_pain", "Gain to pain", NUMBER,
           "Sum of the monthly returns / sum of those below 0, as an amount (Schwager).", shape.gain_to_pain, 1),
    ),
)  # fmt: skip
WATER = Group(
    "Drawdowns",
    (
        _D("drawdowns", "Drawdowns", COUNT, "Falls below a high-water mark, at closes.", water.drawdowns),
        _D("average_drawdown", "Average drawdown", RATIO,
           "Mean of the depths of all drawdowns.", water.average_drawdown, -1),
        _D("average_drawdown_bars", "Average drawdown length", BARS,
           "Mean of the ways from a high-water mark to its recovery, or to the end.", water.average_drawdown_bars, -1),
        _D("current_drawdown", "Drawdown at the end", RATIO,
           "The ratio below the high-water mark at the last close.", water.current_drawdown, -1),
        _D("under_water", "Time under water", RATIO,
           "Tested bars that closed below the high-water mark / tested bars.", water.under_water, -1),
        _D("ulcer_index", "Ulcer index", RATIO,
           "√(mean of the squares of the drawdowns at the ends of the periods) (Martin).", water.ulcer_index, -1,
           _RETURNS),
        _D("martin", "Martin ratio", NUMBER, "CAGR / ulcer index.", water.martin, 1, _RETURNS),
    ),
)  # fmt: skip
BENCHMARK = Group(
    "Beside buying and holding",
    (
        _D("excess_return", "Excess return", RATIO, "Return − return of the benchmark.", against.excess_return, 1),
        _D("benchmark_annual_return", "CAGR of the benchmark", RATIO,
           "(1 + its return)^(1 / years) − 1.", against.benchmark_annual_return, 1),
        _D("benchmark_volatility", "Volatility of the benchmark", RATIO,
           "Standard deviation of its period returns × √(periods a year).", against.benchmark_volatility, -1, PERIODS),
        _D("benchmark_sharpe", "Sharpe of the benchmark", NUMBER,
           "Mean of its period returns / their standard deviation × √(periods a year).", against.benchmark_sharpe, 1,
           (*PERIODS, "riskless")),
        _D("benchmark_max_drawdown", "Max drawdown of the benchmark", RATIO,
           "Its deepest fall below its highest close / that close.", against.benchmark_max_drawdown, -1),
        _D("beta", "Beta", NUMBER,
           "Covariance of the period returns with the benchmark's / variance of the benchmark's.", against.beta, 0,
           _RETURNS),
        _D("alpha", "Alpha", RATIO,
           "(Mean of the period returns − beta × mean of the benchmark's) × periods a year (Jensen).", against.alpha, 1,
           ("returns", "year", "riskless")),
        _D("correlation", "Correlation", NUMBER,
           "Covariance of the period returns with the benchmark's / both standard deviations.", against.correlation, 0,
           _RETURNS),
        _D("tracking_error", "Tracking error", RATIO,
           "Standard deviation of (period return − the benchmark's) × √(periods a year).", against.tracking_error, 0,
           PERIODS),
        _D("information_ratio", "Information ratio", NUMBER,
           "Mean of (period return − the benchmark's) / its standard deviation × √(periods a year).",
           against.information_ratio, 1, PERIODS),
        _D("treynor", "Treynor ratio", RATIO,
           "Mean of the period returns × periods a year / beta.", against.treynor, 1, ("returns", "year", "riskless")),
        _D("up_capture", "Up capture", RATIO,
           "CAGR / CAGR of the benchmark, of the periods in which it rose, put end to end.", against.up_capture, 1,
           ("returns", "year")),
        _D("down_capture", "Down capture", RATIO,
           "CAGR / CAGR of the benchmark, of the periods in which it fell, put end to end.", against.down_capture, -1,
           ("returns", "year")),
    ),
)  # fmt: skip
MORE_TRADES = Group(
    "Trades in detail",
    (
        _D("average_win_return", "Average winning return", RATIO,
           "Mean return of the winning trades.", lots.average_win_return, 1),
        _D("average_loss_return", "Average losing return", RATIO,
           "Mean return of the losing trades.", lots.average_loss_return, 1),
        _D("median_return", "Median return", RATIO, "Median return of the trades.", lots.median_return, 1),
        _D("return_deviation", "Deviation of returns", RATIO,
           "Standard deviation of the returns of the trades.", lots.return_deviation, -1, ("deviation",)),
        _D("best_trade_money", "Best trade, money", MONEY,
           "The most money of a trade, after fees.", lots.best_trade_money, 1),
        _D("worst_trade_money", "Worst trade, money", MONEY,
           "The least money of a trade, after fees.", lots.worst_trade_money, 1),
        _D("trades_a_year", "Trades a year", NUMBER, "Trades / years.", lots.trades_a_year),
        _D("longest_bars", "Longest holding", BARS,
           "The largest (bar of the exit − bar of the entry).", lots.longest_bars),
        _D("average_win_bars", "Average holding, wins", BARS,
           "Average holding of the winning trades.", lots.average_win_bars),
        _D("average_loss_bars", "Average holding, losses", BARS,
           "Average holding of the losing trades.", lots.average_loss_bars),
        _D("ambiguous_trades", "Ambiguous trades", RATIO,
           "Trades that the assumed path inside a bar decided / trades.", lots.ambiguous_trades, -1),
        _D("average_mae", "Average worst excursion", RATIO,
           "Mean of (`mae` of a trade / its entry notional), at most 0.", lots.average_mae, 1),
        _D("worst_mae", "Worst excursion", RATIO, "The lowest `mae` / entry notional.", lots.worst_mae, 1),
        _D("mae_of_wins", "Worst excursion of wins", RATIO,
           "Mean of (`mae` / entry notional) of the winning trades: what they stood through.", lots.mae_of_wins, 1),
        _D("average_mfe", "Average best excursion", RATIO,
           "Mean of (`mfe` of a trade / its entry notional), at least 0.", lots.average_mfe, 1),
        _D("best_mfe", "Best excursion", RATIO, "The highest `mfe` / entry notional.", lots.best_mfe, 1),
        _D("mfe_of_losses", "Best excursion of losses", RATIO,
           "Mean of (`mfe` / entry notional) of the losing trades: what they gave back.", lots.mfe_of_losses),
        _D("edge_ratio", "Edge ratio", NUMBER,
           "Average best excursion / average worst excursion, as amounts.", lots.edge_ratio, 1),
    ),
)  # fmt: skip
STAKE = Group(
    "Exposure and costs",
    (
        _D("long_exposure", "Time long", RATIO,
           "Tested bars that closed with a long position / tested bars.", lots.long_exposure),
        _D("short_exposure", "Time short", RATIO,
           "Tested bars that closed with a short position / tested bars.", lots.short_exposure),
        _D("average_leverage", "Average leverage", NUMBER,
           "Mean over the tested bars of the position's worth / equity, as amounts, at closes.",
           lots.average_leverage),
        _D("max_leverage", "Highest leverage", NUMBER,
           "The largest of these.", lots.max_leverage, -1),
        _D("turnover_a_year", "Turnover a year", NUMBER, "Turnover / years.", lots.turnover_a_year, -1, _RETURNS),
        _D("fees_of_gross", "Fees of the profit", RATIO,
           "Fees of the trades / their money before fees; none where that is a loss.", lots.fees_of_gross, -1),
        _D("fees_of_capital", "Fees a year of the capital", RATIO, "Fees a year / capital.", lots.fees_of_capital, -1),
    ),
)  # fmt: skip

WIDER = (DISTRIBUTION, CALENDAR, WATER, BENCHMARK, MORE_TRADES, STAKE)
EVERY_GROUP = (*GROUPS, *WIDER)
METRICS = DEFINITIONS | {definition.name: definition for group in WIDER for definition in group.definitions}
"""Every metric by name, the statistics of a result first."""
