"""The table of habits: how others write a thing, and how it is written here.

One file an origin, `*.habits`, in this folder. Its first line is the origin's name, `# Pine Script`; `## …` begins a
part, which the page docs/coming-from.md shows under that heading; `## … !` one whose spellings the reader of texts
answers by itself. Every other line is a row:

    foreign ==> ours -- note      the same: a tool may write it unasked
    foreign ~~> ours -- note      the nearest there is; the note says what differs
    foreign --> ours -- note      no counterpart of its own: `ours` is an example of what is possible today

In both, `$x` stands for any expression (`$c` for a condition, `$w` for the whole expression before a word of theirs),
`$name` for a name, `$function` for the name of a function of ours, `$number` and `$count` for a number, `$text` for a
quoted text, `$symbol` for what is traded, `$frame` for a timeframe, which others quote, `$clock` and `$until` for
times of day, which they do not (ours may say `$soon`, five minutes after `$clock`), `$args` for arguments, `$rest`
for further ones, if any. `units.py` has the parts that are one word with a unit: days, dates, timeframes as each of
these languages spells them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from .words import Word, split

SAME, NEAR, EXAMPLE = "==>", "~~>", "-->"
FILES = ("pine", "metatrader", "python", "easylanguage", "ninjascript", "amibroker", "thinkscript", "spoken")
_SHOWN = {
    "$rest": "", "$text": '"name"', "$name": "level", "$function": "sma", "$number": "10", "$m": "5", "$n": "14",
    "$count": "5", "$low": "2", "$high": "100",
    "$share": "2%", "$flag": "true", "$default": "20", "$args": "close, 14", "$x": "close", "$y": "open", "$z": "high",
    "$w": "close", "$c": "close > open", "$d": "close < open",
}  # fmt: skip
"""What a part of a row is shown as."""
_THEIRS = {
    "$frame": '"4h"', "$clock": "9:30", "$until": "16:00", "$quoted": "'trend'", "$period": "PERIOD_H4", "$span": "4h",
    "$resolution": '"D"', "$days": "5", "$percent": "5%", "$date": "20240131",
    "$symbol": "AAPL", "$ticks": "50", "$times": "2x",
}  # fmt: skip
_OURS = {
    "$frame": "4h", "$clock": '"09:30"', "$soon": '"09:35"', "$until": '"16:00"', "$quoted": "trend", "$period": "4h",
    "$span": "4h", "$resolution": "1d", "$days": "5d", "$percent": "5%", "$date": '"2024-01-31"',
    "$symbol": "AAPL", "$ticks": "50ticks", "$times": "2",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """One habit. `known` rows are answered by the reader of texts, and stand here for the page."""

    origin: str
    part: str
    foreign: str
    kind: str
    ours: str
    note: str
    known: bool

    @property
    def pattern(self) -> tuple[Word, ...]:
        return tuple(split(self.foreign))

    @property
    def example(self) -> str:
        """The foreign spelling with every part filled in."""
        return _shown(self.foreign, _SHOWN | _THEIRS)

    @property
    def picture(self) -> str:
        """The foreign spelling for people to see, with `…` for whatever follows."""
        return _shown(self.foreign, _SHOWN | _THEIRS | {"$rest": "…"})

    @property
    def becomes(self) -> str:
        """Ours with every part filled in."""
        return _shown(self.ours, _SHOWN | _OURS)


def _shown(pattern: str, parts: Mapping[str, str]) -> str:
    """The pattern with its parts filled in; the longest names first, so that `$name` is not read as `$n`."""
    for part in sorted(parts, key=len, reverse=True):
        pattern = pattern.replace(part, parts[part])
    return pattern


@cache
def rows() -> tuple[Row, ...]:
    """Every row, in the order of the files."""
    return tuple(row for name in FILES for row in _read((Path(__file__).parent / f"{name}.habits").read_text("utf-8")))


def renamed(function: str) -> str | None:
    """What a function of this foreign name is called here."""
    return _renamed().get(function.lower())


@cache
def _renamed() -> dict[str, str]:
    found: dict[str, str] = {}
    for row in rows():
        theirs, ours = row.pattern, split(row.ours, 2)
        if len(ours) == 2 and len(theirs) > 1 and theirs[1].text == ours[1].text == "(" and row.kind != EXAMPLE:
            found.setdefault(theirs[0].folded, ours[0].text)
    return found


def _read(text: str) -> Iterator[Row]:
    origin = part = ""
    for line in filter(None, map(str.strip, text.splitlines())):
        if line.startswith("## "):
            part = line.removeprefix("## ")
        elif line.startswith("# "):
            origin = line.removeprefix("# ")
        else:
            yield _row(origin, part, line)


def _row(origin: str, part: str, line: str) -> Row:
    kind = next(kind for kind in (SAME, NEAR, EXAMPLE) if f" {kind}" in line)
    foreign, _, after = line.partition(f" {kind}")
    ours, _, note = after.partition(" -- ")
    known = part.endswith(" !")
    return Row(origin, part.removesuffix(" !"), foreign.strip(), kind, ours.strip(), note.strip(), known)
