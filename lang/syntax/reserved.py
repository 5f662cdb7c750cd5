"""Says of a word of a later version that it is not available yet, and what is today."""

from __future__ import annotations

from ..words.vocabulary import LATER
from .faults import Faults


def report(faults: Faults, word: str, start: int, end: int) -> None:
    """Say that the construct of `word` comes later."""
    faults.error("E901", f"`{word}` is not available yet", start, end, help=LATER[word])
