"""A bare number where several units are possible: what it may have been, as fixes, the likelier first."""

from __future__ import annotations

from collections.abc import Sequence

from ..diagnostics.model import Fix
from ..diagnostics.reports import replace
from ..syntax import tree
from ..words.amounts import as_shares

_TENFOLD = 10.0
"""Beyond ten times of something nobody means a share by a bare number."""


def readings(expr: tree.Expr | None, units: Sequence[str] = (), *, share: bool = True) -> list[Fix]:
    """`2` as `2%`, `200%` and with each of the units; nothing where it says its unit, or is no number."""
    if not isinstance(expr, tree.Number) or expr.suffix:
        return []
    shares = as_shares(expr.value)[: 2 if expr.value <= _TENFOLD else 1] if share else ()
    written = f"{expr.value:.15g}"
    texts = [*shares, *(f"{written}{unit}" for unit in units)]
    return [replace(f"replace with `{text}`", expr.span, text) for text in texts]
