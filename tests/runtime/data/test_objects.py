"""What a program hands over: frames, series and arrays as people have them, and one clear error for anything else."""

from __future__ import annotations

import datetime
import decimal
import types
import zoneinfo
from collections.abc import Callable
from typing import Any

import duckdb
import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
import stratagem as sg
from stratagem.runtime.data import DataError, load_bars
from stratagem.runtime.data.errors import DataChoiceError
from stratagem.runtime.data.panel import load_panel

COUNT = 10
DAYS = pd.date_range("2024-01-01", periods=COUNT, freq="D")
CLOSE = np.arange(1.5, COUNT + 1)


def columns(**changes: Any) -> dict[str, Any]:
    base = np.arange(1.0, COUNT + 1)
    return {"ts": DAYS, "open": base, "high": base + 1, "low": base - 0.5, "close": CLOSE, **changes}


def frame(**changes: Any) -> pd.DataFrame:
    return pd.DataFrame(columns(**changes))


class Torn:
    """Says that it is a table, and is none."""

    def __arrow_c_stream__(self, *_: Any) -> Any:
        raise KeyError("torn")


class Refusing:
    """A column that fails when it is read."""

    def __array__(self, *_: Any, **__: Any) -> Any:
        raise KeyError("torn")

    def __iter__(self) -> Any:
        return iter(())


NO_DATA: dict[str, Callable[[], Any]] = {
    "list": lambda: [1.0, 2.0],
    "rows": lambda: [["2024-01-01", 1, 2, 3, 4]],
    "None": lambda: None,
    "int": lambda: 7,
    "generator": lambda: (n for n in (1, 2)),
    "array": lambda: np.array([10]),
    "matrix": lambda: np.ones((5, 5)),
    "bytes": lambda: b"prices.csv",
    "function": lambda: columns,
    "class": lambda: pd.DataFrame,
    "module": lambda: np,
    "Arrow array": lambda: pa.array([1, 2]),
    "torn": Torn,
    "empty frame": pd.DataFrame,
    "frame without times": lambda: frame().drop(columns="ts"),
    "frame without names": lambda: pd.DataFrame(np.ones((5, 5))),
    "objects": lambda: frame(close=[object()] * COUNT),
    "mixed": lambda: frame(close=[1, "a", None, 2.5, 3, 4, 5, 6, 7, 8]),
    "two closes": lambda: pd.concat([frame(), frame()[["close"]]], axis=1),
    "series without times": lambda: pd.Series(CLOSE),
    "empty mapping": dict,
    "scalars": lambda: {"ts": 5, "close": 6},
    "lengths": lambda: columns(close=[1.0] * 3),
    "nested": lambda: columns(close=[[1, 2]] * COUNT),
    "ragged": lambda: columns(close=[[1], [1, 2]] + [1] * 8),
    "text": lambda: columns(close="abcdefghij"),
    "texts": lambda: columns(close=list("abcdefghij")),
    "set": lambda: columns(close=set(CLOSE)),
    "generator of prices": lambda: columns(close=(n for n in CLOSE)),
    "complex": lambda: columns(close=CLOSE * 1j),
    "void": lambda: columns(close=np.zeros(COUNT, dtype="V8")),
    "refusing": lambda: columns(close=Refusing()),
    "zones as times": lambda: columns(ts=[zoneinfo.ZoneInfo("UTC")] * COUNT),
    "spans as times": lambda: columns(ts=np.arange(COUNT).astype("m8[D]")),
    "no times": lambda: columns(ts=np.full(COUNT, np.datetime64("NaT", "us"))),
    "relation": lambda: duckdb.sql("select 1 as a"),
    "name with a null": lambda: "a\0b",
    "name without end": lambda: "a" * 5000,
}


@pytest.mark.parametrize("given", NO_DATA.values(), ids=list(NO_DATA))
def test_what_holds_no_bars_is_one_error_of_ours(given: Callable[[], Any]) -> None:
    program = sg.compile("stratagem 1\nenter long when close > open\n")
    for read in (load_bars, program.backtest, lambda data: sg.evaluate("close", data)):
        with pytest.raises(DataError) as caught:
            read(given())  # type: ignore[operator]
        assert type(caught.value).__module__.startswith("stratagem")
        assert 10 < len(str(caught.value)) < 700


def test_an_empty_mapping_is_told_as_one() -> None:
    for read in (load_bars, load_panel, sg.compile("on A, B every 1d\nenter long when close > open").backtest):
        with pytest.raises(DataError, match="the data are an empty mapping; expected a path, .* the data of each"):
            read({})


@pytest.mark.parametrize("name", ["close", "volume"])
def test_true_and_false_are_no_prices(name: str) -> None:
    with pytest.raises(DataError, match=f"column '{name}' holds bool, where numbers are expected"):
        load_bars(columns(**{name: np.full(COUNT, True)}))


@pytest.mark.parametrize(
    ("option", "told"),
    [
        ({"data_tz": zoneinfo.ZoneInfo("Asia/Tokyo")}, "data_tz: expected a text"),
        ({"data_tz": datetime.timezone(datetime.timedelta(hours=2))}, "data_tz: expected a text"),
        ({"symbol": 5}, "symbol: expected a text"),
        ({"timeframe": 5}, "timeframe: expected a timeframe such as"),
        ({"policy": ["drop"]}, "policy: expected a text"),
        ({"columns": [1]}, "`columns` is a mapping"),
        ({"columns": {"close": None}}, "no column 'None' for close"),
        ({"data_from": object()}, "--data-from <object"),
        ({"time_format": 5}, "time_format: expected a text"),
    ],
)
def test_an_option_of_another_kind_is_one_error_of_ours(option: dict[str, Any], told: str) -> None:
    with pytest.raises((DataChoiceError, sg.RunError), match=told):
        load_bars(columns(), **option)


GOOD: dict[str, Callable[[], Any]] = {
    "frame": frame,
    "index": lambda: frame().set_index("ts"),
    "named otherwise": lambda: frame().rename(columns=str.upper).rename(columns={"TS": "Date"}),
    "nullable": lambda: frame(close=pd.array(CLOSE, dtype="Float64")),
    "texts": lambda: columns(close=[str(price) for price in CLOSE]),
    "bytes": lambda: columns(close=np.array([str(price).encode() for price in CLOSE])),
    "decimals": lambda: columns(close=[decimal.Decimal(str(price)) for price in CLOSE]),
    "datetimes": lambda: columns(ts=list(DAYS.to_pydatetime())),
    "dates": lambda: columns(ts=[day.date() for day in DAYS]),
    "records": lambda: frame().to_records(index=False),
    "Arrow batch": lambda: pa.RecordBatch.from_pandas(frame()),
    "relation": lambda: duckdb.from_arrow(pa.Table.from_pandas(frame())),
    "Arrow columns": lambda: columns(close=pa.chunked_array([CLOSE[:3], CLOSE[3:]])),
    "nothing masked": lambda: columns(close=np.ma.masked_array(CLOSE, mask=np.zeros(COUNT))),
    "proxy": lambda: types.MappingProxyType(columns()),
}


@pytest.mark.parametrize("given", GOOD.values(), ids=list(GOOD))
def test_what_holds_bars_is_read(given: Callable[[], Any]) -> None:
    bars = load_bars(given())
    assert bars.close.tolist() == CLOSE.tolist()
    assert [str(day)[:10] for day in bars.ts.astype("M8[us]")] == [str(day)[:10] for day in DAYS]


@pytest.mark.parametrize("kind", [np.float64, np.float32])
def test_what_is_masked_is_missing(kind: type) -> None:
    volume = np.ma.masked_array(np.full(COUNT, 5, dtype=kind), mask=[False, True] + [False] * 8)
    assert np.isnan(load_bars(columns(volume=volume)).volume).tolist() == [False, True] + [False] * 8
    whole = np.ma.masked_array(np.arange(1, COUNT + 1), mask=[True] + [False] * 9)
    with pytest.raises(DataError, match="row 1 .*: close nan is missing"):
        load_bars(columns(close=whole))
    times = np.ma.masked_array(DAYS.to_numpy().astype("M8[us]"), mask=[False] * 9 + [True])
    assert len(load_bars(columns(ts=times), policy="drop")) == 9


# --- yfinance as people have it: https://ranaroussi.github.io/yfinance/reference/yfinance.functions.html ---


def downloaded(*tickers: str) -> pd.DataFrame:
    """What `yfinance.download` returns: columns on two levels, price and ticker."""
    prices = frame().rename(columns=str.capitalize).rename(columns={"Ts": "Date"}).set_index("Date")
    prices["Adj Close"] = prices["Close"] / 2
    made = pd.concat({ticker: prices * (n + 1) for n, ticker in enumerate(tickers)}, axis=1, names=["Ticker", "Price"])
    return made.swaplevel(axis=1)


@pytest.mark.parametrize("order", [0, 1], ids=["price first", "ticker first"])
def test_a_frame_of_one_ticker(order: int) -> None:
    data = downloaded("AAPL").swaplevel(axis=1) if order else downloaded("AAPL")
    bars = load_bars(data)
    assert (bars.symbol, bars.close.tolist()) == ("AAPL", CLOSE.tolist())
    assert any("'Close' is taken, not 'Adj Close' beside it" in note for note in bars.notes)


@pytest.mark.parametrize("order", [0, 1], ids=["price first", "ticker first"])
def test_a_frame_of_two_tickers(order: int) -> None:
    data = downloaded("AAPL", "MSFT").swaplevel(axis=1) if order else downloaded("AAPL", "MSFT")
    assert load_bars(data, symbol="msft").close.tolist() == (2 * CLOSE).tolist()
    with pytest.raises(DataError, match="holds 2 symbols: choose one with --symbol: AAPL, MSFT"):
        load_bars(data)
    result = sg.compile("stratagem 1\non MSFT\nenter long when close > open\n").backtest(data)
    assert result.stats["symbol"] == "MSFT"


def test_a_frame_whose_index_became_a_column() -> None:
    assert load_bars(downloaded("AAPL").reset_index()).close.tolist() == CLOSE.tolist()


def test_rows_of_another_ticker_are_left_out() -> None:
    data = downloaded("AAPL", "MSFT")
    data.loc["2024-01-05", (slice(None), "MSFT")] = np.nan
    bars = load_bars(data, symbol="MSFT")
    assert len(bars) == 9
    assert any("1 row without anything of MSFT left out" in note for note in bars.notes)
    assert len(load_bars(data, symbol="AAPL")) == 10


def test_a_series_of_closes() -> None:
    for name, symbol in (("AAPL", "AAPL"), ("Close", "series"), (None, "series")):
        bars = load_bars(pd.Series(CLOSE, index=DAYS, name=name))
        assert (bars.symbol, bars.close.tolist()) == (symbol, CLOSE.tolist())
        assert any("only closes" in note for note in bars.notes)
    of_frame = downloaded("AAPL", "MSFT")[("Close", "MSFT")]
    assert (load_bars(of_frame).symbol, load_bars(of_frame).close.tolist()) == ("MSFT", (2 * CLOSE).tolist())


def test_closes_of_several_tickers_are_asked_about_and_the_answer_works() -> None:
    closes = downloaded("AAPL", "MSFT")["Close"]
    with pytest.raises(DataError, match="no column for close; its columns are .*'AAPL', 'MSFT'.*--column close=NAME"):
        load_bars(closes)
    assert load_bars(closes, columns={"close": "MSFT"}).close.tolist() == (2 * CLOSE).tolist()


def test_nested_columns_of_oanda() -> None:
    """https://developer.oanda.com/rest-live-v20/instrument-df: candles hold `mid`, `bid` and `ask` with o, h, l, c."""
    candles = [
        {"time": f"{day.date()}T00:00:00Z", "volume": 5, "mid": {"o": "1.0", "h": "20.0", "l": "0.5", "c": str(price)}}
        for day, price in zip(DAYS, CLOSE, strict=True)
    ]
    bars = load_bars(pd.DataFrame(candles))
    assert (bars.close.tolist(), bars.volume[0]) == (CLOSE.tolist(), 5.0)
