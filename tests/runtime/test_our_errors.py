"""What input brings about is an error of ours, which is Python's own for the same thing as well, and is short."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import stratagem as sg

BIG = "x" * 100_000
PROGRAM = sg.compile("param n = 3 in 1 to 9\nenter long when close > sma(close, n)\nexit long when close < open")
BARS = sg.load_bars("sample:AAPL").rows(0, 50)


def test_a_program_that_is_not_there(tmp_path: Path) -> None:
    for path in (str(tmp_path / "nope.strat"), tmp_path / "nope"):
        with pytest.raises(sg.RunError, match="cannot be read: No such file or directory; `compile` takes") as caught:
            sg.compile(path)
        assert isinstance(caught.value, FileNotFoundError)


def test_a_program_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(sg.RunError, match="Is a directory") as caught:
        sg.compile(tmp_path)
    assert isinstance(caught.value, OSError) and not isinstance(caught.value, FileNotFoundError)


@pytest.mark.parametrize("path", ["a\0b.strat", Path("a\0b"), Path("x" * 5000)])
def test_what_is_no_path(path: str | Path) -> None:
    with pytest.raises(sg.RunError, match="compile: expected a path"):
        sg.compile(path)


@pytest.mark.parametrize(
    "call",
    [
        lambda **options: sg.load_bars("sample:AAPL", **options),
        lambda **options: PROGRAM.backtest(BARS, engine="interpreted", **options),
        lambda **options: PROGRAM.session(**options),
        lambda **options: sg.evaluate("close", BARS, **options),
    ],
)
def test_an_option_that_there_is_not(call: Callable[..., Any]) -> None:
    with pytest.raises(sg.RunError, match="there is no option `misspelt`: there are ") as caught:
        call(misspelt=1)
    assert isinstance(caught.value, TypeError)


@pytest.mark.parametrize(
    "call",
    [
        lambda: PROGRAM.backtest(BARS, **{BIG: 1}),
        lambda: PROGRAM.backtest(BARS, params={BIG: 1}),
        lambda: PROGRAM.backtest(BARS, assumptions={BIG: 1}),
        lambda: PROGRAM.backtest(f"sample:{BIG}"),
        lambda: PROGRAM.sweep(BARS, {BIG: [1]}),
        lambda: PROGRAM.backtest({BIG: [1.0], "close": [1.0]}),
        lambda: sg.load_bars("sample:AAPL", **{BIG: 1}),
        lambda: sg.load_bars("sample:AAPL", columns={BIG: BIG}),
        lambda: sg.load_bars("sample:AAPL", columns={"close": BIG}),
        lambda: sg.evaluate(BIG, BARS),
        lambda: sg.evaluate(f"{BIG}(close)", BARS),
        lambda: sg.evaluate(f"position.{BIG}", BARS),
        lambda: sg.compile(f"let {BIG} = 1\nlet {BIG} = 2"),
        lambda: sg.compile(f"assume {BIG} 1"),
        lambda: sg.compile(f"{BIG} = {BIG}"),
        lambda: sg.compile(f"plot sma(close, {BIG} = 3)"),
    ],
)
def test_a_long_name_is_shown_by_its_beginning(call: Callable[[], object]) -> None:
    with pytest.raises((sg.RunError, sg.DataError, sg.CompileError)) as caught:
        call()
    assert len(str(caught.value)) < 700
    for said in getattr(caught.value, "diagnostics", ()):
        assert all(len(text) < 700 for text in (said.message, said.help, *(note.message for note in said.notes)))
        assert all(len(fix.title) < 700 for fix in said.fixes)
