"""What a band leaves unsold keeps its money: purchases beside it that found no room are told."""

from __future__ import annotations

import numpy as np
import pytest
import stratagem as sg

FLAT = {
    "ts": np.datetime64("2024-01-01", "us") + np.arange(5) * np.timedelta64(1, "D"),
    **{name: np.full(5, 100.0) for name in ("open", "high", "low", "close")},
}
TEXT = """assume capital 1000
rebalance when bar_index == 0 or bar_index == 2
  weight of A if bar_index == 0 then 100% else 91%
  weight of B if bar_index == 0 then 0% else {b}
  band {band}
"""


def noted(band: str, b: str = "9%") -> list[str]:
    program = sg.compile("on A, B\n" + TEXT.format(band=band, b=b))
    result = program.backtest({"A": FLAT, "B": FLAT}, timeframe="1d", engine="interpreted")
    return [note for note in result.notes if "band" in note]


@pytest.mark.parametrize(("band", "b"), [("8.9%", "9%"), ("9.5%", "9%")])
def test_no_note_where_all_is_sold_or_nothing_is_bought(band: str, b: str) -> None:
    """9 % of A are sold, and make room for B; or neither is traded."""
    assert noted(band, b) == []


def test_a_purchase_without_room_beside_a_band_is_told() -> None:
    """A is 9 % too large, which a band of 9.5 % leaves; B is to have 10 %, and nothing is left of 100 %."""
    assert noted("9.5%", "10%") == [
        "`band`: 1 purchase was reduced or denied by exposure (0 and 1): what a band leaves too large keeps the money "
        "that purchases beside it need; weights that come to less in sum leave room"
    ]
