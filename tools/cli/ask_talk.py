"""`strat ask` with a person at the terminal: questions, changes and the yes, one after another.

Nothing is drawn while the person types: the progress line is there only while work lasts.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from ...lang.diagnostics.brief import printable
from ..terminal.ask_lines import answered_by, save, show
from ..terminal.console import INPUT, say
from ..terminal.progress import progress

if TYPE_CHECKING:
    from ..assistant.conversation import Conversation
    from ..assistant.drafting import Drafter

_YES, _NO, _UNDO = ("y", "yes"), ("n", "no", "q", "quit", "exit"), ("undo", "u")
_LEAVES = "undo: back a step, n: leave"


def talk(conversation: Conversation, drafter: Drafter, out: str | None) -> int:
    """The exit code, once what was asked for is taken or left; an end of the input is a no. out: the file to write."""
    told = False
    while True:
        asks = bool(conversation.questions) and not conversation.faults
        if not asks and not told:
            show(conversation, drafter, whole=False)
            told = True
        if not asks:
            _back_from_refusal(conversation)
        said = _read(_question(conversation) if asks else _ways(conversation, out))
        if said is None or said.lower() in _NO:
            say("strat: nothing was written")
            return INPUT
        if not said:
            continue
        if said.lower() in _UNDO:
            told = not _undone(conversation) and told
        elif said.lower() in _YES and not asks and conversation.ready:
            break
        else:
            told = not (_answered if asks else _changed)(conversation, said)
    if out:
        save(conversation, out)
    else:
        sys.stdout.write(conversation.file_text)
    return 0


# --- what is asked -------------------------------------------------------------------------------------


def _question(conversation: Conversation) -> str:
    """The first open question, with what answers it and how to leave it."""
    asked = conversation.questions[0]
    return f"{printable(asked.question)} ({printable(answered_by(conversation, asked))}; {_LEAVES}): "


def _ways(conversation: Conversation, out: str | None) -> str:
    does = "replace" if out and os.path.exists(out) else "write"
    what = f"{does} {printable(out)}" if out else "take it"
    ways = f"y: {what}, {_LEAVES}, or what to change" if conversation.ready else f"say it otherwise ({_LEAVES})"
    return f"{ways}: "


def _read(prompt: str) -> str | None:
    """A line of the person's; None at the end of the input."""
    sys.stderr.write(prompt)
    sys.stderr.flush()
    line = sys.stdin.readline()
    return line.strip() if line else None


# --- what is done with what was said: whether it moved -------------------------------------------------


def _answered(conversation: Conversation, written: str) -> bool:
    from ...lang.analysis.holes import AnswerError

    try:
        with progress():
            conversation.answer(1, written)
    except AnswerError as error:
        say(f"strat: {printable(str(error))}")
        return False
    return True


def _changed(conversation: Conversation, said: str) -> bool:
    from ..assistant.drafting import DraftingError

    try:
        with progress():
            conversation.ask(said)
    except DraftingError as error:  # what there was is not lost with a server
        say(f"strat: {printable(str(error))}")
        return False
    return True


def _undone(conversation: Conversation) -> bool:
    """The step before; the first request stays, as there is nothing before it."""
    if conversation.steps < 2:
        say("strat: there is no step before this one; n leaves it")
        return False
    conversation.undo()
    return True


def _back_from_refusal(conversation: Conversation) -> None:
    """What there was before a change that was refused is there still, to be taken or changed otherwise."""
    if conversation.refusals and conversation.text and conversation.steps > 1:
        conversation.undo()
        say("The change was not made: it stands as it was.")
