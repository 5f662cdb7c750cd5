"""The numbered results: `_1` is the first expression that was asked, `_` the last."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ...lang.analysis.entered import words_of

_NAME = re.compile(r"_[0-9]*")
LONGEST = 20_000
"""Characters of an expression with those that it names written out."""


class NoSuchResult(Exception):
    """A result that there is not."""


def written_out(text: str, results: Sequence[str]) -> str:
    """A text with the expressions that it calls `_` and `_1`, in brackets; NoSuchResult names one that there is not."""
    parts, done = [], 0
    for token in words_of(text):
        if token.kind == "NAME" and _NAME.fullmatch(token.text) and not _is_field(text, token.start):
            parts += [text[done : token.start], f"({_found(token.text, results)})"]
            done = token.end
    whole = "".join([*parts, text[done:]])
    if parts and len(whole) > LONGEST:
        raise NoSuchResult(f"written out this is longer than {LONGEST:,} characters: name a part with `let`")
    return whole


def named_in(text: str, results: Sequence[str]) -> list[tuple[str, str]]:
    """The results that a text names, each once with its expression; those that there are not are left out."""
    names = {token.text for token in words_of(text) if token.kind == "NAME" and _NAME.fullmatch(token.text)}
    found = []
    for name in sorted(names):
        try:
            found.append((name, _found(name, results)))
        except NoSuchResult:
            continue
    return found


def _is_field(text: str, at: int) -> bool:
    return text[:at].rstrip().endswith(".")


def _found(name: str, results: Sequence[str]) -> str:
    if not results:
        raise NoSuchResult(f"there is no result yet for `{name}` to stand for: an expression makes one")
    number = int(name[1:]) if len(name) > 1 else len(results)
    if not 1 <= number <= len(results):
        raise NoSuchResult(f"there is no result `{name}`: there are _1 to _{len(results)}")
    return results[number - 1]
