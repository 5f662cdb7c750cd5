"""Cells that a spreadsheet would run."""

from __future__ import annotations

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from stratagem.runtime.results.cells import as_meant, harmless


@pytest.mark.parametrize(("text", "cell"), [
    ("=1+1", "'=1+1"), ("+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0"), ("@SUM(A1)", "'@SUM(A1)"),
    ("-cmd", "'-cmd"), ("-2+3", "'-2+3"), ("\t=1", "'\t=1"), ("\r=1", "'\r=1"), ("\n=1", "'\n=1"), ("＝1", "'＝1"),
    ("-5", "-5"), ("+1.5e-3", "+1.5e-3"), ("-.5", "-.5"), ("-", "'-"), ("-1 or more", "'-1 or more"),
    ("'=1", "''=1"), ("'quoted'", "'quoted'"), ("", ""), ("a=b", "a=b"), ("rsi below 30", "rsi below 30"),
])  # fmt: skip
def test_a_cell_that_would_run_is_marked_as_text(text: str, cell: str) -> None:
    assert harmless(pa.array([text])).to_pylist() == [cell]
    assert as_meant(pa.array([cell])).to_pylist() == [text]


def test_nothing_in_a_cell_steers_a_terminal() -> None:
    texts = ["a\x1b[2Jb", "\x07", "x\u202ey", "\x9b1m", "plain é 日本", "two\nlines\tapart"]
    cells = harmless(pa.array(texts)).to_pylist()
    assert cells == ["a\ufffd[2Jb", "\ufffd", "x\ufffdy", "\ufffd1m", "plain é 日本", "two\nlines\tapart"]


@given(st.lists(st.text(alphabet="'=+-@\t\r\n＝1ae.", max_size=6)))
def test_every_text_reads_back(texts: list[str]) -> None:
    column = pa.array(texts, pa.string())
    assert as_meant(harmless(column)).to_pylist() == texts
