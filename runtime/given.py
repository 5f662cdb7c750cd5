"""What a host program gives, looked at once where it comes in: each argument is of its kind, or UsageFault names it.

What arrives may be anything: a text where a number is meant, a numpy array, an object whose `repr` fails. Nothing is
asked of a value before its type is known, and nothing of it is shown but the beginning of one line.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from functools import wraps
from inspect import Parameter, signature
from pathlib import PurePosixPath
from typing import Any, TypeVar

from ..lang.diagnostics.brief import brief, named
from ..lang.diagnostics.suggest import option
from ..lang.inputs.flags import is_flag
from ..lang.program.timeframe import Timeframe
from .errors import OptionError, UsageFault

_F = TypeVar("_F", bound=Callable[..., Any])
ENGINES = ("native", "interpreted")
GATES = ("warn", "strict")
FILLS = ("simulated", "venue")
_LINE, _PATH = 400, 4096


def check_given(**given: object) -> None:
    """Every argument by its name is of its kind; UsageFault says what was expected of the first that is not."""
    for name, value in given.items():
        _RULES[name](name, value)


def no_option(name: str, known: Iterable[str]) -> OptionError:
    """That an option is none, with the nearest there is."""
    there_are = sorted(known)
    close = option(name, there_are) if len(name) <= _LINE else None
    there = f"did you mean `{close}`?" if close else f"there are {', '.join(there_are)}"
    return OptionError(f"there is no option `{named(name)}`: {there}")


def options_by_name(function: _F) -> _F:
    """A public function that tells an option it does not have as the commands do."""
    parameters = signature(function).parameters
    known = [name for name, parameter in parameters.items() if parameter.kind is Parameter.KEYWORD_ONLY]

    @wraps(function)
    def checked(*args: Any, **options: Any) -> Any:
        for name in options:
            if name not in parameters:
                raise no_option(name, known)
        return function(*args, **options)

    return checked  # type: ignore[return-value]


def is_text(value: object) -> bool:
    """Whether a value is a text that can be written and looked up."""
    if not isinstance(value, str):
        return False
    try:
        value.encode()
    except UnicodeEncodeError:  # half of a surrogate pair
        return False
    return True


def path(name: str, value: object) -> str:
    """A path to write to."""
    found = os.fspath(value) if isinstance(value, str | os.PathLike) else ""
    if not isinstance(found, str) or not found or "\0" in found or not _encodes(found) or len(found) > _PATH:
        raise UsageFault(f"{name}: expected a path, found {brief(value)}")
    return found


def stays_below(name: str) -> bool:
    """Whether a path that a text names leads nowhere but into the folder it is read from."""
    path = PurePosixPath(name)
    return not (path.is_absolute() or ".." in path.parts or any(sign in name for sign in "\\:\0"))


def _encodes(name: str) -> bool:
    """Whether a file can have this name."""
    try:
        os.fsencode(name)
    except UnicodeEncodeError:
        return False
    return True


def flag(name: str, value: object) -> None:
    """True or False; numpy's are too."""
    if not is_flag(value):
        raise UsageFault(f"{name}: expected True or False, found {brief(value)}")


def mapping(name: str, value: object) -> None:
    """Values by name, or None."""
    if value is None:
        return
    if not isinstance(value, Mapping):
        raise UsageFault(f"`{name}` is a mapping of names to values{_EXAMPLES.get(name, '')}; found {brief(value)}")
    for key in value:
        if not is_text(key):
            raise UsageFault(f"`{name}` is a mapping of names to values{_EXAMPLES.get(name, '')}; found the name "
                             f"{brief(key)}")  # fmt: skip


_EXAMPLES = {"params": ", such as {'length': 20}", "columns": ", such as {'close': 'px'}"}


def whole(least: int) -> Rule:
    """A whole number of `least` or more."""

    def rule(name: str, value: object) -> None:
        number = None if is_flag(value) else _index(value)
        if number is None or number < least:
            raise UsageFault(f"{name}: expected a whole number of {least:,} or more, found {brief(value)}")

    return rule


def _index(value: Any) -> int | None:
    """The whole number that a value is; None of an array, which is none although its type may be asked for one."""
    try:
        return int(value.__index__())
    except Exception:
        return None


def text(name: str, value: object) -> None:
    """A name, or something else of a line."""
    if not is_text(value) or len(str(value)) > _LINE:
        raise UsageFault(f"{name}: expected a text of up to {_LINE} characters, found {brief(value)}")


def timeframe(name: str, value: object) -> None:
    if not isinstance(value, Timeframe) and (not is_text(value) or len(str(value)) > _LINE):
        raise UsageFault(f"timeframe: expected a timeframe such as 30s, 15m, 4h, 1d, 1w or 1mo, found {brief(value)}")


def engine(name: str, value: object) -> None:
    if not isinstance(value, str) or value not in ENGINES:
        raise UsageFault(f"engine: expected {' or '.join(ENGINES)}, found {brief(value)}")


def gate(name: str, value: object) -> None:
    if not isinstance(value, str) or value not in GATES:
        raise UsageFault(f"gate: expected {' or '.join(GATES)}, found {brief(value)}")


def fills(name: str, value: object) -> None:
    if not isinstance(value, str) or value not in FILLS:
        raise UsageFault(f"fills: expected {' or '.join(FILLS)}, found {brief(value)}")


def engines(name: str, value: object) -> None:
    if not isinstance(value, tuple | list) or not value:
        raise UsageFault(f"engines: expected a list of {' and '.join(ENGINES)}, found {brief(value)}")
    for each in value:
        engine(name, each)


def texts(name: str, value: object) -> None:
    """A text or several."""
    if not several(value) or isinstance(value, bytes):
        raise UsageFault(f"{name}: expected a text or a list of texts, found {brief(value)}")


def several(value: object) -> bool:
    """Whether values can be taken from it one after the other; an array of no dimension says so and has none."""
    try:
        return iter(value) is not None  # type: ignore[call-overload]
    except Exception:
        return False


def called(name: str, value: object) -> None:
    if not callable(value):
        raise UsageFault(f"{name}: expected a function, found {brief(value)}")


def optional(rule: Rule) -> Rule:
    """The rule, or None."""
    return lambda name, value: None if value is None else rule(name, value)


Rule = Callable[[str, object], None]

_RULES: Mapping[str, Rule] = {
    "params": mapping,
    "assumptions": mapping,
    "columns": mapping,
    "engine": engine,
    "gate": gate,
    "engines": engines,
    "fills": fills,
    "monitors": flag,
    "close_at_end": flag,
    "resample": optional(flag),
    "strict": flag,
    "why_not": flag,
    "width": whole(1),
    "colour": flag,
    "ascii": flag,
    "report": flag,
    "pdf": flag,
    "format": text,
    "symbol": optional(text),
    "on": text,
    "data_tz": optional(text),
    "time_format": optional(text),
    "timezone": optional(text),
    "timeframe": optional(timeframe),
    "policy": text,
    "metric": text,
    "where": texts,
    "limit": optional(whole(1)),
    "threads": optional(whole(1)),
    "seed": whole(0),
    "progress": optional(called),
    "announce": optional(called),
}
