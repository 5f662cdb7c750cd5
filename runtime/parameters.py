"""Values for parameters: read, checked against their domains, completed with defaults."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import SupportsFloat

from ..lang.diagnostics.suggest import nearest
from ..lang.plan.model import Parameter
from ..lang.program.timeframe import Timeframe
from .errors import UsageFault

_TEXT = re.compile(r"([-+]?[0-9][0-9_]*(?:\.[0-9]+)?(?:e[-+]?[0-9]+)?)\s*([a-z]+|%)?")
_PLAIN_SUFFIXES = ("", "%", "bp", "bars", "bar")


def chosen(parameters: Sequence[Parameter], given: Mapping[str, object] | None) -> dict[str, float | bool]:
    """Every parameter with its value; UsageFault names what is unknown or outside its domain."""
    values: dict[str, float | bool] = {p.name: p.default for p in parameters}
    known = {p.name: p for p in parameters}
    for name, value in (given or {}).items():
        if name not in known:
            close = nearest(name, sorted(known))
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
        return "one of " + ", ".join(f"{c:g}" for c in parameter.choices)
    if parameter.low is not None and parameter.high is not None:
        return f"{parameter.low:g} to {parameter.high:g}"
    return f"1 to {parameter.most:g}" if parameter.whole else "any number"


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
    if number != number or abs(number) > 1e300:
        raise UsageFault(f"parameter `{parameter.name}` is a number, found {value}")
    return number


def _read(parameter: Parameter, text: str) -> float:
    match = _TEXT.fullmatch(text)
    suffix = (match[2] or "") if match else ""
    if match and suffix in _PLAIN_SUFFIXES:
        digits = match[1].replace("_", "")
        # The same two steps as the parser takes, so that 2% here and 2% there are one number.
        return float(digits) / (100.0 if suffix == "%" else 10_000.0 if suffix == "bp" else 1.0)
    if match and parameter.unit == "duration" and suffix in ("s", "m", "h", "d", "w", "mo"):
        return float(match[1]) * Timeframe(1, suffix).seconds
    raise UsageFault(f"parameter `{parameter.name}` is a number, found {text!r}")
