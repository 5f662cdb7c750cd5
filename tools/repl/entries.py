"""Lines as they come, a pipe's or a pasted text's, gathered to what is entered together.

The same rules as at the prompt: what is unfinished goes on; an order goes on with its clauses, and ends with an empty
line or with what cannot be one; all else is whole at the end of its line.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from ...lang.analysis.entered import (
    Entered,
    begins_anew,
    entered,
    goes_on,
    is_readable,
    is_unfinished,
    takes_clauses,
    words_of,
)

if TYPE_CHECKING:
    from .commands.table import Command


class Knows(Protocol):
    """What tells a command from the language."""

    def command(self, text: str) -> Command | None: ...


class Entries:
    """Feed lines, get what is whole."""

    def __init__(self, knows: Knows) -> None:
        self._knows = knows
        self._lines: list[str] = []

    @property
    def waiting(self) -> bool:
        """Whether something was begun that may go on."""
        return bool(self._lines)

    def feed(self, line: str) -> list[str]:
        """What a further line ends."""
        found: list[str] = []
        if self._lines and self._ends(line):
            found.append(self._taken())
        if not self._lines and not line.strip():
            return found
        self._lines.append(line)
        if self.is_whole("\n".join(self._lines)):
            found.append(self._taken())
        return found

    def end(self) -> list[str]:
        """What is left at the end of the lines."""
        return [self._taken()] if self._lines else []

    def is_whole(self, text: str) -> bool:
        """Whether nothing more can be meant to come."""
        if self._knows.command(text) is not None:
            return True
        return not is_unfinished(text) and not takes_clauses(text) and not _only_comments(text)

    def _ends(self, line: str) -> bool:
        """Whether what was begun ends before a line."""
        text = "\n".join(self._lines)
        if is_unfinished(text):
            return begins_anew(text, line) or self._is_dotted(line)
        if _only_comments(text):
            return not line.strip()
        return not line.strip() or not goes_on(text, line)

    def _is_dotted(self, line: str) -> bool:
        return line.startswith(".") and self._knows.command(line) is not None

    def _taken(self) -> str:
        text = "\n".join(self._lines)
        self._lines = []
        return text


def _only_comments(text: str) -> bool:
    """Comments, which belong to what comes next."""
    return entered(words_of(text)) is Entered.NOTHING and text.lstrip().startswith("#")


def split(text: str, knows: Knows) -> list[str]:
    """A text as what is entered one after another; statements that follow each other are one, so that their order
    means nothing."""
    if knows.command(text) is not None or is_readable(text):
        return [text]
    entries = Entries(knows)
    found = [each for line in text.splitlines() for each in entries.feed(line)] + entries.end()
    if len(found) < 2:
        return [text] if text.strip() else []
    together: list[list[str]] = []
    before = ""
    for each in found:
        kind = "command" if knows.command(each) is not None else str(entered(words_of(each)))
        if kind == before == Entered.STATEMENTS:
            together[-1].append(each)
        else:
            together.append([each])
        before = kind
    return ["\n".join(each) for each in together] if len(together) > 1 else [text]
