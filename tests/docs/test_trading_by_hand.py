"""What `docs/trading.md` and `docs/results.md` say of prices, quantities and rows, as a trader works it out by hand."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import stratagem as sg

from .test_trading_page import rows, run, together

FLAT = [100.0] * 5
DAYS = np.datetime64("2024-01-03", "us") + np.arange(40) * np.timedelta64(1, "D")


def orders(result: sg.Result, *columns: str) -> list[tuple[Any, ...]]:
    return [tuple(row[name] for name in columns) for row in result.orders.to_pylist()]


def flat(closes: Any, text: str, **columns: Any) -> sg.Result:
    closes = np.array(closes, dtype=float)
    data = {"ts": DAYS[: len(closes)], **dict.fromkeys(("open", "high", "low", "close"), closes), **columns}
    return sg.compile(text).backtest(data, capital=1000, engine="interpreted")


@pytest.mark.parametrize("side", ["long", "short"])
@pytest.mark.parametrize("cost", ["slippage 2/unit", "spread 4/unit"])
def test_a_share_of_equity_is_at_the_markets_price_and_costs_come_on_top(side: str, cost: str) -> None:
    text = f"assume {cost}\nenter {side} when bar_index == 0\nguard exposure 100%"
    assert rows(run(text, FLAT), "quantity") == [(pytest.approx(1000 / 102),)]


@pytest.mark.parametrize(("more", "quantity"), [("", 5.0), ("limit 80", 500 / 80)])
def test_an_amount_of_cash_is_at_the_close_or_at_the_orders_own_price(more: str, quantity: float) -> None:
    text = f"assume slippage 1/unit\nenter long when bar_index == 0 size 500 cash {more}"
    assert rows(run(text, [100.0, 70.0, 70.0] if more else [100.0, 110.0, 110.0]), "quantity") == [(quantity,)]


def test_a_risk_is_without_slippage_and_spread() -> None:
    text = "assume slippage 0.5/unit\nassume spread 1/unit\nenter long when bar_index == 0 risk 1% stop 5%\n"
    result = run(text + "guard exposure 100%", [100.0, 100.0, 100.0], [100.0, 100.0, 90.0], capital=10_000)
    assert rows(result, "quantity", "entry_price", "exit_price", "pnl") == [pytest.approx((20, 101, 94.95, -121))]


def test_r_is_before_the_grid_and_risk_on_it() -> None:
    text = "assume tick 1\nenter long when bar_index == 0 risk 1% stop 3.5% target 2r\nguard exposure 100%"
    result = run(text + "\nplot position.risk", FLAT, capital=10_000)
    assert rows(result, "quantity", "stop", "target") == [(25.0, 96.0, 107.0)]
    assert result.series["position.risk"][2] == 100.0
    formula = text.replace("2r", "entry + 2 * (entry - stop)")
    assert rows(run(formula, FLAT, capital=10_000), "target") == [(107.0,)]


def test_what_a_guard_has_just_ordered_out_is_gone_for_a_partial_exit() -> None:
    """12 at 75 are 900 of 700, and 840 may stay: 0.8 units are too much, one lot leaves, and half of 11 after it."""
    text = "enter long when bar_index == 0 size 12 units\nexit long when bar_index == 2 size 50% once\nassume lot 1\n"
    result = run(text + "guard exposure 120% then reduce", [100.0, 100.0, 75.0, 75.0])
    assert orders(result, "kind", "got")[1:] == [("guard", 1.0), ("exit", 5.0)]


def test_a_reduction_counts_what_leaving_costs() -> None:
    text = "assume fee 1%\nenter long when bar_index == 0 size 12 units\nguard exposure 125% then reduce"
    *_, (asked,) = orders(run(text, [100.0, 100.0, 80.0, 80.0]), "asked")
    equity = 1000 - 12 - 12 * 20
    assert (12 - asked) * 80 == pytest.approx(1.25 * (equity - 0.01 * asked * 80))


def test_a_refused_reversal_has_the_fill_of_the_leg_that_closed() -> None:
    text = "enter long when bar_index == 0 size 1 units\nenter short when bar_index == 2 size 1 units"
    *_, row = orders(run(text + "\nguard day_trades 1", FLAT), "kind", "status", "got", "fill_price", "fill_moment")
    assert row == ("enter", "denied", 0.0, 100.0, "open")


def test_an_exit_at_the_open_beside_a_reversal_at_this_close() -> None:
    text = "enter long when bar_index == 0 size 1 units\nexit long when bar_index == 2\n"
    result = run(text + "enter short when bar_index == 2 size 2 units fill this_close", FLAT)
    assert rows(result, "exit_reason", "quantity") == [("reverse", 1.0), ("end", 2.0)]
    assert ("cancelled", "nothing_to_close") in orders(result, "status", "reason")


@pytest.mark.parametrize(("side", "filled"), [("long", 2), ("short", 3)])
@pytest.mark.parametrize("word", ["atomic", "sequence"])
def test_a_leg_that_flattens_is_an_exit_of_the_bar(word: str, side: str, filled: int) -> None:
    text = f"{word} when bar_index == 2\n  flatten A\n  buy B size 20%\nenter long A when bar_index == 0 size 2 units\n"
    result = together(text + f"enter {side} A when bar_index == 2 size 2 units\nprefer close", A=FLAT * 2, B=FLAT * 2)
    assert orders(result, "symbol", "status").count(("A", "filled")) == filled


@pytest.mark.parametrize(("policy", "own", "moment"), [
    ("next_open", "this_close", "open"), ("this_close", "next_open", "close")
])  # fmt: skip
def test_an_expiry_fills_by_the_programs_policy(policy: str, own: str, moment: str) -> None:
    text = f"assume fill {policy}\nenter long when bar_index == 0 fill {own} size 1 units expire 2 bars"
    assert orders(run(text, FLAT), "kind", "fill_moment")[1] == ("expire", moment)


@pytest.mark.parametrize(("open_", "price"), [(120.0, 119.0), (110.5, 110.0)])
def test_a_target_at_a_gap_pays_slippage_and_is_never_worse(open_: float, price: float) -> None:
    text = "assume slippage 1/unit\nenter long when bar_index == 0 size 1 units target 110"
    assert rows(run(text, [100.0, 100.0, open_]), "exit_price") == [(price,)]


def test_cash_moves_with_the_rate() -> None:
    text = 'on X every 1d\nassume currency EUR\nassume currency of X USD\nassume conversion "c"\nplot cash\nplot equity'
    text += "\nenter long when bar_index == 0 size 10 units"
    result = flat([100] * 4, text, c=np.array([0.5, 0.5, 0.8, 0.8]))
    assert (*result.series["cash"], result.series["equity"][3]) == (1000, 500, 200, 200, 1000)


def test_money_of_a_day_of_the_month_comes_on_the_first_bar_too() -> None:
    made = flat([100] * 40, "withdraw 10 cash monthly day 8\nenter long when false")
    assert [str(time)[:10] for (time,) in orders(made, "time")] == ["2024-01-03", "2024-01-08", "2024-02-08"]


def test_a_reduction_acts_before_the_withdrawal_of_the_same_close() -> None:
    text = "withdraw 300 cash when bar_index == 3\nenter long when bar_index == 0 size 12 units\nassume margin 50%\n"
    told = orders(flat([100] * 8, text + "guard exposure 130% then reduce"), "kind", "time")
    assert [(kind, time.day) for kind, time in told][1:] == [("withdraw", 6), ("guard", 7)]


@pytest.mark.parametrize(("size", "asked"), [("2.5 units", 2.5), ("25%", 2.5)])
def test_asked_is_before_lots_and_got_after(size: str, asked: float) -> None:
    result = run(f"assume lot 1\nenter long when bar_index == 0 size {size}", FLAT)
    assert orders(result, "status", "asked", "got") == [("filled", asked, 2.0)]


def test_rows_of_one_symbol_stand_as_their_fates_come_and_of_several_by_number() -> None:
    text = "enter long {} when bar_index == 0 size 1 units limit 50 valid 3 bars\nenter short {} when bar_index == 1"
    one = run((text + " size 1 units").format("", ""), FLAT)
    two = together((text + " size 1 units\nprefer close").format("A", "B"), A=FLAT, B=FLAT)
    assert [[n for (n,) in orders(made, "order")] for made in (one, two)] == [[1, 0], [0, 1]]


@pytest.mark.parametrize(("clause", "guard", "side"), [
    ("", "loss 5% then halt", "long"), ("expire 1 bars", "day_losses 1 then flatten", None)
])  # fmt: skip
def test_the_side_of_a_halt_is_what_is_held(clause: str, guard: str, side: str | None) -> None:
    text = f"enter long when bar_index == 0 size 10 units {clause}\nguard {guard}"
    *_, row = orders(run(text, [100.0, 100.0, 90.0, 90.0]), "status", "side")
    assert row[0] == "halted" and (row[1] or None) == side


def test_an_order_that_ended_with_a_part_tells_its_levels() -> None:
    text = "assume participation 10%\nenter long when bar_index == 0 size 25 units limit 100 valid 2 bars stop 5%"
    result = flat([100, 100, 100, 101, 101], "guard exposure 1000%\n" + text, volume=np.full(5, 100.0))
    assert orders(result, "status", "asked", "got", "stop") == [("expired", 25.0, 20.0, 95.0)]
    assert rows(result, "quantity", "stop") == [(20.0, 95.0)]
