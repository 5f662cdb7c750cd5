"""The program in the author's editor, and its file watched: what is saved there is read again."""

from __future__ import annotations

import os
import shlex
import subprocess
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from ....lang.diagnostics.brief import named
from ...terminal.console import OutsideError, UsageError, read_source
from .. import programs
from ..reply import Reply, told
from .arguments import path_of
from .files import take_file

if TYPE_CHECKING:
    from ..session import Session


def edit(session: Session, rest: str) -> Reply:
    """The program, or a file, in $VISUAL or $EDITOR; a program without a file is edited in one that goes away."""
    if not session.asks_before_leaving:
        raise UsageError("an editor needs a terminal: change the file where it is, and `load` it")
    path, _ = path_of(rest)
    path = path or session.state.path
    if path:
        _run_editor(path)
        return take_file(session, path)
    with tempfile.TemporaryDirectory(prefix="strat-") as folder:
        place = Path(folder) / "program.strat"
        place.write_text(session.rejected or session.state.text, encoding="utf-8")
        _run_editor(str(place))
        text = place.read_bytes().decode("utf-8", "replace")
    if text == session.state.text:
        return told("program", ["nothing was changed"], program=text)
    reply = programs.become(session, replace(session.state, text=text), "program")
    session.rejected = text if reply.failed else ""
    if reply.failed:
        return replace(reply, lines=(*reply.lines, *told("", ["the program is as it was; `.edit` again to mend "
                                                              "what you wrote"]).lines))  # fmt: skip
    return reply


def _run_editor(path: str) -> None:
    """Wait until the editor has ended; OutsideError where there is none, or it fails."""
    editor = os.environ.get("VISUAL") or os.environ.get("EDITOR") or "vi"
    try:
        done = subprocess.run([*shlex.split(editor), path], check=False)
    except (OSError, ValueError) as error:
        raise OutsideError(f"the editor {named(editor)} cannot be run ({error}): set EDITOR to one") from None
    if done.returncode:
        raise OutsideError(f"the editor {named(editor)} ended with code {done.returncode}: nothing was read")


def changed(session: Session) -> Callable[[], Reply] | None:
    """What reads the program's file again, where it holds something else than when it was last read or written."""
    path = session.state.path
    if not path or (session.state.on_disk is None and session.refused is None):
        return None
    try:
        if not os.path.isfile(path) or read_source(path) in (session.state.on_disk, session.refused):
            return None
    except OutsideError:
        return None  # it is gone for now, as it is while some editors save

    def again() -> Reply:
        reply = take_file(session, path)
        session.refused = read_source(path) if reply.failed else None
        head = told("", [f"{path} was saved"]).lines
        return replace(reply, lines=(*head, *reply.lines))

    return again
