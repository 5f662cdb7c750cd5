"""Scopes: what a guard on a group of symbols looks at, in place of the whole account.

Each scope has a row of sums over the books that are in it, as the account has over all (`OTHERS_…`); row 0 has what
this book was last added to them with. A guard of scope 0 is of the account.
"""

from __future__ import annotations

from ...stdlib.arith import absolute
from . import layout as at
from .buffers import Floats, Ints


def scope_of(k: Ints, guard: int) -> int:
    """The scope of a guard."""
    return k[k[at.GUARDS] + guard * at.GUARD_WIDTH + at.GUARD_SCOPE]


def is_inside(k: Ints, scope: int) -> int:
    """Whether this book is in a scope."""
    return 1 if scope == 0 or k[k[at.SCOPES] + scope - 1] != 0 else 0


def sums_at(k: Ints, scope: int) -> int:
    """The first slot in b of the sums of a scope; of 0 this book's own share."""
    return k[at.SCOPE_SUMS] + scope * at.SCOPE_WIDTH


def others(b: Floats, k: Ints, scope: int, slot: int, field: int) -> float:
    """What the other books of a scope come to; of the account it stands in a slot of its own."""
    return b[slot] if scope == 0 else b[sums_at(k, scope) + field]


def counted_others(b: Floats, k: Ints, scope: int, slot: int, field: int) -> float:
    """The same of what is counted: of the account it stands in k."""
    return float(k[slot]) if scope == 0 else b[sums_at(k, scope) + field]


def is_halted(k: Ints) -> int:
    """Whether a guard keeps this book from new risk: one of the account, or of a group that its symbol is in."""
    if k[at.HALTED] != at.NOT_HALTED:
        return 1
    if k[at.SCOPE_COUNT] != 0:
        for guard in range(k[at.GUARD_COUNT]):
            scope = scope_of(k, guard)
            if scope != 0 and k[k[at.GUARDS] + guard * at.GUARD_WIDTH + at.TRIPPED] != 0 and is_inside(k, scope) != 0:
                return 1
    return 0


# --- sums ------------------------------------------------------------------------------------------


def begin_scopes(a: Floats, ak: Ints) -> int:
    """Nothing is summed yet."""
    for slot in range(sums_at(ak, 0), sums_at(ak, ak[at.SCOPE_COUNT] + 1)):
        a[slot] = 0.0
    return 0


def note_share(b: Floats, k: Ints) -> int:
    """What this book comes to now, after `claim`."""
    own = sums_at(k, 0)
    b[own + at.SCOPE_GROSS] = absolute(b[at.VALUE])
    b[own + at.SCOPE_CLAIM] = b[at.CLAIM]
    b[own + at.SCOPE_RISK] = b[at.OWN_RISK]
    b[own + at.SCOPE_RISK_CLAIM] = b[at.OWN_RISK_CLAIM]
    b[own + at.SCOPE_STAYS] = b[at.STAYS]
    b[own + at.SCOPE_STAYS_RISK] = b[at.STAYS_RISK]
    b[own + at.SCOPE_HELD] = 1.0 if k[at.LOT_COUNT] > 0 else 0.0
    b[own + at.SCOPE_OPEN] = float(k[at.TAKES_PLACE])
    b[own + at.SCOPE_VALUE] = b[at.VALUE]
    b[own + at.SCOPE_MOST] = b[at.OWN_MOST]
    b[own + at.SCOPE_LEAST] = b[at.OWN_LEAST]
    b[own + at.SCOPE_STAYS_NET] = b[at.STAYS_NET]
    return 0


def add_to_scopes(a: Floats, ak: Ints, b: Floats, k: Ints) -> int:
    """One book more in the sums of each scope that it is in."""
    note_share(b, k)
    own = sums_at(k, 0)
    for scope in range(1, k[at.SCOPE_COUNT] + 1):
        if is_inside(k, scope) != 0:
            row = sums_at(ak, scope)
            for field in range(at.SCOPE_SUMMED):
                a[row + field] += b[own + field]
            a[row + at.SCOPE_LARGEST] = max(a[row + at.SCOPE_LARGEST], absolute(b[at.VALUE]))
            a[row + at.SCOPE_LARGEST_STAYS] = max(a[row + at.SCOPE_LARGEST_STAYS], b[at.STAYS])
    return 0


def hand_scopes(a: Floats, ak: Ints, b: Floats, k: Ints) -> int:
    """A book gets what the others of each scope come to: the sums less its own share, if it is in it."""
    own = sums_at(k, 0)
    for scope in range(1, k[at.SCOPE_COUNT] + 1):
        there, here, inside = sums_at(ak, scope), sums_at(k, scope), is_inside(k, scope)
        for field in range(at.SCOPE_SUMMED):
            left = a[there + field] - (b[own + field] if inside != 0 else 0.0)
            b[here + field] = left if field >= at.SCOPE_SIGNED else max(left, 0.0)
    return 0


def take_scopes(a: Floats, ak: Ints, b: Floats, k: Ints) -> int:
    """The sums are those of the others and this book's share as it is now."""
    note_share(b, k)
    own = sums_at(k, 0)
    for scope in range(1, k[at.SCOPE_COUNT] + 1):
        there, here, inside = sums_at(ak, scope), sums_at(k, scope), is_inside(k, scope)
        for field in range(at.SCOPE_SUMMED):
            a[there + field] = b[here + field] + (b[own + field] if inside != 0 else 0.0)
    return 0
