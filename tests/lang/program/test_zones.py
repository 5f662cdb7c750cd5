"""Zones come from the package `tzdata` alone: a machine whose own database lies decides nothing."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
import tzdata
from stratagem.lang.program.zones import ZoneError, zone_file, zone_info, zone_names

PROGRAM = """
import sys, zoneinfo
from datetime import datetime
zoneinfo.reset_tzpath([sys.argv[1]])
assert zoneinfo.ZoneInfo.no_cache("Europe/London").utcoffset(datetime(2024, 7, 1)).seconds == 32400
assert zoneinfo.ZoneInfo.no_cache("Mars/Olympus")
from stratagem import CompileError, compile
from stratagem.runtime.calendar import Calendar
text = 'assume timezone "Europe/London"\\nplot if time >= "2024-07-01 12:00" then 1 else 0'
noon = 1719831600  # 2024-07-01 11:00 UTC: noon in London, in summer time
bars = {"ts": [(noon + minute * 60) * 1_000_000 for minute in (-2, -1, 0, 1)], "close": [1.0] * 4}
result = compile(text).backtest(bars, engine="interpreted")
(late,) = result.series.values()
assert late.tolist() == [0, 0, 1, 1], late
assert Calendar("Europe/London").field("hour", noon * 1_000_000) == 12
try:
    compile('plot if between("09:00", "10:00", "Mars/Olympus") then 1 else 0').backtest(bars)
except CompileError as error:
    assert [fault.code for fault in error.diagnostics] == ["E208"], error
else:
    raise SystemExit("a zone that only the machine has was taken")
"""


def test_a_doctored_database_of_the_machine_decides_nothing(tmp_path: Path) -> None:
    tokyo = (Path(tzdata.__file__).parent / "zoneinfo" / "Asia" / "Tokyo").read_bytes()
    for name in ("Europe/London", "UTC", "Mars/Olympus"):
        place = tmp_path / name
        place.parent.mkdir(exist_ok=True)
        place.write_bytes(tokyo)
    environment = {**os.environ, "PYTHONTZPATH": str(tmp_path)}
    ran = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(tmp_path)], check=False, env=environment, capture_output=True, text=True
    )
    assert ran.returncode == 0, ran.stderr


@pytest.mark.parametrize("name", ["../zones", "Europe", "europe/london", "", "Europe/London\n", "/etc/localtime"])
def test_only_names_of_the_database_are_zones(name: str) -> None:
    with pytest.raises(ZoneError, match="no time zone is called"):
        zone_file(name)


def test_every_zone_has_its_file() -> None:
    assert len(zone_names()) > 500
    assert all(zone_file(name).is_file() for name in zone_names())
    assert str(zone_info("Asia/Kolkata")) == "Asia/Kolkata"
