"""A weight of one symbol: what a text becomes, and what is said of it."""

from __future__ import annotations

import pytest
from stratagem.lang.compile import check_text, compile_text
from stratagem.lang.plan.constants import evaluate_params
from stratagem.lang.plan.several import several
from stratagem.lang.program.verify import verify

MIX = "on SPY, TLT, GLD\nrebalance monthly "


def codes(text: str) -> list[str]:
    return [told.code for told in check_text(text).diagnostics]


def weights(text: str) -> dict[str, float]:
    """What the book of each symbol reads as its weight, where that is known before the run."""
    program = compile_text(text)
    verify(program)
    plan = several(program).main
    slot = -1 - dict(plan.decisions[0].inbox)["SIZE"]
    return {symbol: evaluate_params(plan, {}, symbol=symbol)[slot] for symbol in program.symbols}


@pytest.mark.parametrize(
    ("clauses", "held"),
    [
        ("weight of SPY 60% weight of TLT 40% weight 0%", (0.6, 0.4, 0.0)),
        ("weight 10% weight of TLT -40% band 1%", (0.1, -0.4, 0.1)),
        ('weight of "SPY" 25% + 5% weight of GLD 20%', (0.3, 0.0, 0.2)),
    ],
)
def test_each_book_has_its_own_weight_and_the_others_the_general_one(clauses: str, held: tuple[float, ...]) -> None:
    assert weights(MIX + clauses) == pytest.approx(dict(zip(("SPY", "TLT", "GLD"), held, strict=True)), rel=1e-15)


def test_parameters_make_weights() -> None:
    text = "param shares = 60% in 0% to 100%\non A, B\nrebalance yearly weight of A shares weight of B 100% - shares"
    assert weights(text) == {"A": 0.6, "B": 0.4}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (MIX + "weight of SPY 60% weight of TLT 40% weight 0%", []),
        (MIX + "weight of SPY 60% weight of TLT 40%", ["W706"]),
        ("universe u\nrebalance monthly weight of SPY 60%", ["W706"]),
        ("universe u\nrebalance monthly weight of SPY 60% weight 0%", []),
        ("on A, B\nrebalance monthly weight of A 60% weight of B 40%", []),
        ("on A, B\nrebalance monthly weight of A 60% weight of B 40% weight 1%", ["W707"]),
        ("on A, B\nrebalance monthly weight of A 80% weight of B 40%", ["W705"]),
        ("on A, B\nrebalance monthly weight of A 80% weight of B -40%", ["W705"]),
        ("on A, B\nguard exposure 120%\nrebalance monthly weight of A 80% weight of B 40%", []),
        (MIX + "weight of SPY 60% weight 21%", ["W705"]),
        (MIX + "weight of SPY 60% weight 20%", []),
        (MIX + "weight of SPY 60% weight if top(close, 1) then 41% else 0%", ["W705"]),
        ("param n = 80% in 0% to 1\non A, B\nrebalance monthly weight of A n weight of B 40%", ["E502"]),
        ("param n = 80% in 0% to 100%\non A, B\nrebalance monthly weight of A n weight of B 40%", ["W705"]),
        (MIX + "weight of SPY 60% weight of SPY 40% weight 0%", ["E401"]),
        (MIX + "weight of QQQ 60% weight 0%", ["E801"]),
        ("on A, B\nwatch C\nrebalance monthly weight of C 60% weight 0%", ["E801"]),
        ("rebalance monthly weight of A 60% weight 0%", ["E801"]),
        (MIX + "weight of SPY 60 weight 0%", ["E404"]),
        ("on A\nenter long when close > open weight of A 60%\nexit long when close < open", ["E402"]),
        ("on A, B\natomic when close > open weight of A 60% buy A size 10%", ["E402"]),
    ],
)
def test_what_is_said_of_weights_of_one(text: str, said: list[str]) -> None:
    assert codes(text) == said


def test_the_warning_names_who_has_none_and_its_fix_says_what_it_does() -> None:
    text = MIX + "weight of SPY 60% weight of TLT 40%"
    (told,) = check_text(text).diagnostics
    assert "`GLD`" in told.message
    (edit,) = told.fixes[0].edits
    mended = text[: edit.span.start] + edit.text + text[edit.span.end :]
    assert codes(mended) == [] and weights(mended) == weights(text)
