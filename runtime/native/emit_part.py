"""The two parts of one bar of one symbol in a portfolio, as LLVM text; the driver calls them (`emit_portfolio`).

`opening` is what happens to a book on the way to this bar's close: its day, and fills. `closing` computes the series
from all books as they are once each is marked, and what the statements want. Higher clocks know nothing of the books,
and stand in the second. The state of operators stays where it lies, as a call is one bar long.
"""

from __future__ import annotations

from collections.abc import Collection

from ...lang.plan.model import Plan
from ...lang.plan.operands import BOOL, NUMBER
from ..machine.outputs import BOOKS
from ..trading import layout
from ..trading.phases import EVENT, READS
from . import emit_clocks
from .emit_block import Block
from .emit_frame import hand_out, inbox, output_text, parameters_of, pointers
from .emit_text import DOUBLE, I64, Function
from .emit_trading import Operands, gauges, moments, new_day, part_of, phase, wishes

ARGUMENTS = ("columns", "params", "f", "k", "w", "outs", "b", "bk", "trades", "orders", "records", "others")
"""Pointers that a part takes after the index of the bar and the item of the columns and outputs that is the bar's.

others: the b and the bk of each book that `plan.books_of` reads, in its order.
"""

_FILL = next(part for part in EVENT if part.name == "fill")
HEAD = "define internal i64 @{}(i64 %i, i64 %j, " + ", ".join(f"ptr %{name}" for name in ARGUMENTS) + ") nounwind"


def emit_parts(plan: Plan, calls: set[str]) -> list[str]:
    """The functions `awake`, `opening` and `closing`, and those of the clocks. `calls` collects what is to be declared.

    `awake` gives 1 where `opening` has something to do; `closing` leaves in k[WANTS] if a statement wants something.
    """
    parameters = parameters_of(plan)
    parts = [_awake(plan, calls), _opening(plan, calls), _closing(plan, calls, parameters)]
    return [*emit_clocks.define(plan, calls, parameters), *parts]


def _awake(plan: Plan, calls: set[str]) -> str:
    function = _begun("awake", plan)
    if any(decision.passed for decision in plan.decisions):
        return _ended(function, "1")
    awake = phase(function, calls, Operands(plan), _FILL.asks)
    if plan.day:
        column, slot = plan.day
        another = function.let(f"fcmp une double %x{column}, {function.load('f', slot)}")
        awake = function.let(f"or i64 {awake}, {function.whole(another)}")
    return _ended(function, awake)


def _opening(plan: Plan, calls: set[str]) -> str:
    function = _begun("opening", plan, {})
    at = Operands(plan)
    new_day(function, plan, calls, "new_day_book")
    moments(function, plan, at, calls)
    part_of(function, _FILL, at, calls)
    return _ended(function)


def emit_account(plan: Plan, calls: set[str]) -> list[str]:
    """The function `deciding` of a plan whose bars are events of the account: what its statements want."""
    parameters = parameters_of(plan)
    return [*emit_clocks.define(plan, calls, parameters), _closing(plan, calls, parameters, "deciding")]


def _closing(plan: Plan, calls: set[str], parameters: list[str], name: str = "closing") -> str:
    function = _begun(name, plan, {place for place, _, _ in plan.books_of})
    for line in parameters:
        function.once(line)
    handed = len(BOOKS) + len(plan.outputs)
    pointers(function, "o", "outs", handed)
    for place in range(len(BOOKS), handed):
        function.once(f"%o{place}.asked = icmp ne ptr %o{place}, null")
    inbox(function)
    at, base = Operands(plan), Block(function, plan, calls)
    with function.region():
        _other_books(function, plan, calls)
        emit_clocks.advance(function, plan, calls)
        base.count()
        base.write(plan.ops)
        gauges(function, plan, base, at, calls, acts=False)
        wishes(function, plan.decisions, base, at, calls)
        if plan.prefer is not None:
            function.store("b", layout.PREFERENCE, base.text(plan.prefer, NUMBER))
        base.commit(plan.commits)
        _outputs(function, plan, base)
    wants = function.get("%wanted", I64) if plan.decisions else "0"
    function.store("bk", layout.WANTS, wants, I64)
    return _ended(function)


def _begun(name: str, plan: Plan, skipped: Collection[int] = ()) -> Function:
    """A function of this head, with this bar's values as %x0, %x1 …; but for columns that are `skipped`."""
    function = Function(HEAD.format(name))
    function.label("bar")
    pointers(function, "c", "columns", len(plan.columns))
    for place, column in enumerate(plan.columns):
        if place not in skipped:
            kind = I64 if column.whole else DOUBLE
            function.line(f"%x{place}.at = getelementptr {kind}, ptr %c{place}, i64 %j")
            function.line(f"%x{place} = load {kind}, ptr %x{place}.at")
    return function


def _ended(function: Function, answer: str = "0") -> str:
    function.line(f"ret i64 {answer}")
    function.once("br label %bar")
    return function.text()


def _other_books(function: Function, plan: Plan, calls: set[str]) -> None:
    """What is read of other books, as the columns it stands for."""
    for number, (place, field, _) in enumerate(plan.books_of):
        read = READS[field]
        calls.add(f"op_{read.name}")
        for item, array in enumerate(("b", "bk")):
            function.line(f"%of{number}.{array}.at = getelementptr ptr, ptr %others, i64 {2 * number + item}")
            function.line(f"%of{number}.{array} = load ptr, ptr %of{number}.{array}.at")
        call = f"@op_{read.name}(ptr %of{number}.b, ptr %of{number}.bk)"
        if read.result == BOOL:
            function.line(f"%x{place} = sitofp i64 {function.let(f'call i64 {call}')} to double")
        else:
            function.line(f"%x{place} = call double {call}")


def _outputs(function: Function, plan: Plan, base: Block) -> None:
    """The plan's own; what books hand out is known after the decisions, and is the driver's."""
    for place, output in enumerate(plan.outputs, start=len(BOOKS)):
        function.joint()
        hand_out(function, place, output_text(function, base, output))
