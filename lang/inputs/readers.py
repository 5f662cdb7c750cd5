"""Readers of assumptions, one for each name: a text or a number to the value that it says, or one clear error."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ..diagnostics.brief import brief
from ..diagnostics.suggest import nearest
from ..program.timeframe import timeframe
from ..program.zones import ZoneError, zone_file
from ..words.vocabulary import FILLS
from .carry import rate, rate_or_column, read_leverage, read_margin, read_participation
from .costs import number, read_fee, read_slippage, read_spread, terms
from .currency import capital_of, read_currency, read_quote_currency
from .errors import AssumptionError
from .latency import read_latency

PATHS = ("worst", "best", "proximity")  # the place is the code, here and below
BRACKETS = ("entry_bar", "next_bar", "next_decision")
SIZINGS = ("decision", "fill")
ENTRIES = ("independent", "one_cancels_other")
OPENS = ("any_time", "at_once")

# The published models: a name sets all of these at once; a name written after it overrides one.
MODELS: Mapping[str, Mapping[str, object]] = {
    "stratagem": {
        "capital": 100_000,
        "fill": "next_open",
        "path": "worst",
        "bracket": "entry_bar",
        "sizing": "decision",
        "entries": "independent",
    },
    "tradingview": {
        "capital": 1_000_000,
        "fill": "next_open",
        "path": "proximity",
        "bracket": "entry_bar",
        "sizing": "decision",
        "entries": "independent",
    },
}
FINEST = 1e-30
"""The smallest step of a grid: the steps of any price or quantity are then far below 1e300."""


def _amount(name: str, least_open: bool) -> Callable[[object], float]:
    def read(value: object) -> float:
        parts = terms(name, value)
        if len(parts) != 1:
            raise AssumptionError(f"{name}: expected one number, found {brief(value)}")
        return number(name, parts[0], value, above=least_open)[0]

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
        raise AssumptionError(f"{name}: expected {either(allowed)}, found {brief(value)}{hint}")
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


def read_conversion(value: object) -> str:
    """The name of a column in quotes, `"usd_eur"`; `none`, "", converts nothing."""
    if value is None or (isinstance(value, str) and value.strip() == "none"):
        return ""
    name = value.strip().strip('"') if isinstance(value, str) else ""
    if not name or name != name.strip():
        raise AssumptionError(f'conversion: expected the name of a column of the data in quotes, "usd_eur", found '
                              f"{brief(value)}; of a rate that never moves write point_value 0.9")  # fmt: skip
    return name


def read_magnify(value: object) -> str:
    """How long finer bars are, `1m`; `none`, "", there are none."""
    if value is None or (isinstance(value, str) and value.strip() == "none"):
        return ""
    try:
        return str(timeframe(str(value)))
    except ValueError as error:
        raise AssumptionError(f"magnify: {error}; what bars they are is said beside the data, --magnify FILE "
                              "(magnify=)") from None  # fmt: skip


READERS: Mapping[str, Callable[[object], object]] = {
    "capital": capital_of(_amount("capital", least_open=True)),
    "currency": read_currency,
    "quote_currency": read_quote_currency,
    "conversion": read_conversion,
    "fee": read_fee,
    "slippage": read_slippage,
    "spread": read_spread,
    "interest": rate("interest"),
    "borrow": rate_or_column("borrow", "5%", least=0.0),
    "funding": rate_or_column("funding", "0.01%", least=-1.0),
    "margin": read_margin,
    "leverage": read_leverage,
    "maintenance": rate("maintenance"),
    "participation": read_participation,
    "latency": read_latency,
    "fill": _one_of("fill", FILLS),
    "path": _one_of("path", PATHS),
    "magnify": read_magnify,
    "bracket": _one_of("bracket", BRACKETS),
    "sizing": _one_of("sizing", SIZINGS),
    "entries": _one_of("entries", ENTRIES),
    "opens": _one_of("opens", OPENS),
    "lot": _grid("lot"),
    "tick": _grid("tick"),
    "minimum": _amount("minimum", least_open=False),
    "point_value": _amount("point_value", least_open=True),
    "timezone": _zone,
}


def read_one(name: str, value: object) -> object:
    """The value of one assumption, as far as it can be understood without the others."""
    return _choice("model", value, tuple(MODELS)) if name == "model" else READERS[name](value)


def either(names: tuple[str, ...]) -> str:
    """`a, b or c`."""
    return ", ".join(names[:-1]) + " or " + names[-1]
