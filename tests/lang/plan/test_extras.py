"""What assumptions ask of an event: put on for a run, over the text's or the caller's assumptions alike."""

from __future__ import annotations

import numpy as np
import pytest
import stratagem as sg
from stratagem.lang.inputs.assumptions import read_assumptions
from stratagem.lang.plan.check import fault
from stratagem.lang.plan.extras import ACCRUE, BORROW, FUND, OBSERVE, with_extras
from stratagem.lang.plan.model import Column

TEXT = """param n = 2 in 2 to 3
enter long when mod(bar_index, n) == 0 size 25%
exit long when mod(bar_index, n) == 1
enter short when bar_index == 21 size 25%
"""
COUNT = 60
DAY = np.timedelta64(1, "D")


def bars() -> dict[str, np.ndarray]:
    close = 100 + np.arange(COUNT) % 7 * 1.5
    wide = 1 + np.arange(COUNT) % 5
    return {"ts": np.datetime64("2024-01-01", "us") + np.arange(COUNT) * DAY, "open": close, "high": close + wide,
            "low": close - wide, "close": close, "volume": 1000.0 + np.arange(COUNT) % 3 * 500,
            "rate": 0.001 * (np.arange(COUNT) % 4)}  # fmt: skip


def test_a_plan_that_is_asked_for_nothing_is_itself() -> None:
    plan = sg.compile(TEXT).plan
    assert with_extras(plan, read_assumptions({"fee": "1%", "slippage": "1bp"})) is plan and plan.extras == ()


def test_what_is_put_on_stands_behind_and_is_made_once() -> None:
    plan = sg.compile(TEXT).plan
    made = with_extras(plan, read_assumptions({"slippage": "10%/range"}))
    assert made.extras == (OBSERVE,) and made.columns == (*plan.columns, Column("bar", "volume"))
    assert with_extras(plan, read_assumptions({"slippage": "5%/range"})) is made
    assert with_extras(made, read_assumptions()) is made


def test_a_column_that_the_program_reads_itself_is_there_once() -> None:
    plan = sg.compile(TEXT + "plot volume\n").plan
    volumes = Column("bar", "volume")
    made = with_extras(sg.compile("enter long when volume > 5").plan, read_assumptions({"slippage": "1%/range"}))
    assert made.columns.count(volumes) == 1 and volumes not in plan.columns


def test_a_plan_that_does_not_trade_needs_none() -> None:
    from stratagem.lang.compile import compile_text
    from stratagem.lang.plan.build import plan

    made = plan(compile_text("let x = close"), trading=False)
    assert with_extras(made, read_assumptions({"slippage": "1%/range"})) is made


def test_of_several_symbols_they_are_of_all() -> None:
    plan = sg.compile(TEXT).plan
    one, two = read_assumptions({"slippage": "1%/range"}), read_assumptions({"interest": "3%", "funding": '"rate"'})
    made = with_extras(plan, one, two)
    assert made.extras == (ACCRUE, FUND, OBSERVE) and with_extras(made, one) is made
    assert {name: made.columns[place].name for name, place in made.extra_columns} == {
        "volume": "volume", "funding": "rate",
    }  # fmt: skip


def test_borrow_of_a_column_takes_the_place_of_the_rates() -> None:
    assumed = read_assumptions({"interest": "3%", "borrow": '"rate"', "funding": "0.01%"})
    made = with_extras(sg.compile(TEXT).plan, assumed)
    assert made.extras == (BORROW,) and [name for name, _ in made.extra_columns] == ["borrow"]


def test_a_column_that_says_one_rate_is_that_rate() -> None:
    data = bars() | {"rate": np.full(COUNT, 0.05)}
    held: dict[str, str] = {"interest": "3%", "funding": "0.01%"}
    one, other = (sg.compile(TEXT).backtest(data, borrow=borrow, **held) for borrow in ("5%", '"rate"'))
    assert np.array_equal(one.output.equity, other.output.equity)


def test_a_plan_that_is_kept_has_none() -> None:
    plan = with_extras(sg.compile(TEXT).plan, read_assumptions({"interest": "3%"}))
    assert "no part of a plan that is kept" in fault(plan)


WAYS = [("slippage", "10%/range"), ("slippage", "5%/sqrt_volume"), ("borrow", "5%"), ("funding", "0.1%"),
        ("funding", "rate"), ("borrow", "rate"), ("spread", '"rate" in percent')]  # fmt: skip


@pytest.mark.parametrize("name, value", WAYS)
def test_every_way_of_running_has_them(name: str, value: str) -> None:
    """Text or argument, either engine, bar by bar, from a snapshot, in a sweep: one equity."""
    data = bars()
    said = sg.compile(f"assume {name} {value}\n" + TEXT)
    given = sg.compile(TEXT)
    equity = said.backtest(data).output.equity
    plain = given.backtest(data).stats["final_equity"]
    assert equity[-1] != plain
    for engine in ("interpreted", "native"):
        assert np.array_equal(given.backtest(data, engine=engine, **{name: value}).output.equity, equity)
    session = given.session(timeframe="1d", **{name: value})
    for at, row in enumerate(zip(*data.values(), strict=True)):
        session.push(sg.Bar(row[0].astype(int), *map(float, row[1:6])), {"rate": row[6]})
        if at == COUNT // 2:
            other = given.session(timeframe="1d", **{name: value})
            other.restore(session.snapshot())
            session = other
    assert session.equity == equity[-1]
    table = given.sweep(data, {"n": [2, 3]}, **{name: value})
    assert table["final_equity"].to_pylist()[0] == equity[-1]
    assert said.verify(data)
