"""Times that lost their last digits are refused, with the rows that show it; whole times of any bars are not."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from stratagem.runtime.data import Bars, DataError, load_bars
from stratagem.runtime.data import text as text_module

START = 1_704_067_200
MINUTE, HOUR, DAY = 60, 3600, 86_400


def rounded(digits: int, step: int, unit: int, count: int = 60) -> list[str]:
    """Times as a spreadsheet saves them: `1.70407E+12`."""
    return [f"{(START + n * step) * unit:.{digits - 1}E}" for n in range(count)]


def load(times: list[str], tmp_path: Path, **options: str) -> Bars:
    place = tmp_path / "a.csv"
    place.write_text("time,close\n" + "".join(f"{time},{n}\n" for n, time in enumerate(times, 1)))
    return load_bars(place, **options)


@pytest.mark.parametrize("small", [0, 10**9])
@pytest.mark.parametrize("form", [None, "ms"])
@pytest.mark.parametrize(
    ("digits", "step", "told"),
    [
        (6, DAY, "multiples of 10,000,000, as a spreadsheet shows them (1.70407E+12): row 3 is 90000000 after the one "
                 "before where row 2 is 80000000. What was lost"),
        (6, MINUTE, "(1.70407E+12): 59 rows have the time of the row before, first row 2. What was lost"),
        (6, HOUR, "(1.70407E+12): 38 rows have the time of the row before, first row "),
        (7, HOUR, "multiples of 1,000,000, as a spreadsheet shows them (1.704067E+12): row "),
        (8, MINUTE, "multiples of 100,000, as a spreadsheet shows them (1.7040672E+12): 24 rows have the time of"),
        (3, DAY, "(1.70E+12): "),
    ],
)  # fmt: skip
def test_what_a_spreadsheet_rounded_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, digits: int, step: int, told: str, form: str | None, small: int
) -> None:
    monkeypatch.setattr(text_module, "SMALL", small)
    options = {"time_format": form} if form else {}
    with pytest.raises(DataError) as caught:
        load(rounded(digits, step, 1000), tmp_path, **options)
    assert str(caught.value).startswith("a.csv, row 1: the times are rounded to whole multiples of ")
    assert told in str(caught.value) and "give their column the number format 0 there" in str(caught.value)


@pytest.mark.parametrize("first", [20240102, 202401020930, 20240102093000])
def test_dates_in_digits_that_were_rounded(tmp_path: Path, first: int) -> None:
    with pytest.raises(DataError, match="the times are rounded .* as a spreadsheet shows them .*2.024"):
        load([f"{first + n:.5E}" for n in range(9)], tmp_path)


@pytest.mark.parametrize("step", [MINUTE, 5 * MINUTE, HOUR])
@pytest.mark.parametrize("unit", [1, 1000])
def test_float32_holds_no_times_of_day(step: int, unit: int) -> None:
    times = (unit * (START + np.arange(40) * step)).astype(np.float32)
    with pytest.raises(DataError, match="multiples of 1[0-9,]+, as float32 holds them: .*keep times as int64"):
        load_bars({"time": times, "close": np.arange(1.0, 41.0)})


def test_float32_of_days_is_whole() -> None:
    times = (START + np.arange(40) * DAY).astype(np.float32)
    assert str(load_bars({"time": times, "close": np.arange(1.0, 41.0)}).timeframe) == "1d"


@pytest.mark.parametrize("form", [".17g", ".12E", ".17e"])
def test_exponents_with_every_digit_are_times(tmp_path: Path, form: str) -> None:
    bars = load([f"{(START + n * MINUTE) * 1000:{form}}" for n in range(40)], tmp_path)
    assert str(bars.timeframe) == "1m" and bars.ts[0] == START * 10**6


@given(
    st.sampled_from([1, 5, 10, 15, 20, 30, 60, 120, 240, 300, 600, 900, 1200, 1800, 3600, 5400, 14_400, DAY, 7 * DAY]),
    st.integers(0, 400_000), st.sampled_from([1, 1000, 10**6, 10**9]), st.lists(st.integers(1, 9), min_size=3),
)  # fmt: skip
def test_whole_times_are_never_called_rounded(step: int, begin: int, unit: int, leaps: list[int]) -> None:
    """Bars of a usual length that begin at any of their opens, with some missing."""
    places = np.cumsum([0, *leaps])
    times = (START // step * step + begin * step + places * step) % (2_200_000_000 // step * step) * unit
    times = np.unique(times[times > 10**9 * unit])
    try:
        load_bars({"time": times, "close": np.arange(1.0, len(times) + 1)}, timeframe="1s", policy="drop")
    except DataError as error:
        assert "rounded" not in str(error)
