"""What the shell answers: a value that a face shows as lines, or as one JSON document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ...lang.diagnostics.brief import abridged, printable
from ...lang.diagnostics.model import CompileError, Diagnostic
from ...lang.diagnostics.render import render, to_json
from ..terminal.console import INPUT, OUTSIDE, USAGE, Failure


@dataclass(frozen=True, slots=True)
class Look:
    """How lines may look: columns, colour, more than ASCII."""

    width: int = 80
    colour: bool = False
    unicode: bool = True

    def dim(self, text: str) -> str:
        return f"\x1b[2m{text}\x1b[0m" if self.colour else text


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer. kind: "value", "program", "run" … or "error"; lines: for a person, with nothing in them but our own
    colours that could steer a terminal; document: for a program; exit: what a command would end with; ends: the shell
    is left.
    """

    kind: str
    lines: tuple[str, ...] = ()
    document: Mapping[str, Any] = field(default_factory=dict)
    exit: int = 0
    ends: bool = False

    @property
    def failed(self) -> bool:
        return self.exit != 0

    def to_json(self) -> dict[str, Any]:
        """The document, with what kind it is of; of an error as every command tells it."""
        return {"kind": self.kind, **({"exit": self.exit} if self.failed else {}), **self.document}


def told(kind: str, lines: Iterable[str] = (), **document: Any) -> Reply:
    """An answer of plain lines: names in them may come from anywhere."""
    return Reply(kind, tuple(printable(line) for line in lines), document)


def painted(kind: str, text: str, **document: Any) -> Reply:
    """An answer whose text was made safe, and coloured, where it was made."""
    return Reply(kind, tuple(text.splitlines()), document)


def failed(message: str, exit: int = USAGE) -> Reply:
    """What cannot be done, and what to do."""
    return Reply("error", (abridged(message),), {"message": message, "diagnostics": []}, exit)


def faulty(
    diagnostics: Sequence[Diagnostic], sources: Mapping[str, str], look: Look, kind: str = "error", exit: int = INPUT,
) -> Reply:  # fmt: skip
    """What is wrong with a text."""
    lines = tuple(render(diagnostics, dict(sources), colour=look.colour).splitlines())
    message = "; ".join(each.message for each in diagnostics if each.severity not in ("warning", "hint"))
    return Reply(kind, lines, {"message": message, "diagnostics": _plain(diagnostics, sources)}, exit)


def _plain(diagnostics: Sequence[Diagnostic], sources: Mapping[str, str]) -> list[dict[str, Any]]:
    return [to_json(each, dict(sources)) for each in diagnostics]


def with_warnings(
    reply: Reply, diagnostics: Sequence[Diagnostic], sources: Mapping[str, str], look: Look
) -> Reply:  # fmt: skip
    """The answer with what is to be told besides of the text it is about."""
    if not diagnostics:
        return reply
    lines = render(diagnostics, dict(sources), colour=look.colour).splitlines()
    document = {**reply.document, "diagnostics": _plain(diagnostics, sources)}
    return Reply(reply.kind, (*reply.lines, *lines), document, reply.exit, reply.ends)


FAULT = "a fault of the shell itself, which nothing you entered was lost by"
"""Begins what is told of an error that nobody expected."""


def of_error(error: BaseException, look: Look) -> Reply:
    """What went wrong, with the exit code that says whose fault it is; what is none of ours is raised again."""
    from ...lang.inputs.errors import GivenError
    from ...runtime.data.errors import DataChoiceError, DataError, UnreadableError
    from ...runtime.errors import RunError, UsageFault
    from ...runtime.native.errors import NativeError

    if isinstance(error, CompileError):
        return faulty(error.diagnostics, error.sources, look)
    if isinstance(error, Failure):
        return failed(str(error), error.code)
    if isinstance(error, KeyboardInterrupt):
        return failed("interrupted: nothing has changed", OUTSIDE)
    if isinstance(error, (UsageFault, GivenError, DataChoiceError)):
        return failed(str(error), USAGE)
    if isinstance(error, (UnreadableError, NativeError)):
        return failed(str(error), OUTSIDE)
    if isinstance(error, (RunError, DataError)):
        return failed(str(error), INPUT)
    if isinstance(error, MemoryError):
        return failed("not enough memory: take fewer bars, or fewer combinations", OUTSIDE)
    if isinstance(error, OSError) and not isinstance(error, BrokenPipeError):
        return failed(f"{error.filename or 'the system'}: {error.strerror or error}", OUTSIDE)
    if isinstance(error, Exception) and not isinstance(error, BrokenPipeError):
        return failed(f"{FAULT}: {type(error).__name__}: {error}", OUTSIDE)
    raise error


def columns_of(names: Sequence[str], width: int) -> Iterator[str]:
    """Names side by side, as many as fit into lines of so many columns."""
    across = max(map(len, names), default=0) + 2
    each = max(1, width // across)
    for at in range(0, len(names), each):
        yield "".join(name.ljust(across) for name in names[at : at + each]).rstrip()
