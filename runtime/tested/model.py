"""What came of the tests of a program, as values; `text` is for people, `to_json` for programs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from math import isnan
from typing import Any

_INSET = "    "
_WIDEST = 60
"""Columns of what a part is called, at most; a longer one has its value on a line of its own."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A part of what was expected with its value there, None where it has none. depth: of the parts it stands in."""

    text: str
    value: float | bool | str | None
    depth: int = 0

    @property
    def plain(self) -> bool:
        """Whether its text says its value: a number as it is written."""
        return self.text.replace("_", "") == told(self.value)


@dataclass(frozen=True, slots=True)
class Expected:
    """One expectation. bar: on which it was looked at, counted from 0, and when that bar opened, as ISO 8601.

    parts: every part of it with its value, what holds a part before it. error: why it could not be looked at.
    """

    text: str
    line: int
    passed: bool
    bar: int | None = None
    time: str = ""
    symbol: str = ""
    parts: tuple[Shown, ...] = ()
    error: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """One test on one engine. error: why its bars could not be run."""

    name: str
    line: int
    engine: str
    expected: tuple[Expected, ...] = ()
    error: str = ""

    @property
    def passed(self) -> bool:
        return not self.error and all(each.passed for each in self.expected)

    @property
    def failed(self) -> tuple[Expected, ...]:
        """The expectations that were not met."""
        return tuple(each for each in self.expected if not each.passed)

    def lines(self) -> Iterator[str]:
        """What is to be told of a test that failed."""
        yield f'  failed: "{self.name}" (line {self.line}, {self.engine})'
        if self.error:
            yield f"{_INSET}{self.error}"
        for each in self.failed:
            yield from _told(each)


@dataclass(frozen=True, slots=True)
class Tested(Sequence[Outcome]):
    """The outcomes of all tests that were run, in the order of the text; true if all have passed."""

    __test__ = False  # of ours, not of pytest's

    file: str
    outcomes: tuple[Outcome, ...]

    def __getitem__(self, index: Any) -> Any:
        return self.outcomes[index]

    def __len__(self) -> int:
        return len(self.outcomes)

    def __bool__(self) -> bool:
        return self.passed

    def __repr__(self) -> str:
        return f"<tests of {self.file}: {self.told()}>"

    @property
    def passed(self) -> bool:
        """Whether every test has passed, which none has failed where there are none."""
        return all(outcome.passed for outcome in self.outcomes)

    def told(self) -> str:
        """How many passed and failed."""
        failed = sum(not outcome.passed for outcome in self.outcomes)
        good = len(self.outcomes) - failed
        return f"{good} passed" + (f", {failed} failed" if failed else "") if self.outcomes else "no tests"

    def text(self) -> str:
        """For a person: a line, and below it every failure with its bar and the value of every part."""
        lines = [f"{self.file}: {self.told()}"]
        for outcome in self.outcomes:
            lines += [] if outcome.passed else outcome.lines()
        return "\n".join(lines)

    def to_json(self) -> dict[str, Any]:
        """As plain data: a missing number is None."""
        tests = [{"name": o.name, "line": o.line, "engine": o.engine, "passed": o.passed, "error": o.error,
                  "expected": [_plain(each) for each in o.expected]} for o in self.outcomes]  # fmt: skip
        return {"file": self.file, "passed": self.passed, "tests": tests}


def told(value: float | bool | str | None) -> str:
    """A value in few characters."""
    if value is None or isinstance(value, str):
        return value or ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return "missing" if isnan(value) else f"{value:.10g}"


def _told(expected: Expected) -> Iterator[str]:
    yield f"{_INSET}line {expected.line}: {expected.text}"
    if expected.error:
        yield f"{_INSET}  {expected.error}"
    if expected.bar is not None:
        of = f" of {expected.symbol}" if expected.symbol else ""
        yield f"{_INSET}  bar {expected.bar}{of}, {expected.time}"
    shown = [part for part in expected.parts if part.value is not None and not part.plain]
    names = [f"{'  ' * part.depth}{part.text}" for part in shown]
    width = max((len(name) for name in names if len(name) <= _WIDEST), default=0)
    for part, name in zip(shown, names, strict=True):
        yield f"{_INSET}    {name.ljust(width)}  {told(part.value)}"


def _plain(expected: Expected) -> dict[str, Any]:
    found = asdict(expected)
    for part in found["parts"]:
        if isinstance(part["value"], float) and isnan(part["value"]):
            part["value"] = None
    return found
