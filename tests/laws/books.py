"""Laws 13 and 14 on what one run left: fills are possible, and the books balance after every event."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from stratagem.lang.inputs.assumptions import Assumptions
from stratagem.lang.plan.model import Decision, Plan
from stratagem.runtime.run.backtest import rows, run
from stratagem.runtime.run.prepare import Prepared
from stratagem.runtime.trading import layout
from stratagem.runtime.trading import rows as at
from stratagem.runtime.trading.places import kept_at

from .resting import lawful

Table = np.ndarray[Any, Any]
CLOSE = 1e-9
"""Relative room for the rounding of sums."""


@dataclass(frozen=True, slots=True)
class Ran:
    """One run, its tables as columns by name."""

    setting: Prepared
    equity: Table
    quantity: Table
    trades: dict[str, Table]
    orders: dict[str, Table]
    records: dict[str, Table]
    decisions: tuple[Decision, ...]
    lives: tuple[float, ...]
    """How long orders of each statement rest, in bars or seconds; the same all the time."""
    bar_time: int
    """Microseconds of a bar."""


def ran(plan: Plan, setting: Prepared, engine: str = "interpreted") -> Ran:
    """A run with the monitors' records kept."""
    machine = setting.machine(plan, engine, keep_records=True)
    columns = run(machine, setting)
    state = machine.trading
    tables = []
    kinds = (at.TRADE_COLUMNS, at.ORDER_COLUMNS, at.RECORD_COLUMNS)
    for values, names in zip((state.trade_rows, state.order_rows, state.record_rows), kinds, strict=True):
        table = rows(values, len(names))
        tables.append({name: table[:, place] for place, name in enumerate(names)})
    lives = tuple(state.b[kept_at(state.k, statement) + layout.LIFE] for statement in range(len(plan.decisions)))
    bar_time = state.k[layout.BAR_TIME]
    return Ran(setting, columns[0], columns[2], tables[0], tables[1], tables[2], plan.decisions, lives, bar_time)


def same(one: Ran, two: Ran) -> bool:
    """Whether two runs left the same tables, to the last bit."""
    pairs = [(one.equity, two.equity), (one.quantity, two.quantity)]
    for name in ("trades", "orders", "records"):
        first, second = getattr(one, name), getattr(two, name)
        pairs += [(first[column], second[column]) for column in first]
    return all(np.array_equal(a, b, equal_nan=True) for a, b in pairs)


def balanced(run: Ran) -> None:
    """Law 14, after every fill and every mark."""
    r, assumed = run.records, run.setting.assumptions
    capital = assumed.capital
    scale = capital + np.abs(r["gross"]) + np.abs(r["realised"]) + np.abs(r["fees"])
    _near(r["cash"] + r["net"], r["equity"], scale, "cash + value = equity")
    earned = capital + r["realised"] + r["unrealised"] - r["fees"] + r["carry"]
    _near(earned, r["equity"], scale, "capital + realised + unrealised - fees + carry = equity")
    held = r["quantity"] != 0
    _near(r["quantity"] * assumed.point_value * r["price"], r["net"], scale, "quantity x price = net", held)
    _near(np.abs(r["net"]), r["gross"], scale, "gross is the size of net")
    unrealised = r["quantity"] * assumed.point_value * (r["price"] - r["entry_price"])
    _near(unrealised, r["unrealised"], scale, "unrealised is since the entry price", held)
    _near(r["gross"] / r["equity"], r["leverage"], scale / capital, "leverage", r["equity"] > 0)
    _near(np.maximum(0.0, 1 - r["equity"] / r["high_water"]), r["drawdown"], 1.0, "drawdown")
    _near(r["gross"] * assumed.margin, r["margin_used"], scale, "margin used")
    assert (r["open_risk"] >= 0).all() and not r["open_risk"][~held].any(), "open risk is a loss of what is held"
    assert (np.diff(r["high_water"]) >= 0).all(), "the high-water mark never falls"
    assert ((r["lots"] > 0) == (r["quantity"] != 0)).all(), "lots are open exactly while there is a position"
    _events(run)


def _events(run: Ran) -> None:
    """Every bar is marked once; its equity is that of its last record; trades add up to what was made."""
    r, count = run.records, len(run.setting.bars)
    marks = r["index"][r["phase"] == at.AFTER_MARK]
    assert marks.tolist() == list(range(count)), "one mark for every bar, in order"
    assert (np.diff(r["index"]) >= 0).all()
    last = np.searchsorted(r["index"], np.arange(count), side="right") - 1
    assert np.array_equal(r["equity"][last], run.equity), "equity is that of the bar's last event"
    assert np.array_equal(r["quantity"][last], run.quantity)
    filled = int((run.orders["fill_index"] >= 0).sum())
    assert int((r["phase"] == at.AFTER_FILL).sum()) >= filled, "a record after every fill"
    made = float(run.equity[-1]) - run.setting.assumptions.capital if count else 0.0
    scale = run.setting.assumptions.capital + np.abs(run.trades["pnl"]).sum()
    carry = float(r["carry"][-1]) if count else 0.0
    _near(run.trades["pnl"].sum() + carry, made, scale, "trades and carry add up to what was made")
    assert np.isfinite(run.equity).all()


def possible(run: Ran) -> None:
    """Law 13: inside the bar but for slippage, on the grids, no limit passed, in the order of time."""
    bars, assumed, t, o = run.setting.bars, run.setting.assumptions, run.trades, run.orders
    slip = assumed.slippage.ticks * assumed.tick + assumed.slippage.distance + assumed.spread.ticks * assumed.tick / 2
    slip += assumed.slippage.range * float(np.nanmax(bars.high - bars.low, initial=0.0))
    for index, price in ((t["entry_index"], t["entry_price"]), (t["exit_index"], t["exit_price"])):
        place = index.astype(int)
        market = np.fmax(price, bars.high[place])  # a sale that slips far is worth less than what it slipped from
        room = slip + assumed.slippage.fraction * market + assumed.tick / 2 + CLOSE * market
        if assumed.slippage.root:
            volume = bars.volume[bars.volume > 0.0]  # of whichever bar, the least
            moved = np.sqrt(t["quantity"].max(initial=0.0) * len(t["quantity"]) / volume.min())
            room += assumed.slippage.root * market * moved
        inside = (price >= bars.low[place] - room) & (price <= bars.high[place] + room)
        assert inside.all(), f"fills inside the bar: {price[~inside][:3]} at {place[~inside][:3]}"
    assert (t["quantity"] > 0).all() and (t["entry_index"] <= t["exit_index"]).all()
    assert (t["fees"] >= 0).all() and (t["mae"] <= CLOSE).all() and (t["mfe"] >= -CLOSE).all()
    filled = o["fill_index"] >= 0
    assert (o["fill_index"][filled] >= o["index"][filled]).all(), "nothing fills before it was decided"
    assert (o["got"][filled] <= o["asked"][filled] * (1 + CLOSE)).all(), "no more than was asked"
    only_closed = np.isin(o["order"], t["exit_order"])  # a reversal whose new side a guard refused
    assert ((o["got"] > 0) | only_closed)[filled].all(), "a filled order changed something"
    if assumed.lot:
        assert _on_grid(o["got"][filled & (o["kind"] == at.ENTER_ORDER)], assumed.lot), "quantities are whole lots"
    _brackets(run, assumed)
    lawful(run)


def _brackets(run: Ran, assumed: Assumptions) -> None:
    """A stop fills at its level or worse, a target at its level or better, compared in whole ticks; on their grid.

    A lot with further stops or takes may leave before: at its first stop or better, short of its target.
    """
    t = run.trades
    room = CLOSE * t["exit_price"] + assumed.tick / 2
    further = np.array([run.decisions[int(entry)].moves > 0 for entry in t["entry_statement"]], dtype=bool)
    parts = np.array([run.decisions[int(entry)].takes > 0 for entry in t["entry_statement"]], dtype=bool)
    stopped = t["reason"] == at.BY_STOP
    worse = (t["side"] * (t["stop"] - t["exit_price"]) >= -room) | np.isnan(t["stop"])
    assert worse[stopped & ~further].all(), "a stop fills at its level or worse"
    reached = t["reason"] == at.BY_TARGET
    better = t["side"] * (t["exit_price"] - t["target"]) >= -room
    assert better[reached & ~parts].all(), "a target fills at its level or better"
    for level in (t["stop"], t["target"]) if assumed.tick else ():
        assert _on_grid(level[~np.isnan(level)], assumed.tick), "prices are on the grid of ticks"


def _on_grid(values: Table, step: float) -> bool:
    steps = values / step
    return bool((np.abs(steps - np.round(steps)) < 1e-6 * np.maximum(1, np.abs(steps))).all())


def _near(found: Any, expected: Any, scale: Any, what: str, where: Any = True) -> None:
    wrong = (np.abs(found - expected) > CLOSE * scale) & where
    assert not np.any(wrong), f"{what}: row {np.flatnonzero(wrong)[:3]}, {found[wrong][:3]} and {expected[wrong][:3]}"
