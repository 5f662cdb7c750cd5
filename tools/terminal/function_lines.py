"""What is known of a built-in function, as lines for a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ...stdlib.catalogue import Row


def lines_of(row: Row) -> Iterator[str]:
    """The signature, and below it what is known: meaning, formula, unit, warm-up, missing values, an example."""
    yield row.signature
    yield from row.meaning.splitlines()
    if row.formula:
        yield f"formula: {' '.join(row.formula.split())}"
    unit = f"{row.unit}, {row.range}" if row.range else row.unit
    yield f"unit {unit} · warm-up {row.warmup} · {row.missing} · {row.family}"
    if row.example:
        yield f"example: {row.example}"
