"""What strategies are mostly made of, and what is mostly written wrong: examples for people and models.

Tests compile every one: an idiom without a word of complaint, the left side of a slip not, its right side without.
"""

from __future__ import annotations

from typing import NamedTuple


class Idiom(NamedTuple):
    """A whole program, and what a person says who wants it."""

    wanted: str
    program: str


class Slip(NamedTuple):
    """A statement that is wrong, the same put right, and why."""

    wrong: str
    right: str
    why: str


IDIOMS = (
    Idiom("averages cross", """
param fast = 20 in 5 to 50
param slow = 50 in 20 to 200
require fast < slow
enter long when cross_above(ema(close, fast), ema(close, slow))
exit long when cross_below(ema(close, fast), ema(close, slow))
"""),
    Idiom("a dip in an uptrend, 1% of equity at risk", """
enter long when close > sma(close, 200) and rsi(close, 2) < 10
  risk 1%
  stop 3 * atr(14)
exit long when close > sma(close, 5)
guard exposure 100%
"""),
    Idiom("a breakout, a trailing stop, twenty bars at most", """
enter long when cross_above(close, highest(high, 55)[1]) and volume > 1.5 * sma(volume, 20)
  trail 3 * atr(14)
  expire 20 bars
"""),
    Idiom("bands, both sides", """
let bands = bb(close, 20, 2)
enter long when cross_above(close, bands.lower)
  stop 2%
enter short when cross_below(close, bands.upper)
  stop 2%
exit long when close >= bands.middle
exit short when close <= bands.middle
"""),
    Idiom("an entry only with the 4-hour trend", """
on EURUSD every 15m
let up = close > ema(close, 50) @ 4h
enter long when up and cross_above(macd(close).line, macd(close).signal)
exit long when not up
"""),
    Idiom("New York mornings, out before the close", """
on every 5m
assume timezone "America/New_York"
enter long when between("09:45", "11:30") and cross_above(close, vwap()) and trades.today == 0
  stop 1%
  target 2r
  expire "15:55"
"""),
    Idiom("buy a pullback by a limit order, sell in parts", """
enter long when close > sma(close, 50)
  limit close - atr(14)
  valid 3 bars
  stop 2 * atr(14)
  take 50% at 1r
  stop 0r after 1r
  target 3r
"""),
    Idiom("no new trade for 5 bars after one, no more losses than 10%", """
enter long when close < close[1] and close[1] < close[2] and or_else(trades.bars_since, 999) > 5
  size 25%
  target 4%
  stop 2%
guard drawdown 10% then flatten
"""),
    Idiom("higher swing lows, a break of the last swing high", """
let p = pivot_low(low, 5, 5)
let higher = last_known(p) > valuewhen(not is_na(p), p, 1)
enter long when higher and cross_above(close, last_known(pivot_high(high, 5, 5)))
  stop last_known(p)
  target 2r
"""),
    Idiom("the break of the first half hour's range, once a day", """
on every 5m
let opening = between("09:35", "10:01")
state top = na then if new_day() then na else if opening then max(or_else(top, high), high) else top
state bottom = na then if new_day() then na else if opening then min(or_else(bottom, low), low) else bottom
enter long when between("10:01", "12:00") and close > top and trades.opened_today == 0
  stop bottom
  expire "15:55"
"""),
    Idiom("a grid below the market, each rung sold 1% higher and placed again", """
enter long when position.flat and orders.pending == 0
  size 10%
  limit close * 0.99
  ladder 5 step 1% again
  until false
  target 1%
guard drawdown 8% then flatten
"""),
    Idiom("each month the strongest two of four", """
on XLE, XLF, XLK, XLU every 1d
let place = rank(roc(close, 126))
rebalance monthly
  weight if place <= 2 then 50% else 0%
"""),
)  # fmt: skip

SLIPS = (
    Slip("enter long when close crosses above sma(close, 20)", "enter long when cross_above(close, sma(close, 20))",
         "a cross is a function"),
    Slip("enter long when close > highest(high, 20)", "enter long when close > highest(high, 20)[1]",
         "windows include this bar: without [1] it never holds"),
    Slip("enter long when rsi(14) < 30", "enter long when rsi(close, 14) < 30", "the series comes first"),
    Slip("enter long when close > open stop 2", "enter long when close > open stop 2%",
         "a bare number is a price: write 2%, 2 * atr(14) or entry - 2"),
    Slip("enter long when close > open size 0.5", "enter long when close > open size 50%", "sizes have a unit"),
    Slip("enter long when close > open risk 1% stop 2%",
         "enter long when close > open risk 1% stop 2%\nguard exposure 100%",
         "risk needs a stop and a written guard exposure"),
    Slip("enter long if close > open && volume > 0", "enter long when close > open and volume > 0",
         "when, and, or, not"),
    Slip("exit long when position.pnl > 5%", "exit long when position.pnl > 5% * equity", "money is no share"),
    Slip("let daily = sma(close, 20, 1d)", "let daily = sma(close, 20) @ 1d", "a longer timeframe is read with @"),
)  # fmt: skip
