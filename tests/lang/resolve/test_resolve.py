"""Names and what they stand for: every definition with its place, its uses, and what can be seen where."""

from __future__ import annotations

import pytest
from stratagem.lang.resolve.definitions import Kind
from stratagem.lang.resolve.resolve import resolve
from stratagem.lang.syntax.parse import parse

TEXT = """\
param length = 20 in 5 to 100
let middle = sma(close, (length))
fn band(source, length = 10)
  let middle = sma(source, length)
  state streak = 0 then if source > middle then streak + 1 else 0
  return middle + streak
let upper = band(close, length = length) + middle
enter long when close > upper
  stop entry - (close - middle)
  target entry + 2 * (entry - stop)
  because "above {upper}"
exit long when close < middle
"""


def places(name: str, line: int, nth: int = 0, text: str = TEXT) -> list[tuple[int, int]]:
    """Where the name stands that is the nth of its spelling on a line: each place as line and column, from 1."""
    starts = [0]
    for written in text.splitlines(keepends=True):
        starts.append(starts[-1] + len(written))
    at = starts[line - 1] - 1
    for _ in range(nth + 1):
        at = text.index(name, at + 1)
    found = resolve(parse(text).module).references(at)
    assert all(text[span.start : span.end] == name for span in found)
    return [(text.count("\n", 0, s.start) + 1, s.start - text.rfind("\n", 0, s.start)) for s in found]


def test_the_sample_is_sound() -> None:
    resolution = resolve(parse(TEXT).module)
    assert resolution.whole and resolution.known and not resolution.diagnostics


def test_a_name_of_the_program() -> None:
    wanted = [(2, 5), (7, 44), (9, 25), (12, 24)]
    assert places("middle", 2) == places("middle", 7) == places("middle", 12) == wanted


def test_a_name_inside_a_function_is_another() -> None:
    assert places("middle", 4) == places("middle", 5) == [(4, 7), (5, 37), (6, 10)]
    assert places("streak", 5, 1) == [(5, 9), (5, 49), (6, 19)]


def test_an_argument_and_its_name_in_a_call() -> None:
    argument = [(3, 17), (4, 28), (7, 25)]
    assert places("length", 3) == places("length", 4) == places("length", 7) == argument
    assert places("length", 1) == places("length", 7, 1) == [(1, 7), (2, 26), (7, 34)], "the value is the parameter"


def test_functions_and_words_of_the_language() -> None:
    assert places("band", 7) == [(3, 4), (7, 13)]
    assert places("sma", 4) == [(2, 14), (4, 16)]
    assert places("entry", 9) == [(9, 8), (10, 10), (10, 23)]
    assert places("stop", 10) == [(10, 31)], "inside a target it is the price, not the clause"


def test_texts_have_names_inside() -> None:
    assert places("upper", 11) == [(7, 5), (8, 25), (11, 19)]


def test_nothing_stands_where_no_name_is() -> None:
    resolution = resolve(parse(TEXT).module)
    assert resolution.references(TEXT.index("=")) == () and resolution.at(TEXT.index("20")) is None


def test_every_definition_is_listed_once() -> None:
    found = [(d.name, d.kind) for d in resolve(parse(TEXT).module).definitions]
    assert found == [
        ("length", Kind.PARAM), ("middle", Kind.LET), ("band", Kind.FUNCTION), ("source", Kind.ARGUMENT),
        ("length", Kind.ARGUMENT), ("middle", Kind.LET), ("streak", Kind.STATE), ("upper", Kind.LET),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "name", "line"),
    [
        ("let a = 1\nlet b = a\nlet a = 2", "a", 3),
        ("fn f(x) = x\nfn f(y) = y", "f", 2),
        ("fn f(x, x) = x", "x", 1),
        ("fn f(x)\n  let x = 2\n  return x", "x", 2),
        ("let close = 1", "close", 1),
    ],
)
def test_a_name_means_one_thing(text: str, name: str, line: int) -> None:
    (said,) = resolve(parse(text).module).diagnostics
    assert (said.code, text[said.span.start : said.span.end]) == ("E103", name)
    assert text.count("\n", 0, said.span.start) + 1 == line


def test_an_unknown_name_is_told_once_with_all_its_places() -> None:
    text = "let a = clse\nlet b = clse + open\nplot clse"
    (said,) = resolve(parse(text).module).diagnostics
    assert (said.code, said.span.start) == ("E101", 8)
    assert [note.span.start for note in said.notes if note.span] == [21, 38]
    assert [edit.span.start for edit in said.fixes[0].edits] == [8, 21, 38]
