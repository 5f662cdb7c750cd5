"""From a plan to Python source: one function that prepares the state, and gives one that runs bars.

The text is written from the plan alone, with names of our own making (see `writer.py`), and its phases are
those of `docs/architecture.md`, in that order. `engine.py` compiles it and gives it the steps it calls.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ...lang.plan.model import Decision, Op, Output, Plan
from ...lang.plan.operands import BOOL, COUNT, NUMBER, blocks, leaving, slots
from ...stdlib.operator import operator_of
from ..machine.outputs import BOOKS, out_count
from ..trading import layout
from ..trading.phases import COLD, EVENT, GAUGES, HOT, SEVERAL, Part
from . import clocks
from .expressions import Expressions
from .writer import Writer

BUFFERS = "b, bk, trades, orders, records"
_DECIDE = next(part for part in EVENT if part.name == "decide")


def generate(plan: Plan) -> str:
    """The source of `prepare(params, f, k, w, b, bk, trades, orders, records) -> run(first, stop, columns, outs)`.

    `run` takes the bars first … stop-1, whose values are items 0 … of each column, writes item 0 … of each output
    that is not None, and gives the bar it reached, which is less than `stop` where a row buffer is full.
    """
    writer = Writer()
    with writer.block(f"def prepare(params, f, k, w, {BUFFERS}):"):
        parameters(writer, plan)
        for op in (op for block in blocks(plan) for op in block if op.kind == "step"):
            state(writer, op)
        if plan.trading:
            writer.line(f"inbox = bk[{layout.INBOX}]")
        clocks.define(writer, plan)
        with writer.block("def run(first, stop, columns, outs):"):
            _loop(writer, plan)
        writer.line("return run")
    return writer.text()


def parameters(writer: Writer, plan: Plan) -> None:
    """Names for the slots of the parameter array that are read."""
    read = slots(plan)
    for slot in sorted(read[NUMBER]):
        writer.line(f"p{slot} = params[{slot}]")
    for slot in sorted(read[COUNT] | read[BOOL]):
        writer.line(f"n{slot} = int(params[{slot}])")


def state(writer: Writer, op: Op) -> None:
    """Slices of the arrays, made once: an operator sees its own state from 0."""
    operator = operator_of(op.name)
    f, k, w = op.at
    writer.line(f"f{op.id} = f[{f}:{f + operator.floats}]")
    writer.line(f"k{op.id} = k[{k}:{k + operator.ints}]")
    writer.line(f"w{op.id} = w[{w}:]")


def _loop(writer: Writer, plan: Plan) -> None:
    names = [f"o{place}" for place in range(out_count(plan))]
    if names:
        writer.line(f"{', '.join(names)}, = outs")
    values = "".join(f", x{place}" for place in range(len(plan.columns)))
    bars = "zip(range(first, stop), *columns)" if values else "range(first, stop)"
    with writer.block(f"for i{values} in {bars}:"):
        _event(writer, plan)
    writer.line("return stop")


def _event(writer: Writer, plan: Plan) -> None:
    """One bar, part by part."""
    base = Expressions(writer, plan)
    at = operands(plan) if plan.trading else {}
    own: dict[str, Callable[[], None]] = {
        "day": lambda: day(writer, plan, at),
        "clocks": lambda: clocks.advance(writer, plan),
        "series": lambda: series(plan, base),
        "commit": lambda: base.commit(plan.commits),
        "outputs": lambda: _outputs(writer, plan, base),
    }
    if at:
        own["wishes"] = lambda: wishes(writer, plan, base, at)
        own["decide"] = lambda: _decide(writer, plan, at)
        own["gauges"] = lambda: gauges(writer, plan, base, at)
    for part in EVENT:
        if part.name in own:
            own[part.name]()
        elif at and (not part.extra or part.name in plan.extras):
            part_of(writer, part, at)
    if at:
        writer.line(f"if bk[{layout.FULL}]: return i + 1")


def operands(plan: Plan) -> dict[str, str]:
    """What the phases are given, by the names of their arguments."""
    arrays = {"b": "b", "k": "bk", "trades": "trades", "orders": "orders", "records": "records", "index": "i"}
    prices = {name: f"x{plan.column(name)}" for name in ("time", "open", "high", "low", "close")}
    return arrays | prices | {name: f"x{place}" for name, place in plan.extra_columns}


def _decide(writer: Writer, plan: Plan, at: Mapping[str, str]) -> None:
    """Decisions become orders, if a statement wants something or a lot has expired."""
    if plan.decisions:
        part_of(writer, _DECIDE, at, "wanted")


def part_of(writer: Writer, part: Part, at: Mapping[str, str], also: str = "") -> None:
    """A part of the event that is a phase of trading, where it is asked for or `also` holds."""
    asked = [also] if also else []
    if part.asks:
        asked.append(phase(part.asks, at))
    elif part.flag >= 0:
        asked.append(f"bk[{part.flag}]")
    condition = f"if {' or '.join(asked)}: " if asked else ""
    writer.line(condition + phase(part.name, at))


def phase(name: str, at: Mapping[str, str]) -> str:
    """A call of a phase."""
    found = HOT.get(name) or COLD.get(name) or SEVERAL[name]
    return f"{name}({', '.join(at[argument] for argument in found.arguments)})"


def day(writer: Writer, plan: Plan, at: Mapping[str, str], name: str = "new_day") -> None:
    """Another day, where that matters; and how often the times of day that lots wait for have passed."""
    if plan.day:
        column, slot = plan.day
        with writer.block(f"if x{column} != f[{slot}]:"):
            writer.line(f"f[{slot}] = x{column}")
            if at:
                writer.line(phase(name, {**at, "day": f"x{column}"}))
    for decision in plan.decisions if at else ():
        if decision.passed:
            opened, closed = (f"x{place}" for place in decision.passed)
            given = {"statement": str(decision.index), "opened": opened, "closed": closed}
            writer.line(phase("moments", {**at, **given}))


def series(plan: Plan, base: Expressions) -> None:
    """What the base clock computes, from the books as they are now."""
    base.count()
    base.write(plan.ops, leaving(plan))


def gauges(writer: Writer, plan: Plan, base: Expressions, at: Mapping[str, str], *, acts: bool = True) -> None:
    """What guards read of the series, and that they act by it; acts: else somebody else sees to that."""
    for gauge in plan.gauges:
        given = {"guard": str(gauge.guard), "reading": base.name(gauge.value, NUMBER)}
        writer.line(f"if {base.gate(gauge.gate)}: {phase('gauge', {**at, **given})}")
    for part in GAUGES if plan.gauges and acts else ():
        part_of(writer, part, at)


def wishes(writer: Writer, plan: Plan, base: Expressions, at: Mapping[str, str]) -> None:
    """What statements want, into `wanted`."""
    if not plan.decisions:
        return
    writer.line("wanted = 0")
    for decision in plan.decisions:
        when = base.name(decision.when, BOOL)
        gate = base.gate(decision.gate)
        accepts = phase("accepts", {**at, "statement": str(decision.index)})
        with writer.block(f"if {when} and {gate} and {accepts}:"):
            _inbox(writer, base, decision)


def _inbox(writer: Writer, base: Expressions, decision: Decision) -> None:
    base.write(decision.ops, [*(value for _, value in decision.inbox), *decision.texts])
    first = decision.index * layout.INBOX_WIDTH
    for name, value in decision.inbox:
        writer.line(f"b[inbox + {first + getattr(layout, name)}] = {base.name(value, NUMBER)}")
    for place, (value, kind) in enumerate(zip(decision.texts, decision.text_types, strict=True)):
        writer.line(f"b[inbox + {first + layout.TEXT + place}] = {base.name(value, kind)}")
    writer.line(f"b[inbox + {first + layout.WANTED}] = 1.0")
    writer.line("wanted = 1")


def _outputs(writer: Writer, plan: Plan, base: Expressions) -> None:
    count = out_count(plan)
    if count:
        writer.line("j = i - first")
    books = count - len(plan.outputs)
    for place, (_, slot) in enumerate(BOOKS[:books]):
        writer.line(f"if o{place} is not None: o{place}[j] = b[{slot}]")
    for place, output in enumerate(plan.outputs, start=books):
        writer.line(f"if o{place} is not None: o{place}[j] = {output_text(writer, base, output)}")


def output_text(writer: Writer, base: Expressions, output: Output) -> str:
    """The number that an output is on this bar; of an alert, its edge."""
    text = base.name(output.value, output.type)
    gate = base.gate(output.gate)
    if gate:
        text = f"({text} and {gate})"
    if output.kind == "alert":
        writer.line(f"t = 1 if {text} else 0")
        writer.line(f"a, k[{output.at}] = t and not k[{output.at}], t")
        text = "a"
    return f"1.0 if {text} else 0.0" if output.type == BOOL else text
