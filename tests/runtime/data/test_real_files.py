"""Every real file of bars loads, or says in one sentence why not."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from pyarrow import parquet
from stratagem.runtime.data import DataError, load_bars

FAULTY = {
    "skender_bad_1d": (r"row 201: time is missing .*; 165 of 502 rows", 337, 452),
    "skender_mismatch_1d": (r"row 20 \(2016-01-18\): time is earlier", 432, 432),
    "skender_zeros_1d": (r"row 1 \(2017-01-03\): open 0 is zero or negative; 200 of 200", 0, 200),
}


def symbols(path: Path) -> list[str]:
    return sorted(set(parquet.read_table(path, columns=["symbol"])["symbol"].to_pylist()))


def test_every_file_loads_in_every_symbol(shared: Path) -> None:
    paths = sorted((shared / "data" / "bars").glob("*.parquet"))
    assert len(paths) >= 81
    for path in paths:
        if path.stem in FAULTY:
            continue
        names = symbols(path)
        for name in names:
            bars = load_bars(path, symbol=name)
            assert (np.diff(bars.ts) > 0).all(), path.stem
            assert bars.symbol == name
        if len(names) > 1:
            with pytest.raises(DataError, match=f"holds {len(names)} symbols: choose one with --symbol"):
                load_bars(path)


@pytest.mark.parametrize("stem", FAULTY)
def test_faulty_files_name_row_and_rule(shared: Path, stem: str) -> None:
    told, dropped, kept = FAULTY[stem]
    path = shared / "data" / "bars" / f"{stem}.parquet"
    with pytest.raises(DataError, match=told):
        load_bars(path)
    assert len(load_bars(path, policy="keep")) == kept
    if dropped:
        assert len(load_bars(path, policy="drop")) == dropped
    else:
        with pytest.raises(DataError, match="no row is left"):
            load_bars(path, policy="drop")


def test_known_splits_are_told(shared: Path) -> None:
    folder = shared / "data" / "bars"
    told = " ".join(load_bars(folder / "aapl_lean_1d.parquet").notes)
    assert all(split in told for split in ("2:1 at 2000-06-21", "2:1 at 2005-02-28", "7:1 at 2014-06-09"))
    assert "4:1 at 2020-08-31" in " ".join(load_bars(folder / "aapl_cfd_15m_2017-2023.parquet").notes)


def test_original_files_of_many_makers(shared: Path) -> None:
    raw = shared / "data" / "raw"
    expected = {
        "WIKI-AAPL-2011-quandl.csv": ("1d", 252, 405.0),
        "backtrader-2006-min-005.txt": ("5m", 2142, 3677.52),
        "binance-ADABTC-1m-2021-11-27.csv": ("1m", 10, 2.865e-05),
        "dukascopy-EURUSD_1H_ASK.csv": ("1h", 6225, 1.20075),
        "nt-spy-minute-2011.csv": ("1m", 14180, 128.83),
    }
    for name, (timeframe, count, last) in expected.items():
        bars = load_bars(raw / name)
        assert (str(bars.timeframe), len(bars), bars.close[-1]) == (timeframe, count, last), name


def test_an_import_equals_what_others_made_of_the_same_file(shared: Path) -> None:
    text = load_bars(shared / "data" / "raw" / "dukascopy-EURUSD_1H_ASK.csv")
    table = load_bars(shared / "data" / "bars" / "eurusd_dukascopy_1h_ask_2017.parquet")
    assert (text.ts == table.ts).all()
    assert (text.close == table.close).all()


def test_files_without_bars_say_so(shared: Path) -> None:
    raw = shared / "data" / "raw"
    told = {
        "backtrader-bidask.csv": "no column for close",
        "backtrader-ticksample.csv": "these look like ticks",
        "binance-klines-BTCUSDC-1d.json": "JSON",
        "lean-spy-20131007_trade.zip": "unpack it first",
    }
    for name, sentence in told.items():
        with pytest.raises(DataError, match=sentence):
            load_bars(raw / name)
