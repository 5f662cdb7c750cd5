"""What a program reads in several places is one node, and whatever goes through its nodes visits it once.

A function that names its argument twice doubles the text of its value at every call within itself. Forty calls would
take for ever wherever a stage followed every way through the nodes instead of every node.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from stratagem.lang.compile import check_text, compile_text
from stratagem.lang.diagnostics.model import CompileError
from stratagem.lang.elaborate import context, order_lints
from stratagem.lang.explain.explain import explain
from stratagem.lang.explain.words import LONGEST
from stratagem.lang.plan.build import plan
from stratagem.lang.program import nodes
from stratagem.lang.program.nodes import Node
from stratagem.lang.program.program import Program
from stratagem.lang.program.show import show

DEEP = 40
FUNCTIONS = """param n = 3 in 1 to 5
fn twice(x) = x + x
fn more(x) = x + x * 2
fn chosen(x) = if close > open then x else x * 1.5
fn between_(x) = max(min(x, close), min(x, open))
fn some(x) = (x and close > open) or (x and close < open)
fn square(x) = x * x
fn length(x) = max(min(x, 7), min(x, n))
"""


def deep(function: str, value: str) -> str:
    return f"{function}(" * DEEP + value + ")" * DEEP


def traded(clause: str, when: str = "close > 1", leave: str = "close < 1") -> str:
    return f"enter long when {when} {clause}\nexit long when {leave}\n"


CASES = {
    "a let": f"let y = {deep('more', 'close')}[3] @ 1d\nplot y",
    "a state": f"state y = close then {deep('more', 'y')}\nplot y",
    "a text": f'alert when {deep("some", "close > 1")} "{{{deep("more", "close")}}}"',
    "an offset": f"let y = close[{deep('twice', 'n')}]\nplot y",
    "a length": f"let y = sma(close, {deep('length', 'n')})\nplot y",
    "require": f"require {deep('more', 'n')} > 2\nlet y = sma(close, n)\nplot y",
    "guard": f"guard day_trades {deep('square', 'n')} then halt\n" + traded(""),
    "when": traded("fill this_close", deep("some", "close > 1"), deep("some", "close < 1")),
    "comparison": traded("", f"{deep('between_', 'high')} > {deep('between_', 'low')}"),
    "window": traded("", f"sma({deep('more', 'close @ event 1d')}, 3) > {deep('more', 'close')}"),
    "event": traded("", deep("some", "cross_above(close, open)"), deep("some", "close < 1")),
    "size": traded(f"size {deep('square', 'n')} units"),
    "stop": traded(f"stop {deep('chosen', 'close')}"),
    "stop by entry": traded(f"stop {deep('twice', 'entry')} / 10000"),
    "target": traded(f"target {deep('more', 'sma(close, 5)')}"),
    "target that is chosen": traded(f"target {deep('chosen', 'sma(close, 5)')}"),
    "trail": traded(f"trail {deep('chosen', 'atr(14)')}"),
}


@pytest.mark.parametrize("name", CASES)
def test_what_is_shared_is_visited_once(name: str) -> None:
    found = check_text(FUNCTIONS + CASES[name])
    assert isinstance(found.program, Program), found.diagnostics
    assert len(plan(found.program).ops) < 1000
    assert len(show(found.program)) < 100_000
    assert max(map(len, str(explain(found.program)).splitlines())) < 3 * LONGEST


def test_a_value_that_nobody_would_read_to_its_end_is_mentioned() -> None:
    told = str(explain(compile_text(FUNCTIONS + CASES["when"])))
    assert len(told) < 20_000, told[:2000]


def test_bars_that_depend_on_parameters_in_too_many_ways_are_refused() -> None:
    """Each level waits for the longer of two waits, both on top of the level below: 2^40 ways for forty levels."""
    text = "param n = 5\nparam m = 9\nfn both(x) = sma(x, n) + ema(x, m)\nlet y = {}\nenter long when close > y\n"
    assert plan(compile_text(text.format("both(both(both(both(close))))"))).decisions
    with pytest.raises(CompileError) as caught:
        plan(compile_text(text.format(deep("both", "close"))))
    assert caught.value.diagnostics[0].code == "E611"


def test_an_exit_is_compared_with_all_entries_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Thousands of exits and entries would take minutes if each were compared with each: every order is read once."""
    count, plain, read = 50, order_lints._parts, []
    monkeypatch.setattr(order_lints, "_parts", lambda node, joint: read.append(node) or plain(node, joint))
    enters = "".join(f"enter long when close > {n} fill this_close\n" for n in range(count))
    exits = "".join(f"exit long when close < {n} or close > {n + 1}\n" for n in range(count))
    found = check_text(enters + exits)
    assert len(read) == 2 * count
    told = [diagnostic.notes[0].span for diagnostic in found.diagnostics if diagnostic.code == "W504"]
    assert [enters.count("\n", 0, span.start) for span in told if span] == list(range(1, count))


def test_what_many_statements_share_is_looked_through_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten times the statements over one long expression are not ten times the nodes that are visited."""
    visited = 0
    plain = nodes.walk

    def counting(*given: Any, **named: Any) -> Iterator[Node]:
        nonlocal visited
        for node in plain(*given, **named):
            visited += 1
            yield node

    for module in (context, order_lints):
        monkeypatch.setattr(module, "walk", counting)
    terms = "".join(f"let z{k} = {f'z{k - 1} + ' if k else ''}(close * {k + 2} + open)\n" for k in range(60))
    order = "enter long when z59 > 1 stop z59 - 1 target z59 trail atr(14) size 1%\nexit long when z59 < 1\n"
    found = []
    for count in (1, 20):
        visited = 0
        assert check_text(terms + order * count).program is not None
        found.append(visited)
    assert found[0] > 100 and found[1] < found[0] + 20 * 40
