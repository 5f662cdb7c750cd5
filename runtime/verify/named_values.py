"""The values of a program that can be named from outside, each with the words and the place its author knows.

The program is planned once more with every series of its own clock handed out; what happens on higher clocks is seen
where it is sampled, and in the state that the runs keep.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ...lang.diagnostics.brief import flowing
from ...lang.diagnostics.lines import lines_of, marked
from ...lang.diagnostics.reports import LIBRARY
from ...lang.diagnostics.span import Span
from ...lang.plan.build import plan as make_plan
from ...lang.plan.layout import Layout
from ...lang.plan.model import Plan
from ...lang.plan.wanted import series, told
from ...lang.program.nodes import BASE, Node
from ...lang.program.program import Program
from ...lang.program.show import roots


@dataclass(frozen=True, slots=True)
class Place:
    """An expression and where it stands in the author's text; line 0 where it is in no text."""

    name: str
    file: str = ""
    line: int = 0
    column: int = 0
    source_line: str = ""


class NamedValues:
    """The plan that hands out every series, and what each of its outputs and kept states is called."""

    def __init__(self, program: Program, days: bool = False) -> None:
        """days: as of `plan`, for runs that keep the monitors' records."""
        self.program = program
        self._all = _series(program)
        self._owner = _owners(self._all, program)
        self.nodes = sorted((node for node in self._all if node.clock is BASE), key=lambda node: node.id)
        self.plan: Plan = make_plan(program, [(f"%{node.id}", node) for node in self.nodes], days=days)

    def place(self, node: Node) -> Place:
        """How the author would point at a node."""
        owner = self._owner.get(node.id)
        span = None if owner is None else _site(owner, self.program)
        if span is None:
            return Place(self._said(node))
        text = self.program.sources[span.source]
        line, column = lines_of(text).position(span.start)
        return Place(self._said(node), span.source, line, column, marked(text, span)[0])

    def kept(self, key: str) -> Place:
        """What the state under a plan's key belongs to."""
        kind, _, inner = key.rpartition(":")
        keys = self._keys()
        if inner in keys:
            place = self.place(keys[inner])
            what = f"the state of {place.name}" + (f" ({kind})" if kind else "")
            return Place(what, place.file, place.line, place.column, place.source_line)
        return Place(f"the state of {key}")

    def _keys(self) -> Mapping[str, Node]:
        layout = Layout({})
        return {layout.key(node): node for node in self._all}

    def _said(self, node: Node) -> str:
        """The expression in the author's words; of a library function's inside, both."""
        named = self.program.named.get(node.id)
        if named:
            return f"`{flowing(named.text)}`"
        own = f"`{flowing(_text_at(self.program, node.span)) or node.kind}`"
        owner = self._owner.get(node.id)
        if owner is None or owner is node:
            return own
        written = self.program.named.get(owner.id)
        outer = written.text if written else _text_at(self.program, owner.span)
        return f"{own} in {node.span.source} (inside `{flowing(outer)}`)"


def _series(program: Program) -> list[Node]:
    """Every series of the program, arguments first."""
    return series([*roots(program), *_told(program)], program.cells)


def _told(program: Program) -> Iterator[Node]:
    """What statements, alerts and texts read besides the roots."""
    for statement in program.trading:
        yield from told(statement)
    for alert in program.alerts:
        yield from alert.message.nodes


def _owners(nodes: list[Node], program: Program) -> dict[int, Node]:
    """For each node the author's expression it was made for: itself, or the nearest that reads it and has a place."""
    found = {node.id: node for node in nodes if _site(node, program) is not None}
    for node in sorted(nodes, key=lambda node: -node.id):
        owner = found.get(node.id)
        if owner is not None:
            for arg in node.args:
                found.setdefault(arg.id, owner)
    return found


def _site(node: Node, program: Program) -> Span | None:
    """Where the author wrote a node, or the call of the library that gave it; None inside the library."""
    if not _in_library(node.span):
        return node.span if node.span.source in program.sources else None
    call = program.named.get(node.id)
    return None if call is None else call.span


def _in_library(span: Span) -> bool:
    return span.source.startswith(LIBRARY)


def _text_at(program: Program, span: Span) -> str:
    return program.sources.get(span.source, "")[span.start : span.end]
