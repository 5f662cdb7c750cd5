"""A plan as JSON and back, without loss and without ever running what is read."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from typing import Any

from .check import fault, fault_of_several
from .model import (
    FORMAT,
    Alert,
    Clock,
    Column,
    Commit,
    Copy,
    Counter,
    Crossing,
    Decision,
    Field,
    Forming,
    Gauge,
    Hold,
    Length,
    Level,
    Limit,
    Op,
    Output,
    Parameter,
    Place,
    Plan,
    Requirement,
    Several,
    State,
    Text,
)


class PlanError(ValueError):
    """The text is not a plan of this version: it has to be made again."""


def to_json(plan: Plan | Several) -> str:
    """The plan as one line of text: every value a list of its fields, in order."""
    return json.dumps(_plain(plan), ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def from_json(text: str) -> Plan:
    """The plan that `to_json` wrote; PlanError if it is of another format or damaged."""
    row = _read(text)
    if not row or row[0] != FORMAT:
        raise PlanError(f"expected a plan of format {FORMAT}")
    made: Plan = _made(Plan, row)
    if wrong := fault(made):
        raise PlanError(f"not a plan: {wrong}")
    return made


def several_from_json(text: str) -> Several:
    """The plans of several symbols that `to_json` wrote; PlanError if they are of another format or damaged."""
    made: Several = _made(Several, _read(text))
    if wrong := fault_of_several(made):
        raise PlanError(f"not a plan: {wrong}")
    return made


def _read(text: str) -> tuple[Any, ...]:
    try:
        row = _frozen(json.loads(text))
    except (ValueError, RecursionError) as error:
        raise PlanError("not a plan: the text is no JSON") from error
    if not isinstance(row, tuple):
        raise PlanError("not a plan: the text is no list")
    return row


def _made(kind: type[Any], row: tuple[Any, ...]) -> Any:
    try:
        return _make(kind, row)
    except (TypeError, ValueError, IndexError) as error:
        raise PlanError(f"not a plan: {error}") from error


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        held = [(field, getattr(value, field.name)) for field in fields(value)]
        left = _LEFT_OUT.get(type(value), 0)
        while left and held[-1][1] == held[-1][0].default:
            held.pop()
            left -= 1
        return [_plain(inner) for _, inner in held]
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value


def _frozen(value: Any) -> Any:
    return tuple(map(_frozen, value)) if isinstance(value, list) else value


def _make(kind: type[Any], row: tuple[Any, ...]) -> Any:
    """A value of `kind` from its fields; those that hold values themselves are made first."""
    names = tuple(kind.__dataclass_fields__)
    if not len(names) - _LEFT_OUT.get(kind, 0) <= len(row) <= len(names):
        raise ValueError(f"{kind.__name__} has {len(names)} fields, found {len(row)}")
    inner = _INSIDE.get(kind)
    if inner is None:
        return kind(*row)
    return kind(*(inner[name](item) if name in inner else item for name, item in zip(names, row, strict=False)))


def _each(kind: type[Any]) -> Callable[[Any], Any]:
    return lambda rows: tuple(_make(kind, row) for row in rows)


def _one(kind: type[Any]) -> Callable[[Any], Any]:
    return lambda row: None if row is None else _make(kind, row)


def _from(kind: type[Any], first: str) -> int:
    """How many fields of a kind there are from one on."""
    names = list(kind.__dataclass_fields__)
    return len(names) - names.index(first)


_LEFT_OUT: dict[type[Any], int] = {
    Decision: _from(Decision, "symbol"), Limit: _from(Limit, "of"), Plan: _from(Plan, "books_of"),
    Several: _from(Several, "account"),
}
"""The last fields that few programs use, most of several symbols: what has the default is not written."""

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
        "state": _one(State), "gauges": _each(Gauge),
    },
    Level: {"plan": _one(Plan), "crossings": _each(Crossing)},
    Several: {"main": _one(Plan), "levels": _each(Level), "account": _one(Plan)},
}  # fmt: skip
