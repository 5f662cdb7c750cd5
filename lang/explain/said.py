"""A value in words, and how tightly its words hold together: where one is part of another, brackets stand if needed.

The words are read by these rules alone, so that no two values have the same: see `LEVELS`.
"""

from __future__ import annotations

from typing import NamedTuple

LOOSE, OR, AND, CLAUSE, POSTFIX, SUM, PRODUCT, NEGATIVE, PREFIX, ATOM = range(10)
"""From loose to tight: `a if c, else b` · `or` · `and` · `a is above b` · `close 2 bars ago` · `a + b` · `a × b` · `-a`
· `the 5-bar average of close` · `close`, `7`, what stands in brackets."""


class Said(NamedTuple):
    """Words. open: what followed an operator behind them could be read as part of them, as in `the average of close`.

    alone: where the value stands by itself, of a parameter with what it is unless a run says otherwise.
    """

    text: str
    level: int = ATOM
    open: bool = False
    alone: str = ""

    @property
    def whole(self) -> str:
        """As it stands by itself."""
        return self.alone or self.text

    def at_least(self, level: int, *, before: bool = False) -> str:
        """As part of something else. before: an operator follows."""
        return f"({self.text})" if self.level < level or (before and self.open) else self.text

    def operand(self) -> str:
        """Beside a word that compares: everything tighter than a condition stands bare."""
        return self.whole if self.level >= POSTFIX else f"({self.text})"


def infix(sign: str, level: int, left: Said, right: Said) -> Said:
    """`left sign right`, read from the left: `a - b - c` is `(a - b) - c`."""
    second = right.at_least(level + 1)
    return Said(f"{left.at_least(level, before=True)} {sign} {second}", level, right.open and second == right.text)


def joined(word: str, level: int, left: Said, right: Said) -> Said:
    """Conditions that `and` or `or` joins; of both kinds together each has its brackets."""
    fits = {level, CLAUSE, POSTFIX, ATOM, PREFIX}
    first = left.text if left.level in fits else f"({left.text})"
    second = right.text if right.level in fits - {level} else f"({right.text})"
    return Said(f"{first} {word} {second}", level)


def clause(text: str) -> Said:
    """A condition that is one sentence."""
    return Said(text, CLAUSE)


def prefix(text: str, of: Said | None = None) -> Said:
    """`the 5-bar average of close`: what it is of stands behind it."""
    if of is None:
        return Said(text, PREFIX)
    return Said(f"{text} {of.at_least(PREFIX)}", PREFIX, True)


def postfix(of: Said, text: str) -> Said:
    """`close 2 bars ago`: what it is of stands before it, as a whole."""
    return Said(f"{of.at_least(ATOM)} {text}", POSTFIX, True)


def bare(text: str) -> str:
    """The text without brackets around the whole of it."""
    depth = 0
    for at, letter in enumerate(text):
        depth += (letter == "(") - (letter == ")")
        if depth == 0:
            return text[1:-1] if letter == ")" and at == len(text) - 1 else text
    return text
