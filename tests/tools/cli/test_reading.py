"""What a command is given to read: times and zones as options, and files that are none."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from stratagem.runtime.data import bounded

from .conftest import Strat


def test_a_program_that_is_no_file(
    strat: Strat, tmp_path: Path, golden_cross: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bounded, "_WRITER_WAIT", 150)
    os.mkfifo(tmp_path / "pipe")
    strat("check", str(tmp_path / "pipe")).failed(3, "pipe is a pipe into which nobody writes")
    strat("check", "/dev/zero").failed(3, "/dev/zero is a device: give a file or a pipe")
    strat("check", str(tmp_path)).failed(3, "is a folder: give a file or a pipe")
    strat("backtest", golden_cross, "--data", "/dev/zero").failed(3, "/dev/zero is a device")
    strat("backtest", golden_cross, "--data", str(tmp_path / "pipe")).failed(3, "nobody writes")


def test_a_program_of_terabytes(strat: Strat, tmp_path: Path) -> None:
    place = tmp_path / "big.strat"
    place.write_text("let x = close\n")
    os.truncate(place, 2**41)
    done = strat("check", str(place))
    assert done.code == 1 and "the text is longer than" in done.err


def test_a_program_out_of_a_pipe(golden_cross: str) -> None:
    command = f"{sys.executable} -m stratagem check <(cat {golden_cross}) && cat {golden_cross} | "
    command += f"{sys.executable} -m stratagem check /dev/stdin"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.count("Golden cross") == 2


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--tz", ""), "timezone"),
        (("--data-tz", ""), "--data-tz: an empty name is no time zone"),
        (("--time-format", "h"), "no time format is called 'h'; there are s, ms, us, ns, excel"),
        (("--data-from", "soon"), "--data-from 'soon' cannot be read; write it as 2024-03-01"),
        (("--from", "soon"), "from 'soon' cannot be read; write it as 2024-03-01"),
    ],
)
def test_options_of_time(strat: Strat, golden_cross: str, arguments: tuple[str, str], told: str) -> None:
    strat("backtest", golden_cross, "--data", "sample:AAPL", *arguments).failed(2, told)


def test_a_year_is_a_year_wherever_it_is_given(strat: Strat, golden_cross: str) -> None:
    run = ("backtest", golden_cross, "--data", "sample:AAPL", "--engine", "interpreted", "--json")
    whole = strat(*run, "--data-from", "2010", "--data-to", "2011")
    assert strat(*run, "--data-from", "2010-01-01", "--data-to", "2011-01").json["from"] == whole.json["from"]
    assert whole.json["from"].startswith("2010-01-04")
    assert strat(*run, "--from", "2010", "--to", "2011").json["from"] == whole.json["from"]


def test_numbers_as_times(strat: Strat, golden_cross: str, tmp_path: Path) -> None:
    place = tmp_path / "a.csv"
    place.write_text("Date,Close\n" + "".join(f"{45293 + n},{n + 1}\n" for n in range(9)))
    run = ("backtest", golden_cross, "--data", str(place), "--engine", "interpreted", "--json")
    strat(*run).failed(1, "the time 45293 may be a day of Excel (2024-01-02)", "--time-format excel, s, ms, us or ns")
    assert strat(*run, "--time-format", "excel").json["from"].startswith("2024-01-02")
