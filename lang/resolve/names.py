"""The names in a tree, each with the way it is used."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum, auto
from typing import Union

from ..syntax import tree


class Role(Enum):
    """How a name is used."""

    VALUE = auto()
    CALLED = auto()  # `ema(…)`
    OWNER = auto()  # `position.size`
    QUIET = auto()  # where another stage says what may stand there, whatever the name


_CHILDREN: dict[type[object], tuple[str, ...]] = {
    tree.Unary: ("operand",),
    tree.Binary: ("left", "right"),
    tree.Conditional: ("condition", "then", "otherwise"),
    tree.History: ("value", "offset"),
    tree.Bars: ("value",),
    tree.Argument: ("value",),
    tree.RecordEntry: ("value",),
    tree.Record: ("entries",),
    tree.Text: ("parts",),
    tree.Range: ("low", "high", "step"),
    tree.Choices: ("values",),
    tree.Clause: ("value",),
    tree.Param: ("default", "domain"),
    tree.Let: ("value",),
    tree.State: ("initial", "update"),
    tree.Require: ("condition",),
    tree.Enter: ("condition", "clauses"),
    tree.Exit: ("condition", "clauses"),
    tree.Guard: ("threshold",),
    tree.Plot: ("value",),
    tree.Emit: ("condition",),
    tree.Alert: ("condition", "message"),
}


def uses(root: object) -> Iterator[tuple[Union[tree.Name, tree.Call, tree.Unread], Role]]:
    """Every name below `root` with its role, every call before the names in it, and what was not read."""
    waiting: list[tuple[object, Role]] = [(root, Role.VALUE)]
    while waiting:
        part, role = waiting.pop()
        if isinstance(part, tree.Name):
            yield part, role
        elif isinstance(part, tuple):
            waiting += [(inner, role) for inner in reversed(part)]
        elif isinstance(part, tree.Call):
            yield part, role
            waiting += [(part.arguments, Role.VALUE), (part.function, Role.CALLED)]
        elif isinstance(part, tree.Field):
            waiting.append((part.value, Role.QUIET if role in (Role.CALLED, Role.QUIET) else Role.OWNER))
        elif isinstance(part, tree.Sampled):
            waiting += [(part.timeframe, Role.QUIET), (part.value, Role.VALUE)]
        elif isinstance(part, tree.Unread):
            yield part, role
            waiting.append((part.parts, Role.VALUE))
        elif isinstance(part, tree.Clause) and part.word == "fill":
            continue
        else:
            waiting += [(getattr(part, name), Role.VALUE) for name in reversed(_CHILDREN.get(type(part), ()))]
