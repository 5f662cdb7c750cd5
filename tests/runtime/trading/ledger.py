"""An independent ledger: the rules of fills and money again, in plain Python with lists, to hold the arrays against.

It knows market orders at the next open or this close, reversals, scale, parts, stops and targets at fixed levels
on any path, fees and slippage; sizes are in units. Written from the rules, not from the code under test.
"""

from __future__ import annotations

from dataclasses import dataclass, field

Bar = tuple[float, float, float, float]


@dataclass
class Lot:
    side: int
    quantity: float
    price: float
    statement: int
    stop: float | None
    target: float | None


@dataclass
class Wish:
    """What a statement wants: side and kind are the statement's."""

    statement: int
    kind: str
    side: int
    quantity: float
    scale: int
    stop: float | None = None
    target: float | None = None


@dataclass
class Ledger:
    capital: float
    fraction: float = 0.0
    per_order: float = 0.0
    slip: float = 0.0
    point: float = 1.0
    path: str = "worst"
    now: bool = False  # fill this_close
    cash: float = 0.0
    realised: float = 0.0
    fees: float = 0.0
    ambiguous: int = 0
    conflicts: int = 0
    lots: list[Lot] = field(default_factory=list)
    waiting: list[Wish] = field(default_factory=list)
    trades: list[tuple[float, float, float, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.cash = self.capital

    @property
    def quantity(self) -> float:
        return sum(lot.side * lot.quantity for lot in self.lots)

    def equity(self, price: float) -> float:
        return self.cash + self.quantity * price * self.point

    def unrealised(self, price: float) -> float:
        return sum(lot.side * lot.quantity * (price - lot.price) * self.point for lot in self.lots)

    def bar(self, bar: Bar, wishes: list[Wish]) -> None:
        open_, high, low, close = bar
        waiting, self.waiting = self.waiting, []
        for wish in [w for w in waiting if w.kind == "exit"] + [w for w in waiting if w.kind == "enter"]:
            self._market(wish, open_)
        for lot in list(self.lots):
            if lot.stop is not None and (open_ - lot.stop) * lot.side <= 0:
                self._close(lot, lot.quantity, open_ - lot.side * self.slip, "stop")
            elif lot.target is not None and (open_ - lot.target) * lot.side >= 0:
                better = open_ - lot.side * self.slip
                self._close(lot, lot.quantity, self._limit(lot, better), "target")
        self._walk(open_, high, low)
        self._decide(wishes, close)

    def _limit(self, lot: Lot, price: float) -> float:
        assert lot.target is not None
        return max(price, lot.target) if lot.side > 0 else min(price, lot.target)

    def _walk(self, open_: float, high: float, low: float) -> None:
        if not self.lots:
            return
        side = self.lots[0].side
        if self.path == "proximity":
            up_first = abs(high - open_) < abs(open_ - low)
        else:
            up_first = (side > 0) == (self.path == "best")
        for up in (up_first, not up_first):
            end = high if up else low
            hit = []
            for lot in self.lots:
                against = up == (lot.side < 0)
                level = lot.stop if against else lot.target
                if level is not None and (end >= level if up else end <= level):
                    other = lot.target if against else lot.stop
                    far = low if up else high
                    both = other is not None and (far <= other if up else far >= other)
                    hit.append((level if up else -level, lot, level, "stop" if against else "target", both))
            for _, lot, level, why, both in sorted(hit, key=lambda h: h[0]):
                price = level - lot.side * self.slip if why == "stop" else level
                self.ambiguous += both and up == up_first
                self._close(lot, lot.quantity, price, why)

    def _decide(self, wishes: list[Wish], close: float) -> None:
        held = 0 if not self.lots else self.lots[0].side
        counts = {w.statement: sum(lot.statement == w.statement for lot in self.lots) for w in wishes}
        can = {w.statement: self._can(w, held, counts[w.statement]) for w in wishes}
        left = abs(self.quantity)
        acted = False
        for wish in wishes:
            if wish.kind == "exit" and can[wish.statement] and left > 0:
                left -= min(wish.quantity, left)
                acted = True
                self._accept(wish, close)
        taken = 0
        for wish in wishes:
            if wish.kind != "enter" or not can[wish.statement] or (acted and wish.side == held):
                continue
            if taken == -wish.side:
                self.conflicts += 1
            elif taken == 0 or wish.scale > 0:
                taken = wish.side
                self._accept(wish, close)

    @staticmethod
    def _can(wish: Wish, held: int, count: int) -> bool:
        if wish.kind == "exit":
            return held == wish.side
        return held != wish.side or 0 < wish.scale >= count

    def _accept(self, wish: Wish, close: float) -> None:
        if self.now:
            self._market(wish, close, at_close=True)
        else:
            self.waiting.append(wish)

    def _market(self, wish: Wish, price: float, at_close: bool = False) -> None:
        held = 0 if not self.lots else self.lots[0].side
        if wish.kind == "exit":
            if held == wish.side:
                self._fifo(wish.quantity, price - held * self.slip, "signal")
            return
        filled = price + wish.side * self.slip
        if held == -wish.side:
            self._fifo(float("inf"), filled, "reverse")
        fee = self._fee(wish.quantity, filled)
        self.cash -= wish.side * wish.quantity * filled * self.point + fee
        self.fees += fee
        lot = Lot(wish.side, wish.quantity, filled, wish.statement, wish.stop, wish.target)
        self.lots.append(lot)
        if at_close:
            if lot.stop is not None and (price - lot.stop) * lot.side <= 0:
                self._close(lot, lot.quantity, price - lot.side * self.slip, "stop")
            elif lot.target is not None and (price - lot.target) * lot.side >= 0:
                self._close(lot, lot.quantity, self._limit(lot, price - lot.side * self.slip), "target")

    def _fee(self, quantity: float, price: float) -> float:
        return quantity * self.point * abs(price) * self.fraction + self.per_order

    def _fifo(self, quantity: float, price: float, why: str) -> None:
        quantity = min(quantity, abs(self.quantity))
        self.fees += self._fee(quantity, price)
        self.cash -= self._fee(quantity, price)
        while quantity > 1e-9:
            lot = self.lots[0]
            part = min(quantity, lot.quantity)
            self._book(lot, part, price, why)
            quantity -= part

    def _close(self, lot: Lot, quantity: float, price: float, why: str) -> None:
        self.fees += self._fee(quantity, price)
        self.cash -= self._fee(quantity, price)
        self._book(lot, quantity, price, why)

    def _book(self, lot: Lot, part: float, price: float, why: str) -> None:
        self.cash += lot.side * part * price * self.point
        self.realised += lot.side * part * (price - lot.price) * self.point
        self.trades.append((lot.side * part, lot.price, price, why))
        lot.quantity -= part
        if lot.quantity < 1e-9:
            self.lots.remove(lot)
