"""A book has to do with the statements for its own symbol alone: those for others cost it nothing."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from types import FrameType

import numpy as np
import pytest
import stratagem as sg
from stratagem.lang.inputs.assumptions import read_assumptions
from stratagem.runtime.data.bars import Bars
from stratagem.runtime.machine.snapshot import SnapshotError
from stratagem.runtime.trading import layout as at
from stratagem.runtime.trading.places import order_at
from stratagem.runtime.trading.specs import EnterSpec, HoldSpec
from stratagem.runtime.trading.state import lay_out

DAY = 86_400_000_000
LEG = HoldSpec(atomic=True)


def text(names: Sequence[str]) -> str:
    """All symbols are bought together, and leave together."""
    buys, leaves = ("\n".join(f"  {what.format(name)}" for name in names) for what in ("buy {} size 1%", "flatten {}"))
    return (f'stratagem 1\nstrategy "legs"\non {", ".join(names)} every 1d\natomic when bar_index == 2\n{buys}\n'
            f"atomic when bar_index == 4\n{leaves}\n")  # fmt: skip


def panel(names: Sequence[str]) -> dict[str, Bars]:
    def flat(price: float) -> dict[str, object]:
        prices = dict.fromkeys(("open", "high", "low", "close"), [price] * 8)
        return {"time": np.arange(8) * DAY + 20_000 * DAY, **prices}

    return {name: sg.load_bars(flat(100.0 + place), symbol=name) for place, name in enumerate(names)}


def calls_of(count: int) -> int:
    """How many functions of trading a run with so many legs calls, as the interpreted driver makes them."""
    names = [f"S{place}" for place in range(count)]
    program, data, found = sg.compile(text(names)), panel(names), 0

    def note(frame: FrameType, event: str, _: object) -> None:
        nonlocal found
        found += event == "call" and frame.f_globals.get("__name__", "").startswith("stratagem.runtime.trading")

    sys.setprofile(note)
    try:
        result = program.backtest(data, engine="interpreted")
    finally:
        sys.setprofile(None)
    assert len(result.trades) == count
    return found


def test_what_legs_cost_grows_with_their_number_alone() -> None:
    few, many = calls_of(4), calls_of(12)
    assert many < 3.3 * few, "three times as many legs are three times the work, not nine"


def test_places_of_others_are_left_empty() -> None:
    statements, assumed = [LEG, LEG, EnterSpec("long", scale=3)], read_assumptions()
    own = lay_out(statements, [], assumed, 1, own=[False, True, False])
    every = lay_out(statements, [], assumed, 1)
    k = own.k
    assert list(k[k[at.OWN_LIST] : k[at.LOT_LIST]]) == [5, 6, 7, 8, 9] and k[at.STATEMENT_COUNT] == 11
    assert every.k[at.OWN_COUNT] == 11
    assert not any(k[k[at.STATEMENTS] + slot] for slot in range(at.STATEMENT_WIDTH) if slot != at.TAKE_ROW)
    assert len(own.orders) < len(every.orders) and len(own.b) < len(every.b)


def test_a_snapshot_in_which_another_symbols_statement_acts_is_refused() -> None:
    program = sg.compile(text(["A", "B"]))
    data = panel(["A", "B"])

    def pushed() -> sg.Session:
        live = program.session()
        for row in range(4):
            live.push({name: sg.Bar(int(bars.ts[row]), *([float(bars.close[row])] * 4)) for name, bars in data.items()})
        return live

    live = pushed()
    book = live._books[0]  # type: ignore[attr-defined]
    other = next(place for place in range(10) if place not in book.arrays.bk[book.arrays.bk[at.OWN_LIST] :][:10])
    book.arrays.b[order_at(book.arrays.bk, other) + at.STATE] = at.WAITS
    with pytest.raises(SnapshotError, match="a statement for another symbol has an order"):
        pushed().restore(live.snapshot())
