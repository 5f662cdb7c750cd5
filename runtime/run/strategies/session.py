"""A live run of several strategies in one portfolio: the bars of one event at a time, and the limits over all of them.

Each strategy is a session of its own; what a backtest does with the limits at an event is done here by the same code.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from threading import Lock
from typing import TYPE_CHECKING, Any, cast

from ....lang.diagnostics.brief import brief, named
from ....lang.diagnostics.suggest import nearest
from ...calendar import Calendar
from ...calendar.instants import shown
from ...data.bars import NAMELESS
from ...errors import RunError, UsageFault
from ...limits import Meter, metered
from ...machine.snapshot import SnapshotError
from ...results.format import counted
from ..events import Event
from ..session import BEFORE, Session
from ..several.said import asked_for
from ..several.session import SeveralSession
from . import kept
from .live import Live, LiveAlone, LiveSharing
from .oversee import Overseer
from .prepare import allowed, assumed_of, capital_of, of, one_currency, over, zone_of
from .shares import capitals

if TYPE_CHECKING:
    from .model import Declared, Strategy

_MAGIC = b"STRATAGEM STRATEGIES\n"
_DIGEST = 32


class PortfolioSession:
    """Several strategies with shares of one capital, running live.

    Threads may share it: each event runs whole, in the order in which it is pushed.
    """

    meter: Meter | None = None

    def __init__(
        self, declared: Declared, *, timeframe: object, symbols: object, engine: str, monitors: bool,
        given: Mapping[str, object], policy: str = "fail",
    ) -> None:  # fmt: skip
        """timeframe, symbols: for all, or by strategy. given: assumptions over all that is said."""
        self._lock = Lock()
        self._given = {"timeframe": timeframe, "symbols": symbols, "engine": engine, "monitors": monitors,
                       "policy": policy, "given": dict(given)}  # fmt: skip
        self.capital = capital_of(given.get("capital", declared.capital))
        given = {name: value for name, value in given.items() if name != "capital"}
        own, cash = capitals([each.share for each in declared.strategies], self.capital)
        self.declared, self.notes = declared, [
            note for each, part in zip(declared.strategies, own, strict=True) for note in over(each, part, given)
        ]  # fmt: skip
        frames = _by_strategy("timeframe", timeframe, declared)
        named_here = _by_strategy("symbols", symbols, declared)
        self._strategies: dict[str, Live] = {}
        for each, part in zip(declared.strategies, own, strict=True):
            frame = each.options.get("timeframe", frames.get(each.name))
            made = {"timeframe": frame, "engine": engine, "monitors": monitors, "policy": policy}
            self._strategies[each.name] = _live(each, part, given, named_here.get(each.name), made)
        every = {name: each.session for name, each in self._strategies.items()}
        assumptions = {name: each.assumptions for name, each in every.items()}
        one_currency(assumptions)
        zone = zone_of(declared, assumptions)
        self._needs_symbols()
        lengths = {each.timeframe: each.timeframe.seconds for each in every.values()}
        self._shortest = min(lengths.values()) * 1_000_000 if len(lengths) > 1 else 0
        self._calendar = Calendar(zone, daily=all(not frame.intraday for frame in lengths))
        self._overseer = Overseer(tuple(self._strategies.values()), declared.limits, cash, self.capital,
                                  declared.parts, declared.rebalance)  # fmt: skip
        self._instant, self._number, self._closed = BEFORE, 0, False

    def _needs_symbols(self) -> None:
        """UsageFault where a limit counts by symbol, and nobody says which one a strategy trades."""
        if any(limit.measure == "position" for limit in self.declared.limits):
            for name, each in self._strategies.items():
                if any(holding.symbol.lower() in NAMELESS for holding in each.holdings):
                    raise UsageFault(f"the limit on position counts by symbol, and {named(name)} does not say which "
                                     f'it trades: symbols={{"{name}": "AAPL"}}')  # fmt: skip

    def __repr__(self) -> str:
        told = f"{'closed, ' * self._closed}{counted(self._number, 'event')}"
        names = ", ".join(self._strategies)
        return f"<PortfolioSession {self.declared.title!r} of {names}: {told}, equity {self.equity:,.2f}>"

    # --- running -----------------------------------------------------------------------------------------

    def push(self, bars: Mapping[str, Any], extra: Mapping[str, Any] | None = None) -> list[Event]:
        """Run one event: by strategy the bar that closed, of one of several symbols its bars by symbol; all of one
        instant. Gives what happened, strategy by strategy; each event says whose it is in `data["strategy"]`.

        extra: by strategy, what `push` of its session takes. RunError, and nothing has run, for what cannot follow.
        """
        with self._lock:
            self.meter, found = metered(self.meter, lambda: self._push(bars, {} if extra is None else extra))
            return found

    def _push(self, bars: object, extra: object) -> list[Event]:
        if self._closed:
            raise RunError("the session is closed: restore its snapshot in a new one to go on")
        members, instant, label = self._ready(bars, extra)
        overseer, number = self._overseer, self._number
        today = int(self._calendar.day_number(label))
        overseer.event(number, instant, today if overseer.day is None else max(today, overseer.day), members)
        self._instant, self._number = instant, number + 1
        found: list[Event] = []
        for name, each in self._strategies.items():
            found += [_of(name, event) for event in each.told(label)]
            each.transfers.clear()
        acts, overseer.acts = overseer.acts, []
        overseer.steps.clear()
        return found + [
            Event("limit", label, {
                "limit": act.limit.measure, "level": act.limit.level, "what": act.what, "reading": act.reading,
                "strategy": act.strategy or None, "orders": act.orders,
            }) for act in acts
        ]  # fmt: skip

    def _ready(self, bars: object, extra: object) -> tuple[list[Live], int, int]:
        """Who has a bar, when the event is, and its label; nothing has run."""
        if not isinstance(bars, Mapping) or not bars:
            given = "none" if isinstance(bars, Mapping) else brief(bars)
            first = next(iter(self._strategies))
            raise UsageFault("`push` takes the bars that closed at one instant by strategy, as in "
                             f'{{"{first}": stratagem.Bar(…)}}, found {given}')  # fmt: skip
        if not isinstance(extra, Mapping):
            raise UsageFault(f"`extra` is a mapping of strategies to what each one's bars have besides, found "
                             f"{brief(extra)}")  # fmt: skip
        for name in (*bars, *extra):
            self._known(name)
        for each in self._strategies.values():
            each.idle()
        found = {name: self._ready_one(name, bars[name], extra.get(name)) for name in self._strategies if name in bars}
        (first, (instant, _)), *others = found.items()
        for name, (other, _) in others:
            if other != instant:
                raise RunError(f"the bars of {first} and {name} close at {shown(instant)} and {shown(other)}: push "
                               "what closes at one instant together, and the earlier first")  # fmt: skip
        if instant <= self._instant:
            raise RunError(f"an event at {shown(instant)} cannot follow the one at {shown(self._instant)}: push all "
                           "bars that close at one instant together")  # fmt: skip
        label = instant - self._shortest if self._shortest else min(opened for _, opened in found.values())
        return [self._strategies[name] for name in found], instant, label

    def _ready_one(self, name: str, bars: object, extra: object) -> tuple[int, int]:
        try:
            return self._strategies[name].ready(bars, extra)
        except (RunError, UsageFault) as error:
            raise of(name, error) from None

    def _known(self, name: object) -> None:
        if not isinstance(name, str) or name not in self._strategies:
            near = nearest(name, self._strategies) if isinstance(name, str) else None
            way_on = f"did you mean {near}?" if near else f"there are {', '.join(self._strategies)}"
            raise UsageFault(f"the session has no strategy {brief(name)}: {way_on}")

    def close(self) -> None:
        """End the session; nothing is written, a snapshot is the caller's to take."""
        with self._lock:
            for each in self._strategies.values():
                each.session.close()
            self._closed = True

    # --- stopping and going on ---------------------------------------------------------------------------

    def snapshot(self) -> bytes:
        """Everything the rest of the run depends on, checksummed; either engine goes on from it."""
        with self._lock:
            return self._snapshot()

    def _snapshot(self) -> bytes:
        overseer, limits = self._overseer, list(self.declared.limits)
        parts = [each.session.snapshot() for each in self._strategies.values()]
        head = json.dumps({
            "instant": self._instant, "number": self._number, "day": overseer.day,
            "high": overseer.water.high.hex(), "begin": overseer.water.day.hex(),
            "capital": overseer.water.capital.hex(), "cash": overseer.cash.hex(),
            "tripped": sorted(limits.index(limit) for limit in overseer.tripped),
            "strategies": [each.waits for each in self._strategies.values()], "sizes": [len(part) for part in parts],
        }).encode()  # fmt: skip
        body = len(head).to_bytes(8, "little") + head + b"".join(parts)
        return _MAGIC + self._digest(body) + body

    def _digest(self, body: bytes) -> bytes:
        """A hash of a body and of what it rests on beside the strategies' own."""
        declared = self.declared
        told = [(each.name, str(each.share)) for each in declared.strategies]
        limits = [str(limit) for limit in declared.limits]
        rests = json.dumps([told, limits, declared.rebalance, float(self.capital).hex()]).encode()
        return hashlib.sha256(rests + body).digest()

    def restore(self, content: bytes) -> None:
        """Go on from a snapshot; SnapshotError, and nothing has changed, if it is damaged or of another session."""
        if not isinstance(content, bytes | bytearray):
            raise UsageFault(f"a snapshot is the bytes that `snapshot()` gave, found {brief(content)}")
        content, start = bytes(content), len(_MAGIC) + _DIGEST
        body = content[start:]
        if not content.startswith(_MAGIC) or content[len(_MAGIC) : start] != self._digest(body):
            raise SnapshotError("no snapshot of this session: it is damaged, or was made with other strategies, shares "
                                "or limits")  # fmt: skip
        with self._lock:
            before = self._snapshot()
            try:
                self._take_over(body)
            except SnapshotError:
                self._take_over(before[start:])
                raise
            except (ValueError, KeyError, TypeError, IndexError):
                self._take_over(before[start:])
                raise SnapshotError("no snapshot of this session: its head is none") from None

    def _take_over(self, body: bytes) -> None:
        head, rest = kept.head_of(body)
        limits, overseer = self.declared.limits, self._overseer
        tripped = {limits[kept.count(place)] for place in head["tripped"]}
        for each, waits, length in zip(self._strategies.values(), head["strategies"], head["sizes"], strict=True):
            each.session.restore(rest[: kept.count(length)])
            each.wait_as(waits)
            rest = rest[length:]
        self._instant, self._number = kept.instant(head["instant"]), kept.count(head["number"])
        overseer.day = None if head["day"] is None else kept.whole(head["day"])
        overseer.water.high, overseer.water.day = kept.money(head["high"]), kept.money(head["begin"])
        overseer.water.capital, overseer.cash = kept.money(head["capital"]), kept.money(head["cash"])
        overseer.tripped = tripped
        overseer.acts = []

    def __reduce__(self) -> tuple[Any, ...]:
        """A copy, shallow or deep, and a session unpickled go on from here on their own."""
        return _taken_up, (self.declared, self._given, self.snapshot(), self._closed, self.meter)

    # --- reading -----------------------------------------------------------------------------------------

    def session_of(self, name: str) -> Session:
        """The session that a strategy is, to look at: its bars are pushed to all of them."""
        self._known(name)
        return self._strategies[name].session

    @property
    def events(self) -> int:
        """Events run so far."""
        return self._number

    @property
    def equity(self) -> float:
        """Of the portfolio: the cash that is nobody's, then the equity of each strategy."""
        return sum((each.equity for each in self._strategies.values()), self._overseer.cash)

    @property
    def cash(self) -> float:
        """What no strategy has."""
        return self._overseer.cash

    @property
    def equities(self) -> dict[str, float]:
        """Of each strategy."""
        return {name: each.equity for name, each in self._strategies.items()}

    @property
    def positions(self) -> dict[str, Any]:
        """Of each strategy the signed quantity, of one of several symbols that of each."""
        return {name: each.session.positions if isinstance(each.session, SeveralSession) else each.session.position
                for name, each in self._strategies.items()}  # fmt: skip


def _live(
    strategy: Strategy, capital: float, given: Mapping[str, object], symbols: object, made: dict[str, Any]
) -> Live:  # fmt: skip
    """A strategy at its beginning."""
    name = strategy.name
    program, assumed = assumed_of(strategy, capital, given)
    if "instruments" in strategy.options:
        raise UsageFault(f"{name}: instruments are of data, and a live session has none: say tick, lot and costs of it "
                         "in `assume`")  # fmt: skip
    wanted = symbols if symbols is not None else strategy.options.get("symbols", strategy.options.get("symbol"))
    universe = strategy.options.get("universe")
    one = isinstance(wanted, str) and len(asked_for(wanted)) == 1
    several = program.is_several or universe is not None or (wanted is not None and not one)
    try:
        if several:
            session = SeveralSession(program, strategy.params, symbols=cast("Any", wanted), universe=universe,
                                     assumptions=assumed, **made)  # fmt: skip
            allowed(name, session.assumptions)
            return LiveSharing(name, session)
        alone = Session(program, strategy.params, assumptions=assumed, **made)
    except (RunError, UsageFault) as error:
        raise of(name, error) from None
    allowed(name, alone.assumptions)
    own = program.plan.symbols[0] if program.plan.symbols else next(iter(NAMELESS))
    return LiveAlone(name, alone, str(wanted) if wanted is not None else own)


def _by_strategy(what: str, given: object, declared: Declared) -> dict[str, Any]:
    """What is given for each strategy, or for all of them."""
    names = [each.name for each in declared.strategies]
    if not isinstance(given, Mapping):
        return dict.fromkeys(names, given) if given is not None else {}
    for name in given:
        if name not in names:
            near = nearest(name, names) if isinstance(name, str) else None
            raise UsageFault(f"{what}: there is no strategy {brief(name)}: "
                             + (f"did you mean {near}?" if near else f"there are {', '.join(names)}"))  # fmt: skip
    return dict(given)


def _of(strategy: str, event: Event) -> Event:
    """An event with its strategy."""
    told: Callable[[], Mapping[str, Any]] = lambda: {"strategy": strategy, **event.data}  # noqa: E731
    return Event(event.kind, event.ts, told)


def _taken_up(
    declared: Declared, given: dict[str, Any], content: bytes, closed: bool, meter: Meter | None = None
) -> PortfolioSession:  # fmt: skip
    """A session at the place of another."""
    session = PortfolioSession(replace(declared), **given)
    session.restore(content)
    session._closed, session.meter = closed, meter
    return session
