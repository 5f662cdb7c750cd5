"""Costs that one symbol has and several do not have yet are refused, and never dropped."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import stratagem as sg

TEXT = "on A, B\nenter long when bar_index == 0 size 25%\n"
NOT_YET = [
    ({"slippage": "1%/sqrt_volume"}, "of which B has none"),
    ({"participation": "10%"}, "of which B has none"),
    ({"instruments": {"A": {"margin": "10%"}}}, "A has a margin of its own"),
]


def bars(volume: float) -> dict[str, Any]:
    return {"ts": np.datetime64("2024-01-01", "us") + np.arange(4) * np.timedelta64(1, "D"), "close": np.full(4, 100.0),
            "volume": np.full(4, volume), "rate": np.zeros(4)}  # fmt: skip


@pytest.mark.parametrize("assumed, told", NOT_YET)
def test_what_several_symbols_do_not_have_is_refused(assumed: dict[str, Any], told: str) -> None:
    with pytest.raises(sg.RunError, match=told):
        sg.compile(TEXT).backtest({"A": bars(10.0), "B": bars(0.0)}, timeframe="1d", engine="interpreted", **assumed)


def test_money_is_paid_into_each_strategy_of_a_portfolio_and_not_at_a_venue() -> None:
    program = sg.compile("enter long when bar_index == 0\ndeposit 5 cash when true\n")
    both = sg.portfolio({"one": program, "two": program}).backtest(bars(1.0), timeframe="1d", engine="interpreted")
    assert set(both.flows["got"].to_pylist()) == {5.0} and len(both.flows) == 2 * len(both.equity)
    with pytest.raises(sg.RunError, match="where a venue makes the fills"):
        program.session(timeframe="1d", fills="venue")


def test_the_margin_of_an_account_is_of_all_its_books() -> None:
    """Gross value is at most equity / 80 %: 70 % and 55 % of 100,000."""
    text = "on A, B\nassume margin 80%\nenter long when bar_index == 0 size 70%\n"
    result = sg.compile(text).backtest({"A": bars(1.0), "B": bars(1.0)}, timeframe="1d", engine="interpreted")
    assert [row["quantity"] for row in result.trades.to_pylist()] == pytest.approx([700.0, 550.0])
    assert [row["reason"] for row in result.orders.to_pylist()] == ["", "margin"]
