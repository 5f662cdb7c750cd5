"""A mutant takes the place of the original, in a process that has all modules loaded.

`from .lots import close_lot` has long bound the function where the tests run, so it stays the same object and is
given the mutant's code: all that call it, the interpreted engine's generated step too, run the mutant from then on.
"""

from __future__ import annotations

import warnings
from importlib import import_module
from types import CodeType, FunctionType, ModuleType

from stratagem.runtime import trading

from .names import TABLES
from .rewrite import Mutant, mutated


def load(module: str) -> ModuleType:
    return import_module(f"{trading.__name__}.{module}")


def take_place(mutant: Mutant) -> None:
    """From here on this process runs the mutant; there is no way back."""
    module = load(mutant.module)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of code that no person would write
        code: CodeType = compile(mutated(mutant), str(module.__file__), "exec", dont_inherit=True)
    function_of(module, mutant.function).__code__ = code_of(code, mutant.function)
    for table in TABLES:  # a neighbour that the module did not import
        for name, value in vars(load(table)).items():
            if name.isupper():
                vars(module).setdefault(name, value)
    for name in ("ticks_down", "ticks_up", "lots_down", "lots_up"):
        vars(module).setdefault(name, getattr(load("prices"), name))


def code_of(module: CodeType, name: str) -> CodeType:
    """That of the function of this name in a module's."""
    code = module
    for part in name.split("."):
        code = next(c for c in code.co_consts if isinstance(c, CodeType) and c.co_name == part)
    return code


def function_of(module: ModuleType, name: str) -> FunctionType:
    """The function of this name, `Class.method` too."""
    held = module
    for part in name.split("."):
        held = vars(held)[part]
    inner = getattr(held, "fget", held)
    found = getattr(inner, "__wrapped__", inner)
    assert isinstance(found, FunctionType), f"{name} of {module.__name__} is no function"
    return found
