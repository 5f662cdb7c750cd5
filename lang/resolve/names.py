"""The names in a tree, each with the way it is used."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum, auto
from typing import Union

from ..syntax import tree
from ..words.vocabulary import FRESH


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
    tree.Param: ("default", "domain"),
    tree.Let: ("value",),
    tree.State: ("initial", "update"),
    tree.Require: ("condition",),
    tree.Enter: ("condition", "clauses"),
    tree.Exit: ("condition", "clauses"),
    tree.Cancel: ("condition",),
    tree.Rebalance: ("day", "condition", "clauses"),
    tree.Legs: ("condition", "clauses", "legs"),
    tree.Leg: ("clauses",),
    tree.Prefer: ("value",),
    tree.Flow: ("amount", "day", "condition"),
    tree.Amount: ("value",),
    tree.Guard: ("threshold", "arguments"),
    tree.Plot: ("value",),
    tree.Emit: ("condition",),
    tree.Alert: ("condition", "message"),
}


def uses(root: object) -> Iterator[tuple[Union[tree.Name, tree.Call, tree.Unread], Role]]:
    """Every name below `root` with its role, every call before the names in it, and what was not read."""
    waiting: list[tuple[object, Role]] = [(root, Role.VALUE)]
    while waiting:
        part, role = waiting.pop()
        children = _CHILDREN.get(type(part))
        if children is not None:
            for name in children:
                waiting.append((getattr(part, name), Role.VALUE))
        elif type(part) is tree.Name:
            yield part, role
        elif type(part) is tuple:
            for inner in part:
                waiting.append((inner, role))
        elif type(part) is tree.Call:
            yield part, role
            waiting += ((part.arguments, Role.VALUE), (part.function, Role.CALLED))
        elif type(part) is tree.Field:
            waiting.append((part.value, Role.QUIET if role in (Role.CALLED, Role.QUIET) else Role.OWNER))
        elif type(part) is tree.Sampled:
            waiting += ((part.timeframe, Role.QUIET), (part.value, Role.VALUE))
        elif type(part) is tree.Of:
            fresh = type(part.value) is tree.Name and part.value.name == FRESH
            waiting.append((part.value, Role.QUIET if fresh else Role.VALUE))
        elif type(part) is tree.Unread:
            yield part, role
            waiting.append((part.parts, Role.VALUE))
        elif type(part) is tree.Clause and part.word != "fill":
            waiting += ((part.at, Role.VALUE), (part.value, Role.VALUE))
