"""Number literals: a value and the unit written after it."""

from __future__ import annotations

import re

from ..diagnostics.model import ERROR, Diagnostic, Edit, Fix
from ..diagnostics.span import Span
from ..diagnostics.suggest import nearest
from .tree import Number

_PARTS = re.compile(r"([0-9][0-9_]*(?:\.[0-9]+)?)([a-z]+|%)?")
DIVISORS = {"%": 100.0, "bp": 10_000.0}
SUFFIXES = ("%", "bp", "s", "m", "h", "d", "w", "mo", "ticks", "tick", "r")

# What people write, and what it is here; nearest names are offered for the rest.
MEANT = {
    "bps": "bp", "pct": "%", "percent": "%", "pc": "%", "min": "m", "mins": "m", "minute": "m", "minutes": "m",
    "sec": "s", "secs": "s", "second": "s", "seconds": "s", "hr": "h", "hrs": "h", "hour": "h", "hours": "h",
    "day": "d", "days": "d", "week": "w", "weeks": "w", "month": "mo", "months": "mo", "t": "ticks", "pips": "ticks",
}  # fmt: skip


def number_of(text: str, span: Span) -> Number | Diagnostic:
    """The literal, or what is wrong with it. A ratio is divided here: `2%` is 0.02."""
    match = _PARTS.fullmatch(text)
    assert match is not None, "the terminal NUMBER has this shape"
    digits, suffix = match[1], match[2] or ""
    if digits.endswith("_") or "__" in digits or "_." in digits:
        return Diagnostic("E004", ERROR, "`_` stands between digits", span, help="for example `10_000`")
    if suffix and suffix not in SUFFIXES:
        return _unknown_suffix(digits, suffix, span)
    value = float(digits.replace("_", ""))
    return Number(value / DIVISORS.get(suffix, 1.0), suffix, "." not in digits, span)


def _unknown_suffix(digits: str, suffix: str, span: Span) -> Diagnostic:
    if suffix in ("e", "ex") or re.fullmatch(r"e", suffix):
        return Diagnostic("E004", ERROR, "numbers are written out: there are no exponents", span,
                          help="`0.00001` for `1e-5`, `5bp` for 0.0005")  # fmt: skip
    meant = MEANT.get(suffix) or nearest(suffix, SUFFIXES)
    if suffix == "bars" or suffix == "bar":
        fix = Fix("put a space before `bars`", (Edit(span, f"{digits} bars"),))
        return Diagnostic("E004", ERROR, "`bars` stands apart from its number", span, fixes=(fix,))
    fixes = (Fix(f"replace with `{digits}{meant}`", (Edit(span, f"{digits}{meant}"),)),) if meant else ()
    return Diagnostic("E004", ERROR, f"`{suffix}` is no unit", span, fixes=fixes,
                      help="units are % bp s m h d w mo ticks r, written without a space")  # fmt: skip
