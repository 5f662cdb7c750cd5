"""What the compiler builds in, described: rows for the catalogue. What they compute is in `primitives`."""

from __future__ import annotations

from collections.abc import Iterable

_PASSES = "missing where an input is"
_NEVER = "never missing"


def _row(
    family: str,
    signature: str,
    meaning: str,
    example: str,
    unit: str = "number",
    missing: str = _PASSES,
    formula: str = "",
) -> dict[str, str]:
    return {
        "name": signature.partition("(")[0],
        "signature": signature,
        "meaning": meaning,
        "unit": unit,
        "warmup": "0",
        "missing": missing,
        "formula": formula,
        "example": example,
        "family": family,
    }


def _mathematics() -> Iterable[dict[str, str]]:
    domain = "missing where an input is, or where there is no result"
    for signature, meaning, example, unit, missing in (
        ("abs(x)", "x without its sign.", "abs(close - open)", "that of x", _PASSES),
        ("sign(x)", "-1, 0 or 1.", "sign(change(close))", "number", _PASSES),
        ("min(a, b, …)", "The smallest.", "min(open, close)", "that of a", "missing if any is"),
        ("max(a, b, …)", "The largest.", "max(open, close)", "that of a", "missing if any is"),
        ("floor(x)", "The largest whole number not above x.", "floor(close)", "that of x", _PASSES),
        ("ceil(x)", "The smallest whole number not below x.", "ceil(close)", "that of x", _PASSES),
        ("round(x)", "The nearest whole number, halves upward.", "round(close)", "that of x", _PASSES),
        ("mod(a, b)", "The rest of a // b, with the sign of b.", "mod(bar_index, 5)", "number", domain),
        ("sqrt(x)", "The square root.", "sqrt(variance(close, 20))", "number", domain),
        ("pow(x, y)", "x to the power y.", "pow(close / close[1], 252)", "number", domain),
        ("exp(x)", "e to the power x.", "exp(-0.1)", "number", domain),
        ("log(x)", "The natural logarithm.", "log(close / close[1])", "number", domain),
        ("log10(x)", "The logarithm to base 10.", "log10(volume)", "number", domain),
        ("sin(x)", "The sine of an angle in radians.", "sin(bar_index)", "number", _PASSES),
        ("cos(x)", "The cosine of an angle in radians.", "cos(bar_index)", "number", _PASSES),
        ("tan(x)", "The tangent of an angle in radians.", "tan(0.5)", "number", _PASSES),
        ("asin(x)", "The angle, in radians, of this sine.", "asin(0.5)", "number", domain),
        ("acos(x)", "The angle, in radians, of this cosine.", "acos(0.5)", "number", domain),
        ("atan(x)", "The angle, in radians, of this tangent.", "atan(linreg_slope(close, 20))", "number", _PASSES),
        ("number(condition)", "1 where it holds, else 0.", "sum(number(close > open), 20)", "number", _NEVER),
    ):
        yield _row("mathematics", signature, meaning, example, unit, missing)


def _across() -> Iterable[dict[str, str]]:
    apart = "missing for a symbol that does not take part"
    for signature, meaning, example, unit, missing in (
        ("rank(x)", "The place of x among all symbols, 1 being the highest; of equal ones the first symbol is before.",
         "rank(close / close[126])", "number", apart),
        ("top(x, n)", "Whether x is among the n highest of all symbols.", "top(close / close[126], 5)", "bool",
         "false for a symbol that does not take part"),
        ("quantile_of(x)", "The share of the other symbols whose x is lower, 0 to 1.",
         "quantile_of(roc(close, 20)) > 80%", "ratio", apart),
        ("zscore_across(x)", "How many deviations x lies above the average of all symbols.",
         "zscore_across(roc(close, 20))", "number", apart),
        ("demean(x)", "x less its average over all symbols.", "demean(roc(close, 20))", "that of x", apart),
        ("total(x)", "The sum of x over all symbols.", "total(volume)", "that of x", "missing where nobody takes part"),
        ("average(x)", "The average of x over all symbols.", "average(roc(close, 20))", "that of x",
         "missing where nobody takes part"),
        ("any(condition)", "Whether it holds for any symbol.", "any(close < lowest(low, 20)[1])", "bool", _NEVER),
        ("all(condition)", "Whether it holds for every symbol that takes part; false where nobody does.",
         "all(close > sma(close, 200))", "bool", _NEVER),
        ("count(condition)", "For how many symbols it holds.", "count(close > sma(close, 200)) >= 10", "number",
         _NEVER),
    ):  # fmt: skip
        yield _row("several symbols", signature, meaning, example, unit, missing)


BUILTINS: tuple[dict[str, str], ...] = (
    *_mathematics(),
    _row("missing values", "is_na(x)", "Whether a number is missing.", "is_na(close[20])", "bool", _NEVER),
    _row(
        "missing values", "or_else(x, y)", "x, or y where x is missing.", "or_else(barssince(close > open), 0)",
        "that of x", "missing where both are",
    ),
    _row(
        "time and clocks", "between(start, end, zone)",
        "Whether the decision falls into this part of the day, the end left out. Without a zone: the program's own.",
        'between("09:30", "16:00", "America/New_York")', "bool", _NEVER,
    ),
    _row(
        "time and clocks", "closes(timeframe)", "True on the bar that completes a bar of this timeframe.",
        "closes(4h)", "bool", _NEVER,
    ),
    *(
        _row("time and clocks", f"new_{word}()", f"True on the first bar of a {word} in the calendar zone.",
             f"new_{word}()", "bool", "false on the first bar of the data", f"changed({word})")
        for word in ("day", "week", "month", "year")
    ),
    *_across(),
    _row(
        "data", "column(name)", "A column of the data's own: funding, sentiment, another system's signal.",
        'column("funding")', missing="missing where the data are",
    ),
)  # fmt: skip
