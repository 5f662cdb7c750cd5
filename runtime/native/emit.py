"""From a plan to LLVM text: the function `run` that the native engine fuses with the operators it calls.

The text is the interpreted engine's, in another language: the same phases in the same order
(`docs/architecture.md`), the same names of values, the same places of state. It never holds a constant of the
program: parameters and constants are read from the parameter array, so that changing one compiles nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Collection

from ...lang.plan.model import Plan
from ..machine.outputs import BOOKS, out_count
from ..trading.phases import EVENT
from . import emit_ahead, emit_clocks
from .ahead import ahead
from .emit_block import Block, registers, steps
from .emit_frame import GIVEN, RUN, bar, begun, ended, go_on, hand_out, inbox, output_text, parameters_of
from .emit_text import Function
from .emit_trading import Operands, decide, drop_rows, full, gauges, moments, new_day, part_of, wishes
from .symbols import declaration


def emit(plan: Plan, called: Collection[str] = (), *, keep_rows: bool = True, apart: bool = False) -> str:
    """The module of a plan, with the operators it calls declared.

    called: the symbols that will not be inlined; registers would be of no use to them.
    keep_rows: a full buffer of rows ends the call, so that the host takes them; otherwise it is emptied.
    apart: series and books have a loop each (see `ahead`), where there is something to compute ahead; rows are kept.
    """
    calls: set[str] = set()
    parameters = parameters_of(plan)
    functions = emit_clocks.define(plan, calls, parameters)
    split = ahead(plan) if apart and keep_rows else None
    if split is None:
        functions += [_run(plan, called, calls, parameters, keep_rows), *_nothing_ahead()]
    else:
        functions += emit_ahead.define(plan, split, called, calls, parameters)
    return "\n".join([*(declaration(symbol) for symbol in sorted(calls)), "", *functions])


def _nothing_ahead() -> list[str]:
    """The functions of a kernel that computes nothing ahead of its books, or has none."""
    return [
        "@ahead = constant i64 0\n",
        f"{RUN.format('series')} {{\n  ret i64 %stop\n}}\n",
        f"{RUN.format('books')} {{\n  %reached = call i64 @run({GIVEN})\n  ret i64 %reached\n}}\n",
    ]


def _run(plan: Plan, called: Collection[str], calls: set[str], parameters: list[str], keep_rows: bool) -> str:
    function = begun("run", plan, parameters)
    held = steps(plan, called)
    back = registers(function, held)
    if plan.trading:
        inbox(function)
    _loop(function, plan, Block(function, plan, calls, held=held), keep_rows)
    return ended(function, back)


def _loop(function: Function, plan: Plan, base: Block, keep_rows: bool) -> None:
    """The bars: item j of every column and output is bar first + j."""
    bar(function, plan)
    with function.region():
        _event(function, plan, base)
    if plan.trading and not keep_rows:
        drop_rows(function)
    more = go_on(function)
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
        own["gauges"] = lambda: gauges(function, plan, base, at, calls)
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
