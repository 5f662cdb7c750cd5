"""Which golden strategy each `.strat` file here is, and under which conditions the lists were made.

reference: its id in the manifest. data_from: the first bar of the reference chart, where it is not the
file's. symbol: whose rows are taken from a file of several symbols. lots_as_one: the list writes lots of one
order as one row where they leave together. entries_alone: exits are not compared. differences: rows of the
list that have no equal here, and why: the longer reason is in the table of README.md.
"""

from __future__ import annotations

from dataclasses import dataclass

PINEFORGE, PYNECORE, PY = "tradingview_pineforge", "tradingview_pynecore", "backtesting_py"


@dataclass(frozen=True, slots=True)
class Case:
    file: str
    reference: str
    data_from: str | None = None
    symbol: str | None = None
    lots_as_one: bool = False
    entries_alone: bool = False
    differences: int = 0
    why: str = ""

    @property
    def agrees(self) -> bool:
        return not self.why


CASES = (
    Case("sma_dual_cross", f"{PINEFORGE}/ta-sma-dual-cross-01"),
    Case("macd_signal_cross", f"{PINEFORGE}/ta-macd-12-26-9-line-signal-cross-01"),
    Case("rsi_cross_50", f"{PINEFORGE}/ta-rsi14-cross-50-01"),
    Case("donchian_breakout", f"{PINEFORGE}/ta-donchian-channel-breakout-01"),
    Case("supertrend_flip", f"{PINEFORGE}/ta-supertrend-direction-flip-01"),
    Case("cmo_zero_cross", f"{PINEFORGE}/ta-cmo-9-zero-cross-01"),
    Case("obv_ema_cross", f"{PINEFORGE}/ta-obv-ema-cross-01"),
    Case("chandelier_direction", f"{PINEFORGE}/ta-chandelier-exit-direction-01", "2025-04-05"),
    Case("inside_bar", f"{PINEFORGE}/ta-inside-bar-engulfing-01"),
    Case("four_ema_rsi", f"{PINEFORGE}/composite-4emarsi-integration-01"),
    Case("quad_ema_stack", f"{PINEFORGE}/composite-4emarsi-quad-ema-stack-01", "2025-03-31"),
    Case("ema_rsi_on_close", f"{PINEFORGE}/order-process-on-close-true-01"),
    Case("ema_rsi_next_open", f"{PINEFORGE}/order-process-on-close-false-01"),
    Case("hourly_rsi", f"{PINEFORGE}/mtf-htf-60-rsi14-inside-security-01"),
    Case("daily_high_break", f"{PINEFORGE}/mtf-daily-prev-high-break-01"),
    Case("weekly_sma_cross", f"{PINEFORGE}/mtf-htf-weekly-sma-cross-01"),
    Case("triple_macd", f"{PINEFORGE}/mtf-triple-tf-macd-hist-confluence-01", "2025-03-31"),
    Case("new_york_session", f"{PINEFORGE}/session-ny-spring-forward-dst-01"),
    Case("vwap_band_breakout", f"{PINEFORGE}/vwap-bands-breakout-1sigma-01"),
    Case("timed_bracket", f"{PINEFORGE}/bracket-exit-tp-sl-fixed-01"),
    Case("pivot_break", f"{PINEFORGE}/ta-pivot-confirmed-break-01"),
    Case("supertrend_equity", f"{PYNECORE}/supertrend"),
    Case("sma15_close_cross", "backtrader/sma15_cross_stocklike"),
    Case("goog_default", f"{PY}/smacross_goog_default"),
    Case("goog_exclusive", f"{PY}/smacross_goog_exclusive"),
    Case("goog_on_close", f"{PY}/smacross_goog_trade_on_close"),
    Case("eurusd_margin", f"{PY}/smacross_eurusd_margin"),
    Case("limit_below_average", f"{PY}/limit_ibm", symbol="IBM"),
    Case("bollinger_stops", f"{PYNECORE}/bollinger"),
    Case("barupdn", f"{PYNECORE}/barupdn"),
    Case("scheduled_with_slippage", f"{PYNECORE}/slippage_basic"),
    Case("flip_with_slippage", f"{PYNECORE}/slippage_direction"),
    Case("monday_percent", f"{PINEFORGE}/analyzer-parity-percent-of-equity-sizing-01"),
    Case("pyramid_cash", f"{PINEFORGE}/pyramid-cash-fractional-commission-01"),
    Case("partial_take", f"{PINEFORGE}/bracket-partial-exit-qty-percent-01", lots_as_one=True),
    Case("five_fills_a_day", f"{PINEFORGE}/cap-max-intraday-filled-orders-isolate-01", "2025-03-31"),
    Case(
        "dual_stop_entries",
        f"{PINEFORGE}/order-dual-stop-both-touch-priority-01",
        differences=3,
        why="two entries of one side in one bar: the first ends the second, as it must end the other side's",
    ),
    Case(
        "crude_sma_cross",
        f"{PYNECORE}/futures_pnl",
        differences=2,
        why="averages that are equal to the last digit: there they differ by the rounding of a running sum",
    ),
    Case(
        "ten_tick_bracket",
        f"{PINEFORGE}/bracket-tp-sl-oca-reduce-isolate-01",
        differences=90,
        why="the list's bracket is an order of its own: at the open that reverses it opens a second lot, written twice",
    ),
    Case(
        "trail_in_the_bar",
        f"{PINEFORGE}/bracket-trail-points-with-offset-only-01",
        entries_alone=True,
        why="the list's trail follows inside the bar, ours at its end",
    ),
)

# Reproduced by tests of their own, where no list of trades is published or the runs are many.
OTHERS = {
    "spy_macd_trend": "lean/macd_trend_spy",
    "spy_hold_daily": "lean/buy_hold_spy_daily",
    "spy_hold_minute": "lean/buy_hold_spy_minute",
}
