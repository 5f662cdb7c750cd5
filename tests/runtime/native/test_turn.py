"""Processes that need the same thing at once: one makes it, the others wait and find it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from stratagem.runtime.native import turn as module
from stratagem.runtime.native.turn import turn

COMPILES = """
import os, sys
from pathlib import Path
from stratagem.runtime.native.library import Library
from stratagem.runtime.native.store import Store
compiled = Library._compiled
def telling(self, symbol):
    os.write(os.open(sys.argv[2], os.O_WRONLY | os.O_APPEND | os.O_CREAT), f"{symbol}\\n".encode())
    return compiled(self, symbol)
Library._compiled = telling
Library(Store(Path(sys.argv[1]))).provide(["op_div", "op_floor_", "op_ema"])
print("numba" in sys.modules)
"""


def test_of_many_first_runs_at_once_one_compiles(tmp_path: Path) -> None:
    arguments = [sys.executable, "-c", COMPILES, str(tmp_path / "cache"), str(tmp_path / "told")]
    (tmp_path / "cache").mkdir(mode=0o700)
    runs = [subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True) for _ in range(6)]
    told = [run.communicate(timeout=240)[0] for run in runs]
    assert sorted(told) == ["False\n"] * 5 + ["True\n"]
    assert sorted((tmp_path / "told").read_text().split()) == ["op_div", "op_ema", "op_floor_"]


HOLDS = """
import sys, time
from pathlib import Path
from stratagem.runtime.native.turn import turn
with turn(Path(sys.argv[1]), "compile", "compiles"):
    print("has it", flush=True)
    time.sleep(float(sys.argv[2]))
"""


def holder(folder: Path, seconds: float) -> subprocess.Popen[str]:
    arguments = [sys.executable, "-c", HOLDS, str(folder), str(seconds)]
    process = subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None and process.stdout.readline() == "has it\n"
    return process


def test_who_waits_is_told_and_a_killed_process_holds_nobody_up(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "TOLD_AFTER", 0.1)
    process = holder(tmp_path, 600)
    killing = threading.Timer(0.5, os.kill, (process.pid, signal.SIGKILL))
    killing.start()
    with turn(tmp_path, "compile", "compiles the operators"):
        assert process.wait() == -signal.SIGKILL
    assert capsys.readouterr().err == "waiting for another process that compiles the operators\n"


def test_a_stopped_process_is_not_waited_for_for_ever(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LONGEST", 0.2)
    process = holder(tmp_path, 600)
    with turn(tmp_path, "compile", "compiles"):
        assert process.poll() is None
    process.kill()
    process.wait()


def test_different_things_are_made_at_once(tmp_path: Path) -> None:
    process = holder(tmp_path, 600)
    began = time.monotonic()
    with turn(tmp_path, "kernel:a", "compiles"), turn(tmp_path, "operator:a", "compiles"):
        pass
    assert time.monotonic() - began < 30 and process.poll() is None
    process.kill()
    process.wait()


def test_a_thread_may_ask_again_and_threads_take_turns(tmp_path: Path) -> None:
    inside, most = [0], [0]

    def work() -> None:
        for _ in range(20):
            with turn(tmp_path, "compile", "compiles"), turn(tmp_path, "compile", "compiles"):
                inside[0] += 1
                most[0] = max(most[0], inside[0])
                time.sleep(0.001)
                inside[0] -= 1

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == [1]


def test_a_disk_that_takes_no_file_is_no_fault(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    entered = False
    with turn(tmp_path / "file", "compile", "compiles"):
        entered = True
    assert entered
