"""Parts of a condition as lines: what held and what did not, each with the values it rests on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ...lang.diagnostics.brief import one_line
from ..results.format import counted
from . import numbers
from .answer import Part
from .lines import Line

if TYPE_CHECKING:
    from ..results.output import RunOutput

_SHOWN = 12
"""Symbols that are told of one value; `--json` has all."""
_DEEPEST = 40
"""Steps that a part is indented at most."""


def lines_of(
    part: Part, output: RunOutput, depth: int, *, failed_only: bool = False, word: str = "", matters: bool = True
) -> Iterator[Line]:  # fmt: skip
    """A part, then what stands below it. failed_only: of what has to hold together, only what did not. matters:
    whether anything would be otherwise if it held."""
    mark = "" if part.holds is None else "+" if part.holds else "-"
    told = "; ".join(_told(part, output, matters))
    yield Line(min(depth, _DEEPEST), mark, f"{word} {called(part.name, part.text, part.role)}".strip(), told)
    deeper = matters and part.holds is False
    for inner in part.parts:
        if failed_only and part.role == "all" and inner.holds:
            continue
        if not _goes_without_saying(part, inner):
            yield from lines_of(inner, output, depth + 1, failed_only=failed_only, matters=deeper)


def params_of(*parts: Part) -> list[str]:
    """`fast = 50` of every parameter that is read."""
    found = {p.text: p for part in parts for p in part.all() if p.role == "param"}
    return [f"{name} = {numbers.truth(p.value if p.holds is None else p.holds, p.unit)}" for name, p in found.items()]


def called(name: str, text: str, role: str) -> str:
    """`quick = sma(close, fast)` of a definition, else as it is written; of what its parts say, how they are joined."""
    if role in _JOINED:
        return f"{name}, {_JOINED[role]}" if name else _JOINED[role]
    return f"{name} = {text}" if name and name != text else text


_JOINED = {"all": "all of", "any": "any of"}


def _goes_without_saying(part: Part, inner: Part) -> bool:
    """Constants, parameters, which are told together, and bare prices beside what shows them."""
    if inner.role in ("constant", "param"):
        return True
    bare = inner.role == "leaf" and not inner.name and inner.bar_opened is None and not inner.timeframe
    bare = bare and inner.holds is None
    return bare and part.role == "compare"


def _told(part: Part, output: RunOutput, matters: bool) -> Iterator[str]:
    """What a part was, in few words."""
    if part.told_above:
        yield f"{_value(part)}, as above"
        return
    if part.role == "compare" and len(part.parts) == 2 and part.parts[0].holds is None:
        yield _compared(part)
    elif part.holds is None:
        yield _value(part)
    elif part.role == "event" and part.holds is False and part.gap is not None:
        yield _not_crossed(part)
    if part.before is not None:
        yield f"before: {numbers.truth(part.before, part.unit)}"
    if part.across:
        yield _given(part)
    if part.bar_opened is not None:
        whose = f"{one_line(part.symbol)}'s {part.timeframe}".rstrip() if part.symbol else f"the {part.timeframe}"
        yield f"of {whose} bar of {numbers.when(output, part.bar_opened)}"
    elif part.timeframe:
        yield f"no {part.timeframe} bar has been completed"
    if not part.warm:
        yield _waits(part, output)
    elif part.holds is False and matters:
        yield _last(part, output)


def _given(part: Part) -> str:
    """What a function over all symbols was given: the largest first, as `rank` counts; conditions by who meets them."""
    inner = part.parts[0]
    taking = [each for each in part.across if each.part]
    if inner.holds is not None:
        holding = [one_line(each.symbol) for each in taking if each.value]
        return f"of {counted(len(taking), 'symbol')} it holds for {some(holding) or 'none'}"
    taking.sort(key=lambda each: -each.value)
    told = [f"{one_line(each.symbol)} {numbers.number(each.value, inner.unit)}" for each in taking]
    out = len(part.across) - len(taking)
    return f"given {some(told) or 'nothing'}" + (f"; {counted(out, 'symbol')} took no part" if out else "")


def some(texts: list[str]) -> str:
    """The first of many, and how many more there are."""
    more = f" and {len(texts) - _SHOWN} others" if len(texts) > _SHOWN else ""
    return ", ".join(texts[:_SHOWN]) + more


def _compared(part: Part) -> str:
    left, right = numbers.apart(*part.parts)
    told = f"{left} {part.operator} {right}"
    if part.gap is None or (part.gap == 0.0 and part.holds):
        return told if part.gap is not None else f"{told}: missing"
    unit = part.parts[0].unit if part.parts[0].unit == part.parts[1].unit == "ratio" else ""
    return f"{told} {'by' if part.holds else 'fails by'} {numbers.number(part.gap, unit)}"


def _not_crossed(part: Part) -> str:
    """How far a cross has to go, or that it is behind."""
    left, right = (p.value for p in part.parts)
    assert left is not None and right is not None and part.gap is not None
    above = left > right
    ahead = {"cross_above": not above, "cross_below": left >= right}.get(part.operator, True)
    where = "above" if above else "below" if left < right else "equal"
    told = f"{where} by {numbers.number(part.gap)}" if part.gap else where
    return told if ahead else f"{told} already"


def _value(part: Part) -> str:
    if part.holds is not None:
        return "true" if part.holds else "false"
    value = float("nan") if part.value is None else part.value
    return numbers.of_day(value) if part.role == "minute" else numbers.number(value, part.unit)


def _waits(part: Part, output: RunOutput) -> str:
    if part.warm_from is None:
        return "not warm, and not within these data"
    return f"not warm before {numbers.when(output, part.warm_from)}"


def _last(part: Part, output: RunOutput) -> str:
    if part.last_held is None:
        return "never held before"
    return f"last held {numbers.when(output, part.last_held)}"


