"""From a snapshot to the arrays of a machine: checked beside, then put in place.

A snapshot is input, like a file of bars: its checksum tells of an accident, not of a hand. Engines use what stands in
the arrays as places and counts without looking, so all of it is held to what a run can leave before any of it is
taken over. Nothing has changed where it is refused.
"""

from __future__ import annotations

from array import array
from typing import Any

from ...lang.plan.bounds import unsound
from ...lang.plan.model import Place, Plan
from ..trading import sound as books
from ..trading.finer_rows import books_end, books_of
from ..trading.layout import NOW, VENUE
from .engines import Arrays
from .snapshot import Snapshot, SnapshotError

_DAY = "day"


Taken = tuple["array[float]", "array[int]", "array[float]", "array[float]", "array[int]"]
"""The arrays f, k, w, b and bk that are to be put in place."""


def restore(plan: Plan, held: Arrays, snapshot: Snapshot) -> None:
    """Put the snapshot's state into the arrays; SnapshotError, and nothing has changed, where it does not fit."""
    put(held, checked(plan, held, snapshot))


def checked(plan: Plan, held: Arrays, snapshot: Snapshot, alone: bool = True) -> Taken:
    """What the snapshot would put into the arrays; SnapshotError where it does not fit. Nothing has changed.

    alone: whether its books are the only ones of their account.
    """
    f, k, w = _placed(plan, snapshot, held)
    _fits(plan, held, snapshot)
    bk = books.adopted(snapshot.bk, held.bk)
    wrong = unsound(plan, held.params, snapshot.index, f, k, w)
    coming = 1 if bk[VENUE] else 0  # at a venue they act between bars, too: on the one that comes next
    if bk[NOW] >= max(1, snapshot.index) + coming:
        wrong = wrong or "its books have acted on a bar that it has not run"
    wrong = wrong or books.unsound(snapshot.b, bk, books_of(held.b, held.bk), held.bk, alone)
    if wrong:
        raise SnapshotError(f"the snapshot holds what no run can have left: {wrong}; restore an earlier one")
    return f, k, w, snapshot.b, bk


def put(held: Arrays, taken: Taken) -> None:
    """Put in place what was `checked`."""
    f, k, w, b, bk = taken
    for target, values in ((held.f, f), (held.k, k), (held.w, w), (held.b, b), (held.bk, bk)):
        memoryview(target)[: len(values)] = memoryview(values)


def _fits(plan: Plan, held: Arrays, snapshot: Snapshot) -> None:
    """Whether it is of this program with these parameters."""
    known = len(plan.stage)
    if snapshot.params[:known].tobytes() != held.params[:known].tobytes():
        raise SnapshotError("the snapshot was made with other parameters or of another program")
    if (snapshot.seal, len(snapshot.b), len(snapshot.bk)) != (plan.seal, books_end(held.b, held.bk), len(held.bk)):
        raise SnapshotError("the snapshot is of another program: its statements or guards differ")


def _placed(plan: Plan, snapshot: Snapshot, held: Arrays) -> tuple[array[float], array[int], array[float]]:
    """New arrays with the state of each of the plan's places; SnapshotError if one is not in the snapshot.

    Only the day may be missing, where the snapshot was taken without the monitors' records: it begins anew.
    """
    kept = {place.key: place for place in snapshot.places}
    f, w = (array("d", bytes(8 * len(one))) for one in (held.f, held.w))
    k = array("q", bytes(8 * len(held.k)))
    for place in plan.state.places:
        old = kept.get(place.key)
        if old is None and place.key == _DAY:
            continue
        if old is None or _sizes(old) != _sizes(place):
            raise SnapshotError("the snapshot is of another program: a value of this one is not in it")
        _copy(snapshot.f, old.f, f, place.f, place.floats)
        _copy(snapshot.k, old.k, k, place.k, place.ints)
        _copy(snapshot.w, old.w, w, place.w, place.window)
    return f, k, w


def _sizes(place: Place) -> tuple[int, int, int]:
    return place.floats, place.ints, place.window


def _copy(source: array[Any], at: int, target: array[Any], to: int, count: int) -> None:
    memoryview(target)[to : to + count] = memoryview(source)[at : at + count]
