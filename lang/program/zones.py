"""The time zone database: the files of the `tzdata` package, and of nothing else.

The machine's own copy is never asked, so that what a program means depends on a version that can be named
(`DATABASE_VERSION`) and not on where it runs.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import tzdata

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

DATABASE_VERSION: str = tzdata.IANA_VERSION

_FOLDER = Path(tzdata.__file__).parent


class ZoneError(ValueError):
    """No such time zone; the message names the nearest."""


@lru_cache(maxsize=1)
def zone_names() -> frozenset[str]:
    """The names of all zones."""
    return frozenset((_FOLDER / "zones").read_text(encoding="ascii").split())


def zone_file(zone: str) -> Path:
    """The file of a zone, in the format of RFC 8536. ZoneError for a name that the database does not have."""
    if zone in zone_names():  # also what keeps a name from leaving the folder
        return _FOLDER / "zoneinfo" / zone
    from difflib import get_close_matches

    names = sorted(zone_names())
    near = get_close_matches(zone[:64], names, 1, 0.5) or get_close_matches(zone[:64].title(), names, 1, 0.5)
    hint = f"; did you mean {near[0]!r}?" if near else "; names are like 'Europe/London' or 'America/New_York'"
    raise ZoneError(f"no time zone is called {zone!r:.80}{hint}")


@lru_cache(maxsize=64)
def zone_info(zone: str) -> ZoneInfo:
    """A zone for Python's own datetimes. ZoneError for a name that the database does not have."""
    from zoneinfo import ZoneInfo

    with zone_file(zone).open("rb") as file:
        return ZoneInfo.from_file(file, key=zone)
