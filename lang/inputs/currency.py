"""Currencies: their codes, `EUR` or `USDT`, pairs of them, and a capital that says what it is in, `2 BTC`."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from ..diagnostics.brief import brief
from .errors import AssumptionError

CODE = "[A-Z]{3,5}"
"""Three letters as banks have them, up to five as coins have (`USDT`, `MATIC`)."""
CODES = "three to five capital letters"
_CODE = re.compile(CODE)
_PAIR = re.compile(r"(?<![A-Za-z])([A-Za-z]{3})[/_. -]?([A-Za-z]{3})(?![A-Za-z])")
_COINS = re.compile(
    r"(?<![A-Za-z])([A-Za-z]{3,5})[/_. -]?(USDT|USDC|FDUSD|TUSD|BUSD|USD|EUR|GBP|JPY|BTC|ETH)(?![A-Za-z])",
    re.IGNORECASE,
)
"""Pairs with a code of more than three letters: what coins are priced in is known, of what stands before it the length.
"""
_CAPITAL = re.compile(r"(\S{1,99})\s{1,9}([A-Za-z]{3,5})")


def read_currency(value: object, called: str = "currency") -> str:
    """Three to five capital letters, quoted or not: `EUR`."""
    name = value.strip().strip('"') if isinstance(value, str) else ""
    if not _CODE.fullmatch(name):
        near = f"; write {name.upper()}" if _CODE.fullmatch(name.upper()) and len(name) == 3 else ""
        raise AssumptionError(f"{called}: expected {CODES}, such as EUR, found {brief(value)}{near}")
    return name


def read_quote_currency(value: object) -> str:
    """The same; `none`, "", is the account's."""
    unsaid = value is None or (isinstance(value, str) and value.strip() == "none")
    return "" if unsaid else read_currency(value, "quote_currency")


def capital_of(amount: Callable[[object], float]) -> Callable[[object], float]:
    """The reader of a capital by that of an amount: `50_000`, or `2 BTC`, of which it is the amount."""
    return lambda value: amount(value if (parts := _parted(value)) is None else parts[0])


def with_currency(values: Mapping[str, object]) -> dict[str, object]:
    """Assumptions in which a capital of `2 BTC` is a capital of 2 and a currency; AssumptionError where another is said
    beside it."""
    parts = _parted(values.get("capital"))
    if parts is None:
        return dict(values)
    amount, code = parts
    said = values.get("currency")
    if said is not None and read_currency(said) != code:
        raise AssumptionError(f"capital: {amount} {code} is in {code}, and the currency is said to be "
                              f"{read_currency(said)}; keep one of the two")  # fmt: skip
    return {**values, "capital": amount, "currency": code}


def pair_of(name: str) -> tuple[str, str] | None:
    """Both currencies that a name tells: `EURUSD`, `eur/usd`, `EUR_USD_1h`, `BTCUSDT`; None where it tells none, or
    several."""
    found = _PAIR.findall(name) or _COINS.findall(name)
    return (found[0][0].upper(), found[0][1].upper()) if len(found) == 1 else None


def _parted(value: object) -> tuple[str, str] | None:
    """The amount and the code of a capital; None where it says none."""
    found = _CAPITAL.fullmatch(value.strip()) if isinstance(value, str) else None
    return (found[1], read_currency(found[2], "the currency of a capital")) if found else None
