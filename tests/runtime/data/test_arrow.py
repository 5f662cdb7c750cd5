"""Stamps of Arrow tables become µs as Arrow itself would make them, without its functions."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import numpy as np
import pyarrow as pa
import pytest
from stratagem.runtime.data import load_bars
from stratagem.runtime.data.arrow import column_of
from stratagem.runtime.data.errors import DataError
from stratagem.runtime.data.table import MISSING

UNITS = ("s", "ms", "us", "ns")


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("zone", [None, "UTC", "America/New_York"])
@pytest.mark.parametrize("gap", [[], [None]])
def test_every_unit_as_arrow_casts_it(unit: str, zone: str | None, gap: list[None]) -> None:
    drawn = np.random.default_rng(4).integers(-(10**11), 10**11, 200).tolist()
    values = [*drawn, *gap, 0, 1, -1, 999, -999, 1000, -1000, -1001]
    kind = pa.timestamp(unit, zone)
    column = pa.chunked_array([pa.array(values[:90], kind), pa.array(values[90:], kind)])
    wanted = column.cast(pa.timestamp("us", zone), safe=False).cast(pa.int64()).to_pylist()
    found = column_of(column)
    assert isinstance(found, np.ndarray)
    assert found.view(np.int64).tolist() == [MISSING if stamp is None else stamp for stamp in wanted]


@pytest.mark.parametrize("kind", [pa.date32(), pa.date64()])
def test_dates_are_midnights(kind: pa.DataType) -> None:
    found = column_of(pa.chunked_array([pa.array([date(2020, 1, 1), date(1960, 1, 2), None], kind)]))
    assert [str(day) for day in found] == ["2020-01-01T00:00:00.000000", "1960-01-02T00:00:00.000000", "NaT"]


def test_no_rows() -> None:
    assert len(column_of(pa.chunked_array([], pa.timestamp("ns")))) == 0


DECIMALS = [
    (pa.decimal128(18, 4), 15),
    (pa.decimal128(38, 12), 26),
    (pa.decimal256(60, 25), 35),
    (pa.decimal128(9, -3), 9),
]


@pytest.mark.parametrize(("kind", "digits"), DECIMALS)
@pytest.mark.parametrize("gap", [[], [None]])
def test_decimals_become_the_nearest_doubles(kind: pa.DataType, digits: int, gap: list[None]) -> None:
    drawn = np.random.default_rng(5).integers(-(10**9), 10**9, (2000, 3)).tolist()
    wholes = [a**3 * b % 10 ** (1 + c % digits) for a, b, c in drawn]
    values = [*(Decimal(whole - 2 * whole * (whole % 2)).scaleb(-kind.scale) for whole in wholes), *gap]
    column = pa.chunked_array([pa.array(values, kind)]).slice(7)
    found = column_of(column)
    assert isinstance(found, np.ndarray)
    assert np.array_equal(found, [float("nan" if v is None else v) for v in values[7:]], equal_nan=True)


def test_two_columns_of_one_name_are_refused() -> None:
    table = pa.table([pa.array([1.0])] * 3, names=["time", "close", "close"])
    told = "two columns called 'close': say which .*--column close=close for the first or --column close=close_2"
    with pytest.raises(DataError, match=told):
        load_bars(table)
