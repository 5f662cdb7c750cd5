"""Lines of two columns, what and what it was, indented as deep as a part stands; as wide as a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from textwrap import wrap

from ...lang.diagnostics.brief import one_line
from ..results.summary import Style

_APART, _STEP = 2, 2


@dataclass(frozen=True, slots=True)
class Line:
    """depth: how many steps it is indented. mark: "+" of what held, "-" of what did not, "" of neither."""

    depth: int
    mark: str
    what: str
    told: str


def laid_out(lines: Sequence[Line], style: Style, width: int, indent: str) -> Iterator[str]:
    """The lines, the second column of all at one place; a long first one stands on a line of its own."""
    heads = [indent + " " * _STEP * line.depth + _MARKS[line.mark] + one_line(line.what) for line in lines]
    told = [head for head, line in zip(heads, lines, strict=True) if line.told]
    place = min(max(map(len, told), default=0) + _APART, width * 11 // 20)
    for head, line in zip(heads, lines, strict=True):
        yield from _one(head, line, style, width, place)


def _one(head: str, line: Line, style: Style, width: int, place: int) -> Iterator[str]:
    def painted(text: str) -> str:
        return style.paint(text, _SIGN[line.mark])

    if line.told and len(head) + _APART <= place:
        first, *rest = wrap(line.told, max(10, width - place), break_on_hyphens=False)
        yield painted(head) + " " * (place - len(head)) + first
    else:
        deeper = " " * (len(head) - len(head.lstrip(" ")) + 4)
        head_lines = wrap(head.strip(), max(10, width - len(deeper)), break_on_hyphens=False) or [""]
        yield painted(deeper[:-4] + head_lines[0])
        yield from (painted(deeper + more) for more in head_lines[1:])
        rest = wrap(line.told, max(10, width - place), break_on_hyphens=False)
    yield from (" " * place + more for more in rest)


_MARKS = {"+": "✓ ", "-": "✗ ", "": ""}
_SIGN = {"+": 1.0, "-": -1.0, "": None}
