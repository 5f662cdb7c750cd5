"""What differs between two programs in meaning, and what does not."""

from __future__ import annotations

from time import process_time

import pytest
from stratagem.lang.compile import compile_text
from stratagem.lang.explain.changes import SAME, Change, changes
from stratagem.lang.explain.explain import explain

TEXT = """strategy "One"
param n = 20 in 5 to 50
let calm = sma(close, n)
let high_ = highest(high, 20)[1]
enter long when close > calm and close > high_
  size 50%
  stop 2%
exit long when close < calm
state count = 0 then if close > open then count + 1 else 0
emit strong when count > 3
"""


def found(before: str, after: str) -> tuple[Change, ...]:
    return changes(compile_text(before), compile_text(after)).changes


@pytest.mark.parametrize(
    ("what", "becomes"),
    [
        ("calm", "slow"), ("count", "streak"), ('"One"', '"Two"'), ("let calm = sma(close, n)\n", ""),
        ("\n  size 50%", " size 50% # so much"), ("enter", "let unread = close\nenter"), ("size 50%", "size 5_0.0%"),
    ],
)  # fmt: skip
def test_names_and_layout_are_no_difference(what: str, becomes: str) -> None:
    after = TEXT.replace(what, becomes)
    if not becomes:  # written out where it is read
        after = after.replace("calm", "sma(close, n)")
    assert found(TEXT, after) == ()
    assert changes(compile_text(TEXT), compile_text(after)).text() == f"{SAME}\n"


def test_the_order_of_definitions_is_no_difference() -> None:
    lines = TEXT.splitlines()
    moved = "\n".join([*lines[:2], lines[3], lines[2], *lines[4:]])
    assert moved != TEXT and found(TEXT, moved) == ()


def test_tests_are_counted_and_are_no_part_of_what_a_program_means() -> None:
    tried = f'{TEXT}test "it rises" prices 10, 11 12 9 10 expect close == 10\n'
    assert found(TEXT, tried) == ()
    told = str(explain(compile_text(tried)))
    assert told == f"{explain(compile_text(TEXT))}\nTests\n- 1 test, which changes nothing in how it trades.\n"


def test_states_of_a_function_are_numbered_as_they_are_read() -> None:
    head = "fn since(event)\n  state count = 0 then if event then 0 else count + 1\n  return count\n"
    one, other = "let a = since(close > open)\n", "let b = since(close < open)\n"
    tail = "emit signal when a > 3 and b > 4\n"
    first, second = (compile_text(head + text + tail) for text in (one + other, other + one))
    assert explain(first) == explain(second) and changes(first, second).same


@pytest.mark.parametrize(
    ("what", "becomes", "kind", "about", "was", "now"),
    [
        ("size 50%", "size 25%", "changed", "enter long, size", "Stakes 50% of equity, the estimated costs of entry "
         "included.", "Stakes 25% of equity, the estimated costs of entry included."),
        ("  stop 2%\n", "", "removed", "enter long, stop", "Stop at 2% below the fill.", ""),
        ("  stop 2%\n", "  stop 2%\n  expire day\n", "added", "enter long, expire", "",
         "Leaves at the end of the day at the latest."),
        ("in 5 to 50", "in 5 to 60", "changed", "param n", "`n` is 20 unless a run says otherwise; a whole number from "
         "5 to 50.", "`n` is 20 unless a run says otherwise; a whole number from 5 to 60."),
        ("strategy", "assume fee 0.1%\nstrategy", "added", "assume fee", "", "Each fill costs a fee of 0.1%."),
        ("strategy", "guard drawdown 20%\nstrategy", "added", "guard drawdown", "", "The fall of equity from its "
         "highest close: at most 20%. An entry at it is denied."),
        ("exit long when close < calm\n", "", "removed", "exit long", "Leaves a long position when close is below "
         "`calm`. Closes all of it, the oldest lots first.", ""),
    ],
)  # fmt: skip
def test_one_difference_is_told_as_one(what: str, becomes: str, kind: str, about: str, was: str, now: str) -> None:
    assert found(TEXT, TEXT.replace(what, becomes)) == (Change(kind, about, was, now),)


def test_a_signal_of_another_name_is_another_signal() -> None:
    told = found(TEXT, TEXT.replace("emit strong", "emit weak"))
    assert [(change.kind, change.about) for change in told] == [("removed", "emit strong"), ("added", "emit weak")]


def test_a_definition_that_changed_is_told_once_with_what_it_touches() -> None:
    (told,) = found(TEXT, TEXT.replace("sma(close, n)", "ema(close, n)"))
    assert told == Change(
        "changed", "`calm`", "`calm` is the average of close over `n` (20) bars.",
        "`calm` is the exponential average of close over `n` (20) bars.", ("enter long", "exit long"),
    )  # fmt: skip


def test_what_lies_deeper_is_found_where_it_changed() -> None:
    text = "let a = sma(close, 5)\nlet b = a - open\nalert when b > 1"
    (told,) = found(text, text.replace("5", "6"))
    assert (told.about, told.touches) == ("`a`", ("alert 1",))


def test_the_side_and_the_order_of_statements() -> None:
    text = "enter long when close > open\n  size 10%\nenter short when close < open\n  size 20%\n"
    first, second = text.split("enter")[1:]
    moved = found(text, f"enter{second}enter{first}")
    assert [(change.kind, change.about) for change in moved] == [("moved", "enter short")]
    (turned,) = found(text, text.replace("long", "short"))
    assert (turned.kind, turned.before, turned.after) == (
        "changed", "Enters long when close is above open.", "Enters short when close is above open.",
    )  # fmt: skip


def test_it_reads_well() -> None:
    told = changes(compile_text(TEXT), compile_text(TEXT.replace("size 50%", "size 25%").replace("20)[1]", "30)[1]")))
    assert told.text() == """\
Changed: `high_`
  from `high_` is the highest high of the 20 bars before this one.
  to   `high_` is the highest high of the 30 bars before this one.
  which changes enter long
Changed: enter long, size
  from Stakes 50% of equity, the estimated costs of entry included.
  to   Stakes 25% of equity, the estimated costs of entry included.
"""
    assert told.to_dict()["changes"][1]["after"] == "Stakes 25% of equity, the estimated costs of entry included."


def ring(name: str, count: int = 300) -> str:
    """States that each have the value before of the next one: telling them apart would take a round for each."""
    return "".join(f"state {name}{n} = {n // (count - 1)} then {name}{(n + 1) % count}[1]\n" for n in range(count))


def test_many_statements_take_no_time() -> None:
    """A text of 28,000 characters: everything is looked at once, and not with every other."""
    state = "fn f(x)\n  state n = 0 then n[1] + x\n  return n\n"
    counts = compile_text(state + "".join(f"plot f(close * {n})\n" for n in range(700)))
    one, other = (compile_text("".join(f"enter long when close {sign} {n}\n" for n in range(500))) for sign in "<>")
    began = process_time()
    explain(counts)
    assert len(changes(one, other).changes) == 500
    assert process_time() - began < 1.5


def test_a_ring_of_states_takes_no_time() -> None:
    one, other = compile_text(f"{ring('a')}plot a0"), compile_text(f"{ring('b')}plot b0")
    began = process_time()
    assert changes(one, other).same and not changes(one, compile_text(f"{ring('a')}plot a1")).same
    assert process_time() - began < 2.5
