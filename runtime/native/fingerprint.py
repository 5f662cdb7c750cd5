"""The identity of what a function computes: a hash of its code, of all it calls and of every constant it reads.

It is taken from the compiled code, not from the text, so a comment changes nothing and a renamed constant's
new value does. It depends on neither file names nor line numbers.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Callable, Iterator
from types import BuiltinFunctionType, CodeType, FunctionType, ModuleType
from typing import Any


def fingerprint(function: Callable[..., Any]) -> str:
    """Hexadecimal; equal for functions that compute the same in the same way."""
    digest = hashlib.sha256(f"python {sys.version_info[:2]}".encode())
    for line in _describe(function, {}):
        digest.update(line.encode() + b"\n")
    return digest.hexdigest()


def _describe(function: Any, seen: dict[object, int]) -> Iterator[str]:
    """Lines that say all of the function; one met before is named by its number."""
    if function in seen:
        yield f"again {seen[function]}"
        return
    seen[function] = len(seen)
    code = function.__code__
    yield f"function {function.__name__} {function.__annotations__} {function.__defaults__}"
    yield from _code(code)
    for name in code.co_names:
        if name in function.__globals__:
            yield f"global {name}"
            yield from _value(function.__globals__[name], seen, code.co_names)


def _value(value: object, seen: dict[object, int], read: tuple[str, ...] = ()) -> Iterator[str]:
    """read: the names that may be attributes of it, if it is a module of constants."""
    if isinstance(value, FunctionType):
        yield from _describe(value, seen)
    elif isinstance(value, ModuleType):
        yield f"module {value.__name__}"
        for name in read:
            if hasattr(value, name):
                yield f"its {name}"
                yield from _value(getattr(value, name), seen)
    elif isinstance(value, BuiltinFunctionType):
        yield f"builtin {value.__module__}.{value.__name__}"
    else:
        yield f"{type(value).__name__} {value!r}"


def _code(code: CodeType) -> Iterator[str]:
    """The instructions and what they refer to."""
    yield f"{code.co_argcount} {code.co_varnames} {code.co_names} {code.co_code.hex()}"
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _code(constant)
        else:
            yield repr(constant)
