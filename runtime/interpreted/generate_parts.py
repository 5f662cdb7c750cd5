"""The two parts of one bar of one symbol in a portfolio, as Python source; see `native/emit_part.py`.

They are the bar of `generate` cut in two, with the same names.
"""

from __future__ import annotations

from collections.abc import Mapping

from ...lang.plan.model import Plan
from ...lang.plan.operands import NUMBER, blocks
from ..machine.outputs import BOOKS
from ..trading import layout
from ..trading.phases import EVENT, READS
from . import clocks
from .expressions import Expressions
from .generate import BUFFERS, day, gauges, operands, output_text, parameters, part_of, phase, series, state, wishes
from .writer import Writer

_FILL = next(part for part in EVENT if part.name == "fill")


def generate_parts(plan: Plan) -> str:
    """The source of `prepare(params, f, k, w, b, bk, trades, orders, records, others) -> awake, opening, closing`.

    All are called with the index of the bar and its values, in the order of the plan's columns; `closing` also with
    the item that the bar is in the outputs, and these: None, or what takes it. `closing` leaves in k[WANTS] whether a
    statement wants something. others: the b and the bk of each book that `plan.books_of` reads, in its order.
    """
    writer = Writer()
    with writer.block(f"def prepare(params, f, k, w, {BUFFERS}, others):"):
        parameters(writer, plan)
        for op in (op for block in blocks(plan) for op in block if op.kind == "step"):
            state(writer, op)
        writer.line(f"inbox = bk[{layout.INBOX}]")
        clocks.define(writer, plan)
        at = operands(plan)
        with writer.block("def awake(i, row):"):
            _columns(writer, plan)
            writer.line(f"return {_awake(plan, at)}")
        with writer.block("def opening(i, row):"):
            _columns(writer, plan)
            _opening(writer, plan, at)
        with writer.block("def closing(i, j, row, outs):"):
            _columns(writer, plan)
            _closing(writer, plan, at)
        writer.line("return awake, opening, closing")
    return writer.text()


def _columns(writer: Writer, plan: Plan) -> None:
    if plan.columns:
        writer.line(f"{', '.join(f'x{place}' for place in range(len(plan.columns)))}, = row")


def _awake(plan: Plan, at: Mapping[str, str]) -> str:
    if any(decision.passed for decision in plan.decisions):
        return "1"
    another = f"x{plan.day[0]} != f[{plan.day[1]}] or " if plan.day else ""
    return f"{another}{phase(_FILL.asks, at)}"


def _opening(writer: Writer, plan: Plan, at: Mapping[str, str]) -> None:
    day(writer, plan, at, "new_day_book")
    part_of(writer, _FILL, at)


def _closing(writer: Writer, plan: Plan, at: Mapping[str, str]) -> None:
    for number, (place, field, _) in enumerate(plan.books_of):
        writer.line(f"x{place} = float({READS[field].name}(others[{2 * number}], others[{2 * number + 1}]))")
    base = Expressions(writer, plan)
    clocks.advance(writer, plan)
    series(plan, base)
    gauges(writer, plan, base, at, acts=False)
    wishes(writer, plan, base, at)
    if plan.prefer is not None:
        writer.line(f"b[{layout.PREFERENCE}] = {base.name(plan.prefer, NUMBER)}")
    base.commit(plan.commits)
    if plan.outputs:
        writer.line(f"{', '.join(f'o{place}' for place in range(len(BOOKS) + len(plan.outputs)))}, = outs")
    for place, output in enumerate(plan.outputs, start=len(BOOKS)):
        writer.line(f"if o{place} is not None: o{place}[j] = {output_text(writer, base, output)}")
    writer.line(f"bk[{layout.WANTS}] = {'wanted' if plan.decisions else 0}")
