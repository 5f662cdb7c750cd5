"""Maintenance of an account that several symbols share: worked by hand, and the same however it is run."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from stratagem.runtime.results.result import Result

from .test_flows import ENGINES, panel, run

OPENS = (
    "enter long A when (bar_index == 0) of A\n  size 30 units\nenter {} B when (bar_index == 0) of A\n  size 20 units\n"
)
LEVERED = "on A, B\nassume capital 1000\nassume margin 20%\nassume maintenance 10%\n"
TEXT = LEVERED + OPENS.format("long")


def left(result: Result) -> list[tuple[Any, ...]]:
    """Of each liquidation its day, symbol, side, quantity and price."""
    return [
        (str(row["exit_time"])[:10], row["symbol"], row["side"], row["quantity"], row["exit_price"])
        for row in result.trades.to_pylist() if row["exit_reason"] == "liquidation"
    ]  # fmt: skip


@pytest.mark.parametrize("engine", ENGINES)
def test_the_position_that_needs_most_leaves_at_its_close_and_the_other_stays(engine: str) -> None:
    """30 A and 20 B are bought at 100 with 1,000: cash -4,000. At 95 and 85 there are 550 left, and 455 needed. At
    92 and 82 there are 400 of 440: A, which needs 276, leaves at 92. Then 400 are left of the 164 that B needs."""
    data = panel({"A": [100, 100, 95, 92, 92, 92], "B": [100, 100, 85, 82, 82, 80]}, {})
    result = run(TEXT, data, engine)
    assert left(result) == [("2024-02-01", "A", "long", 30.0, 92.0)]
    assert [row["exit_moment"] for row in result.trades.to_pylist() if row["symbol"] == "A"] == ["close"]
    assert result.equity["equity"].to_pylist() == [1_000.0, 1_000.0, 550.0, 400.0, 400.0, 360.0]
    assert result.equity["cash"].to_pylist()[-3:] == [-1_240.0] * 3
    (row,) = [row for row in result.orders.to_pylist() if row["kind"] == "guard"]
    assert (row["symbol"], row["status"], row["reason"], row["asked"]) == ("A", "filled", "liquidation", 30.0)


def test_it_is_asked_again_after_each_fill_and_its_cost() -> None:
    """2,000 less two fees of 300 are 1,400. At 84 and 79 500 are left of 410. At 82 and 77 400 are left of the 400 that
    are needed, which is too little: A leaves, and what its fee leaves is less than the 154 of B, which follows."""
    text = TEXT.replace("capital 1000", "capital 2000") + "assume fee 300/order\n"
    assert left(run(text, panel({"A": [100, 100, 95, 84], "B": [100, 100, 90, 79]}, {}))) == []
    fallen = run(text, panel({"A": [100, 100, 95, 82, 84], "B": [100, 100, 90, 77, 79]}, {}))
    assert left(fallen) == [("2024-02-01", "A", "long", 30.0, 82.0), ("2024-02-01", "B", "long", 20.0, 77.0)]
    assert fallen.equity["equity"].to_pylist()[-2:] == [-200.0, -200.0]
    assert any("equity fell below 0 at 2024-02-01" in note for note in fallen.notes)


def test_a_hedge_is_not_liquidated_for_the_fall_that_it_pays_for() -> None:
    """Long 30 A and short 20 B: both fall by a third. Alone A would have left at 74.07 within its bar."""
    data = panel({"A": [100, 100, 70, 70], "B": [100, 100, 60, 60]}, {})
    result = run(LEVERED + OPENS.format("short"), data)
    assert left(result) == []
    assert result.equity["equity"].to_pylist()[-1] == 1_000.0 - 900.0 + 800.0


def test_shorts_are_called_as_they_rise() -> None:
    """Short 30 A and 20 B at 100, cash 6,000: at 110 and 112 they are 5,540, of 460 left 554 are needed. A, which needs
    330, leaves, and 460 are enough for the 224 of B."""
    text = LEVERED + OPENS.format("short").replace("enter long", "enter short")
    result = run(text, panel({"A": [100, 100, 110, 110], "B": [100, 100, 112, 112]}, {}))
    assert left(result) == [("2024-01-31", "A", "short", 30.0, 110.0)]


def test_of_two_that_need_the_same_the_first_leaves() -> None:
    """20 of each at 100, cash -3,000: at 83 there are 320 of 332; once A has left, 320 of 166."""
    text = TEXT.replace("30 units", "20 units")
    result = run(text, panel({"A": [100, 100, 83, 83], "B": [100, 100, 83, 83]}, {}))
    assert left(result) == [("2024-01-31", "A", "long", 20.0, 83.0)]


def test_what_has_no_close_now_cannot_be_sold_and_counts_on() -> None:
    """20 A and 30 B. A falls to 70 on the 31st, on which B has no bar: 400 are left of 140 and 300, A leaves, and 400
    of 300 are enough. On the 1st B has fallen to 85: 50 below 0, and B leaves."""
    text = TEXT.replace("30 units", "20").replace("20 units", "30 units").replace("size 20\n", "size 20 units\n")
    result = run(text, panel({"A": [100, 100, 70, 70, 70], "B": [100, 100, 100, 85, 85]}, {"B": [2]}))
    assert left(result) == [("2024-01-31", "A", "long", 20.0, 70.0), ("2024-02-01", "B", "long", 30.0, 85.0)]
    assert result.equity["equity"].to_pylist() == [1_000.0, 1_000.0, 400.0, -50.0, -50.0]


def test_entries_of_every_symbol_end_and_nothing_is_halted() -> None:
    """20 A and 20 B at 100, of which 19 % must be left: at 95 and 85 600 are left of 684, and A leaves. C waits for its
    open then and D rests; what is decided later fills."""
    text = (
        "on A, B, C, D\nassume capital 1000\nassume margin 20%\nassume maintenance 19%\n"
        "enter long A when (bar_index == 0) of A\n  size 20 units\n"
        "enter long B when (bar_index == 0) of A\n  size 20 units\n"
        "enter long C when (bar_index == 1 or bar_index == 3) of A\n  size 1 units\n"
        "enter long D when (bar_index == 1) of A\n  limit 1 valid 9 bars size 1 units\n"
    )  # fmt: skip
    prices = {"A": [100, 100, 95, 95, 95], "B": [100, 100, 85, 85, 85], "C": [9.0] * 5, "D": [9.0] * 5}
    result = run(text, panel(prices, {"C": [2]}))
    assert left(result) == [("2024-01-31", "A", "long", 20.0, 95.0)]
    rows = [(row["symbol"], row["status"], row["reason"]) for row in result.orders.to_pylist()]
    assert [row for row in rows if row[0] in "CD"] == [
        ("C", "cancelled", "liquidation"), ("D", "cancelled", "liquidation"), ("C", "filled", ""),
    ]  # fmt: skip


def test_margin_reads_tell_how_far_one_price_may_go() -> None:
    """With -4,000 of cash, B at 100 and 30 A: 30 a - 2,000 = 3 a + 200: a = 2,200 / 27."""
    result = run(TEXT + "plot margin.distance as \"far\"\nplot margin.free as \"free\"\n",
                 panel({"A": [100, 100, 100], "B": [100, 100, 100]}, {}))  # fmt: skip
    far = result.symbols["A"].series["far"]
    assert np.isnan(far[0]) and far[2] == pytest.approx(1.0 - 22 / 27)
    assert result.symbols["B"].series["far"][2] == pytest.approx(1.0 - (4_000 - 3_000 + 300) / 18 / 100)
    assert result.symbols["A"].series["free"][2] == 0.0


def test_each_symbol_may_have_a_maintenance_of_its_own() -> None:
    """At 92 and 82 there are 400 left: A needs 5 % of 2,760, B 10 % of 1,640, together 302. At 90 and 80 there are 300
    of 295: enough; at 89 and 80 270 of 293.5: B needs most, and leaves."""
    data = panel({"A": [100, 100, 92, 90, 89], "B": [100, 100, 82, 80, 80]}, {})
    own = {"A": {"maintenance": "5%"}, "B": {"maintenance": "10%"}}
    result = run(TEXT.replace("assume maintenance 10%\n", ""), data, instruments=own)
    assert left(result) == [("2024-02-02", "B", "long", 20.0, 80.0)]
