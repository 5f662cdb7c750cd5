"""The shipped samples: their source, their splits, and what is said about both."""

from __future__ import annotations

import gzip
from pathlib import Path

import numpy as np
import pytest
from stratagem.runtime.data import DataError, load_bars, read_instant, sample_names
from stratagem.runtime.data.samples import splits_of

LENGTHS = {"AAPL": 3270, "FB": 196, "GOOG": 2148, "IBM": 3270, "MSFT": 3270}
FOLDER = Path(__file__).resolve().parents[3] / "runtime" / "data" / "samples"


@pytest.mark.parametrize("symbol", LENGTHS)
def test_every_sample_loads_and_says_where_it_is_from(symbol: str) -> None:
    bars = load_bars(f"sample:{symbol}")
    assert (bars.symbol, str(bars.timeframe), len(bars)) == (symbol, "1d", LENGTHS[symbol])
    assert bars.ts[-1] == read_instant("2013-03-01")
    assert "public domain" in bars.notes[0]
    assert bool((bars.low > 0).all())


def test_names() -> None:
    assert sample_names() == sorted(LENGTHS)
    assert same_closes("sample:aapl", "sample:AAPL")
    with pytest.raises(DataError, match="no symbol 'TSLA'; it holds AAPL, FB, GOOG, IBM, MSFT; as sample:AAPL"):
        load_bars("sample:TSLA")


def same_closes(one: str, other: str) -> bool:
    return bool((load_bars(one).close == load_bars(other).close).all())


def test_splits() -> None:
    assert [(s.date, s.ratio) for s in splits_of("AAPL")] == [("2000-06-21", 2.0), ("2005-02-28", 2.0)]
    assert [(s.date, s.ratio) for s in splits_of("MSFT")] == [("2003-02-18", 2.0)]
    assert not splits_of("IBM")
    assert not splits_of("GOOG")


def test_adjusted_prices_are_the_raw_ones_by_the_splits_still_to_come() -> None:
    raw, adjusted = load_bars("sample:AAPL-raw"), load_bars("sample:AAPL")
    first, second = (int(np.searchsorted(raw.ts, read_instant(day))) for day in ("2000-06-21", "2005-02-28"))
    ratio = raw.close / adjusted.close
    assert set(ratio[:first]) == {4.0}
    assert set(ratio[first:second]) == {2.0}
    assert set(ratio[second:]) == {1.0}
    assert (adjusted.volume / raw.volume == ratio).all()
    assert (raw.high / adjusted.high == ratio).all()


def test_the_split_days_are_ordinary_days_once_adjusted() -> None:
    adjusted = load_bars("sample:AAPL")
    for day in ("2000-06-21", "2005-02-28"):
        at = int(np.searchsorted(adjusted.ts, read_instant(day)))
        assert abs(adjusted.open[at] / adjusted.close[at - 1] - 1.0) < 0.05


def test_notes_name_what_was_done() -> None:
    told = {name: load_bars(f"sample:{name}").notes[1] for name in ("AAPL", "MSFT-raw", "IBM")}
    assert told == {
        "AAPL": "adjusted for the splits 2:1 on 2000-06-21, 2:1 on 2005-02-28; not adjusted for dividends",
        "MSFT-raw": "prices as traded, not adjusted; the prices jump at the split 2:1 on 2003-02-18",
        "IBM": "no split inside these dates; not adjusted for dividends",
    }
    assert same_closes("sample:IBM", "sample:IBM-raw")


def test_the_files_are_what_the_package_gives(tmp_path: Path) -> None:
    pytest.importorskip("bokeh_sampledata", reason="the source of the samples is not installed")
    from stratagem.tools import build_sample

    for symbol, rows in build_sample.source_rows().items():
        shipped = gzip.decompress((FOLDER / f"{symbol}.csv.gz").read_bytes())
        assert gzip.decompress(build_sample.packed(rows)) == shipped
        assert [(s.date, s.ratio) for s in splits_of(symbol)] == list(build_sample.find_splits(rows))
