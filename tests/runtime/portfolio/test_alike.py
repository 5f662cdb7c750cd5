"""Layouts that are copied: what `lay_out` gives, each with arrays of its own."""

from __future__ import annotations

from stratagem.lang.inputs.assumptions import Assumptions
from stratagem.runtime.portfolio.alike import Alike
from stratagem.runtime.trading.specs import EnterSpec, ExitSpec, GuardSpec
from stratagem.runtime.trading.state import TradingState, lay_out

STATEMENTS = [EnterSpec("long", has_stop=True, scale=2), ExitSpec("long")]
GUARDS = [GuardSpec("drawdown", 0.1, "halt")]


def bits(state: TradingState) -> list[object]:
    arrays = (state.b, state.k, state.trades, state.orders, state.records)
    return [*(kept.tobytes() for kept in arrays), state.implied_exposure]


def test_a_copy_is_what_laying_out_gives_and_shares_nothing() -> None:
    asked = (STATEMENTS, GUARDS, Assumptions(capital=1000), 64)
    alike = Alike()
    first = alike(*asked, bar_seconds=60, start=3)
    first.b[0], first.k[0], first.orders[0], first.trades[0] = 7.0, 9, 5.0, 4.0
    for found in (alike(*asked, bar_seconds=60, start=3), alike(*asked, bar_seconds=60, start=3)):
        assert bits(found) == bits(lay_out(*asked, bar_seconds=60, start=3))
        found.b[0], found.k[0], found.records[0] = 1.0, 2, 3.0


def test_what_differs_in_anything_is_laid_out_anew() -> None:
    alike = Alike()
    base = (STATEMENTS, GUARDS, Assumptions(capital=1000), 64)
    others = [
        (STATEMENTS[:1], *base[1:]), (base[0], [], *base[2:]), (*base[:2], Assumptions(capital=1000, lot=0.5), 64),
        (*base[:3], 128),
    ]  # fmt: skip
    for asked in (base, *others, base, *others):  # more of them than are remembered
        for options in ({"start": 0}, {"start": 5}):
            assert bits(alike(*asked, **options)) == bits(lay_out(*asked, **options))
