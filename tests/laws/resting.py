"""Law 13 on orders that rest, as one run left them: never worse than their price, at the open where the market has
jumped over it, within their life, one of a kind; and how much of it all happened."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import numpy as np
from stratagem.lang.inputs.assumptions import Assumptions
from stratagem.runtime.trading import rows as at
from stratagem.runtime.trading.layout import AT_LIMIT, AT_MARKET, AT_TRIGGER, AT_TRIGGER_LIMIT

if TYPE_CHECKING:
    from .books import Ran

Table = np.ndarray[Any, Any]
CLOSE = 1e-9
MICROSECONDS = 1_000_000
START = datetime(1970, 1, 1, tzinfo=UTC)


def rested(run: Ran) -> dict[str, Table]:
    """The rows of orders that rested and were filled, with which way they trade and the bars they filled in."""
    o = run.orders
    where = (o["type"] != AT_MARKET) & (o["fill_index"] >= 0)
    found = {name: column[where] for name, column in o.items()}
    found["trade"] = found["side"] * np.where(found["kind"] == at.ENTER_ORDER, 1, -1)
    found["inside"] = found["fill_moment"] == at.INSIDE
    found["open"] = run.setting.bars.open[found["fill_index"].astype(int)]
    found["row"] = np.flatnonzero(where)
    return found


def lawful(run: Ran) -> None:
    """All of it."""
    o = run.orders
    assert len(np.unique(o["order"])) == len(o["order"]), "one row an order"
    filled = o["fill_index"][o["fill_index"] >= 0]
    assert (np.diff(filled) >= 0).all(), "fills are told in the order of time"
    r = rested(run)
    assert (r["fill_index"] > r["index"]).all(), "what rests works from the next bar on"
    assert (r["fill_moment"] != at.AT_CLOSE).all(), "what rests never waits for a close"
    _prices(run, r)
    _lives(run, r)
    if run.setting.assumptions.entries == "one_cancels_other":
        _one_alone(run, r)
    _parts(run)
    _ages(run)


def _prices(run: Ran, r: dict[str, Table]) -> None:
    """What each pays is its limit, its trigger or the open, slippage in it; never beyond the limit."""
    assumed, trade, inside = run.setting.assumptions, r["trade"], r["inside"]
    limit, trigger = (r["type"] == kind for kind in (AT_LIMIT, AT_TRIGGER))
    room = CLOSE * np.abs(r["fill_price"])
    limited = ~np.isnan(r["limit"])
    assert (limited == (limit | (r["type"] == AT_TRIGGER_LIMIT))).all() and (np.isnan(r["trigger"]) == limit).all()
    better = trade * (r["limit"] - r["fill_price"])
    assert (better >= -room)[limited].all(), "a limit is never worse than its price"
    level = np.where(limit, r["limit"], r["trigger"])
    jumped = trade * np.where(limit, r["open"] - level, level - r["open"]) < -assumed.tick - room
    assert not (jumped & inside & (limit | trigger)).any(), "what the open has jumped over fills at the open"
    stood = np.where(inside, level, r["open"])
    market = stood + trade * _slip(assumed, r, stood)
    paid = np.where(limited & (trade * (market - r["limit"]) > 0), r["limit"], market)
    rests_on = inside & (r["type"] == AT_TRIGGER_LIMIT) & (np.abs(r["fill_price"] - r["limit"]) <= room)
    if not assumed.slippage.range and not assumed.slippage.root:  # they know bars that rows do not tell
        assert ((np.abs(paid - r["fill_price"]) <= room) | rests_on).all(), "a price is that of the level or the open"
    for price in (r["limit"][limited], r["trigger"][~limit]) if assumed.tick else ():
        steps = price / assumed.tick
        assert (np.abs(steps - np.round(steps)) < 1e-6 * np.maximum(1, np.abs(steps))).all(), "prices on the grid"


def _slip(assumed: Assumptions, r: dict[str, Table], price: Table) -> Table:
    """How much worse than the market's price each fill is, where neither range nor volume say so."""
    spread, slippage = assumed.spread, assumed.slippage
    slip = slippage.ticks * assumed.tick + slippage.distance + slippage.fraction * np.abs(price)
    half = (spread.ticks * assumed.tick + spread.distance + spread.fraction * np.abs(price)) / 2
    entries = r["kind"] == at.ENTER_ORDER
    return slip + half * ((spread.on != "exits") & entries | (spread.on != "entries") & ~entries)


def _lives(run: Ran, r: dict[str, Table]) -> None:
    """None fills when its life is over."""
    bars, zone = run.setting.bars, run.setting.assumptions.timezone
    for statement, index, fill in zip(r["statement"], r["index"], r["fill_index"], strict=True):
        decision, first, last = run.decisions[int(statement)], int(index), int(fill)
        told = run.lives[int(statement)]
        if decision.life == "":
            assert last == first + 1, "one bar unless said"
        elif decision.life == "bars":
            assert last <= first + told, "so many bars"
        elif decision.life == "seconds":
            end = bars.ts[first] + run.bar_time + told * MICROSECONDS
            assert bars.ts[last] < end, "bars that open within so long"
        elif decision.life == "day":
            days = [_day(int(bars.ts[bar]), zone if bars.timeframe.intraday else "UTC") for bar in (first + 1, last)]
            # A wish at the last close of a day makes it an order of the next one; that it was wished no row tells.
            assert days[0] == days[1] or run.decisions[int(statement)].life == "day", "the day of the first bar"


def _day(instant: int, zone: str) -> date:
    return (START + timedelta(microseconds=instant)).astimezone(ZoneInfo(zone)).date()


def _one_alone(run: Ran, r: dict[str, Table]) -> None:
    """What rested when an entry was filled is filled no more."""
    o = run.orders
    entries = (o["kind"] == at.ENTER_ORDER) & (o["fill_index"] >= 0) & (o["got"] > 0)
    before = np.concatenate([[-1.0], np.maximum.accumulate(np.where(entries, o["fill_index"], -1.0))])[r["row"]]
    assert (r["index"] >= before)[r["kind"] == at.ENTER_ORDER].all(), "the fill of one entry ends the others"


def _parts(run: Ran) -> None:
    """A lot leaves no more than it has, and by a target no oftener than it has levels in profit."""
    o, t = run.orders, run.trades
    entries = (o["kind"] == at.ENTER_ORDER) & (o["fill_index"] >= 0) & (o["got"] > 0)
    got = dict(zip(o["order"][entries].tolist(), o["got"][entries].tolist(), strict=True))
    left: Counter[float] = Counter()
    reached: Counter[tuple[int, float]] = Counter()
    for lot, statement, part, reason in zip(
        *(t[name].tolist() for name in ("entry_order", "entry_statement", "quantity", "reason")), strict=True
    ):
        left[lot] += part
        reached[int(statement), lot] += reason == at.BY_TARGET
    assert all(abs(left[lot] - quantity) <= CLOSE * quantity for lot, quantity in got.items()), "all of every lot"
    for (statement, _), times in reached.items():
        decision = run.decisions[statement]
        assert times <= decision.takes + decision.has("TARGET_BASE"), "a level in profit is reached once"


def _ages(run: Ran) -> None:
    """What leaves at the next open, or with the day, is never held any longer."""
    t, bars = run.trades, run.setting.bars
    zone = run.setting.assumptions.timezone
    columns = ("entry_statement", "entry_index", "exit_index", "entry_moment", "reason")
    for statement, entry, exit_, moment, reason in zip(*(t[name].tolist() for name in columns), strict=True):
        kind, first, last = run.decisions[int(statement)].expire_kind, int(entry), int(exit_)
        if kind == "next_open":
            assert last <= first + 1, "at the next open"
        elif kind == "day" and bars.timeframe.intraday:
            began = int(bars.ts[first]) + (run.bar_time if moment == at.AT_CLOSE else 0)
            between = {_day(int(bars.ts[bar]), zone) for bar in range(first + 1, last)}
            assert between <= {_day(began, zone)}, "with its day"
        elif kind == "day":
            assert last <= first + (moment == at.AT_CLOSE) or reason == at.BY_END, "with its own bar"


# --- how much of it happened -----------------------------------------------------------------------


def happened(run: Ran) -> Counter[str]:
    """How often each thing that orders and exits can do was done."""
    return Counter(name for name, times in _counted(run) for _ in range(times))


def _counted(run: Ran) -> Iterator[tuple[str, int]]:
    o, t = run.orders, run.trades
    rests, fate = o["type"] != AT_MARKET, o["status"]
    filled = rests & (o["fill_index"] >= 0)
    yield "rested", int((rests & np.isin(fate, (at.FILLED, at.CUT, at.CANCELLED, at.EXPIRED))).sum())
    yield "expired", int((fate == at.EXPIRED).sum())
    yield "renewed or moved", int((o["index"][:-1][rests[:-1]] > _least_after(o, rests)).sum())
    for moment, name in ((at.AT_OPEN, "at the open"), (at.INSIDE, "inside a bar")):
        yield f"filled {name}", int((filled & (o["fill_moment"] == moment)).sum())
    for kind, name in ((AT_LIMIT, "limits"), (AT_TRIGGER, "triggers"), (AT_TRIGGER_LIMIT, "triggers with a limit")):
        yield f"{name} filled", int((filled & (o["type"] == kind)).sum())
    yield "exits that rest filled", int((filled & (o["kind"] == at.EXIT_ORDER)).sum())
    for reason in ("cancel", "until", "other_filled", "exit_first", "guard", "nothing_to_close"):
        yield reason, int((rests & (fate == at.CANCELLED) & (o["reason"] == at.REASONS.index(reason))).sum())
    moves = np.array([run.decisions[int(statement)].moves > 0 for statement in t["entry_statement"]], dtype=bool)
    taken = t["reason"] == at.BY_TARGET
    yield "takes", int((taken & (np.isnan(t["target"]) | (t["side"] * (t["target"] - t["exit_price"]) > 1e-6))).sum())
    stopped = t["reason"] == at.BY_STOP
    yield "moved stops", int((stopped & moves & (t["side"] * (t["exit_price"] - t["stop"]) > 1e-6)).sum())
    yield "trails", int((t["reason"] == at.BY_TRAIL).sum())
    yield "lots filled inside a bar", int((t["entry_moment"] == at.INSIDE).sum())
    same = (t["entry_moment"] == at.INSIDE) & (t["entry_index"] == t["exit_index"]) & (t["exit_moment"] == at.INSIDE)
    yield "closed in the bar of their fill", int(same.sum())
    kinds = [run.decisions[int(statement)].expire_kind for statement in t["entry_statement"]]
    for kind in ("bars", "seconds", "next_open", "day", "time"):
        here = np.array([one == kind for one in kinds], dtype=bool)
        yield f"expired by {kind}", int((here & (t["reason"] == at.BY_EXPIRE)).sum())
    yield "reversed inside a bar", int(((t["reason"] == at.BY_REVERSE) & (t["exit_moment"] == at.INSIDE)).sum())


def _least_after(o: dict[str, Table], rests: Table) -> Table:
    """Of every order that rested the earliest decision of one with a later number: an order keeps its number."""
    by_number = np.argsort(o["order"])
    least = np.minimum.accumulate(o["index"][by_number][::-1])[::-1]
    after = np.concatenate([least[1:], [np.inf]])
    found = np.empty(len(by_number))
    found[by_number] = after
    return found[:-1][rests[:-1]]
