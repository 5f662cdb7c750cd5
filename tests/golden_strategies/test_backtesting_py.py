"""The sets of backtesting.py: quantities and money, and what is left explained.

Its finaliser closes the last trade at the last bar's open (at the close before it where it trades on the
close); here an open position is marked at the last close. Its size with a commission adds the commission of a
whole order to the price of one unit; both are followed here by arithmetic, to the cent.
"""

from __future__ import annotations

from math import floor
from pathlib import Path
from typing import Any

import pytest

from .cases import CASES
from .test_golden import reference_trades, run

TO_THE_CENT = ("goog_default", "goog_on_close", "limit_below_average")
BY_FILE = {case.file: case for case in CASES}


def pairs(shared: Path, file: str) -> tuple[dict[str, Any], Any, list[tuple[dict[str, Any], dict[str, Any]]]]:
    entry, result = run(shared, BY_FILE[file])
    return entry, result, list(zip(reference_trades(shared, entry), result.trades.to_pylist(), strict=True))


@pytest.mark.parametrize("file", TO_THE_CENT)
def test_quantities_profits_and_final_equity(shared: Path, file: str) -> None:
    entry, result, trades = pairs(shared, file)
    assert all(theirs["qty"] == ours["quantity"] for theirs, ours in trades)
    for theirs, ours in trades[:-1]:
        assert ours["pnl"] == pytest.approx(theirs["pnl"], abs=1e-6)
    theirs, ours = trades[-1]
    finaliser = (ours["exit_price"] - theirs["exit_price"]) * ours["quantity"]
    assert result.stats["final_equity"] - finaliser == pytest.approx(entry["metrics"]["Equity Final [$]"], abs=1e-6)


@pytest.mark.parametrize("file", TO_THE_CENT)
def test_the_equity_curve_day_by_day(shared: Path, file: str) -> None:
    """Equal at every close but for one price: it books closing legs at the open and marks the rest at the close."""
    from pyarrow import parquet

    entry, result, _ = pairs(shared, file)
    table = parquet.read_table(shared / "golden" / entry["equity_file"])
    name = next(n for n in table.column_names if n.lower().startswith("equity"))
    theirs = table[name].to_pylist()
    ours = result.equity["equity"].to_pylist()
    assert len(theirs) == len(ours)
    differing = [i for i, (a, b) in enumerate(zip(theirs, ours, strict=True)) if abs(a - b) > 1e-6 * abs(b)]
    assert all(i >= len(ours) - 1 for i in differing), differing[:5]


def test_the_set_with_a_commission_differs_in_quantity_only_and_by_its_rule(shared: Path) -> None:
    entry, _, trades = pairs(shared, "goog_exclusive")
    fixed, fraction = entry["parameters"]["commission"]
    cash = float(entry["parameters"]["cash"])
    for theirs, _ours in trades:
        price = theirs["entry_price"]
        per_unit = price + fixed + fraction * (1 - 1e-4) * price  # a whole order's commission on one unit
        assert theirs["qty"] in (floor(cash / per_unit), floor(cash * (1 - 1e-4) / per_unit))
        cash += theirs["pnl"] - theirs["commission"] if _net(theirs) else theirs["pnl"]


def test_the_set_with_a_margin_sizes_by_its_rule(shared: Path) -> None:
    """Fifty times the money at hand buys so many whole units, at the price with the spread; ours pay for the spread."""
    entry, _, trades = pairs(shared, "eurusd_margin")
    cash = float(entry["parameters"]["cash"])
    for theirs, _ours in trades:
        assert theirs["qty"] == floor(cash / entry["parameters"]["margin"] / theirs["entry_price"])
        cash += theirs["pnl"]
    assert cash == pytest.approx(entry["metrics"]["Equity Final [$]"], abs=1e-6)


def _net(trade: dict[str, Any]) -> bool:
    """Whether the list's profit leaves the commission out."""
    gross = (trade["exit_price"] - trade["entry_price"]) * trade["qty"]
    return bool(abs(gross - trade["pnl"]) < 1e-6)
