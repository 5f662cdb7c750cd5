"""Returns of an account that money is paid into and taken out of: against published and hand-worked values."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pytest
import stratagem as sg
from stratagem.runtime.results.flows import money_weighted, time_weighted
from stratagem.runtime.results.write import read

SPREADSHEET = (
    (date(2008, 1, 1), -10_000.0), (date(2008, 3, 1), 2_750.0), (date(2008, 10, 30), 4_250.0),
    (date(2009, 2, 15), 3_250.0), (date(2009, 4, 1), 2_750.0),
)  # fmt: skip
"""The example of Microsoft's documentation of XIRR, which gives 0.373362535; it stops within 1e-8."""
SAVER = """
assume capital 1000
assume fee 0.1%
deposit 100 cash when mod(bar_index, 5) == 0
withdraw 3% when mod(bar_index, 7) == 6
enter long when mod(bar_index, 4) == 1 size 60%
exit long when mod(bar_index, 4) == 3
"""


def bars(count: int = 40) -> dict[str, np.ndarray]:
    close = 100.0 + np.array([(7 * at * at) % 23 for at in range(count)]) / 4.0
    ts = np.datetime64("2023-01-02", "us") + np.arange(count) * np.timedelta64(9, "D")
    return {"ts": ts, "open": close, "high": close, "low": close, "close": close}


def test_the_rate_of_a_spreadsheet() -> None:
    first = SPREADSHEET[0][0]
    years = [(day - first).days / 365.0 for day, _ in SPREADSHEET]
    rate = money_weighted([money for _, money in SPREADSHEET], years)
    assert rate == pytest.approx(0.373362535, abs=1e-8)
    assert rate == pytest.approx(bisected([money for _, money in SPREADSHEET], years), rel=1e-13)


@pytest.mark.parametrize("money, years, rate", [
    ((-100.0, 110.0), (0.0, 1.0), 0.1),
    ((-100.0, 121.0), (0.0, 2.0), 0.1),
    ((-100.0, 50.0), (0.0, 0.5), -0.75),
    ((-100.0, -100.0, 231.0), (0.0, 1.0, 2.0), (-1.0 + (1.0 + 4.0 * 2.31) ** 0.5) / 2.0 - 1.0),  # a quadratic in 1 + r
    ((-100.0, 100.0), (0.0, 3.0), 0.0),
    ((-100.0, 1e9), (0.0, 0.01), None),  # 1e7 to the 100th is no number
    ((-100.0, 0.0), (0.0, 1.0), None),
    ((-100.0, -5.0), (0.0, 1.0), None),
    ((), (), None),
])  # fmt: skip
def test_rates_by_hand(money: tuple[float, ...], years: tuple[float, ...], rate: float | None) -> None:
    found = money_weighted(money, years)
    if rate is None:
        assert found is None
    else:
        assert found == pytest.approx(rate, rel=1e-12, abs=1e-15)


def test_of_several_rates_the_one_on_the_side_of_the_profit() -> None:
    """-100, +330, -362, +132 has 0, 10 and 20 % … a profit of 0; with a little more it has the one above 0."""
    assert money_weighted([-100.0, 330.0, -362.0, 132.0], [0.0, 1.0, 2.0, 3.0]) == 0.0
    assert money_weighted([-1000.0, 3600.0, -4310.0, 1716.0], [0.0, 1.0, 2.0, 3.0]) == pytest.approx(0.1)


def test_growth_by_hand() -> None:
    """100 → 110 and 90 put in → 200 → 180 and 60 taken out → 120 → 132: +10 %, -10 %, +10 %."""
    grown = time_weighted(np.array([200.0, 120.0, 132.0]), np.array([90.0, -60.0, 0.0]), 100.0)
    assert grown.tolist() == pytest.approx([110.0, 99.0, 108.9])


def test_growth_of_what_was_lost_and_of_what_was_taken_out() -> None:
    lost = time_weighted(np.array([-20.0, 480.0, 960.0]), np.array([0.0, 500.0, 0.0]), 100.0)
    assert lost.tolist() == [-20.0, -20.0, -20.0]
    gone = time_weighted(np.array([0.0, 0.0, 50.0, 55.0]), np.array([-110.0, 0.0, 50.0, 0.0]), 100.0)
    assert gone.tolist() == pytest.approx([110.0, 110.0, 110.0, 121.0])


def bisected(money: list[float], years: list[float]) -> float:
    """The rate by halving, in another formulation than the one tested: powers of 1 + rate."""
    low, high = -0.99, 100.0
    for _ in range(200):
        rate = (low + high) / 2.0
        worth = sum(part * (1.0 + rate) ** -year for part, year in zip(money, years, strict=True))
        low, high = (rate, high) if worth > 0.0 else (low, rate)
    return low


def test_a_run_against_its_own_tables(tmp_path: Path) -> None:
    """Time-weighted by chaining, money-weighted by halving, from the tables alone; what is written is read back."""
    result = sg.compile(SAVER).backtest(bars(), timeframe="1d", engine="interpreted")
    equity, flows = result.equity.to_pydict(), result.flows.to_pylist()
    moved = dict.fromkeys(equity["ts"], 0.0)
    for row in flows:
        moved[row["ts"]] += row["got"] if row["kind"] == "deposit" else -row["got"]
    assert list(moved.values()) == equity["flow"] and sum(map(bool, moved.values())) > 5
    worth, before = 1.0, 1000.0
    for now, money in zip(equity["equity"], equity["flow"], strict=True):
        worth, before = worth * (now - money) / before, now
    assert result.stats["return"] == pytest.approx(worth - 1.0, rel=1e-12)
    began, day = equity["ts"][0], 86_400.0
    years = [(at - began).total_seconds() / day + 1.0 for at, money in moved.items() if money]
    last = (equity["ts"][-1] - began).total_seconds() / day + 1.0
    rate = bisected([-1000.0, *(-money for money in moved.values() if money), equity["equity"][-1]],
                    [year / 365.25 for year in (0.0, *years, last)])  # fmt: skip
    assert result.stats["money_weighted_return"] == pytest.approx(rate, rel=1e-9)
    paid = sum(row["got"] for row in flows if row["kind"] == "deposit")
    taken = sum(row["got"] for row in flows if row["kind"] == "withdraw")
    assert (result.stats["deposited"], result.stats["withdrawn"]) == pytest.approx((paid, taken))
    assert result.stats["net_profit"] == pytest.approx(sum(result.trades["pnl"].to_pylist()))
    result.write(tmp_path, report=False)
    saved = read(tmp_path)
    assert saved.flows is not None and saved.flows.equals(result.flows)
    assert saved.equity.equals(result.equity)
    assert "paid in" in result.summary() and "money-weighted" in result.summary()


def test_returns_do_not_depend_on_how_much_is_paid_in() -> None:
    """A program that holds all it has grows alike whatever comes and goes; its money does not."""
    text = "assume capital 1000\nenter long when bar_index == 0\nenter long when bar_index > 0 scale 50"
    plain = sg.compile(text).backtest(bars(), timeframe="1d", engine="interpreted")
    fed = sg.compile(text + "\ndeposit 500 cash when mod(bar_index, 3) == 1").backtest(
        bars(), timeframe="1d", engine="interpreted"
    )
    assert plain.stats["deposited"] == 0.0 and fed.stats["deposited"] > 5000.0
    assert plain.stats["money_weighted_return"] == plain.stats["annual_return"]
    drift = abs(fed.stats["return"] - plain.stats["return"])
    assert drift < 0.1 * abs(plain.stats["return"]) + 0.05  # a bar passes until the new money is held
    assert len(plain.flows) == 0 and "flow" not in plain.equity.column_names


def test_a_sweep_measures_them_as_a_backtest_does() -> None:
    text = "param n = 3 in 2 to 4\n" + SAVER.replace("mod(bar_index, 5)", "mod(bar_index, n)")
    swept = sg.compile(text).sweep(bars(), {"n": [2, 3, 4]}, timeframe="1d", engine="interpreted").to_pylist()
    for row in swept:
        alone = sg.compile(text).backtest(bars(), {"n": row["n"]}, timeframe="1d", engine="interpreted").stats
        assert row["return"] == alone["return"] and row["max_drawdown"] == alone["max_drawdown"]


def test_a_program_reads_returns_that_leave_out_what_came_or_went() -> None:
    """Of each bar what was made on it / equity at the close before, with the money that came or went at that close."""
    text = SAVER + "let back = equity_return()\nplot back"
    result = sg.compile(text).backtest(bars(), timeframe="1d", engine="interpreted")
    equity, flow = (np.array(result.equity[name]) for name in ("equity", "flow"))
    assert np.abs(flow[:-1]).sum() > 500.0
    assert result.series["back"][1:] == pytest.approx((equity - flow)[1:] / equity[:-1] - 1.0, rel=1e-9, abs=1e-13)


def test_the_report_draws_and_lists_them() -> None:
    result = sg.compile(SAVER).backtest(bars(), timeframe="1d", engine="interpreted")
    page = page_of(result)
    assert "Money paid in and taken out" in page and page.count("<td>deposit</td>") == 8
    assert '"flow":' in page
    plain = sg.compile("enter long when bar_index == 0").backtest(bars(), timeframe="1d", engine="interpreted")
    assert "Money paid in" not in page_of(plain) and '"flow":' not in page_of(plain)


def page_of(result: sg.Result) -> str:
    from stratagem.runtime.results.report.page import page

    return page(result.run)
