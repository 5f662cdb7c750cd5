"""From a plan to LLVM text: the function `run` that the native engine fuses with the operators it calls.

The text is the interpreted engine's, in another language: the same phases in the same order
(`docs/architecture.md`), the same names of values, the same places of state. It never holds a constant of the
program: parameters and constants are read from the parameter array, so that changing one compiles nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Collection

from ...lang.plan.model import Output, Plan
from ...lang.plan.operands import BOOL, COUNT, NUMBER, slots
from ..machine.outputs import BOOKS, out_count
from ..trading import layout
from ..trading.phases import EVENT
from . import emit_clocks
from .emit_block import Block, registers, steps
from .emit_text import DOUBLE, I64, Function
from .emit_trading import Operands, decide, drop_rows, full, moments, new_day, part_of, wishes
from .symbols import declaration

RUN = """define i64 @run(i64 %first, i64 %stop, ptr noalias %columns, ptr noalias %params, ptr noalias %f,
  ptr noalias %k, ptr noalias %w, ptr noalias %outs, ptr noalias %b, ptr noalias %bk, ptr noalias %trades,
  ptr noalias %orders, ptr noalias %records) nounwind"""


def emit(plan: Plan, called: Collection[str] = (), *, keep_rows: bool = True) -> str:
    """The module of a plan, with the operators it calls declared.

    called: the symbols that will not be inlined; registers would be of no use to them.
    keep_rows: a full buffer of rows ends the call, so that the host takes them; otherwise it is emptied.
    """
    calls: set[str] = set()
    parameters = parameters_of(plan)
    functions = [*emit_clocks.define(plan, calls, parameters), _run(plan, called, calls, parameters, keep_rows)]
    return "\n".join([*(declaration(symbol) for symbol in sorted(calls)), "", *functions])


def parameters_of(plan: Plan) -> list[str]:
    """Lines that load the slots of the parameter array as what they are read as."""
    read = slots(plan)
    lines: list[str] = []
    for slot in sorted(read[NUMBER] | read[BOOL] | read[COUNT]):
        lines.append(f"%p{slot}.at = getelementptr double, ptr %params, i64 {slot}")
        lines.append(f"%p{slot} = load double, ptr %p{slot}.at")
    lines += [f"%n{slot} = fptosi double %p{slot} to i64" for slot in sorted(read[COUNT])]
    lines += [f"%q{slot} = fcmp une double %p{slot}, 0.0" for slot in sorted(read[BOOL])]
    return lines


def _run(plan: Plan, called: Collection[str], calls: set[str], parameters: list[str], keep_rows: bool) -> str:
    function = Function(RUN)
    for line in parameters:
        function.once(line)
    pointers(function, "c", "columns", len(plan.columns))
    pointers(function, "o", "outs", out_count(plan))
    for place in range(out_count(plan)):
        function.once(f"%o{place}.asked = icmp ne ptr %o{place}, null")
    held = steps(plan, called)
    back = registers(function, held)
    if plan.trading:
        function.once(f"%inbox.at = getelementptr i64, ptr %bk, i64 {layout.INBOX}")
        function.once("%inbox = load i64, ptr %inbox.at")
    _loop(function, plan, Block(function, plan, calls, held=held), keep_rows)
    function.label("exit")
    function.line("%reached = phi i64 [ %first, %entry ], [ %i.next, %next ]")
    for line in back:
        function.line(line)
    function.line("ret i64 %reached")
    function.once("%any = icmp slt i64 %first, %stop")
    function.once("br i1 %any, label %bar, label %exit")
    return function.text()


def pointers(function: Function, stem: str, array: str, count: int) -> None:
    """Load the pointers of `array` as %{stem}0, %{stem}1 …"""
    for place in range(count):
        function.once(f"%{stem}{place}.at = getelementptr ptr, ptr %{array}, i64 {place}")
        function.once(f"%{stem}{place} = load ptr, ptr %{stem}{place}.at")


def _loop(function: Function, plan: Plan, base: Block, keep_rows: bool) -> None:
    """The bars: item j of every column and output is bar first + j."""
    function.label("bar")
    function.line("%i = phi i64 [ %first, %entry ], [ %i.next, %next ]")
    function.line("%j = sub i64 %i, %first")
    for place, column in enumerate(plan.columns):
        kind = I64 if column.whole else DOUBLE
        function.line(f"%x{place}.at = getelementptr {kind}, ptr %c{place}, i64 %j")
        function.line(f"%x{place} = load {kind}, ptr %x{place}.at")
    with function.region():
        _event(function, plan, base)
    if plan.trading and not keep_rows:
        drop_rows(function)
    function.go("next")
    function.label("next")
    function.line("%i.next = add i64 %i, 1")
    more = function.let("icmp slt i64 %i.next, %stop")
    if plan.trading and keep_rows:
        more = function.let(f"and i1 {more}, {full(function)}")
    function.branch(more, "bar", "exit")


def _event(function: Function, plan: Plan, base: Block) -> None:
    """One bar, part by part."""
    calls = base.calls
    at = Operands(plan) if plan.trading else None
    own: dict[str, Callable[[], None]] = {
        "day": lambda: _day(function, plan, at, calls),
        "clocks": lambda: emit_clocks.advance(function, plan, calls),
        "series": lambda: _series(plan, base),
        "commit": lambda: base.commit(plan.commits),
        "outputs": lambda: _outputs(function, plan, base),
    }
    if at:
        own["wishes"] = lambda: wishes(function, plan.decisions, base, at, calls)
        own["decide"] = lambda: decide(function, plan, at, calls)
    for part in EVENT:
        if part.name in own:
            own[part.name]()
        elif at and (not part.extra or part.name in plan.extras):
            function.joint()
            part_of(function, part, at, calls)


def _day(function: Function, plan: Plan, at: Operands | None, calls: set[str]) -> None:
    new_day(function, plan, calls)
    if at:
        moments(function, plan, at, calls)


def _series(plan: Plan, base: Block) -> None:
    base.count()
    base.write(plan.ops)


def _outputs(function: Function, plan: Plan, base: Block) -> None:
    books = out_count(plan) - len(plan.outputs)
    for place, (_, slot) in enumerate(BOOKS[:books]):
        hand_out(function, place, function.load("b", slot))
    for place, output in enumerate(plan.outputs, start=books):
        function.joint()
        hand_out(function, place, output_text(function, base, output))


def output_text(function: Function, base: Block, output: Output) -> str:
    """The number that an output is on this bar; of an alert, its edge."""
    text = base.text(output.value, output.type)
    if gate := base.gate(output.gate):
        text = function.let(f"and i1 {text}, {gate}")
    if output.kind == "alert":
        before = function.let(f"icmp ne i64 {function.load('k', output.at, I64)}, 0")
        function.store("k", output.at, function.whole(text), I64)
        text = function.let(f"and i1 {text}, {function.let(f'xor i1 {before}, true')}")
    return function.number(text) if output.type == BOOL else text


def hand_out(function: Function, place: int, value: str) -> None:
    """Write it into the output at this place, where that is asked for."""
    function.branch(f"%o{place}.asked", f"o{place}.write", f"o{place}.past")
    function.label(f"o{place}.write")
    function.line(f"%o{place}.to = getelementptr double, ptr %o{place}, i64 %j")
    function.line(f"store double {value}, ptr %o{place}.to")
    function.go(f"o{place}.past")
    function.label(f"o{place}.past")
