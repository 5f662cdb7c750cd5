"""A run whose bars have finer bars: where these come from, and what a reader of the result is told of them."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from ...lang.inputs.assumptions import Assumptions
from ...lang.plan.model import Plan
from ..data.bars import NAMELESS, Bars
from ..data.errors import SeveralSymbolsError
from ..data.finer import Finer, finer
from ..data.load import with_notes
from ..data.panel.model import Panel
from ..errors import RunError, UsageFault
from ..results.format import counted
from .read import as_bars
from .symbols import are_alike

SHARED = ("data_tz", "time_format", "policy", "columns")
"""What is said of the data's form holds of the finer ones, too."""


def source_of(assumed: Assumptions, data: object, given: object, options: Mapping[str, Any]) -> object:
    """What finer bars are read from, None where there are to be none; UsageFault where some are assumed and not there.

    Bars that `resample` made of shorter ones have those as their finer ones, where the program assumes them.
    """
    if given is not None or not assumed.magnify:
        return given
    if options.get("resample") and isinstance(data, str | os.PathLike | Bars | Panel | Mapping):
        return data
    raise UsageFault(f"the program assumes magnify {assumed.magnify}: give the finer bars, --magnify FILE (magnify=), "
                     "or take --assume magnify=none to go by the assumed path")  # fmt: skip


def said_of(assumed: Assumptions, found: Finer | None) -> Assumptions:
    """The assumptions with the finer bars that there are; UsageFault where they are not those that were assumed."""
    if found is None:
        return assumed
    if assumed.magnify not in ("", found.timeframe):
        raise UsageFault(f"magnify {assumed.magnify} is assumed, and the finer bars are of {found.timeframe}: give "
                         "bars of that length, or --assume magnify=" + found.timeframe)  # fmt: skip
    return replace(assumed, magnify=found.timeframe)


def finer_of(
    plan: Plan, bars: Bars, source: object, assumed: Assumptions, options: Mapping[str, Any], *, strict: bool
) -> Finer | None:
    """The finer bars of those of one symbol. options: of the data. strict: refuse those of another symbol."""
    if source is None or isinstance(source, Finer):
        return source
    shared = {name: options[name] for name in (*SHARED, "symbol") if name in options} | length_of(assumed)
    try:
        fine, odd = as_bars(plan, source, assumed.timezone, **shared)
    except SeveralSymbolsError:
        fine, odd = as_bars(plan, source, assumed.timezone, **{**shared, "symbol": bars.symbol})
    another = of_another(fine, bars)
    if another and strict:
        raise RunError(f"magnify: {another}; without --strict (strict=True) it would be run and noted")
    fine = with_notes(fine, odd.notes())
    return finer(bars, fine, assumed.timezone, tuple(filter(None, (another, *(f"magnify: {n}" for n in fine.notes)))))


def length_of(assumed: Assumptions) -> dict[str, Any]:
    """How long finer bars are to be read as, where that is assumed: their stamps may not tell."""
    return {"timeframe": assumed.magnify} if assumed.magnify else {}


def of_another(fine: Bars, bars: Bars) -> str:
    """That finer bars are of another symbol than the data, in words; "" where they are not, or nobody can tell."""
    names = fine.symbol, bars.symbol
    if any(not name or name.lower() in NAMELESS for name in names) or are_alike(*names):
        return ""
    return f"the finer bars are of {fine.symbol}, the data are of {bars.symbol}"


def standing(found: Finer, path: str, of: str = "") -> Iterator[str]:
    """What is to be known of finer bars at any run over these data. of: ` of SPY`, where there are several symbols."""
    yield from found.notes
    if found.missing:
        yield f"{counted(found.missing, 'bar')}{of or ' of the data'} had no bars of {found.timeframe}"
    if found.at_odds:
        yield (f"{counted(found.at_odds, 'bar')}{of or ' of the data'} did not agree with the bars of "
               f"{found.timeframe} and went by path {path}; the first: {found.first}"
               + f" (days are those of the calendar of {found.days}: --tz, timezone=, says another)" * bool(found.days))


def used(timeframe: str, bars: int, path: str, decided: int, trades: int) -> str:
    """How many bars went by finer ones, and how many trades the path decided that is assumed inside of these."""
    left = f"; it decided {decided:,} of {counted(trades, 'trade')}" if trades else ""
    return (f"{counted(bars, 'bar')} in which an order could be met went by the bars of {timeframe}; inside these, and "
            f"where there are none, by path {path}{left}")  # fmt: skip
