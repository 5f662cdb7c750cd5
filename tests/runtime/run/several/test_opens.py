"""`assume opens at_once` over several symbols: the first event on which anything could be entered, by hand."""

from __future__ import annotations

from typing import Any

import pytest
import stratagem as sg
from stratagem.runtime.data.universe import Spell, Universe

from ...why.made import history

RISE = [100.0 + at for at in range(12)]
DATA: dict[str, Any] = {"A": history(RISE, start="2024-01-04"), "B": history(RISE, start="2024-01-01")}
"""B has bars from the 1st on, A from the 4th."""
HEAD = "on A, B every 1d\nassume opens at_once\n"
OF_A = "on A, B every 1d\nassume opens at_once\nenter long A when close > sma(close, 2) and close > {least}\n"


def checked(text: str, **options: Any) -> tuple[bool, str]:
    result = sg.compile(text).backtest(DATA, engine="interpreted", **options)
    return next((check.passed, check.told) for check in result.gate.checks if check.name == "opens")


def test_any_symbol_counts_as_soon_as_it_is_warm() -> None:
    """The average of three of B is there on the 3rd."""
    passed, told = checked(HEAD + "enter long when close > sma(close, 3) size 10%")
    assert (passed, told) == (True, "decided on 2024-01-03, the first event at which an entry can act")


def test_a_statement_of_one_symbol_waits_for_that_alone() -> None:
    """A has two bars on the 5th, and is at 101 then; above 103 it is on the 8th."""
    assert checked(OF_A.format(least=0)) == (True, "decided on 2024-01-05, the first event at which an entry can act")
    passed, told = checked(OF_A.format(least=103))
    assert not passed
    assert told == (
        "`assume opens at_once`: an entry could act from 2024-01-05 on, and the first position was decided 3 events "
        "later, on 2024-01-08; `strat why --at 2024-01-05` says what kept it"
    )


def test_a_position_to_hold_counts_too() -> None:
    assert checked(HEAD + "rebalance daily\n  weight 10%")[0]
    passed, told = checked(HEAD + "rebalance when bar_index == 4\n  weight 10%")
    assert not passed and "the first position was decided 4 events later, on 2024-01-05" in told


def test_nothing_opened() -> None:
    passed, told = checked(HEAD + "enter long when close > 1000")
    assert (passed, told) == (
        False, "`assume opens at_once`: nothing was opened; an entry could act from 2024-01-01 on",
    )  # fmt: skip
    gone = Universe("u", {"A": (Spell(0, 100),), "B": (Spell(),)})
    text = 'universe "u" every 1d\nassume opens at_once\nenter long A when close > 102\n'
    passed, told = checked(text, universe=gone)
    assert not passed and "no event of the test is one at which anything could be entered" in told


@pytest.mark.parametrize(("first", "passed"), [(3, True), (0, False)])
def test_a_symbol_counts_while_it_belongs_to_the_universe(first: int, passed: bool) -> None:
    """B belongs from the 4th on, or always; its close is above 102 from the 4th on."""
    day = 19_723  # 2024-01-01
    universe = Universe("u", {"A": (Spell(),), "B": (Spell(day + first, day + 999),)})
    text = 'universe "u" every 1d\nassume opens at_once\nenter long B when close > 102\n'
    assert checked(text, universe=universe)[0] is passed


def test_nobody_asks_where_it_is_not_assumed() -> None:
    result = sg.compile("on A, B every 1d\nenter long when close > 105").backtest(DATA, engine="interpreted")
    assert "opens" not in [check.name for check in result.gate.checks]
