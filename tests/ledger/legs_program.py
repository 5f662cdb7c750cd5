"""What the ledger of legs plays: bars of several symbols by day, statements as plain values, and a row of an order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

Bars = Mapping[str, Mapping[int, tuple[float, float]]]
"""Of each symbol by day its open and its close."""


@dataclass(frozen=True)
class Leg:
    """`buy`, `sell`, `flatten` or `hold` of a symbol. sizing: percent, units or cash; size by day, with a sign."""

    word: str
    symbol: str
    sizing: str = "units"
    size: Mapping[int, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Group:
    """`atomic when …`, or `sequence when …`: the days on which its condition holds, and its legs."""

    word: str
    when: frozenset[int]
    legs: tuple[Leg, ...]


@dataclass(frozen=True)
class Plain:
    """`exit SIDE SYMBOL when …`, or `enter SIDE SYMBOL when … size N units`."""

    word: str
    side: int
    symbol: str
    when: frozenset[int]
    units: float = 0.0


@dataclass(frozen=True)
class Play:
    """All that is played. limits: of `exposure`, `position`, `positions`; what is not said is not there."""

    symbols: tuple[str, ...]
    bars: Bars
    statements: tuple[Group | Plain, ...]
    limits: Mapping[str, float]
    capital: float = 1_000.0
    fee: float = 0.0
    lot: float = 0.0
    at_close: bool = False


@dataclass
class Row:
    """An order: decided on a day, and what became of it."""

    symbol: str
    statement: str
    day: int
    asked: float
    status: str = ""
    reason: str = ""
    got: float = 0.0
    filled: int = -1
    price: float = 0.0
