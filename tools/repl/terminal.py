"""The shell at a terminal: prompt_toolkit around the session, which knows nothing of it."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from functools import cache
from threading import Thread

from prompt_toolkit import PromptSession
from prompt_toolkit.application import run_in_terminal
from prompt_toolkit.auto_suggest import AutoSuggestFromHistory
from prompt_toolkit.document import Document
from prompt_toolkit.formatted_text import StyleAndTextTuples
from prompt_toolkit.input import Input
from prompt_toolkit.lexers import Lexer
from prompt_toolkit.output import ColorDepth, Output
from prompt_toolkit.styles import Style

from ..terminal import progress
from ..terminal.console import columns
from . import bar
from .commands.edit import changed
from .completion import Offered
from .history import Kept, place
from .keys import bindings
from .live import Live
from .plain import show
from .session import Session

PROMPT, CONTINUED = "strat> ", "   ..> "
WATCHED = 0.5
"""Seconds between two looks at the program's file."""
_COLOURS = {
    "command": "ansimagenta bold", "statement": "ansiblue bold", "clause": "ansiblue", "word": "ansiblue",
    "parameter": "ansiyellow", "definition": "ansicyan", "state": "ansicyan", "argument": "ansicyan",
    "function": "ansigreen", "built-in": "ansigreen", "series": "ansibrightcyan", "number": "ansimagenta",
    "text": "ansired", "comment": "ansibrightblack italic", "wrong": "underline ansibrightred",
    "bottom-toolbar": "noreverse bg:default ansibrightblack", "fault": "ansired", "signature": "ansigreen",
    "prompt": "ansibrightblack",
}  # fmt: skip


class Painter(Lexer):
    """The colours of a text, by the analysis that everything else asks, too."""

    def __init__(self, live: Live) -> None:
        self._live = live

    def lex_document(self, document: Document) -> Callable[[int], StyleAndTextTuples]:
        """The parts of each line with their classes."""
        text = document.text
        styles = [""] * len(text)
        for word in self._live.of(text).words:
            style = f"class:{word.kind}" + (" class:wrong" if word.wrong else "")
            styles[word.start : word.end] = [style] * (word.end - word.start)
        starts = [0]
        for line in document.lines:
            starts.append(starts[-1] + len(line) + 1)

        def of_line(number: int) -> StyleAndTextTuples:
            if number >= len(document.lines):
                return []
            begin = starts[number]
            return [(styles[begin + at], character) for at, character in enumerate(document.lines[number])]

        return of_line


def converse(
    session: Session, *, input: Input | None = None, output: Output | None = None, history: Kept | None = None,
) -> int:  # fmt: skip
    """Ask and answer until it is left; gives the exit code, which is 0."""
    session.asks_before_leaving = True
    history = history or Kept(place())
    Thread(target=_warm, name="warm", daemon=True).start()
    prompt = prompter(session, input=input, output=output, history=history)
    print(f"Stratagem {_version()}: `.help` lists the commands, Ctrl-D leaves")
    said = ""
    while True:
        if history.trouble != said:
            said = history.trouble
            print(said)
        try:
            text = prompt.prompt(pre_run=lambda: _watch(session, prompt))
        except KeyboardInterrupt:
            continue
        except EOFError:
            if _leaves(session):
                return 0
            continue
        if answer(session, text):
            return 0


@cache
def _warm() -> None:
    """What the first answer would wait for, while somebody reads and types: the engine. Once for the process."""
    from ...runtime.run.evaluate import evaluate

    with suppress(Exception):
        evaluate("close", {"ts": [0, 86_400_000_000], "close": [1.0, 1.0]}, timeframe="1d")


def answer(session: Session, text: str) -> bool:
    """Enter a text and show what is answered; whether that is the end."""
    session.look = replace(session.look, width=columns(sys.stdout))
    try:
        with progress.progress():
            for reply in session.answers(text):
                progress.clear()
                show(reply)
                if reply.ends:
                    return True
    except KeyboardInterrupt:
        print()
    return False


def _leaves(session: Session) -> bool:
    """Ctrl-D, which asks once where something is not saved."""
    return answer(session, ".quit")


def prompter(
    session: Session, *, input: Input | None = None, output: Output | None = None, history: Kept | None = None,
) -> PromptSession[str]:  # fmt: skip
    """The prompt with all that belongs to it."""
    live = Live(session)
    colour = session.look.colour
    made: PromptSession[str] = PromptSession(
        [("class:prompt", PROMPT)],
        multiline=True,
        enable_open_in_editor=True,
        tempfile_suffix=".strat",
        prompt_continuation=lambda width, number, wrapped: [("class:prompt", CONTINUED[-width:])],
        lexer=Painter(live),
        completer=Offered(session, live),
        complete_while_typing=True,
        auto_suggest=AutoSuggestFromHistory(),
        history=history,
        key_bindings=bindings(session, live),
        bottom_toolbar=lambda: _toolbar(session, live, made),
        style=Style.from_dict(_COLOURS if colour else _WITHOUT),
        color_depth=None if colour else ColorDepth.DEPTH_1_BIT,
        include_default_pygments_style=False,
        input=input,
        output=output,
    )  # fmt: skip
    return made


_WITHOUT = {"bottom-toolbar": "noreverse", "wrong": "underline"}


def _toolbar(session: Session, live: Live, prompt: PromptSession[str]) -> StyleAndTextTuples:
    width = prompt.app.output.get_size().columns
    document = prompt.default_buffer.document
    kind, text = bar.hint(live.of(document.text), document.cursor_position)
    return [(f"class:{kind}" if kind else "", text[: width - 1].ljust(1)), ("", "\n"), ("", bar.held(session, width))]


def _watch(session: Session, prompt: PromptSession[str]) -> None:
    """While the prompt waits, look at the program's file, and read it again when it was saved."""

    async def look() -> None:
        while True:
            await asyncio.sleep(WATCHED)
            again = changed(session)
            if again is not None:
                await run_in_terminal(lambda again=again: show(session.guarded(again)))  # type: ignore[misc]
                prompt.app.invalidate()

    prompt.app.create_background_task(look())


def _version() -> str:
    from ... import __version__

    return __version__
