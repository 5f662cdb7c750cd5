"""`verify` for several strategies in one portfolio: each of them as ever, and the portfolio in every way it is run."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from ...lang.diagnostics.brief import one_line
from ..calendar.instants import shown
from ..given import ENGINES
from ..machine.engines import NATIVE
from ..progress import stage
from ..results.format import counted
from ..results.output import RunOutput
from ..run.prepare import Prepared
from ..run.strategies.backtest import Portfolio
from ..run.strategies.model import Declared
from ..run.strategies.prepare import PreparedPortfolio, Ready, prepare
from ..trading.rows import ORDER_COLUMNS, TRADE_COLUMNS
from .check import check
from .draw import Effort
from .named_values import NamedValues
from .pushed import LIVE, pushed
from .verdict import Checked, Difference, Verdict

PIECES, EVENTS = "in one piece", "event by event"
_ROWS = {"trades": TRADE_COLUMNS, "orders": ORDER_COLUMNS}


@dataclass(frozen=True, slots=True)
class PortfolioVerdict:
    """Truthy if everything was equal. strategies: the verdict on each by its name. checked: ways of running all."""

    portfolio: str
    events: int
    strategies: Mapping[str, Verdict]
    checked: tuple[Checked, ...]
    difference: Difference | None = None

    def __bool__(self) -> bool:
        return self.difference is None and all(self.strategies.values())

    def __str__(self) -> str:
        return self.text()

    def text(self) -> str:
        """For a person: each strategy, then the portfolio."""
        lines = [line for verdict in self.strategies.values() for line in verdict.text().splitlines()]
        head = "equal to the last bit" if self.difference is None else "NOT EQUAL"
        what = f"orders, trades, equity and cash of {counted(self.events, 'event')}"
        width = max((len(each.run) for each in self.checked), default=0)
        lines += [f"{one_line(self.portfolio)}: {head}: {what}"]
        lines += [f"  {each.run:{width}}  {each.text()}" for each in self.checked]
        return "\n".join(lines if self.difference is None else [*lines, "", self.difference.text()])

    def to_json(self) -> dict[str, Any]:
        """As plain data; a missing value is "na"."""
        difference = None if self.difference is None else asdict(self.difference)
        for name in ("found", "expected"):
            if difference is not None and difference[name] is not None and difference[name] != difference[name]:
                difference[name] = "na"
        return {
            "portfolio": self.portfolio, "equal": bool(self), "events": self.events,
            "strategies": {name: verdict.to_json() for name, verdict in self.strategies.items()},
            "checked": [asdict(each) for each in self.checked], "difference": difference,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Way:
    """A way of running, what it left, and what it is held against; of both the first `count` events."""

    run: str
    against: str
    found: RunOutput
    expected: RunOutput
    count: int


def verify_portfolio(
    declared: Declared, data: object, *, seed: int, effort: Effort, period: dict[str, Any],
    given: Mapping[str, object], options: dict[str, Any],
) -> PortfolioVerdict:  # fmt: skip
    """Every strategy as `verify` does alone with its share, and the portfolio in both engines, in one piece and event
    by event, each strategy that no limit touched beside itself alone, and with history cut off."""
    prepared = prepare(declared, data, period, given, options)
    each = {ready.strategy.name: _strategy(ready, seed, effort) for ready in prepared.strategies}
    stage("verifying the portfolio")
    whole = Portfolio(prepared, NATIVE).run(0.0)
    checked: list[Checked] = []
    difference = None
    cuts = (
        (label, prepare(declared, data, {**period, "to": label, "close_at_end": False}, given, options))
        for label in _labels(whole)
    )
    live = pushed(declared, prepared, whole, given)
    if live is not None:
        checked.append(Checked(LIVE, live.events, 1, ""))
        difference = live.difference
    for way in (*_ways(prepared, whole), *_alone(prepared, whole), *_cut(whole, cuts)):
        checked.append(Checked(way.run, way.count, 1, ""))
        difference = difference or _different(way)
    return PortfolioVerdict(declared.title, len(whole.equity), each, tuple(checked), difference)


def _strategy(ready: Ready, seed: int, effort: Effort) -> Verdict:
    """The verdict on a strategy alone."""
    program, prepared = ready.program, ready.prepared
    if isinstance(prepared, Prepared):
        return check(program, NamedValues(program.typed, True), prepared.noted(), seed, effort, ENGINES, True)
    from .several import check_several

    return check_several(program, prepared, seed, effort, ENGINES, True)


def _ways(prepared: PreparedPortfolio, whole: RunOutput) -> Iterator[_Way]:
    """Both engines, in one piece where no limit is reached, and event by event."""
    for engine in ENGINES:
        for alone, how in ((True, PIECES), (False, EVENTS)):
            if (engine, alone) != (NATIVE, True):
                found = Portfolio(prepared, engine, alone=alone).run(0.0)
                yield _Way(f"{engine}, {how}", f"{NATIVE}, {PIECES}", found, whole, len(whole.equity))


def _alone(prepared: PreparedPortfolio, whole: RunOutput) -> Iterator[_Way]:
    """Each strategy that no limit has touched, beside the backtest of it alone."""
    strategies = whole.strategies
    assert strategies is not None
    for ready, out in zip(prepared.strategies, strategies.outputs, strict=True):
        if out.again is not None:
            running = ready.running(NATIVE, keep_records=False)
            running.again(out.again.prepared.transfers)
            found = running.finished(NATIVE, {}, keep_records=False)
            yield _Way(f"{ready.strategy.name} alone", "in the portfolio", found, out, len(out.equity))


def _labels(whole: RunOutput) -> list[int]:
    """Where history is cut off: after each quarter of the tested events."""
    tested = len(whole.equity) - whole.first
    places = sorted({whole.first + tested * quarter // 4 for quarter in (1, 2, 3)} if tested > 4 else ())
    return [int(whole.bars.ts[place]) for place in places]


def _cut(whole: RunOutput, cuts: Iterator[tuple[int, PreparedPortfolio]]) -> Iterator[_Way]:
    for label, prepared in cuts:
        found = Portfolio(prepared, NATIVE).run(0.0)
        count = int((whole.bars.ts[: len(found.equity)] < label).sum())
        yield _Way(f"cut off at {shown(label)}", "all of the data", found, whole, count)


def _different(way: _Way) -> Difference | None:
    """The first value that differs: of equity and cash the earliest, then of the rows."""
    import numpy as np

    for name in ("equity", "cash"):
        one, two = (np.ascontiguousarray(getattr(out, name)[: way.count]) for out in (way.found, way.expected))
        if len(one) != len(two):
            return _difference(way, "equity", f"{name}: how many events", 0, float(len(one)), float(len(two)))
        apart = np.flatnonzero(one.view(np.int64) != two.view(np.int64))
        if len(apart):
            at = int(apart[0])
            return _difference(way, "equity", name, at, float(one[at]), float(two[at]))
    if way.count < max(len(way.found.equity), len(way.expected.equity)):
        return None
    for kind, columns in _ROWS.items():
        one, two = (np.ascontiguousarray(getattr(out, kind)) for out in (way.found, way.expected))
        if one.shape != two.shape:
            return _difference(way, kind[:-1], f"how many {kind}", 0, float(len(one)), float(len(two)))
        apart = np.flatnonzero(one.view(np.int64) != two.view(np.int64))
        if len(apart):
            row, column = divmod(int(apart[0]), len(columns))
            at = int(one[row, columns.index("index" if kind == "orders" else "exit_index")])
            name = f"{columns[column]} of {kind[:-1]} {row}"
            return _difference(way, kind[:-1], name, at, float(one[row, column]), float(two[row, column]))
    return None


def _difference(way: _Way, kind: str, name: str, at: int, found: float, expected: float) -> Difference:
    ts = way.expected.bars.ts
    when = shown(int(ts[at])) if at < len(ts) else ""
    return Difference(kind, name, way.run, way.against, at, when, found, expected)
