"""A wheel with the operators and trading compiled: a first run in a fresh home compiles nothing with numba."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest
from stratagem.tools.build_wheel import without_links_to_files

ROOT = Path(__file__).resolve().parents[2]
RUN = """import sys; from stratagem.tools.cli import main; code = main(sys.argv[1:])
print('numba' in sys.modules, file=sys.stderr)"""


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The package from its wheel, in a folder of its own; built from a copy, so that the source stays as it is."""
    folder = tmp_path_factory.mktemp("wheel")
    shutil.copytree(ROOT, folder / "stratagem", ignore=shutil.ignore_patterns(".*", "build", "tests", "__pycache__"))
    build = "stratagem.tools.build_wheel"
    _done([sys.executable, "-m", build, str(folder / "wheels"), "--no-build-isolation", "-q"], PYTHONPATH=str(folder))
    (wheel,) = (folder / "wheels").glob("*.whl")
    with ZipFile(wheel) as packed:
        assert packed.testzip() is None
        record = next(name for name in packed.namelist() if name.endswith("RECORD"))
        description = packed.read(record.replace("RECORD", "METADATA")).decode()
        assert "docs/language.md" in description and not re.search(r"\]\((?!https?://|#)", description)
        assert {line.split(",")[0] for line in packed.read(record).decode().splitlines()} == set(packed.namelist())
        packed.extractall(folder / "site")
    return folder / "site"


def _done(command: list[str], **environment: str) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(command, capture_output=True, text=True, env={**os.environ, **environment}, check=False)
    assert done.returncode == 0, done.stderr
    return done


def test_a_first_run_from_a_wheel_compiles_nothing_with_numba(installed: Path, tmp_path: Path) -> None:
    for strategy in ("golden_cross", "turtle_breakout"):
        file = installed / "stratagem" / "strategies" / f"{strategy}.strat"
        home = str(tmp_path / strategy)
        done = _done(
            [sys.executable, "-c", RUN, "backtest", str(file), "--data", "sample:AAPL"],
            PYTHONPATH=str(installed), HOME=home, XDG_CACHE_HOME="", STRATAGEM_CACHE="",
        )  # fmt: skip
        assert done.stderr.splitlines()[-1] == "False", "numba was not imported"
        assert "Return" in done.stdout
        again = _done(
            [sys.executable, "-c", RUN, "backtest", str(file), "--data", "sample:AAPL"], STRATAGEM_CACHE="",
        )  # fmt: skip
        assert again.stdout == done.stdout


def test_links_of_the_readme_lead_to_files_that_are_there() -> None:
    targets = re.findall(r"\]\((?!https?://|#)([^)#]+)", (ROOT / "README.md").read_text())
    assert targets and all((ROOT / target).exists() for target in targets)


def test_what_a_package_index_shows_has_no_links_to_files() -> None:
    text = "see [docs/a.md](docs/a.md), [the site](https://example.org/) and [below](#below)"
    assert without_links_to_files(text) == "see docs/a.md, [the site](https://example.org/) and [below](#below)"


def test_the_source_tree_holds_none_of_it() -> None:
    assert not (ROOT / "runtime" / "native" / "bitcode").exists()
