"""The phases of trading in LLVM: hot functions inlined (`@op_…`), cold ones called (`@sg_…`)."""

from __future__ import annotations

from collections.abc import Sequence

from ...lang.plan.model import Decision, Plan
from ...lang.plan.operands import BOOL, NUMBER
from ..trading import layout
from .emit_block import Block
from .emit_text import DOUBLE, I64, Function

BUFFERS = "ptr %b, ptr %bk, ptr %trades, ptr %orders, ptr %records"


class Prices:
    """The columns that trading reads, as typed operands."""

    def __init__(self, plan: Plan) -> None:
        self.time = f"i64 %x{plan.column('time')}"
        self.open, self.high, self.low, self.close = (
            f"double %x{plan.column(name)}" for name in ("open", "high", "low", "close")
        )


def new_day(function: Function, plan: Plan, calls: set[str]) -> None:
    """Phase 0: the day in the calendar zone is another than the bar's before."""
    column, slot = plan.day
    changed = function.let(f"fcmp une double %x{column}, {function.load('f', slot)}")
    function.branch(changed, "day.new", "day.same")
    function.label("day.new")
    function.store("f", slot, f"%x{column}")
    if plan.trading:
        call(function, calls, "sg_new_day", "ptr %b, ptr %bk")
    function.go("day.same")
    function.label("day.same")


def fills(function: Function, at: Prices, calls: set[str]) -> None:
    """Phases 2 to 4: fills, the mark, guards."""
    books = "ptr %b, ptr %bk"
    attention = call(function, calls, "op_attention", f"{books}, {at.high}, {at.low}")
    _when(function, calls, attention, "sg_fill",
          f"{BUFFERS}, i64 %i, {at.time}, {at.open}, {at.high}, {at.low}, {at.close}")  # fmt: skip
    call(function, calls, "op_mark", f"{books}, {at.high}, {at.low}, {at.close}")
    keep = function.load("bk", layout.KEEP_RECORDS, I64)
    _when(function, calls, keep, "sg_record_mark", f"{books}, ptr %records, i64 %i")
    tripped = call(function, calls, "op_tripped", books)
    _when(function, calls, tripped, "sg_trip", f"{BUFFERS}, i64 %i, {at.time}, {at.close}")


def decide(function: Function, decisions: Sequence[Decision], base: Block, at: Prices, calls: set[str]) -> None:
    """Phase 6: what statements want, then `decide` if any does."""
    wanted = function.alloca("wanted", I64)
    function.set(wanted, "0", I64)
    for decision in decisions:
        function.joint()
        _want(function, decision, base, calls)
    function.joint()
    either = function.get(wanted, I64)
    if any(decision.expire_kind for decision in decisions):
        due = call(function, calls, "op_due", f"ptr %b, ptr %bk, i64 %i, {at.time}")
        either = function.let(f"or i64 {either}, {due}")
    _when(function, calls, either, "sg_decide", f"{BUFFERS}, i64 %i, {at.time}, {at.close}")


def _want(function: Function, decision: Decision, base: Block, calls: set[str]) -> None:
    """If the condition holds, is warm and could act: the inbox is written."""
    stem = f"d{decision.index}"
    gate = base.decided(decision.gate)
    function.branch(base.text(decision.when, BOOL), f"{stem}.holds", f"{stem}.past")
    function.label(f"{stem}.holds")
    function.branch(gate(), f"{stem}.warm", f"{stem}.past")
    function.label(f"{stem}.warm")
    accepts = call(function, calls, "op_accepts", f"ptr %b, ptr %bk, i64 {decision.index}")
    function.branch(function.let(f"icmp ne i64 {accepts}, 0"), f"{stem}.acts", f"{stem}.past")
    function.label(f"{stem}.acts")
    with function.region():
        base.write(decision.ops)
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


def call(function: Function, calls: set[str], symbol: str, given: str) -> str:
    """Call a trading function; gives the name of its answer."""
    calls.add(symbol)
    return function.let(f"call i64 @{symbol}({given})")


def _when(function: Function, calls: set[str], condition: str, symbol: str, given: str) -> None:
    """Call a cold function where an i64 is not 0."""
    run, past = f"{symbol}.run", f"{symbol}.past"
    function.branch(function.let(f"icmp ne i64 {condition}, 0"), run, past)
    function.label(run)
    call(function, calls, symbol, given)
    function.go(past)
    function.label(past)
