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
_INSTEAD = re.compile(r"(?:also )?(?:use|take|try|make it|with)\s+(?P<new>.+?)\s+"
                      r"(?:instead of|rather than)\s+(?P<old>.+)")  # fmt: skip
_REPLACE = re.compile(r"(?:replace|change|swap)\s+(?P<old>.+?)\s+(?:with|by|to|for)\s+(?P<new>.+)")
_BOTH = re.compile(r"(?:and |also |go |trade )*(?:the )?(?:short|sell short|short side|long and short|both sides)"
                   r"(?: side)?(?: as well| too| also)?")  # fmt: skip
_GONE = re.compile(r"(?:please )?(?:remove|drop|delete|take out|forget|get rid of|cancel)\s+(?P<what>.+)")
_IT = re.compile(r"(?:make|set|change) (?:it|that|this)(?: to)? .*")
_SAID_OF_IT = "Say what is to be changed: the stop, the target, an average, as in 'make the stop 3%'."


def set_anew(change: str) -> str:
    """`change the stop to 3%` as it is said of one: `make the stop 3%`; any other change as it is."""
    found = _REPLACE.fullmatch(_plain(change))
    return f"make the {_bare(found['old'])} {found['new']}" if found and _bare(found["old"]) in _CLAUSES else change


def reworded(earlier: str, change: str) -> str | None:
    """The whole request where a change is said of its words, None where it is not."""
    swap = _swap(change)
    if swap:
        return _in_place(earlier, *swap)
    return f"{earlier}. Long and short." if _BOTH.fullmatch(_plain(change)) and earlier else None


def unclear(earlier: str, change: str) -> str:
    """Why a change cannot be made without saying of what; "" where it can."""
    swap = _swap(change)
    if swap and earlier and reworded(earlier, change) is None:
        return f"'{swap[0]}' does not stand once in what was said ({earlier}): say the change in the words of that."
    return _SAID_OF_IT if _IT.fullmatch(_plain(change)) else ""


def _swap(change: str) -> tuple[str, str] | None:
    """The old words and the new ones; a clause that is set anew (`change the stop to 3%`) is no swap of words."""
    for pattern in (_INSTEAD, _REPLACE):
        found = pattern.fullmatch(_plain(change))
        if found and _bare(found["old"]) not in _CLAUSES:
            return _bare(found["old"]), _bare(found["new"])
    return None


def without_clause(text: str, change: str) -> tuple[str, str] | None:
    """The text without a clause that is to go, and its word; None where the change is something else."""
    found = _GONE.fullmatch(_plain(change))
    words = [_CLAUSES.get(_bare(each)) for each in re.split(r",? and |, ", found["what"])] if found else []
    told = [word for word in words if word and list(_without(text, word))]
    if not told or len(told) < len(words):
        return None
    for word in told:
        text = edited(text, _without(text, word))
    return text, " and no ".join(told)


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
