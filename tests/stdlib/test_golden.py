"""Reference values of TradingView and TA-Lib: on the steps themselves, and through the language."""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.parquet as parquet
import pytest
import stratagem

from .golden_cases import CASES, RELATIVE, Case
from .harness import run

# vector, column expected, operator, inputs, parameters
STEPS: list[tuple[str, str, str, tuple[str, ...], dict[str, Any]]] = [
    ("tradingview_pynecore/ma", "sma_close_10", "sma", ("close",), {"length": 10}),
    ("tradingview_pynecore/ma", "ema_close_20", "ema", ("close",), {"length": 20}),
    ("tradingview_pynecore/ma", "rma_high_15", "rma", ("high",), {"length": 15}),
    ("tradingview_pynecore/ma", "wma_close_5", "wma", ("close",), {"length": 5}),
    ("tradingview_pynecore/ma", "wma_close_20", "wma", ("close",), {"length": 20}),
    ("tradingview_pynecore/highest_lowest", "highest_10", "highest", ("high",), {"length": 10}),
    ("tradingview_pynecore/highest_lowest", "lowest_10", "lowest", ("low",), {"length": 10}),
    ("tradingview_pynecore/min_max_median_mode", "median_close", "median", ("close",), {"length": 20}),
    ("tradingview_pynecore/ppp", "percentrank_close_33", "percentrank", ("close",), {"length": 33}),
    ("tradingview_pynecore/sar", "sar_0_02_0_02_0_2", "sar_of", ("high", "low", "close"), {}),
    ("tradingview_pynecore/tr", "tr_true", "true_range_of", ("high", "low", "close"), {}),
    ("tradingview_pynecore/iii_nvi_obv", "obv", "obv_of", ("close", "volume"), {}),
    ("talib_vectors/sum_ibm", "sum", "sum", ("close",), {"length": 30}),
    ("talib_vectors/sum_ref252", "sum", "sum", ("close",), {"length": 30}),
    ("talib_vectors/ema_ref252", "ema", "ema", ("close",), {"length": 30}),
    ("talib_vectors/rma_ref252", "rma", "rma", ("close",), {"length": 30}),
    ("talib_vectors/wma_ref252", "wma", "wma", ("close",), {"length": 30}),
    ("talib_vectors/ma_ibm", "ma", "sma", ("close",), {"length": 30}),
    ("talib_vectors/min_ibm", "min", "lowest", ("close",), {"length": 30}),
    ("talib_vectors/minmax_ref252", "max", "highest", ("close",), {"length": 30}),
    ("talib_vectors/stddev_ibm", "stddev", "stdev", ("close",), {"length": 5}),
    ("talib_vectors/stddev_ref252", "stddev", "stdev", ("close",), {"length": 5}),
    ("talib_vectors/var_ibm", "var", "variance", ("close",), {"length": 5}),
    ("talib_vectors/var_ref252", "var", "variance", ("close",), {"length": 5}),
    ("talib_vectors/linearreg_ibm", "linearreg", "linreg", ("close",), {"length": 14}),
    ("talib_vectors/linearreg_ref252", "linearreg", "linreg", ("close",), {"length": 14}),
    ("talib_vectors/linearreg_slope_ref252", "linearreg_slope", "linreg_slope", ("close",), {"length": 14}),
    ("talib_vectors/tsf_ibm", "tsf", "linreg", ("close",), {"length": 14, "offset": -1}),
    ("talib_vectors/correl_ref252", "correl", "correlation", ("high", "low"), {"length": 30}),
    ("talib_vectors/avgdev_ref252", "avgdev", "mean_deviation", ("close",), {"length": 14}),
    ("talib_vectors/percentrank_ref252", "percentrank", "percentrank", ("close",), {"length": 100, "strict": 1}),
    ("talib_vectors/sar_ibm", "sar", "sar_of", ("high", "low", "high"), {"talib": 1}),
    ("talib_vectors/sar_ref252", "sar", "sar_of", ("high", "low", "high"), {"talib": 1}),
]


def table(shared: Path, vector: str) -> dict[str, list[Any]]:
    return parquet.read_table(shared / "golden" / f"{vector}.parquet").to_pydict()  # type: ignore[no-any-return]


def agree(got: Sequence[float], expected: Sequence[float | None], absolute: float) -> None:
    """From the first value expected on, every value to `RELATIVE`; there must be some."""
    known = [(at, e) for at, e in enumerate(expected) if e is not None and not math.isnan(e)]
    assert len(known) > 30
    for at, value in known:
        close = math.isclose(got[at], value, rel_tol=RELATIVE, abs_tol=absolute)
        assert close, f"row {at}: {got[at]!r}, expected {value!r}"


IDS = [f"{vector}:{column}" for vector, column, *_ in STEPS]


@pytest.mark.parametrize(("vector", "column", "name", "inputs", "parameters"), STEPS, ids=IDS)
def test_steps(
    shared: Path, vector: str, column: str, name: str, inputs: tuple[str, ...], parameters: dict[str, Any]
) -> None:
    data = table(shared, vector)
    agree(run(name, *(data[i] for i in inputs), **parameters), data[f"exp_{column}"], 0.0)


def bars(data: dict[str, list[Any]]) -> dict[str, Any]:
    """Bars of the columns there are; what is absent is made of what is there, so that it is a bar."""
    close = data.get("close") or data.get("high") or data["volume"]
    rows = {"open": data.get("open", close), "close": close}
    rows["high"] = data.get("high") or list(map(max, rows["open"], close))
    rows["low"] = data.get("low") or list(map(min, rows["open"], close))
    if "close" not in data and "low" in data:
        rows["open"] = rows["close"] = rows["high"]
    rows["volume"] = data.get("volume", [1.0] * len(close))
    columns = {name: np.asarray(values, dtype=np.float64) for name, values in rows.items()}
    start = np.datetime64("2020-01-01T00:00:00", "us")
    return {"ts": start + np.arange(len(close)) * np.timedelta64(1, "h"), **columns}


@pytest.mark.parametrize("case", CASES, ids=lambda c: f"{c.vector}:{c.column}")
def test_through_the_language(shared: Path, case: Case) -> None:
    data = table(shared, case.vector)
    got = np.asarray(stratagem.evaluate(case.expression, bars(data)), dtype=np.float64)
    expected = data[case.column]
    if case.condition:
        assert [bool(v) for v in got] == [bool(v) for v in expected] and any(expected)
        return
    agree(got.tolist(), expected, case.absolute)


def test_the_exact_correlation_lies_with_ours(shared: Path) -> None:
    """Why that vector is not held to 1e-9: exact fractions side with us, at the row where the difference is largest."""
    data = table(shared, "tradingview_pynecore/correlation")
    a, b = run("sma", data["close"], length=20), run("ema", data["close"], length=10)
    got = run("correlation", a, b, length=20)
    row = max(range(38, len(got)), key=lambda at: abs(got[at] - data["exp_correlation"][at]))
    x, y = [Fraction(v) for v in a[row - 19 : row + 1]], [Fraction(v) for v in b[row - 19 : row + 1]]
    mean_x, mean_y = sum(x) / 20, sum(y) / 20
    together = sum((p - mean_x) * (q - mean_y) for p, q in zip(x, y, strict=True))
    apart = sum((p - mean_x) ** 2 for p in x) * sum((q - mean_y) ** 2 for q in y)
    exact = float(together) / math.sqrt(float(apart))
    assert abs(got[row] - exact) < 1e-13 < abs(data["exp_correlation"][row] - exact)
