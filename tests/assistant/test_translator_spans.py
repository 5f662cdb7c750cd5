"""What is said of one setting in any order of words, and what it becomes."""

from __future__ import annotations

import pytest
from stratagem.tools.assistant.translate.translator import translation

ENTRY, EXIT = "enter long when rsi(close, 14) < 30", "exit long when rsi(close, 14) > 70"
FRAME = "Buy when rsi(14) is under 30, sell when rsi(14) is over 70. {}"


def made(words: str) -> str:
    """The program of the words behind an entry and an exit, without these two."""
    found = translation(FRAME.format(words))
    assert not found.holes and not found.draft.refusals, (words, found)
    return "\n".join(line.strip() for line in found.draft.text.splitlines() if line not in {ENTRY, EXIT})


def asked(words: str) -> list[str]:
    """The kinds of what is asked."""
    found = translation(FRAME.format(words))
    return [hole.kind for hole in found.holes]


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("I only ever want to use half my money on this one.", "size 50%"),
        ("Only a tenth of my funds goes into each trade.", "size 10%"),
        ("Each position is a quarter of the account.", "size 25%"),
        ("size = 20%", "size 20%"),
        ("Stake 5% of equity on each trade.", "size 5%"),
        ("2k per trade.", "size 2000 cash"),
        ("1000$ per trade", "size 1000 cash"),
        ("1000 € per trade", "size 1000 cash"),
        ("Every purchase is for 800 dollars.", "size 800 cash"),
        ("Position size: $10k.", "size 10000 cash"),
        ("Trade size 10 grand.", "size 10000 cash"),
        ("qty fixed at half a coin (0.5).", "size 0.5 units"),
        ("quantity 0.25", "size 0.25 units"),
        ("One contract at a time.", "size 1 units"),
        ("Fixed quantity of 3 contracts per trade.", "size 3 units"),
        ("shares = 1% of equity / atr(20)", "size 1% * equity / atr(20) units"),
        ("position size = (1% of equity) / (2 x ATR(14))", "size 1% * equity / (2 * atr(14)) units"),
    ],
)
def test_a_size(words: str, text: str) -> None:
    assert made(words) == text


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("Stop 2 ATR. Size so that a stop out costs 1% of the account.", "risk 1%\nstop 2 * atr(14)"),
        ("Stop 3%. If the stop is hit I lose 1% of my account.", "risk 1%\nstop 3%"),
        ("Stop 3%. Never losing more than 1% of the account on one trade.", "risk 1%\nstop 3%"),
        ("Stop 3%. Risk per trade: half a percent.", "risk 0.5%\nstop 3%"),
        ("Stop 3%. The loss at the stop should be 1% of equity.", "risk 1%\nstop 3%"),
    ],
)
def test_what_is_lost_at_the_stop(words: str, text: str) -> None:
    assert made(words) == f"{text}\nguard exposure 100%"


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("Stop 2 ATR. Risk $500 per trade.", "size 500 / (2 * atr(14)) units\nstop 2 * atr(14)"),
        ("Stop 3%. I risk 200 dollars a trade.", "size 200 / (3% * close) units\nstop 3%"),
        ("Stop 5 points. Risk 200 dollars a trade.", "size 200 / 5 units\nstop entry - 5"),
    ],
)
def test_money_at_risk_is_shared_out_by_the_way_to_the_stop(words: str, text: str) -> None:
    assert made(words) == text


def test_a_risk_asks_for_its_stop() -> None:
    assert asked("Risk one percent.") == ["stop"]
    assert asked("Risk 500 dollars a trade.") == ["stop"]


@pytest.mark.parametrize(
    "words",
    [
        "Target 15% annual volatility.", "15% vol target", "Aim for a yearly volatility of 15%.",
        "size so the position has 15% annualised vol", "Use volatility targeting, 15%.",
    ],
)  # fmt: skip
def test_a_volatility(words: str) -> None:
    assert made(words) == "volatility 15%\nguard exposure 100%"


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("Commission 0.1% on every fill.", "fee 0.1%"),
        ("brokerage is 0.2% each way", "fee 0.2%"),
        ("half a cent per share commission", "fee 0.005/unit"),
        ("Fees: half a cent per share, with a minimum of one dollar an order.", "fee 0.005/unit min 1"),
        ("commissions are $1.50 per order", "fee 1.5/order"),
        ("exchange fees 0.02% maker 0.05% taker", "fee 0.02%/maker + 0.05%/taker"),
        ("taker fee 0.05%, maker fee 0.02%", "fee 0.02%/maker + 0.05%/taker"),
        ("the spread is 4 cents", "spread 0.04/unit"),
        ("a spread of 0.02%", "spread 0.02%"),
        ("I have $25,000.", "capital 25000"),
        ("with 5k starting balance", "capital 5000"),
    ],
)
def test_costs_and_capital(words: str, text: str) -> None:
    assert made(words) == f"assume {text}"


def test_of_a_tick_that_is_not_known_it_is_asked() -> None:
    assert asked("slippage 2 ticks per fill") == ["tick"]
    assert asked("the spread is 1 tick") == ["tick"]


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("Size 20%. Add up to two more times on each new cross.", "size 20%\nscale 2"),
        ("Size 20%. Can add one more 20% if it crosses again while I'm still in.", "size 20%\nscale 1"),
        ("Size 20%. Add another 20% every time it happens again, max 3 lots.", "size 20%\nscale 2"),
        ("Size 20%. Pyramiding of up to 2 additional entries.", "size 20%\nscale 2"),
        ("Size 20%. At most three positions at the same time.", "size 20%\nscale 2"),
        ("Size 20%. No pyramiding, one position at a time.", "size 20%"),
        ("Size 20%. Never add to an open position.", "size 20%"),
    ],
)
def test_what_is_added(words: str, text: str) -> None:
    assert made(words) == text


def test_a_part_of_another_size_is_no_size_of_all() -> None:
    found = translation(FRAME.format("Size 20%. Add one more 30% if it crosses again."))
    assert found.draft.refusals == ("Two different values are said for the size.",)


@pytest.mark.parametrize(
    "words",
    [
        "No more than 2 positions at the same time.", "Hold no more than 2 of them.", "Max positions 2.",
        "Maximum of two simultaneous positions.", "Not more than 2 concurrent trades.",
    ],
)  # fmt: skip
def test_positions_of_several_symbols(words: str) -> None:
    found = translation(f"SPY, QQQ, IWM: buy when rsi(14) < 30, sell when rsi(14) > 70, 30% each. {words}")
    assert not found.holes and found.draft.text.splitlines()[2:] == ["  size 30%", EXIT, "guard positions 2"]


@pytest.mark.parametrize("words", ["if I am flat", "and I have no position", "while I hold nothing"])
def test_nothing_is_held_yet(words: str) -> None:
    found = translation(f"Buy when rsi(14) < 30 {words}. Sell when rsi(14) > 70.")
    assert found.draft.text.splitlines()[0] == f"{ENTRY} and position.flat" and not found.holes


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("Wait 10 bars after a trade before the next one.", "or_else(trades.bars_since, 999) > 10"),
        ("cooldown of 10 bars once the trade is closed", "or_else(trades.bars_since, 999) > 10"),
        ("At least 10 bars between trades.", "or_else(trades.bars_since, 999) > 10"),
        ("No re-entry within 10 bars of an exit.", "or_else(trades.bars_since, 999) > 10"),
        ("After selling, do nothing for 10 bars.", "or_else(trades.bars_since, 999) > 10"),
        ("Only re-enter if 10 bars have passed since the last exit.", "or_else(trades.bars_since, 999) > 10"),
        ("After a loss skip the next 5 bars.",
         "not (or_else(trades.last_return, 0) < 0 and or_else(trades.bars_since, 999) <= 5)"),
        ("If the last trade lost money, sit out 5 bars; after a winner you may go again at once.",
         "not (or_else(trades.last_return, 0) < 0 and or_else(trades.bars_since, 999) <= 5)"),
        ("After a stop out no new entry for 10 bars.",
         'not (trades.last_reason == "stop" and or_else(trades.bars_since, 999) <= 10)'),
        ("if a trade was already closed today, no new one until the next day", "trades.today == 0"),
        ("After four losing trades in a row do not trade any more.", "trades.loss_streak < 4"),
        ("Three losers in a row and I stop.", "trades.loss_streak < 3"),
    ],
)  # fmt: skip
def test_a_pause_is_a_condition_of_the_entry(words: str, text: str) -> None:
    assert made(words) == f"{ENTRY} and {text}"


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("After two trades I stop for the day.", "day_trades 2"),
        ("Only take the first signal of the day.", "day_trades 1"),
        ("If I lose twice in a day, no more trades that day.", "day_losses 2 then halt"),
        ("no more than 2 losses a day", "day_losses 2 then halt"),
        ("If the account is up 3% on the day, stop trading until tomorrow.", "day_gain 3% then halt"),
        ("daily loss limit 2%, then flat for the day", "daily_loss 2% then flatten"),
        ("If the account ever falls 10% from its peak, sell everything and stop for good.",
         "drawdown 10% then flatten"),
        ("If equity drops 15% from its high, close everything and quit.", "drawdown 15% then flatten"),
        ("If I lose 20% of my starting capital, stop.", "loss 20% then halt"),
        ("If the account loses 10% in total, stop trading.", "loss 10% then halt"),
        ("No new purchase may bring my total exposure over 60% of equity.", "exposure 60%"),
    ],
)  # fmt: skip
def test_a_guard(words: str, text: str) -> None:
    assert made(words) == f"guard {text}"


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("Any day but Monday.", "weekday != monday"),
        ("any day but Monday and Friday", "weekday != monday and weekday != friday"),
        ("Skip Mondays.", "weekday != monday"),
        ("Leave out Mondays.", "weekday != monday"),
        ("Fridays are unlucky, so nothing on those days.", "weekday != friday"),
        ("No new positions over lunch (12:00-13:00).", 'not between("12:00", "13:00")'),
        ("Skip the hours from 12:00 to 14:00.", 'not between("12:00", "14:00")'),
        ("Don't open anything after 3pm.", 'between("00:00", "15:00")'),
        ("between 9 and 11 in the morning", 'between("09:00", "11:00")'),
        ("only 9:30-11:00 and 14:00-16:00", '(between("09:30", "11:00") or between("14:00", "16:00"))'),
        ("No trades in August and September.", "month != 8 and month != 9"),
        ("Skip May to October.", "not (month >= 5 and month <= 10)"),
        ("Only in winter months: November, December and January.", "(month == 11 or month == 12 or month == 1)"),
        ("Only in the first five calendar days of the month.", "day <= 5"),
        ("Not after the 20th of the month.", "day <= 20"),
    ],
)
def test_days_and_hours(words: str, text: str) -> None:
    assert made(words) == f"{ENTRY} and {text}"


def test_trading_days_are_no_days_of_the_calendar() -> None:
    assert asked("Only in the first five trading days of the month.")


def test_what_only_bounds_a_window_from_one_side_holds_beside_another() -> None:
    found = translation(FRAME.format("Only between 10:00 and 11:00 and never before noon."))
    assert found.draft.refusals


TWO_SIDES = "Buy when rsi(14) < 30, sell when rsi(14) > 55, short when rsi(14) > 70, cover when rsi(14) < 45. {}"


@pytest.mark.parametrize(
    ("words", "long", "short"),
    [
        ("no shorts while the close is above the 100 ema", "", " and close <= ema(close, 100)"),
        ("No longs below the 100 ema.", " and close >= ema(close, 100)", ""),
        ("Don't short when the close is above the 100 ema.", "", " and close <= ema(close, 100)"),
        ("While the close is above the 100 ema, no shorts.", "", " and close <= ema(close, 100)"),
        ("Longs only above the 100 ema, shorts only below it.", " and close > ema(close, 100)",
         " and close < ema(close, 100)"),
        ("Above the 100 ema I only buy, below it I only sell short.", " and close > ema(close, 100)",
         " and close < ema(close, 100)"),
        ("Long trades only if ADX(14) > 20.", " and adx(14) > 20", ""),
        ("Take shorts only when ADX(14) > 20 and the close is below the 100 ema.", "",
         " and adx(14) > 20 and close < ema(close, 100)"),
    ],
)  # fmt: skip
def test_a_filter_of_one_side(words: str, long: str, short: str) -> None:
    found = translation(TWO_SIDES.format(words))
    assert not found.holes and not found.draft.refusals, found
    text = found.draft.text.replace("(", "").replace(")", "")
    assert text.splitlines()[:2] == [
        f"enter long when rsi(close, 14) < 30{long}".replace("(", "").replace(")", ""),
        f"enter short when rsi(close, 14) > 70{short}".replace("(", "").replace(")", ""),
    ]


def test_longs_only_above_is_the_entry_where_nothing_else_is() -> None:
    found = translation("Long only above the 200 SMA, exit below.")
    assert found.draft.text == "enter long when close > sma(close, 200)\nexit long when close < sma(close, 200)\n"


@pytest.mark.parametrize(
    ("words", "watched", "condition"),
    [
        ("buy QQQ when rsi(14) < 30 and SPY is above its 200 bar SMA", "SPY", "close of SPY > sma(close, 200) of SPY"),
        ("buy QQQ when rsi(14) < 30 and SPY's close is above SPY's 50 SMA", "SPY",
         "close of SPY > sma(close, 50) of SPY"),
        ("buy QQQ when rsi(14) < 30 but only if the RSI(14) of SPY is above 50", "SPY", "rsi(close, 14) of SPY > 50"),
        ("buy QQQ when rsi(14) < 30 and VIX is below 20", "VIX", "close of VIX < 20"),
    ],
)  # fmt: skip
def test_another_symbol_is_watched(words: str, watched: str, condition: str) -> None:
    found = translation(f"{words}, sell when rsi(14) > 70")
    assert not found.holes and found.draft.text == (
        f"on QQQ\nwatch {watched}\nenter long when rsi(close, 14) < 30 and {condition}\n{EXIT}\n"
    )


def test_the_ratio_of_two_symbols() -> None:
    found = translation("Buy XLK when the ratio of XLK to SPY is above its 20 bar average, sell when it is below.")
    assert not found.holes and found.draft.text.splitlines() == [
        "on XLK", "watch SPY", "let ratio = close / close of SPY", "enter long when ratio > sma(ratio, 20)",
        "exit long when ratio < sma(ratio, 20)",
    ]  # fmt: skip


def test_which_of_two_symbols_is_traded_has_to_be_said() -> None:
    found = translation("AAPL, SPY is a filter: buy AAPL when its close crosses above its 20 ema and SPY is above its "
                        "50 ema. Sell AAPL when it crosses below.")  # fmt: skip
    assert found.holes


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("only if the last daily close is above its 20 day average", "close @ 1d > sma(close, 20) @ 1d"),
        ("but only if the last completed hourly candle was green", "(close > open) @ 1h"),
        ("with the daily MACD above its signal line",
         "macd(close, 12, 26, 9).line @ 1d > macd(close, 12, 26, 9).signal @ 1d"),
        ("provided the day's ADX(14) is above 25", "adx(14) @ 1d > 25"),
    ],
)  # fmt: skip
def test_a_longer_timeframe_is_read_beside_the_one_that_is_traded(words: str, text: str) -> None:
    found = translation(f"5m chart. Buy when rsi(14) is under 30 {words}. Stop 1%, target 2%.")
    assert not found.holes and found.draft.text.splitlines()[:2] == ["on every 5m", f"{ENTRY} and {text}"]


def test_which_timeframe_is_higher_is_asked() -> None:
    assert "timeframe" in asked("Only if the RSI(14) on the higher timeframe is under 50.")


def test_a_small_position_asks_how_small() -> None:
    found = translation("Buy a small position when rsi(14) < 30, sell when rsi(14) > 70")
    assert [hole.kind for hole in found.holes] == ["size"]


@pytest.mark.parametrize(
    ("words", "lines"),
    [
        ("SPY, EFA and GLD: put back to 30% each every quarter.",
         ["on SPY, EFA, GLD", "rebalance quarterly", "  weight 30%"]),
        ("Every Friday bring SPY and TLT back to 50% each.", ["on SPY, TLT", "rebalance weekly day 5", "  weight 50%"]),
        ("Every month, restore SPY to 70% and GLD to 30%.",
         ["on SPY, GLD", "rebalance monthly", "  weight of SPY 70%", "  weight of GLD 30%"]),
        ("Rotate monthly between SPY, QQQ and IWM: hold only the one with the highest return over the last 60 bars.",
         ["on SPY, QQQ, IWM", "rebalance monthly", "  weight if top(close / close[60] - 1, 1) then 100% else 0%"]),
        ("Each week I own whichever of GLD and TLT has the better 20-bar return, but if that return is not above zero "
         "I stay in cash.", ["on GLD, TLT", "rebalance weekly",
         "  weight if top(close / close[20] - 1, 1) and close / close[20] - 1 > 0 then 100% else 0%"]),
    ],
)  # fmt: skip
def test_what_is_held_by_shares(words: str, lines: list[str]) -> None:
    found = translation(words)
    assert not found.holes and not found.draft.refusals and found.draft.text.splitlines() == lines


def test_a_return_of_how_many_bars_is_asked() -> None:
    found = translation("Rotate each month into whichever of SPY, QQQ and IWM had the best return.")
    assert [hole.kind for hole in found.holes] == ["length"]


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("between 10 and 12 in the morning", f'{ENTRY} and between("10:00", "12:00")'),
        ("From 15:30 on I open nothing new.", f'{ENTRY} and between("00:00", "15:30")'),
        ("But not in the first half hour (9:30-10:00).", f'{ENTRY} and not between("09:30", "10:00")'),
        ("Stay in cash unless the close is above the 200 SMA.", f"{ENTRY} and close > sma(close, 200)"),
        ("When I have been stopped out, I wait 20 bars before buying again.",
         f'{ENTRY} and not (trades.last_reason == "stop" and or_else(trades.bars_since, 999) <= 20)'),
        ("New entry no sooner than 5 bars after the last exit.", f"{ENTRY} and or_else(trades.bars_since, 999) > 5"),
        ("If I lost on the last trade I skip 10 bars.",
         f"{ENTRY} and not (or_else(trades.last_return, 0) < 0 and or_else(trades.bars_since, 999) <= 10)"),
        ("Two entries a day are enough.", "guard day_trades 2"),
        ("If the day is 2% in the red, no new trades that day.", "guard daily_loss 2% then halt"),
        ("The account must not lose more than 25% of the starting capital; then stop trading.",
         "guard loss 25% then halt"),
        ("My broker takes 3 dollars per order.", "assume fee 3/order"),
        ("Trading costs are 0.2% of the trade value, both when buying and when selling.", "assume fee 0.2%"),
        ("Whatever is open at 15:45 is closed.", 'expire "15:45"'),
        ("Vol target 10% (annualised).", "volatility 10%\nguard exposure 100%"),
        ("Buy with 150% of equity.", "size 150%\nguard exposure 150%"),
    ],
)  # fmt: skip
def test_other_turns_of_speech(words: str, text: str) -> None:
    assert made(words) == text


@pytest.mark.parametrize("words", ["Fill me at the close, not at the next open.", "All orders are market on close."])
def test_all_orders_at_the_close(words: str) -> None:
    assert made(words) == "fill this_close\nfill this_close"


def test_how_many_a_bare_number_of_pyramiding_means_is_asked() -> None:
    assert asked("Size 20%. Pyramiding 2.") == ["size"]


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("Stop 2 ATR, size such that 1% of equity is at stake.", "risk 1%\nstop 2 * atr(14)\nguard exposure 100%"),
        ("Adjust size to a volatility of 18% per year.", "volatility 18%\nguard exposure 100%"),
        ("Position size: equity * 1% / (2 * ATR(14)).", "size 1% * equity / (2 * atr(14)) units"),
        ("Full account on every trade.", "size 100%"),
        ("If my equity drops by 12% from the top, flatten and stop.", "guard drawdown 12% then flatten"),
        ("no new trade the same day after a loss", "guard day_losses 1 then halt"),
        ("Cool down: 8 bars after any exit.", f"{ENTRY} and or_else(trades.bars_since, 999) > 8"),
        ("First hour only (09:30-10:30).", f'{ENTRY} and between("09:30", "10:30")'),
    ],
)
def test_words_of_their_own(words: str, text: str) -> None:
    assert made(words) == text


def test_an_order_that_is_left_is_no_pause() -> None:
    found = translation("When rsi(14) < 30 place a limit buy 1% under the close, leave it for five bars. "
                        "Sell when rsi(14) > 70.")  # fmt: skip
    assert found.draft.text == f"{ENTRY}\n  limit 1%\n  valid 5 bars\n{EXIT}\n" and not found.holes
