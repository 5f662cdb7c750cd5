"""What a result rests on: every assumption with its name, its default and its two published models.

`Assumptions` is made from `assume` texts, command-line flags and API arguments alike, later ones overriding
earlier ones. Every name is echoed in a result, with a hash of them all.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields, replace

from ..diagnostics.brief import brief
from ..diagnostics.suggest import nearest, option
from ..program.zones import ZoneError, zone_file
from ..words.amounts import LARGEST, SHARES, as_shares, plain, read_amount
from ..words.vocabulary import ASSUMPTIONS, ASSUMPTIONS_LATER, FILLS
from .errors import AssumptionError, UnclearError

PATHS = ("worst", "best", "proximity")  # the place is the code, here and below
BRACKETS = ("entry_bar", "next_bar", "next_decision")
SIZINGS = ("decision", "fill")

# The published models: a name sets all of these at once; a name written after it overrides one.
MODELS: Mapping[str, Mapping[str, object]] = {
    "stratagem": {
        "capital": 100_000,
        "fill": "next_open",
        "path": "worst",
        "bracket": "entry_bar",
        "sizing": "decision",
    },
    "tradingview": {
        "capital": 1_000_000,
        "fill": "next_open",
        "path": "proximity",
        "bracket": "entry_bar",
        "sizing": "decision",
    },
}
FINEST = 1e-30
"""The smallest step of a grid: the steps of any price or quantity are then far below 1e300."""
NEEDS_TICK = "slippage in ticks needs `assume tick`: how much a tick is"


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


@dataclass(frozen=True, slots=True)
class Assumptions:
    """Everything a result rests on, by name. lot and tick 0: no grid."""

    model: str = "stratagem"
    capital: float = 100_000.0
    fee: Fee = Fee()
    slippage: Slippage = Slippage()
    fill: str = "next_open"
    path: str = "worst"
    bracket: str = "entry_bar"
    sizing: str = "decision"
    lot: float = 0.0
    tick: float = 0.0
    point_value: float = 1.0
    timezone: str = "UTC"

    def __post_init__(self) -> None:
        if self.slippage.ticks and not self.tick:
            raise AssumptionError(NEEDS_TICK)

    def with_values(self, values: Mapping[str, object]) -> Assumptions:
        """These assumptions with others in their place, each a text or a number; `model` is applied first."""
        known: dict[str, object] = {}
        named = {_known(name): value for name, value in values.items()}
        if "model" in named:
            model = read_one("model", named["model"])
            known.update(_read_all(MODELS[str(model)]), model=model)
        known.update(_read_all({name: value for name, value in named.items() if name != "model"}))
        return replace(self, **known)  # type: ignore[arg-type]

    def echo(self) -> dict[str, str | float]:
        """Every assumption by name, as plain text or number."""
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        return {name: str(value) if isinstance(value, (Fee, Slippage)) else value for name, value in values.items()}

    def digest(self) -> str:
        """A hash of all of them: equal for equal assumptions, on every machine."""
        exact = self.echo() | {"fee": _exact(self.fee), "slippage": _exact(self.slippage)}
        text = json.dumps(exact, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()


def read_assumptions(*layers: Mapping[str, object]) -> Assumptions:
    """Defaults, then each layer over the ones before it: the text's, then flags', then arguments'."""
    assumptions = Assumptions()
    for layer in layers:
        assumptions = assumptions.with_values(layer)
    return assumptions


# --- readers: one per name ---------------------------------------------------------------------------


def read_fee(value: object) -> Fee:
    """`0.1%`, 0.001, `5/order+0.1%`, `0.005/unit`; a bare number in a text could be any of them (UnclearError)."""
    if isinstance(value, Fee):
        return value
    _clear("fee", value, ("/order", "/unit"))
    found = {"fraction": 0.0, "order": 0.0, "unit": 0.0}
    for part in _parts("fee", value):
        amount, _, per = part.partition("/")
        if per not in ("", "order", "unit"):
            raise AssumptionError(f"fee: expected /order or /unit, found {part!r}; {_FEES}")
        found[per or "fraction"] += _number("fee", amount, part, ("",) if per else ("", *SHARES))[0]
    return Fee(found["fraction"], found["order"], found["unit"])


def read_slippage(value: object) -> Slippage:
    """`1bp`, `0.01%`, 0.0001, `10ticks`, `0.02/unit` (a distance in price); a bare number in a text is unclear."""
    if isinstance(value, Slippage):
        return value
    _clear("slippage", value, ("ticks", "/unit"))
    fraction = ticks = distance = 0.0
    for part in _parts("slippage", value):
        amount, _, per = part.partition("/")
        number, unit = _number("slippage", amount, part, ("", *SHARES, "ticks"))
        if per not in ("", "unit") or (per and unit):
            raise AssumptionError(f"slippage: expected /unit after a number, found {part!r}; {_SLIPPAGES}")
        if unit == "ticks":
            ticks += number
        elif per:
            distance += number
        else:
            fraction += number
    if fraction >= 1.0:
        raise AssumptionError(f"slippage: expected less than 100%, found {brief(value)}; {_SLIPPAGES}")
    return Slippage(fraction, ticks, distance)


_FEES = "write 0.1%, 5/order+0.1% or 0.005/unit"
_SLIPPAGES = "write 1bp, 0.01% or 10ticks"


def _clear(name: str, value: object, units: Sequence[str]) -> None:
    """UnclearError where a term of a text is a bare number: a share, or one of the units. A number is a share."""
    if not isinstance(value, str):
        return
    terms = _parts(name, value)
    for place, term in enumerate(terms):
        amount = read_amount(term)
        if amount is None or amount.unit or not 0.0 < amount.value <= LARGEST:
            continue
        meant = [*as_shares(amount.value, _LIKELY), *(f"{term}{unit}" for unit in units)]
        readings = tuple("+".join([*terms[:place], reading, *terms[place + 1 :]]) for reading in meant)
        raise UnclearError(name, term, readings)


_LIKELY = 0.05
"""The greatest share of a fill that a bare number can be meant as, be it a fraction as in Python or a percentage."""


def _parts(name: str, value: object) -> list[str]:
    """The terms of a sum; a plain number is one term."""
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        raise AssumptionError(f"{name}: expected a text or a number, found {brief(value)}")
    if isinstance(value, (int, float)):
        return [repr(float(value)) if abs(value) <= LARGEST else brief(value)]
    parts = ["/".join(map(str.strip, part.split("/"))) for part in value.split("+")]
    if not all(parts):
        raise AssumptionError(f"{name}: expected a number on each side of +, found {brief(value)}")
    return parts


def _number(name: str, text: str, whole: str, units: Sequence[str] = ("",)) -> tuple[float, str]:
    """A number of 0 or more in one of the units, and the unit."""
    amount = read_amount(text)
    if amount is None or amount.unit not in units:
        example = {"fee": _FEES, "slippage": _SLIPPAGES}.get(name, "write a number such as 100_000 or 0.01")
        raise AssumptionError(f"{name}: expected a number, found {brief(whole)}; {example}")
    if not 0.0 <= amount.value <= LARGEST:
        raise AssumptionError(f"{name}: expected 0 or more, up to 1e300, found {brief(whole)}")
    return amount


def _amount(name: str, least_open: bool) -> Callable[[object], float]:
    def read(value: object) -> float:
        parts = _parts(name, value)
        if len(parts) != 1:
            raise AssumptionError(f"{name}: expected one number, found {brief(value)}")
        number, _ = _number(name, parts[0], value if isinstance(value, str) else parts[0])
        if least_open and number == 0.0:
            raise AssumptionError(f"{name}: expected more than 0, found {brief(value)}")
        return number

    return read


def _grid(name: str) -> Callable[[object], float]:
    amount = _amount(name, least_open=False)

    def read(value: object) -> float:
        step = 0.0 if value is None or (isinstance(value, str) and value == "none") else amount(value)
        if 0.0 < step < FINEST:
            raise AssumptionError(f"{name}: expected {FINEST:g} or more, or 0 for none, found {brief(value)}")
        return step

    return read


def _choice(name: str, value: object, allowed: tuple[str, ...]) -> str:
    if not isinstance(value, str) or value not in allowed:
        near = nearest(value, allowed) if isinstance(value, str) else None
        hint = f"; did you mean {near}?" if near else ""
        raise AssumptionError(f"{name}: expected {_or(allowed)}, found {brief(value)}{hint}")
    return str(value)


def _one_of(name: str, allowed: tuple[str, ...]) -> Callable[[object], str]:
    return lambda value: _choice(name, value, allowed)


def _zone(value: object) -> str:
    name = str(value).strip().strip('"')
    if not name:
        raise AssumptionError('timezone: expected a name such as "America/New_York", found nothing')
    try:
        zone_file(name)
    except ZoneError as error:
        raise AssumptionError(f"timezone: {error}") from None
    return name


READERS: Mapping[str, Callable[[object], object]] = {
    "capital": _amount("capital", least_open=True),
    "fee": read_fee,
    "slippage": read_slippage,
    "fill": _one_of("fill", FILLS),
    "path": _one_of("path", PATHS),
    "bracket": _one_of("bracket", BRACKETS),
    "sizing": _one_of("sizing", SIZINGS),
    "lot": _grid("lot"),
    "tick": _grid("tick"),
    "point_value": _amount("point_value", least_open=True),
    "timezone": _zone,
}


def read_one(name: str, value: object) -> object:
    """The value of one assumption, as far as it can be understood without the others."""
    return _choice("model", value, tuple(MODELS)) if name == "model" else READERS[name](value)


def _read_all(values: Mapping[str, object]) -> dict[str, object]:
    return {name: READERS[name](value) for name, value in values.items()}


def _known(name: str) -> str:
    """The name itself if it is one; the error names the nearest."""
    if name in ASSUMPTIONS:
        return name
    if name in ASSUMPTIONS_LATER:
        raise AssumptionError(f"assume {name} is not available yet; known are {_or(ASSUMPTIONS)}")
    near = option(name, ASSUMPTIONS)
    hint = f"did you mean {near}?" if near else f"known are {_or(ASSUMPTIONS)}"
    raise AssumptionError(f"unknown assumption {brief(name)}; {hint}")


def _or(names: tuple[str, ...]) -> str:
    return ", ".join(names[:-1]) + " or " + names[-1]


def _exact(value: Fee | Slippage) -> list[str]:
    """The parts of a fee or slippage to the last bit, whatever way they were written."""
    return [getattr(value, field.name).hex() for field in fields(value)]
