"""The page of all reads is the table of words, and has every one of them with its unit, range and an example."""

from __future__ import annotations

import re

import pytest
import stratagem as sg
from stratagem.lang.words.table import words
from stratagem.lang.words.vocabulary import BOOK_MISSING, BOOKS, SERIES, TIME_FIELDS
from stratagem.tools.build_reads import PAGE, TITLES, page

TEXT = PAGE.read_text(encoding="utf-8")
ROWS = dict(re.findall(r"(?m)^\| `([\w.]+)` \| (.*) \|$", TEXT))


def test_the_page_is_the_table() -> None:
    assert page() == TEXT, "run `python -m stratagem.tools.build_reads`"


def test_every_read_has_one_row_with_every_cell_that_it_needs() -> None:
    assert {*BOOKS, *SERIES, *TIME_FIELDS} <= set(ROWS)
    every = re.findall(r"(?m)^\| `([\w.]+)` \|", TEXT)
    assert len(every) == sum(len(words(kind)) for kind in TITLES)
    for name in BOOKS:
        unit, range_, missing, meaning, example = ROWS[name].split(" | ")
        assert unit and range_ and meaning and name.split(".")[-1] in example, name
        assert (missing.strip() == "yes") == (name in BOOK_MISSING), name


@pytest.mark.parametrize(
    ("name", "range_"),
    [("pnl.fees", "0 or more"), ("trades.mean_loss", "0 or more"), ("trades.mean_win_return", "0 or more"),
     ("position.size", "either sign"), ("drawdown", "0 to 1"), ("position.stop", "as prices are"),
     ("position.flat", "true, false"), ("month", "1 to 12")],
)  # fmt: skip
def test_the_range_tells_the_sign(name: str, range_: str) -> None:
    assert ROWS[name].split(" | ")[1] == range_


def test_what_the_table_says_of_signs_is_so() -> None:
    """A loss of 10 % and a gain of 5 %, each with a fee of 1."""
    text = """
assume capital 1000
assume fee 1/order
enter long when bar_index == 0 or bar_index == 3 size 1 units
exit long when bar_index == 1 or bar_index == 4
guard exposure 1000%
let loss = trades.mean_loss
let win = trades.mean_win
let loss_return = trades.mean_loss_return
let win_return = trades.mean_win_return
let fees = pnl.fees
"""
    close = [100.0, 100.0, 90.0, 100.0, 100.0, 105.0, 105.0]
    data = {"ts": [f"2024-01-0{day + 1}" for day in range(7)], **dict.fromkeys(("open", "high", "low", "close"), close)}
    found = sg.compile(text).backtest(data, engine="interpreted").series
    assert [float(found[name][-1]) for name in ("loss", "win", "loss_return", "win_return", "fees")] == pytest.approx(
        [12.0, 3.0, 0.12, 0.03, 4.0]
    )
