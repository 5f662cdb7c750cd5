"""What a fill costs: fee and slippage, and the one way that their sums are written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields

from ..diagnostics.brief import brief
from ..words.amounts import LARGEST, SHARES, as_shares, plain, read_amount
from .errors import AssumptionError, UnclearError


@dataclass(frozen=True, slots=True)
class Fee:
    """What every fill costs: a share of its notional, an amount per fill, an amount per unit of quantity."""

    fraction: float = 0.0
    per_order: float = 0.0
    per_unit: float = 0.0

    def __str__(self) -> str:
        parts = []
        if self.per_order:
            parts.append(f"{plain(self.per_order)}/order")
        if self.per_unit:
            parts.append(f"{plain(self.per_unit)}/unit")
        if self.fraction or not parts:
            parts.append(f"{plain(self.fraction, 2)}%")
        return "+".join(parts)


@dataclass(frozen=True, slots=True)
class Slippage:
    """How much worse than the market a fill is: a share of the price, ticks, or a distance in price."""

    fraction: float = 0.0
    ticks: float = 0.0
    distance: float = 0.0

    def __str__(self) -> str:
        parts = []
        if self.ticks:
            parts.append(f"{plain(self.ticks)}ticks")
        if self.distance:
            parts.append(f"{plain(self.distance)}/unit")
        if self.fraction or not parts:
            parts.append(f"{plain(self.fraction, 2)}%")
        return "+".join(parts)


NO_FEE, NO_SLIPPAGE = Fee(), Slippage()


def read_fee(value: object) -> Fee:
    """`0.1%`, 0.001, `5/order+0.1%`, `0.005/unit`; a bare number in a text could be any of them (UnclearError)."""
    if isinstance(value, Fee):
        return value
    _clear("fee", value, ("/order", "/unit"))
    found = {"fraction": 0.0, "order": 0.0, "unit": 0.0}
    for part in terms("fee", value):
        amount, _, per = part.partition("/")
        if per not in ("", "order", "unit"):
            raise AssumptionError(f"fee: expected /order or /unit, found {part!r}; {_FEES}")
        found[per or "fraction"] += number("fee", amount, part, ("",) if per else ("", *SHARES))[0]
    return Fee(found["fraction"], found["order"], found["unit"])


def read_slippage(value: object) -> Slippage:
    """`1bp`, `0.01%`, 0.0001, `10ticks`, `0.02/unit` (a distance in price); a bare number in a text is unclear."""
    if isinstance(value, Slippage):
        return value
    _clear("slippage", value, ("ticks", "/unit"))
    fraction = ticks = distance = 0.0
    for part in terms("slippage", value):
        amount, _, per = part.partition("/")
        size, unit = number("slippage", amount, part, ("", *SHARES, "ticks"))
        if per not in ("", "unit") or (per and unit):
            raise AssumptionError(f"slippage: expected /unit after a number, found {part!r}; {_SLIPPAGES}")
        if unit == "ticks":
            ticks += size
        elif per:
            distance += size
        else:
            fraction += size
    if fraction >= 1.0:
        raise AssumptionError(f"slippage: expected less than 100%, found {brief(value)}; {_SLIPPAGES}")
    return Slippage(fraction, ticks, distance)


_FEES = "write 0.1%, 5/order+0.1% or 0.005/unit"
_SLIPPAGES = "write 1bp, 0.01% or 10ticks"


def _clear(name: str, value: object, units: Sequence[str]) -> None:
    """UnclearError where a term of a text is a bare number: a share, or one of the units. A number is a share."""
    if not isinstance(value, str):
        return
    written = terms(name, value)
    for place, term in enumerate(written):
        amount = read_amount(term)
        if amount is None or amount.unit or not 0.0 < amount.value <= LARGEST:
            continue
        meant = [*as_shares(amount.value, _LIKELY), *(f"{term}{unit}" for unit in units)]
        readings = tuple("+".join([*written[:place], reading, *written[place + 1 :]]) for reading in meant)
        raise UnclearError(name, term, readings)


_LIKELY = 0.05
"""The greatest share of a fill that a bare number can be meant as, be it a fraction as in Python or a percentage."""


def terms(name: str, value: object) -> list[str]:
    """The terms of a sum; a plain number is one term."""
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        raise AssumptionError(f"{name}: expected a text or a number, found {brief(value)}")
    if isinstance(value, (int, float)):
        return [repr(float(value)) if abs(value) <= LARGEST else brief(value)]
    parts = ["/".join(map(str.strip, part.split("/"))) for part in value.split("+")]
    if not all(parts):
        raise AssumptionError(f"{name}: expected a number on each side of +, found {brief(value)}")
    return parts


def number(name: str, text: str, whole: str, units: Sequence[str] = ("",)) -> tuple[float, str]:
    """A number of 0 or more in one of the units, and the unit."""
    amount = read_amount(text)
    if amount is None or amount.unit not in units:
        example = {"fee": _FEES, "slippage": _SLIPPAGES}.get(name, "write a number such as 100_000 or 0.01")
        raise AssumptionError(f"{name}: expected a number, found {brief(whole)}; {example}")
    if not 0.0 <= amount.value <= LARGEST:
        raise AssumptionError(f"{name}: expected 0 or more, up to 1e300, found {brief(whole)}")
    return amount


def exact(value: Fee | Slippage) -> list[str]:
    """The parts of a fee or slippage to the last bit, whatever way they were written."""
    return [getattr(value, field.name).hex() for field in fields(value)]
