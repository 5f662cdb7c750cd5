"""How a translation stands to what is right for a request: right, asked, refused, or silently wrong."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from stratagem.tools.assistant.translate import translator
from stratagem.tools.assistant.translate.translator import Translation

from .corpus import Request
from .judge import Record, record


@cache
def translation(words: str) -> Translation:
    """What the translator makes of a request, asked for by many tests and made once."""
    return translator.translation(words)


@cache
def reference(program: str) -> Record:
    return record(program)


def same_orders(program: str, text: str) -> bool:
    """Whether a text runs and does what the program does."""
    if text.strip() == program.strip():
        return True
    try:
        found, expected = record(text, like=program), reference(program)
    except Exception:  # whatever is wrong with it, it is not the same
        return False
    return found.declared == expected.declared and found.runs == expected.runs


def verdict(request: Request) -> str:
    """right; `part`: asked, but not all that has to be; asked, refused: honest misses; wrong: silently."""
    made = translation(request.words)
    if request.program:
        if made.draft.refusals:
            return "refused"
        if made.holes:
            return "asked"
        return "right" if same_orders(request.program, made.draft.text) else "wrong"
    if request.asks:
        if made.draft.refusals:
            return "refused"
        return _asked(made, set(request.asks)) if made.holes else "wrong"
    return "right" if made.draft.refusals else "asked" if made.holes else "wrong"


def _asked(made: Translation, wanted: set[str]) -> str:
    return "right" if wanted <= {hole.kind for hole in made.holes} else "part"


def verdicts(requests: Iterable[Request]) -> dict[str, list[Request]]:
    found: dict[str, list[Request]] = {}
    for request in requests:
        found.setdefault(verdict(request), []).append(request)
    return found
