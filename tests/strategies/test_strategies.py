"""The shipped strategies: documented, without a warning, trading on real prices as they say, provably one meaning."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pytest
import stratagem as sg

FOLDER = Path(__file__).resolve().parents[2] / "strategies"
PATHS = sorted(FOLDER.glob("*.strat"))
STYLES = (
    "Bands.",
    "Breakout.",
    "Limits.",
    "Mean reversion.",
    "Pairs.",
    "Pullback",
    "Risk parity,",
    "Rotation.",
    "Scale out.",
    "Session.",
    "Several timeframes.",
    "Stop entries.",
    "Trend.",
    "Volatility.",
)


@dataclass(frozen=True, slots=True)
class Golden:
    """A run and what it gave: closed trades, those open at the end, final equity to the cent."""

    strategy: str
    data: str
    trades: int
    open_trades: int
    final_equity: float

    def __str__(self) -> str:
        return f"{self.strategy}-{self.data}"

    def run(self, **options: Any) -> sg.Result:
        return sg.compile(FOLDER / f"{self.strategy}.strat").backtest(self.data, **options)


SAMPLE = [
    Golden("golden_cross", "sample:AAPL", 6, 0, 1_584_243.75),
    Golden("golden_cross", "sample:IBM", 13, 1, 90_286.30),
    Golden("turtle_breakout", "sample:AAPL", 51, 0, 183_844.71),
    Golden("turtle_breakout", "sample:GOOG", 43, 1, 136_972.06),
    Golden("rsi2_reversion", "sample:AAPL", 101, 0, 159_109.89),
    Golden("rsi2_reversion", "sample:MSFT", 64, 0, 118_211.76),
    Golden("squeeze_breakout", "sample:IBM", 25, 0, 110_144.87),
    Golden("bollinger_reversion", "sample:IBM", 83, 0, 104_329.70),
    Golden("band_limit", "sample:AAPL", 65, 0, 135_553.21),
    Golden("band_limit", "sample:IBM", 57, 0, 74_903.51),
    Golden("scale_out", "sample:AAPL", 95, 0, 136_716.38),
    Golden("scale_out", "sample:IBM", 61, 0, 112_523.79),
]
REAL = [
    Golden("bollinger_reversion", "eurusd_oanda_1h_bid_2007-2018", 1767, 0, 100_144.36),
    Golden("macd_three_frames", "ethusdt_perp_15m_2024-2026", 504, 0, 76_741.57),
    Golden("pullback_4h", "ethusdt_perp_15m_2024-2026", 148, 0, 81_696.36),
    Golden("pullback_4h", "eurusd_oanda_1h_bid_2007-2018", 109, 0, 81_318.01),
    Golden("new_york_morning", "spy_nt_1m_2011-01", 15, 0, 99_788.54),
    Golden("new_york_morning", "aapl_cfd_15m_2017-2023", 869, 0, 104_195.95),
    Golden("squeeze_breakout", "btcusd_coinbase_4h_2016-2025", 124, 0, 152_209.41),
    Golden("golden_cross", "spx_skender_1d", 13, 1, 1_103_789.86),
    Golden("opening_range_stops", "spy_nt_1m_2011-01", 20, 0, 100_478.63),
]
REASONS = {
    "golden_cross": {"signal", "end"},
    "turtle_breakout": {"signal", "stop", "end"},
    "rsi2_reversion": {"signal", "expire", "end"},
    "squeeze_breakout": {"stop", "trail", "reverse", "end"},
    "bollinger_reversion": {"signal", "stop", "reverse", "end"},
    "macd_three_frames": {"trail", "reverse", "end"},
    "pullback_4h": {"signal", "stop", "target", "expire", "guard", "end"},
    "new_york_morning": {"signal", "stop", "target", "end"},
    "band_limit": {"signal", "stop", "end"},
    "scale_out": {"stop", "target", "trail", "end"},
    "opening_range_stops": {"stop", "expire", "end"},
    "pairs": {"signal"},
    "rotation": {"signal", "end"},
    "risk_parity": {"signal", "end"},
}


def real(golden: Golden, shared: Path) -> Golden:
    path = str(shared / "data" / "bars" / f"{golden.data}.parquet")
    return Golden(golden.strategy, path, golden.trades, golden.open_trades, golden.final_equity)


# --- the texts -----------------------------------------------------------------------------------------


def test_there_is_one_of_each_style() -> None:
    first = sorted(path.read_text(encoding="utf-8").removeprefix("## ") for path in PATHS)
    assert len(first) == len(STYLES) == len(REASONS)
    assert all(text.startswith(style) for text, style in zip(first, STYLES, strict=True))


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_each_says_what_it_is_for_and_when_it_fails(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    told = " ".join(line.removeprefix("## ") for line in text.splitlines() if line.startswith("## "))
    assert "Made for" in told
    assert len(told.split()) > 30
    assert "stratagem 1\nstrategy " in text
    assert not re.search(r"[ \t]+\n|\t|\n\n\n", text)


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_each_compiles_without_a_word(path: Path) -> None:
    program = sg.compile(path)
    assert program.diagnostics == ()
    assert program.title and program.title in str(program.explain())


# --- what they do on real prices -----------------------------------------------------------------------


def check(golden: Golden) -> None:
    native, interpreted = (golden.run(engine=engine) for engine in ("native", "interpreted"))
    stats = native.stats
    assert (stats["trades"], stats["open_trades"]) == (golden.trades, golden.open_trades)
    assert stats["final_equity"] == pytest.approx(golden.final_equity, abs=0.005)
    for name in ("trades", "orders", "equity"):
        assert getattr(native, name).equals(getattr(interpreted, name)), name
    invariants(native, REASONS[golden.strategy])


def invariants(result: sg.Result, reasons: set[str]) -> None:
    """What holds of any run: prices inside their bars, books that add up, reasons that the text knows."""
    bars, stats = result.output.bars, result.stats
    slip = 1 + 1e-3
    for trade in result.trades.to_pylist():
        assert trade["exit_reason"] in reasons
        assert trade["quantity"] > 0 and trade["entry_time"] <= trade["exit_time"] and trade["bars"] >= 0
        for moment, price in ((trade["entry_time"], trade["entry_price"]), (trade["exit_time"], trade["exit_price"])):
            place = int(np.searchsorted(bars.ts, int(moment.timestamp()) * 1_000_000))
            assert bars.low[place] / slip <= price <= bars.high[place] * slip
    table = result.equity
    cash, position, equity = (table[name].to_numpy() for name in ("cash", "position", "equity"))
    assert np.allclose(cash + position * bars.close, equity, rtol=1e-10, atol=1e-6)
    pnl = sum(result.trades["pnl"].to_pylist())
    assert stats["capital"] + pnl == pytest.approx(stats["final_equity"], abs=1e-4)
    assert (equity > 0).all()


@pytest.mark.parametrize("golden", SAMPLE, ids=str)
def test_on_the_sample_data(golden: Golden) -> None:
    check(golden)


@pytest.mark.parametrize("golden", REAL, ids=str)
def test_on_data_that_they_are_made_for(golden: Golden, shared: Path) -> None:
    check(real(golden, shared))


def test_the_golden_cross_is_the_one_written_by_hand() -> None:
    """The whole strategy as a plain loop: crosses of two exact averages, all of equity, 0.1 % a fill, next open."""
    bars = sg.load_bars("sample:AAPL")
    close, fee, cash, units, trades = bars.close.tolist(), 0.001, 100_000.0, 0.0, 0
    average = {
        n: [sum(close[i - n + 1 : i + 1]) / n if i >= n - 1 else None for i in range(len(close))] for n in (50, 200)
    }
    wish = ""
    for i in range(len(close)):
        price = float(bars.open[i])
        if wish == "enter":
            cash -= units * price * (1 + fee)
        elif wish == "exit":
            cash, units, trades = cash + units * price * (1 - fee), 0.0, trades + 1
        wish = ""
        if i < 200:
            continue
        before, now = (average[50][j] - average[200][j] for j in (i - 1, i))  # type: ignore[operator]
        if before <= 0 < now and not units:
            wish, units = "enter", cash / (close[i] * (1 + fee))
        elif before >= 0 > now and units:
            wish = "exit"
    assert trades == 6
    assert cash + units * close[-1] == pytest.approx(1_584_243.75, rel=2e-4), "sizes are cut where cash does not reach"


def test_the_morning_breakout_trades_once_a_day_and_is_out_by_the_close(shared: Path) -> None:
    zone = ZoneInfo("America/New_York")
    trades = real(REAL[5], shared).run().trades.to_pylist()
    entered, left = ([trade[name].astimezone(zone) for trade in trades] for name in ("entry_time", "exit_time"))
    assert len({moment.date() for moment in entered}) == len(entered)
    assert all(time(10, 0) <= moment.time() < time(15, 45) for moment in entered)
    overnight = [out for begin, out in zip(entered, left, strict=True) if out.date() > begin.date()]
    assert 0 < len(overnight) < 20, "days that end early, and are left on the first bar of the next"
    assert all(moment.time() <= time(9, 45) for moment in overnight)
    assert all(moment.time() <= time(15, 45) for moment in left)


@pytest.mark.parametrize("minutes", [1, 2, 3, 5, 6, 10, 15, 30])
def test_the_opening_range_is_that_of_the_first_half_hour_on_every_timeframe(minutes: int) -> None:
    """Each price is the minute of the day it belongs to: the high of the range is that of the bar up to 10:00."""
    per_day = 24 * 60 // minutes
    opens = [float(minutes * i) for i in range(per_day)] * 2
    closes = [price + minutes for price in opens]
    midnight = datetime(2024, 1, 3, tzinfo=ZoneInfo("America/New_York"))
    bars = {
        "time": [midnight + timedelta(minutes=minutes * i) for i in range(2 * per_day)],
        "open": [price + 1 for price in opens], "high": [price + 1 for price in closes],
        "low": [price + 1 for price in opens], "close": [price + 1 for price in closes],
    }  # fmt: skip
    program = sg.compile(FOLDER / "new_york_morning.strat")
    result = program.backtest(bars, timeframe=f"{minutes}m")
    assert result.series["range_low"][-1] == 9.5 * 60 + 1, "the bar that ends at 09:30 is not in it"
    assert result.series["range_high"][-1] == 10 * 60 + 1


def test_three_timeframes_agree_at_every_entry(shared: Path) -> None:
    result = real(REAL[1], shared).run()
    times = {int(t.timestamp()) * 1_000_000: i for i, t in enumerate(result.equity["ts"].to_pylist())}
    series = [result.series[name] for name in ("histogram", "hourly", "tidal")]
    enters = [order for order in result.orders.to_pylist() if order["kind"] == "enter" and order["status"] == "filled"]
    assert len(enters) > 400
    for order in enters:
        sign = 1 if order["side"] == "long" else -1
        assert all(values[times[int(order["time"].timestamp()) * 1_000_000]] * sign > 0 for values in series)


# --- one meaning ---------------------------------------------------------------------------------------


ONE_EACH = list({golden.strategy: golden for golden in SAMPLE}.values())
"""What the laws are held on: one set of data for each strategy."""


@pytest.mark.parametrize("golden", ONE_EACH, ids=str)
def test_the_proof_holds_on_the_sample_data(golden: Golden) -> None:
    verdict = sg.compile(FOLDER / f"{golden.strategy}.strat").verify(golden.data)
    assert verdict, verdict.text()


@pytest.mark.parametrize("strategy", ["macd_three_frames", "pullback_4h", "new_york_morning"])
def test_the_proof_holds_within_the_day(strategy: str, shared: Path) -> None:
    data = shared / "data" / "bars" / "spy_nt_1m_2011-01.parquet"
    verdict = sg.compile(FOLDER / f"{strategy}.strat").verify(data, data_to="2011-01-08")
    assert verdict, verdict.text()
