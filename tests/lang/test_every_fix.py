"""No fix offers what does not compile: each one that any text of the tests brings about is applied by itself."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from stratagem.lang.compile import check_text
from stratagem.lang.diagnostics.codes import CODES
from stratagem.lang.diagnostics.model import Diagnostic
from stratagem.lang.diagnostics.render import apply_fixes

from ..each import each, parts
from .elaborate.test_diagnostics import CHUNKS
from .elaborate.test_resting_lints import TEXTS
from .syntax.slip_cases import CASES
from .test_faults import TABLE

FURTHER = (
    "let a = barssince(close > open) > 1d",
    "on X every 1h\nlet a = barssince(close > open) > 1d",
    "let a = barssince(close > open) > close",
    "let a = barssince(close > open) > 2.5",
    "let a = barssince(close > open) > -1",
    "let a = barssince(close > open) >= 0",
    "let a = 2 < barssince(close > open)",
    "param n = 4 in 1 to 9\nlet a = not (barssince(close > open) >= n)",
    "let a = cross_above(equity, 5%)",
    "param x = 5%\nlet a = x + 1% < equity",
    "let a = equity < 95%",
    "let a = equity < -5%",
    "let a = equity @ 4h > 5%",
    "enter long when close > open stop 500",
    "let a = stoch(close, 5, 0.5)",
    "let a = vwap",
    "fn f(x = close) = x\nlet a = f",
    "fn f(x) = x\nlet a = f",
)
LATER = "E901"
"""What a later version takes is no fault of the fix that came to it."""


def texts() -> list[str]:
    chunks = [re.sub(r"[ \t]*#!.*", "", text) for text in (*CHUNKS, *TABLE.split("---\n"))]
    examples = [code.example for code in CODES.values() if code.example]
    return list(dict.fromkeys([*chunks, *TEXTS, *(c[0] for c in CASES), *examples, *FURTHER]))


def faults(text: str, before: str = "") -> list[Diagnostic]:
    """The faults of a text; a name that stood undefined in the text before is none that a fix has brought."""
    found = [d for d in check_text(text).diagnostics if d.is_error and d.code != LATER]
    return [d for d in found if d.code != "E101" or not re.search(rf"\b{text[d.span.start : d.span.end]}\b", before)]


@pytest.mark.parametrize("some", parts(texts(), 75), ids=lambda some: repr(some[0][:40]))
def test_no_fix_brings_a_fault(some: list[str]) -> None:
    each(some, brings_none, repr)


def brings_none(text: str) -> None:
    before = [(d.code, d.message) for d in faults(text)]
    for diagnostic in check_text(text).diagnostics:
        for fix in diagnostic.fixes:
            mended = apply_fixes(text, [replace(diagnostic, fixes=(fix,))])
            assert mended != text
            left = [(d.code, d.message) for d in faults(mended, text)]
            assert not set(left) - set(before), f"{diagnostic.code}: {fix.title} makes {mended!r}"
            assert len(left) < len(before) or not diagnostic.is_error, f"{fix.title} mends nothing"


@pytest.mark.parametrize(
    ("written", "mended"),
    [
        ("barssince(close > open) > 3", "not recent(close > open, 3)"),
        ("barssince(close > open) >= 3", "not recent(close > open, 2)"),
        ("3 < barssince(close > open)", "not recent(close > open, 3)"),
        ("n <= barssince(close > open)", "not recent(close > open, n - 1)"),
        ("barssince(close > open) > 2.5", None),
        ("barssince(close > open) > bar_index", None),
    ],
)
def test_what_recent_takes_is_offered_and_counts_the_same_bars(written: str, mended: str | None) -> None:
    head = "param n = 4 in 1 to 9\nplot n + close\n"
    (said,) = [d for d in check_text(f"{head}let a = {written}").diagnostics if d.code == "W402"]
    assert [fix.edits[0].text for fix in said.fixes] == ([mended] if mended else [])


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("equity > 5%", ["pnl.total > 5% * (equity - pnl.total)", "drawdown > 5%"]),
        ("equity < 95%", ["equity < 95% * (equity - pnl.total)"]),
        ("-5% > equity", ["-5% * (equity - pnl.total) > pnl.total"]),
        ("cash > 5%", ["cash > 5% * equity"]),
    ],
)
def test_equity_beside_a_share_is_held_against_the_starting_capital(written: str, meant: list[str]) -> None:
    text = f"let a = {written}"
    (said,) = check_text(text).diagnostics
    assert [apply_fixes(text, [replace(said, fixes=(fix,))]) for fix in said.fixes] == [f"let a = {m}" for m in meant]
