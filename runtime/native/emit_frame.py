"""What the functions of every kernel begin with, how they read columns and how they hand out numbers, in LLVM."""

from __future__ import annotations

from collections.abc import Sequence

from ...lang.plan.model import Output, Plan
from ...lang.plan.operands import BOOL, COUNT, NUMBER, slots
from ..machine.outputs import out_count
from ..trading import layout
from .emit_block import Block
from .emit_text import DOUBLE, I64, Function

RUN = """define i64 @{}(i64 %first, i64 %stop, ptr noalias %columns, ptr noalias %params, ptr noalias %f,
  ptr noalias %k, ptr noalias %w, ptr noalias %outs, ptr noalias %b, ptr noalias %bk, ptr noalias %trades,
  ptr noalias %orders, ptr noalias %records) nounwind"""
"""A function of a kernel, by its name. Behind the plan's columns stand those that `series` writes and `books` reads."""

GIVEN = "i64 %first, i64 %stop, " + ", ".join(
    f"ptr %{name}" for name in "columns params f k w outs b bk trades orders records".split()
)
"""The arguments of one of them, handed on."""


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


def pointers(function: Function, stem: str, array: str, count: int) -> None:
    """Load the pointers of `array` as %{stem}0, %{stem}1 …"""
    for place in range(count):
        function.once(f"%{stem}{place}.at = getelementptr ptr, ptr %{array}, i64 {place}")
        function.once(f"%{stem}{place} = load ptr, ptr %{stem}{place}.at")


def begun(name: str, plan: Plan, parameters: Sequence[str]) -> Function:
    """A function with the parameters of the program, its columns and its outputs at hand."""
    function = Function(RUN.format(name))
    for line in parameters:
        function.once(line)
    pointers(function, "c", "columns", len(plan.columns))
    pointers(function, "o", "outs", out_count(plan))
    for place in range(out_count(plan)):
        function.once(f"%o{place}.asked = icmp ne ptr %o{place}, null")
    return function


def inbox(function: Function) -> None:
    """Where what statements want is written, at hand."""
    function.once(f"%inbox.at = getelementptr i64, ptr %bk, i64 {layout.INBOX}")
    function.once("%inbox = load i64, ptr %inbox.at")


def go_on(function: Function) -> str:
    """The end of a bar: the next one is `%i.next`; whether there is one."""
    function.go("next")
    function.label("next")
    function.line("%i.next = add i64 %i, 1")
    function.set("%i.at", "%i.next", I64)
    return function.let("icmp slt i64 %i.next, %stop")


def ended(function: Function, back: Sequence[str]) -> str:
    """The text of a function over bars, which gives the bar it has reached. back: lines before it returns."""
    function.label("exit")
    function.line("%reached = load i64, ptr %i.at")
    for line in back:
        function.line(line)
    function.line("ret i64 %reached")
    function.once("%any = icmp slt i64 %first, %stop")
    function.once("br i1 %any, label %bar, label %exit")
    return function.text()


def bar(function: Function, plan: Plan) -> None:
    """The lines that begin a loop over the bars: item j of every column and output is bar first + j."""
    function.once("%i.at = alloca i64")
    function.once("store i64 %first, ptr %i.at")
    function.label("bar")
    function.line("%i = load i64, ptr %i.at")
    function.line("%j = sub i64 %i, %first")
    for place, column in enumerate(plan.columns):
        kind = I64 if column.whole else DOUBLE
        function.line(f"%x{place}.at = getelementptr {kind}, ptr %c{place}, i64 %j")
        function.line(f"%x{place} = load {kind}, ptr %x{place}.at")


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


def hand_out(function: Function, place: int, value: str, item: str = "%j", stem: str = "o") -> None:
    """Write it into the output at this place, where that is asked for."""
    name = f"{stem}{place}"
    function.branch(f"%o{place}.asked", f"{name}.write", f"{name}.past")
    function.label(f"{name}.write")
    function.line(f"%{name}.to = getelementptr double, ptr %o{place}, i64 {item}")
    function.line(f"store double {value}, ptr %{name}.to")
    function.go(f"{name}.past")
    function.label(f"{name}.past")
