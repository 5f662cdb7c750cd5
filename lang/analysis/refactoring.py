"""Changes of how a text is written: an expression gets a name, a number becomes a parameter, a name goes.

The first and the last are offered only where the program means the same afterwards, which is looked at, not assumed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from typing import Any

from ..diagnostics.edits import edited
from ..diagnostics.model import Edit
from ..diagnostics.span import Span
from ..explain.meaning import meaning
from ..resolve.definitions import Definition, Kind
from ..syntax import tables, tree
from ..words.vocabulary import is_reserved
from .analysis import Analysis, analyse
from .calls import call_at

_EXPRESSIONS = (
    tree.Number, tree.Unary, tree.Binary, tree.Conditional, tree.Call, tree.History, tree.Field, tree.Sampled, tree.Of,
)  # fmt: skip
_ATOMS = (tree.Number, tree.Bool, tree.Missing, tree.Name, tree.Call, tree.Field, tree.History)
"""What needs no brackets wherever it is put."""
_CONDITIONS = frozenset("< <= > >= == != and or".split())


@dataclass(frozen=True, slots=True)
class Refactoring:
    """A change that can be made. kind: "extract" | "parameter" | "inline"; name: what was made, or is gone."""

    kind: str
    title: str
    name: str
    edits: tuple[Edit, ...]


def refactorings(analysis: Analysis, start: int, end: int) -> tuple[Refactoring, ...]:
    """What can be done with what is selected, or, where nothing is, with what an offset is in."""
    if analysis.program is None:
        return ()
    made = (_extracted(analysis, start, end), _made_parameter(analysis, start, end), _inlined(analysis, start))
    return tuple(each for each in made if each is not None)


def _extracted(analysis: Analysis, start: int, end: int) -> Refactoring | None:
    """`let name = …` before the statement, and the name in its place."""
    found = _selected(analysis, start, end)
    if found is None or isinstance(found[1], tree.Number) or isinstance(found[0], tree.Param | tree.Fn):
        return None
    statement, expression = found
    name = _unused(analysis, _called_by(expression))
    written = analysis.text[expression.span.start : expression.span.end]
    edits = _before(analysis, statement, f"let {name} = {_bare(written)}", expression, name)
    same = _means_the_same(analysis, edits)
    return Refactoring("extract", f"extract to `let {name}`", name, edits) if same else None


def _made_parameter(analysis: Analysis, start: int, end: int) -> Refactoring | None:
    """`param name = 14` before the statement, and the name in its place."""
    found = _selected(analysis, start, end)
    if found is None or not isinstance(found[1], tree.Number) or isinstance(found[0], tree.Param):
        return None
    statement, number = found
    argument = call_at(analysis, number.span.start)
    names = argument.signature.names if argument else ()
    at = argument.at if argument else None
    name = _unused(analysis, names[at] if at is not None and at < len(names) else "value")
    written = analysis.text[number.span.start : number.span.end]
    edits = _before(analysis, statement, f"param {name} = {_bare(written)}", number, name)
    sound = analyse(edited(analysis.text, edits), analysis.source, registry=analysis.registry).program is not None
    return Refactoring("parameter", f"make it a parameter, `{name}`", name, edits) if sound else None


def _inlined(analysis: Analysis, offset: int) -> Refactoring | None:
    """What a `let` stands for in the place of each of its names, and the `let` gone."""
    definition = analysis.definition_at(offset)
    if definition is None or definition.kind is not Kind.LET or not definition.uses:
        return None
    let = definition.statement
    if not isinstance(let, tree.Let) or let not in analysis.module.statements:
        return None  # of the body of a function
    written = analysis.text[let.value.span.start : let.value.span.end]
    written = written if isinstance(let.value, _ATOMS) or written.startswith("(") else f"({written})"
    gone = _with_comment(analysis, let)
    edits = (Edit(gone, ""), *(Edit(span, written) for span in _uses(definition)))
    same = _means_the_same(analysis, edits)
    return Refactoring("inline", f"put what `{let.name}` is in its place", let.name, edits) if same else None


def _uses(definition: Definition) -> list[Span]:
    return sorted(set(definition.uses), key=lambda span: span.start)


def _means_the_same(analysis: Analysis, edits: tuple[Edit, ...]) -> bool:
    after = analyse(edited(analysis.text, edits), analysis.source, registry=analysis.registry).program
    before = analysis.program
    return before is not None and after is not None and meaning(before) == meaning(after)


def _selected(analysis: Analysis, start: int, end: int) -> tuple[tree.Statement, Any] | None:
    """The expression that is selected, blanks apart; the smallest around an offset; and the statement it stands in."""
    while start < end and analysis.text[start].isspace():
        start += 1
    while end > start and analysis.text[end - 1].isspace():
        end -= 1
    best: tuple[tree.Statement, Any] | None = None
    for statement in analysis.module.statements:
        if not statement.span.start <= start <= statement.span.end:
            continue
        for expression in _inside(statement):
            span = expression.span
            fits = (span.start, span.end) == (start, end) if start < end else span.start <= start < span.end
            if fits and (best is None or span.end - span.start <= best[1].span.end - best[1].span.start):
                best = statement, expression
    return best


def _inside(value: Any) -> Iterator[Any]:
    """Every expression below a part of the tree that could stand by a name of its own."""
    if isinstance(value, tuple):
        for each in value:
            yield from _inside(each)
    elif is_dataclass(value) and not isinstance(value, Span):
        if isinstance(value, _EXPRESSIONS):
            yield value
        for part in fields(value):
            yield from _inside(getattr(value, part.name))


def _before(
    analysis: Analysis, statement: tree.Statement, line: str, expression: Any, name: str
) -> tuple[Edit, ...]:  # fmt: skip
    """A line before a statement and the comments that belong to it, and a name in the place of an expression."""
    at = _with_comment(analysis, statement).start
    return Edit(Span(analysis.source, at, at), f"{line}\n"), Edit(expression.span, name)


def _with_comment(analysis: Analysis, statement: tree.Statement) -> Span:
    """Where a statement stands, with the lines of comments right above it and the end of its line."""
    text = analysis.text
    start = text.rfind("\n", 0, statement.span.start) + 1
    if text[start : statement.span.start].strip():
        return statement.span  # something else stands on its line
    while start and text[text.rfind("\n", 0, start - 1) + 1 : start].lstrip().startswith("#"):
        start = text.rfind("\n", 0, start - 1) + 1
    end = statement.span.end
    rest = text.find("\n", end)
    return Span(statement.span.source, start, rest + 1 if rest >= 0 and not text[end:rest].strip() else end)


def _bare(written: str) -> str:
    """An expression without brackets around all of it."""
    inner = written[1:-1]
    whole = written[:1] == "(" and written[-1:] == ")" and _closes_at_the_end(inner)
    return _bare(inner.strip()) if whole else written


def _closes_at_the_end(inner: str) -> bool:
    depth = 0
    for sign in inner:
        depth += (sign == "(") - (sign == ")")
        if depth < 0:
            return False
    return depth == 0 and '"' not in inner and "#" not in inner


def _called_by(expression: Any) -> str:
    """A name that says what an expression is."""
    if isinstance(expression, tree.Call) and isinstance(expression.function, tree.Name):
        numbers = [a.value for a in expression.arguments if isinstance(a.value, tree.Number) and not a.value.suffix]
        length = f"_{numbers[0].value:g}" if numbers and numbers[0].whole else "_value"
        return expression.function.name + length
    if isinstance(expression, tree.Binary) and expression.operator in _CONDITIONS:
        return "condition"
    return "value"


def _unused(analysis: Analysis, name: str) -> str:
    """A name, with a number behind it where it is taken."""
    taken = {d.name for d in analysis.resolution.definitions} | set(tables.LITERALS)
    wanted = name
    number = 2
    while wanted in taken or is_reserved(wanted):
        wanted, number = f"{name}_{number}", number + 1
    return wanted
