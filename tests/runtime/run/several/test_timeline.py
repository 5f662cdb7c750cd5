"""The account's timeline: one bar an event, its prices an index of equal parts bought at each symbol's first close."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from stratagem.runtime.data.panel import Panel
from stratagem.runtime.run.several.timeline import LEVEL, account_bars, together

from ...data.panel.made import DAY, JANUARY, bars, daily


def test_one_bar_an_event_opened_when_its_bars_opened() -> None:
    panel = Panel((daily("A", 1, 2, 5), daily("B", 2, 3)))
    account = account_bars(panel, 2, 0)
    assert account.ts.tolist() == [JANUARY + (day - 1) * DAY for day in (1, 2, 3, 5)]
    assert account.timeframe == panel.timeframe and account.symbol == "A, B"
    assert np.isnan(account.volume).all()


def test_the_index_of_one_symbol_is_its_closes() -> None:
    own = daily("A", 1, 2, 3, 4)
    account = account_bars(Panel((own,)), 1, 0)
    for price in ("open", "high", "low", "close"):
        np.testing.assert_allclose(getattr(account, price), getattr(own, price) / own.close[0] * LEVEL, rtol=1e-15)


def test_parts_are_equal_where_they_are_bought_and_then_held() -> None:
    """A from 100.25 to 102.25, B from 50.25 to 52.25: by hand."""
    account = account_bars(Panel((daily("A", 1, 2, 3), daily("B", 1, 2, 3, price=50.0))), 2, 0)
    expected = [50 * (a / 100.25 + b / 50.25) for a, b in ((100.25, 50.25), (101.25, 51.25), (102.25, 52.25))]
    np.testing.assert_allclose(account.close, expected, rtol=1e-15)


def test_a_part_is_money_until_its_symbol_has_a_bar_and_worth_the_last_close_after() -> None:
    account = account_bars(Panel((daily("A", 1, 2, 3, 4), daily("B", 2, 3))), 2, 0)
    a = np.array([100.25, 101.25, 102.25, 103.25]) / 100.25
    b = np.array([1.0, 1.0, 101.25 / 100.25, 101.25 / 100.25])
    np.testing.assert_allclose(account.close, 50 * (a + b), rtol=1e-15)
    first = Panel((daily("A", 1, 2, 3, 4),)).bars[0]
    assert account.high[1] == pytest.approx(50 * (first.high[1] / 100.25 + 1.0), rel=1e-15)  # B is bought at its close


def test_parts_are_equal_at_the_first_event_tested() -> None:
    """What warms up is drawn back from there; a symbol without bars by then is bought later."""
    panel = Panel((daily("A", 1, 2, 3, 4, 5), daily("B", 2, 3, 4, 5, price=10.0), daily("C", 4, 5)))
    account = account_bars(panel, 3, 2)
    assert account.close[2] == pytest.approx(LEVEL)
    a, b = np.arange(100.25, 105), np.array([10.25, 10.25, 11.25, 12.25, 13.25])
    c = np.array([1, 1, 1, 1, 101.25 / 100.25])
    np.testing.assert_allclose(account.close, LEVEL / 3 * (a / a[2] + b / b[2] + c), rtol=1e-14)
    assert (account.low <= account.close).all() and (account.close <= account.high).all()


def test_symbols_that_are_only_watched_are_no_part() -> None:
    panel = Panel((daily("A", 1, 2), daily("VIX", 1, 2, 3, price=5.0)))
    account = account_bars(panel, 1, 0)
    assert len(account) == 3 and account.symbol == "A"
    np.testing.assert_allclose(account.close, LEVEL * np.array([1.0, 101.25 / 100.25, 101.25 / 100.25]))


def test_it_says_what_it_is() -> None:
    notes = account_bars(Panel((daily("A", 1, 2), daily("B", 2, 3))), 2, 0).notes
    assert notes == (
        "the benchmark is an index of 2 symbols: equal parts bought at the first tested close of each, and held; a "
        "part whose symbol has no bar yet is money",
    )  # fmt: skip


def test_what_cannot_be_bought_is_left_out_and_told() -> None:
    below = daily("OIL", 1, 2, 3)
    below = replace(below, open=-below.open, high=-below.low, low=-below.high, close=-below.close)
    account = account_bars(Panel((daily("A", 1, 2, 3), below)), 2, 0)
    assert account.notes[-1] == "the benchmark leaves out OIL: no price above 0 to buy at"
    np.testing.assert_allclose(account.close, LEVEL * np.array([100.25, 101.25, 102.25]) / 100.25)
    alone = account_bars(Panel((below,)), 1, 0)
    assert np.isnan(alone.close).all()


def test_missing_closes_are_the_last_known_ones() -> None:
    holed = daily("A", 1, 2, 3)
    holed = replace(holed, close=np.array([100.0, np.nan, 110.0]))
    account = account_bars(Panel((holed,)), 1, 0)
    np.testing.assert_allclose(account.close, [100.0, 100.0, 110.0])


def test_a_symbol_without_a_bar_stays_money() -> None:
    none = daily("B", 1).rows(0, 0)
    account = account_bars(Panel((daily("A", 1, 2), none)), 2, 0)
    np.testing.assert_allclose(account.close, 50 * (np.array([1.0, 101.25 / 100.25]) + 1.0))
    assert len(account_bars(Panel((none,)), 1, 0)) == 0


def test_intraday_bars_of_markets_apart_are_events_apart() -> None:
    hour = 3_600_000_000
    tokyo, london = [JANUARY + h * hour for h in (0, 1)], [JANUARY + h * hour for h in (1, 8)]
    account = account_bars(Panel((bars("T", tokyo, "1h"), bars("L", london, "1h"))), 2, 0)
    assert account.ts.tolist() == [JANUARY + h * hour for h in (0, 1, 8)] and not account.daily


@pytest.mark.parametrize(
    ("symbols", "called"), [("A", "A"), (("SPY", "TLT", "GLD"), "SPY, TLT, GLD"), ("ABCDEFGHIJ", "10 symbols")]
)
def test_several_are_called_by_their_names_or_their_number(symbols: Sequence[str], called: str) -> None:
    assert together(symbols) == called
