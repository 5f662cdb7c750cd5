"""A bare expression: its text beside the program, typed, computed over the data, and told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from ...lang.compile import check_text
from ...lang.diagnostics.inner import inner
from ...lang.diagnostics.model import Diagnostic
from ...lang.inputs.parameters import chosen
from ...lang.plan.build import parameters
from ...lang.program.nodes import Binding, Node
from ...lang.program.program import Program
from ..terminal.glance import number
from . import values
from .reply import Reply, failed, faulty, told, with_warnings
from .results import written_out

if TYPE_CHECKING:
    from ...runtime.run.evaluate import Alone
    from ...runtime.run.kept_values import KeptValues
    from ...runtime.run.several.evaluate import Evaluated
    from .session import Session

VALUE = "_value"
"""What the expression is called in the text in which it is compiled; nobody else can call anything so: it is taken
for a result where it is read."""
_PREFIX = f"let {VALUE} = "
HERE = "<shell>"


def answer(session: Session, text: str) -> Reply:
    """What an expression is, over the data that are loaded."""
    whole = written_out(text, session.results)
    typed, warnings, sources = typed_of(session, whole)
    if typed is None:
        return faulty(warnings, sources, session.look)
    nodes = _nodes(typed)
    if not nodes:
        return failed("a text has no value to show; expected a number, a condition or a record")
    reply = _shown(session, typed, nodes)
    session.results.append(whole.strip())
    return with_warnings(reply, warnings, sources, session.look)


def typed_of(session: Session, text: str) -> tuple[Program | None, Sequence[Diagnostic], Mapping[str, str]]:
    """The program with the expression in it, None where it has a fault; what is said of the expression, and where."""
    context = session.context("", _PREFIX)
    found = check_text(context.text + text, HERE, timezone=session.timezone)
    own = [each for each in found.diagnostics
           if each.is_error or (found.program is None and each.severity != "hint")
           or (each.span.start >= context.before and each.severity == "warning")]  # fmt: skip
    return found.program, inner(own, HERE, context.before), {HERE: text}


def _nodes(program: Program) -> dict[str, Node]:
    """The expression's nodes: one, or those of a record by field."""
    from ...runtime.compiled.compiled import flattened

    if VALUE not in program.lets:
        return {}
    found = flattened(VALUE, program.lets[VALUE])
    return {name.removeprefix(f"{VALUE}.") if name != VALUE else "": node for name, node in found.items()}


def _shown(session: Session, program: Program, nodes: Mapping[str, Node]) -> Reply:
    moved = chosen(parameters(program), session.values)
    frame = str(session.data.parts[0].timeframe) if session.data else ""
    head = f"_{len(session.results) + 1}: {values.heading(nodes, program, moved, frame)}"
    document: dict[str, Any] = {"result": f"_{len(session.results) + 1}", **described(nodes, program, moved)}
    if session.data is None:
        steady = all(node.binding is Binding.CONST for node in nodes.values())
        if not steady:
            return told("value", [head, "  no data are loaded: `data sample:AAPL`"], **document)
    if all(node.binding is not Binding.SERIES for node in nodes.values()):
        return _steady(head, document, program, nodes, session)
    from ...runtime.run.evaluate import Alone

    found = evaluate(session, program, VALUE)
    lines, over = _alone(session, found) if isinstance(found, Alone) else _each(session, found)
    return told("value", [head, *lines], **document, **over)


def described(nodes: Mapping[str, Node], program: Program, moved: Mapping[str, float | bool]) -> dict[str, Any]:
    """What each node is."""
    from ...lang.plan.waiting import waiting

    def one(node: Node) -> dict[str, Any]:
        return {"type": node.type, "unit": str(node.unit), "clock": None if node.clock is None else str(node.clock),
                "warmup": waiting(program, [node], moved)}  # fmt: skip

    if len(nodes) == 1 and "" in nodes:
        return one(nodes[""])
    return {"fields": {name: one(node) for name, node in nodes.items()}}


def evaluate(
    session: Session, program: Program, name: str, kept: KeptValues | None = None
) -> Alone | Evaluated:  # fmt: skip
    """A let of a program over the data; what was computed over them is at hand, in `kept` where that is given."""
    from ...runtime.run.evaluate import evaluated

    data = session.needed()
    options = {**data.options, **(session.options.get("assumptions") or {})}
    engine = session.options.get("engine", "native")
    return evaluated(
        program, name, data.held, engine=engine, params=session.values, source=session.state.path,
        kept=session.kept if kept is None else kept, **options,
    )  # fmt: skip


def _steady(
    head: str, document: dict[str, Any], program: Program, nodes: Mapping[str, Node], session: Session
) -> Reply:  # fmt: skip
    """What is known before a run: no series to show."""
    from ...lang.plan.waiting import steady

    moved = chosen(parameters(program), session.values)
    known = {name: steady(node, moved) for name, node in nodes.items()}
    if len(known) == 1:
        value = next(iter(known.values()))
        return told("value", [head, f"  {number(value)}"], **document, value=values.plain(value))
    lines = [f"  {name}  {number(value)}" for name, value in known.items()]
    return told("value", [head, *lines], **document, values={name: values.plain(v) for name, v in known.items()})


def _alone(session: Session, found: Alone) -> tuple[list[str], dict[str, Any]]:
    bars = found.bars
    columns = {name.removeprefix(f"{VALUE}."): column for name, column in found.columns.items()}
    if list(columns) == [VALUE]:
        column = columns[VALUE]
        lines = list(values.series_lines(column, bars.ts, bars.daily, session.look))
        return lines, values.document_of(column, bars.ts)
    documents = {name: values.document_of(column, bars.ts) for name, column in columns.items()}
    return list(values.field_lines(columns, session.look)), {"values": documents}


def _each(session: Session, found: Evaluated) -> tuple[list[str], dict[str, Any]]:
    """A line for each symbol, and for each of its fields."""
    columns, documents = {}, {}
    parts = {bars.symbol: bars for bars in session.needed().parts}
    for name, each in found.values.items():
        field = name.removeprefix(VALUE).removeprefix(".")
        for symbol, column in zip(found.symbols, each, strict=True):
            label = f"{symbol}.{field}" if field else symbol
            columns[label] = column
            bars = parts[symbol]
            if len(bars) == len(column):
                documents[label] = values.document_of(column, bars.ts)
    return list(values.field_lines(columns, session.look)), {"values": documents}
