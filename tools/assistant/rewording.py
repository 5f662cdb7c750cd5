"""Changes that are said of the words before: another thing instead of one, the other side too, a clause no longer.

What is reworded is the request, which is then read as a whole; a clause that goes is taken out of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...lang.diagnostics.edits import edited
from ...lang.diagnostics.model import Edit
from ...lang.diagnostics.span import Span
from ...lang.syntax.parse import parse

_CLAUSES = {
    "stop": "stop", "stop loss": "stop", "target": "target", "profit target": "target", "take profit": "target",
    "trailing stop": "trail", "trail": "trail", "limit": "limit", "time limit": "expire", "size": "size",
}  # fmt: skip
_INSTEAD = re.compile(r"(?:use|take|make it|with)?\s*(?P<new>.+?)\s+(?:instead of|rather than|not)\s+(?P<old>.+)")
_REPLACE = re.compile(r"(?:replace|change|swap)\s+(?P<old>.+?)\s+(?:with|by|to|for)\s+(?P<new>.+)")
_BOTH = re.compile(r"(?:and |also |go |trade )*(?:the )?(?:short|sell short|short side|long and short|both sides)"
                   r"(?: side)?(?: as well| too| also)?")  # fmt: skip
_GONE = re.compile(r"(?:please )?(?:remove|drop|delete|take out|forget|get rid of|cancel)\s+(?P<what>.+)")
_IT = re.compile(r"(?:make|set|change) (?:it|that|this)(?: to)? .*")
_SAID_OF_IT = "Say what is to be changed: the stop, the target, an average, as in 'make the stop 3%'."


def reworded(earlier: str, change: str) -> str | None:
    """The whole request where a change is said of its words, None where it is not."""
    said = _plain(change)
    for pattern in (_INSTEAD, _REPLACE):
        found = pattern.fullmatch(said)
        if found:
            return _in_place(earlier, _bare(found["old"]), _bare(found["new"]))
    return f"{earlier}. Long and short." if _BOTH.fullmatch(said) and earlier else None


def unclear(change: str) -> str:
    """Why a change cannot be made without saying of what; "" where it can."""
    return _SAID_OF_IT if _IT.fullmatch(_plain(change)) else ""


def without_clause(text: str, change: str) -> tuple[str, str] | None:
    """The text without a clause that is to go, and its word; None where the change is something else."""
    found = _GONE.fullmatch(_plain(change))
    word = _CLAUSES.get(_bare(found["what"])) if found else None
    if word is None:
        return None
    edits = list(_without(text, word))
    return (edited(text, edits), word) if edits else None


def _without(text: str, word: str) -> Iterator[Edit]:
    """Every clause of the word, with the line or the blank that it stands on."""
    for statement in parse(text).module.statements:
        for clause in getattr(statement, "clauses", ()):
            if clause.word == word:
                start = len(text[: clause.span.start].rstrip())
                yield Edit(Span(clause.span.source, start, clause.span.end), "")


def _in_place(earlier: str, old: str, new: str) -> str | None:
    """The request with other words in a place that it has once."""
    places = list(re.finditer(rf"(?<![\w.]){re.escape(old).replace(chr(92) + ' ', '[- ]')}(?![\w.])", earlier, re.I))
    if len(places) != 1:
        return None
    start, end = places[0].span()
    behind = earlier[end:].lstrip(" -").lower()
    last = new.split()[-1]
    kept = new.rpartition(" ")[0] if behind.startswith(last) and " " in new else new
    return earlier[:start] + kept + earlier[end:]


def _bare(words: str) -> str:
    return re.sub(r"^(?:the|a|an|my|any|that|its)\s+", "", words.strip())


def _plain(change: str) -> str:
    return " ".join(change.lower().replace("-", " ").split()).rstrip(" .!")
