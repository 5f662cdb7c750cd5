"""Drafts as they are let in: of bounded length, with nothing in them that could steer a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ...lang.diagnostics.brief import cut, flowing, printable
from ...lang.diagnostics.model import Diagnostic
from .drafting import Draft, Drafter

LONGEST = 50_000
"""Characters of a draft that are looked at."""
_SENTENCES, _SENTENCE = 20, 500


class Bounded:
    """A drafter whose drafts are plain."""

    def __init__(self, drafter: Drafter) -> None:
        self.drafter = drafter

    def draft(
        self, request: str, *, earlier: Draft | None = None, diagnostics: Sequence[Diagnostic] = ()
    ) -> Draft:  # fmt: skip
        """Protocol `Drafter`."""
        found = self.drafter.draft(request, earlier=earlier, diagnostics=diagnostics)
        notes, refusals = _sentences(found.notes), _sentences(found.refusals)
        if len(found.text) > LONGEST:
            told = f"the draft has {len(found.text):,} characters, more than a strategy needs ({LONGEST:,})"
            return Draft("", notes, (*refusals, told))
        return Draft("\n".join(map(printable, found.text.splitlines())), notes, refusals, found.request, found.offers)


def _sentences(said: Iterable[str]) -> tuple[str, ...]:
    return tuple(cut(printable(flowing(each)), _SENTENCE) for each in list(said)[:_SENTENCES])
