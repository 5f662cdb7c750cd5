"""Runs the parts, prints the table, writes it down."""

from __future__ import annotations

import argparse
import importlib
import json
import sys
from pathlib import Path

from .figures import Figure, say, table
from .machine import machine

PARTS = (
    "history", "sweeping", "compiling", "editing", "shell", "pushing", "portfolios", "accounts", "memory", "processes",
    "peers",
)  # fmt: skip
"""Modules with `measure(rounds)`, in the order in which they are run."""


def main() -> int:
    """0 however the floors fare: a slow machine is no fault. A wrong result ends the run."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"some of {', '.join(PARTS)}; all if none is named")
    parser.add_argument("--rounds", type=int, default=15, help="how often each work is repeated")
    parser.add_argument("--out", type=Path, default=Path("build/bench.json"))
    given = parser.parse_args()
    unknown = [part for part in given.parts if part not in PARTS]
    if unknown:
        parser.error(f"expected parts among {', '.join(PARTS)}, found {', '.join(unknown)}")
    figures = _measured(given.parts or PARTS, given.rounds)
    about = machine()
    say("\n" + table(figures) + "\n\n" + "\n".join(f"{name}: {value}" for name, value in about.items()))
    given.out.parent.mkdir(parents=True, exist_ok=True)
    document = {"machine": about, "figures": [figure.row() for figure in figures]}
    given.out.write_text(json.dumps(document, indent=2) + "\n", encoding="utf-8")
    missed = [figure.what for figure in figures if figure.holds is False]
    say(f"\n{given.out} written; " + (f"not held: {', '.join(missed)}" if missed else "every floor holds"))
    return 0


def _measured(parts: list[str] | tuple[str, ...], rounds: int) -> list[Figure]:
    """The figures of every part, each told as soon as it is there."""
    figures = []
    for part in parts:
        say(f"--- {part}")
        for figure in importlib.import_module(f".{part}", __package__).measure(rounds):
            figures.append(figure)
            say("  ".join(cell for cell in figure.cells() if cell) + (f"  ({figure.note})" if figure.note else ""))
    return figures


if __name__ == "__main__":
    sys.exit(main())
