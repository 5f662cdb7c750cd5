"""A portfolio of strategies live: worked by hand, from snapshots at every event, and what it refuses."""

from __future__ import annotations

import copy
from typing import Any

import pytest
import stratagem as sg

FOLLOW = """stratagem 1
strategy "Follow"
param n = 5
enter long when close > open
  size n units
exit long when close < open
"""
A = [(100, 110, 100, 110), (110, 112, 110, 112), (112, 112, 90, 90), (91, 95, 91, 95), (96, 100, 96, 100)]
B = [(100, 100, 100, 100), (100, 104, 100, 104), (104, 106, 104, 106), (106, 108, 106, 108), (108, 108, 108, 108)]
WORKED = [
    ({}, [1000, 1010, 906, 917, 937]),
    ({"drawdown": "10% then flatten"}, [1000, 1010, 906, 911, 911]),
    ({"exposure": "60%"}, [1000, 1010, 900, 911, 911]),
]


def both(limits: dict[str, str], **more: Any) -> Any:
    program = sg.compile(FOLLOW)
    told = {
        "a": {"program": program, "share": "60%", **more},
        "b": {"program": program, "share": "40%", "params": {"n": 3}},
    }
    return sg.portfolio(told, capital=1000, limits=limits)


def day(number: int, prices: tuple[float, ...]) -> sg.Bar:
    return sg.Bar(f"2024-01-0{number + 1}", *prices, 1.0)


def event(number: int) -> dict[str, sg.Bar]:
    return {"a": day(number, A[number]), "b": day(number, B[number])}


@pytest.mark.parametrize("engine", ["interpreted", "native"])
@pytest.mark.parametrize(("limits", "worked"), WORKED)
def test_worked_by_hand(engine: str, limits: dict[str, str], worked: list[float]) -> None:
    session = both(limits).session(timeframe="1d", engine=engine)
    told = []
    found = []
    for number in range(5):
        told.append(session.push(event(number)))
        found.append(session.equity)
    assert found == pytest.approx(worked) and session.events == 5
    assert session.equity == sum(session.equities.values())
    acts = [[(e.data["limit"], e.data["what"], e.data["strategy"]) for e in each if e.kind == "limit"] for each in told]
    denied = [[e.data["strategy"] for e in each if e.kind == "order" and e.data["reason"] == "portfolio"
               and e.data["status"] == "denied"] for each in told]  # fmt: skip
    if "drawdown" in limits:
        assert acts == [[], [], [("drawdown", "flatten", None)], [], []]
        left = [(e.data["strategy"], e.data["exit_price"]) for e in told[3] if e.kind == "trade"]
        assert left == [("a", 91.0), ("b", 106.0)] and session.positions == {"a": 0.0, "b": 0.0}
    elif limits:
        assert denied == [[], ["b"], [], ["a"], ["a"]]
        assert acts == [[("exposure", "deny", name) for name in each] for each in denied]
    else:
        assert not any(acts) and not any(denied)


@pytest.mark.parametrize("limits", [limits for limits, _ in WORKED])
def test_it_goes_on_from_a_snapshot_of_any_event_in_either_engine(limits: dict[str, str]) -> None:
    portfolio = both(limits)
    session = portfolio.session(timeframe="1d")
    kept, told = [], []
    for number in range(5):
        kept.append(session.snapshot())
        told.append(session.push(event(number)))
    for number in range(5):
        again = portfolio.session(timeframe="1d", engine="native" if number % 2 else "interpreted")
        again.restore(kept[number])
        beside = copy.deepcopy(again)
        for later in range(number, 5):
            assert again.push(event(later)) == told[later]
            assert beside.push(event(later)) == told[later]
        assert again.equity == beside.equity == session.equity
    other = both({"drawdown": "11% then flatten"}).session(timeframe="1d")
    before = other.snapshot()
    for wrong in (kept[2], kept[2][:-1], b"", kept[2][:40] + b"0" + kept[2][41:]):
        with pytest.raises(sg.SnapshotError):
            other.restore(wrong)
    assert other.snapshot() == before


def test_strategies_of_several_symbols_and_of_other_timeframes_are_verified_live() -> None:
    """Where the drawdown is reached, a bar of two hours is under way: it leaves at the open after it."""
    import numpy as np

    def data(closes: list[float], minutes: int) -> dict[str, Any]:
        close = np.array(closes, dtype=float)
        ts = np.datetime64("2024-01-01", "us") + np.arange(len(close)) * np.timedelta64(minutes, "m")
        return {"ts": ts, **dict.fromkeys(("open", "high", "low", "close"), close), "volume": np.ones(len(close))}

    hold = sg.compile("strategy \"Hold\"\nassume fee 0.1%\nenter long when close > 1\n  size 60%\n  stop 30%")
    pair = sg.compile('stratagem 1\nstrategy "Pair"\non X, Y every 1h\nrebalance when close > 1\n  weight 40%\n')
    walk = [100, 101, 102, 103, 60, 61, 62, 63, 59, 70, 71, 72]
    told = {
        "long": {"program": hold, "data": data([50, 60, 80, 70, 90, 85], 120)},
        "pair": {"program": pair, "data": {"X": data(walk, 60), "Y": data(walk[::-1], 60)}},
        "short": {"program": hold, "data": data(walk, 60)},
    }
    for limits in ({"drawdown": "9% then flatten"}, {"exposure": "95%", "daily_loss": "5% then halt"}):
        made = sg.portfolio(told, capital=9000, limits=limits)
        verdict = made.verify()
        assert verdict, verdict.text()
        assert verdict.checked[0].run == "interpreted, pushed live" and verdict.checked[0].bars == 12
        assert len(made.backtest().limits) > 0


def test_with_the_monitors_a_decision_brings_its_limits_and_whose_it_is() -> None:
    session = both({"exposure": "60%"}).session(timeframe="1d", monitors=True)
    told = [event_ for number in range(2) for event_ in session.push(event(number))]
    first = next(e for e in told if e.kind == "decision")
    assert first.data["strategy"] == "a" and first.data["limits"][0]["guard"] == "exposure"
    assert first.data["limits"][0]["after"] == pytest.approx(550 / 600)
    denied = next(e for e in told if e.kind == "order" and e.data["status"] == "denied")
    own = denied.data["limits"][0]  # its own guard had room: the portfolio had none
    assert (own["verdict"], own["asked"], own["after"]) == ("fits", pytest.approx(312 / 400), 0.0)
    assert {e.data["strategy"] for e in told if e.kind == "monitor"} == {"a", "b"}


def test_what_it_refuses() -> None:
    portfolio = both({})
    session = portfolio.session(timeframe={"a": "1d", "b": "1d"})
    for bars, told in (
        ({}, "takes the bars that closed at one instant by strategy"),
        ({"c": day(0, A[0])}, "no strategy 'c': there are a, b"),
        ({"a": day(0, A[0]), "b": day(1, B[1])}, "the bars of a and b close at"),
        ({"a": sg.Bar("2024-01-01", 1, 1, 2, 1)}, "a: the bar at"),
        ({"a": {"X": day(0, A[0])}}, "a: `push` takes a stratagem.Bar"),
    ):  # fmt: skip
        with pytest.raises(sg.RunError, match=told):
            session.push(bars)
    session.push({"b": day(0, B[0])})
    assert session.events == 1 and session.positions == {"a": 0.0, "b": 0.0}
    with pytest.raises(sg.RunError, match="cannot follow the one at"):
        session.push({"a": day(0, A[0])})
    session.close()
    with pytest.raises(sg.RunError, match="closed"):
        session.push(event(1))
    with pytest.raises(sg.RunError, match="does not say which it trades"):
        both({"position": "20%"}).session(timeframe="1d")
    assert both({"position": "20%"}).session(timeframe="1d", symbols={"a": "A", "b": "B"}).events == 0
    with pytest.raises(sg.RunError, match="timeframe: there is no strategy 'c'"):
        portfolio.session(timeframe={"c": "1d"})
    with pytest.raises(sg.RunError, match="timeframe"):
        portfolio.session()
