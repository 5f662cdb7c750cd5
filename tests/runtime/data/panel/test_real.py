"""Real universes: ragged, delisted, sparse, adjusted by others; each symbol as it is read alone."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from stratagem.runtime.data import DataError, load_bars
from stratagem.runtime.data.panel import load_panel

from ..made import same

FILES = {
    "universe_lean_1d_raw": (16, "1d", 5849),
    "universe_pyalgotrade_1d_2000-2013": (18, "1d", 2528),
    "universe_skfolio_sp500_20_1d_1990-2022": (20, "1d", 8313),
    "crypto_btc_pairs_5m_2018-01": (11, "5m", 5760),
    "bokeh_5stocks_1d_2000-2013": (5, "1d", 3270),
}


@pytest.mark.parametrize("name", FILES)
def test_a_panel_holds_every_row_of_the_file_once(shared: Path, name: str) -> None:
    """Rows, symbols and instants counted by pandas alone."""
    place = shared / "data/bars" / f"{name}.parquet"
    frame = pd.read_parquet(place)
    panel = load_panel(place, policy="keep")
    symbols, timeframe, events = FILES[name]
    assert (len(panel), str(panel.timeframe), len(panel.events)) == (symbols, timeframe, events)
    assert frame.symbol.nunique() == symbols and frame.ts.nunique() == events
    assert len(panel.events.row) == len(frame) == sum(map(len, panel))
    counts = frame.groupby("symbol").size()
    assert {each.symbol: len(each) for each in panel} == counts.to_dict()
    at_once = frame.groupby("ts").size().to_numpy()
    assert np.array_equal(np.diff(panel.events.offsets), at_once)


@pytest.mark.parametrize("name", FILES)
def test_each_symbol_is_as_it_is_read_alone(shared: Path, name: str) -> None:
    place = shared / "data/bars" / f"{name}.parquet"
    for each in load_panel(place, policy="keep"):
        alone = load_bars(place, symbol=each.symbol, policy="keep")
        assert same(each, alone) and each.notes == alone.notes


def test_a_delisting_is_the_last_that_is_known(shared: Path) -> None:
    """WMI ends on 4 August 2009; every later event knows that row, older by the day."""
    panel = load_panel(shared / "data/bars/universe_lean_1d_raw.parquet", symbols=["WMI", "SPY"], policy="keep")
    last = len(panel["WMI"]) - 1
    known = panel.known("WMI", panel.events.instants)
    after = panel.events.instants > np.datetime64("2009-08-05", "us").astype(np.int64)
    assert known.row[after].tolist() == [last] * int(after.sum())
    assert not known.fresh[after].any() and (np.diff(known.age[after]) > 0).all()
    assert any(note.startswith("1 symbol ends before the last bar of all, 2021-03-31: WMI 2009-08-04")
               for note in panel.notes)  # fmt: skip


def test_files_of_one_symbol_make_the_panel_that_one_file_does(shared: Path) -> None:
    folder = shared / "data/bars"
    given = {name.upper(): folder / f"{name}_lean_1d.parquet" for name in ("spy", "ibm", "bac", "wmi", "fb")}
    whole = load_panel(folder / "universe_lean_1d_raw.parquet", symbols=sorted(given), policy="keep")
    assert all(same(one, other) for one, other in zip(load_panel(given, policy="keep"), whole, strict=True))


def test_minutes_of_several_markets_are_one_order(shared: Path) -> None:
    """Their bars were shifted to instants by whoever made the files; holes and hours differ."""
    names = ("spy_lean_1m_trade", "aapl_lean_1m_trade", "eurusd_oanda_1m_bid_2014-05", "btcusd_coinbase_1m_trade")
    frames = {name: pd.read_parquet(shared / "data/bars" / f"{name}.parquet") for name in names}
    panel = load_panel(frames, policy="drop", timeframe="1m")
    assert sum(map(len, panel)) == len(panel.events.row) <= sum(map(len, frames.values()))
    instants = panel.events.instants[np.repeat(np.arange(len(panel.events)), np.diff(panel.events.offsets))]
    for place, bars in enumerate(panel):
        own = panel.events.symbol == place
        assert np.array_equal(instants[own], bars.ts + 60_000_000)
        assert np.array_equal(panel.events.row[own], np.arange(len(bars)))
    assert (np.diff(panel.events.instants) > 0).all()


def test_bad_rows_of_real_files_are_told_with_their_symbol(shared: Path) -> None:
    folder = shared / "data/bars"
    with pytest.raises(DataError, match=r"^BAD: skender_bad_1d\.parquet, row \d+"):
        load_panel({"SPX": folder / "spx_skender_1d.parquet", "BAD": folder / "skender_bad_1d.parquet"})
