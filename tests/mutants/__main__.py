"""`make mutants`: change the trading core in every small way and see whether a test notices.

    python -m tests.mutants [MODULE | MODULE.FUNCTION | KEY ...] [--one-in N] [--again] [--doubt]
                            [--longest SECONDS] [--workers N]
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from .equal import read_equal
from .judge import Outcome, Trial, read_judges, run
from .report import Report
from .rewrite import Mutant, modules, mutants

HERE = Path(__file__).parent
REPORT = HERE.parents[1] / "build" / "mutants.json"


def command(words: list[str]) -> int:
    """0 where every mutant is killed or explained."""
    given = _options(words)
    every = [mutant for module in modules() for mutant in mutants(module)]
    equal = read_equal((HERE / "equal.yaml").read_text(encoding="utf-8"))
    stale = [entry for entry in equal.values() if entry.key not in {mutant.key for mutant in every}]
    for entry in stale:
        print(f"equal.yaml: {entry.key} {entry.label} is no mutant any more: take it out", file=sys.stderr)
    report = Report.read(given.report)
    report.begin(every, equal)
    chosen = [mutant for mutant in sampled(every, given.one_in) if _is_named(mutant, given.names)]
    if given.again:
        chosen = [mutant for mutant in chosen if mutant.key in report.open]
    tried = [mutant for mutant in chosen if given.doubt or mutant.key not in equal]
    told = Tell(report.put, lambda: report.write(given.report))
    trial = Trial(tried, given.workers, given.longest, told, report.kills())
    code = run(trial, given.judges or list(read_judges((HERE / "judges.txt").read_text(encoding="utf-8"))))
    if trial.faults or code > 1:
        return 2
    report.write(given.report)
    killed = [o.mutant for o in trial.outcomes if o.status == "killed" and o.mutant.key in equal]
    for mutant in killed:
        print(f"equal.yaml: {mutant.key} {mutant.label} is explained as equal, and a test kills it", file=sys.stderr)
    print(*report.survivors(), report.table(), sep="\n")
    return 1 if stale or killed or report.open else 0


def _options(words: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.mutants", description="mutants of the trading core")
    parser.add_argument("names", nargs="*", metavar="NAME", help="module, module.function or key; all unless named")
    parser.add_argument("--judges", nargs="*", help="node ids of tests, in place of judges.txt")
    parser.add_argument("--report", type=Path, default=REPORT, help="the file of results")
    parser.add_argument("--again", action="store_true", help="only those that nobody noticed the last time")
    parser.add_argument("--one-in", type=int, default=1, metavar="N", help="a share of them, evenly over all functions")
    parser.add_argument("--longest", type=float, default=1e9, help="tests that take longer (seconds) do not judge")
    parser.add_argument("--workers", type=int, default=2, help="how many mutants are tried at once")
    parser.add_argument("--doubt", action="store_true", help="try those that are explained as equal, too")
    return parser.parse_args(words)


def sampled(every: Sequence[Mutant], one_in: int) -> list[Mutant]:
    """One of so many, at least one of each function: those of a function are taken by their keys, which say nothing of
    what they change, and each time the same."""
    of: dict[tuple[str, str], list[Mutant]] = {}
    for mutant in every:
        of.setdefault((mutant.module, mutant.function), []).append(mutant)
    chosen = {mutant.key for those in of.values() for mutant in sorted(those, key=lambda m: m.key)[::one_in]}
    return [mutant for mutant in every if mutant.key in chosen]


def _is_named(mutant: Mutant, names: list[str]) -> bool:
    return not names or bool({mutant.module, f"{mutant.module}.{mutant.function}", mutant.key} & set(names))




class Tell:
    """Every outcome goes into the report; for every hundred it is written, and a line on standard error."""

    def __init__(self, put: Callable[[Outcome], None], write: Callable[[], None]) -> None:
        self._put, self._write = put, write
        self._began, self._done, self._open = time.monotonic(), 0, 0

    def __call__(self, outcome: Outcome, left: int) -> None:
        self._put(outcome)
        self._done += 1
        self._open += outcome.status != "killed"
        if self._done % 100 == 0 or not left:
            self._write()
            took = time.monotonic() - self._began
            print(f"{self._done} tried, {self._open} open, {left} left, {took:.0f} s", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(command(sys.argv[1:]))
