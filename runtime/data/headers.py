"""Which column is which: the usual spellings of headers, and what a file without a header holds."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from .errors import DataError

_SPELLINGS = {
    "ts": (
        "ts timestamp datetime opentime timeopen open_time unix unixtimestamp epoch time date bartime start starttime "
        "timeutc dateutc utc gmttime localtime datetimeutc tradedate day period index indexlevel0 "
    ).split(),
    "open": "open o openprice opening bidopen askopen first".split(),
    "high": "high h highprice max hi bidhigh askhigh".split(),
    "low": "low l lowprice min lo bidlow asklow".split(),
    "close": "close c closeprice closing last price closelast prepare value bidclose askclose".split(),
    "volume": "volume vol v basevolume tickvolume tickvol totalvolume sharevolume shares".split(),
    "symbol": "symbol ticker instrument sym pair code".split(),
}
_HEADERLESS = ("ts", "open", "high", "low", "close", "volume")
PRICES = ("open", "high", "low", "close")


@dataclass(frozen=True, slots=True)
class Roles:
    """The column of each field, by the data's own names; "" where there is none.

    `clock` is a column of times of day that completes the dates in `ts`. `extra` are all other columns.
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


def find_roles(headers: Sequence[str], source: str) -> Roles:
    """Match headers to fields, in any usual spelling. DataError says what is missing and what there is."""
    once(headers, source)
    plain: dict[str, str] = {}
    for header in headers:
        plain.setdefault(_plain(header), header)
    found = {field: _first(plain, spellings) for field, spellings in _SPELLINGS.items()}
    found["volume"] = found["volume"] or next((h for p, h in plain.items() if p.startswith("volume")), "")
    clock = ""
    if _plain(found["ts"]) in ("date", "time") and "date" in plain and "time" in plain:
        found["ts"], clock = plain["date"], plain["time"]
    _require(found, headers, source)
    used = {*found.values(), clock}
    return Roles(clock=clock, extra=tuple(h for h in headers if h not in used), **found)


def once(headers: Sequence[str], source: str) -> None:
    """DataError if two columns have one name."""
    twice = next((name for name, count in Counter(headers).items() if count > 1), None)
    if twice is not None:
        raise DataError(f"{source} has two columns called {twice!r}: rename one")


def field_of(header: str) -> str:
    """The field that a header spells, "" if none."""
    return next((field for field, spellings in _SPELLINGS.items() if _plain(header) in spellings), "")


def headerless(width: int, source: str) -> list[str]:
    """Names for the columns of a file without a header: time, open, high, low, close, volume, then the rest."""
    if width < 5:
        raise DataError(
            f"{source} has no header and {width} columns; without one, time, open, high, low, close "
            "(and volume) are expected in this order: add a header line"
        )
    return [*_HEADERLESS, *(f"column_{number}" for number in range(7, width + 1))][:width]


def _plain(header: str) -> str:
    return re.sub(r"[^a-z0-9]", "", header.lower())


def _first(plain: dict[str, str], spellings: Sequence[str]) -> str:
    return next((plain[spelling] for spelling in spellings if spelling in plain), "")


def _require(found: dict[str, str], headers: Sequence[str], source: str) -> None:
    only_close = found["close"] and not any(found[price] for price in PRICES[:3])
    needed = ("ts", "close") if only_close else ("ts", *PRICES)
    missing = [field for field in needed if not found[field]]
    if not missing:
        return
    wanted = "time" if missing[0] == "ts" else missing[0]
    from difflib import get_close_matches

    near = get_close_matches(wanted, [h.lower() for h in headers], 1, 0.6)
    hint = f"; {near[0]!r} is the nearest: rename it" if near else ""
    shown = ", ".join(repr(h) for h in headers[:12]) + (", …" if len(headers) > 12 else "")
    raise DataError(f"{source} has no column for {wanted}; its columns are {shown}{hint}")
