"""Which names of data are those of a symbol."""

from __future__ import annotations

import pytest
from stratagem.runtime.run.symbols import is_named

SAME = {
    "AAPL": "AAPL aapl AAPL.US AAPL_1d aapl-raw NASDAQ:AAPL AAPL.csv AAPL1d NASDAQ_DLY_AAPL-1D",
    "A": "A a_1d NYSE:A A.US A1440",
    "EURUSD": "EURUSD=X eurusd_1h FX:EURUSD EUR_USD EUR/USD FX_EUR_USD EURUSD.pro EURUSD60 DAT_ASCII_EURUSD_M1_2023",
    "ETHUSDT": "ETHUSDT.P ETHUSDT BINANCE:ETHUSDT ETH-USDT ethusdt_perp_15m_2024-2026",
    "ETH": "ETH crypto_ETH eth_1d",
    "CL": "CLZ4 CLZ24 CLZ2024 CL1! CL2! CL=F NYMEX:CLZ4 clz4_1h cl",
    "ES": "ESH24 ES1! CME_MINI:ES1! ESU24-CME",
    "6E": "6EZ4 6e_cme_1m_2024-01",
    "BTC-USD": "BTCUSD BTC-USD btc_usd_1d",
    "BRK.A": "BRK.A BRK-A BRKA.US",
    "FX:EURUSD": "EURUSD",
    "ES1!": "ES1! CME_MINI:ES1!",
    "USD": "USD USD.US",
}  # ProShares has a fund called USD
OTHER = {
    "A": "AAPL AA BRK.A BRK-A ABCZ4",
    "AAP": "AAPL AAPL.US",
    "E": "ETHUSDT.P EURUSD ES1 ES1!",
    "ETH": "ETHUSDT ETHUSDT.P ETH-USDT ETH_USD BTC-ETH BTC_ETH",
    "ETHUSD": "ETHUSDT ETHUSDT.P",
    "EURUSD": "ETHUSDT EURUSDT USDEUR EURUSDX",
    "USD": "BTC-USD EUR_USD EUR/USD USDJPY",
    "CL": "AAPL oracle CLF CLZ CLA4 CLZ20245 CL12",
    "US": "US500 AAPLUS",
}


@pytest.mark.parametrize(("symbol", "name"), [(symbol, name) for symbol in SAME for name in SAME[symbol].split()])
def test_a_name_holds_the_symbol_in_whole_parts(symbol: str, name: str) -> None:
    """With an exchange, a venue's suffix, a timeframe, or a futures contract beside it."""
    assert is_named(name, symbol)


@pytest.mark.parametrize(("symbol", "name"), [(symbol, name) for symbol in OTHER for name in OTHER[symbol].split()])
def test_what_only_begins_alike_is_another_symbol(symbol: str, name: str) -> None:
    assert not is_named(name, symbol)


def test_a_symbol_without_a_letter_is_that_of_no_name() -> None:
    assert not is_named("AAPL", "--")
