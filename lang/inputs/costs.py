"""What a fill costs: fee, slippage and spread, and the one way that they are written.

A cost is a sum of terms, `5/order+0.1%`, and clauses after it: `min 1`, `max 1%` of a fee, `on entries` or `on exits`
of a fee and a spread.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields

from ..diagnostics.brief import brief
from ..words.amounts import LARGEST, SHARES, as_shares, plain, read_amount
from .errors import AssumptionError, UnclearError

SIDES = ("entries", "exits")


@dataclass(frozen=True, slots=True)
class Fee:
    """What every fill costs: a share of its notional, an amount per fill, an amount per unit of quantity.

    Together at least `least`, and at most `most` or (and then this is None) `most_share` of the notional; of both the
    maximum is the stronger. on: `entries` or `exits`, "" for both.
    """

    fraction: float = 0.0
    per_order: float = 0.0
    per_unit: float = 0.0
    least: float = 0.0
    most: float | None = None
    most_share: float | None = None
    on: str = ""

    def __str__(self) -> str:
        parts = []
        if self.per_order:
            parts.append(f"{plain(self.per_order)}/order")
        if self.per_unit:
            parts.append(f"{plain(self.per_unit)}/unit")
        if self.fraction or not parts:
            parts.append(f"{plain(self.fraction, 2)}%")
        return "+".join(parts) + self._bounds() + _side(self.on)

    @property
    def bounded(self) -> bool:
        """Whether it has a minimum or a maximum."""
        return bool(self.least) or self.most is not None or self.most_share is not None

    def _bounds(self) -> str:
        text = f" min {plain(self.least)}" if self.least else ""
        if self.most is not None:
            text += f" max {plain(self.most)}/order"
        if self.most_share is not None:
            text += f" max {plain(self.most_share, 2)}%"
        return text


@dataclass(frozen=True, slots=True)
class Distance:
    """A way of the price: a share of it, ticks, or a distance in price."""

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


@dataclass(frozen=True, slots=True)
class Slippage(Distance):
    """How much worse than the market a fill is."""


@dataclass(frozen=True, slots=True)
class Spread(Distance):
    """The way between bid and ask, half of which a fill is worse. on: `entries` or `exits`, "" for both."""

    on: str = ""

    def __str__(self) -> str:
        return Distance.__str__(self) + _side(self.on)


Cost = Fee | Slippage | Spread
NO_FEE, NO_SLIPPAGE, NO_SPREAD = Fee(), Slippage(), Spread()


def read_fee(value: object) -> Fee:
    """`0.1%`, 0.001, `5/order+0.1%`, `0.005/unit min 1 max 1% on entries`; a bare number in a text could be any of
    them, a bare maximum a share or money (UnclearError)."""
    if isinstance(value, Fee):
        return value
    total, clauses = _parted("fee", value, ("min", "max", "on"))
    _clear("fee", total, ("/order", "/unit"), _said(clauses))
    found = {"fraction": 0.0, "order": 0.0, "unit": 0.0}
    for part in terms("fee", total):
        amount, _, per = part.partition("/")
        if per not in ("", "order", "unit"):
            raise AssumptionError(f"fee: expected /order or /unit, found {part!r}; {_EXAMPLES['fee']}")
        found[per or "fraction"] += number("fee", amount, part, ("",) if per else ("", *SHARES))[0]
    least = _bound("min", clauses["min"], ("",))[0] if "min" in clauses else 0.0
    most, unit = _most(str(total), clauses) if "max" in clauses else (None, "")
    if most is not None and not unit and most < least:
        raise AssumptionError(f"fee: expected a maximum of {plain(least)} or more, which is the minimum, "
                              f"found {brief(clauses['max'])}")  # fmt: skip
    money, share = (None, most) if unit else (most, None)
    return Fee(found["fraction"], found["order"], found["unit"], least, money, share, clauses.get("on", ""))


def read_slippage(value: object) -> Slippage:
    """`1bp`, `0.01%`, 0.0001, `10ticks`, `0.02/unit` (a distance in price); a bare number in a text is unclear."""
    if isinstance(value, Slippage):
        return value
    return Slippage(*_distance("slippage", *_parted("slippage", value, ())))


def read_spread(value: object) -> Spread:
    """The same, and the side that it is paid on: `2ticks on entries`."""
    if isinstance(value, Spread):
        return value
    total, clauses = _parted("spread", value, ("on",))
    return Spread(*_distance("spread", total, clauses), clauses.get("on", ""))


def _distance(name: str, value: object, clauses: Mapping[str, str]) -> tuple[float, float, float]:
    """A sum as a share of the price, ticks, and a distance in price."""
    _clear(name, value, ("ticks", "/unit"), _said(clauses))
    fraction = ticks = distance = 0.0
    for part in terms(name, value):
        amount, _, per = part.partition("/")
        size, unit = number(name, amount, part, ("", *SHARES, "ticks"))
        if per not in ("", "unit") or (per and unit):
            raise AssumptionError(f"{name}: expected /unit after a number, found {part!r}; {_EXAMPLES[name]}")
        if unit == "ticks":
            ticks += size
        elif per:
            distance += size
        else:
            fraction += size
    if fraction >= 1.0:
        raise AssumptionError(f"{name}: expected less than 100%, found {brief(value)}; {_EXAMPLES[name]}")
    return fraction, ticks, distance


_EXAMPLES = {
    "fee": "write 0.1%, 5/order+0.1% or 0.005/unit",
    "slippage": "write 1bp, 0.01% or 10ticks",
    "spread": "write 2ticks, 0.02% or 0.5/unit",
}

# --- clauses ---------------------------------------------------------------------------------------

_CLAUSE = re.compile(r"(?<!\S)(min|max|on)(?!\S)")
_BOUNDS = {"min": "write min 1", "max": "write max 5/order or max 1%"}


def _parted(name: str, value: object, known: Sequence[str]) -> tuple[object, dict[str, str]]:
    """The sum of a text, and what is said after it: clause -> its value. What is no text has no clauses."""
    if not isinstance(value, str):
        return value, {}
    total, *rest = map(str.strip, _CLAUSE.split(value))
    clauses: dict[str, str] = {}
    for word, said in zip(rest[::2], rest[1::2], strict=True):
        if word not in known:
            raise AssumptionError(f"{name}: there is no `{word}` of {name}, found {brief(value)}; {_EXAMPLES[name]}")
        if word in clauses:
            raise AssumptionError(f"{name}: `{word}` is said twice, in {brief(value)}")
        if word == "on" and said not in SIDES:
            raise AssumptionError(f"{name}: expected `on entries` or `on exits`, found on {brief(said)}")
        clauses[word] = said
    return total, clauses


def _said(clauses: Mapping[str, str]) -> str:
    return "".join(f" {word} {value}" for word, value in clauses.items())


def _side(on: str) -> str:
    return f" on {on}" if on else ""


def _bound(word: str, text: str, units: Sequence[str]) -> tuple[float, str]:
    """A minimum or maximum of the fee of one fill: money (`1`, `1/order`), or a share. More than 0."""
    written, _, per = "/".join(map(str.strip, text.split("/"))).partition("/")
    amount = read_amount(written)
    if amount is None or amount.unit not in (("",) if per else units) or per not in ("", "order"):
        raise AssumptionError(f"fee: expected {word} and a number, found {word} {brief(text)}; {_BOUNDS[word]}")
    if not 0.0 < amount.value <= LARGEST:
        raise AssumptionError(f"fee: expected {word} of more than 0, up to 1e300, found {word} {brief(text)}")
    return amount


def _most(total: str, clauses: Mapping[str, str]) -> tuple[float, str]:
    """The maximum of the fee, and its unit if it is a share; a number that could be either is unclear."""
    text = clauses["max"]
    size, unit = _bound("max", text, ("", *SHARES))
    shares = as_shares(size)
    if not unit and "/" not in text and shares:
        meant = (*shares, f"{text}/order")
        raise UnclearError("fee", f"max {text}", tuple(total + _said({**clauses, "max": reading}) for reading in meant))
    return size, unit


# --- sums ------------------------------------------------------------------------------------------


def _clear(name: str, value: object, units: Sequence[str], after: str) -> None:
    """UnclearError where a term of a text is a bare number: a share, or one of the units. A number is a share.

    after: the clauses that follow, which every reading has too.
    """
    if not isinstance(value, str):
        return
    written = terms(name, value)
    for place, term in enumerate(written):
        amount = read_amount(term)
        if amount is None or amount.unit or not 0.0 < amount.value <= LARGEST:
            continue
        meant = [*as_shares(amount.value, _LIKELY), *(f"{term}{unit}" for unit in units)]
        readings = ("+".join([*written[:place], reading, *written[place + 1 :]]) for reading in meant)
        raise UnclearError(name, term, tuple(reading + after for reading in readings))


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
        example = _EXAMPLES.get(name, "write a number such as 100_000 or 0.01")
        raise AssumptionError(f"{name}: expected a number, found {brief(whole)}; {example}")
    if not 0.0 <= amount.value <= LARGEST:
        raise AssumptionError(f"{name}: expected 0 or more, up to 1e300, found {brief(whole)}")
    return amount


def exact(value: Cost) -> list[str]:
    """The parts of a cost to the last bit, whatever way they were written."""
    parts = (getattr(value, field.name) for field in fields(value))
    return [part.hex() if isinstance(part, float) else str(part) for part in parts]
