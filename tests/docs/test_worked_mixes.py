"""Five more programs worked out with a pencil from the pages in `docs/` alone, each of several features that meet."""

from __future__ import annotations

from typing import Any

import pytest
import stratagem as sg

from .test_worked_lists import bars, trades
from .test_worked_pairs import column, orders, panel

ENGINES = pytest.mark.parametrize("engine", ["interpreted", "native"])


@ENGINES
def test_a_ladder_again_with_parts_and_a_stop_at_the_entry(engine: str) -> None:
    """Rungs at 100 and 98, each with a stop 4 below, half out at 4 above, the rest kept at its own price and until 8.

    Bar 3 gives the second lot 102: five of eleven leave. Bar 4 falls first: its six leave at 98; then it rises to 104,
    where five of the first lot leave, and closes at 98, so that its six leave at 100 on the way. Both are placed anew
    for bars 5 and 6; the limit at 100 buys at the open of 98.5, the other one is over with the close of bar 6.
    Eleven orders leave or enter, and each pays 2: nine fills of lots, of which three open.
    """
    text = """
    assume fee 2/order
    assume lot 1
    assume tick 0.5
    guard exposure 100%
    enter long when bar_index == 0
      limit 100  ladder 2 step 2 again  valid 6 bars  size 11 units
      stop entry - 4  take 50% at 1r  stop 0r after 1r  target 2r
    """
    data = bars("2024-01-01", [
        (103, 104, 102, 103), (102, 103, 99.5, 101), (101, 101.5, 97.5, 98), (99, 103, 98.5, 102.5),
        (102, 104.5, 97.5, 98), (98.5, 99, 98.2, 98.5), (98.5, 103, 98.5, 102), (104, 107, 103, 106),
        (106, 106, 106, 106),
    ])  # fmt: skip
    made = sg.compile(text).backtest(data, engine=engine, capital=10_000)
    five, six = 2 * 5 / 11 + 2, 2 * 6 / 11 + 2
    assert trades(made, "quantity", "entry_price", "exit_price", "exit_level", "pnl") == [
        (5, 98, 102, "take_1", pytest.approx(20 - five)), (6, 98, 98, "stop_after_1", pytest.approx(-six)),
        (5, 100, 104, "take_1", pytest.approx(20 - five)), (6, 100, 100, "stop_after_1", pytest.approx(-six)),
        (5, 98.5, 102.5, "take_1", pytest.approx(20 - five)), (6, 98.5, 106.5, "target", pytest.approx(48 - six)),
    ]  # fmt: skip
    assert orders(made, "statement", "status", "limit", "fill_price") == [
        ("enter long 1 of 2", "filled", 100, 100), ("enter long 2 of 2", "filled", 98, 98),
        ("enter long 1 of 2", "filled", 100, 98.5), ("enter long 2 of 2", "expired", 98, None),
    ]  # fmt: skip
    assert column(made, "equity")[-1] == pytest.approx(10_090)


@ENGINES
def test_a_largest_position_that_is_brought_back_while_an_exit_takes_a_part(engine: str) -> None:
    """Half of 1,000 is cut to 40 %: 8 A at 50 and 20 B at 20.

    At 60 A is 480 of 1,080: 48 too much is 0.8 of a unit, one leaves, at 62. 434 of 1,056 is again too much, one more
    is ordered out, and of the 6 that stay half by the exit: both at 60. B at 30 is 600 of 1,282: 87.2 too much, three
    leave at 31; 527 of 1,302 is 6.2 too much, one leaves at 30.
    """
    text = """
    on A, B every 1d
    assume lot 1
    guard exposure 100%
    guard position 40% then reduce
    enter long when column("go") > 0 size 50%
    exit long when column("out") > 0 size 50% once
    """
    days = [f"2024-01-0{day}" for day in range(1, 9)]
    a, b = [50, 50, 60, 62, 60, 60, 60, 60], [20, 20, 20, 18, 18, 30, 31, 30]
    data = panel(days, A=[(p, p, p, p) for p in a], B=[(p, p, p, p) for p in b])
    for name, out in (("A", [0, 0, 0, 1, 0, 1, 0, 0]), ("B", [0] * 8)):
        data[name] |= {"go": [1.0] + [0.0] * 4 + [1.0, 0.0, 0.0], "out": [float(each) for each in out]}
    made = sg.compile(text).backtest(data, engine=engine, capital=1_000)
    assert column(made, "equity") == [1_000, 1_000, 1_080, 1_056, 1_042, 1_282, 1_302, 1_285]
    assert trades(made, "symbol", "quantity", "exit_price", "exit_reason", "pnl") == [
        ("A", 1, 62, "guard", 12), ("A", 1, 60, "guard", 10), ("A", 3, 60, "signal", 30),
        ("B", 3, 31, "guard", 33), ("B", 1, 30, "guard", 10), ("A", 3, 60, "end", 30), ("B", 16, 30, "end", 160),
    ]  # fmt: skip
    assert orders(made, "symbol", "kind", "status", "reason", "asked", "got")[:2] == [
        ("A", "enter", "reduced", "position", 10, 8), ("B", "enter", "reduced", "position", 25, 20),
    ]  # fmt: skip


@ENGINES
def test_weights_that_change_sides_within_a_band(engine: str) -> None:
    """A fee of 1 % is within each weight: 500 / 101 A and 300 / 50.5 B short, for 7.92.

    At 110 A is 2.4 % too much: left. B turns round: closing costs 2.97 of 1,041.58, 30 % of the rest buys 6.17, both
    at 52. Then B is to be nothing and A 40 % of what the sales leave: X = 1,035.75 - 3.33 - 1 % of (544.55 - 0.4 X),
    which is 1,031.09, so 132.12 of A is sold: 1.201 units, at 108.
    """
    text = """
    on A, B every 1d
    assume fee 1%
    guard exposure 200%
    rebalance when column("set") > 0
      weight of A column("wa") * 100%
      weight of B column("wb") * 100%
      band 5%
    """
    days = [f"2024-01-0{day}" for day in range(1, 7)]
    a, b = [100, 100, 110, 110, 110, 108], [50, 50, 50, 52, 54, 54]
    data = panel(days, A=[(p, p, p, p) for p in a], B=[(p, p, p, p) for p in b])
    told = {"set": [1.0, 0, 1, 0, 1, 0], "wa": [0.5, 0, 0.5, 0, 0.4, 0], "wb": [-0.3, 0, 0.3, 0, 0.0, 0]}
    for name in data:
        data[name] |= told
    made = sg.compile(text).backtest(data, engine=engine, capital=1_000)
    assert orders(made, "symbol", "kind", "side", "got", "fill_price") == [
        ("A", "enter", "long", pytest.approx(500 / 101), 100), ("B", "enter", "short", pytest.approx(300 / 50.5), 50),
        ("B", "enter", "long", pytest.approx(6.169983, abs=1e-6), 52),
        ("A", "exit", "long", pytest.approx(1.201068, abs=1e-6), 108),
        ("B", "exit", "long", pytest.approx(6.169983, abs=1e-6), 54),
    ]  # fmt: skip
    assert column(made, "equity") == pytest.approx(
        [1_000, 992.079208, 1_041.584158, 1_023.405470, 1_035.745436, 1_021.215502], abs=1e-5
    )


@ENGINES
def test_a_pair_that_pays_funding_and_waits_for_a_symbol_without_a_bar(engine: str) -> None:
    """5 A at 100 and -10 B at 50 from 8:00 on, funding 0.1 % every 8 hours of the value at the last mark.

    At 16:00 B has no bar: A pays 0.51, B pays at midnight for both instants, 2 × 0.49 to the short. `flatten` at 16:00
    finds B absent; at midnight's close it is accepted, waits at 8:00 for B, and fills at 16:00: 105 and 47.
    """
    text = """
    on A, B every 8h
    assume funding 0.1%
    guard exposure 200%
    atomic when column("go") > 0
      buy A size 5 units
      sell B size 10 units
    atomic when column("off") > 0
      flatten A
      flatten B
    """
    at = ["2024-01-01T00", "2024-01-01T08", "2024-01-01T16", "2024-01-02T00", "2024-01-02T08", "2024-01-02T16"]
    a = [(100, 100), (100, 102), (102, 103), (103, 104), (104, 105), (105, 105)]
    b = [(50, 50), (50, 49), None, (48, 48), None, (47, 47)]
    data = panel(at, A=[_bar(each) for each in a], B=[_bar(each) for each in b])
    for name in data:
        count = len(data[name]["close"])
        go, off = [1.0, 0, 0, 0, 0, 0], [0.0, 0, 1, 1, 0, 0]
        data[name] |= {"go": go[:count], "off": off[:count]}
    made = sg.compile(text).backtest(data, engine=engine, capital=1_000)
    assert orders(made, "symbol", "kind", "status", "reason", "asked", "fill_price") == [
        ("A", "enter", "filled", "", 5, 100), ("B", "enter", "filled", "", 10, 50),
        ("A", "exit", "denied", "leg_absent", 0, None), ("A", "exit", "filled", "", 5, 105),
        ("B", "exit", "filled", "", 10, 47),
    ]  # fmt: skip
    assert trades(made, "symbol", "pnl") == [("A", 25), ("B", 30)]
    assert column(made, "equity") == pytest.approx([1_000, 1_020, 1_024.49, 1_039.955, 1_044.435, 1_054.87])


def _bar(prices: tuple[float, float] | None) -> Any:
    return None if prices is None else (prices[0], max(prices), min(prices), prices[1])


@ENGINES
def test_a_breakdown_that_is_moved_an_exit_that_follows_and_a_halt_until_the_week(engine: str) -> None:
    """Short below the low of two bars, covered 3 below the close before, stopped at their high; slippage 0.1.

    98 is met going down first: 97.9. The exit at 94 is a limit: 390. 93.5: 93.4. The next day gaps to 97 and rises to
    the stop at 99: 99.1, -570. The day began with 10,310: 4.75 % are lost, so nothing is entered until Monday; then
    95: 94.9, open at 95.
    """
    text = """
    assume slippage 0.1/unit
    guard exposure 300%
    guard day_trades 2
    guard daily_loss 1% then flatten until week
    enter short when true
      trigger lowest(low, 2)
      size 100 units
      stop highest(high, 2)
    exit short when true limit close - 3
    """
    when = [f"2024-01-01T{hour:02}" for hour in range(9, 14)] + ["2024-01-02T09", "2024-01-02T10", "2024-01-08T09",
                                                                 "2024-01-08T10"]  # fmt: skip
    data = bars("2024-01-01", [
        (100, 101, 99, 100), (100, 101, 98, 99), (98.5, 99, 96.5, 97), (97, 98, 93.5, 95), (94, 94.5, 93, 94.2),
        (97, 100, 96.8, 98), (98, 98.5, 97, 97.5), (97, 98, 95, 96), (95.5, 96, 94, 95),
    ], days=when)  # fmt: skip
    made = sg.compile(text).backtest(data, engine=engine, capital=10_000, timeframe="1h")
    assert trades(made, "entry_price", "exit_price", "exit_reason", "pnl") == [
        (97.9, 94, "signal", pytest.approx(390)), (pytest.approx(93.4), 99.1, "stop", pytest.approx(-570)),
        (pytest.approx(94.9), 95, "end", pytest.approx(-10)),
    ]  # fmt: skip
    assert orders(made, "kind", "status", "reason", "trigger", "limit") == [
        ("enter", "filled", "", 98, None), ("exit", "filled", "", None, 94), ("enter", "filled", "", 93.5, None),
        ("exit", "cancelled", "nothing_to_close", None, pytest.approx(91.2)),
        ("guard", "halted", "daily_loss", None, None), ("enter", "denied", "halted", 96.8 - 3.8, None),
        ("enter", "denied", "halted", 96.8, None), ("enter", "filled", "", 95, None),
        ("exit", "cancelled", "end", None, 92),
    ]  # fmt: skip
