"""A plan as JSON and back, without loss and without ever running what is read."""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass
from typing import Any

from .check import misplaced, misplaced_of_several
from .model import FORMAT, Plan, Several
from .rows import LEFT_OUT, Made, made


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
    plan = _made(Plan, row)
    if wrong := misplaced(plan):
        raise PlanError(f"not a plan: {wrong}")
    return plan


def several_from_json(text: str) -> Several:
    """The plans of several symbols that `to_json` wrote; PlanError if they are of another format or damaged."""
    several = _made(Several, _read(text))
    if wrong := misplaced_of_several(several):
        raise PlanError(f"not a plan: {wrong}")
    return several


def _read(text: str) -> list[Any]:
    try:
        row = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise PlanError("not a plan: the text is no JSON") from error
    if not isinstance(row, list):
        raise PlanError("not a plan: the text is no list")
    return row


def _made(kind: type[Made], row: list[Any]) -> Made:
    try:
        return made(kind, row)
    except (ValueError, RecursionError) as error:
        raise PlanError(f"not a plan: {error}") from error


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        held = [(field, getattr(value, field.name)) for field in fields(value)]
        left = LEFT_OUT.get(type(value), 0)
        while left and held[-1][1] == held[-1][0].default:
            held.pop()
            left -= 1
        return [_plain(inner) for _, inner in held]
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value
