"""A session over several symbols: what is pushed event by event is what a backtest of the same bars has."""

from __future__ import annotations

import copy
import pickle
import struct
from typing import Any

import numpy as np
import pytest
import stratagem as sg
from stratagem.runtime.data.panel import Panel
from stratagem.runtime.data.universe import Spell, Universe
from stratagem.runtime.errors import RunError, UsageFault
from stratagem.runtime.machine.snapshot import SnapshotError
from stratagem.runtime.run.events import Event
from stratagem.runtime.run.several.session import SeveralSession
from stratagem.runtime.trading.rows import AT_THE_END, ORDER_COLUMNS

from ...results.several.made import panel as made_panel
from .test_backtest import ENGINES, TEXT

TRADED = ("WHOLE", "LATE", "EARLY", "VIX")
PROGRAM = sg.compile(TEXT + 'alert when cross_above(close, mean) "up at {close}"\nguard drawdown 1% then flatten\n')


def session(**options: Any) -> SeveralSession:
    made = PROGRAM.session(**({"timeframe": "1d", "symbols": TRADED} | options))
    assert isinstance(made, SeveralSession)
    return made


def events_of(panel: Panel) -> list[dict[str, sg.Bar]]:
    """The bars of each event by symbol."""
    events = panel.events
    found = []
    for at in range(len(events)):
        made = {}
        for place in range(events.offsets[at], events.offsets[at + 1]):
            bars, row = panel.bars[events.symbol[place]], events.row[place]
            prices = (float(getattr(bars, name)[row]) for name in ("open", "high", "low", "close", "volume"))
            made[bars.symbol] = sg.Bar(int(bars.ts[row]), *prices)
        found.append(made)
    return found


EVENTS = events_of(made_panel())


def pushed(live: SeveralSession, events: list[dict[str, sg.Bar]] = EVENTS) -> list[Event]:
    return [happened for event in events for happened in live.push(event)]


@pytest.mark.parametrize("engine", ENGINES)
def test_what_is_pushed_is_what_a_backtest_has(engine: str) -> None:
    live, result = session(engine=engine), PROGRAM.backtest(made_panel())
    happened = pushed(live)
    assert live.bars == len(result.output.bars) and live.equity == result.output.equity[-1]
    several, out = result.output.several, result.output
    assert several is not None
    closed = len(out.trades) - out.counters["open_trades"]
    trades = [(event.data["symbol"], event.data["pnl"]) for event in happened if event.kind == "trade"]
    expected = result.trades.slice(0, closed).to_pylist()
    assert trades == [(row["symbol"], row["pnl"]) for row in expected] and len(trades) > 20
    orders = [event.data for event in happened if event.kind == "order"]
    ended = out.orders[:, ORDER_COLUMNS.index("reason")] != AT_THE_END  # those that the end of the data cancelled
    assert sorted(row["order"] for row in orders) == sorted(out.orders[ended, 0].astype(int).tolist())
    for place, symbol in enumerate(TRADED):
        assert live.positions[symbol] == several.held(place)[-1]


def test_events_name_their_symbol_and_alerts_are_each_symbols() -> None:
    happened = pushed(session())
    assert {event.data["symbol"] for event in happened} <= {*TRADED, ""}
    alerts = [event for event in happened if event.kind == "alert"]
    series = PROGRAM.backtest(made_panel()).symbols["LATE"]
    assert {event.data["symbol"] for event in alerts} == set(TRADED)
    late = [event for event in alerts if event.data["symbol"] == "LATE"]
    close, mean = series.bars.close, series.series["mean"]
    crossed = np.flatnonzero((close[1:] > mean[1:]) & ~(close[:-1] > mean[:-1]) & (mean[:-1] == mean[:-1])) + 1
    assert len(late) == len(crossed) and [e.ts for e in late] == series.bars.ts[crossed].tolist()
    decisions = [event.data for event in happened if event.kind == "decision"]
    assert {"order", "statement", "kind", "side", "quantity", "symbol"} <= set(decisions[0])


def test_a_snapshot_goes_on_in_either_engine() -> None:
    whole = session()
    first = pushed(whole, EVENTS[:120])
    kept = whole.snapshot()
    rest = pushed(whole, EVENTS[120:])
    assert first and rest
    for engine in ENGINES:
        other = session(engine=engine)
        other.restore(kept)
        assert pushed(other, EVENTS[120:]) == rest
        assert other.snapshot() == whole.snapshot()
    assert pushed(copy.deepcopy(taken(whole, kept)), EVENTS[120:]) == rest
    assert pushed(pickle.loads(pickle.dumps(taken(whole, kept))), EVENTS[120:]) == rest  # noqa: S301


def taken(live: SeveralSession, kept: bytes) -> SeveralSession:
    live.restore(kept)
    return live


def test_a_snapshot_of_another_session_is_refused() -> None:
    live = session()
    pushed(live, EVENTS[:30])
    kept = live.snapshot()
    for other in (session(symbols=TRADED[:3]), session(fee="0.2%"), session(symbols=[*TRADED[1:], "WHOLE"])):
        before = other.snapshot()
        with pytest.raises(SnapshotError, match="no snapshot of this session"):
            other.restore(kept)
        assert other.snapshot() == before
    for damaged in (kept[:-1], kept[:20], b"", kept[:100] + bytes([kept[100] ^ 1]) + kept[101:]):
        with pytest.raises(SnapshotError):
            session().restore(damaged)


def test_symbols_must_be_said_or_asked() -> None:
    with pytest.raises(UsageFault, match="the program does not say which symbols it trades"):
        SeveralSession(PROGRAM, timeframe="1d")
    on = sg.compile(TEXT.replace('mean"\n', 'mean"\non LATE every 1d\n', 1))
    assert not isinstance(on.session(), SeveralSession)
    with pytest.raises(UsageFault, match="the program says which it trades, `on LATE`"):
        on.session(symbols="WHOLE")


def test_a_universe_is_held_to_the_symbols_as_in_a_backtest() -> None:
    """What lacks a symbol is refused; what is taken of it is told; names are one in upper and lower case."""
    everything = Universe("all", {name: (Spell(),) for name in TRADED})
    assert session(symbols=None, universe=everything).traded == TRADED
    assert session(symbols=TRADED[0].lower(), universe=everything).traded == (TRADED[0],)
    with pytest.raises(UsageFault, match="the universe 'all' holds no symbol 'NONE'"):
        session(symbols=["NONE"], universe=everything)
    with pytest.raises(UsageFault, match="are one"):
        session(symbols=["A", "a"])
    on = sg.compile(TEXT.replace('mean"\n', 'mean"\non LATE, WHOLE every 1d\n', 1))
    assert "traded is what the program names, not the universe all" in on.session(universe=everything).notes[0]
    with pytest.raises(RunError, match="the program trades LATE, WHOLE, and the universe 'one' holds no symbol 'LATE'"):
        on.session(universe=Universe("one", {"WHOLE": (Spell(),)}))


@pytest.mark.parametrize(("bars", "told"), [
    ({}, "`push` takes the bars that closed at one instant by symbol"),
    (sg.Bar("2020-01-01", 1, 1, 1, 1), "`push` takes the bars that closed at one instant by symbol"),
    ({"WHOLL": EVENTS[0]["WHOLE"]}, "the session has no symbol 'WHOLL': did you mean WHOLE?"),
    ({}, "`push` takes the bars that closed at one instant by symbol, as in {\"SPY\": stratagem.Bar(…)}, found none"),
    ({"WHOLE": 3}, "WHOLE: `push` takes a stratagem.Bar"),
    ({"WHOLE": {}}, "WHOLE: `push` takes a stratagem.Bar(ts, open, high, low, close, volume), found {}"),
    ({"WHOLE": sg.Bar("2021-01-01", 1, 2, 3, 4)}, "WHOLE: the bar at 2021-01-01T00:00:00Z is no bar"),
    ({"WHOLE": sg.Bar("2021-01-01", 1, 1, 1, 1), "LATE": sg.Bar("2021-01-02", 1, 1, 1, 1)},
     "the bars of WHOLE and LATE close at 2021-01-02T00:00:00Z and 2021-01-03T00:00:00Z"),
    ({"WHOLE": EVENTS[9]["WHOLE"]}, "WHOLE: a bar at 2020-01-10T00:00:00Z cannot follow"),
    ({"LATE": sg.Bar("2020-01-10", 1, 1, 1, 1)}, "an event at 2020-01-11T00:00:00Z cannot follow the one at"),
])  # fmt: skip
def test_what_cannot_be_an_event_changes_nothing(bars: Any, told: str) -> None:
    live = session()
    pushed(live, EVENTS[:10])
    before = live.snapshot()
    with pytest.raises((RunError, UsageFault)) as caught:
        live.push(bars)
    assert str(caught.value).startswith(told), caught.value
    assert live.snapshot() == before and live.bars == 10


def test_what_it_tells_of_itself() -> None:
    live = session()
    pushed(live, EVENTS[:5])
    assert live.has_run("2020-01-05", "WHOLE") and not live.has_run("2020-01-06", "WHOLE")
    assert not live.has_run("2020-01-05")  # LATE has not begun
    assert set(live.positions) == set(TRADED) and "of 4 symbols, 1d: 5 events" in repr(live)
    with pytest.raises(UsageFault, match="each symbol has its position: positions"):
        _ = live.position
    live.close()
    with pytest.raises(RunError, match="the session is closed"):
        live.push(EVENTS[5])


@pytest.mark.parametrize("place", [0, 1, 3])
@pytest.mark.parametrize("time", [2**62, 2**63 - 1, -(2**63), 0, 10**16])
def test_times_that_no_push_can_have_left_are_refused(place: int, time: int) -> None:
    """Also where the seal is made to fit: the instant of the last event, and when the last bar of each opened."""
    live = session()
    pushed(live, EVENTS[:30])
    kept, times = live.snapshot(), live._times()
    told = list(struct.unpack(f"<{len(times) // 8}q", times))
    told[place] = time
    crafted = struct.pack(f"<{len(told)}q", *told)
    rest = kept[len(times) + len(live._seal(times)) :]
    other = session()
    before = other.snapshot()
    if place and time == 0:
        return  # a first bar of 1970 is possible
    with pytest.raises(SnapshotError, match="the time of its last bars is none"):
        other.restore(crafted + live._seal(crafted) + rest)
    assert other.snapshot() == before


@pytest.mark.parametrize("zone", ["Asia/Tokyo", "America/New_York"])
def test_members_of_daily_bars_are_those_of_their_dates_in_any_zone(zone: str) -> None:
    """Every symbol belongs from its 10th to its 30th day of data on; what a rank enters tells who did."""
    days = [int(bars.ts[0]) // 86_400_000_000 for bars in made_panel()]
    dated = Universe("dated", {name: (Spell(day + 10, day + 30),) for name, day in zip(TRADED, days, strict=True)})
    program = sg.compile(f'assume timezone "{zone}"\nenter long when rank(close) > 0 size 1%\n'
                         "exit long when not (rank(close) > 0)\n")  # fmt: skip
    live = program.session(timeframe="1d", symbols=TRADED, universe=dated)
    equity = []
    for event in EVENTS:
        live.push(event)
        equity.append(live.equity)
    result = program.backtest(made_panel(), symbols=list(TRADED), universe=dated)
    assert equity == result.output.equity.tolist() and result.trades.num_rows


@pytest.mark.parametrize("engine", ["native", "interpreted"])
def test_a_bar_without_a_column_that_is_read_is_told_before_anything_runs(engine: str) -> None:
    """What looks across symbols has not moved on; a symbol that is only read needs no column that is not read of it."""
    program = sg.compile(
        'stratagem 1\nstrategy "s"\non A, B every 1d\nwatch V\nplot rank(sma(close, 2)) as "ranked"\n'
        'enter long when column("mood") > 0 and close of V > 0\n  size 10%\nexit long when column("mood") < 0\n'
    )  # fmt: skip
    closes = {"A": (100.0, 104.0, 90.0), "B": (100.0, 102.0, 110.0), "V": (20.0, 21.0, 22.0)}

    def push(live: Any, day: int, *without: str) -> Any:
        bars = {name: sg.Bar(day * 86_400_000_000, *[prices[day - 1]] * 4, 1.0) for name, prices in closes.items()}
        return live.push(bars, {name: {"mood": 1.0} for name in "AB" if name not in without})

    live, whole = (program.session(symbols=["A", "B"], engine=engine) for _ in range(2))
    for day in (1, 2, 3):
        with pytest.raises(sg.RunError, match="mood"):
            push(live, day, "B")
        assert push(live, day) == push(whole, day)
    assert live.snapshot() == whole.snapshot() and live.positions["A"] > 0.0
