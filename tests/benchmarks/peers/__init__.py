"""Peers, each in an environment of its own under `build/peers`, made here; left out with a reason where that fails."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from .. import data
from ..figures import Figure, say

FOLDER = Path("build/peers")
_SCRIPTS = Path(__file__).parent
_INSTALL_SECONDS, _RUN_SECONDS = 600, 900


@dataclass(frozen=True, slots=True)
class Peer:
    """packages: what is installed for it. options: of its script, one run for each."""

    name: str
    packages: tuple[str, ...]
    options: tuple[str, ...] = ("",)


PEERS = (
    Peer("vectorbt", ("vectorbt", "vectorbt-rust"), ("auto", "numba")),
    Peer("backtesting", ("backtesting",)),
    Peer("raptorbt", ("raptorbt", "numpy")),
    Peer("indicators", ("TA-Lib", "talipp", "numpy")),
)


class Absent(Exception):
    """The peer cannot be installed or run here; says why."""


def measure(rounds: int) -> Iterator[Figure]:
    del rounds  # peers take up to seconds a run: their scripts say how often
    folder = data.numpy_files().resolve()
    for peer in PEERS:
        for option in peer.options:
            try:
                yield from _figures(peer, _python(peer), folder, option)
            except Absent as reason:
                say(f"{peer.name} {option} left out: {reason}")


def _python(peer: Peer) -> Path:
    """The interpreter of the peer's environment, made if it is missing."""
    folder = FOLDER / peer.name
    python, ready = folder / "bin" / "python", folder / "ready"
    if not ready.exists():
        say(f"installing {', '.join(peer.packages)} into {folder}")
        _do([sys.executable, "-m", "venv", str(folder)], _INSTALL_SECONDS)
        pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        _do([*pip, *peer.packages], _INSTALL_SECONDS)
        ready.touch()
    return python


def _figures(peer: Peer, python: Path, folder: Path, option: str) -> Iterator[Figure]:
    script = str(_SCRIPTS / f"{peer.name}_peer.py")
    for line in _do([str(python), "-W", "ignore", script, str(folder), option], _RUN_SECONDS).splitlines():
        if line.startswith("{"):
            yield Figure(**json.loads(line))


def _do(command: list[str], limit: int) -> str:
    """What the command prints; Absent with the last line of its complaint if it fails."""
    kept = FOLDER.resolve() / "numba"
    environment = {**os.environ, "NUMBA_CACHE_DIR": str(kept)}
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=limit, env=environment)
    except subprocess.TimeoutExpired:
        raise Absent(f"not done after {limit} s") from None
    except subprocess.CalledProcessError as fault:
        raise Absent((fault.stderr.strip().splitlines() or [f"exit code {fault.returncode}"])[-1]) from None
    return done.stdout
