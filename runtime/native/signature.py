"""What a step function looks like from native code: the kinds of its arguments and of its result.

The kinds are read from the Python function alone, so nothing heavy is imported to know how to call it.
An argument is recognised by its annotation, an array without one by its name, which is the same everywhere.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

FLOAT, INT, FLOATS, INTS = "float", "int", "floats", "ints"

ARRAYS = {
    "f": FLOATS, "k": INTS, "w": FLOATS, "b": FLOATS, "bk": INTS, "inbox": FLOATS,
    "trades": FLOATS, "orders": FLOATS, "records": FLOATS,
}  # fmt: skip
SCALARS = {"Number": FLOAT, "float": FLOAT, "Bool": INT, "Count": INT, "int": INT, "bool": INT}
KINDS = SCALARS | {"Floats": FLOATS, "Ints": INTS}
LLVM = {FLOAT: "double", INT: "i64", FLOATS: "ptr", INTS: "ptr"}


@dataclass(frozen=True, slots=True)
class Signature:
    """Kinds of the arguments, in order, and of the result."""

    arguments: tuple[str, ...]
    result: str

    def declaration(self, symbol: str) -> str:
        """The line that declares `symbol` in LLVM text: `declare double @op_ema(ptr, ptr, ptr, double, i64)`."""
        return f"declare {LLVM[self.result]} @{symbol}({', '.join(LLVM[kind] for kind in self.arguments)})"

    def __str__(self) -> str:
        return f"({', '.join(self.arguments)}) -> {self.result}"


def signature(function: Callable[..., Any]) -> Signature:
    """The signature of a step function; TypeError names the argument that native code could not take."""
    parameters = inspect.signature(function).parameters.values()
    arguments = tuple(_argument(function.__name__, p.name, p.annotation) for p in parameters)
    result = kind_of(function.__annotations__.get("return"))
    if result not in (FLOAT, INT):
        raise TypeError(f"{function.__name__}: expected a result of {_known()}, found {_result(function)}")
    return Signature(arguments, result)


def _argument(function: str, name: str, annotation: object) -> str:
    kind = kind_of(annotation) or ARRAYS.get(name)
    if kind is None:
        raise TypeError(
            f"{function}: argument {name!r} must be one of the arrays {', '.join(ARRAYS)} or annotated {_known()}"
        )
    return kind


def kind_of(annotation: object) -> str | None:
    """The kind that an annotation stands for, if any."""
    name = annotation.__name__ if isinstance(annotation, type) else str(annotation)
    return KINDS.get(name.rpartition(".")[2])


def _result(function: Callable[..., Any]) -> str:
    return repr(function.__annotations__.get("return", "no annotation"))


def _known() -> str:
    return " or ".join(SCALARS)
