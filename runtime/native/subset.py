"""Which functions of a host can be native code: those of which CPython and native code compute the same bits.

The rules are those of the operators of this package. What they refuse is where the two part: CPython raises where
native code goes on (`1 / 0`, `math.log(-1)`, `int(nan)`), or orders a missing value otherwise (`min`). The spellings of
`stratagem.stdlib.arith` (`div`, `mod_`, `pow_`, `log_`, `minimum` …) are the same in both.
"""

from __future__ import annotations

import dis
from collections.abc import Callable, Iterator
from types import BuiltinFunctionType, FunctionType
from typing import Any

from ...stdlib import arith
from ...stdlib.operator import BOOL, Operator
from .errors import NativeError

_PARTING = frozenset("/ // % ** /= //= %= **= @ @=".split())
_BUILTINS = frozenset(("int", "float", "range", "bool"))
_RAISING = frozenset(("RAISE_VARARGS", "LOAD_ASSERTION_ERROR", "SETUP_FINALLY", "PUSH_EXC_INFO"))
_ELSEWHERE = frozenset(
    "BUILD_LIST BUILD_MAP BUILD_SET BUILD_STRING FORMAT_VALUE IMPORT_NAME LOAD_ATTR LOAD_METHOD MAKE_FUNCTION "
    "STORE_GLOBAL DELETE_GLOBAL YIELD_VALUE LOAD_CLOSURE".split()
)


def of_host(operator: Operator) -> Callable[..., Any]:
    """What native code is made of; NativeError says why it cannot be, and what to do."""
    function = operator.compiled
    if function is None:
        raise NativeError(f"the host's function `{operator.name}` is not for native code: {_WAY_ON}")
    for fault in (*faults(function), *rehearsed(operator)):
        raise refused(operator.name, fault)
    return function


_WAY_ON = 'take the engine "interpreted", which runs any Python'


def refused(name: str, fault: str) -> NativeError:
    """That a host's function cannot be native code."""
    return NativeError(f"the host's function `{name}` cannot be native code: {fault}; {_WAY_ON}")


def faults(function: Callable[..., Any], seen: frozenset[object] = frozenset()) -> Iterator[str]:
    """What a function uses of which the bits could differ."""
    if not isinstance(function, FunctionType):
        yield f"{function!r} is no function written in Python"
        return
    if function.__module__ == arith.__name__ or function in seen:
        return
    name = function.__name__
    if function.__closure__:
        yield f"`{name}` reads {', '.join(function.__code__.co_freevars)} of the function around it"
    for line in dis.get_instructions(function):
        if line.opname == "BINARY_OP" and line.argrepr in _PARTING:
            yield f"`{name}` uses `{line.argrepr}`: `stratagem.stdlib.arith` has div, floordiv_, mod_ and pow_"
        elif line.opname in _RAISING:
            yield f"`{name}` can raise: a step answers NAN instead"
        elif line.opname in _ELSEWHERE:
            yield f"`{name}` does more than numbers ({line.opname} {line.argrepr})"
        elif line.opname in ("LOAD_GLOBAL", "LOAD_NAME"):
            yield from _global(function, str(line.argval), seen | {function})


class _Strict(list[Any]):
    """State that notices a place that there is not; native code would go on, somewhere else."""

    def __getitem__(self, place: Any) -> Any:
        if not 0 <= place < len(self):
            raise IndexError(place)
        return super().__getitem__(place)

    def __setitem__(self, place: Any, value: Any) -> None:
        if not 0 <= place < len(self):
            raise IndexError(place)
        super().__setitem__(place, value)


def rehearsed(operator: Operator) -> Iterator[str]:
    """What goes wrong in a few bars of a step, run in Python: a place that its state does not have, above all."""
    for length in (1, 2, 5, 30):
        counts = {a.name: max(a.least, length) for a in operator.counts}
        window = operator.window(**counts) if operator.window else 0
        state = _Strict([0.0] * operator.floats), _Strict([0] * operator.ints), _Strict([0.0] * window)
        for bar in range(3 * length + 20):
            given = [counts.get(a.name, _input(a.kind, bar, at)) for at, a in enumerate(operator.arguments)]
            try:
                operator.step(*state, *given)
            except Exception as fault:
                cause = fault.__cause__
                if isinstance(cause, IndexError):
                    yield f"it uses a place that its state does not have ({cause}): say how large f, k and w are"
                else:
                    yield f"in Python it fails: {fault}"
                return


def _input(kind: str, bar: int, at: int) -> float | bool:
    """Some series, with a missing value now and then."""
    if kind == BOOL:
        return bar % 3 == 0
    return arith.NAN if bar % 17 == 16 else 100.0 + (7 * bar + 3 * at) % 11


def _global(function: FunctionType, name: str, seen: frozenset[object]) -> Iterator[str]:
    if name not in function.__globals__:
        if name not in _BUILTINS:
            yield f"`{function.__name__}` calls `{name}`: `stratagem.stdlib.arith` has absolute, minimum and maximum"
        return
    value = function.__globals__[name]
    if isinstance(value, FunctionType):
        yield from faults(value, seen)
    elif isinstance(value, BuiltinFunctionType):
        yield f"`{function.__name__}` calls `{name}`: `stratagem.stdlib.arith` has sqrt_, exp_, log_ and more"
    elif not isinstance(value, bool | int | float):
        yield f"`{function.__name__}` reads `{name}`, which is no number"
