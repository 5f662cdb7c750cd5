"""Shares that are set anew, a limit that leaves with a part, and money from outside: worked by hand."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import stratagem as sg
from stratagem.runtime.run.strategies.turns import PERIODS, Due, period_of, shared_out

FOLLOW = """stratagem 1
strategy "Follow"
param n = 5
enter long when close > open
  size n units
exit long when close < open
"""
FLAT = [(100.0, 100.0)] * 4


def days(bars: list[tuple[float, float]], start: str = "2024-01-30", name: str = "") -> dict[str, Any]:
    """Bars of an open and a close."""
    opened, close = (np.array(column, dtype=float) for column in zip(*bars, strict=True))
    ts = np.datetime64(start) + np.arange(len(bars)).astype("timedelta64[D]")
    return {"ts": ts, "open": opened, "high": np.maximum(opened, close), "low": np.minimum(opened, close),
            "close": close, "volume": np.ones(len(bars))}  # fmt: skip


def two(a: list[tuple[float, float]], b: list[tuple[float, float]] = FLAT, *, shares: Any = None, text: str = FOLLOW,
        **more: Any) -> Any:  # fmt: skip
    program = sg.compile(text)
    told = {"a": {"program": program, "data": days(a)}, "b": {"program": program, "data": days(b)}}
    return sg.portfolio(told, shares=shares or {"a": "60%", "b": "40%"}, capital=1000, **more)


RISES = [(100.0, 110.0), (110.0, 120.0), (120.0, 130.0), (130.0, 130.0)]


def test_by_hand_money_moves_before_the_first_event_of_a_month() -> None:
    """5 A at 110 are worth 600 on 31 January: 650 and 400 are 1,050, of which 630 and 420: 20 go from a to b. On 1
    February A makes 50: a grew by 650 / 600 and 680 / 630, the money that left it apart."""
    portfolio = two(RISES, rebalance="monthly")
    result = portfolio.backtest()
    assert result.equity["equity"].to_pylist() == [1000.0, 1050.0, 1100.0, 1100.0]
    strategies = result.output.strategies
    of_each = [[600.0, 650.0, 680.0, 680.0], [400.0, 400.0, 420.0, 420.0]]
    assert [each.tolist() for each in strategies.equities] == of_each
    a, b = (result.strategies[name] for name in "ab")
    assert a.equity["equity"].to_pylist() == [600.0, 630.0, 680.0, 680.0]
    assert a.equity["growth"].to_pylist()[1:3] == pytest.approx([650.0, 650 * 680 / 630])
    assert a.stats["return"] == pytest.approx(650 / 600 * 680 / 630 - 1) and a.stats["net_profit"] == 100.0
    assert b.stats["return"] == 0.0 and b.stats["net_profit"] == 0.0
    rows = [(row["kind"], row["asked"], row["got"], row["status"], row["reason"]) for row in a.flows.to_pylist()]
    assert rows == [("withdraw", 20.0, 20.0, "filled", "portfolio")]
    assert b.flows.to_pylist()[0]["got"] == 20.0 and len(result.flows) == 0
    assert result.stats["return"] == pytest.approx(0.1) and result.stats["net_profit"] == pytest.approx(100.0)
    parts = {row["strategy"]: (row["pnl"], row["moved"]) for row in result.by_strategy.to_pylist()}
    assert parts == {"a": (100.0, -20.0), "b": (0.0, 20.0)}
    assert "shares were set anew 1 time (monthly), 20.00 in all moved" in result.notes
    verdict = portfolio.verify()
    assert verdict, verdict.text()
    assert {"a alone", "b alone", "interpreted, pushed live"} <= {each.run for each in verdict.checked}


@pytest.mark.parametrize("engine", ["interpreted", "native"])
def test_each_strategy_alone_is_still_explained(engine: str) -> None:
    result = two(RISES, rebalance="monthly", text=FOLLOW + "plot equity\n").backtest(engine=engine)
    a = result.strategies["a"]
    why = a.why(at="2024-02-01").bar
    assert (why.readings.equity, why.readings.cash) == (680.0, 30.0)
    assert a.series["equity"].tolist() == [600.0, 650.0, 680.0, 680.0]  # at each close, before the money moved
    assert a.effects.to_pylist()[0]["after"] == pytest.approx(550 / 600)


def test_by_hand_what_is_tied_up_does_not_move_and_the_cash_has_its_part() -> None:
    """At 160 a has 800 in A and 50 free of 850; of 1,250 its share is 750. It gives 50, and b gets 50 of 100."""
    jump = [(100.0, 110.0), (110.0, 160.0), (160.0, 160.0), (160.0, 160.0)]
    result = two(jump, rebalance="monthly").backtest()
    rows = [row for each in "ab" for row in result.strategies[each].flows.to_pylist()]
    assert [(row["asked"], row["got"], row["status"]) for row in rows] == [(100.0, 50.0, "reduced")] * 2
    assert any(note.startswith("a had to give more than was free") for note in result.notes)
    thirds = two(RISES, rebalance="monthly", shares={"a": "60%", "b": "30%"}).backtest()
    assert [each.tolist()[2] for each in thirds.output.strategies.equities] == pytest.approx([680.0, 315.0])
    assert thirds.equity["cash"].to_pylist()[2] == pytest.approx(30.0 + 315.0 + 105.0)
    assert two(RISES, rebalance="yearly").backtest().by_strategy["moved"].to_pylist() == [0.0, 0.0]


def test_money_that_leaves_is_no_loss_of_a_strategy() -> None:
    """A guard on 1 % of drawdown does not see 20 of 650 go."""
    guarded = FOLLOW + "guard drawdown 1% then flatten\nguard loss 1%\n"
    result = two(RISES, rebalance="monthly", text=guarded).backtest()
    assert result.strategies["a"].stats["max_drawdown"] == 0.0 and len(result.trades) == 1
    assert not result.output.counters["guard_trips"]


def test_several_symbols_other_timeframes_and_every_period_are_verified() -> None:
    hold = sg.compile('strategy "Hold"\nassume fee 0.1%\nenter long when close > open\n  size 60%\n  expire 5 bars')
    pair = sg.compile('stratagem 1\nstrategy "Pair"\non X, Y every 1h\nrebalance when close > 1\n  weight 40%\n')
    random = np.random.default_rng(3)

    def data(count: int, minutes: int) -> dict[str, Any]:
        close = 100 * np.cumprod(1 + random.normal(0, 0.03, count))
        found = days(list(zip(np.concatenate([close[:1], close[:-1]]).tolist(), close.tolist(), strict=True)))
        found["ts"] = np.datetime64("2024-02-28", "us") + np.arange(count) * np.timedelta64(minutes, "m")
        return found

    told = {"long": {"program": hold, "data": data(30, 180)}, "hours": {"program": hold, "data": data(90, 60)},
            "pair": {"program": pair, "data": {"X": data(90, 60), "Y": data(90, 60)}}}  # fmt: skip
    for limits in ({}, {"exposure": "45% then reduce", "drawdown": "25% then flatten"}):
        made = sg.portfolio(told, shares={"long": "20%", "hours": "30%"}, rebalance="daily", limits=limits)
        verdict = made.verify()
        assert verdict, verdict.text()
        moved = made.backtest(engine="interpreted").by_strategy["moved"].to_pylist()
        assert all(moved)


def test_by_hand_exposure_is_brought_back_under_its_limit() -> None:
    """At 160 five A are 800 of 1,250; 750 may stay: 0.3125 leave at the next open. Nothing is halted."""
    jump = [(100.0, 110.0), (110.0, 160.0), (160.0, 170.0), (170.0, 170.0)]
    portfolio = two(jump, limits={"exposure": "60% then reduce"})
    result = portfolio.backtest()
    (trade, *_) = result.trades.to_pylist()
    assert (trade["quantity"], trade["exit_price"], trade["exit_reason"]) == (pytest.approx(0.3125), 160.0, "guard")
    acts = [(row["what"], row["reading"]) for row in result.limits.to_pylist() if row["what"] == "reduce"]
    assert acts[0] == ("reduce", pytest.approx(0.64)) and portfolio.verify()
    after = 4.6875 * 170 / (1250 + 4.6875 * 10)  # on 1 February it is above again
    assert acts[1] == ("reduce", pytest.approx(after)) and len(acts) == 2
    assert "exposure 60% then reduce was reached at 2024-01-31" in " ".join(result.notes)


def test_by_hand_each_leaves_with_its_part_at_this_close_too() -> None:
    """5 and 3 of one symbol are bought at 110: 88 %. At 160 they are 1,280 of 1,400; 1,260 may stay: an eighth of a
    unit leaves at once, five parts of eight of it from a."""
    jump = [(100.0, 110.0), (110.0, 160.0), (160.0, 160.0), (160.0, 160.0)]
    program = sg.compile("assume fill this_close\n" + FOLLOW)
    told = {name: {"program": program, "share": share, "params": {"n": n}, "data": {"A": days(jump)}}
            for name, share, n in (("a", "60%", 5), ("b", "40%", 3))}  # fmt: skip
    portfolio = sg.portfolio(told, capital=1000, limits={"position": "90% then reduce"})
    result = portfolio.backtest()
    left = [(row["strategy"], row["quantity"], row["exit_price"]) for row in result.trades.to_pylist()
            if row["exit_reason"] == "guard"]  # fmt: skip
    assert left == [("a", pytest.approx(5 / 64), 160.0), ("b", pytest.approx(3 / 64), 160.0)]
    assert result.limits.to_pylist()[0]["reading"] == pytest.approx(1280 / 1400) and portfolio.verify()


def test_by_hand_money_from_outside_is_neither_gain_nor_loss_of_a_portfolio() -> None:
    """500 come on the second day and go on the third: a limit on 20 % of drawdown sees neither."""
    text = FOLLOW + "deposit 500 cash when close == 101\nwithdraw 500 cash when close == 102\n"
    flat = [(100.0, 100.0), (101.0, 101.0), (102.0, 102.0), (103.0, 103.0)]
    portfolio = two(flat, text=text, limits={"drawdown": "20% then flatten", "loss": "20% then halt"})
    result = portfolio.backtest()
    assert result.equity["equity"].to_pylist() == [1000.0, 1500.0, 1000.0, 1000.0]
    assert result.equity["growth"].to_pylist() == [1000.0] * 4 and len(result.limits) == 0
    assert result.stats["return"] == 0.0 and result.stats["net_profit"] == 0.0
    assert [row["kind"] for row in result.flows.to_pylist()] == ["deposit", "withdraw"] and portfolio.verify()
    lost = [(100.0, 110.0), (101.0, 101.0), (80.0, 60.0), (60.0, 60.0)]  # 5 at 101 lose 205 of 1,500: 13.7 %
    kept = two(lost, text=text, limits={"drawdown": "15% then flatten"}).backtest()
    assert len(kept.limits) == 0 and kept.equity["equity"].to_pylist()[1:3] == [1500.0, 1295.0]
    met = two(lost, text=text, limits={"drawdown": "13% then flatten"})
    assert met.backtest().limits["reading"].to_pylist() == [pytest.approx(205 / 1500)] and met.verify()


def test_what_is_said_of_it_and_what_is_refused() -> None:
    program = sg.compile(FOLLOW)
    for rebalance, told in (("monthy", "rebalance: expected .*: did you mean monthly"), (3, "rebalance: expected")):
        with pytest.raises(sg.DataError, match=told):
            sg.portfolio({"a": program}, rebalance=rebalance)  # type: ignore[arg-type]
    with pytest.raises(sg.DataError, match="drawdown: reduce brings exposure or position back"):
        sg.portfolio({"a": program}, limits={"drawdown": "10% then reduce"})
    turns = {"monthly": (30, 31), "quarterly": (89, 90), "yearly": (364, 365)}  # since 1970-01-01
    for every in PERIODS:
        before, after = turns.get(every, (0, 1))
        if every == "weekly":
            before, after = 3, 4  # 1970-01-04 is a Sunday
        assert period_of(before, every) + 1 == period_of(after, every)
        assert every == "daily" or period_of(before - 1, every) == period_of(before, every)


def test_what_is_shared_out_adds_up() -> None:
    assert shared_out([0.0, 0.0], [0.0, 0.0], [0.5, 0.5], 0.0) == ([Due(0.0, 0.0)] * 2, 0.0)
    dues, cash = shared_out([700.0, 200.0], [10.0, 200.0], [0.5, 0.25], 100.0)
    assert [due.asked for due in dues] == [-200.0, 50.0] and cash + sum(d.got for d in dues) == pytest.approx(100.0)
    assert dues[0].got == -10.0 and dues[1].got == pytest.approx(50 * 10 / 200)


RESTS = FOLLOW + "enter short when bar_index == 0\n  limit 200\n  valid 3 bars\n  size 1 units\n"


def test_what_never_filled_is_told_of_each_strategy_but_of_one_that_a_limit_touched() -> None:
    """Of the first the highest high is 130, and 200 are 70 more. The second falls, a limit flattens all, and a run of
    it alone would be another one: it tells nothing of how near its order came."""
    told = "`enter short`: 1 order rested, on 3 bars in all, and none filled (expired 1): the market came no nearer"
    free = two(RISES, RISES, text=RESTS).backtest()
    for name in "ab":
        assert any(note.startswith(f"{told} than 53.85%") for note in free.strategies[name].notes)
    falls = [(100.0, 101.0), (101.0, 60.0), (60.0, 60.0), (60.0, 60.0)]
    stopped = two(RISES, falls, text=RESTS, limits={"drawdown": "10% then flatten"}).backtest()
    assert not any(" rested" in note for name in "ab" for note in stopped.strategies[name].notes)
