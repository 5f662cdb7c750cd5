"""A venue that fills exactly what the simulator would: it walks through each bar by the same rules.

It knows nothing but the orders it was sent. Bars are told to the session as they pass (`on_price`), then pushed.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from typing import Any

import stratagem as sg
from stratagem.runtime.trading import layout as at
from stratagem.runtime.trading.prices import fee, reaches, slipped

RANKS = {"guard": 0, "exit": 1, "expire": 2, "enter": 3}
"""What fills first at an open."""


@dataclass
class Resting:
    """An order at the venue. seen: how many bars and lots came before it."""

    id: int
    data: dict[str, Any]
    since: int
    """The bar, counted from 0, from which it works."""
    triggered: bool = False

    @property
    def buys(self) -> int:
        return 1 if self.data["trade"] == "buy" else -1

    @property
    def dormant(self) -> bool:
        return self.data["after"] is not None

    @property
    def waits_for_trigger(self) -> bool:
        return self.data["trigger"] is not None and not self.triggered

    @property
    def price(self) -> float:
        """Where something happens to it next."""
        found = self.data["after"] if self.dormant else self.data["trigger"] if self.waits_for_trigger else None
        return float(self.data["limit"] if found is None else found)

    @property
    def toward(self) -> int:
        """From where price comes to it."""
        if self.dormant:
            return -self.buys
        return self.buys if self.waits_for_trigger else -self.buys

    @property
    def place(self) -> tuple[int, int]:
        """Source order of statements; of lots the row."""
        return (self.data["statement"] or 0, self.id)


@dataclass
class Perfect:
    """`run` pushes a bar, filled as simulated. path: the assumption about what comes first."""

    session: Any
    path: str = "worst"
    bracket: str = "entry_bar"
    orders: dict[int, Resting] = field(default_factory=dict)
    events: list[sg.Event] = field(default_factory=list)
    lots: list[int] = field(default_factory=list)
    filled: dict[int, tuple[int, str]] = field(default_factory=dict)
    """Of each lot the bar and the moment of its fill."""
    late: bool = False
    index: int = -1
    moment: str = ""
    off: bool = False
    """Whether the last price that the session knows is of a fill after the close that cost something."""
    times: tuple[int, int] = (0, 0)

    def run(self, bar: sg.Bar, extra: dict[str, float] | None = None, length: int = 0) -> None:
        self.inside(bar)
        self.told(self.session.push(bar, extra))
        self.after(bar, length)

    def inside(self, bar: sg.Bar) -> None:
        """The bar goes by, before it is pushed."""
        open_, high, low, close = bar.open, bar.high, bar.low, bar.close
        self.times, self.late, self.off = (bar.ts, bar.ts), False, False
        self.index, self.moment = self.index + 1, "open"
        for order in list(self.orders.values()):
            over = order.data["until"] is not None and order.data["until"] <= bar.ts
            if over and order.id in self.orders:  # another's end may have ended it
                self.ends(order)
        self.told(self.session.on_price(open_, time=bar.ts))
        self.market(open_, "next_open")
        self.jump(open_)
        self.walk(open_, high, low, close)
        self.moment = "decided"

    def after(self, bar: sg.Bar, length: int) -> None:
        """What was decided at its close, and is for that."""
        self.times, self.moment = (bar.ts + length, bar.ts), "close"
        self.market(bar.close, "this_close")

    # --- what the session says -------------------------------------------------------------------

    def told(self, events: list[sg.Event]) -> None:
        waiting = deque(events)
        while waiting:
            event = waiting.popleft()
            self.events.append(event)
            if event.kind == "request":
                waiting.extend(self.asked(event.data["what"], dict(event.data)))

    def asked(self, what: str, data: dict[str, Any]) -> list[sg.Event]:
        one = data["id"]
        if what == "cancel":
            return self.session.on_cancel(one) if self.orders.pop(one, None) else []
        if what == "replace":
            self.orders[one].data = data
            self.orders[one].since = self.begins
        else:
            self.orders[one] = Resting(one, data, self.begins)
            if data["lot"] is not None and data["lot"] not in self.lots:
                self.lots.append(data["lot"])
                self.filled[data["lot"]] = self.index, self.moment
        return self.session.on_ack(one)

    @property
    def begins(self) -> int:
        """The first bar of what is sent now."""
        return self.index + (self.moment in ("decided", "close"))

    def ends(self, order: Resting) -> None:
        del self.orders[order.id]
        self.told(self.session.on_cancel(order.id, time=self.times[0]))

    def fill(self, order: Resting, market: float, maker: bool = False) -> None:
        """All of an order, what it closes apart from what it opens. maker: it rested at its limit."""
        del self.orders[order.id]
        b = self.session._machine.trading.b
        held = self.session.position
        left = order.data["quantity"] - order.data["filled"]
        parts = [(left, at.EXIT_COSTS)]
        if order.data["role"] == "enter":
            closes = min(abs(held), left) if held * order.buys < 0.0 else 0.0
            parts = [(closes, at.EXIT_COSTS), (left - closes, at.ENTRY_COSTS)]
        for quantity, costs in parts:
            if quantity > 0.0:
                price, limit = slipped(b, market, order.buys, quantity, costs), order.data["limit"]
                if limit is not None and order.buys * (price - limit) > 0.0:
                    price = limit
                charge = fee(b, quantity, price, int(maker and limit is not None), costs)
                self.off = self.moment == "close" and order.data["kind"] != "market" and price != market
                self.told(self.session.on_fill(order.id, quantity, price, fee=charge, time=self.times[0]))

    # --- a price ---------------------------------------------------------------------------------

    def market(self, price: float, moment: str) -> None:
        for order in sorted(self.orders.values(), key=lambda o: (RANKS.get(o.data["role"], 0), o.id)):
            if order.data["kind"] == "market" and order.data["fill"] == moment and order.id in self.orders:
                known = set(self.lots)
                self.fill(order, price)
                if moment == "this_close" and self.bracket == "entry_bar":
                    for lot in [lot for lot in self.lots if lot not in known]:
                        self.lot_beyond(lot, price)

    def of(self, role: str) -> list[Resting]:
        found = [o for o in self.orders.values() if o.data["kind"] != "market" and o.data["statement"] is not None]
        return sorted((o for o in found if o.data["role"] == role), key=lambda o: o.place)

    def rows_of(self, lot: int) -> list[Resting]:
        return [o for o in self.orders.values() if o.data["lot"] == lot and o.data["kind"] != "market"]

    def beyond(self, order: Resting, price: float) -> bool:
        return bool(reaches(self.session._machine.trading.b, price, order.price, order.toward))

    def jump(self, price: float) -> None:
        self.statements_at("exit", price)
        for lot in list(self.lots):
            self.lot_beyond(lot, price)
        self.statements_at("enter", price)

    def statements_at(self, role: str, price: float) -> None:
        for order in self.of(role):
            if order.id in self.orders and self.beyond(order, price):
                self.reach(order, price)

    def reach(self, order: Resting, price: float) -> None:
        at_once = self.moment != "inside" and order.since == self.index
        if order.waits_for_trigger and order.data["limit"] is not None:
            at_once = True
            self.late = order.triggered = True
            self.told(self.session.on_trigger(order.id))
            if not self.beyond(order, price):
                return
        known = set(self.lots)
        self.fill(order, price, not at_once)
        if order.data["role"] == "enter":
            self.late = self.late or self.moment == "inside"
        for lot in [lot for lot in self.lots if lot not in known]:
            self.lot_beyond(lot, price)

    def first_met(self, lot: int, price: float, way: int, arming: bool) -> Resting | None:
        met = [o for o in self.rows_of(lot) if o.toward == way and (arming or not o.dormant) and self.beyond(o, price)]
        return min(met, key=lambda o: (way * o.price, o.dormant, self.row(o)), default=None)

    def row(self, order: Resting) -> int:
        """The order of the rows of a lot: as they were first sent."""
        return order.id

    def lot_beyond(self, lot: int, price: float) -> None:
        own = self.filled.get(lot) == (self.index, self.moment)
        while True:
            rows = self.rows_of(lot)
            if not rows:
                return
            against = rows[0].buys
            met = (
                self.first_met(lot, price, against, False)
                or self.first_met(lot, price, -against, False)
                or self.first_met(lot, price, -against, True)
            )
            if met is None:
                return
            self.touch(met, price, not own)

    def touch(self, order: Resting, price: float, maker: bool) -> None:
        if order.dormant:
            order.data["after"] = None
            self.late = True
            self.told(self.session.on_trigger(order.id))
        else:
            self.fill(order, price, maker)

    # --- a walk ----------------------------------------------------------------------------------

    def walk(self, open_: float, high: float, low: float, close: float) -> None:
        way = self.direction(open_, high, low)
        first, second = (high, low) if way > 0 else (low, high)
        self.moment = "inside"
        self.leg(first, way)
        self.leg(second, -way)
        if self.late:
            self.leg(close, way)

    def direction(self, open_: float, high: float, low: float) -> int:
        if self.path == "proximity":
            return 1 if abs(high - open_) < abs(open_ - low) else -1
        held = self.session.position
        hurts = -1 if held > 0 else 1
        if held == 0:
            entries = self.of("enter")
            hurts = entries[0].buys if entries else 1
        return -hurts if self.path == "best" else hurts

    def leg(self, extreme: float, way: int) -> None:
        while (met := self.nearest(extreme, way)) is not None:
            price, lot = met.price, met.data["lot"]
            if lot is None:
                self.reach(met, price)
                continue
            arms = met.dormant
            self.touch(met, price, True)
            if arms:
                self.lot_beyond(lot, price)
        self.told(self.session.on_price(extreme, time=self.times[0]))

    def nearest(self, extreme: float, way: int) -> Resting | None:
        found, best = None, at.FAR

        def look(order: Resting | None) -> None:
            nonlocal found, best
            if order is not None and order.toward == way and self.beyond(order, extreme) and way * order.price < best:
                found, best = order, way * order.price

        for order in self.of("exit"):
            look(order)
        for lot in self.lots:
            look(self.first_met(lot, extreme, way, True))
        for order in self.of("enter"):
            look(order)
        return found
