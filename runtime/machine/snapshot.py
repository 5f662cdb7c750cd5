"""The state of a machine as bytes: a checksum, a header that says what follows, and the arrays as they are.

A snapshot belongs to no engine. It is read back by any plan that trades by the same statements and guards (its seal)
and keeps at least the same nodes: places are found by the hash of the node's expression. So an added plot, a moved line
or a reworded `because` does not matter, and a changed program is refused.
"""

from __future__ import annotations

import hashlib
import json
import sys
from array import array
from dataclasses import dataclass
from typing import Any

from ...lang.plan.model import Place, Plan
from ..errors import RunError

MAGIC = b"STRATAGEM STATE\n"
VERSION = 2
_DIGEST = 32


class SnapshotError(RunError):
    """The bytes are no snapshot, or not one of this program with these parameters."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """`index` is the number of bars run; the arrays are those of `Arrays`, the row buffers apart."""

    index: int
    seal: str
    params: array[float]
    places: tuple[Place, ...]
    f: array[float]
    k: array[int]
    w: array[float]
    b: array[float]
    bk: array[int]


_ARRAYS = (("params", "d"), ("f", "d"), ("k", "q"), ("w", "d"), ("b", "d"), ("bk", "q"))


def encode(snapshot: Snapshot) -> bytes:
    """The snapshot as bytes."""
    held = [getattr(snapshot, name) for name, _ in _ARRAYS]
    places = [[p.key, p.f, p.floats, p.k, p.ints, p.w, p.window] for p in snapshot.places]
    sizes = [len(items) for items in held]
    header = {"version": VERSION, "index": snapshot.index, "seal": snapshot.seal, "sizes": sizes, "places": places}
    head = json.dumps(header, separators=(",", ":")).encode()
    body = len(head).to_bytes(8, "little") + head + b"".join(_little(a).tobytes() for a in held)
    return MAGIC + hashlib.sha256(body).digest() + body


def decode(content: bytes) -> Snapshot:
    """The snapshot in these bytes; SnapshotError says what is wrong with them."""
    if content[: len(MAGIC)] != MAGIC:
        raise SnapshotError("not a snapshot: it does not begin as one")
    digest, body = content[len(MAGIC) : len(MAGIC) + _DIGEST], content[len(MAGIC) + _DIGEST :]
    if hashlib.sha256(body).digest() != digest:
        raise SnapshotError("the snapshot is damaged: its checksum does not match; restore an earlier one")
    size = 8 + int.from_bytes(body[:8], "little")
    header = json.loads(body[8:size])
    if header["version"] != VERSION:
        raise SnapshotError(f"expected a snapshot of version {VERSION}, found {header['version']}")
    held: dict[str, array[Any]] = {}
    for (name, code), count in zip(_ARRAYS, header["sizes"], strict=True):
        held[name] = array(code)
        held[name].frombytes(body[size : size + 8 * count])
        held[name] = _little(held[name])
        size += 8 * count
    return Snapshot(header["index"], header["seal"], places=tuple(Place(*row) for row in header["places"]), **held)


def _little(values: array[Any]) -> array[Any]:
    """The array with little-endian items: the same array where the machine is so."""
    if sys.byteorder == "little":
        return values
    swapped = array(values.typecode, values)
    swapped.byteswap()
    return swapped


def take_over(plan: Plan, snapshot: Snapshot, f: array[float], k: array[int], w: array[float]) -> None:
    """Put the state of each of the plan's places into the arrays.

    SnapshotError, before anything is changed, if one is not in the snapshot. Only the day may be missing, where
    the snapshot was taken without the monitors' records: it begins anew.
    """
    kept = {place.key: place for place in snapshot.places}
    pairs = [(place, kept.get(place.key)) for place in plan.state.places]
    for place, old in pairs:
        sizes = (place.floats, place.ints, place.window)
        if place.key != "day" if old is None else (old.floats, old.ints, old.window) != sizes:
            raise SnapshotError("the snapshot is of another program: a value of this one is not in it")
    for place, old in pairs:
        if old is None:
            f[place.f] = 0.0
            continue
        _copy(snapshot.f, old.f, f, place.f, place.floats)
        _copy(snapshot.k, old.k, k, place.k, place.ints)
        _copy(snapshot.w, old.w, w, place.w, place.window)


def _copy(source: array[Any], at: int, target: array[Any], to: int, count: int) -> None:
    memoryview(target)[to : to + count] = memoryview(source)[at : at + count]
