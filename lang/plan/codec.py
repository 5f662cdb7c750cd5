"""A plan as JSON and back, without loss and without ever running what is read."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from typing import Any

from .check import fault
from .model import (
    FORMAT,
    Alert,
    Clock,
    Column,
    Commit,
    Copy,
    Counter,
    Decision,
    Field,
    Forming,
    Hold,
    Length,
    Limit,
    Op,
    Output,
    Parameter,
    Place,
    Plan,
    Requirement,
    State,
    Text,
)


class PlanError(ValueError):
    """The text is not a plan of this version: it has to be made again."""


def to_json(plan: Plan) -> str:
    """The plan as one line of text: every value a list of its fields, in order."""
    return json.dumps(_plain(plan), ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def from_json(text: str) -> Plan:
    """The plan that `to_json` wrote; PlanError if it is of another format or damaged."""
    try:
        row = _frozen(json.loads(text))
    except (ValueError, RecursionError) as error:
        raise PlanError("not a plan: the text is no JSON") from error
    if not isinstance(row, tuple) or not row or row[0] != FORMAT:
        raise PlanError(f"expected a plan of format {FORMAT}")
    try:
        made: Plan = _make(Plan, row)
    except (TypeError, ValueError, IndexError) as error:
        raise PlanError(f"not a plan: {error}") from error
    if wrong := fault(made):
        raise PlanError(f"not a plan: {wrong}")
    return made


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        return [_plain(getattr(value, field.name)) for field in fields(value)]
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value


def _frozen(value: Any) -> Any:
    return tuple(map(_frozen, value)) if isinstance(value, list) else value


def _make(kind: type[Any], row: tuple[Any, ...]) -> Any:
    """A value of `kind` from its fields; those that hold values themselves are made first."""
    names = kind.__dataclass_fields__
    if len(row) != len(names):
        raise ValueError(f"{kind.__name__} has {len(names)} fields, found {len(row)}")
    inner = _INSIDE.get(kind)
    if inner is None:
        return kind(*row)
    return kind(*(inner[name](item) if name in inner else item for name, item in zip(names, row, strict=True)))


def _each(kind: type[Any]) -> Callable[[Any], Any]:
    return lambda rows: tuple(_make(kind, row) for row in rows)


def _one(kind: type[Any]) -> Callable[[Any], Any]:
    return lambda row: None if row is None else _make(kind, row)


_INSIDE: dict[type[Any], dict[str, Callable[[Any], Any]]] = {
    Alert: {"message": _one(Text)},
    Decision: {"ops": _each(Op), "because": _one(Text)},
    State: {"places": _each(Place)},
    Clock: {
        "fields": _each(Field), "ops": _each(Op), "commits": _each(Commit), "holds": _each(Hold),
        "copies": _each(Copy), "peek": _each(Op), "forming": _each(Forming),
    },
    Plan: {
        "params": _each(Parameter), "requires": _each(Requirement), "lengths": _each(Length), "columns": _each(Column),
        "clocks": _each(Clock), "counters": _each(Counter), "ops": _each(Op), "commits": _each(Commit),
        "decisions": _each(Decision), "guards": _each(Limit), "outputs": _each(Output), "alerts": _each(Alert),
        "state": _one(State),
    },
}  # fmt: skip
