"""Trade lists of whole programs, worked out with a pencil from the pages in `docs/` alone: each combines features."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import stratagem as sg

ENGINES = pytest.mark.parametrize("engine", ["interpreted", "native"])
Bars = list[tuple[float, float, float, float]]


def bars(start: str, rows: Bars, step: str = "1D", days: list[str] | None = None) -> dict[str, Any]:
    """Bars one after another, or of the days that are named."""
    count, unit = int(step[:-1]), step[-1]
    ts = np.datetime64(start, "us") + np.arange(len(rows)) * np.timedelta64(count, unit)  # type: ignore[call-overload]
    values = np.array(rows, dtype=float)
    named = dict(zip(("open", "high", "low", "close"), values.T, strict=True))
    return {"ts": np.array(days, "datetime64[us]") if days else ts, **named}


def trades(result: sg.Result, *columns: str) -> list[tuple[Any, ...]]:
    return [tuple(row[name] for name in columns) for row in result.trades.to_pylist()]


def last_equity(result: sg.Result) -> float:
    return float(result.equity.to_pylist()[-1]["equity"])


@ENGINES
def test_a_limit_that_a_gap_passes_then_a_part_at_1r_and_a_trail(engine: str) -> None:
    """The limit is 98, its stop 4 % of that lower, 94.08, on the grid 94: 1 % of 100,000 / 4 = 250 units.

    Bar 2 opens at 97: bought there with slippage, 97.5, as a maker. The stop is 93.6, on the grid 93.5; r is 3.9, so
    that 1r is 101.4, on the grid 101.5, where half leaves; 1.5r is 103.35. Bar 4 opens beyond it: the trail begins at
    3 % below the best so far, 102, and stands at 3 % below 105 from bar 5 on, 101.85, on the grid 101.5: less 0.5.
    """
    text = """
    assume tick 0.5
    assume lot 1
    assume fee 0.02%/maker + 0.1%/taker
    assume slippage 0.5/unit
    guard exposure 100%
    enter long when bar_index == 0
      limit 2%  valid 3 bars  risk 1%
      stop 4%  take 50% at 1r  stop 0r after 1r  trail 3% after 1.5r  target 3r
    """
    data = bars("2024-01-01", [
        (100, 101, 99, 100), (99, 99.5, 98.5, 99), (97, 99, 96.5, 98.5), (99, 102, 98.5, 101.5), (104, 105, 103, 104.5),
        (104, 104.5, 101, 101.5),
    ])  # fmt: skip
    entry = 125 * 97.5 * 0.0002
    made = sg.compile(text).backtest(data, engine=engine)
    assert trades(made, "quantity", "entry_price", "exit_price", "exit_level", "pnl") == [
        (125, 97.5, 101.5, "take_1", pytest.approx(125 * 4 - entry - 125 * 101.5 * 0.0002)),
        (125, 97.5, 101.0, "trail_after", pytest.approx(125 * 3.5 - entry - 125 * 101 * 0.001)),
    ]
    # the lowest since the fill is 96.5, the highest of the first part its own price, of the second 105
    assert trades(made, "stop", "target", "mae", "mfe") == [(93.5, 109.5, -125, 500), (93.5, 109.5, -125, 937.5)]


@ENGINES
def test_a_short_on_margin_that_pays_borrow_and_is_liquidated(engine: str) -> None:
    """2,995 of 3,000 are sold at 100, 5 being the fee; the borrow is of the last mark, for a day and for a weekend."""
    text = """
    assume capital 1000
    assume margin 20%
    assume maintenance 10%
    assume borrow 5%
    assume fee 5/order
    enter short when bar_index == 0 size 300%
    exit short when false
    """
    days = ["2024-01-03", "2024-01-04", "2024-01-05", "2024-01-08", "2024-01-09"]
    rows: Bars = [(100,) * 4, (101, 103, 100, 102), (103, 104, 102, 103), (110, 125, 109, 124), (124,) * 4]
    data = bars("", rows, days=days)
    units = 29.95
    carry = units * (102 * 0.05 / 365 + 103 * 0.05 * 3 / 365)
    price = (1000 + units * 101 - 5 - carry) / (units * 1.1)
    result = sg.compile(text).backtest(data, engine=engine)
    assert trades(result, "quantity", "entry_price", "exit_reason") == [(pytest.approx(units), 101.0, "liquidation")]
    assert trades(result, "exit_price", "pnl") == [pytest.approx((price, units * (101 - price) - 10))]
    assert result.stats["carry"] == pytest.approx(-carry)
    assert last_equity(result) == pytest.approx(1000 + units * (101 - price) - 10 - carry)


@ENGINES
def test_a_rebalance_with_a_band_and_a_fee(engine: str) -> None:
    """The costs of buying are within each share. In February A is too large and sold: the amount that weights are
    shares of is equity less what that sale costs, and the sale itself is by that amount."""
    text = """
    on A, B every 1d
    assume capital 10000
    assume fee 0.1%
    rebalance monthly
      weight of A 50%
      weight of B 40%
      band 2%
    """
    days = ["2024-01-30", "2024-01-31", "2024-02-01", "2024-02-02", "2024-02-05"]
    first = bars("", [(100,) * 4, (102, 105, 101, 104), (104, 111, 103, 110), (112,) * 4, (112,) * 4], days=days)
    second = bars("", [(50,) * 4, (49, 50, 47, 48), (48, 48, 43, 44), (43,) * 4, (43,) * 4], days=days)
    result = sg.compile(text).backtest({"A": first, "B": second}, engine=engine)
    a, b = 5000 / 100.1, 4000 / 50.05
    cash = 10000 - a * 102 * 1.001 - b * 49 * 1.001
    amount = (cash + a * 110 + b * 44 - 0.001 * a * 110) / (1 - 0.001 * 0.5)
    sold, bought = a - 0.5 * amount / 110, (0.4 * amount - b * 44) / 1.001 / 44
    got = [row["got"] for row in result.orders.to_pylist()]
    assert got == pytest.approx([a, b, sold, bought])
    of_a, rest_of_a, of_b = result.trades.to_pylist()
    assert of_a["pnl"] == pytest.approx(sold * (112 - 102) - 0.001 * sold * (102 + 112))
    average = (b * 49 + bought * 43) / (b + bought)  # what is added joins the one lot
    assert (rest_of_a["entry_price"], of_b["entry_price"]) == pytest.approx((102, average))
    assert of_b["pnl"] == pytest.approx((b + bought) * (43 - average) - 0.001 * (b * 49 + bought * 43))
    sale, purchase = sold * 112 * 0.999, bought * 43 * 1.001
    assert last_equity(result) == pytest.approx(cash + sale - purchase + (a - sold) * 112 + (b + bought) * 43)


@ENGINES
def test_finer_bars_decide_which_of_stop_and_target_came_first(engine: str) -> None:
    """Of the bar of 10:15 the second finer one reaches 103 before the third falls to 97: the best is 30, the worst the
    99 of the first."""
    text = "assume magnify 5m\nenter long when bar_index == 0\n  size 10 units  stop 2%  target 3%\n"
    data = bars("2024-01-02T10:00", [(100, 100.5, 99.5, 100), (100, 104, 97, 98), (98, 99, 97, 98)], "15m")
    finer = bars("2024-01-02T10:00", [
        *[(100, 100.5, 99.5, 100)] * 3, (100, 102, 99, 101.5), (101.5, 104, 101, 102), (102, 102.5, 97, 98),
        *[(98, 99, 97, 98)] * 3,
    ], "5m")  # fmt: skip
    result = sg.compile(text).backtest(data, magnify=finer, engine=engine)
    assert trades(result, "exit_price", "exit_reason", "mae", "mfe") == [(103.0, "target", -10.0, 30.0)]
    assert trades(result, "ambiguous") == [(False,)]


@ENGINES
def test_money_that_comes_and_goes_is_no_return(engine: str) -> None:
    """500 on the first bar and on 1 February, a tenth of equity out on the day after: returns are of equity before its
    flow / equity at the close before, 1550 / 1500, 1600 / 1550, 2150 / 2100, then 1910 / 1935."""
    text = """
    assume capital 1000
    enter long when bar_index == 0 size 5 units
    deposit 500 cash monthly
    withdraw 10% when bar_index == 3
    exit long when bar_index == 4
    """
    days = ["2024-01-30", "2024-01-31", "2024-02-01", "2024-02-02", "2024-02-05", "2024-02-06"]
    rows: Bars = [(100,) * 4, (100, 111, 99, 110), (110, 121, 109, 120), (120, 131, 119, 130), (130,) * 4, (125,) * 4]
    result = sg.compile(text).backtest(bars("", rows, days=days), engine=engine)
    growth = 1550 / 1500 * (1600 / 1550) * (2150 / 2100) * (1910 / 1935)
    assert [row["equity"] for row in result.equity.to_pylist()] == [1500, 1550, 2100, 1935, 1935, 1910]
    assert result.stats["return"] == pytest.approx(growth - 1)
    assert result.stats["net_profit"] == pytest.approx(125)  # 5 × (125 - 100)
    assert result.stats["max_drawdown"] == pytest.approx(25 / 1935)


@ENGINES
def test_a_reversal_with_a_least_fee_and_a_spread_on_entries(engine: str) -> None:
    """Slippage and half the spread come on top of the market's price, the fee is 5 at least. The short is sized from
    equity less what the closing leg is estimated to cost, slippage alone and its fee."""
    text = """
    assume capital 10000
    assume fee 0.1% min 5
    assume spread 1/unit on entries
    assume slippage 0.1/unit
    enter long when bar_index == 0 size 50%
    enter short when bar_index == 2 size 50%
    """
    data = bars("2024-01-01", [(100,) * 4, (102, 110, 102, 110), (110, 120, 110, 120), (118,) * 4, (118,) * 4])
    long = (5000 - 5) / 100.6  # 0.1 % of it would be less than 5
    fee = 0.001 * long * 102.6
    equity = 10000 + long * (120 - 102.6) - fee
    short = 0.5 * (equity - 0.1 * long - 0.001 * long * 119.9) / (120.6 + 0.001 * 119.4)
    result = sg.compile(text).backtest(data, engine=engine)
    assert trades(result, "quantity", "entry_price", "exit_price", "exit_reason") == [
        (pytest.approx(long), 102.6, 117.9, "reverse"), (pytest.approx(short), 117.4, 118.0, "end"),
    ]  # fmt: skip
    assert trades(result, "pnl")[0][0] == pytest.approx(long * (117.9 - 102.6) - fee - 0.001 * long * 117.9)


@ENGINES
def test_a_ladder_that_is_placed_again(engine: str) -> None:
    """Orders at 99, 98 and 97, each with its target 1 above its fill. Bar 1 fills 99; bar 2 first falls, which hurts,
    to 98, then rises past both targets. Bar 3 opens at 98, which fills 99 and 98 there, then falls to 97; all leave on
    its way up. Bar 4 opens at 99. Bar 5 fills all three; their life is over with bar 6."""
    text = """
    assume fee 1/order
    enter long when bar_index == 0
      limit 1%  ladder 3 step 1 again  valid 6 bars  size 10 units  target entry + 1
    exit long when false
    """
    data = bars("2024-01-01", [
        (100,) * 4, (100, 100, 98.5, 99.2), (99.5, 100.5, 97.5, 98), (98, 99.5, 97, 99), (99, 101, 99, 100),
        (100, 100, 96, 97), (97,) * 4, (97, 99, 97, 99), (99,) * 4,
    ])  # fmt: skip
    result = sg.compile(text).backtest(data, engine=engine)
    found = [(row["entry_time"].day - 1, row["entry_price"], row["exit_time"].day - 1, row["exit_price"])
             for row in result.trades.to_pylist()]  # fmt: skip
    assert found == [
        (2, 98, 2, 99), (1, 99, 2, 100), (3, 97, 3, 98), (3, 98, 3, 99), (3, 98, 3, 99), (4, 99, 4, 100),
        (5, 97, 7, 98), (5, 98, 7, 99), (5, 99, 8, 99),
    ]  # fmt: skip
    assert [row["pnl"] for row in result.trades.to_pylist()] == [8.0] * 8 + [-1.0]


@ENGINES
@pytest.mark.parametrize(
    ("size", "left"),
    [
        ("50%", [(10, "signal"), (5, "signal"), (5, "expire"), (10, "expire")]),  # 15 of 30: all of the first lot
        ("20%", [(6, "signal"), (4, "expire"), (10, "expire"), (10, "expire")]),  # 6: its age takes the rest
    ],
)
def test_an_exit_goes_before_the_ages_that_come_at_its_close(engine: str, size: str, left: list[Any]) -> None:
    """Three lots of 10 with three bars each; at the close at which the first has had them an exit takes a part."""
    text = f"enter long when bar_index <= 3 size 10 units scale 2 expire 3 bars\n" \
           f"exit long when bar_index == 3 size {size} once"  # fmt: skip
    result = sg.compile(text).backtest(bars("2024-01-01", [(100.0 + i,) * 4 for i in range(8)]), engine=engine)
    assert trades(result, "quantity", "exit_reason") == left
    assert [row["kind"] for row in result.orders.to_pylist()].count("expire") == sum(r == "expire" for _, r in left)


@ENGINES
def test_a_trail_that_begins_stands_by_the_best_of_the_bars_before(engine: str) -> None:
    """2r is 120, touched inside bar 2: the trail begins 5 below 111, the best by the end of bar 1, which the fall from
    125 to 112 does not reach; from bar 3 on it stands 5 below 125, and bar 3 opens beyond that."""
    text = "enter long when bar_index == 0 size 10 units stop entry - 10 trail 0.5 * (high - low) after 2r"
    data = bars("2024-01-01", [(100, 105, 95, 100), (100, 111, 99, 110), (110, 125, 109, 112), (118, 119, 117, 118)])
    result = sg.compile(text).backtest(data, engine=engine)
    assert trades(result, "exit_price", "exit_level", "ambiguous") == [(118.0, "trail_after", False)]
