"""Assumptions are read in time in proportion to their text, from a program and from the command line alike.

Each text is so long that a reader of more than linear time would take minutes; the limits are far above what is needed.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from stratagem.lang.inputs.assumptions import read_assumptions
from stratagem.lang.inputs.errors import AssumptionError

MANY = 100_000
ROOT = Path(__file__).resolve().parents[3]
VALUES = {
    "fee": ("0.1" + " " * MANY + "x", "1" + " /" * MANY, "1%+" * MANY + "x", "1" + "/" * MANY + "order",
            "1%" + " " * MANY + "min x", "1%" + " min" * MANY, "1% on " + "x" * MANY),
    "slippage": ("0.1" + " " * MANY + "x", "1" + "tick" * MANY, " " * MANY + "tick", "1" + " tick " * MANY + "s"),
    "lot": ("1" + " " * MANY + "x",),
    "capital": ("1" + "_" * MANY,),
    "fill": ("next_open" + " " * MANY,),
}


@pytest.mark.parametrize(("name", "value"), [(n, v) for n, values in VALUES.items() for v in values], ids=range(14))
def test_a_long_value_is_refused_soon(name: str, value: str) -> None:
    with pytest.raises(AssumptionError, match=name):
        read_assumptions({name: value})


@pytest.mark.parametrize("before", ["\n" * MANY, "\t" * MANY])
def test_a_bad_assumption_is_found_in_a_long_text(before: str, tmp_path: Path) -> None:
    path = tmp_path / "long.strat"
    path.write_text(f'{before}assume fee "0.1{" " * MANY}x"\nplot close\n')
    arguments = [sys.executable, "-m", "stratagem", "check", str(path), "--json"]
    done = subprocess.run(arguments, capture_output=True, check=False, timeout=60)
    assert (done.returncode, done.stderr) == (1, b"")
    assert f'"line": {before.count(chr(10)) + 1}'.encode() in done.stdout


@pytest.mark.parametrize("flag", "--fee --slippage --tz --from".split())
def test_a_long_value_on_the_command_line_is_refused_soon(flag: str) -> None:
    strategy = str(ROOT / "strategies" / "golden_cross.strat")
    arguments = [sys.executable, "-m", "stratagem", "backtest", strategy, "--data", "sample:AAPL"]
    done = subprocess.run([*arguments, flag, f"0.1{' ' * MANY}x"], capture_output=True, check=False, timeout=60)
    assert done.returncode == 2
    assert len(done.stderr) < 1000 and b"Traceback" not in done.stderr
