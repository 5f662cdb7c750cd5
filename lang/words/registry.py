"""What a text may call and read and does not define: the language's own, less what a host takes away, and what it adds.

A registry is a value that is handed from stage to stage; `STANDARD` is the language as it is. The texts of the standard
library are always read by `STANDARD`: what is taken away is taken from authors.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from typing import Any

from ...stdlib.catalogue import Row, catalogue, row_of
from ...stdlib.operator import Operator
from ..program.units import Unit
from .functions import function_names


@dataclass(frozen=True, slots=True)
class DataColumn:
    """A column of the data's own that a text reads by its name. condition: it is true and false, or 1 and 0."""

    name: str
    unit: Unit
    condition: bool
    meaning: str


class Registry:
    """operators: those added, by the name by which they are called. columns: by name, `quote.bid` of a record.
    without: functions taken away."""

    def __init__(
        self, operators: Mapping[str, Operator] | None = None, columns: Mapping[str, DataColumn] | None = None,
        without: frozenset[str] = frozenset(),
    ) -> None:  # fmt: skip
        self.operators, self.columns, self.without = dict(operators or {}), dict(columns or {}), without

    @cached_property
    def names(self) -> frozenset[str]:
        """Every function that may be called."""
        return (function_names() - self.without) | self.operators.keys()

    @cached_property
    def records(self) -> Mapping[str, tuple[str, ...]]:
        """The fields of each record of columns."""
        found: dict[str, tuple[str, ...]] = {}
        for name in self.columns:
            head, dot, field = name.partition(".")
            if dot:
                found[head] = (*found.get(head, ()), field)
        return found

    def reads(self, name: str) -> bool:
        """Whether a word is a column, or a record of columns."""
        return name in self.columns or name in self.records

    @property
    def words(self) -> Iterator[str]:
        """The words that are columns, or records of columns."""
        yield from (name for name in self.columns if "." not in name)
        yield from self.records

    @cached_property
    def functions(self) -> Mapping[str, Row]:
        """A row for each function, by its name."""
        own = [row_of(operator) for operator in self.operators.values()]
        return {row.name: row for row in (*(r for r in catalogue() if r.name not in self.without), *own)}

    def interpreted(self, text: str) -> bool:
        """Whether a text names a function that its host keeps from native code."""
        apart = [name for name, operator in self.operators.items() if operator.compiled is None]
        return any(re.search(rf"\b{name}\b", text) for name in apart)

    @cached_property
    def digest(self) -> str:
        """A hash of all that differs from the language as it is; "" where nothing does."""
        if not (self.operators or self.columns or self.without):
            return ""
        told = [sorted((name, each.key) for name, each in self.operators.items()), sorted(self.without),
                sorted((c.name, str(c.unit), c.condition) for c in self.columns.values())]  # fmt: skip
        return blake2b(repr(told).encode(), digest_size=16).hexdigest()

    def __copy__(self) -> Registry:
        return self  # a value

    def __deepcopy__(self, memo: object) -> Registry:
        return self

    def __reduce__(self) -> tuple[Any, ...]:
        if self.operators:
            raise TypeError("what has a host's functions in it cannot be pickled: send the text, and compile it there "
                            "by a host of that process")  # fmt: skip
        return Registry, ({}, self.columns, self.without)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Registry) and self.digest == other.digest

    def __hash__(self) -> int:
        return hash(self.digest)


STANDARD = Registry()
