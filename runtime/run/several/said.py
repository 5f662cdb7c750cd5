"""Which symbols are to be traded, as program, universe and caller say: one rule of runs and sessions.

What the program names comes first. A universe given beside it says of those when each belongs; they have to be in it.
Else its members are traded, those the caller names where it names some; else what the caller names.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ....lang.diagnostics.brief import brief, named
from ...data.panel.names import absent, called_alike, listed
from ...data.universe import Universe
from ...errors import RunError, UsageFault
from ...given import is_text
from ...given import several as is_several


def said(on: Sequence[str], universe: Universe | None, asked: Sequence[str]) -> tuple[tuple[str, ...], list[str]]:
    """The symbols, in their order, and notes; none where nobody says which.

    on: of the program. asked: of the caller. UsageFault where they do not go together, RunError where the universe
    lacks what the program names.
    """
    _once(asked)
    if on:
        _as_the_program(on, asked)
        return tuple(on), [] if universe is None else [_beside(on, universe)]
    if universe is None:
        return tuple(asked), []
    if missing := _lacks(universe, asked):
        raise UsageFault(absent(missing, universe.symbols, f"the universe {brief(universe.name)}"))
    wanted = {name.lower() for name in asked} or {name.lower() for name in universe.symbols}
    return tuple(name for name in universe.symbols if name.lower() in wanted), list(universe.notes)


def asked_for(symbols: object) -> list[str]:
    """`names_of`, each once: what can be told before there are data."""
    names = names_of(symbols)
    _once(names)
    return names


def names_of(symbols: object) -> list[str]:
    """The symbols that the caller names, in a text with commas or a list; none for None."""
    if symbols is None:
        return []
    if is_text(symbols):
        symbols = [name.strip() for name in str(symbols).split(",")]
    names: list[Any] = list(symbols) if is_several(symbols) else []  # type: ignore[call-overload]
    if not names or not all(is_text(name) and name for name in names):
        raise UsageFault(f"symbols: expected names of symbols, found {brief(symbols)}")
    return names


def _once(names: Sequence[str]) -> None:
    if twice := called_alike(names):
        raise UsageFault(f"symbols: {named(twice[0])} and {named(twice[1])} are one, upper and lower case are the "
                         "same: name it once")  # fmt: skip


def _as_the_program(on: Sequence[str], asked: Sequence[str]) -> None:
    """The caller names what the program names, or nothing."""
    if asked and [name.lower() for name in asked] != [name.lower() for name in on]:
        others = ",".join(asked)
        raise UsageFault(f"symbols: the program says which it trades, `on {', '.join(on)}`: to choose "
                         f"others, name them there, or take that out of the program and give --symbols {others} on "
                         f"the command line, symbols='{others}' in Python")  # fmt: skip


def _beside(on: Sequence[str], universe: Universe) -> str:
    """The note on a universe beside the program's own symbols."""
    if missing := _lacks(universe, on):
        told = absent(missing, universe.symbols, f"the universe {brief(universe.name)}")
        raise RunError(f"the program trades {listed(on)}, and {told}: leave the universe out, or name these in it")
    told = f"traded is what the program names, not the universe {universe.name}"
    if universe.notes:
        return f"{told}; it names no dates, so it changes nothing"
    return f"{told}: of it the dates alone are taken, for rank, top and other functions across symbols"


def _lacks(universe: Universe, names: Sequence[str]) -> list[str]:
    """Those that never belong to it."""
    there = {name.lower() for name in universe.symbols}
    return [name for name in names if name.lower() not in there]
