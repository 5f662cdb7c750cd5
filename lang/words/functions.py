"""The functions that can be called without being defined."""

from __future__ import annotations

from functools import cache

from ...stdlib import library
from ...stdlib import operators as _operators  # noqa: F401  (importing them fills the registry)
from ...stdlib.builtins import BUILTINS
from ...stdlib.operator import REGISTRY


@cache
def function_names() -> frozenset[str]:
    """Every function of the language: built into the compiler, an operator, or written in the language."""
    return frozenset((*(row["name"] for row in BUILTINS), *REGISTRY, *library.names()))
