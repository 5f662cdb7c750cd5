"""Time zones: when the offset from UTC changes, read from the database that `lang.program.zones` names."""

from __future__ import annotations

import struct
from functools import lru_cache

from ...lang.program.zones import zone_file
from .civil import SECOND

LAST_YEAR = 2200
"""Changes are known up to the end of this year; later instants keep its last offset."""

Changes = tuple[tuple[int, ...], tuple[int, ...]]
"""Instants of change (µs) and the offsets (µs): one offset more than changes, the first holding before all of them."""

_HEADER = struct.Struct(">4s1s15x6l")


@lru_cache(maxsize=64)
def changes(zone: str) -> Changes:
    """Every change of a zone's offset. ZoneError for a name that the database does not have."""
    if zone == "UTC":
        return (), (0,)
    from .rule import read_rule

    instants, offsets, rule_text = _parse(zone_file(zone).read_bytes())
    rule = read_rule(rule_text)
    last = instants[-1] if instants else -(1 << 62)
    for year in range(_year(last), LAST_YEAR + 1):
        for instant, offset in rule.changes(year):
            if instant > last:
                instants.append(instant)
                offsets.append(offset)
    return _without_repeats(instants, offsets)


def _parse(content: bytes) -> tuple[list[int], list[int], str]:
    """Changes, offsets and rule of a file in the format of RFC 8536; its second, 64-bit block is read."""
    start = _size(content, 0, 4)
    _, _, _, _, _, count, types, _ = _HEADER.unpack_from(content, start)
    place = start + _HEADER.size
    instants = [t * SECOND for t in struct.unpack_from(f">{count}q", content, place)]
    kinds = struct.unpack_from(f">{count}B", content, place + 8 * count)
    by_kind = [struct.unpack_from(">lBB", content, place + 9 * count + 6 * i)[0] * SECOND for i in range(types)]
    rule = content[start + _size(content, start, 8) :].decode("ascii").strip()
    return instants, [by_kind[0], *(by_kind[kind] for kind in kinds)], rule


def _size(content: bytes, start: int, width: int) -> int:
    """Bytes of the block at `start`, whose instants are `width` bytes wide."""
    magic, _, isut, isstd, leap, count, types, chars = _HEADER.unpack_from(content, start)
    if magic != b"TZif":
        raise ValueError("not a time-zone file")
    return int(_HEADER.size + count * (width + 1) + types * 6 + chars + leap * (width + 4) + isstd + isut)


def _year(instant: int) -> int:
    """The year of an instant, or 1970 for a zone that never changed."""
    return max(1970, 1970 + instant // (31_556_952 * SECOND) - 1)


def _without_repeats(instants: list[int], offsets: list[int]) -> Changes:
    """Drop changes of the name or the kind of time alone."""
    kept = [i for i in range(len(instants)) if offsets[i] != offsets[i + 1]]
    return tuple(instants[i] for i in kept), (offsets[0], *(offsets[i + 1] for i in kept))
