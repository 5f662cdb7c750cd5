"""Everything that is known of a text, for editors, shells and assistants: made once, asked at any place.

A text with faults is analysed as far as it can be read. Nothing here prints, writes or runs: faces render the values.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ..diagnostics.holes import Hole, found_in
from ..diagnostics.model import Diagnostic
from ..diagnostics.span import Span
from ..elaborate.elaborate import elaborate
from ..elaborate.values import Value
from ..program.program import Program
from ..resolve.definitions import Definition, Kind, Resolution
from ..resolve.resolve import resolve
from ..syntax.parse import Parsed, parse
from ..syntax.scanner import Token
from ..syntax.tree import Module
from ..words.registry import STANDARD, Registry


@dataclass(frozen=True, slots=True)
class Analysis:
    """What a text is made of and what is said of it. Offsets count characters of `text`.

    tokens: its words, without the end. comments: each with its offset. values: what the expressions stand for, by the
    places at which they are written. program: None where the text has a fault. registry: what there is without it.
    """

    text: str
    source: str
    module: Module
    tokens: tuple[Token, ...]
    comments: tuple[tuple[str, int], ...]
    resolution: Resolution
    diagnostics: tuple[Diagnostic, ...]
    program: Program | None
    values: Mapping[Span, Value] = field(default_factory=dict)
    registry: Registry = STANDARD

    @property
    def holes(self) -> tuple[Hole, ...]:
        """Every question that the text asks, in its order."""
        return found_in(self.diagnostics, self.text)

    def token_at(self, offset: int) -> Token | None:
        """The word that an offset is in; of two that meet there the one that begins."""
        index = self.index_at(offset)
        return self.tokens[index] if index < len(self.tokens) and self.tokens[index].start <= offset else None

    def index_at(self, offset: int) -> int:
        """The place among the tokens of the first one that ends after an offset."""
        from bisect import bisect_right

        return bisect_right(self.tokens, offset, key=lambda token: token.end)

    def definition_at(self, offset: int) -> Definition | None:
        """What the name at an offset stands for, be it defined or used there."""
        return self.resolution.at(offset)

    def references(self, offset: int) -> tuple[Span, ...]:
        """Every place of the name at an offset: where it is defined first, then its uses."""
        return self.resolution.references(offset)

    def value_at(self, start: int, end: int) -> Value | None:
        """What the expression that is written exactly there stands for."""
        return self.values.get(Span(self.source, start, end))


_OWN = frozenset((Kind.PARAM, Kind.LET, Kind.STATE, Kind.FUNCTION, Kind.ARGUMENT))


def is_own(definition: Definition) -> bool:
    """Whether the text itself defines it."""
    return definition.kind in _OWN and definition.span is not None


def analyse(
    text: str | bytes, source: str = "<text>", *, timezone: str | None = None, registry: Registry = STANDARD
) -> Analysis:
    """The analysis of a text; never raises for what the text says. registry: what there is without the text."""
    parsed = parse(text, source)
    resolution = resolve(parsed.module, registry)
    if parsed.stopped:
        return _known(parsed, source, resolution, None, parsed.diagnostics, {}, registry)
    values: dict[Span, Value] = {}
    made = elaborate(
        parsed.module, resolution, {source: parsed.text}, parsed.diagnostics, timezone=timezone, seen=values,
        registry=registry,
    )
    said = made.diagnostics if made.program else _answered(made.diagnostics, made.sources, registry)
    return _known(parsed, source, resolution, made.program, said, values, registry)


def _known(
    parsed: Parsed, source: str, resolution: Resolution, program: Program | None, said: Sequence[Diagnostic],
    values: Mapping[Span, Value], registry: Registry,
) -> Analysis:  # fmt: skip
    tokens, comments = tuple(parsed.scanned.tokens[:-1]), tuple(parsed.scanned.comments)
    return Analysis(
        parsed.text, source, parsed.module, tokens, comments, resolution, tuple(said), program, values, registry
    )


def _answered(said: Sequence[Diagnostic], sources: Mapping[str, str], registry: Registry) -> list[Diagnostic]:
    """What comes from the habits of another language is told as that."""
    from ..habits.answer import answered

    return list(answered(said, sources, registry.names))
