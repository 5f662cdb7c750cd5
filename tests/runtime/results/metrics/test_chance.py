"""What chance may have had to do with it: rolling figures, the bootstrap and its numbers, the deflated Sharpe ratio."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from stratagem.runtime.errors import UsageFault
from stratagem.runtime.results.figures import Metrics, metrics
from stratagem.runtime.results.metrics import bootstrap
from stratagem.runtime.results.metrics.bootstrap import _histories, _uniform, intervals, usual_block
from stratagem.runtime.results.metrics.deflated import expected_best, probability
from stratagem.runtime.results.metrics.run import Measured

from .. import made


def of(count: int = 700, **conventions: object) -> Metrics:
    return metrics(made.traded(count), conventions)


# --- rolling ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("deviation", ["population", "sample"])
def test_a_rolling_figure_is_that_of_its_periods(deviation: str) -> None:
    found = of(300, deviation=deviation, riskless="3%")
    run, window = found.run, 40
    table = found.rolling(window)
    own, other = np.asarray(run.returns), np.asarray(run.held)
    assert table.num_rows == len(own) == 300
    assert table.column("sharpe").to_pylist()[: window - 1] == [None] * (window - 1)
    year, ddof = math.sqrt(run.per_year), int(deviation == "sample")
    for at in (window - 1, 120, 299):
        row = table.slice(at, 1).to_pylist()[0]
        a, b = own[at + 1 - window : at + 1], other[at + 1 - window : at + 1]
        assert row["return"] == pytest.approx(np.prod(1.0 + a) - 1.0)
        assert row["volatility"] == pytest.approx(a.std(ddof=ddof) * year)
        assert row["sharpe"] == pytest.approx((a.mean() - run.riskless) / a.std(ddof=ddof) * year)
        below = np.minimum(a - run.riskless, 0.0)
        assert row["sortino"] == pytest.approx((a.mean() - run.riskless) / math.sqrt((below**2).mean()) * year)
        assert row["beta"] == pytest.approx(np.cov(a, b, ddof=0)[0, 1] / b.var())


def test_a_window_longer_than_the_test_is_never_full() -> None:
    assert set(of(30).rolling(31).column("return").to_pylist()) == {None}
    with pytest.raises(UsageFault, match="window: expected a whole number of 2 or more, found 1"):
        of(30).rolling(1)


# --- the bootstrap ---------------------------------------------------------------------------------


def test_the_numbers_are_those_of_splitmix64() -> None:
    """The first five numbers of the seed 1234567, as published with the generator (Vigna)."""
    published = [
        6457827717110365317, 3203168211198807973, 9817491932198370423, 4593380528125082431, 16408922859458223821,
    ]  # fmt: skip
    assert _uniform(0, 5, 1234567).tolist() == [(number >> 11) / 2**53 for number in published]
    assert _uniform(2, 3, 1234567).tolist() == [(number >> 11) / 2**53 for number in published[2:]]


def test_histories_are_of_blocks_that_go_on_at_the_start() -> None:
    places = np.concatenate(list(_histories(1000, 50, 10)))
    assert places.shape == (50, 1000) and places.min() == 0 and places.max() == 999
    follows = (np.diff(places, axis=1) % 1000) == 1
    assert 1.0 / (1.0 - follows.mean()) == pytest.approx(10.0, rel=0.05)  # the mean length of a block
    assert len({tuple(row) for row in places.tolist()}) == 50
    counts = np.bincount(places.ravel(), minlength=1000)
    assert counts.sum() == 50_000 and counts.min() > 0


@pytest.mark.parametrize("count", [1, 2, 700, 3270])
def test_histories_are_the_same_however_many_are_worked_on_at_once(count: int, monkeypatch: pytest.MonkeyPatch) -> None:
    few = np.concatenate(list(bootstrap._histories(count, 1000, 9)))
    monkeypatch.setattr(bootstrap, "_AT_ONCE", 1 << 40)
    assert np.array_equal(few, np.concatenate(list(bootstrap._histories(count, 1000, 9))))


def test_blocks_of_one_period_have_the_error_of_the_mean() -> None:
    """Of independent draws the Sharpe ratio's mean deviates by σ / √n: the middle 68.27 % is two such deviations."""
    found = of(2000)
    run = found.run
    (interval,) = [found.intervals(0.6827, 1000, block=1)["sharpe"]]
    assert interval.low is not None and interval.high is not None
    ratio = float(found["sharpe"]) / math.sqrt(run.per_year)
    error = math.sqrt((1.0 + ratio * ratio / 2.0) / 2000 * run.per_year)  # Lo 2002, "The statistics of Sharpe ratios"
    assert (interval.high - interval.low) / 2 == pytest.approx(error, rel=0.12)


def test_what_was_measured_lies_inside_and_wider_levels_hold_narrower_ones() -> None:
    narrow, wide = of().intervals(0.5), of().intervals(0.99)
    for name, each in narrow.items():
        other = wide[name]
        assert each.low is not None and other.low is not None and each.high is not None and other.high is not None
        assert other.low <= each.low <= each.high <= other.high
        assert each.value == of()[name] and other.low < float(each.value or 0.0) < other.high


def test_returns_that_are_all_the_same_leave_no_choice() -> None:
    equity = [100.0 * 1.01**at for at in range(1, 61)]
    found = metrics(made.output(made.bars(equity), equity, capital=100.0), {})
    each = found.intervals()["return"]
    assert each.low == pytest.approx(1.01**60 - 1) and each.high == pytest.approx(1.01**60 - 1)
    assert found.intervals()["max_drawdown"].high == 0.0
    assert found.intervals()["sharpe"].low is None


def test_the_same_data_give_the_same_intervals() -> None:
    assert of().intervals() == of().intervals()
    run = Measured(made.traded(700))
    assert intervals(run, 0.9) == of().intervals()


@given(st.integers(1, 10**6))
def test_a_usual_block_is_the_cube_root_rounded_up(count: int) -> None:
    block = usual_block(count)
    assert (block - 1) ** 3 < count <= block**3


@pytest.mark.parametrize("given", [{"level": 1.0}, {"level": "90%"}, {"samples": 3}, {"block": 0}, {"samples": True}])
def test_what_makes_no_interval_is_told(given: dict[str, object]) -> None:
    with pytest.raises(UsageFault, match=f"{next(iter(given))}: expected"):
        of(60).intervals(**given)  # type: ignore[arg-type]


# --- deflation -------------------------------------------------------------------------------------


def test_the_published_example() -> None:
    """Bailey and López de Prado 2014, "A numerical example": 1250 days of 250 a year, a yearly ratio of 2.5, skew −3,
    kurtosis 10, yearly ratios of variance 1/2; 100 trials leave 0.9004, 46 leave 0.9505.
    """
    spread, ratio = math.sqrt(0.5 / 250), 2.5 / math.sqrt(250)
    best = expected_best(100, spread)
    assert best == pytest.approx(0.1132, abs=5e-5)
    assert probability(ratio, best, 1250, -3.0, 7.0) == pytest.approx(0.9004, abs=5e-5)
    assert probability(ratio, expected_best(46, spread), 1250, -3.0, 7.0) == pytest.approx(0.9505, abs=5e-5)


def test_deflation_takes_ratios_or_the_table_of_a_sweep() -> None:
    import pyarrow as pa

    found, ratios = of(), [0.1, 0.9, -0.4, None, 1.2]
    deflated = found.deflated_sharpe(ratios)
    assert deflated is not None and deflated < float(found["probabilistic_sharpe"])
    spread = np.std([0.1, 0.9, -0.4, 1.2]) / math.sqrt(found.run.per_year)
    ratio = float(found["sharpe"]) / math.sqrt(found.run.per_year)
    expected = probability(ratio, expected_best(4, float(spread)), 700, float(found["skew"]), float(found["kurtosis"]))
    assert deflated == pytest.approx(expected)
    table = pa.table({"sharpe": ratios})
    assert found.deflated_sharpe(table) == deflated
    assert found.deflated_sharpe([1.0]) is None
    with pytest.raises(UsageFault, match="left out rows"):
        found.deflated_sharpe(table.replace_schema_metadata({"left_out": "3"}))
    with pytest.raises(UsageFault, match="no column `sharpe`"):
        found.deflated_sharpe(pa.table({"return": [0.1]}))
    for wrong in ("1 2", 3, [1.0, "2"], [math.nan, 1.0]):
        with pytest.raises(UsageFault, match="tried: expected Sharpe ratios"):
            found.deflated_sharpe(wrong)
