"""hftbacktest: W1. It simulates an order book, so each bar is given as two states of one: of its open and its close."""

from __future__ import annotations

from importlib.metadata import version

import hftbacktest as hft
import numpy as np
from common import columns, serve
from numba import njit

TICK, SECOND = 1e-5, 10**9
MINUTE, DECIDED, LATENCY = 60 * SECOND, 60 * SECOND - SECOND // 20, SECOND // 10
CLOSES = MINUTE - SECOND // 10
"""Nanoseconds: a bar, from its start to the decision, from the order to the book, from its start to its close."""


def events(count):
    """Four changes of the book for each price: the last bid and offer go, the new ones come, a tick apart."""
    ts, opened, _, _, close, _ = columns(count)
    price = np.round(np.column_stack((opened, close)).ravel() / TICK) * TICK
    when = np.column_stack((ts * 1000, ts * 1000 + CLOSES)).ravel()
    before = np.concatenate((price[:1], price[:-1]))
    bid = hft.DEPTH_EVENT | hft.EXCH_EVENT | hft.LOCAL_EVENT | hft.BUY_EVENT
    ask = hft.DEPTH_EVENT | hft.EXCH_EVENT | hft.LOCAL_EVENT | hft.SELL_EVENT
    changes = ((bid, before, 0), (ask, before + TICK, 0), (bid, price, 1e6), (ask, price + TICK, 1e6))
    found = np.zeros(4 * len(price), hft.event_dtype)
    for place, (kind, at, amount) in enumerate(changes):
        row = found[place::4]
        row["ev"], row["px"], row["qty"], row["exch_ts"], row["local_ts"] = kind, at, amount, when, when
    return found


@njit
def crossing(book, fast, slow):
    """A strategy is a loop of its own over `elapse`. Gives closed trades and what was gained."""
    kept, quick, calm, apart, bars, closed = np.zeros(slow), 0.0, 0.0, np.nan, 0, 0
    ended = book.elapse(DECIDED) != 0
    while not ended:
        depth, place = book.depth(0), bars % slow
        quick += depth.best_bid - (kept[(bars - fast) % slow] if bars >= fast else 0.0)
        calm += depth.best_bid - kept[place]
        kept[place] = depth.best_bid
        bars += 1
        if bars >= slow:
            before, apart = apart, quick / fast - calm / slow
            if before <= 0 < apart and book.position(0) == 0:
                book.submit_buy_order(0, bars, depth.best_ask, 1.0, hft.GTC, hft.MARKET, False)
            elif apart < 0 <= before and book.position(0) > 0:
                book.submit_sell_order(0, bars, depth.best_bid, 1.0, hft.GTC, hft.MARKET, False)
                closed += 1
        book.clear_inactive_orders(0)
        ended = book.elapse(MINUTE) != 0
    state = book.state_values(0)
    return closed, state.balance - state.fee + state.position * book.depth(0).best_bid


def prepared(count):
    changes = events(count)

    def run():
        asset = hft.BacktestAsset().data([changes]).linear_asset(1.0).trading_value_fee_model(0.001, 0.001)
        asset.constant_order_latency(LATENCY, 0).risk_adverse_queue_model().no_partial_fill_exchange()
        book = hft.HashMapMarketDepthBacktest([asset.tick_size(TICK).lot_size(1e-6)])
        closed, gained = crossing(book, 10, 50)
        book.close()
        return closed, 1e6 + gained

    return run


serve(f"hftbacktest {version('hftbacktest')}", {"W1": prepared})
