"""Portfolios for tests: panels of ragged histories, programs of several symbols, and runs compared to the last bit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import stratagem as sg
from stratagem.lang.diagnostics.span import NOWHERE
from stratagem.lang.inputs.assumptions import Assumptions, read_assumptions
from stratagem.lang.plan.model import Several
from stratagem.lang.plan.several import several
from stratagem.lang.program.nodes import BOOL, NUMBER, Node
from stratagem.lang.program.program import Guard, Hold, Program, Sizing
from stratagem.lang.program.timeframe import timeframe
from stratagem.runtime.data.bars import Bars
from stratagem.runtime.data.panel.model import Panel
from stratagem.runtime.machine.columns import History
from stratagem.runtime.machine.machine import Machine
from stratagem.runtime.portfolio.machine import Portfolio
from stratagem.runtime.portfolio.outs import Outs
from stratagem.runtime.run.session import Bar
from stratagem.runtime.trading import layout as at

from ...enginekit import same_missing
from ...handmade import Maker

EASY = read_assumptions({"capital": 100_000.0, "fee": 0.001})


def make_panel(
    seed: int, count: int = 3, length: int = 120, *, minutes: int = 1440, missing: bool = True, names: str = "ABCDEFG",
) -> Panel:  # fmt: skip
    """Symbols on one grid of times, of which each lacks some, begins late or ends early; some prices are missing."""
    random = np.random.default_rng(seed)
    length_us = minutes * 60_000_000
    grid = np.datetime64("2024-01-01T00:00", "us").astype(np.int64) + np.arange(length) * length_us
    if minutes < 1440:
        grid = grid + (np.arange(length) // 40) * 12 * length_us  # nights
    bars = []
    for place in range(count):
        kept = random.random(length) > 0.15 * (place > 0)
        kept[: int(random.integers(0, length // 4)) * (place > 1)] = False
        kept[length - int(random.integers(0, length // 4)) * (place == 2) :] = False
        frame = timeframe(f"{minutes}m").canonical()
        bars.append(_bars(names[place], frame, grid[kept], random, missing and place > 0))
    return Panel(tuple(bars))


def _bars(name: str, frame: Any, ts: Any, random: np.random.Generator, missing: bool) -> Bars:
    count = len(ts)
    close = np.round(100 * np.exp(np.cumsum(random.normal(0, 0.02, count))), 2)
    opens = np.round(close * np.exp(random.normal(0, 0.01, count)), 2)
    high = np.round(np.maximum(opens, close) * (1 + np.abs(random.normal(0, 0.01, count))), 2)
    low = np.round(np.minimum(opens, close) * (1 - np.abs(random.normal(0, 0.01, count))), 2)
    if missing:
        for column in (opens, high, low, close):
            column[random.random(count) < 0.03] = np.nan
    own = random.normal(0, 1, count)
    return Bars(name, frame, ts, opens, high, low, close, np.round(random.lognormal(3, 1, count)), {"own": own})


def chosen(bars: Bars, kept: Any) -> Bars:
    """Those of the bars."""
    columns = {name: getattr(bars, name)[kept] for name in ("ts", "open", "high", "low", "close", "volume")}
    return replace(bars, **columns, extra={name: values[kept] for name, values in bars.extra.items()})


# --- programs --------------------------------------------------------------------------------------------


def plain(text: str) -> Several:
    """A program that says nothing of other symbols."""
    return Several(sg.compile(text).plan, ())


class Across(Maker):
    """Writes what reads other symbols."""

    def of(self, value: Node, symbol: str) -> Node:
        return self.graph.node("of", (value,), (symbol,), type=value.type, clock=value.clock)

    def fresh(self, symbol: str) -> Node:
        return self.graph.node("fresh", (), (symbol,), type=BOOL)

    def across(self, function: str, value: Node, *count: float) -> Node:
        kind = BOOL if function in ("top", "any", "all") else NUMBER
        args = (value, *map(self.node, count))
        return self.graph.node("across", args, (function,), type=kind, clock=value.clock)

    def book_of(self, field: str, symbol: str, kind: str = NUMBER) -> Node:
        return self.graph.node("book_of", (), (field, symbol), type=kind)


def rotation() -> Program:
    """Three levels, an order of entries, a statement for one symbol, and a book that others read."""
    make = Across()
    momentum = make.pure("div", make.close, make.step("history", make.close, 10))
    ranked = make.step("sma", make.across("zscore_across", momentum), 3)
    best, place = make.across("top", ranked, 2.0), make.across("rank", ranked)
    calm = make.pure("gt", make.of(make.close, "V"), make.of(make.step("sma", make.close, 5), "V"))
    wide = make.pure("gt", make.across("count", make.pure("gt", make.close, make.step("sma", make.close, 8))), 1.0)
    few = make.pure("lt", make.book_of("position.size", "A"), 300.0)
    when = make.pure("and", best, make.pure("or", calm, make.pure("and", wide, few)))
    enter = make.enter("long", when, sizing=Sizing("fraction", make.node(0.45)))
    leave = make.exit("long", make.pure("gt", place, 2.0))
    only = replace(make.exit("long", make.fresh("V")), index=2, symbol="B")
    return replace(make.program(enter, leave, only), prefer=momentum, crosses=True)


def rebalancing(fill: str = "") -> Program:
    """Every few bars each symbol is to weigh what its place says, some of them short; small differences are left."""
    make = Across()
    momentum = make.pure("div", make.close, make.step("history", make.close, 5))
    share = make.pure("sub", make.across("quantile_of", momentum), 0.4)
    when = make.pure("lt", make.pure("mod", make.graph.node("calendar", (), ("bar_index",)), 7.0), 1.0)
    hold = Hold(0, 0, False, "", when, Sizing("fraction", make.pure("mul", share, 0.8)), make.node(0.03), fill, None,
                (when, share), NOWHERE)  # fmt: skip
    return replace(make.program(), holds=(hold,), crosses=True)


def pair(fill: str = "", share: float = 0.4) -> Program:
    """Two symbols, one bought and the other sold together, and both left together; a third that trades on its own."""
    make = Across()
    up = make.pure("gt", make.close, make.step("sma", make.close, 4))
    on = make.pure("and", make.fresh("A"), make.of(up, "A"))
    off = make.pure("and", make.fresh("A"), make.pure("not", make.of(up, "A")))

    def leg(index: int, group: int, symbol: str, when: Node, size: float, word: str) -> Hold:
        sizing = Sizing("fraction", make.node(size))
        return Hold(index, group, True, symbol, when, sizing, None, fill, None, (when,), NOWHERE, leg=word)

    holds = (
        leg(0, 0, "A", on, share, "buy"), leg(1, 0, "B", on, -share, "sell"),
        leg(2, 1, "A", off, 0.0, "flatten"), leg(3, 1, "B", off, 0.0, "flatten"),
    )  # fmt: skip
    own = make.pure("gt", make.close, make.step("sma", make.close, 3))
    enter = replace(make.enter("long", own, sizing=Sizing("fraction", make.node(0.2))), index=4, symbol="C")
    return replace(make.program(), enters=(enter,), holds=holds, crosses=True)


def made(program: Program, outputs: Sequence[tuple[str, Node]] = ()) -> Several:
    return several(program, list(outputs))


# --- runs ------------------------------------------------------------------------------------------------


@dataclass
class Left:
    """All that a run leaves behind."""

    outs: dict[str, np.ndarray[Any, Any]]
    rows: list[bytes]
    state: list[bytes]


def portfolio(
    program: Several, panel: Panel, engine: str, assumptions: Assumptions = EASY, **options: Any
) -> Portfolio:
    return Portfolio(program, panel.symbols, panel.timeframe, engine=engine, assumptions=assumptions, **options)


def empty(program: Several, panel: Panel) -> Outs:
    events, bars = len(panel.events), len(panel.events.row)
    series = [np.empty(bars) for _ in program.main.outputs]
    return Outs(np.empty(events), np.empty(events), np.empty(bars), np.empty(bars), series)


def batch(program: Several, panel: Panel, engine: str, cuts: Sequence[int] = (), **options: Any) -> Left:
    """The panel in chunks that end at `cuts`."""
    run, outs = portfolio(program, panel, engine, **options), empty(program, panel)
    for stop in [*sorted(cuts), len(panel.events)]:
        run.run(panel, stop, part(panel, outs, run.index, stop))
    return left(run, outs)


def part(panel: Panel, outs: Outs, first: int, stop: int) -> Outs:
    offsets = panel.events.offsets
    return outs.part(slice(first, stop), slice(int(offsets[first]), int(offsets[stop])))


def push(run: Portfolio, panel: Panel, outs: Outs, stop: int, may: Any = None) -> None:
    """Events one by one, each pushed; what is read of the books goes into the outs."""
    events = panel.events
    for event in range(run.index, stop):
        first, end = int(events.offsets[event]), int(events.offsets[event + 1])
        bars = {}
        for symbol, row in zip(events.symbol[first:end].tolist(), events.row[first:end].tolist(), strict=True):
            own = panel.bars[symbol]
            values = [float(getattr(own, name)[row]) for name in ("open", "high", "low", "close", "volume")]
            bars[symbol] = Bar(int(own.ts[row]), *values), {name: float(v[row]) for name, v in own.extra.items()}
        run.push(int(events.instants[event]), bars, None if may is None else may[event].tolist())
        outs.equity[event], outs.cash[event] = run.account.b[at.EQUITY], run.account.b[at.CASH]
        for bar, symbol in zip(range(first, end), bars, strict=True):
            book = run.books[symbol]
            b = book.trading.b if book else None
            outs.quantity[bar] = b[at.QUANTITY] if b else 0.0
            outs.profit[bar] = b[at.REALISED] + b[at.UNREALISED] - b[at.FEES] if b else 0.0
            for out, value in zip(outs.series, book.handed if book else [np.nan] * len(outs.series), strict=True):
                out[bar] = value


def pushed(program: Several, panel: Panel, engine: str, **options: Any) -> Left:
    run, outs = portfolio(program, panel, engine, **options), empty(program, panel)
    push(run, panel, outs, len(panel.events))
    return left(run, outs)


def left(run: Portfolio, outs: Outs) -> Left:
    run.finish()
    books = [book for book in run.books if book is not None]
    found = {name: getattr(outs, name) for name in ("equity", "cash", "quantity", "profit")}
    found |= dict(zip(run.outputs, outs.series, strict=True))
    rows = [same_missing(each) for s in states(run) for each in (s.trade_rows, s.order_rows, s.record_rows)]
    held = [b for book in books for b in (book.arrays.f, book.arrays.w)] + [s.b for s in states(run)]
    return Left(found, rows, [same_missing(each) for each in held] + [s.k.tobytes() for s in states(run)])


def assert_equal(one: Left, two: Left) -> None:
    """To the last bit: outputs, rows and state."""
    assert one.outs.keys() == two.outs.keys()
    for name, values in one.outs.items():
        other = two.outs[name]
        differ = (values.view(np.int64) != other.view(np.int64)) & ~(np.isnan(values) & np.isnan(other))
        assert not differ.any(), f"{name} at {np.flatnonzero(differ)[:5]}: {values[differ][:5]} {other[differ][:5]}"
    assert one.rows == two.rows
    assert one.state == two.state


def hand_over_rows(one: Portfolio, two: Portfolio) -> None:
    """Rows are no part of a snapshot: those that a run has handed out, beside those of the run that goes on."""
    for held, taking in zip(states(one), states(two), strict=True):
        for name in ("trade_rows", "order_rows", "record_rows"):
            getattr(taking, name).extend(getattr(held, name))


def states(run: Portfolio) -> list[Any]:
    return [*(book.trading for book in run.books if book is not None), run.account]


def assert_like_one(text: str, panel: Panel) -> None:
    """A portfolio of one symbol beside the machine of one."""
    (bars,) = panel.bars
    plan, program = sg.compile(text).plan, plain(text)
    one = Machine(plan, engine="native", effort="quick", assumptions=EASY, bar_seconds=bars.timeframe.seconds)
    outs = [np.empty(len(bars)) for _ in one.outputs]
    one.run(History(bars, "UTC"), len(bars), outs)
    one.finish(int(bars.ts[-1]), float(bars.close[-1]))
    run = batch(program, panel, "native")
    assert run.rows[0] == same_missing(one.trading.trade_rows)
    halts = len(run.rows[4])
    assert halts or run.rows[1] == same_missing(one.trading.order_rows)
    for name, values in zip(one.outputs, outs, strict=True):
        assert np.array_equal(values, run.outs[name], equal_nan=True), name


def first_entries(engine: str, preferences: dict[str, float]) -> list[str]:
    """Who holds something after all wanted to enter at one event, two of them at most."""
    make = Maker()
    enter = make.enter("long", make.pure("gt", make.close, 0.0))
    two = Guard("positions", make.node(2.0), "deny", NOWHERE)
    program = made(make.program(enter, guards=(two,), prefer=make.graph.node("input", (), ("data:own",))))
    panel = make_panel(1, len(preferences), 4, missing=False)
    flat = np.full(4, 100.0)
    ts = panel.bars[0].ts
    bars = [
        replace(bars, ts=ts, open=flat, high=flat, low=flat, close=flat, volume=flat, extra={"own": flat * own})
        for bars, own in zip(panel.bars, preferences.values(), strict=True)
    ]
    run = portfolio(program, Panel(tuple(bars)), engine)
    run.run(Panel(tuple(bars)))
    return [book.symbol for book in run.books if book is not None and book.trading.b[at.QUANTITY] != 0]
