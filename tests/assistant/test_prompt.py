"""What a model is told: short, whole, and true to the compiler."""

from __future__ import annotations

import pytest
from stratagem.lang.compile import check_text
from stratagem.lang.words import table
from stratagem.stdlib.catalogue import catalogue
from stratagem.tools import build_llms
from stratagem.tools.assistant.idioms import IDIOMS, SLIPS, Idiom, Slip
from stratagem.tools.assistant.prompt import MOST_TOKENS, prompt, tokens
from stratagem.tools.assistant.signatures import Kind, signatures


def test_the_file_beside_the_docs_is_what_the_tables_give() -> None:
    """It holds the prompt as a golden text, too."""
    assert build_llms.text() == build_llms.FILE.read_text("utf-8"), "run `python -m stratagem.tools.build_llms`"
    assert prompt() in build_llms.text()


def test_it_leaves_a_small_model_room() -> None:
    assert tokens(prompt()) < MOST_TOKENS
    assert tokens("x" * 3300) >= 1000


def test_it_names_every_function_and_word() -> None:
    told = prompt()
    assert [row.name for row in catalogue() if f"{row.name}(" not in told] == []
    for kind in ("guard", "assumption", "book", "series", "clause"):
        names = [f".{word.partition('.')[2]}" if "." in word else word for word in table.names(kind)]
        assert [name for name in names if name not in told] == [], kind


@pytest.mark.parametrize(
    "word",
    ["weight of SPY", "weekly day 5", "prefer ", "deposit ", "withdraw ", "atomic when", "sequence when", "universe ",
     "volatility 15%", "again behind it", "guard position 20% of SPY", "fn ", "@ event", "opened_today", "Last weekday",
     "where nobody said: guard exposure 100%", "position.bars 1 on", "A stop alone is not how to leave",
     "TradingView: reversed", "n + 1 bars", "valuewhen(not is_na(p), p, 1)", "orders.pending == 0", "100% * EXPR"],
)  # fmt: skip
def test_what_a_model_was_found_to_lack_is_told(word: str) -> None:
    assert word in prompt()


@pytest.mark.parametrize("idiom", IDIOMS, ids=lambda idiom: idiom.wanted)
def test_an_idiom_compiles_without_a_word(idiom: Idiom) -> None:
    found = check_text(idiom.program)
    assert found.program is not None and [d.message for d in found.diagnostics if d.severity != "hint"] == []
    assert idiom.program in prompt()


@pytest.mark.parametrize("slip", SLIPS, ids=lambda slip: slip.wrong)
def test_a_slip_is_one_and_its_right_side_is_none(slip: Slip) -> None:
    idle = {"W601", "W603"}  # one statement alone is half a strategy
    wrong, right = ({d.code for d in check_text(text).diagnostics if d.severity != "hint"} - idle for text in slip[:2])
    assert wrong and not right, (wrong, right)


@pytest.mark.parametrize(
    ("name", "kinds"),
    [
        ("ema", [Kind.SERIES, Kind.LENGTH]),
        ("hma", [Kind.SERIES, Kind.LENGTH]),  # used as `length // 2`, in a `let`
        ("roc", [Kind.SERIES, Kind.LENGTH]),  # used as an offset
        ("bb", [Kind.SERIES, Kind.LENGTH, Kind.NUMBER]),
        ("vwap", [Kind.SERIES, Kind.CONDITION]),  # handed on to an operator
        ("cmo", [Kind.SERIES, Kind.LENGTH, Kind.FLAG]),
        ("between", [Kind.CLOCK_TIME, Kind.CLOCK_TIME, Kind.ZONE]),
        ("rank", [Kind.SERIES]),
    ],
)
def test_kinds_of_arguments_are_read_from_what_is_done_with_them(name: str, kinds: list[Kind]) -> None:
    assert [parameter.kind for parameter in signatures()[name].parameters] == kinds


def test_results_are_known() -> None:
    assert signatures()["macd"].fields == ("line", "signal", "hist") and signatures()["rising"].condition
    assert not signatures()["macd"].condition and signatures()["min"].many and signatures()["ema"].required == 2
