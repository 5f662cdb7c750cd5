"""NautilusTrader: W1, W2, W4 and a push of W2 through its engine. It fills at the close that was decided at."""

from __future__ import annotations

from decimal import Decimal

import nautilus_trader
import pandas as pd
from common import Lap, frame, serve
from nautilus_trader.backtest.engine import BacktestEngine, BacktestEngineConfig
from nautilus_trader.config import LoggingConfig
from nautilus_trader.indicators import (
    AverageTrueRange,
    ExponentialMovingAverage,
    MovingAverageType,
    RelativeStrengthIndex,
    SimpleMovingAverage,
)
from nautilus_trader.model.currencies import BTC, USDT
from nautilus_trader.model.data import BarType
from nautilus_trader.model.enums import AccountType, OmsType, OrderSide
from nautilus_trader.model.identifiers import InstrumentId, Symbol, Venue
from nautilus_trader.model.instruments import CurrencyPair
from nautilus_trader.model.objects import Money, Price, Quantity
from nautilus_trader.persistence.wranglers import BarDataWrangler
from nautilus_trader.trading.strategy import Strategy

VENUE = Venue("SIM")
WALK = InstrumentId(Symbol("WALK"), VENUE)
PAIR = CurrencyPair(
    instrument_id=WALK, raw_symbol=Symbol("WALK"), base_currency=BTC, quote_currency=USDT, price_precision=5,
    size_precision=6, price_increment=Price(1e-5, 5), size_increment=Quantity(1e-6, 6), ts_event=0, ts_init=0,
    maker_fee=Decimal("0.001"), taker_fee=Decimal("0.001"), margin_init=Decimal(1), margin_maint=Decimal(1),
)  # fmt: skip
MINUTES = BarType.from_str("WALK.SIM-1-MINUTE-LAST-EXTERNAL")
HOURS = BarType.from_str("WALK.SIM-1-HOUR-LAST-INTERNAL@1-MINUTE-EXTERNAL")
ONE = Quantity(1, 6)


class Crossing(Strategy):
    """W1."""

    def __init__(self):
        super().__init__()
        self.quick, self.calm, self.apart = SimpleMovingAverage(10), SimpleMovingAverage(50), None

    def on_start(self):
        self.register_indicator_for_bars(MINUTES, self.quick)
        self.register_indicator_for_bars(MINUTES, self.calm)
        self.subscribe_bars(MINUTES)

    def allowed(self, bar):
        return True

    def on_bar(self, bar):
        if bar.bar_type != MINUTES or not self.calm.initialized:
            return
        before, self.apart = self.apart, self.quick.value - self.calm.value
        if before is None:
            return
        if before <= 0 < self.apart and self.portfolio.is_flat(WALK) and self.allowed(bar):
            self.submit_order(self.order_factory.market(WALK, OrderSide.BUY, ONE))
        elif self.apart < 0 <= before and self.portfolio.is_net_long(WALK):
            self.submit_order(self.order_factory.market(WALK, OrderSide.SELL, ONE))


class Gated(Crossing):
    """W4: the engine makes the hours."""

    def __init__(self):
        super().__init__()
        self.hours = ExponentialMovingAverage(50)

    def on_start(self):
        self.register_indicator_for_bars(HOURS.standard(), self.hours)
        self.subscribe_bars(HOURS)
        super().on_start()

    def allowed(self, bar):
        return self.hours.initialized and bar.close.as_double() > self.hours.value


class Bracketed(Strategy):
    """W2; `lap` is called at each bar."""

    def __init__(self, lap=None):
        super().__init__()
        self.lap, self.seen = lap, 0
        self.e20, self.e50 = ExponentialMovingAverage(20), ExponentialMovingAverage(50)
        self.strength = RelativeStrengthIndex(14, MovingAverageType.WILDER)
        self.span = AverageTrueRange(14, MovingAverageType.WILDER)

    def on_start(self):
        for indicator in (self.e20, self.e50, self.strength, self.span):
            self.register_indicator_for_bars(MINUTES, indicator)
        self.subscribe_bars(MINUTES)

    def on_bar(self, bar):
        if self.lap:
            self.lap()
        self.seen += 1
        if self.seen >= 50 and self.e20.value > self.e50.value and self.strength.value < 0.4:
            self.enter(bar.close.as_double(), self.span.value)

    def enter(self, now, reach):
        if self.portfolio.is_flat(WALK):
            stop, target = Price(now - 2 * reach, 5), Price(now + 3 * reach, 5)
            self.submit_order_list(
                self.order_factory.bracket(WALK, OrderSide.BUY, ONE, sl_trigger_price=stop, tp_price=target)
            )


def bars(count):
    """A bar is known when its minute has ended."""
    data = frame(count)
    data.columns = [name.lower() for name in data.columns]
    data.index = data.index.tz_localize("UTC") + pd.Timedelta("1min")
    return BarDataWrangler(MINUTES, PAIR).process(data)


def result(data, strategy):
    """Closed trades and equity."""
    engine = BacktestEngine(BacktestEngineConfig(logging=LoggingConfig(bypass_logging=True), run_analysis=False))
    engine.add_venue(
        venue=VENUE, oms_type=OmsType.NETTING, account_type=AccountType.MARGIN,
        starting_balances=[Money(1_000_000, USDT)], default_leverage=Decimal(10),
    )  # fmt: skip
    engine.add_instrument(PAIR)
    engine.add_data(data)
    engine.add_strategy(strategy)
    engine.run()
    filled = sum(order.is_closed and order.filled_qty > 0 for order in engine.cache.orders())
    account = engine.portfolio.account(VENUE).balance_total(USDT).as_double()
    opened = engine.portfolio.unrealized_pnl(WALK) if engine.cache.positions_open() else None
    engine.dispose()
    return filled // 2, account + (opened.as_double() if opened else 0)


def prepared(strategy):
    def prepare(count):
        data = bars(count)
        return lambda: result(data, strategy())

    return prepare


def push(count):
    data, lap = bars(count), Lap()

    def run():
        trades, _ = result(data, Bracketed(lap))
        return trades, lap.taken

    return run


works = {"W1": prepared(Crossing), "W2": prepared(Bracketed), "W4": prepared(Gated), "push": push}
serve(f"NautilusTrader {nautilus_trader.__version__}", works)
