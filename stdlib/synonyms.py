"""What traders and other tools call what is there by another name: functions that may be meant, and what is none."""

from __future__ import annotations

import re

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
    # pandas and Python
    "argmax": "highest_bars",
    "argmin": "lowest_bars",
    "clip": "clamp",
    "corr": "correlation",
    "cummax": "highest_since",
    "cummin": "lowest_since",
    "diff": "change mom",
    "ewm": "ema rma",
    "ewm mean": "ema rma",
    "idxmax": "highest_bars",
    "idxmin": "lowest_bars",
    "isna": "is_na",
    "isnull": "is_na",
    "nlargest": "top",
    "notna": "is_na",
    "quantile": "percentile",
    "rolling": "sma stdev sum highest lowest median",
    "rolling max": "highest",
    "rolling mean": "sma",
    "rolling median": "median",
    "rolling min": "lowest",
    "rolling std": "stdev",
    "rolling sum": "sum",
    # TA-Lib
    "ad": "accdist",
    "avgprice": "ohlc4",
    "bbands": "bb",
    "correl": "correlation",
    "dx": "dmi",
    "linearreg": "linreg",
    "linearreg slope": "linreg_slope",
    "maxindex": "highest_bars",
    "medprice": "hl2",
    "minindex": "lowest_bars",
    "minus di": "dmi",
    "natr": "atr",
    "plus di": "dmi",
    "rocp": "roc",
    "rocr": "roc",
    "stddev": "stdev",
    "stochf": "stoch",
    "stochrsi": "stoch_rsi",
    "trange": "tr",
    "typprice": "typical hlc3",
    "wclprice": "hlcc4",
    "willr": "wpr",
    # MetaTrader, AmiBroker, EasyLanguage, Excel
    "averagefc": "sma",
    "avgtruerange": "atr",
    "countif": "sum number",
    "envelopes": "sma",
    "fractals": "pivot_high pivot_low",
    "hhv": "highest",
    "llv": "lowest",
    "offset": "history",
    "osma": "macd",
    "xaverage": "ema",
    # Pine Script
    "cum": "cumulative",
    "dev": "mean_deviation",
    "fixnan": "last_known",
    "highestbars": "highest_bars",
    "lowestbars": "lowest_bars",
    "pivothigh": "pivot_high",
    "pivotlow": "pivot_low",
}
"""The likeliest first."""
_CAPITALS = {
    "AVERAGE": "sma average",
    "MAX": "highest max",
    "MIN": "lowest min",
    "RANK": "percentrank rank",
    "STOCH": "stochastic stoch",
    "VAR": "variance",
}
"""Names of TA-Lib and of spreadsheets that are ours, too, of another function."""
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
    "iopen": "a word: `open`, of another timeframe `open @ 4h`, of the bar before `open[1]`",
    "ihigh": "a word: `high`, of another timeframe `high @ 4h`, of the bar before `high[1]`",
    "ilow": "a word: `low`, of another timeframe `low @ 4h`, of the bar before `low[1]`",
    "iclose": "a word: `close`, of another timeframe `close @ 4h`, of the bar before `close[1]`",
    "ivolume": "a word: `volume`, of another timeframe `volume @ 4h`, of the bar before `volume[1]`",
    "itime": "a reading of the calendar: `time`, the instant at which the bar opened",
    "security": "another timeframe stands behind `@`: `sma(close, 20) @ 1d`; another symbol is read by `close of SPY`",
    "resample": "another timeframe stands behind `@`: `sma(close, 20) @ 1d`",
    "where": "a choice: `if close > open then 1 else -1`",
    "if": "a choice: `if close > open then 1 else -1`",
    "iff": "a choice: `if close > open then 1 else -1`",
    "apply": "a function of one's own: `fn spread(x, n = 20) = x - sma(x, n)`",
    "input": "a parameter: `param n = 14 in 5 to 50`",
    "int": "a parameter: `param n = 14 in 5 to 50`",
    "float": "a parameter: `param mult = 2.0 in 1.0 to 4.0`",
    "entry": "an order: `enter long when close > open`",
    "ordersend": "an order: `enter long when close > open`",
    "ppo": "the MACD as a share: `macd(close).line / ema(close, 26)`",
    "apo": "the line of the MACD: `macd(close).line`",
    "trix": "`roc(ema(ema(ema(close, 15), 15), 15), 1)`",
    "ao": "`sma(hl2(), 5) - sma(hl2(), 34)`",
    "awesome": "`sma(hl2(), 5) - sma(hl2(), 34)`",
    "awesome oscillator": "`sma(hl2(), 5) - sma(hl2(), 34)`",
    "ichimoku": "lines between extremes: `(highest(high, 9) + lowest(low, 9)) / 2` is the conversion line",
}
"""What is no function."""


_METATRADER = re.compile(r"i[A-Z][A-Za-z]")
_OWNERS = frozenset("ta talib pta pandas_ta pd np df series math request input strategy bt".split())


def functions(query: str) -> tuple[str, ...]:
    """The functions that a word of traders means."""
    return tuple((_CAPITALS.get(bare(query)) or _FUNCTIONS.get(_plain(query), "")).split())


def otherwise(query: str) -> str:
    """How a thing is said that is no function; "" where nothing is known of it."""
    return _OTHERWISE.get(query.strip().lower(), "") or _OTHERWISE.get(_plain(query), "")


def bare(query: str) -> str:
    """A name without what other tools write around it: `talib.SMA(`, `.rolling()`, `iRSI`."""
    name = query.strip().partition("(")[0]
    owner, _, last = name.rpartition(".")
    name = last if last and (not owner or owner.split(".")[0].lower() in _OWNERS) else name
    return name[1:] if _METATRADER.match(name) else name


def _plain(query: str) -> str:
    return " ".join(bare(query).lower().replace("_", " ").split())
