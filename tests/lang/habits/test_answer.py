"""A habit is told where faults come from it, once, whole, and only there."""

from __future__ import annotations

import signal
from collections.abc import Iterator

import pytest
from stratagem.lang.compile import check_text
from stratagem.lang.diagnostics.model import Diagnostic

PINE = """\
//@version=5
strategy("My", overlay=true)
fast = input.int(10, "Fast")
quick = ta.sma(close, fast)
slow = ta.ema(close[1] + close[2], 30)
if ta.crossover(quick, slow)
    strategy.entry("L", strategy.long)
if ta.crossunder(quick, slow)
    strategy.close("L")
plot(quick, color=color.red)
"""


def errors(text: str) -> list[Diagnostic]:
    return [d for d in check_text(text).diagnostics if d.is_error]


def told(text: str) -> list[str]:
    """What is said of each error, with the text it is about."""
    return [f"{text[d.span.start : d.span.end]} | {d.message}" for d in errors(text)]


def written(text: str) -> list[str]:
    """What each habit is to become."""
    return [d.fixes[0].edits[0].text for d in errors(text) if d.code == "E024" and d.fixes]


def test_a_whole_program_of_another_language_in_one_run() -> None:
    assert written(PINE) == [
        "stratagem 1", 'strategy "My"', "param fast = 10", "sma(close, fast)", "ema(close[1] + close[2], 30)",
        "enter long when cross_above(quick, slow)", "exit long when cross_below(quick, slow)", "plot quick",
    ]  # fmt: skip


def test_a_habit_stands_for_all_faults_that_come_from_it() -> None:
    assert len(errors('enter long when strategy.position_size == 0\nlet a = df["close"]')) == 2
    assert len(errors("let a = close.rolling(20).mean().shift(1)")) == 1


def test_what_is_taken_is_written_anew_in_its_turn() -> None:
    text = "let a = ta.sma(ta.rsi(close, 14).shift(1), math.max(3, 5))"
    assert written(text) == ["sma(rsi(close, 14)[1], max(3, 5))"]


def test_brackets_where_ours_would_bind_otherwise() -> None:
    assert written("let a = 2 * close.pct_change()") == ["(close / close[1] - 1)"]
    assert written("let a = (high + low).shift(1)") == ["(high + low)[1]"]
    assert written("let a = Ref(high + low, -1)") == ["(high + low)[1]"]
    assert written("let a = 1 + iff(close > 1, 2, 3)") == ["(if close > 1 then 2 else 3)"]
    assert written("let a = math.avg(high - low, open) / 2") == ["(((high - low) + open) / 2)"]


def test_what_is_left_out_is_told() -> None:
    (fault,) = errors("plot(close, color=color.red)")
    assert [note.message for note in fault.notes] == ["left out: `color=color.red`"]
    assert not fault.fixes[0].safe


def test_a_name_that_is_told_once_is_written_anew_everywhere() -> None:
    text = "let a = ta.sma(close, 3)\nlet b = close\nlet c = ta.ema(close, 4)"
    assert written(text) == ["sma(close, 3)", "ema(close, 4)"]


def test_names_of_ones_own_are_left_alone() -> None:
    for text in (
        "let Bid = 1\nlet a = Bid + clos", "let price = close\nlet a = price + clos", "fn crossover(a, b) = a > b\n"
        "let a = crossover(close, open) and clos", "fn mean(a, b) = a + b\nlet a = mean(clos, 20)",
        "let buy = high\nlet sell = low\nenter long when close > open trigger buy stop sell size clos units",
        "let ta = { sma: 1 }\nlet a = ta.sma + clos",
    ):  # fmt: skip
        assert [d.code for d in errors(text)] == ["E101"], text


def test_a_function_of_ones_own_is_not_taken_for_ours() -> None:
    (fault,) = errors("fn sma(x, n) = x + n\nplot ta.sma(close, 3)")
    assert fault.fixes[0].edits[0].text == "sma(close, 3)" and not fault.fixes[0].safe
    (fault,) = errors("fn other(x, n) = x + n\nplot ta.sma(close, 3) + other(1, 2)")
    assert fault.fixes[0].safe


def test_a_sound_text_is_never_looked_at() -> None:
    assert check_text("let price = close\nlet last = price\nplot last").program is not None


def test_no_statement_is_put_behind_a_word_that_opens_one() -> None:
    assert all("enter enter" not in d.message for d in errors("enter buy when close > open"))


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("let a = ta.sma(close, 10)", "`sma(close, 10)`"),
        ("let c = close.shift(1)", "`close[1]`"),
        ("enter long when between(9:30, 16:00)", '`between("09:30", "16:00")`'),
        ("exit long after 10 bars", "`exit long when position.bars >= 10`"),
        ('let a = close @ "4h"', "`close @ 4h`"),
        ("enter long when true size 1000 dollars", "`size 1000 cash`"),
        ("rebalance monthly weight 1/3 band 2%", "`weight 100% * 1 / 3`"),
        ("on A, B\nrebalance monthly weight of A 2/5 weight 1/5", "`weight of A 100% * 2 / 5`"),
        ("prefer close ascending", "`prefer -(close)`"), ("prefer close - open asc", "`prefer -(close - open)`"),
        ("prefer rank(close) descending", "`prefer rank(close)`"), ("prefer close desc", "`prefer close`"),
        ("prefer lowest close", "`prefer -(close)`"), ("prefer highest close", "`prefer close`"),
        ("let a = 10 pips", "`10ticks`"),
        ("enter long when true stop 1% trail after 2r", "`trail 2% after 2r`"),
        ("enter long when true move stop to break even", "`stop entry after 2%`"),
        ("enter long when true stop 1% move stop to breakeven at 2r", "`stop entry after 2r`"),
        ("enter long when true stop 1% scale out half at 1r", "`take 50% at 1r`"),
        ("enter long when true limit 1% good till cancelled", "`until false`"),
        ("enter long when true flat by 15:55", '`expire "15:55"`'),
        ("enter long when true exit at the next open", "`expire next_open`"),
        ("buy stop at highest(high, 20) when close > open", "`enter long when close > open trigger highest(high, 20)`"),
        ("sell limit at high when close > open", "`exit long when close > open limit high`"),
        ("one cancels the other", "`assume entries one_cancels_other`"),
        ("cancel all orders when close < open", "`cancel long when close < open cancel short when close < open`"),
        ('if up\n    strategy.entry("L", strategy.long, limit=low)', "`enter long when up limit low until false`"),
        ('strategy.exit("x", "L", stop=low, limit=high)',
         "`exit long when true trigger low exit long when true limit high`"),
        ('strategy.exit("x", "L", qty_percent=50, profit=20)', "take 50% at 1r"),
        ("if close > open then buy next bar at high stop", "`enter long when close > open trigger high`"),
        ("OrderSend(Symbol(), OP_BUYSTOP, 1, Ask, 3, 0, 0)", "trigger highest(high, 20) until false"),
        ("enter long when true expire 15:55", '`expire "15:55"`'),
        ('enter long when true expire at "15:55"', '`expire "15:55"`'),
        ("enter long when true expire next open", "`expire next_open`"),
        ("enter long when true limit 1% valid gtc", "`until false`"),
        ("enter long when true limit 1% valid until close < open", "`until close < open`"),
        ('enter long when true limit 1% valid until "15:55"', '`until between("15:55", "24:00")`'),
        ("enter long when true limit 1% until 15:55", '`until between("15:55", "24:00")`'),
        ("enter long when true trail after 2r 3% stop 2%", "here it is written `trail 3% after 2r`"),
        ("enter long when true trail after 2r 3 * atr(14) stop 2%", "`trail 3 * atr(14) after 2r`"),
        ("enter long when true trail after 2 * atr(14)", "`trail 2% after (2 * atr(14))`"),
        ("enter long when close > open buy stop high[1] + 1", "`enter long when close > open trigger high[1] + 1`"),
        ("enter short when close < open buy stop 2%", "`enter short when close < open stop 2%`"),
        ("exit half long when close < open", "`exit long when close < open size 50% once`"),
        ("enter long when true stop 2% scale_out half at 1r", "`take 50% at 1r`"),
        ("enter long when true expire this_close", "`expire 1 bars`"),
        ("enter long when true touch lowest(low, 10)", "`limit lowest(low, 10)`"),
        ("cancel long after 3 bars", "limit close - atr(14) valid 3 bars`"),
        ("exit long when close < open size 50% of position once", "`size 50%`"),
        ("enter long when true stop 2% take 50% at 1r, 25% at 2r", "`take 50% at 1r take 25% at 2r`"),
        ("enter long when true stop 2% take 1/4 at 1r", "`take 25% at 1r`"),
        ("enter long when true trigger >= high", "`trigger high`"),
        ("assume entries oco", "`assume entries one_cancels_other`"),
        ("enter long when true take 1/2 at 2%", "`take 50% at 2%`"),
        ("enter long when true take 1/3 at 2%", "`take 100% * 1 / 3 at 2%`"),
        ("cancel all", "`cancel long when close < open cancel short when close > open`"),
        ("x := x + 1", "`state x = 0 then x + 1`"),
        ("fn f(x)\n  x := x + 1\n  return x", "state"),
        ("var x = 1", "`state level = 0 then level + 1`"),
        ("let a = strategy.equity", "`equity`"),
        ("let a = nz(close[1])", "`or_else(close[1], 0)`"),
        ("let a = na(close)", "`is_na(close)`"),
        ("let a = iMA(NULL, 0, 20, 0, MODE_SMA, PRICE_CLOSE, 0)", "`sma(close, 20)`"),
        ("OrderSend(Symbol(), OP_BUY, 1, Ask, 3, 0, 0)", "`enter long when close > open"),
        ("let a = Bid", "`close`"),
        ("def f(x):\n    return x * 2", "fn"),
        ("import talib", "everything there is"),
        ("let a = len(close)", "bar_index"),
        ("let a = np.max(high)", "highest(high, 100)"),
        ("self.buy()", "`enter long when close > open"),
        ("buy at market", "`enter long when close > open`"),
        ("enter long when true stop loss at 2%", "`stop 2%`"),
        ("enter long when true take profit 3%", "`target 3%`"),
        ("enter long when true risk reward 2:1", "target 2r"),
        ("close all", "`exit long when close < open exit short when close < open`"),
        ("every day at 15:30", 'between("15:30", "15:35")'),
        ("enter long when true position size 10%", "`size 10%`"),
        ("exit long at 15:55", '`exit long when between("15:55", "16:00")`'),
        ("exit long at 3pm", '`exit long when between("15:00", "15:05")`'),
        ("exit long at end of day", '`exit long when between("15:55", "16:00")`'),
        ("enter long at 9:30 am", '`enter long when between("09:30", "09:35")`'),
        ("enter long at 12:05 am", '`enter long when between("00:05", "00:10")`'),
        ('enter long when between("9:30 am", "4 pm")', '`between("09:30", "16:00")`'),
        ("only trade between 9:30 and 16:00", 'between("09:30", "16:00")'),
        ("set commission 0.1", "`assume fee 0.1%`"),
        ("set commission 0.1%", "`assume fee 0.1%`"),
        ("let a = bars_since_entry > 5", "`position.bars`"),
        ("let a = mean(close, 20)", "`sma(close, 20)`"),
        ("let a = price crosses above 200 ema", "`cross_above(close, ema(close, 200))`"),
        ("enter long when true stop loss at 2% below entry", "`stop 2%`"),
        ("buy when the 50 day moving average crosses above the 200 day moving average",
         "`enter long when cross_above(sma(close, 50), sma(close, 200))`"),
        ("let a = the 50-day moving average crosses below the 200-day moving average",
         "`cross_below(sma(close, 50), sma(close, 200))`"),
        ("buy if rsi(close, 14) < 30", "`enter long when rsi(close, 14) < 30`"),
        ("df['sma'] = df['close'].rolling(20).mean()", "`let sma = sma(close, 20)`"),
        ("let a = iRSI(_Symbol, PERIOD_H1, 14, PRICE_CLOSE, 0)", "`rsi(close, 14) @ 1h`"),
        ("enter long when true size 1 lot", "a lot of currency is 100,000 units"),
        ('let a = if close > 1 then "buy" else "sell"', "a choice gives numbers or conditions, no texts"),
        ("let fast := sma(close, 10)", "`let fast = sma(close, 10)`"),
        ("enter long when true hold for 5 days", "`expire 5d`"),
        ("enter long when true risk $500", "risk 1%"),
        ("exit long when profit > 5%", "`close > position.entry_price * (1 + 5%)`"),
        ("exit long when close < open or after 10 days", "`or position.bars >= 10`"),
        ("enter long when position == 0", "`position.flat`"),
        ("exit long when pnl < -500", "`pnl.total < -500`"),
        ("enter long when true stop 1.5 ATR", "`1.5 * atr(14)`"),
        ("enter long when volume > average volume", "`sma(volume, 20)`"),
        ("let a = close > sma 50", "`sma(close, 50)`"),
        ("let a = close > sma50", "`sma(close, 50)`"),
        ("let a = rsi(close, 14, 4h)", "`rsi(close, 14) @ 4h`"),
        ("params: fast=10", "`param fast = 10`"),
        ("timeframe 15m", "every 15m"),
        ("symbol AAPL", "`on AAPL every 1d`"),
        ("enter long when date > 20240101", '`time > "2024-01-01"`'),
        ("param fast = 10 from 5 to 20", "`param fast = 10 in 5 to 20`"),
        ('n = input.int(14, "Length", minval=2, maxval=100)', "`param n = 14 in 2 to 100`"),
        ('let n = input.int(14, "Length", minval=2, maxval=100)', "`param n = 14 in 2 to 100`"),
        ('request.security(syminfo.tickerid, "D", ta.ema(close, 20))', "`ema(close, 20) @ 1d`"),
        ('request.security(syminfo.tickerid, "15", close)', "`close @ 15m`"),
        ('request.security(syminfo.tickerid, "240", close)', "`close @ 4h`"),
    ],
)  # fmt: skip
def test_what_people_asked_for(text: str, part: str) -> None:
    found = errors(text)
    assert found[0].code == "E024" and any(part in d.message or part in d.help for d in found), told(text)


# --- long texts --------------------------------------------------------------------------------------------


@pytest.fixture
def alarm() -> Iterator[None]:
    """Ends what takes minutes: in time proportional to the text these are read in a second or two."""

    def ring(*_: object) -> None:
        raise TimeoutError("not answered in 60 seconds")

    before = signal.signal(signal.SIGALRM, ring)
    signal.alarm(60)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


@pytest.mark.usefixtures("alarm")
@pytest.mark.parametrize(
    "text",
    [
        "let a = " + "ta.sma(" * 5_000, "let a = " + "close.shift(1)" * 8_000, "ta.sma(close, 10)\n" * 12_000,
        "let a = " + "(" * 50_000 + "ta.sma", "x := x + " * 10_000,
        "if a\n" * 30_000 + 'strategy.entry("a", strategy.long)',
        "let a = " + "c ? a : " * 20_000 + "b", "let a = clos\n" * 8_000, "let a = " + "ta . " * 20_000,
        "let a = " + "price " * 20_000, "let a = f(" + "x.y(" * 20_000, "size " * 50_000, "plot(" + "a, " * 30_000,
    ],
    ids=range(13),
)  # fmt: skip
def test_a_long_text_is_answered_in_time(text: str) -> None:
    assert errors(text[: 1 << 20])


def test_of_what_is_no_text_one_thing_is_said() -> None:
    picture = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) + b"\nx := close > open ? close : open\nif x > 1: buy()\n"
    assert [found.code for found in check_text(picture).diagnostics] == ["E009"]
    assert "E024" in {found.code for found in check_text(picture.rpartition(b"\xff")[2]).diagnostics}
