"""How much code a plan is: the table keeps step with what is written, and the limit is named before anything is."""

from __future__ import annotations

import pytest
from stratagem.lang.compile import compile_text
from stratagem.lang.diagnostics.model import CompileError
from stratagem.lang.plan.build import plan
from stratagem.lang.plan.size import code
from stratagem.lang.words.limits import STANDARD, TextLimits
from stratagem.runtime.native.emit import emit

from ...families import ACCEPTED, FAMILIES, of_size

OPERATORS = ["op_ema", "op_sma", "op_history", "op_stdev", "op_rma", "op_percentile_linear"]


@pytest.mark.parametrize("name", ACCEPTED)
def test_the_table_keeps_step_with_what_is_written(name: str) -> None:
    made = plan(compile_text(of_size(name, 3000)))
    written = emit(made, OPERATORS, apart=True).count("\n")  # as over many bars, which is more
    assert emit(made, OPERATORS).count("\n") <= 1.1 * written
    assert 0.7 * written <= sum(code(made).values()) <= 1.8 * written


def test_what_would_be_too_much_code_is_refused_with_what_makes_it() -> None:
    made = plan(compile_text(FAMILIES["pairs"](50)))
    total = sum(code(made).values())
    assert plan(compile_text(FAMILIES["pairs"](50)), limits=TextLimits(code=total)) == made
    with pytest.raises(CompileError) as caught:
        plan(compile_text(FAMILIES["pairs"](50)), limits=TextLimits(code=total - 1))
    (found,) = caught.value.diagnostics
    assert found.code == "E610" and f"{total:,}" in found.message and "`enter` and `exit`" in found.notes[0].message


def test_three_thousand_pairs_are_refused_and_a_thousand_are_not() -> None:
    with pytest.raises(CompileError) as caught:
        plan(compile_text(FAMILIES["pairs"](3000)))
    assert caught.value.diagnostics[0].code == "E610"
    assert sum(code(plan(compile_text(FAMILIES["pairs"](1000)))).values()) < STANDARD.code // 2


@pytest.mark.parametrize(("name", "n"), [("signals", 3000), ("timeframes", 300), ("after many timeframes", 300)])
def test_what_is_no_abuse_is_within_the_limit(name: str, n: int) -> None:
    assert sum(code(plan(compile_text(FAMILIES[name](n)))).values()) < STANDARD.code // 2
