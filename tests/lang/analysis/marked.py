"""Texts with a place marked by `|`."""

from __future__ import annotations

from stratagem.lang.analysis.analysis import Analysis, analyse

BEFORE = """param n = 20 in 5 to 50
## calm one
let calm = bb(close, n, 2)
## adds
fn f(a, b = 2) = a + b
state count = 0 then count + 1
"""


def marked(text: str) -> tuple[Analysis, int]:
    """The analysis of some definitions and a text, and the offset of its mark."""
    before, after = text.split("|")
    return analyse(BEFORE + before + after), len(BEFORE + before)
