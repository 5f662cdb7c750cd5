"""The state of a machine as bytes: a checksum, a header that says what follows, and the arrays as they are.

A snapshot belongs to no engine. It is read back by any plan that trades by the same statements and guards (its seal)
and keeps at least the same nodes: places are found by the hash of the node's expression. So an added plot, a moved line
or a reworded `because` does not matter, and a changed program is refused. What the arrays hold is looked at by
`restore.py`; here the bytes are taken apart, whatever they are.
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
from array import array
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ...lang.plan.model import Place
from ..errors import RunError
from ..trading.sound import WHOLE

MAGIC = b"STRATAGEM STATE\n"
VERSION = 7
"""Of what the arrays mean. Whoever changes a layout, or what keeps its place, counts on; a test compares."""
_DIGEST = 32
_SAID = re.compile(rb'\{"version":(\d{1,9}),')


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
    body = len(head).to_bytes(8, "little") + head + b"".join(little(a).tobytes() for a in held)
    return MAGIC + hashlib.sha256(body).digest() + body


def decode(content: bytes) -> Snapshot:
    """The snapshot in these bytes; SnapshotError says what is wrong with them."""
    if content[: len(MAGIC)] != MAGIC:
        raise SnapshotError("not a snapshot: it does not begin as one")
    digest, body = content[len(MAGIC) : len(MAGIC) + _DIGEST], content[len(MAGIC) + _DIGEST :]
    if hashlib.sha256(body).digest() != digest:
        raise SnapshotError("the snapshot is damaged: its checksum does not match; restore an earlier one")
    size = 8 + int.from_bytes(body[:8], "little")
    header = _header(body[8:size])
    if header["version"] != VERSION:
        raise of_another_version(header["version"], VERSION)
    sizes = header["sizes"]
    if not _counts(sizes, len(_ARRAYS)) or len(body) != size + 8 * sum(sizes):
        raise _no_snapshot("its arrays are not as long as it says")
    held: dict[str, array[Any]] = {}
    for (name, code), count in zip(_ARRAYS, sizes, strict=True):
        held[name] = array(code)
        held[name].frombytes(body[size : size + 8 * count])
        held[name] = little(held[name])
        size += 8 * count
    places = tuple(_place(row, held) for row in _list(header["places"]))
    if not _counts([header["index"]], 1) or header["index"] > WHOLE or not isinstance(header["seal"], str):
        raise _no_snapshot("its bar or its seal is none")
    return Snapshot(header["index"], header["seal"], places=places, **held)


def of_this_version(content: bytes, magic: bytes = MAGIC, ours: int = VERSION) -> None:
    """SnapshotError if the bytes say that they are of another version; looked at first: what else differs follows."""
    said = _SAID.match(content, len(magic) + _DIGEST + 8) if content.startswith(magic) else None
    if said and int(said[1]) != ours:
        raise of_another_version(int(said[1]), ours)


def of_another_version(found: object, ours: int) -> SnapshotError:
    """What is told of it."""
    told = f"expected a snapshot of version {ours}, found {found!r:.40}: another release of Stratagem made it"
    return SnapshotError(f"{told}; go on from it with that release, or begin anew and push the bars since the start")


def _header(head: bytes) -> dict[str, Any]:
    """What a snapshot says of itself, as yet unchecked."""
    try:
        header = json.loads(head)
    except (ValueError, RecursionError):
        raise _no_snapshot("its header is no JSON") from None
    if not isinstance(header, dict) or not header.keys() >= {"version", "index", "seal", "sizes", "places"}:
        raise _no_snapshot("its header is incomplete")
    return header


def _place(row: object, held: Mapping[str, array[Any]]) -> Place:
    """A place that lies within the arrays."""
    values = _list(row)
    if len(values) != 7 or not isinstance(values[0], str) or not _counts(values[1:], 6):
        raise _no_snapshot("a place is none")
    place = Place(*values)
    if place.f + place.floats > len(held["f"]) or place.k + place.ints > len(held["k"]):
        raise _no_snapshot("a place lies outside of its arrays")
    if place.w + place.window > len(held["w"]):
        raise _no_snapshot("a place lies outside of its arrays")
    return place


def _list(value: object) -> list[Any]:
    if not isinstance(value, list):
        raise _no_snapshot("its header is incomplete")
    return value


def _counts(values: object, count: int) -> bool:
    """Whether this is a list of so many whole numbers, none below 0."""
    return isinstance(values, list) and len(values) == count and all(type(v) is int and v >= 0 for v in values)


def _no_snapshot(why: str) -> SnapshotError:
    return SnapshotError(f"not a snapshot that `snapshot()` gave: {why}; restore an earlier one")


def little(values: array[Any]) -> array[Any]:
    """The array with little-endian items: the same array where the machine is so."""
    if sys.byteorder == "little":
        return values
    swapped = array(values.typecode, values)
    swapped.byteswap()
    return swapped
