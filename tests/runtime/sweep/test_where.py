"""Conditions on rows of a sweep, and what is said before one begins."""

from __future__ import annotations

import numpy as np
import pytest
import stratagem as sg
from stratagem.runtime.sweep import grid as grid_module
from stratagem.runtime.sweep.about import About
from stratagem.runtime.sweep.where import conditions

PROGRAM = sg.compile(
    "param n = 3 in 2 to 6\nenter long when close > sma(close, n) size 50%\nexit long when close < sma(close, n)"
)
UNITS = sg.compile("param n = 3\nparam hold = 4h in 1h to 3d\nparam share = 5% in 1% to 20%\nparam up = true").params
WALK = 100 + np.random.default_rng(5).normal(size=400).cumsum()
BARS = {"ts": np.datetime64("2024-01-01", "us") + np.arange(400) * np.timedelta64(1, "h"), "close": WALK}


@pytest.mark.parametrize(
    ("text", "value", "holds"),
    [
        ("trades>=30", 30, True), ("trades >= 30", 29, False), ("trades > 30", 30, False), ("trades<30", 29, True),
        ("max_drawdown<20%", 0.19, True), ("max_drawdown<20%", 0.2, False), ("n!=3", 3, False), ("n == 3", 3, True),
        ("n=3", 3, True), ("return>-5%", -0.04, True), ("win_rate > 0", None, False), ("win_rate != 0", None, False),
        ("sharpe >= 1e-3", 0.002, True), ("hold>=4h", 14_400.0, True), ("share > 5%", 0.05, False),
        ("up = true", True, True), ("up != true", True, False),
    ],
)  # fmt: skip
def test_what_a_condition_means(text: str, value: float | None, holds: bool) -> None:
    (condition,) = conditions(text, UNITS)
    assert condition.holds(value) is holds


@pytest.mark.parametrize(
    "text",
    [
        "", "trades", ">=3", "trades>=", "trades>=x", "trades>=4h", "m > 3", 3, "t" * 500, "trades>=1e999", "n>1e999",
        "n>=4h", "n<5%", "hold>=4", "hold>=3 bars", "share<5", "up>2",
    ],
)  # fmt: skip
def test_what_is_none(text: object) -> None:
    with pytest.raises(sg.RunError):
        conditions([text], UNITS)  # type: ignore[list-item]


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("max_drawdown<20", "write 20%, not"),
        ("return > 3", "write 3% or 300%, not"),
        ("win_rate>5000", "write 5000% if that is meant, not"),
        ("return > 1500", "write 1500% if that is meant, not"),
    ],
)
def test_a_bare_number_for_a_ratio_is_told_what_it_can_mean(text: str, meant: str) -> None:
    with pytest.raises(sg.RunError, match=meant):
        conditions(text, [])


@pytest.mark.parametrize(("text", "meant"), [("trades => 3", ">="), ("max_drawdown =< 20%", "<=")])
def test_a_sign_that_is_turned_around_is_told(text: str, meant: str) -> None:
    with pytest.raises(sg.RunError, match=f"is written `{meant}`"):
        conditions(text, [])


def test_from_python_with_the_whole_domain_and_a_condition() -> None:
    every = PROGRAM.sweep(BARS, {"n": None})
    assert every["n"].to_pylist() == [2, 3, 4, 5, 6]
    bound = sorted(every["trades"].to_pylist())[2]
    kept = PROGRAM.sweep(BARS, {"n": None}, where=[f"trades > {bound}", "n < 6"])
    pairs = zip(every["n"].to_pylist(), every["trades"].to_pylist(), strict=True)
    assert kept["n"].to_pylist() == [n for n, trades in pairs if trades > bound and n < 6]
    assert kept.schema.metadata[b"left_out"] == str(5 - kept.num_rows).encode()


def test_what_will_be_done_is_said_before_it() -> None:
    told: list[About] = []
    PROGRAM.sweep(BARS, {"n": [2, 3, 4]}, announce=told.append, threads=1)
    assert [(t.combinations, t.skipped, t.bars) for t in told] == [(3, 0, 400)]
    assert str(told[0]) == "3 combinations over 400 bars: less than 1 MB, less than a second"
    assert str(About(2_000_000, 5, 1_000_000, 3 * 10**9, 7200.0)) == (
        "2,000,000 combinations (5 more break a `require`) over 1,000,000 bars: about 3,000 MB, "
        "about 2 h if nothing else runs"
    )


def test_a_limit_and_endless_values(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(grid_module, "MOST", 1_000)
    with pytest.raises(sg.RunError, match="5 combinations, more than the limit of 4"):
        PROGRAM.sweep(BARS, {"n": None}, limit=4)
    with pytest.raises(sg.RunError, match="more than 1,000 values"):
        PROGRAM.sweep(BARS, {"n": (3 for _ in iter(int, 1))})
    with pytest.raises(sg.RunError, match="a grid is a mapping"):
        PROGRAM.sweep(BARS, [2, 3])  # type: ignore[arg-type]
