"""The quality gate: each check with a run that fails it for that one reason, as a note, an error and a verdict."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest
import stratagem as sg
from stratagem.runtime.errors import UsageFault
from stratagem.runtime.results.gate import MEANINGS
from stratagem.runtime.run.gate import GateError, first_opportunity
from stratagem.runtime.run.prepare import prepare

COUNT = 30
CLOSES = 100.0 + np.arange(COUNT)
RISING = {
    "ts": np.datetime64("2024-01-01", "us") + np.arange(COUNT) * np.timedelta64(1, "D"),
    "open": CLOSES, "high": CLOSES + 1, "low": CLOSES - 1, "close": CLOSES,
}  # fmt: skip
AT_ONCE = "assume opens at_once\n"


def checked(text: str, data: Any = RISING, **options: Any) -> dict[str, tuple[bool, str]]:
    verdict = sg.compile(text).backtest(data, **options).gate
    assert list(dict.fromkeys(MEANINGS)) == list(MEANINGS) and {c.name for c in verdict.checks} <= set(MEANINGS)
    return {check.name: (check.passed, check.told) for check in verdict.checks}


def test_a_run_that_trades_passes_every_check() -> None:
    result = sg.compile("enter long when close == 104\nexit long when close == 110").backtest(RISING, gate="strict")
    verdict = result.gate
    assert verdict and verdict.faults == ()
    assert [c.name for c in verdict.checks] == ["capital", "acts", "trades", "orders"]
    assert verdict.checks[0].told == "100,000" and verdict.checks[2].told == "1 trade"


@pytest.mark.parametrize(
    ("text", "check", "told"),
    [
        ("", "acts", "the program has no `enter`: there was nothing to trade"),
        ('plot close as "c"', "acts", "the program has no `enter`: there was nothing to trade"),
        ("exit long when close > 3", "acts", "the program has no `enter`: there was nothing to trade"),
        ("enter long when close > sma(close, 500)", "acts",
         "nothing could be entered: the program needs 500 bars, the data have 30"),
        ("enter long when close > sma(close, 500)\nenter short when close < sma(close, 400)", "acts",
         "`enter long` never acted: it needs 500 bars, the data have 30; "
         "`enter short` never acted: it needs 400 bars, the data have 30"),
        ("enter long when close > 500 and close > 0", "trades",
         "no trades: `enter long`: of 30 bars, `close > 500` held on 0, `close > 0` on 30, all of them on 0"),
        ("enter long when close > 114\nguard positions 0", "trades",
         "no trades: `enter long`: of 30 bars, `close > 114` held on 15; denied 15 times (positions)"),
    ],
)  # fmt: skip
def test_a_fault_is_a_note_an_error_and_said_once(text: str, check: str, told: str) -> None:
    assert checked(text)[check] == (False, told)
    result = sg.compile(text).backtest(RISING)
    assert result.notes[0] == told and " ".join(result.notes).count(told) == 1
    assert not result.gate and result.gate.faults == (told,)
    with pytest.raises(GateError, match="the gate is strict, and found 1 fault: ") as error:
        sg.compile(text).backtest(RISING, gate="strict")
    assert told in str(error.value) and [c.passed for c in error.value.checks][-1] is False


def test_a_statement_whose_every_order_was_denied_is_named_beside_one_that_trades() -> None:
    """A fifth of a unit of 100 to 129 is no whole unit; the long side trades."""
    text = "assume lot 1\nenter short when close > 110 size 0.2 units\nenter long when close < 105\n" \
           "exit long when close > 107"  # fmt: skip
    passed, told = checked(text)["orders"]
    assert not passed
    assert told == "every order of `enter short` was denied, 19 times (zero quantity)"
    result = sg.compile(text).backtest(RISING)
    assert told in result.notes and result.trades.num_rows > 0


def test_a_statement_that_was_denied_but_once_passes() -> None:
    text = "assume lot 1\nenter long when true size (if close < 120 then 0.2 else 1) units\nexit long when close > 125"
    assert checked(text)["orders"] == (True, "none was denied every time")


def test_an_enter_that_lacks_bars_beside_one_that_trades_is_a_note_and_no_fault() -> None:
    text = "enter long when close > 105\nenter short when close < sma(close, 500)\nexit long when close > 110"
    result = sg.compile(text).backtest(RISING)
    assert result.gate
    assert "`enter short` never acted: it needs 500 bars, the data have 30" in result.notes


# --- opens ------------------------------------------------------------------------------------------


def test_at_once_is_the_first_bar_on_which_an_entry_is_warm() -> None:
    """The average of five is there on the fifth bar, 2024-01-05, and the close of a rise lies above it."""
    passed, told = checked(AT_ONCE + "enter long when close > sma(close, 5)")["opens"]
    assert (passed, told) == (True, "decided on 2024-01-05, the first bar on which an entry can act")


def test_a_position_that_opens_later_is_told_with_the_bars_between() -> None:
    passed, told = checked(AT_ONCE + "enter long when close > sma(close, 5) and close > 107")["opens"]
    assert not passed
    assert told == (
        "`assume opens at_once`: an entry could act from 2024-01-05 on, and the first position was decided 4 bars "
        "later, on 2024-01-09; `strat why --at 2024-01-05` says what kept it"
    )


@pytest.mark.parametrize("side", ["long", "short"])
def test_the_first_position_is_the_one_that_was_decided_first_though_a_later_lot_leaves_before_it(side: str) -> None:
    """The lot of bar 2 leaves at 104, by a target or a stop of its own, and that of bar 0 with the exit on bar 20."""
    level = "target" if side == "long" else "stop"
    passed, told = checked(
        AT_ONCE + f"""
enter {side} when bar_index == 0
  size 1 units
enter {side} when bar_index == 2
  size 1 units
  scale 2
  {level} entry + 1
exit {side} when bar_index == 20
"""
    )["opens"]
    assert (passed, told) == (True, "decided on 2024-01-01, the first bar on which an entry can act")


def test_of_several_entries_the_one_that_is_warm_first_counts() -> None:
    text = "enter long when close > sma(close, 5)\nenter short when close < sma(close, 3)"
    assert not checked(AT_ONCE + text)["opens"][0]
    assert checked(AT_ONCE + text.replace("close <", "close >"))["opens"][0]


def test_the_first_bar_of_the_test_counts_not_the_warm_up_before_it() -> None:
    text = AT_ONCE + "enter long when close > sma(close, 5)"
    passed, told = checked(text, from_="2024-01-15")["opens"]
    assert (passed, told) == (True, "decided on 2024-01-15, the first bar on which an entry can act")


def test_nothing_is_asked_without_the_assumption_and_it_may_come_from_outside() -> None:
    text = "enter long when close > 107"
    assert "opens" not in checked(text)
    assert not checked(text, opens="at_once")["opens"][0]
    assert "opens" not in checked(AT_ONCE + text, opens="any_time")


def test_a_run_without_a_position_says_from_when_on_one_was_possible() -> None:
    assert checked(AT_ONCE + "enter long when close > sma(close, 5) + 100")["opens"] == (
        False, "`assume opens at_once`: nothing was opened; an entry could act from 2024-01-05 on"
    )  # fmt: skip


@pytest.mark.parametrize(
    ("condition", "first"),
    [
        ("close > 0", 0),
        ("close > sma(close, 5)", 4),
        ("close > sma(close, 2) @ 4d", 4),
        ("close > ema(sma(close, 3) @ 2d, 4)", 7),
        ("close > 0 and bar_index > 20", 0),
    ],
)
def test_the_first_opportunity_is_where_the_engines_let_the_entry_act(condition: str, first: int) -> None:
    """Held against the first order of an entry that wants to act on every bar on which it may."""
    program = sg.compile(f"enter long when ({condition}) or close > 0 size 1 units scale 100")
    assert first_opportunity(program, prepare(program.plan, RISING)) == first
    orders = program.backtest(RISING, engine="interpreted").orders
    assert orders["time"][0].as_py().day - 1 == first


# --- the words --------------------------------------------------------------------------------------


def test_the_verdict_as_text_and_as_json() -> None:
    verdict = sg.compile(AT_ONCE + "enter long when close > 107").backtest(RISING).gate
    lines = str(verdict).splitlines()
    assert lines[0] == "<text>: gate NOT PASSED, 1 fault (mapping 1d, 30 bars)" or "NOT PASSED, 1 fault" in lines[0]
    assert [line.split()[:2] for line in lines[1:]] == [
        ["ok", "capital"], ["ok", "acts"], ["FAULT", "opens"], ["ok", "trades"], ["ok", "orders"],
    ]  # fmt: skip
    document = json.loads(json.dumps(verdict.to_json()))
    assert document["passed"] is False and document["bars"] == 30
    assert [c["check"] for c in document["checks"] if not c["passed"]] == ["opens"]
    assert all(c["asks"] == MEANINGS[c["check"]] for c in document["checks"])


def test_a_gate_that_there_is_not_is_told() -> None:
    with pytest.raises(UsageFault, match="gate: expected warn or strict, found 'loose'"):
        sg.compile("enter long when true").backtest(RISING, gate="loose")


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"capital": 98, "lot": 1}, "at most 98 may be held, and one lot of 1 at its lowest price, 99, is"),
        ({"capital": 40, "lot": 0.5, "point_value": 1}, "one lot of 0.5 at its lowest price, 99, is 49.5; no"),
        ({"capital": 499, "minimum": 500}, "at most 499 may be held, and the minimum is 500; no order can be met"),
        ({"capital": 9, "lot": 1, "margin": "10%"}, "at most 90 may be held"),
    ],
)  # fmt: skip
def test_a_capital_that_buys_not_even_one_lot_is_told_alone(options: dict[str, Any], told: str) -> None:
    assert list(checked("enter long when true\n", **options)) == ["capital"]
    passed, said = checked("enter long when true\n", **options)["capital"]
    assert not passed and told in said
    with pytest.raises(GateError, match="buys nothing"):
        sg.compile("enter long when true\n").backtest(RISING, gate="strict", **options)


@pytest.mark.parametrize("options", [
    {"capital": 99, "lot": 1}, {"capital": 10, "lot": 1, "margin": "10%"}, {"capital": 1e-6},
    {"capital": 98, "lot": 1, "interest": "3%"},
])  # fmt: skip
def test_a_capital_that_buys_a_lot_or_may_come_to_it_passes(options: dict[str, Any]) -> None:
    assert checked("enter long when close == 100 size 10%\nexit long when close > 104\n", **options)["capital"][0]


@pytest.mark.parametrize("capital", [0, -5])
def test_capital_has_to_be_above_0_before_anything_runs(capital: int) -> None:
    with pytest.raises(UsageFault, match="capital: expected"):
        sg.compile("enter long when true").backtest(RISING, capital=capital)


def test_a_risk_that_a_guard_never_lets_be_reached_is_a_fault() -> None:
    """1 % of 100,000 over a stop of 0.5: 2,000 units ask for 208,000 of money, and 50,000 are let."""
    text = "guard exposure 50%\nenter long when close == 104 risk 1% stop close - 0.5"
    passed, told = checked(text)["risk"]
    assert not passed and told == (
        "`risk` of `enter long` was never reached: all 1 entries were cut by guard exposure, and the one least cut "
        "would lose 24.0% of it at its stop"
    )  # 50,000 / 104 = 480.77 of 2,000
    assert sg.compile(text).backtest(RISING).notes[0] == told


def test_a_risk_that_was_reached_once_is_none() -> None:
    wide = "guard exposure 50%\nenter long when close == 104 risk 1% stop close - 10"
    assert checked(wide)["risk"] == (True, "not every one of its 1 entries was cut by a guard")
    assert "risk" not in checked("guard exposure 50%\nenter long when close == 104 size 100%")
