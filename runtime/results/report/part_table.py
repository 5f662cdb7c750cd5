"""Parts of a result, of symbols or of strategies, as a table of the page: a name, then a figure a column."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ..format import shown
from ..part_lines import SIGNED
from .sections import escape


def part_table(what: str, parts: Sequence[object], columns: Mapping[str, tuple[str, str]]) -> str:
    """what: "symbol", the attribute that names a part. columns: title and unit of each other attribute."""
    head = "".join(f"<th scope='col' class='number'>{escape(title)}</th>" for title, _ in columns.values())
    lines = "".join(
        f"<tr><td>{escape(getattr(part, what))}</td>"
        f"{''.join(_cell(name, getattr(part, name), unit) for name, (_, unit) in columns.items())}</tr>"
        for part in parts
    )
    return (
        f"<div class='panel scroll'><table class='small'><thead><tr><th scope='col'>{what.capitalize()}</th>{head}</tr>"
        f"</thead><tbody>{lines}</tbody></table></div>"
    )


def is_shown(money: float) -> bool:
    """Whether there is anything of it when it is rounded to cents."""
    return abs(money) >= 0.005


def _cell(name: str, value: float | None, unit: str) -> str:
    tone = ("gain" if value > 0.0 else "loss") if name in SIGNED and value else ""
    return f"<td class='number {tone}'>{escape(shown(value, unit, name in SIGNED))}</td>"
