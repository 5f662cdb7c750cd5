"""What the shell holds between two entries: values that are replaced, never changed, so that undoing is going back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ...lang.program.program import Program
    from ...runtime.compiled.program import CompiledProgram
    from ...runtime.results.result import Result


@dataclass(frozen=True, slots=True)
class State:
    """text: of the program; values: of parameters that were moved, as written; path: of its file, "" without one;
    on_disk: what that file held when it was last read or written.
    """

    text: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    path: str = ""
    on_disk: bytes | None = None

    @property
    def unsaved(self) -> bool:
        """Whether anything was entered that no file holds."""
        return bool(self.text.strip()) and self.text.encode() != self.on_disk


@dataclass(frozen=True, slots=True)
class Context:
    """The program beside what is entered: `text` ends with the place where that stands, at `before`."""

    text: str
    before: int


@dataclass(frozen=True, slots=True)
class Ran:
    """A run of the program. options: what it was asked with, for the next; key: of all that it rests on."""

    key: str
    program: CompiledProgram
    result: Result
    options: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Compiled:
    """The program of a text; warned: what was said of it, by code and message."""

    text: str
    program: Program | None
    warned: frozenset[tuple[str, str]]


NOTHING = Compiled("", None, frozenset())
