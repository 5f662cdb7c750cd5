"""Peers, each in an environment of its own, beside ours in the same run; left out with a reason where that fails.

The environments are made under `build/peers`, or found and made in the folder that the variable PEERS_FOLDER names;
the variable PEERS names those that are wanted, all if it is not set.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any

from .. import data, rotation
from ..figures import Figure, say
from . import ours
from .table import PEERS, Peer

FOLDER = Path(os.environ.get("PEERS_FOLDER", "build/peers"))
_SCRIPTS = Path(__file__).parent
_INSTALL_SECONDS, _RUN_SECONDS = 600, 600


class Absent(Exception):
    """The peer cannot be installed or run here; says why."""


def measure(rounds: int) -> Iterator[Figure]:
    """A row for each work of each peer: its figure, beside the mean of ours before and after it."""
    del rounds  # peers take up to minutes a run: their scripts say how often
    for peer in _wanted():
        try:
            python = _python(peer)
        except Absent as reason:
            say(f"{peer.name} left out: {reason}")
            continue
        for option, (work, count) in product(peer.options, peer.works.items()):
            try:
                before = ours.time(work, count)
                answer = _answer(peer, python, work, count, option)
                yield from _figures(work, count, answer, before.mean(ours.time(work, count)))
            except Absent as reason:
                say(f"{peer.name} {option} {work} left out: {reason}")


def _wanted() -> list[Peer]:
    names = os.environ.get("PEERS", "").split()
    unknown = set(names) - {peer.name for peer in PEERS}
    if unknown:
        known = ", ".join(peer.name for peer in PEERS)
        raise SystemExit(f"PEERS: expected names among {known}, found {', '.join(sorted(unknown))}")
    return [peer for peer in PEERS if not names or peer.name in names]


def _answer(peer: Peer, python: Path, work: str, count: int, option: str) -> dict[str, Any]:
    """What the peer's script tells of one work."""
    script = str(_SCRIPTS / f"{peer.name}_peer.py")
    folder = str((rotation.numpy_files(count) if work in rotation.WORKS else data.numpy_files()).resolve())
    told = _do([str(python), "-W", "ignore", script, folder, work, str(count), option], _RUN_SECONDS)
    found = [line for line in told.splitlines() if line.startswith("{")]
    if not found:
        raise Absent("its script told nothing")
    answer: dict[str, Any] = json.loads(found[-1])
    return answer


def _figures(work: str, count: int, answer: dict[str, Any], own: ours.Time) -> Iterator[Figure]:
    things = "symbols" if work in rotation.WORKS else "bars"
    what, value, unit = f"{answer['engine']}: {work}, {count:,} {things}", answer["value"], answer["unit"]
    note, ratio = _difference(work, count, answer), value / own.value
    yield Figure(what, value, unit, reference=own.value, ratio=ratio, note=note)
    if own.tail:
        tail = answer["tail"]
        yield Figure(f"{what}, 99th percentile", tail, unit, reference=own.tail, ratio=tail / own.tail)


def _difference(work: str, count: int, answer: dict[str, Any]) -> str:
    """In what the peer's trades and equity differ from ours."""
    trades, equity = answer["trades"], answer["equity"]
    if trades is None and equity is None:
        return ""
    wanted, worth = ours.outcome(work, count)
    told = []
    if trades is not None:
        told.append("the same trades" if trades == wanted else f"{trades:,} trades, ours {wanted:,}")
    if equity is not None and worth is not None:
        apart = equity - worth
        told.append("the same equity" if abs(apart) < 6e-5 else f"equity {apart:+,.4f}")
    return ", ".join(told)


def _python(peer: Peer) -> Path:
    """The interpreter of the peer's environment, made if it is missing."""
    folder = FOLDER / peer.name
    python, ready = folder / "bin" / "python", folder / "ready"
    if not ready.exists():
        say(f"installing {', '.join(peer.packages)} into {folder}")
        if not python.exists():
            _do([sys.executable, "-m", "venv", str(folder)], _INSTALL_SECONDS)
        pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        _do([*pip, *peer.packages], _INSTALL_SECONDS)
        ready.touch()
    return python


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
