"""The ledger plays the cases that were worked out by hand: what judges the engines is judged by the rules."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import Any

import pytest

from ..cases.model import LENGTHS, Case, Row, read_rule, rules_there
from ..cases.runs import Left
from ..cases.test_cases import differences
from .orders import Order, Trade
from .play import Played, play
from .program import Bar, Program, Rests
from .read import Reading, Unread

SIDES = {1: "long", -1: "short", 0: ""}
OPTIONS = ("timeframe", "policy", "close_at_end")


def read(case: Case) -> tuple[Program, list[Bar]]:
    """The case as values; Unread where it is about something else."""
    books = {name for row in case.table("books") for name in row} - {"bar", "equity", "cash", "position"}
    if set(case.options) - {*OPTIONS} or books or not set(case.given) & {"trades", "orders", "books"}:
        raise Unread("options, or what a ledger does not leave")
    columns, frame = case.columns, str(case.options["timeframe"])
    names = ("open", "high", "low", "close", *(["volume"] if "volume" in columns else []))
    bars = [Bar(int(at.timestamp() * 1e6), *(columns[name][row] for name in names))
            for row, at in enumerate(case.times)]  # fmt: skip
    bars = [replace(bar, inside=tuple(case.finer.get(row, ()))) for row, bar in enumerate(bars)]
    step = int(frame[:-1]) * LENGTHS[frame[-1]]
    rests = Rests(close_at_end=bool(case.options.get("close_at_end", False)))
    return Reading(bars, columns).program(case.given["program"], rests, int(step.total_seconds() * 1e6)), bars


@cache
def readable() -> tuple[Any, ...]:
    return tuple(_readable())


def _readable() -> Iterator[Any]:
    for rule in rules_there():
        for case in read_rule(rule).cases:
            try:
                read(case)
            except Unread:
                continue
            yield pytest.param(case, id=f"{rule}-{case.name}")


def test_most_cases_are_read() -> None:
    """What the reader does not know is left out, and must not become the rule."""
    assert len(readable()) >= 400


@pytest.mark.parametrize("case", readable())
def test_the_ledger_plays_a_case(case: Case) -> None:
    program, bars = read(case)
    played = play(program, bars)
    left = Left(
        [trade_of(trade) for trade in played.trades],
        [order_of(order) for order in played.orders],
        books_of(played), [], {}, {**played.counters, "assumptions": {}},
    )  # fmt: skip
    asked = {name: value for name, value in case.given.items() if name in ("trades", "orders", "books", "program")}
    asked["counts"] = {name: n for name, n in case.given.get("counts", {}).items() if name in played.counters}
    differ = [*differences(Case(case.rule, asked, case.text), left)]
    if differ:
        pytest.fail("\n".join([*differ, "", case.text]), pytrace=False)


def trade_of(trade: Trade) -> Row:
    return {
        "side": SIDES[trade.side], "quantity": trade.quantity, "entry_index": trade.entry_bar,
        "entry_price": trade.entry_price, "exit_index": trade.exit_bar, "exit_price": trade.exit_price,
        "exit_reason": trade.reason, "exit_level": trade.level,
        "entry_moment": trade.moments[0], "exit_moment": trade.moments[1],
        "fees": trade.fees, "pnl": trade.pnl, "return": trade.gain, "mae": trade.mae,
        "mfe": trade.mfe, "stop": trade.stop, "target": trade.target, "ambiguous": float(trade.ambiguous),
        "bars": trade.exit_bar - trade.entry_bar,
    }  # fmt: skip


def order_of(order: Order) -> Row:
    filled = order.fill_bar >= 0
    return {
        "order": order.number, "kind": order.role, "side": SIDES[order.side], "status": order.state,
        "reason": order.reason, "index": order.bar, "asked": order.asked, "got": order.got, "stop": order.stop,
        "fill_index": order.fill_bar if filled else None, "fill_moment": order.moment if filled else None,
        "fill_price": order.price, "target": order.target, "type": order.type,
        "limit": order.limit, "trigger": order.trigger,
    }  # fmt: skip


def books_of(played: Played) -> list[Row]:
    columns = zip(played.equity, played.cash, played.quantity, strict=True)
    return [{"bar": at, "equity": equity, "cash": cash, "position": held}
            for at, (equity, cash, held) in enumerate(columns)]  # fmt: skip
