"""How much code a plan is: what compiling it takes, in time and memory, is in step with that.

It is counted in lines of the LLVM text of a run over many bars, which is the longest, from a table of what each part
of a plan becomes, before any of them is written (`runtime/native/emit.py` writes them; a test holds this table to what
it writes). The interpreted engine's text grows alike. What an operator does inside is not counted: a large program
calls its operators instead of copying them.
"""

from __future__ import annotations

from collections.abc import Iterable

from ...stdlib.primitives import PRIMITIVES
from .model import Clock, Decision, Gate, Op, Output, Plan
from .operands import slots

_CROSSING = 4
"""Lines that take a value from one piece of a large function to another; every second op has such a value."""

_OPS = {
    "column": 1, "index": 2, "bar": 2, "held": 6, "event": 5, "closes": 1, "step": 4, "output": 2, "previous": 6,
    "lagged": 6, "cell": 1, "book": 2,
}  # fmt: skip
_COLUMN, _PARAMETER, _COUNTER, _GATE, _COMMIT = 8, 3, 6, 5, 7
_DECISION, _INBOX, _OUTPUT, _ALERT = 18, 3, 12, 8
_GAUGE, _ACTING = 10, 12
"""Lines that hand a guard its reading, and those by which guards act on theirs, of which there are as many at most."""
_CLOCK, _FIELD, _HOLD, _COPY, _FORMING = 70, 9, 4, 3, 12
_BASE = 300


def code(plan: Plan) -> dict[str, int]:
    """Lines by what makes them, in words of the language."""
    parameters = set().union(*slots(plan).values())
    return {
        "expressions": _BASE + _ops(plan.ops) + _COMMIT * len(plan.commits) + _PARAMETER * len(parameters),
        "`enter` and `exit`": sum(map(_decision, plan.decisions)) + (_GAUGE + _ACTING) * len(plan.gauges),
        "signals, alerts and series": sum(map(_output, plan.outputs)),
        "higher timeframes": sum(map(_clock, plan.clocks)),
        "warm-up": _gates(plan) + _COUNTER * len(plan.counters),
        "columns": _COLUMN * len(plan.columns),
    }


def _ops(ops: Iterable[Op]) -> int:
    own = (len(PRIMITIVES[op.name].llvm) if op.kind == "pure" else _OPS[op.kind] for op in ops)
    return sum(_CROSSING // 2 + lines for lines in own)


def _decision(decision: Decision) -> int:
    return _DECISION + _ops(decision.ops) + _INBOX * (len(decision.inbox) + len(decision.texts))


def _output(output: Output) -> int:
    return _OUTPUT + (_ALERT if output.kind == "alert" else 0)


def _clock(clock: Clock) -> int:
    block = _ops(clock.ops) + _COMMIT * len(clock.commits) + _HOLD * len(clock.holds)
    peek = _ops(clock.peek) + _COPY * len(clock.copies) + _FORMING * len(clock.forming)
    return _CLOCK + _FIELD * len(clock.fields) + block + peek


def _gates(plan: Plan) -> int:
    """Gates of one block that begin alike are computed once up to where they part."""
    shared = sum(len(_beginnings(gates)) for gates in _blocks(plan))
    return _GATE * (shared + len(plan.decisions) + len(plan.gauges))


def _blocks(plan: Plan) -> list[list[Gate]]:
    """The gates that are looked at together, block by block."""
    counted = [[counter.gate for counter in plan.counted(place)] for place in range(-1, len(plan.clocks))]
    base = [op.gate for op in plan.ops] + [output.gate for output in plan.outputs]
    base += [decision.gate[1:] for decision in plan.decisions] + [gauge.gate[1:] for gauge in plan.gauges]
    higher = [[op.gate for op in (*clock.ops, *clock.peek)] for clock in plan.clocks]
    return [own + gates for own, gates in zip([base, *higher], counted, strict=True)]


def _beginnings(gates: Iterable[Gate]) -> set[tuple[int, int, int]]:
    """One item for each beginning that some gate has: where it goes on from, and how."""
    known: dict[tuple[int, int, int], int] = {}
    for gate in gates:
        at = 0
        for what, slot in gate:
            at = known.setdefault((at, what, slot), len(known) + 1)
    return set(known)
