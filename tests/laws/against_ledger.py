"""Laws 13 and 14 by a state machine: wishes, bars and restarts in any order, and after each bar the ledger's books.

A program is drawn with a few values for each of its clauses; on every bar any of its statements may be wished, with
any of them. A live session is given the bars one by one, and may be taken up by one of the other engine between two.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields, is_dataclass, replace
from math import isclose
from typing import Any

import stratagem as sg
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from ..ledger.compare import SIDES, of_order, of_trade, same
from ..ledger.draws import ALL, HOUR, RESTING, START, VOLUMES, cases
from ..ledger.orders import Order, Trade
from ..ledger.play import Played, play
from ..ledger.program import Bar, Program
from ..ledger.text import columns, text

CHOICES = 4
"""Values drawn for each clause."""
LONGEST = 14
"""Bars of one run at most: the ledger plays all of them after each."""
FEATURES = (ALL | RESTING) - {"sizing", "holes", "close", "days", "finer"}
"""A session knows no price before its fill, takes no bar without prices, none but whole ones, and has no end."""
OTHER = {"interpreted": "native", "native": "interpreted"}
ROOM = 1e-9
Grid = st.integers(-6, 6)


def taken(value: Any, choices: tuple[int, ...]) -> Any:
    """A statement whose lists have, for each bar, the value of the choice made on it."""
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{field.name: taken(getattr(value, field.name), choices) for field in fields(value)})
    if isinstance(value, tuple) and value:
        return tuple(taken(part, choices) for part in value) if is_dataclass(value[0]) else pick(value, choices)
    return value


def pick(values: tuple[Any, ...], choices: tuple[int, ...]) -> tuple[Any, ...]:
    return tuple(values[choice % len(values)] for choice in choices)


class Trading(RuleBasedStateMachine):
    """One account, one symbol. engines: those that sessions run in, the first one first."""

    engines = ("interpreted",)

    def __init__(self) -> None:
        super().__init__()
        self.bars: list[Bar] = []
        self.pool: Program | None = None

    @initialize(drawn=cases(FEATURES, CHOICES))
    def a_program(self, drawn: tuple[Program, list[Bar]]) -> None:
        self.pool = drawn[0]
        count = len(self.pool.statements)
        self.chosen: list[list[int]] = [[] for _ in range(count)]
        self.wished: list[list[bool]] = [[] for _ in range(count)]
        self.wishes: dict[int, int] = {}
        self.orders: dict[int, dict[str, Any]] = {}
        self.trades: list[dict[str, Any]] = []
        self.compiled = sg.compile(text(self.pool))
        self.engine = self.engines[0]
        self.session = self.opened(self.engine)

    def opened(self, engine: str) -> sg.Session:
        return self.compiled.session(timeframe="1h", engine=engine, monitors=True)

    # --- what may happen ---------------------------------------------------------------------------

    @rule(statement=st.integers(0, 3), choice=st.integers(0, CHOICES - 1))
    def a_wish(self, statement: int, choice: int) -> None:
        """At the next close a statement's condition will hold, with the values of a choice."""
        self.wishes[statement % len(self.chosen)] = choice

    @rule(choice=st.integers(0, CHOICES - 1))
    def every_wish(self, choice: int) -> None:
        self.wishes = dict.fromkeys(range(len(self.chosen)), choice)

    @precondition(lambda self: self.session is not None and len(self.bars) < LONGEST)
    @rule(prices=st.tuples(Grid, Grid, Grid, Grid), rises=st.booleans(), hours=st.sampled_from([1, 1, 1, 1, 7, 30]),
          volume=st.sampled_from(VOLUMES))  # fmt: skip
    def a_bar(self, prices: tuple[int, ...], rises: bool, hours: int, volume: float) -> None:
        low, one, two, high = (100.0 + price for price in sorted(prices))
        opened, closed = (one, two) if rises else (two, one)
        time = self.bars[-1].time + hours * HOUR if self.bars else START
        self.bars.append(Bar(time, opened, high, low, closed, volume))
        for number, (chosen, wished) in enumerate(zip(self.chosen, self.wished, strict=True)):
            chosen.append(self.wishes.get(number, 0))
            wished.append(number in self.wishes)
        self.wishes = {}
        program = self.program()
        last = {name: values[-1] for name, values in columns(program, self.bars).items()}
        extra = {name: value for name, value in last.items() if name not in ("open", "high", "low", "close")}
        self.told(self.session.push(sg.Bar(time, opened, high, low, closed, volume), extra))
        self.agrees(program, play(program, self.bars))

    @precondition(lambda self: bool(self.bars))
    @rule()
    def a_restart(self) -> None:
        """A session of another engine, where there is one, takes the books over."""
        self.engine = OTHER[self.engine] if len(self.engines) > 1 else self.engine
        other = self.opened(self.engine)
        other.restore(self.session.snapshot())
        self.session = other

    # --- what has to hold --------------------------------------------------------------------------

    def program(self) -> Program:
        assert self.pool is not None
        made = [replace(taken(statement, tuple(chosen)), when=tuple(wished))
                for statement, chosen, wished in zip(self.pool.statements, self.chosen, self.wished, strict=True)]
        turns, rests = tuple(range(len(self.bars))), self.pool.rests
        listed = ("borrow_said", "funding_said", "rates", "spreads")
        said = {name: pick(getattr(rests, name), turns) for name in listed if getattr(rests, name)}
        return replace(self.pool, statements=tuple(made), rests=replace(rests, **said))

    def told(self, events: Iterable[sg.Event]) -> None:
        for event in events:
            if event.kind == "order":
                self.orders[event.data["order"]] = event.data
            elif event.kind == "trade":
                self.trades.append(event.data)
            elif event.kind == "monitor":
                balanced(event.data)

    def agrees(self, program: Program, played: Played) -> None:
        """The session's books, and every row so far, are the ledger's."""
        scale = max(1.0, *map(abs, played.equity))
        found = [f"equity {self.session.equity!r}, {played.equity[-1]!r}"
                 for _ in (0,) if not near(self.session.equity, played.equity[-1], scale)]
        if not near(self.session.position, played.quantity[-1], scale):
            found.append(f"position {self.session.position!r}, {played.quantity[-1]!r}")
        orders = [order for order in played.orders if order.reason != "end"]
        found += unlike("order", [(of_order(o), self.orders.get(o.number)) for o in orders], ORDER, scale)
        trades = [trade for trade in played.trades if trade.reason != "end"]
        found += unlike("trade", [(of_trade(t), e) for t, e in zip(trades, self.trades, strict=False)], TRADE, scale)
        found += [f"{len(self.orders)} orders and {len(self.trades)} trades, {len(orders)} and {len(trades)}"
                  for _ in (0,) if (len(self.orders), len(self.trades)) != (len(orders), len(trades))]
        possible(trades, orders, self.bars)
        assert not found, "\n".join([*found[:8], text(program)])


ORDER = {"number": "order", "side": "side", "status": "status", "reason": "reason", "bar": "index", "asked": "asked",
         "got": "got", "moment": "fill_moment", "price": "fill_price", "stop": "stop", "target": "target",
         "limit": "limit", "trigger": "trigger"}  # fmt: skip
TRADE = {"side": "side", "quantity": "quantity", "entry_bar": "entry_index", "entry": "entry_price",
         "exit_bar": "exit_index", "exit": "exit_price", "fees": "fees", "pnl": "pnl", "mae": "mae", "mfe": "mfe",
         "reason": "reason", "ambiguous": "ambiguous", "stop": "stop", "target": "target"}  # fmt: skip


def unlike(what: str, pairs: list[tuple[dict[str, Any], Any]], names: dict[str, str], scale: float) -> list[str]:
    """What a session tells of rows otherwise than the ledger. names: of the ledger's fields in its events."""
    found = []
    for at, (mine, theirs) in enumerate(pairs):
        if theirs is None:
            found.append(f"{what} {at} is told by the ledger alone: {mine}")
            continue
        for name, field in names.items():
            one, other = mine[name], told_as(field, theirs[field], mine[name])
            found += [f"{what} {at}: {name} {other!r}, {one!r}" for _ in (0,) if not same(one, other, scale)]
    return found


def told_as(field: str, value: Any, like: Any) -> Any:
    """A value of an event as the ledger has it: sides as signs, what is missing as NaN or no text."""
    if field == "side":
        return SIDES[value or ""] if not isinstance(value, int) else value
    if value is None:
        return float("nan") if isinstance(like, float) else ""
    return float(value) if isinstance(like, float) else value


def near(one: float, other: float, scale: float) -> bool:
    return isclose(one, other, rel_tol=ROOM, abs_tol=ROOM * scale)


def balanced(row: dict[str, Any]) -> None:
    """Law 14 of one record, a fill's or a mark's."""
    scale = 1.0 + abs(row["cash"]) + abs(row["net"])
    assert near(row["cash"] + row["net"], row["equity"], scale), row
    assert (row["lots"] > 0) == (row["quantity"] != 0), row
    none = row["drawdown"] is None and row["high_water"] == row["equity"] == 0.0  # all money was taken out
    assert (none or row["drawdown"] >= 0.0) and row["gross"] >= abs(row["net"]) * (1.0 - ROOM), row


def possible(trades: list[Trade], orders: list[Order], bars: list[Bar]) -> None:
    """Law 13 of what the ledger left, which is what the session left: in the order of time, no more than was asked."""
    for trade in trades:
        assert trade.entry_bar <= trade.exit_bar < len(bars) and trade.quantity > 0.0, trade
    for order in orders:
        assert order.fill_bar < 0 or order.fill_bar >= order.bar, order
        assert order.got <= order.asked * (1.0 + ROOM), order
