"""What orders did to every limit, as a table and in the events of a session: the same as `why` says of each."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
import stratagem as sg
from stratagem.runtime.results.report.choices import choices

from .made import bar, history
from .test_limits import WILD

SHARED = """stratagem 1
on A, B, C every 1d
assume fee 0.1%
guard exposure 80%
guard positions 2
guard open_risk 40%
prefer close
enter long when close > sma(close, 3)
  size 60%
  stop 10%
exit long when close < sma(close, 3)
atomic when cross_above(close of A, 100)
  sell A size 30%
  buy C size 30%"""


def walk(seed: int, count: int = 40) -> list[float]:
    return [100 + 9 * math.sin((at + seed) / 3) + 4 * math.sin(at * 1.7 + seed) for at in range(count)]


def by_order(result: sg.Result) -> dict[int, list[dict[str, Any]]]:
    found: dict[int, list[dict[str, Any]]] = {}
    for row in result.effects.to_pylist():
        found.setdefault(row["order"], []).append(row)
    return found


def verdicts(table: dict[int, list[dict[str, Any]]]) -> set[str]:
    return {row["verdict"] for rows in table.values() for row in rows}


def same(rows: list[dict[str, Any]], limits: Any) -> bool:
    names = ("guard", "action", "limit", "before", "asked", "after", "verdict")
    return [[row[name] for name in names] for row in rows] == [[each[name] for name in names] for each in limits]


@pytest.mark.parametrize("latency", ["", "assume latency 1 bar\n"])
def test_the_table_and_the_events_say_of_one_symbol_what_why_says(latency: str) -> None:
    program, closes = sg.compile(latency + WILD), walk(0)
    result = program.backtest(history(closes, hours=6), engine="interpreted")
    table = by_order(result)
    assert len(table) > 20 and verdicts(table) >= {"fits", "denies", "leaves"}
    for order in list(table)[::4]:
        told = next(s for s in bar(result.why(order=order)).statements if s.order is not None)
        assert same(table[order], sg_plain(told.limits)) and table[order][0]["settled"] == told.settled
    for engine in ("interpreted", "native"):
        session = program.session(timeframe="6h", monitors=True, engine=engine)
        told_live = {}
        for at, close in enumerate(closes):
            ts = np.datetime64("2024-01-01", "us") + at * np.timedelta64(6, "h")
            for event in session.push(sg.Bar(str(ts), close, close, close, close, 1.0)):
                if event.data.get("limits"):
                    told_live[event.data["order"]] = event.data["limits"]  # of one that was moved the last
        assert set(told_live) == set(table)
        assert all(same(table[order], limits) for order, limits in told_live.items())


def test_the_table_and_the_events_say_of_several_what_why_says() -> None:
    program, names = sg.compile(SHARED), "ABC"
    data = {name: history(walk(7 * at)) for at, name in enumerate(names)}
    result = program.backtest(data, engine="interpreted")
    table = by_order(result)
    assert verdicts(table) == {"fits", "cuts", "denies", "leaves"}
    for order in list(table)[::5]:
        every = bar(result.why(order=order)).statements
        told = next(each for each in every if each.order is not None and each.order["order"] == order)
        assert same(table[order], sg_plain(told.limits))
    session = program.session(symbols=list(names), monitors=True, engine="native")
    told_live = {}
    for at in range(40):
        ts = str(np.datetime64("2024-01-01") + at)
        bars = {name: sg.Bar(ts, *[walk(7 * place)[at]] * 4, 1.0) for place, name in enumerate(names)}
        for event in session.push(bars):
            if event.data.get("limits"):
                told_live[event.data["order"]] = event.data["limits"]
    assert set(told_live) == set(table) and all(same(table[order], told_live[order]) for order in table)


def test_every_order_of_a_ladder_has_its_limits_whichever_is_asked_about() -> None:
    """Of 1,000 a limit of 50 %: 3 at 99 are 297, 3 at 89 come to 564 and are cut, and of the third nothing is left."""
    text = ("enter long when bar_index == 0 limit close - 1 valid 5 bars size 3 units ladder 3 step 10 stop 50\n"
            "guard exposure 50%")  # fmt: skip
    result = sg.compile(text).backtest(history([100, 100, 100]), engine="interpreted", capital=1_000)
    table = by_order(result)
    for asked in (0, 1, 2):
        (told,) = bar(result.why(order=asked)).statements
        found = {told.order["order"]: told.limits} if told.order else {}
        found |= {rung.order["order"]: rung.limits for rung in told.rungs}
        assert sorted(found) == [0, 1, 2] and all(same(table[order], sg_plain(found[order])) for order in found)
    said = result.why(order=1).text(width=200)
    assert "29.70% before it, 56.40% as asked, 50.00% after it: cut to fit" in said and "order 2: denied" in said


def test_who_does_not_ask_for_the_monitors_is_told_no_limits_and_a_page_draws_what_was_kept() -> None:
    program = sg.compile("enter long when close > 10 size 50% stop 8")
    session = program.session(timeframe="1d")
    (event,) = session.push(sg.Bar("2024-01-01", 11, 11, 11, 11, 1))
    assert event.kind == "decision" and "limits" not in event.data
    result = program.backtest(history([11, 11, 12]), engine="interpreted", capital=1_000, monitors=True)
    found = {each.title: each.values for each in choices(result.run)}
    assert found["monitor: unrealised"].tolist() == pytest.approx([0.0, 0.0, 500 / 11], abs=1e-4)
    risk = 500 / 11 * 4 / (1_000 + 500 / 11)
    assert found["monitor: open risk / equity"][2] == pytest.approx(risk, abs=1e-4)
    plain = program.backtest(history([11, 11, 12]), engine="interpreted", capital=1_000)
    assert not {"monitor: unrealised", "monitor: open risk / equity"} & {each.title for each in choices(plain.run)}


def sg_plain(limits: Any) -> Any:
    from stratagem.runtime.why.answer import plain

    return plain(limits)
