"""Decimal commas, as the whole table tells them."""

from __future__ import annotations

from pathlib import Path

import pytest
from stratagem.runtime.data import load_bars


@pytest.mark.parametrize(
    ("separator", "cells", "close", "volume"),
    [
        (";", ("1,105", "7"), 1.105, 7.0),  # a comma that separates nothing is a decimal comma
        (";", ("1.234,50", "1.200"), 1234.5, 1200.0),  # so a point is for thousands, in every column
        (";", ("1,234.50", "1,200"), 1234.5, 1200.0),  # and the other way around
        (";", ("1.105", "1.200"), 1.105, 1.2),  # without any comma nothing speaks for thousands
        (",", ('"1.234,50"', "1.200"), 1234.5, 1200.0),
        (",", ('"1,234.50"', '"1,200"'), 1234.5, 1200.0),
        (",", ('"1,234"', '"1,200"'), 1234.0, 1200.0),  # thousands, where commas separate columns
        (",", ('"12,5"', '"1,20K"'), 12.5, 1200.0),
    ],
)
def test_what_a_comma_means(
    tmp_path: Path, separator: str, cells: tuple[str, str], close: float, volume: float
) -> None:
    lines = [separator.join(("date", "close", "volume"))]
    lines += [separator.join((f"2024-01-{day:02}", *cells)) for day in range(1, 29)]
    (tmp_path / "a.csv").write_text("\n".join(lines))
    bars = load_bars(tmp_path / "a.csv")
    assert (bars.close[3], bars.volume[3]) == (close, volume)


def test_dates_with_points_stay_dates(tmp_path: Path) -> None:
    lines = ["Datum;Schlusskurs", *(f"{day:02}.01.2024;{day},25" for day in range(1, 29))]
    (tmp_path / "a.csv").write_text("\n".join(lines))
    bars = load_bars(tmp_path / "a.csv")
    assert (str(bars.ts[4].astype("M8[us]"))[:10], bars.close[4]) == ("2024-01-05", 5.25)


def test_a_last_line_that_is_a_broken_row_is_no_footer(tmp_path: Path) -> None:
    from stratagem.runtime.data import DataError

    (tmp_path / "a.csv").write_text("date,close\n2024-01-01,1\n2024-01-02,2\n2024-01\n")
    with pytest.raises(DataError, match="row 3"):
        load_bars(tmp_path / "a.csv")
