"""How long a value waits: the closed bars of each clock that it needs before it means anything."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence

from ...stdlib.primitives import evaluate
from ..program.nodes import BASE, Node, walk
from ..program.program import Program
from .constants import MISSING, Stage
from .formulas import value
from .warmup import Need, Needs


def waiting(program: Program, nodes: Sequence[Node], values: Mapping[str, float | bool]) -> dict[str, int]:
    """Closed bars by clock ("base", "4h" …) of those that these nodes wait for, with these values of parameters;
    clocks of which none are needed are left out. Bars that are counted only since others are warm are left out, too:
    when that is, the data say.
    """
    return waiting_each(program, [nodes], values)[0]


def waiting_each(
    program: Program, groups: Sequence[Sequence[Node]], values: Mapping[str, float | bool]
) -> list[dict[str, int]]:
    """What `waiting` says of each of several groups of nodes, learnt at once."""
    stage = Stage()
    every = [node for nodes in groups for node in nodes]
    needs = Needs(stage, tuple(walk(every, dict(program.cells))), program.cells)
    each = [needs.of(*nodes) for nodes in groups]
    known = _known(stage, {param.name: param.default for param in program.params} | dict(values))
    return [_counted(need, known) for need in each]


def _counted(need: Need, known: array[float]) -> dict[str, int]:
    found: dict[str, int] = {}
    for bars, count in need.items():
        if bars.since:
            continue
        name = "base" if bars.clock is BASE else str(bars.clock)
        bars_needed = value(count.form, known) + (0 if bars.growing else 1)
        if bars_needed > (1 if name == "base" else 0):
            found[name] = max(found.get(name, 0), bars_needed)
    return found


def _known(stage: Stage, values: Mapping[str, float | bool]) -> array[float]:
    """The rows of a stage with these values of parameters."""
    found: array[float] = array("d")
    for kind, what, slots in stage.rows:
        if kind == "const":
            found.append(MISSING if what is None else float(what))
        elif kind == "param":
            found.append(float(values.get(str(what), MISSING)))
        else:
            found.append(float(evaluate(str(what), [found[at] for at in slots])))
    return found


def steady(node: Node, values: Mapping[str, float | bool]) -> float | bool:
    """The value of a constant, or of what is known when the parameters are."""
    stage = Stage()
    slot = stage.slot(node)
    found = _known(stage, values)[slot]
    return found != 0.0 if node.type == "bool" else found
