"""backtrader: W1, W2 and W4. The orders of its bracket are live from the bar after the entry on."""

from __future__ import annotations

import backtrader as bt
from common import frame, serve


class Counting(bt.Strategy):
    def __init__(self):
        self.closed = 0

    def notify_trade(self, trade):
        self.closed += trade.isclosed


class Crossing(Counting):
    """W1."""

    def __init__(self):
        super().__init__()
        self.cross = bt.ind.CrossOver(bt.ind.SMA(self.data0, period=10), bt.ind.SMA(self.data0, period=50))

    def allowed(self):
        return True

    def next(self):
        if self.cross[0] > 0 and not self.position and self.allowed():
            self.buy(data=self.data0, size=1)
        elif self.cross[0] < 0 and self.position:
            self.close()


class Gated(Crossing):
    """W4: the second feed is the first by the hour."""

    def __init__(self):
        super().__init__()
        self.hours = bt.ind.EMA(self.data1, period=50)

    def allowed(self):
        return self.data0.close[0] > self.hours[0]


class Bracketed(Counting):
    """W2."""

    def __init__(self):
        super().__init__()
        self.e20, self.e50 = bt.ind.EMA(period=20), bt.ind.EMA(period=50)
        self.strength, self.span = bt.ind.RSI(period=14, safediv=True), bt.ind.ATR(period=14)
        self.bracket = []

    def next(self):
        waiting = any(order.alive() for order in self.bracket)
        if not self.position and not waiting and self.e20[0] > self.e50[0] and self.strength[0] < 40:
            now, reach = self.data.close[0], self.span[0]
            self.bracket = self.buy_bracket(
                size=1, exectype=bt.Order.Market, stopprice=now - 2 * reach, limitprice=now + 3 * reach
            )


def prepared(strategy, hourly=False):
    def prepare(count):
        data = frame(count)
        return lambda: result(data, strategy, hourly)

    return prepare


def result(data, strategy, hourly):
    engine = bt.Cerebro(stdstats=False)
    engine.adddata(bt.feeds.PandasData(dataname=data, timeframe=bt.TimeFrame.Minutes, compression=1))
    if hourly:
        engine.resampledata(engine.datas[0], timeframe=bt.TimeFrame.Minutes, compression=60)
    engine.broker.setcash(1e6)
    engine.broker.setcommission(commission=0.001)
    engine.addstrategy(strategy)
    return engine.run()[0].closed, engine.broker.getvalue()


works = {"W1": prepared(Crossing), "W2": prepared(Bracketed), "W4": prepared(Gated, hourly=True)}
serve(f"backtrader {bt.__version__}", works)
