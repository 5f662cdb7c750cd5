"""Makes a case that fails smaller while it fails: fewer bars, statements, clauses; plainer prices, assumptions."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass, replace
from math import isnan
from typing import Any

from .program import Bar, Enter, Exit, Level, Program, Rest, Rests, Statement, whole
from .text import columns, text

Case = tuple[Program, list[Bar]]


def smallest(case: Case, fails: Callable[[Case], bool], tries: int = 400) -> Case:
    """A case in which nothing more can be left out, or what was reached after so many tries."""
    going = True
    while going:
        going = False
        for other in smaller(case):
            tries -= 1
            if tries < 0:
                return case
            if fails(other):
                case, going = other, True
                break
    return case


def shown(case: Case) -> str:
    """The program's text, and its bars and columns as a table."""
    program, bars = case
    named = columns(program, bars)
    rows = [["bar", *named], *([str(at), *(f"{values[at]:g}" for values in named.values())] for at in range(len(bars)))]
    return text(program) + "\n" + "\n".join(" ".join(f"{cell:>8}" for cell in row) for row in rows)


def smaller(case: Case) -> Iterator[Case]:
    program, bars = case
    if len(bars) > 1:
        for at in reversed(range(len(bars))):
            fewer = without(program, bars, at)
            if any(not isnan(bar.open) for bar in fewer[1]):  # no data have closes alone
                yield fewer
    for name in ("statements", "guards"):
        rows = getattr(program, name)
        for at in range(len(rows)):
            yield replace(program, **{name: rows[:at] + rows[at + 1 :]}), bars
    for at, statement in enumerate(program.statements):
        for plainer in plain(statement):
            yield replace(program, statements=(*program.statements[:at], plainer, *program.statements[at + 1 :])), bars
    for field in fields(Rests):
        if getattr(program.rests, field.name) != field.default:
            yield replace(program, rests=replace(program.rests, **{field.name: field.default})), bars
    for at, bar in enumerate(bars):
        for other in (*coarser(bar), *quieter(bar)):
            yield program, [*bars[:at], other, *bars[at + 1 :]]


def plain(statement: Statement) -> Iterator[Statement]:
    """The statement with a clause fewer, or true on a bar fewer."""
    for field in fields(statement):
        value, usual = getattr(statement, field.name), field.default
        if field.name in ("side", "when", "sizing", "size", "way", "unit"):
            continue
        if value != usual and may_go(statement, field.name):
            yield replace(statement, **{field.name: usual})
        if field.name in ("moves", "takes"):
            for at in range(len(value)):
                yield replace(statement, **{field.name: value[:at] + value[at + 1 :]})
    if isinstance(statement, Enter) and statement.ladder is not None and statement.ladder.again:
        yield replace(statement, ladder=replace(statement.ladder, again=False))
    elif isinstance(statement, Enter | Exit) and statement.rest is not None:
        for other in calmer(statement.rest):
            yield replace(statement, rest=other)
    for at, true in enumerate(statement.when):
        if true:
            yield replace(statement, when=(*statement.when[:at], False, *statement.when[at + 1 :]))


def calmer(rest: Rest) -> Iterator[Rest]:
    if rest.limit is not None and rest.trigger is not None:
        yield replace(rest, limit=None)
        yield replace(rest, trigger=None)
    if rest.unit:
        yield replace(rest, valid=None, unit="")
    if rest.until is not None:
        yield replace(rest, until=None)


def may_go(statement: Statement, name: str) -> bool:
    """Whether the language allows the statement without this clause."""
    if not isinstance(statement, Enter):
        return name != "once" or (isinstance(statement, Exit) and statement.sizing == "all")
    if name == "stop" and any(level.kind == "multiple" for level in of(statement)):
        return False
    if name in ("rest", "rung") and statement.ladder is not None:
        return False
    if name == "trail" and statement.trail_after is not None:
        return False
    protect = [level for level in (statement.stop, None if statement.trail_after else statement.trail) if level]
    return statement.sizing != "risk" or name not in ("stop", "trail") or len(protect) == 2


def of(statement: Enter) -> list[Level]:
    """The levels that may be multiples."""
    moved = [level for move in statement.moves for level in (move.stop, move.after)]
    others = [statement.target, statement.trail, statement.trail_after, *(take.at for take in statement.takes), *moved]
    return [level for level in others if level is not None]


def coarser(bar: Bar) -> Iterator[Bar]:
    """The bar without finer ones, or with one fewer."""
    if bar.inside:
        yield replace(bar, inside=())
    for at in range(len(bar.inside) if len(bar.inside) > 1 else 0):
        inside = bar.inside[:at] + bar.inside[at + 1 :]
        prices = dict(zip(("open", "high", "low", "close"), whole(inside), strict=True))
        yield replace(bar, inside=inside, **prices)


def quieter(bar: Bar) -> Iterator[Bar]:
    """The bar with a price fewer that stands out."""
    if bar.inside:
        return
    flat = replace(bar, open=100.0, high=100.0, low=100.0, close=100.0)
    high, low = max(bar.open, bar.close), min(bar.open, bar.close)
    for other in (flat, replace(bar, high=high), replace(bar, low=low)):
        if other != bar and bar.open == bar.open and bar.close == bar.close:
            yield other


def without(program: Program, bars: list[Bar], at: int) -> Case:
    """The case without one bar; the others keep the times of their places."""
    times = [bar.time for bar in bars]
    left = [replace(bar, time=time) for time, bar in zip(times, bars[:at] + bars[at + 1 :], strict=False)]
    statements = tuple(cut(statement, at) for statement in program.statements)
    return replace(program, statements=statements, rests=cut(program.rests, at)), left


def cut(value: Any, at: int) -> Any:
    """Every list of a statement without what it has for one bar."""
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{field.name: cut(getattr(value, field.name), at) for field in fields(value)})
    if isinstance(value, tuple) and value:
        return tuple(cut(part, at) for part in value) if is_dataclass(value[0]) else value[:at] + value[at + 1 :]
    return value
