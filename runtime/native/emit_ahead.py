"""A kernel in two loops: `series`, which runs ahead, and `books`, which trades by what it left (see `ahead`).

The parts of a bar are those of `EVENT`, in its order; each is in one of the loops. What the books read of the series
crosses in columns of eight bytes: a number, a bool as 0 or 1, or which of 64 statements hold and are warm, a bit each.
`run` goes over both, for a caller that has no row left to write between them: one bar.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import Any, TypeAlias

from ...lang.plan.model import BASE_CLOCK, Decision, Gate, Op, Plan
from ...lang.plan.operands import BOOL
from ..machine.outputs import BOOKS
from ..trading import layout
from ..trading.phases import EVENT
from . import emit_calm, emit_clocks
from .ahead import Ahead
from .emit_block import Block, registers
from .emit_frame import GIVEN, RUN, bar, begun, ended, go_on, hand_out, inbox, output_text
from .emit_text import DOUBLE, I64, Function
from .emit_trading import Operands, decide, full, gauges, moments, new_day, part_of, want

_BITS = 64

Key: TypeAlias = "tuple[Any, ...]"
"""("value", its id, its type), ("gate", the gate) or ("wishes", which 64 statements)."""


class _Crossing:
    """The columns that cross: the places of values, gates and wishes, each as it is first read."""

    def __init__(self) -> None:
        self.places: dict[Key, int] = {}

    def place(self, *key: Any) -> int:
        return self.places.setdefault(key, len(self.places))


class _Late(Block):
    """Ops beside the books: values and gates that are known ahead are read where they are asked for."""

    ahead: Ahead
    crossing: _Crossing

    def text(self, value: int, kind: str) -> str:
        if value in self._ops or value not in self.ahead.known:
            return super().text(value, kind)
        place = self.ahead.columns.get(value)
        return self._read(kind, "value", value, kind) if place is None else f"%x{place}"

    def gate(self, gate: Gate) -> str:
        counters = (self.plan.counter(what) for what, _ in gate)
        if all(counter.clock == BASE_CLOCK and counter.at < 0 for counter in counters):
            return super().gate(gate)  # "" if there is none
        return self._read(BOOL, "gate", gate)

    def decided(self, gate: Gate) -> Callable[[], str]:
        return lambda: self.gate(gate)

    def _read(self, kind: str, *key: Any) -> str:
        text = self.cross(*key, kind=I64 if kind == BOOL else DOUBLE)
        return self.function.let(f"icmp ne i64 {text}, 0") if kind == BOOL else text

    def column(self, *key: Any) -> str:
        """The column that crosses under a key."""
        return f"%a{self.crossing.place(*key)}"

    def cross(self, *key: Any, kind: str) -> str:
        """This bar's item of it."""
        at = self.function.let(f"getelementptr {kind}, ptr {self.column(*key)}, i64 %j")
        return self.function.let(f"load {kind}, ptr {at}")


def define(plan: Plan, split: Ahead, called: Collection[str], calls: set[str], parameters: list[str]) -> list[str]:
    """The functions, and how many columns cross."""
    crossing = _Crossing()
    books = _books(plan, split, called, calls, parameters, crossing)
    wanted = list(crossing.places)
    late = {op.id for op in split.derived}
    later = [key for key in wanted if split.derived and (key[0] == "wishes" or key[1] in late)]
    derived = [_derived(plan, split, calls, parameters, crossing, later)] if split.derived else []
    series = _series(plan, split, called, calls, parameters, crossing, [k for k in crossing.places if k not in later])
    both = [
        _in_turn("series", "states", *["derived"] * len(derived)),
        _in_turn("run", "series", "books"),
    ]
    return [f"@ahead = constant i64 {len(crossing.places)}\n", series, *derived, books, *both]


def _in_turn(name: str, *others: str) -> str:
    """A function that calls others, each with its own arguments; gives what the last one does."""
    calls = "".join(f"  %reached{n} = call i64 @{other}({GIVEN})\n" for n, other in enumerate(others))
    return f"{RUN.format(name)} {{\n{calls}  ret i64 %reached{len(others) - 1}\n}}\n"


def _ended(function: Function, plan: Plan, crossing: _Crossing, back: list[str]) -> str:
    for place in range(len(crossing.places)):
        function.once(f"%a{place}.at = getelementptr ptr, ptr %columns, i64 {len(plan.columns) + place}")
        function.once(f"%a{place} = load ptr, ptr %a{place}.at")
    return ended(function, back)


def _held(split: Ahead, called: Collection[str], *, late: bool) -> list[Op]:
    """The steps of a loop that are inlined."""
    ops = split.late if late else split.ops
    return [op for op in ops if op.kind == "step" and f"op_{op.name}" not in called]


# --- the series --------------------------------------------------------------------------------------


def _series(
    plan: Plan, split: Ahead, called: Collection[str], calls: set[str], parameters: list[str], crossing: _Crossing,
    wanted: Sequence[Key],
) -> str:  # fmt: skip
    """The loop over the states. wanted: what it hands over of all that crosses."""
    function = begun("states", plan, parameters)
    held = _held(split, called, late=False)
    back = registers(function, held)
    block = Block(function, plan, calls, held=held)
    bar(function, plan)
    with function.region():
        emit_clocks.advance(function, plan, calls)
        block.count()
        later = {op.id for op in split.derived}
        block.write(op for op in split.ops if op.id not in later)
        for key in wanted:
            function.joint()
            _cross(function, plan, split, block, key, crossing.place(*key))
        block.commit(split.commits)
        _outputs(function, plan, block, split, late=False)
    function.branch(go_on(function), "bar", "exit")
    return _ended(function, plan, crossing, back)


def _derived(
    plan: Plan, split: Ahead, calls: set[str], parameters: list[str], crossing: _Crossing, wanted: Sequence[Key]
) -> str:
    """The loop over what no state depends on: bars that do not wait for one another."""
    function = begun("derived", plan, parameters)
    block = _Late(function, plan, calls)
    block.ahead, block.crossing = split, crossing
    bar(function, plan)
    with function.region():
        block.write(split.derived)
        for key in wanted:
            function.joint()
            _cross(function, plan, split, block, key, crossing.place(*key))
    function.branch(go_on(function), "bar", "exit")
    return _ended(function, plan, crossing, [])


def _cross(function: Function, plan: Plan, split: Ahead, block: Block, key: Key, place: int) -> None:
    """What the books read under this key goes into its column."""
    kind, text = I64, ""
    match key:
        case ("value", value, type):
            text = block.text(value, type)
            kind, text = (I64, function.whole(text)) if type == BOOL else (DOUBLE, text)
        case ("gate", gate):
            text = function.whole(block.gate(gate))
        case ("wishes", group):
            text = _mask(function, block, _wished(plan, split.known, group))
    function.line(f"%a{place}.to = getelementptr {kind}, ptr %a{place}, i64 %j")
    function.line(f"store {kind} {text}, ptr %a{place}.to")


def _mask(function: Function, block: Block, decisions: Sequence[Decision]) -> str:
    """An i64 with a bit for each decision that holds and is warm."""
    text = "0"
    for place, decision in enumerate(decisions):
        function.joint()
        holds = block.text(decision.when, BOOL)
        if gate := block.gate(decision.gate):
            holds = function.let(f"and i1 {holds}, {gate}")
        bit = function.let(f"shl i64 {function.whole(holds)}, {place}")
        text = function.let(f"or i64 {text}, {bit}")
    return text


def _wished(plan: Plan, known_ahead: Collection[int], group: int) -> list[Decision]:
    """The decisions of a group of wishes: those whose condition is known ahead, 64 at a time."""
    found = [decision for decision in plan.decisions if decision.when < 0 or decision.when in known_ahead]
    return found[group * _BITS : (group + 1) * _BITS]


def _outputs(function: Function, plan: Plan, block: Block, split: Ahead, *, late: bool) -> None:
    """The plan's own columns, those that rest on books or those that do not."""
    for place, output in enumerate(plan.outputs, start=len(BOOKS)):
        if late == split.rests_on_books(output.value):
            function.joint()
            hand_out(function, place, output_text(function, block, output))


# --- the books ---------------------------------------------------------------------------------------


def _books(
    plan: Plan, split: Ahead, called: Collection[str], calls: set[str], parameters: list[str], crossing: _Crossing
) -> str:
    function = begun("books", plan, parameters)
    held = _held(split, called, late=True)
    back = registers(function, held)
    inbox(function)
    block = _Late(function, plan, calls, held=held)
    block.ahead, block.crossing = split, crossing
    bar(function, plan)
    with function.region():
        _event(function, plan, split, block)
    more = go_on(function)
    calm = emit_calm.fits(plan, split)
    function.branch(function.let(f"and i1 {more}, {full(function)}"), "calm.begin" if calm else "bar", "exit")
    if calm:
        _calm(function, plan, split, block)
    return _ended(function, plan, crossing, back)


def _calm(function: Function, plan: Plan, split: Ahead, block: _Late) -> None:
    """Stretches of bars on which nothing happens."""
    for array, kind, count in (("cb", DOUBLE, layout.B_FIXED), ("ck", I64, layout.K_FIXED)):
        function.alloca(array, f"[{count} x {kind}]")
    groups: list[list[int]] = []
    while decisions := _wished(plan, split.known, len(groups)):
        groups.append([decision.index for decision in decisions])
    emit_calm.stretch(function, plan, block.calls, [(block.column("wishes", n), of) for n, of in enumerate(groups)])


def _event(function: Function, plan: Plan, split: Ahead, block: _Late) -> None:
    """One bar of the books, part by part."""
    calls, at = block.calls, Operands(plan)

    def day() -> None:
        new_day(function, plan, calls)
        moments(function, plan, at, calls)

    def outputs() -> None:
        for place, (_, slot) in enumerate(BOOKS):
            hand_out(function, place, function.load("b", slot))
        _outputs(function, plan, block, split, late=True)

    own: dict[str, Callable[[], None]] = {
        "day": day,
        "clocks": lambda: None,
        "series": lambda: block.write(split.late),
        "gauges": lambda: gauges(function, plan, block, at, calls),
        "wishes": lambda: _wishes(function, plan, split, block, at),
        "decide": lambda: decide(function, plan, at, calls),
        "commit": lambda: block.commit(split.late_commits),
        "outputs": outputs,
    }
    for part in EVENT:
        if part.name in own:
            own[part.name]()
        elif not part.extra or part.name in plan.extras:
            function.joint()
            part_of(function, part, at, calls)


def _wishes(function: Function, plan: Plan, split: Ahead, block: _Late, at: Operands) -> None:
    """What statements want, into %wanted: of those known ahead nothing is looked at where none holds."""
    if not plan.decisions:
        return
    function.set(function.alloca("wanted", I64), "0", I64)
    group = 0
    while decisions := _wished(plan, split.known, group):
        function.joint()
        mask = block.cross("wishes", group, kind=I64)
        function.branch(function.let(f"icmp ne i64 {mask}, 0"), f"wishes{group}.some", f"wishes{group}.past")
        function.label(f"wishes{group}.some")
        with function.region():
            for place, decision in enumerate(decisions):
                function.joint()
                bit = function.let(f"and i64 {mask}, {1 << place}")
                want(function, decision, block, at, block.calls, split.lazy[decision.index], bit)
        function.go(f"wishes{group}.past")
        function.label(f"wishes{group}.past")
        group += 1
    for decision in plan.decisions:
        if split.rests_on_books(decision.when):
            function.joint()
            want(function, decision, block, at, block.calls, split.lazy[decision.index])
    function.joint()
