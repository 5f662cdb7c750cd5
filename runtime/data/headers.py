"""Which column is which: by the spellings that there are, or as the caller says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from ...lang.diagnostics.brief import brief, named
from .errors import DataChoiceError, DataError
from .spellings import CLOCKS, DATES, ENDS, FAMILIES, NAMELESS, SYMBOLS, TIMES, VOLUMES, plain, words, zone_in
from .spellings import PRICES as _PRICE_WORDS

PRICES = ("open", "high", "low", "close")
FIELDS = ("time", "date", *PRICES, "volume", "symbol", "end")
"""What a column can be said to be. A date beside a time, or an end, is a day and its time of day in two columns;
an end is when a bar ends."""

NAMELESS_COLUMN = "column_"
"""What a column without a header is called, before its number."""

_SHOWN = 12
_PRICED = ("mid", "bid", "rate", "nav", "mark", "mark price", "index price", "fix")
"""What may stand for a close where nothing is called so, and has to be said."""


@dataclass(frozen=True, slots=True)
class Roles:
    """The column of each field, by the data's own names; "" where there is none.

    `clock` is a column of times of day that completes the dates in `ts`. `volumes` are those that may stand for the
    volume, the preferred first. `extra` are all columns that are nothing else. `zone` is what the header of the times
    names, `notes` say what was chosen among several. `ends`: the times are ends of bars; `named_ends`: their header
    is a word for ends, and the caller took them for opens.
    """

    ts: str
    clock: str
    open: str
    high: str
    low: str
    close: str
    volume: str
    symbol: str
    extra: tuple[str, ...]
    volumes: tuple[str, ...] = ()
    zone: str = ""
    notes: tuple[str, ...] = ()
    ends: bool = False
    named_ends: bool = False


@dataclass(frozen=True, slots=True)
class _Headers:
    """The headers of a source by their plain spelling; `taken` are the columns of the fields that the caller gave."""

    names: Sequence[str]
    taken: Mapping[str, str]
    plain: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name in self.names:
            if name not in self.taken.values():
                self.plain.setdefault(plain(name), name)

    def every(self, lines: tuple[str, ...], letters: int = 1) -> list[str]:
        """The headers that are words of these lines, in the order of the words.

        letters: how many a word has at least, if it is of the Latin alphabet.
        """
        long = (word for word in words(lines) if len(word) >= letters or not word.isascii())
        return [self.plain[word] for word in long if word in self.plain]

    def first(self, lines: tuple[str, ...], letters: int = 1) -> str:
        """The first of them, "" if there is none."""
        return next(iter(self.every(lines, letters)), "")


def find_roles(
    headers: Sequence[str], source: str, columns: Mapping[str, str] | None = None, twice: Collection[str] = ()
) -> Roles:
    """Match headers to fields. columns: the header, or the number from 1, of fields that the caller knows.

    twice: headers that stood over several columns. DataError says what is missing, what there is and how to say
    which is which.
    """
    known = _Headers(headers, _taken(headers, source, columns or {}))
    _once(known, twice, source)
    family, prices = _prices(known)
    letters = 1 if any(map(_is_letter, prices.values())) else 2
    ts, clock, ends = _times(known, letters, source)
    volumes = [known.taken["volume"]] if "volume" in known.taken else _volumes(known, family, letters)
    symbol = known.taken.get("symbol") or known.first(SYMBOLS)
    found = {"time": ts, **prices, "volume": next(iter(volumes), ""), "symbol": symbol}
    _require(found, known, source)
    used = {*found.values(), clock}
    extra = tuple(name for name in headers if name not in used)
    zone = zone_in(ts)
    guessed = [field for field in ("time", "volume") if letters > 1 and _is_letter(found[field])]
    notes = (
        *_notes(family, found, extra),
        *(_guess(field, found[field]) for field in guessed if field not in known.taken),
        *([f"times are in {zone}, as the header {ts!r} says"] if zone else []),
    )
    rest = {name: found[name] for name in (*PRICES, "volume", "symbol")}
    named_ends = not ends and is_end(ts)
    return Roles(ts, clock, extra=extra, volumes=tuple(volumes), zone=zone, notes=notes, ends=ends,
                 named_ends=named_ends, **rest)  # fmt: skip


def find_symbol(headers: Sequence[str], columns: Mapping[str, str], source: str) -> str:
    """The column that names symbols, "" if there is none."""
    known = _Headers(headers, _taken(headers, source, columns))
    return known.taken.get("symbol") or known.first(SYMBOLS)


def field_of(header: str) -> str:
    """The field that a header spells, "" if none."""
    word = plain(header)
    fields = {**_PRICE_WORDS, "volume": VOLUMES, "symbol": SYMBOLS, "ts": (*TIMES, *DATES, *CLOCKS, *NAMELESS)}
    return next((name for name, lines in fields.items() if word in words(lines)), "")


def is_end(header: str) -> bool:
    """Whether a header is a word for when bars end."""
    return plain(header) in words(ENDS)


def distinct(headers: Sequence[str]) -> list[str]:
    """Headers of which no two are equal: the second `MA` is `MA_2`, as the column option may call it."""
    found: dict[str, int] = {}  # with the number that the next of its name may have
    for header in headers:
        name, number = header, found.get(header, 2)
        while name in found:
            name, number = f"{header}_{number}", number + 1
        found[header] = number
        found.setdefault(name, 2)
    return list(found)


def repeated(headers: Sequence[str]) -> list[str]:
    """The headers that stand over several columns."""
    return [name for name, count in Counter(headers).items() if count > 1]


# --- what the caller says ------------------------------------------------------------------------------


def _taken(headers: Sequence[str], source: str, columns: Mapping[str, str]) -> dict[str, str]:
    """The header of each field that the caller gave."""
    fields = {"time" if name == "ts" else name: column for name, column in columns.items()}
    for name in fields:
        if name not in FIELDS:
            raise DataChoiceError(f"column {named(name)}={named(fields[name])}: bars have no {brief(name)}; "
                                  f"there are {', '.join(FIELDS)}")  # fmt: skip
    return {name: _named(str(column), headers, source, name) for name, column in fields.items()}


def _named(column: str, headers: Sequence[str], source: str, role: str) -> str:
    """The header that a caller means, by its name or its number from 1."""
    if column in headers:
        return column
    if column.isdecimal() and len(column) < 6 and 1 <= int(column) <= len(headers):
        return headers[int(column) - 1]
    match = [header for header in headers if plain(header) == plain(column)]
    if len(match) == 1:
        return match[0]
    raise DataChoiceError(f"{source} has no column {brief(column)} for {role}; its columns are {_shown(headers)}")


# --- what the headers say ------------------------------------------------------------------------------


def _is_letter(header: str) -> bool:
    """Whether a header is one letter of the Latin alphabet, which says little alone."""
    word = plain(header)
    return len(word) == 1 and word.isascii()


def _guess(field: str, name: str) -> str:
    return (
        f"column {name!r} is taken for the {field}, by its letter alone, as no other is called so: "
        f"--column {field}=NAME says which it is"
    )


def _times(known: _Headers, letters: int, source: str) -> tuple[str, str, bool]:
    """The column of times; or that of dates, and that of times of day; and whether these are ends of bars. Words have
    so many letters, if there are any."""
    date, time, end = (known.taken.get(name, "") for name in ("date", "time", "end"))
    if end and time:
        raise DataChoiceError(f"{source}: a bar is labelled by its time, or else by its end: say one of the two")
    if date or time or end:
        return (date, time or end, bool(end)) if date else (time or end, "", bool(end))
    date, clock = known.first(DATES), known.first(CLOCKS)
    instant = known.first(TIMES, letters)
    if instant or date:
        return (instant, "", False) if instant else (date, clock, False)
    found = clock or known.first(TIMES)
    end = "" if found else known.first(ENDS)
    return found or end or known.first(NAMELESS), "", bool(end)


def _prices(known: _Headers) -> tuple[str, dict[str, str]]:
    """The family of the prices and the column of each: the first family that is whole, else the plain one."""
    taken = {price: known.taken[price] for price in PRICES if price in known.taken}
    families = {family: {**_of_family(family, known), **taken} for family in ([""] if taken else FAMILIES)}
    whole = (family for family, found in families.items() if all(found[price] for price in PRICES))
    family = next(whole, "")
    found = families[family]
    if sum(map(bool, found.values())) < len(PRICES) - 1:  # `c` alone may be anything
        found = {price: taken.get(price) or known.first(lines, letters=2) for price, lines in _PRICE_WORDS.items()}
    return family, found


def _of_family(family: str, known: _Headers) -> dict[str, str]:
    if not family:
        return {price: known.first(lines) for price, lines in _PRICE_WORDS.items()}
    own = {
        bare: name
        for word, name in known.plain.items()
        if (bare := word.removeprefix(family)) != word or (bare := word.removesuffix(family)) != word
    }
    return {price: next((own[w] for w in words(lines) if w in own), "") for price, lines in _PRICE_WORDS.items()}


def _only_close(found: Mapping[str, str]) -> bool:
    return bool(found["close"]) and not any(found[price] for price in PRICES[:3])


def _volumes(known: _Headers, family: str, letters: int) -> list[str]:
    """Those of the table, then any that begins with the word, then one of the family of the prices, then a letter."""
    found = known.every(VOLUMES, letters)
    found = found or [name for word, name in known.plain.items() if word.startswith("volume")][:1]
    found = found or [name for word in (f"{family}volume", f"volume{family}") if (name := known.plain.get(word))]
    return found or known.every(VOLUMES)


def _once(known: _Headers, twice: Collection[str], source: str) -> None:
    """DataError if two columns of one name would both be the same field."""
    for name in twice:
        role = field_of(name).replace("ts", "time")
        if role and role not in known.taken:
            raise DataError(
                f"{source} has two columns called {name!r}: say which is meant, "
                f"{option(role, name)} for the first or {option(role, f'{name}_2')} for the second"
            )


def _notes(family: str, found: Mapping[str, str], extra: Sequence[str]) -> list[str]:
    adjusted = [name for name in extra if plain(name).replace("adjusted", "adj") in ("adjclose", "closeadj")]
    if family:
        kind = {"adj": "adjusted", "mid": "middle"}.get(family, family)
        return [f"of several kinds of prices those of the {kind} are taken: {found['open']!r} to {found['close']!r}"]
    if adjusted and found["close"]:
        other = adjusted[0].replace('"', "'")
        return [f'{found["close"]!r} is taken, not {adjusted[0]!r} beside it, which `column("{other}")` reads']
    return []


# --- what is missing -----------------------------------------------------------------------------------


def _require(found: Mapping[str, str], known: _Headers, source: str) -> None:
    alone = _only_close(found) or not any(found[price] for price in PRICES)
    missing = [name for name in (("time", "close") if alone else ("time", *PRICES)) if not found[name]]
    if not missing:
        return
    free = [name for name in known.names if name not in found.values()]
    nameless = iter([name for name in free if name.startswith(NAMELESS_COLUMN)])
    examples = " ".join(option(name, _nearest(name, free) or next(nameless, "NAME")) for name in missing)
    raise DataError(
        f"{source} has no column for {', '.join(missing)}; its columns are {_shown(known.names)}. Say which is which: "
        f'{examples} (in Python columns={{"{missing[0]}": …}})'
    )


def option(role: str, column: str) -> str:
    """The option of the command line that says which column a field is, as a shell takes it."""
    import shlex

    return f"--column {role}={shlex.quote(column)}"


def _nearest(wanted: str, headers: Sequence[str]) -> str:
    from difflib import get_close_matches

    spelled = {plain(header): header for header in headers}
    near = get_close_matches(wanted, spelled, 1, 0.6)
    inside = [header for word, header in spelled.items() if wanted in word]
    stands = [header for word in _PRICED if wanted == "close" and (header := spelled.get(word))]
    return spelled[near[0]] if near else next(iter([*inside, *stands]), "")


def _shown(headers: Sequence[str]) -> str:
    return (", ".join(map(brief, headers[:_SHOWN])) or "none") + (", …" if len(headers) > _SHOWN else "")
