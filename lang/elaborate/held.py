"""How long something lasts: bars, a duration, or a moment (`expire` of a lot, `valid` of an order that rests)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..diagnostics.model import Fix
from ..diagnostics.reports import replace
from ..diagnostics.span import Span
from ..program.nodes import BASE, Node
from ..program.units import Unit
from ..syntax import tree
from ..words.vocabulary import MOMENTS, MOMENTS_LATER
from . import magnitudes
from .expressions import Expressions
from .questions import EXPIRES, LASTS, stands_in
from .scope import Scope
from .values import Poison

_TIME = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")
_LOOSE_TIME = re.compile(r"\s*([0-9]{1,2})[:.h]?([0-9]{2})?\s*(am|pm)?\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Expiry:
    """When a lot leaves: kind is one of the plan's, `wait` its number of bars or seconds, `at` its time of day."""

    kind: str
    wait: Node | None = None
    at: str = ""


def expiry(part: Expressions, clause: tree.Clause | None, scope: Scope) -> Expiry | None:
    """What an `expire` clause says; None if there is none, or it was reported."""
    if clause is None or clause.value is None:
        return None
    name = moment(part, clause)
    if name is not None:
        return Expiry(name) if name else None
    if isinstance(clause.value, tree.Text):
        return _time_of_day(part, clause.value)
    wait, kind = length(part, clause, scope)
    return Expiry(kind, wait) if kind else None


def moment(part: Expressions, clause: tree.Clause) -> str | None:
    """The moment that a clause names, "" if it takes none of that name (reported); None if it names none."""
    name = clause.value
    if not isinstance(name, tree.Name) or not any(name.name in each for each in (*MOMENTS.values(), MOMENTS_LATER)):
        return None
    if name.name_span.start in part.context.resolutions[clause.span.source].bound:
        return None  # the program's own
    if name.name not in (*MOMENTS[clause.word], *MOMENTS_LATER):
        part.reports.error("E408", f"`{clause.word}` takes bars, a duration or `day`, found `{name.name}`", name.span,
                           help="an order that says nothing of its life rests for 1 bar")  # fmt: skip
        return ""
    if name.name in MOMENTS_LATER:
        part.reports.error("E901", f"`{clause.word} {name.name}` is not available yet", name.span,
                           help=MOMENTS_LATER[name.name])  # fmt: skip
        return ""
    return name.name


def length(part: Expressions, clause: tree.Clause, scope: Scope) -> tuple[Node | None, str]:
    """A number of bars or seconds, and which of both; (None, "") if it was reported."""
    assert clause.value is not None
    if part.context.weekday(clause.value):
        part.reports.error(
            "E408", f"`{clause.word}` takes bars or a duration, found a day of the week", clause.value.span,
            help=f"to leave on that day: `exit long when weekday == {part.context.text(clause.value.span)}`"
            if clause.word == "expire" else "an order ends on that day with "
            f"`until weekday == {part.context.text(clause.value.span)}`",
        )  # fmt: skip
        return None, ""
    answer = EXPIRES if clause.word == "expire" else LASTS
    node = part.number(clause.value, scope, BASE, f"a number of bars or a duration after `{clause.word}`", answer)
    if isinstance(node, Poison):
        return None, ""
    if stands_in(node):
        return node, "bars"
    value = node.data[0] if node.kind == "const" else None
    if isinstance(value, float) and not value > 0.0:
        part.reports.error("E415", f"`{clause.word}` must be above 0, found {value:g}", clause.value.span)
    elif node.kind != "calendar" and node.unit in (Unit.DURATION, Unit.BARS, Unit.PLAIN):
        kind = "seconds" if node.unit is Unit.DURATION else "bars"
        return (node, kind) if magnitudes.lasting(part.context, clause, node) else (None, "")
    else:
        found = "a fact of the calendar" if node.kind == "calendar" else node.unit.noun
        named = " or ".join(f"`{clause.word} {name}`" for name in MOMENTS[clause.word])
        part.reports.error("E408", f"`{clause.word}` takes bars or a duration, found {found}", clause.value.span,
                           help=f"for example `{clause.word} 20 bars`, `{clause.word} 4h`, {named}")  # fmt: skip
    return None, ""


def _time_of_day(part: Expressions, text: tree.Text) -> Expiry | None:
    """`"15:55"`, in the calendar zone."""
    said = text.literal
    if said is None or not _TIME.fullmatch(said):
        part.reports.error("E208", "expected a time of day after `expire`", text.span,
                           help='a time is written `"15:55"`, from `"00:00"` to `"23:59"`; the end of the day is '
                                "`expire day`", fixes=_meant(said or "", text.span))  # fmt: skip
        return None
    frame = part.context.timeframe
    if frame is not None and not frame.intraday:
        part.reports.error(
            "E420", f"bars of {frame} have no time of day", text.span,
            help="`expire day` leaves at the close of the fill's own bar, `expire next_open` at the open after it",
            fixes=[replace(f"replace with `{name}`", text.span, name) for name in ("day", "next_open")],
        )  # fmt: skip
        return None
    return Expiry("time", at=said)


def _meant(said: str, span: Span) -> list[Fix]:
    """`"9:30"`, `"4pm"` and `"1555"` as they are written here; `"24:00"` as the day's end."""
    match = _LOOSE_TIME.fullmatch(said)
    if match is None:
        return []
    hour, minute, half = int(match[1]), int(match[2] or 0), (match[3] or "").lower()
    if (hour, minute) == (24, 0):
        return [replace("replace with `day`", span, "day")]
    if half and not 1 <= hour <= 12:
        return []
    hour = hour % 12 + (12 if half == "pm" else 0) if half else hour
    text = f'"{hour:02}:{minute:02}"'
    return [replace(f"replace with `{text}`", span, text)] if hour < 24 and minute < 60 else []
