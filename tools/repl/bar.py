"""The bar below the prompt: what is wrong or asked for where the cursor is, and what the shell holds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ...lang.diagnostics.brief import cut, flowing, one_line
from ...runtime.results.format import counted, shown
from .live import Typed

if TYPE_CHECKING:
    from .session import Session


def hint(typed: Typed, cursor: int) -> tuple[str, str]:
    """What is told of the place where the cursor is: ("fault", …), ("signature", …), or ("", "")."""
    fault = typed.fault_at(cursor)
    if fault is not None:
        return "fault", one_line(fault.message)
    signature, meaning = typed.signature(cursor)
    if signature:
        return "signature", one_line(f"{signature}  {flowing(meaning)}")
    return "", ""


def held(session: Session, width: int) -> str:
    """The data, the program and the last result, in a line of so many columns."""
    parts = [_data(session), _program(session), _last(session)]
    apart = " │ " if session.look.unicode else " | "
    return apart.join(_fitting(parts, width - 1 - len(apart) * (len(parts) - 1)))


def _fitting(parts: Sequence[str], room: int) -> list[str]:
    """Parts that have so many columns together: the longest are cut, as far as they have to be."""
    found = list(parts)
    left = len(parts)
    for at in sorted(range(len(parts)), key=lambda at: len(parts[at])):
        share = max(1, room // left)
        found[at] = parts[at] if len(parts[at]) <= share else cut(parts[at], share - 1)
        room, left = room - len(found[at]), left - 1
    return found


def _data(session: Session) -> str:
    data = session.data
    return "no data" if data is None else f"{data.name} · {counted(data.bars, 'bar')}"


def _program(session: Session) -> str:
    if not session.state.text.strip():
        return "no program"
    program = session.program
    title = (program.title if program else "") or session.state.path.rpartition("/")[2] or "untitled"
    moved = ", ".join(f"{name}={value}" for name, value in session.values.items())
    unsaved = "*" if session.state.unsaved else ""
    return one_line(f"{title}{unsaved}" + (f" · {moved}" if moved else ""))


def _last(session: Session) -> str:
    if session.ran is not None:
        values = session.ran.result.values
        return f"{shown(values['return'], 'ratio', True)} · {counted(int(values['trades'] or 0), 'trade')}"
    return f"_{len(session.results)}" if session.results else "no result"
