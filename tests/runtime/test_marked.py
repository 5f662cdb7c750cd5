"""YAML documents with their lines: every scalar a text, and every fault at its line."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stratagem.runtime.marked import MOST_BYTES, MarkedError, read_marked


def test_values_are_texts_and_have_their_lines() -> None:
    found = read_marked("a: NO\nb:\n  - 0700\n  - c: 1e5\n    d: 2008-09-26\n\ne: |\n  two\n  lines\n")
    assert found.value == {"a": "NO", "b": ["0700", {"c": "1e5", "d": "2008-09-26"}], "e": "two\nlines\n"}
    ways = [("a",), ("b",), ("b", 0), ("b", 1), ("b", 1, "c"), ("b", 1, "d"), ("e",)]
    assert [found.line(way) for way in ways] == [1, 2, 3, 4, 4, 5, 7]
    assert found.line(("b", 1, "missing")) == 4 and found.line(("nothing",)) == 1


def test_an_empty_document_is_an_empty_text() -> None:
    assert read_marked("# nothing\n").value == ""


@pytest.mark.parametrize(("text", "line", "told"), [
    ("a: 1\nb: [1, 2\n", 3, "expected"),
    ("a: 1\nc: &x [1]\nb: *x\n", 2, "anchors and aliases"),
    ("a: 1\nb: *x\n", 2, "anchors and aliases"),
    ("a: 1\nb: 2\na: 3\n", 3, "'a' stands twice"),
    ("a: 1\n? [1]\n: 2\n", 2, "a name is expected"),
    ("a: 1\n---\nb: 2\n", 2, "another document begins here"),
    ("a: 1\nb: !kind 2\n", 2, "`!kind`"),
    ("a: !!int 1\n", 1, "are not read"),
    ("a: 1\nb: \x07\n", 2, "unacceptable character"),
    ("a:\n\t- b\n", 2, "cannot start any token"),
    ("\n" + "[" * 30, 2, "nested deeper than 20"),
    ("x" * (MOST_BYTES + 1), 1, "more than 4,194,304 bytes"),
])  # fmt: skip
def test_what_is_no_document_is_told_with_its_line(text: str, line: int, told: str) -> None:
    with pytest.raises(MarkedError, match=told) as error:
        read_marked(text)
    assert error.value.line == line


@settings(deadline=None)
@given(st.text(alphabet="a:- \n[]{}&*!|>'\"#,?%@`\t\\0", max_size=40))
def test_any_text_is_a_document_or_told(text: str) -> None:
    try:
        found = read_marked(text)
    except MarkedError as error:
        assert 1 <= error.line <= text.count("\n") + 2 and "\n" not in str(error)
        return
    assert all(1 <= line <= text.count("\n") + 1 for line in found.lines.values())
