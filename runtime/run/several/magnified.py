"""The finer bars of several symbols: whose of them are whose, and what a reader is told of all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ....lang.diagnostics.brief import brief
from ....lang.inputs.assumptions import Assumptions
from ...data.bars import Bars
from ...data.finer import Finer, finer
from ...data.load import Reading
from ...data.panel import load_panel
from ...data.panel.names import absent, listed
from ...data.panel.parts import parts_of
from ...errors import RunError
from ...results.format import counted
from .. import magnified
from ..symbols import are_alike

if TYPE_CHECKING:
    from .prepare import PreparedSeveral


def finer_of_all(
    traded: Sequence[Bars], source: object, account: Assumptions, options: Mapping[str, Any]
) -> tuple[Finer | None, ...]:
    """The finer bars of each symbol traded, None of one that has none; () where there are to be none at all.

    source: what several symbols are read from. RunError where it has none of these.
    """
    if source is None:
        return ()
    shared = {name: options[name] for name in magnified.SHARED if name in options} | magnified.length_of(account)
    held = parts_of(source, Reading(columns=shared.get("columns"), policy=shared.get("policy", "fail")))
    names = [part.symbol for part in held.parts]
    called = {bars.symbol: own for bars in traded if (own := _called(bars.symbol, names, held.called))}
    if not called:
        raise RunError(f"magnify: {absent([bars.symbol for bars in traded], names, held.called)}")
    read = load_panel(replace(held, notes=()), symbols=list(called.values()), **shared)
    theirs = dict(zip(called, read, strict=True))
    return tuple(
        _of_one(bars, theirs[bars.symbol], account.timezone) if bars.symbol in theirs else None for bars in traded
    )  # fmt: skip


def _of_one(bars: Bars, fine: Bars, zone: str) -> Finer:
    return finer(bars, fine, zone, tuple(f"magnify, {bars.symbol}: {note}" for note in fine.notes))


def _called(symbol: str, there: Sequence[str], source: str) -> str:
    """How the finer data call a symbol, "" where they have none of it."""
    if same := [name for name in there if name.lower() == symbol.lower()]:
        return same[0]
    close = [name for name in there if are_alike(name, symbol)]
    if len(close) > 1:
        raise RunError(f"magnify: {brief(symbol)} may be {' or '.join(map(brief, close[:5]))} of {source}: call it as "
                       "the data do")  # fmt: skip
    return close[0] if close else ""


def timeframe_of(found: Sequence[Finer | None]) -> Finer | None:
    """One of them, for what all have in common."""
    return next((each for each in found if each is not None), None)


def used(prepared: PreparedSeveral, bars: Sequence[int], decided: int, trades: int) -> Iterator[str]:
    """How many bars went by finer ones, of all symbols together."""
    one = timeframe_of(prepared.finer)
    if one is not None:
        yield magnified.used(one.timeframe, sum(bars), prepared.assumptions.path, decided, trades)


def standing(prepared: PreparedSeveral) -> Iterator[str]:
    """What is to be known of them at any run over these data."""
    one, path = timeframe_of(prepared.finer), prepared.assumptions.path
    if one is None:
        return
    without = [symbol for symbol, each in zip(prepared.symbols, prepared.finer, strict=True) if each is None]
    if without:
        yield (f"{counted(len(without), 'symbol')} had no bars of {one.timeframe}, and went by path {path}: "
               f"{listed(without)}")  # fmt: skip
    for symbol, each in zip(prepared.symbols, prepared.finer, strict=True):
        if each is not None:
            yield from magnified.standing(each, path, f" of {symbol}")


def document(prepared: PreparedSeveral, bars: Sequence[int]) -> dict[str, object] | None:
    """As `result.json` keeps them: the sums, and each symbol's. bars: of each that went by finer ones."""
    one = timeframe_of(prepared.finer)
    if one is None:
        return None
    every = zip(prepared.symbols, prepared.finer, bars, strict=True)
    each = {symbol: own.document(count) for symbol, own, count in every if own is not None}
    sums = {name: sum(int(str(own[name])) for own in each.values())
            for name in ("finer_bars", "bars", "used", "missing", "at_odds")}  # fmt: skip
    return {"timeframe": one.timeframe, **sums, "symbols": each}
