"""Everything that can be called, one row each: for `strat functions`, completion and the language reference.

Rows come from where each function is defined: the registry of operators, the
index of the library, and a table for what the compiler builds in.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from math import inf
from typing import Any

from . import library, synonyms
from . import operators as _fills_the_registry  # noqa: F401
from .builtins import BUILTINS
from .operator import BOOL, REGISTRY, Argument, Operator

FAMILIES = (
    "averages", "oscillators", "volatility", "risk", "trend", "volume", "prices", "windows", "statistics", "events",
    "history", "mathematics", "missing values", "time and clocks", "several symbols", "data",
)  # fmt: skip
_SENTENCE = re.compile(r"\s*(Formula|Example|Range): (.*?)(?=\s(?:Formula|Example|Range): |$)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Row:
    """One function. `warmup`, `missing` and `range` are words; `unit` is that of the result."""

    name: str
    signature: str
    meaning: str
    unit: str
    warmup: str
    missing: str
    formula: str
    example: str
    family: str
    written_in: str  # "operator", "library", "compiler" or "host"
    range: str = ""  # "0 to 100"; "any number" on a scale of its own; "" where its unit says all


_MISSING = {
    "windowed": "missing while any value of its window is",
    "recursive": "missing where an input is; the state holds and resumes",
    "sparse": "missing until there is something to give; waits for nothing",
    "passes": "missing where an input is",
    "event": "false where an input is missing",
}


@cache
def catalogue() -> tuple[Row, ...]:
    """Every row, by family and name."""
    rows = [*_operators(), *_functions(), *(Row(written_in="compiler", **row) for row in BUILTINS)]
    return tuple(sorted(rows, key=lambda row: (FAMILIES.index(row.family), row.name)))


def search(query: str) -> tuple[Row, ...]:
    """Rows that a query means, the likeliest first: by name, then by family and meaning.

    The name itself comes before names that begin with the query, those before names that contain it, and all of them
    before what only speaks of it; what traders call by a name of their own stands
    before those. Of several words each must be found, at the beginning of a word.
    """
    names = {row.name: row for row in catalogue()}
    meant, asked = [names[name] for name in synonyms.functions(query)], synonyms.bare(query).lower()
    ranked = [(rank, row) for row in catalogue() if (rank := _rank(row, asked)) is not None]
    ranked = [(rank, row) for rank, row in ranked if row not in meant]
    exact = [row for rank, row in ranked if rank == 0]
    rest = [row for _, row in sorted(ranked, key=lambda found: (found[0], len(found[1].name))) if row not in exact]
    return (*exact, *meant, *rest)


def near(query: str) -> tuple[Row, ...]:
    """Rows whose name is written much like the query, for one that nothing else answers."""
    names = {row.name: row for row in catalogue()}
    asked = query.lower().replace(" ", "_")
    return tuple(names[name] for name in get_close_matches(asked, names, 3, 0.7))


def _rank(row: Row, query: str) -> int | None:
    """How well a row answers a query, 0 the best; None where it does not."""
    joined = query.replace(" ", "_")
    if joined == row.name:
        return 0
    if row.name.startswith(joined):
        return 1
    if joined in row.name:
        return 2
    words = query.split()
    for rank, text in enumerate((row.name.replace("_", " "), row.family, row.meaning), 3):
        if words and all(re.search(rf"\b{re.escape(word)}", text.lower()) for word in words):
            return rank
    return None


# --- operators -----------------------------------------------------------------------------------


def _operators() -> Iterator[Row]:
    return map(row_of, REGISTRY.values())


def row_of(operator: Operator) -> Row:
    """The row of an operator."""
    return Row(
        operator.name,
        f"{operator.name}({', '.join(_argument(a) for a in operator.arguments)})",
        operator.doc,
        _unit(operator),
        _warmup(operator.warmup),
        _MISSING[operator.missing],
        operator.formula,
        operator.example,
        operator.family,
        "host" if operator.identity else "operator",
        _range(operator.range),
    )


def _range(bounds: tuple[float, float] | Callable[..., tuple[Any, Any]] | None) -> str:
    if bounds is None:
        return ""
    if callable(bounds):
        return " to ".join(map(str, bounds(*(_Name(name) for name in _counts_of(bounds)))))
    return f"{bounds[0]:g} or more" if bounds[1] == inf else f"{bounds[0]:g} to {bounds[1]:g}"


def _argument(argument: Argument) -> str:
    if argument.default is None:
        return argument.name
    default = str(bool(argument.default)).lower() if argument.kind == BOOL else f"{argument.default:g}"
    return f"{argument.name} = {default}"


def _unit(operator: Operator) -> str:
    if operator.result == BOOL:
        return "bool"
    if operator.unit == "plain":
        return "number"
    if any(operator.unit == a.name for a in operator.arguments):
        return f"that of {operator.unit}"
    return operator.unit.replace("distance(", "a distance of ").removesuffix(")")


def _warmup(rule: Callable[..., Any] | Mapping[str, Callable[..., Any]] | None) -> str:
    """The rule as it is written, in the names of the lengths: `length - 1`."""
    if rule is None:
        return "0"
    if isinstance(rule, Mapping):
        return ", ".join(f"{name}: {_warmup(each)}" for name, each in rule.items())
    return str(rule(*(_Name(name) for name in _counts_of(rule))))


def _counts_of(rule: Callable[..., Any]) -> tuple[str, ...]:
    """The lengths that a rule is a function of."""
    return rule.__code__.co_varnames[: rule.__code__.co_argcount]


class _Name:
    """A length by name; sums and products of it write themselves down."""

    def __init__(self, text: str) -> None:
        self.text = text

    def __str__(self) -> str:
        return self.text

    def __add__(self, other: object) -> _Name:
        return _Name(f"{self} + {other}")

    def __sub__(self, other: object) -> _Name:
        return _Name(f"{self} - {other}")

    def __rmul__(self, other: object) -> _Name:
        return _Name(f"{other} * {self}")


# --- the library ---------------------------------------------------------------------------------


def _fields(values: Mapping[str, object]) -> str:
    """`price`, or `line: distance, signal: distance` of a record."""
    return ", ".join(f"{name}: {value}" if name else str(value) for name, value in values.items())


def _functions() -> Iterator[Row]:
    for name in library.names():
        entry = library.find(name)
        assert entry is not None
        parameters = ", ".join(p if default is None else f"{p} = {default}" for p, default in entry.parameters)
        parts = dict(_SENTENCE.findall(entry.doc))
        yield Row(
            name,
            f"{name}({parameters})",
            _SENTENCE.sub("", entry.doc).strip(),
            _fields(entry.unit),
            f"{_fields(entry.warmup)} with the defaults",
            "missing where what it is made of is",
            parts.get("Formula", "").rstrip("."),
            parts.get("Example", "").rstrip(".").strip("`"),
            entry.family,
            "library",
            entry.range,
        )
