"""`assume NAME VALUE`: what the text says its results rest on, understood as a flag or an argument is."""

from __future__ import annotations

from collections.abc import Mapping

from ..diagnostics.reports import Reports, replace
from ..diagnostics.suggest import option
from ..inputs.assumptions import NEEDS_TICK
from ..inputs.costs import Distance
from ..inputs.errors import AssumptionError, UnclearError
from ..inputs.readers import read_one
from ..resolve.definitions import Resolution
from ..syntax import tree
from ..words.vocabulary import ASSUMPTIONS, ASSUMPTIONS_LATER


def assumptions(module: tree.Module, resolution: Resolution, reports: Reports) -> dict[str, str]:
    """Every assumption that can be understood, as written; what is said of the others."""
    said: dict[str, tree.Assume] = {}
    read: dict[str, object] = {}
    for statement in module.statements:
        if not isinstance(statement, tree.Assume) or not _is_one(statement, said, reports):
            continue
        said[statement.name] = statement
        try:
            read[statement.name] = read_one(statement.name, statement.value)
        except AssumptionError as error:
            span = statement.value_span
            meant = error.readings if isinstance(error, UnclearError) else ()
            fixes = [replace(f"replace with `{reading}`", span, reading) for reading in meant]
            reports.error("E416", str(error), span, fixes=fixes)
    if resolution.whole:  # else a tick may be what was not read
        _ticks(said, read, reports)
    return {name: said[name].value for name in read}


def _is_one(statement: tree.Assume, said: Mapping[str, tree.Assume], reports: Reports) -> bool:
    name = statement.name
    if name in ASSUMPTIONS_LATER:
        reports.error("E901", f"`assume {name}` is not available yet", statement.name_span)
    elif name not in ASSUMPTIONS:
        close = option(name, ASSUMPTIONS)
        fixes = [replace(f"replace with `{close}`", statement.name_span, close)] if close else []
        reports.error("E412", f"nothing can be assumed about `{name}`", statement.name_span, fixes=fixes,
                      notes=["the assumptions are " + ", ".join(ASSUMPTIONS)])  # fmt: skip
    elif name in said:
        reports.error("E401", f"`assume {name}` is said twice", statement.span)
    else:
        return True
    return False


def _ticks(said: Mapping[str, tree.Assume], read: Mapping[str, object], reports: Reports) -> None:
    for name, cost in read.items():
        if isinstance(cost, Distance) and cost.ticks and not read.get("tick", "tick" in said):
            reports.error("E416", NEEDS_TICK.format(name), said[name].value_span, help="for example `assume tick 0.01`")
