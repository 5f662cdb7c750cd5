"""A session tells an order at the bar that decides it, so that a host can send it before it fills."""

from __future__ import annotations

import pickle

import pytest
import stratagem
from stratagem.runtime.errors import RunError
from stratagem.runtime.run.session import Bar

MINUTE = 60_000_000
PROGRAM = """
enter long when close > open size 3 units stop 2% expire 2 bars because "up to {close}"
exit long when close < 50
"""


def bar(index: int, opened: float, closed: float) -> Bar:
    return Bar(index * MINUTE, opened, max(opened, closed) + 1, min(opened, closed) - 1, closed, 1.0)


@pytest.mark.parametrize("engine", ["interpreted", "native"])
def test_a_decision_is_told_when_it_falls_and_the_order_when_it_fills(engine: str) -> None:
    session = stratagem.compile(PROGRAM).session(timeframe="1m", engine=engine)
    assert session.push(bar(0, 100, 99)) == []
    decided = session.push(bar(1, 100, 101))
    assert [(e.kind, e.data["kind"], e.data["side"], e.data["quantity"]) for e in decided] == [
        ("decision", "enter", "long", 3.0)
    ]
    assert decided[0].data["because"] == "up to 101"
    filled = session.push(bar(2, 101, 100.5))
    assert [(e.kind, e.data["status"]) for e in filled] == [("order", "filled")]
    assert filled[0].data["order"] == decided[0].data["order"]


@pytest.mark.parametrize("engine", ["interpreted", "native"])
def test_an_expiry_is_a_decision_too(engine: str) -> None:
    session = stratagem.compile(PROGRAM).session(timeframe="1m", engine=engine)
    session.push(bar(0, 100, 101))
    session.push(bar(1, 101, 100.9))
    told = session.push(bar(2, 100.9, 100.8))
    assert [(e.kind, e.data["kind"], e.data["quantity"]) for e in told] == [("decision", "expire", 3.0)]


@pytest.mark.parametrize("engine", ["interpreted", "native"])
def test_an_order_that_rests_is_told_once_and_again_when_it_moves(engine: str) -> None:
    program = stratagem.compile("enter long when volume > 1 limit 50% valid 9 bars size 3 units")
    session = program.session(timeframe="1m", engine=engine)
    told = [session.push(bar(0, 100, 100)._replace(volume=2.0)), *(session.push(bar(n, 100, 100)) for n in (1, 2))]
    assert [[event.kind for event in each] for each in told] == [["decision"], [], []]
    (moved,) = session.push(bar(3, 100, 90)._replace(volume=2.0))
    assert (moved.kind, moved.data["limit"]) == ("decision", 45.0)


def test_what_waits_of_a_symbol_without_a_bar_is_not_told_again_when_a_guard_acts() -> None:
    program = stratagem.compile("""on A, B
assume capital 1000
enter long A when bar_index == 0 size 3 units
enter long B when bar_index == 0 size 5 units
exit long A when bar_index == 2
guard drawdown 20% then flatten
""")
    session = program.session(timeframe="1m")
    for index in range(3):
        told = session.push({"A": bar(index, 100, 100), "B": bar(index, 100, 100)})
    assert [(e.kind, e.data["symbol"], e.data["kind"]) for e in told] == [("decision", "A", "exit")]
    told = [e for e in session.push({"B": bar(3, 100, 50)}) if e.kind == "decision"]
    assert [(e.data["symbol"], e.data["kind"]) for e in told] == [("A", "guard"), ("B", "guard")]


def test_a_closed_session_takes_no_bar() -> None:
    session = stratagem.compile(PROGRAM).session(timeframe="1m")
    session.push(bar(0, 100, 101))
    session.close()
    with pytest.raises(RunError, match="closed"):
        session.push(bar(1, 100, 101))


def test_a_volume_below_zero_is_no_bar() -> None:
    session = stratagem.compile(PROGRAM).session(timeframe="1m")
    with pytest.raises(RunError, match="no bar"):
        session.push(bar(0, 100, 101)._replace(volume=-1.0))


def test_a_reducing_guard_says_how_much_it_wants_closed() -> None:
    program = stratagem.compile(
        "assume capital 1000\nguard exposure 120% then reduce\nenter short when bar_index == 0 size 10 units\n"
    )
    session = program.session(timeframe="1h")
    events = []
    for hour, price in enumerate((100.0, 100.0, 110.0, 110.0)):
        events += session.push(stratagem.Bar(f"2024-01-01T0{hour}:00", price, price, price, price))
    (decided,) = [e for e in events if e.kind == "decision" and e.data["kind"] == "guard"]
    (done,) = [e for e in events if e.kind == "order" and e.data["kind"] == "guard"]
    assert decided.data["quantity"] == done.data["got"] < 10 and decided.data["side"] == "short"


def test_events_can_be_sent_elsewhere_before_anybody_reads_them() -> None:
    program = stratagem.compile("enter long when bar_index == 0\nexit long when bar_index == 1\n")
    session = program.session(timeframe="1h")
    bars = [stratagem.Bar(f"2024-01-01T0{hour}:00", 100, 101, 99, 100) for hour in range(4)]
    events = [event for bar in bars for event in session.push(bar)]
    assert {"order", "trade", "decision"} <= {event.kind for event in events}
    assert pickle.loads(pickle.dumps(events)) == events  # noqa: S301
