"""What makes the text of a strategy from plain words: one protocol, whoever does it.

A drafter only writes. Whether the text compiles, what it means and whether it trades is found out from the text, by
the conversation; nothing that a drafter says about its own draft is taken for true.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, TypeAlias

from ...lang.diagnostics.model import Diagnostic

Offers: TypeAlias = tuple[tuple[str, tuple[tuple[str, str], ...]], ...]


@dataclass(frozen=True, slots=True)
class Draft:
    """The text of a strategy, as somebody meant it.

    text: a `.strat` program; "" where there is none. What the request leaves open stands in it as `?"question"`.
    notes: what the person should know of how the words were taken, a sentence each.
    refusals: what the request asks for and the draft does not do, and why (it contradicts itself, it cannot be said in
    the language), a sentence each. With a refusal the text is not what was asked, so that the conversation ends there
    unless the person takes it as it is.
    request: all the words that it was made from, where the drafter wants them back with a change.
    offers: questions of the text that name their answers, each with these words and what they stand for.
    """

    text: str
    notes: tuple[str, ...] = ()
    refusals: tuple[str, ...] = ()
    request: str = ""
    offers: Offers = ()


class Drafter(Protocol):
    """Writes a strategy for a request."""

    def draft(
        self, request: str, *, earlier: Draft | None = None, diagnostics: Sequence[Diagnostic] = ()
    ) -> Draft:
        """The strategy of a request, in the person's own words; never raises for what the words say.

        earlier: the draft so far. With `diagnostics` (spans in its text, first cause first) it has these faults, and is
        to be written again for the same request with the rules that have none as they are; without them `request`
        says what is to change in it, as in "make the stop 3 %".
        Raises DraftingError where the drafter itself fails: its server is not there, or it was cancelled.
        """
        ...


class DraftingError(Exception):
    """A drafter could not do its work, for a reason that is not in the request; the message says what to do."""
