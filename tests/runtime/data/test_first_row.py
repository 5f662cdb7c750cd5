"""A file without a header is known as one, whatever its first row holds; a header with numbers in it stays one."""

from __future__ import annotations

from pathlib import Path

import pytest
from stratagem.runtime.data import load_bars
from stratagem.runtime.data import text as text_module
from stratagem.runtime.data.headings import is_row


@pytest.mark.parametrize(
    "row",
    [
        "2024-01-02,1.5e2,1.6e2,1.4E+2,1.5e2,1e6",
        "2024-01-02,NaN,NaN,NaN,NaN,0",
        "2024-01-02T14:30:00+01:00,1,2,0.5,1.5,9",
        "2024-01-02 14:30:00 EST,1,2,0.5,1.5,9",
        "2024-01-02 14:30:00 America/New_York,1,2,0.5,1.5,9",
        "1/2/2024 2:30 PM,1,2,0.5,1.5,9",
        "2-Jan-24,1,2,0.5,1.5,9",
        "Jan 2 2024,1,2,0.5,1.5,9",
        "Tue 02 Jan 2024 14:30:00 GMT,1,2,0.5,1.5,9",
        "20240102 143000,1,2,0.5,1.5,9",
        "1704205800,1,2,0.5,1.5,9",
        "1704205800000,1,inf,-0.5,1.5,N/A",
        "20240102,1,2,0.5,1.5,9,C",
        "SPY,20240102,09:30,1,2,0.5,1.5,9",
        "2024-01-02,,,,,",
        "01/02/2024,09:30 AM,1,2,0.5,1.5,9",
        "$100.5,2024-01-02,1.2M,+3,-4,5",
    ],
)
def test_rows(row: str) -> None:
    assert is_row(row.split(","))


@pytest.mark.parametrize(
    "header",
    [
        "date,open,high,low,close,volume",
        "time,50,100,200,close",
        "Date,Close,20240102",
        "time,close,50,100,200",
        "Fecha,Apertura,Maximo,Minimo,Cierre,20,50",
        "ts,o,h,l,c,v",
        "a,b,c,d,e",
        ",open,close",
        "Date,10,20,30",
    ],
)
def test_headers(header: str) -> None:
    assert not is_row(header.split(","))


@pytest.mark.parametrize("small", [0, 10**9])
@pytest.mark.parametrize("time", ["{:02}-Jan-24", "2024-01-{:02} 00:00:00 EST", "1/{:02}/2024 12:00 AM"])
def test_no_row_is_lost(time: str, small: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text_module, "SMALL", small)
    place = tmp_path / "a.csv"
    place.write_text("".join(f"{time.format(n)},1e2,{'NaN' if n == 1 else 200},1e-2,{n}e0,1\n" for n in range(1, 29)))
    bars = load_bars(place, policy="keep")
    assert (len(bars), str(bars.timeframe), bars.close[0]) == (28, "1d", 1.0)
    assert any("no header line" in note for note in bars.notes)


@pytest.mark.parametrize("header", ["", "date,ts,open,high,low,close,volume\n"])
@pytest.mark.parametrize("zone", ["Z", " UTC", "-05:00", "-0500"])
def test_a_time_of_day_beside_its_date_may_carry_a_zone(zone: str, header: str, tmp_path: Path) -> None:
    place, hour = tmp_path / "a.csv", 9 if "5" in zone else 14
    place.write_text(header + "".join(f"2024-01-01,{hour:02}:3{n}{zone},1,2,0.5,1.5,9\n" for n in range(9)))
    assert load_bars(place).ts[0] == 1_704_119_400_000_000  # 2024-01-01 14:30 UTC
