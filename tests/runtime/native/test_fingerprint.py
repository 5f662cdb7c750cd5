"""The identity of a function changes with what it computes and with nothing else."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from types import FunctionType
from typing import Any

import pytest
from stratagem.runtime.native.fingerprint import fingerprint

HELPERS = """
from __future__ import annotations
from math import exp as m_exp
LIMIT = 10.0
def inner(x: float) -> float:
    return m_exp(x) if x < LIMIT else x
def helper(x: float) -> float:
    return inner(x) + 1.0
def step(f: Floats, k: Ints, w: Floats, x: Number) -> Number:
    return helper(x) * 2.0
"""


def made(text: str, name: str = "step") -> Callable[..., Any]:
    names: dict[str, Any] = {"__name__": "made"}
    exec(compile(text, "made.py", "exec"), names)
    function = names[name]
    assert isinstance(function, FunctionType)
    return function


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("* 2.0", "* 3.0"),
        ("+ 1.0", "- 1.0"),
        ("LIMIT = 10.0", "LIMIT = 11.0"),
        ("LIMIT = 10.0", "LIMIT = 10"),
        ("x < LIMIT", "x <= LIMIT"),
        ("import exp", "import log"),
        ("x: Number", "x: Count"),
        ("-> Number", "-> Bool"),
        ("else x", "else -0.0"),
    ],
)
def test_a_change_of_meaning_anywhere_below_changes_it(old: str, new: str) -> None:
    assert old in HELPERS
    assert fingerprint(made(HELPERS.replace(old, new))) != fingerprint(made(HELPERS))


def test_comments_and_places_do_not_matter() -> None:
    moved = "\n\n# moved\n" + HELPERS.replace("LIMIT = 10.0", "LIMIT = 10.0  # why\n\n")
    assert fingerprint(made(moved)) == fingerprint(made(HELPERS))


def test_a_constant_of_a_module_matters_if_it_is_read() -> None:
    """Slots and codes are read as attributes of a module: their numbers are what is computed."""
    from types import ModuleType

    def of(**constants: float) -> str:
        slots = ModuleType("slots")
        vars(slots).update(constants)
        names: dict[str, Any] = {"at": slots}
        exec("def step(b: Floats) -> float:\n    return b[at.CASH]", names)
        return fingerprint(names["step"])

    assert of(CASH=0, FEES=1) == of(CASH=0, FEES=2)
    assert of(CASH=0) != of(CASH=1)


def test_the_sign_of_zero_matters() -> None:
    def plus() -> float:
        return 0.0

    def minus() -> float:
        return -0.0

    minus.__name__ = "plus"
    assert fingerprint(plus) != fingerprint(minus)


def test_recursion_ends() -> None:
    text = "def step(n):\n    return step(n - 1) if n else other(n)\ndef other(n):\n    return step(n)\n"
    assert len(fingerprint(made(text))) == 64


def test_it_is_the_same_in_every_process() -> None:
    code = (
        "from stratagem.stdlib.operators.averages import ema;"
        "from stratagem.runtime.native.fingerprint import fingerprint; print(fingerprint(ema))"
    )
    seen = {
        subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True,
            text=True,
            check=True,
            env={"PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2")
    }
    assert len(seen) == 1
