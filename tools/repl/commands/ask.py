"""Plain words to a program: a draft that is read back, tried on the data, asked about, and taken in after a yes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from ...terminal.console import INPUT, OUTSIDE
from .. import programs
from ..reply import Reply, failed, told

if TYPE_CHECKING:
    from ...assistant.conversation import Conversation
    from ..session import Session

NEW = "--new"


def ask(session: Session, rest: str) -> Reply:
    """`.ask buy when …` begins, and then changes what was asked; `.ask --new …` begins again."""
    begins = rest.startswith(NEW) or session.asked is None
    words = rest.removeprefix(NEW).strip()
    if not words:
        return failed("expected what the strategy should do: `.ask buy when rsi is below 30, sell above 55`")

    def go_on() -> Conversation:
        conversation = _begun(session) if begins else session.asked
        assert conversation is not None
        if not begins and conversation.refusals:
            conversation.undo()
        conversation.ask(words)
        return conversation

    return _moved(session, go_on)


def answer(session: Session, rest: str) -> Reply:
    """`.answer 20`, or `.answer 2 20` where there are several questions: what a question asks for."""
    conversation = session.asked
    if conversation is None or not conversation.questions:
        return failed("nothing was asked: `.ask` begins a conversation")
    number, _, written = rest.partition(" ")
    several = number.isdigit() and written.strip() and 1 <= int(number[:6]) <= len(conversation.questions)
    if not rest or (not several and len(conversation.questions) > 1):
        return failed(f"expected the number of a question, 1 to {len(conversation.questions)}, and the answer: "
                      "`.answer 1 20`")  # fmt: skip
    asked = conversation.questions[int(number) - 1 if several else 0]

    def go_on() -> Conversation:
        conversation.answer(asked, written.strip() if several else rest.strip())
        return conversation

    return _moved(session, go_on)


def yes(session: Session, rest: str) -> Reply:
    """What was drafted becomes the program, with the request in its comment."""
    conversation = session.asked
    if conversation is None:
        return failed("there is nothing to agree to: `.ask` begins a conversation")
    if conversation.refusals and conversation.steps > 1:
        conversation.undo()  # a change that was refused leaves what there was
    if not conversation.ready:
        return failed("it is no strategy yet: answer what is asked, or say it otherwise")
    conversation.confirm()
    state = replace(session.state, text=conversation.file_text, path="", on_disk=None, values={})
    reply = programs.become(session, state, "program")
    if not reply.failed:
        session.asked = None
    return reply


def no(session: Session, rest: str) -> Reply:
    """The conversation is over, and the program is what it was."""
    if session.asked is None:
        return failed("there is nothing to leave: `.ask` begins a conversation")
    session.asked = None
    return told("asked", ["left: the program is as it was"], asked=None)


def _begun(session: Session) -> Conversation:
    import os

    from ...assistant.conversation import Conversation
    from ...assistant.drafters import drafter

    session.drafter = drafter(None, environment=os.environ)
    return Conversation(session.drafter, data=None if session.data is None else session.data.held)


def _moved(session: Session, go_on: Callable[[], Conversation]) -> Reply:
    """Where the conversation stands after a step, or why it could not be made."""
    from ....lang.analysis.holes import AnswerError
    from ....lang.diagnostics.render import render
    from ...assistant.conversation import AskError
    from ...assistant.drafting import DraftingError
    from ...assistant.models.model import ModelChoiceError
    from ...terminal.ask_lines import example, lines_of

    try:
        session.asked = conversation = go_on()
    except (AskError, AnswerError) as error:
        return failed(str(error), INPUT)
    except (DraftingError, ModelChoiceError) as error:
        return failed(str(error), OUTSIDE)
    several = len(conversation.questions) > 1
    value = example(conversation.questions[0]) if conversation.questions else ""
    how = f"`.answer 1 {value}` answers the first" if several else f"`.answer {value}` answers it"
    lines = list(lines_of(conversation, session.drafter, whole=False, how=how))
    if conversation.faults:
        faults = render(conversation.faults[:3], {"<text>": conversation.text})
        lines = [*faults.splitlines(), *lines]
    if conversation.ready:
        lines.append("`.yes` takes it, `.no` leaves it, `.ask` and what to change changes it")
    document = conversation.to_dict()
    return told("asked", (part for line in lines for part in line.splitlines() or [""]), **document)
