"""The program and its file: show, load, save, drop, clear, undo, fmt."""

from __future__ import annotations

import os
from dataclasses import replace
from typing import TYPE_CHECKING

from ....lang.diagnostics.brief import named
from ....lang.words.limits import STANDARD
from ...terminal.console import UsageError, read_source, write_text
from .. import programs
from ..program import dropped, pieces
from ..reply import Reply, failed, faulty, told
from ..state import State
from .arguments import OVER, path_of

if TYPE_CHECKING:
    from ..session import Session


def may_write(session: Session, path: str, over: bool) -> None:
    """UsageError where something stands there that this session did not write."""
    if os.path.exists(path) and not over and os.path.abspath(path) not in session.wrote:
        raise UsageError(f"{named(path)} is there already: {OVER} writes over it, or choose another name")


def show(session: Session, rest: str) -> Reply:
    """The program, the first line of each statement with its number."""
    text = session.state.text
    if not text.strip():
        return told("program", ["the program is empty"], statements=0, program="")
    numbers = {text.count("\n", 0, piece.start): number for number, piece in enumerate(pieces(text), 1)}
    lines = [f"{numbers.get(at, ''):>3}  {line}".rstrip() for at, line in enumerate(text.rstrip("\n").split("\n"))]
    return told("program", lines, statements=len(numbers), program=text, file=session.state.path or None)


def load(session: Session, rest: str) -> Reply:
    """A program from a file. With a fault it is told, and the program of the shell stays."""
    path, _ = path_of(rest)
    if not path:
        return failed("expected the path of a .strat file: `load strategies/golden_cross.strat`")
    return take_file(session, path)


def take_file(session: Session, path: str) -> Reply:
    """Hold the program of a file; it is the program's file from then on."""
    content = read_source(path)
    if len(content) > STANDARD.source:
        return failed(f"{named(path)} is longer than {STANDARD.source:,} bytes", 1)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return failed(f"{named(path)}: byte {content[error.start]:#04x} at {error.start:,} is not UTF-8 text", 1)
    reply = programs.become(session, State(text, {}, path, content), "program")
    if reply.failed and not session.state.text.strip():  # it is the program's file all the same: to be mended, and read
        session.state, session.refused = State("", {}, path), content
    return reply


def save(session: Session, rest: str) -> Reply:
    """The program to its own file, or to another that is not there yet."""
    given, over = path_of(rest)
    path, state = given or session.state.path, session.state
    if not path:
        return failed("the program has no file yet: `save NAME.strat`")
    if not state.text.strip():
        return failed("the program is empty: there is nothing to save")
    own = os.path.abspath(path) == os.path.abspath(state.path) if state.path else False
    if own and not over and os.path.exists(path) and read_source(path) != state.on_disk:
        return failed(f"{named(path)} has changed since it was read: `load` takes what it holds now, `save {OVER}` "
                      "writes over that")  # fmt: skip
    if not own:
        may_write(session, path, over)
    write_text(path, state.text)
    session.wrote.add(os.path.abspath(path))
    session.state = replace(state, path=path, on_disk=state.text.encode())
    return told("saved", [f"saved: {path}"], file=path)


def drop(session: Session, rest: str) -> Reply:
    """A statement, by its name or its number."""
    found = dropped(session.state.text, rest.strip())
    if found is None:
        return failed(f"there is no statement {named(rest)!r}: `.show` numbers them" if rest else
                      "expected a name or a number of a statement: `.show` numbers them")  # fmt: skip
    reply = programs.become(session, replace(session.state, text=found[0]), "program")
    if reply.failed:
        first = failed(f"something reads it: {found[1].split(chr(10))[0]}", reply.exit)
        return replace(reply, lines=(*first.lines, *reply.lines))
    return replace(reply, lines=(*told("", [f"dropped: {' '.join(found[1].split())}"]).lines, *reply.lines[1:]))


def clear(session: Session, rest: str) -> Reply:
    """An empty program, without a file."""
    session.become(State())
    session.ran = None
    return told("program", ["the program is empty; `.undo` brings it back"], statements=0, program="")


def undo(session: Session, rest: str) -> Reply:
    """The program and its parameters before the last change."""
    from ..runs import again

    if session.back() is None:
        return failed("there is nothing to undo")
    made = again(session)
    count = len(pieces(session.state.text))
    head = told("", [f"as before: a program of {count} statement{'s' * (count != 1)}"]).lines
    lines = (*head, *(made.lines if made else ()))
    return Reply("program", lines, {"statements": count, "program": session.state.text})


def fmt(session: Session, rest: str) -> Reply:
    """The one layout, every comment kept."""
    from ....lang.format.format import formatted

    found = formatted(session.state.text, programs.NAME)
    if found.diagnostics:
        return faulty(found.diagnostics, {programs.NAME: session.state.text}, session.look)
    session.become(replace(session.state, text=found.text))
    return show(session, "")
