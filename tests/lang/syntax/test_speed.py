"""How long reading takes (make bench): a program of thirty lines, warm, and a whole process that reads it."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest
from stratagem.lang.syntax.parse import parse

PROGRAM = Path(__file__).resolve().parents[2] / "golden_strategies" / "four_ema_rsi.strat"
ONE = "import sys; from stratagem.lang.syntax.parse import parse; parse(open(sys.argv[1]).read())"


def best(action: object, repeats: int) -> float:
    """The least milliseconds of several tries: what the machine can do when nothing else runs."""
    found = []
    for _ in range(repeats):
        begun = time.perf_counter()
        action()  # type: ignore[operator]
        found.append((time.perf_counter() - begun) * 1e3)
    return min(found)


@pytest.mark.bench
def test_a_warm_parse_of_thirty_lines() -> None:
    text = PROGRAM.read_text(encoding="utf-8")
    text += "\n" * 2 + "\n".join(f"let spare{i} = ema(close, {i}) - sma(high, 2 * {i})[1]" for i in range(1, 5))
    took = best(lambda: parse(text), 50)
    print(f"\nwarm parse of {text.count(chr(10)) + 1} lines: {took:.2f} ms (at most 4)")  # noqa: T201
    assert took < 4


@pytest.mark.bench
def test_a_process_that_reads_one_program() -> None:
    def run(code: str) -> None:
        subprocess.run([sys.executable, "-c", code, str(PROGRAM)], check=True)

    bare, whole = best(lambda: run("pass"), 7), best(lambda: run(ONE), 7)
    print(f"\nprocess that reads one program: {whole:.0f} ms, {bare:.0f} of them bare Python")  # noqa: T201
    assert whole - bare < 80
