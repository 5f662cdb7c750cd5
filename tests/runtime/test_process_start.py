"""What a process imports when it runs a program whose plan and kernel are kept: nothing that makes them."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pyarrow as pa
import pytest
import stratagem as sg
from pyarrow import csv, parquet
from stratagem.runtime.native.library import versions
from stratagem.runtime.native.store import open_store

PROGRAM = """stratagem 1
enter long when cross_above(ema(close, 3), sma(close, 7)) size 1 units stop close - 2 * atr(5)
exit long when rsi(close, 5) > 70
"""
NOT_NEEDED = (
    "bokeh", "duckdb", "importlib.metadata", "lark", "numba", "numpy.ma", "pandas", "pyarrow.compute",
    "stratagem.lang.elaborate.elaborate", "stratagem.lang.plan.build", "stratagem.lang.syntax.parse",
    "stratagem.stdlib.operators",
)  # fmt: skip
TELL = "import sys; print(*sorted(set(sys.argv[1].split(',')) & set(sys.modules)), file=sys.stderr)"


def _run(code: str, cache: Path, *arguments: str) -> tuple[str, str]:
    environment = {**os.environ, "STRATAGEM_CACHE": str(cache)}
    done = subprocess.run(
        [sys.executable, "-c", code, ",".join(NOT_NEEDED), *arguments], env=environment, capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout, done.stderr.strip().splitlines()[-1] if done.stderr.strip() else ""


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of our own: no program is in it, but the operators that this machine has compiled."""
    folder = tmp_path_factory.mktemp("cache")
    compiled = open_store().folder / "bitcode"
    if compiled.is_dir():
        shutil.copytree(compiled, folder / "bitcode")
    return folder


@pytest.mark.parametrize("source", ["sample:AAPL", "parquet", "csv"])
def test_a_kept_program_runs_without_what_made_it(tmp_path: Path, cache: Path, source: str) -> None:
    file = tmp_path / "kept.strat"
    file.write_text(PROGRAM)
    data = source if source.startswith("sample:") else str(_written(tmp_path / f"bars.{source}"))
    command = f"from stratagem.tools.cli import main; code = main(sys.argv[2:]); {TELL}; sys.exit(code)"
    given = ("backtest", str(file), "--data", data)
    first, _ = _run(f"import sys; {command}", cache, *given)
    second, loaded = _run(f"import sys; {command}", cache, *given)
    assert second == first
    assert [name for name in loaded.split() if name in NOT_NEEDED] == []


def test_a_kept_plan_without_its_kernel_is_enough(tmp_path: Path, cache: Path) -> None:
    """The registry of operators is filled by whoever needs it, not by the elaborator's having run."""
    file = tmp_path / "kept.strat"
    file.write_text(PROGRAM)
    _run("import stratagem as sg, sys; sg.compile(sys.argv[2])", cache, str(file))
    run = "sg.compile(sys.argv[2]).backtest('sample:AAPL', engine=sys.argv[3])"
    code = f"import stratagem as sg, sys; print(dict({run}.stats))"
    native, _ = _run(code, cache, str(file), "native")
    interpreted, _ = _run(code, cache, str(file), "interpreted")
    assert "final_equity" in native
    assert _without_times(native) == _without_times(interpreted)


def test_the_version_of_numba_is_read_without_its_metadata() -> None:
    from importlib.metadata import version

    assert version("numba") in versions().split("\0")


def _written(path: Path) -> Path:
    """A sample as a file; large enough for the CSV reader of long files."""
    bars = sg.load_bars("sample:AAPL")
    prices = {name: getattr(bars, name) for name in ("open", "high", "low", "close", "volume")}
    table = pa.table({"time": pa.array(bars.ts, pa.timestamp("us", "UTC")), **prices})
    if path.suffix == ".csv":
        csv.write_csv(table, path)
    else:
        parquet.write_table(table, path)
    return path


def _without_times(stats: str) -> str:
    """The statistics without how long the run took, which is no result."""
    return re.sub(r"'elapsed\w*': (\{[^}]*\}|[^,}]*)", "", stats)
