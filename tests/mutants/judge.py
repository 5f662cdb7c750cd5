"""The trial: a pytest plugin that runs the judges once, then against every mutant, each in a process of its own.

The first run tells which lines each test runs and how long it takes. A mutant is then judged by the tests that run
its line, in a fork of this process: nothing is imported or compiled twice, and the first test that fails ends it.
Those go first that are quick, or have killed mutants of its function. Nothing is compiled: the interpreted engine plays
the native one, so a test that holds both to something judges too.
"""

from __future__ import annotations

import gc
import os
import resource
import selectors
import signal
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import Phase, settings
from stratagem.lang.plan.model import Plan
from stratagem.runtime.interpreted.engine import compiled
from stratagem.runtime.machine import engines
from stratagem.runtime.portfolio import machine

from .place import take_place
from .reach import MARKS, Line, Reach
from .rewrite import Mutant

KILLED, SURVIVED, UNREACHED = "killed", "survived", "not reached"
PATIENCE = 20.0  # times as long as a test took
LEAST_PATIENCE, MOST_PATIENCE = 3.0, 120.0  # seconds of the processor
MEMORY = 4 << 30
NO_END, CRASH = " (no end)", " (crash)"


UNPROVEN, OF_MODULE = 0.1, 0.2  # of a mutant of the same function that a test has killed


def count_kill(kills: Counter[tuple[str, str]], module: str, function: str, by: str) -> None:
    """A test (`by`, with how it told) has killed a mutant; none where that is empty."""
    if by:
        name = by.removesuffix(NO_END).removesuffix(CRASH)
        kills[f"{module}.{function}", name] += 1
        kills[module, name] += 1


@dataclass
class Outcome:
    """What became of a mutant."""

    mutant: Mutant
    status: str
    by: str = ""
    """The test that told it from the original; with `(no end)` or `(crash)` where it did so by that."""
    seconds: float = 0.0


@dataclass
class Test:
    """A judge."""

    item: pytest.Item
    seconds: float
    lines: frozenset[Line]

    @property
    def patience(self) -> float:
        """Seconds of the processor after which a mutant is taken to have no end."""
        return self.seconds + min(MOST_PATIENCE, max(LEAST_PATIENCE, PATIENCE * self.seconds))


@dataclass(eq=False)
class Trial:
    """The plugin. `choose` gives the mutants once it is known which lines are run; `told` hears of each outcome."""

    mutants: Sequence[Mutant]
    workers: int = 2
    longest: float = 1e9
    """Tests that take longer do not judge."""
    told: Callable[[Outcome, int], None] = print
    kills: Counter[tuple[str, str]] = field(default_factory=Counter)
    """How many mutants of a function (`MODULE.FUNCTION`), and of a module, a test has killed so far."""
    outcomes: list[Outcome] = field(default_factory=list)
    tests: list[Test] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    _failed: bool = False
    _compiled: bool = False
    """Native code was to be made of what has marks in it: it would be that of the original beside the mutant."""

    def pytest_configure(self) -> None:
        """Hypothesis draws the same examples each time, keeps none and looks for no simpler one."""
        steady = settings.get_profile("steady")
        settings.register_profile("mutants", steady, database=None, phases=[Phase.explicit, Phase.generate])
        settings.load_profile("mutants")
        engines.kernel_of = _interpreted
        engines.Native = engines.Interpreted  # type: ignore[assignment, misc]
        machine.NATIVE = ""  # of several symbols, too

    def pytest_collection_modifyitems(self, config: pytest.Config, items: list[pytest.Item]) -> None:
        unfit = [item for item in items if "native" in item.nodeid or item.get_closest_marker("xfail")]
        self.left_out += [item.nodeid for item in unfit]
        items[:] = [item for item in items if item not in set(unfit)]

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self._failed = self._failed or report.failed
        self._compiled = self._compiled or (report.failed and MARKS in str(report.longrepr))

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        self._first_run(session.items)
        if not self.faults:
            self._try_all()
        return True

    def _first_run(self, items: list[pytest.Item]) -> None:
        reach = Reach()
        reach.begin()
        for place, item in enumerate(items):
            following = items[place + 1] if place + 1 < len(items) else None
            self._failed = self._compiled = False
            began = time.process_time()
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
            took, seen = time.process_time() - began, reach.lines()
            if took > self.longest or self._compiled:
                self.left_out.append(item.nodeid)
            elif self._failed:
                self.faults.append(item.nodeid)
            elif seen:
                self.tests.append(Test(item, took, seen))
        reach.end()
        gc.collect()
        gc.freeze()  # what is there stays, so that a fork copies no page to count it
        self.tests.sort(key=lambda test: test.seconds)

    def judges(self, mutant: Mutant) -> list[Test]:
        """The tests that run the line, those first that are likely to kill it for the time they take."""
        line, place = (mutant.module, mutant.number), f"{mutant.module}.{mutant.function}"

        def dear(test: Test) -> float:
            name = test.item.nodeid
            return test.seconds / (UNPROVEN + self.kills[place, name] + OF_MODULE * self.kills[mutant.module, name])

        return sorted((test for test in self.tests if line in test.lines), key=dear)

    def _try_all(self) -> None:
        waiting = list(reversed(self.mutants))
        running: dict[int, _Child] = {}
        with selectors.DefaultSelector() as selector:
            while waiting or running:
                while waiting and len(running) < self.workers:
                    mutant = waiting.pop()
                    judges = self.judges(mutant)
                    if not judges:
                        self._tell(Outcome(mutant, UNREACHED), len(waiting) + len(running))
                        continue
                    child = self._fork(mutant, judges)
                    running[child.pipe] = child
                    selector.register(child.pipe, selectors.EVENT_READ)
                for key, _ in selector.select(timeout=1.0) if running else ():
                    child = running[key.fd]
                    if child.read():
                        selector.unregister(key.fd)
                        del running[key.fd]
                        self._tell(child.outcome(), len(waiting) + len(running))

    def _tell(self, outcome: Outcome, left: int) -> None:
        self.outcomes.append(outcome)
        count_kill(self.kills, outcome.mutant.module, outcome.mutant.function, outcome.by)
        self.told(outcome, left)

    def _fork(self, mutant: Mutant, judges: list[Test]) -> _Child:
        out, into = os.pipe()
        pid = os.fork()
        if pid == 0:
            os.close(out)
            self._be(mutant, judges, into)
        os.close(into)
        return _Child(mutant, judges, pid, out, time.monotonic())

    def _be(self, mutant: Mutant, judges: list[Test], into: int) -> None:
        """In the child: run as the mutant until a test fails. Ends the process."""
        try:
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, 1)
            os.dup2(nowhere, 2)
            resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
            gc.disable()
            take_place(mutant)
            self._failed = False
            for place, test in enumerate(judges):
                os.write(into, place.to_bytes(4, "big"))
                following = judges[place + 1].item if place + 1 < len(judges) else None
                signal.setitimer(signal.ITIMER_PROF, test.patience)
                test.item.config.hook.pytest_runtest_protocol(item=test.item, nextitem=following)
                if self._failed:
                    os._exit(FAILED)
            os._exit(PASSED)
        except BaseException:
            os._exit(BROKEN)


def _interpreted(plan: Plan, effort: str = "quick", apart: bool = False) -> Callable[..., Any]:
    """The interpreted step where a kernel is asked for."""
    return compiled(plan)


FAILED, PASSED, BROKEN = 10, 11, 12


@dataclass
class _Child:
    """A process that runs as a mutant."""

    mutant: Mutant
    judges: list[Test]
    pid: int
    pipe: int
    began: float
    heard: bytes = b""

    def read(self) -> bool:
        """Hear which test has begun; whether the process has ended."""
        said = os.read(self.pipe, 4096)
        self.heard = (self.heard + said)[-4:] if len(self.heard + said) % 4 == 0 else self.heard + said
        return not said

    def outcome(self) -> Outcome:
        os.close(self.pipe)
        _, status = os.waitpid(self.pid, 0)
        took = time.monotonic() - self.began
        code = os.waitstatus_to_exitcode(status)
        if code == BROKEN:
            raise RuntimeError(f"the mutant could not be run: {self.mutant.label}")
        if code == PASSED:
            return Outcome(self.mutant, SURVIVED, "", took)
        by = self.judges[int.from_bytes(self.heard[-4:], "big")].item.nodeid if self.heard else ""
        how = {FAILED: "", -signal.SIGPROF: NO_END}.get(code, CRASH)
        return Outcome(self.mutant, KILLED, by + how, took)


def run(trial: Trial, judges: Sequence[str]) -> int:
    """The trial with these judges; pytest's exit code (0, or 1 where some had to be left out: they could be run)."""
    options = ["-q", "-s", "-p", "no:cacheprovider", "-p", "no:xdist", "-o", "timeout=0", "--tb=native"]
    return int(pytest.main([*options, *judges], plugins=[trial]))


def read_judges(text: str) -> Iterator[str]:
    """The node ids of a list, without its comments."""
    for line in text.splitlines():
        if line and not line.startswith("#"):
            yield line
