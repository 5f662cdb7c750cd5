"""Declared splits and dividends: every figure by hand, the shipped sample, published factors, and odd tables."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import polars
import pytest
import stratagem as sg
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from stratagem.lang.program.timeframe import timeframe
from stratagem.runtime.data import Bars, DataError, read_instant
from stratagem.runtime.data.actions import Action, read_actions
from stratagem.runtime.data.adjust import adjust
from stratagem.runtime.data.panel import load_panel

from .made import same

DAY = 86_400_000_000
JANUARY = 1_704_067_200_000_000  # 2024-01-01


def closes(*prices: float, symbol: str = "A", of: str = "1d", step: int = DAY) -> Bars:
    """Bars with one price each, from 1 January 2024, and a volume of 60."""
    price = np.array(prices, dtype=np.float64)
    ts = JANUARY + step * np.arange(len(price), dtype=np.int64)
    return Bars(symbol, timeframe(of), ts, price, price, price, price, np.full(len(price), 60.0))


def table(*rows: tuple[Any, ...]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["symbol", "date", "ratio", "amount"])


def adjusted(bars: Bars, *rows: tuple[Any, ...], **options: Any) -> Bars:
    given = table(*((bars.symbol, *row) for row in rows))
    return load_panel({bars.symbol: bars}, adjust=given, **options)[bars.symbol]


# --- by hand -------------------------------------------------------------------------------------------


def test_a_split_divides_prices_before_it_and_multiplies_volumes() -> None:
    found = adjusted(closes(90, 96, 30, 33), ("2024-01-03", 3, None))
    assert found.close.tolist() == [30, 32, 30, 33] and found.open.tolist() == found.close.tolist()
    assert found.volume.tolist() == [180, 180, 60, 60]
    assert found.extra["split_ratio"].tolist() == [3, 3, 1, 1]
    assert found.extra["dividend_factor"].tolist() == [1, 1, 1, 1]
    assert found.notes == (
        "prices before the split 3:1 on 2024-01-03 divided, and volumes multiplied, as declared",
        '`column("split_ratio")` and `column("dividend_factor")` undo it',
    )


def test_splits_add_up_and_one_may_be_reverse() -> None:
    """2:1 on the 2nd, 1:10 on the 4th: one share of the 1st is a fifth of one."""
    found = adjusted(closes(40, 20, 21, 210), ("2024-01-02", "2:1", None), ("2024-01-04", "1:10", None))
    assert found.close.tolist() == [200, 200, 210, 210]
    assert found.volume.tolist() == [12, 6, 6, 60]


def test_a_dividend_lowers_prices_by_the_share_of_the_close_before() -> None:
    """2 of 80 are a 40th: 39/40 is left of all before. Then 1 of 64: 63/64."""
    found = adjusted(closes(40, 80, 64, 63), ("2024-01-03", None, 2), ("2024-01-04", None, 1))
    assert found.close.tolist() == [40 * (63 / 64 * (39 / 40)), 80 * (63 / 64 * (39 / 40)), 63.0, 63.0]
    assert found.volume.tolist() == [60] * 4
    assert found.notes[0] == (
        "prices before 2 dividends (2024-01-03 to 2024-01-04) lowered by the share of the close that each paid, "
        "as declared"
    )


def test_a_dividend_on_the_date_of_a_split_is_of_a_share_after_it() -> None:
    """80 is 20 after a split of 4:1, of which 1 is a 20th; in one row or in two."""
    expected = [80 / 4 * (1 - 1 / 20), 19.0]
    for rows in ([("2024-01-02", 4, 1)], [("2024-01-02", 4, None), ("2024-01-02", None, 1)]):
        assert adjusted(closes(80, 19), *rows).close.tolist() == expected


def test_what_happens_where_no_bar_lies_between_adds_up() -> None:
    """A split on Saturday, a dividend on Sunday of a new share: before Monday's bar."""
    bars = closes(80, 80, 80, 80, 80, 80, 80, 19)
    weekend = replace(bars, ts=bars.ts + np.where(bars.ts >= JANUARY + 5 * DAY, 2 * DAY, 0))
    found = adjusted(weekend, ("2024-01-06", 4, None), ("2024-01-07", None, 1))
    assert found.close[:5].tolist() == [80 / 4 * (1 - 1 / 20)] * 5
    assert found.close[5:].tolist() == [80, 80, 19]


def test_what_lies_outside_the_bars_changes_nothing_and_is_counted() -> None:
    bars = closes(10, 11)
    found = adjusted(bars, ("2023-12-31", 2, None), ("2024-01-01", 2, None), ("2024-01-03", 2, None))
    assert same(found, bars) and set(found.extra) == {"split_ratio", "dividend_factor"}
    assert found.notes == (
        "3 declared splits or dividends before its first or after its last bar: no price changes for them",
    )


def test_what_was_not_known_at_the_last_bar_does_not_count() -> None:
    bars = closes(90, 96, 30, 33)
    found = adjusted(bars, ("2024-01-03", 3, None), data_to="2024-01-03")
    assert found.close.tolist() == [90, 96]


def test_dates_begin_at_midnight_of_the_calendar() -> None:
    hours = closes(*[20.0] * 5, *[10.0] * 43, of="1h", step=DAY // 24)
    utc = adjusted(hours, ("2024-01-02", 2, None))
    assert utc.extra["split_ratio"].tolist() == [2.0] * 24 + [1.0] * 24
    york = adjusted(hours, ("2024-01-01", 2, None), tz="America/New_York")  # five hours after UTC's
    assert york.close.tolist() == [10.0] * 48


def test_longer_bars_are_made_of_adjusted_ones() -> None:
    bars = closes(*[90.0] * 9, *[30.0] * 5)  # Monday 1 January to Sunday 14
    with pytest.raises(DataError, match="^A: bars of 1w may hold a split inside: adjust bars of a day or shorter"):
        adjusted(load_panel({"A": bars}, timeframe="1w", resample=True)["A"], ("2024-01-10", 3, None))
    assert adjusted(bars, ("2024-01-10", 3, None), timeframe="1w", resample=True).close.tolist() == [30, 30]


def test_symbols_without_an_action_have_the_columns_too_and_strangers_are_told() -> None:
    made = {"A": closes(90, 30), "B": closes(5, 6, symbol="B")}
    panel = load_panel(made, adjust=table(("a", "2024-01-02", 3, None), ("BB", "2024-01-02", 2, None)))
    assert panel["A"].close.tolist() == [30, 30] and panel["B"].close.tolist() == [5, 6]
    assert panel["B"].extra["split_ratio"].tolist() == [1, 1]
    assert "splits or dividends are declared of BB, which the data do not hold" in panel.notes


def test_jumps_are_looked_for_in_adjusted_prices() -> None:
    rows = pd.DataFrame({"date": pd.date_range("2024-01-01", periods=8), "close": [60.0] * 4 + [30.0] * 4})
    assert any("like a split" in note for note in load_panel({"A": rows}).notes)
    found = load_panel({"A": rows}, adjust=table(("A", "2024-01-05", 2, None)))
    assert not any("like a split" in note for note in found.notes)


def test_splits_that_the_prices_do_not_show_are_told() -> None:
    found = adjusted(closes(30, 31), ("2024-01-02", 3, None))
    assert found.notes[-1] == (
        "the prices do not jump at the split 3:1 on 2024-01-02 (30 to 31): were they adjusted already?"
    )


# --- against others' figures ---------------------------------------------------------------------------


def test_the_shipped_sample_is_its_raw_prices_adjusted() -> None:
    dates = {"AAPL": ["2000-06-21", "2005-02-28"], "MSFT": ["2003-02-18"], "IBM": []}
    for symbol in dates:
        rows = [(date, 2, None) for date in dates[symbol]]
        raw = sg.load_bars(f"sample:{symbol}-raw")
        assert same(adjusted(raw, *rows), sg.load_bars(f"sample:{symbol}"))


@pytest.mark.parametrize("symbol", ["AAPL", "AIG", "IBM", "IWM", "SPY"])
def test_published_factors_come_out(shared: Path, symbol: str) -> None:
    """LEAN's factor files: adjusted = raw * price_factor * split_factor up to each date.

    Splits and dividends are taken from them: a ratio is that of two split factors, and a dividend the part of the
    reference price by which two price factors differ. Factors are rounded to six or seven decimals there.
    """
    factors = pd.read_csv(shared / "data/universe/lean_factor_files.csv")
    own = factors[factors.symbol == symbol].sort_values("date_until")
    until = pd.to_datetime(own.date_until.astype(str)).to_numpy()
    prices, splits, close = (own[name].to_numpy() for name in ("price_factor", "split_factor", "ref_price"))
    after = until[:-1] + np.timedelta64(1, "D")
    ratio = splits[1:] / splits[:-1]
    amount = (1 - prices[:-1] / prices[1:]) * close[:-1] / np.where(ratio > 1.01, ratio, 1.0)
    rows = pd.DataFrame({"symbol": symbol, "date": after, "ratio": np.round(ratio, 2), "amount": np.round(amount, 4)})
    place = shared / "data/bars/universe_lean_1d_raw.parquet"
    raw = load_panel(place, symbols=[symbol], policy="drop")[symbol]
    found = load_panel(place, symbols=[symbol], policy="drop", adjust=rows)[symbol]
    at = np.searchsorted(until, raw.ts.view("datetime64[us]"))
    np.testing.assert_allclose(found.close, raw.close * prices[at] * splits[at], rtol=2e-5)
    np.testing.assert_allclose(found.extra["dividend_factor"], prices[at], rtol=2e-5)


# --- laws ----------------------------------------------------------------------------------------------


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(st.floats(4.0, 1000.0), min_size=1, max_size=12),
    st.lists(st.tuples(st.integers(-1, 14), st.sampled_from([1.0, 2.0, 0.1, 7.0]), st.sampled_from([0.0, 0.25, 0.5])),
             max_size=5, unique_by=lambda row: row[0]),
)  # fmt: skip
def test_adjusted_returns_are_those_of_a_holder_and_factors_undo_it(
    prices: list[float], rows: list[tuple[int, float, float]]
) -> None:
    bars = closes(*prices)
    actions = [Action("A", JANUARY + day * DAY, ratio, amount, 1) for day, ratio, amount in sorted(rows)]
    found = adjust(bars, actions)
    by_day = {action.date: action for action in actions}
    for row in range(1, len(bars)):
        action = by_day.get(int(bars.ts[row]), Action("A", 0, 1.0, 0.0, 0))
        before = prices[row - 1] / action.ratio
        earned = prices[row] / before / (1.0 - action.amount / before)
        assert found.close[row] / found.close[row - 1] == pytest.approx(earned, rel=1e-12)
    traded = found.close * found.extra["split_ratio"] / found.extra["dividend_factor"]
    np.testing.assert_allclose(traded, bars.close, rtol=1e-14)
    np.testing.assert_allclose(found.volume / found.extra["split_ratio"], bars.volume, rtol=1e-15)
    assert found.close[-1] == bars.close[-1]


# --- tables --------------------------------------------------------------------------------------------

TWO = {"symbol": ["A", "B"], "date": ["2024-01-02", "2024-01-03"], "ratio": [7.0, None], "amount": [None, 0.5]}
EXPECTED = {
    "a": (Action("A", read_instant("2024-01-02"), 7.0, 0.0, 1),),
    "b": (Action("B", read_instant("2024-01-03"), 1.0, 0.5, 2),),
}


def test_one_table_whatever_the_way_in(tmp_path: Path) -> None:
    frame = pd.DataFrame(TWO)
    frame.to_csv(tmp_path / "actions.csv", index=False)
    frame.to_parquet(tmp_path / "actions.parquet")
    vendor = frame.rename(columns={"ratio": "Stock Splits", "amount": "Dividends", "symbol": "Ticker"})
    zoned = vendor.assign(Date=pd.to_datetime(frame.date).dt.tz_localize("America/New_York")).drop(columns="date")
    texts = {name: ["" if cell is None else str(cell) for cell in cells] for name, cells in TWO.items()}
    ways = [frame, tmp_path / "actions.csv", str(tmp_path / "actions.parquet"), polars.DataFrame(TWO), texts, vendor,
            vendor.fillna(0.0), zoned, zoned.set_index("Date")]  # fmt: skip
    for way in ways:
        assert read_actions(way) == EXPECTED


def test_a_table_of_bars_with_splits_in_it_declares_them(shared: Path) -> None:
    place = shared / "data/bars/universe_pyalgotrade_1d_2000-2013.parquet"
    actions = read_actions(place)
    aig = actions["aig"][0]
    assert (str(aig), aig.amount) == ("0.05:1 on 2009-07-01", 0.0) or aig.ratio == 1.0
    assert [str(action) for action in actions["aig"] if action.ratio != 1.0] == ["0.05:1 on 2009-07-01"]


WRONG = [
    (("", "2024-01-02", 2, None), "row 1: the symbol is missing"),
    (("A", "2024-01-02T10:00", 2, None), "row 1: 2024-01-02T10:00:00Z has a time of day; expected a date"),
    (("A", "2024-01-02", -2, None), "row 1: no split has the ratio -2"),
    (("A", "2024-01-02", 1e9, None), "row 1: no split has the ratio 1000000000"),
    (("A", "2024-01-02", float("inf"), None), "row 1: no split has the ratio inf"),
    (("A", "2024-01-02", None, -1), "row 1: no dividend has the amount -1"),
    (("A", "2024-01-02", "two", None), "row 1: the ratio 'two' is no number"),
    (("A", "2024-01-02", "2:0", None), "row 1: the ratio '2:0' is no number"),
    (("A", "2024-01-02", None, "1:2"), "row 1: the amount '1:2' is no number"),
]


@pytest.mark.parametrize(("row", "told"), WRONG)
def test_a_row_that_states_no_action_there_could_be_is_named(row: tuple[Any, ...], told: str) -> None:
    with pytest.raises(DataError, match=f"^adjust: the table, {told}"):
        load_panel({"A": closes(1, 2)}, adjust=table(row))


@pytest.mark.parametrize(("columns", "told"), [("ra", "a second split"), ("am", "a second dividend")])
def test_two_of_a_kind_on_one_date_are_refused(columns: str, told: str) -> None:
    value = (2, None) if columns == "ra" else (None, 1)
    with pytest.raises(DataError, match=f"row 2: {told} on 2024-01-02, as in row 1; leave one out, or make one row"):
        read_actions(table(("A", "2024-01-02", *value), ("a", "2024-01-02", *value)))


@pytest.mark.parametrize(("wrong", "told"), [
    (pd.DataFrame({"symbol": ["A"], "date": ["2024-01-01"]}), "no column for ratio or amount; expected a table with"),
    (pd.DataFrame({"ratio": [2.0]}), "no column for symbol, date; expected a table with symbol, date, and ratio"),
    ("nowhere.csv", "'nowhere.csv' cannot be read"), (5, "data of type int cannot be read"), (".", "'.' is a folder"),
])  # fmt: skip
def test_what_is_no_table_of_actions_is_told(wrong: Any, told: str) -> None:
    with pytest.raises(DataError, match=f"^adjust: .*{told}"):
        load_panel({"A": closes(1, 2)}, adjust=wrong)


def test_a_dividend_beyond_the_price_is_refused() -> None:
    told = r"^A: the dividend of 12 on 2024-01-02 \(row 1\) is not less than the close before it, 10: is it in"
    with pytest.raises(DataError, match=told):
        adjusted(closes(10, 11), ("2024-01-02", None, 12))


def test_ratios_that_no_price_bears_are_refused() -> None:
    rows = [(f"2024-01-{day:02}", 1e-6, None) for day in range(2, 28)]
    many = closes(*[1e200] * 28)
    with pytest.raises(DataError, match="A: adjusted, the open of 2024-01-01T00:00:00Z would be inf: the ratios"):
        adjusted(many, *rows, *[(f"2024-01-{day:02}", 1e-6, None) for day in (28,)])


def test_a_column_of_the_factors_name_is_not_overwritten() -> None:
    bars = replace(closes(1, 2), extra={"split_ratio": np.ones(2)})
    with pytest.raises(DataError, match="A: the data have a column 'split_ratio' already"):
        adjusted(bars, ("2024-01-02", 2, None))
