"""The sides of a comparison as series."""

from __future__ import annotations

import re

from .pattern import Found
from .token import Series, asked, number

AVERAGES = {"sma", "ema", "wma", "hma", "vwma", "dema", "tema", "rma", "trima"}
BARE = "bare"
"""Mark of an average of which only the number is said, `the 30`: beside an oscillator it is a value."""
_FIRST = {"macd": ".line", "stoch": ".k", "stochrsi": ".k", "supertrend": ".direction", "aroon": ".up", "dmi": ".plus"}


def operand(found: Found, label: str) -> Series | None:
    """What a token stands for; None where nothing stands."""
    if label not in found:
        return None
    value = found[label]
    if found.kind(label) == "record":
        return main_line(value) if value.name != "dmi" else None  # which of its lines is meant is not said
    if found.kind(label) == "length":
        return Series(f"sma(close, {value})", "price", "sma", value, band=BARE)
    return value if isinstance(value, Series) else None


def main_line(record: Series) -> Series:
    """Of several lines the one that is meant by the indicator's name."""
    line = _FIRST[record.name]
    return Series(record.text + line, record.dim, record.name, frame=record.frame, band=line[1:])


_INDEXES = (" of VIX", " of VXN", " of VVIX", " of TNX")
"""Symbols whose level is a number that people name: `VIX below 20`."""


def of_left(found: Found, label: str, left: Series | None) -> Series | None:
    """The right side; a bare number beside an average is the length of another, beside a price nobody knows what."""
    kind, value = found.kind(label), found[label]
    if kind == "length" and left and left.dim not in {"price", "volume"}:
        kind = "num"
    if kind in {"length", "num"} and left and left.name in AVERAGES and value == int(value) and value >= 1:
        source = re.sub(r".*\(|,.*", "", left.text)
        return Series(f"{left.name}({source}, {int(value)})", left.dim, left.name, int(value), left.frame)
    if kind == "num" and left and left.name == "bbw" and 0 < value < 1:
        question = f"Is a bandwidth of {number(value)} in per cent, or a part of the middle line?"
        offers = {"in per cent": number(value), "a part of the middle line": number(100 * value)}
        return Series(asked("threshold", question, offers), "number")
    if kind == "num":
        if left and left.dim == "price" and value and value == int(value) and not left.text.endswith(_INDEXES):
            question = f"Is {number(value)} a price, or the length of an average?"
            return Series(asked("threshold", question), "number")
        return Series(number(value), "number")
    if kind == "atrm":
        times = "" if value[0] == 1 else f"{number(value[0])} * "
        return Series(f"{times}atr({value[1]})", "distance") if left and left.dim == "distance" else None
    if kind == "pct" and left and left.dim == "distance":
        return Series(f"{number(value[1] / 100)} * close", "distance")
    if kind == "pct" and left and left.dim in {"price", "volume"}:
        return None
    if kind == "pct":
        sign = "-" if value[0] == "-" else ""
        ratio = left is None or left.dim == "ratio" or left.name in {"ibs", "bandb"}
        return Series(f"{sign}{number(value[1])}{'%' if ratio else ''}", "number")
    right = operand(found, label)
    if right and left and left.dim not in {"price", right.dim} and right.name.rstrip("*") in AVERAGES:
        text = right.text.replace("(close", f"({left.text}")  # above its average
        return Series(text, left.dim, right.name, right.length, right.frame)
    return right
