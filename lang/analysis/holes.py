"""The questions that a text asks, and the edit that answers one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, is_dataclass

from ..diagnostics.edits import edited
from ..diagnostics.holes import Hole, found_in
from ..diagnostics.lines import lines_of
from ..diagnostics.model import Diagnostic, Edit
from ..diagnostics.span import Span
from ..syntax import tree
from ..syntax.parse import Parsed, parse
from .analysis import Analysis, analyse

_SOURCE = "<text>"
_ONE_WORD = {"symbol": ("NAME", "STRING"), "timeframe": ("NUMBER",), "text": ("STRING",)}
"""What an answer is where no value stands."""


class AnswerError(ValueError):
    """An answer that cannot stand in the place of the hole; `diagnostics` say why, where the text itself says it."""

    def __init__(self, message: str, diagnostics: Sequence[Diagnostic] = ()) -> None:
        super().__init__(message)
        self.diagnostics = tuple(diagnostics)


def holes(text: str | bytes) -> tuple[Hole, ...]:
    """Every question that a text asks, in its order; none where nothing is asked, whatever else is wrong with it.

    Never raises for what the text says.
    """
    found = analyse(text)
    return found_in(found.diagnostics, found.text)


def answer(text: str | bytes, hole: Hole | int, written: str) -> str:
    """The text with a hole answered: what is written stands in its place, in brackets where it needs them.

    hole: one of `holes(text)`, or its place among them from 0. AnswerError where there is no such hole, where what is
    written is no answer or more than one, or where the text with it has a fault that it had not: `20` for a share of
    equity, a price in a name that is read as a condition elsewhere.
    """
    before = analyse(text, _SOURCE)
    return edited(before.text, [answering(before, hole, written)])


def answering(before: Analysis, hole: Hole | int, written: str) -> Edit:
    """The edit of `answer`, for a text that was read already; AnswerError as there."""
    asked = _asked(before, hole)
    given = written.strip()
    if not given:
        raise AnswerError(f'an answer to "{asked.question}" is {asked.noun}, and this one is empty')
    place = Span(before.source, asked.start, asked.end)
    role = next(each.role for each in before.module.holes if each.span.start == asked.start)
    forms = [given] if role else [given, f"({given})"]
    for form in forms:
        made = edited(before.text, [Edit(place, form)])
        if _stands(before, parse(made, before.source), asked, form, role):
            _right(before, made, asked, form)
            return Edit(place, form)
    raise AnswerError(f'`{given}` does not answer "{asked.question}": it is {asked.noun}, and nothing more',
                      _faults(parse(edited(before.text, [Edit(place, given)]), before.source)))  # fmt: skip


def _asked(analysis: Analysis, hole: Hole | int) -> Hole:
    found = found_in(analysis.diagnostics, analysis.text)
    if isinstance(hole, int):
        if not 0 <= hole < len(found):
            asks = f"the text asks {len(found)} questions" if found else "the text asks nothing"
            raise AnswerError(f"there is no hole {hole}: {asks}")
        return found[hole]
    here = next((each for each in found if (each.start, each.question) == (hole.start, hole.question)), None)
    if here is None:
        raise AnswerError(f'the text does not ask "{hole.question}" there: holes move when a text changes')
    return here


def _stands(before: Analysis, after: Parsed, asked: Hole, form: str, role: str) -> bool:
    """Whether what is written takes the place of the hole and of nothing else."""
    if _new(before, after.diagnostics, asked, form):
        return False
    tokens = [token for token in after.scanned.tokens if asked.start <= token.start < asked.start + len(form)]
    if len(after.module.comments) > len(before.module.comments) or not tokens:
        return False
    if role.startswith("assume "):
        return len(after.module.statements) == len(before.module.statements)
    if role:
        return len(tokens) == 1 and (tokens[0].kind in _ONE_WORD.get(role, ("NAME",)) or role == "symbol")
    return _alike(before.module.statements, after.module.statements, asked.start, asked.start + len(form))


def _alike(old: object, new: object, start: int, end: int) -> bool:
    """Whether two trees are the same but for what stands in the place of the hole, which is one value."""
    if isinstance(old, tree.Hole) and old.span.start == start:
        span = getattr(new, "span", None)
        return isinstance(span, Span) and span.start == start and span.end <= end
    if isinstance(old, tuple):
        return (isinstance(new, tuple) and len(old) == len(new)
                and all(_alike(one, other, start, end) for one, other in zip(old, new, strict=True)))  # fmt: skip
    if isinstance(old, Span) or old is None:
        return isinstance(new, Span) or new is None
    if not is_dataclass(old):
        return old == new
    if type(old) is not type(new):
        return False
    names = [field.name for field in fields(old) if field.name != "depth"]
    if isinstance(old, (tree.Clause, tree.Amount)) and isinstance(old.value, tree.Hole) and not old.unit:
        names.remove("unit")  # `size ?` is answered by `10 units`, too
    return all(_alike(getattr(old, name), getattr(new, name), start, end) for name in names)


def _faults(parsed: Parsed) -> list[Diagnostic]:
    return [diagnostic for diagnostic in parsed.diagnostics if diagnostic.is_error]


def _new(before: Analysis, said: Sequence[Diagnostic], asked: Hole, form: str) -> list[Diagnostic]:
    """The faults of the text with the answer that it had not without it; what stands behind the hole has moved."""
    longer = len(form) - (asked.end - asked.start)
    told = {
        (d.code, d.span.start + longer * (d.span.start >= asked.end)) for d in before.diagnostics if d.is_error
    }  # fmt: skip
    return [d for d in said if d.is_error and (d.code, d.span.start) not in told]


def _right(before: Analysis, made: str, asked: Hole, form: str) -> None:
    """AnswerError where the text finds fault with what now stands there, or anywhere because of it."""
    wrong = _new(before, analyse(made, before.source, registry=before.registry).diagnostics, asked, form)
    if not wrong:
        return
    end = asked.start + len(form)
    here = [d for d in wrong if d.span.start < end and d.span.end > asked.start]
    where = "" if here else f"in line {lines_of(made).position(wrong[0].span.start)[0]}, "
    raise AnswerError(f'`{form}` does not answer "{asked.question}": {where}{(here or wrong)[0].message}',
                      [*here, *(d for d in wrong if d not in here)])  # fmt: skip
