"""One expression over data: what `strat eval` and `stratagem.evaluate` do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Unpack
from warnings import warn

from ...lang.compile import compile_expression
from ...lang.diagnostics.brief import brief
from ...lang.diagnostics.suggest import nearest
from ...lang.plan.build import plan as make_plan
from ...lang.program.nodes import Node, walk
from ...lang.program.program import Program
from ...lang.words.limits import STANDARD, TextLimits
from ..compiled.compiled import flattened
from ..data.bars import Bars
from ..errors import UsageFault
from ..given import check_given
from ..limits import Cancel, Limits, engine_of, look, text_limits, within
from ..machine.outputs import out_names
from .options import Options, listed, split_options
from .over_bars import run
from .prepare import prepare
from .together import one_or_several

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ...lang.words.registry import Registry
    from ..results.output import Floats
    from .kept_values import KeptValues
    from .several.evaluate import Evaluated


@listed(Options)
def evaluate(
    expression: str | bytes,
    data: object,
    *,
    engine: str | None = None,
    params: Mapping[str, object] | None = None,
    limits: Limits | None = None,
    cancel: Cancel | None = None,
    **options: Unpack[Options],
) -> Any:
    """The values of an expression, one per bar: float64 (missing as NaN) or bool; a record gives a mapping of them.

    Over several symbols (`symbols`, `universe`, data of several, or an expression that reads across them) a mapping by
    symbol, of each symbol a value per bar of its own. expression: always a text, "rsi(close, 14)", never a path.
    data: as in `CompiledProgram.backtest`. engine: "native" or "interpreted"; None: what `limits` allow.
    options: those of the data (symbol, timeframe, data_from …) and assumptions (tz, tick).

    What is to be told of the expression comes as a warning of Python (`UserWarning`): the values have no place for it.
    CompileError: a text with errors, or beyond its limits. DataError, RunError, LimitError, Cancelled.
    """
    return evaluate_by(None, expression, data, engine=engine, params=params, limits=limits, cancel=cancel, **options)


def evaluate_by(
    registry: Registry | None, expression: object, data: object, *, engine: str | None,
    params: Mapping[str, object] | None, limits: Limits | None, cancel: Cancel | None, **options: Unpack[Options],
) -> Any:  # fmt: skip
    """The same by what a host adds and takes away."""
    if engine is None and registry is not None and isinstance(expression, str | bytes) and (
        registry.interpreted(expression if isinstance(expression, str) else expression.decode("utf-8", "replace"))
    ):
        engine = "interpreted"
    with within(limits, cancel):
        return _evaluate(registry, expression, data, engine_of(engine), params, text_limits(limits), options)


def _evaluate(
    registry: Registry | None, expression: object, data: object, engine: str, params: Mapping[str, object] | None,
    limits: TextLimits, options: Options,
) -> Any:  # fmt: skip
    """The values, whatever their form; limits: of the text."""
    if isinstance(expression, bytes):
        expression = expression.decode("utf-8", "replace")
    if not isinstance(expression, str):
        raise UsageFault(f"`evaluate` takes an expression as text, such as 'rsi(close, 14)', found {brief(expression)}")
    check_given(params=params, engine=engine)
    _, assumed = split_options(options, None)
    program = compile_expression(expression, timezone=_zone(assumed), longest=limits.source, registry=registry,
                                 look=look)  # fmt: skip
    for said in program.diagnostics:
        warn(f"{said.code}: {said.message}" + f"; {said.help}" * bool(said.help), UserWarning, stacklevel=_CALLER)
    found = evaluated(program, "value", data, engine=engine, params=params, limits=limits, **options)
    if isinstance(found, Alone):
        return _unnamed(found.columns)
    each = [{name: values[place] for name, values in found.values.items()} for place in range(len(found.symbols))]
    return {symbol: _unnamed(columns) for symbol, columns in zip(found.symbols, each, strict=True)}


_CALLER = 4
"""Where a warning is: the line that called `evaluate`, or that of a host's language."""


def _unnamed(columns: Mapping[str, NDArray[Any]]) -> Any:
    """The one column of an expression, or those of a record by field."""
    if list(columns) == ["value"]:
        return columns["value"]
    return {name.partition(".")[2]: values for name, values in columns.items()}


@dataclass(frozen=True, slots=True)
class Alone:
    """The bars of one symbol, and the columns of a let or of one field (`bands.upper`); a record gives one per
    field."""

    bars: Bars
    columns: dict[str, NDArray[Any]]


def evaluated(
    program: Program,
    name: str,
    data: object,
    *,
    engine: str = "native",
    params: Mapping[str, object] | None = None,
    source: str = "",
    limits: TextLimits = STANDARD,
    kept: KeptValues | None = None,
    **options: Unpack[Options],
) -> Alone | Evaluated:
    """A let of a program, or one field of it, over the data of one symbol or of several. source: the path of the
    text. kept: what was computed over the same bars of one symbol, and is not computed again."""
    nodes = nodes_of(program, name)
    data_options, assumed = split_options(options, None)
    reads_books = any(node.kind in _BOOKS for node in walk(nodes.values(), dict(program.cells)))
    if "magnify" in data_options and not reads_books:
        raise UsageFault(f"magnify: {name} reads nothing of orders, so that finer bars change nothing of it")

    def one() -> Alone | Evaluated:
        plan = make_plan(program, list(nodes.items()), trading=reads_books, limits=limits)
        prepared = prepare(plan, data, params, assumptions=assumed, **data_options).noted()

        def computed() -> list[Floats]:
            return run(prepared.machine(plan, engine), prepared)

        found = computed() if kept is None else kept.columns(plan, prepared, engine, computed)
        columns = dict(zip(out_names(plan), found, strict=True))
        return Alone(prepared.bars, {
            name: columns[name] != 0.0 if node.type == "bool" else columns[name] for name, node in nodes.items()
        })  # fmt: skip

    def of_several() -> Alone | Evaluated:
        from .several.evaluate import evaluate_several  # here: an expression over one symbol needs none of it

        whole = program if reads_books else replace(program, **_WITHOUT_TRADING)
        return evaluate_several(
            whole, nodes, data, params, engine=engine, assumptions=assumed, source=source, kept=kept, **data_options
        )

    return one_or_several(program.several, program.symbols, data_options, one, of_several)


_BOOKS = ("book", "book_of")
_WITHOUT_TRADING: dict[str, Any] = {
    "enters": (), "exits": (), "cancels": (), "holds": (), "guards": (), "prefer": None,
}  # fmt: skip
"""What of a program is left out where nothing of it is asked for that reads what was traded."""


def nodes_of(program: Program, name: str) -> dict[str, Node]:
    """The nodes of a let, of a record by field; UsageFault where there is no such."""
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


def _zone(assumed: Mapping[str, object]) -> str | None:
    zone = assumed.get("timezone")
    return None if zone is None else str(zone)
