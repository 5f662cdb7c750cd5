"""Statistics of small runs worked out by hand, of runs with nothing in them, and laws over random ones."""

from __future__ import annotations

import json
import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from stratagem.runtime.calendar import Calendar
from stratagem.runtime.results.metrics.definitions import DEFINITIONS, GROUPS
from stratagem.runtime.results.metrics.run import Measured
from stratagem.runtime.results.output import RunOutput
from stratagem.runtime.results.periods import Periods
from stratagem.runtime.results.stats import instant, metric, statistics, summary_document
from stratagem.runtime.trading.rows import EXIT_REASONS

from . import made

END = float(EXIT_REASONS.index("end"))


def stats_of(output: RunOutput) -> dict[str, float | int | None]:
    return statistics(Measured(output))


def four_trades() -> RunOutput:
    """Open trades of +20, -10, -5, +30 after fees of 1 each, and one still open."""
    data = made.bars([100, 120, 110, 105, 135, 140, 141])
    data.open[:] = [100, 100, 121, 112, 108, 139, 140]
    trades = [
        made.trade(data, 1, 2, fees=1.0),  # 100 -> 121: +20
        made.trade(data, 2, 3, fees=1.0),  # 121 -> 112: -10
        made.trade(data, 3, 4, fees=1.0),  # 112 -> 108: -5
        made.trade(data, 4, 5, fees=1.0),  # 108 -> 139: +30
        made.trade(data, 5, 6, fees=0.5, reason=END),
    ]
    quantity = np.array([0, 1, 1, 1, 1, 1, 1.0])
    equity = [1000, 1020, 1009, 1003, 1035, 1034, 1040]
    return made.output(data, equity, trades, quantity=quantity, capital=1000.0, counters={"open_trades": 1})


def test_trades_by_hand() -> None:
    stats = stats_of(four_trades())
    assert (stats["trades"], stats["open_trades"]) == (4, 1)
    assert stats["win_rate"] == 0.5
    assert stats["profit_factor"] == pytest.approx(50 / 15)
    assert stats["expectancy"] == pytest.approx(35 / 4)
    assert (stats["average_win"], stats["average_loss"]) == (25.0, -7.5)
    assert stats["payoff"] == pytest.approx(25 / 7.5)
    assert stats["kelly"] == pytest.approx(0.5 - 0.5 / (25 / 7.5))
    assert (stats["longest_wins"], stats["longest_losses"]) == (1, 2)
    assert (stats["best_trade"], stats["worst_trade"]) == (pytest.approx(30 / 108), pytest.approx(-10 / 121))
    assert stats["average_bars"] == 1.0
    assert stats["fees"] == 4.5


def test_outcome_by_hand() -> None:
    stats = stats_of(four_trades())
    assert (stats["final_equity"], stats["net_profit"]) == (1040.0, 40.0)
    assert stats["return"] == 0.04
    assert stats["annual_return"] == pytest.approx(1.04 ** (365.25 / 7) - 1)
    assert stats["benchmark_return"] == pytest.approx(0.41)
    assert stats["exposure"] == pytest.approx(6 / 7)


def test_drawdown_by_hand() -> None:
    stats = stats_of(four_trades())
    assert stats["max_drawdown"] == pytest.approx(17 / 1020)
    assert stats["max_drawdown_money"] == 17.0
    assert stats["max_drawdown_bars"] == 3
    assert stats["recovery_factor"] == pytest.approx(40 / 17)
    assert stats["calmar"] == pytest.approx((1.04 ** (365.25 / 7) - 1) / (17 / 1020))


@pytest.mark.parametrize(
    ("equity", "bars"),
    [
        ([100, 101, 102], 0),
        ([100, 100, 100], 0),
        ([100, 99, 100], 2),
        ([100, 99, 98], 2),  # never recovered: from the last high to the last bar
        ([99, 98, 97], 3),  # the capital is the first high, before the first bar
        ([99, 100, 101], 2),
        ([100, 99, 101, 100, 100, 101, 100], 3),
    ],
)
def test_drawdown_bars(equity: list[float], bars: int) -> None:
    output = made.output(made.bars(equity), equity, capital=100.0)
    assert stats_of(output)["max_drawdown_bars"] == bars


def test_returns_are_of_the_population() -> None:
    equity = [101.0, 99.0, 102.0, 102.0]
    output = made.output(made.bars(equity), equity, capital=100.0)
    returns = np.diff([100.0, *equity]) / [100.0, *equity[:-1]]
    year = 365.25
    stats = stats_of(output)
    assert stats["volatility"] == pytest.approx(returns.std() * math.sqrt(year))
    assert stats["sharpe"] == pytest.approx(returns.mean() / returns.std() * math.sqrt(year))
    downside = math.sqrt(np.mean(np.minimum(returns, 0.0) ** 2))
    assert stats["sortino"] == pytest.approx(returns.mean() / downside * math.sqrt(year))


def test_intraday_bars_are_gathered_into_days_of_the_zone() -> None:
    data = made.bars(range(100, 148), "1h", start=made.START)
    equity = np.linspace(1000.0, 1047.0, 48)
    utc = Measured(made.output(data, equity, capital=1000.0))
    assert utc.periods.ends.tolist() == [23, 47]
    assert utc.returns == pytest.approx([0.023, 1047 / 1023 - 1])
    new_york = Measured(
        made.output(data, equity, capital=1000.0, assumptions={"capital": 1000.0, "timezone": "America/New_York"})
    )
    assert new_york.periods.ends.tolist() == [4, 28, 47]


def test_periods_a_year_are_those_of_the_data() -> None:
    weekdays = made.bars(np.arange(1.0, 2001.0))
    weekdays = weekdays.rows(0, 2000)
    keep = np.array([at for at in range(2000) if (at + 2) % 7 < 5])  # 2020-01-01 was a Wednesday
    columns = {name: getattr(weekdays, name)[keep] for name in ("ts", "open", "high", "low", "close", "volume")}
    data = type(weekdays)("TEST", weekdays.timeframe, **columns)
    assert Periods(data, 0, "UTC").per_year == pytest.approx(365.25 * 5 / 7, rel=2e-3)


def test_warm_up_bars_count_nothing() -> None:
    data = made.bars([50, 60, 100, 110, 121])
    equity = [1000, 1000, 1000, 1100, 1210]
    quantity = np.array([9, 9, 1, 1, 1.0])  # what stands before the first tested bar is not looked at
    stats = stats_of(made.output(data, equity, first=2, quantity=quantity, capital=1000.0))
    assert stats["benchmark_return"] == pytest.approx(0.21)
    assert stats["exposure"] == 1.0
    assert stats["annual_return"] == pytest.approx(1.21 ** (365.25 / 3) - 1)


def test_missing_closes_at_the_ends_are_passed_over() -> None:
    data = made.bars([100, 110, 120, 130])
    data.close[[0, 3]] = np.nan
    assert stats_of(made.output(data))["benchmark_return"] == pytest.approx(120 / 110 - 1)


@pytest.mark.parametrize("closes", [[], [100.0], [100.0, 100.0, 100.0]])
def test_nothing_happened(closes: list[float]) -> None:
    stats = stats_of(made.output(made.bars(closes)))
    nothing = ("sharpe", "sortino", "calmar", "win_rate", "profit_factor", "expectancy", "payoff", "kelly", "sqn")
    assert {stats[name] for name in nothing} == {None}
    assert stats["return"] == stats["max_drawdown"] == stats["fees"] == 0.0
    assert (stats["trades"], stats["max_drawdown_bars"]) == (0, 0)


def test_no_losses_have_no_profit_factor() -> None:
    data = made.bars([100, 110, 120])
    stats = stats_of(made.output(data, [100, 110, 120], [made.trade(data, 0, 2)], capital=100.0))
    assert stats["profit_factor"] is None
    assert stats["win_rate"] == 1.0


def test_a_trade_of_nothing_is_neither_won_nor_lost() -> None:
    data = made.bars([100, 100, 100])
    stats = stats_of(made.output(data, trades=[made.trade(data, 0, 2)]))
    assert (stats["trades"], stats["win_rate"], stats["longest_wins"], stats["longest_losses"]) == (1, 0.0, 0, 0)


def test_ruin_is_named_not_divided_by() -> None:
    equity = [100.0, -20.0, -30.0, 10.0]
    stats = stats_of(made.output(made.bars([4, 3, 2, 1]), equity, capital=100.0))
    assert stats["volatility"] is None and stats["sharpe"] is None
    assert stats["max_drawdown"] == pytest.approx(1.3)
    run = Measured(made.output(made.bars([4, 3]), [100.0, -20.0], capital=100.0))
    assert statistics(run)["annual_return"] is None


def test_flat_growth_has_no_sharpe() -> None:
    equity = [100.0 * 1.01**at for at in range(1, 50)]
    assert stats_of(made.output(made.bars(equity), equity, capital=100.0))["sharpe"] is None


def test_growth_beyond_numbers_is_none() -> None:
    data = made.bars([1.0, 2.0], "1s")
    assert stats_of(made.output(data, [100.0, 1e9], capital=100.0))["annual_return"] is None


def test_monthly_returns_compound_to_the_whole() -> None:
    run = Measured(made.traded(700))
    growth = math.prod(1.0 + value for value in run.monthly.values() if value is not None)
    assert growth - 1.0 == pytest.approx(statistics(run)["return"])
    assert list(run.monthly)[:2] == [(2020, 1), (2020, 2)]


@pytest.mark.parametrize("name", DEFINITIONS)
def test_a_metric_alone_is_that_of_the_whole(name: str) -> None:
    for output in (made.traded(400), made.traded(2000, frame="30m"), made.output(made.bars([]))):
        shared = Periods(output.bars, output.first, output.zone)
        assert metric(name, output) == metric(name, output, shared) == stats_of(output)[name]


def test_an_unknown_metric_names_the_nearest() -> None:
    with pytest.raises(KeyError, match="did you mean sharpe"):
        metric("sharp", made.traded(50))


def test_every_definition_says_what_it_is() -> None:
    assert sum(len(group.definitions) for group in GROUPS) == len(DEFINITIONS)
    for definition in DEFINITIONS.values():
        assert definition.unit in ("money", "ratio", "bars", "count", "number")
        assert definition.meaning.endswith(".") and definition.title[0].isupper()


SURFACE = (
    "strategy source_hash symbol timeframe bars from to warmup params capital final_equity return annual_return "
    "volatility sharpe sortino max_drawdown max_drawdown_bars trades open_trades win_rate profit_factor exposure fees "
    "denied reduced conflicts ambiguous_fills benchmark_return assumptions elapsed"
).split()


def test_the_document_has_what_was_promised() -> None:
    document = summary_document(Measured(made.traded(300)))
    assert set(SURFACE) <= set(document)
    assert (document["from"], document["to"]) == ("2020-01-01T00:00:00Z", "2020-10-26T00:00:00Z")
    assert (document["bars"], document["denied"], document["symbol"]) == (300, 3, "TEST")
    json.dumps(document, allow_nan=False)


def test_instants() -> None:
    assert instant(0) == "1970-01-01T00:00:00Z"
    assert instant(1_500_000) == "1970-01-01T00:00:01.500000Z"
    assert instant(-1_000_000) == "1969-12-31T23:59:59Z"


# --- laws over random runs ---------------------------------------------------------------------------

equities = st.lists(st.floats(-1e9, 1e9, allow_subnormal=False), max_size=60)
returns = st.lists(st.floats(-0.5, 0.5), min_size=2, max_size=60)


@given(equities, st.sampled_from(["1m", "1h", "1d", "1w", "1mo"]), st.integers(0, 70))
def test_any_equity_gives_numbers_or_none(equity: list[float], frame: str, first: int) -> None:
    data = made.bars([abs(value) + 1e-8 for value in equity], frame)
    stats = stats_of(made.output(data, equity, first=min(first, len(equity)), capital=1000.0))
    for name, value in stats.items():
        assert value is None or math.isfinite(value), name
    assert 0.0 <= (stats["exposure"] or 0.0) <= 1.0
    assert stats["max_drawdown"] is not None and stats["max_drawdown"] >= 0.0
    assert stats["max_drawdown_bars"] is not None and 0 <= stats["max_drawdown_bars"] <= len(equity)


@given(returns, st.floats(0.1, 1e6))
def test_ratios_do_not_know_the_size_of_the_account(made_returns: list[float], scale: float) -> None:
    equity = 100.0 * np.cumprod(1.0 + np.asarray(made_returns))
    data = made.bars(equity)
    small = stats_of(made.output(data, equity, capital=100.0))
    large = stats_of(made.output(data, equity * scale, capital=100.0 * scale))
    for name in ("return", "annual_return", "volatility", "max_drawdown", "winning_months"):
        assert large[name] == pytest.approx(small[name], rel=1e-6, abs=1e-9), name


@given(returns)
def test_drawdown_is_that_of_the_plain_definition(made_returns: list[float]) -> None:
    equity = (100.0 * np.cumprod(1.0 + np.asarray(made_returns))).tolist()
    highest, deepest, longest, since = 100.0, 0.0, 0, 0
    for value in equity:
        since += 1
        if value >= highest:
            longest = max(longest, since) if since > 1 else longest
            highest, since = value, 0
        deepest = max(deepest, (highest - value) / highest)
    stats = stats_of(made.output(made.bars(equity), equity, capital=100.0))
    assert stats["max_drawdown"] == pytest.approx(deepest, rel=1e-12)
    assert stats["max_drawdown_bars"] == max(longest, since)


def test_days_are_found_across_blocks() -> None:
    data = made.bars(np.full(150_000, 1.0), "1m", start=made.START + 7 * 3_600_000_000)
    day = data.ts // made.DAY
    plain = [at for at in range(len(day)) if at + 1 == len(day) or day[at] != day[at + 1]]
    assert Periods(data, 0, "UTC").ends.tolist() == plain


@pytest.mark.parametrize("zone", ["UTC", "America/New_York", "America/St_Johns", "Pacific/Apia", "Asia/Kolkata"])
def test_days_end_where_a_look_at_every_bar_says(zone: str) -> None:
    """Bars with holes of days, over clock changes, a day that does not exist (Apia, 30 December 2011) and midnights."""
    chance = np.random.default_rng(11)
    begin = int(np.datetime64("2011-10-01", "us").astype(np.int64))
    steps = np.where(chance.random(4000) < 0.01, chance.integers(1, 900, 4000), chance.integers(1, 3, 4000))
    ts = begin + np.cumsum(steps) * 900_000_000
    data = replace(made.bars(np.full(len(ts), 100.0).tolist(), "15m"), ts=ts)
    days = np.asarray(Calendar(zone).day_number(ts))
    plain = [at for at in range(len(ts)) if at + 1 == len(ts) or days[at + 1] != days[at]]
    assert Periods(data, 0, zone).ends.tolist() == plain
