"""The quality gate of a run as values: what was checked of it, what was found, and the verdict in words and as JSON."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ...lang.diagnostics.brief import one_line
from .format import counted

if TYPE_CHECKING:
    from .output import RunOutput

MEANINGS = {
    "capital": "there is capital, above 0, and it buys the least that can be ordered",
    "acts": "the strategy can act: it enters something, and the data have the bars that an entry waits for",
    "opens": "where `assume opens at_once` asks for it, the first position is decided on the first bar it can be",
    "trades": "it traded at least once; if not, which part of which condition never held",
    "orders": "no `enter` or `exit` had every order denied",
    "risk": "of an `enter` that says `risk` alone: not every entry was cut by a guard, which leaves less at risk",
}
"""What each check asks, in the order in which they are told."""


@dataclass(frozen=True, slots=True)
class Check:
    """One check of a run by its name in `MEANINGS`. told: what was found; of a fault a whole sentence."""

    name: str
    passed: bool
    told: str


@dataclass(frozen=True, slots=True)
class GateVerdict:
    """Truthy if every check passed."""

    strategy: str
    symbol: str
    timeframe: str
    bars: int
    checks: tuple[Check, ...]

    def __bool__(self) -> bool:
        return all(check.passed for check in self.checks)

    def __str__(self) -> str:
        return self.text()

    @property
    def faults(self) -> tuple[str, ...]:
        """What did not pass."""
        return faults(self.checks)

    def text(self) -> str:
        """For a person: a line for each check."""
        head = "passed" if self else f"NOT PASSED, {counted(len(self.faults), 'fault')}"
        about = f"{self.symbol} {self.timeframe}, {counted(self.bars, 'bar')}"
        width = max(map(len, MEANINGS))
        lines = [f"  {'ok' if c.passed else 'FAULT':5}  {c.name:{width}}  {one_line(c.told)}" for c in self.checks]
        return "\n".join([f"{one_line(self.strategy)}: gate {head} ({about})", *lines])

    def to_json(self) -> dict[str, Any]:
        """As plain data."""
        checks = [{"check": c.name, "passed": c.passed, "told": c.told, "asks": MEANINGS[c.name]} for c in self.checks]
        return {
            "strategy": self.strategy, "symbol": self.symbol, "timeframe": self.timeframe, "bars": self.bars,
            "passed": bool(self), "checks": checks,
        }  # fmt: skip


def verdict(output: RunOutput) -> GateVerdict:
    """The verdict on a run."""
    bars = output.bars
    return GateVerdict(output.strategy, bars.symbol, str(bars.timeframe), output.tested, output.checks)


def faults(checks: tuple[Check, ...]) -> tuple[str, ...]:
    """What did not pass, in the order of the checks."""
    return tuple(check.told for check in checks if not check.passed)
