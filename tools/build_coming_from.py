"""Writes docs/coming-from.md from the table of habits: `python -m stratagem.tools.build_coming_from`.

A test holds the page and the table together.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from ..lang.habits.table import EXAMPLE, NEAR, Row, rows

PAGE = Path(__file__).resolve().parents[1] / "docs" / "coming-from.md"
_HEAD = """# Coming from another language

What others write, and what is written here. The same table answers in `strat check`: a foreign spelling is told with
what to write, and where the two mean the very same, `strat check --fix` writes it.

- **same**: the two mean the same, to the last value.
- **near**: the nearest there is; the remark says what differs. It is offered as a fix and never applied unasked.
- **example**: there is no counterpart of its own; what stands on the right is an example of what is possible today.

Three things differ from nearly every other place. A decision is made when a bar has **closed**, so `close` is final and
`close[1]` the bar before. An order has its condition in the same statement: `enter long when …`. And what protects a
position (`stop`, `target`, `trail`, `expire`) is a clause of the entry it protects.
"""


def page() -> str:
    """The whole page."""
    return "\n".join([_HEAD, *_origins()]).rstrip("\n") + "\n"


def _origins() -> Iterator[str]:
    for origin, found in groupby(rows(), key=lambda row: row.origin):
        yield f"## From {origin}\n"
        for part, inside in groupby(found, key=lambda row: row.part):
            yield f"### {part}\n"
            yield "| there | here | | remark |"
            yield "|---|---|---|---|"
            yield from map(_line, inside)
            yield ""


def _line(row: Row) -> str:
    kind = "example" if row.kind == EXAMPLE else "near" if row.kind == NEAR else "same"
    ours = _code(row.becomes) if row.becomes else "nothing"
    return f"| {_code(row.picture)} | {ours} | {kind} | {row.note.replace('|', chr(92) + '|')} |"


def _code(text: str) -> str:
    """A text as code in a cell."""
    fence = "``" if "`" in text else "`"
    return fence + text.replace("|", "\\|") + fence


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
