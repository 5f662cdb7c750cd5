"""Generated Python: our own names only, no native code behind it, and readable."""

from __future__ import annotations

import ast
import re
import subprocess
import sys

import pytest
from stratagem.lang.diagnostics.span import NOWHERE
from stratagem.lang.plan.build import plan
from stratagem.lang.program.program import Alert, Emit, Template
from stratagem.runtime.interpreted.engine import compiled
from stratagem.runtime.interpreted.generate import generate
from stratagem.runtime.trading.phases import COLD, HOT, READS
from stratagem.stdlib.operator import REGISTRY
from stratagem.stdlib.primitives import PRIMITIVES

from ...handmade import Maker, w1, w2, w4
from ...wild import wild

OURS = re.compile(r"[vpnxoufkwzatg]\d*|i|j|c|_|due|step|first|stop|columns|outs|params|b|bk|trades|orders|records"
                  r"|inbox|keep|wanted|prepare|run|close(_\d+)?|NA|finite|step_\w+|zip|range|float|int"
                  r"|sorted|abs")  # fmt: skip
FUNCTIONS = {phase.name for phase in (*HOT.values(), *COLD.values(), *READS.values())}
HELPERS = {row.helper for row in PRIMITIVES.values()}


@pytest.mark.parametrize("seed", range(40))
def test_every_name_is_ours(seed):
    for node in ast.walk(ast.parse(generate(plan(*wild(seed, 4))))):
        name = node.id if isinstance(node, ast.Name) else node.arg if isinstance(node, ast.arg) else None
        if name is not None and name not in FUNCTIONS | HELPERS:
            assert OURS.fullmatch(name), name
            if name.startswith("step_"):
                assert name[5:] in REGISTRY


def test_the_authors_text_is_never_written():
    make = Maker()
    evil = '"; import os; os.abort(); "'
    cell = make.cell(evil, 0.0, make.pure("add", make.previous(evil), make.input(f"column:{evil}")))
    make.param(evil, 1.0)
    when = make.pure("gt", cell, make.close)
    text = Template((evil, make.close))
    program = make.program(
        make.enter("long", when, because=text), emits=(Emit(evil, when, NOWHERE),),
        alerts=(Alert(0, when, text, NOWHERE),), title=evil,
    )  # fmt: skip
    source = generate(plan(program, [(evil, cell)]))
    assert "import" not in source and "abort" not in source and '"' not in source and "'" not in source


@pytest.mark.parametrize("program", [w1, w2, w4])
def test_it_is_deterministic(program):
    assert generate(plan(program())) == generate(plan(program()))


def test_values_read_once_are_written_where_they_are_read():
    source = generate(plan(w4()))
    assert re.search(r"v\d+ = \(v\d+ and \(x\d+ > v\d+\)\)", source)


def test_deep_expressions_are_cut_into_lines():
    make = Maker()
    node = make.close
    for _ in range(500):
        node = make.pure("add", node, 1.0)
    made = plan(make.program(), [("x", node)], trading=False)
    assert max(map(len, generate(made).splitlines())) < 600
    (handed,) = ([0.0],)
    compiled(made)([1.0], [], [], [], *[None] * 5)(0, 1, [(3.0,)], [handed])
    assert handed == [503.0]


def test_only_what_the_plan_calls_is_in_reach():
    run = compiled(plan(w1()))
    assert set(run.__globals__["__builtins__"]) == {"zip", "range", "float", "int", "sorted"}


def test_nothing_native_is_imported():
    """A session in CPython needs neither numpy nor numba nor LLVM."""
    program = """
import sys
from stratagem.lang.program.nodes import Graph, BASE, BOOL
from stratagem.lang.program.program import Program
from stratagem.lang.plan.build import plan
from stratagem.runtime.machine.machine import Machine
import stratagem.stdlib.operators
graph = Graph()
close = graph.node("input", (), ("close",))
mean = graph.node("step", (close, graph.constant(3.0)), ("sma",))
program = Program("", "0" * 64, (), None, {}, (), (), (), (), (), (), (), (), {}, {})
machine = Machine(plan(program, [("mean", mean)]), engine="interpreted")
values = [machine.step([0, 1.0, 1.0, 1.0, price])[3] for price in (1.0, 2.0, 6.0)]
assert values[2] == 3.0, values
print(sorted({"numpy", "numba", "llvmlite"} & set(sys.modules)))
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.stdout.strip() == "[]", done.stderr
