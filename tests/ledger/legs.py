"""A ledger of legs: `atomic` and `sequence` over several symbols, by docs/trading.md and docs/portfolio.md alone.

Shares no line and no state with the engines. Bars of a day, orders at the market, a fee that is a share. Every symbol
has its bars by day; one without a bar is worth its last close.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import floor

from .legs_program import Group, Leg, Plain, Play, Row

TINY = 1e-9
SIDES = {1: "long", -1: "short"}


@dataclass
class Order:
    """What waits. closes: of what is held; opens: with a sign. decided: the close of its decision. group: whose
    legs it waits for."""

    row: Row
    symbol: str
    closes: float
    opens: float
    decided: float
    group: Waiting | None = None
    ended: bool = False


@dataclass
class Waiting:
    """An atomic whose legs wait. missed: events at which some had an open and others had not."""

    orders: list[Order]
    missed: int = 0


@dataclass
class Steps:
    """How far a sequence is. next: the instruction whose turn it is, -1 while its condition is looked at.

    given: the event at which the last one was decided; order: what waits of it; expected: what is then to be held.
    """

    next: int = -1
    given: int = -1
    order: Order | None = None
    expected: float = 0.0
    compares: bool = False


def sign(value: float) -> int:
    return (value > TINY) - (value < -TINY)


class LegLedger:
    """One play. `rows` in the order in which orders were decided, equity of each event."""

    def __init__(self, play: Play) -> None:
        self.play, self.cash = play, play.capital
        self.held = dict.fromkeys(play.symbols, 0.0)
        self.close: dict[str, float] = {}
        self.waiting: list[Order] = []
        self.rows: list[Row] = []
        self.equity: list[float] = []
        self.steps = {place: Steps() for place, each in enumerate(play.statements) if self._is(each, "sequence")}
        self.groups: dict[int, Waiting] = {}
        for self.event, self.day in enumerate(sorted({day for days in play.bars.values() for day in days})):
            self._one()

    @staticmethod
    def _is(statement: Group | Plain, word: str) -> bool:
        return isinstance(statement, Group) and statement.word == word

    # --- one event -----------------------------------------------------------------------------------

    def _one(self) -> None:
        self.members = [name for name in self.play.symbols if self.day in self.play.bars[name]]
        self._release()
        for order in [each for name in self.members for each in self.waiting if each.symbol == name]:
            if order.group is None:
                self._fill(order, self.play.bars[order.symbol][self.day][0])
        for name in self.members:
            self.close[name] = self.play.bars[name][self.day][1]
        self.marked = self._equity()
        self._compare()
        self.today: list[Order] = []
        self.was = dict(self.held)
        self.selling = self._to_sell()
        self._exits()
        for place, each in enumerate(self.play.statements):
            if self._is(each, "atomic"):
                self._atomic(place, each)
        for place, each in enumerate(self.play.statements):
            if place in self.steps:
                self._sequence(place, each)
        self._enters()
        self.equity.append(self._equity())

    def end(self) -> LegLedger:
        """What waits when the data end."""
        for order in list(self.waiting):
            self._cancel(order, "end")
        return self

    def _equity(self) -> float:
        return self.cash + sum(units * self.close.get(name, 0.0) for name, units in self.held.items())

    def _release(self) -> None:
        """Legs that wait for each other fill at the first event at which each of their symbols has an open."""
        for place, group in list(self.groups.items()):
            left = [order for order in group.orders if order in self.waiting]
            there = [order for order in left if order.symbol in self.members]
            if any(order.ended for order in group.orders):
                self._end(group, "other_leg")
            elif there == left:
                for order in left:
                    order.group = None
                del self.groups[place]
                continue
            elif there:
                group.missed += 1
                if group.missed >= 5:
                    self._end(group, "no_open")
            if not any(order in self.waiting for order in group.orders):
                del self.groups[place]

    def _end(self, group: Waiting, reason: str) -> None:
        for order in group.orders:
            if order in self.waiting:
                self._cancel(order, reason)

    def _cancel(self, order: Order, reason: str) -> None:
        order.row.status, order.row.reason, order.ended = "cancelled", reason, True
        self.waiting.remove(order)

    def _fill(self, order: Order, price: float) -> None:
        """What it closes first, of what is held then; then what it opens."""
        self.waiting.remove(order)
        held, row = self.held[order.symbol], order.row
        gone = min(abs(held), order.closes) if order.closes else 0.0
        moved = order.opens - sign(held) * gone
        if not order.opens and gone <= TINY:
            row.status, row.reason, order.ended = "cancelled", "nothing_to_close", True
            return
        self.cash -= moved * price + self.play.fee * price * (gone + abs(order.opens))
        self.held[order.symbol] += moved
        if abs(self.held[order.symbol]) < TINY:
            self.held[order.symbol] = 0.0
        row.status, row.filled, row.price = row.status or "filled", self.day, price
        if row.status != "denied":
            row.got = abs(order.opens) or gone

    # --- what is decided -----------------------------------------------------------------------------

    def _exits(self) -> None:
        for each in self.play.statements:
            if isinstance(each, Plain) and each.word == "exit" and self._wants(each.when, each.symbol):
                held = self._remaining(each.symbol)
                if self._before(each.symbol) == each.side:
                    self._place(each.symbol, f"exit {SIDES[each.side]} {each.symbol}", held, held, 0.0)

    def _enters(self) -> None:
        for each in self.play.statements:
            if isinstance(each, Plain) and each.word == "enter" and self._wants(each.when, each.symbol):
                self._enter(each)

    def _enter(self, each: Plain) -> None:
        name = f"enter {SIDES[each.side]} {each.symbol}"
        now = [order for order in self.today if order.symbol == each.symbol]
        opened, left = [o for o in now if o.opens], [o for o in now if o.closes and not o.opens]
        held = sign(self.was[each.symbol])
        if held == each.side:
            return  # held, or leaving at this close: the exit alone acts
        if opened:
            if sign(opened[0].opens) != each.side:
                self.rows.append(Row(each.symbol, name, self.day, 0.0, "conflict", "opposite"))
            return
        closes = 0.0 if left else abs(self.held[each.symbol])
        row = Row(each.symbol, name, self.day, each.units)
        units = self._rounded(each.units)
        if reason := self._refused(each.symbol, each.side * units, closes):
            fits = self._room(each.symbol, each.side, units, closes)
            if fits <= TINY:
                self.rows.append(row)
                row.status, row.reason = "denied", reason
                if closes:  # leaving is no new risk
                    self._wait(self._order(row, closes, 0.0))
                return
            row.status, row.reason, units = "reduced", reason, fits
        self.rows.append(row)
        self._wait(self._order(row, closes, each.side * units))

    def _wants(self, when: frozenset[int], symbol: str) -> bool:
        """A condition is read on the bars of a symbol, at the moment one of them closes."""
        return symbol in self.members and self.day in when

    def _place(self, symbol: str, name: str, asked: float, closes: float, opens: float) -> Order:
        row = Row(symbol, name, self.day, asked)
        self.rows.append(row)
        order = self._order(row, closes, opens)
        self._wait(order)
        return order

    def _wait(self, order: Order) -> None:
        self.waiting.append(order)
        self.today.append(order)
        if self.play.at_close:
            self._fill(order, self.close[order.symbol])

    # --- legs ------------------------------------------------------------------------------------------

    def _acting(self) -> Iterator[tuple[int, Leg]]:
        """Every leg whose turn it is at this event, with its statement."""
        for place, each in enumerate(self.play.statements):
            if self._is(each, "atomic") and place not in self.groups and self._wants(each.when, each.legs[0].symbol):
                yield from ((place, leg) for leg in each.legs)
            elif place in self.steps and (leg := self._turn(place, each)) is not None:
                yield place, leg

    def _turn(self, place: int, each: Group) -> Leg | None:
        steps = self.steps[place]
        if steps.order is not None or steps.compares:
            return None
        leg = each.legs[max(steps.next, 0)]
        if leg.symbol not in self.members or (steps.next < 0 and not self._wants(each.when, leg.symbol)):
            return None
        return leg

    def _to_sell(self) -> float:
        """What closing costs of all that holds have to sell or reverse now."""
        legs = {leg.symbol: leg for _, leg in self._acting() if leg.symbol in self.members}
        return sum(self.play.fee * self._remaining(name) * self.close[name] for name, leg in legs.items()
                   if self._acts(leg))  # fmt: skip

    def _side(self, leg: Leg) -> int:
        if leg.word == "flatten":
            return 0
        size = leg.size[self.day]
        return sign(size) if leg.word == "hold" else sign(abs(size)) * (1 if leg.word == "buy" else -1)

    def _acts(self, leg: Leg) -> bool:
        """Whether its side is another than that which is held."""
        return self._side(leg) != self._before(leg.symbol)

    def _before(self, symbol: str) -> int:
        """The side that is held as a leg finds it: what an exit has ordered out is gone."""
        return sign(self.held[symbol]) if self._remaining(symbol) > TINY else 0

    def _remaining(self, symbol: str) -> float:
        """What no exit is to close."""
        leaving = (order.closes for order in self.waiting if order.symbol == symbol and not order.opens)
        return abs(self.held[symbol]) - sum(leaving)

    def _costs(self, orders: Sequence[Order]) -> float:
        return sum(self.play.fee * self._worth(order.symbol) * (abs(order.opens) + order.closes)
                   for order in orders if order in self.waiting)  # fmt: skip

    def _order(self, row: Row, closes: float, opens: float) -> Order:
        return Order(row, row.symbol, closes, opens, self.close[row.symbol])

    def _worth(self, symbol: str) -> float:
        """What a unit counts at: the last close of what is held, else that of the decision of what waits."""
        decided = [order.decided for order in self.waiting if order.symbol == symbol]
        return decided[-1] if decided and not self.held[symbol] else self.close.get(symbol, 0.0)

    def _quantity(self, leg: Leg, earlier: float, closing: float) -> float:
        """Of a share, what is bought and what buying it costs are together within the weight; of cash the notional."""
        size, price = abs(leg.size[self.day]), self.close[leg.symbol]
        if leg.sizing == "units":
            return size
        if leg.sizing == "cash":
            return size / price
        return size * (self.marked - earlier - closing) / (price * (1.0 + self.play.fee))

    def _rounded(self, units: float) -> float:
        return floor(units / self.play.lot + 1e-9) * self.play.lot if self.play.lot else units

    def _gross(self, without: str) -> float:
        """What all other symbols hold and will hold; what has met no open yet frees no room."""
        return sum(self._claim(name) for name in self.play.symbols if name != without)

    def _claim(self, name: str) -> float:
        return abs(self._expected(name)) * self._worth(name)

    def _expected(self, name: str) -> float:
        """Where every order that was accepted has filled; of earlier events the more of before and after."""
        held = self.held[name]
        for order in self.waiting:
            if order.symbol == name:
                after = held - sign(held) * min(abs(held), order.closes) + order.opens
                held = after if order in self.today or abs(after) > abs(held) else held
        return held

    def _refused(self, symbol: str, opens: float, closes: float) -> str:
        """The limit that an entry does not fit into, after its cost; "" where it fits."""
        fits = {name: self._rounded(most) for name, most in self._limit(symbol, closes).items()}
        if abs(opens) <= TINY:
            return "zero_quantity"
        tightest = min(fits, key=fits.__getitem__, default="")
        if tightest and fits[tightest] <= TINY:
            return tightest
        if "positions" in self.play.limits:
            others = sum(1 for name in self.play.symbols if name != symbol and abs(self._expected(name)) > TINY)
            if others + 1 > self.play.limits["positions"]:
                return "positions"
        return tightest if tightest and abs(opens) > fits[tightest] + TINY else ""

    def _limit(self, symbol: str, closes: float) -> dict[str, float]:
        """How many units each limit on value allows."""
        price, fee = self.close[symbol], self.play.fee
        left = self._equity() - self._costs(self.waiting) - fee * price * closes
        room = {"exposure": self._gross(symbol), "position": 0.0}
        return {name: max(0.0, (most * left - room[name]) / (price * (1.0 + most * fee)))
                for name, most in self.play.limits.items() if name in room}  # fmt: skip

    def _room(self, symbol: str, side: int, units: float, closes: float) -> float:
        if "positions" in self.play.limits and self._refused(symbol, side * units, closes) == "positions":
            return 0.0
        return self._rounded(min([units, *self._limit(symbol, closes).values()]))

    def _weigh(self, leg: Leg) -> tuple[float, float, float, str] | None:
        """Asked, what it closes, what it opens and why it is refused; None where it has nothing to do."""
        held, side = self._remaining(leg.symbol), self._side(leg)
        if side == self._before(leg.symbol) and not (side == 0 and self._entering(leg.symbol)):
            return None
        if side == 0:
            return (0.0, 0.0, 0.0, "nothing_to_close") if held <= TINY else (held, held, 0.0, "")
        others = self._costs([order for order in self.waiting if order not in self.today])
        asked = self._quantity(leg, others, self.selling)
        opens = side * self._rounded(asked)
        return asked, held, opens, self._refused(leg.symbol, opens, held)

    def _entering(self, symbol: str) -> bool:
        return any(order.symbol == symbol and order.opens for order in self.waiting)

    def _atomic(self, place: int, each: Group) -> None:
        if place in self.groups or not self._wants(each.when, each.legs[0].symbol):
            return
        if any(leg.symbol not in self.members for leg in each.legs):
            self.rows += [Row(leg.symbol, f"atomic {leg.symbol}", self.day, 0.0, "denied", "leg_absent")
                          for leg in each.legs if leg.symbol in self.members and self._acts(leg)]  # fmt: skip
            return
        placed: list[Order] = []
        for leg in each.legs:
            weighed = self._weigh(leg)
            if weighed is None:
                continue
            asked, closes, opens, refused = weighed
            row = Row(leg.symbol, f"atomic {leg.symbol}", self.day, asked)
            self.rows.append(row)
            if refused:
                row.status, row.reason = "denied", refused
                for order in placed:
                    order.row.status, order.row.reason = "denied", "other_leg"
                    self.waiting.remove(order)
                    self.today.remove(order)
                return
            order = self._order(row, closes, opens)
            self.waiting.append(order)
            self.today.append(order)
            placed.append(order)
        if placed and not self.play.at_close:
            self.groups[place] = Waiting(placed)
            for order in placed:
                order.group = self.groups[place]
        for order in placed if self.play.at_close else ():
            self._fill(order, self.close[order.symbol])

    # --- sequences -------------------------------------------------------------------------------------

    def _compare(self) -> None:
        """Instructions whose order has filled or ended are compared with what was expected of them."""
        for place, steps in self.steps.items():
            each = self.play.statements[place]
            assert isinstance(each, Group)
            if not steps.compares or (steps.order is not None and steps.order in self.waiting):
                continue
            last, leg = steps.next == len(each.legs) - 1, each.legs[steps.next]
            steps.order, steps.compares = None, False
            held = self.held[leg.symbol]
            if last:
                steps.next = -1
            elif abs(held - steps.expected) > 1e-9 * max(abs(steps.expected), abs(held)):
                name = f"sequence {self._number(place)} step {steps.next + 1} {leg.symbol}"
                self.rows.append(Row(leg.symbol, name, self.day, abs(steps.expected), "cancelled", "position_differs"))
                steps.next = -1
            else:
                steps.next += 1

    def _number(self, place: int) -> int:
        return 1 + sorted(self.steps).index(place)

    def _sequence(self, place: int, each: Group) -> None:
        leg, steps = self._turn(place, each), self.steps[place]
        if leg is None:
            return
        steps.next = max(steps.next, 0)
        weighed = self._weigh(leg)
        steps.compares, steps.expected = True, self._before(leg.symbol) * self._remaining(leg.symbol)
        if weighed is None:
            return
        asked, closes, opens, refused = weighed
        name = f"sequence {self._number(place)} step {steps.next + 1} {leg.symbol}"
        if refused:
            self.rows.append(Row(leg.symbol, name, self.day, asked, "denied", refused))
            steps.next, steps.compares = -1, False
            return
        steps.expected = opens
        steps.order = self._place(leg.symbol, name, asked, closes, opens)


