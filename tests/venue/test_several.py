"""Orders at a venue over several symbols: a perfect venue leaves the books of the simulator, and what cannot be."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import pytest
import stratagem as sg
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from stratagem.runtime.data.universe import Spell, Universe
from stratagem.runtime.errors import UsageFault, VenueError
from stratagem.runtime.machine.snapshot import SnapshotError

from ..ledger.draws import ALL, HOUR, RESTING, START, bars, cases
from ..ledger.program import Bar, Program
from ..ledger.text import columns, text
from .perfect_several import PerfectSeveral, differ
from .test_perfect import DRAWN, walked

STRATEGIES = Path(__file__).parents[2] / "strategies"
DAY = 86_400_000_000
PRICES = ("open", "high", "low", "close")
ENGINES = ("interpreted", "native")
FEATURES = DRAWN - {"holes"}
drawn = settings(deadline=None, database=None, suppress_health_check=list(HealthCheck), phases=[Phase.generate])
Drawn = tuple[Program, dict[str, list[Bar]]]


@st.composite
def panels(draw: st.DrawFn) -> Drawn:
    """A program, and bars of two symbols; the second lacks some."""
    program, first = draw(cases(FEATURES))
    second = draw(bars(len(first), FEATURES))
    there = draw(st.lists(st.booleans(), min_size=len(first), max_size=len(first)))
    kept = [replace(bar, time=at.time) for bar, at, is_there in zip(second, first, there, strict=True) if is_there]
    return program, {"A": first, "B": kept}


def faults(case: Drawn, engine: str = "interpreted") -> list[str]:
    program, every = case
    given = {name: values for name, values in columns(program, every["A"]).items() if name not in Bar.__annotations__}
    events: list[dict[str, sg.Bar]] = []
    extras: list[dict[str, dict[str, float]]] = []
    for at, moment in enumerate(bar.time for bar in every["A"]):
        now = {symbol: bar for symbol, own in every.items() for bar in own if bar.time == moment}
        events.append({symbol: sg.Bar(moment, bar.open, bar.high, bar.low, bar.close) for symbol, bar in now.items()})
        extras.append({symbol: {name: values[(at + later * name.startswith("when")) % len(values)]
                                for name, values in given.items()}
                       for later, symbol in enumerate(every) if symbol in now})  # fmt: skip
    said, rests = text(program).replace("stratagem 1\n", "stratagem 1\non A, B every 1h\n"), program.rests
    if "this_close" in said:  # there the first symbol has filled before the next decides, at a venue only afterwards
        return []
    return differ(sg.compile(said), events, extras, HOUR, engine, path=rests.path, bracket=rests.bracket)


@settings(drawn, max_examples=25)
@given(panels())
def test_random_programs(case: Drawn) -> None:
    assert not faults(case)


@pytest.mark.soak
@pytest.mark.parametrize("part", range(10))
def test_random_programs_many_times(part: int) -> None:
    def one(case: Drawn) -> None:
        found = faults(case)
        assert not found, f"{found[:6]}\n{text(case[0])}\n{case[1]}"

    seed(part)(settings(drawn, derandomize=False, max_examples=250)(given(panels())(one)))()


def daily(count: int, symbols: tuple[str, ...]) -> list[dict[str, sg.Bar]]:
    every = {}
    for turn, symbol in enumerate(symbols):
        scale = Random(turn).uniform(0.5, 2.0)
        own = walked(count + 40 * turn, DAY)[40 * turn :]
        every[symbol] = [
            sg.Bar(START // DAY * DAY + at * DAY, *(getattr(bar, name) * scale for name in PRICES))
            for at, bar in enumerate(own)
        ]
    return [{symbol: own[at] for symbol, own in every.items()} for at in range(count)]


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("name", ["rotation", "risk_parity"])
def test_shipped_strategies(name: str, engine: str) -> None:
    events = daily(420, ("SPY", "TLT", "GLD"))
    traded: list[int] = []
    program = sg.compile(STRATEGIES / f"{name}.strat")
    universe = Universe("shares", {name: (Spell(),) for name in ("SPY", "TLT", "GLD")})
    found = differ(program, events, [{}] * len(events), DAY, engine, traded, universe=universe)
    assert not found and sum(traded) > 5


GUARDED = """on A, B every 1d
enter long when bar_index == 0
  size 40%
guard drawdown 10% then flatten
"""


def one(price: float, at: int) -> sg.Bar:
    return sg.Bar(START // DAY * DAY + at * DAY, price, price, price, price)


def filled(session: Any, prices: dict[str, float]) -> list[Any]:
    """Every market order is filled whole."""
    return [event for order in session.orders if order["kind"] == "market"
            for event in session.on_fill(order["id"], order["quantity"], prices[order["symbol"]], fee=0.0)]  # fmt: skip


@pytest.mark.parametrize("engine", ENGINES)
def test_a_guard_of_the_account_orders_out_a_symbol_without_a_bar(engine: str) -> None:
    """40 % of 100,000 each; A falls by a third at an event of its own: 13,333 of 100,000 are lost."""
    session = sg.compile(GUARDED).session(fills="venue", engine=engine)
    session.push({"A": one(100.0, 0), "B": one(50.0, 0)})
    filled(session, {"A": 100.0, "B": 50.0})
    assert session.positions == {"A": 400.0, "B": 800.0} and session.equity == 100_000.0
    asked = [event.data for event in session.push({"A": one(200.0 / 3.0, 1)}) if event.kind == "request"]
    assert [(data["symbol"], data["role"], data["quantity"]) for data in asked] == [
        ("A", "guard", 400.0), ("B", "guard", 800.0),
    ]  # fmt: skip
    filled(session, {"A": 60.0, "B": 45.0})
    assert session.equity == pytest.approx(100_000.0 - 400.0 * 40.0 - 800.0 * 5.0) and not session.orders


def test_a_fill_of_one_symbol_is_money_of_the_others() -> None:
    """What A costs is gone for B, which is decided at the next event: equity 100,000, of which 90 % are held."""
    session = sg.compile("on A, B every 1d\nenter long A when bar_index == 0 size 90%\n"
                         "enter long B when bar_index == 1 size 40%\n").session(fills="venue")  # fmt: skip
    session.push({"A": one(100.0, 0), "B": one(50.0, 0)})
    filled(session, {"A": 100.0})
    told = session.push({"A": one(100.0, 1), "B": one(50.0, 1)})
    asked = [event.data for event in told if event.kind == "request"]
    assert [(data["symbol"], data["quantity"]) for data in asked] == [("B", 200.0)]  # 10 % of 100,000 at 50


def test_ids_and_rows_are_numbered_over_all_symbols() -> None:
    session = sg.compile(GUARDED).session(fills="venue")
    told = session.push({"A": one(100.0, 0), "B": one(50.0, 0)})
    told += [event for order in session.orders for event in session.on_ack(order["id"])]
    life = [event.data for event in told if event.kind == "life"]
    assert [row["seq"] for row in life] == [0, 1, 2, 3] and [row["id"] for row in life] == [0, 1, 0, 1]
    assert [row["symbol"] for row in life] == ["A", "B", "A", "B"]


@pytest.mark.parametrize("engine", ENGINES)
def test_it_goes_on_from_a_snapshot(engine: str) -> None:
    session = sg.compile(GUARDED).session(fills="venue", engine=engine)
    session.push({"A": one(100.0, 0), "B": one(50.0, 0)})
    session.on_fill(0, 100.0, 99.0, fee=1.0, fill="x")
    again = sg.compile(GUARDED).session(fills="venue")
    again.restore(session.snapshot())
    assert again.orders == session.orders and again.snapshot() == session.snapshot()
    for each in (session, again):
        each.on_fill(0, 300.0, 101.0, fee=1.0)
        each.push({"A": one(90.0, 1)})
    assert again.orders == session.orders and again.equity == session.equity
    with pytest.raises(SnapshotError):
        sg.compile(GUARDED).session().restore(session.snapshot())


@pytest.mark.parametrize("desk", ["\ud800", 5, None, {}, "[" * 100_000])
def test_desks_that_no_session_keeps_are_refused(desk: object) -> None:
    session = sg.compile(GUARDED).session(fills="venue", engine="interpreted")
    session.push({"A": one(100.0, 0), "B": one(50.0, 0)})
    before = session.snapshot()
    size = 8 + int.from_bytes(before[:8], "little")
    kept = json.dumps(json.loads(before[8:size]) | {"B": desk}).encode()
    last = len(kept).to_bytes(8, "little") + kept + before[size : size + 24]
    with pytest.raises(SnapshotError, match="the orders at the venue is damaged"):
        session.restore(last + session._seal(last) + before[size + 24 + 32 :])
    assert session.snapshot() == before


def test_what_cannot_be() -> None:
    session = sg.compile(GUARDED).session(fills="venue")
    session.push({"A": one(100.0, 0), "B": one(50.0, 0)})
    before = session.snapshot()
    with pytest.raises(VenueError, match="there is no order 7: expected the id of one that was sent, the last was 1"):
        session.on_ack(7)
    with pytest.raises(UsageFault, match="a price is of one of the symbols traded, symbol='A' for example; found None"):
        session.on_price(100.0)
    with pytest.raises(UsageFault, match="found 'C'"):
        session.on_price(100.0, symbol="C")
    assert session.snapshot() == before
    with pytest.raises(UsageFault, match="this session fills its orders itself"):
        sg.compile(GUARDED).session().on_ack(1)
    plain = sg.compile("on A every 1d\nenter long when close > open\nexit long when close < open\n")
    with pytest.raises(UsageFault, match="this session is of one symbol, A: leave symbol='B' out"):
        plain.session(fills="venue").on_price(100.0, symbol="B")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("atomic when bar_index == 0\n  buy A size 10%\n  sell B size 10%", "`atomic` sets positions together"),
        ("deposit 500 cash monthly", "`deposit` moves money in a simulated account alone"),
        ("assume margin 20%\nassume maintenance 10%", "maintenance is assumed of A: over several symbols a venue"),
    ],
)  # fmt: skip
def test_what_a_venue_cannot_do(line: str, said: str) -> None:
    with pytest.raises(UsageFault, match=said):
        sg.compile(f"{GUARDED}{line}\n").session(fills="venue")


def test_the_perfect_venue_knows_every_symbol() -> None:
    session = sg.compile(GUARDED).session(fills="venue")
    assert list(PerfectSeveral(session).of) == ["A", "B"] and ALL | RESTING > FEATURES
