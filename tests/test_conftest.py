"""The fixture of real data: absent data skip a test, and fail it where CI is set."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

TEST = "def test_one(shared): assert (shared / 'golden').is_dir()\n"
OWN = Path(__file__).with_name("conftest.py")


@pytest.mark.parametrize(("ci", "outcome"), [("", "1 skipped"), ("true", "1 error")])
def test_absent_data(tmp_path: Path, ci: str, outcome: str) -> None:
    tests = tmp_path / "checkout" / "tests"
    tests.mkdir(parents=True)
    (tests / "conftest.py").write_text(OWN.read_text(encoding="utf-8"), encoding="utf-8")
    (tests / "test_one.py").write_text(TEST, encoding="utf-8")
    environment = {**os.environ, "CI": ci, "STRATAGEM_SHARED": str(tmp_path / "nowhere")}
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(tests)]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert outcome in done.stdout and ("STRATAGEM_SHARED" in done.stdout) is bool(ci), done.stdout + done.stderr
    assert done.returncode == (1 if ci else 0)
