"""Where state lives: no two nodes share a place, keys name expressions, limits name their cause."""

from __future__ import annotations

import pytest
from stratagem.lang.diagnostics.model import CompileError
from stratagem.lang.plan.build import plan
from stratagem.lang.words.limits import TextLimits
from stratagem.stdlib.operator import REGISTRY

from ...handmade import Maker, w1, w4
from ...wild import wild


@pytest.mark.parametrize("seed", range(60))
def test_places_never_overlap_and_fill_the_arrays(seed):
    made = plan(*wild(seed, 4))
    for first, size, total in (("f", "floats", made.state.floats), ("k", "ints", made.state.ints),
                               ("w", "window", made.state.window)):  # fmt: skip
        taken = [at for p in made.state.places for at in range(getattr(p, first), getattr(p, first) + getattr(p, size))]
        assert sorted(taken) == list(range(total))


@pytest.mark.parametrize("seed", range(20))
def test_keys_are_unique(seed):
    keys = [place.key for place in plan(*wild(seed, 4)).state.places]
    assert len(keys) == len(set(keys))


def test_a_key_names_the_expression_whatever_else_the_program_has():
    alone = {p.key for p in plan(w1()).state.places}
    among = {p.key for p in plan(w4()).state.places}
    assert alone < among


def test_a_key_differs_by_clock_argument_and_operator():
    make = Maker()
    nodes = [make.step("sma", make.close, 5.0), make.step("sma", make.close, 6.0), make.step("ema", make.close, 5.0),
             make.step("sma", make.input("open"), 5.0)]  # fmt: skip
    made = plan(make.program(), [(str(i), n) for i, n in enumerate(nodes)], trading=False)
    assert len({p.key for p in made.state.places}) == 4


def test_windows_are_as_long_as_the_domain_allows():
    make = Maker()
    n = make.param("n", 5, 2, 300)
    made = plan(make.program(), [("x", make.step("sma", make.close, n))], trading=False)
    assert made.state.window == REGISTRY["sma"].window(length=300)
    smaller = plan(make.program(), [("x", make.step("sma", make.close, n))], trading=False, capacity={"n": 20.0})
    assert smaller.state.window == REGISTRY["sma"].window(length=20)


def test_a_parameter_without_a_domain_may_become_a_thousand():
    make = Maker()
    n = make.param("n", 5)
    made = plan(make.program(), [("x", make.step("sma", make.close, n))], trading=False)
    assert made.state.window == REGISTRY["sma"].window(length=1000)


def test_the_limit_names_the_parameter():
    make = Maker()
    n = make.param("length", 5, 2, 50_000_000)
    with pytest.raises(CompileError, match="length") as caught:
        plan(make.program(), [("x", make.step("sma", make.close, n))], trading=False)
    assert caught.value.diagnostics[0].code == "E605"
    assert "64 MiB" in caught.value.diagnostics[0].message


def test_a_length_without_a_greatest_value_is_refused():
    make = Maker()
    ratio = make.param("ratio", 0.5)
    length = make.pure("floor", make.pure("mul", ratio, 10.0))
    with pytest.raises(CompileError, match="ratio"):
        plan(make.program(), [("x", make.step("sma", make.close, length))], trading=False)


def test_the_cost_of_a_bar_is_limited():
    with pytest.raises(CompileError) as caught:
        plan(w1(), limits=TextLimits(cost=10))
    assert caught.value.diagnostics[0].code == "E606"
