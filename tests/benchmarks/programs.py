"""The programs that are measured, and the results they must have before a time means anything."""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path

import stratagem as sg
from stratagem.runtime.compiled.program import CompiledProgram

STRATEGIES = Path(__file__).with_name("strategies")


@dataclass(frozen=True, slots=True)
class Expected:
    """Of a million bars: closed trades, and the last equity to the fourth decimal."""

    trades: int
    equity: float


EXPECTED = {
    "w1": Expected(13_858, 998105.6761),
    "w2": Expected(9_352, 998754.1667),
    "w4": Expected(6_508, 999071.2511),
}
SWEPT_TRADES = 424_355
"""Closed trades of all pairs of W3 on 100,000 bars."""


class WrongResult(Exception):
    """Something was computed wrongly: its time is of no interest."""


def path(name: str) -> Path:
    return STRATEGIES / f"{name}.strat"


def program(name: str) -> CompiledProgram:
    return sg.compile(path(name))


def check(name: str, who: str, trades: int, equity: float) -> None:
    """WrongResult unless these are the trades and the last equity of `name` at a million bars."""
    wanted = EXPECTED[name]
    if trades != wanted.trades or not math.isclose(equity, wanted.equity, rel_tol=0, abs_tol=6e-5):
        raise WrongResult(
            f"{name} by {who}: expected {wanted.trades} trades and equity {wanted.equity:.4f}, "
            f"found {trades} and {equity:.4f}"
        )
