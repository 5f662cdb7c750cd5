"""`strat explain`: sentences, and what differs in another file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from .conftest import GOLDEN_CROSS, Strat

Write = Callable[[str], str]
PLAIN = "enter long when close > open\nexit long when close < open\n"


def test_the_sentences(strat: Strat) -> None:
    done = strat("explain", GOLDEN_CROSS)
    assert (done.code, done.err) == (0, "")
    assert "- It enters long when quick crosses above calm, with 100% of equity." in done.out.splitlines()
    document = strat("explain", GOLDEN_CROSS, "--json").json
    assert document["file"] == GOLDEN_CROSS
    assert "The parameter fast is 50, from 5 to 100." in document["sentences"]


@pytest.mark.parametrize(
    ("other", "same", "told"),
    [
        (PLAIN, True, ["They mean the same."]),
        (f"# a comment\n{PLAIN}let unused = close", True, ["They mean the same."]),
        (PLAIN.replace("close > open", "open < close"), False,
         ["< It enters long when close is above open, with 100% of equity.",
          "> It enters long when open is below close, with 100% of equity."]),
        (f"{PLAIN}guard drawdown 20% then flatten", False,
         ["> When drawdown reaches 20%, everything is closed, and no new risk is taken from then on."]),
        ("assume fee 1%\n" + PLAIN, False, ["> It assumes fee 1%."]),
    ],
)  # fmt: skip
def test_what_differs(strat: Strat, tmp_path: Path, other: str, same: bool, told: list[str]) -> None:
    first, second = str(tmp_path / "first.strat"), str(tmp_path / "second.strat")
    Path(first).write_text(PLAIN, encoding="utf-8")
    Path(second).write_text(other, encoding="utf-8")
    assert strat("explain", first, "--diff", second).out.splitlines() == told
    assert strat("explain", first, "--diff", second, "--json").json["same"] is same


def test_what_cannot_be_explained(strat: Strat, program: Write) -> None:
    strat("explain", "none.strat").failed(3, "none.strat")
    strat("explain", program("enter long")).failed(1, "nothing was run")
