"""What functions are called in plain English; what has no phrase here is told as a call, with its arguments' names."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ..program.nodes import Node
from .said import ATOM, LOOSE, POSTFIX, PREFIX, Said, clause, postfix, prefix

OVER = {
    "sma": "average", "ema": "exponential average", "rma": "Wilder average", "wma": "weighted average",
    "dema": "double exponential average", "tema": "triple exponential average", "hma": "Hull average",
    "trima": "triangular average", "vwma": "volume-weighted average", "sum": "sum", "median": "median",
    "stdev": "standard deviation", "variance": "variance", "mean_deviation": "mean deviation",
    "linreg_slope": "regression slope", "rsi": "RSI", "cci": "CCI", "mfi": "MFI", "cmo": "CMO", "roc": "rate of change",
    "zscore": "z-score", "percentrank": "percent rank",
}  # fmt: skip
"""`the 20-bar average of close`: of `source` over `length`, other arguments at their defaults."""
OWN = {"atr": "ATR", "wpr": "Williams %R"}
"""`the 14-bar ATR`: over `length`, of the bars themselves."""
TITLES = {
    ("bb", "upper"): "upper Bollinger band",
    ("bb", "lower"): "lower Bollinger band", ("bbw", ""): "width of the Bollinger bands",
    ("kc", "upper"): "upper Keltner channel",
    ("kc", "lower"): "lower Keltner channel", ("kcw", ""): "width of the Keltner channel",
    ("macd", "line"): "MACD line", ("macd", "signal"): "MACD signal", ("macd", "hist"): "MACD histogram",
    ("stoch", ""): "raw stochastic", ("stochastic", "k"): "slow stochastic %K",
    ("stochastic", "d"): "slow stochastic %D", ("stoch_rsi", "k"): "stochastic RSI %K",
    ("stoch_rsi", "d"): "stochastic RSI %D", ("adx", ""): "ADX", ("dmi", "plus"): "+DI", ("dmi", "minus"): "-DI",
    ("aroon", "up"): "Aroon up", ("aroon", "down"): "Aroon down", ("sar", ""): "parabolic SAR",
    ("supertrend", "line"): "Supertrend line", ("supertrend", "direction"): "Supertrend direction",
    ("vwap", ""): "VWAP", ("tsi", ""): "true strength index", ("tr", ""): "true range",
    ("annual_volatility", ""): "annual volatility", ("linreg", ""): "regression line", ("cmo", ""): "CMO",
    ("stdev", ""): "standard deviation", ("variance", ""): "variance", ("percentrank", ""): "percent rank",
    ("percentile", ""): "percentile", ("rsi", ""): "RSI", ("atr", ""): "ATR",
}  # fmt: skip
"""`the MACD histogram of close (fast 12, slow 26, signal 9)`; what has none is told as `name(…)`."""
UNREAD = {
    ("macd", "line"): ("signal",), ("stoch_rsi", "k"): ("signal",), ("stochastic", "k"): ("signal",),
    ("dmi", "plus"): ("smoothing",), ("dmi", "minus"): ("smoothing",),
}  # fmt: skip
"""Arguments that a field does not depend on."""
INLINE = frozenset("change mom hl2 hlc3 hlcc4 ohlc4 typical cross clamp range equity_return".split())
"""Functions that are told as what they are made of, which says as much."""
PLAIN = frozenset((
    ("bb", "middle"), ("kc", "middle"), ("donchian", "upper"), ("donchian", "lower"),
))  # fmt: skip
"""Fields that are plain averages and extremes, and told as such."""
MATHEMATICS = {
    "abs": "abs", "sign": "sign", "floor": "floor", "ceil": "ceil", "round": "round", "sqrt": "sqrt", "exp": "exp",
    "log": "log", "log10": "log10", "pow": "pow", "mod": "mod", "sin": "sin", "cos": "cos", "tan": "tan",
    "asin": "asin", "acos": "acos", "atan": "atan",
}  # fmt: skip
EXTREMES = {"min": "the smaller of", "max": "the larger of"}

Part = Callable[[Node], Said]
Bars = Callable[[Node], str]


def over(what: str, count: Node, bars: Bars, of: Said | None = None) -> Said:
    """`the 20-bar average of close`, `the average of close over `n` (50) bars`."""
    if count.kind == "const":
        return prefix(f"the {bars(count).partition(' ')[0]}-bar {what}" + (" of" if of else ""), of)
    told = f"the {what}" + (f" of {of.at_least(PREFIX)}" if of else "")
    return Said(f"{told} over {bars(count)}", POSTFIX, True)



def _earlier(args: tuple[Node, ...], part: Part, bars: Bars) -> Said:
    of, count = args
    if of.kind == "step" and of.name in ("highest", "lowest") and _is_one(count):
        extreme = part(of.args[0]).at_least(ATOM)
        return Said(f"the {of.name} {extreme} of the {bars(of.args[1])} before this one", POSTFIX, True)
    return postfix(part(of), f"{bars(count)} ago")


def _is_one(count: Node) -> bool:
    return count.kind == "const" and count.data[0] == 1.0


def _extreme(word: str) -> Callable[..., Said]:
    def told(args: tuple[Node, ...], part: Part, bars: Bars) -> Said:
        return Said(f"the {word} {part(args[0]).at_least(ATOM)} of {bars(args[1])}", POSTFIX, True)

    return told


def _compares(verb: str) -> Callable[..., Said]:
    return lambda args, part, bars: clause(f"{part(args[0]).operand()} {verb} {part(args[1]).operand()}")


def _happens(words: str) -> Callable[..., Said]:
    """Of one condition or number."""
    return lambda args, part, bars: clause(f"{part(args[0]).at_least(POSTFIX)} {words}")


def _for_bars(words: str) -> Callable[..., Said]:
    return lambda args, part, bars: clause(f"{part(args[0]).at_least(POSTFIX)} {words} {bars(args[1])}")


def _recent(args: tuple[Node, ...], part: Part, bars: Bars) -> Said:
    return clause(f"{part(args[0]).at_least(ATOM)} on this bar or within the {bars(args[1])} before")


def _since(word: str) -> Callable[..., Said]:
    def told(args: tuple[Node, ...], part: Part, bars: Bars) -> Said:
        return Said(f"the {word} {part(args[1]).at_least(ATOM)} since {part(args[0]).at_least(ATOM)}", POSTFIX, True)

    return told


def _correlation(args: tuple[Node, ...], part: Part, bars: Bars) -> Said:
    one, other = (part(arg).at_least(ATOM) for arg in args[:2])
    return Said(f"the correlation of {one} and {other} over {bars(args[2])}", POSTFIX, True)


def _valuewhen(args: tuple[Node, ...], part: Part, bars: Bars) -> Said:
    condition, source, occurrence = args
    event = part(condition).at_least(ATOM)
    if occurrence.kind == "const":
        nth = int(float(str(occurrence.data[0])))
        times = "when last" if not nth else f"when, {nth} occurrence{'s' * (nth > 1)} before the last,"
        return Said(f"{part(source).at_least(ATOM)} {times} {event}", POSTFIX, True)
    return Said(f"valuewhen({event}, {part(source).whole}, {part(occurrence).whole})")


def _pivot(word: str) -> Callable[..., Said]:
    def told(args: tuple[Node, ...], part: Part, bars: Bars) -> Said:
        of, left, right = args
        around = bars(left) if left is right else f"{bars(left)} before and {bars(right)} after"
        where = f"{around} on each side" if left is right else around
        return Said(f"the swing {word} of {part(of).at_least(ATOM)} ({where}), on the bar that confirms it", LOOSE)

    return told


STEPS: Mapping[str, Callable[[tuple[Node, ...], Part, Bars], Said]] = {
    "history": _earlier,
    "history_bool": lambda args, part, bars: Said(f"{part(args[0]).at_least(ATOM)} {bars(args[1])} ago", POSTFIX),
    "pivot_high": _pivot("high"), "pivot_low": _pivot("low"),
    "highest": _extreme("highest"), "lowest": _extreme("lowest"),
    "cross_above": _compares("crosses above"), "cross_below": _compares("crosses below"),
    "crosses": _compares("crosses"),
    "rising_edge": lambda args, part, bars: clause(f"{part(args[0]).at_least(ATOM)} begins to hold"),
    "falling_edge": lambda args, part, bars: clause(f"{part(args[0]).at_least(ATOM)} ceases to hold"),
    "changed": _happens("differs from the bar before"),
    "rising": _for_bars("has risen for"), "falling": _for_bars("has fallen for"),
    "highest_since": _since("highest"), "lowest_since": _since("lowest"), "correlation": _correlation,
    "recent": _recent,
    "barssince": lambda args, part, bars: prefix("the number of bars since", part(args[0])),
    "valuewhen": _valuewhen,
    "cumulative": lambda args, part, bars: prefix("the running total of", part(args[0])),
    "last_known": lambda args, part, bars: prefix("the last known value of", part(args[0])),
}  # fmt: skip
"""Operators of the registry with words of their own."""
