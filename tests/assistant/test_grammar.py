"""The grammar that models are held to: it lets through what is right, and little else."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from stratagem.lang.compile import check_text
from stratagem.lang.format.format import formatted
from stratagem.lang.syntax.parse import parse
from stratagem.lang.words import table
from stratagem.tools.assistant.grammar import ZONES, grammar, reserved, unlike
from stratagem.tools.assistant.idioms import IDIOMS
from stratagem.tools.assistant.signatures import signatures

llguidance = pytest.importorskip("llguidance")
from .walks import accepts, matcher, walks  # noqa: E402 - it needs llguidance

ROOT = Path(__file__).resolve().parents[2]
PROGRAMS = sorted([*ROOT.glob("strategies/*.strat"), *ROOT.glob("tests/golden_strategies/*.strat")])


@cache
def held() -> Any:
    return matcher(grammar())


def may(text: str) -> bool:
    return accepts(held(), text)


def test_it_is_valid_where_models_are_held_to_it() -> None:
    for text in (grammar(), grammar(["ema", "macd"]), grammar(["rising"])):
        failed, messages = llguidance.LLMatcher.validate_grammar_with_warnings(llguidance.grammar_from("lark", text))
        assert not failed and not messages, messages


@pytest.mark.parametrize("path", PROGRAMS, ids=lambda path: path.stem)
def test_every_strategy_may_be_written(path: Path) -> None:
    """All but the tests in its text, which are no part of the strategy."""
    laid = formatted(path.read_bytes()).text
    assert may(re.sub(r'(\n#[^\n]*)*\ntest ".*', "", laid, flags=re.DOTALL))


def test_every_idiom_may_be_written() -> None:
    assert [i.wanted for i in IDIOMS if not may(formatted(f'strategy "{i.wanted}"\n{i.program}').text)] == []


def test_guards_may_have_arguments() -> None:
    beside = "enter long when close > open\n"
    for guard in ("value_at_risk(250, 95%) 2%", "value_at_risk 2%", "ewma_value_at_risk(2.326) 2% then halt",
                  "volatility(60) 25%", "beta(close of SPY, 60) 1.5 then flatten until week"):  # fmt: skip
        assert may(formatted(f"{beside}guard {guard}\n").text), guard
    assert not may(f"{beside}guard drawdown(20) 20%\n") and not may(f"{beside}guard beta 1.5\n")


def test_every_function_may_be_called_as_its_example_is() -> None:
    from stratagem.stdlib.catalogue import catalogue

    odd = {"cumulative", "mod", "pow", "exp", "tan", "asin", "acos", "sin", "cos", "swma"}  # of numbers
    wrong = [row.example for row in catalogue() if row.name not in odd and not may(f"let shown = {row.example}")]
    assert wrong == []


@pytest.mark.parametrize(
    "text",
    [
        "let x = foo(close, 1)", "let x = ema(close)", "let x = sma(close, 1.5)", "let x = sma(close, 10, 2)",
        "let x = rsi(14)", "let x = rsi(rising(close, 3), 14)", "let x = macd(close) + 1", "let x = bb(close).hist",
        "let x = close[-1]", "let x = close @ 7m", "let let = 1", "let close = 1", "let position = 1",
        "enter long when rsi(close, 14)", "enter long when close > open and volume", "enter long when close",
        "enter long when close > open > low", "enter long when close > open\n  size 0.5", "enter long if close > open",
        "enter long when close > open\n  risk 1", "enter long when cross_above(close)", "enter when close > open",
        "guard drawdown 20% then sell", "guard positions 2.5", "guard drawdown 20", "guard foo 1%", "assume fill now",
        "assume fee 0.1", "rebalance monthly\n  band 1%", "fn f(x) = x", 'import "x"', "let x = 1 &&  2",
        "enter long when weekday == 8 and (weekday == monday", "param x = 1% in 1 to 5",
        "let x = min(close)", "let x = between(\"9:30\", \"16:00\")", "let x = closes(4)",
    ],
)  # fmt: skip
def test_what_is_wrong_in_form_or_kind_cannot_be_written(text: str) -> None:
    assert not may(text)


@pytest.mark.parametrize(
    "text",
    [
        "let x = macd(close, slow = 30).hist", "let m = macd(close)\nplot m.hist", "let x = 2% * equity",
        "enter long when not (close > open) or rising(close, 3)[1]\n  stop entry - 2 * atr(14)\n  take 50% at 1r",
        "enter long when ?\"when?\"\n  stop ?\"how far?\"", "let up = (close > open) @ 4h", "let x = (high + low)[1]",
        "on SPY, \"BRK-B\" every 1d\nrebalance monthly day 5\n  weight of SPY 60%\n  weight of \"BRK-B\" 40%",
        "exit long when trades.last_reason == \"stop\" and time >= \"2024-01-31\"\n  because \"at {close[1]}\"",
        'on ?"which?" every ?"how long?"\nassume fee ?"how much?"\nguard drawdown ?"how deep?" then halt',
        "# cannot: no\n", "# cannot: no", "# cannot: no\n# cannot: never",
        "# note: so it was taken\nplot close  # the price\n",
    ],
)  # fmt: skip
def test_what_is_right_can(text: str) -> None:
    assert may(text)


def test_only_the_functions_that_are_named() -> None:
    some = matcher(grammar(["ema", "cross_above"]))
    assert accepts(some, "enter long when cross_above(close, ema(close, 20))")
    assert not accepts(some, "let x = sma(close, 20)") and not accepts(some, "let x = macd(close).hist")
    with pytest.raises(ValueError, match="there is no function `emma`; did you mean `ema`"):
        grammar(["emma"])


def test_a_name_is_no_word_of_the_language() -> None:
    import re

    name = re.compile(unlike(reserved(), 30))
    assert [word for word in reserved() if name.fullmatch(word)] == []
    for word in ("x", "fast", "closed", "clos", "if_up", "i", "ends", "a" * 31):
        assert name.fullmatch(word), word
    assert not name.fullmatch("a" * 32) and not name.fullmatch("Up") and not name.fullmatch("2x")


def test_it_has_every_guard_and_assumption_and_the_zones_exist() -> None:
    from zoneinfo import ZoneInfo

    text = grammar()
    names = [*table.names("guard"), *table.names("assumption"), *table.names("book"), *signatures()]
    assert [name for name in names if name not in text and name.replace(".", "\\.") not in text] == []
    assert [ZoneInfo(zone).key for zone in ZONES] == list(ZONES)


def hold(count: range) -> float:
    """Random texts parse, and what the compiler then says is of what no grammar of this kind can know."""
    done = [text for text in walks(grammar(), count, 90) if text is not None]
    for text in done:
        faults = [d for d in parse(text).diagnostics if d.is_error]
        assert not faults, (text, faults[0].message)
        said = {d.code for d in check_text(text).diagnostics if d.is_error}
        assert "E104" not in said, (text, said)  # how many arguments, and which
    return len(done) / len(count)


def test_random_texts_under_it_parse() -> None:
    assert hold(range(120)) > 0.8


@pytest.mark.soak
def test_many_random_texts_under_it_parse() -> None:
    assert hold(range(1000, 3000)) > 0.8
