"""Step functions of a host: read, held to what a step is, and called so that no fault of theirs passes for a value."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from hashlib import blake2b
from types import BuiltinFunctionType, FunctionType, ModuleType
from typing import Any

from ...lang.diagnostics.brief import brief
from ...lang.program.units import Unit
from ...lang.words.vocabulary import is_reserved
from ...stdlib.operator import BOOL, COUNT, EVENT, NUMBER, PASSES, RECURSIVE, SPARSE, WINDOWED, Argument
from ..errors import HostError, RunError, UsageFault
from ..given import flag, mapping, text
from ..native.fingerprint import fingerprint

Step = Callable[..., Any]
KINDS = {"float": NUMBER, "Number": NUMBER, "bool": BOOL, "Bool": BOOL, "int": COUNT, "Count": COUNT}
MISSING = (WINDOWED, RECURSIVE, SPARSE, PASSES, EVENT)
_STATE = ("f", "k", "w")
_NAME = re.compile(r"[a-z_][a-z0-9_]{0,99}")


def named(name: object, what: str) -> str:
    """A name that a text can write; UsageFault says what is wrong with one that it cannot."""
    if not isinstance(name, str) or not _NAME.fullmatch(name):
        raise UsageFault(f"{what}: expected a name in small letters such as `my_average`, found {brief(name)}")
    if is_reserved(name):
        raise UsageFault(f"{what}: `{name}` already means something in the language; choose another name")
    if "__" in name:
        raise UsageFault(f"{what}: `{name}` has two underscores in a row, which names of operators end with")
    return name


def check_said(name: str, **said: object) -> None:
    """What is said of a step is of its kind; UsageFault says what was expected."""
    for what in ("unit", "missing", "first", "example", "version"):
        text(f"`{name}`: {what}", said[what])
    for what in ("event", "native"):
        flag(f"`{name}`: {what}", said[what])
    mapping(f"{name}: outputs", said["outputs"])
    ends = said["range"]
    pair = isinstance(ends, tuple) and len(ends) == 2 and all(type(end) in (int, float) for end in ends)
    if ends is not None and not (pair and ends[0] < ends[1]):  # type: ignore[index]
        raise UsageFault(f"`{name}`: range: expected the least and the greatest value, (0.0, 1.0), found {brief(ends)}")


def function(step: object, name: str) -> FunctionType:
    """The function that a step is; UsageFault where it is none."""
    if not isinstance(step, FunctionType):
        raise UsageFault(f"`{name}`: expected a Python function, found {brief(step)}")
    return step


def signature_of(step: FunctionType, name: str) -> tuple[tuple[Argument, ...], str]:
    """The arguments of a step, and the kind of its result."""
    parameters = list(inspect.signature(step).parameters.values())
    if [p.name for p in parameters[:3]] != list(_STATE):
        raise UsageFault(f"`{name}`: a step takes its state first, `def {name}(f, k, w, source: float) -> float`")
    arguments = tuple(_argument(name, parameter) for parameter in parameters[3:])
    result = KINDS.get(_written(step.__annotations__.get("return")), "")
    if result not in (NUMBER, BOOL):
        raise UsageFault(f"`{name}`: a step gives a float or a bool, and says so: `-> float`")
    if not (step.__doc__ or "").strip():
        raise UsageFault(f"`{name}`: its docstring is what authors are told of it; write one")
    return arguments, result


def _argument(name: str, parameter: inspect.Parameter) -> Argument:
    kind = KINDS.get(_written(parameter.annotation))
    if kind is None or parameter.kind is not inspect.Parameter.POSITIONAL_OR_KEYWORD:
        raise UsageFault(f"`{name}`: `{parameter.name}` is to be a float (a series), a bool (a condition) or an int (a "
                         "whole number known before the run), and to say so")  # fmt: skip
    if parameter.default is inspect.Parameter.empty:
        return Argument(parameter.name, kind)
    fits = isinstance(parameter.default, bool) if kind == BOOL else type(parameter.default) in (int, float)
    if not fits or (kind == COUNT and not isinstance(parameter.default, int)):
        raise UsageFault(f"`{name}`: the default of `{parameter.name}` is no {kind.lower()}, "
                         f"found {brief(parameter.default)}")  # fmt: skip
    return Argument(parameter.name, kind, parameter.default)


def _written(annotation: object) -> str:
    name = annotation.__name__ if isinstance(annotation, type) else str(annotation)
    return name.rpartition(".")[2]


def unit_rule(name: str, unit: object, arguments: Sequence[Argument]) -> str:
    """The unit of the result: one of the language, that of an argument, or `distance(ARGUMENT)`."""
    of = [argument.name for argument in arguments if argument.kind == NUMBER]
    own = [str(each) for each in Unit if each is not Unit.PLAIN]
    rules = ["plain", *own, *of, *(f"distance({each})" for each in of)]
    if unit not in rules:
        raise UsageFault(f"`{name}`: unit: expected one of {', '.join(rules)}, found {brief(unit)}")
    return str(unit)


def rule(name: str, what: str, given: object, arguments: Sequence[Argument]) -> Callable[..., Any] | None:
    """A number, or a function of the whole numbers of the signature, by their names."""
    counts = [argument.name for argument in arguments if argument.kind == COUNT]
    if given is None:
        return None
    if isinstance(given, int) and not isinstance(given, bool) and given >= 0:
        return lambda *_, **__: given
    if isinstance(given, FunctionType) and list(inspect.signature(given).parameters) == counts:
        return given
    example = f"lambda {', '.join(counts)}: …"
    raise UsageFault(f"`{name}`: {what}: expected a whole number or `{example}`, found {brief(given)}")


# --- what it computes ------------------------------------------------------------------------------


def identity(name: str, step: FunctionType, facts: Sequence[object], version: str) -> str:
    """What plans and snapshots call it: a hash of its code, of all that this reads, and of what was said of it.

    UsageFault names what it reads that has no hash, unless a `version` stands for that.
    """
    if not version:
        for what in _unknown(step, set()):
            raise UsageFault(f"`{name}` reads `{what}`, which may change or be another tomorrow: a step depends on its "
                             "inputs, its state and constants; give it `version=`, which is changed whenever that is")
    code = step.__code__.co_code.hex() if version else [fingerprint(step), *_closed_over(step)]
    told = [code, version, *facts]
    return f"{name}__{blake2b(repr(told).encode(), digest_size=8).hexdigest()}"


def _unknown(function: FunctionType, seen: set[FunctionType]) -> Iterator[str]:
    """The names that a function, and all it calls, read and that are no constants."""
    seen.add(function)
    cells = zip(function.__code__.co_freevars, function.__closure__ or (), strict=True)
    read = [(name, function.__globals__[name]) for name in function.__code__.co_names if name in function.__globals__]
    for name, value in (*read, *((name, cell.cell_contents) for name, cell in cells)):
        if isinstance(value, FunctionType):
            if value not in seen:
                yield from _unknown(value, seen)
        elif isinstance(value, BuiltinFunctionType | ModuleType):
            owner = value.__module__ if isinstance(value, BuiltinFunctionType) else value.__name__
            if owner != "math":
                yield name
        elif not _constant(value):
            yield name


def _constant(value: object) -> bool:
    if isinstance(value, tuple):
        return all(map(_constant, value))
    return value is None or isinstance(value, bool | int | float | str | type)


def _closed_over(function: FunctionType) -> list[object]:
    found: list[object] = []
    for cell in function.__closure__ or ():
        value = cell.cell_contents
        found.append([fingerprint(value), *_closed_over(value)] if isinstance(value, FunctionType) else repr(value))
    return found


# --- calling it ------------------------------------------------------------------------------------


def guarded(name: str, step: FunctionType, result: str) -> Step:
    """The step as the interpreted engine calls it: HostError where it raises, or gives what is no value."""
    found = _bool if result == BOOL else _number

    def called(*given: Any) -> Any:
        try:
            value = step(*given)
        except RunError:
            raise
        except Exception as fault:
            told = f"{type(fault).__name__}: {brief(str(fault)) if str(fault) else 'no message'}"
            raise HostError(f"the host's function `{name}` raised {told}") from fault
        return value if type(value) is float and result == NUMBER else found(name, value)

    called.__doc__, called.__name__ = step.__doc__, step.__name__
    called.__wrapped__ = step  # type: ignore[attr-defined]
    return called


def _number(name: str, value: object) -> float:
    if isinstance(value, int | float):
        try:
            return float(value)
        except OverflowError:
            pass
    raise HostError(f"the host's function `{name}` gave {brief(value)}: expected a float; nan is a missing one")


def _bool(name: str, value: object) -> bool:
    if isinstance(value, bool) or (isinstance(value, int | float) and value in (0, 1)):
        return bool(value)
    raise HostError(f"the host's function `{name}` gave {brief(value)}: expected True or False")


def slots(name: str, outputs: Mapping[str, int] | None, first: str, floats: int) -> dict[str, int]:
    """The further outputs, each with its slot of `f`."""
    given = dict(outputs or {})
    if bool(given) != bool(first):
        raise UsageFault(f"`{name}`: of several outputs each has a name: first=\"…\" and outputs={{\"…\": slot}}")
    for field, slot in given.items():
        named(field, f"`{name}`: outputs")
        if not isinstance(slot, int) or not 0 <= slot < floats:
            raise UsageFault(f"`{name}`: outputs: `{field}` is to be a slot of f, 0 to {floats - 1}, found "
                             f"{brief(slot)}")  # fmt: skip
    if first in given:
        raise UsageFault(f"`{name}`: two outputs are named `{first}`")
    return given


def bounds(name: str, ints: object, arguments: Sequence[Argument]) -> tuple[Any, ...]:
    """Of each slot of `k` the greatest value, or the least and the greatest."""
    if not isinstance(ints, Sequence) or isinstance(ints, str):
        raise UsageFault(f"`{name}`: ints: expected a bound for each slot of k, [None] where it counts bars, "
                         f"found {brief(ints)}")  # fmt: skip
    pairs = [isinstance(each, tuple) and len(each) == 2 and all(type(end) is int for end in each) for each in ints]
    return tuple(
        each if pair or each is None or type(each) is int else rule(name, "ints", each, arguments)
        for each, pair in zip(ints, pairs, strict=True)
    )


def as_told(given: object) -> object:
    """A bound or a rule as it goes into the identity."""
    return fingerprint(given) if isinstance(given, FunctionType) else given
