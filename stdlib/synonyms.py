"""What traders and other tools call what is there by another name: functions that may be meant, and what is none."""

from __future__ import annotations

_FUNCTIONS = {
    "bands": "bb kc",
    "bollinger": "bb bbw",
    "breakout": "highest lowest donchian",
    "channel": "donchian kc bb",
    "crossover": "cross_above crosses",
    "crossunder": "cross_below crosses",
    "cumsum": "cumulative",
    "cvar": "expected_shortfall",
    "death": "cross_below",
    "ffill": "last_known",
    "fillna": "or_else fill",
    "fractal": "pivot_high pivot_low",
    "funding": "column",
    "golden": "cross_above",
    "hedge": "beta",
    "intraday": "between new_day",
    "keltner": "kc",
    "lag": "history",
    "ma": "sma ema wma",
    "mean": "sma average",
    "momentum": "mom roc",
    "moving average": "sma ema wma",
    "nan": "is_na or_else",
    "null": "is_na or_else",
    "nz": "or_else",
    "opening range": "highest_since",
    "pairs": "zscore correlation",
    "parabolic": "sar",
    "pct change": "roc",
    "previous": "history",
    "psar": "sar",
    "ranking": "rank top",
    "ref": "history",
    "regression": "linreg linreg_slope",
    "resistance": "highest pivot_high",
    "returns": "roc change",
    "sentiment": "column",
    "session": "between",
    "shift": "history",
    "sigma": "stdev",
    "slope": "linreg_slope",
    "spread": "zscore",
    "squeeze": "bbw kcw",
    "std": "stdev",
    "support": "lowest pivot_low",
    "swing": "pivot_high pivot_low",
    "trailing": "highest_since lowest_since",
    "turtle": "donchian highest",
    "var": "value_at_risk",
    "vix": "column",
    "williams": "wpr",
}
"""The likeliest first."""
_OTHERWISE = {
    "vix": "prices of another symbol are read by `watch VIX`, then `close of VIX`",
    "index": "prices of another symbol are read by `watch SPY`, then `close of SPY`",
    "benchmark": "prices of another symbol are read by `watch SPY`, then `close of SPY`",
    "stop loss": "a clause of an entry: `enter long when … stop 2%`",
    "take profit": "a clause of an entry: `enter long when … target 4%`",
    "trailing stop": "a clause of an entry: `enter long when … trail 3 * atr(14)`",
    "trailing": "a clause of an entry: `enter long when … trail 3 * atr(14)`",
    "timeframe": "another timeframe stands behind `@`: `sma(close, 20) @ 1d`",
    "profit": "a reading of the books: `position.pnl` of what is held, `pnl.total` of the run",
    "drawdown": "a reading of the books: `drawdown`",
    "bars in trade": "a reading of the books: `position.bars`",
    "weekday": "a reading of the calendar: `weekday == friday`",
}
"""What is no function."""


def functions(query: str) -> tuple[str, ...]:
    """The functions that a word of traders means."""
    return tuple(_FUNCTIONS.get(_plain(query), "").split())


def otherwise(query: str) -> str:
    """How a thing is said that is no function; "" where nothing is known of it."""
    return _OTHERWISE.get(_plain(query), "")


def _plain(query: str) -> str:
    return " ".join(query.lower().replace("_", " ").split())
