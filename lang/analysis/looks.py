"""What a word is by its looks alone, for what colours text without reading it: one list of patterns in their order.

`kinds.painted` knows more, because it knows what each name is bound to. The patterns are of the kind that every engine
of regular expressions has alike, so that an editor's grammar and a page's lexer are both made from them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ..syntax import tables
from ..words.functions import function_names
from ..words.table import WORDS
from ..words.vocabulary import CONSTANTS, FACTS, NAMESPACES, STATEMENTS
from .kinds import JOINTS, Class


class Look(NamedTuple):
    """A pattern, and what a word that it matches is; the first that matches at a place counts."""

    kind: Class
    pattern: str


def _any(words: Iterable[str]) -> str:
    return r"\b(?:" + "|".join(sorted(words, key=lambda word: (-len(word), word))) + r")\b"


_LITERALS = frozenset(word for word in tables.LITERALS if word[0].isalpha())
_VALUES = {word.name.partition(".")[0] for word in WORDS if word.kind in ("series", "time", "weekday", "book")}
_SIGNS = "|".join(map(re.escape, sorted(set(tables.LITERALS) - _LITERALS, key=lambda sign: (-len(sign), sign))))
_NAME = r"[A-Za-z_][A-Za-z0-9_]*"

LOOKS = (
    Look(Class.COMMENT, r"#[^\n]*"),
    Look(Class.TEXT, r'"[^"\n]*"?'),
    Look(Class.NUMBER, r"\b[0-9][0-9_]*(?:\.[0-9]+)?(?:%|[A-Za-z_][A-Za-z0-9_]*)?"),
    Look(Class.SERIES, rf"(?<=\.){_NAME}"),
    Look(Class.CLAUSE, r"\bon[ \t]+(?:entries|exits|entry)\b"),
    Look(Class.BUILT_IN, _any({*function_names(), *FACTS}) + r"(?=[ \t]*\()"),
    Look(Class.STATEMENT, _any(STATEMENTS)),
    Look(Class.WORD, _any(JOINTS)),
    Look(Class.FUNCTION, rf"\b(?!{_any(_LITERALS)}){_NAME}(?=[ \t]*\()"),
    Look(Class.CLAUSE, _any(_LITERALS - {*STATEMENTS, *JOINTS})),
    Look(Class.SERIES, _any({*_VALUES, *NAMESPACES, *CONSTANTS} - _LITERALS)),
    Look(Class.NAME, rf"\b{_NAME}"),
    Look(Class.SIGN, _SIGNS),
)
_ALL = re.compile("|".join(f"({pattern})" for _, pattern in LOOKS))


def looked(text: str) -> Iterator[tuple[int, int, Class]]:
    """Every word of a text by its looks: its two offsets and what it is."""
    for match in _ALL.finditer(text):
        yield match.start(), match.end(), LOOKS[(match.lastindex or 1) - 1].kind
