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
import pyarrow as pa
import stratagem as sg
from tests.laws.fleeting import nothing_kept
from tests.laws.pairs import subject


def told(table):
    # to the last bit: numbers as they lie in memory, which takes a tenth of the time that their texts would
    for name, column in zip(table.column_names, table.columns):
        yield f"{name} {column.type} {column.null_count}".encode()
        if pa.types.is_floating(column.type):
            yield column.to_numpy().tobytes()
        else:
            yield repr(column.to_pylist()).encode()


def shipped(path):
    try:
        result = sg.compile(path).backtest("sample:IBM", monitors=True)
    except sg.RunError as error:  # made for bars within the day
        yield str(error).encode()
        return
    yield json.dumps({k: v for k, v in result.stats.items() if k != "elapsed"}, sort_keys=False).encode()
    for table in (result.trades, result.orders, result.equity, result.monitors):
        yield from told(table)


def drawn(seed):
    made = subject(seed)
    program = sg.compile(made.text).with_zone(made.zone)
    yield repr(program.plan).encode() + program.typed.source_hash.encode()
    for data in made.data:
        for engine in ("native", "interpreted"):
            result = program.backtest(data, engine=engine, tz=made.zone)
            yield from (*told(result.trades), *told(result.orders))


def digest(*parts):
    return hashlib.sha256(b"".join(part for of in parts for part in of)).hexdigest()


first, again = (digest(*map(shipped, sorted(sys.argv[1:]))) for _ in range(2))
if first != again:
    sys.exit("the second run of one process is another than the first")
with nothing_kept():
    print(first, digest(*map(drawn, range(4))))
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
