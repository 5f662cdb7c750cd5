"""What a portfolio of strategies left beside its account: each strategy's own run, and what the limits did."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from ..output import RunOutput

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Acted:
    """What a limit did at an event. instant: µs. limit: as written. level, reading: ratios, of `positions` counts.

    what: deny, halt or flatten. strategy: whose orders it denied, "" where it acted on all; orders: how many.
    """

    event: int
    instant: int
    limit: str
    measure: str
    level: float
    what: str
    reading: float
    strategy: str = ""
    orders: int = 0


@dataclass(frozen=True, eq=False)
class Strategies:
    """Of S strategies, in the order of the portfolio.

    capitals: what each began with. cash: the capital that none has. equities: of each after each event of the
    portfolio. outputs: each one's own run, as its own account and clock have it. owners: of each symbol of the
    portfolio's `several` the place of its strategy. trades, orders, records: of each row the place of its strategy.
    """

    names: tuple[str, ...]
    capitals: Sequence[float]
    cash: float
    equities: Sequence[Floats]
    outputs: Sequence[RunOutput]
    owners: Sequence[int]
    symbols: Sequence[str]
    trades: Ints
    orders: Ints
    records: Ints | None = None
    limits: tuple[str, ...] = ()
    acts: tuple[Acted, ...] = ()
