"""Orders that rested and never filled: how many, how long, how near the market came; each by hand.

The bars rise by 1: bar i closes at 100 + i, its high 1 above and its low 1 below, so that every true range is 2.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import stratagem as sg
from stratagem.lang.plan.extras import APPROACH, with_approach
from stratagem.runtime.run.over_bars import run
from stratagem.runtime.run.prepare import prepare

COUNT = 30
CLOSES = 100.0 + np.arange(float(COUNT))
RISING = {
    "ts": np.datetime64("2024-01-01", "us") + np.arange(COUNT) * np.timedelta64(1, "D"),
    "open": CLOSES, "high": CLOSES + 1, "low": CLOSES - 1, "close": CLOSES,
}  # fmt: skip
TRADES = "\nenter short when bar_index == 20 size 1 units\nexit short when bar_index == 22"
LONG = "enter long when bar_index == 3 limit 90 {life} size 10 units"


def about(text: str, word: str, data: Any = RISING, **options: Any) -> list[str]:
    return [note for note in sg.compile(text).backtest(data, **options).notes if word in note]


def rested(text: str, data: Any = RISING, **options: Any) -> list[str]:
    return about(text + TRADES, " rested", data, **options)


@pytest.mark.parametrize("engine", ["native", "interpreted"])
def test_orders_that_never_filled_are_told_of(engine: str) -> None:
    """Placed at the close of bar 3, at work from bar 4 to 8: the low of bar 4 is 103, 13 above 90."""
    assert rested(LONG.format(life="valid 5 bars"), engine=engine) == [
        "`enter long`: 1 order rested, on 5 bars in all, and none filled (expired 1): the market came no nearer than "
        "12.62% (6.5 ATR), on 2024-01-05"
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        # an order that moves is measured at each of its prices: 93 94 95 96 below lows of 103 104 105 106 107 …
        ("enter long when bar_index >= 3 and bar_index <= 6 limit close - 10 valid 4 bars size 10 units",
         "1 order rested, on 7 bars in all, and none filled (expired 1): the market came no nearer than 9.43% "
         "(5.0 ATR), on 2024-01-08"),
        # 25 below the low of bar 6, 105
        ("enter short when bar_index == 5 trigger 80 size 10 units",
         "1 order rested, on 1 bar in all, and none filled (expired 1): the market came no nearer than 23.81% (12 ATR)"
         ", on 2024-01-07"),
        # bar 6 reaches the trigger, 107, which makes a limit order of it: its low is 105, that of bar 7 is 106
        ("enter long when bar_index == 5 trigger 107 limit 90 valid 3 bars size 10 units",
         "1 order rested, on 3 bars in all, and none filled (expired 1): the market came no nearer than 15.09% "
         "(8.0 ATR), on 2024-01-08"),
        ("enter long when bar_index == 3 or bar_index == 9 limit 90 valid 2 bars until bar_index == 10 size 10 units",
         "2 orders rested, on 3 bars in all, and none filled (expired 1, until 1): the market came no nearer than "
         "12.62% (6.5 ATR), on 2024-01-05"),
        # 90 is the nearest of three
        ("enter long when bar_index == 3 limit 90 valid 5 bars ladder 3 step 5 size 10 units",
         "3 orders rested, on 15 bars in all, and none filled (expired 3): the market came no nearer than 12.62% "
         "(6.5 ATR), on 2024-01-05"),
    ],
)  # fmt: skip
def test_how_near_the_market_came(text: str, told: str) -> None:
    side = "short" if text.startswith("enter short") else "long"
    assert rested(text) == [f"`enter {side}`: {told}"]


def test_an_exit_is_told_of_where_its_positions_did_not_leave_by_something_else() -> None:
    """Bought at 103; a limit of 140 never comes. Where the position leaves, the exit had nothing more to wait for."""
    text = "enter long when bar_index == 2 size 1 units\nexit long when true limit 140"
    assert about(text, " rested") == [
        # decided from the close of bar 3 on, the open position's first: 26 bars; the last high is 130
        "`exit long`: 1 order rested, on 26 bars in all, and none filled (end 1): the market came no nearer than 7.69% "
        "(5.0 ATR), on 2024-01-30"
    ]
    assert about(f"{text}\nexit long when bar_index == 10", " rested") == []


@pytest.mark.parametrize(
    "text",
    [
        LONG.format(life="valid 5 bars until bar_index == 3"),  # nothing is placed
        "enter long when bar_index == 3 or bar_index == 9 limit (if bar_index == 3 then 90 else close) size 1 units",
        "enter long when bar_index == 3 limit 103 ladder 3 step 5 valid 5 bars size 1 units",  # the first rung filled
        "enter long when bar_index == 3 limit 90 size (if close > 0 then na else 1) units",  # denied: nothing rested
        "enter long when bar_index == 3 size 1 units",
    ],
)  # fmt: skip
def test_nothing_is_said_where_orders_fill_as_usual(text: str) -> None:
    assert rested(text) == []


def test_without_any_trade_the_gate_tells_it_and_no_note_repeats_it() -> None:
    found = sg.compile(LONG.format(life="valid 5 bars")).backtest(RISING)
    assert found.notes[0] == (
        "no trades: `enter long`: of 30 bars, `bar_index == 3` held on 1; expired 1 time; on the 5 bars on which they "
        "rested the market came no nearer than 12.62% (6.5 ATR), on 2024-01-05"
    )
    assert " ".join(found.notes).count("no nearer") == 1
    assert "no nearer" in found.gate.faults[0]


def test_a_price_that_was_reached_without_a_fill_is_called_so() -> None:
    """Of a bar without volume nothing can be bought, though its low is the limit."""
    volume = np.where(CLOSES < 110, 0.0, 1e6)
    text = "assume participation 10%\nenter long when bar_index == 3 limit 103 valid 2 bars size 1 units"
    (told,) = rested(text, RISING | {"volume": volume})
    assert told.endswith("none filled (expired 1): the market came to their prices, first on 2024-01-05")


def test_prices_around_zero_and_missing_extremes_are_measured_as_far_as_they_can_be() -> None:
    """-2 is 3 below the low of the first bar it works on, 1: three times as much; a bar of 0 has no share."""
    closes = CLOSES - 102.0
    data = RISING | {"open": closes, "high": closes + 1, "low": closes - 1, "close": closes}
    text = "enter long when bar_index == 4 limit close - 4 valid 1 bars size 1 units"
    (told,) = rested(text, data, policy="keep")
    assert "no nearer than 200.00% (2.0 ATR), on 2024-01-06" in told  # its low is 2
    low = CLOSES - 1
    low[4] = np.nan
    (told,) = rested(LONG.format(life="valid 5 bars"), RISING | {"low": low}, policy="keep")
    assert "on 5 bars in all" in told and "13.46%" in told and "2024-01-06" in told  # 14 of 104


# --- of statements of which others filled ---------------------------------------------------------


BEHIND = (
    "enter long when bar_index == 1 or bar_index == {at} limit (if bar_index == 1 then close else {price}) "
    "until false scale 2 size 1 units"
)


def test_an_order_that_rests_to_the_end_is_told_of_though_others_filled() -> None:
    """The first fills at 101 on bar 2; the second rests at 50 from bar 5 on: its nearest low is 104, 54 above."""
    assert rested(BEHIND.format(at=4, price=50)) == [
        "`enter long`: its order of 2024-01-05 rested at 50 on all of the 25 bars to the end of the data: the market "
        "came no nearer than 51.92% (27 ATR), on 2024-01-06"
    ]


def test_an_order_that_rests_at_the_end_for_less_than_half_of_the_test_is_not() -> None:
    assert rested(BEHIND.format(at=14, price=50)) != []  # 15 of 30 bars
    assert rested(BEHIND.format(at=15, price=50)) == []
    text, options = BEHIND.format(at=15, price=50), {"from_": "2024-01-02"}
    assert rested(text.replace("1 or", "2 or").replace("== 1 then", "== 2 then"), **options) == []  # 14 of 29


def test_a_trigger_with_a_limit_that_was_reached_waits_for_its_limit() -> None:
    """Bar 6 reaches 107 and makes it a limit of 60: the lowest low since is its own, 105."""
    text = BEHIND.format(at=5, price=60).replace(" until", " trigger (if bar_index == 1 then close else 107) until")
    (told,) = rested(text)
    assert "rested at 107 and 60" in told and "no nearer than 42.86% (22 ATR), on 2024-01-07" in told
    (told,) = rested(text.replace("107", "200"))
    assert "no nearer than 53.85% (35 ATR), on 2024-01-30" in told  # 70 above the last high, 130


# --- how it is found -------------------------------------------------------------------------------


@pytest.mark.parametrize("engine", ["native", "interpreted"])
@pytest.mark.parametrize("assumptions", [{}, {"borrow": "5%", "participation": "10%", "latency": "1 bar"}])
def test_the_run_that_measures_is_the_run(engine: str, assumptions: dict[str, Any]) -> None:
    program = sg.compile(LONG.format(life="valid 5 bars") + " ladder 2 step 1 again" + TRADES)
    ready = prepare(program.plan, RISING | {"volume": np.full(COUNT, 1e6)}, assumptions=assumptions)
    asked = with_approach(program.plan, ready.assumptions)
    assert asked.extras[-1] == APPROACH and APPROACH not in program.plan.extras
    plain, measured = (ready.machine(plan, engine) for plan in (program.plan, asked))
    for one, other in zip(run(plain, ready), run(measured, ready), strict=True):
        np.testing.assert_array_equal(one, other)
    assert plain.trading.order_rows == measured.trading.order_rows or _equal(plain, measured)
    assert len(plain.trading.order_rows) > 0


def _equal(plain: Any, measured: Any) -> bool:
    return np.array_equal(plain.trading.order_rows, measured.trading.order_rows, equal_nan=True)


# --- several symbols -------------------------------------------------------------------------------


@pytest.mark.parametrize("engine", ["native", "interpreted"])
def test_of_several_symbols_the_nearest_is_named(engine: str) -> None:
    """B lies 10 lower: its low at bar 4 is 93, 3 above 90. C trades."""
    lower = RISING | {name: RISING[name] - 10 for name in ("open", "high", "low", "close")}
    text = "on A, B, C\nenter long when bar_index == 3 and close < 104 limit 90 valid 5 bars size 10 units\n" \
           "enter short C when bar_index == 20 size 1 units\nexit short when bar_index == 22"  # fmt: skip
    data = {"A": RISING, "B": lower, "C": RISING}
    assert about(text, " rested", data, engine=engine) == [
        "`enter long`: 3 orders rested, on 15 bars in all, and none filled (expired 3): the market came no nearer than "
        "3.23% (1.5 ATR), on 2024-01-05 of B"
    ]
    (told,) = about("\n".join(text.splitlines()[:2]), "no trades", data, engine=engine)
    assert told.endswith("; expired 3 times; on the 15 bars on which they rested the market came no nearer than 3.23% "
                         "(1.5 ATR), on 2024-01-05 of B")  # fmt: skip


def test_of_several_symbols_an_order_left_behind_is_named_with_its_own() -> None:
    text = f"on A, B\n{BEHIND.format(at=4, price=50)}"
    later = {name: column[5:] for name, column in RISING.items()}  # B begins on the sixth day: its bar 4 is the tenth
    found = about(text, " rested", {"A": RISING, "B": later})
    assert [note[:64] for note in found] == [
        "`enter long` of A: its order of 2024-01-05 rested at 50 on all o",
        "`enter long` of B: its order of 2024-01-10 rested at 50 on all o",
    ]
    assert "the 25 bars" in found[0] and "the 20 bars" in found[1]
