"""A measured figure, the floor it is held to, and how a table of them is shown."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

HEADS = ("what", "figure", "reference", "ratio", "floor", "holds")


@dataclass(frozen=True, slots=True)
class Figure:
    """One row. The floor is one of the ratio to the reference where there is a reference, else one of the value.

    A figure without a floor is there for scale. `note` says what is odd about this one.
    """

    what: str
    value: float
    unit: str
    floor: float | None = None
    reference: float | None = None
    ratio: float | None = None
    note: str = ""

    @property
    def holds(self) -> bool | None:
        """Whether the floor is kept; None where there is none."""
        if self.floor is None:
            return None
        return (self.value if self.ratio is None else self.ratio) <= self.floor

    def cells(self) -> tuple[str, ...]:
        """The row as texts, in the order of HEADS."""
        measured = f"{self.value:.3g} {self.unit}"
        against = "" if self.reference is None else f"{self.reference:.3g} {self.unit}"
        ratio = "" if self.ratio is None else f"{self.ratio:.2f}"
        floor = "" if self.floor is None else f"{self.floor:g}" + ("" if self.ratio is not None else f" {self.unit}")
        return (self.what, measured, against, ratio, floor, {None: "", True: "yes", False: "NO"}[self.holds])

    def row(self) -> dict[str, Any]:
        return {**asdict(self), "holds": self.holds}


def table(figures: Iterable[Figure]) -> str:
    """A Markdown table, aligned for a terminal too."""
    rows: list[Sequence[str]] = [HEADS, *(figure.cells() for figure in figures)]
    widths = [max(len(row[place]) for row in rows) for place in range(len(HEADS))]
    padded = [[cell.ljust(width) for cell, width in zip(row, widths, strict=True)] for row in rows]
    lines = [f"| {' | '.join(row)} |" for row in padded]
    lines.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
    return "\n".join(lines)


def say(text: str) -> None:
    """A line on standard output, at once: the run takes minutes."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()
