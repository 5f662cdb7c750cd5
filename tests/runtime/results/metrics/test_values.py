"""Metrics of small runs worked out by hand, and the conventions: each changes what names it, and nothing else."""

from __future__ import annotations

import datetime
import math
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from stratagem.runtime.data.bars import Bars
from stratagem.runtime.errors import UsageFault
from stratagem.runtime.results.figures import Metrics, metrics
from stratagem.runtime.results.figures_text import metrics_lines
from stratagem.runtime.results.metrics.conventions import CHOICES
from stratagem.runtime.results.metrics.wider import EVERY_GROUP, METRICS
from stratagem.runtime.results.output import RunOutput
from stratagem.runtime.trading.rows import EXIT_REASONS

from .. import made
from ..several.made import run as several_run


def of(output: RunOutput, **conventions: object) -> Metrics:
    return metrics(output, conventions)


def returns_of(values: list[float], **more: Any) -> RunOutput:
    """A run of daily bars with these returns; the closes are those of the benchmark where given."""
    equity = 100.0 * np.cumprod(1.0 + np.array(values))
    closes = more.pop("closes", np.full(len(values), 50.0))
    return made.output(made.bars(closes), equity.tolist(), capital=100.0, **more)


# --- conventions -----------------------------------------------------------------------------------

OTHERS = {"returns": "bars", "deviation": "sample", "year": 252, "riskless": "5%", "level": 0.9}


@pytest.mark.parametrize("name", OTHERS)
def test_a_convention_changes_what_names_it_and_nothing_else(name: str) -> None:
    output, basis = made.traded(6000, seed=3, frame="15m"), {"riskless": "2%"}
    before, after = of(output, **basis), of(output, **{**basis, name: OTHERS[name]})
    changed = {metric for metric in METRICS if before[metric] != after[metric]}
    assert changed == {metric for metric, d in METRICS.items() if name in d.conventions}
    assert set(OTHERS) == set(CHOICES)


def test_by_default_they_are_the_statistics_of_the_result() -> None:
    from stratagem.runtime.results.result import Result

    result = Result(made.traded(900))
    assert dict(result.metrics()).items() >= dict(result.values).items()
    assert result.metrics().conventions == {
        "returns": "days", "deviation": "population", "year": "measured", "riskless": 0.0, "level": 0.95,
    }  # fmt: skip
    given = result.metrics(deviation="sample", year="252", riskless="2%", level="99%").conventions
    assert of(result.output, **given).conventions == given
    assert given == {"returns": "days", "deviation": "sample", "year": 252.0, "riskless": 0.02, "level": 0.99}


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"deviations": "sample"}, "did you mean `deviation`"),
        ({"deviation": "samples"}, "expected population or sample, found 'samples'"),
        ({"returns": True}, "expected days or bars"),
        ({"riskless": 2}, "such as 0.02 or 2%, found 2"),
        ({"level": 95}, "such as 0.95 or 95%, found 95"),
        ({"year": 0}, "a number of periods"),
        ({"year": "always"}, "measured or a number"),
        ({"year": math.nan}, "a number of periods"),
        ({"level": None}, "level: expected"),
    ],
)
def test_what_is_no_convention_is_told(given: dict[str, object], told: str) -> None:
    with pytest.raises(UsageFault, match=told):
        of(made.traded(50), **given)


def test_names_are_told_once_and_the_nearest_is_said() -> None:
    assert sum(len(group.definitions) for group in EVERY_GROUP) == len(METRICS)
    with pytest.raises(KeyError, match="did you mean omega"):
        of(made.traded(50))["omga"]


# --- returns ---------------------------------------------------------------------------------------

TEN = [0.01, -0.02, 0.03, 0.0, -0.01, 0.02, -0.03, 0.04, 0.01, -0.04]


def test_omega_and_tails_by_hand() -> None:
    found = of(returns_of(TEN), level=0.8)
    assert found["omega"] == pytest.approx(0.11 / 0.10)
    # Sorted: -4 -3 -2 -1 0 1 1 2 3 4 (%). The place of 20 % is 0.2 * 9 = 1.8: 0.8 of the way from -3 to -2.
    assert found["value_at_risk"] == pytest.approx(0.022)
    assert found["expected_shortfall"] == pytest.approx(0.035)
    # The place of 80 % is 7.2: 0.2 of the way from 2 to 3.
    assert found["tail_ratio"] == pytest.approx(0.022 / 0.022)


def test_a_row_of_returns_by_hand() -> None:
    found = of(returns_of(TEN), level=0.8)
    assert found["expected_return"] == pytest.approx(math.prod(1.0 + value for value in TEN) ** 0.1 - 1.0)
    assert found["period_payoff"] == pytest.approx((0.11 / 5) / (0.10 / 4))
    assert found["common_sense"] == pytest.approx(1.1 * 1.0)  # the factor of the periods, the tail ratio at 80 %
    assert found["cpc_index"] == pytest.approx(1.1 * (0.11 / 5) / (0.10 / 4) * 0.5)
    # The place of 99 % is 8.91: between 3 and 4 %; of 1 % 0.09: between -4 and -3 %.
    assert found["outlier_win"] == pytest.approx(0.0391 / 0.022)
    assert found["outlier_loss"] == pytest.approx(0.0391 / 0.025)
    assert (found["longest_up"], found["longest_down"]) == (2, 1)
    assert found["adjusted_sortino"] == pytest.approx(found["sortino"] / math.sqrt(2.0))


def test_streaks_make_a_smart_ratio_smaller_by_hand() -> None:
    """Of 1 2 1 2 (%) each is told by the one before, at -1: the root is of 1 + 2 × (3/4 + 2/4 + 1/4) = 4."""
    found = of(returns_of([0.01, 0.02, 0.01, 0.02]))
    assert found["autocorrelation"] == pytest.approx(-1.0)
    assert found["smart_sharpe"] == pytest.approx(found["sharpe"] / 2.0) and found["smart_sortino"] is None
    assert of(returns_of([0.01, 0.01]))["smart_sharpe"] is None


def test_months_that_rose_and_fell_and_quarters_by_hand() -> None:
    """January to June, a bar a month: +10 %, -5 %, 0 %, +20 %, -10 %, -30 %."""
    returns = [0.10, -0.05, 0.0, 0.20, -0.10, -0.30]
    ts = np.array([f"2021-{month:02d}-15" for month in range(1, 7)], dtype="datetime64[us]").astype(np.int64)
    data = replace(made.bars([100.0] * 6, "1mo"), ts=ts)
    found = of(made.output(data, (100.0 * np.cumprod(1.0 + np.array(returns))).tolist(), capital=100.0))
    assert found["average_up_month"] == pytest.approx(0.15) and found["average_down_month"] == pytest.approx(-0.15)
    assert found["winning_quarters"] == 0.5  # +4.5 % and -24.4 %
    whole = math.prod(1.0 + value for value in returns)
    assert found["expected_month"] == pytest.approx(whole ** (1 / 6) - 1.0)
    assert found["expected_year"] == pytest.approx(whole - 1.0)


def test_what_trailing_spans_brought_by_hand() -> None:
    """Two years of days to 30 December 2021, equity a unit a day: a span begins after the close before its day."""
    data = made.bars([50.0] * 730)
    output = made.output(data, [100.0 + day for day in range(1, 731)], capital=100.0)
    found = {row["span"]: row for row in of(output).trailing().to_pylist()}
    days = {
        "this month": (2021, 12, 1), "3 months": (2021, 9, 30), "6 months": (2021, 6, 30), "this year": (2021, 1, 1),
        "1 year": (2020, 12, 30), "all": (2020, 1, 1),
    }  # fmt: skip
    for name, day in days.items():
        begins = datetime.date(*day)
        before = 100.0 + (begins - datetime.date(2020, 1, 1)).days
        assert found[name]["begins"] == begins and found[name]["return"] == pytest.approx(830.0 / before - 1.0), name
    assert found["1 year"]["annual_return"] == pytest.approx(found["1 year"]["return"])
    assert found["3 months"]["annual_return"] is None and found["10 years"]["return"] is None
    assert found["all"]["annual_return"] == pytest.approx(of(output)["annual_return"])
    leap = made.bars([1.0, 1.0], start=1_709_164_800_000_000)  # 29 February and 1 March 2024
    told = {row["span"]: row["begins"] for row in of(made.output(leap)).trailing().to_pylist()}
    assert str(told["1 year"]) == "2023-03-01" and of(made.output(made.bars([]))).trailing().num_rows == 0


def test_closed_and_open_trades_and_carry_are_the_net_profit() -> None:
    output = several_run()
    found, still_open = of(output), output.counters["open_trades"]
    assert still_open == 2 and found["open_pnl"] == pytest.approx(output.trades[-2:, 11].sum()) != 0.0
    assert found["closed_pnl"] + found["open_pnl"] + found["carry"] == pytest.approx(found["net_profit"])


def test_days_by_hand() -> None:
    found = of(returns_of(TEN))
    assert (found["best_day"], found["worst_day"]) == (pytest.approx(0.04), pytest.approx(-0.04))
    assert found["winning_days"] == 0.5
    assert found["downside_deviation"] == pytest.approx(math.sqrt(0.0030 / 10 * 365.25))


def test_weeks_have_no_days() -> None:
    data = made.bars([100, 101, 102, 103], "1w")
    found = of(made.output(data, [100, 101, 102, 103], capital=100.0))
    assert found["best_day"] is found["worst_day"] is found["winning_days"] is None
    assert found["best_month"] is not None


def test_skew_and_kurtosis_by_hand() -> None:
    """0, 0, 0, 1 (%): mean 1/4, second moment 3/16, third 3/32, fourth 21/256."""
    found = of(returns_of([0.0, 0.0, 0.0, 0.01]))
    assert found["skew"] == pytest.approx((3 / 32) / (3 / 16) ** 1.5)
    assert found["kurtosis"] == pytest.approx((21 / 256) / (3 / 16) ** 2 - 3)
    sample = of(returns_of([0.0, 0.0, 0.0, 0.01]), deviation="sample")
    assert sample["skew"] == pytest.approx(2.0) and sample["kurtosis"] == pytest.approx(4.0)  # as a spreadsheet's


def test_months_and_years_by_hand() -> None:
    """31 days of January, 29 of February, 31 of March 2020: +10 %, −20 %, +5 % at their ends."""
    values = [0.0] * 91
    values[30], values[59], values[90] = 0.10, -0.20, 0.05
    found = of(returns_of(values))
    assert found["gain_to_pain"] == pytest.approx(-0.05 / 0.20)
    assert found["average_month"] == pytest.approx(-0.05 / 3)
    assert found["best_year"] == found["worst_year"] == pytest.approx(1.1 * 0.8 * 1.05 - 1)
    assert found["winning_years"] == 0.0
    months = found.monthly().to_pylist()
    assert [(row["year"], row["month"]) for row in months] == [(2020, 1), (2020, 2), (2020, 3)]
    assert [row["return"] for row in months] == pytest.approx([0.10, -0.20, 0.05])


def test_a_straight_growth_is_stable() -> None:
    assert of(returns_of([0.01] * 40))["stability"] == pytest.approx(1.0)


# --- drawdowns -------------------------------------------------------------------------------------


def test_drawdowns_by_hand() -> None:
    equity = [100, 110, 99, 104.5, 110, 120, 90, 108]
    found = of(made.output(made.bars(equity), equity, capital=100.0))
    assert (found["drawdowns"], found["under_water"]) == (2, 4 / 8)
    assert found["average_drawdown"] == pytest.approx((0.10 + 0.25) / 2)
    assert found["average_drawdown_bars"] == (3 + 2) / 2
    assert found["current_drawdown"] == pytest.approx(0.10)
    assert found["ulcer_index"] == pytest.approx(math.sqrt((0.10**2 + 0.05**2 + 0.25**2 + 0.10**2) / 8))
    table = found.drawdowns().to_pylist()
    days = [[row[name] and row[name].day for name in ("start", "trough", "end")] for row in table]
    assert days == [[6, 7, None], [2, 3, 5]]
    assert [row["depth"] for row in table] == pytest.approx([0.25, 0.10])
    assert [(row["money"], row["bars"]) for row in table] == [(30.0, 2), (11.0, 3)]
    assert found.drawdowns(1).num_rows == 1


def test_a_fall_from_the_capital_starts_at_the_first_bar() -> None:
    found = of(made.output(made.bars([9, 8, 9]), [90, 80, 90], capital=100.0))
    (row,) = found.drawdowns().to_pylist()
    assert (row["start"].day, row["trough"].day, row["end"], row["bars"]) == (1, 2, None, 3)
    assert found["max_drawdown_bars"] == 3


@pytest.mark.parametrize("seed", range(6))
def test_the_deepest_and_the_longest_are_those_of_the_statistics(seed: int) -> None:
    output = made.traded(3000, seed=seed)
    found, drops = of(output), of(output).run.drops
    assert found["max_drawdown"] == drops.depth.max()
    assert found["max_drawdown_money"] == pytest.approx(drops.money.max())
    assert found["max_drawdown_bars"] == drops.bars.max()


# --- benchmark -------------------------------------------------------------------------------------


def test_a_benchmark_by_hand() -> None:
    """The benchmark makes 0, +10 %, −10 %, +10 %; the run half of it and 1 % more each day but the first."""
    closes = [100.0, 110.0, 99.0, 108.9]
    values = [0.0, 0.06, -0.04, 0.06]
    found = of(returns_of(values, closes=closes), year=4)
    mean_b, mean_r = 0.10 / 4, 0.08 / 4
    square = (0.0**2 + 3 * 0.1**2) / 4 - mean_b**2
    product = (0.06 * 0.1 + 0.04 * 0.1 + 0.06 * 0.1) / 4 - mean_b * mean_r
    assert found["beta"] == pytest.approx(product / square)
    assert found["alpha"] == pytest.approx((mean_r - product / square * mean_b) * 4)
    own = (0.06**2 + 0.04**2 + 0.06**2) / 4 - mean_r**2
    assert found["correlation"] == pytest.approx(product / math.sqrt(square * own))
    apart = (0.04**2 + 0.06**2 + 0.04**2) / 4 - (mean_r - mean_b) ** 2
    assert found["tracking_error"] == pytest.approx(math.sqrt(apart * 4))
    assert found["information_ratio"] == pytest.approx((mean_r - mean_b) / math.sqrt(apart) * 2)
    assert found["treynor"] == pytest.approx(mean_r * 4 / (product / square))
    up = (1.06 * 1.06) ** (4 / 2) - 1, (1.1 * 1.1) ** (4 / 2) - 1
    assert found["up_capture"] == pytest.approx(up[0] / up[1])
    assert found["down_capture"] == pytest.approx((0.96**4 - 1) / (0.9**4 - 1))
    assert found["benchmark_max_drawdown"] == pytest.approx(0.1)
    assert found["excess_return"] == pytest.approx(1.06 * 0.96 * 1.06 - 1.089)


def test_a_flat_or_lost_benchmark_has_no_beta() -> None:
    assert of(returns_of(TEN))["beta"] is None
    assert of(returns_of(TEN, closes=[5, 4, 3, 2, 1, 0, -1, -2, -3, -4]))["beta"] is None


def test_missing_closes_are_the_ones_before() -> None:
    data = made.bars([100.0, 110.0, 120.0, 99.0])
    data.close[[0, 2]] = np.nan
    held = of(made.output(data, [100, 101, 102, 103], capital=100.0)).run.held
    assert held is not None and held.tolist() == pytest.approx([0.0, 0.0, 0.0, -0.1])


def test_other_data_are_the_last_known_at_each_bar() -> None:
    """Bars of the 1st to the 4th; the other has none on the 3rd, and begins earlier."""
    run = returns_of([0.0, 0.01, 0.02, -0.01], closes=[5.0, 6.0, 7.0, 8.0])
    day = made.DAY
    stamps = [made.START - day, made.START, made.START + day, made.START + 3 * day]
    other = Bars("OTHER", run.bars.timeframe, np.array(stamps), *([np.array([9.0, 10.0, 11.0, 12.1])] * 4), np.ones(4))
    found = metrics(run, {}, other)
    assert found.benchmark == "OTHER"
    assert found.run.held is not None and found.run.held.tolist() == pytest.approx([0.0, 0.1, 0.0, 0.1])
    assert found["benchmark_return"] == pytest.approx(0.21) and found["benchmark_max_drawdown"] == 0.0
    assert of(run)["benchmark_return"] == pytest.approx(0.6)


@pytest.mark.parametrize(
    ("first", "frame", "told"),
    [
        (made.START + made.DAY, "1d", "that cover the tested bars, 2020-01-01 to 2020-01-10, found 2020-01-02 to"),
        (made.START - made.DAY, "1d", "found 2019-12-31 to 2020-01-09"),
        (made.START, "1h", "expected bars of 1d, as those of the run, found 1h"),
    ],
)
def test_other_data_that_do_not_fit_are_refused(first: int, frame: str, told: str) -> None:
    with pytest.raises(UsageFault, match=told):
        metrics(returns_of(TEN), {}, made.bars([1.0] * 10, frame, first))


# --- trades ----------------------------------------------------------------------------------------


def trades() -> RunOutput:
    """Long +20 and −10, short +5 and −30, of one unit at 100 each; excursions beside them."""
    data = made.bars([100.0] * 10)
    more = {"entry_price": 100.0}
    stop = float(EXIT_REASONS.index("stop"))
    rows = [
        made.trade(data, 0, 4, exit_price=120.0, pnl=20.0, mae=-5.0, mfe=25.0, **{"return": 0.2}, **more),
        made.trade(data, 1, 2, pnl=-10.0, mae=-15.0, mfe=2.0, reason=stop, ambiguous=1.0, **{"return": -0.1}, **more),
        made.trade(data, 4, 6, side=-1, pnl=5.0, mae=-1.0, mfe=9.0, **{"return": 0.05}, **more),
        made.trade(data, 6, 9, side=-1, pnl=-30.0, mae=-35.0, mfe=4.0, reason=stop, **{"return": -0.3}, **more),
    ]
    return made.output(data, [100.0] * 10, rows, capital=100.0, quantity=np.array([1, 1, 1, 1, -2, -2, 0, 0, 0, 0.0]))


def test_trades_in_detail_by_hand() -> None:
    found = of(trades())
    assert found["average_win_return"] == pytest.approx(0.125) and found["average_loss_return"] == pytest.approx(-0.2)
    assert found["median_return"] == pytest.approx(-0.025)
    assert (found["best_trade_money"], found["worst_trade_money"]) == (20.0, -30.0)
    assert (found["longest_bars"], found["average_win_bars"], found["average_loss_bars"]) == (4, 3.0, 2.0)
    assert found["ambiguous_trades"] == 0.25
    assert found["average_mae"] == pytest.approx(-0.14) and found["average_mfe"] == pytest.approx(0.10)
    assert (found["worst_mae"], found["best_mfe"]) == (pytest.approx(-0.35), pytest.approx(0.25))
    assert (found["mae_of_wins"], found["mfe_of_losses"]) == (pytest.approx(-0.03), pytest.approx(0.03))
    assert found["edge_ratio"] == pytest.approx(10 / 14)
    assert (found["long_exposure"], found["short_exposure"]) == (0.4, 0.2)
    assert found["average_leverage"] == pytest.approx((4 * 1 + 2 * 2) / 10) and found["max_leverage"] == 2.0


def test_trades_by_what_they_have_in_common() -> None:
    found = of(trades())
    assert found.by("side").select(["side", "trades", "money", "win_rate"]).to_pylist() == [
        {"side": "long", "trades": 2, "money": 10.0, "win_rate": 0.5},
        {"side": "short", "trades": 2, "money": -25.0, "win_rate": 0.5},
    ]
    reasons = found.by("exit_reason").to_pylist()
    assert [(row["exit_reason"], row["trades"], row["profit_factor"]) for row in reasons] == [
        ("signal", 2, None), ("stop", 2, 0.0),
    ]  # fmt: skip
    # 2020-01-01 was a Wednesday; entries on the 1st, 2nd, 5th and 7th.
    days = found.by("weekday").to_pylist()
    assert [row["weekday"] for row in days] == ["Tuesday", "Wednesday", "Thursday", "Sunday"]
    assert [row["average_return"] for row in days] == pytest.approx([-0.3, 0.2, -0.1, 0.05])
    with pytest.raises(UsageFault, match="expected one of symbol, side, exit_reason"):
        found.by("colour")


def test_hours_are_those_of_the_program() -> None:
    data = made.bars([100.0] * 30, "1h")
    rows = [made.trade(data, 3, 5), made.trade(data, 14, 16)]
    zone = {"assumptions": {"capital": 100.0, "timezone": "America/New_York"}, "capital": 100.0}
    output = made.output(data, [100.0] * 30, rows, **zone)
    assert of(output).by("hour").column("hour").to_pylist() == ["09:00", "22:00"]
    assert of(output).by("weekday").column("weekday").to_pylist() == ["Tuesday", "Wednesday"]


# --- nothing, and ruin -----------------------------------------------------------------------------

EMPTY = {
    "no bars": lambda: made.output(made.bars([])),
    "one bar": lambda: made.output(made.bars([100.0])),
    "only warm-up": lambda: made.output(made.bars([100.0, 101.0]), first=2),
    "ruin": lambda: made.output(made.bars([4, 3, 2, 1]), [100.0, -20.0, -30.0, 10.0], capital=100.0),
    "missing closes": lambda: made.output(made.bars([math.nan] * 3)),
}


@pytest.mark.parametrize("name", EMPTY)
def test_what_has_no_meaning_is_none_and_nothing_fails(name: str) -> None:
    found = of(EMPTY[name]())
    assert all(value is None or math.isfinite(value) for value in found.values())
    assert found["sharpe"] is found["beta"] is found["skew"] is None
    assert found.rolling().column_names == ["ts", "return", "volatility", "sharpe", "sortino", "beta"]
    assert name == "missing closes" or found.intervals() == {}
    assert found.document()["values"] == dict(found) and list(metrics_lines(found, 80))
