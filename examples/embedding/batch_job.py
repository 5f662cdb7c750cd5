"""Every strategy of a folder over every file of data in another: one table, and a list of what failed.

python examples/embedding/batch_job.py STRATEGIES DATA OUT.csv [--seconds 10]

A strategy that is broken, too slow or too large costs itself alone. Exit code 1 where any failed.
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import stratagem as sg

METRICS = ("return", "annual_return", "max_drawdown", "sharpe", "trades", "win_rate", "exposure")
Row = dict[str, object]


def compiled(folder: Path, limits: sg.Limits) -> Iterator[tuple[str, sg.CompiledProgram | str]]:
    """Each program of a folder, or why there is none."""
    for path in sorted(folder.glob("*.strat")):
        try:
            yield path.name, sg.compile(path, limits=limits)
        except sg.CompileError as error:
            first = error.diagnostics[0]
            yield path.name, f"{first.code}: {first.message}"


def run(name: str, program: sg.CompiledProgram | str, data: Path) -> Row:
    """A row of the table; `failed` says why it is empty."""
    row: Row = {"strategy": name, "data": data.stem, "failed": ""}
    if isinstance(program, str):
        return row | {"failed": program}
    try:
        stats = program.backtest(data, fee="0.1%").stats
    except (sg.RunError, sg.DataError) as error:  # LimitError is one
        return row | {"failed": str(error)}
    return row | {metric: stats[metric] for metric in METRICS}


def main() -> int:
    reader = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    reader.add_argument("strategies", type=Path)
    reader.add_argument("data", type=Path)
    reader.add_argument("out", type=Path)
    reader.add_argument("--seconds", type=float, default=10.0, help="that one run may take (%(default)s)")
    asked = reader.parse_args()
    programs = list(compiled(asked.strategies, sg.Limits(seconds=asked.seconds)))
    files = sorted(path for path in asked.data.iterdir() if path.suffix in (".csv", ".parquet"))
    jobs = [(name, program, data) for name, program in programs for data in files]
    with ThreadPoolExecutor() as pool:  # native code runs outside the interpreter's lock: threads are enough
        rows = list(pool.map(lambda job: run(*job), jobs))
    with asked.out.open("w", newline="", encoding="utf-8") as file:
        table = csv.DictWriter(file, ["strategy", "data", *METRICS, "failed"])
        table.writeheader()
        table.writerows(rows)
    failed = [row for row in rows if row["failed"]]
    for row in failed:
        print(f"{row['strategy']} on {row['data']}: {row['failed']}", file=sys.stderr)
    print(f"{len(rows)} runs of {len(programs)} strategies, {len(failed)} failed: {asked.out}")
    return 1 if failed or not rows else 0


if __name__ == "__main__":
    sys.exit(main())
