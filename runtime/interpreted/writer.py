"""Lines of generated Python, and the names that stand for a plan's values in them.

Every name is ours: a letter and a number. Nothing of the author's text is ever written.

    v7  a value        p3  a number of the parameter array     x2  this bar's value of a column
    n3  a count, a threshold or a bool of the parameter array  o1  a column handed out
    fK kK wK  the state of the operator whose value is K       g4  a gate        i   the bar       t   scratch
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from ...lang.plan.operands import NUMBER


class Writer:
    """Collects lines at an indentation."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._depth = 0
        self._names = 0

    def line(self, text: str) -> None:
        self._lines.append("    " * self._depth + text)

    def name(self, letter: str) -> str:
        """A new name."""
        self._names += 1
        return f"{letter}{self._names}"

    @contextmanager
    def block(self, head: str) -> Iterator[None]:
        """The lines under `head`, one level in."""
        self.line(head)
        self._depth += 1
        before = len(self._lines)
        yield
        if len(self._lines) == before:
            self.line("pass")
        self._depth -= 1

    def text(self) -> str:
        return "\n".join(self._lines) + "\n"


def known(value: int, kind: str) -> str:
    """The name of a slot of the parameter array, read as `kind`."""
    return f"{'p' if kind == NUMBER else 'n'}{-1 - value}"
