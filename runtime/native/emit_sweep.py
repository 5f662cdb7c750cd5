"""The kernel of a run of which only the books after the last bar are wanted: no columns, no rows, no records.

Little happens on most bars. Here the bars on which nothing has to be called form an inner loop without calls, so
that LLVM keeps the books in registers from one event to the next. The functions are those of every other kernel,
in the same order; only where the loop begins is another:

    open    the phases before the series (fills, mark, guards) of a bar on which something may fill
    resume  what each statement could do, until the next event
    bar     series and decisions; if none acts, `calm` opens the next bar: it is marked, or handed to `open`
    act     a decision acts: orders, then `open` for the next bar
    trip    a guard acts after a calm mark, then `resume`
"""

from __future__ import annotations

from ...lang.plan.model import Plan
from ...lang.plan.operands import BOOL
from ..trading import layout
from .emit_block import Block, registers, steps
from .emit_frame import inbox, parameters_of, pointers
from .emit_text import DOUBLE, I64, Function
from .emit_trading import Operands, decide, drop_rows, ends, new_day, opening, phase, wishes
from .symbols import declaration

MANY = 60
"""Statements of a program whose bars are hardly ever calm."""

_BUFFERS = "ptr %b, ptr %bk, ptr %trades, ptr %orders, ptr %records"
_KEPT = f"noalias writable align 8 dereferenceable({8 * layout.B_FIXED})"
_COUNTED = f"noalias writable align 8 dereferenceable({8 * layout.K_FIXED})"
# Nobody else looks at the books during the call: only with that said, and outside of any caller, may LLVM keep them
# in registers where a store depends on a condition.
_RUN = f"""define internal i64 @run(i64 %first, i64 %stop, ptr noalias %columns, ptr noalias %params, ptr noalias %f,
  ptr noalias %k, ptr noalias %w, ptr noalias %outs, ptr {_KEPT} %b, ptr {_COUNTED} %bk, ptr noalias %trades,
  ptr noalias %orders, ptr noalias %records) noinline nounwind"""


def fits(plan: Plan) -> bool:
    """Whether the plan's bars can be calm: it trades, hands out no series, and nothing has to be counted on each bar.

    Of many statements one could act on most bars, and what each could do would be kept in one function.
    """
    timed = any(decision.passed for decision in plan.decisions)
    counted = bool(plan.clocks or plan.outputs or timed or plan.gauges or plan.extras)
    return plan.trading and not counted and len(plan.decisions) <= MANY


def emit_sweep(plan: Plan) -> str:
    """The module of a plan that `fits`, with the operators it calls declared."""
    calls: set[str] = set()
    functions = [_open_bar(plan, calls), _run(plan, calls)]
    return "\n".join([*(declaration(symbol) for symbol in sorted(calls)), "", *functions])


def _open_bar(plan: Plan, calls: set[str]) -> str:
    """The function `open_bar`: the phases of one bar before its series."""
    columns = "".join(f", {_kind(plan, place)} %x{place}" for place in range(len(plan.columns)))
    function = Function(
        f"define internal void @open_bar(i64 %i{columns}, ptr noalias %f, ptr noalias %b, ptr noalias %bk, "
        "ptr noalias %trades, ptr noalias %orders, ptr noalias %records) noinline nounwind"
    )
    new_day(function, plan, calls)
    opening(function, Operands(plan), calls)
    drop_rows(function)
    function.line("ret void")
    return function.text()


def _run(plan: Plan, calls: set[str]) -> str:
    function = Function(_RUN)
    for line in parameters_of(plan):
        function.once(line)
    pointers(function, "c", "columns", len(plan.columns))
    held = steps(plan)
    back = registers(function, held)
    inbox(function)
    base = Block(function, plan, calls, held=held)
    _open(function, plan)
    _resume(function, plan, calls)
    _bar(function, plan, base, calls)
    _calm(function, plan, calls)
    if plan.decisions:
        _act(function, plan, base, calls)
    function.label("exit")
    for line in back:
        function.line(line)
    function.line("ret i64 %stop")
    function.once("%any = icmp slt i64 %first, %stop")
    function.once("br i1 %any, label %open, label %exit")
    return function.text()


def _kind(plan: Plan, place: int) -> str:
    return I64 if plan.columns[place].whole else DOUBLE


def _columns(function: Function, plan: Plan, bar: str, name: str) -> None:
    """Load a bar's columns as %{name}0, %{name}1 …"""
    function.line(f"%{name}.j = sub i64 {bar}, %first")
    for place in range(len(plan.columns)):
        kind = _kind(plan, place)
        function.line(f"%{name}{place}.at = getelementptr {kind}, ptr %c{place}, i64 %{name}.j")
        function.line(f"%{name}{place} = load {kind}, ptr %{name}{place}.at")


def _open(function: Function, plan: Plan) -> None:
    function.label("open")
    edges = ["[ %first, %entry ]", "[ %i.calm, %calm ]", *(["[ %i.acted, %acted ]"] if plan.decisions else [])]
    if plan.day:
        edges.append("[ %i.calm, %calm.day ]")
    function.line(f"%i.open = phi i64 {', '.join(edges)}")
    _columns(function, plan, "%i.open", "y")
    given = "".join(f", {_kind(plan, place)} %y{place}" for place in range(len(plan.columns)))
    function.line(f"call void @open_bar(i64 %i.open{given}, ptr %f, {_BUFFERS})")
    function.go("resume")


def _resume(function: Function, plan: Plan, calls: set[str]) -> None:
    function.label("resume")
    edges = ["[ %i.open, %open ]", *(["[ %i.calm, %tripped.fit ]"] if _guarded(plan) else [])]
    function.line(f"%i.resumed = phi i64 {', '.join(edges)}")
    for decision in plan.decisions:
        could = phase(function, calls, Operands(plan), "accepts", statement=f"i64 {decision.index}")
        function.line(f"%could{decision.index} = icmp ne i64 {could}, 0")
    function.go("bar")


def _bar(function: Function, plan: Plan, base: Block, calls: set[str]) -> None:
    """Series, then whether a decision could act: its condition first, which rarely holds, then its gate."""
    function.label("bar")
    function.line("%i = phi i64 [ %i.resumed, %resume ], [ %i.calm, %marked ]")
    _columns(function, plan, "%i", "x")
    with function.region():
        base.write(plan.ops)
        base.commit(plan.commits)
    wanted = {d.index: function.let(f"and i1 {base.text(d.when, BOOL)}, %could{d.index}") for d in plan.decisions}
    some = _either(function, [*wanted.values(), *_due(function, plan, calls)])
    if some == "false":
        function.go("next")
        return
    function.branch(some, "weigh", "next")
    function.label("weigh")
    warm = [function.let(f"and i1 {wanted[d.index]}, {base.gate(d.gate)}") for d in plan.decisions]
    function.branch(_either(function, [*warm, *_due(function, plan, calls)]), "act", "next")


def _due(function: Function, plan: Plan, calls: set[str]) -> list[str]:
    """Whether a lot expires at this bar, where one can."""
    if not ends(plan):
        return []
    due = phase(function, calls, Operands(plan), "due")
    return [function.let(f"icmp ne i64 {due}, 0")]


def _either(function: Function, bits: list[str]) -> str:
    some = "false"
    for bit in bits:
        some = bit if some == "false" else function.let(f"or i1 {some}, {bit}")
    return some


CALM = ("fill", "mark", "record_mark", "trip")
"""The phases before the series as a calm bar has them: none that fills, the mark, no records, and guards looked at."""


def _calm(function: Function, plan: Plan, calls: set[str]) -> None:
    """The next bar, where no day begins and nothing may fill in it."""
    function.label("next")
    function.line("%i.calm = add i64 %i, 1")
    function.branch(function.let("icmp slt i64 %i.calm, %stop"), "calm.day" if plan.day else "calm", "exit")
    if plan.day:
        column, slot = plan.day
        function.label("calm.day")
        function.line("%day.j = sub i64 %i.calm, %first")
        function.line(f"%day.at = getelementptr double, ptr %c{column}, i64 %day.j")
        function.line("%day = load double, ptr %day.at")
        function.branch(function.let(f"fcmp une double %day, {function.load('f', slot)}"), "open", "calm")
    function.label("calm")
    _columns(function, plan, "%i.calm", "z")
    at = Operands(plan, "%i.calm", "z")
    nowhere = {} if _bracketed(plan) else {"high": "double 0.0", "low": "double 0.0"}
    attention = phase(function, calls, at, "attention", **nowhere)
    function.branch(function.let(f"icmp ne i64 {attention}, 0"), "open", "mark")
    function.label("mark")
    phase(function, calls, at, "mark")
    if _guarded(plan):
        tripped = phase(function, calls, at, "tripped")
        function.branch(function.let(f"icmp ne i64 {tripped}, 0"), "trip", "marked")
        _trip(function, at, calls)
    else:
        function.go("marked")
    function.label("marked")
    function.go("bar")


def _bracketed(plan: Plan) -> bool:
    """Whether an order may have a level that a bar reaches; without one only what waits needs attention."""
    return any(d.rest or any(name.endswith("_BASE") for name, _ in d.inbox) for d in plan.decisions)


def _guarded(plan: Plan) -> bool:
    """Whether a guard does more than deny."""
    return any(limit.action not in ("", "deny") for limit in plan.guards)


def _trip(function: Function, at: Operands, calls: set[str]) -> None:
    function.label("trip")
    phase(function, calls, at, "trip")
    drop_rows(function, "tripped")
    function.go("resume")


def _act(function: Function, plan: Plan, base: Block, calls: set[str]) -> None:
    function.label("act")
    at = Operands(plan)
    wishes(function, plan.decisions, base, at, calls)
    decide(function, plan, at, calls)
    drop_rows(function)
    function.go("acted")
    function.label("acted")
    function.line("%i.acted = add i64 %i, 1")
    function.branch(function.let("icmp slt i64 %i.acted, %stop"), "open", "exit")
