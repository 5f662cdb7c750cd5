"""The texts of `--grid`: `fast=10:60:10` (both ends belong to it), `fast=10:60`, `slow=100,150`, or `fast` alone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from ...lang.plan.model import Parameter
from ...lang.words.amounts import parted, value_of
from ...runtime.sweep.grid import MOST, step_of
from .console import UsageError

_SPAN = re.compile(r"[0-9.]+%?\s*(-|\.\.|to)\s*[0-9.]+%?")
_LONGEST = 40
"""Characters of a number: decimals of any length would take any time."""
_EXPONENTS = 30


def read_grid(given: Sequence[str], parameters: Sequence[Parameter] = ()) -> dict[str, list[str] | None]:
    """Values by name, as `sweep` takes them: texts, or None for the whole domain; UsageError says what is wrong.

    parameters: those of the program, for the steps that are not said.
    """
    steps = {parameter.name: step_of(parameter) for parameter in parameters}
    grid: dict[str, list[str] | None] = {}
    for text in given:
        name, equals, values = (part.strip() for part in text.partition("="))
        if not name or (equals and not values):
            raise UsageError(f"--grid: expected NAME, NAME=LO:HI:STEP or NAME=A,B,C, found {text[:80]!r}")
        if name in grid:
            raise UsageError(f"--grid names {name} twice: give all its values in one")
        unknown = bool(parameters) and name not in steps  # which the sweep tells, with the name that may be meant
        grid[name] = ([values] if unknown else _values(text, values, steps.get(name))) if equals else None
    return grid


def _values(text: str, values: str, step: float | None) -> list[str]:
    if ":" not in values:
        if _SPAN.fullmatch(values):
            raise UsageError(f"--grid: a range is written LO:HI:STEP, as in 10:90:10, found {text[:80]!r}")
        return [value.strip() for value in values.split(",")]
    parts = [part.strip() for part in values.split(":")]
    if len(parts) == 2:
        if step is None:
            raise UsageError(f"--grid: {text[:80]!r} does not say its step, nor does the parameter: LO:HI:STEP")
        parts.append(_in_unit_of(parts[0], step))
    return _range(text, parts)


def _in_unit_of(part: str, step: float) -> str:
    """A parameter's step as an amount of the unit that a part has: 3600 beside `4h` is `1h`."""
    unit = (parted(part[:_LONGEST]) or ("", ""))[1]
    return f"{Decimal(repr(step)) / Decimal(repr(value_of('1', unit))):f}{unit}"


def _numbers(text: str, parts: Sequence[str]) -> tuple[list[Decimal], str]:
    """The numbers of a range, and the unit that all of them carry."""
    amounts = [parted(part) for part in parts if len(part) <= _LONGEST]
    units = {amount[1] for amount in amounts if amount}
    if len(amounts) < len(parts) or None in amounts or len(units) > 1:
        raise UsageError(f"--grid: expected numbers LO:HI:STEP of one unit, found {text[:80]!r}")
    numbers = [Decimal(amount[0]) for amount in amounts if amount]
    if not all(number.is_finite() and (not number or abs(number.adjusted()) < _EXPONENTS) for number in numbers):
        raise UsageError(f"--grid: expected numbers LO:HI:STEP of a usual size, found {text[:80]!r}")
    return numbers, units.pop()


def _range(text: str, parts: Sequence[str]) -> list[str]:
    """LO to HI, both included, counted in decimals so that no step is off by a rounding; their unit is kept."""
    numbers, suffix = _numbers(text, parts)
    if len(numbers) != 3 or numbers[2] <= 0:
        raise UsageError(f"--grid: expected LO:HI:STEP with a STEP above 0, found {text[:80]!r}")
    low, high, step = numbers
    if low > high:
        raise UsageError(f"--grid: LO:HI:STEP goes up from LO to HI, so {text[:80]!r} has no values")
    if (high - low) / step > MOST:
        raise UsageError(f"--grid: {text[:80]!r} has more than {MOST:,} values")
    return [f"{low + at * step:f}{suffix}" for at in range(int((high - low) / step) + 1)]
