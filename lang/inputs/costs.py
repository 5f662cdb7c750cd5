"""What a fill costs: fee, slippage and spread, and the one way that they are written.

A cost is a sum of terms, `5/order+0.1%`, and clauses after it: `min 1`, `max 1%` of a fee, `on entries` or `on exits`
of a fee and a spread, and as often as there are tiers `after 1_000_000 0.08%` of a fee.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from numbers import Real
from typing import Any

from ..diagnostics.brief import brief
from ..words.amounts import LARGEST, SHARES, as_shares, plain, read_amount
from .errors import AssumptionError, UnclearError
from .flags import is_flag

SIDES = ("entries", "exits")
UNITS = ("price", "ticks", "bp", "percent")
"""What a column of the data can hold a spread in; in prices where nothing is said."""


@dataclass(frozen=True, slots=True)
class Fee:
    """What every fill costs: a share of its notional, an amount per fill, an amount per unit of quantity.

    maker and taker: further shares, of fills of orders that rested at their limit, and of all others. Together at least
    `least`, and at most `most` or (and then this is None) `most_share` of the notional; of both the maximum is the
    stronger. on: `entries` or `exits`, "" for both. tiers: (notional, rates) in rising order, the rates in place of
    the first ones once so much was traded in a month, or on `over` days before; their other parts are not looked at.
    """

    fraction: float = 0.0
    per_order: float = 0.0
    per_unit: float = 0.0
    least: float = 0.0
    most: float | None = None
    most_share: float | None = None
    on: str = ""
    maker: float = 0.0
    taker: float = 0.0
    tiers: tuple[tuple[float, Fee], ...] = ()
    over: int | None = None

    def __str__(self) -> str:
        later = "".join(f" after {plain(traded)} {rates}" for traded, rates in self.tiers)
        days = f" over {self.over}d" if self.over and self.tiers else ""
        return self._rates() + self._bounds() + _side(self.on) + later + days

    def _rates(self) -> str:
        parts = [f"{plain(share, 2)}%/{who}" for who, share in self._sides() if share]
        if self.per_order:
            parts.append(f"{plain(self.per_order)}/order")
        if self.per_unit:
            parts.append(f"{plain(self.per_unit)}/unit")
        if self.fraction or not parts:
            parts.append(f"{plain(self.fraction, 2)}%")
        return "+".join(parts)

    def _sides(self) -> tuple[tuple[str, float], ...]:
        return ("maker", self.maker), ("taker", self.taker)

    @property
    def dearest(self) -> float:
        """The greatest share of a notional."""
        own = self.fraction + max(self.maker, self.taker)
        return max([own, *(rates.dearest for _, rates in self.tiers)])

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

    @property
    def in_ticks(self) -> bool:
        """Whether what a tick is has to be known."""
        return bool(self.ticks)

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
    """How much worse than the market a fill is: besides a distance, models that know the market.

    range: a share of the way from high to low of the last bar that has closed. root: the share of the price by which
    an order as large as that bar's volume moves it; others in step with the square root of their share of the volume.
    """

    range: float = 0.0
    root: float = 0.0

    def __str__(self) -> str:
        models = ((self.range, "range"), (self.root, "sqrt_volume"))
        parts = [f"{plain(share, 2)}%/{name}" for share, name in models if share]
        if self.fraction or self.ticks or self.distance or not parts:
            parts.insert(0, Distance.__str__(self))
        return "+".join(parts)


@dataclass(frozen=True, slots=True)
class Series:
    """A spread that the data say: of one column, or from the first, of bids, to the second, of asks."""

    columns: tuple[str, ...]
    unit: str = UNITS[0]

    def __str__(self) -> str:
        named = " to ".join(f'"{name}"' for name in self.columns)
        return named if len(self.columns) == 2 else f"{named} in {self.unit}"


@dataclass(frozen=True, slots=True)
class Spread(Distance):
    """The way between bid and ask, half of which a fill is worse. on: `entries` or `exits`, "" for both. series: the
    part of it that the data say."""

    on: str = ""
    series: Series | None = None

    @property
    def in_ticks(self) -> bool:
        """Whether what a tick is has to be known."""
        return bool(self.ticks) or (self.series is not None and self.series.unit == "ticks")

    def __str__(self) -> str:
        fixed = Distance.__str__(self)
        if self.series is not None:
            fixed = str(self.series) + (f"+{fixed}" if self.fraction or self.ticks or self.distance else "")
        return fixed + _side(self.on)


Cost = Fee | Slippage | Spread
NO_FEE, NO_SLIPPAGE, NO_SPREAD = Fee(), Slippage(), Spread()


def read_fee(value: object) -> Fee:
    """`0.1%`, 0.001, `5/order+0.1%`, `0.02%/maker+0.05%/taker`, `0.005/unit min 1 max 1% on entries`, `0.1% after
    1_000_000 0.08%`; a bare number in a text could be any of them, a bare maximum a share or money (UnclearError)."""
    if isinstance(value, Fee):
        return value
    total, clauses = _parted("fee", value, ("min", "max", "on", "after", "over"))
    _clear("fee", total, ("/order", "/unit"), _said(clauses))
    found = {"fraction": 0.0, "order": 0.0, "unit": 0.0, "maker": 0.0, "taker": 0.0}
    for part in terms("fee", total):
        amount, _, per = part.partition("/")
        if per in _LIQUIDITY:
            found[per] += _share_of("fee", amount, per, part)
            continue
        if per not in ("", "order", "unit"):
            raise AssumptionError(
                f"fee: expected /order or /unit, or /maker or /taker after a share, found {part!r}; {_EXAMPLES['fee']}"
            )
        found[per or "fraction"] += number("fee", amount, part, ("",) if per else ("", *SHARES))[0]
    least = _bound("min", clauses["min"], ("",))[0] if "min" in clauses else 0.0
    most, unit = _most(str(total), clauses) if "max" in clauses else (None, "")
    if most is not None and not unit and most < least:
        raise AssumptionError(f"fee: expected a maximum of {plain(least)} or more, which is the minimum, "
                              f"found {brief(clauses['max'])}")  # fmt: skip
    money, share = (None, most) if unit else (most, None)
    shares = found["fraction"], found["order"], found["unit"]
    tiers = _tiers(clauses["after"]) if "after" in clauses else ()
    over = _days(clauses["over"], tiers) if "over" in clauses else None
    return Fee(*shares, least, money, share, clauses.get("on", ""), found["maker"], found["taker"], tiers, over)


def _days(text: str, tiers: Sequence[object]) -> int:
    """`30d`: how many days before its own a day's tiers go by."""
    amount = read_amount(text)
    days = amount.value / 86_400.0 if amount is not None and amount.unit in ("d", "w") else 0.0
    if not tiers:
        raise AssumptionError("fee: `over` says the days that tiers go by; write after and a tier before it, "
                              "`0.1% after 1_000_000 0.08% over 30d`")  # fmt: skip
    if not 1.0 <= days <= MOST_DAYS or days != int(days):
        raise AssumptionError(f"fee: expected over and a number of days from 1d to {MOST_DAYS}d, such as over 30d, "
                              f"found over {brief(text)}; without it tiers go by the calendar month")  # fmt: skip
    return int(days)


def _tiers(text: str) -> tuple[tuple[float, Fee], ...]:
    """`1_000_000 0.08% after 10_000_000 0.06%`: what was traded, and the rates from then on."""
    tiers: list[tuple[float, Fee]] = []
    for said in text.split(" after "):
        first, *rest = said.split(None, 1)
        if not rest or "%" in first:
            raise AssumptionError(f"fee: expected after, what was traded in the month and the fee from then on, "
                                  f"`after 1_000_000 0.08%`, found after {brief(said)}")  # fmt: skip
        traded, _ = number("fee", first, said, above=True)
        try:
            rates = read_fee(rest[0])
        except UnclearError as unclear:
            raise AssumptionError(f"fee: {brief(rest[0])} after {first} could mean several things; write a unit, "
                                  f"such as {unclear.readings[0]}") from unclear  # fmt: skip
        if tiers and traded <= tiers[-1][0]:
            raise AssumptionError(f"fee: expected tiers in rising order, found after {first} behind "
                                  f"after {plain(tiers[-1][0])}")  # fmt: skip
        tiers.append((traded, rates))
    if len(tiers) > MOST_TIERS:
        raise AssumptionError(f"fee: expected at most {MOST_TIERS} tiers, found {len(tiers)}")
    return tuple(tiers)


MOST_TIERS = 9
"""Tiers of a fee beside its first rates."""
MOST_DAYS = 366
"""The notional of each of them is kept."""


def read_slippage(value: object) -> Slippage:
    """`1bp`, `0.01%`, 0.0001, `10ticks`, `0.02/unit` (a distance in price), `10%/range`, `1%/sqrt_volume`, and sums of
    them; a bare number in a text is unclear."""
    if isinstance(value, Slippage):
        return value
    total, _ = _parted("slippage", value, ())
    return Slippage(*_distance("slippage", total, {}, _MODELS))


def read_spread(value: object) -> Spread:
    """The same, the side that it is paid on, and what the data say: `2ticks on entries`, `"spread" in ticks`, `"bid" to
    "ask"`, `"spread"+1bp`."""
    if isinstance(value, Spread):
        return value
    total, clauses = _parted("spread", value, ("on",))
    series, fixed = _series(total)
    fraction, ticks, distance = _distance("spread", fixed, clauses)
    return Spread(fraction, ticks, distance, clauses.get("on", ""), series)


def _series(total: object) -> tuple[Series | None, object]:
    """The term of a sum that names columns, and the sum of the others."""
    if not isinstance(total, str):
        return None, total
    said = [part.strip() for part in total.split("+")]
    named = [part for part in said if part and part[0] not in "+-.0123456789"]
    if not named:
        return None, total
    if len(named) > 1:
        raise AssumptionError(f"spread: expected one column, or one of bids to one of asks, found {brief(total)}; "
                              f"{_EXAMPLES['spread']}")  # fmt: skip
    return _read_series(named[0]), "+".join(part for part in said if part != named[0]) or 0.0


_NAME = r'("[^"]{1,100}"|[^\s"/]{1,100})'
_NAMED = re.compile(rf"{_NAME}(?:\s{{1,9}}to\s{{1,9}}{_NAME})?(?:\s{{1,9}}in\s{{1,9}}(\S{{1,20}}))?")


def _read_series(text: str) -> Series:
    """`"spread"`, `"spread" in ticks`, `"bid" to "ask"`."""
    found = _NAMED.fullmatch(text)
    columns = tuple(name.strip('"') for name in found.groups()[:2] if name) if found else ()
    if found is None or any(name != name.strip() for name in columns):
        raise AssumptionError("spread: expected the name of a column in quotes, or of bids to asks, found "
                              f"{brief(text)}; {_EXAMPLES['spread']}")  # fmt: skip
    unit = found[3] or UNITS[0]
    if unit not in UNITS:
        raise AssumptionError(f"spread: expected a column in {', '.join(UNITS[:-1])} or {UNITS[-1]}, found in "
                              f"{brief(unit)}")  # fmt: skip
    if len(columns) == 2 and unit != UNITS[0]:
        raise AssumptionError(f"spread: bid and ask are prices, so that the way between them is one; leave `in {unit}` "
                              "out")  # fmt: skip
    return Series(columns, unit)


def _distance(
    name: str, value: object, clauses: Mapping[str, str], models: Sequence[str] = ()
) -> tuple[float, ...]:
    """A sum as a share of the price, ticks, a distance in price, and the shares of models."""
    _clear(name, value, ("ticks", "/unit"), _said(clauses))
    found = dict.fromkeys(("", "ticks", "unit", *models), 0.0)
    for part in terms(name, value):
        amount, _, per = part.partition("/")
        if per in models:
            found[per] += _share_of(name, amount, per, part)
            continue
        size, unit = number(name, amount, part, ("", *SHARES, "ticks"))
        if per not in ("", "unit") or (per and unit):
            known = "".join(f", or /{model} after a share" for model in models)
            raise AssumptionError(f"{name}: expected /unit after a number{known}, found {part!r}; {_EXAMPLES[name]}")
        found["ticks" if unit == "ticks" else per] += size
    if found[""] >= 1.0:
        raise AssumptionError(f"{name}: expected less than 100%, found {brief(value)}; {_EXAMPLES[name]}")
    return tuple(found.values())


_MODELS = ("range", "sqrt_volume")
"""What a share can be of, besides the price."""
_LIQUIDITY = ("maker", "taker")
"""Whose fills a share of the notional can be of, besides all."""


def _share_of(name: str, amount: str, per: str, whole: str) -> float:
    """A share of something else than the price, or of some fills alone, of up to 100%; a bare number could be either
    way of writing one."""
    size, unit = number(name, amount, whole, ("", *SHARES))
    if not unit and size:
        raise UnclearError(name, whole, tuple(f"{reading}/{per}" for reading in as_shares(size, 1.0)))
    if size > 1.0:
        raise AssumptionError(f"{name}: expected at most 100%/{per}, found {whole!r}")
    return size


_EXAMPLES = {
    "fee": "write 0.1%, 5/order+0.1%, 0.005/unit or 0.02%/maker+0.05%/taker",
    "slippage": "write 1bp, 0.01%, 10ticks, 10%/range or 1%/sqrt_volume",
    "interest": "write 3%",
    "borrow": 'write 5% (a year), or "borrow_rate", a column of the data',
    "margin": "write 20%",
    "maintenance": "write 10%",
    "leverage": "write 5, which is margin 20%",
    "participation": "write 10%, or none",
    "funding": 'write 0.01% (every 8 hours), or "funding_rate", a column of the data',
    "spread": 'write 2ticks, 0.02%, 0.5/unit, or a column of the data, "spread" in ticks, or two, "bid" to "ask"',
}

# --- clauses ---------------------------------------------------------------------------------------

_CLAUSE = re.compile(r"(?<!\S)(min|max|on|after|over)(?!\S)")
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
        if word == "after":
            clauses[word] = f"{clauses[word]} after {said}" if word in clauses else said
            continue
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
    if is_flag(value) or not isinstance(value, (Real, str)):
        raise AssumptionError(f"{name}: expected a text or a number, found {brief(value)}")
    if isinstance(value, Real):
        size: Any = value.item() if hasattr(value, "item") else value  # numpy's as Python's
        return [repr(float(size)) if abs(size) <= LARGEST else brief(value)]
    parts = ["/".join(map(str.strip, part.split("/"))) for part in value.split("+")]
    if parts == [""]:
        raise AssumptionError(f"{name}: expected a value, found an empty text")
    if not all(parts):
        raise AssumptionError(f"{name}: expected a number on each side of +, found {brief(value)}")
    return parts


def number(
    name: str, text: str, whole: object, units: Sequence[str] = ("",), *, above: bool = False
) -> tuple[float, str]:
    """A number of 0 or more (above: of more than 0) in one of the units, and the unit. whole: what was given."""
    amount = read_amount(text)
    if amount is None or amount.unit not in units:
        example = _EXAMPLES.get(name, "write a number such as 100_000 or 0.01")
        raise AssumptionError(f"{name}: expected a number, found {brief(whole)}; {example}")
    if not 0.0 <= amount.value <= LARGEST or (above and amount.value == 0.0):
        least = "more than 0" if above else "0 or more"
        raise AssumptionError(f"{name}: expected {least}, up to 1e300, found {brief(whole)}")
    return amount


def exact(value: Cost) -> list[str]:
    """The parts of a cost to the last bit, whatever way they were written."""
    parts = (getattr(value, field.name) for field in fields(value))
    return [part.hex() if isinstance(part, float) else str(part) for part in parts if part not in ((), None)]
