"""`load_panel`: from anything that holds several symbols to a panel, each symbol read as `load_bars` reads one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ....lang.diagnostics.brief import brief, named
from ....lang.program.timeframe import Timeframe
from ...calendar.instants import Moment
from ...given import check_given, is_text, options_by_name, several
from ...progress import stage
from ..actions import Actions, read_actions
from ..adjust import adjust as adjusted
from ..bars import NAMELESS, Bars
from ..errors import DataChoiceError, DataError, EmptyPeriodError, TimeframeError
from ..load import Reading, bars_of, chosen_timeframe, narrowed, with_notes
from ..odd import OddRows
from ..policy import FAIL
from ..resample import resample as make_longer
from ..zone import clock_of
from .model import Panel
from .names import absent, called_alike, listed
from .notes import gathered, ragged, unused
from .parts import Part, Parts, parts_of

if TYPE_CHECKING:
    from ..quality import Numbers

MOST_SYMBOLS = 20_000
"""Symbols of a panel; a column with more names is mostly another one."""


@options_by_name
def load_panel(
    source: object,
    *,
    symbols: Iterable[str] | str | None = None,
    timeframe: Timeframe | str | None = None,
    data_from: Moment | None = None,
    data_to: Moment | None = None,
    data_tz: str | None = None,
    time_format: str | None = None,
    policy: str = FAIL,
    columns: Mapping[str, str] | None = None,
    resample: bool = False,
    tz: str = "UTC",
    adjust: object = None,
) -> Panel:
    """The bars of several symbols, of one timeframe, in the order of their names, or of `symbols` where that has one.

    source: a file or a table in memory with a column of symbols, or with columns named on two levels; a folder with a
        file a symbol; a DuckDB file with a table a symbol; a mapping of symbols to whatever `load_bars` takes, and to
        `Bars`; or a source of one symbol.
    symbols: those to take, all if None. Their order is the panel's, but of a set, which has none.

    adjust: a table of splits and dividends (symbol, date, ratio or amount) for which prices are adjusted (`adjust.py`).

    The other options are those of `load_bars`, and mean the same of each symbol. DataError names the symbol, and says
    what is wrong and how to go on.
    """
    check_given(
        timeframe=timeframe, data_tz=data_tz, time_format=time_format, policy=policy, columns=columns,
        resample=resample, timezone=tz,
    )  # fmt: skip
    clock_of(tz, "tz")
    read = Reading(None, timeframe, data_from, data_to, data_tz, time_format, policy, columns, "", resample, tz)
    if resample and timeframe is None:
        raise DataChoiceError('resample: say what bars to make, as timeframe="1d"')
    if timeframe is not None:
        read = replace(read, timeframe=chosen_timeframe(timeframe))
    actions = None if adjust is None else _declared(adjust)
    held = parts_of(source, read)
    raw = replace(read, timeframe=None) if resample else read
    found, faults = _read_each(_wanted(held, symbols), raw, actions)
    _raise(faults)
    _in_the_period(found, read)
    found = _longer(found, read)
    _of_one_timeframe(found)
    others = unused(actions or {}, [part.symbol for part in held.parts])
    return Panel(tuple(found), (*held.notes, *ragged(found), *others, *gathered(found)))


def _declared(table: object) -> Actions:
    try:
        return read_actions(table)
    except DataError as error:
        raise type(error)(f"adjust: {error}") from None


# --- which symbols -------------------------------------------------------------------------------------


def _wanted(held: Parts, symbols: Iterable[str] | str | None) -> list[Part]:
    """The parts that are asked for, in their order, each of another symbol."""
    there: dict[str, list[Part]] = {}
    for part in sorted(held.parts, key=lambda part: part.symbol):
        there.setdefault(part.symbol.lower(), []).append(part)
    asked = list(there) if symbols is None else _asked(symbols)
    if len(asked) > MOST_SYMBOLS:
        raise DataError(f"{held.called} holds {len(asked):,} symbols, and {MOST_SYMBOLS:,} are the most of a panel: "
                        "choose with symbols=, or say with columns= which column names them")  # fmt: skip
    missing = [name for name in asked if name.lower() not in there]
    if missing:
        raise DataError(absent(missing, [part.symbol for part in held.parts], held.called))
    wanted = [_one(there[name.lower()], held.called) for name in asked]
    return sorted(wanted, key=lambda part: part.symbol) if isinstance(symbols, Set) else wanted


def _asked(symbols: Any) -> list[str]:
    """The names of `symbols`."""
    if is_text(symbols):
        return [symbols]
    names = list(symbols) if several(symbols) and not isinstance(symbols, (bytes, Mapping)) else []
    if not names or not all(map(is_text, names)):
        raise DataChoiceError(f"symbols: expected a list of names of symbols, found {brief(symbols)}")
    if alike := called_alike(names):
        raise DataChoiceError(f"symbols: one stands there twice, as {' and '.join(map(brief, alike))}")
    return names


def _one(parts: Sequence[Part], source: str) -> Part:
    if len(parts) > 1:
        places = " and ".join(named(part.place) for part in parts[:3])
        raise DataError(
            f"{source} holds the symbol {named(parts[0].symbol)} {len(parts)} times, as {places} (upper and lower case "
            "are one): leave one of them out, or give both in a mapping under names of their own"
        )
    return parts[0]


# --- reading -------------------------------------------------------------------------------------------


def _read_each(
    parts: Sequence[Part], read: Reading, actions: Actions | None
) -> tuple[list[Bars], dict[str, DataError]]:
    """The bars of each part, and what is wrong with those that have none, by symbol. Where stamps do not tell how long
    bars are, they are as long as those of the others."""
    found, faults = _attempt(parts, read, actions)
    lengths = list({bars.timeframe: None for bars in found.values()})
    untold = [part for part in parts if isinstance(faults.get(part.symbol), TimeframeError)]
    if untold and len(lengths) == 1:
        told = f"timeframe {lengths[0]}, as the other symbols have it: its own bars do not tell"
        more, wrong = _attempt(untold, replace(read, timeframe=lengths[0]), actions)
        found |= {symbol: with_notes(bars, (told,)) for symbol, bars in more.items()}
        faults = {symbol: error for symbol, error in faults.items() if symbol not in more} | wrong
    return [found[part.symbol] for part in parts if part.symbol in found], faults


def _attempt(
    parts: Sequence[Part], read: Reading, actions: Actions | None
) -> tuple[dict[str, Bars], dict[str, DataError]]:
    done = stage("reading the data", len(parts))
    found: dict[str, Bars] = {}
    faults: dict[str, DataError] = {}
    for number, part in enumerate(parts):
        try:
            found[part.symbol] = _bars(part, read, actions)
        except DataError as error:
            faults[part.symbol] = error
        done(number + 1)
    return found, faults


def _in_the_period(found: Sequence[Bars], read: Reading) -> None:
    if not any(map(len, found)) and (read.data_from is not None or read.data_to is not None):
        raise EmptyPeriodError(f"no symbol has a bar in the period asked for; {found[0].symbol}: {found[0].notes[-1]}")


def _raise(faults: Mapping[str, DataError]) -> None:
    """What cannot be read: the first symbol's fault whole, the others by name; a wrong option, as none of theirs."""
    if not faults:
        return
    (symbol, first), *others = faults.items()
    of_none = isinstance(first, DataChoiceError) and all(str(error) == str(first) for error in faults.values())
    if of_none or symbol in NAMELESS:
        raise first
    more = f". {len(others)} more cannot be read: {listed([name for name, _ in others])}" if others else ""
    raise type(first)(f"{named(symbol)}: {first}{more}") from None


def _bars(part: Part, read: Reading, actions: Actions | None) -> Bars:
    """The bars of a part under its symbol, with all notes; none, and a note, where the period asked for holds none."""
    held = part.read()
    try:
        bars, numbers = _read(held, read)
    except EmptyPeriodError as error:
        whole, numbers = _read(held, replace(read, data_from=None, data_to=None))[0], None
        bars = with_notes(whole.rows(0, 0), (str(error),))
    if actions is not None:
        bars = adjusted(bars, actions.get(part.symbol.lower(), ()), read.tz)
    odd = () if numbers is None else OddRows(bars, numbers).notes()
    own = held.symbol
    other = own and own.lower() != part.symbol.lower() and own not in NAMELESS
    told = (f"its data call it {brief(own)}",) if other else ()
    if bars.symbol != part.symbol:
        bars = replace(bars, symbol=part.symbol)
    return with_notes(bars, (*odd, *told))


def _read(held: Any, read: Reading) -> tuple[Bars, Numbers | None]:
    if not isinstance(held, Bars):
        return bars_of(held, read)
    return narrowed(held, read.data_from, read.data_to, held.symbol), None


# --- one timeframe -------------------------------------------------------------------------------------


def _longer(found: Sequence[Bars], read: Reading) -> list[Bars]:
    """The bars made longer, where that is asked for."""
    if not read.resample or read.timeframe is None:
        return list(found)
    target = chosen_timeframe(read.timeframe)
    made = []
    for bars in found:
        try:
            made.append(make_longer(bars, target, read.tz) if len(bars) else replace(bars, timeframe=target))
        except DataError as error:
            raise DataError(f"{bars.symbol}: {error}; symbols= leaves it out") from None
    return made


def _of_one_timeframe(found: Sequence[Bars]) -> None:
    """DataError names the timeframes, and the symbols that have them, where there are several."""
    by_length: dict[Timeframe, list[str]] = {}
    for bars in found:
        by_length.setdefault(bars.timeframe, []).append(bars.symbol)
    if len(by_length) < 2:
        return
    lengths = sorted(by_length, key=lambda frame: frame.seconds)
    told = "; ".join(f"{frame} ({listed(by_length[frame], 5)})" for frame in lengths)
    raise DataError(
        f"the symbols have bars of different timeframes: {told}. A panel has one: timeframe='{lengths[-1]}' with "
        f"resample=True makes longer bars of shorter ones; timeframe='{lengths[0]}' alone takes bars that lie further "
        "apart for sparse ones; symbols= leaves symbols out"
    )
