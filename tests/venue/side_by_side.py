"""One program, simulated and at a perfect venue, bar by bar: the same books."""

from __future__ import annotations

from math import isclose
from typing import Any

import stratagem as sg

from ..ledger.program import Bar, Program
from ..ledger.text import columns, text
from .perfect import Perfect

HOUR = 3_600_000_000
TRADE = ("side", "quantity", "entry_price", "exit_price", "fees", "pnl", "reason", "entry_statement")
AND_PLACES = ("entry_index", "entry_time", "exit_index", "exit_time", "bars")
AND_EXCURSIONS = ("mae", "mfe")


def same(one: Any, other: Any, room: float = 1e-9) -> bool:
    if isinstance(one, float) and isinstance(other, float):
        return isclose(one, other, rel_tol=room, abs_tol=room)
    return bool(one == other)


def faults(program: Program, bars: list[Bar], engine: str = "interpreted") -> list[str]:
    """What the venue's session has otherwise; the first difference of each kind."""
    given = {name: values for name, values in columns(program, bars).items() if name not in Bar.__annotations__}
    pushed = [sg.Bar(bar.time, bar.open, bar.high, bar.low, bar.close) for bar in bars]
    extras = [{name: values[at] for name, values in given.items()} for at in range(len(bars))]
    names = [*TRADE]
    closes = "this_close" in text(program)
    names += [] if closes else AND_PLACES
    costs = program.rests.slip_distance or program.rests.slip_fraction or program.rests.spread
    names += [] if closes or costs else AND_EXCURSIONS  # of a fill the session knows its price, not the market's
    return differ(sg.compile(text(program)), pushed, extras, names, engine, program.rests.path,
                  program.rests.bracket)  # fmt: skip


def differ(
    program: Any, bars: list[sg.Bar], extras: list[dict[str, float]], names: list[str], engine: str = "interpreted",
    path: str = "worst", bracket: str = "entry_bar", timeframe: str = "1h", length: int = HOUR,
    traded: list[int] | None = None, **assumed: Any,
) -> list[str]:  # fmt: skip
    plain = program.session(timeframe=timeframe, engine=engine, **assumed)
    outside = program.session(timeframe=timeframe, engine=engine, fills="venue", **assumed)
    venue, seen = Perfect(outside, path, bracket), []
    for at, (bar, extra) in enumerate(zip(bars, extras, strict=True)):
        seen += plain.push(bar, extra)
        venue.run(bar, extra, length)
        here, there = (plain.equity, plain.position), (outside.equity, outside.position)
        if not same(plain.position, outside.position) or not (venue.off or same(plain.equity, outside.equity)):
            return [f"bar {at}: equity and position are {here}, at the venue {there}"]
    ours, theirs = ([event.data for event in events if event.kind == "trade"] for events in (seen, venue.events))
    if traded is not None:
        traded.append(len(ours))
    if len(ours) != len(theirs):
        return [f"{len(ours)} trades, at the venue {len(theirs)}"]
    return [f"trade {at}: {name} is {mine[name]!r}, at the venue {other[name]!r}"
            for at, (mine, other) in enumerate(zip(ours, theirs, strict=True)) for name in names
            if not same(mine[name], other[name])]  # fmt: skip
