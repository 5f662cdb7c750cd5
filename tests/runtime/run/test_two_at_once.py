"""Features that meet, worked out by hand: groups and margin calls, finer bars and flows, weights and rates."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import stratagem as sg

DAYS = np.array([f"2024-01-0{day}" for day in (2, 3, 4, 5, 8, 9)], "datetime64[D]")
PRICES = ("open", "high", "low", "close")


def flat(closes: list[float], days: Any = DAYS) -> dict[str, Any]:
    return {"time": days, **dict.fromkeys(PRICES, np.array(closes))}


def run(text: str, data: Any, **options: Any) -> sg.Result:
    return sg.compile(f'stratagem 1\nstrategy "both"\n{text}').backtest(data, engine="interpreted", **options)


def test_a_call_takes_what_a_group_may_hold_and_no_more_of_it() -> None:
    """25 A and 20 B out of 1,000 owe 3,500. At 90 and 81 there are 370, and 10 % of 3,870 is more: A leaves, which
    needs 225. Of what is decided then the group's limit (925) leaves 10.3 A, and the margin (1,850 less 1,620) 2.6."""
    text = ("on A, B every 1d\nassume capital 1000\nassume margin 20%\nassume maintenance 10%\n"
            "enter long A when bar_index == 0 or bar_index == 2\n  size 30 units\n"
            "enter long B when bar_index == 0\n  size 20 units\nguard exposure 250% of tech\n")  # fmt: skip
    data = {"A": flat([100.0, 100, 90, 90, 90, 90]), "B": flat([100.0, 100, 81, 81, 81, 81])}
    result = run(text, data, instruments={"A": {"group": "tech"}})
    orders = [(row["symbol"], row["status"], row["reason"], round(row["got"], 6)) for row in result.orders.to_pylist()]
    assert orders == [("A", "reduced", "exposure", 25.0), ("B", "filled", "", 20.0),
                      ("A", "filled", "liquidation", 25.0), ("A", "reduced", "margin", round(230 / 90, 6))]  # fmt: skip
    assert result.equity["equity"].to_pylist() == [1000, 1000, 370, 370, 370, 370]


@pytest.mark.parametrize(("finer", "left", "equity", "gain"), [
    (False, ("stop", 95.0, True), 1375.0, -25.0), (True, ("target", 105.0, False), 1425.0, 25.0),
])  # fmt: skip
def test_finer_bars_decide_the_path_and_a_flow_is_no_return(
    finer: bool, left: tuple[str, float, bool], equity: float, gain: float
) -> None:
    """Of 1,500 after a deposit 25 are lost or made inside the third day, and 100 are withdrawn at its close."""
    text = ("on A every 1d\nassume capital 1000\ndeposit 500 cash when bar_index == 1\n"
            "withdraw 100 cash when bar_index == 2\nenter long when bar_index == 0\n  size 5 units\n  stop 95\n"
            "  target 105\nguard exposure 1000%\n")  # fmt: skip
    data = flat([100.0] * 6)
    data |= {"high": np.array([100.0, 100, 106, 100, 100, 100]), "low": np.array([100.0, 100, 94, 100, 100, 100])}
    path = [(100, 106, 100, 104), (104, 104, 94, 95), (95, 100, 95, 100), (100, 100, 100, 100)]
    rows = np.array([row for day in range(6) for row in (path if day == 2 else [(100,) * 4] * 4)], np.float64)
    hours = (DAYS.astype("datetime64[h]")[:, None] + np.arange(4) * 6).ravel()
    options = {"magnify": {"time": hours, **dict(zip(PRICES, rows.T, strict=True))}} if finer else {}
    result = run(text, data, **options)
    (trade,) = result.trades.to_pylist()
    assert (trade["exit_reason"], trade["exit_price"], trade["ambiguous"]) == left
    assert result.equity["equity"].to_pylist() == [1000, 1500, *[equity] * 4]
    assert result.stats["return"] == pytest.approx(gain / 1500)


def test_weights_are_shares_of_an_account_in_its_own_currency() -> None:
    """Half of 1,000 EUR are 10 A at 100 $ of 0.5, and 10 B. A makes 100 $: 50 EUR, and 80 once a dollar is 0.8. Half of
    1,080 are 540 / 88 A and 10.8 B, and 1,000 $ less are owed for what is sold."""
    text = ("on A, B every 1d\nassume capital 1000\nassume currency EUR\nassume currency of A USD\n"
            "assume currency of B EUR\nrebalance when bar_index == 0 or bar_index == 4\n  weight 50%\n")  # fmt: skip
    before = np.concatenate([[np.datetime64("2024-01-01")], DAYS])
    rates = {"USDEUR": flat([0.5, 0.5, 0.5, 0.5, 0.8, 0.8, 0.8], before)}
    result = run(text, {"A": flat([100.0, 100, 110, 110, 110, 110]), "B": flat([50.0] * 6)}, fx=rates)
    got = [(row["symbol"], row["kind"], row["got"]) for row in result.orders.to_pylist()]
    assert got == [("A", "enter", 10.0), ("B", "enter", 10.0), ("A", "exit", pytest.approx(10 - 540 / 88)),
                   ("B", "enter", pytest.approx(0.8))]  # fmt: skip
    assert result.equity["equity"].to_pylist() == pytest.approx([1000, 1000, 1050, 1050, 1080, 1080])
    assert result.equity["cash"].to_pylist() == pytest.approx([1000, 0, 0, 0, -300, 0], abs=1e-9)
