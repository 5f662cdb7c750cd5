"""Runs a program in an engine and holds what it left against the ledger, row by row."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from math import isclose, isnan
from typing import Any

import numpy as np
import stratagem as sg
from stratagem.lang.program.timeframe import Timeframe
from stratagem.runtime.data.bars import Bars

from .orders import Order, Trade
from .play import Played, play
from .program import Bar, Program
from .text import columns, text

SIDES = {"long": 1, "short": -1, "": 0}

ENGINES = ("interpreted", "native")
ROOM = 1e-9
"""Relative room for sums that the rules do not put into an order."""


COMING = ("type", "limit", "trigger")
"""Columns of orders that engines without orders that rest do not have."""
PROBE = "enter long when true limit close size 1 units"


@cache
def rests() -> bool:
    """Whether the engines run orders that rest: until they do nothing of that is drawn."""
    price = np.array([100.0, 100.0])
    data = {"ts": np.array([0, 3600], dtype="datetime64[s]"), **dict.fromkeys(("open", "high", "low", "close"), price)}
    try:
        sg.compile(PROBE).backtest(data, timeframe="1h")
    except (sg.CompileError, sg.RunError):
        return False
    return True


def run(program: Program, bars: list[Bar], engines: tuple[str, ...] = ENGINES) -> list[sg.Result]:
    """The program's text over the bars, in each engine."""
    made: dict[str, Any] = {name: np.array(values) for name, values in columns(program, bars).items()}
    made["ts"] = np.array([bar.time for bar in bars], dtype="datetime64[us]")
    made["volume"] = np.array([bar.volume for bar in bars])
    compiled = sg.compile(text(program))
    return [compiled.backtest(made, engine=engine, policy="keep", timeframe="1h", magnify=finer(bars, QUARTER),
                              close_at_end=program.rests.close_at_end) for engine in engines]  # fmt: skip


def finer(bars: Sequence[Bar], frame: Timeframe) -> Bars | None:
    """What is inside of the bars as finer bars of this length, one after another from the open of each on."""
    step = frame.seconds * 1_000_000
    rows = [(bar.time + nth * step, *prices) for bar in bars for nth, prices in enumerate(bar.inside)]
    if not rows:
        return None
    times, *prices = zip(*rows, strict=True)
    columns = [np.array(column, dtype=np.float64) for column in (*prices, (1.0,) * len(rows))]
    return Bars("data", frame, np.array(times, dtype=np.int64), *columns)


QUARTER = Timeframe(15, "m")


def faults(program: Program, bars: list[Bar], engines: tuple[str, ...] = ENGINES) -> list[str]:
    """What the engines say otherwise than the ledger, or than each other."""
    first, *others = run(program, bars, engines)
    found = differences(play(program, bars), first, bars)
    for other in others:
        found += [f"the engines differ in {name}" for name in ("trades", "orders", "equity")
                  if not getattr(first, name).equals(getattr(other, name))]  # fmt: skip
    return found


def differences(played: Played, result: sg.Result, bars: list[Bar]) -> list[str]:
    """What the engine left otherwise than the ledger; the first few of each table."""
    places = {bar.time: at for at, bar in enumerate(bars)}
    scale = max(1.0, *(abs(value) for value in played.equity if not isnan(value))) if played.equity else 1.0
    pairs = [
        ("order", by_number(of_order(o) for o in played.orders),
         by_number(order_of(row, places) for row in result.orders.to_pylist())),
        ("trade", [of_trade(t) for t in played.trades], [trade_of(row, places) for row in result.trades.to_pylist()]),
        ("bar", [{"equity": e, "cash": c, "quantity": q}
                 for e, c, q in zip(played.equity, played.cash, played.quantity, strict=True)],
         [{"equity": row["equity"], "cash": row["cash"], "quantity": row["position"]}
          for row in result.equity.to_pylist()]),
        ("counter", [played.counters], [{name: result.stats[name] for name in played.counters}]),
    ]  # fmt: skip
    found = []
    for what, ours, theirs in pairs:
        if len(ours) != len(theirs):
            found.append(f"{len(ours)} {what}s, the engine has {len(theirs)}")
        for at, (mine, other) in enumerate(zip(ours, theirs, strict=False)):
            there = [name for name in mine if name in other or name not in COMING]
            found += [f"{what} {at}: {name} is {mine[name]!r}, in the engine {other[name]!r}"
                      for name in there if not same(mine[name], other[name], scale)]  # fmt: skip
    return found


def same(mine: Any, other: Any, scale: float) -> bool:
    if isinstance(mine, float) and isinstance(other, float):
        return (isnan(mine) and isnan(other)) or isclose(mine, other, rel_tol=ROOM, abs_tol=ROOM * scale)
    return bool(mine == other)


def by_number(rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """In the order in which they were decided: fates known at one moment have no order of their own."""
    return sorted(rows, key=lambda row: int(row["number"]))


def of_order(order: Order) -> dict[str, Any]:
    return {
        "number": order.number, "kind": order.role, "statement": order.statement if order.role != "expire" else -1,
        "side": order.side, "status": order.state, "reason": order.reason, "bar": order.bar, "asked": order.asked,
        "got": order.got, "fill_bar": order.fill_bar, "moment": order.moment, "price": order.price,
        "stop": order.stop, "target": order.target, "type": order.type, "limit": order.limit, "trigger": order.trigger,
    }  # fmt: skip


def order_of(row: dict[str, Any], places: dict[int, int]) -> dict[str, Any]:
    return {
        "number": row["order"], "kind": row["kind"], "statement": statement(row["because"]),
        "side": SIDES[row["side"]],
        "status": row["status"], "reason": row["reason"], "bar": place(row["time"], places), "asked": row["asked"],
        "got": row["got"], "fill_bar": place(row["fill_time"], places), "moment": row["fill_moment"],
        "price": number(row["fill_price"]), "stop": number(row["stop"]), "target": number(row["target"]),
        **({name: number(row[name]) for name in ("limit", "trigger")} if "type" in row else {}),
        **({"type": row["type"]} if "type" in row else {}),
    }  # fmt: skip


def of_trade(trade: Trade) -> dict[str, Any]:
    return {
        "side": trade.side, "quantity": trade.quantity, "entry_bar": trade.entry_bar, "entry": trade.entry_price,
        "exit_bar": trade.exit_bar, "exit": trade.exit_price, "fees": trade.fees, "pnl": trade.pnl,
        "return": trade.gain, "mae": trade.mae, "mfe": trade.mfe, "reason": trade.reason,
        "entered by": trade.entry_statement, "left by": trade.exit_statement, "stop": trade.stop,
        "target": trade.target, "ambiguous": trade.ambiguous, "level": trade.level,
        "moments": trade.moments,
    }  # fmt: skip


def trade_of(row: dict[str, Any], places: dict[int, int]) -> dict[str, Any]:
    return {
        "side": SIDES[row["side"]], "quantity": row["quantity"], "entry_bar": place(row["entry_time"], places),
        "entry": row["entry_price"], "exit_bar": place(row["exit_time"], places), "exit": row["exit_price"],
        "fees": row["fees"], "pnl": row["pnl"], "return": row["return"], "mae": row["mae"], "mfe": row["mfe"],
        "reason": row["exit_reason"], "entered by": statement(row["entry_reason"]),
        "left by": statement(row["exit_because"]),
        "stop": number(row["stop"]), "target": number(row["target"]), "ambiguous": row["ambiguous"],
        "level": row["exit_level"], "moments": (row["entry_moment"], row["exit_moment"]),
    }  # fmt: skip


def place(instant: Any, places: dict[int, int]) -> int:
    return -1 if instant is None else places[int(instant.timestamp() * 1_000_000)]


def number(value: float | None) -> float:
    return float("nan") if value is None else value


def statement(because: str) -> int:
    """Which statement a text is of: each says its number as its reason; an expiry and a guard say none."""
    return int(because) if because.isdigit() else -1
