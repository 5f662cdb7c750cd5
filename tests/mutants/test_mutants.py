"""The tool that breaks the trading core: what it changes, and that a test's failure, and nothing else, is a kill."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from inspect import signature
from pathlib import Path

import pytest
from stratagem.runtime.machine import engines

from . import judge
from .__main__ import sampled
from .equal import read_equal
from .rewrite import Mutant, modules, mutants, mutated

ROOT = Path(__file__).resolve().parents[2]
SOURCE = """
def due(b, k, index: int, time: int, price: float) -> int:
    if k[HELD] >= 2 and b[CASH] > 0.0:
        k[HELD] += 1
        pay(b, index * 3.0, price, -price)
    return 1 if price == price else 0
"""
CHANGES = [
    "k[HELD] >= 2 and b[CASH] > 0.0 -> not (k[HELD] >= 2 and b[CASH] > 0.0)",
    "k[HELD] >= 2 and b[CASH] > 0.0 -> k[HELD] >= 2 or b[CASH] > 0.0",
    "k[HELD] >= 2 and b[CASH] > 0.0 -> b[CASH] > 0.0",
    "k[HELD] >= 2 and b[CASH] > 0.0 -> k[HELD] >= 2",
    "k[HELD] >= 2 -> k[HELD] > 2",
    "HELD -> POSITION_START",
    "2 -> 3",
    "b[CASH] > 0.0 -> b[CASH] >= 0.0",
    "CASH -> EQUITY",
    "0.0 -> 1.0",
    "k[HELD] += 1 -> k[HELD] -= 1",
    "k[HELD] += 1 -> pass",
    "HELD -> POSITION_START",
    "1 -> 0",
    "pay(b, index * 3.0, price, -price) -> pass",
    "pay(b, index * 3.0, price, -price) -> pay(b, price, index * 3.0, -price)",
    "pay(b, index * 3.0, price, -price) -> pay(b, index * 3.0, -price, price)",
    "index * 3.0 -> index + 3.0",
    "3.0 -> 4.0",
    "-price -> price",
    "1 -> 0",
    "price == price -> price != price",
    "0 -> 1",
]


def test_every_small_change_of_a_function_is_a_mutant() -> None:
    found = mutants("mark", SOURCE)
    assert sorted(f"{m.before} -> {m.after}" for m in found) == sorted(CHANGES)
    assert len({m.key for m in found}) == len(found), "equal changes of one line are told apart"


def test_a_mutant_is_the_module_with_one_change() -> None:
    original = ast.unparse(ast.parse(SOURCE)).splitlines()
    for mutant in mutants("mark", SOURCE):
        changed = ast.unparse(mutated(mutant, SOURCE)).splitlines()
        assert sum(one != other for one, other in zip(original, changed, strict=True)) == 1, mutant.label


def test_a_key_holds_while_the_line_does() -> None:
    def key(source: str) -> str:
        return next(m.key for m in mutants("mark", source) if m.after == "price != price")

    assert key(SOURCE) == key("\n\n" + SOURCE) == key(SOURCE.replace("3.0", "4.0")), "other lines may change"
    assert key(SOURCE) != key(SOURCE.replace("else 0", "else 2")), "and it goes with its own"


def test_a_sample_has_some_of_every_function_and_is_the_same_each_time() -> None:
    every = [mutant for module in modules()[:6] for mutant in mutants(module)]
    places = {(mutant.module, mutant.function) for mutant in every}
    some = sampled(every, 9)
    assert {(mutant.module, mutant.function) for mutant in some} == places
    assert len(every) / 9 <= len(some) <= len(every) / 9 + len(places)
    assert some == sampled(list(reversed(every)), 9)[::-1] and sampled(every, 1) == every


def test_a_choice_between_equals_is_no_mutant() -> None:
    """The other comparison would give the same of two equal numbers."""
    source = """
def top(a: float, b: float) -> float:
    best = a if a > b else b
    if b > best:
        best = b
    return best
"""
    assert not [m for m in mutants("mark", source) if ">=" in m.after]


def test_an_explanation_names_its_mutants_once() -> None:
    entries = read_equal("- reason: nobody reads it\n  mutants: [ab12 a.f x, cd34 a.f y]\n")
    assert [(e.key, e.label, e.reason) for e in entries.values()] == [
        ("ab12", "a.f x", "nobody reads it"), ("cd34", "a.f y", "nobody reads it"),
    ]  # fmt: skip
    with pytest.raises(ValueError, match="twice"):
        read_equal("- reason: x\n  mutants: [ab12 a.f x, ab12 a.f y]\n")


def one(module: str, function: str, after: str) -> Mutant:
    return next(m for m in mutants(module) if m.function == function and m.after == after)


@pytest.mark.soak
def test_one_mutant_must_die_one_must_live_and_one_is_never_run(tmp_path: Path) -> None:
    """A sale that slips upward is noticed; no direction is 0; nothing reads the day's loss."""
    sale = "price - slip(b, price, quantity, costs)"
    dies = next(m for m in mutants("prices") if m.function == "slipped" and m.before == sale)
    lives = one("prices", "reaches", "direction >= 0")
    unread = one("books", "read_day_loss", "b[at.DAY_EQUITY] + b[at.EQUITY]")
    report = tmp_path / "mutants.json"
    judge = "tests/runtime/trading/test_bracket.py::test_slippage_worsens_a_stop_and_keeps_a_limit"
    options = ["--doubt", "--report", str(report), "--judges", judge]
    command = [sys.executable, "-m", "tests.mutants", dies.key, lives.key, unread.key, *options]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    rows = {row["key"]: row for row in json.loads(report.read_text(encoding="utf-8"))["mutants"]}
    assert rows[dies.key]["status"] == "killed" and "test_slippage" in rows[dies.key]["by"], done.stderr
    assert rows[lives.key]["status"] == "survived"
    assert rows[unread.key]["status"] == "not reached"
    assert done.returncode == 1, "an unnoticed mutant is a fault"
    assert f"survived: {lives.key}" in done.stdout, "it is shown"
    assert f"+ {lives.after}" in done.stdout, "as a change to read"
    assert done.stdout.splitlines()[-1].startswith("all"), "and the table ends with all modules"
    assert "3 tried" in done.stderr


def test_what_stands_for_native_code_is_asked_as_it_is() -> None:
    """It was not, once: a tenth of the judges failed before anything was changed, so nothing was tried."""
    asked, answers = signature(engines.kernel_of), signature(judge._interpreted)
    assert [(p.name, p.default) for p in asked.parameters.values()] == [
        (p.name, p.default) for p in answers.parameters.values()
    ]
