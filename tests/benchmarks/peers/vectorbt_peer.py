"""vectorbt: W1, W2, W4, W3 and the rotation, with one of its compiled engines: the option says which."""

from __future__ import annotations

import sys

import numpy as np
import pandas as pd
import vectorbt as vbt
from common import frame, option, panel, ranked, serve

BOOKS = {"size": 1.0, "fees": 0.001, "init_cash": 1e6, "freq": "1min"}


def result(portfolio):
    if sys.argv[2].startswith("whole "):  # statistics and the list of trades are made, too
        portfolio.stats(), portfolio.trades.records_readable
    return int(np.sum(portfolio.trades.closed.count())), float(np.sum(portfolio.final_value()))


def later(signal):
    """What is decided at a close is done at the next open."""
    return signal.vbt.fshift(1, fill_value=False)


def crossing(data, fast=10, slow=50, gate=None):
    """W1; with lists of lengths W3, with a gate W4."""
    close = data["Close"]
    quick = vbt.MA.run(close, fast, short_name="fast")
    calm = vbt.MA.run(close, slow, short_name="slow")
    above = quick.ma_crossed_above(calm)
    enter = later(above if gate is None else above & gate)
    leave = later(quick.ma_crossed_below(calm))
    return result(vbt.Portfolio.from_signals(close, enter, leave, price=data["Open"], **BOOKS))


def bracketed(data):
    """W2. Its smoothing counts by span: 27 is Wilder's 14. Its stops do not work on the bar of the entry."""
    close, opened = data["Close"], data["Open"]
    trend = vbt.MA.run(close, 20, ewm=True).ma.values > vbt.MA.run(close, 50, ewm=True).ma.values
    weak = vbt.RSI.run(close, 27, ewm=True).rsi.values < 40
    span = vbt.ATR.run(data["High"], data["Low"], close, 27, ewm=True).atr
    signal = trend & weak
    signal[:49] = False
    stop = 1 - (close - 2 * span).shift(1).values / opened.values
    target = (close + 3 * span).shift(1).values / opened.values - 1
    never = pd.Series(False, index=close.index)
    return result(vbt.Portfolio.from_signals(
        close, later(pd.Series(signal, index=close.index)), never, price=opened, open=opened, high=data["High"],
        low=data["Low"], sl_stop=np.where(stop > 0, stop, np.nan), tp_stop=np.where(target > 0, target, np.nan),
        stop_entry_price="price", stop_exit_price="stoplimit", upon_stop_exit="close", accumulate=False, **BOOKS,
    ))  # fmt: skip


def hourly(data):
    """W4's gate: above the average of completed hours, known from the last minute of the hour on."""
    hours = data["Close"].resample("1h", label="right", closed="left").last()
    average = hours.ewm(span=50, adjust=False, min_periods=50).mean()
    average.index = average.index - pd.Timedelta("1min")
    return data["Close"] > average.reindex(data.index, method="ffill")


def swept(data):
    """W3 in blocks of 19 columns: all at once needs seven gigabytes."""
    slow = list(range(30, 125, 5))
    parts = [crossing(data, [fast] * len(slow), slow) for fast in range(5, 25)]
    return sum(part[0] for part in parts), sum(part[1] for part in parts)


def rotated(opens, closes):
    """Targets are shares of what the account was worth when they were decided, at the closes of then."""
    portfolio = vbt.Portfolio.from_orders(
        closes, ranked(closes).shift(1), size_type="targetpercent", price=opens, val_price=closes.shift(1),
        group_by=True, cash_sharing=True, call_seq="auto", init_cash=1e5, freq="1d",
    )  # fmt: skip
    portfolio.stats(), portfolio.trades.records_readable
    return None, float(portfolio.final_value())


def rotation(count):
    prices = panel(count)
    return lambda: rotated(*prices)


def prepared(work):
    def prepare(count):
        data = frame(count)
        return lambda: work(data)

    return prepare


vbt.settings["engine"] = option()
works = {"W1": crossing, "W2": bracketed, "W4": lambda data: crossing(data, gate=hourly(data)), "W3": swept}
works |= {"whole W1": works["W1"], "whole W2": works["W2"], "whole W4": works["W4"]}
by_name = {name: prepared(work) for name, work in works.items()}
by_name |= {"rotation, next open": rotation}
serve(f"vectorbt {vbt.__version__} ({option()})", by_name)
