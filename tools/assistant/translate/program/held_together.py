"""Conditions of one action: each once, with its way, and whether more than questions is left of them."""

from __future__ import annotations

from ..tokens.meanings import parts_of
from ..tokens.token import Compare, Condition, Plain


def only_holes(condition: Condition) -> bool:
    parts = list(parts_of(condition))
    holes = [part for part in parts if isinstance(part, Plain) and part.text.startswith('?"')]
    return bool(holes) and all(part in holes or (isinstance(part, Plain) and part.filter) for part in parts)


def once(conditions: list[tuple[str, Condition]]) -> list[tuple[str, Condition]]:
    """What is said twice stands once; not in `a and b, or a and c`."""
    kept: list[tuple[str, Condition]] = []
    for word, each in conditions:
        if word.startswith("or") or each not in [one for _, one in kept]:
            kept.append((word, each))
    return kept


def directed(conditions: list[tuple[str, Condition]]) -> list[tuple[str, Condition]]:
    """Without a cross whose way is not said where another says it of the same two."""
    told = {
        (each.left, each.right) for _, each in conditions if isinstance(each, Compare)
        and each.op in {"cross_above", "cross_below"}
    }
    return [
        (w, c) for w, c in conditions
        if not (isinstance(c, Compare) and c.op == "cross" and (c.left, c.right) in told)
    ]
