"""What instruments are, from a catalogue: tick, lot, point value, minimum notional, margin and costs of each symbol.

A catalogue says what is true of a symbol in any program; so what a program assumes, and what a run is given, goes
before it. It is read strictly: an error names the line and what is expected there.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from ...lang.diagnostics.brief import brief, named
from ...lang.diagnostics.suggest import nearest
from ...lang.inputs.currency import CODES
from ..errors import UsageFault
from ..given import path as checked_path
from ..marked import Marked
from .declared_file import declared_text, declared_yaml
from .errors import DataError
from .source import existing

if TYPE_CHECKING:
    from .declared_instruments import Declared

ASSUMED = ("tick", "lot", "point_value", "minimum", "fee", "slippage", "spread", "margin", "maintenance")
"""What a catalogue may say of a symbol beside its currency and groups: assumptions by their names."""
_BESIDE = ("currency", "group")


@dataclass(frozen=True, slots=True)
class Instruments:
    """source: the file's name, "" where it is none. of, groups: by symbol in small letters what is said of it, as
    written, and the groups that it is in."""

    source: str = ""
    of: Mapping[str, Mapping[str, object]] = field(default_factory=lambda: MappingProxyType({}))
    currencies: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    groups: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))

    def facts(self, symbol: str) -> dict[str, object]:
        """The assumptions that follow for a symbol, a layer below the program's own."""
        name = symbol.lower()
        quoted = {"quote_currency": self.currencies[name]} if name in self.currencies else {}
        return dict(self.of.get(name, {})) | quoted

    def notes(self, symbol: str) -> tuple[str, ...]:
        """That it says nothing of a symbol that is run; none where nothing is declared at all."""
        if not self.of or symbol.lower() in self.of:
            return ()
        near = nearest(symbol.lower(), sorted(self.of))
        hint = f": did you mean {near.upper()}?" if near else ""
        return (f"{self._called} says nothing of {brief(symbol)}{hint}",)

    def without_currency(self, symbol: str, currency: str) -> tuple[str, ...]:
        """That it gives a symbol no currency, where the account has one; "" where nobody says that."""
        if not self.of or not currency:
            return ()
        return (f"{self._called} gives {brief(symbol)} no currency: its prices are taken to be in {currency}",)

    @property
    def _called(self) -> str:
        return self.source or "the catalogue given"


NONE = Instruments()


def read_instruments(given: object) -> Instruments:
    """The catalogue of a YAML file or a mapping by symbol; none for None. DataError names file, line and what is wrong
    there, UsageFault what is no catalogue at all."""
    if given is None:
        return NONE
    if isinstance(given, Instruments):
        return given
    if isinstance(given, Mapping):
        return _made(Marked({"instruments": _plain(given)}, {}), "")
    if not isinstance(given, (str, os.PathLike)):
        raise UsageFault(f"instruments: expected the path of a YAML file or a mapping by symbol, found {brief(given)}")
    place = existing(checked_path("instruments", given), str(given))
    text = declared_text(place, "a catalogue", "a YAML file of instruments")
    return _made(declared_yaml(text, place.name), place.name)


def _plain(given: Mapping[Any, Any]) -> Any:
    """A mapping of Python as a document; what is no mapping inside is left to be told of."""
    return {str(s): dict(told) if isinstance(told, Mapping) else told for s, told in given.items()}


def _made(marked: Marked, source: str) -> Instruments:
    from pydantic import ValidationError

    from .declared_instruments import Declared

    try:
        declared = Declared.model_validate(marked.value)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        raise DataError(_where(marked, source, first["loc"]) + _told(first)) from None
    return _named(declared, marked, source)


def _named(declared: Declared, marked: Marked, source: str) -> Instruments:
    """By symbol in small letters; DataError where one has no name, or two differ in their letters alone."""
    of: dict[str, Mapping[str, object]] = {}
    currencies = {}
    for symbol, each in declared.instruments.items():
        name = symbol.lower()
        where = _where(marked, source, ("instruments", symbol))
        if not name.strip():
            raise DataError(f"{where}an instrument has no name: expected its symbol")
        if name in of:
            raise DataError(f"{where}{named(symbol)} stands twice, in other letters")
        of[name] = {known: getattr(each, known) for known in ASSUMED if getattr(each, known) is not None}
        if each.currency is not None:
            currencies[name] = each.currency
    from .declared_groups import joined

    groups = joined((symbol, each.group or ()) for symbol, each in declared.instruments.items())
    return Instruments(source, of, currencies, groups)


def _where(marked: Marked, source: str, way: Any) -> str:
    return f"{source}, line {marked.line(way)}: " if source else "instruments: "


def _told(fault: Any) -> str:
    """A fault of pydantic in words."""
    way, found = fault["loc"], brief(fault["input"])
    known = ", ".join((*ASSUMED, *_BESIDE))
    if fault["type"] == "extra_forbidden":
        if len(way) == 1:
            return f"{named(way[0])} is not known: a catalogue has `instruments:`, and below it each symbol"
        near = nearest(str(way[-1]), (*ASSUMED, *_BESIDE))
        hint = f"did you mean {near}?" if near else f"of {way[1]} there may be {known}"
        return f"{named(way[-1])} is not known: {hint}"
    if "group" in way and fault["type"] != "extra_forbidden":
        return f"expected a name, or a list of names, as `group: [tech, us]`; found {found}"
    words = {
        "missing": "expected `instruments:`, and below it each symbol",
        "too_short": "no instrument is declared",
        "string_type": f"{named(way[-1]) if way else ''}: expected a text; found {found}",
        "model_type": f"expected what is known of {way[-1] if way else 'it'}, such as `tick: 0.01`; found {found}",
        "dict_type": f"expected symbols, each with what is known of it; found {found}",
        "string_pattern_mismatch": f"{found} is no currency: expected {CODES}, such as USD",
        "value_error": str(fault.get("ctx", {}).get("error", "")),
    }
    return words.get(fault["type"]) or f"{named(way[-1]) if way else ''}: {fault['msg']}, found {found}"
