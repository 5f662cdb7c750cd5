"""`assume NAME VALUE`: what the text says its results rest on, understood as a flag or an argument is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ..diagnostics.reports import Reports, replace
from ..diagnostics.span import Span
from ..diagnostics.suggest import option
from ..inputs.assumptions import BOTH_MARGINS, NEEDS_TICK, NO_CLOSE
from ..inputs.costs import Distance
from ..inputs.currency import with_currency
from ..inputs.errors import AssumptionError, UnclearError
from ..inputs.readers import read_one
from ..resolve.definitions import Resolution
from ..syntax import tree
from ..words.vocabulary import ASSUMPTIONS, ASSUMPTIONS_LATER, ASSUMPTIONS_OF
from . import magnitudes
from .symbols import ASSUMED, Symbols

Key = tuple[str, str]
"""The name of an assumption, and the symbol that it is of, "" for all."""


@dataclass(frozen=True, slots=True)
class Assumed:
    """What is assumed: by name, and (symbol, name, value) of one symbol."""

    of_all: dict[str, str]
    of_one: tuple[tuple[str, str, str], ...]


def assumptions(module: tree.Module, resolution: Resolution, reports: Reports, symbols: Symbols) -> Assumed:
    """Every assumption that can be understood, as written; what is said of the others."""
    said: dict[Key, tree.Assume] = {}
    read: dict[Key, object] = {}
    for statement in module.statements:
        if not isinstance(statement, tree.Assume) or not _is_one(statement, reports):
            continue
        symbol = _symbol(statement, symbols, reports)
        quoted = statement.name == "currency" and statement.symbol_span is not None
        key = ("quote_currency" if quoted else statement.name, symbol)
        if key in said:
            reports.error("E401", f"`assume {_called(key)}` is said twice", statement.span)
            continue
        said[key] = statement
        if statement.asked:
            continue
        try:
            read[key] = read_one(statement.name, statement.value)
            if statement.name == "capital" and statement.value_span is not None:
                magnitudes.thousands(reports, statement.value_span, statement.value)
        except AssumptionError as error:
            span = statement.value_span
            meant = error.readings if isinstance(error, UnclearError) else ()
            fixes = [replace(f"replace with `{reading}`", span, reading) for reading in meant]
            reports.error("E416", str(error), span, fixes=fixes)
    if ("margin", "") in said and ("leverage", "") in said:
        later = max(said["margin", ""], said["leverage", ""], key=lambda statement: statement.span.start)
        reports.error("E401", BOTH_MARGINS, later.span)
    if read.get(("latency", "")) and read.get(("fill", "")) == "this_close":
        later = max(said["latency", ""], said["fill", ""], key=lambda statement: statement.span.start)
        reports.error("E416", NO_CLOSE.format("assume fill this_close"), later.span)
    of_all: dict[str, object] = {name: said[name, symbol].value for name, symbol in read if not symbol}
    try:
        of_all = with_currency(of_all)
    except AssumptionError as error:
        later = max(said["capital", ""], said["currency", ""], key=lambda statement: statement.span.start)
        reports.error("E416", str(error), later.span)
    if resolution.whole:  # else a tick may be what was not read
        _ticks(said, read, reports, symbols)
    return Assumed(
        {name: str(value) for name, value in of_all.items()},
        tuple((symbol, name, said[name, symbol].value) for name, symbol in read if symbol),
    )


def _called(key: Key) -> str:
    name, symbol = key
    return f"{name} of {symbol}" if symbol else name


def _symbol(statement: tree.Assume, symbols: Symbols, reports: Reports) -> str:
    """The symbol that an assumption is of; "" where it is of the only one, or of all."""
    if statement.symbol_span is None:
        return ""
    if not statement.symbol:  # a question: one of its own
        return f"?{statement.symbol_span.start}"
    symbols.name(statement.symbol, statement.symbol_span, ASSUMED)
    if not symbols.is_only(statement.symbol):
        return statement.symbol
    if statement.name == "currency":  # of the symbol its prices', without one the account's
        return ""
    gone = Span(statement.span.source, statement.name_span.end, statement.symbol_span.end)
    reports.warning("W702", f"`{statement.symbol}` is the only symbol of this program: `of` changes nothing",
                    statement.span, fixes=[replace("remove it", gone, "")])  # fmt: skip
    return ""


def _is_one(statement: tree.Assume, reports: Reports) -> bool:
    name = statement.name
    if name in ASSUMPTIONS_LATER:
        reports.error("E901", f"`assume {name}` is not available yet", statement.name_span)
    elif name not in ASSUMPTIONS:
        close = option(name, ASSUMPTIONS)
        fixes = [replace(f"replace with `{close}`", statement.name_span, close)] if close else []
        reports.error("E412", f"nothing can be assumed about `{name}`", statement.name_span, fixes=fixes,
                      notes=["the assumptions are " + ", ".join(ASSUMPTIONS)])  # fmt: skip
    elif statement.symbol and name not in ASSUMPTIONS_OF:
        reports.error("E412", f"`{name}` is assumed of the whole account, and of no symbol", statement.name_span,
                      notes=["of one symbol can be assumed " + ", ".join(ASSUMPTIONS_OF)],
                      help=f"write `assume {name} {statement.value}`")  # fmt: skip
    else:
        return True
    return False


def _ticks(
    said: Mapping[Key, tree.Assume], read: Mapping[Key, object], reports: Reports, symbols: Symbols
) -> None:
    """What is said in ticks needs to know how large they are, of every symbol that it is of."""
    for key, cost in read.items():
        name, symbol = key
        if not isinstance(cost, Distance) or not cost.in_ticks or read.get(("tick", ""), ("tick", "") in said):
            continue
        if any(each == "tick" and one.startswith("?") for each, one in said):
            continue
        of = (symbol,) if symbol else symbols.traded or ("",)
        if all(read.get(("tick", each), ("tick", each) in said) for each in of):
            continue
        where = f"tick of {symbol}" if symbol else "tick"
        reports.error("E416", NEEDS_TICK.format(name), said[key].value_span, help=f"for example `assume {where} 0.01`")
