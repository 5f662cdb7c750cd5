"""What is said of the clauses of an `enter`, and of which of them nothing is said."""

from __future__ import annotations

from functools import partial

import pytest
from stratagem.lang.compile import check_text, compile_text

from ...visits import calls

EXITS = "\nexit long when close < open\nexit short when close > open"

TODAY = "state lowest_of_today = low then if new_day() then low else min(lowest_of_today, low)\n"


def said(text: str) -> list[tuple[str, str]]:
    return [(d.code, d.severity) for d in compile_text(TODAY + text + EXITS).diagnostics]


ORDINARY = [
    "stop close * 0.98", "stop lowest(low, 10)", "stop low", "stop low - 2 * atr(14)", "stop close - 2 * atr(14)",
    "stop 2 * atr(14)", "stop 2%", "stop low[1]", "stop valuewhen(close > open, low)", "stop min(low, low[1])",
    "stop lowest(low, 10) - 0.5 * atr(14)", "stop if close > open then low else lowest(low, 5)", "stop close",
    "stop entry - 3 * atr(14)", "stop 20ticks target 2r", "stop 2% target entry + 2 * (entry - stop)", "stop open",
    "stop last_known(pivot_low(low, 5, 5))", "stop donchian(20).lower", "stop (low @ 4h)", "stop close * 1.02 - atr(5)",
    "stop lowest_of_today", "stop valuewhen(new_day() and position.flat, close * 0.98)",
    "stop valuewhen(new_day() and position.flat, close * 0.98) - atr(14)",
    "target close + 3 * atr(14)", "target close * 1.05", "target entry * 1.05", "target 3%", "target 500%",
    "target close + 2 * (close - lowest(low, 10))", "target high + (high - low)", "target close[1] + 10",
    "trail 3 * atr(14)", "trail 2%", "trail max(1 * atr(14), 2 * atr(50))", "expire 5 bars",
    "stop position.low size 30% scale 2",  # of the lots before it
]  # fmt: skip


@pytest.mark.parametrize("clauses", ORDINARY)
def test_nothing_is_said_of_ordinary_brackets(clauses: str) -> None:
    assert said(f"enter long when close > open {clauses}\nassume tick 0.01") == []


@pytest.mark.parametrize(
    ("clause", "severity"),
    [
        ("target sma(close, 20)", "warning"), ("target highest(high, 20)", "hint"),
        ("target lowest_of_today + 5", "hint"),
        ("stop sma(close, 20)", "hint"),
        ("trail (if close > open then 1% else 2%)", "warning"),
    ],
)  # fmt: skip
def test_what_people_expect_to_move_is_warned_about_and_an_initial_level_only_hinted_at(
    clause: str, severity: str
) -> None:
    assert said(f"enter long when close > open {clause}") == [("W501", severity)]


@pytest.mark.parametrize(
    "text",
    [
        "enter long when close > open\nexit long when true",  # fills at the next open: the exit sees it a bar later
        "enter long when close > open fill this_close\nexit short when true\nenter short when close < open",
        "enter long when close > open fill this_close",
    ],
)
def test_an_exit_that_can_act_is_not_warned_about(text: str) -> None:
    assert said(text) == []


def test_levels_that_clauses_share_are_taken_apart_once() -> None:
    """Each level further is so much more work, however long the part is that all levels share."""

    def text(terms: int, enters: int) -> str:
        shared = f"let shared = {' + '.join(f'atr({n + 2})' for n in range(terms))}\n"
        each = "".join(f"enter long when close > {n} stop close - shared * {n + 2}\n" for n in range(enters))
        return shared + each + "exit long when close < 1\n"

    def more(terms: int) -> int:
        return calls(partial(compile_text, text(terms, 32))) - calls(partial(compile_text, text(terms, 16)))

    for terms in (2, 32):
        compile_text(text(terms, 2))  # what is done once for the process is done
    assert more(32) < 1.2 * more(2)


@pytest.mark.parametrize("word", ["hour", "weekday", "month"])
@pytest.mark.parametrize("clause", ["expire", "limit 1% valid"])
def test_a_fact_of_the_calendar_is_no_count_of_bars(clause: str, word: str) -> None:
    """The hour of the bar is no number of bars, and no time of day."""
    found = check_text(f"enter long when close > open {clause} {word}").diagnostics
    assert [d.code for d in found if d.is_error] == ["E408"]
