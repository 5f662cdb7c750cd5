"""What may stand at a place of a text: asked of the parser's own tables, and told with its meaning."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from ..diagnostics.span import Span
from ..elaborate.values import Record
from ..resolve.definitions import Kind
from ..syntax import automaton
from ..syntax.scanner import Token
from ..syntax.stuck import CLAUSE_WORDS, STATEMENT_WORDS
from ..syntax.tree import Fn, Let, Param, State
from ..words.table import WORDS, Word, words
from ..words.vocabulary import BOOKS, FACTS, LATER_STATEMENTS, NAMESPACES
from .analysis import Analysis, is_own
from .calls import call_at, of_row, signature_of

TIMEFRAMES = ("1m", "5m", "15m", "30m", "1h", "4h", "1d", "1w", "1mo")
"""Those that are offered where one may stand; any other may be written."""
_VALUE = frozenset(("NAME", "NUMBER", "(", "-"))
"""Where all of these may stand, a value may."""
_NAMED = {
    "assume": ("assumption",), "guard": ("guard",), "fill": ("fill",),
    "rebalance": ("period",), "then": ("action",), "until": ("reset",),
    "let": (), "param": (), "state": (), "fn": (), "emit": (), "universe": (), "on": (), "watch": (), "of": (),
    "as": (),
}  # fmt: skip
"""After which word a name of which kinds stands; none is offered where the author makes one."""
_KEYWORDS = ("statement", "clause", "part of a test", "joint", "leg", "period")
_SERIES = ("series", "time", "constant", "book")


@dataclass(frozen=True, slots=True)
class Offer:
    """Something that may stand at a place. kind: "statement", "clause", "word", "parameter", "definition", "state",
    "function", "built-in", "series", "field", "argument", "timeframe", or that of a word's row. detail: its signature
    or unit; meaning: a line.
    """

    name: str
    kind: str
    detail: str = ""
    meaning: str = ""


@dataclass(frozen=True, slots=True)
class Offers:
    """What may stand at a place, the likeliest first. replaced: the word that is being written there."""

    replaced: Span
    offers: tuple[Offer, ...]


def may_stand(analysis: Analysis, offset: int) -> Offers:
    """What may stand at an offset; what is already written of the word there narrows it to names that begin so."""
    tokens = analysis.tokens
    index = analysis.index_at(offset - 1) if offset else 0
    begun = tokens[index] if index < len(tokens) and tokens[index].start < offset <= tokens[index].end else None
    if _is_inside(analysis, begun, offset):
        return Offers(Span(analysis.source, offset, offset), ())
    writes = begun if begun is not None and (begun.text[:1].isalnum() or begun.text[:1] == "_") else None
    place = index if writes is not None else index + (begun is not None)
    start = writes.start if writes is not None else offset
    prefix = analysis.text[start:offset].lower()
    unique: dict[str, Offer] = {}
    for offer in _offers(analysis, place, start):
        if offer.name.lower().startswith(prefix):
            unique.setdefault(offer.name, offer)
    return Offers(Span(analysis.source, start, writes.end if writes else offset), tuple(unique.values()))


def _is_inside(analysis: Analysis, token: Token | None, offset: int) -> bool:
    """Whether an offset is inside a comment or a text, where nothing is offered."""
    if token is not None and token.kind == "STRING" and offset < token.end:
        return True
    return any(at < offset <= at + len(text) for text, at in analysis.comments)


def _offers(analysis: Analysis, place: int, offset: int) -> Iterator[Offer]:
    tokens = analysis.tokens
    before = tokens[place - 1] if place else None
    if before is not None and before.kind == ".":
        yield from _fields(analysis, tokens, place)
        return
    wanted = _wanted(tokens, place)
    if before is not None and before.kind in ("every", "@", "forming", "event") and "NUMBER" in wanted:
        yield from (Offer(frame, "timeframe") for frame in TIMEFRAMES)
        yield from (_of_keyword(word) for word in ("forming", "event") if word in wanted)
        return
    if before is not None and before.kind in _NAMED and "NAME" in wanted and not wanted >= _VALUE:
        yield from (_of_row(word) for kind in _NAMED[before.kind] for word in words(kind))
        yield from (_of_keyword(word) for word in ("when", "day") if word in wanted and before.kind == "rebalance")
        return
    if wanted >= _VALUE:
        yield from _local(tokens, place)
        yield from _values(analysis, offset)
    yield from (_of_keyword(word) for word in _keywords(wanted, value=wanted >= _VALUE))


def _wanted(tokens: tuple[Token, ...], place: int) -> set[str]:
    """The kinds of token that may stand at a place, as the statement goes on that is being written there."""
    return automaton.expected(tokens, _begin(tokens, place), place, "start")


def _begin(tokens: tuple[Token, ...], place: int) -> int:
    """Where the statement begins that a place is in; a `let` may be one of a function that has no `return` yet."""
    first = place
    for at in range(place - 1, -1, -1):
        kind = tokens[at].kind
        if kind in STATEMENT_WORDS:
            first = at if first == place else first
            if kind == "fn":
                return at if first in (at, place) or not _is_whole(tokens[at:first]) else first
            if kind not in ("let", "state"):
                return first
        elif kind == "return" and first != place:
            return first
    return first if first != place else 0


def _is_whole(function: tuple[Token, ...]) -> bool:
    """`fn f(a) = a`: what follows is none of it."""
    return any(one.kind == ")" and other.kind == "=" for one, other in pairwise(function))


def _keywords(wanted: set[str], *, value: bool) -> Iterator[str]:
    """Words of the grammar that may stand, in the order of the table. Where a value may stand, of words that may be
    names only those that begin one.
    """
    kept = {kind for kind in wanted if kind.isalpha() and kind.islower()} - {*LATER_STATEMENTS}
    if value:
        kept &= {"if", "not", "true", "false", "na"}
    return (word for word in dict.fromkeys((*(w.name for w in WORDS), *sorted(kept))) if word in kept)


def _of_keyword(word: str) -> Offer:
    row = next((w for w in WORDS if w.name == word and w.kind in _KEYWORDS), None)
    kind = "word" if row is None or row.kind == "joint" else row.kind
    return Offer(word, kind, "", row.meaning if row else "")


def _fields(analysis: Analysis, tokens: tuple[Token, ...], place: int) -> Iterator[Offer]:
    """The fields of what stands before a dot."""
    owner = tokens[place - 5].text if place > 4 and tokens[place - 2].kind == ")" else tokens[place - 2].text
    if owner in FACTS and tokens[_begin(tokens, place)].kind == "test":
        yield from (Offer(name, "field", str(word.unit or ""), word.meaning) for name, word in FACTS[owner].items())
        return
    head = tokens[place - 2].text if place > 1 else ""
    if head in NAMESPACES:
        meanings = {w.name: w for w in words("book")}
        for name in NAMESPACES[head]:
            word = meanings[f"{head}.{name}"]
            yield Offer(name, "field", str(BOOKS[f"{head}.{name}"]), word.meaning)
        return
    if head in analysis.registry.records:
        for name in analysis.registry.records[head]:
            column = analysis.registry.columns[f"{head}.{name}"]
            yield Offer(name, "field", str(column.unit), column.meaning)
        return
    definition = analysis.resolution.program.find(head)
    if definition is not None and isinstance(definition.statement, Let):
        value = analysis.values.get(definition.statement.value.span)
        if isinstance(value, Record):
            yield from (Offer(name, "field", _unit(inner)) for name, inner in value.fields.items())


def _local(tokens: tuple[Token, ...], place: int) -> Iterator[Offer]:
    """What has a meaning in this statement alone: `entry` and `stop` in a stop or target, what a function is given."""
    begin = _begin(tokens, place)
    inside = tokens[begin:place]
    clause = next((token.kind for token in reversed(inside) if token.kind in CLAUSE_WORDS), "")
    if clause in ("stop", "target", "take"):
        yield from (_of_row(word, "series") for word in words("bracket"))
    if inside and inside[0].kind == "test":
        yield from (Offer(name, "built-in", "", f"of the run: {', '.join(FACTS[name])}") for name in FACTS)
    if inside and inside[0].kind == "fn":
        for before, token in pairwise(inside):
            if token.kind == "NAME" and before.kind in ("(", ",", "let", "state") and token.end < tokens[place - 1].end:
                yield Offer(token.text, "definition" if before.kind in ("let", "state") else "parameter")


def _of_row(word: Word, kind: str = "") -> Offer:
    return Offer(word.name, kind or word.kind, str(word.unit or ""), word.meaning)


def _unit(value: object) -> str:
    return str(getattr(value, "unit", ""))


def _values(analysis: Analysis, offset: int) -> Iterator[Offer]:
    """Everything that can begin a value: arguments by name, the text's own, words, functions."""
    called = call_at(analysis, offset)
    if called is not None:
        for name in called.signature.names:
            if name.isidentifier() and name not in called.given:
                yield Offer(f"{name} =", "argument", "", f"of {called.signature}")
    for definition in analysis.resolution.definitions:
        if is_own(definition) and definition.space is analysis.resolution.program:
            statement = definition.statement
            detail = str(signature_of(analysis, definition.name)) if isinstance(statement, Fn) else ""
            doc = statement.doc if isinstance(statement, (Let, State, Param, Fn)) else ""
            yield Offer(definition.name, _KINDS[definition.kind], detail, doc)
    for kind in _SERIES:
        yield from (_of_row(word, "series") for word in words(kind) if "." not in word.name)
    yield from (Offer(name, "series", "", f"{len(fields)} readings") for name, fields in NAMESPACES.items())
    registry = analysis.registry
    yield from (Offer(c.name, "series", str(c.unit), c.meaning) for c in registry.columns.values() if "." not in c.name)
    yield from (Offer(name, "series", "", f"{len(fields)} columns") for name, fields in registry.records.items())
    for row in sorted(registry.functions.values(), key=lambda row: row.name):
        yield Offer(row.name, "built-in", str(of_row(row)), row.meaning)


_KINDS = {
    Kind.PARAM: "parameter", Kind.LET: "definition", Kind.STATE: "state", Kind.FUNCTION: "function",
    Kind.ARGUMENT: "argument",
}  # fmt: skip
