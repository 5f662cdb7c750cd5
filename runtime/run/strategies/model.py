"""A portfolio of strategies as it is declared: each with its share of the capital, and the limits over all of them."""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from .limits import Limit

if TYPE_CHECKING:
    from ...compiled.compiled import Compiled


@dataclass(frozen=True, slots=True)
class Strategy:
    """data: its own, None where it runs over those of the run. options: of data, what it says of its own.
    places: where in a file each of its assumptions stands, in words."""

    name: str
    program: Compiled
    share: Fraction
    data: object = None
    params: Mapping[str, object] = field(default_factory=dict)
    assumptions: Mapping[str, object] = field(default_factory=dict)
    options: Mapping[str, Any] = field(default_factory=dict)
    places: Mapping[str, str] = field(default_factory=dict)

    def place(self, fault: str, over: Container[str]) -> str:
        """Where the assumption stands that a fault names, unless it is one of those `over` it; "" where none is."""
        words = fault.replace(":", " ").split()
        return next((told for name, told in self.places.items() if name in words and name not in over), "")


@dataclass(frozen=True, slots=True)
class Declared:
    """capital: None where it is not said. title: what the portfolio is called. equal: whether the shares are equal
    because none is said. rebalance: how often they are set anew, "" for never."""

    title: str
    strategies: tuple[Strategy, ...]
    limits: tuple[Limit, ...] = ()
    capital: object = None
    equal: bool = False
    rebalance: str = ""

    @property
    def parts(self) -> list[float]:
        """The share of each strategy."""
        return [float(each.share) for each in self.strategies]
