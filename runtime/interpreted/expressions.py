"""Ops to Python: one line each, or part of the line that reads it where that is the only one.

A value that is read once becomes an expression inside its reader, which saves CPython a store, a load and, in
a branch not taken, the work. Only functions of values are moved so; whatever reads state stays where it is.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ...lang.plan.model import BASE_CLOCK, COUNT, GROWING, Commit, Counter, Gate, Op, Plan
from ...lang.plan.operands import BOOL, kinds, uses
from ...stdlib.operator import find_operator
from ...stdlib.primitives import PRIMITIVES
from .writer import Writer, known

DEEPEST = 6
"""Levels of expressions within expressions; CPython's parser has a limit, readers have another."""


FEW = 3
"""Parts of a gate that are written wherever they are asked for."""


class Expressions:
    """Writes the ops of one block. `peeked` is the place of the clock whose growing bar is read, if one is."""

    def __init__(self, writer: Writer, plan: Plan, own: int = BASE_CLOCK, peek: bool = False) -> None:
        self.writer, self.plan, self.own, self.peek = writer, plan, own, peek
        self._opened: dict[tuple[str, tuple[int, int]], str] = {}
        self._texts: dict[int, tuple[str, int]] = {}  # value -> its text, and how deep that is

    def write(self, ops: Sequence[Op], leaving: Sequence[int] = ()) -> None:
        """The lines of the ops; `leaving` are values read outside of them."""
        read = uses(ops, leaving)
        read.update(leaving)  # what leaves is always given a name
        repeated = _repeated(ops)
        for op in ops:
            text, depth = _RULES[op.kind](self, op)
            moved = op.kind == "pure" and read[op.id] == 1 and op.id not in repeated and depth < DEEPEST
            inline = moved or (text[0] == "x" and text[1:].isdecimal())
            if not inline:
                self.writer.line(f"v{op.id} = {text}")
            self._texts[op.id] = (text, depth) if inline else (f"v{op.id}", 0)

    def name(self, value: int, kind: str) -> str:
        """The text of an operand."""
        return known(value, kind) if value < 0 else self._texts.get(value, (f"v{value}", 0))[0]

    def gate(self, gate: Gate) -> str:
        """A condition: of everything named more bars were counted than its threshold. "" if nothing is asked.

        A long one is written once, as a name, and what others begin with as well: not within a block.
        """
        growing = self.own if self.peek else BASE_CLOCK
        if len(gate) <= FEW:
            return self._open(gate, growing)
        opened = ""
        for pair in gate:
            known = opened, pair
            if known not in self._opened:
                name = self.writer.name("g")
                self.writer.line(f"{name} = {f'{opened} and ' if opened else ''}{self._open((pair,), growing)}")
                self._opened[known] = name
            opened = self._opened[known]
        return opened

    def _open(self, gate: Gate, growing: int) -> str:
        """`growing` is the higher clock whose growing bar counts, if one does."""
        return " and ".join(self._passed(self.plan.counter(what), slot, growing) for what, slot in gate)

    def _passed(self, counter: Counter, slot: int, growing: int) -> str:
        if counter.clock == BASE_CLOCK:
            return f"i >= n{slot}" if counter.at < 0 else f"k[{counter.at}] > n{slot}"
        clock = self.plan.clocks[counter.clock]
        counted = f"k[{clock.at + COUNT if counter.at < 0 else counter.at}]"
        if counter.growing or counter.clock == growing:
            grows = f"k[{clock.at + GROWING}]"
            if counter.gate:
                grows = f"(1 if {grows} and {self._open(counter.gate, counter.clock)} else 0)"
            counted = f"{counted} + {grows}"
        return f"{counted} > n{slot}"

    def count(self) -> None:
        """Counters of this block's clock go on, before anything of this bar reads them."""
        for counter in self.plan.counted(self.own):
            self.writer.line(f"if {self.gate(counter.gate)}: k[{counter.at}] += 1")

    def commit(self, commits: Sequence[Commit]) -> None:
        """Store cells at the end of their block."""
        for commit in commits:
            value, begun = commit.at
            text = self.name(commit.value, commit.type)
            self.writer.line(f"k[{value}] = 1 if {text} else 0" if commit.type == BOOL else f"f[{value}] = {text}")
            self.writer.line(f"k[{begun}] = 1")

    # --- one method a kind of op; each gives the text and how deep it is ------------------------------

    def _operands(self, op: Op) -> tuple[list[str], int]:
        depth = max((self._texts.get(arg, ("", 0))[1] for arg in op.args), default=0)
        return [self.name(arg, kind) for arg, kind in zip(op.args, kinds(op), strict=True)], depth

    def _column(self, op: Op) -> tuple[str, int]:
        return (f"x{op.at[0]} != 0.0" if op.type == BOOL else f"x{op.at[0]}"), 0

    def _index(self, op: Op) -> tuple[str, int]:
        if self.own == BASE_CLOCK:
            return "float(i)", 0
        counted = f"k[{self.plan.clocks[self.own].at + COUNT}]"
        return (f"float({counted})" if self.peek else f"float({counted} - 1)"), 0

    def _bar(self, op: Op) -> tuple[str, int]:
        return f"f[{op.at[0]}]", 0

    def _held(self, op: Op) -> tuple[str, int]:
        slot, clock = op.at
        seen = f"k[{self.plan.clocks[clock].at + COUNT}]"
        return (f"k[{slot}]" if op.type == BOOL else f"f[{slot}] if {seen} else NA"), 0

    def _event(self, op: Op) -> tuple[str, int]:
        slot, clock = op.at
        return (f"k[{slot}] if z{clock} else 0" if op.type == BOOL else f"f[{slot}] if z{clock} else NA"), 0

    def _closes(self, op: Op) -> tuple[str, int]:
        return f"z{op.at[0]}", 0

    def _pure(self, op: Op) -> tuple[str, int]:
        operands, depth = self._operands(op)
        return PRIMITIVES[op.name].expression(*operands), depth + 1

    def _step(self, op: Op) -> tuple[str, int]:
        operands, depth = self._operands(op)
        return f"{step_name(op)}({', '.join([f'f{op.id}', f'k{op.id}', f'w{op.id}', *operands])})", depth + 1

    def _output(self, op: Op) -> tuple[str, int]:
        return f"f[{op.at[0]}]", 0

    def _previous(self, op: Op) -> tuple[str, int]:
        value, begun = op.at
        (init,), depth = self._operands(op)
        return f"{'k' if op.type == BOOL else 'f'}[{value}] if k[{begun}] else {init}", depth

    def _lagged(self, op: Op) -> tuple[str, int]:
        value, begun = op.at
        return (f"k[{value}]" if op.type == BOOL else f"f[{value}] if k[{begun}] else NA"), 0

    def _cell(self, op: Op) -> tuple[str, int]:
        (init, update), depth = self._operands(op)
        gate = self.gate(op.gate)
        return (f"{update} if {gate} else {init}" if gate else update), depth

    def _book(self, op: Op) -> tuple[str, int]:
        return f"read_{op.name.replace('.', '_')}(b, bk)", 0


def step_name(op: Op) -> str:
    """The name of an operator's step; the keys of operators are ours, those of a host's functions too."""
    assert find_operator(op.name) is not None
    return f"step_{op.name}"


def _repeated(ops: Sequence[Op]) -> set[int]:
    """Values that a reader's text mentions more than once: they must be names."""
    found: set[int] = set()
    for op in ops:
        if op.kind == "pure":
            row = PRIMITIVES[op.name]
            found.update(arg for place, arg in enumerate(op.args) if row.reads(place) > 1)
    return found


_RULES: dict[str, Callable[[Expressions, Op], tuple[str, int]]] = {
    "column": Expressions._column,
    "index": Expressions._index,
    "bar": Expressions._bar,
    "held": Expressions._held,
    "event": Expressions._event,
    "closes": Expressions._closes,
    "pure": Expressions._pure,
    "step": Expressions._step,
    "output": Expressions._output,
    "previous": Expressions._previous,
    "lagged": Expressions._lagged,
    "cell": Expressions._cell,
    "book": Expressions._book,
}
