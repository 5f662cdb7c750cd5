"""Values for parameters: read, checked against their domains, completed with defaults."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import SupportsFloat

from ...lang.diagnostics.suggest import nearest
from ...lang.plan.model import Parameter
from ...lang.program.timeframe import Timeframe
from ..errors import UsageFault

_TEXT = re.compile(r"([-+]?[0-9][0-9_]*(?:\.[0-9]+)?)(?:(e[-+]?[0-9]+)|\s*([a-z]+|%))?")
_SCALE = {"%": "e-2", "bp": "e-4"}  # as the parser reads them, so that 0.17% here and there are one number
_LENGTHS = ("s", "m", "h", "d", "w", "mo")
_SUFFIXES = {"ratio": ("%", "bp"), "bars": ("bars", "bar"), "duration": _LENGTHS}
_KINDS = {
    "ratio": "a ratio, as 2% or 0.02",
    "bars": "a number of bars, as 10 bars or 10",
    "duration": "a duration, as 4h, or in seconds",
}


def chosen(parameters: Sequence[Parameter], given: Mapping[str, object] | None) -> dict[str, float | bool]:
    """Every parameter with its value; UsageFault names what is unknown or outside its domain."""
    if not isinstance(given or {}, Mapping):
        raise UsageFault(f"`params` is a mapping of names to values, such as {{'length': 20}}; found {given!r}")
    values: dict[str, float | bool] = {p.name: p.default for p in parameters}
    known = {p.name: p for p in parameters}
    for name, value in (given or {}).items():
        if name not in known:
            close = nearest(str(name), sorted(known))
            there = f"did you mean `{close}`?" if close else f"it has {', '.join(known) or 'none'}"
            raise UsageFault(f"the program has no parameter `{name}`: {there}")
        values[name] = checked(known[name], value)
    return values


def checked(parameter: Parameter, value: object) -> float | bool:
    """One value of a parameter, in its own unit."""
    if isinstance(parameter.default, bool):
        return _flag(parameter, value)
    number = _number(parameter, value)
    if parameter.whole and not number.is_integer():
        raise UsageFault(f"parameter `{parameter.name}` is a whole number, found {value}")
    if not _allowed(parameter, number):
        raise UsageFault(f"parameter `{parameter.name}` takes {domain(parameter)}, found {value}")
    return number


def domain(parameter: Parameter) -> str:
    """The domain in words."""
    if parameter.choices:
        return "one of " + ", ".join(written(parameter, choice) for choice in parameter.choices)
    if parameter.low is not None and parameter.high is not None:
        return f"{written(parameter, parameter.low)} to {written(parameter, parameter.high)}"
    return f"1 to {written(parameter, parameter.most)}" if parameter.whole else "any number"


def written(parameter: Parameter, value: float | bool) -> str:
    """A value as the text of a program would say it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if parameter.unit == "ratio":
        return f"{value * 100:.10g}%"
    if parameter.unit == "duration" and value >= 1 and float(value).is_integer():
        return str(Timeframe(int(value), "s").canonical())
    return f"{value:.10g} bars" if parameter.unit == "bars" else f"{value:.10g}"


def _allowed(parameter: Parameter, number: float) -> bool:
    if parameter.choices:
        return any(abs(number - c) <= 1e-12 * max(1.0, abs(c)) for c in parameter.choices)
    if parameter.low is not None and parameter.high is not None:
        return parameter.low <= number <= parameter.high
    return not parameter.whole or min(1.0, float(parameter.default)) <= number <= parameter.most


def _flag(parameter: Parameter, value: object) -> bool:
    words = {"true": True, "1": True, "false": False, "0": False}
    text = str(value).strip().lower()
    if text not in words:
        raise UsageFault(f"parameter `{parameter.name}` is true or false, found {value}")
    return words[text]


def _number(parameter: Parameter, value: object) -> float:
    is_number = isinstance(value, SupportsFloat) and not isinstance(value, (bool, str))
    number = float(value) if is_number else _read(parameter, str(value).strip())  # type: ignore[arg-type]
    if number != number:
        raise _not_a_number(parameter, value)
    if abs(number) > 1e300:
        raise _not_a_number(parameter, value, " up to 1e300")
    return number


def _read(parameter: Parameter, text: str) -> float:
    match = _TEXT.fullmatch(text)
    if match is None or (match[3] and match[3] not in _SUFFIXES.get(parameter.unit, ())):
        raise _not_a_number(parameter, text)
    digits, exponent, suffix = match[1].replace("_", ""), match[2] or "", match[3] or ""
    number = float(digits + (exponent or _SCALE.get(suffix, "")))
    return number * Timeframe(1, suffix).seconds if suffix in _LENGTHS else number


def _not_a_number(parameter: Parameter, value: object, bound: str = "") -> UsageFault:
    kind = _KINDS.get(parameter.unit, "a number")
    return UsageFault(f"parameter `{parameter.name}` is {kind}{bound}, found {value!r}")
