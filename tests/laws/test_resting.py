"""Random programs do all that orders and exits can do, and what no run may leave is seen by the law that forbids it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np
import pytest
import stratagem as sg
from stratagem.runtime.trading import rows as at
from stratagem.runtime.trading.layout import AT_LIMIT, AT_TRIGGER

from . import books
from .books import Ran
from .pairs import settings, subject
from .resting import happened, lawful, rested

SEEDS = 48
LEAST = {
    "rested": 1000, "expired": 50, "renewed or moved": 50, "filled at the open": 200, "filled inside a bar": 500,
    "limits filled": 200, "triggers filled": 200, "triggers with a limit filled": 50, "exits that rest filled": 50,
    "until": 2, "cancel": 2, "other_filled": 50, "exit_first": 1, "nothing_to_close": 50, "takes": 200,
    "moved stops": 50, "trails": 50, "lots filled inside a bar": 500, "closed in the bar of their fill": 100,
    "reversed inside a bar": 100, "expired by bars": 20, "expired by next_open": 20, "expired by day": 20,
    "expired by time": 10, "expired by seconds": 1,
}  # fmt: skip


@cache
def runs() -> tuple[Ran, ...]:
    return tuple(_runs())


def _runs() -> Iterator[Ran]:
    for seed in range(SEEDS):
        made = subject(seed)
        program = sg.compile(made.text).with_zone(made.zone)
        for setting in settings(made, program):
            yield books.ran(program.monitored, setting)


def test_random_programs_do_all_that_orders_and_exits_can_do() -> None:
    found: Counter[str] = Counter()
    for run in runs():
        books.balanced(run)
        books.possible(run)
        found += happened(run)
    assert not {name: (found[name], least) for name, least in LEAST.items() if found[name] < least}


# --- what no run may leave -------------------------------------------------------------------------


Wanted = dict[str, float]
Change = Callable[[dict[str, Any], int], dict[str, float]]


def first(run: Ran, wanted: Wanted, *, lives: bool) -> int:
    """The row of the first order that rested, was filled, and is so; -1: none. lives: it may rest for many bars."""
    r = rested(run)
    statements = run.orders["statement"][r["row"]].astype(int)
    where = np.array([lives or not run.decisions[statement].life for statement in statements], dtype=bool)
    for name, value in wanted.items():
        where &= r[name] == value
    return int(r["row"][where][0]) if where.any() else -1


def paid(o: dict[str, Any], row: int, more: float) -> dict[str, float]:
    """The fill of an order for so much more: worse, whichever way it trades."""
    way = o["side"][row] * (1 if o["kind"][row] == at.ENTER_ORDER else -1)
    return {"fill_price": o["fill_price"][row] + way * more}


DOCTORED: dict[str, tuple[Wanted, Change]] = {
    "never worse than its price": (
        {"type": AT_LIMIT, "fill_moment": at.INSIDE}, lambda o, row: paid(o, row, 0.01)),
    "that of the level or the open": (
        {"type": AT_TRIGGER, "fill_moment": at.INSIDE}, lambda o, row: paid(o, row, -0.01)),
    "from the next bar on": ({}, lambda o, row: {"index": o["fill_index"][row]}),
    "never waits for a close": ({}, lambda o, row: {"fill_moment": at.AT_CLOSE}),
    "one bar unless said": ({}, lambda o, row: {"index": o["index"][row] - 1}),
    "one row an order": ({}, lambda o, row: {"order": o["order"][row - 1] if row else o["order"][1]}),
}  # fmt: skip


@pytest.mark.parametrize("law", DOCTORED)
def test_an_order_that_no_run_may_leave_is_seen(law: str) -> None:
    wanted, change = DOCTORED[law]
    tried = 0
    for run in runs():
        row = first(run, wanted, lives="level" in law)
        knows = run.setting.assumptions.slippage  # of bars that no row tells
        if "level" in law and (knows.range or knows.root):
            continue
        if row < 0 or len(run.orders["order"]) < 2:
            continue
        orders = {name: column.copy() for name, column in run.orders.items()}
        for name, value in change(orders, row).items():
            orders[name][row] = value
        with pytest.raises(AssertionError, match=law):
            lawful(replace(run, orders=orders))
        tried += 1
    assert tried > 1


def test_a_take_that_sells_twice_is_seen() -> None:
    """A row of a part that left at a target, written once more."""
    tried = 0
    for run in runs():
        t = run.trades
        where = np.flatnonzero(t["reason"] == at.BY_TARGET)
        if len(where):
            trades = {name: np.concatenate([column, column[where[:1]].repeat(5)]) for name, column in t.items()}
            with pytest.raises(AssertionError, match="all of every lot"):
                lawful(replace(run, trades=trades))
            tried += 1
    assert tried > 5
