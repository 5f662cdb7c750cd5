"""Rows of patterns over the letters of a request: what is put in place of what, before there are words and numbers."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import TypeAlias

Turn: TypeAlias = "tuple[str, str | Callable[[re.Match[str]], str]]"
"""A pattern, of whatever case, and what stands in its place: a template of `re.sub`, or what makes it of a match."""
Turns: TypeAlias = "tuple[Turn, ...]"


def rewritten(text: str, turns: Turns) -> str:
    """Each row in its turn over all of the text."""
    for pattern, becomes in _compiled(turns):
        text = pattern.sub(becomes, text)
    return text


@cache
def _compiled(turns: Turns) -> tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]], ...]:
    return tuple((re.compile(pattern, re.IGNORECASE), becomes) for pattern, becomes in turns)
