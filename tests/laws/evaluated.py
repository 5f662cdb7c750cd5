"""Values of every `let` of a text over bars, and arguments that suit each function of the catalogue."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

import numpy as np
import stratagem as sg
from stratagem.lang.compile import compile_text
from stratagem.lang.plan.build import plan
from stratagem.lang.plan.model import Plan
from stratagem.runtime.compiled.compiled import flattened
from stratagem.runtime.data.bars import Bars
from stratagem.runtime.run.backtest import run
from stratagem.runtime.run.prepare import prepare

from .calls import CONDITION, FACTOR, FLAG, LENGTH, Call

Values = dict[str, np.ndarray[Any, Any]]

# A series for an argument by its name; `source` and the rest get what `given` is asked for.
OWN = {"high": "high", "low": "low", "close": "close", "volume": "volume", "upper": "high", "lower": "low",
       "b": "open", "least": "low", "greatest": "high", "distance": "(high - low)", "y": "2"}  # fmt: skip
SMALL = frozenset({"acos", "asin", "exp", "pow"})
"""Functions of numbers about 1."""


def values(text: str, bars: Bars, engine: str = "interpreted", params: Mapping[str, object] | None = None) -> Values:
    """Every let of the text by name, a record's fields as `name.field`; truth values as 0 and 1."""
    made = planned(text)
    setting = prepare(made, bars, params)
    machine = setting.machine(made, engine)
    return dict(zip(machine.outputs, run(machine, setting), strict=True))


@lru_cache(maxsize=16)
def planned(text: str) -> Plan:
    """The lets of a text as a plan, which one test asks for with several values of a parameter and in both engines."""
    program = compile_text(text)
    nodes = [pair for name, value in program.lets.items() for pair in flattened(name, value).items()]
    return plan(program, nodes, trading=any(node.kind == "book" for _, node in nodes))


def written(call: Call, *, source: str = "close", length: str = "5", every: bool = False) -> str:
    """A call with suitable arguments. every: lengths that have a default are given too."""
    given = {}
    for argument in call.arguments:
        if argument.default and not (every and argument.kind == LENGTH):
            continue
        if argument.kind == LENGTH:
            given[argument.name] = length
        elif argument.kind == CONDITION:
            given[argument.name] = f"{source} > open"
        elif argument.kind not in (FLAG, FACTOR):
            mine = OWN.get(argument.name, source)
            given[argument.name] = f"({mine} / 1000)" if call.name in SMALL and mine == source else mine
    return call.text(given)


def lets(call: Call, name: str = "v", **how: Any) -> Iterator[tuple[str, str]]:
    """Names and expressions of a call: one for each field of a record."""
    text = written(call, **how)
    if not call.fields:
        yield name, text
    for field in call.fields:
        yield f"{name}_{field}", f"{text}.{field}"


def text_of(pairs: Iterator[tuple[str, str]]) -> str:
    return "".join(f"let {name} = {expression}\n" for name, expression in pairs)


def same(one: np.ndarray[Any, Any], two: np.ndarray[Any, Any]) -> bool:
    """To the last bit, missing values equal."""
    return bool(((one.view(np.int64) == two.view(np.int64)) | (np.isnan(one) & np.isnan(two))).all())


__all__ = ["Values", "lets", "same", "sg", "text_of", "values", "written"]
