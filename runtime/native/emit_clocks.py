"""The higher timeframes in LLVM: the growing bar, the block of a completed one, the peek.

For clock c: `%zC` holds whether this event completed a bar of it, `%uC` whether this very bar did (the other way is
that the bar before ended in a gap). Its block is a function of its own, called from both places and not inlined:
it runs rarely, and what it keeps stays in the arrays.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ...lang.plan.model import COUNT, END, GIVEN, GROWING, Clock, Hold, Plan
from ...lang.plan.operands import BOOL
from ...stdlib.primitives import PRIMITIVES
from .emit_block import Block, copied
from .emit_text import DOUBLE, I1, I64, TYPES, Function
from .outline import Entry

ARRAYS = "ptr noalias %f, ptr noalias %k, ptr noalias %w, ptr noalias %params"
_GIVEN = "ptr %f, ptr %k, ptr %w, ptr %params"
_NEVER = (1 << 63) - 1
"""An end that no bar has."""

Rule = Callable[[Function, str, str], str]


def define(plan: Plan, calls: set[str], parameters: Sequence[str]) -> list[str]:
    """A function per clock that runs its block; `close` runs those that are due, in order."""
    entry = Entry(parameters)
    found = [_closing(plan, place, calls, entry) for place in range(len(plan.clocks))]
    if len(plan.clocks) > 1:
        found.append(_ordered(len(plan.clocks)))
    return found


def _closing(plan: Plan, place: int, calls: set[str], parameters: Entry) -> str:
    clock = plan.clocks[place]
    function = Function(f"define internal void @close_{place}({ARRAYS}) noinline nounwind")
    with function.region():
        function.store("k", clock.at + GROWING, "0", I64)
        count = function.load("k", clock.at + COUNT, I64)
        function.store("k", clock.at + COUNT, function.let(f"add i64 {count}, 1"), I64)
        block = Block(function, plan, calls, place)
        block.count()
        block.write(clock.ops)
        function.joint()
        _hold(block, clock.holds)
        block.commit(clock.commits)
    function.line("ret void")
    function.entry += parameters.needed(function.lines)
    return function.text()


def _hold(block: Block, holds: Sequence[Hold]) -> None:
    for hold in holds:
        block.function.joint()
        text = block.text(hold.value, hold.type)
        if hold.type == BOOL:
            block.function.store("k", hold.slot, block.function.whole(text), I64)
        else:
            block.function.store("f", hold.slot, text)


def _ordered(count: int) -> str:
    """Runs the blocks that are due: the bar that ended first closes first, and of bars that ended together the coarser,
    which comes first here. `%due` holds the end of each clock's bar, and what is later than any where it is not due."""
    cases = " ".join(f"i64 {c}, label %run{c}" for c in range(count))
    blocks = "".join(f"run{c}:\n  call void @close_{c}({_GIVEN})\n  br label %turn\n" for c in range(count))
    return f"""define internal void @close(ptr noalias %due, {ARRAYS}) noinline nounwind {{
entry:
  br label %turn
turn:
  br label %look
look:
  %c = phi i64 [ 0, %turn ], [ %c.next, %look ]
  %first = phi i64 [ 0, %turn ], [ %first.next, %look ]
  %least = phi i64 [ {_NEVER}, %turn ], [ %least.next, %look ]
  %end.at = getelementptr i64, ptr %due, i64 %c
  %end = load i64, ptr %end.at
  %earlier = icmp slt i64 %end, %least
  %first.next = select i1 %earlier, i64 %c, i64 %first
  %least.next = select i1 %earlier, i64 %end, i64 %least
  %c.next = add i64 %c, 1
  %more = icmp slt i64 %c.next, {count}
  br i1 %more, label %look, label %found
found:
  %some = icmp slt i64 %least.next, {_NEVER}
  br i1 %some, label %run, label %done
run:
  %first.at = getelementptr i64, ptr %due, i64 %first.next
  store i64 {_NEVER}, ptr %first.at
  switch i64 %first.next, label %done [ {cases} ]
{blocks}done:
  ret void
}}
"""


def advance(function: Function, plan: Plan, calls: set[str]) -> None:
    """The lines of one event: gaps, merging, completed bars, peeks."""
    clocks = plan.clocks
    if not clocks:
        return
    for field in (field for clock in clocks for field in clock.fields if field.name.startswith(GIVEN)):
        function.joint()
        function.store("f", field.slot, f"%x{field.column}")
    close_time = f"%x{plan.column('close_time')}"
    for c, clock in enumerate(clocks):
        function.joint()
        growing = _growing(function, clock)
        end = function.load("k", clock.at + END, I64)
        other = function.let(f"icmp ne i64 {end}, %x{clock.end}")
        function.set(function.alloca(f"z{c}", I1), function.let(f"and i1 {growing}, {other}"), I1)
    _close_due(function, "z", clocks)
    for c, clock in enumerate(clocks):
        function.joint()
        _merge(function, c, clock)
    for c, clock in enumerate(clocks):
        function.joint()
        complete = function.let(f"icmp sge i64 {close_time}, %x{clock.end}")
        function.set(function.alloca(f"u{c}", I1), complete, I1)
    _close_due(function, "u", clocks)
    for c in range(len(clocks)):
        function.joint()
        either = function.let(f"or i1 {function.get(f'%z{c}', I1)}, {function.get(f'%u{c}', I1)}")
        function.set(f"%z{c}", either, I1)
        _peek(function, plan, c, calls)


def _growing(function: Function, clock: Clock) -> str:
    return function.let(f"icmp ne i64 {function.load('k', clock.at + GROWING, I64)}, 0")


def _close_due(function: Function, flag: str, clocks: Sequence[Clock]) -> None:
    function.joint()
    some = function.get(f"%{flag}0", I1)
    for c in range(1, len(clocks)):
        some = function.let(f"or i1 {some}, {function.get(f'%{flag}{c}', I1)}")
    function.branch(some, f"close.{flag}", f"closed.{flag}")
    function.label(f"close.{flag}")
    if len(clocks) == 1:
        function.line(f"call void @close_0({_GIVEN})")
    else:
        due = function.alloca(f"due.{flag}", f"[{len(clocks)} x i64]")
        for c, clock in enumerate(clocks):
            end = function.load("k", clock.at + END, I64)
            end = function.let(f"select i1 {function.get(f'%{flag}{c}', I1)}, i64 {end}, i64 {_NEVER}")
            function.store(due[1:], c, end, I64)
        function.line(f"call void @close(ptr {due}, {_GIVEN})")
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
    with function.region():
        block.write(clock.peek)
        for sample in clock.forming:
            function.joint()
            function.set(f"%forming{sample.id}", block.text(sample.peeked, sample.type), TYPES[sample.type])
    function.go(f"formed{place}")
    function.label(f"formed{place}")
    for sample in clock.forming:
        function.line(f"%v{sample.id} = load {TYPES[sample.type]}, ptr %forming{sample.id}")


def _bit(function: Function, slot: int) -> str:
    return function.let(f"icmp ne i64 {function.load('k', slot, I64)}, 0")
