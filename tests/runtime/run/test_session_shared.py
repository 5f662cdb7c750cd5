"""Sessions in threads, copied, and sent to other processes."""

from __future__ import annotations

import copy
import pickle
import subprocess
import sys
import threading
from collections.abc import Callable
from typing import Any

import pytest
import stratagem as sg

TEXT = """
param n = 3 in 2 to 50
state runs = 0 then runs + 1
let slow = median(close, n)
enter long when close > slow size 40% stop 5% scale 2
exit long when close < slow
"""
OPTIONS: dict[str, Any] = {"timeframe": "15m", "fee": "0.1%", "tz": "America/New_York"}


def bars(count: int) -> list[sg.Bar]:
    made, close = [], 100.0
    for n in range(count):
        opened, close = close, close + (3.0, -1.0, -4.0, 2.0, 1.0)[n % 5]
        made.append(sg.Bar(n * 900_000_000, opened, max(opened, close), min(opened, close), close, 1.0))
    return made


def session(engine: str, **options: Any) -> sg.Session:
    return sg.compile(TEXT).session({"n": 4}, engine=engine, **OPTIONS, **options)


ENGINES = pytest.mark.parametrize("engine", ["interpreted", "native"])


@ENGINES
def test_threads_run_each_bar_once(engine: str) -> None:
    """Four threads push the same bars: each runs in one of them, the others are told; the books are those of one."""
    alone, shared, history = session(engine), session(engine), bars(400)
    for bar in history:
        alone.push(bar)
    taken: list[int] = []
    start = threading.Barrier(4)
    before = sys.getswitchinterval()

    def push_all() -> None:
        start.wait()
        for bar in history:
            try:
                shared.push(bar)
                taken.append(bar.ts)
            except sg.RunError as error:
                assert "cannot follow" in str(error)

    sys.setswitchinterval(1e-6)
    try:
        threads = [threading.Thread(target=push_all) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    finally:
        sys.setswitchinterval(before)
    assert len(taken) == len(set(taken)) == shared.bars  # what a push gave may be noted after the next has begun
    again = session(engine)
    for bar in history:
        if bar.ts in set(taken):
            again.push(bar)
    assert shared.snapshot() == again.snapshot()


COPIES: dict[str, Callable[[sg.Session], sg.Session]] = {
    "copy": copy.copy,
    "deepcopy": copy.deepcopy,
    "pickle": lambda session: pickle.loads(pickle.dumps(session)),  # noqa: S301 - our own bytes
}


@ENGINES
@pytest.mark.parametrize("way", COPIES)
def test_a_copy_trades_in_books_of_its_own(engine: str, way: str) -> None:
    going, history = session(engine, monitors=True), bars(60)
    for bar in history[:30]:
        going.push(bar)
    content = going.snapshot()
    twin = COPIES[way](going)
    assert twin.snapshot() == content
    told = [[(e.kind, e.data) for e in twin.push(bar)] for bar in history[30:]]
    assert going.snapshot() == content, "the original has not moved"
    assert told == [[(e.kind, e.data) for e in going.push(bar)] for bar in history[30:]]
    assert any(told) and twin.snapshot() == going.snapshot()


def test_a_copy_of_a_closed_session_is_closed() -> None:
    going = session("interpreted")
    going.close()
    with pytest.raises(sg.RunError, match="the session is closed"):
        copy.deepcopy(going).push(bars(1)[0])


def test_a_session_goes_on_in_another_process() -> None:
    going = session("interpreted")
    for bar in bars(30):
        going.push(bar)
    text = "import pickle, sys; print(pickle.load(sys.stdin.buffer).equity.hex())"
    done = subprocess.run([sys.executable, "-c", text], input=pickle.dumps(going), capture_output=True, check=True)
    assert done.stdout.decode().strip() == going.equity.hex()


def test_a_program_is_copied_as_its_text() -> None:
    program = sg.compile(TEXT).with_zone("Europe/Berlin")
    twin = copy.deepcopy(program)
    assert twin.plan == program.plan and twin is not program and twin._timezone == "Europe/Berlin"
