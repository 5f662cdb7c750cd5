"""What a step may be made of, and what its row must say."""

from __future__ import annotations

import ast
import inspect
import math
from collections.abc import Iterator
from pathlib import Path
from random import Random
from types import FunctionType
from typing import Any

import pytest
import stratagem.stdlib.operators as operators
from stratagem.stdlib import arith
from stratagem.stdlib.catalogue import FAMILIES
from stratagem.stdlib.operator import BOOL, COUNT, EVENT, NUMBER, REGISTRY, operator

from .harness import Running

FOLDER = Path(operators.__file__).parent
FILES = sorted(path for path in FOLDER.glob("*.py") if path.stem != "__init__")
BANNED = (
    ast.Div, ast.FloorDiv, ast.Mod, ast.Pow, ast.Raise, ast.Assert, ast.Try, ast.List, ast.Dict, ast.Set, ast.ListComp,
    ast.DictComp, ast.SetComp, ast.GeneratorExp, ast.While, ast.Global, ast.Nonlocal, ast.With, ast.Yield, ast.Await,
)  # fmt: skip
BUILTINS = {"int", "float", "range"}


def functions(path: Path) -> Iterator[ast.FunctionDef]:
    return (node for node in ast.parse(path.read_text(encoding="utf-8")).body if isinstance(node, ast.FunctionDef))


def faults(function: ast.FunctionDef, allowed_loops: bool = False) -> list[str]:
    """What in the body of this function a step may not use."""
    found = []
    for statement in function.body:
        for node in ast.walk(statement):
            if isinstance(node, BANNED) and not (allowed_loops and isinstance(node, ast.While)):
                found.append(f"{function.name}:{statement.lineno} {type(node).__name__}")
            if isinstance(node, ast.Call):
                found += called(function, node)
            if isinstance(node, ast.Attribute):
                found.append(f"{function.name}:{node.lineno} an attribute")
    return found


def called(function: ast.FunctionDef, node: ast.Call) -> list[str]:
    if not isinstance(node.func, ast.Name):
        return [f"{function.name}:{node.lineno} a call of something that is no name"]
    name = node.func.id
    if name in dir(__builtins__) or (isinstance(__builtins__, dict) and name in __builtins__):
        return [] if name in BUILTINS else [f"{function.name}:{node.lineno} {name}()"]
    return []


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_steps_use_plain_arithmetic_only(path: Path) -> None:
    # The binary searches of `ranks` halve an interval: they end, and need `while`.
    wrong = [fault for f in functions(path) for fault in faults(f, allowed_loops=f.name in ("below", "up_to"))]
    assert not wrong


@pytest.mark.parametrize(
    "body", ["return a / b", "return a // b", "return a % b", "return a ** 2", "return abs(a)", "return max(a, b)",
             "raise ValueError", "assert a", "return math.exp(a)", "return [a][0]", "return sum(x for x in a)"]
)  # fmt: skip
def test_the_refusal_refuses(body: str) -> None:
    function = ast.parse(f"def f(a, b):\n    {body}").body[0]
    assert isinstance(function, ast.FunctionDef)
    assert faults(function)


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_names_come_from_here_or_from_arith(path: Path) -> None:
    allowed = {"..arith", "..operator", "__future__"} | {f".{p.stem}" for p in FILES}
    tree = ast.parse(path.read_text(encoding="utf-8"))
    imported = [node for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom)]
    for node in imported:
        assert isinstance(node, ast.ImportFrom)
        assert "." * node.level + (node.module or "") in allowed


def test_arith_reaches_the_c_library_by_its_own_names() -> None:
    tree = ast.parse(inspect.getsource(arith))
    names = [a for n in ast.walk(tree) if isinstance(n, ast.ImportFrom) and n.module == "math" for a in n.names]
    assert names and all(a.asname == f"m_{a.name}" for a in names)


@pytest.mark.parametrize("name", sorted(REGISTRY))
def test_every_row_is_complete(name: str) -> None:
    row = REGISTRY[name]
    assert row.doc and row.formula and row.example and row.family in FAMILIES
    assert {a.kind for a in row.arguments} <= {NUMBER, BOOL, COUNT}
    assert row.result in (NUMBER, BOOL)
    assert (row.missing == EVENT) == (row.result == BOOL) or row.name == "recent"
    assert bool(row.outputs) == bool(row.first)
    required = [a.default is None for a in row.arguments]
    assert required == sorted(required, reverse=True), "arguments without a default come first"


@pytest.mark.parametrize("name", sorted(REGISTRY))
@pytest.mark.parametrize("length", [1, 2, 64, 65])
def test_declared_state_is_enough_and_used(name: str, length: int) -> None:
    row = REGISTRY[name]
    step = Running(name, **{a.name: length for a in row.counts})
    step.f, step.k, step.w = Strict(step.f), Strict(step.k), Strict(step.w)
    inputs = [a for a in row.arguments if a.default is None and a.kind != COUNT]
    for bar in range(3 * length + 4):
        step(*(float((bar * 7 + at) % 11) if a.kind == NUMBER else bar % 3 == 0 for at, a in enumerate(inputs)))
    for slots, array in ((row.floats, step.f), (row.ints, step.k)):
        assert array.touched == set(range(slots)), f"{name} declares {slots} slots and uses {array.touched}"


@pytest.mark.parametrize("name", sorted(REGISTRY))
@pytest.mark.parametrize("length", [1, 2, 9, 30])
def test_state_lies_within_what_is_declared_whatever_the_values(name: str, length: int) -> None:
    """What a snapshot may hold: an honest one is never refused."""
    row, draw = REGISTRY[name], Random(length)
    counts = {a.name: length for a in row.counts}
    step, far = Running(name, **counts), row.farthest(**counts)
    inputs = [a for a in row.arguments if a.default is None and a.kind != COUNT]
    values = (1e300, -1e300, 9e299, 0.5, 0.0, math.nan)
    for _ in range(3 * length + 40):
        step(*(draw.choice(values) if a.kind == NUMBER else draw.random() < 0.5 for a in inputs))
        assert not any(abs(value) > far for value in (*step.f, *step.w)), name


class Strict:
    """An array that takes no index from the end, and remembers which were used."""

    def __init__(self, values: list[Any]) -> None:
        self.values = values
        self.touched: set[int] = set()

    def __getitem__(self, index: int) -> Any:
        assert index >= 0
        self.touched.add(index)
        return self.values[index]

    def __setitem__(self, index: int, value: Any) -> None:
        assert index >= 0
        self.touched.add(index)
        self.values[index] = value


def test_a_step_takes_its_state_first() -> None:
    def wrong(x, f, k, w):  # type: ignore[no-untyped-def]
        """No."""

    with pytest.raises(TypeError, match="takes f, k, w first"):
        operator()(wrong)


def test_a_name_is_defined_once() -> None:
    step = REGISTRY["sma"].step
    assert isinstance(step, FunctionType)
    with pytest.raises(TypeError, match="defined twice"):
        operator()(step)
