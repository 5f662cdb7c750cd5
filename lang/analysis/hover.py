"""What stands at a place of a text: what it is, its unit, its clock, what it means."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ..diagnostics.span import Span
from ..elaborate.values import Namespace, Record, TextValue, Value
from ..plan.waiting import waiting_each
from ..program.nodes import BOOL, Binding, Node
from ..resolve.definitions import Definition, Kind
from ..syntax.scanner import Token
from ..syntax.tree import Fn, Let, Param, State
from ..words.table import WORDS, Word
from ..words.vocabulary import FACTS, RUN
from .analysis import Analysis
from .calls import of_row, signature_of

_SUFFIXES = {
    "%": "a share: a hundredth each", "bp": "a share: a ten-thousandth each", "s": "seconds", "m": "minutes",
    "h": "hours", "d": "days", "w": "weeks, from Monday", "mo": "months",
    "ticks": "the instrument's least steps of price", "tick": "the instrument's least step of price",
    "r": "multiples of what a lot risks: the way from its fill to its first stop",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands somewhere. title: it as it is written, or its signature; lines: what is known of it."""

    span: Span
    title: str
    lines: tuple[str, ...]


def standing_at(analysis: Analysis, offset: int) -> Standing | None:
    """What the word at an offset is; None for a blank, a sign, or what means nothing."""
    token = analysis.token_at(offset)
    if token is None:
        return None
    span = Span(analysis.source, token.start, token.end)
    found = _told(analysis, token)
    return None if found is None else Standing(span, *found)


def _told(analysis: Analysis, token: Token) -> tuple[str, tuple[str, ...]] | None:
    hole = next((hole for hole in analysis.holes if hole.start <= token.start < hole.end), None)
    if hole is not None:
        return analysis.text[hole.start : hole.end], hole.lines
    if token.kind == "NUMBER":
        return _number(token.text)
    definition = analysis.definition_at(token.start)
    if definition is not None:
        return _definition(analysis, definition, token)
    index = analysis.index_at(token.start)
    if index > 1 and analysis.tokens[index - 1].kind == ".":
        return _field(analysis, analysis.tokens[index - 2], token)
    return _word(token.text, _kinds(analysis, index))


def _number(written: str) -> tuple[str, tuple[str, ...]] | None:
    suffix = written.lstrip("0123456789_.")
    return (written, (_SUFFIXES[suffix],)) if suffix in _SUFFIXES else None


def _definition(analysis: Analysis, definition: Definition, token: Token) -> tuple[str, tuple[str, ...]] | None:
    """A name that the text defines, or the language."""
    statement = definition.statement
    if definition.kind is Kind.BUILT_IN and definition.name in _ASKED:
        return _ASKED[definition.name], (f"a {definition.name} of the run of this test", *_facts(definition.name))
    if definition.kind is Kind.BUILT_IN:
        row = analysis.registry.functions[definition.name]
        told = (row.meaning, f"unit: {row.unit}", f"warm-up: {row.warmup}", *_here(analysis, token))
        return str(of_row(row)), told
    if definition.kind is Kind.FUNCTION and isinstance(statement, Fn):
        return f"fn {signature_of(analysis, definition.name)}", tuple(filter(None, (statement.doc,)))
    if definition.kind is Kind.WORD and definition.name == RUN:
        return RUN, ("the finished run of this test", *_facts(RUN))
    if definition.kind is Kind.WORD and analysis.registry.reads(definition.name):
        return _of_host(analysis, definition.name)
    if definition.kind in (Kind.WORD, Kind.BRACKET):
        return _word(definition.name, ("series", "time", "constant", "weekday", "bracket", "other symbol", "book"))
    if definition.kind is Kind.PARAM and isinstance(statement, Param):
        params = analysis.program.params if analysis.program else ()
        param = next((param for param in params if param.name == definition.name), None)
        written = " ".join(analysis.text[statement.span.start : statement.span.end].split())
        return written, tuple(filter(None, (statement.doc, f"unit: {param.unit}" if param else "")))
    if isinstance(statement, (Let, State)):
        value = analysis.values.get(statement.value.span if isinstance(statement, Let) else statement.update.span)
        word = "let" if isinstance(statement, Let) else "state"
        waits = waits_of(analysis, [value])[0]
        return f"{word} {definition.name}", tuple(filter(None, (statement.doc, *described(value), waits)))
    if definition.kind is Kind.ARGUMENT:
        return definition.name, ("an argument of this function",)
    return None


def _here(analysis: Analysis, called: Token) -> Iterator[str]:
    """Of a function that is called there: what comes of this call."""
    index = analysis.index_at(called.start)
    if analysis.tokens[index + 1 : index + 2] and analysis.tokens[index + 1].kind == "(":
        calls = [span for span in analysis.values if span.start == called.start and span.end > called.end]
        if calls:
            value = analysis.values[min(calls, key=lambda span: span.end)]
            yield f"here: {', '.join(filter(None, (*described(value), *waits_of(analysis, [value]))))}"


def waits_of(analysis: Analysis, values: Sequence[Value | None]) -> list[str]:
    """From which bar on each of several values is known, with the defaults of parameters: `known from 15 bars of 1w
    on`; "" of one that waits for none, and where the text has a fault.
    """
    groups = [_nodes(value) for value in values]
    if analysis.program is None:
        return [""] * len(groups)
    return [_known_from(counts) for counts in waiting_each(analysis.program, groups, {})]


def _nodes(value: Value | None) -> Sequence[Node]:
    if isinstance(value, Record):
        return [node for field in value.fields.values() for node in _nodes(field)]
    return [value] if isinstance(value, Node) else []


def _known_from(counts: Mapping[str, int]) -> str:
    told = (f"{count:,} bar{'s' * (count != 1)}" + (f" of {clock}" if clock != "base" else "")
            for clock, count in counts.items())  # fmt: skip
    return f"known from {joined} on" if (joined := " and ".join(told)) else ""


def _of_host(analysis: Analysis, name: str) -> tuple[str, tuple[str, ...]]:
    """A column that the host named, or a record of such columns."""
    column = analysis.registry.columns.get(name)
    if column is None:
        return name, (f"a record of {', '.join(analysis.registry.records[name])}",)
    return name, (column.meaning, "true and false" if column.condition else f"unit: {column.unit}")


def _field(analysis: Analysis, head: Token, token: Token) -> tuple[str, tuple[str, ...]] | None:
    """A field of a namespace, `position.pnl`, or of a record."""
    name = f"{head.text}.{token.text}"
    index = analysis.index_at(token.start)
    whose = head.text if head.text != ")" else analysis.tokens[index - 5].text if index > 4 else ""
    if whose in FACTS and token.text in FACTS[whose]:
        return f"{_ASKED.get(whose, whose)}.{token.text}", tuple(_of_word(FACTS[whose][token.text]))
    found = _word(name, ("book",))
    if name in analysis.registry.columns:
        return _of_host(analysis, name)
    if found is not None:
        return found
    value = next((v for s, v in analysis.values.items() if s.end == token.end and s.start == head.start), None)
    return None if value is None else (name, tuple(described(value)))


_ASKED = {"trade": "trade(n), numbered from 1", "order": "order(n), numbered from 0"}


def _facts(whose: str) -> tuple[str, ...]:
    return (f"has {', '.join(FACTS[whose])}",)


def _kinds(analysis: Analysis, index: int) -> tuple[str, ...]:
    """The kinds of words that can be meant by one that no name is bound to, after the word before it."""
    before = analysis.tokens[index - 1].kind if index else ""
    if before == "assume":
        return ("assumption",)
    if before == "guard":
        return ("guard",)
    if before == "then":
        return ("action", "joint")
    if before == "until" and analysis.tokens[index - 3].kind == "then":  # of a guard
        return ("reset",)
    return ("statement", "clause", "part of a test", "joint", "leg", "period", "fill", "moment", "action", "reason")


def _word(name: str, kinds: tuple[str, ...]) -> tuple[str, tuple[str, ...]] | None:
    """A word of the language, of the first of some kinds that has it."""
    ranked = sorted((w for w in WORDS if w.name == name and w.kind in kinds), key=lambda w: kinds.index(w.kind))
    return (name, tuple(_of_word(ranked[0]))) if ranked else None


def _of_word(word: Word) -> Iterator[str]:
    yield word.meaning
    if word.unit is not None:
        yield f"unit: {word.unit}"
    if word.example:
        yield f"example: {word.example}"


def described(value: Value | None) -> Iterator[str]:
    """What a value is, in lines: its kind and unit, its clock; of a record its fields."""
    if isinstance(value, Node):
        kind = "a condition" if value.type == BOOL else value.unit.noun
        steady = {Binding.CONST: ", constant", Binding.PARAM: ", the same throughout a run"}.get(value.binding, "")
        yield f"{kind}{steady}"
        if value.clock is not None and str(value.clock) not in ("base", ""):
            yield f"clock: {value.clock}"
    elif isinstance(value, Record):
        yield f"a record of {', '.join(value.fields)}"
    elif isinstance(value, TextValue):
        yield "a text"
    elif isinstance(value, Namespace):
        yield f"a name with fields: {', '.join(value.fields)}"
