"""What columns of costs come to is told in every run, and what cannot be meant is refused."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import stratagem as sg
from stratagem.runtime.errors import UsageFault

from ..why.made import history

TEXT = "enter short when bar_index == 0 size 1 units\n"


def notes(data: dict[str, Any], **assumed: Any) -> list[str]:
    return [*sg.compile(TEXT).backtest(data, engine="interpreted", **assumed).notes]


def test_rates_of_columns_are_told_with_what_is_missing() -> None:
    data = history([100.0] * 4, rate=[0.05, np.nan, 0.02, 0.03])
    told = notes(data, borrow='"rate"')
    assert ("borrow is of the column 'rate': 2% to 5% a year, of a short position's value; it is missing on 1 of 4 "
            "bars, where none is due") in told  # fmt: skip
    assert "funding: the column 'none' is missing throughout, so nothing is due" in notes(
        history([100.0] * 3, none=[np.nan] * 3), funding='"none"'
    )


@pytest.mark.parametrize("name, value, asked", [
    ("borrow", 5.0, True), ("borrow", 0.9, False), ("funding", 0.06, True), ("funding", -0.06, True),
    ("funding", 0.01, False),
])  # fmt: skip
def test_rates_in_per_cent_are_warned_about(name: str, value: float, asked: bool) -> None:
    """5 is 500 % a year."""
    told = [note for note in notes(history([100.0] * 3, rate=[0.0, 0.0, value]), **{name: '"rate"'}) if name in note]
    assert len(told) == 1 and told[0].endswith("a column holds fractions, and 5% is 0.05 in it") == asked


def test_closes_that_are_bids_are_told() -> None:
    data = history([100.0] * 3, bid=[100.0] * 3, ask=[101.0] * 3)
    assert any("The closes are bids" in note for note in notes(data, spread='"bid" to "ask"'))
    data = history([100.5] * 3, bid=[100.0] * 3, ask=[101.0] * 3)
    assert not any("closes are" in note for note in notes(data, spread='"bid" to "ask"'))


PAIR = """on A, B every 1d
enter long A when bar_index == 0 size 1 units
enter short B when bar_index == 0 size 1 units
"""


def pair(**columns: list[float]) -> dict[str, Any]:
    return {"A": history([100.0] * 3, **columns), "B": history([50.0] * 3, **columns)}


@pytest.mark.parametrize("engine", ["interpreted", "native"])
def test_of_several_symbols_each_has_its_own(engine: str) -> None:
    """A is bought at 100 and half of 2, B sold at 50 less half of 1."""
    data = pair()
    data["A"]["spread"], data["B"]["spread"] = [2.0, 4.0, 4.0], [1.0, 4.0, 4.0]
    program = sg.compile(PAIR + 'assume spread "spread"\nassume tick 0.01\nassume tick of B 0.5\n')
    result = program.backtest(data, engine=engine)
    assert [row["entry_price"] for row in result.trades.to_pylist()] == [101.0, 49.5]
    assert any(note.startswith('spread is "spread" in price: in the middle 4%') for note in result.notes)
    in_ticks = program.backtest(data, engine=engine, spread='"spread" in ticks')
    assert [row["entry_price"] for row in in_ticks.trades.to_pylist()] == pytest.approx([100.01, 49.75])
    assert program.verify(data)


def test_of_several_symbols_all_have_the_columns() -> None:
    text = PAIR + 'assume spread of A "spread"\n'
    with pytest.raises(UsageFault, match="every one has the same columns of it, or none has"):
        sg.compile(text).backtest(pair(spread=[1.0] * 3))
    with pytest.raises(UsageFault, match="every one has the same columns of it, or none has"):
        sg.compile(text).session(timeframe="1d")
    with pytest.raises(UsageFault, match="A: the data has no column 'spread' of its own"):
        sg.compile(PAIR).backtest(pair(), spread='"spread"')
