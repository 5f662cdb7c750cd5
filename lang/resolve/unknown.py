"""Says that a name means nothing, once for all places where it is written, with the name that may be meant."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from ...stdlib import library
from ...stdlib.operator import REGISTRY
from ..diagnostics.model import Edit, Fix, Note
from ..diagnostics.reports import Reports
from ..diagnostics.span import Span
from ..habits.table import renamed
from ..syntax import tree
from ..words.registry import Registry
from ..words.vocabulary import (
    BOOKS,
    BRACKET_WORDS,
    CONSTANTS,
    ENTER_CLAUSES,
    FACTS,
    NAMESPACES,
    NO_WORD,
    OTHER_WORDS,
    SERIES,
    TIME_FIELDS,
    WEEKDAYS,
)  # fmt: skip
from .definitions import Space
from .names import Role

TOLD = 3  # further places that are pointed at

Use = tuple[tree.Name, Role, Space]


def report(reports: Reports, unknown: Iterable[Use], registry: Registry) -> None:
    """One report for each name and way of using it: at its first place, with the others as notes and in the fix."""
    groups: dict[tuple[str, bool], list[Use]] = {}
    for use in sorted(unknown, key=lambda use: use[0].name_span.start):
        groups.setdefault((use[0].name, use[1] is Role.CALLED), []).append(use)
    for (_, called), uses in groups.items():
        if uses[0][0].name in FACTS:
            _fact(reports, uses, "E102" if called else "E101")
        else:
            (_function if called else _name)(reports, uses, registry)


def _fact(reports: Reports, uses: Sequence[Use], code: str) -> None:
    name = uses[0][0]
    reports.error(code, f"`{name.name}` is known in tests alone", name.name_span, notes=_elsewhere(uses),
                  help="of what is held a program reads `position`, of what has ended `trades`")  # fmt: skip


def _function(reports: Reports, uses: Sequence[Use], registry: Registry) -> None:
    name, _, space = uses[0]
    if name.name in registry.without:
        reports.error("E102", f"`{name.name}` is not to be had here: the program that runs this text has taken it away",
                      name.name_span, notes=_elsewhere(uses))  # fmt: skip
        return
    if name.name.lower() in NO_WORD and not renamed(name.name):
        reports.error("E102", f"there is no function `{name.name}`", name.name_span, notes=_elsewhere(uses),
                      help=NO_WORD[name.name.lower()])  # fmt: skip
        return
    if name.name in (*SERIES, *TIME_FIELDS, *BOOKS):
        reports.error(
            "E102", f"`{name.name}` is a value and takes nothing", name.name_span, notes=_elsewhere(uses),
            help=f"it stands alone: `{name.name}`{_OF_A_BAR.format(name.name) if name.name in SERIES else ''}",
        )  # fmt: skip
        return
    close = renamed(name.name) or reports.nearest(name.name, lambda: sorted(_functions(space, registry)))
    notes = [Note(f"did you mean `{close}`?")] if close else []
    reports.error(
        "E102", f"there is no function `{name.name}`", name.name_span, notes=[*notes, *_elsewhere(uses)],
        fixes=_replaced(uses, close), help="`strat functions` lists every one",
    )  # fmt: skip


_OF_A_BAR = "; of the bar before `{0}[1]`, of another timeframe `{0} @ 1d`, of another symbol `{0} of SPY`"


def _name(reports: Reports, uses: Sequence[Use], registry: Registry) -> None:
    name, _, space = uses[0]
    if space.find(name.name, called=True) or name.name in registry.names:
        reports.error(
            "E102", f"`{name.name}` is a function", name.name_span, help=f"call it: `{name.name}(…)`",
            fixes=_replaced(uses, f"{name.name}()" if _needs_nothing(uses[0]) else _example(uses[0])),
            notes=_elsewhere(uses),
        )  # fmt: skip
        return
    if name.name == "r":
        reports.error(
            "E101", "`r` is a unit, which stands right behind its number", name.name_span, notes=_elsewhere(uses),
            fixes=_replaced(uses, "1r"), help="`2r` is twice the way from the fill to the first stop",
        )  # fmt: skip
        return
    if space.clause == "expire":
        reports.error(
            "E101", f"nothing is named `{name.name}`", name.name_span, notes=_elsewhere(uses),
            help='`expire` is after `20 bars` or `4h`, at `next_open`, `day` or `"15:55"`; when a condition holds: '
            "`exit long when …`",
        )  # fmt: skip
        return
    if name.name in BRACKET_WORDS and space.clause == "trail":
        reports.error(
            "E101", f"`{name.name}` is not known in a `trail`, which counts from the best price", name.name_span,
            notes=_elsewhere(uses), help="the way from the fill to the first stop is `1r`: `stop 2% trail 1r`",
        )  # fmt: skip
        return
    if name.name in BRACKET_WORDS:
        instead = "position.entry_price" if name.name == "entry" else f"position.{name.name}"
        reports.error(
            "E101", f"`{name.name}` is known only inside a stop or target", name.name_span, notes=_elsewhere(uses),
            help=f"of the open position it is `{instead}`", fixes=_replaced(uses, instead),
        )  # fmt: skip
        return
    if name.name in ENTER_CLAUSES:
        reports.error(
            "E101", f"`{name.name}` is a clause, and no value", name.name_span, notes=_elsewhere(uses),
            help="write the level itself once more, or give it a name: `let level = …`",
        )  # fmt: skip
        return
    if name.name.lower() in NO_WORD:
        reports.error("E101", f"nothing is named `{name.name}`", name.name_span, notes=_elsewhere(uses),
                      help=NO_WORD[name.name.lower()])  # fmt: skip
        return
    close = OTHER_WORDS.get(name.name.lower()) or reports.nearest(name.name, lambda: _could_stand(uses[0], registry))
    notes = [Note(f"did you mean `{close}`?")] if close else []
    reports.error("E101", f"nothing is named `{name.name}`", name.name_span, notes=[*notes, *_elsewhere(uses)],
                  fixes=_replaced(uses, close))  # fmt: skip


def _needs_nothing(use: Use) -> bool:
    """Whether the function of this name can be called without an argument."""
    name, _, space = use
    own = space.find(name.name, called=True)
    if own is not None:
        return isinstance(own.statement, tree.Fn) and all(p.default is not None for p in own.statement.parameters)
    entry = library.find(name.name)
    return entry is not None and all(default is not None for _, default in entry.parameters)


def _example(use: Use) -> str | None:
    """`rsi(close, 14)`: a call of a function that needs arguments, as its example has it; None of the author's own."""
    name, _, space = use
    entry = library.find(name.name) if space.find(name.name, called=True) is None else None
    operator = REGISTRY.get(name.name)
    if entry is None and (operator is None or space.find(name.name, called=True) is not None):
        return None
    text = entry.doc.partition("Example: `")[2] if entry is not None else operator.example if operator else ""
    found = _CALL.match(text)
    return found[0] if found is not None and found[1] == name.name else None


_CALL = re.compile(r"(\w+)\([^()]*(?:\([^()]*\)[^()]*)*\)(?:\.\w+)?")


def _elsewhere(uses: Sequence[Use]) -> list[Note]:
    return [Note("and here", use[0].name_span) for use in uses[1 : 1 + TOLD]]


def _replaced(uses: Sequence[Use], close: str | None) -> list[Fix]:
    """The fix that writes another name, wherever the unknown one stands: a guess, so never a safe one."""
    edits: list[Span] = [name.name_span for name, _, _ in uses]
    return [Fix(f"replace with `{close}`", tuple(Edit(span, close) for span in edits))] if close else []


def _could_stand(use: Use, registry: Registry) -> list[str]:
    """The words in reach where a name stands: `position` and the like only before a dot."""
    _, role, space = use
    words = NAMESPACES if role is Role.OWNER else (*SERIES, *TIME_FIELDS, *BOOKS, *WEEKDAYS, *CONSTANTS)
    return [*space.visible(), *words, *registry.words]


def _functions(space: Space, registry: Registry) -> Iterator[str]:
    yield from registry.names
    inner: Space | None = space
    while inner is not None:
        yield from inner.functions
        inner = inner.parent
