"""A diagnostic is a value: what is wrong, where, what was expected, and what to do.

No stage prints. Stages return or raise diagnostics, faces render them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from .brief import LONGEST
from .span import Span

_LONG = re.compile(rf"(\w{{{LONGEST}}})\w+")
ERROR, QUESTION, WARNING, HINT = "error", "question", "warning", "hint"


def _shortened(message: str) -> str:
    """A name of the author's may be as long as the text: a message shows its beginning."""
    return _LONG.sub(r"\1…", message) if len(message) > LONGEST else message


@dataclass(frozen=True, slots=True)
class Edit:
    """Replace the text of `span` by `text`."""

    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Fix:
    """A change that mends the fault.

    `safe` only where one meaning can have been meant, and this is it: a tool applies it unasked. A name that is
    guessed, a size or a unit that may be another, and whatever changes what a sound program computes is not.
    """

    title: str
    edits: tuple[Edit, ...]
    safe: bool = False

    def __post_init__(self) -> None:
        object.__setattr__(self, "title", _shortened(self.title))


@dataclass(frozen=True, slots=True)
class Note:
    """A second place or a reason: `span` may be None."""

    message: str
    span: Span | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "message", _shortened(self.message))


@dataclass(frozen=True, slots=True)
class Answer:
    """What would be right in place of a hole.

    kind: "number", "length" (of bars), "percent", "price", "level" (a price, a distance or a ratio), "distance",
    "quantity", "money", "bars", "duration", "time", "time of day", "time zone", "symbol", "timeframe", "condition",
    "series", "choice" (one word of several), "text", "column", "cost"; "value" where the text does not tell.
    unit: that of a number, as `strat functions` names it, else "". noun: the same in words. example: how it is written.
    """

    kind: str
    unit: str
    noun: str
    example: str = ""


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One fault, or one question: then `asked` is what would be right there.

    `code` is stable ("E101"); `message` stands alone, lower case, no full stop.
    """

    code: str
    severity: str
    message: str
    span: Span
    notes: tuple[Note, ...] = ()
    help: str = ""
    fixes: tuple[Fix, ...] = field(default=())
    asked: Answer | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "message", _shortened(self.message))
        object.__setattr__(self, "help", _shortened(self.help))

    @property
    def is_error(self) -> bool:
        """Whether a text with it does not compile."""
        return self.severity == ERROR

    @property
    def stops(self) -> bool:
        """Whether a text of which this is said cannot run: it has a fault, or a question is open."""
        return self.severity in (ERROR, QUESTION)


def open_questions(diagnostics: Iterable[Diagnostic]) -> str:
    """One sentence that names the questions among them."""
    asked = [f'"{d.message}"' for d in diagnostics if d.severity == QUESTION]
    named = "; ".join(asked[:_NAMED]) + (f"; and {len(asked) - _NAMED} more" if len(asked) > _NAMED else "")
    count = f"{len(asked)} questions" if len(asked) > 1 else "a question"
    return f"the program asks {count}, and does not run before the text answers: {named}"


_NAMED = 5


class CompileError(Exception):
    """The text cannot be compiled; `diagnostics` says why, first cause first."""

    def __init__(self, diagnostics: Sequence[Diagnostic], sources: dict[str, str] | None = None) -> None:
        self.diagnostics: tuple[Diagnostic, ...] = tuple(diagnostics)
        self.sources: dict[str, str] = dict(sources or {})
        super().__init__(self._summary())

    def _summary(self) -> str:
        if not any(diagnostic.is_error for diagnostic in self.diagnostics):
            return open_questions(self.diagnostics)
        first = self.diagnostics[0]
        more = len(self.diagnostics) - 1
        return f"{first.code}: {first.message}" + (f" (and {more} more)" if more else "")

    def __reduce__(self) -> tuple[Any, ...]:
        return (type(self), (self.diagnostics, self.sources))
