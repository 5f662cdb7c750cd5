"""What is said of levels that compile and are hardly meant, and of what a trader would write in their place."""

from __future__ import annotations

import pytest
from stratagem.lang.compile import check_text
from stratagem.lang.diagnostics.model import Diagnostic
from stratagem.lang.diagnostics.render import apply_fixes

END = "\nexit {side} when close < low * 0.5"


def told(clauses: str, side: str = "long", *, but: str = "W509") -> list[Diagnostic]:
    found = check_text(f"enter {side} when close > open {clauses}{END.format(side=side)}").diagnostics
    return [d for d in found if d.code != but]


BESIDE = [
    ("stop entry", "W503", "at the fill"), ("stop 2% target stop", "W503", "below the price"),
    ("stop 2% target 3 * stop", "W507", "3 times"), ("stop 2% take 50% at entry + stop * 2", "W507", "2 times"),
    ("stop 2% stop 3% after 1r", "W503", "never nearer"), ("stop 2% stop 2% after 3%", "W503", "never nearer"),
    ("stop 2 * atr(14) stop 3 * atr(14) after 1r", "W503", "never nearer"),
    ("stop 95 stop 93 after 110", "W503", "never nearer"), ("stop 2% stop -1r after 1r", "W503", "never nearer"),
    ("stop 2% target 2r take 50% at 3r", "W503", "beyond the `target`"),
    ("stop 2% target 4% take 50% at 5%", "W503", "beyond the `target`"),
    ("target 110 take 50% at 120", "W503", "beyond the `target`"),
    ("target 2 * atr(14) take 50% at 3 * atr(14)", "W503", "beyond the `target`"),
    ("stop 2% target 2r trail 1r after 2r", "W503", "no nearer than the `target`"),
    ("stop 2% target 5% stop entry after 5%", "W503", "no nearer than the `target`"),
    ("stop 5% stop 1% after 3%", "W514", "side of loss"), ("stop 5% stop atr(14) after 3%", "W514", "side of loss"),
]  # fmt: skip


@pytest.mark.parametrize(("clauses", "code", "says"), BESIDE)
def test_levels_that_undo_each_other_are_told(clauses: str, code: str, says: str) -> None:
    (found,) = told(clauses)
    assert found.code == code and says in found.message


@pytest.mark.parametrize("clauses", [
    "stop 2% target 2r take 50% at 2r", "stop 2% target 2r take 50% at 9%", "stop 2% stop 0% after 3%",
    "stop 2% stop entry * 1.01 after 3%", "stop 2% target stop * 1.1", "stop 2 * atr(14) stop atr(9) + 1 after 1r",
    "stop 95 stop 97 after 110", "stop 2% trail 1r after 2r", "stop 2% stop 0.5r after 2r target 3r",
])  # fmt: skip
def test_levels_that_go_together_are_not(clauses: str) -> None:
    assert [d.code for d in told(clauses, but="W514" if "atr(9)" in clauses else "W509") if d.code != "W509"] == []


def test_of_a_short_a_price_is_nearer_where_it_is_lower() -> None:
    assert [d.code for d in told("stop 105 stop 103 after 90", "short")] == []
    assert [d.code for d in told("stop 105 stop 107 after 90", "short")] == ["W503"]
    assert [d.code for d in told("target 95 take 50% at 90", "short")] == ["W503"]


MENDED = [
    ("stop 2% target 3 * stop", "stop 2% target 3r"),
    ("stop 5% stop 1% after 3%", "stop 5% stop entry * (1 + 1%) after 3%"),
    ("stop 5% stop 2 * atr(14) after 3%", "stop 5% stop entry + 2 * atr(14) after 3%"),
    ("stop max(entry - 2 * atr(14), lowest(low, 10))", "stop max(close - 2 * atr(14), lowest(low, 10))"),
    ("stop 2% and target 4%", "stop 2%  target 4%"), ("stop 2% with target 4%", "stop 2%  target 4%"),
    ("stop 2% take 4%", "stop 2% target 4%"), ("stop 2% take 50% 4%", "stop 2% take 50% at 4%"),
    ("stop 2% target 2 * r", "stop 2% target 2 * 1r"),
]  # fmt: skip


@pytest.mark.parametrize(("clauses", "mended"), MENDED)
def test_what_is_meant_is_a_fix(clauses: str, mended: str) -> None:
    (found,) = told(clauses)
    text = f"enter long when close > open {clauses}"
    fixed = apply_fixes(text, [found])
    assert fixed.split() == f"enter long when close > open {mended}".split()
    assert check_text(fixed + END.format(side="long")).program is not None


WAYS_ON = [
    ("stop 2% expire 5 bars expire day", "E401", "position.bars >= 10"), ("stop 2% stop 95", "E401", "trigger"),
    ("stop 2% stop 0% after 10 bars", "E408", "position.bars >= 10"), ("expire tomorrow", "E101", "`next_open`"),
    ("stop 2% stop -1% after 3%", "E415", "entry + 1r"), ("trail close * 0.98", "E408", "trail 2%"),
]  # fmt: skip


@pytest.mark.parametrize(("clauses", "code", "way"), WAYS_ON)
def test_what_is_refused_says_the_way_on(clauses: str, code: str, way: str) -> None:
    (found,) = told(clauses)
    assert found.code == code and way in found.help
