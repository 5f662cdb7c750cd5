"""What a draft means, told from the typed program alone: in whole, and what of it a change has changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from ...runtime.compiled.program import CompiledProgram


def read_back(program: CompiledProgram) -> str:
    """The program in plain English."""
    return str(program.explain())


def differences(before: CompiledProgram, after: CompiledProgram) -> str:
    """What the second means otherwise than the first, a line each; "" where nothing."""
    was, now = (read_back(program).splitlines() for program in (before, after))
    return "\n".join(_lines(was, now))


def _lines(was: Sequence[str], now: Sequence[str]) -> Iterator[str]:
    for tag, a, b, c, d in SequenceMatcher(None, was, now, autojunk=False).get_opcodes():
        if tag != "equal":
            yield from (f"no longer: {line.removeprefix('- ')}" for line in was[a:b])
            yield from (f"now: {line.removeprefix('- ')}" for line in now[c:d])
