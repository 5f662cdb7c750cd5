"""Orders that rest: placed, moved, left as they are, filled, ended; each bar by hand."""

from __future__ import annotations

import pytest

from .made import history, part, run, statement

CLOSES = [10, 11, 12, 13, 12, 11, 10, 9]
TEXT = "enter long when close > 11 limit close - {away} size 10% valid 2 bars"


def codes(text: str, data: dict[str, object], number: int = 1) -> list[str]:
    result = run(text, data)
    return [statement(result.why(at=f"2024-01-0{day}"), number).verdict.code for day in range(1, 9)]


def test_an_order_is_placed_then_moved_with_its_price() -> None:
    """Limits at 9, 10 and 9: the close of the 3rd, 4th and 5th less 3; none is reached before the 7th, at 10."""
    away = history(CLOSES, away=[3.0] * 8)
    text = TEXT.format(away='column("away")')
    assert codes(text, away)[:6] == ["condition", "condition", "placed", "moved", "moved", "condition"]
    why = run(text, away).why(at="2024-01-04")
    found = statement(why)
    assert found.order is not None
    assert (found.order["order"], found.order["status"], found.order["type"]) == (0, "expired", "limit")
    assert part(found, 'close - column("away")').value == 10.0
    assert "order 0: expired" in why.text()
    assert "limit 9" in why.text()  # as it was decided last


def test_the_same_wish_changes_nothing() -> None:
    text = "enter long when close > 11 limit lowest(low, 4) - 5 * (high - high + 1) size 10 units valid 9 bars"
    found = codes(text, history([10, 10, 10, 12, 12, 12, 12, 11]))
    assert found[3:7] == ["placed", "unchanged", "unchanged", "moved"]  # the 7th: the lowest of four is 12 then


def test_a_missing_price_places_nothing() -> None:
    data = history(CLOSES, away=[3, 3, float("nan"), 3, 3, 3, 3, 3])
    assert codes(TEXT.format(away='column("away")'), data)[2:4] == ["not_placed", "placed"]


def test_a_cancel_tells_what_it_ended() -> None:
    text = "enter long when close == 12 limit 5 * close / 10 size 10% valid 8 bars\ncancel long when close == 13"
    result = run(text, history(CLOSES))
    ended = statement(result.why(at="2024-01-04"), 2)
    assert (ended.statement, ended.verdict.code) == ("cancel long", "acted")
    assert ended.verdict.text == "it acted: 1 order that rested ended (0)"
    placed = statement(result.why(at="2024-01-03"))
    assert placed.verdict.code == "placed"
    assert placed.order is not None
    assert (placed.order["status"], placed.order["reason"]) == ("cancelled", "cancel")
    idle = run("enter long when close > 99 limit close / 2\ncancel long when close == 13", history(CLOSES))
    assert statement(idle.why(at="2024-01-04"), 2).verdict.code == "nothing_rests"


def test_statements_keep_their_numbers_beside_an_until() -> None:
    text = "enter long when close == 12 limit close / 2 valid until close == 9\nexit long when close == 13"
    text = text.replace("valid until", "until")
    result = run(text, history(CLOSES))
    assert [s.statement for s in (statement(result.why(at="2024-01-04"), n) for n in (1, 2))] == [
        "enter long", "exit long",
    ]  # fmt: skip
    assert part(statement(result.why(at="2024-01-03")), "close == 9").holds is False


def test_a_trade_of_a_resting_order_is_explained_at_its_decision() -> None:
    """A limit of 11.5 decided at 12 on the 3rd; the 4th opens at 13 and the low of the 5th is 11.5."""
    data = history(CLOSES, low=[10, 11, 12, 13, 11.5, 11, 10, 9])
    trade = run("enter long when close == 12 limit 0.5 + close - 1 valid 5 bars", data).why(trade=1).trade
    assert trade is not None
    found = trade.entered.statements[0]
    assert found.verdict.code == "placed"
    assert found.order is not None
    assert (found.order["fill_price"], found.order["limit"]) == (11.5, 11.5)


def test_a_stop_that_has_moved_names_no_level() -> None:
    """Filled at 10 with a stop of 10 %: past 11 (1r) a stop at the fill works, which the fall to 10 reaches."""
    text = "enter long when bar_index == 0 stop 10% stop 0r after 1r"
    trade = run(text, history([10, 10, 12, 9.5, 9.5])).why(trade=1)
    assert trade.trade is not None
    assert (trade.trade.exit, trade.trade.level) == ("stop", None)
    assert "`stop … after` 1 was reached" in trade.text()


@pytest.mark.parametrize("target, open_, expected", [
    ("", 11.5, ["take_1", "take_2"]), (" target 30%", 12.6, ["take_1", "target"]),
    (" target 30%", 14.0, ["take_1", "target"]),
])  # fmt: skip
def test_a_take_is_told_from_the_target(target: str, open_: float, expected: list[str]) -> None:
    """Filled at 10; takes at 11 and, without a target, at 12; a target at 13. An open of 14 is beyond both."""
    second = "" if target else " take 50% at 20%"
    text = f"enter long when bar_index == 0 take 50% at 10%{second}{target}"
    closes = [10, 10, open_, 13, 13]
    result = run(text, history(closes, high=[10, 10, max(12.7, open_), 13, 13], low=[10, 10, open_ - 2, 13, 13]))
    told = [result.why(trade=number).trade for number in (1, 2)]
    assert [(trade.exit, trade.by) for trade in told if trade] == [("target", by) for by in expected]
    assert "take 1 was reached" in result.why(trade=1).text()


def test_the_orders_of_a_ladder_are_one_statement() -> None:
    """From 13 the first limit is 12, the second 9: 12 is filled on the 5th, and is open while the condition holds."""
    text = "enter long when close >= 11 limit close - 1 ladder 2 step 3 valid 9 bars size 1 units"
    result = run(text + "\nexit long when close == 1", history(CLOSES))
    assert {row["statement"] for row in result.orders.to_pylist()} == {"enter long 1 of 2", "enter long 2 of 2"}
    found = [statement(result.why(at=f"2024-01-0{day}")) for day in range(1, 9)]
    assert [each.verdict.code for each in found] == [
        "condition", "placed", "moved", "moved", "moved", "moved", "condition", "condition",
    ]  # fmt: skip
    assert found[4].statement == "enter long" and found[4].order is not None
    assert found[4].order["statement"] == "enter long 2 of 2"  # of the first the lot is open
