"""backtesting.py: W1, W2 and W4."""

from __future__ import annotations

import backtesting
import numpy as np
import pandas as pd
from backtesting import Backtest, Strategy
from backtesting.lib import crossover, resample_apply
from common import frame, serve


def mean(values, length):
    return pd.Series(values).rolling(length).mean()


def smoothed(values, alpha, first, count):
    """An exponential average seeded by the mean of `count` values from `first` on."""
    found = np.full(len(values), np.nan)
    seeded = np.concatenate(([values[first : first + count].mean()], values[first + count :]))
    found[first + count - 1 :] = pd.Series(seeded).ewm(alpha=alpha, adjust=False).mean().values
    return found


def strength(close, length):
    change = np.diff(close, prepend=close[0])
    up = smoothed(np.where(change > 0, change, 0), 1 / length, 1, length)
    down = smoothed(np.where(change < 0, -change, 0), 1 / length, 1, length)
    return 100 * up / (up + down)


def span(high, low, close, length):
    before = np.concatenate(([close[0]], close[:-1]))
    true_range = np.maximum(high - low, np.maximum(abs(high - before), abs(low - before)))
    return smoothed(true_range, 1 / length, 1, length)


class Crossing(Strategy):
    """W1."""

    def init(self):
        self.quick = self.I(mean, self.data.Close, 10)
        self.calm = self.I(mean, self.data.Close, 50)

    def allowed(self):
        return True

    def next(self):
        if crossover(self.quick, self.calm):
            if not self.position and self.allowed():
                self.buy(size=1)
        elif crossover(self.calm, self.quick) and self.position:
            self.position.close()


class Gated(Crossing):
    """W4."""

    def init(self):
        super().init()
        self.hours = resample_apply(
            "1h", lambda x: pd.Series(x).ewm(span=50, adjust=False, min_periods=50).mean(), self.data.Close
        )

    def allowed(self):
        return self.data.Close[-1] > self.hours[-1]


class Bracketed(Strategy):
    """W2."""

    def init(self):
        high, low, close = (np.asarray(self.data[name]) for name in ("High", "Low", "Close"))
        self.e20 = self.I(smoothed, close, 2 / 21, 0, 20)
        self.e50 = self.I(smoothed, close, 2 / 51, 0, 50)
        self.strength = self.I(strength, close, 14)
        self.span = self.I(span, high, low, close, 14)

    def next(self):
        if not self.position and self.e20[-1] > self.e50[-1] and self.strength[-1] < 40:
            now, reach = self.data.Close[-1], self.span[-1]
            self.buy(size=1, sl=now - 2 * reach, tp=now + 3 * reach)


def result(data, strategy):
    test = Backtest(data, strategy, cash=1e6, commission=0.001, exclusive_orders=False, finalize_trades=False)
    stats = test.run()
    return int(stats["# Trades"]), float(stats["Equity Final [$]"])


def prepared(strategy):
    def prepare(count):
        data = frame(count)
        return lambda: result(data, strategy)

    return prepare


works = {"W1": prepared(Crossing), "W2": prepared(Bracketed), "W4": prepared(Gated)}
serve(f"backtesting.py {backtesting.__version__}", works)
