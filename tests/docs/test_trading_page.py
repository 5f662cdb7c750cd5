"""What `docs/trading.md` says of trades, by the shortest bars that tell each sentence from its neighbours, by hand."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import stratagem as sg
from stratagem.lang.plan.model import DAY_GUARDS
from stratagem.lang.words.vocabulary import BOOKS, GUARD_ACTIONS, GUARDS, RESETS
from stratagem.runtime.trading.specs import GUARDS as SPECS

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "trading.md").read_text(encoding="utf-8")
HOUR = np.timedelta64(1, "h")


def run(text: str, opens: list[float], closes: list[float] | None = None, **options: Any) -> sg.Result:
    """Bars of an hour whose extremes are their open and close; capital 1,000 and, unless said, room for anything."""
    o, c = np.array(opens), np.array(closes or opens)
    bars = {"open": o, "high": np.maximum(o, c), "low": np.minimum(o, c), "close": c}
    if "guard exposure" not in text:
        text += "\nguard exposure 1000%"
    ts = np.datetime64("2024-01-01T20:00", "us") + np.arange(len(o)) * HOUR
    return sg.compile(text).backtest({"ts": ts, **bars}, **{"capital": 1000, "engine": "interpreted", **options})


def rows(result: sg.Result, *columns: str) -> list[tuple[Any, ...]]:
    return [tuple(row[name] for name in columns) for row in result.trades.to_pylist()]


def test_an_exit_sees_a_flat_book_on_the_bar_of_a_fill_at_the_close() -> None:
    text = "enter long when bar_index == 0 fill this_close size 1 units\nexit long when true fill this_close"
    first, *_ = rows(run(text, [10.0] * 4), "entry_time", "exit_time")
    assert [time.hour for time in first] == [20, 21]


@pytest.mark.parametrize(
    ("scale", "decided", "full"),
    [
        ("", [0, 3, 6], []),
        ("scale 1", [0, 1, 3, 4, 6], ["`enter long` found its `scale 1` full on 2 bars and did nothing"]),
    ],
)
@pytest.mark.parametrize("fill", ["this_close", "next_open"])
def test_a_lot_that_leaves_at_this_close_is_still_held_for_its_decisions(
    fill: str, scale: str, decided: list[int], full: list[str]
) -> None:
    """Lots decided on bars 0 and 1 expire on bars 2 and 3 at the close, a bar later by the open: 3 has room for one."""
    age = 3 if fill == "this_close" else 2  # at the close a lot has its entry bar behind it when it is filled
    result = run(f"assume fill {fill}\nenter long when true size 1 units {scale} expire {age} bars", [10.0] * 7)
    assert [row["time"].hour - 20 + 24 * (row["time"].day - 1) for row in result.orders.to_pylist()
            if row["kind"] == "enter"] == decided  # fmt: skip
    assert [note for note in result.notes if "full" in note] == full


def test_a_full_scale_is_no_conflict_whenever_the_reversal_fills() -> None:
    text = "enter long when bar_index == 3 size 1 units\nenter short when true size 1 units scale 1\nassume fill "
    for fill in ("this_close", "next_open"):
        assert run(text + fill, [10.0] * 5).stats["conflicts"] == 0


def test_an_entry_and_an_exit_of_one_side_are_the_exit_alone() -> None:
    text = "enter long when bar_index <= 2 size 1 units\nexit long when bar_index == 2"
    assert rows(run(text, [10.0] * 6), "exit_reason") == [("signal",)]


def test_an_exit_with_nothing_to_close_vetoes_nothing() -> None:
    text = "enter long when bar_index == 1 size 1 units\nexit short when true"
    assert rows(run(text, [10.0] * 4), "exit_reason") == [("end",)]


def test_a_reversal_is_sized_after_the_closing_cost() -> None:
    """Long 1,000 / 101 = 9.90099 at a fee of 1 %; its exit's fee leaves 980.198, of which 980.198 / 101 are sold."""
    text = "assume fee 1%\nenter long when bar_index == 0\nenter short when bar_index == 2\nguard exposure 100%"
    first, second = rows(run(text, [100.0] * 6), "side", "quantity", "exit_reason", "exit_price")
    assert first == ("long", pytest.approx(1000 / 101), "reverse", 100.0)
    assert second[:2] == ("short", pytest.approx((1000 - 2 * 1000 / 101) / 101))


def test_each_order_of_a_bar_is_sized_after_the_costs_of_those_before_it() -> None:
    """Two of 50 %: 500 / 101 at a fee of 1 %, then half of what its fee leaves. A lot expires as a third is decided:
    equity is 1,000 - 4 - 4, the expiry will cost 4 more, and half of 988 over 101 is bought."""
    two = "assume fee 1%\nenter long when bar_index == 0 size 50%\nenter long when bar_index == 0 size 50% scale 1"
    first = 500 / 101
    assert rows(run(two, [100.0] * 3), "quantity") == [(first,), (pytest.approx((1000 - first) / 2 / 101),)]
    leaving = "assume fee 1%\nenter long when bar_index == 0 size 4 units expire 2 bars\n"
    leaving += "enter long when bar_index == 1 size 4 units scale 1\nenter long when bar_index == 2 size 50% scale 1"
    *_, third = rows(run(leaving, [100.0] * 5), "quantity", "exit_reason")
    assert third == (pytest.approx(988 / 2 / 101), "end")


@pytest.mark.parametrize(
    ("leave", "fees"),
    [
        ("exit long when bar_index == 2", [8.0, 10.0]),
        ("enter short when bar_index == 2 size 1 units", [8.0, 10.0, 6.0]),
        ("guard loss 2% then flatten", [8.0, 10.0]),
    ],
)
def test_an_order_that_closes_several_lots_pays_one_fixed_fee(leave: str, fees: list[float]) -> None:
    """Lots of 1 and 2, 6 for each of their fills, and 6 for the exit of both: 2 and 4 of it."""
    text = "assume fee 6/order\nenter long when bar_index == 0 size 1 units\n"
    text += "enter long when bar_index == 0 size 2 units scale 1\n" + leave
    assert [fee for (fee,) in rows(run(text, [10.0, 10.0, 5.0, 5.0, 5.0]), "fees")] == fees


@pytest.mark.parametrize("clause", ["expire 2 bars", "stop 10%"])
def test_lots_that_leave_each_by_itself_pay_a_fixed_fee_each(clause: str) -> None:
    text = f"assume fee 6/order\nenter long when bar_index == 0 size 1 units {clause}\n"
    text += f"enter long when bar_index == 0 size 2 units scale 1 {clause}"
    assert rows(run(text, [10.0, 10.0, 10.0, 5.0, 5.0]), "fees") == [(12.0,), (12.0,)]


@pytest.mark.parametrize(("fee", "paid"), [
    ("0.1%", (0.2, 0.2)), ("5/order", (5.0, 5.0)), ("0.02/unit", (0.4, 0.4)), ("0.1% min 1", (1.0, 1.0)),
    ("5/order max 1%", (2.0, 2.0)), ("5/order max 3/order", (3.0, 3.0)), ("0.02/unit min 3 max 1%", (2.0, 2.0)),
    ("0.02%/maker + 0.05%/taker", (0.1, 0.1)), ("1% on entries", (2.0, 0.0)), ("1% on exits", (0.0, 2.0)),
])  # fmt: skip
def test_what_a_fee_comes_to(fee: str, paid: tuple[float, float]) -> None:
    """20 units at 10, in and out; open at the end they have paid the entry alone."""
    text = f"assume fee {fee}\nenter long when bar_index == 0 size 20 units"
    for leave, fees in (("", paid[0]), ("\nexit long when bar_index == 1", sum(paid))):
        assert rows(run(text + leave, [10.0] * 3), "fees") == [(pytest.approx(fees),)]


@pytest.mark.parametrize(("cost", "prices"), [
    ("slippage 0.02/unit", (10.02, 9.98)), ("spread 0.1/unit", (10.05, 9.95)),
    ("spread 2ticks\nassume tick 0.05", (10.05, 9.95)), ("spread 1%", (10.05, 9.95)),
    ("spread 1% on exits", (10.0, 9.95)), ("spread 0.1/unit\nassume slippage 0.02/unit", (10.07, 9.93)),
])  # fmt: skip
def test_what_slippage_and_spread_come_to(cost: str, prices: tuple[float, float]) -> None:
    text = f"assume {cost}\nenter long when bar_index == 0 size 1 units\nexit long when bar_index == 1"
    assert rows(run(text, [10.0] * 3), "entry_price", "exit_price") == [pytest.approx(prices)]


@pytest.mark.parametrize(("cost", "prices"), [("10%/range", (10.04, 9.96)), ("1%/sqrt_volume", (10.01, 9.99))])
def test_what_slippage_by_the_market_comes_to(cost: str, prices: tuple[float, float]) -> None:
    """Of a bar from 9.9 to 10.3 with a volume of 2,000, by 20 units."""
    text = f"assume slippage {cost}\nenter long when bar_index == 0 size 20 units\nexit long when bar_index == 1"
    made = {name: np.full(3, price) for name, price in (("open", 10), ("high", 10.3), ("low", 9.9), ("close", 10.0))}
    made |= {"ts": np.datetime64("2024-01-01", "us") + np.arange(3) * HOUR, "volume": np.full(3, 2000.0)}
    assert rows(sg.compile(text).backtest(made), "entry_price", "exit_price") == [pytest.approx(prices)]


def test_all_of_equity_with_a_minimum() -> None:
    text = "assume fee 0.1% min 10\nenter long when bar_index == 0 size 100%\nguard exposure 100%"
    assert rows(run(text, [100.0] * 3), "quantity", "fees") == [(pytest.approx(9.9), 10.0)]


def test_levels_are_put_on_the_grid_and_prices_of_the_data_are_not() -> None:
    """Filled at 10.06; 10 % below is 9.054, of a grid of 0.25 the next level down 9."""
    text = "assume tick 0.25\nenter long when bar_index == 0 size 1 units stop 10%"
    result = run(text, [10.06, 10.06, 9.5], [10.06, 9.5, 8.5])
    assert rows(result, "entry_price", "stop", "exit_price") == [(10.06, 9.0, 9.0)]


def test_a_refused_reversal_still_leaves() -> None:
    text = "enter long when bar_index == 0 size 1 units\nenter short when bar_index == 2 size 1 units"
    text += "\nguard day_trades 1"
    result = run(text, [10.0] * 4)
    assert rows(result, "side", "exit_reason") == [("long", "reverse")]
    assert [row["status"] for row in result.orders.to_pylist()].count("denied") == 1


def test_of_both_sides_on_one_bar_the_first_in_the_text_acts() -> None:
    text = "enter short when bar_index == 0 size 1 units\nenter long when bar_index == 0 size 1 units"
    result = run(text, [10.0] * 3)
    assert rows(result, "side") == [("short",)] and result.stats["conflicts"] == 1


def test_a_bracket_is_frozen_and_each_lot_has_its_own() -> None:
    """The stops are 12 - 1 and 11 - 1, whatever the lows do later; bar 3 falls to 10.4 and takes the first alone."""
    text = "enter long when bar_index <= 1 size 1 units scale 1 stop lowest(low, 1) - 1"
    result = run(text, [12.0, 12.0, 12.0, 12.0, 12.0], [12.0, 11.0, 12.0, 10.4, 10.4])
    assert rows(result, "stop", "exit_reason") == [(11.0, "stop"), (10.0, "end")]


def test_a_lot_filled_beyond_its_stop_leaves_at_once() -> None:
    text = "enter long when bar_index == 0 size 1 units stop close - 1"
    assert rows(run(text, [10.0, 8.0, 8.0]), "entry_price", "exit_price", "bars") == [(8.0, 8.0, 0)]


def test_a_gap_fills_at_the_open_and_a_stop_at_its_level() -> None:
    text = "enter long when bar_index == 0 size 1 units stop close - 2"
    inside = run(text, [10.0, 10.0, 10.0], [10.0, 10.0, 5.0])
    gap = run(text, [10.0, 10.0, 5.0], [10.0, 10.0, 5.0])
    assert rows(inside, "exit_price") == [(8.0,)] and rows(gap, "exit_price") == [(5.0,)]


def test_expire_counts_the_bar_of_the_entry() -> None:
    """Filled on bar 1, which is its first; the second is bar 2, whose decision leaves at the open of bar 3."""
    text = "enter long when bar_index == 0 size 1 units expire 2 bars"
    assert rows(run(text, [10.0, 10.0, 10.0, 11.0, 12.0]), "exit_price", "exit_reason") == [(11.0, "expire")]


def test_a_guard_leaves_by_the_fill_policy_and_not_at_its_limit() -> None:
    """10 % of 1,000 are lost at the close of 90; the lot leaves at the open of 80."""
    text = "enter long when bar_index == 0 size 10 units\nguard loss 10% then flatten"
    result = run(text, [100.0, 100.0, 95.0, 80.0, 80.0], [100.0, 100.0, 90.0, 80.0, 80.0])
    assert rows(result, "exit_price", "exit_reason") == [(80.0, "guard")]


@pytest.mark.parametrize(
    ("guard", "entries"),
    [
        ("daily_loss 5% then halt", [1, 5, 7]),  # the loss is of the first day, whose midnight is bar 4
        ("day_losses 1 then halt", [1, 5, 7]),
        ("day_trades 1", [1, 5]),
        ("drawdown 5% then halt", [1]),
        ("loss 5% then halt", [1]),
        ("exposure 150% then halt", [1]),  # of the 19 units 15 fit; they are 153 % of equity at the close of 96.5
        ("drawdown 50% then halt", [1, 3, 5, 7]),
    ],
)
def test_when_a_halt_ends(guard: str, entries: list[int]) -> None:
    """Every second bar a lot is bought and left a bar later; the first loses 66.5 of 1,000, the others nothing."""
    text = f"enter long when position.flat size 19 units\nexit long when position.long\nguard {guard}"
    text += "" if "exposure" in guard else "\nguard exposure 1000%"
    opens = [100.0, 100.0, *[96.5] * 6]
    result = run(text, opens, [100.0, *[96.5] * 7])
    assert [(time.hour - 20) % 24 for (time,) in rows(result, "entry_time")] == entries


def test_recent_of_two_is_three_bars() -> None:
    bars = {"ts": np.datetime64("2024-01-01", "us") + np.arange(6) * HOUR, "close": np.ones(6)}
    assert sg.evaluate("recent(bar_index == 1, 2)", bars).tolist() == [False, True, True, True, False, False]
    assert sg.evaluate("barssince(bar_index == 1)", bars)[1:4].tolist() == [0.0, 1.0, 2.0]


READS = {  # after a purchase of 2 at 10, one more at 12, a fee of 1 a fill, at a close of 13
    "position.size": 3.0, "position.entry_price": 32 / 3, "position.last_price": 12.0, "position.pnl": 7.0 - 2.0,
    "margin.used": 39.0, "margin.free": 966.0,
    "position.bars": 2.0, "position.lots": 2.0, "position.weight": 39 / 1005, "position.risk": 3.0,
    "position.open_risk": 2 * 4.0 + 2.0, "exposure.gross": 39 / 1005, "exposure.net": 39 / 1005,
    "margin.use": 39 / 1005,
    "position.stop": 11.0, "equity": 1005.0, "cash": 1000 - 32 - 2.0, "pnl.unrealised": 7.0, "pnl.realised": 0.0,
    "pnl.fees": 2.0, "pnl.carry": 0.0, "pnl.total": 5.0, "position.high": 13.0, "position.low": 10.0,
}  # fmt: skip


@pytest.mark.parametrize("name", READS)
def test_reads_of_an_open_position(name: str) -> None:
    text = (
        "assume fee 1/order\nassume tick 1\nenter long when bar_index == 0 size 2 units stop 1ticks\n"
        f"enter long when bar_index == 1 size 1 units scale 1 stop 1ticks\nplot {name}"
    )
    result = run(text, [10.0, 10.0, 12.0, 13.0], [10.0, 12.0, 13.0, 13.0])
    assert result.series[name][2] == pytest.approx(READS[name])


def test_reads_of_closed_trades_have_the_signs_they_are_said_to_have() -> None:
    """A gain of 2 of 10, then a loss of 3 of 12."""
    text = "enter long when mod(bar_index, 2) == 0 size 1 units\nexit long when mod(bar_index, 2) == 1"
    names = ("trades.mean_win", "trades.mean_loss", "trades.win_rate", "trades.last_return", "trades.loss_streak")
    text += "".join(f"\nplot {name}" for name in (*names, "trades.bars_since", "trades.count"))
    result = run(text, [10.0, 10.0, 12.0, 12.0, 9.0, 9.0], [10.0, 10.0, 12.0, 12.0, 9.0, 9.0])
    found = [result.series[name][4] for name in (*names, "trades.bars_since", "trades.count")]
    assert found == pytest.approx([2.0, 3.0, 0.5, -0.25, 1.0, 0.0, 2.0])
    assert np.isnan(result.series["trades.mean_win"][1]) and np.isnan(result.series["trades.bars_since"][1])


def test_every_read_guard_and_action_is_on_the_page() -> None:
    named = re.findall(r"`\.?([\w.]+)`", PAGE.split("## What a program can read")[1].split("## The end")[0])
    fields = {name.split(".")[-1] for name in named}
    assert not [name for name in BOOKS if name.split(".")[-1] not in fields]


def test_every_guard_and_action_has_one_row_with_every_cell() -> None:
    section, ends = PAGE.split("## Guards")[1].split("## What")[0].split("### When a halt ends")
    assert tuple(re.findall(r"(?m)^\| `until (\w+)`", ends)) == RESETS
    rows = [[cell.strip() for cell in line.strip("| ").split(" | ")] for line in section.splitlines() if "| `" in line]
    named = [(re.findall(r"`(\w+)`", row[0])[0], row) for row in rows]
    assert [name for name, _ in named] == [*SPECS, *GUARD_ACTIONS]
    assert set(SPECS) == {*GUARDS, "margin"}, "which an assumption brings"
    for name, row in named:
        if name in GUARDS:
            assert len(row) == 6 and all(row), name
            assert row[4] == "above" or "at" in row[4] or "limit" in row[4], name


def test_guards_of_the_day_are_those_that_the_page_resets_with_it() -> None:
    section = PAGE.split("## Guards")[1]
    resets = dict(re.findall(r"(?m)^\| `(\w+)` \|.*\| ([^|]+) \|$", section.split("| action |")[0]))
    of_the_day = {name for name, when in resets.items() if when.startswith("with the day")}
    assert of_the_day == DAY_GUARDS


def test_open_lots_at_the_end() -> None:
    text = "assume fee 1/order\nenter long when bar_index == 0 size 1 units"
    left, closed = run(text, [10.0, 10.0, 12.0]), run(text, [10.0, 10.0, 12.0], close_at_end=True)
    assert rows(left, "exit_reason", "exit_price", "fees", "pnl") == [("end", 12.0, 1.0, 1.0)]
    assert (left.stats["trades"], left.stats["open_trades"]) == (0, 1)
    assert rows(closed, "exit_reason", "exit_price", "fees", "pnl") == [("end", 12.0, 2.0, 0.0)]
    assert (closed.stats["trades"], closed.stats["open_trades"]) == (1, 0)


# --- several symbols ---------------------------------------------------------------------------------


def together(text: str, **closes: list[float]) -> sg.Result:
    """Bars of a day that never move, one symbol for each name; capital 1,000."""
    ts = np.datetime64("2024-01-01", "us") + np.arange(len(next(iter(closes.values())))) * np.timedelta64(1, "D")
    prices = ("open", "high", "low", "close")
    data = {name: {"ts": ts, **dict.fromkeys(prices, np.array(c))} for name, c in closes.items()}
    program = sg.compile(f"on {', '.join(closes)} every 1d\n{text}")
    return program.backtest(data, capital=1000, engine="interpreted")


def test_a_rebalance_trades_the_difference_alone() -> None:
    text = "rebalance when bar_index == 0 or bar_index == 2\n  weight if bar_index == 0 then 40% else 50%"
    result = together(text, A=[100.0, 100, 150, 150], B=[100.0, 100, 75, 75])
    told = [(r["symbol"], r["kind"], r["got"]) for r in result.orders.to_pylist()]
    sold, bought = pytest.approx(1 / 3), pytest.approx(10 / 3)
    assert told == [("A", "enter", 4), ("B", "enter", 4), ("A", "exit", sold), ("B", "enter", bought)]
    assert "sells a third of a unit of A (600 to 550) and buys 3.33 B (300 to 550)" in PAGE


def test_legs_are_taken_together_or_not_at_all() -> None:
    text = "atomic when close > 0\n  buy A size 60%\n  sell B size 60%"
    result = together(text, A=[100.0] * 3, B=[100.0] * 3)
    told = {(r["symbol"], r["status"], r["reason"]) for r in result.orders.to_pylist()}
    assert told == {("A", "denied", "other_leg"), ("B", "denied", "exposure")} and not result.trades.num_rows
    held = together("guard exposure 120%\n" + text, A=[100.0] * 3, B=[100.0] * 3)
    assert [(r["symbol"], r["status"], r["got"]) for r in held.orders.to_pylist()] == [
        ("A", "filled", 6), ("B", "filled", 6)
    ]
