"""Mending: only what helps is kept, what does not is undone and told, and a sound text goes on meaning the same."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from stratagem.lang.diagnostics.mend import MANY, MOST_CHECKS, UNDONE, UNSAFE, UNTRIED, Verdict, mend
from stratagem.lang.diagnostics.model import ERROR, WARNING, Diagnostic, Edit, Fix
from stratagem.lang.diagnostics.span import Span
from stratagem.lang.syntax.faults import MAX_FAULTS

Rule = tuple[str, str, bool, str]


def checker(*rules: Rule, meaning: Callable[[str], str] | None = None) -> Callable[[str], Verdict]:
    """A check that finds each pattern of its rules and offers what it is to become: (pattern, text, safe, severity)."""

    def check(text: str) -> Verdict:
        found = []
        for pattern, becomes, safe, severity in rules:
            at = text.find(pattern)
            while at >= 0:
                span = Span("a", at, at + len(pattern))
                fixes = (Fix(f"write {becomes}", (Edit(span, becomes),), safe),)
                found.append(Diagnostic("E1" if severity == ERROR else "W1", severity, pattern, span, fixes=fixes))
                at = text.find(pattern, at + len(pattern))
        sound = not any(d.is_error for d in found)
        return Verdict(tuple(found), (meaning(text) if meaning else text.lower()) if sound else None)

    return check


def test_safe_fixes_are_applied_until_none_is_left() -> None:
    mended = mend("x y x", checker(("x", "z", True, ERROR), ("y", "z", True, ERROR)))
    assert (mended.text, mended.left) == ("z z z", ())
    assert [str(told) for told in mended.applied] == ["1:1 E1 write z", "1:3 E1 write z", "1:5 E1 write z"]


def test_what_guesses_is_left_and_told() -> None:
    mended = mend("x y", checker(("x", "y", False, ERROR), ("y", "z", True, ERROR)))
    assert mended.text == "x z"
    assert [(told.column, told.why) for told in mended.left] == [(1, UNSAFE)]


def test_a_fix_that_brings_no_fewer_faults_is_undone_and_told() -> None:
    mended = mend("x", checker(("x", "yy", True, ERROR), ("y", "x", False, ERROR)))
    assert (mended.text, mended.applied) == ("x", ())
    assert [(told.column, told.why) for told in mended.left if told.why == UNDONE] == [(1, UNDONE)]


def test_a_bad_fix_among_good_ones_is_undone_alone() -> None:
    check = checker(("a", "b", True, ERROR), ("x", "qq", True, ERROR), ("q", "q", False, ERROR))
    mended = mend("a x a", check)
    assert mended.text == "b x b" and len(mended.applied) == 2
    assert [told.title for told in mended.left] == ["write qq"]


def hidden(text: str) -> Verdict:
    """Only the first `x` is seen, as by a reader that stops at it; it may become `y`. `!` is a fault as well."""
    at = min((i for i, c in enumerate(text) if c in "x!"), default=-1)
    if at < 0:
        return Verdict((), "sound")
    span = Span("a", at, at + 1)
    fixes = (Fix("write y", (Edit(span, "y"),), True),) if text[at] == "x" else ()
    return Verdict((Diagnostic("E1", ERROR, "m", span, fixes=fixes),), None)


def test_a_fault_that_hides_another_is_mended_with_it() -> None:
    assert mend("x x x", hidden).text == "y y y"


def test_all_is_undone_where_what_came_to_light_cannot_be_mended() -> None:
    mended = mend("x x !", hidden)
    assert (mended.text, mended.applied) == ("x x !", ())
    assert {told.why for told in mended.left} == {UNDONE}


def test_a_sound_text_keeps_its_meaning() -> None:
    capital = checker(("x", "X", True, WARNING), ("y", "z", True, WARNING))
    mended = mend("x y", capital)
    assert mended.text == "X y", "the first is another way to write it, the second another thing"
    assert [told.why for told in mended.left] == [UNDONE]


def test_fixes_that_touch_are_applied_one_after_the_other() -> None:
    assert mend("xxx", checker(("xx", "a", True, ERROR), ("x", "b", True, ERROR))).text in ("ab", "ba", "bbb")


def test_checks_are_counted_and_the_rest_is_told() -> None:
    count = 0
    bad = checker(("x", "xx", True, ERROR))

    def counting(text: str) -> Verdict:
        nonlocal count
        count += 1
        return bad(text)

    text = "\n".join(f"x{i}" for i in range(500))
    mended = mend(text, counting)
    assert count <= MOST_CHECKS and mended.text == text
    assert UNTRIED in {told.why for told in mended.left}


def test_where_reading_stops_at_so_many_faults_getting_further_is_better() -> None:
    """A reader that tells of fifty at a time: ninety fixes go in two rounds, and a hundred bad places stay."""

    def fifty(text: str) -> Verdict:
        found = [i for i, c in enumerate(text) if c in "x!"][:MAX_FAULTS]
        spans = [Span("a", i, i + 1) for i in found]
        fixes = [(Fix("y", (Edit(span, "y"),), True),) if text[span.start] == "x" else () for span in spans]
        said = [Diagnostic("E1", ERROR, "m", span, fixes=fix) for span, fix in zip(spans, fixes, strict=True)]
        return Verdict(tuple(said), None if said else "sound")

    assert MANY == MAX_FAULTS
    assert mend("x" * 90 + "!" * 100, fifty).text == "y" * 90 + "!" * 100
    assert mend("x" * 500, fifty).text == "y" * 500


def test_a_long_text_is_checked_less_often() -> None:
    count = 0
    rules = checker(("x", "xx", True, ERROR))

    def counting(text: str) -> Verdict:
        nonlocal count
        count += 1
        return rules(text)

    mend("x" + " " * 500_000 + "x", counting)
    assert count <= 20


def test_places_are_those_of_the_text_before() -> None:
    mended = mend("ok\n  x", checker(("x", "y", True, ERROR)))
    assert [(told.line, told.column) for told in mended.applied] == [(2, 3)]


@pytest.mark.parametrize("end", ["\r", "\r\n", "\n"])
def test_a_line_is_counted_however_it_ends(end: str) -> None:
    mended = mend(f"ok{end}  x", checker(("x", "y", True, ERROR)))
    assert [(told.line, told.column) for told in mended.applied] == [(2, 3)]


@pytest.mark.parametrize("end", ["\r", "\r\n", "\n"])
def test_a_new_line_ends_as_the_first_one_does_and_others_stay(end: str) -> None:
    mended = mend(f"ok{end}x\r\n\n\rok", checker(("x", "y\nz", True, ERROR)))
    assert mended.text == f"ok{end}y{end}z\r\n\n\rok"
