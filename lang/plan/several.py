"""From a typed program to the plans of several symbols: what each symbol computes, level by level, and what crosses.

A level's plan gives the arguments of its crossings, for every symbol, over its own bars. What crosses comes back as
columns of the levels above and of the main plan, named by a hash of the expression.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from ..diagnostics.model import ERROR, CompileError, Diagnostic
from ..program.crossings import levels
from ..program.flows import foreign
from ..program.nodes import Node
from ..program.program import Program
from ..words.limits import TextLimits
from .build import level_plan, plan
from .layout import Layout
from .model import FLOWS, Crossing, Level, Plan, Several
from .wanted import Named, wanted

MOST_LEVELS = 16
_CIRCULAR = "a value needs its own past by way of other symbols"


def several(
    program: Program,
    outputs: Sequence[Named] = (),
    *,
    days: bool = False,
    capacity: Mapping[str, float] | None = None,
    limits: TextLimits | None = None,
) -> Several:
    """The plans of a program, of one symbol or of several; what is asked for is as of `plan`.

    CompileError names a limit passed.
    """
    main = plan(program, outputs, days=days, capacity=capacity, limits=limits, gauges=())
    found, circular = levels(wanted(program, outputs, (), True, program.gauges).roots(), program.cells)
    if circular is not None:
        raise CompileError([Diagnostic("E702", ERROR, _CIRCULAR, circular.span)])
    deepest = max(found, key=found.__getitem__, default=None)
    if deepest is not None and found[deepest] >= MOST_LEVELS:
        raise CompileError([Diagnostic(
            "E612", ERROR, f"`of` and functions over all symbols stand within one another more than {MOST_LEVELS} deep",
            deepest.span, help="each is a pass over all bars of all symbols: let fewer stand within one another",
        )])  # fmt: skip
    made = []
    for depth in range(1 + max(found.values(), default=-1)):
        crossings = [node for node, level in found.items() if level == depth]
        made.append(_level(program, crossings, capacity, limits))
    account = _account(program, main, capacity, limits) if program.flows or program.gauges else None
    return Several(main, tuple(made), program.watches, program.universe, program.assumed, account)


def _account(
    program: Program, main: Plan, capacity: Mapping[str, float] | None, limits: TextLimits | None
) -> Plan:  # fmt: skip
    """What decides money that is paid in and taken out, and what guards read, on the account's own bars: the events.

    CompileError where it would depend on one symbol's own reads, as a program may that was made for one symbol.
    """
    said = [Diagnostic("E807", ERROR, wrong, span, help=way_on) for span, wrong, way_on in foreign(program)]
    if said:
        raise CompileError(said)
    alone = replace(
        program, enters=(), exits=(), cancels=(), holds=(), emits=(), alerts=(), guards=(), requires=(), prefer=None
    )  # fmt: skip
    made = plan(alone, capacity=capacity, limits=limits, gauges=program.gauges)
    places = [decision.index for decision in main.decisions if decision.action in FLOWS]
    decisions = zip(made.decisions, places, strict=True)
    return replace(made, decisions=tuple(replace(decision, index=place) for decision, place in decisions))


def _level(
    program: Program, nodes: Sequence[Node], capacity: Mapping[str, float] | None, limits: TextLimits | None
) -> Level:
    layout = Layout({})
    arguments = list(dict.fromkeys(node.args[0] for node in nodes if node.args))
    places = {node.id: place for place, node in enumerate(arguments)}
    counts = [node.args[1] for node in nodes if len(node.args) > 1]
    named = [(layout.key(node), node) for node in arguments]
    made, slots = level_plan(program, named, counts, capacity, limits)
    slot = dict(zip((node.id for node in counts), slots, strict=True))
    return Level(made, tuple(
        Crossing(
            column=layout.key(node),
            function=str(node.data[0]) if node.kind == "across" else node.kind,
            symbol="" if node.kind == "across" else str(node.data[0]),
            type=node.type,
            argument=places[node.args[0].id] if node.args else -1,
            count=slot[node.args[1].id] if len(node.args) > 1 else -1,
        )
        for node in nodes
    ))  # fmt: skip
