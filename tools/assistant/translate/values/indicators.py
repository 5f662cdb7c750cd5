"""The indicators of the library as they are written: text, usual parameters, what each measures, its lines."""

from __future__ import annotations

from typing import NamedTuple


class Indicator(NamedTuple):
    """text: with `{}` for the parameters, or `{0}`, `{1}` for each. usual: parted by commas, "" where a length has to
    be said, None where there is none. dim: what it measures, its own scale if "". lines: the fields of a record."""

    text: str
    usual: str | None
    dim: str = ""
    lines: tuple[str, ...] = ()


_BAND_B = "(close - bb(close, {0}, {1}).lower) / (bb(close, {0}, {1}).upper - bb(close, {0}, {1}).lower)"
INDICATORS = {
    "rsi": Indicator("rsi(close, {})", "14"),
    "adx": Indicator("adx({})", "14"),
    "wpr": Indicator("wpr({})", "14"),
    "cci": Indicator("cci(hlc3(), {})", "20"),
    "mfi": Indicator("mfi(hlc3(), {})", "14"),
    "atr": Indicator("atr({})", "14", "distance"),
    "tr": Indicator("tr()", None, "distance"),
    "roc": Indicator("roc(close, {})", "10"),
    "mom": Indicator("mom(close, {})", "10", "mom"),
    "cmo": Indicator("cmo(close, {})", "14"),
    "tsi": Indicator("tsi(close, {})", "13, 25"),
    "zscore": Indicator("zscore(close, {})", "20"),
    "bbw": Indicator("bbw(close, {})", "20, 2"),
    "kcw": Indicator("kcw(close, {})", "20, 1.5"),
    "bandb": Indicator(_BAND_B, "20, 2"),
    "stdev": Indicator("stdev(close, {})", "", "distance"),
    "linreg": Indicator("linreg(close, {})", "", "price"),
    "linslope": Indicator("linreg_slope(close, {})", ""),
    "percentrank": Indicator("percentrank(close, {})", ""),
    "rvol": Indicator("volume / sma(volume, {})", ""),
    "ibs": Indicator("(close - low) / (high - low)", None),
    "vwap": Indicator("vwap()", None, "price"),
    "obv": Indicator("obv()", None, "volume"),
    "accdist": Indicator("accdist()", None, "accdist"),
    "pvt": Indicator("pvt()", None, "pvt"),
    "tenkan": Indicator("donchian({}).middle", "9", "price"),
    "kijun": Indicator("donchian({}).middle", "26", "price"),
    "sar": Indicator("sar({})", "", "price"),
    "stoch": Indicator("stochastic({})", "14, 3, 3", "", ("k", "d")),
    "rawstoch": Indicator("stoch(close, high, low, {})", "14", "stoch"),
    "stochrsi": Indicator("stoch_rsi(close, {})", "14, 14, 3, 3", "", ("k", "d")),
    "aroon": Indicator("aroon({})", "14", "", ("up", "down")),
    "dmi": Indicator("dmi({})", "14", "", ("plus", "minus")),
    "macd": Indicator("macd(close, {})", "12, 26, 9", "", ("line", "signal", "hist")),
    "supertrend": Indicator("supertrend({})", "3, 10", "", ("direction", "line")),
}
UNNUMBERED = frozenset(name for name, each in INDICATORS.items() if each.usual is None) | {"sar"}
"""What stands without a number, so that nothing is taken for granted where none is said."""
_SHORTEST = {"zscore": 2, "stdev": 2, "linreg": 2, "linslope": 2}


def written(name: str, numbers: list[str]) -> str | None:
    """The text of an indicator of these numbers, the usual ones where none are said; None where they do not fit."""
    each = INDICATORS[name]
    if name == "sar":
        return _sar(numbers)
    if each.usual is None:
        return None if numbers else each.text
    usual = each.usual.split(", ") if each.usual else [""]
    if numbers and len(numbers) < len(usual):
        if name in {"macd", "supertrend", "tsi"} or len(numbers) != 1:
            return None
        numbers = [*numbers, *usual[1:]]
    if len(numbers) > len(usual) or (not numbers and not each.usual):
        return None
    if name == "supertrend" and numbers and float(numbers[0]) > float(numbers[1]):
        numbers = numbers[::-1]
    if numbers and float(numbers[0]) < _SHORTEST.get(name, 0):
        return None
    numbers = numbers or usual
    return each.text.format(*numbers) if "{0}" in each.text else each.text.format(", ".join(numbers))


def _sar(numbers: list[str]) -> str | None:
    """A step and the most it grows to, or a start before them."""
    if not numbers:
        return "sar()"
    if len(numbers) == 2 and float(numbers[0]) < float(numbers[1]) <= 1:
        return f"sar({numbers[0]}, {numbers[0]}, {numbers[1]})"
    return f"sar({', '.join(numbers)})" if len(numbers) == 3 else None
