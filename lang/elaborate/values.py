"""What an expression can stand for while it is elaborated.

Only nodes reach the program. Records, texts and namespaces exist at compile
time; `POISON` stands for an expression that was already reported, so that one
fault is not reported again by everything that reads it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Union

from ..diagnostics.span import Span
from ..program.nodes import Node
from ..syntax.tree import Hole


@dataclass(frozen=True, slots=True)
class Record:
    """`{ line, signal }`: field name -> value."""

    fields: Mapping[str, "Value"]


@dataclass(frozen=True, slots=True)
class TextValue:
    """A constant text."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Namespace:
    """`position`, `trades`, `pnl`: a name whose fields are values."""

    name: str
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Poison:
    """Already reported; or a hole, of which nothing is known but that some value will stand there."""

    hole: Hole | None = None


POISON = Poison()
Value = Union[Node, Record, TextValue, Namespace, Poison]


def describe(value: Value) -> str:
    """What a value is, for an error: "a price", "a bool", "a record"."""
    if isinstance(value, Node):
        if value.type == "bool":
            return "a bool"
        name = str(value.unit)
        return f"a {name}" if name != "number" else "a number"
    return {Record: "a record", TextValue: "a text", Namespace: "a name with fields"}.get(type(value), "an error")


def map_nodes(value: Value, change: Callable[[Node], Value]) -> Value:
    """The same shape with `change` applied to every node."""
    if isinstance(value, Node):
        return change(value)
    if isinstance(value, Record):
        return Record({name: map_nodes(inner, change) for name, inner in value.fields.items()})
    return value
