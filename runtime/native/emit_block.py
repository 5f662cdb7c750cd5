"""Ops to LLVM: a few lines each, into the function that runs their block.

The state of operators lies in the arrays; that of those a loop inlines is copied out of them while it runs, into what
LLVM makes registers of (`registers`).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence

from ...lang.plan.model import BASE_CLOCK, COUNT, GROWING, Commit, Counter, Gate, Op, Plan
from ...lang.plan.operands import BOOL, NUMBER, kinds
from ...stdlib.operator import operator_of
from ...stdlib.primitives import PRIMITIVES
from .emit_text import DOUBLE, I64, NA, PTR, Function, known

_FEW = 3
"""Parts of a decision's gate that are looked at only when its condition holds."""


class Block:
    """Writes the ops of one block into a function. `calls` collects the symbols that have to be declared.

    held: the steps whose state `registers` named.
    """

    def __init__(
        self, function: Function, plan: Plan, calls: set[str], own: int = BASE_CLOCK, peek: bool = False,
        held: Iterable[Op] = (),
    ) -> None:  # fmt: skip
        self.function, self.plan, self.calls = function, plan, calls
        self.own, self.peek = own, peek
        self._registers = {op.id for op in held}
        self._ops: dict[int, Op] = {}
        self._texts: dict[int, str] = {}
        self._opened: dict[tuple[str, tuple[int, int], int], str] = {}

    def write(self, ops: Iterable[Op]) -> None:
        """The ops, in a region of the caller's."""
        for op in ops:
            self.function.joint()
            self._ops[op.id] = op
            _RULES[op.kind](self, op, f"%v{op.id}")

    def named(self, value: int, text: str) -> None:
        """Give a value a text without computing anything."""
        self._texts[value] = text

    def text(self, value: int, kind: str) -> str:
        """The text of an operand."""
        return known(value, kind) if value < 0 else self._texts.get(value, f"%v{value}")

    def gate(self, gate: Gate) -> str:
        """An i1: of everything named more bars were counted than its threshold. "" if nothing is asked.

        The lines stand where no branch leads around them: what opens a gate is computed once for all that ask.
        """
        return self._open(gate, self.own if self.peek else BASE_CLOCK)

    def decided(self, gate: Gate) -> Callable[[], str]:
        """The same for a decision, whose gate is looked at when its condition holds; what is shared with others, and
        is more than a comparison or two, is computed here and now. The rest is written by the function given."""
        own, shared = (gate[:1], gate[1:]) if len(gate) > _FEW else (gate, ())
        opened = self.gate(shared)

        def rest() -> str:
            kept, self._opened = self._opened, dict(self._opened)
            passed = self.gate(own)
            self._opened = kept
            return self.function.let(f"and i1 {passed}, {opened}") if opened else passed

        return rest

    def _open(self, gate: Gate, growing: int) -> str:
        """`growing` is the higher clock whose growing bar counts, if one does. Gates that begin alike share that."""
        opened = ""
        for pair in gate:
            known = opened, pair, growing
            if known not in self._opened:
                passed = self._passed(self.plan.counter(pair[0]), pair[1], growing)
                self._opened[known] = self.function.let(f"and i1 {opened}, {passed}") if opened else passed
            opened = self._opened[known]
        return opened

    def _passed(self, counter: Counter, slot: int, growing: int) -> str:
        if counter.clock == BASE_CLOCK and counter.at < 0:
            return self.function.let(f"icmp sge i64 %i, %n{slot}")
        counted = self._count(counter.clock) if counter.at < 0 else self.function.load("k", counter.at, I64)
        if counter.clock != BASE_CLOCK and (counter.growing or counter.clock == growing):
            counted = self.function.let(f"add i64 {counted}, {self._grows(counter)}")
        return self.function.let(f"icmp sgt i64 {counted}, %n{slot}")

    def _grows(self, counter: Counter) -> str:
        """An i64: 1 where the growing bar counts too."""
        grows = self.function.load("k", self.plan.clocks[counter.clock].at + GROWING, I64)
        if not counter.gate:
            return grows
        opened = self.function.whole(self._open(counter.gate, counter.clock))
        return self.function.let(f"and i64 {grows}, {opened}")

    def count(self) -> None:
        """Counters of this block's clock go on, before anything of this bar reads them."""
        for counter in self.plan.counted(self.own):
            self.function.joint()
            more = self.function.whole(self.gate(counter.gate))
            held = self.function.load("k", counter.at, I64)
            self.function.store("k", counter.at, self.function.let(f"add i64 {held}, {more}"), I64)

    def _count(self, clock: int) -> str:
        return self.function.load("k", self.plan.clocks[clock].at + COUNT, I64)

    def commit(self, commits: Sequence[Commit]) -> None:
        """Store cells at the end of their block."""
        function = self.function
        for commit in commits:
            function.joint()
            value, begun = commit.at
            text = self.text(commit.value, commit.type)
            if commit.type == BOOL:
                function.store("k", value, function.whole(text), I64)
            else:
                function.store("f", value, text)
            function.store("k", begun, "1", I64)

    # --- one method a kind of op -----------------------------------------------------------------------

    def _column(self, op: Op, result: str) -> None:
        column = f"%x{op.at[0]}"
        if op.type == BOOL:
            self.function.line(f"{result} = fcmp une double {column}, 0.0")
        else:
            self.named(op.id, column)

    def _index(self, op: Op, result: str) -> None:
        number = "%i"
        if self.own != BASE_CLOCK:
            closed = self._count(self.own)
            number = closed if self.peek else self.function.let(f"sub i64 {closed}, 1")
        self.function.line(f"{result} = sitofp i64 {number} to double")

    def _bar(self, op: Op, result: str) -> None:
        self.named(op.id, self.function.load("f", op.at[0]))

    def _held(self, op: Op, result: str) -> None:
        slot, clock = op.at
        if op.type == BOOL:
            self._bit(slot, result)
            return
        seen = self.function.let(f"icmp ne i64 {self._count(clock)}, 0")
        self._or_missing(seen, self.function.load("f", slot), result)

    def _event(self, op: Op, result: str) -> None:
        slot, clock = op.at
        now = self.function.get(f"%z{clock}", "i1")
        if op.type == BOOL:
            self._bit(slot, f"{result}.held")
            self.function.line(f"{result} = and i1 {result}.held, {now}")
        else:
            self._or_missing(now, self.function.load("f", slot), result)

    def _bit(self, slot: int, result: str) -> None:
        self.function.line(f"{result} = icmp ne i64 {self.function.load('k', slot, I64)}, 0")

    def _or_missing(self, condition: str, value: str, result: str) -> None:
        self.function.line(f"{result} = select i1 {condition}, double {value}, double {NA}")

    def _closes(self, op: Op, result: str) -> None:
        self.named(op.id, self.function.get(f"%z{op.at[0]}", "i1"))

    def _pure(self, op: Op, result: str) -> None:
        row = PRIMITIVES[op.name]
        if row.helper:
            self.calls.add(f"op_{row.helper}")
        for line in row.lines(result, *self._operands(op)):
            self.function.line(line)

    def _operands(self, op: Op) -> list[str]:
        return [self.text(arg, kind) for arg, kind in zip(op.args, kinds(op), strict=True)]

    def _step(self, op: Op, result: str) -> None:
        self.calls.add(f"op_{op.name}")
        if op.id not in self._registers:
            for array, kind, slot in zip("fkw", (DOUBLE, I64, DOUBLE), op.at, strict=True):
                self.function.line(f"%{array}{op.id} = getelementptr {kind}, ptr %{array}, i64 {slot}")
        given = [f"{PTR} %{array}{op.id}" for array in "fkw"]
        for text, kind in zip(self._operands(op), kinds(op), strict=True):
            if kind == BOOL:
                text = self.function.whole(text)
            given.append(f"{DOUBLE if kind == NUMBER else I64} {text}")
        self._call(op, f"op_{op.name}({', '.join(given)})", result)

    def _call(self, op: Op, call: str, result: str) -> None:
        """A call of ours: its bools come as i64."""
        if op.type == BOOL:
            self.function.line(f"{result} = icmp ne i64 {self.function.let(f'call i64 @{call}')}, 0")
        else:
            self.function.line(f"{result} = call double @{call}")

    def _output(self, op: Op, result: str) -> None:
        step = self._ops[op.args[0]]
        self.named(op.id, self.function.load(f"f{step.id}", op.at[0] - step.at[0]))

    def _previous(self, op: Op, result: str) -> None:
        value, begun = op.at
        (init,) = self._operands(op)
        seen = self.function.let(f"icmp ne i64 {self.function.load('k', begun, I64)}, 0")
        if op.type == BOOL:
            self._bit(value, f"{result}.held")
            self.function.line(f"{result} = select i1 {seen}, i1 {result}.held, i1 {init}")
        else:
            held = self.function.load("f", value)
            self.function.line(f"{result} = select i1 {seen}, double {held}, double {init}")

    def _lagged(self, op: Op, result: str) -> None:
        value, begun = op.at
        if op.type == BOOL:
            self._bit(value, result)
            return
        seen = self.function.let(f"icmp ne i64 {self.function.load('k', begun, I64)}, 0")
        self._or_missing(seen, self.function.load("f", value), result)

    def _cell(self, op: Op, result: str) -> None:
        init, update = self._operands(op)
        kind = "i1" if op.type == BOOL else DOUBLE
        if gate := self.gate(op.gate):
            self.function.line(f"{result} = select i1 {gate}, {kind} {update}, {kind} {init}")
        else:
            self.named(op.id, update)

    def _book(self, op: Op, result: str) -> None:
        symbol = f"op_read_{op.name.replace('.', '_')}"
        self.calls.add(symbol)
        self._call(op, f"{symbol}(ptr %b, ptr %bk)", result)


_RULES: dict[str, Callable[[Block, Op, str], None]] = {
    "column": Block._column,
    "index": Block._index,
    "bar": Block._bar,
    "held": Block._held,
    "event": Block._event,
    "closes": Block._closes,
    "pure": Block._pure,
    "step": Block._step,
    "output": Block._output,
    "previous": Block._previous,
    "lagged": Block._lagged,
    "cell": Block._cell,
    "book": Block._book,
}


def steps(plan: Plan, called: Collection[str] = ()) -> list[Op]:
    """The steps of the base clock, but for the operators that stay calls."""
    return [op for op in plan.ops if op.kind == "step" and f"op_{op.name}" not in called]


def registers(function: Function, ops: Iterable[Op]) -> list[str]:
    """Names for copies of the steps' scalars, made at the entry; gives the lines that copy them back."""
    back: list[str] = []
    for op in ops:
        operator = operator_of(op.name)
        f, k, w = op.at
        function.once(f"%w{op.id} = getelementptr double, ptr %w, i64 {w}")
        for array, kind, slot, count in (("f", DOUBLE, f, operator.floats), ("k", I64, k, operator.ints)):
            name = f"%{array}{op.id}"
            function.once(f"{name} = alloca [{max(count, 1)} x {kind}]")
            if count:
                function.once(f"{name}.kept = getelementptr {kind}, ptr %{array}, i64 {slot}")
                function.once(copied(name, f"{name}.kept", count))
                back.append(copied(f"{name}.kept", name, count))
    return back


def copied(target: str, source: str, count: int) -> str:
    """A line that copies items of eight bytes."""
    return f"call void @llvm.memcpy.p0.p0.i64(ptr align 8 {target}, ptr align 8 {source}, i64 {8 * count}, i1 false)"
