"""From source text to a loaded kernel: thirty operators, with nothing but the operators on disk, and from the store."""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from stratagem.runtime.compiled.program import CompiledProgram
from stratagem.runtime.machine.engines import kernel_of
from stratagem.runtime.native import called_operators as outside
from stratagem.runtime.native import load as loading
from stratagem.runtime.native.library import standard
from stratagem.runtime.native.store import open_store
from stratagem.runtime.native.symbols import INLINE

from . import data, programs
from .figures import Figure
from .processes import environment
from .timing import median

VARIABLE = "STRATAGEM_CACHE"


def measure(rounds: int) -> Iterator[Figure]:
    source = programs.path("thirty").read_bytes()

    def load(apart: bool = False) -> None:
        kernel_of(CompiledProgram(source).plan, apart=apart)

    load()  # every module is imported, every operator is in the user's store
    kept, before = open_store().folder, os.environ.get(VARIABLE)
    folder = data.FOLDER / "store"
    try:
        os.environ[VARIABLE] = str(folder)
        fresh = median(load, rounds, lambda: _only_operators(kept, folder))
        many = median(partial(load, apart=True), rounds, lambda: _only_operators(kept, folder))
        load()
        stored = median(load, rounds)
    finally:
        os.environ.pop(VARIABLE)
        if before is not None:
            os.environ[VARIABLE] = before
        standard.cache_clear()
    yield Figure("text to loaded kernel, 30 operators", fresh * 1e3, "ms", 80)
    yield Figure("the same for a run over many bars", many * 1e3, "ms")
    yield Figure("the same from the object cache", stored * 1e3, "ms", 4)
    yield Figure("a kernel into a fresh process, modules loaded", _fresh(rounds), "ms", 20)


_LOADING = """
import sys, time
import stratagem as sg
from stratagem.runtime.machine import machine
from stratagem.runtime.machine.engines import kernel_of
from stratagem.runtime.native.kernels import kernel
plan = sg.compile(sys.argv[1]).plan
began = time.perf_counter()
kernel_of(plan)
print(time.perf_counter() - began)
"""


def _fresh(rounds: int) -> float:
    """Milliseconds until the first kernel of a process is loaded from the store, the trading functions with it."""
    command = [sys.executable, "-c", _LOADING, str(programs.path("w1"))]
    taken = []
    for _ in range(1 + rounds):  # the first keeps compiled modules
        done = subprocess.run(command, env=environment(), capture_output=True, text=True, check=True)
        taken.append(float(done.stdout) * 1e3)
    return statistics.median(taken[1:])


def _only_operators(kept: Path, folder: Path) -> None:
    """A store that holds the operators and no program; what the process remembers of them is forgotten."""
    shutil.rmtree(folder, ignore_errors=True)
    for kind in ("bitcode", "operator"):
        shutil.copytree(kept / kind, folder / kind)
    standard.cache_clear()
    outside._read.clear()
    for item in list(loading._loaded):
        if item.symbols[0].startswith(INLINE):
            del loading._loaded[item]
