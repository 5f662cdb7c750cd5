"""Trading compiled by numba for tests: every function of the package rebound to compiled versions of what it calls."""

from __future__ import annotations

import types
from collections.abc import Callable
from typing import Any

from numba import njit


class Binder:
    """Compiles a function and, first, all it calls; each once."""

    def __init__(self) -> None:
        self._made: dict[Callable[..., Any], Any] = {}

    def __call__(self, function: Callable[..., Any]) -> Any:
        if function not in self._made:
            scope = dict(function.__globals__)
            for name in function.__code__.co_names:
                value = scope.get(name)
                if isinstance(value, types.FunctionType) and value is not function:
                    scope[name] = self(value)
            bound = types.FunctionType(function.__code__, scope, function.__name__, function.__defaults__)
            self._made[function] = njit(error_model="numpy")(bound)
        return self._made[function]
