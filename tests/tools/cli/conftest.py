"""The command, run in this process or in one of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from stratagem.tools.cli import main

ROOT = Path(__file__).resolve().parents[3]
GOLDEN_CROSS = str(ROOT / "strategies" / "golden_cross.strat")


@dataclass(frozen=True, slots=True)
class Done:
    """What a command left: its exit code, standard output and standard error."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The one document on standard output; infinities and NaN are no JSON."""
        return json.loads(self.out, parse_constant=lambda name: pytest.fail(f"{name} is no JSON"))

    def failed(self, code: int, *parts: str) -> None:
        """It ended with this code and one clear message that has these parts, and nothing else on standard output.

        Where JSON was asked for the document says the same.
        """
        assert self.code == code, self
        assert not self.out or (self.json.keys() == {"error"} and self.json["error"]["exit"] == code), self
        assert "Traceback" not in self.err
        assert self.err.splitlines()[-1].startswith("strat: ")
        for part in parts:
            assert part in self.err, self.err


Strat = Callable[..., Done]


@pytest.fixture
def strat(capsys: pytest.CaptureFixture[str]) -> Strat:
    """Runs `strat ARGUMENTS` in this process."""

    def run(*arguments: str) -> Done:
        capsys.readouterr()
        code = main(list(arguments))
        captured = capsys.readouterr()
        return Done(code, captured.out, captured.err)

    return run


def spawn(*arguments: str, stdin: bytes = b"", **environment: str) -> Done:
    """Runs `strat ARGUMENTS` in a process of its own, as a script would."""
    done = subprocess.run(
        [sys.executable, "-m", "stratagem", *arguments],
        input=stdin, capture_output=True, env=os.environ | environment, check=False, timeout=120,
    )  # fmt: skip
    return Done(done.returncode, done.stdout.decode(), done.stderr.decode())


@pytest.fixture(name="spawn")
def spawn_fixture() -> Strat:
    return spawn


@pytest.fixture
def golden_cross() -> str:
    """The path of a shipped strategy without warnings."""
    return GOLDEN_CROSS


@pytest.fixture
def program(tmp_path: Path) -> Callable[[str], str]:
    """Writes a program to a file; gives its path."""

    def write(text: str) -> str:
        path = tmp_path / "program.strat"
        path.write_text(text, encoding="utf-8")
        return str(path)

    return write
