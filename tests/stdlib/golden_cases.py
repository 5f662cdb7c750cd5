"""Reference values of others, and the expression of the language that must give them.

`vector` is a file of the reference values and `column` one of its columns; the values
agree to 1e-9 relative from the first valid row on, unless `absolute` says why not.
`condition` columns hold any number but 0 for true. Where the convention of the source
is not the default here, the expression says so, and `convention` in words.
"""

from __future__ import annotations

from dataclasses import dataclass

RELATIVE = 1e-9


@dataclass(frozen=True, slots=True)
class Case:
    vector: str
    column: str
    expression: str
    convention: str = ""
    absolute: float = 0.0
    condition: bool = False


def _tradingview(file: str, *rows: tuple[str, str] | tuple[str, str, str]) -> list[Case]:
    return [Case(f"tradingview_pynecore/{file}", f"exp_{row[0]}", *row[1:]) for row in rows]


def _talib(series: str, *rows: tuple[str, str, str] | tuple[str, str, str, str]) -> list[Case]:
    return [Case(f"talib_vectors/{row[0]}_{series}", f"exp_{row[1]}", *row[2:]) for row in rows]


TRADINGVIEW = [
    *_tradingview("accdist_pvi_pvt_wad_wvad", ("accdist", "accdist()"), ("pvt", "pvt()")),
    *_tradingview(
        "bb",
        ("bb_close_20_2_base", "bb(close, 20, 2).middle"),
        ("bb_close_20_2_upper", "bb(close, 20, 2).upper"),
        ("bb_close_20_2_lower", "bb(close, 20, 2).lower"),
        ("bbw_close_20_2_1", "bbw(close, 20, 2.1)"),
    ),
    *_tradingview("cci_cmo_cog", ("cmo_close_20", "cmo(close, 20)"), ("cci_close_20", "cci(close, 20)")),
    Case(
        "tradingview_pynecore/correlation", "exp_correlation", "correlation(sma(close, 20), ema(close, 10), 20)",
        "TradingView cancels large sums: its own value is 2.4e-8 from the exact one, ours 1e-15", absolute=5e-8,
    ),
    Case("tradingview_pynecore/cross", "exp_cross_ema1_ema2", "crosses(ema(close, 5), ema(close, 11))", condition=True),
    Case("tradingview_pynecore/cross", "exp_crossover_ema1_ema2", "cross_above(ema(close, 5), ema(close, 11))",
         condition=True),
    Case("tradingview_pynecore/cross", "exp_crossunder_ema1_ema2", "cross_below(ema(close, 5), ema(close, 11))",
         condition=True),
    Case("tradingview_pynecore/falling_rising", "exp_rising_ema_5", "rising(ema(close, 20), 5)", condition=True),
    Case("tradingview_pynecore/falling_rising", "exp_falling_ema_5", "falling(ema(close, 20), 5)", condition=True),
    *_tradingview(
        "highest_lowest",
        ("highest_10", "highest(high, 10)"),
        ("highest_close_10", "highest(close, 10)"),
        ("lowest_10", "lowest(low, 10)"),
        ("lowest_close_10", "lowest(close, 10)"),
        ("highestbars_10", "-highest_bars(high, 10)", "negated there"),
        ("highestbars_close_10", "-highest_bars(close, 10)", "negated there"),
        ("lowestbars_10", "-lowest_bars(low, 10)", "negated there"),
        ("lowestbars_close_10", "-lowest_bars(close, 10)", "negated there"),
    ),
    *_tradingview("iii_nvi_obv", ("obv", "obv()")),
    *_tradingview(
        "ma",
        ("sma_close_10", "sma(close, 10)"),
        ("sma_hl2_20", "sma(hl2(), 20)"),
        ("sma_hlc3_15", "sma(hlc3(), 15)"),
        ("ema_close_20", "ema(close, 20)"),
        ("ema_ohlc4_10", "ema(ohlc4(), 10)"),
        ("rma_hlcc4_5", "rma(hlcc4(), 5)"),
        ("rma_high_15", "rma(high, 15)"),
        ("wma_close_5", "wma(close, 5)"),
        ("wma_close_20", "wma(close, 20)"),
        ("hma_close_9", "hma(close, 9)"),
        ("hma_close_20", "hma(close, 20)"),
        ("swma_hlc3", "swma(hlc3())"),
        ("vwma_close_20", "vwma(close, 20)"),
    ),
    *_tradingview(
        "macd",
        ("macd_close_12_26_9_macd", "macd(close, 12, 26, 9).line"),
        ("macd_close_12_26_9_signal", "macd(close, 12, 26, 9).signal"),
        ("macd_close_12_26_9_hist", "macd(close, 12, 26, 9).hist"),
    ),
    *_tradingview(
        "mfi_rsi_stoch",
        ("mfi_close_14", "mfi(close, 14)"),
        ("rsi_close_14", "rsi(close, 14)"),
        ("stoch_close_high_low_20", "stoch(close, high, low, 20)"),
    ),
    *_tradingview(
        "min_max_median_mode",
        ("min_close", "lowest_since(bar_index == 0, close)"),
        ("max_close", "highest_since(bar_index == 0, close)"),
        ("median_close", "median(close, 20)"),
    ),
    *_tradingview(
        "ppp",
        ("percentile_linear_interpolation_close_20_30", "percentile(close, 20, 20)", "20 per cent, not 30"),
        ("percentile_nearest_rank_close_20_0", "percentile_nearest(close, 20, 20)", "20 per cent, not 0"),
        ("percentrank_close_33", "percentrank(close, 33)"),
    ),
    *_tradingview("range", ("range_close_20", "range(close, 20)")),
    *_tradingview("sar", ("sar_0_02_0_02_0_2", "sar(0.02, 0.02, 0.2)")),
    *_tradingview(
        "tr",
        ("tr_true", "tr()"),
        ("tr_false", "tr(first = false)"),
        ("tr", "tr(first = false)"),
        ("atr_14", "atr(14)"),
    ),
    *_tradingview(
        "valuewhen",
        ("valuewhen_cross_slow_fast_close_1", "valuewhen(crosses(sma(close, 7), sma(close, 14)), close, 1)"),
    ),
]  # fmt: skip

_FIRST = "the first true range is left out"
_DMI = "the first bar counts as no movement"
_STOP = "the stop is held before it is tested"
_FROM = "starts from the first bar's volume"
_DX = "100 * abs({0}.plus - {0}.minus) / ({0}.plus + {0}.minus)".format("dmi(14, 14, talib = true)")
_LATE = "of the typical price; the average of the range begins late, to end with the middle"
_REACH = "2 * rma(if is_na(close[10]) then na else tr(), 10)"
_PERCENT = "in per cent"
_LATEST = "of equal extremes the latest"

TALIB = [
    *_talib(
        "ibm",
        ("min", "min", "lowest(close, 30)"),
        ("sum", "sum", "sum(close, 30)"),
        ("adx", "adx", "adx(14, talib = true)", _DMI),
        ("dx", "dx", _DX, _DMI),
        ("plus_di", "plus_di", "dmi(14, 14, talib = true).plus", _DMI),
        ("minus_di", "minus_di", "dmi(14, 14, talib = true).minus", _DMI),
        ("aroon", "aroonup", "aroon(14, latest = true).up", _LATEST),
        ("aroon", "aroondown", "aroon(14, latest = true).down", _LATEST),
        ("aroonosc", "aroonosc", "aroon(14, true).up - aroon(14, true).down", _LATEST),
        ("cmo", "cmo", "cmo(close, 14, wilder = true)", "smoothed as Wilder did"),
        ("cmou", "cmou", "cmo(close, 14)"),
        ("macd", "macd", "macd(close, 12, 26, 9, aligned = true).line", "both averages begin together"),
        ("macd", "macdsignal", "macd(close, 12, 26, 9, aligned = true).signal", "both averages begin together"),
        ("macd", "macdhist", "macd(close, 12, 26, 9, aligned = true).hist", "both averages begin together"),
        ("mom", "mom", "mom(close, 10)"),
        ("roc", "roc", "roc(close, 10)"),
        ("stoch", "slowk", "stochastic(5, 3, 3).k"),
        ("stoch", "slowd", "stochastic(5, 3, 3).d"),
        ("willr", "willr", "wpr(14)"),
        ("dema", "dema", "dema(close, 30)"),
        ("tema", "tema", "tema(close, 30)"),
        ("hma", "hma", "hma(close, 20)"),
        ("ma", "ma", "sma(close, 30)"),
        ("trima", "trima", "trima(close, 30)"),
        ("vwma", "vwma", "vwma(close, 30)"),
        ("donchian", "upperband", "donchian(20).upper"),
        ("donchian", "middleband", "donchian(20).middle"),
        ("donchian", "lowerband", "donchian(20).lower"),
        ("midpoint", "midpoint", "(highest(close, 14) + lowest(close, 14)) / 2"),
        ("sar", "sar", "sar(0.02, 0.02, 0.2, talib = true)", _STOP),
        ("supertrend", "supertrend", "supertrend(3, 10, talib = true).line", _FIRST),
        ("supertrend", "trend", "or_else(supertrend(3, 10, talib = true).direction, 0)", _FIRST),
        ("typprice", "typprice", "hlc3()"),
        ("wclprice", "wclprice", "hlcc4()"),
        ("linearreg", "linearreg", "linreg(close, 14)"),
        ("tsf", "tsf", "linreg(close, 14, -1)"),
        ("stddev", "stddev", "stdev(close, 5)"),
        ("var", "var", "variance(close, 5)"),
        ("trange", "trange", "if is_na(close[1]) then na else tr()", _FIRST),
        ("atr", "atr", "atr(14, first = false)", _FIRST),
        ("natr", "natr", "100 * atr(14, first = false) / close", _FIRST),
        ("obv", "obv", "or_else(obv(), 0) + valuewhen(bar_index == 0, volume)", _FROM),
        ("pvt", "pvt", "or_else(pvt(), 0)"),
    ),
    *_talib(
        "ref252",
        ("minmax", "min", "lowest(close, 30)"),
        ("minmax", "max", "highest(close, 30)"),
        ("sum", "sum", "sum(close, 30)"),
        ("adx", "adx", "adx(14, talib = true)", _DMI),
        ("dx", "dx", _DX, _DMI),
        ("plus_di", "plus_di", "dmi(14, 14, talib = true).plus", _DMI),
        ("aroon", "aroonup", "aroon(14, latest = true).up", _LATEST),
        ("aroon", "aroondown", "aroon(14, latest = true).down", _LATEST),
        ("cmou", "cmou", "cmo(close, 14)"),
        ("mfi", "mfi", "mfi(hlc3(), 14)"),
        ("mom", "mom", "mom(close, 10)"),
        ("roc", "roc", "roc(close, 10)"),
        ("rsi", "rsi", "rsi(close, 14)"),
        ("stochf", "fastk", "stoch(close, high, low, 5)"),
        ("stochf", "fastd", "sma(stoch(close, high, low, 5), 3)"),
        ("tsi", "tsi", "100 * tsi(close, 13, 25)", _PERCENT),
        ("willr", "willr", "wpr(14)"),
        ("dema", "dema", "dema(close, 30)"),
        ("ema", "ema", "ema(close, 30)"),
        ("hma", "hma", "hma(close, 20)"),
        ("rma", "rma", "rma(close, 30)"),
        ("vwma", "vwma", "vwma(close, 30)"),
        ("wma", "wma", "wma(close, 30)"),
        ("kc", "upperband", f"ema(hlc3(), 20) + {_REACH}", _LATE),
        ("kc", "middleband", "ema(hlc3(), 20)", "of the typical price"),
        ("kc", "lowerband", f"ema(hlc3(), 20) - {_REACH}", _LATE),
        ("donchian", "upperband", "donchian(20).upper"),
        ("donchian", "middleband", "donchian(20).middle"),
        ("donchian", "lowerband", "donchian(20).lower"),
        ("midpoint", "midpoint", "(highest(close, 14) + lowest(close, 14)) / 2"),
        ("sar", "sar", "sar(0.02, 0.02, 0.2, talib = true)", _STOP),
        ("supertrend", "supertrend", "supertrend(3, 10, talib = true).line", _FIRST),
        ("supertrend", "trend", "or_else(supertrend(3, 10, talib = true).direction, 0)", _FIRST),
        ("avgdev", "avgdev", "mean_deviation(close, 14)"),
        ("avgprice", "avgprice", "ohlc4()"),
        ("wclprice", "wclprice", "hlcc4()"),
        ("correl", "correl", "correlation(high, low, 30)"),
        ("linearreg", "linearreg", "linreg(close, 14)"),
        ("linearreg_slope", "linearreg_slope", "linreg_slope(close, 14)"),
        ("percentrank", "percentrank", "percentrank(close, 100, strict = true)", "only values below count"),
        ("stddev", "stddev", "stdev(close, 5)"),
        ("var", "var", "variance(close, 5)"),
        ("natr", "natr", "100 * atr(14, first = false) / close", _FIRST),
        ("ad", "ad", "accdist()"),
        ("obv", "obv", "or_else(obv(), 0) + valuewhen(bar_index == 0, volume)", _FROM),
        ("vwap", "vwap", "vwap(hlc3(), bar_index == 0)", "never begun anew"),
    ),
]

_NOISE = "TA-Lib leaves a remainder of a rounding where the value is 0"
TALIB += [
    Case("talib_vectors/stochrsi_ibm", "exp_fastk", "stoch_rsi(close, 14, 5, 1, 3).k", _NOISE, absolute=1e-11),
    Case("talib_vectors/stochrsi_ibm", "exp_fastd", "stoch_rsi(close, 14, 5, 1, 3).d", _NOISE, absolute=1e-11),
]

CASES = TRADINGVIEW + TALIB
