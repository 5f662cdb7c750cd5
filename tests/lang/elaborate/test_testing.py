"""Tests in the language: what is checked of them, and that nothing of them is in what runs."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from stratagem.lang.analysis.analysis import analyse
from stratagem.lang.analysis.hover import standing_at
from stratagem.lang.analysis.offers import may_stand
from stratagem.lang.compile import check_text, compile_text
from stratagem.lang.format.format import formatted
from stratagem.lang.plan.build import plan
from stratagem.lang.plan.codec import to_json

ROOT = Path(__file__).resolve().parents[3]
BEFORE = """param n = 3 in 1 to 20
let slow = sma(close, n)
enter long when close > slow stop 2%
exit long when close < slow
"""
PRICES = "prices 10, 11 12 9 10, 11 12 9 10 500 "


def said(test: str, before: str = BEFORE) -> list[str]:
    return [d.code for d in check_text(before + test).diagnostics]


SOUND = (
    PRICES + "expect close == 10",
    PRICES + "expect slow == 10.333 within 0.001 at bar 2",
    'start "2024-01-02 09:30" every 1h with n = 2 ' + PRICES + 'expect n == 2 and volume == 500 at "2024-01-02 11:30"',
    'prices "bars.csv" expect run.trades == 1 at bar 900',
    "prices -1, 20 of -2 1 -3 0 expect low < 0",
    PRICES + 'expect trade(1).exit_reason == "stop" and trade(1).long and not trade(1).open',
    PRICES + "expect abs(trade(1).exit_price - trade(1).entry_price) < 2% * trade(1).entry_price",
    PRICES + "expect order(0).filled and order(0).buys and order(0).fill_bar == order(0).bar + 1",
    PRICES + "expect position.flat at bar 0 expect equity == 100_000 and cash == 100_000 at bar 0",
    PRICES + "expect max(trade(1).pnl, 0) == 0 expect run.max_drawdown < 1%",
)


@pytest.mark.parametrize("body", SOUND)
def test_what_can_be_expected(body: str) -> None:
    assert said(f'test "one" {body}') == []


def test_bars_that_are_alike_are_kept_once() -> None:
    rows = compile_text(BEFORE + 'test "long" prices 9, ' + "9_999 of 10, " * 9 + "2 of 11 expect close == 11").tests[0]
    assert [count for _, count in rows.prices[0].rows] == [1, *[9_999] * 9, 2]


WRONG = {
    "": ["E431"],
    PRICES: ["E431"],
    "expect close > open": ["E431"],
    "prices 10 11 expect close > open": ["E430"],
    "prices 10 9 11 10 expect close > open": ["E430"],
    "prices 10 12 11 10 expect close > open": ["E430"],
    "prices 10 12 9 10 -5 expect close > open": ["E430"],
    "prices 10% expect close > open": ["E430"],
    "prices 0 of 10 expect close > open": ["E430"],
    "prices 9000 of 1, 10000 of 1, " + ", ".join(["10000 of 1"] * 9) + " expect close > open": ["E430"],
    PRICES + "prices 10 expect close > open": ["E431"],
    PRICES + 'start "2024" expect close > open': ["E208"],
    PRICES + 'start "2024-01-01" start "2024-01-02" expect close > open': ["E431"],
    PRICES + "every 5 expect close > open": ["E301"],
    PRICES + "every 1d every 1d expect close > open": ["E431"],
    PRICES + "with m = 3 expect close > open": ["E101"],
    PRICES + "with n = 30 expect close > open": ["E503"],
    PRICES + "with n = 2% expect close > open": ["E502"],
    PRICES + "with n = close expect close > open": ["E502"],
    PRICES + "with n = 2, n = 3 expect close > open": ["E431"],
    PRICES + "expect close": ["E201"],
    PRICES + "expect clse > 2": ["E101"],
    PRICES + "expect close > rsi(close, 14)": ["W202"],
    PRICES + "expect close > open at bar 3": ["E432"],
    PRICES + "expect close > open at bar 1.5": ["E430"],
    PRICES + 'expect close > open at "soon"': ["E208"],
    PRICES + "expect close > open within 2": ["E432"],
    PRICES + "expect close == open within close": ["E432"],
    PRICES + "expect trade(0).pnl > 0": ["E206"],
    PRICES + "expect trade(n).pnl > 0": ["E432"],
    PRICES + "expect trade(1).size > 0": ["E105"],
    PRICES + 'expect trade(1).exit_reason == "stopp"': ["E209"],
    PRICES + "expect recent(trade(1).long, 3)": ["E432"],
    PRICES + "expect of GLD close > open": ["E801"],
}


@pytest.mark.parametrize(("body", "codes"), WRONG.items())
def test_what_is_wrong_with_a_test_is_told(body: str, codes: list[str]) -> None:
    assert said(f'test "one" {body}') == codes


def test_tests_over_several_symbols_say_of_which() -> None:
    before = "on GLD, GDX every 1d\nenter long when close > open\nexit long when close < open\n"
    both = 'test "two" prices of GLD 10, 11 prices of GDX 9, 8 '
    assert said(both + "expect of GLD close == 11 expect close of GDX == 8 expect run.orders == 0", before) == ["W703"]
    assert "E433" in said(both + "expect close == 11", before)
    assert "E431" in said('test "two" prices of GLD 10, 11 expect run.orders == 0', before)
    assert "E801" in said(both + "expect of SPY close == 11", before)
    assert "E431" in said('test "two" prices 10, 11 expect run.orders == 0', before)
    assert "E431" in said(both + "every 1h expect run.orders == 0", before)


def test_two_tests_have_two_names() -> None:
    assert said(f'test "one" {SOUND[0]} test "one" {SOUND[0]}') == ["E103"]


def test_facts_are_of_tests_alone() -> None:
    assert [d.code for d in check_text("plot trade(1).pnl").diagnostics] == ["E102"]
    assert [d.code for d in check_text("plot run.trades").diagnostics] == ["E101"]
    own = "fn trade(x) = x + 1\nlet run = 5\n"
    assert said(f'test "own" {PRICES} expect trade(1) == 2 and run == 5', own) == []


def test_nothing_of_a_test_is_in_what_runs() -> None:
    """The plan is the same but for the hash of the text; a parameter that a test alone reads changes nothing."""
    body = "expect barssince(cross_above(close, ema(close, 3) @ 1w)) > 2 and close of SPY > 2 expect trade(1).pnl > 0"
    with_tests = f'{BEFORE}test "one" {PRICES}{body}'
    one, other = compile_text(BEFORE), compile_text(with_tests)
    assert len(other.tests) == 1 and other.several is False
    plans = [replace(plan(each), source_hash="") for each in (one, other)]
    assert to_json(plans[0]) == to_json(plans[1])
    assert one.source_hash != other.source_hash
    assert said(f'test "one" with n = 2 {PRICES}expect n == 2', "param n = 1 in 1 to 5\n") == ["W101"]


def test_a_question_in_a_test_is_asked() -> None:
    assert said(f'test "one" {PRICES} expect slow == ?"what is it" at bar 2') == ["Q001"]


def test_every_part_has_a_line() -> None:
    loose = 'test   "one" start "2024-01-02" every 1h with n=2,m = 3 prices 10,-11 -10 -12 -11 ,20 of 1 '
    laid = formatted(f"{loose} expect of SPY close==-11 within 1% at bar 1 # so\nexpect run.trades==0").text
    assert laid == (
        'test "one"\n  start  "2024-01-02"\n  every  1h\n  with   n = 2, m = 3\n'
        "  prices 10, -11 -10 -12 -11, 20 of 1\n"
        "  expect of SPY close == -11 within 1% at bar 1  # so\n  expect run.trades == 0\n"
    )
    assert formatted(laid).text == laid


def test_editors_know_tests() -> None:
    text = f'{BEFORE}test "one" with n = 2 {PRICES}expect trade(1).long and slow > 2 at bar 1\n'
    found = analyse(text)

    def told(word: str) -> str:
        standing = standing_at(found, text.rindex(word))
        return "" if standing is None else " ".join((standing.title, *standing.lines))

    assert "sma(close, n)" in told("slow") or "price" in told("slow")
    assert "param n = 3" in told("n = 2")
    assert "no part of what runs" in told('test "one"') and "holds" not in told("trade(1)")
    assert "numbered from 1" in told("trade(1)") and "whether it was long" in told("long and")
    assert len(found.references(text.index("n = 3"))) == 3
    offers = {offer.name for offer in may_stand(found, text.index("prices")).offers}
    assert {"prices", "expect", "start", "every"} <= offers


@pytest.mark.parametrize(
    ("read", "meant"),
    [("trade(1).profit", "pnl"), ("trade(1).returns", "gain"), ("order(0).price", "fill_price"),
     ("run.equity", "final_equity"), ("macd(close).macd", "line"), ("bb(close).basis", "middle"), ("run.zzz", None)],
)  # fmt: skip
def test_a_field_by_another_name_is_told_with_all_there_are(read: str, meant: str | None) -> None:
    (said,) = [d for d in check_text(f'test "a"\n  prices 10, 11\n  expect {read} > 0').diagnostics if d.is_error]
    assert said.code == "E105" and said.message.partition(": it has ")[2].count(", ") > 1
    assert [fix.edits[0].text for fix in said.fixes] == ([meant] if meant else [])


def test_a_broken_test_is_told_where_it_breaks_and_facts_are_of_tests() -> None:
    def told(text: str) -> list[str]:
        return [d.message.partition(":")[0] for d in check_text(text).diagnostics if d.is_error]

    assert told('test "a"\n  prices 10, 11\n  expect trade(1).return > 0') == ["`return` is a keyword, and no field"]
    assert told("let a = trade(1).pnl > run.trades") == [
        "`trade` is known in tests alone", "`run` is known in tests alone",
    ]  # fmt: skip
