"""A perfect venue for each of several symbols, and one session that trades them all."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import stratagem as sg

from .perfect import Perfect
from .side_by_side import AND_PLACES, TRADE, same


class OfOne:
    """What a venue of one symbol sees of a session over several."""

    def __init__(self, session: Any, symbol: str) -> None:
        self.session, self.symbol = session, symbol
        self._machine = next(book for book in session._books if book.symbol == symbol)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.session, name)

    @property
    def position(self) -> float:
        return float(self.session.positions[self.symbol])

    def on_price(self, price: float, **more: Any) -> list[sg.Event]:
        return list(self.session.on_price(price, symbol=self.symbol, **more))


class PerfectSeveral:
    """`run` pushes an event, filled as simulated: each symbol's whole bar, in the order of the session's symbols."""

    def __init__(self, session: Any, path: str = "worst", bracket: str = "entry_bar") -> None:
        self.session = session
        self.of = {symbol: Perfect(OfOne(session, symbol), path, bracket) for symbol in session.traded}

    def run(self, bars: Mapping[str, sg.Bar], extra: Mapping[str, Mapping[str, float]], length: int) -> None:
        here = {symbol: venue for symbol, venue in self.of.items() if symbol in bars}
        for symbol, venue in here.items():
            venue.inside(bars[symbol])
        told: dict[str, list[sg.Event]] = {symbol: [] for symbol in self.of}
        for event in self.session.push(bars, extra):
            told.setdefault(event.data["symbol"], []).append(event)
        for symbol, venue in self.of.items():
            venue.told(told[symbol])
        for symbol, venue in here.items():
            venue.after(bars[symbol], length)


def differ(
    program: Any, events: list[dict[str, sg.Bar]], extras: list[dict[str, dict[str, float]]], length: int,
    engine: str = "interpreted", traded: list[int] | None = None, **options: Any,
) -> list[str]:  # fmt: skip
    """What the books at the venue have otherwise than the simulated; the first difference of each kind."""
    path, bracket = options.pop("path", "worst"), options.pop("bracket", "entry_bar")
    plain = program.session(engine=engine, **options)
    outside = program.session(engine=engine, fills="venue", **options)
    venue, seen = PerfectSeveral(outside, path, bracket), []
    for at, (bars, extra) in enumerate(zip(events, extras, strict=True)):
        seen += plain.push(bars, extra)
        venue.run(bars, extra, length)
        alike = all(same(held, outside.positions[symbol]) for symbol, held in plain.positions.items())
        if not alike or not same(plain.equity, outside.equity):
            return [f"event {at}: {plain.equity} {plain.positions}, at the venue {outside.equity} {outside.positions}"]
    found: list[str] = []
    for symbol, one in venue.of.items():
        ours, theirs = ([event.data for event in each if event.kind == "trade" and event.data["symbol"] == symbol]
                        for each in (seen, one.events))  # fmt: skip
        if traded is not None:
            traded.append(len(ours))
        if len(ours) != len(theirs):
            return [f"{len(ours)} trades of {symbol}, at the venue {len(theirs)}"]
        found += [f"trade {at} of {symbol}: {name} is {mine[name]!r}, at the venue {other[name]!r}"
                  for at, (mine, other) in enumerate(zip(ours, theirs, strict=True)) for name in (*TRADE, *AND_PLACES)
                  if not same(mine[name], other[name])]  # fmt: skip
    return found
