"""A diagnostic is a value: what is wrong, where, what was expected, and what to do.

No stage prints. Stages return or raise diagnostics, faces render them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from .brief import LONGEST
from .span import Span

_LONG = re.compile(rf"(\w{{{LONGEST}}})\w+")
ERROR, WARNING, HINT = "error", "warning", "hint"


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
class Diagnostic:
    """One fault. `code` is stable ("E101"); `message` stands alone, lower case, no full stop."""

    code: str
    severity: str
    message: str
    span: Span
    notes: tuple[Note, ...] = ()
    help: str = ""
    fixes: tuple[Fix, ...] = field(default=())

    def __post_init__(self) -> None:
        object.__setattr__(self, "message", _shortened(self.message))
        object.__setattr__(self, "help", _shortened(self.help))

    @property
    def is_error(self) -> bool:
        return self.severity == ERROR


class CompileError(Exception):
    """The text cannot be compiled; `diagnostics` says why, first cause first."""

    def __init__(self, diagnostics: Sequence[Diagnostic], sources: dict[str, str] | None = None) -> None:
        self.diagnostics: tuple[Diagnostic, ...] = tuple(diagnostics)
        self.sources: dict[str, str] = dict(sources or {})
        super().__init__(self._summary())

    def _summary(self) -> str:
        first = self.diagnostics[0]
        more = len(self.diagnostics) - 1
        return f"{first.code}: {first.message}" + (f" (and {more} more)" if more else "")

    def __reduce__(self) -> tuple[Any, ...]:
        return (type(self), (self.diagnostics, self.sources))
