"""One expression over data: what `strat eval` and `stratagem.evaluate` do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Unpack

from ...lang.compile import compile_expression
from ...lang.diagnostics.brief import brief
from ...lang.diagnostics.suggest import nearest
from ...lang.plan.build import plan as make_plan
from ...lang.program.nodes import Node
from ...lang.program.program import Program
from ..compiled.compiled import flattened
from ..data.bars import Bars
from ..errors import UsageFault
from ..given import check_given
from .options import Options, listed, split_options
from .over_bars import run
from .prepare import prepare

if TYPE_CHECKING:
    from numpy.typing import NDArray


@listed(Options)
def evaluate(
    expression: str | bytes,
    data: object,
    *,
    engine: str = "native",
    params: Mapping[str, object] | None = None,
    **options: Unpack[Options],
) -> Any:
    """The values of an expression, one per bar: float64 (missing as NaN) or bool; a record gives a mapping of them.

    options: those of the data (symbol, timeframe, data_from …) and assumptions (tz, tick).
    CompileError, DataError, RunError.
    """
    if isinstance(expression, bytes):
        expression = expression.decode("utf-8", "replace")
    if not isinstance(expression, str):
        raise UsageFault(f"`evaluate` takes an expression as text, such as 'rsi(close, 14)', found {brief(expression)}")
    check_given(params=params, engine=engine)
    _, assumed = split_options(options, None)
    program = compile_expression(expression, timezone=_zone(assumed))
    _, found = columns_of(program, "value", data, engine=engine, params=params, **options)
    return found["value"] if list(found) == ["value"] else {n.partition(".")[2]: v for n, v in found.items()}


def columns_of(
    program: Program,
    name: str,
    data: object,
    *,
    engine: str = "native",
    params: Mapping[str, object] | None = None,
    **options: Unpack[Options],
) -> tuple[Bars, dict[str, NDArray[Any]]]:
    """The bars, and the column of a let or of one field (`bands.upper`); a record gives one per field."""
    nodes = _nodes(program, name)
    data_options, assumed = split_options(options, None)
    reads_books = any(n.kind == "book" for n in _reached(nodes))
    plan = make_plan(program, list(nodes.items()), trading=reads_books)
    prepared = prepare(plan, data, params, assumptions=assumed, **data_options).noted()
    machine = prepared.machine(plan, engine)
    columns = dict(zip(machine.outputs, run(machine, prepared), strict=True))
    found = {name: columns[name] != 0.0 if node.type == "bool" else columns[name] for name, node in nodes.items()}
    return prepared.bars, found


def _nodes(program: Program, name: str) -> dict[str, Node]:
    every: dict[str, Node] = {}
    for known, value in program.lets.items():
        every.update(flattened(known, value))
    found = {known: node for known, node in every.items() if known == name or known.startswith(f"{name}.")}
    if not every:
        raise UsageFault("the expression is a text; expected a number, a bool or a record")
    if not found:
        near = nearest(name, [*program.lets, *every])
        there = f"did you mean `{near}`?" if near else f"it defines {', '.join(program.lets) or 'nothing'}"
        raise UsageFault(f"the program defines no `{name}`: {there}")
    return found


def _reached(nodes: Mapping[str, Node]) -> list[Node]:
    from ...lang.program.nodes import walk

    return list(walk(nodes.values()))


def _zone(assumed: Mapping[str, object]) -> str | None:
    zone = assumed.get("timezone")
    return None if zone is None else str(zone)
