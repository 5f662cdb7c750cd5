"""From text to trades on bars made by hand: each expectation was worked out on paper from the rules, not from a run."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
import stratagem as sg
from stratagem.runtime.machine.engines import ENGINES

Row = tuple[float, float, float, float]
Closed = tuple[str, int, float, int, float, str]  # side, entry bar, price, exit bar, price, reason

BARS: Sequence[Row] = (
    (100, 101, 99, 100), (100, 102, 98, 101), (103, 105, 102, 104), (104, 106, 103, 105),
    (99, 100, 90, 95), (95, 96, 94, 95), (95, 120, 94, 118), (118, 119, 117, 118),
)  # fmt: skip
LONG = "assume tick 0.01\nenter long when bar_index == 1\n  size 10 units\n"
SHORT = "assume tick 0.01\nenter short when bar_index == 3\n  size 10 units\n"


def columns(rows: Sequence[Row]) -> dict[str, np.ndarray]:
    opens, highs, lows, closes = np.array(rows, dtype=float).T
    hours = np.datetime64("2024-01-01T00:00", "us") + np.arange(len(rows)) * np.timedelta64(1, "h")
    volumes = np.full(len(rows), 100.0)
    return {"ts": hours, "open": opens, "high": highs, "low": lows, "close": closes, "volume": volumes}


def trades(text: str, rows: Sequence[Row], engine: str, **options: object) -> list[Closed]:
    data = columns(rows)
    at = {str(ts): index for index, ts in enumerate(data["ts"].astype("datetime64[h]"))}

    def bar(when: object) -> int:
        return at[str(np.datetime64(when.replace(tzinfo=None), "h"))]  # type: ignore[attr-defined]

    found = sg.compile(text).backtest(data, engine=engine, **options).trades.to_pylist()
    return [
        (t["side"], bar(t["entry_time"]), t["entry_price"], bar(t["exit_time"]), t["exit_price"], t["exit_reason"])
        for t in found
    ]


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # bar 2 lifts the trail to 102, bar 3 to 103; bar 4 opens below it
        (LONG + "trail 300ticks", ("long", 2, 103.0, 4, 99.0, "trail")),
        # 3 % under 105 is 101.85, under 106 102.82
        (LONG + "trail 3%", ("long", 2, 103.0, 4, 99.0, "trail")),
        # 10 % under 106 is 95.4: bar 4 opens above it and falls through
        (LONG + "trail 10%", ("long", 2, 103.0, 4, 95.4, "trail")),
        # 10 of price under 106 is 96, whatever the close of bar 1 that the difference was made of
        (LONG + "trail close - (close - 10)", ("long", 2, 103.0, 4, 96.0, "trail")),
        # the stop at 98.0 is tighter than the trail at 86
        (LONG + "trail 2000ticks stop 500ticks", ("long", 2, 103.0, 4, 98.0, "stop")),
        # filled at 99; after a low of 90 the trail stands at 93, and bar 5 opens above it
        (SHORT + "trail 300ticks", ("short", 4, 99.0, 5, 95.0, "trail")),
        # 10 % over 90 is 99: bar 6 rises through it
        (SHORT + "trail 10%", ("short", 4, 99.0, 6, 99.0, "trail")),
    ],
)
def test_a_trail_follows_the_best_extreme(text: str, expected: Closed, engine: str) -> None:
    assert trades(text, BARS, engine) == [expected]


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # bar 4 opens at 99, beyond the stop at 100: the gap is paid
        (LONG + "stop 300ticks target 2000ticks", ("long", 2, 103.0, 4, 99.0, "stop")),
        # bar 2 falls to 102 and rises to 105: the stop lies where the path goes first
        (LONG + "stop 100ticks target 200ticks", ("long", 2, 103.0, 2, 102.0, "stop")),
        ("assume path best\n" + LONG + "stop 100ticks target 200ticks", ("long", 2, 103.0, 2, 105.0, "target")),
        # the low is one away from the open, the high two
        ("assume path proximity\n" + LONG + "stop 100ticks target 200ticks", ("long", 2, 103.0, 2, 102.0, "stop")),
        ("assume bracket next_bar\n" + LONG + "stop 100ticks", ("long", 2, 103.0, 4, 99.0, "stop")),
        (LONG + "stop 20% target 0.5r", ("long", 2, 103.0, 6, 113.30, "target")),
        # bars 2 and 3 are the first and the second; the decision at the close of 3 fills at the open of 4
        (LONG + "expire 2 bars", ("long", 2, 103.0, 4, 99.0, "expire")),
        (LONG + "expire 2h", ("long", 2, 103.0, 4, 99.0, "expire")),
        # the entry fills at this close, its expiry by the program's policy
        (LONG + "fill this_close expire 2 bars", ("long", 1, 101.0, 3, 104.0, "expire")),
        # an exit with nothing to close vetoes nothing
        (LONG + "exit long when bar_index <= 2", ("long", 2, 103.0, 3, 104.0, "signal")),
    ],
)
def test_one_trade_closes_where_and_why_it_should(text: str, expected: Closed, engine: str) -> None:
    (side, at, price, left, out, why), *others = trades(text, BARS, engine)
    assert not others and (side, at, price, left, why) == (expected[0], *expected[1:4], expected[5])
    assert out == pytest.approx(expected[4], rel=1e-12)


def test_ten_thousand_lots_are_the_most_of_a_statement_and_are_the_same_in_both_engines() -> None:
    """A lot a bar for 200 bars: none is dropped, and the last bar's entry waits for an open that does not come."""
    rows = [BARS[i % 3] for i in range(200)]
    text = "enter long when true size 0.01% scale 10_000\nexit long when false"
    found = [sg.compile(text).backtest(columns(rows), engine=engine) for engine in ENGINES]
    assert [len(result.trades) for result in found] == [199, 199]
    assert found[0].stats["final_equity"] == found[1].stats["final_equity"]


def test_the_lots_of_all_statements_have_a_limit() -> None:
    text = "\n".join(f"enter long when close > {i} scale 10_000" for i in range(10))
    with pytest.raises(sg.CompileError, match="may hold 100,010 lots at once, more than 100,000"):
        sg.compile(text + "\nexit long when false")
    assert sg.compile(text.replace("scale 10_000", "scale 9_999") + "\nexit long when false")


@pytest.mark.parametrize("engine", ENGINES)
def test_scale_first_in_first_out_and_reversal(engine: str) -> None:
    scaled = "enter long when bar_index >= 1 and bar_index <= 3 size 10 units scale 1\n"
    exits = "exit long when bar_index == 5 size 50% once\nexit long when bar_index == 6\n"
    assert trades(scaled + exits, BARS, engine) == [
        ("long", 2, 103.0, 6, 95.0, "signal"), ("long", 3, 104.0, 7, 118.0, "signal"),
    ]  # fmt: skip
    assert trades(LONG + SHORT.partition("\n")[2] + "exit short when bar_index == 5", BARS, engine) == [
        ("long", 2, 103.0, 4, 99.0, "reverse"), ("short", 4, 99.0, 6, 95.0, "signal"),
    ]  # fmt: skip


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    ("condition", "sold"),
    [
        # bars 2 and 3 rise, 4 falls, 5 stands, 6 rises: of the edges up after the fill at bar 2 only that of 6 is left
        ("rising_edge(close > open)", [(7, 5.0)]),
        ("(close > open) and rising_edge(close > open)", [(7, 5.0)]),
        ("rising_edge(close > open) or falling_edge(close > open)", [(5, 5.0), (7, 2.5)]),
        # two-hour bars end with bars 1, 3, 5 and 7; the one of 4 and 5 falls, that of 2 and 3 rises
        ("(close > open) @ event 2h", [(4, 5.0)]),
        ("closes(2h) and close < open + 0.5", [(6, 5.0)]),
    ],
)
def test_a_partial_exit_at_an_event_acts_once_for_each(
    condition: str, sold: list[tuple[int, float]], engine: str
) -> None:
    text = f"{LONG}exit long when bar_index > 2 and ({condition}) size 50%"
    rows = sg.compile(text).backtest(columns(BARS), engine=engine).trades.to_pylist()
    parts = [(t["exit_time"].hour, t["quantity"]) for t in rows if t["exit_reason"] == "signal"]
    assert parts == sold


@pytest.mark.parametrize("engine", ENGINES)
def test_a_guard_that_flattens_leaves_at_the_next_open_and_lets_nothing_in(engine: str) -> None:
    """900 units from 103: equity is 101,800 at bar 3 and 92,800 at bar 4, 8.8 % below."""
    text = "enter long when bar_index == 1 size 900 units\nenter long when bar_index == 6 size 1 units\n"
    assert trades(text + "guard drawdown 8% then flatten", BARS, engine) == [("long", 2, 103.0, 5, 95.0, "guard")]


# --- guards, and what they leave to do ------------------------------------------------------------------


def closes(*prices: float) -> list[Row]:
    """Bars that open where the one before closed."""
    opens = (prices[0], *prices)
    return [(o, max(o, c), min(o, c), c) for o, c in zip(opens, prices, strict=False)]


def orders(text: str, rows: Sequence[Row], engine: str, **options: object) -> list[tuple[str, str, str, float, float]]:
    found = sg.compile(text).backtest(columns(rows), engine=engine, **options).orders.to_pylist()
    return [(o["kind"], o["status"], o["reason"], o["asked"], o["got"]) for o in found]


RISING = closes(100, 100, 100, 120, 140, 150, 150, 150)
REDUCED = """assume capital 100000
guard exposure 150% then reduce
enter short when bar_index == 1 size 1000 units
"""


@pytest.mark.parametrize("engine", ENGINES)
def test_an_exit_on_the_bar_that_a_guard_reduces_closes_the_rest(engine: str) -> None:
    """At bar 3 the short of 1,000 at 100 is worth 120,000 beside an equity of 80,000: exactly 150 %. At bar 4 it is
    140,000 beside 60,000: 50,000 has to go, 357.14… units, at the next open, and the exit takes what is left."""
    exit_too = REDUCED + "exit short when bar_index == 4\n"
    found = trades(exit_too, RISING, engine)
    assert [row[:5] for row in found] == [("short", 2, 100.0, 5, 140.0)] * 2
    assert [row[5] for row in found] == ["guard", "signal"]
    asked = sg.compile(exit_too).backtest(columns(RISING), engine=engine).trades["quantity"].to_pylist()
    assert asked == pytest.approx([50_000 / 140, 1000 - 50_000 / 140])


@pytest.mark.parametrize("engine", ENGINES)
def test_a_reversal_on_the_bar_that_a_guard_reduces_is_taken(engine: str) -> None:
    found = trades(REDUCED + "enter long when bar_index == 4 size 10 units\n", RISING, engine)
    assert [row[:5] for row in found] == [("short", 2, 100.0, 5, 140.0)] * 2 + [("long", 5, 140.0, 7, 150.0)]
    assert [row[5] for row in found] == ["guard", "reverse", "end"]


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("guard", ["loss 0.5%", "drawdown 0.5%", "daily_loss 0.5%"])
def test_an_order_whose_own_cost_is_the_loss_allowed_is_denied(guard: str, engine: str) -> None:
    """1 % of 99,000 is more than half a per cent of 100,000; of 40,000 it is less."""
    text = f"assume fee 1%\nguard {guard}\nenter long when bar_index == 1 size {{}}\nexit long when false\n"
    (denied,) = orders(text.format("100%"), closes(100, 100, 100, 100), engine)
    assert denied[:3] == ("enter", "denied", guard.split()[0]) and denied[4] == 0
    (taken,) = orders(text.format("40000 cash"), closes(100, 100, 100, 100), engine)
    assert taken[:3] == ("enter", "filled", "") and taken[4] == 400


# --- lots that are old ------------------------------------------------------------------------------------


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("age", ["100000000000000000000 bars", "(pow(10, 19) * (1 + bar_index)) bars"])
def test_an_age_that_no_bar_reaches_is_never(age: str, engine: str) -> None:
    text = f"enter long when bar_index == 0 size 10 units\n  expire {age}\n"
    assert trades(text, closes(100, 101, 102, 103), engine) == [("long", 1, 100.0, 3, 103.0, "end")]


@pytest.mark.parametrize("engine", ENGINES)
def test_an_age_below_zero_is_reached_at_once(engine: str) -> None:
    text = "enter long when bar_index == 0 size 10 units\n  expire (-pow(10, 30) * (1 + bar_index)) bars\n"
    assert trades(text, closes(100, 101, 102, 103), engine) == [("long", 1, 100.0, 2, 101.0, "expire")]


@pytest.mark.parametrize("engine", ENGINES)
def test_an_expiry_says_nothing_of_another_moment(engine: str) -> None:
    text = 'enter long when bar_index == 0 size 10 units\n  expire 1 bars\n  because "at {close} now"\n'
    result = sg.compile(text).backtest(columns(closes(100, 101, 102, 103)), engine=engine)
    (trade,) = result.trades.to_pylist()
    assert trade["entry_reason"] == "at 100 now" and "at" not in trade["exit_because"]
    said = {order["kind"]: order["because"] for order in result.orders.to_pylist()}
    assert said["enter"] == "at 100 now" and " now" not in said["expire"]


@pytest.mark.parametrize("engine", ENGINES)
def test_what_was_ordered_out_and_never_filled_leaves_a_row(engine: str) -> None:
    old = "enter long when bar_index == 0 size 10 units\n  expire 3 bars\n"
    assert orders(old, closes(100, 101, 102, 103), engine)[-1] == ("expire", "cancelled", "end", 10, 0)
    stop = "guard loss 1% then flatten\nenter long when bar_index == 0 size 100%\n"
    (*_, last) = orders(stop, closes(100, 100, 100, 50), engine)
    assert last[:3] == ("guard", "cancelled", "end") and last[4] == 0


@pytest.mark.parametrize("engine", ENGINES)
def test_a_guards_exit_dies_with_the_side_it_was_ordered_for(engine: str) -> None:
    """The short of 8 is worth 880 beside 920 at 110: over 85 %, so part of it is ordered out. The reversal fills at
    that very close, and the guard has nothing left to close."""
    text = """assume capital 1000
guard exposure 85% then reduce
enter short when bar_index == 0 size 80%
enter long when bar_index == 2 size 50% fill this_close
"""
    rows = closes(100, 100, 110, 110, 110, 110)
    found = sg.compile(text).backtest(columns(rows), engine=engine)
    assert [(t["side"], t["exit_reason"]) for t in found.trades.to_pylist()] == [("short", "reverse"), ("long", "end")]
    assert found.trades["quantity"].to_pylist() == pytest.approx([8, 460 / 110])
    guard = [o for o in found.orders.to_pylist() if o["kind"] == "guard"]
    assert [(o["status"], o["reason"], o["got"]) for o in guard] == [("cancelled", "nothing_to_close", 0)]


@pytest.mark.parametrize("engine", ENGINES)
def test_an_exit_at_this_close_asks_for_what_waits_to_leave_too(engine: str) -> None:
    text = """assume capital 1000
guard exposure 85% then reduce
enter short when bar_index == 0 size 80%
exit short when bar_index == 2 fill this_close
"""
    found = orders(text, closes(100, 100, 110, 110, 110, 110), engine)
    assert [row for row in found if row[0] == "exit"] == [("exit", "filled", "", 8, 8)]
    assert [row[:3] for row in found if row[0] == "guard"] == [("guard", "cancelled", "nothing_to_close")]


@pytest.mark.parametrize("engine", ENGINES)
def test_a_stop_in_r_counts_to_the_side_of_gain(engine: str) -> None:
    """In at 100, one r is 5: 110 is touched in bar 2, so that 105 is kept in bar 3."""
    text = "enter long when bar_index == 0 size 1 units stop close - 5 stop 1r after 2r"
    rows = [(100, 100, 100, 100), (100, 101, 99, 100), (100, 111, 100, 111), (111, 112, 104, 104)]
    assert trades(text, rows, engine) == [("long", 1, 100, 3, 105, "stop")]


@pytest.mark.parametrize("engine", ENGINES)
def test_a_loss_guard_counts_the_cost_of_the_lots_that_will_be_bought(engine: str) -> None:
    """9.9 units would cost 9.9 of the 8 allowed; in lots of 5 there are 5, which cost 5."""
    text = (
        "assume capital 1000\nassume fee 1%\nassume lot 5\nguard loss 0.8%\nenter long when bar_index == 0 size 100%\n"
    )
    (order,) = orders(text, closes(100, 100, 100), engine)
    assert order[:3] == ("enter", "filled", "") and order[4] == 5
