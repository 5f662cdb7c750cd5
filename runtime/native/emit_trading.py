"""The phases of trading in LLVM: hot functions inlined (`@op_…`), cold ones called (`@sg_…`)."""

from __future__ import annotations

from collections.abc import Sequence

from ...lang.plan.extras import LATE
from ...lang.plan.model import Decision, Op, Plan
from ...lang.plan.operands import BOOL, NUMBER
from ..trading import layout
from ..trading.phases import COLD, EVENT, GAUGES, HOT, OPENING, SEVERAL, Part, Phase
from .emit_block import Block
from .emit_text import DOUBLE, I64, Function

_ARRAYS = {"b": "b", "k": "bk", "trades": "trades", "orders": "orders", "records": "records"}
_PRICES = ("open", "high", "low", "close")
_DECIDE = next(part for part in EVENT if part.name == "decide")


class Operands:
    """What the phases of a bar are given, as typed operands: the columns that trading reads, under a letter."""

    def __init__(self, plan: Plan, bar: str = "%i", letter: str = "x") -> None:
        self.text = {name: f"ptr %{array}" for name, array in _ARRAYS.items()} | {"index": f"i64 {bar}"}
        self.text["time"] = f"i64 %{letter}{plan.column('time')}"
        self.text |= {name: f"double %{letter}{plan.column(name)}" for name in _PRICES}
        self.text |= {name: f"double %{letter}{place}" for name, place in plan.extra_columns}

    def given(self, name: str, **instead: str) -> str:
        """Those that the phase of this name takes, in its order."""
        return ", ".join((self.text | instead)[argument] for argument in phase_named(name).arguments)


def phase_named(name: str) -> Phase:
    """The function of trading of this name."""
    return HOT.get(name) or COLD.get(name) or SEVERAL[name]


def symbol_of(name: str) -> str:
    """What native code calls it: what runs on every bar is inlined."""
    return f"{'op' if name in HOT else 'sg'}_{name}"


def new_day(function: Function, plan: Plan, calls: set[str], name: str = "new_day") -> None:
    """The day in the calendar zone is another than the bar's before, where that matters."""
    if not plan.day:
        return
    column, slot = plan.day
    changed = function.let(f"fcmp une double %x{column}, {function.load('f', slot)}")
    function.branch(changed, "day.new", "day.same")
    function.label("day.new")
    function.store("f", slot, f"%x{column}")
    if plan.trading:
        phase(function, calls, Operands(plan), name, day=f"double %x{column}")
    function.go("day.same")
    function.label("day.same")


def moments(function: Function, plan: Plan, at: Operands, calls: set[str]) -> None:
    """How often the times of day that lots wait for have passed."""
    for decision in plan.decisions:
        if decision.passed:
            opened, closed = (f"i64 %x{place}" for place in decision.passed)
            phase(function, calls, at, "moments", statement=f"i64 {decision.index}", opened=opened, closed=closed)


def ends(plan: Plan) -> bool:
    """Whether something may be due at a close: a lot for its age, the end of an order that rests, wishes under way."""
    late = LATE in plan.extras
    return late or any(decision.expire_kind or decision.rest for decision in plan.decisions)


def opening(function: Function, at: Operands, calls: set[str]) -> None:
    """The phases before the series."""
    for part in OPENING:
        part_of(function, part, at, calls)


def part_of(function: Function, part: Part, at: Operands, calls: set[str], also: str = "") -> None:
    """A part of the event that is a phase of trading, where it is asked for or where `also`, an i64, is not 0."""
    asked = also
    if part.asks:
        answer = phase(function, calls, at, part.asks)
        asked = function.let(f"or i64 {also}, {answer}") if also else answer
    elif part.flag >= 0:
        asked = function.load("bk", part.flag, I64)
    if not asked:
        phase(function, calls, at, part.name)
        return
    function.branch(function.let(f"icmp ne i64 {asked}, 0"), f"{part.name}.run", f"{part.name}.past")
    function.label(f"{part.name}.run")
    phase(function, calls, at, part.name)
    function.go(f"{part.name}.past")
    function.label(f"{part.name}.past")


def phase(function: Function, calls: set[str], at: Operands, name: str, **instead: str) -> str:
    """Call a phase; gives the name of its answer."""
    symbol = symbol_of(name)
    calls.add(symbol)
    return function.let(f"call i64 @{symbol}({at.given(name, **instead)})")


def gauges(function: Function, plan: Plan, base: Block, at: Operands, calls: set[str], *, acts: bool = True) -> None:
    """What guards read of the series, and that they act by it; acts: else somebody else sees to that."""
    for gauge in plan.gauges:
        function.joint()
        stem = f"gauge{gauge.guard}"
        function.branch(base.gate(gauge.gate), f"{stem}.warm", f"{stem}.past")
        function.label(f"{stem}.warm")
        reading = f"double {base.text(gauge.value, NUMBER)}"
        phase(function, calls, at, "gauge", guard=f"i64 {gauge.guard}", reading=reading)
        function.go(f"{stem}.past")
        function.label(f"{stem}.past")
    for part in GAUGES if plan.gauges and acts else ():
        function.joint()
        part_of(function, part, at, calls)


def wishes(function: Function, decisions: Sequence[Decision], base: Block, at: Operands, calls: set[str]) -> None:
    """What statements want, into %wanted."""
    if not decisions:
        return
    function.set(function.alloca("wanted", I64), "0", I64)
    for decision in decisions:
        function.joint()
        want(function, decision, base, at, calls, decision.ops)
    function.joint()


def decide(function: Function, plan: Plan, at: Operands, calls: set[str]) -> None:
    """Decisions become orders, if a statement wants something or a lot has expired, where one can."""
    if not plan.decisions:
        return
    wanted = function.get("%wanted", I64)
    part = _DECIDE if ends(plan) else Part(_DECIDE.name)
    part_of(function, part, at, calls, wanted)


def want(
    function: Function, decision: Decision, base: Block, at: Operands, calls: set[str], ops: Sequence[Op],
    warm: str = "",
) -> None:  # fmt: skip
    """If the condition holds, is warm and could act: the inbox is written, from these ops.

    warm: an i64 that is known and not 0 where it holds and is warm.
    """
    stem = f"d{decision.index}"
    if warm:
        function.branch(function.let(f"icmp ne i64 {warm}, 0"), f"{stem}.warm", f"{stem}.past")
    else:
        gate = base.decided(decision.gate)
        function.branch(base.text(decision.when, BOOL), f"{stem}.holds", f"{stem}.past")
        function.label(f"{stem}.holds")
        function.branch(gate(), f"{stem}.warm", f"{stem}.past")
    function.label(f"{stem}.warm")
    accepts = phase(function, calls, at, "accepts", statement=f"i64 {decision.index}")
    function.branch(function.let(f"icmp ne i64 {accepts}, 0"), f"{stem}.acts", f"{stem}.past")
    function.label(f"{stem}.acts")
    with function.region():
        base.write(ops)
        function.joint()
        _inbox(function, decision, base)
    function.set("%wanted", "1", I64)
    function.go(f"{stem}.past")
    function.label(f"{stem}.past")


def _inbox(function: Function, decision: Decision, base: Block) -> None:
    own = function.let(f"add i64 %inbox, {decision.index * layout.INBOX_WIDTH}")
    box = f"{own[1:]}.box"
    function.line(f"%{box} = getelementptr double, ptr %b, i64 {own}")
    for name, value in decision.inbox:
        function.store(box, getattr(layout, name), base.text(value, NUMBER))
    for place, (value, kind) in enumerate(zip(decision.texts, decision.text_types, strict=True)):
        text = base.text(value, kind)
        function.store(box, layout.TEXT + place, function.number(text) if kind == BOOL else text)
    function.store(box, layout.WANTED, "1.0", DOUBLE)


def full(function: Function) -> str:
    """An i1: no row buffer is nearly full, the next bar may run."""
    return function.let(f"icmp eq i64 {function.load('bk', layout.FULL, I64)}, 0")


def drop_rows(function: Function, stem: str = "rows") -> None:
    """Row buffers that are nearly full begin again; once after every event that may have written some."""
    function.branch(full(function), f"{stem}.fit", f"{stem}.full")
    function.label(f"{stem}.full")
    for slot in (layout.TRADE_ROWS, layout.ORDER_ROWS, layout.RECORD_ROWS, layout.FULL):
        function.store("bk", slot, "0", I64)
    function.go(f"{stem}.fit")
    function.label(f"{stem}.fit")
