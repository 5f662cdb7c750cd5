"""The stretches of a run on which nothing happens: no order waits, no level is reached, no statement acts.

Then a bar is but its mark. The slots of the books that a mark touches are copied out of them for a stretch, so that
LLVM keeps them in registers; nothing is called that could look at the books meanwhile. A bar on which something may
happen is left, untouched, to the loop that has every phase. What calm is, `attention` and `accepts` say.
"""

from __future__ import annotations

from collections.abc import Sequence

from ...lang.plan.model import Plan
from ..machine.outputs import BOOKS
from ..trading.mark import CALM_FLAGS, MARK_KEEPS, MARK_READS
from .ahead import Ahead
from .emit_frame import hand_out
from .emit_text import DOUBLE, I64, Function
from .emit_trading import Operands, ends, phase

MANY = 60
"""Statements of a program whose bars are hardly ever calm."""


def fits(plan: Plan, split: Ahead) -> bool:
    """Whether bars of the plan may be calm: nothing is to be counted, asked or computed on each beside the mark."""
    if len(plan.decisions) > MANY:
        return False
    late = split.late or split.late_commits or any(split.rests_on_books(output.value) for output in plan.outputs)
    asked = any(split.rests_on_books(decision.when) or decision.passed for decision in plan.decisions)
    return not (late or asked or plan.gauges or plan.extras or plan.day or ends(plan))


def stretch(function: Function, plan: Plan, calls: set[str], wishes: Sequence[tuple[str, list[int]]]) -> None:
    """The lines from `calm.begin`, where a bar is past, to `bar` or `exit`; `%i.at` holds the bar that comes next.

    wishes: the columns of wishes, each with the statements of its bits in order.
    """
    function.label("calm.begin")
    busy = "0"
    for flag in CALM_FLAGS:
        busy = function.let(f"or i64 {busy}, {function.load('bk', flag, I64)}")
    function.branch(function.let(f"icmp eq i64 {busy}, 0"), "calm.enter", "bar")
    function.label("calm.enter")
    _copy(function, ("b", "bk"), ("cb", "ck"), MARK_READS)
    for flag in CALM_FLAGS:
        function.store("ck", flag, "0", I64)
    could = [(column, _could(function, plan, calls, statements)) for column, statements in wishes]
    function.go("calm")
    _bars(function, plan, calls, could)
    function.label("calm.leave")
    _copy(function, ("cb", "ck"), ("b", "bk"), MARK_KEEPS)
    left = function.let("icmp slt i64 %c, %stop")
    function.branch(left, "bar", "exit")


def _bars(function: Function, plan: Plan, calls: set[str], could: list[tuple[str, str]]) -> None:
    """The loop itself."""
    function.label("calm")
    function.line("%c = load i64, ptr %i.at")
    function.line("%c.j = sub i64 %c, %first")
    function.branch(function.let("icmp slt i64 %c, %stop"), "calm.look", "calm.leave")
    function.label("calm.look")
    for place, name in ((plan.column(name), name) for name in ("high", "low", "close")):
        function.line(f"%{name}.at = getelementptr double, ptr %c{place}, i64 %c.j")
        function.line(f"%calm{place} = load double, ptr %{name}.at")
    at = Operands(plan, "%c", "calm")
    at.text |= {"b": "ptr %cb", "k": "ptr %ck"}
    attention = phase(function, calls, at, "attention")
    function.branch(function.let(f"icmp eq i64 {attention}, 0"), "calm.quiet", "calm.leave")
    function.label("calm.quiet")
    some = "0"
    for column, held in could:
        to = function.let(f"getelementptr i64, ptr {column}, i64 %c.j")
        act = function.let(f"and i64 {function.let(f'load i64, ptr {to}')}, {held}")
        some = function.let(f"or i64 {some}, {act}")
    function.branch(function.let(f"icmp eq i64 {some}, 0"), "calm.mark", "calm.leave")
    function.label("calm.mark")
    phase(function, calls, at, "mark_calm")
    for place, (_, slot) in enumerate(BOOKS):
        hand_out(function, place, function.load("cb", slot), "%c.j", "calm.o")
    function.set("%i.at", function.let("add i64 %c, 1"), I64)
    function.go("calm")


def _could(function: Function, plan: Plan, calls: set[str], statements: list[int]) -> str:
    """An i64 with a bit for each statement that could act before anything happens."""
    mask = "0"
    for place, statement in enumerate(statements):
        accepts = phase(function, calls, Operands(plan), "accepts", statement=f"i64 {statement}")
        bit = function.let(f"select i1 {function.let(f'icmp ne i64 {accepts}, 0')}, i64 {1 << place}, i64 0")
        mask = function.let(f"or i64 {mask}, {bit}")
    return mask


def _copy(
    function: Function, source: tuple[str, str], target: tuple[str, str], slots: tuple[list[int], list[int]]
) -> None:
    """Slots of both arrays, from one pair of them to another."""
    for kind, origin, place, each in zip((DOUBLE, I64), source, target, slots, strict=True):
        for slot in each:
            function.store(place, slot, function.load(origin, slot, kind), kind)
