"""Values for parameters: read, checked against their domains, completed with defaults."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol, SupportsFloat

from ..diagnostics.brief import brief, named
from ..diagnostics.suggest import nearest
from ..program.timeframe import Timeframe
from ..words.amounts import LARGEST, LENGTHS, LEVERAGED, SHARES, WHOLE, as_shares, read_amount
from .errors import ParameterError
from .flags import is_flag

_UNITS = {"ratio": SHARES, "bars": ("bars",), "duration": LENGTHS}
_KINDS = {
    "ratio": "a ratio, as 2%",
    "bars": "a number of bars, as 10 bars or 10",
    "duration": "a duration, as 4h",
}


class Parameter(Protocol):
    """What is asked of a parameter: as in a plan."""

    @property
    def name(self) -> str: ...
    @property
    def default(self) -> float | bool: ...
    @property
    def whole(self) -> bool: ...
    @property
    def unit(self) -> str: ...
    @property
    def low(self) -> float | None: ...
    @property
    def high(self) -> float | None: ...
    @property
    def choices(self) -> tuple[float | bool, ...]: ...
    @property
    def least(self) -> float: ...
    @property
    def most(self) -> float: ...


def chosen(parameters: Sequence[Parameter], given: Mapping[str, object] | None) -> dict[str, float | bool]:
    """Every parameter with its value; ParameterError names what is unknown or outside its domain.

    given: values by name, which the host looked at where it came in (`runtime/given.py`).
    """
    values: dict[str, float | bool] = {p.name: p.default for p in parameters}
    known = {p.name: p for p in parameters}
    for name, value in (given or {}).items():
        if name not in known:
            close = nearest(name, sorted(known))
            there = f"did you mean `{close}`?" if close else f"it has {', '.join(known) or 'none'}"
            raise ParameterError(f"the program has no parameter `{named(name)}`: {there}")
        values[name] = checked(known[name], value)
    return values


def read(parameter: Parameter, value: object) -> float | bool:
    """A value in a parameter's own unit, whether or not it takes it."""
    return _flag(parameter, value) if isinstance(parameter.default, bool) else _number(parameter, value)


def checked(parameter: Parameter, value: object) -> float | bool:
    """One value of a parameter, in its own unit."""
    number = read(parameter, value)
    if isinstance(number, bool):
        return number
    if parameter.whole and not number.is_integer():
        raise ParameterError(f"parameter `{parameter.name}` is a whole number, found {told(value)}")
    if not allows(number, parameter.least, parameter.most, parameter.choices):
        raise ParameterError(f"parameter `{parameter.name}` takes {domain(parameter)}, found {told(value)}")
    return number


def told(value: object) -> str:
    """A value as its author may have written it."""
    return value if isinstance(value, str) and len(value) < 80 else brief(value)


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


def allows(number: float, least: float, most: float, choices: Sequence[float | bool]) -> bool:
    """Whether a domain holds a number: among its choices, else between its bounds; also for the default of the text."""
    if choices:
        return any(abs(number - choice) <= 1e-12 * max(1.0, abs(choice)) for choice in choices)
    return least <= number <= most


def _flag(parameter: Parameter, value: object) -> bool:
    words = {"true": True, "1": True, "false": False, "0": False}
    text = told(value).strip().lower()
    if text not in words:
        raise ParameterError(f"parameter `{parameter.name}` is true or false, found {text}")
    return words[text]


def _number(parameter: Parameter, value: object) -> float:
    if isinstance(value, SupportsFloat) and not isinstance(value, str) and not is_flag(value):
        try:
            number = _real(value)
        except Exception:  # an array of several, a whole number beyond all floats, whatever a foreign object raises
            raise _not_a_number(parameter, value) from None
    else:
        number = _read(parameter, value.strip() if isinstance(value, str) else brief(value))
    if number != number:
        raise _not_a_number(parameter, value)
    if abs(number) > LARGEST:
        raise _not_a_number(parameter, value, " up to 1e300")
    return number


def _real(value: SupportsFloat) -> float:
    """The number that a value is; TypeError of numpy's complex ones, which would leave out a part of themselves."""
    if isinstance(value, complex) or getattr(value, "imag", False):
        raise TypeError("no real number")
    return float(value)


def _read(parameter: Parameter, text: str) -> float:
    amount = read_amount(text)
    if amount is None or (amount.unit and amount.unit not in _UNITS.get(parameter.unit, ())):
        raise _not_a_number(parameter, text)
    if not amount.unit and amount.value:
        _refuse_bare(parameter, text, amount.value)
    return amount.value


def _refuse_bare(parameter: Parameter, text: str, value: float) -> None:
    """A text says its unit where a bare number could have several; a number in Python is a fraction, or seconds."""
    if abs(value) > LARGEST:
        raise _not_a_number(parameter, text, " up to 1e300")
    if parameter.unit not in ("ratio", "duration"):
        return
    written = [f"{text}{unit}" for unit in ("h", "m", "d", "s")]
    bounded = parameter.high is not None or bool(parameter.choices)
    readings = as_shares(value, LEVERAGED if bounded else WHOLE) if parameter.unit == "ratio" else written
    meant = [reading for reading in readings if _fits(parameter, reading)]
    kind = f"parameter `{parameter.name}` is {_KINDS[parameter.unit]}"
    if not meant:
        raise ParameterError(f"{kind}, and takes {domain(parameter)}, found {text}")
    raise ParameterError(f"{kind}: {text} can mean {', '.join(meant[:-1])} or {meant[-1]}" if meant[1:]
                         else f"{kind}: write {meant[0]}, not {text}")  # fmt: skip


def _fits(parameter: Parameter, text: str) -> bool:
    amount = read_amount(text)
    return amount is not None and allows(amount.value, parameter.least, parameter.most, parameter.choices)


def _not_a_number(parameter: Parameter, value: object, bound: str = "") -> ParameterError:
    kind = _KINDS.get(parameter.unit, "a number")
    return ParameterError(f"parameter `{parameter.name}` is {kind}{bound}, found {brief(value)}")
