"""What names stand for: the definitions of one text, each with its place, all its uses, and where it can be seen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Union

from ..diagnostics.model import Diagnostic
from ..diagnostics.span import Span
from ..syntax.tree import Fn, Let, Name, Param, Parameter, State


class Kind(StrEnum):
    """How a name came by its meaning."""

    PARAM = "parameter"
    LET = "definition"
    STATE = "state"
    FUNCTION = "function"
    ARGUMENT = "argument"
    WORD = "word of the language"
    BRACKET = "word of a stop or target"
    BUILT_IN = "function of the language"
    BROKEN = "what could not be read"


@dataclass(slots=True, eq=False)
class Definition:
    """One thing that a name stands for; `span` is that of the name where it is defined, None for words."""

    name: str
    kind: Kind
    span: Span | None = None
    space: Space | None = None
    statement: Union[Param, Let, State, Fn, Parameter, None] = None
    body: Space | None = None  # of a function: where its own names live
    clashes: bool = False  # with another of its name, so that nobody can tell what is meant
    uses: list[Span] = field(default_factory=list)

    @property
    def unclear(self) -> bool:
        """Whether it was reported, so that nothing can be said of what reads it."""
        return self.clashes or self.kind is Kind.BROKEN


@dataclass(slots=True, eq=False)
class Space:
    """Where names are looked up: the program, the body of a function, a stop or target; then in what is around it.

    clause: the word of the clause that it is of, "" of anything else.
    """

    parent: Space | None = None
    names: dict[str, Definition] = field(default_factory=dict)
    functions: dict[str, Definition] = field(default_factory=dict)
    clause: str = ""

    def find(self, name: str, *, called: bool = False) -> Definition | None:
        """The innermost definition of a name, or of a function."""
        space: Space | None = self
        while space is not None:
            found = (space.functions if called else space.names).get(name)
            if found is not None:
                return found
            space = space.parent
        return None

    def visible(self) -> Iterator[str]:
        """Every name in reach, innermost first."""
        space: Space | None = self
        while space is not None:
            yield from space.names
            space = space.parent


@dataclass(frozen=True, slots=True)
class Resolution:
    """The names of one text, bound.

    What is missing from a text can be told only if it is `whole`: all of it was read; and `known`: every name in it
    means something.
    """

    program: Space
    definitions: tuple[Definition, ...]
    bound: dict[int, tuple[Span, Definition]]  # by the offset of the name
    brackets: dict[int, Space]  # by the offset of the clause
    whole: bool
    known: bool
    diagnostics: tuple[Diagnostic, ...]

    def meaning(self, name: Name) -> Definition | None:
        """What a name of the tree stands for; None if nothing, which was reported."""
        found = self.bound.get(name.name_span.start)
        return found[1] if found else None

    def at(self, offset: int) -> Definition | None:
        """What the name at an offset of the text stands for, be it defined or used there."""
        spots = self.bound.values()
        return next((found for span, found in spots if span.start <= offset < span.end), None)

    def references(self, offset: int) -> tuple[Span, ...]:
        """Every place of the name at an offset: its definition first, if it has one in this text, then its uses."""
        found = self.at(offset)
        if found is None:
            return ()
        return (*([found.span] if found.span else []), *sorted(found.uses, key=lambda span: span.start))
