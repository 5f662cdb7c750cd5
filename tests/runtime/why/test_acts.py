"""What a statement did and what kept it from acting; what an order became; what ended a trade."""

from __future__ import annotations

import pytest
import stratagem as sg

from .made import bar, history, run, statement, when

CLOSES = [10, 11, 12, 13, 12, 10, 9]


def code(result: sg.Result, at: str, number: int = 1) -> str:
    return statement(result.why(at=at), number).verdict.code


def test_a_side_already_held_ignores_an_entry() -> None:
    result = run("enter long when close > 11", history(CLOSES))
    assert [code(result, f"2024-01-0{day}") for day in (2, 3, 4, 5)] == ["condition", "acted", "held", "held"]
    assert "was long already" in statement(result.why(at="2024-01-04")).verdict.text


def test_a_full_scale_is_told() -> None:
    result = run("enter long when close > 11 size 10% scale 1", history(CLOSES))
    assert [code(result, f"2024-01-0{day}") for day in (3, 4, 5)] == ["acted", "acted", "scale_full"]


def test_an_exit_with_nothing_to_close() -> None:
    result = run("enter long when close > 12\nexit long when close < 12", history(CLOSES))
    assert code(result, "2024-01-02", 2) == "nothing_to_close"  # no position
    assert code(result, "2024-01-06", 2) == "acted"
    short = run("enter short when close > 12\nexit long when close < 12", history(CLOSES))
    assert "the position was short" in statement(short.why(at="2024-01-06"), 2).verdict.text


def test_a_partial_exit_acts_once() -> None:
    result = run("enter long when close > 10\nexit long when close > 11 size 50% once", history(CLOSES))
    assert [code(result, f"2024-01-0{day}", 2) for day in (3, 4, 5)] == ["acted", "once_used", "once_used"]


def test_an_exit_of_the_same_side_acts_alone() -> None:
    text = "enter long when close > 10 size 10% scale 3\nexit long when close == 13"
    result = run(text, history(CLOSES))
    assert code(result, "2024-01-04", 1) == "exit_first"
    assert code(result, "2024-01-04", 2) == "acted"


def test_two_entries_of_a_side_and_two_of_both() -> None:
    result = run("enter long when close > 11\nenter long when close > 11\nenter short when close > 11", history(CLOSES))
    assert [code(result, "2024-01-03", number) for number in (1, 2, 3)] == ["acted", "other_entry", "conflict"]


def test_what_leaves_at_this_close_is_still_held() -> None:
    """Filled at the close of the 3rd, so the 4th is the first bar it is held for, and `expire 1 bars` ends it there."""
    text = "assume fill this_close\nenter long when close > 11 expire 1 bars"
    result = run(text, history([10, 11, 12, 13, 14, 10, 9]))
    assert [code(result, f"2024-01-0{day}") for day in (3, 4, 5)] == ["acted", "held", "acted"]
    assert "still held" in statement(result.why(at="2024-01-04")).verdict.text
    assert bar(result.why(at="2024-01-04")).others[0]["kind"] == "expire"


def test_before_the_period_that_is_tested() -> None:
    result = run("enter long when close > 9", history(CLOSES), from_="2024-01-04")
    assert code(result, "2024-01-02") == "before_test"
    assert code(result, "2024-01-04") == "acted"


def test_an_entry_without_its_stop_is_denied() -> None:
    data = history(CLOSES, away=[1, 1, float("nan"), 1, 1, 1, 1])
    result = run('enter long when close == 12 stop close - column("away")', data)
    found = statement(result.why(at="2024-01-03"))
    assert (found.verdict.code, found.verdict.text) == ("denied", "its order was denied: its stop had no value")
    assert found.order is not None
    assert (found.order["got"], found.order["reason"]) == (0.0, "missing_stop")
    assert result.why(order=0).to_json()["bar"] == result.why(at="2024-01-03").to_json()["bar"]


def test_a_guard_that_cuts_and_one_that_halts() -> None:
    """All of equity at 12 and a close of 9.6: 20 % are lost, so `loss 10%` halts; nothing is entered any more."""
    text = "enter long when close > 11 size 200%\nguard loss 10% then flatten\nguard exposure 100%"
    result = run(text, history([10, 12, 12, 9.6, 12, 13, 13]))
    cut = statement(result.why(at="2024-01-02"))
    assert cut.verdict.text == "it acted, with less than it asked for: the guard on exposure left less room"
    tripped = bar(result.why(at="2024-01-04"))
    guard = tripped.readings.guards[0]
    assert (guard.guard, guard.limit, guard.tripped, guard.implied) == ("loss", 0.1, True, False)
    assert guard.value == pytest.approx(0.2)
    assert tripped.readings.halted == "for good"
    assert {(order["kind"], order["reason"]) for order in tripped.others} == {("guard", "loss")}
    denied = statement(result.why(at="2024-01-06"))
    assert (denied.verdict.code, denied.verdict.text) == ("denied", "its order was denied: a guard had halted trading")
    assert "halted for good" in " ".join(result.why(at="2024-01-06").text().split())


def test_readings_are_of_the_close_before_its_decisions() -> None:
    """Bought at 12 with all of 100,000: 8,333.33; at 13 they are worth 108,333.33."""
    result = run("enter long when close == 11\nexit long when close == 13", history(CLOSES))
    now = bar(result.why(at="2024-01-04")).readings
    assert now.equity == pytest.approx(100_000 / 11 * 13 + 100_000 - 100_000 / 11 * 12)
    assert now.position == pytest.approx(100_000 / 11)
    assert (now.entry_price, now.lots) == (12.0, 1)
    assert now.guards[0].implied
    for day in range(1, 8):
        found = bar(result.why(at=f"2024-01-0{day}"))
        assert found.readings.equity == result.equity["equity"][day - 1].as_py()


def test_a_close_that_fills_at_once_is_read_before_it_fills() -> None:
    result = run("assume fill this_close\nenter long when close == 12", history(CLOSES))
    assert bar(result.why(at="2024-01-03")).readings.position == 0.0
    assert bar(result.why(at="2024-01-04")).readings.position > 0.0


# --- trades --------------------------------------------------------------------------------------


def test_a_trade_that_a_signal_ended() -> None:
    why = run("enter long when close == 11\nexit long when close == 13", history(CLOSES)).why(trade=1)
    trade = why.trade
    assert trade is not None
    assert trade.left is not None
    assert (trade.entered.time, trade.left.time) == (when("2024-01-02"), when("2024-01-04"))
    assert [s.statement for s in (*trade.entered.statements, *trade.left.statements)] == ["enter long", "exit long"]
    assert (trade.row["entry_price"], trade.row["exit_price"], trade.exit) == (12.0, 12.0, "signal")


def test_a_trade_that_a_reversal_ended_shows_the_entry_that_turned_it() -> None:
    trade = run("enter long when close == 11\nenter short when close == 12", history(CLOSES)).why(trade=1).trade
    assert trade is not None
    assert trade.left is not None
    assert (trade.exit, trade.left.time) == ("reverse", when("2024-01-03"))
    assert [(s.number, s.statement) for s in trade.left.statements] == [(2, "enter short")]


def test_a_stop_a_target_and_a_bar_that_reaches_both() -> None:
    data = history([10, 10, 10, 10, 10, 10], high=[10, 10, 10, 12, 10, 10], low=[10, 10, 10, 10, 10, 8])
    text = "enter long when bar_index == {at} stop 10% target 15%"
    target = run(text.format(at=1), data).why(trade=1)
    assert target.trade is not None
    assert target.trade.exit == "target"
    assert "the target at 11.5 was reached" in target.text()
    assert "between 10 and 12; it left at 11.5" in " ".join(target.text().split())
    stop = run(text.format(at=3), data).why(trade=1).text()
    assert "the stop at 9 was reached" in stop
    assert "path" not in stop
    both = history([10, 10, 10, 10], high=[10, 10, 10, 12], low=[10, 10, 10, 8])
    told = run(text.format(at=1), both).why(trade=1).text()
    assert "decided by the assumption `path worst`" in " ".join(told.split())


def test_a_gap_beyond_the_stop_leaves_at_the_open() -> None:
    told = run("enter long when bar_index == 0 stop 10%", history([10, 10, 10, 8, 8])).why(trade=1).text()
    assert "opened beyond that level" in told
    assert "it left at 8" in " ".join(told.split())


def test_a_trail_tells_its_first_stop() -> None:
    told = run("enter long when bar_index == 0 trail 10%", history([10, 10, 12, 10.5, 10])).why(trade=1).text()
    assert "its first stop was 9; a trail follows the best price" in told
    assert "it left at 10.5" in " ".join(told.split())  # 12 less 10 % is 10.8, and the bar opened at 10.5


def test_a_trade_that_is_open_at_the_end() -> None:
    why = run("enter long when close == 11", history(CLOSES)).why(trade=1)
    assert why.trade is not None
    assert why.trade.left is None
    assert "Why it ended: the data did" in why.text()


def test_an_expiry_and_a_guard_end_a_trade_without_a_statement() -> None:
    old = run("enter long when close == 11 expire 2 bars", history(CLOSES)).why(trade=1)
    assert old.trade is not None
    assert old.trade.left is not None
    assert old.trade.left.statements == ()
    assert "its age (`expire`)" in old.text()
    guard = run("enter long when close == 13\nguard loss 5% then flatten", history(CLOSES)).why(trade=1)
    assert "the guard on loss" in guard.text()
    assert "Why it left: guard" in guard.text()


def test_money_that_came_or_was_denied() -> None:
    """A deposit acted, a withdrawal got what was free and then nothing; a period is told as it is written."""
    text = "deposit 100 cash monthly\nwithdraw 1000000 cash when close > 11\nenter long when false"
    result = run(text, history(CLOSES))
    first = result.why(at="2024-01-01")
    assert statement(first).verdict.text == "it acted" and statement(first).condition.text == "deposit monthly"
    assert code(result, "2024-01-03", 2) == "acted" and code(result, "2024-01-04", 2) == "denied"
    told = statement(result.why(order=0))
    assert (told.statement, told.verdict.code) == ("deposit", "acted")
    cut = statement(result.why(at="2024-01-03"), 2)
    assert "no more than this was free" in cut.verdict.text and cut.order is not None and cut.order["got"] == 100_100.0
    assert code(result, "2024-01-02", 2) == "condition"
