"""Amounts: one reading, in a program and outside it."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stratagem.lang.syntax import tree
from stratagem.lang.syntax.parse import parse
from stratagem.lang.words.amounts import LENGTHS, SHARES, read_amount, seconds

READ = {
    "20": (20.0, ""), " 1_000.5 ": (1000.5, ""), "1e3": (1000.0, ""), "-2.5e-3": (-0.0025, ""), ".5": (0.5, ""),
    "0.17%": (0.0017, "%"), "5bp": (0.0005, "bp"), "3 %": (0.03, "%"), "15m": (900.0, "m"), "1.5h": (5400.0, "h"),
    "1mo": (2_592_000.0, "mo"), "1tick": (1.0, "ticks"), "10 ticks": (10.0, "ticks"), "1 bar": (1.0, "bars"),
    "2r": (2.0, "r"),
}  # fmt: skip


@pytest.mark.parametrize("text", READ)
def test_read(text: str) -> None:
    assert read_amount(text) == READ[text]


@pytest.mark.parametrize("text", ["", "x", "%", "1_", "1__0", "_1", "5 q", "1e3%", "1 2", "nan", "inf", "5%%", "１"])
def test_refused(text: str) -> None:
    assert read_amount(text) is None


@given(st.decimals(0, 10_000, places=4), st.sampled_from(("", *SHARES, *LENGTHS)))
def test_a_program_reads_the_same_number(number: object, unit: str) -> None:
    text = f"{number}{unit}"
    (statement,) = parse(f"plot {text}").module.statements
    assert isinstance(statement, tree.Plot) and isinstance(statement.value, tree.Number)
    inside = statement.value
    value = seconds(inside.value, unit) if unit in LENGTHS else inside.value
    assert read_amount(text) == (value, unit)


def test_long_texts_are_read_in_time_in_proportion() -> None:
    begun = time.process_time()
    for text in ("0.1" + " " * 10**6 + "x", "1" + "_1" * 10**6 + "x", "1" * 10**6 + "x", "1" + "m" * 10**6):
        assert read_amount(text) is None
    assert time.process_time() - begun < 20
