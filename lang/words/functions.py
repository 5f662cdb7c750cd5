"""The functions that can be called without being defined, and what other languages call them."""

from __future__ import annotations

from functools import cache

from ...stdlib import library
from ...stdlib import operators as _operators  # noqa: F401  (importing them fills the registry)
from ...stdlib.builtins import BUILTINS
from ...stdlib.operator import REGISTRY

OTHER_NAMES = {
    "ta_sma": "sma", "crossover": "cross_above", "crossunder": "cross_below", "nz": "or_else", "na": "is_na",
    "isnan": "is_na", "average": "sma", "stddev": "stdev", "std": "stdev", "bbands": "bb", "ln": "log",
    "maximum": "max", "minimum": "min", "hhv": "highest", "llv": "lowest", "ref": "history",
    "smma": "rma", "wilder": "rma", "willr": "wpr", "fixnan": "last_known", "cum": "cumulative",
}  # fmt: skip


@cache
def function_names() -> frozenset[str]:
    """Every function of the language: built into the compiler, an operator, or written in the language."""
    return frozenset((*(row["name"] for row in BUILTINS), *REGISTRY, *library.names()))
