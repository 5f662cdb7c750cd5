"""The state of a portfolio as bytes: a checksum, a header, what the account and the symbols were last, and the
snapshots of its books and of the machines of its levels.

It belongs to no engine. All of it is held to what a run can leave before any of it is taken over: nothing has changed
where it is refused.
"""

from __future__ import annotations

import hashlib
import json
from array import array
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from ...stdlib.arith import LIMIT
from ..machine.machine import Underway
from ..machine.restore import checked, put
from ..machine.snapshot import Snapshot, SnapshotError, decode, little, of_another_version
from ..trading import sound
from .levels import NEVER, kind_of

if TYPE_CHECKING:
    from .machine import Portfolio

MAGIC = b"STRATAGEM PORTFOLIO\n"
VERSION = 6
_DIGEST = 32
_LATEST = 1 << 54
"""Beyond any instant, in µs; the calendar can still tell it."""


def encode(portfolio: Portfolio) -> bytes:
    """The portfolio as bytes."""
    held: list[array[Any]] = [*numbers(portfolio), portfolio.account.b, portfolio.account.k]
    parts = [little(array(each.typecode, each)).tobytes() for each in held]
    parts += [run.snapshot() for run in runs(portfolio)]
    head = json.dumps(_header(portfolio) | {"sizes": list(map(len, parts))}, separators=(",", ":")).encode()
    body = len(head).to_bytes(8, "little") + head + b"".join(parts)
    return MAGIC + hashlib.sha256(body).digest() + body


def restore(portfolio: Portfolio, content: bytes) -> None:
    """Go on from a snapshot; SnapshotError, and nothing has changed, if it is damaged or of another portfolio."""
    header, parts = _apart(content)
    ours = _header(portfolio)
    if any(header.get(name) != ours[name] for name in ours if name != "index"):
        raise SnapshotError("the snapshot is of another portfolio: its symbols, or their timeframe, differ")
    held = list(runs(portfolio))
    ints, floats, b, k = (_array(code, part) for code, part in zip("qddq", parts, strict=False))
    if len(parts) != 4 + len(held):
        raise SnapshotError("the snapshot is of another program: what it reads across symbols differs")
    snapshots = [decode(part) for part in parts[4:]]
    taken = [checked(run.plan, run.arrays, each, alone=False) for run, each in zip(held, snapshots, strict=True)]
    k = _account(portfolio, b, k)
    _sound(portfolio, header["index"], ints, floats, snapshots)
    for run, each, values in zip(held, snapshots, taken, strict=True):
        put(run.arrays, values)
        run.index = each.index
    take_over(portfolio, header["index"], ints, floats, (b, k))


# --- what there is beside the runs -----------------------------------------------------------------------


def runs(portfolio: Portfolio) -> Iterator[Underway]:
    """The books, then the machines of each level, in the panel's order; then what decides the account's flows."""
    yield from (book for book in portfolio.books if book is not None)
    for machines in portfolio.levels.machines:
        yield from machines.values()
    if portfolio.cashier is not None:
        yield portfolio.cashier


def numbers(portfolio: Portfolio) -> tuple[array[int], array[float]]:
    """When each symbol's last bar closed and each book's opened; the last day, the closes, and what is last known."""
    books = [book for book in portfolio.books if book is not None]
    ints = array("q", [*portfolio.levels.closed, *(book.opened for book in books)])
    floats = array("d", [portfolio.day, *(book.close for book in books)])
    for crossing in _known(portfolio):
        floats.extend(crossing)
    return ints, floats


def _known(portfolio: Portfolio) -> Iterator[array[float]]:
    for level in portfolio.levels.last:
        yield from level


def take_over(
    portfolio: Portfolio, index: int, ints: Sequence[int], floats: Sequence[float], account: tuple[Any, Any]
) -> None:
    symbols = len(portfolio.symbols)
    portfolio.index = index
    portfolio.levels.closed[:] = ints[:symbols]
    books = [book for book in portfolio.books if book is not None]
    for place, book in enumerate(books):
        book.opened, book.close = ints[symbols + place], floats[1 + place]
    begin = 1 + len(books)
    for crossing in _known(portfolio):
        crossing[:] = array("d", floats[begin : begin + symbols])
        begin += symbols
    memoryview(portfolio.account.b)[:] = memoryview(account[0])
    memoryview(portfolio.account.k)[:] = memoryview(account[1])
    portfolio.take_up(floats[0])


# --- whether a run can have left it ----------------------------------------------------------------------


def _account(portfolio: Portfolio, b: array[float], k: array[int]) -> array[int]:
    """The account's whole numbers as they are to be taken over."""
    own = portfolio.account
    if (len(b), len(k)) != (len(own.b), len(own.k)):
        raise SnapshotError("the snapshot is of another program: its guards differ")
    adopted = sound.adopted(k, own.k)
    if wrong := sound.unsound(b, adopted, own.b, own.k, alone=False):
        raise _odd(f"of the account, {wrong}")
    return array("q", adopted)


def _sound(
    portfolio: Portfolio, index: int, ints: Sequence[int], floats: Sequence[float], snapshots: Sequence[Snapshot]
) -> None:
    """SnapshotError where counts and times do not belong together."""
    symbols, books = len(portfolio.symbols), [place for place, book in enumerate(portfolio.books) if book is not None]
    known = list(_known(portfolio))
    if len(ints) != symbols + len(books) or len(floats) != 1 + len(books) + symbols * len(known):
        raise SnapshotError("the snapshot is of another program: what it reads across symbols differs")
    counts = dict(zip(books, (each.index for each in snapshots), strict=False))
    rest = iter(snapshots[len(books) :])
    for place in (place for machines in portfolio.levels.machines for place in machines):
        bars = next(rest).index
        if counts.setdefault(place, bars) != bars:
            raise _odd("a symbol has had more bars in one place than in another")
    if portfolio.cashier is not None and next(rest).index != index:
        raise _odd("the account has had more events than there were, or fewer")
    for place, count in counts.items():
        if count > index or (count == 0) != (ints[place] == NEVER):
            raise _odd("a symbol has had more bars than there were events, or none that closed")
    if any(instant != NEVER and abs(instant) > _LATEST for instant in ints):
        raise _odd("a time is beyond any")
    if any(abs(value) > LIMIT for value in floats):
        raise _odd("a value is beyond 1e300")
    kinds = [kind_of(level, crossing) for level in portfolio.several.levels for crossing in level.crossings]
    for kind, begin in zip(kinds, range(1 + len(books), len(floats), symbols), strict=True):
        if kind == "bool" and set(floats[begin : begin + symbols]) - {0.0, 1.0}:
            raise _odd("a condition is neither true nor false")


def _odd(why: str) -> SnapshotError:
    return SnapshotError(f"the snapshot holds what no run can have left: {why}; restore an earlier one")


# --- bytes -----------------------------------------------------------------------------------------------


def _header(portfolio: Portfolio) -> dict[str, Any]:
    return {
        "version": VERSION, "index": portfolio.index, "symbols": list(portfolio.symbols),
        "traded": list(portfolio.traded), "timeframe": str(portfolio.timeframe),
    }  # fmt: skip


def _apart(content: bytes) -> tuple[dict[str, Any], list[bytes]]:
    """The header and the parts of a snapshot; SnapshotError says what is wrong with the bytes."""
    if content[: len(MAGIC)] != MAGIC:
        raise SnapshotError("not a snapshot of a portfolio: it does not begin as one")
    digest, body = content[len(MAGIC) : len(MAGIC) + _DIGEST], content[len(MAGIC) + _DIGEST :]
    if hashlib.sha256(body).digest() != digest:
        raise SnapshotError("the snapshot is damaged: its checksum does not match; restore an earlier one")
    begin = 8 + int.from_bytes(body[:8], "little")
    try:
        header = json.loads(body[8:begin])
    except (ValueError, RecursionError):
        header = None
    sizes = header.get("sizes") if isinstance(header, dict) else None
    if not isinstance(header, dict) or not isinstance(sizes, list):
        raise _none("its header is none")
    if not all(map(_count, [*sizes, header.get("index")])):
        raise _none("its header is none")
    if header.get("version") != VERSION:
        raise of_another_version(header.get("version"), VERSION)
    if len(body) != begin + sum(sizes) or len(sizes) < 4 or any(size % 8 for size in sizes[:4]):
        raise _none("its parts are not as long as it says")
    parts = []
    for size in sizes:
        parts.append(body[begin : begin + size])
        begin += size
    return header, parts


def _count(value: object) -> bool:
    return type(value) is int and 0 <= value <= sound.WHOLE


def _none(why: str) -> SnapshotError:
    return SnapshotError(f"not a snapshot that `snapshot()` gave: {why}; restore an earlier one")


def _array(code: str, part: bytes) -> array[Any]:
    found: array[Any] = array(code)
    found.frombytes(part)
    return little(found)
