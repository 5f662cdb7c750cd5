"""How much a text may ask for: a module of its own, because a host reads files before it needs a parser."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class TextLimits:
    """source: bytes of the text. state: bytes that a run of it keeps. cost: steps of one bar, about an instruction
    each. code: lines of native code that compiling it would be; 175,000 take up to about ten seconds and half a
    gigabyte, as measured in `docs/performance.md`."""

    source: int = 1 << 20
    state: int = 64 << 20
    cost: int = 400_000
    code: int = 175_000


STANDARD = TextLimits()
