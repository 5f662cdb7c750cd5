"""Starter strategies: each says what its parts are for, has a test, and trades on daily bars of shares."""

from __future__ import annotations

from dataclasses import dataclass

_CROSS = '''\
## TITLE. Long while a fast average is above a slow one. Say here in a line what the idea is, and where it fails.
stratagem 1
strategy "TITLE"

# What a result rests on; `strat backtest` takes other costs as options.
assume fee 0.1%

# Values that a run may set (`--param fast=10`) and a sweep tries (`--grid fast=5:50:5`).
param fast = 20  in 5 to 100
param slow = 100 in 20 to 400

require fast < slow

let quick = sma(close, fast)
let calm  = sma(close, slow)

# Decided when a bar has closed, filled at the open of the next one.
enter long when cross_above(quick, calm)
  size 95%
  stop 10%  # below the fill
  because "the fast average rose above the slow one"

exit long when cross_below(quick, calm)

plot quick as "fast average"
plot calm  as "slow average"

# Bars and what is expected of them: `strat test FILE`. The averages cross on bar 25, and back on bar 31.
test "one trade, there and back"
  with   fast = 5, slow = 20
  prices 20 of 100, 4 of 99, 6 of 102, 6 of 95
  expect cross_above(quick, calm) at bar 25
  expect trade(1).entry_bar == 26 and trade(1).entry_price == 102
  expect trade(1).exit_reason == "signal" and trade(1).exit_bar == 32 and trade(1).exit_price == 95
  expect run.trades == 1
'''
_DIP = '''\
## TITLE. Buys a short fall inside a long rise, and leaves on the bounce. Say here what the idea is, and where it fails.
stratagem 1
strategy "TITLE"

# What a result rests on; `strat backtest` takes other costs as options.
assume fee 0.1%

# Values that a run may set (`--param cheap=5`) and a sweep tries (`--grid cheap=5:30:5`).
param cheap = 15  in 2 to 40
param trend = 100 in 20 to 300

let fall = rsi(close, 3)

# Decided when a bar has closed, filled at the open of the next one.
enter long when close > sma(close, trend) and fall < cheap
  size   50%
  stop   3 * atr(14)  # below the fill
  expire 10 bars
  because "RSI 3 at {fall}"

exit long when fall > 60

# No more than this is lost before trading ends.
guard drawdown 25% then halt

# Bars and what is expected of them: `strat test FILE`. Five bars rise by 4 each, then two fall.
test "a dip is bought and sold"
  with   trend = 20, cheap = 35
  prices 19 of 100, 104, 108, 112, 116, 120, 112, 108, 116, 118, 118
  expect fall < 35 and close > sma(close, 20) at bar 25
  expect trade(1).entry_bar == 26 and trade(1).entry_price == 116
  expect trade(1).exit_bar == 27 and trade(1).exit_price == 118
  expect trade(1).quantity == 0.5 * 100_000 / (108 * 1.001) within 0.001
'''
_BREAKOUT = '''\
## TITLE. Buys when the price passes a high of some weeks, and follows it. Say here where the idea fails.
stratagem 1
strategy "TITLE"

# What a result rests on; `strat backtest` takes other costs as options.
assume fee 0.1%
assume slippage 2bp

# Values that a run may set (`--param window=30`) and a sweep tries (`--grid window=10:60:10`).
param window = 20 in 5 to 100
param risked = 1% in 0.25% to 3% step 0.25%

# `risk` may ask for more than all of equity; this bounds it.
guard exposure 100%

# An order that rests: it waits a little above the highest price of the window, and fills when that is reached.
enter long when position.flat
  trigger highest(high, window) + 0.1 * atr(14)
  valid   5 bars
  risk    risked  # lose this much of equity if the stop is hit
  stop    2 * atr(14)
  trail   4 * atr(14)  # behind the best price since the fill
  because "a high of {window} bars"

# Bars and what is expected of them: `strat test FILE`. Every bar has a range of 2, so that the order waits at 101.2.
test "a high is bought, and the stop is 4 below it"
  with   window = 5
  prices 20 of 100 101 99 100, 100 103 100 102, 102 102 96 97
  expect orders.pending == 1 at bar 19
  expect trade(1).entry_bar == 20
  expect trade(1).entry_price == 101.2202 within 0.0001
  expect trade(1).exit_bar == 21 and trade(1).exit_reason == "stop"
  expect trade(1).exit_price == 97.2008 within 0.0001
'''


@dataclass(frozen=True, slots=True)
class Template:
    """A starter: what it is, and its text, in which TITLE stands for the name."""

    about: str
    source: str

    def named(self, title: str) -> str:
        """The text of a strategy of this name."""
        return self.source.replace("TITLE", title.replace('"', "'"))


TEMPLATES = {
    "cross": Template("a fast average crosses a slow one", _CROSS),
    "dip": Template("a short fall inside a long rise", _DIP),
    "breakout": Template("an order rests above the high of some weeks", _BREAKOUT),
}
