"""`strat explain`: the sections of a text, and what another file means otherwise."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from .conftest import GOLDEN_CROSS, Strat

Write = Callable[[str], str]
PLAIN = "enter long when close > open\nexit long when close < open\n"
SAME = ["No difference in meaning."]


def test_the_sections(strat: Strat) -> None:
    done = strat("explain", GOLDEN_CROSS)
    assert (done.code, done.err) == (0, "")
    lines = done.out.splitlines()
    assert lines[0] == "Golden cross" and "1. Enters long when `quick` crosses above `calm`." in lines
    assert max(map(len, lines)) <= 80
    document = strat("explain", GOLDEN_CROSS, "--json").json
    assert (document["file"], document["title"]) == (GOLDEN_CROSS, "Golden cross")
    titles = ", ".join(section["title"] for section in document["sections"])
    assert titles == "Set by a run, Trades, in this order, Where, Limits, Shows, Decides, Assumes, Never"
    (first, second) = document["sections"][1]["sentences"]
    assert first["about"] == "enter long"
    assert second["text"] == "Leaves a long position when `quick` crosses below `calm`."


@pytest.mark.parametrize(
    ("other", "told"),
    [
        (PLAIN, SAME),
        (f"# a comment\n{PLAIN}let unused = close", SAME),
        (PLAIN.replace("close > open", "open < close"),
         ["Changed: enter long", "  from Enters long when close is above open.",
          "  to   Enters long when open is below close."]),
        ("assume fee 1%\n" + PLAIN, ["Added: assume fee", "  Each fill costs a fee of 1%."]),
    ],
)  # fmt: skip
def test_what_differs(strat: Strat, tmp_path: Path, other: str, told: list[str]) -> None:
    first, second = str(tmp_path / "first.strat"), str(tmp_path / "second.strat")
    Path(first).write_text(PLAIN, encoding="utf-8")
    Path(second).write_text(other, encoding="utf-8")
    assert strat("explain", first, "--diff", second).out.splitlines() == told
    document = strat("explain", first, "--diff", second, "--json").json
    assert document["same"] is (told == SAME) and len(document["changes"]) == (told != SAME)


def test_what_cannot_be_explained(strat: Strat, program: Write) -> None:
    strat("explain", "none.strat").failed(3, "none.strat")
    strat("explain", program("enter long")).failed(1, "nothing was run")
