"""Files as vendors write them: each holds the same four bars, made up, in the shape that its documentation shows.

The first bar opens on 16 January 2024, at 9:30 UTC where it is one of a minute.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from stratagem.runtime.data import DataError, load_bars, read_instant, text

FILES = Path(__file__).parent / "vendors"
DAILY = read_instant("2024-01-16")
MINUTE = read_instant("2024-01-16T09:30")
HOUR = 3_600_000_000
OPEN, HIGH = [100.5, 101.25, 102.0, 103.75], [102.0, 102.75, 104.5, 104.0]
LOW, CLOSE = [99.75, 100.5, 101.5, 101.25], [101.25, 102.0, 103.75, 101.5]
VOLUME = [1200.0, 3400.0, 5600.0, 7800.0]

COMMAS = "decimal commas: 1.234,5 is read as 1234.5"

# file, the time of the first bar, the symbol if the file tells one, a part of a note
VENDORS: list[tuple[str, int, str, str]] = [
    # https://ranaroussi.github.io/yfinance: download() gives columns on two levels, to_csv() three lines of headers
    ("yfinance.csv", DAILY, "AAPL", ""),
    ("yfinance_adjusted.csv", DAILY, "AAPL", "'Close' is taken, not 'Adj Close' beside it"),
    # https://www.tradingview.com/support/solutions/43000537255: every plot is a column, under its own title
    ("tradingview.csv", MINUTE, "", "two columns are called 'MA': the second is read as 'MA_2'"),
    # https://polygon.io/docs/rest/stocks/aggregates: t o h l c v vw n, ms; and its flat files, ns
    ("polygon.csv", MINUTE, "", ""),
    ("polygon_flat.csv", MINUTE, "AAPL", ""),
    # https://coinmarketcap.com: historical data; the day opens at timeOpen, `timestamp` is its end
    ("coinmarketcap.csv", DAILY, "", ""),
    # https://www.dukascopy.com/swiss/english/marketwatch/historical
    ("dukascopy.csv", MINUTE, "", ""),
    ("jforex_eet.csv", MINUTE - 2 * HOUR, "", "times are in EET, as the header 'Time (EET)' says"),
    # https://interactivebrokers.github.io/tws-api/historical_bars.html
    ("interactive_brokers.csv", MINUTE + 5 * HOUR, "", ""),
    # https://developer.oanda.com/rest-live-v20/instrument-df: candles with mid, bid and ask
    ("oanda.csv", MINUTE, "", "those of the middle are taken: 'mid.o' to 'mid.c'"),
    ("oanda_bid_ask.csv", MINUTE, "", "those of the bid are taken: 'bid.o' to 'bid.c'"),
    # https://github.com/fxcm/MarketData
    ("fxcm.csv", MINUTE, "", "those of the bid are taken: 'BidOpen' to 'BidClose'"),
    # https://www.moex.com/en/marketdata: export; also what Finam writes
    ("moex.csv", MINUTE, "SBER", ""),
    ("moex_daily.csv", DAILY, "SBER", ""),
    # https://stooq.com/db/h
    ("stooq.csv", DAILY, "", ""),
    ("stooq_pl.csv", DAILY, "", ""),
    ("stooq_bulk.txt", DAILY, "AAPL.US", ""),
    # http://www.kibot.com/support.aspx#data_format: no header, date and time apart
    ("kibot.txt", MINUTE, "", "no header line: columns taken as date, time, open, high, low, close, volume"),
    ("kibot_daily.txt", DAILY, "", "no header line: columns taken as ts, open, high, low, close, volume"),
    # https://www.metatrader4.com/en/trading-platform/help/service/history_center
    ("metatrader4.csv", MINUTE, "", "no header line: columns taken as date, time, open"),
    # https://www.metatrader5.com/en/terminal/help/trading_advanced/history; currencies have no real volume
    ("metatrader5.csv", MINUTE, "", "'VOL' is 0 on every row: the volume is 'TICKVOL'"),
    ("metatrader5_python.csv", MINUTE, "", "the volume counts ticks ('tick_volume'), not what was traded"),
    ("metatrader5_shares.csv", DAILY, "", ""),
    # https://github.com/binance/binance-public-data: klines, ms, since 2025 µs
    ("binance.csv", MINUTE, "", "no header line: columns taken as open_time"),
    ("binance_us.csv", MINUTE, "", "no header line: columns taken as open_time"),
    # https://www.alphavantage.co/documentation
    ("alpha_vantage.csv", DAILY, "", "newest first"),
    ("alpha_vantage_adjusted.csv", DAILY, "", "'close' is taken, not 'adjusted_close'"),
    # https://finance.yahoo.com: historical data
    ("yahoo.csv", DAILY, "", "'Close' is taken, not 'Adj Close' beside it, which `column(\"Adj Close\")` reads"),
    # https://www.nasdaq.com/market-activity/quotes/historical
    ("nasdaq.csv", DAILY, "", "newest first"),
    # https://www.investing.com and its editions: historical data
    ("investing.csv", DAILY, "", "newest first"),
    *((f"investing_{edition}.csv", DAILY, "", COMMAS) for edition in ("de", "es", "fr", "it", "pl", "pt", "ru", "tr")),
    ("investing_ja.csv", DAILY, "", "newest first"),
    # https://www.ariva.de: historical prices; points are thousands because prices have decimal commas
    ("ariva_de.csv", DAILY, "", COMMAS),
    # https://www.barchart.com/my/price-history/download: a last line says whose data they are
    ("barchart.csv", DAILY, "", "the last line is no row and was left out: 'Downloaded from Barchart.com"),
    # https://www.quantconnect.com/docs/v2/lean-cli/datasets
    ("20240116_spy_minute_trade.csv", MINUTE, "SPY", "they were divided by 10,000"),
    # https://akshare.akfamily.xyz: stock_zh_a_hist; https://tushare.pro/document/2?doc_id=27
    ("akshare.csv", DAILY, "", ""),
    ("tushare.csv", DAILY, "000001.SZ", "newest first"),
    # PX_OPEN to PX_LAST are the fields of Bloomberg's BDH
    ("bloomberg.csv", DAILY, "", ""),
    # https://www.tiingo.com/documentation/end-of-day
    ("tiingo.csv", DAILY, "", "'close' is taken, not 'adjClose'"),
    # https://www.cryptodatadownload.com/data
    ("cryptodatadownload.csv", MINUTE, "BTCUSDT", "newest first"),
    # https://support.kraken.com/articles/360047124832: OHLCVT without a header
    ("kraken.csv", MINUTE, "", "no header line"),
    # https://ninjatrader.com/support/helpguides/nt8/importing.htm
    ("ninjatrader.txt", MINUTE, "", "no header line"),
    # https://databento.com/docs/schemas-and-data-formats/ohlcv
    ("databento.csv", MINUTE, "ESH4", ""),
]


@pytest.mark.parametrize(("name", "begins", "symbol", "note"), VENDORS, ids=[row[0] for row in VENDORS])
@pytest.mark.parametrize("small", [10**9, 0], ids=["small", "large"])
def test_each_vendor_gives_the_bars_that_it_means(
    name: str, begins: int, symbol: str, note: str, small: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(text, "SMALL", small)
    bars = load_bars(FILES / name)
    step = 86_400_000_000 if begins == DAILY else 60_000_000
    assert bars.ts.tolist() == [begins + step * n for n in range(4)]
    assert str(bars.timeframe) == ("1d" if begins == DAILY else "1m")
    found = [getattr(bars, field).tolist() for field in ("open", "high", "low", "close", "volume")]
    assert found == [OPEN, HIGH, LOW, CLOSE, VOLUME]
    assert bars.symbol == (symbol or name.rpartition(".")[0])
    assert any(note in told for told in bars.notes), bars.notes


def test_every_file_is_tried() -> None:
    tried = {name for name, *_ in VENDORS} | {"yfinance_by_ticker.csv", "coingecko.csv"}
    assert {path.name for path in FILES.iterdir()} == tried


def test_one_ticker_of_several() -> None:
    """Of a table of two tickers each has its own rows: MSFT has nothing on the second day."""
    apple = load_bars(FILES / "yfinance_by_ticker.csv", symbol="aapl")
    assert (apple.symbol, apple.close.tolist()) == ("AAPL", CLOSE)
    other = load_bars(FILES / "yfinance_by_ticker.csv", symbol="MSFT")
    assert (len(other), other.close[0]) == (3, 1.5)
    assert any("1 row without anything of MSFT left out" in note for note in other.notes)


def test_closes_alone() -> None:
    """https://www.coingecko.com: historical data holds one price a day, and no open, high or low."""
    bars = load_bars(FILES / "coingecko.csv")
    assert bars.close.tolist() == bars.high.tolist() == CLOSE
    assert np.array_equal(bars.volume, VOLUME)
    assert any("only closes, in 'price'" in note for note in bars.notes)


def test_a_zone_of_a_header_that_is_none_is_asked_for(tmp_path: Path) -> None:
    """CST is Chicago's winter, China's time and Cuba's."""
    lines = (FILES / "jforex_eet.csv").read_text().replace("EET", "CST")
    (tmp_path / "a.csv").write_text(lines)
    with pytest.raises(DataError, match="its times are in CST, .*--data-tz America/New_York"):
        load_bars(tmp_path / "a.csv")
    assert load_bars(tmp_path / "a.csv", data_tz="America/New_York").ts[0] == MINUTE + 5 * HOUR
