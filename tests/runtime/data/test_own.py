"""The data's own columns: numbers within the bound, bools, and why another column is none of them."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import stratagem as sg
from stratagem.runtime.data import load_bars
from stratagem.runtime.data.own import read_own

from .made import arrays, rows, write


def read(column: Any) -> Any:
    """The values of one column, or why there are none."""
    own = read_own({"own": column}, np.arange(1, len(column) + 1))
    return own.columns.get("own", own.unread.get("own"))


def test_own_columns_are_numbers_or_bools() -> None:
    assert read(["true", "False", "TRUE"]).tolist() == [True, False, True]
    numbers = read(["1", "", "3"])
    assert (numbers[0], math.isnan(numbers[1])) == (1.0, True)
    assert read(np.array([True, False])).dtype == np.bool_
    assert read(np.array([1, 2])).dtype == np.float64
    bounded = np.array([1.0, 1e300, np.nan])
    assert read(bounded) is bounded


@pytest.mark.parametrize(
    ("column", "why"),
    [
        (["1", "two"], "row 2 of it is 'two' where a number is expected"),
        (["true", "maybe"], "row 2 of it is 'maybe' where true or false is expected"),
        (["", "true", "false"], "row 1 of it is '' where true or false is expected"),
        (np.array(["2024-01-01"], dtype="M8[D]"), "it holds datetime64[D], no numbers and no bools"),
    ],
)
def test_what_is_neither_says_why(column: Any, why: str) -> None:
    assert read(column) == why


@pytest.mark.parametrize("far", ["inf", "-inf", "1e305", "-1.1e300", "1e400"])
@pytest.mark.parametrize("kind", ["csv", "dict", "parquet"])
def test_a_number_beyond_the_bound_is_missing_and_noted(tmp_path: Path, kind: str, far: str) -> None:
    own = [str(n) for n in range(20)]
    own[5] = own[9] = far
    data: Any = {**arrays(), "funding": np.array([*map(float, own)])}
    if kind == "csv":
        lines = [[*row, value] for row, value in zip(rows(), own, strict=True)]
        data = write(tmp_path / "bars.csv", lines, "ts,open,high,low,close,volume,funding")
    if kind == "parquet":
        import pyarrow as pa
        from pyarrow import parquet

        parquet.write_table(pa.table(data), tmp_path / "bars.parquet")
        data = tmp_path / "bars.parquet"
    bars = load_bars(data, timeframe="1m")
    assert "column 'funding': 2 numbers beyond 1e300, taken as missing" in bars.notes
    for engine in ("native", "interpreted"):
        mean = sg.evaluate('sma(column("funding"), 2)', bars, engine=engine)
        assert np.flatnonzero(np.isnan(mean)).tolist() == [0, 5, 6, 9, 10]


def test_a_cell_of_text_is_named_where_the_column_is_asked_for(tmp_path: Path) -> None:
    lines = [[*row, "x?" if at == 6 else str(at)] for at, row in enumerate(rows())]
    place = write(tmp_path / "bars.csv", lines, "ts,open,high,low,close,volume,funding")
    told = "column 'funding' of the data cannot be read: row 7 of it is 'x\\?' where a number is expected"
    with pytest.raises(sg.RunError, match=told):
        sg.evaluate('sma(column("funding"), 2)', place)
