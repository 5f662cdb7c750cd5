"""Law 15: nothing outside decides. One digest of many results, whatever the machine's settings and however often."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DIGEST = """
import hashlib, json, sys
import stratagem as sg
from tests.laws.fleeting import nothing_kept
from tests.laws.pairs import subject, settings

digest = hashlib.sha256()
programs = sorted(sys.argv[1:])
for _ in range(2):
    for path in programs:
        try:
            result = sg.compile(path).backtest("sample:IBM", monitors=True)
        except sg.RunError as error:  # made for bars within the day
            digest.update(str(error).encode())
            continue
        stats = {k: v for k, v in result.stats.items() if k != "elapsed"}
        digest.update(json.dumps(stats, sort_keys=False).encode())
        for table in (result.trades, result.orders, result.equity, result.monitors):
            digest.update(repr(table.schema).encode())
            digest.update(repr(table.to_pylist()).encode())
with nothing_kept():
    for seed in range(4):
        made = subject(seed)
        program = sg.compile(made.text).with_zone(made.zone)
        digest.update(repr(program.plan).encode() + program.typed.source_hash.encode())
        for data in made.data:
            for engine in ("native", "interpreted"):
                result = program.backtest(data, engine=engine, tz=made.zone)
                digest.update(repr(result.trades.to_pylist()).encode() + repr(result.orders.to_pylist()).encode())
print(digest.hexdigest())
"""
SETTINGS = {
    "a desk elsewhere": {
        "TZ": "Pacific/Chatham", "LANG": "tr_TR.UTF-8", "LC_ALL": "de_DE.UTF-8", "PYTHONHASHSEED": "4242",
        "OMP_NUM_THREADS": "7", "ARROW_NUM_THREADS": "7",
    },
    "a bare container": {
        "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONHASHSEED": "random", "PYTHONOPTIMIZE": "2",
        "OMP_NUM_THREADS": "1", "NUMBA_NUM_THREADS": "1", "ARROW_NUM_THREADS": "1",
    },
}  # fmt: skip
"""Zone, locale, hash seed, threads, the interpreter's mode: many at once, since none may matter."""


def digest(more: dict[str, str], folder: Path = ROOT) -> str:
    paths = sorted(str(path) for path in (ROOT / "strategies").glob("*.strat"))
    known = {key: value for key, value in os.environ.items() if not key.startswith(("LC_", "LANG", "TZ"))}
    known["PYTHONPATH"] = os.pathsep.join([str(ROOT), known.get("PYTHONPATH", "")])
    done = subprocess.run([sys.executable, "-c", DIGEST, *paths], env={**known, "PYTHONHASHSEED": "0", **more},
                          cwd=folder, capture_output=True, text=True)  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout.strip()


def test_nothing_outside_decides(tmp_path: Path) -> None:
    """Nor where it runs, and how often: each is a process of its own, in a folder of its own; no setting is shared."""
    assert digest(SETTINGS["a desk elsewhere"], tmp_path) == digest(SETTINGS["a bare container"])


@pytest.mark.soak
@pytest.mark.parametrize("name", sorted(SETTINGS))
def test_nor_is_it_another_thing_without_settings(name: str, tmp_path: Path) -> None:
    assert digest(SETTINGS[name], tmp_path) == digest({})


@pytest.mark.soak
def test_nor_does_an_empty_store(tmp_path: Path) -> None:
    """The first run of all, with nothing compiled before, gives what every later one gives: a minute of compiling."""
    assert digest({"STRATAGEM_CACHE": str(tmp_path)}) == digest({})
