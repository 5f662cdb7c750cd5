"""`assume latency n bars`: a program that says everything n bars later, and what its orders were decided by."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from math import nan
from typing import Any

from .orders import Order
from .prices import stands
from .program import Bar, Enter, Exit, Flow, Level, Program, Statement


def arriving(program: Program, bars: list[Bar]) -> Program:
    """The program as the market hears it: each list of a statement begins `latency` bars later. Money is not late."""
    late = program.rests.latency
    if not late:
        return program
    said = [each if isinstance(each, Flow) else later(settled(each, bars), late, len(bars))
            for each in program.statements]  # fmt: skip
    return replace(program, statements=tuple(said))


def settled(statement: Statement, bars: list[Bar]) -> Statement:
    """Distances of a `limit` and a `trigger` count from the close that says them: they set out as prices."""
    rest = statement.rest if isinstance(statement, Enter | Exit) else None
    if rest is None:
        return statement
    buys = statement.side if isinstance(statement, Enter) else -statement.side  # type: ignore[union-attr]
    prices: dict[str, Level | None] = {
        name: level and Level("price", tuple(stands(level, at, bar.close, buys, toward) for at, bar in enumerate(bars)))
        for name, level, toward in (("limit", rest.limit, -1), ("trigger", rest.trigger, 1))
    }
    return replace(statement, rest=replace(rest, **prices))


def later(value: Any, late: int, count: int) -> Any:
    """Every list of a value, wherever in it, `late` bars later; before that there is nothing."""
    if isinstance(value, tuple) and len(value) == count and isinstance(value[0], bool | float | int):
        nothing = False if isinstance(value[0], bool) else nan
        return (nothing,) * min(late, count) + value[: max(count - late, 0)]
    if isinstance(value, tuple):
        return tuple(later(each, late, count) for each in value)
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{f.name: later(getattr(value, f.name), late, count) for f in fields(value)})
    return value


def dated(order: Order, late: int) -> None:
    """An order of a statement is of the bar that said it; what a ladder places anew is of the bar that does."""
    if order.role in ("enter", "exit") and order.wished < 0:
        order.bar -= late
