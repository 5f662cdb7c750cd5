"""The books: cash, lots and trades, and the one function that books a fill (rules 19, 20, 31)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from math import inf, isnan, nan

from .orders import CLOSE, REASONS, Lot, Order, Row, Trade
from .prices import fee_of
from .program import Rests

DAY, FUNDED = 86_400_000_000, 28_800_000_000
"""Microseconds of a day, and between two instants of funding."""
NOTHING = 1e-9
"""A quantity below this is none: what is left of a lot that was closed in parts."""


class Book:
    """One account with one symbol. now: the open instant of the bar, in µs; step: how long a bar is."""

    def __init__(self, rests: Rests, step: int) -> None:
        self.rests, self.step, self.now = rests, step, 0
        self.home = self.equity = rests.capital
        self.abroad = 0.0  # money of the instrument's currency: what a purchase owes, or a short sale brought
        self.units = 1.0
        """Units of the account: money that comes buys some at what one is worth, money that goes sells some."""
        self.high = self.day_start = self.start = rests.capital
        """What a unit was worth at its highest close, when the day began and in the beginning."""
        self.marks: dict[int, float] = {}
        """The same of what a guard counts from that was reset, by its place."""
        self.realised = self.fees = 0.0
        self.price = nan
        self.opened: int | None = None  # when the bar before opened
        self.bar = 0
        self.way: bool | None = None  # whether the leg going on rises
        self.moved: set[tuple[int, bool]] = set()  # lots of a side that came or went on such a leg of this walk
        self.part = 0  # which part of the bar's way is going on: a finer bar has two, its open and the rest
        self.day: date | None = None
        self.traded: list[tuple[date | None, float]] = []
        self.entries_today = 0
        self.lots: list[Lot] = []
        self.room = inf  # quantity that may still fill on this bar
        self.dry = False  # it has left an order less than it asked for: nothing fills at a limit any more
        self.trades: list[Trade] = []
        self.today = 0  # where the trades of the day begin
        self.log: list[Row] = []
        self.begun = -1  # the bar of the first fill of the position
        self.positions = 0

    @property
    def cash(self) -> float:
        return self.home + self.abroad * self.rests.rate

    # --- what is held ------------------------------------------------------------------------------

    @property
    def side(self) -> int:
        return self.lots[0].side if self.lots else 0

    @property
    def held(self) -> float:
        """What is held, above 0 on either side."""
        return sum(lot.quantity for lot in self.lots)

    def value(self, price: float) -> float:
        """Money that the position is worth, signed."""
        return sum(lot.side * lot.quantity for lot in self.lots) * price * self.rests.worth if self.lots else 0.0

    # --- fills -------------------------------------------------------------------------------------

    def apply(self, order: Order, quantity: float, price: float, moment: str, ambiguous: bool = False) -> None:
        """Books one fill: the only writer of cash and lots. `quantity` is of what the order opens or closes.

        An order pays its fee once, however many lots it closes; they share it by quantity. So do its parts.
        """
        if self.way is not None:
            self.moved.add((order.side if order.role == "enter" else self.side, self.way))
        order.parts.append((quantity, price, self.rests.worth, self.rests.terms))
        self.traded.append((self.day, quantity * abs(price) * self.rests.worth))
        paid = fee_of(self.rests, order.parts, order.role == "enter") - order.paid
        order.paid += paid
        self.home -= paid
        self.fees += paid
        if order.role == "enter":
            if order.mine in self.lots:
                self._add(order, quantity, price, paid)
            else:
                self._open(order, quantity, price, paid, moment)
            assert order.mine is not None
            order.mine.by_path |= ambiguous
        else:
            self._close(order, quantity, price, paid, moment, ambiguous)
        order.fill_bar, order.moment = self.bar, moment
        order.price = sum(q * p for q, p, *_ in order.parts) / sum(q for q, *_ in order.parts)
        self.value_at(self.price, "fill")

    def reverse(self, order: Order, quantity: float, price: float, moment: str, ambiguous: bool = False) -> Order:
        """Rule 20: the closing leg of an entry on the other side, at its price, with a fee of its own."""
        order.leg = order.leg or Order(order.number, "reverse", self.side, order.statement, order.bar)
        self.apply(order.leg, quantity, price, moment, ambiguous)
        return order.leg

    def _open(self, order: Order, quantity: float, price: float, paid: float, moment: str) -> None:
        if not self.lots:
            self.begun = self.bar
            self.positions += 1
        self.abroad -= order.side * quantity * price * self.rests.point
        self.entries_today += 1
        order.earlier = order.got
        order.got += quantity
        instant = self.now + (self.step if moment == CLOSE else 0)
        self.lots.append(Lot(order.statement, order.side, quantity, price, self.bar, order, paid, price, price,
                             quantity, moment, instant))  # fmt: skip
        order.mine = self.lots[-1]
        order.mine.part = self.part

    def _add(self, order: Order, quantity: float, price: float, paid: float) -> None:
        """A further part of an order's lot, at the average price of what is held of it."""
        lot = order.mine
        assert lot is not None
        self.abroad -= order.side * quantity * price * self.rests.point
        order.got += quantity
        lot.price = (lot.quantity * lot.price + quantity * price) / (lot.quantity + quantity)
        lot.quantity += quantity
        lot.fees += paid
        lot.high, lot.low = max(lot.high, price), min(lot.low, price)

    def _close(
        self, order: Order, quantity: float, price: float, paid: float, moment: str, ambiguous: bool
    ) -> None:
        """First in, first out (rule 20), or the lot of a bracket or expiry alone."""
        order.got += quantity
        left = quantity
        for lot in [order.lot] if order.lot else list(self.lots):
            part = min(left, lot.quantity)
            if part > 0.0:
                self._part(order, lot, part, price, paid * part / quantity, moment, ambiguous)
            left -= part
        self.lots = [lot for lot in self.lots if lot.quantity > NOTHING]

    def _part(
        self, order: Order, lot: Lot, part: float, price: float, paid: float, moment: str, ambiguous: bool
    ) -> None:
        self.abroad += lot.side * part * lot.price * self.rests.point  # as it was paid; what it made comes home
        earned = lot.pnl(price, part, self.rests.worth)
        self.home += earned
        self.realised += earned
        entry = lot.fees * part / lot.quantity
        lot.fees -= entry
        lot.quantity -= part
        row = self._row(order.role, order.statement, lot, part, price, entry + paid, moment, ambiguous)
        self.trades.append(replace(row, level=order.clause))

    def _row(
        self, reason: str, statement: int, lot: Lot, part: float, price: float, fees: float, moment: str,
        ambiguous: bool,
    ) -> Trade:  # fmt: skip
        point = self.rests.worth
        stood = [lot.pnl(seen, part, point) for seen in (lot.high, lot.low, price)]
        left_by = statement if reason in ("exit", "reverse") else -1
        return Trade(
            lot.side, part, lot.bar, lot.price, self.bar, price, fees, lot.pnl(price, part, point) - fees,
            min(0.0, *stood), max(0.0, *stood), lot.statement, left_by,
            REASONS.get(reason, reason), lot.stop, lot.target, ambiguous or lot.by_path, point,
            (lot.moment, moment),
        )  # fmt: skip

    def open_rows(self) -> list[Trade]:
        """Rule 31: what is open at the end, marked at the last close, without an exit fee."""
        return [self._row("end", -1, lot, lot.quantity, self.price, lot.fees, CLOSE, False) for lot in self.lots]

    # --- marks -------------------------------------------------------------------------------------

    def see(self, price: float) -> None:
        """The market was at this price while the lots were held: excursions, and what a trail follows."""
        self.price = price
        for lot in self.lots:
            lot.high, lot.low = max(lot.high, price), min(lot.low, price)

    def value_at(self, price: float, what: str) -> None:
        """The chain position, exposure, risk, pnl (rule 18), after each fill and once at the mark."""
        self.equity = self.cash + self.value(price)
        self.log.append(Row(
            self.bar, what, self.side * self.held, self.cash, self.equity, self.realised, self.fees,
            self.high_water, len(self.lots),
        ))  # fmt: skip

    def see_fill(self) -> None:
        """A new lot sees the price at which the market filled it, before slippage."""
        self.see(self.price)

    def mark(self, close: float) -> None:
        """Rule 18 (3): everything is marked at the close; the high-water mark moves here and nowhere else."""
        self.see(close)
        if self.units:
            self.high = max(self.high, (self.cash + self.value(close)) / self.units)
        self.value_at(close, "mark")

    def begin(self, bar: int, instant: int) -> bool:
        """A bar begins; whether a day does with it.

        Rules 19 and 29: the day of a bar is that of its open; its start is the equity of the mark before.
        """
        self.bar, self.now, self.part = bar, instant, 0
        day = datetime.fromtimestamp(instant / 1e6, UTC).date()
        begins = day != self.day
        if begins:
            self.day, self.entries_today, self.today = day, 0, len(self.trades)
            self.day_start = self.equity / self.units if self.units else 0.0
        counts = sum(notional for when, notional in self.traded if when and self.counts(when, day))
        self.rests.tier = sum(counts >= tier[0] for tier in self.rests.tiers)
        return begins

    def counts(self, when: date, day: date) -> bool:
        """Whether what was traded on a day counts for the tier of this one."""
        if self.rests.over:
            return 0 < (day - when).days <= self.rests.over
        return (when.year, when.month) == (day.year, day.month)

    def accrue(self) -> None:
        """What holding costs is due at the open, for the time since the last one, of the books as they were left."""
        before, self.opened = self.opened, self.now
        if before is None:
            return
        years, value = (self.now - before) / (365 * DAY), self.value(self.price)
        borrow = said(self.rests.borrow_said, self.bar, self.rests.borrow)
        due = self.cash * self.rests.interest * years + min(value, 0.0) * borrow * years
        instants = self.now // FUNDED - before // FUNDED
        due -= value * said(self.rests.funding_said, self.bar, self.rests.funding * instants)
        self.home += due
        self.equity = self.cash + value

    def open_rate(self) -> None:
        """The rate of the bar's open: what lies abroad and what is held are worth that from now on."""
        self.rests.open(self.bar)
        self.equity = self.cash + self.value(self.price)

    # --- money that comes and goes ---------------------------------------------------------------------

    def flow(self, money: float) -> None:
        """It buys or sells units of the account; where that is worth nothing, all that is measured from moves with it.
        """
        if self.equity > 0.0 and self.units:
            self.units += money / (self.equity / self.units)
            if self.equity + money == 0.0:
                self.units = 0.0
        else:
            self.high, self.day_start, self.start = (
                mark * self.units + money for mark in (self.high, self.day_start, self.start)
            )  # fmt: skip
            self.marks = {guard: mark * self.units + money for guard, mark in self.marks.items()}
            self.units = 1.0
        self.home += money
        self.equity += money

    @property
    def high_water(self) -> float:
        return self.high * self.units

    @property
    def day_equity(self) -> float:
        return self.day_start * self.units

    # --- readings ----------------------------------------------------------------------------------

    @property
    def drawdown(self) -> float:
        return max(0.0, 1.0 - self.equity / self.high_water) if self.high_water > 0.0 else 0.0

    @property
    def trades_today(self) -> list[Trade]:
        return self.trades[self.today :]

    def share(self, amount: float, whole: float) -> float:
        return amount / whole if whole > 0.0 else inf


def said(rates: Sequence[float], bar: int, otherwise: float) -> float:
    """The rate that the data say at a bar, where they do; a missing one is none."""
    return otherwise if not rates else 0.0 if isnan(rates[bar]) else rates[bar]
