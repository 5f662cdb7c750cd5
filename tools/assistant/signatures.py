"""The functions of the language with the kind of every argument: what a prompt lists and a grammar enforces.

Operators say their kinds, the compiler's own functions are named below, and those of the library are read in their
text: what is handed on as a length is a length.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache

from ...lang.elaborate.constant_sources import SOURCES
from ...lang.syntax import tree
from ...lang.syntax.parse import parse
from ...stdlib import library
from ...stdlib.catalogue import catalogue
from ...stdlib.operator import BOOL, COUNT, REGISTRY


class Kind(StrEnum):
    """What may stand in the place of an argument, or what a call gives."""

    SERIES = "series"  # a number that may differ from bar to bar; a constant was meant for another place
    NUMBER = "number"  # any number, also a constant
    LENGTH = "length"  # a whole number known before the run
    CONDITION = "condition"
    FLAG = "flag"  # true or false, as written
    CLOCK_TIME = "clock time"  # "09:30"
    ZONE = "zone"  # "Europe/London"
    TIMEFRAME = "timeframe"  # 4h
    COLUMN = "column"  # the name of a column, as a text


@dataclass(frozen=True, slots=True)
class Parameter:
    """One argument. default: as it is written, None where it has to be given."""

    name: str
    kind: Kind
    default: str | None = None


@dataclass(frozen=True, slots=True)
class Signature:
    """A function. fields: of a record, else empty; condition: whether it gives one; many: the last may be repeated;
    range: between which numbers its values lie, "" where their unit says it.
    """

    name: str
    family: str
    parameters: tuple[Parameter, ...]
    condition: bool
    fields: tuple[str, ...] = ()
    many: bool = False
    range: str = ""

    @property
    def required(self) -> int:
        """How many arguments have to be given; those without a default stand first."""
        return sum(parameter.default is None for parameter in self.parameters)

    @property
    def written(self) -> str:
        """`bb(source, length = 20, mult = 2)`."""
        inside = [p.name if p.default is None else f"{p.name} = {p.default}" for p in self.parameters]
        return f"{self.name}({', '.join([*inside, '…'] if self.many else inside)})"


_NAMED = {"condition": Kind.CONDITION, "timeframe": Kind.TIMEFRAME, "name": Kind.COLUMN, "n": Kind.LENGTH,
          "start": Kind.CLOCK_TIME, "end": Kind.CLOCK_TIME, "zone": Kind.ZONE}  # fmt: skip
"""Arguments of the compiler's own functions; all others are numbers."""
_PAIRS = frozenset({"correlation"})
"""Of two series, neither a constant."""


@cache
def signatures() -> Mapping[str, Signature]:
    """Every function by its name, in the order of the catalogue."""
    return {row.name: replace(_signature(row.name, row.family, row.signature, row.unit), range=row.range)
            for row in catalogue()}  # fmt: skip


def _signature(name: str, family: str, written: str, unit: str) -> Signature:
    operator = REGISTRY.get(name)
    if operator is not None:
        fields = (operator.first, *operator.outputs) if operator.outputs else ()
        return Signature(name, family, tuple(_of_operator(name)), operator.result == BOOL, fields)
    entry = library.find(name)
    if entry is not None:
        fields = () if "" in entry.unit else tuple(entry.unit)
        return Signature(name, family, _of_library(name), entry.unit.get("") == "bool", fields)
    parts = [part.strip() for part in written.partition("(")[2].rstrip(")").split(",") if part.strip()]
    found = tuple(_built_in(part, family) for part in parts if part != "…")
    return Signature(name, family, found, unit == "bool", many="…" in parts)


def _built_in(name: str, family: str) -> Parameter:
    kind = _NAMED.get(name, Kind.SERIES if family == "several symbols" else Kind.NUMBER)
    return Parameter(name, kind, "…" if kind is Kind.ZONE else None)


def _of_operator(name: str) -> Iterator[Parameter]:
    for argument in REGISTRY[name].arguments:
        series = argument.name in SOURCES or (name in _PAIRS and argument.kind not in (BOOL, COUNT))
        kind = {COUNT: Kind.LENGTH, BOOL: Kind.CONDITION}.get(argument.kind, Kind.SERIES if series else Kind.NUMBER)
        if argument.default is None:
            yield Parameter(argument.name, kind)
        elif kind is Kind.CONDITION:
            yield Parameter(argument.name, Kind.FLAG, str(bool(argument.default)).lower())
        else:
            yield Parameter(argument.name, kind, f"{argument.default:g}")


@cache
def _of_library(name: str) -> tuple[Parameter, ...]:
    entry = library.find(name)
    assert entry is not None
    (function,) = parse(library.source(entry), name).module.statements
    assert isinstance(function, tree.Fn)
    kinds = _handed_on(function)
    return tuple(Parameter(p, _kind(p, default, kinds), default) for p, default in entry.parameters)


def _kind(parameter: str, default: str | None, kinds: Mapping[str, Kind]) -> Kind:
    found = kinds.get(parameter, Kind.SERIES if parameter in SOURCES else Kind.NUMBER)
    return Kind.FLAG if default in ("true", "false") else found


def _handed_on(function: tree.Fn) -> dict[str, Kind]:
    """The arguments that are used as lengths or conditions."""
    made: dict[str, set[str]] = {p.name: {p.name} for p in function.parameters}
    for statement in function.body:
        if isinstance(statement, tree.Let):
            made[statement.name] = _mentioned(statement.value, made)
    kinds: dict[str, Kind] = {}
    for part in tree.walk([*function.body, function.result]):
        for inside, kind in _places(part):
            if kind is Kind.LENGTH:
                kinds.update(dict.fromkeys(_mentioned(inside, made), kind))
            elif isinstance(inside, tree.Name):
                kinds.setdefault(inside.name, kind)
    return kinds


def _mentioned(expr: tree.Expr, made: Mapping[str, set[str]]) -> set[str]:
    """The arguments that an expression is made of."""
    return {own for part in tree.walk([expr]) if isinstance(part, tree.Name) for own in made.get(part.name, ())}


def _places(part: object) -> Iterator[tuple[tree.Expr, Kind]]:
    """Expressions in a place that takes lengths or conditions."""
    if isinstance(part, tree.History):
        yield part.offset, Kind.LENGTH
    elif isinstance(part, tree.Conditional):
        yield part.condition, Kind.CONDITION
    elif isinstance(part, tree.Call) and isinstance(part.function, tree.Name):
        parameters = _parameters(part.function.name)
        by_name = {p.name: p.kind for p in parameters}
        for at, argument in enumerate(part.arguments):
            kind = by_name.get(argument.name or "") or (parameters[at].kind if at < len(parameters) else Kind.NUMBER)
            if kind in (Kind.LENGTH, Kind.CONDITION):
                yield argument.value, kind


def _parameters(name: str) -> tuple[Parameter, ...]:
    if name in REGISTRY:
        return tuple(_of_operator(name))
    return _of_library(name) if library.find(name) else ()
