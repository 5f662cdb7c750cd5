"""The keys of the prompt: what Enter does is said by the parser's tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prompt_toolkit.application import run_in_terminal
from prompt_toolkit.buffer import Buffer
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent

from ...lang.analysis.entered import INSIDE
from .entries import Entries
from .plain import show
from .reply import told

if TYPE_CHECKING:
    from .live import Live
    from .session import Session


def submits(text: str, session: Session) -> bool:
    """Whether a text is entered as it is: it is whole, or its author ended it with an empty line."""
    ends = [line.strip() for line in text.split("\n")[-2:]]
    if not text.strip() or ends == ["", ""]:  # two empty lines end what is unfinished, too, and its fault is told
        return True
    entries = Entries(session)
    found = [each for line in text.split("\n") for each in entries.feed(line)]
    if not entries.waiting:
        return bool(found)
    return False


def indent(text: str) -> str:
    """What the next line of an unfinished text begins with: as the line before, or inside of the first."""
    lines = text.split("\n")
    last = lines[-1]
    if len(lines) == 1:
        return INSIDE
    return last[: len(last) - len(last.lstrip())]


def bindings(session: Session, live: Live) -> KeyBindings:
    """Enter, Alt-Enter, Tab and F1; the others are the usual ones."""
    made = KeyBindings()

    @made.add("enter")
    def _(event: KeyPressEvent) -> None:
        buffer = event.current_buffer
        if buffer.complete_state and buffer.complete_state.current_completion:
            buffer.complete_state = None
            return
        if "\n" in buffer.document.text_after_cursor.rstrip():
            buffer.newline(copy_margin=True)
        elif submits(buffer.text, session):
            buffer.validate_and_handle()
        else:
            _next_line(buffer)

    @made.add("escape", "enter")
    def _(event: KeyPressEvent) -> None:
        _next_line(event.current_buffer)

    @made.add("tab")
    def _(event: KeyPressEvent) -> None:
        buffer = event.current_buffer
        if buffer.complete_state:
            buffer.complete_next()
        elif not buffer.document.current_line_before_cursor.strip() and buffer.text.strip():
            buffer.insert_text(INSIDE)
        else:
            buffer.start_completion(select_first=False, insert_common_part=True)

    @made.add("f1")
    def _(event: KeyPressEvent) -> None:
        document = event.current_buffer.document
        found = live.of(document.text).standing(document.cursor_position)
        lines = (found.title, *found.lines) if found else ("the word at the cursor means nothing that is known",)
        run_in_terminal(lambda: show(told("help", lines)))

    return made


def _next_line(buffer: Buffer) -> None:
    buffer.cursor_position = len(buffer.text) if not buffer.document.text_after_cursor.strip() else (
        buffer.cursor_position)  # fmt: skip
    buffer.insert_text("\n" + indent(buffer.document.text_before_cursor))
