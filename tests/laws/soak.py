"""The laws on pairs, many times over: `python tests/laws/soak.py 0 5000` tries the programs of these seeds.

The seeds of `make soak` are 0 to PROGRAMS - 1, each with PER_PROGRAM data sets: 200,000 pairs. Ranges can be
shared out among processes and machines. A fault names its seed; `subject(seed)` in `pairs.py` makes it again.
"""

from __future__ import annotations

import sys
import time
import traceback
from collections.abc import Iterable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
if __name__ == "__main__":
    sys.path[0] = str(ROOT)
    __package__ = "tests.laws"

from stratagem.runtime.machine.engines import ENGINES, INTERPRETED  # noqa: E402

from .fleeting import nothing_kept  # noqa: E402
from .pairs import hold, subject  # noqa: E402

PROGRAMS, PARTS = 50_000, 100
NATIVE_EVERY = 4


def soak(seeds: Iterable[int]) -> list[str]:
    """What went wrong, each with its seed."""
    return [fault for _, fault in tried(seeds) if fault]


def tried(seeds: Iterable[int]) -> Iterator[tuple[int, str]]:
    """Each seed as it is done, with what went wrong or "". Any exception is a fault: nothing here may raise."""
    for seed in seeds:
        engines = ENGINES if seed % NATIVE_EVERY == 0 else (INTERPRETED,)
        try:
            hold(subject(seed), engines)
            yield seed, ""
        except Exception:
            yield seed, f"seed {seed}:\n{traceback.format_exc(limit=-4)}"


def main(arguments: list[str]) -> int:
    first, stop = (int(text) for text in arguments)
    began, faults = time.perf_counter(), 0
    with nothing_kept():
        for seed, fault in tried(range(first, stop)):
            if fault:
                faults += 1
                say(fault)
            if (seed + 1 - first) % 100 == 0:
                each = (time.perf_counter() - began) / (seed + 1 - first)
                say(f"{seed + 1 - first} programs, {faults} faults, {each:.3f} s each")
    say(f"seeds {first} to {stop - 1}: {faults} faults")
    return 1 if faults else 0


def say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
