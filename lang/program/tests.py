"""Tests of a program as values: bars, values of parameters, and what is expected over them.

They are no part of what runs: a plan is made of the statements alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ..diagnostics.span import Span
from .nodes import Node
from .timeframe import Timeframe

FACT = "$fact "
"""Begins the name of a parameter that stands for a fact of the finished run: a trade's price, the number of orders."""


def is_fact(node: Node) -> bool:
    return node.kind == "param" and node.name.startswith(FACT)


def is_reason(node: Node) -> bool:
    """Whether a fact tells why a trade was left, which is compared with a text."""
    return is_fact(node) and node.name.endswith(" exit_reason")


@dataclass(frozen=True, slots=True)
class Part:
    """A part of what is expected. text: as it is written, of a definition with what it stands for. node: None where it
    has no value of its own on the clock of the data. joins: `and`, `or`, a comparison; "" of what has no parts."""

    text: str
    node: Node | None
    joins: str = ""
    parts: tuple[Part, ...] = ()

    def all(self) -> Iterator[Part]:
        """Itself, and every part below."""
        yield self
        for part in self.parts:
            yield from part.all()


@dataclass(frozen=True, slots=True)
class Prices:
    """The bars of a symbol, "" of the only one: rows of one price, of four, or of five with a volume, each with how
    many bars in a row it is; or a file."""

    symbol: str
    rows: tuple[tuple[tuple[float, ...], int], ...]
    table: str
    span: Span


@dataclass(frozen=True, slots=True)
class Expect:
    """A condition that has to hold on a bar. bar: which, counted from 0; or time: the one that is open at this instant,
    in seconds since 1970; the last one where neither is said.

    within: how far the sides of its `==` may be apart, None where nothing is said.
    """

    text: str
    part: Part
    within: float | None
    bar: int | None
    time: float | None
    symbol: str
    span: Span

    @property
    def node(self) -> Node:
        assert self.part.node is not None
        return self.part.node


@dataclass(frozen=True, slots=True)
class Test:
    """One test. start: the instant at which the first bar opens, in seconds since 1970, None where none is said.

    cells: the states of the program and those that expectations have besides.
    """

    __test__ = False  # of ours, not of pytest's

    name: str
    start: float | None
    timeframe: Timeframe | None
    settings: Mapping[str, float | bool]
    prices: tuple[Prices, ...]
    expects: tuple[Expect, ...]
    cells: Mapping[str, Node]
    span: Span
