"""A portfolio of strategies live: its data pushed to a session, one event at a time, beside the backtest."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ..calendar.instants import shown
from ..data.policy import KEEP
from ..errors import UsageFault
from ..machine.engines import INTERPRETED
from ..results.output import RunOutput
from ..results.tables import orders_table, trades_table
from ..run.prepare import Prepared
from ..run.session import Bar
from ..run.several.session import SeveralSession
from ..run.strategies.model import Declared
from ..run.strategies.prepare import PreparedPortfolio, Ready
from ..run.strategies.session import PortfolioSession
from .verdict import Difference

LIVE = "interpreted, pushed live"
_ORDER = ("order", "kind", "side", "status", "reason", "time", "asked", "got", "fill_time", "fill_moment", "fill_price",
          "stop", "target", "type", "limit", "trigger")  # fmt: skip
_TRADE = ("side", "quantity", "entry_time", "entry_price", "exit_time", "exit_price", "fees", "pnl", "return", "bars",
          "mae", "mfe", "stop", "target")  # fmt: skip


@dataclass(frozen=True, slots=True)
class PushedLive:
    """What was compared, and the first thing that differed."""

    events: int
    difference: Difference | None


def pushed(
    declared: Declared, prepared: PreparedPortfolio, whole: RunOutput, given: Mapping[str, object]
) -> PushedLive | None:
    """Equity after each event, and every order and trade of each strategy; None where no session does what the data
    do: they warm up first, close at the end, or rest on what a live run cannot have."""
    if whole.first or any(each.prepared.close_at_end for each in prepared.strategies):
        return None
    try:
        session = PortfolioSession(declared, timeframe=_each(prepared, _timeframe), symbols=_each(prepared, _symbols),
                                   engine=INTERPRETED, monitors=False, policy=KEEP, given=given)  # fmt: skip
    except UsageFault:
        return None
    for ready in prepared.strategies:
        if not _alike(ready, session):
            return None
    difference, told = _run(prepared, whole, session)
    strategies = whole.strategies
    assert strategies is not None
    for name, out in zip(strategies.names, strategies.outputs, strict=True):
        difference = difference or _rows(name, out, told)
    return PushedLive(len(whole.equity), difference)


def _each(prepared: PreparedPortfolio, what: Any) -> dict[str, Any]:
    return {each.strategy.name: what(each) for each in prepared.strategies}


def _timeframe(ready: Ready) -> Any:
    prepared = ready.prepared
    return prepared.bars.timeframe if isinstance(prepared, Prepared) else prepared.panel.timeframe


def _symbols(ready: Ready) -> Any:
    prepared = ready.prepared
    return prepared.bars.symbol if isinstance(prepared, Prepared) else list(prepared.symbols)


def _alike(ready: Ready, session: PortfolioSession) -> bool:
    """Whether a live strategy rests on what the one over data does: no catalogue of instruments, no dated universe."""
    prepared, live = ready.prepared, session.session_of(ready.strategy.name)
    if isinstance(prepared, Prepared):
        return live.assumptions == prepared.assumptions and prepared.finer is None
    assert isinstance(live, SeveralSession)
    own = dict(zip(prepared.symbols, prepared.own, strict=True))
    alike = live.assumptions == prepared.assumptions and live.own == own
    return alike and prepared.members is None and not any(prepared.finer)


def _run(
    prepared: PreparedPortfolio, whole: RunOutput, session: PortfolioSession
) -> tuple[Difference | None, dict[tuple[str, str], list[dict[str, Any]]]]:
    """Every event; the first after which equity differs, and the rows that were told, by strategy and kind."""
    feeds = {ready.strategy.name: _feed(ready) for ready in prepared.strategies}
    told: dict[tuple[str, str], list[dict[str, Any]]] = {}
    difference = None
    panel = {name: next(feed, None) for name, feed in feeds.items()}
    for event, expected in enumerate(whole.equity.tolist()):
        instant = min(each[0] for each in panel.values() if each is not None)
        now = {name: each for name, each in panel.items() if each is not None and each[0] == instant}
        bars, extra = ({name: each[part] for name, each in now.items()} for part in (1, 2))
        for happened in session.push(bars, extra):
            if happened.kind in ("order", "trade"):
                told.setdefault((happened.data["strategy"], happened.kind), []).append(dict(happened.data))
        if session.equity != expected and difference is None:
            when = shown(int(whole.bars.ts[event]))
            difference = Difference("equity", "equity", LIVE, "in one piece", event, when, session.equity, expected)
        panel |= {name: next(feeds[name], None) for name in now}
    return difference, told


def _feed(ready: Ready) -> Iterator[tuple[int, Any, Any]]:
    """The events of a strategy: instant, bars, and further columns."""
    prepared = ready.prepared
    if isinstance(prepared, Prepared):
        for row, close in enumerate(prepared.bars.closes.tolist()):
            yield close, *_bar(prepared.bars, row)
        return
    panel = prepared.panel
    events = panel.events
    for event, instant in enumerate(events.instants.tolist()):
        members = range(int(events.offsets[event]), int(events.offsets[event + 1]))
        found = {panel.symbols[int(events.symbol[at])]: _bar(panel.bars[int(events.symbol[at])], int(events.row[at]))
                 for at in members}  # fmt: skip
        yield instant, {name: each[0] for name, each in found.items()}, {name: each[1] for name, each in found.items()}


def _bar(bars: Any, row: int) -> tuple[Bar, dict[str, float]]:
    prices = (float(getattr(bars, name)[row]) for name in ("open", "high", "low", "close", "volume"))
    return Bar(int(bars.ts[row]), *prices), {name: float(column[row]) for name, column in bars.extra.items()}


def _rows(name: str, out: RunOutput, told: Mapping[tuple[str, str], list[dict[str, Any]]]) -> Difference | None:
    """Orders by their numbers, and trades in the order of time; what the end of the data brought about apart."""
    for kind, columns, table in (("order", _ORDER, orders_table(out)), ("trade", _TRADE, trades_table(out))):
        reason = "reason" if kind == "order" else "exit_reason"
        expected = sorted(_key(row, columns) for row in _plain(table) if row[reason] != "end")
        found = sorted(_key(row, columns) for row in told.get((name, kind), []))
        if found != expected:
            apart = next((pair for pair in zip(found, expected, strict=False) if pair[0] != pair[1]), None)
            one, two = apart if apart is not None else (str(len(found)), str(len(expected)))
            what = f"{kind} of {name}: {one} and {two}"[:300]
            return Difference(kind, what, LIVE, "in one piece", 0, "", float(len(found)), float(len(expected)))
    return None


def _plain(table: Any) -> list[dict[str, Any]]:
    """Rows with their times in µs."""
    import pyarrow as pa

    columns = {
        name: (table.column(name).cast(pa.int64()) if pa.types.is_timestamp(table.column(name).type)
               else table.column(name)).to_pylist() for name in table.column_names
    }  # fmt: skip
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def _key(row: Mapping[str, Any], columns: tuple[str, ...]) -> str:
    """The columns of a row as text that floats come back from to the last bit."""
    return repr([f"{row[columns[0]]!s:>9}", *(row[name] for name in columns[1:])])
