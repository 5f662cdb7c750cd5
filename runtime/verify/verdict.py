"""What `verify` found: every way of running that was compared, and the first value that differed, if any did."""

from __future__ import annotations

import struct
from dataclasses import asdict, dataclass
from typing import Any

from ...lang.diagnostics.brief import one_line
from ..results.format import counted


@dataclass(frozen=True, slots=True)
class Difference:
    """The first value that two runs of the same bars disagree about.

    kind: "node", "order", "trade", "record", "equity" (also cash and quantity), "output" (a signal or alert) or
    "state" (kept, but not seen in any value yet). name: the expression, or the row and its column. run, against:
    the two ways of running; found, expected: what each of them gave, None for a row that is not there.
    file, line, column, source_line: where in the text it is, empty and 0 where it is in no text.
    """

    kind: str
    name: str
    run: str
    against: str
    bar: int
    time: str
    found: float | None
    expected: float | None
    file: str = ""
    line: int = 0
    column: int = 0
    source_line: str = ""

    def text(self) -> str:
        """For a person."""
        width = max(len(self.run), len(self.against)) + 1
        lines = [
            f"{self.name} differs at bar {self.bar} ({self.time})",
            f"  {self.against + ':':{width}} {_number(self.expected)}",
            f"  {self.run + ':':{width}} {_number(self.found)}",
        ]
        if self.line:
            gutter = " " * len(str(self.line))
            lines += [
                f"  --> {one_line(self.file)}:{self.line}:{self.column}",
                f" {gutter} |",
                f" {self.line} | {self.source_line}",
                f" {gutter} | {' ' * (self.column - 1)}^",
            ]
        return "\n".join(lines)


@dataclass(frozen=True, slots=True)
class Checked:
    """One way of running: how many bars of it were compared, in how many parts (windows, chunks, restarts)."""

    run: str
    bars: int
    parts: int
    part: str

    def text(self) -> str:
        return counted(self.bars, "bar") + (f" in {counted(self.parts, self.part)}" if self.part else "")


@dataclass(frozen=True, slots=True)
class Verdict:
    """Truthy if everything was equal.

    nodes: how many values of every bar were compared besides orders, trades, records and equity.
    seed: what the points and windows were drawn from. notes: of the data, as in a result.
    """

    strategy: str
    source_hash: str
    symbol: str
    timeframe: str
    bars: int
    nodes: int
    seed: int
    checked: tuple[Checked, ...]
    difference: Difference | None = None
    notes: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return self.difference is None

    def __str__(self) -> str:
        return self.text()

    def __repr__(self) -> str:
        told = "equal to the last bit" if self else "NOT EQUAL"
        return f"<Verdict {self.strategy!r} {self.symbol} {self.timeframe}: {told}, {counted(self.bars, 'bar')}>"

    def text(self) -> str:
        """For a person: what was compared, and the first difference."""
        what = f"{self.nodes:,} values, orders, trades, monitor records and equity of {counted(self.bars, 'bar')}"
        head = "equal to the last bit" if self else "NOT EQUAL"
        width = max((len(c.run) for c in self.checked), default=0)
        lines = [f"{one_line(self.strategy)}: {head}: {what} (seed {self.seed})"]
        lines += [f"  {c.run:{width}}  {c.text()}" for c in self.checked]
        lines += [one_line(f"note: {note}") for note in self.notes]
        return "\n".join(lines if self.difference is None else [*lines, "", self.difference.text()])

    def to_json(self) -> dict[str, Any]:
        """As plain data; a missing value is "na"."""
        found = asdict(self)
        found["equal"] = bool(self)
        if self.difference is not None:
            for name in ("found", "expected"):
                value = found["difference"][name]
                found["difference"][name] = "na" if value is not None and value != value else value
        return found


def _number(value: float | None) -> str:
    """All digits, and the bits, so that a difference in the last place can be seen."""
    if value is None:
        return "(no such row)"
    if value != value:
        return "na"
    return f"{value!r:<24} (bits {struct.unpack('<Q', struct.pack('<d', value))[0]:016x})"
