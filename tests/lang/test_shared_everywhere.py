"""Expressions that share nearly all of themselves, drawn at random, through every stage, each within a count of calls.

Every let reads the ones before it twice: sixty of them are 2^60 ways through a few hundred nodes. A stage that follows
ways and not nodes would never end, and is stopped at a number of calls that no sound stage comes near.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from functools import partial

import pytest
from stratagem.lang.compile import check_text, verdict
from stratagem.lang.diagnostics.mend import mend
from stratagem.lang.explain.explain import explain
from stratagem.lang.plan import check as checked
from stratagem.lang.plan.build import plan
from stratagem.lang.plan.codec import from_json, to_json
from stratagem.lang.plan.constants import evaluate_params, warmup
from stratagem.lang.plan.size import code
from stratagem.lang.program.program import Program
from stratagem.lang.program.show import show
from stratagem.runtime.interpreted.generate import generate
from stratagem.runtime.native.emit import emit
from stratagem.runtime.sweep.split import split
from stratagem.runtime.verify.named_values import NamedValues

from ..visits import calls

LEVELS = 60
MOST = 2_000_000
"""Calls of one stage; the dearest takes a tenth of it."""
NUMBERS = (
    "{a} + {b}", "{a} - {b} * 0.5", "max({a}, {b})", "min({a}, {b})", "if {p} then {a} else {b}", "{a}[1] + {b}",
    "({a} + {b}) / 2", "abs({a} - {b})", "twice({a})", "between_({a}, {b})", "s + {a} - {b}", "{a} * k + {b}",
    "(close @ 1d) + {a} - {b}",
)  # fmt: skip
CONDITIONS = (
    "{a} > {b} and {p}", "{p} or {q}", "not {p} or {q}", "if {p} then {q} else {a} > {b}",
    "{p}[1] and {q}", "({p} and {a} < {b}) or ({q} and {a} > {b})",
)  # fmt: skip
REMEMBERING = ("highest({a}, 3) - {b}", "{a} - lowest({b}, 3)"), ("cross_above({a}, {b}) or {p}",)
"""Numbers and conditions with a memory of their own, which no cycle of states leads through."""
BEGIN = """param k = 2 in 1 to 5
fn twice(x) = x + x
fn between_(x, y) = max(min(x, close), min(y, open))
guard exposure 300%
let x0 = close
let p0 = close > open
"""
CLAUSES = (
    "stop {a}", "target {a} + {b}", "trail abs({a})", "size abs({a}) units",
    "risk 1% stop min({a}, close * 0.9)", "stop entry - abs({a} - {b})", 'because "at {{{a}}}"', "scale 3 size 10%",
)  # fmt: skip
FAULTS = (
    "let bad = clos + {a}\n",
    "let bad = {a} && {p}\n",
    "let bad == {a}\n",
    "buy when {p}\n",
    "let bad = {a}.foo\n",
)


def drawn(seed: int, *, faulty: bool = False) -> str:
    """A text of lets that share, and statements that read them."""
    chance = random.Random(seed)

    def names(level: int) -> dict[str, str]:
        near = (max(0, level - chance.randint(1, 2)) for _ in range(4))
        return {word: f"{'x' if word in 'ab' else 'p'}{at}" for word, at in zip("abpq", near, strict=True)}

    cycle = seed % 2
    numbers, conditions = (NUMBERS, CONDITIONS) if cycle else (NUMBERS + REMEMBERING[0], CONDITIONS + REMEMBERING[1])
    lines = ["state s = 0 then {}\n".format(f"x{LEVELS}[1]" if cycle else "s + close")]
    for level in range(1, LEVELS + 1):
        lines.append(f"let x{level} = {chance.choice(numbers).format(**names(level))}\n")
        lines.append(f"let p{level} = {chance.choice(conditions).format(**names(level))}\n")
    for side in ("long", "short"):
        clause = chance.choice(CLAUSES).format(**names(LEVELS))
        lines.append("enter {} when {p} {}\n".format(side, clause, **names(LEVELS)))
        lines.append("exit {} when {q}\n".format(side, **names(LEVELS)))
    lines.append('alert when {p} "{{{a}}}"\nplot {b}\n'.format(**names(LEVELS)))
    if faulty:
        lines += [fault.format(**names(LEVELS)) for fault in chance.sample(FAULTS, 2)]
    return BEGIN + "".join(lines)


def stages(program: Program) -> Iterator[tuple[str, Callable[[], object]]]:
    """What is made of a typed program, by name."""
    yield "explain", lambda: explain(program)
    yield "show", lambda: show(program)
    yield "plan", lambda: plan(program)
    made = plan(program)
    yield "warm-up", lambda: warmup(made, evaluate_params(made, {}))
    yield "size", lambda: code(made)
    yield "a kept plan", lambda: checked.fault(from_json(to_json(made)))
    yield "the interpreted engine", lambda: generate(made)
    yield "the native engine", lambda: emit(made)
    yield "a sweep", lambda: split(program, ("k",), {"k": 5.0})
    yield "verify", lambda: NamedValues(program)


def test_every_stage_visits_what_is_shared_once() -> None:
    sound = 0
    for seed in range(16):
        text = drawn(seed)
        calls(partial(check_text, text), MOST)
        if program := check_text(text).program:  # another is refused for a unit that was drawn, which is no matter here
            sound += 1
            for _, stage in stages(program):
                calls(stage, MOST)
    assert sound >= 8


@pytest.mark.parametrize("seed", range(12))
def test_a_text_with_faults_is_told_and_mended_in_bounds(seed: int) -> None:
    text = drawn(seed, faulty=True)
    assert check_text(text).program is None
    calls(lambda: check_text(text), MOST)
    calls(lambda: mend(text, lambda tried: verdict(tried, "a")), MOST)
