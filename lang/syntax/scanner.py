"""Text to tokens: one regular expression, made of the grammar's own terminals and of the usual slips.

A slip that stands for something (`&&`, curly quotes, `1e-5`) is reported and
becomes the token that was meant, so that it causes no further fault.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from . import marks, tables
from .faults import Faults

MAX_TOKENS = 100_000
END = "$END"


class Token(NamedTuple):
    """One word of the text; `kind` is its literal text, NAME, NUMBER, STRING or $END."""

    kind: str
    text: str
    start: int
    end: int

    @property
    def unclosed(self) -> bool:
        """Whether this is a text whose end is missing; its own was added."""
        return self.kind == "STRING" and self.end - self.start < len(self.text)


class Scanned(NamedTuple):
    """The tokens with $END last, every comment, and the `##` comments by the offset of the token they precede."""

    tokens: list[Token]
    comments: list[tuple[str, int]]
    docs: dict[int, str]


OF_WORDS = ("ON_SIDE", "CAPITAL_IN")
"""Tokens of several words, between which any blanks are the same."""
NOTHING = Scanned([Token(END, "", 0, 0)], [], {})
"""Of a text that was not read."""
_WORDS = {literal: literal for literal in tables.LITERALS if literal[0].isalpha()}
_SIGNS = sorted((literal for literal in tables.LITERALS if not literal[0].isalpha()), key=len, reverse=True)
_WHITE = r"[ \t\r\n\f\v\u00a0\u2000-\u200b\u202f\u3000\ufeff]*+"
_LEXEMES = re.compile(
    rf"{_WHITE}(?:\Z|" + "|".join(
        (
            rf"(?P<COMMENT>#[^\n{marks.BREAKS}]*)",
            rf"(?P<STRING>{tables.PATTERNS['STRING']})",
            rf"(?P<SLIP>{marks.PATTERN})",
            # A wider suffix than the grammar's: what follows a number at once is always meant to be its suffix.
            r"(?P<NUMBER>[0-9][0-9_]*(?:\.[0-9]+)?(?:%|[A-Za-z_][A-Za-z0-9_]*)?)",
            rf"(?P<ON_SIDE>{tables.PATTERNS['ON_SIDE']}\b)",
            rf"(?P<CAPITAL_IN>{tables.PATTERNS['CAPITAL_IN']}\b)",
            rf"(?P<NAME>{tables.PATTERNS['NAME']}+(?![^\W\x00-\x7f]))",
            r"(?P<FOREIGN>[^\W\d]\w*)",
            rf"(?P<SIGN>{'|'.join(map(re.escape, _SIGNS))})",
            r"(?P<OTHER>[^\x00-\x7f]+|.)",
        )
    ) + ")",
    re.DOTALL,
)


def scan(faults: Faults, start: int = 0, end: int | None = None, most: int = MAX_TOKENS) -> Scanned:
    """The tokens of the text between two offsets, `most` of them at the most."""
    text = faults.text
    end = len(text) if end is None else end
    tokens: list[Token] = []
    comments: list[tuple[str, int]] = []
    docs: dict[int, str] = {}
    pending: list[str] = []
    for match in _LEXEMES.finditer(text, start, end):
        kind = match.lastgroup
        if kind is None:
            break  # blanks at the end
        written, at = match[kind], match.start(kind)
        if kind == "COMMENT":
            comments.append((written, at))
            _document(pending, written, text, at)
            continue
        if kind == "NAME" or kind == "SIGN":
            token = Token(_WORDS.get(written, kind) if kind == "NAME" else written, written, at, match.end())
        elif kind == "FOREIGN":
            marks.foreign_name(faults, written, at)
            token = Token("NAME", written, at, match.end())
        elif kind == "SLIP" or kind == "OTHER":
            meant = marks.read(faults, written, at)
            if meant is None:
                faults.dropped += [] if written in marks.MARKS else [at]
                continue
            token = Token(meant[0], meant[1], at, match.end())
        else:
            token = Token(kind, written, at, match.end())
        if pending:
            docs[at] = " ".join(pending)
            pending.clear()
        tokens.append(token)
        if len(tokens) > most:
            faults.stop("E608", f"the text has more than {MAX_TOKENS:,} words", at, match.end(), help="split it")
    tokens.append(Token(END, "", end, end))
    return Scanned(tokens, comments, docs)


def _document(pending: list[str], comment: str, text: str, at: int) -> None:
    """Keep a `##` comment that has its line to itself; another comment between it and a declaration parts them."""
    if comment.startswith("##") and not text[text.rfind("\n", 0, at) + 1 : at].strip():
        pending.append(comment[2:].strip())
    else:
        pending.clear()
