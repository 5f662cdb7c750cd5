"""Written amounts: `2%`, `5bp`, `10_000`, `4h`, `10 ticks`. Programs, commands and Python read them here alone."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from ...stdlib.arith import LIMIT
from ..program.timeframe import Timeframe

SHARES = ("%", "bp")
LENGTHS = ("s", "m", "h", "d", "w", "mo")
COUNTS = ("ticks", "r", "bars")
LARGEST = LIMIT
"""Beyond it a number counts as missing."""
PART, WHOLE, LEVERAGED = 0.99, 1.0, 10.0
"""The greatest share that a bare number may be meant as: of a loss or a distance, of equity, of equity with credit."""
_SCALE = {"%": "e-2", "bp": "e-4"}
_ONE = {"tick": "ticks", "bar": "bars"}
_DIGITS = r"[-+]?(?:[0-9]+(?:_[0-9]+)*(?:\.[0-9]*)?|\.[0-9]+)(?P<exponent>[eE][-+]?[0-9]+)?"
_TEXT = re.compile(rf"(?P<digits>{_DIGITS})[ \t]*(?P<unit>[a-z]+|%|)")


class Amount(NamedTuple):
    """A number and its unit: a share is a number (2% is 0.02), a length is in seconds; "" where it has no unit."""

    value: float
    unit: str


def read_amount(text: str) -> Amount | None:
    """The amount that a text is, None if it is none."""
    parts = parted(text)
    return Amount(value_of(*parts), parts[1]) if parts else None


def parted(text: str) -> tuple[str, str] | None:
    """The digits of an amount and its unit, None if it is none. An exponent is read where there is no unit."""
    match = _TEXT.fullmatch(text.strip())
    if match is None or (match["exponent"] and match["unit"]):
        return None
    unit = singular(match["unit"])
    return None if unit and unit not in (*SHARES, *LENGTHS, *COUNTS) else (match["digits"], unit)


def as_shares(amount: float, most: float = PART) -> tuple[str, ...]:
    """What a bare number may mean as a share, the likelier first: 20 is `20%`, 0.2 is `20%` or `0.2%`.

    Nothing above `most` is meant, so 500 as a part of something is none; and 0 is no part of anything.
    """
    if amount == 0.0:
        return ()
    hundredfold, itself = (amount, f"{plain(amount, 2)}%"), (amount / 100.0, f"{plain(amount)}%")
    meant = (hundredfold, itself) if abs(amount) < 1.0 else (itself, hundredfold)
    return tuple(text for share, text in meant if abs(share) <= most)


def plain(number: float, shift: int = 0) -> str:
    """A number in decimals, without an exponent and to the last bit, `shift` places to the left of the point."""
    return _decimals(repr(float(number)), shift)


@lru_cache(maxsize=256)
def _decimals(text: str, shift: int) -> str:
    """Of a number's text, since 0.0 and -0.0 are equal; every result tells the same few assumptions."""
    from decimal import Decimal

    return format(Decimal(text).scaleb(shift).normalize(), "f").removesuffix(".0")


def value_of(digits: str, unit: str) -> float:
    """The value of a number written with a unit.

    A share is scaled in decimals, so that 0.17% is the number that 0.0017 is.
    """
    number = float(digits.replace("_", "") + _SCALE.get(unit, ""))
    return seconds(number, unit) if unit in LENGTHS else number


def seconds(count: float, unit: str) -> float:
    """So many of a unit of time, in seconds; a month counts as 30 days."""
    return count * Timeframe(1, unit).seconds


def singular(unit: str) -> str:
    """The one name of a unit: `1tick` is `1ticks`."""
    return _ONE.get(unit, unit)
