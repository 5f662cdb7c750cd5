"""Statements: added to the program, or in the place of those that they change; and what that does to what was run."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ...lang.analysis.entered import words_of
from ...lang.compile import check_text
from ...lang.diagnostics.inner import inner
from ...lang.diagnostics.model import Diagnostic
from ...lang.inputs.parameters import Parameter, chosen, written
from ...lang.plan.build import parameters
from ...lang.syntax.scanner import END
from . import runs
from .program import Merged, is_whole, merged, pieces, titles
from .reply import Reply, failed, faulty, told, with_warnings
from .state import State

if TYPE_CHECKING:
    from .session import Session

NAME = "<program>"
HERE = "<shell>"
MISSING = frozenset(("W101", "W505", "W601", "W602", "W603", "W604"))
"""Warnings of what a program lacks: while it is being written more is to come, so a run tells them."""


def add(session: Session, text: str) -> Reply:
    """Take statements into the program; a text that is a program of its own takes the program's place."""
    if is_whole(text):
        return become(session, replace(session.state, text=f"{text.strip()}\n", path="", on_disk=None), "program")
    wrong, sources = _faults(session, text)
    if wrong:
        return faulty(wrong, sources, session.look)
    made = merged(session.state.text, text)
    names = {piece.key[1] for piece in pieces(text) if piece.key[0] == "name"}
    moved = {name: value for name, value in session.state.values.items() if name not in names}
    return become(session, replace(session.state, text=made.text, values=moved), "program", made, text)


def become(
    session: Session, state: State, kind: str, made: Merged | None = None, entered: str = ""
) -> Reply:  # fmt: skip
    """Hold another program: it compiles, or nothing changes. What was run is run again where what it trades differs."""
    before = session.compiled
    if made is None and state.path != session.state.path:  # another program is no change of the one that was run
        session.ran = None
    found = check_text(state.text, NAME, timezone=session.timezone) if state.text.strip() else None
    if found is not None and found.program is None:
        return faulty(found.diagnostics, found.sources, session.look)
    session.become(state)
    said = () if found is None else found.diagnostics
    fresh = [each for each in said if each.severity == "warning" and each.code not in MISSING
             and (each.code, each.message) not in before.warned]  # fmt: skip
    lines = list(_lines(state, made, entered))
    document: dict[str, Any] = {"statements": len(pieces(state.text)), "program": state.text}
    if made is not None:
        document["changed"] = list(made.replaced)
    again = runs.again(session)
    if again is not None:
        document["run"] = again.document
    reply = Reply(kind, (*told(kind, lines).lines, *(again.lines if again else ())), document)
    return with_warnings(reply, fresh, {} if found is None else found.sources, session.look)


def _lines(state: State, made: Merged | None, entered: str) -> Sequence[str]:
    if made is None:
        count = len(pieces(state.text))
        return [f"a program of {count} statement{'s' * (count != 1)}"]
    lines = []
    found = pieces(entered)
    for piece, title in zip(found, titles(found, entered), strict=True):
        name = " ".join(part for part in piece.key if part not in ("name", ""))
        lines.append(f"{'changed' if name in made.replaced else 'added'}: {title}")
        if title.startswith("plot "):
            lines.append(f"  `.{title}` draws it here")
    return lines


def _faults(session: Session, text: str) -> tuple[Sequence[Diagnostic], dict[str, str]]:
    """What is said of a text beside the rest of the program, with the places of both."""
    context = session.context(text)
    gap = "\n" if context.text else ""
    before = context.before + len(gap)
    found = check_text(context.text + gap + text, HERE, timezone=session.timezone)
    if found.program is not None:
        return (), {}
    own = [each for each in found.diagnostics if each.severity not in ("hint", "warning")]
    if all(each.span.start >= before for each in own):
        return inner(own, HERE, before), {HERE: text}
    return own, dict(found.sources)


def as_move(session: Session, text: str) -> Reply | None:
    """`fast = 30`, where `fast` is a parameter: it is moved there. None for anything else."""
    tokens = words_of(text)
    if len(tokens) < 4 or tokens[0].kind != "NAME" or tokens[1].kind != "=" or tokens[-1].kind != END:
        return None
    program = session.program
    if program is None or tokens[0].text not in {param.name for param in program.params}:
        return None
    return move(session, {tokens[0].text: text[tokens[1].end :].strip()})


def move(session: Session, wanted: dict[str, str]) -> Reply:
    """Give parameters other values, and say what becomes of what was run. ParameterError for one that cannot be."""
    program = session.program
    if program is None or not program.params:
        return failed("the program has no parameter: `param fast = 20 in 5 to 100` makes one")
    known = parameters(program)
    values = {**session.values, **wanted}
    chosen(known, values)
    runs.once(session)
    session.become(replace(session.state, values=values))
    return told_params(session)


def _told_param(parameter: Parameter, value: float | bool) -> str:
    """A parameter's value, and where it was moved from."""
    moved = "" if value == parameter.default else f"  (in the text {written(parameter, parameter.default)})"
    return f"{parameter.name} = {written(parameter, value)}{moved}"


def told_params(session: Session) -> Reply:
    """The parameters with their values, and what a moved one did to the run."""
    program = session.program
    known = parameters(program) if program else ()
    values = chosen(known, session.values)
    lines = [_told_param(each, values[each.name]) for each in known]
    document: dict[str, Any] = {"params": dict(values)}
    again = runs.again(session)
    if again is not None:
        return Reply("params", (*told("", lines).lines, *again.lines), {**document, "run": again.document})
    return told("params", lines, **document)
