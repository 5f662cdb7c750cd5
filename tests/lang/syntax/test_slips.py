"""Every slip is answered with its own code; every fix is the change one would make oneself."""

from __future__ import annotations

import pytest
from stratagem.lang.diagnostics.codes import CODES
from stratagem.lang.diagnostics.model import Diagnostic
from stratagem.lang.diagnostics.render import apply_fixes
from stratagem.lang.syntax import marks, recovery, slips  # noqa: F401  recovery brings every slip in
from stratagem.lang.syntax.parse import parse

from .slip_cases import CASES, GUESSES


def diagnostics(text: str) -> tuple[Diagnostic, ...]:
    return parse(text).diagnostics


@pytest.mark.parametrize(("written", "code", "mended"), CASES, ids=[case[0] for case in CASES])
def test_answered_with_its_code_and_its_fix(written: str, code: str, mended: str | None) -> None:
    found = diagnostics(written)
    assert code in [d.code for d in found]
    answer = next(d for d in found if d.code == code)
    assert bool(answer.fixes) == (mended is not None)
    if mended is not None:
        assert " ".join(apply_fixes(written, [answer]).split()) == mended


@pytest.mark.parametrize(("written", "code", "mended"), CASES, ids=[case[0] for case in CASES])
def test_safe_only_where_one_thing_can_have_been_meant(written: str, code: str, mended: str | None) -> None:
    for diagnostic in diagnostics(written):
        assert not any(fix.safe for fix in diagnostic.fixes[1:]), "of several fixes none is certain"
        if diagnostic.code == code and mended is not None:
            assert diagnostic.fixes[0].safe == (written not in GUESSES)


@pytest.mark.parametrize(("written", "mended", "safe"), [
    ("let a = open;let b = a", "let a = open\nlet b = a", True),
    ("plot open; plot close;", "plot open plot close", True),
    ("enter long when up;\n  stop 2%; # x\n;", "enter long when up\n  stop 2% # x\n", True),
    ("enter long when close > 1;0", "enter long when close > 1\n0", False),
    ("str;ategy \"x\"", "str\nategy \"x\"", False),
    ("let a = open; -close", "let a = open -close", False),
    ("let a = open; and close", "let a = open and close", False),
])  # fmt: skip
def test_what_stands_on_both_sides_of_a_semicolon_stays_apart(written: str, mended: str, safe: bool) -> None:
    found = [d for d in diagnostics(written) if d.code == "E018"]
    assert apply_fixes(written, found) == mended
    assert all(fix.safe == safe for d in found for fix in d.fixes)


def test_what_is_no_size_of_ours_is_never_replaced_unasked() -> None:
    """A pip is ten ticks where prices have five places, a lot 100,000 units, five days may be five bars."""
    for written in ("10 pips", "10pips", "10 points", "3 lots", "2 contracts", "5 days", "2weeks"):
        found = diagnostics(f"enter long when up expire {written}")
        assert not any(fix.safe for d in found for fix in d.fixes), written


@pytest.mark.parametrize(("written", "code", "mended"), CASES, ids=[case[0] for case in CASES])
def test_one_fault_at_first_and_at_its_place(written: str, code: str, mended: str | None) -> None:
    found = [d for d in diagnostics(written) if d.is_error]
    assert len(found) <= 2, "a slip does not bring a cascade"
    assert all(0 <= d.span.start <= d.span.end <= len(written) for d in found)
    assert all(d.code in CODES for d in found)


@pytest.mark.parametrize("shown", ["close:.2f", "close:>8.2f", "close!r", "close!s:10", "close:", "close : 0.00"])
def test_a_format_in_a_text_is_one_fault(shown: str) -> None:
    for written in (f'alert when up "at {{{shown}}}"', f'enter long when up because "{{{shown}}} {{close}}"'):
        assert [d.code for d in diagnostics(written)] == ["E008"]
    for other in ("{if up ? 1 : 2}", "{up ? 1 : 2}"):
        assert "E008" not in [d.code for d in diagnostics(f'alert when up "{other}"')]


def test_what_stands_before_a_format_is_read_as_well() -> None:
    assert sorted(d.code for d in diagnostics('alert when up "{close + + 1:.2f}"')) == ["E008", "E010"]


@pytest.mark.parametrize("case", [c for c in CASES if c[2]], ids=lambda c: c[0])
def test_the_mended_text_parses(case: tuple[str, str, str]) -> None:
    assert [d for d in diagnostics(case[2]) if d.is_error] == []


def test_every_row_and_function_has_its_case() -> None:
    written = "\n".join(case[0] for case in CASES)
    assert [mark for mark in marks.MARKS if mark not in written] == []
    reached = set()
    for text, _, _ in CASES:
        reached |= {function.__name__ for function in _answering(text)}
    assert {function.__name__ for function in slips.SLIPS} - reached == set()


def _answering(text: str) -> list[slips.Slip]:
    """The slips that spoke up about a text."""
    spoke: list[slips.Slip] = []
    tried = list(slips.SLIPS)

    def listening(function: slips.Slip) -> slips.Slip:
        def told(place: slips.Place) -> bool:
            known = function(place)
            if known:
                spoke.append(function)
            return known

        return told

    slips.SLIPS[:] = [listening(function) for function in tried]
    try:
        diagnostics(text)
    finally:
        slips.SLIPS[:] = tried
    return spoke


def test_harmless_slips_are_accepted() -> None:
    trailing = ("let a = max(1, 2,)", "let r = { a: 1, b: 2, }", "fn f(a, b,) = a", "param n = 1 in [1, 2,]")
    for text in (*trailing, "\ufefflet a\u00a0= 1"):
        assert parse(text).diagnostics == ()


def test_a_slip_does_not_hide_the_next_fault() -> None:
    text = "let a = close > 1 && up\nlet b = 'x'\nenter when a\nlet c = 1 +\nexit long when a"
    assert [d.code for d in diagnostics(text)] == ["E010", "E016", "E015", "E001"]
