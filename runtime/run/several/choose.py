"""Which symbols of the data a program trades, and which it only reads.

What the program names comes first, in its order: `on A, B`; else the members of its universe that the data hold; else
all that the data hold and that are not only watched. Names are those of the program: data called `EURUSD_1h` are those
of EURUSD where no other are.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ....lang.diagnostics.brief import brief, named
from ...data.panel.names import absent, called_alike, listed, one_symbol
from ...data.universe import Universe, read_universe
from ...errors import RunError, UsageFault
from ...given import stays_below
from ..symbols import is_named
from .said import said

NAMES_NONE = "the program names no symbol"
"""How the note begins that says that all of the data are traded."""
_ENDINGS = (".yaml", ".yml", ".txt")


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a program says of symbols.

    on: those that it trades, in its order. universe: the name of the one that it trades, "" without. watches: those
    that it reads alone. reads: others that it names (`of`, `enter long SPY`), which must be there, traded or not.
    """

    on: tuple[str, ...] = ()
    universe: str = ""
    watches: tuple[str, ...] = ()
    reads: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Chosen:
    """traded, others: as the program calls them, in the order of the panel; `others` are read alone.

    names: how the data call each of them. universe: where membership is declared. notes: what a reader should know.
    """

    traded: tuple[str, ...]
    others: tuple[str, ...]
    names: Mapping[str, str]
    universe: Universe | None = None
    notes: tuple[str, ...] = field(default=())


def choose(
    wishes: Wishes, there: Sequence[str], source: str, universe: Universe | None = None, asked: Sequence[str] = ()
) -> Chosen:  # fmt: skip
    """The symbols of a run over data that hold those `there`; `source` is what messages call the data.

    universe: the one given or found; asked: the symbols that the caller wants traded, where the program says none.
    RunError names what is missing, with the nearest that is there.
    """
    finder = _Finder(there, source)
    others = [name for name in dict.fromkeys((*wishes.watches, *wishes.reads)) if name not in wishes.on]
    read = finder.all(others, f"the program reads {listed(others)}, and")
    traded, notes = _traded(wishes, finder, read, universe, asked)
    names = {name: data for name, data in read.items() if data not in traded.values()}
    if twice := called_alike(list(traded.values())):
        raise RunError(f"two symbols of the program are the same data, {named(twice[0])}: name it once")
    renamed = {data: name for name, data in read.items() if data in traded.values()}
    traded = {renamed.get(data, name): data for name, data in traded.items()}
    own = tuple(f"{name}: the data call it {named(data)}" for name, data in (traded | names).items() if name != data)
    return Chosen(tuple(traded), tuple(names), traded | names, universe, (*notes, *own))


def _traded(
    wishes: Wishes, finder: _Finder, read: Mapping[str, str], universe: Universe | None, asked: Sequence[str]
) -> tuple[dict[str, str], list[str]]:  # fmt: skip
    """The data's name of each symbol traded, and notes. read: of those that the program reads."""
    wanted, notes = said(wishes.on, universe, asked)
    if wishes.on:
        found = finder.all(wanted, f"the program trades {listed(wanted)}, and")
        return found, [*notes, *_left("the program names others", finder.but(found, read))]
    if universe is not None:
        found, missing = _members(universe, wanted, finder)
        others = _left(f"the universe {universe.name} has others", finder.but(found, read))
        return found, [*notes, *missing, *others]
    if wanted:
        return finder.all(wanted, "symbols:"), []
    watched = {read[name] for name in wishes.watches if name in read}
    found = {name: name for name in finder.there if name not in watched}
    if alike := called_alike(found):
        raise RunError(one_symbol(alike, finder.source))
    if not found:
        raise RunError(f"{finder.source} holds no symbol that is not only watched: there is nothing to trade")
    if wishes.universe:
        whole = f"all {len(found)} symbols of the data are" if len(found) > 1 else "the only symbol of the data is"
        return found, [f"the universe {brief(wishes.universe)} is declared nowhere: {whole} traded; "
                       "--universe FILE (universe=) declares it"]  # fmt: skip
    if len(found) > 1:
        return found, [f"{NAMES_NONE}: each statement runs for each of the {len(found)} of the data, "
                       "which share one account"]  # fmt: skip
    return found, []


def _members(universe: Universe, wanted: Sequence[str], finder: _Finder) -> tuple[dict[str, str], list[str]]:
    """The members of a universe that the data hold, and a note on those that they do not."""
    found = {name: data for name in wanted if (data := finder.find(name))}
    missing = [name for name in wanted if name not in found]
    if not found:
        raise RunError(f"no symbol of the universe {brief(universe.name)} is among the data: "
                       f"{absent(missing, finder.there, finder.source)}")  # fmt: skip
    if not missing:
        return found, []
    return found, [f"{len(missing)} of the {len(wanted)} symbols of the universe {universe.name} are not among the "
                   f"data, and cannot be traded: {listed(missing)}"]  # fmt: skip


def _left(why: str, left: Sequence[str]) -> list[str]:
    """The note on symbols of the data that are not traded."""
    return [f"not traded, as {why}: {listed(left)}"] if left else []


class _Finder:
    """The symbols of the data by the names that programs give them."""

    def __init__(self, there: Sequence[str], source: str) -> None:
        self.there, self.source = list(there), source
        self._lower: dict[str, list[str]] = {}
        for name in there:
            self._lower.setdefault(name.lower(), []).append(name)

    def find(self, name: str) -> str:
        """The data's name of a symbol, "" where there is none; RunError where several may be meant."""
        if same := self._lower.get(name.lower()):
            if len(same) > 1:
                raise RunError(one_symbol(same, self.source))
            return same[0]
        close = [other for other in self.there if is_named(other, name)]
        if len(close) > 1:
            these = " or ".join(map(brief, close[:5]))
            raise RunError(f"{brief(name)} may be {these} of {self.source}: call it as the data do")
        return close[0] if close else ""

    def but(self, *found: Mapping[str, str]) -> list[str]:
        """The data's names of all symbols but these."""
        known = {name for each in found for name in each.values()}
        return [name for name in self.there if name not in known]

    def all(self, names: Sequence[str], why: str) -> dict[str, str]:
        """The data's name of each; RunError, which begins with `why`, names those that are not there."""
        found = {name: self.find(name) for name in names}
        if missing := [name for name, data in found.items() if not data]:
            raise RunError(f"{why} {absent(missing, self.there, self.source)}")
        return found


def universe_of(name: str, given: object, program: str) -> Universe | None:
    """The universe given, or the one declared beside the program's file; None where there is none.

    given: a `Universe`, the path of its file, or None. program: the path of the program's file, or what it is called:
    a text that has no file has nothing beside it, or a stranger's would read what lies about.
    """
    if isinstance(given, Universe):
        return given
    if given is not None:
        if not isinstance(given, str | os.PathLike):
            raise UsageFault(f"universe: expected the path of a file that names symbols, or a Universe, found "
                             f"{brief(given)}")  # fmt: skip
        return read_universe(given)
    if not name or not (program.endswith(".strat") or Path(program).is_file()):
        return None
    if not stays_below(name):
        raise UsageFault(f"universe {brief(name)}: a program names universes beside its file, and in folders there")
    folder = Path(program).parent
    found = next((place for ending in _ENDINGS if (place := folder / f"{name}{ending}").is_file()), None)
    return None if found is None else read_universe(found)
