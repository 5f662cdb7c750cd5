"""Number literals: value, suffix, and what is wrong with them."""

from __future__ import annotations

import re

from ..diagnostics.suggest import nearest
from ..words.amounts import LARGEST, LENGTHS, SHARES, singular, value_of
from . import tree
from .faults import Faults
from .scanner import Token

SUFFIXES = ("", *SHARES, *LENGTHS, "tick", "ticks", "r")
_LONGEST_WRITTEN = 9
"""Digits of millions that are written out for the author."""
_PARTS = re.compile(r"([0-9][0-9_]*(?:\.[0-9]+)?)(.*)", re.DOTALL)
_MANTISSA = re.compile(r"(?:0|[1-9][0-9]*(?:_[0-9]+)*|0(?=\.))(?:\.[0-9]+)?")

_SPELLINGS = {
    "s": "sec secs second seconds",
    "m": "min mins minute minutes",
    "h": "hr hrs hour hours",
    "d": "day days",
    "w": "wk wks week weeks",
    "mo": "mon month months",
    "bp": "bps basis",
    "%": "pct percent",
    "ticks": "tk pip pips point points",
    " bars": "bar bars candle candles",
    " units": "unit units share shares contract contracts lot lots",
}
MEANT = {written: suffix for suffix, spellings in _SPELLINGS.items() for written in spellings.split()}
"""What a suffix that is not one was meant to be."""
POWERS = {
    **dict.fromkeys("k thousand".split(), 3), **dict.fromkeys("m mm mil mln mio million millions".split(), 6),
    **dict.fromkeys("b bn bln billion billions".split(), 9),
}  # fmt: skip
"""How many digits the short forms of large numbers stand for."""
_UNSURE = ("b", "mm")
_EXACT = frozenset(
    "sec secs second seconds min mins minute minutes hr hrs hour hours bps pct percent"
    " bar bars candle candles unit units share shares".split()
)


def exact(written: str) -> bool:
    """Whether the spelling names the unit itself: a pip is not a tick, a lot no unit, and `5 days` may be five bars."""
    return written in SUFFIXES or written in _EXACT


def read(faults: Faults, token: Token) -> tree.Number | tree.Unread:
    """The number a token stands for; a fault is reported, and what was certainly meant returned, if anything."""
    match = _PARTS.fullmatch(token.text)
    assert match is not None
    mantissa, suffix = match[1], match[2]
    if not _MANTISSA.fullmatch(mantissa):
        _malformed(faults, token, mantissa)
    span = faults.span(token.start, token.end)
    if suffix not in SUFFIXES:
        suffix = _suffix(faults, token, mantissa, suffix)
        if not suffix:
            return tree.Unread((), span)
    value = value_of(mantissa, suffix if suffix in SHARES else "")
    if value > LARGEST:
        faults.error("E006", "this number is too large", token.start, token.end, help="numbers have up to 300 digits")
        value = LARGEST
    whole = "." not in mantissa
    return tree.Number(value, singular(suffix), whole, span)


def _malformed(faults: Faults, token: Token, mantissa: str) -> None:
    end = token.start + len(mantissa)
    bare = mantissa.lstrip("0_") if "." not in mantissa else mantissa
    if "_" in mantissa:
        plain = re.sub(r"_+(?=_|\.|$)", "", mantissa)
        faults.error("E006", "`_` stands only between two digits", token.start, end,
                     fixes=[faults.fix(f"replace with `{plain}`", (token.start, end, plain), safe=True)])  # fmt: skip
        return
    fixes = [faults.fix(f"replace with `{bare}`", (token.start, end, bare))] if bare else []
    faults.error("E006", "a number does not begin with `0`", token.start, end, fixes=fixes,
                 help='thousands are written `1_000`; dates and times are texts: `"2024-01-31"`')  # fmt: skip


def _suffix(faults: Faults, token: Token, mantissa: str, suffix: str) -> str:
    """Report an unknown suffix; the one that was meant, "" where it may be none or a factor."""
    start = token.start + len(mantissa)
    if suffix == "M":
        return _millions(faults, token, mantissa)
    lower = suffix.lower()
    if lower in POWERS:
        number = written_out(mantissa, lower)
        whole = faults.fix(f"replace with `{number}`", (token.start, token.end, number), safe=lower not in _UNSURE)
        faults.error("E007", f"`{suffix}` is no unit: a number is written out" + (f", `{number}`" if number else ""),
                     start, token.end, fixes=[whole] if number else [])  # fmt: skip
        return ""
    meant = lower if lower in SUFFIXES else MEANT.get(lower) or nearest(lower, [s for s in SUFFIXES if len(s) > 1])
    fix = [faults.fix(f"replace with `{meant}`", (start, token.end, meant), safe=exact(lower))] if meant else []
    faults.error("E007", f"`{suffix}` is not a unit of numbers", start, token.end, fixes=fix,
                 help="the units are % bp · s m h d w mo · ticks r; write `5 bars`, and other names apart")  # fmt: skip
    return meant if meant in SUFFIXES else ""


def _millions(faults: Faults, token: Token, mantissa: str) -> str:
    """Report `1M`: minutes or months where a timeframe stands, a million elsewhere; the unit, if it is one."""
    start = token.start + len(mantissa)
    units = [faults.fix(f"replace with `{unit}`", (start, token.end, unit)) for unit in ("m", "mo")]
    if faults.text[: token.start].rstrip().endswith(("every", "@", "expire")):
        faults.error("E007", "`M` is no unit: minutes are `m`, months are `mo`", start, token.end, fixes=units)
        return "m"
    message = "`M` is no unit: a number is written out"
    millions = written_out(mantissa, "m")
    if not millions:
        faults.error("E007", message, start, token.end)
        return ""
    written = faults.fix(f"replace with `{millions}`", (token.start, token.end, millions))
    message += f", `{millions}`; minutes are `m`, months are `mo`"
    faults.error("E007", message, start, token.end, fixes=[written])
    return ""


def written_out(mantissa: str, suffix: str) -> str:
    """`1.5` and `k` as `1_500`, `1` and `m` as `1_000_000`; "" where that is too long or no whole number."""
    whole, _, part = mantissa.replace("_", "").partition(".")
    digits = POWERS[suffix]
    if len(whole) > _LONGEST_WRITTEN or len(part) > digits:
        return ""
    return f"{int(whole + part.ljust(digits, '0')):_}"
