"""Volume limits over several symbols: each has its own volume, and legs of a group fill whole or not at all."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import stratagem as sg

ENGINES = ("interpreted", "native")
ENTER = "on A, B\nassume participation 10%\nenter long when bar_index == 0 size 25 units\n"
PAIR = """on A, B
assume participation 10%
atomic when bar_index <= 1
  buy A size 20 units
  sell B size 20 units
"""
HALVES = "on A, B\nassume participation 10%\nrebalance daily weight 50%\n"


def bars(*volumes: float) -> dict[str, Any]:
    prices = 100.0 + np.arange(len(volumes))
    return {"ts": np.datetime64("2024-01-01", "us") + np.arange(len(volumes)) * np.timedelta64(1, "D"),
            **dict.fromkeys(("open", "high", "low", "close"), prices), "volume": np.array(volumes)}  # fmt: skip


def orders(text: str, a: dict[str, Any], b: dict[str, Any], engine: str, **assumed: str) -> list[tuple[Any, ...]]:
    result = sg.compile(text).backtest({"A": a, "B": b}, timeframe="1d", engine=engine, **assumed)
    return [(row["symbol"], row["status"], row["reason"], row["got"], row["fill_price"])
            for row in result.orders.to_pylist()]  # fmt: skip


@pytest.mark.parametrize("engine", ENGINES)
def test_each_symbol_has_the_room_of_its_own_bars(engine: str) -> None:
    """A fills 10, 10 and 5 at 101, 102 and 103; B all at 101."""
    found = orders(ENTER, bars(100, 100, 100, 100), bars(1000, 1000, 1000, 1000), engine)
    assert sorted(found) == [("A", "filled", "", 25.0, 101.8), ("B", "filled", "", 25.0, 101.0)]


@pytest.mark.parametrize("engine", ENGINES)
def test_legs_wait_for_a_bar_with_the_volume_for_each(engine: str) -> None:
    """A lacks it on bar 1, B on bar 2: neither fills 20 before bar 3."""
    found = orders(PAIR, bars(100, 100, 300, 300), bars(300, 300, 100, 300), engine)
    assert sorted(found) == [("A", "filled", "", 20.0, 103.0), ("B", "filled", "", 20.0, 103.0)]


@pytest.mark.parametrize("engine", ENGINES)
def test_legs_that_never_find_it_end(engine: str) -> None:
    found = orders(PAIR, bars(*[100.0] * 8), bars(*[300.0] * 8), engine)
    assert [row[:4] for row in found] == [("A", "cancelled", "no_open", 0.0), ("B", "cancelled", "no_open", 0.0)]


@pytest.mark.parametrize("engine", ENGINES)
def test_legs_at_a_close_are_denied_together(engine: str) -> None:
    """At the close of bar 0 B would be left 10 of 20: its row says so, and that of A is gone with it."""
    found = orders(PAIR, bars(200, 200, 0), bars(100, 200, 0), engine, fill="this_close")
    assert sorted(found, key=str) == [
        ("A", "denied", "other_leg", 0.0, None), ("A", "filled", "", 20.0, 101.0), ("B", "denied", "volume", 0.0, None),
        ("B", "filled", "", 20.0, 101.0),
    ]  # fmt: skip


@pytest.mark.parametrize("engine", ENGINES)
def test_a_rebalance_trades_in_parts_and_waits_for_the_rest(engine: str) -> None:
    """500 of each: A gets 100 a bar, and is not asked again while it waits; B 300 and 200, then gives up what is over
    half of an equity of 100,500: 100,500 / 2 / 102 is 492.6 of its 500 and then sold at 103."""
    found = orders(HALVES, bars(*[1000.0] * 4), bars(*[3000.0] * 4), engine)
    assert found[0] == ("A", "cancelled", "end", 300.0, 102.0)
    assert found[1] == ("B", "filled", "", 500.0, 101.4)
    equity = 100_000 + 100 * (102 - 101) + 300 * (102 - 101)
    assert found[2] == ("B", "filled", "", pytest.approx(500 - equity / 2 / 102), 103.0)


def test_every_way_of_running_agrees() -> None:
    for text in (ENTER, PAIR, HALVES):
        assert sg.compile(text).verify({"A": bars(*[100.0] * 8), "B": bars(*[250.0] * 8)}, timeframe="1d")
