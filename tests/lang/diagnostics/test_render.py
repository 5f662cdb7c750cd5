"""Diagnostics as people see them, as programs read them, and as they change a text."""

from __future__ import annotations

import json

from stratagem.lang.diagnostics.lines import WIDEST, Lines, marked, width
from stratagem.lang.diagnostics.model import ERROR, HINT, WARNING, CompileError, Diagnostic, Edit, Fix, Note
from stratagem.lang.diagnostics.render import SHOWN, apply_fixes, render, to_json
from stratagem.lang.diagnostics.span import NOWHERE, Span

TEXT = "let a = 1\nlet b = clos\n"


def span(start: int, end: int, source: str = "a.strat") -> Span:
    return Span(source, start, end)


def fix(*edits: tuple[int, int, str], safe: bool = True) -> Fix:
    return Fix("mend", tuple(Edit(span(a, b), text) for a, b, text in edits), safe)


def fault(start: int, end: int, *fixes: Fix) -> Diagnostic:
    return Diagnostic("E101", ERROR, "nothing is named `clos`", span(start, end), fixes=fixes)


def test_a_diagnostic_as_text() -> None:
    diagnostic = Diagnostic(
        "E101", ERROR, "nothing is named `clos`", span(18, 22),
        (Note("`a` is here", span(4, 5)), Note("a reason")), "define it", (fix((18, 22, "close")),),
    )  # fmt: skip
    assert render([diagnostic], {"a.strat": TEXT}) == "\n".join(
        [
            "error E101: nothing is named `clos`",
            "  --> a.strat:2:9",
            "   |",
            " 2 | let b = clos",
            "   |         ^^^^",
            "  note: `a` is here",
            "  --> a.strat:1:5",
            "   |",
            " 1 | let a = 1",
            "   |     ^",
            "  note: a reason",
            "  help: define it",
            "  fix: mend",
        ]
    )


def test_colour_only_where_asked_for() -> None:
    diagnostics = [Diagnostic(code, severity, "m", span(0, 3)) for code, severity in
                   (("E101", ERROR), ("W101", WARNING), ("W501", HINT))]  # fmt: skip
    plain, coloured = (render(diagnostics, {"a.strat": TEXT}, colour=colour) for colour in (False, True))
    assert "\x1b" not in plain
    assert all(tint in coloured for tint in ("\x1b[31merror E101", "\x1b[33mwarning W101", "\x1b[36mhint W501"))
    assert coloured.count("\x1b[0m") * 2 == coloured.count("\x1b[")


def test_ten_are_shown() -> None:
    many = [fault(i, i + 1) for i in range(SHOWN + 3)]
    shown = render(many, {"a.strat": TEXT})
    assert shown.count("error E101") == SHOWN and shown.endswith("and 3 more")
    assert "more" not in render(many[:SHOWN], {"a.strat": TEXT})


def test_without_its_source_a_diagnostic_still_speaks() -> None:
    assert render([Diagnostic("E606", ERROR, "too much", NOWHERE)], {}) == "error E606: too much"


def test_line_numbers_are_aligned() -> None:
    text = "\n" * 99 + "let b = clos"
    assert render([fault(107, 111)], {"a.strat": text}).split("\n")[1:] == [
        "  --> a.strat:100:9", "     |", " 100 | let b = clos", "     |         ^^^^",
    ]  # fmt: skip


# --- lines ---------------------------------------------------------------------------------------


def test_positions_count_from_one() -> None:
    lines = Lines("ab\n\ncd")
    assert [lines.position(i) for i in range(7)] == [(1, 1), (1, 2), (1, 3), (2, 1), (3, 1), (3, 2), (3, 3)]
    assert lines.position(99) == (3, 3) and lines.position(-1) == (1, 1)
    assert Lines("").position(0) == (1, 1)


def test_tabs_and_wide_characters_keep_the_mark_in_place() -> None:
    assert marked("\tx = y", span(5, 6)) == ("    x = y", "        ^")
    assert marked('"日本" + y', span(7, 8)) == ('"日本" + y', "         ^")
    assert marked('"日本"', span(1, 3)) == ('"日本"', " ^^^^")
    assert width("e\u0301") == 1


def test_nothing_in_a_text_steers_the_terminal() -> None:
    line, _ = marked("a \x1b[31m\u202e\rb", span(0, 1))
    assert not any(c in line for c in "\x1b\u202e\r")


def test_a_span_of_several_lines_marks_the_first() -> None:
    assert marked("let a = (1\n+ 2)", span(8, 15)) == ("let a = (1", "        ^^")


def test_an_empty_span_and_one_at_the_end_are_marked() -> None:
    assert marked("let", span(3, 3)) == ("let", "   ^")
    assert marked("let\n", span(3, 4)) == ("let", "   ^")
    assert marked("", span(0, 0)) == ("", "^")


def test_long_lines_are_cut_around_the_span() -> None:
    text = "x" * 5000 + "HERE" + "y" * 5000
    line, mark = marked(text, span(5000, 5004))
    assert len(line) <= WIDEST + 1
    assert line[mark.index("^") : mark.rindex("^") + 1] == "HERE"
    line, mark = marked("z" * 5000, span(0, 5000))
    assert len(line) <= WIDEST and len(mark) <= WIDEST


# --- as data -------------------------------------------------------------------------------------


def test_as_data() -> None:
    diagnostic = Diagnostic(
        "E101", ERROR, "m", span(18, 22), (Note("n", span(4, 5)), Note("bare")), "h", (fix((18, 22, "close")),)
    )
    found = to_json(diagnostic, {"a.strat": TEXT})
    assert list(found) == [
        "code", "severity", "message", "file", "line", "column", "end_line", "end_column", "notes", "help", "fixes",
    ]  # fmt: skip
    assert (found["file"], found["line"], found["column"], found["end_line"], found["end_column"]) == (
        "a.strat",
        2,
        9,
        2,
        13,
    )
    assert found["notes"][0]["line"] == 1 and found["notes"][1] == {"message": "bare"}
    (edit,) = found["fixes"][0]["edits"]
    assert found["fixes"][0]["safe"] and (edit["text"], edit["column"], edit["end_column"]) == ("close", 9, 13)
    assert json.loads(json.dumps(found)) == found


# --- fixes ---------------------------------------------------------------------------------------


def test_fixes_are_applied_from_anywhere_in_any_order() -> None:
    first, second = fault(18, 22, fix((18, 22, "close"))), fault(8, 9, fix((8, 9, "2")))
    assert apply_fixes(TEXT, [first, second]) == apply_fixes(TEXT, [second, first]) == "let a = 2\nlet b = close\n"


def test_edits_of_one_fix_go_together() -> None:
    assert apply_fixes("a % b", [fault(0, 5, fix((0, 0, "mod("), (1, 4, ", "), (5, 5, ")")))]) == "mod(a, b)"
    assert apply_fixes("ab", [fault(0, 2, fix((1, 1, "x"), (1, 1, "y")))]) == "axyb"


def test_the_first_fix_is_the_one() -> None:
    assert apply_fixes("a", [fault(0, 1, fix((0, 1, "b")), fix((0, 1, "c")))]) == "b"


def test_fixes_that_touch_wait_for_the_next_run() -> None:
    assert apply_fixes("abc", [fault(0, 2, fix((0, 2, "x"))), fault(1, 3, fix((1, 3, "y")))]) == "xc"
    assert apply_fixes("abc", [fault(1, 1, fix((1, 1, "x"))), fault(1, 1, fix((1, 1, "y")))]) == "axbc"


def test_only_safe_fixes_where_asked_for() -> None:
    unsafe = fault(0, 1, fix((0, 1, "b"), safe=False))
    assert apply_fixes("a", [unsafe], safe_only=True) == "a" and apply_fixes("a", [unsafe]) == "b"


def test_the_exception_sums_up() -> None:
    assert str(CompileError([fault(0, 1), fault(1, 2)])) == "E101: nothing is named `clos` (and 1 more)"
