"""No text crashes the reader: every limit has its own answer, and anything at all ends in a tree or a diagnostic."""

from __future__ import annotations

import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from stratagem.lang.diagnostics.render import apply_fixes, render, to_json
from stratagem.lang.syntax import tree
from stratagem.lang.syntax.expressions import MAX_DEPTH
from stratagem.lang.syntax.faults import MAX_FAULTS
from stratagem.lang.syntax.parse import parse
from stratagem.lang.syntax.scanner import MAX_TOKENS
from stratagem.lang.words.limits import STANDARD

from .reading import expression
from .slip_cases import CASES
from .test_tables import PIECES, PROGRAMS


def codes(text: str | bytes) -> list[str]:
    """The codes of a text's diagnostics; every one of them can be shown."""
    parsed = parse(text)
    sources = {"<text>": parsed.text}
    assert render(parsed.diagnostics, sources) or not parsed.diagnostics
    for diagnostic in parsed.diagnostics:
        assert 0 <= diagnostic.span.start <= diagnostic.span.end <= len(parsed.text)
        assert to_json(diagnostic, sources)["line"] >= 1
    assert parsed.failed or not any(isinstance(s, (tree.Broken, tree.Reserved)) for s in parsed.module.statements)
    return [d.code for d in sorted(parsed.diagnostics, key=lambda d: not d.is_error)]


# --- limits ----------------------------------------------------------------------------------------


def test_bytes() -> None:
    assert codes("#" * STANDARD.source) == []
    assert codes("#" * (STANDARD.source + 1)) == ["E607"]
    assert codes(b"\xff" * (STANDARD.source + 1)) == ["E607"], "the length is looked at before the bytes"
    assert codes("ä" * (STANDARD.source // 2 + 1)) == ["E607"], "characters count as their bytes"
    assert [d.code for d in parse("let a = 1", max_bytes=8).diagnostics] == ["E607"]


def test_tokens() -> None:
    fits = MAX_TOKENS // 4
    assert codes("let a = 1\n" * fits) == []
    assert codes("let a = 1\n" * fits + "plot a") == ["E608"]


def test_tokens_inside_texts_count() -> None:
    pieces = "{a}" * (MAX_TOKENS // 2 + 1)
    assert codes(f'alert when a "{pieces}"') == ["E608"]
    assert codes('alert when a "{a}"\n' + "let a = 1\n" * (MAX_TOKENS // 4 - 2)) == []


NESTINGS = {
    "sum": ("", "a + ", "a", ""), "difference": ("", "a - (", "a", ")"), "minus": ("", "- ", "a", ""),
    "not": ("", "not ", "a", ""), "call": ("", "f(", "a", ")"), "history": ("", "a[", "1", "]"),
    "record": ("", "{ x: ", "a", " }"), "if": ("", "if a then b else ", "c", ""),
    "condition": ("", "if ", "a", " then b else c"), "and": ("", "a and ", "b", ""), "or": ("", "a or ", "b", ""),
    "field": ("a", ".b", "", ""), "sampled": ("a", " @ 4h", "", ""), "calls": ("f", "()", "", ""),
    "histories": ("a", "[1]", "", ""), "argument": ("", "f(x = ", "a", ")"),
}  # fmt: skip


@pytest.mark.parametrize("name", NESTINGS)
def test_depth(name: str) -> None:
    head, opening, core, closing = NESTINGS[name]

    def nested(levels: int) -> str:
        return head + opening * levels + core + closing * levels

    expr = expression(nested(20))
    each = (expr.depth - 1) / 20
    assert expr.depth <= 41
    assert expression(nested(int((MAX_DEPTH - 2) / each))).depth <= MAX_DEPTH
    assert codes(f"plot {nested(MAX_DEPTH + 1)}") == ["E609"]
    assert "E609" in codes(f"let a = {nested(5000)}")


def test_brackets_alone_have_no_depth() -> None:
    assert expression("(" * 20_000 + "a" + ")" * 20_000).depth == 1
    assert codes("let a = " + "(" * 20_000) == ["E002"]
    assert codes("let a = " + "(" * 20_000 + "}" * 20_000) == ["E005"]


def test_a_sum_of_very_many_terms() -> None:
    assert codes("let a = " + " + ".join(["a"] * 49_000)) == ["E609"]
    assert codes("let a = " + "+".join(["a"] * 100_000)) == ["E608"]


def test_a_flood_of_faults_is_cut() -> None:
    begun = time.process_time()
    assert len(codes("let a = ;\n" * 10_000)) <= MAX_FAULTS + 1
    assert len(codes("enter when\n" * 30_000)) <= MAX_FAULTS + 1
    assert len(codes("$" * 90_000)) <= MAX_FAULTS + 1
    assert time.process_time() - begun < 20


# --- anything at all ----------------------------------------------------------------------------------


@given(st.binary(max_size=300))
@settings(max_examples=300, deadline=None)
def test_any_bytes(data: bytes) -> None:
    codes(data)


@given(st.text(max_size=200))
@settings(max_examples=300, deadline=None)
@example('"{')
@example('alert when a "{"}"')
@example("\ud800")
def test_any_text(text: str) -> None:
    codes(text)


@given(st.lists(st.sampled_from(PIECES), max_size=30), st.sampled_from((" ", "", "\n")))
@settings(max_examples=500, deadline=None)
def test_any_words(words: list[str], between: str) -> None:
    codes(between.join(words))


@given(st.sampled_from(PROGRAMS), st.data())
@settings(max_examples=300, deadline=None)
def test_mutations_of_programs(path, data) -> None:  # type: ignore[no-untyped-def]
    text = path.read_text(encoding="utf-8")
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(text)))
        end = data.draw(st.integers(start, min(len(text), start + 20)))
        text = text[:start] + data.draw(st.sampled_from(["", " ", "\n", *PIECES])) + text[end:]
    codes(text)


@given(st.lists(st.sampled_from([case[0] for case in CASES]), min_size=1, max_size=5))
@settings(max_examples=200, deadline=None)
def test_fixes_of_several_slips_apply_together(slips: list[str]) -> None:
    text = "\n".join(slips)
    for _ in range(12):
        mended = apply_fixes(text, parse(text).diagnostics)
        if mended == text:
            return
        text = mended
    raise AssertionError("fixes go round in circles: " + text)


@given(st.text(alphabet="ab{}\"' ", max_size=30))
@settings(max_examples=300, deadline=None)
def test_any_inside_of_a_text(inside: str) -> None:
    codes(f'alert when a "{inside}"')
