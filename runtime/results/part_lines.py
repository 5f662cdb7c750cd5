"""Parts of a result, of symbols or of strategies, as lines of the summary: a name, then a figure a column."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ...lang.diagnostics.brief import one_line
from .format import counted, shown

if TYPE_CHECKING:
    from .summary import Style

SIGNED = frozenset({"pnl", "pnl_return"})
"""What is shown with its sign, and in the colour of it."""


@dataclass(frozen=True, slots=True)
class PartLines:
    """what: "symbol". width: of the name. columns: attribute, title, unit and width of each; as many as fit are shown.
    """

    what: str
    width: int
    columns: Sequence[tuple[str, str, str, int]]

    def lines(self, parts: Sequence[object], style: Style, left: int) -> list[str]:
        """Titles, a line for each part, and how many are left out."""
        head = f"by {self.what}".ljust(self.width) + "".join(title.rjust(width) for _, title, _, width in self.columns)
        found = [style.dim(head[: style.width]), *(self._line(part, style) for part in parts)]
        if left:
            found.append(style.dim(f"  ({counted(left, f'more {self.what}')}: in the report and in --json)"))
        return [*found, ""]

    def _line(self, part: object, style: Style) -> str:
        cells = [f"{one_line(getattr(part, self.what), self.width - 1):<{self.width}}"]
        room = style.width - self.width
        for name, _, unit, width in self.columns:
            room -= width
            if room < 0:
                break
            value = getattr(part, name)
            text = shown(value, unit, name in SIGNED).rjust(width)
            cells.append(style.paint(text, value if name in SIGNED else None))
        return "".join(cells)
