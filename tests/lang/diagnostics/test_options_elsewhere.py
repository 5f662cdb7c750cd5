"""What other tools call an option is known by its name here."""

from __future__ import annotations

import pytest
from stratagem.lang.diagnostics.suggest import ELSEWHERE, option
from stratagem.lang.inputs.assumptions import ASSUMPTIONS

FLAGS = ("--data", "--column", "--symbol", "--strict", "--from", "--to", "--fee", "--capital", "--out", "--timeframe")


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("--commission", "--fee"), ("--commision", "--fee"), ("--fees", "--fee"), ("--start", "--from"),
        ("--end", "--to"), ("--initial-capital", "--capital"), ("--colum", "--column"), ("--qqq", None),
    ],
)  # fmt: skip
def test_the_option_that_is_meant(written: str, meant: str | None) -> None:
    assert option(written, FLAGS) == meant


def test_names_of_python_are_found_without_their_underscore() -> None:
    assert option("from", ["data_from", "from_", "to"]) == "from_"


def test_only_options_that_there_are_are_named() -> None:
    assert option("start", ASSUMPTIONS) is None
    assert option("commission", ASSUMPTIONS) == "fee"


def test_no_name_stands_for_itself() -> None:
    assert all(there != here for there, here in ELSEWHERE.items())
