"""One expression over data: what `strat eval` and `stratagem.evaluate` do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ..lang.compile import compile_expression
from ..lang.plan.build import plan as make_plan
from ..lang.program.nodes import Node
from ..lang.program.program import Program
from .backtest import run, split_options
from .data.bars import Bars
from .errors import RunError
from .program import flattened
from .setting import settle

if TYPE_CHECKING:
    from numpy.typing import NDArray


def evaluate(
    expression: str, data: object, *, engine: str = "native", params: Mapping[str, object] | None = None, **options: Any
) -> Any:
    """The values of an expression, one per bar: float64 (missing as NaN) or bool; a record gives a mapping of them.

    options: those of the data (symbol, timeframe, data_from …) and assumptions (tz, tick).
    CompileError, DataError, RunError.
    """
    _, assumed = split_options(options, None)
    program = compile_expression(expression, timezone=_zone(assumed))
    _, found = columns_of(program, {"value": "value"}, data, engine=engine, params=params, **options)
    return found["value"] if list(found) == ["value"] else {n.partition(".")[2]: v for n, v in found.items()}


def columns_of(
    program: Program,
    names: Mapping[str, str],
    data: object,
    *,
    engine: str = "native",
    params: Mapping[str, object] | None = None,
    **options: Any,
) -> tuple[Bars, dict[str, NDArray[Any]]]:
    """The bars, and for every let in `names` (name -> title) its column, or one per field of a record."""
    nodes = _nodes(program, names)
    data_options, assumed = split_options(options, None)
    reads_books = any(n.kind == "book" for n in _reached(nodes))
    plan = make_plan(program, list(nodes.items()), trading=reads_books)
    setting = settle(plan, data, params, assumptions=assumed, **data_options)
    machine = setting.machine(plan, engine)
    columns = dict(zip(machine.outputs, run(machine, setting), strict=True))
    found = {name: columns[name] != 0.0 if node.type == "bool" else columns[name] for name, node in nodes.items()}
    return setting.bars, found


def _nodes(program: Program, names: Mapping[str, str]) -> dict[str, Node]:
    found: dict[str, Node] = {}
    for name, title in names.items():
        if name not in program.lets:
            raise RunError(f"the program defines no `{name}`; it defines {', '.join(program.lets) or 'nothing'}")
        found.update(flattened(title, program.lets[name]))
    return found


def _reached(nodes: Mapping[str, Node]) -> list[Node]:
    from ..lang.program.nodes import walk

    return list(walk(nodes.values()))


def _zone(assumed: Mapping[str, object]) -> str | None:
    zone = assumed.get("timezone")
    return None if zone is None else str(zone)
