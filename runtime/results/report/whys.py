"""Why the last trades were entered and left, as plain JSON: the parts of each statement, and their packed numbers."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from .pack import packed

if TYPE_CHECKING:
    from ...why.many import Shown, Told
    from ..output import RunOutput


def whys(out: RunOutput) -> dict[str, Any]:
    """`count` trades from the end on; `missing` says why none is explained."""
    import numpy as np

    from ...why.many import explained

    found = explained(out)
    ends = {
        f"{name}_{what}": packed(np.array([end[at] for end in made], dtype=np.float64))
        for name, made in (("entry", found.entered), ("exit", found.left))
        for at, what in enumerate(("statement", "row"))
    }
    return {
        "count": found.count,
        "missing": found.missing,
        "params": {name: str(value) for name, value in found.params.items()},
        "statements": [_statement(told) for told in found.statements],
        "columns": ends if found.count else {},
    }


def _statement(told: Told) -> dict[str, Any]:
    return {
        "label": told.label,
        "line": told.line,
        "parts": [_part(part) for part in told.parts],
        "columns": {str(column): packed(values) for column, values in told.columns.items()},
    }


def _part(part: Shown) -> dict[str, Any]:
    """What goes without saying is left out."""
    return {name: value for name, value in asdict(part).items() if value not in ("", -1, None)}
