"""What the order machinery is told of orders that rest and levels that move."""

from __future__ import annotations

import pytest
from stratagem.lang.compile import compile_text
from stratagem.lang.plan.build import plan
from stratagem.lang.plan.check import fault
from stratagem.lang.plan.codec import from_json, to_json
from stratagem.lang.plan.constants import evaluate_params, warmup
from stratagem.lang.plan.model import Column, Plan

END = "\nexit long when close < open"


def planned(text: str) -> Plan:
    made = plan(compile_text(text + END))
    assert fault(made) == "" and from_json(to_json(made)) == made
    return made


def level(name: str) -> list[str]:
    return [f"{name}_BASE", f"{name}_SLOPE", f"{name}_SLOPE_BELOW"]


def test_the_inbox_of_an_entry_with_everything() -> None:
    first, *_ = planned(
        "enter long when close > open size 50% cap 80% trigger high limit high + 1 valid 3 bars stop 2% "
        "stop 0r after 1r stop entry + 1r after 2r take 50% at 1r take 25% at 2r target 3r trail 2% after 1r "
        "expire 20 bars"
    ).decisions
    assert [name for name, _ in first.inbox] == [
        "SIZE", "CAP", *level("STOP"), *level("TARGET"), *level("TRAIL"), "EXPIRE",
        "TAKE0_SHARE", *level("TAKE0"), "TAKE1_SHARE", *level("TAKE1"),
        *level("MOVE0"), *level("MOVE0_AFTER"), *level("MOVE1"), *level("MOVE1_AFTER"), *level("TRAIL_AFTER"),
        "LIMIT", "TRIGGER", "LIFE",
    ]  # fmt: skip
    assert (first.action, first.rest, first.life, first.takes, first.moves) == ("enter", "trigger_limit", "bars", 2, 2)
    assert (first.of, first.passed, first.expire_kind, first.fill) == (-1, None, "bars", "")


def test_a_market_order_says_nothing_of_resting() -> None:
    first, second = planned("enter long when close > open").decisions
    for each in (first, second):
        assert (each.rest, each.life, each.of, each.takes, each.moves, each.passed) == ("", "", -1, 0, 0, None)


def test_an_exit_rests_as_an_entry_does() -> None:
    made = planned("enter long when close > open\nexit long when true limit 1% size 50% once valid 4h")
    leaving = made.decisions[1]
    assert [name for name, _ in leaving.inbox] == ["SIZE", "LIMIT", "LIFE"]
    assert (leaving.action, leaving.rest, leaving.life, leaving.once) == ("exit", "limit", "seconds", True)


def test_until_is_a_cancel_right_after_its_statement() -> None:
    made = planned(
        "enter long when close > open limit 1% until close < low[1]\ncancel long when close < sma(close, 5)\n"
        "exit long when true trigger low until close > high[1] valid day\nenter short when close < open trigger 1%"
    )
    assert [(d.index, d.action, d.side, d.of, d.life) for d in made.decisions] == [
        (0, "enter", "long", -1, "open"), (1, "cancel", "long", 0, ""), (2, "cancel", "long", -1, ""),
        (3, "exit", "long", -1, "day"), (4, "cancel", "long", 3, ""), (5, "enter", "short", -1, ""),
        (6, "exit", "long", -1, ""),
    ]  # fmt: skip
    for cancel in (made.decisions[1], made.decisions[2], made.decisions[4]):
        assert (cancel.inbox, cancel.ops, cancel.texts, cancel.rest, cancel.because) == ((), (), (), "", None)


def test_days_are_watched_where_an_order_lasts_for_one() -> None:
    assert planned("enter long when close > open limit 1% valid day").day
    assert planned("enter long when close > open\nexit long when true limit 1% valid day").day
    assert not planned("enter long when close > open limit 1% valid 2 bars").day


@pytest.mark.parametrize(("clause", "time"), [("expire day", "24:00"), ('expire "15:55"', "15:55")])
def test_a_time_of_day_has_its_two_columns(clause: str, time: str) -> None:
    made = planned(f"enter long when close > open {clause}")
    passed = made.decisions[0].passed
    assert passed is not None
    opens, closes = (made.columns[place] for place in passed)
    assert opens == Column("passed", "open", "", time, whole=True)
    assert closes == Column("passed", "close", "", time, whole=True)


def test_entries_of_one_time_share_its_columns() -> None:
    made = planned('enter long when close > open expire "15:55"\nenter short when close < open expire "15:55"')
    assert made.decisions[0].passed == made.decisions[1].passed
    assert sum(column.source == "passed" for column in made.columns) == 2


def test_the_next_open_needs_no_column() -> None:
    made = planned("enter long when close > open expire next_open")
    assert (made.decisions[0].expire_kind, made.decisions[0].passed) == ("next_open", None)


WARM = [
    "limit sma(close, 50)", "trigger sma(close, 50)", "limit 1% until close < sma(close, 50)",
    "stop 1% take 50% at sma(close, 50)", "take 1% * sma(close, 50) / close at 2%", "stop sma(close, 50) after 2%",
    "stop 1% after entry + change(sma(close, 49))", "trail 1% after sma(close, 50)",
]  # fmt: skip


@pytest.mark.parametrize("clauses", WARM)
def test_an_entry_waits_for_all_that_its_clauses_read(clauses: str) -> None:
    made = plan(compile_text(f"enter long when close > open {clauses}\nexit long when close < open"))
    assert warmup(made, evaluate_params(made, {}))["base"] == 50


def test_a_life_in_bars_of_a_series_waits_too() -> None:
    made = plan(compile_text("enter long when close > open limit 1% valid round(rsi(close, 29))" + END))
    assert warmup(made, evaluate_params(made, {}))["base"] == 30


def test_an_until_waits_for_what_it_reads_itself() -> None:
    made = planned("enter long when close > sma(close, 9) limit 1% until close < open")
    enter, until = (d.gate[0][1] - len(made.stage) for d in made.decisions[:2])
    assert made.thresholds[enter] == 8 and made.thresholds[until] == 0


def test_what_only_an_entry_reads_runs_with_it_alone() -> None:
    made = planned("enter long when close > open limit close - 3 * (high - low)")
    assert {op.name for op in made.decisions[0].ops} >= {"sub", "mul"}


SEALED = [
    "limit 1%", "limit 2%", "trigger 1%", "limit 1% valid 2 bars", "limit 1% valid 3 bars", "limit 1% valid day",
    "limit 1% until close < open", "limit 1% until close < low", "expire next_open", "expire day", 'expire "15:55"',
    'expire "15:56"', "take 50% at 1%", "take 50% at 2%", "take 40% at 1%", "stop 1% after 2%", "stop 1% after 3%",
    "trail 1%", "trail 1% after 2%", "stop 1% trail 1%", "stop 1% trail 1r", "",
]  # fmt: skip


def test_every_clause_is_part_of_what_is_traded() -> None:
    """State of a run goes on under a plan of the same seal, so that none may say another thing."""
    seals = {planned(f"enter long when close > open {clauses}").seal for clauses in SEALED}
    seals |= {planned(f"enter long when close > open limit 1%\ncancel {side} when {when}").seal
              for side in ("long", "short") for when in ("close < open", "close < low")}  # fmt: skip
    assert len(seals) == len(SEALED) + 4
