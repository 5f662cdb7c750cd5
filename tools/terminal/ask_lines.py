"""Where a conversation of `strat ask` stands, in lines on standard error, and how its file is written."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ...lang.diagnostics.brief import printable
from ...lang.explain.brief import brief
from .console import OutsideError, fitted, say, show_diagnostics
from .progress import progress

if TYPE_CHECKING:
    from ...lang.diagnostics.holes import Hole
    from ..assistant.conversation import Conversation
    from ..assistant.drafting import Drafter


_REST = "(How orders are decided and filled is the same for every strategy:\n`strat explain FILE` tells it.)"


def save(conversation: Conversation, path: str) -> None:
    conversation.confirm()
    try:
        conversation.save(path)
    except OSError as error:
        raise OutsideError(str(error)) from None
    say(f"strat: {printable(path)}: written")


def show(conversation: Conversation, drafter: Drafter, *, whole: bool = True) -> None:
    """Where the conversation stands, on standard error. whole: all that it means, also where a change is told."""
    tried(conversation)
    show_diagnostics((conversation.faults or conversation.warnings)[:3], {"<text>": conversation.text})
    say("\n".join(fitted((printable(line) for line in lines_of(conversation, drafter, whole)), code="  ")))


def tried(conversation: Conversation) -> None:
    """The trial run is made, and how far it is is shown: not while anything else is written."""
    with progress():
        _ = conversation.probe


def lines_of(
    conversation: Conversation, drafter: Drafter | None, whole: bool = True,
    how: str = 'answer with --answer "1=VALUE", or on a terminal',
) -> Iterator[str]:  # fmt: skip
    """Where the conversation stands, for a person. how: a question is answered."""
    yield from (f"cannot: {told}" for told in conversation.refusals)
    yield from (f"note: {told}" for told in conversation.notes)
    for repair in conversation.repairs:
        if repair.aside:
            yield from ("A repair also changed what had no fault:", *repair.told(), "")
    if conversation.text and not conversation.refusals:
        yield from ("", *(f"  {line}" for line in conversation.text.splitlines()), "")
    if conversation.changes:
        yield from ("What changed:", *conversation.changes.splitlines(), "")
    if conversation.program is not None and (whole or not conversation.changes):
        told = brief(conversation.program.typed)
        yield from ("What it means:", *str(told).splitlines(), *_REST.splitlines(), "")
    found = conversation.probe
    yield from found.lines if found is not None else ()
    for number, asked in enumerate(conversation.questions, 1):
        yield f"question {number}: {asked.question} ({answered_by(conversation, asked)})"
    if conversation.questions:
        yield how
    usage = getattr(drafter, "usage", None)
    if usage is not None:
        yield f"({usage})"


def example(asked: Hole) -> str:
    """A value that would answer a question, as it is written."""
    return asked.example or ("close > open" if asked.kind == "condition" else "20")


def answered_by(conversation: Conversation, asked: Hole) -> str:
    """What answers a question, with examples: the words that it names, or a value as it is written."""
    offers = conversation.offers(asked)
    if offers:
        return f"{' or '.join(offers)}; or {asked.noun}"
    if asked.kind == "condition":
        return f"{asked.noun}, as {example(asked)}, or in words: RSI under 30"
    return f"{asked.noun}{f', as {asked.example}' if asked.example else ''}"
