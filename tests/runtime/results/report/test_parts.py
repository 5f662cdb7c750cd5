"""The tables of the page and the columns of its last pane, of runs worked out by hand."""

from __future__ import annotations

import re

import numpy as np
import pytest
from stratagem.runtime.results.figures import Metrics
from stratagem.runtime.results.metrics.run import Measured
from stratagem.runtime.results.output import RunOutput
from stratagem.runtime.results.report import tables
from stratagem.runtime.results.report.choices import choices, exposure
from stratagem.runtime.results.report.drawn import Drawn, drawn
from stratagem.runtime.results.report.sections import escape
from stratagem.runtime.trading.rows import EXIT_REASONS

from .. import made

STOP = float(EXIT_REASONS.index("stop"))


def rows(html: str) -> list[list[str]]:
    """The cells of each row of a table's body."""
    body = html.split("<tbody>")[1]
    return [re.findall(r"<td[^>]*>(.*?)</td>", row) for row in re.findall(r"<tr[^>]*>(.*?)</tr>", body)]


def facts(html: str) -> dict[str, str]:
    return dict(re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", html))


def fallen(first: int = 0) -> RunOutput:
    equity = [100, 110, 99, 104.5, 110, 120, 90, 108]
    return made.output(made.bars(equity), equity, capital=100.0, first=first)


def two_trades() -> RunOutput:
    """+20 and −10 after a fee of 1 each; the path inside the bar decided the second."""
    data = made.bars([100.0] * 6)
    trades = [
        made.trade(data, 0, 2, pnl=20.0, fees=1.0, **{"return": 0.2}),
        made.trade(data, 3, 5, pnl=-10.0, fees=1.0, reason=STOP, ambiguous=1.0, **{"return": -0.1}),
    ]
    equity = [100.0, 100.0, 120.0, 120.0, 120.0, 110.0]
    more = {"assumptions": {"capital": 100.0, "path": "worst"}, "counters": {"open_trades": 0, "ambiguous_fills": 1}}
    return made.output(data, equity, trades, capital=100.0, **more)


def test_drawdowns_are_told_and_know_where_they_are_drawn() -> None:
    html = tables.drawdowns(Metrics(Measured(fallen())), drawn(8))
    assert rows(html) == [
        ["2020-01-06", "2020-01-07", "not yet", "25.00%", "30.00", "2 bars"],
        ["2020-01-02", "2020-01-03", "2020-01-05", "10.00%", "11.00", "3 bars"],
    ]
    assert re.findall(r"data-from='(\d+)' data-to='(\d+)'", html) == [("5", "7"), ("1", "4")]
    grouped = tables.drawdowns(Metrics(Measured(fallen())), Drawn(8, 2))
    assert re.findall(r"data-from='(\d+)' data-to='(\d+)'", grouped) == [("2", "3"), ("0", "2")]
    warm = tables.drawdowns(Metrics(Measured(fallen(first=1))), drawn(8))
    assert re.findall(r"data-from='(\d+)' data-to='(\d+)'", warm) == [("5", "7"), ("1", "4")]
    assert "never closed below" in tables.drawdowns(Metrics(Measured(made.output(made.bars([1.0, 2.0])))), drawn(2))


def test_trades_are_told_apart_where_they_differ() -> None:
    html = tables.shares(Metrics(Measured(two_trades())))
    assert "Side" not in html  # both are long
    reasons = html.split("Exit reason")[1]
    assert rows(reasons)[:2] == [
        ["signal", "1", "100.00%", "–", "20.00", "20.00%", "2"],
        ["stop", "1", "0.00%", "0.00", "-10.00", "-10.00%", "2"],
    ]
    assert "Too few" in tables.shares(Metrics(Measured(fallen())))


def test_what_the_path_decided_and_what_it_cost() -> None:
    metrics = Metrics(Measured(two_trades()))
    told = facts(tables.decided(metrics))
    assert (told["Trades decided by the path"], told["Ambiguous trades"]) == ("1", "50.00%")
    assert (told["Their money"], told["Net profit without them"]) == ("-10.00", "20.00")
    assert "The path assumed: worst." in tables.decided(metrics)
    paid = facts(tables.costs(metrics))
    assert (paid["Fees"], paid["Fees of a trade"], paid["Money before fees"]) == ("2.00", "1.00", "12.00")
    assert paid["Fees of the profit"] == "16.67%"


def test_intervals_stand_around_what_was_measured() -> None:
    metrics = Metrics(Measured(made.traded(300)))
    (first, *_) = rows(tables.intervals(metrics))
    assert first[0] == "Return" and len(first) == 4
    assert "Too few" in tables.intervals(Metrics(Measured(made.output(made.bars([1.0])))))


def test_the_last_pane_has_exposure_rolling_figures_and_volume() -> None:
    run = Measured(made.traded(300, first=20))
    found = {choice.title: choice.values for choice in choices(run)}
    assert list(found) == [
        "position", "Sharpe of the last 63 periods", "Sortino of the last 63 periods",
        "volatility of the last 63 periods", "beta of the last 63 periods", "profit of the day",
    ]  # fmt: skip
    assert all(len(values) == 300 for values in found.values())
    worth = exposure(run)["net"]
    at = int(np.flatnonzero(run.output.quantity)[-1])
    expected = run.output.quantity[at] * run.output.bars.close[at] / run.output.equity[at]
    assert worth[at] == pytest.approx(expected, abs=1e-4) and np.isnan(worth[:20]).all()
    assert int(np.flatnonzero(np.isfinite(found["beta of the last 63 periods"]))[0]) == 20 + 62


def test_a_rolling_figure_within_a_day_is_that_of_the_days_before() -> None:
    run = Measured(made.traded(24 * 80, frame="1h"))
    values = next(choice.values for choice in choices(run) if choice.title.startswith("volatility"))
    first = int(np.flatnonzero(np.isfinite(values))[0])
    assert first == 63 * 24 - 1  # the last hour of the 63rd day, which ends it
    assert len(set(values[first : first + 24].tolist())) == 1 and values[first + 24] != values[first]


def test_what_is_no_character_is_shown_by_another() -> None:
    """A file's name may hold what moves a terminal, and half of a character."""
    assert escape("a\x1b[2J<b>\udce9\n") == "a\N{REPLACEMENT CHARACTER}[2J&lt;b&gt;\N{REPLACEMENT CHARACTER}\n"
