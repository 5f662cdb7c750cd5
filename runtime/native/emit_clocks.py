"""The higher timeframes in LLVM: the growing bar, the block of a completed one, the peek.

For clock c: `%zC` holds whether this event completed a bar of it, `%uC` whether this very bar did (the other way is
that the bar before ended in a gap). Its block is a function of its own, called from both places and not inlined:
it runs rarely, and what it keeps stays in the arrays.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ...lang.plan.model import COUNT, END, GROWING, Clock, Hold, Plan
from ...lang.plan.operands import BOOL
from ...stdlib.primitives import PRIMITIVES
from .emit_block import Block, copied
from .emit_text import DOUBLE, I1, I64, TYPES, Function

ARRAYS = "ptr noalias %f, ptr noalias %k, ptr noalias %w, ptr noalias %params"
_GIVEN = "ptr %f, ptr %k, ptr %w, ptr %params"
Rule = Callable[[Function, str, str], str]


def define(plan: Plan, calls: set[str], parameters: Sequence[str]) -> list[str]:
    """A function per clock that runs its block; `close` runs those that are due, in order."""
    found = [_closing(plan, place, calls, parameters) for place in range(len(plan.clocks))]
    if len(plan.clocks) > 1:
        found.append(_ordered(plan.clocks))
    return found


def _closing(plan: Plan, place: int, calls: set[str], parameters: Sequence[str]) -> str:
    clock = plan.clocks[place]
    function = Function(f"define internal void @close_{place}({ARRAYS}) noinline nounwind")
    for line in parameters:
        function.once(line)
    function.store("k", clock.at + GROWING, "0", I64)
    count = function.load("k", clock.at + COUNT, I64)
    function.store("k", clock.at + COUNT, function.let(f"add i64 {count}, 1"), I64)
    block = Block(function, plan, calls, place)
    block.count()
    block.write(clock.ops)
    _hold(block, clock.holds)
    block.commit(clock.commits)
    function.line("ret void")
    return function.text()


def _hold(block: Block, holds: Sequence[Hold]) -> None:
    for hold in holds:
        text = block.text(hold.value, hold.type)
        if hold.type == BOOL:
            block.function.store("k", hold.slot, block.function.whole(text), I64)
        else:
            block.function.store("f", hold.slot, text)


def _ordered(clocks: Sequence[Clock]) -> str:
    """The bar that ended first closes first; of bars that ended together, the coarser, which comes first here."""
    flags = ", ".join(f"i1 %due{c}" for c in range(len(clocks)))
    function = Function(f"define internal void @close({flags}, {ARRAYS}) noinline nounwind")
    places = []
    for c, clock in enumerate(clocks):
        places.append(function.alloca(f"due.{c}", I1))
        function.set(places[c], f"%due{c}", I1)
        function.line(f"%end{c} = load i64, ptr {function.at('k', clock.at + END, I64)}")
    for turn in range(len(clocks)):
        _earliest(function, places, turn)
    function.line("ret void")
    return function.text()


def _earliest(function: Function, places: Sequence[str], turn: int) -> None:
    """Run the block of the first of those that are due with the earliest end."""
    far = str((1 << 63) - 1)
    earliest = far
    ends = []
    for c, place in enumerate(places):
        due = function.get(place, I1)
        ends.append(function.let(f"select i1 {due}, i64 %end{c}, i64 {far}"))
        earliest = function.let(f"call i64 @llvm.smin.i64(i64 {earliest}, i64 {ends[c]})")
    for c, place in enumerate(places):
        run, on = f"turn{turn}.run{c}", f"turn{turn}.past{c}"
        now = function.let(f"icmp eq i64 {ends[c]}, {earliest}")
        due = function.let(f"and i1 {now}, {function.get(place, I1)}")
        function.branch(due, run, on)
        function.label(run)
        function.line(f"call void @close_{c}({_GIVEN})")
        function.set(place, "false", I1)
        function.go(f"turn{turn}.end")
        function.label(on)
    function.go(f"turn{turn}.end")
    function.label(f"turn{turn}.end")


def advance(function: Function, plan: Plan, calls: set[str], close_time: str) -> None:
    """The lines of one event: gaps, merging, completed bars, peeks."""
    clocks = plan.clocks
    for c, clock in enumerate(clocks):
        growing = _growing(function, clock)
        end = function.load("k", clock.at + END, I64)
        other = function.let(f"icmp ne i64 {end}, %x{clock.end}")
        function.set(function.alloca(f"z{c}", I1), function.let(f"and i1 {growing}, {other}"), I1)
    _close_due(function, "z", len(clocks))
    for c, clock in enumerate(clocks):
        _merge(function, c, clock)
    for c, clock in enumerate(clocks):
        complete = function.let(f"icmp sge i64 {close_time}, %x{clock.end}")
        function.set(function.alloca(f"u{c}", I1), complete, I1)
    _close_due(function, "u", len(clocks))
    for c in range(len(clocks)):
        either = function.let(f"or i1 {function.get(f'%z{c}', I1)}, {function.get(f'%u{c}', I1)}")
        function.set(f"%z{c}", either, I1)
        _peek(function, plan, c, calls)


def _growing(function: Function, clock: Clock) -> str:
    return function.let(f"icmp ne i64 {function.load('k', clock.at + GROWING, I64)}, 0")


def _close_due(function: Function, flag: str, count: int) -> None:
    flags = [function.get(f"%{flag}{c}", I1) for c in range(count)]
    some = flags[0]
    for other in flags[1:]:
        some = function.let(f"or i1 {some}, {other}")
    function.branch(some, f"close.{flag}", f"closed.{flag}")
    function.label(f"close.{flag}")
    given = ", ".join([*(f"i1 {bit}" for bit in flags), _GIVEN])
    function.line(f"call void @close_0({_GIVEN})" if count == 1 else f"call void @close({given})")
    function.go(f"closed.{flag}")
    function.label(f"closed.{flag}")


# --- the growing bar ---------------------------------------------------------------------------------


def _merge(function: Function, place: int, clock: Clock) -> None:
    """A base bar joins the growing one, or begins it. What is missing is passed over."""
    function.branch(_growing(function, clock), f"merge{place}", f"begin{place}")
    function.label(f"merge{place}")
    for field in clock.fields:
        if rule := _MERGED.get(field.name):
            held, value = function.load("f", field.slot), f"%x{field.column}"
            function.store("f", field.slot, rule(function, held, value))
    function.go(f"grown{place}")
    function.label(f"begin{place}")
    function.store("k", clock.at + GROWING, "1", I64)
    function.store("k", clock.at + END, f"%x{clock.end}", I64)
    for field in clock.fields:
        function.store("f", field.slot, f"%x{field.column}")
    function.go(f"grown{place}")
    function.label(f"grown{place}")


def _first(function: Function, held: str, value: str) -> str:
    return _choose(function, _missing(function, held), value, held)


def _extreme(predicate: str) -> Rule:
    def merged(function: Function, held: str, value: str) -> str:
        beyond = function.let(f"fcmp {predicate} double {value}, {held}")
        either = function.let(f"or i1 {beyond}, {_missing(function, held)}")
        return _choose(function, either, value, held)

    return merged


def _last(function: Function, held: str, value: str) -> str:
    return _choose(function, _missing(function, value), held, value)


def _total(function: Function, held: str, value: str) -> str:
    total = f"%{function.name('total')}"
    for line in PRIMITIVES["add"].lines(total, held, value):
        function.line(line)
    began = _choose(function, _missing(function, held), value, total)
    return _choose(function, _missing(function, value), held, began)


def _missing(function: Function, value: str) -> str:
    return function.let(f"fcmp uno double {value}, {value}")


def _choose(function: Function, condition: str, yes: str, no: str) -> str:
    return function.let(f"select i1 {condition}, double {yes}, double {no}")


_MERGED: dict[str, Rule] = {
    "open": _first, "high": _extreme("ogt"), "low": _extreme("olt"), "close": _last, "volume": _total,
}  # fmt: skip
"""How a base bar joins the growing one; calendar fields stay as they began."""


# --- forming samples -----------------------------------------------------------------------------------


def _peek(function: Function, plan: Plan, place: int, calls: set[str]) -> None:
    """Forming samples: what is held where this bar completed the higher one, else a step of copies."""
    clock = plan.clocks[place]
    if not clock.forming:
        return
    for sample in clock.forming:
        function.alloca(f"forming{sample.id}", TYPES[sample.type])
    function.branch(function.get(f"%u{place}", I1), f"held{place}", f"peek{place}")
    function.label(f"held{place}")
    for sample in clock.forming:
        held = function.load("f", sample.slot) if sample.type != BOOL else _bit(function, sample.slot)
        function.set(f"%forming{sample.id}", held, TYPES[sample.type])
    function.go(f"formed{place}")
    function.label(f"peek{place}")
    for copy in clock.copies:
        kind = I64 if copy.array == "k" else DOUBLE
        target, source = function.at(copy.array, copy.target, kind), function.at(copy.array, copy.source, kind)
        function.line(copied(target, source, copy.count))
    block = Block(function, plan, calls, place, peek=True)
    block.write(clock.peek)
    for sample in clock.forming:
        function.set(f"%forming{sample.id}", block.text(sample.peeked, sample.type), TYPES[sample.type])
    function.go(f"formed{place}")
    function.label(f"formed{place}")
    for sample in clock.forming:
        function.line(f"%v{sample.id} = load {TYPES[sample.type]}, ptr %forming{sample.id}")


def _bit(function: Function, slot: int) -> str:
    return function.let(f"icmp ne i64 {function.load('k', slot, I64)}, 0")
