"""A bare number where several units are possible: what it may have been, as fixes, the likelier first."""

from __future__ import annotations

from collections.abc import Sequence

from ..diagnostics.model import Fix
from ..diagnostics.reports import replace
from ..syntax import tree
from ..words.amounts import PART, as_shares


def readings(expr: tree.Expr | None, units: Sequence[str] = (), *, most: float = PART) -> list[Fix]:
    """`2` as `2%` and with each of the units; nothing where it says its unit, or is no number.

    most: the greatest share that can be meant.
    """
    if not isinstance(expr, tree.Number) or expr.suffix:
        return []
    written = f"{expr.value:.15g}"
    texts = [*as_shares(expr.value, most), *(f"{written}{unit}" for unit in units)]
    return [replace(f"replace with `{text}`", expr.span, text) for text in texts]
