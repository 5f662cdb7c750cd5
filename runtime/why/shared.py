"""What an answer has where several symbols share the account: whose the room was, positions to hold, other legs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ...lang.plan.model import HOLD_PLACES, Plan
from ...stdlib.arith import div
from ..portfolio.watched import Moment, Seen
from ..trading import hold
from ..trading import layout as at
from ..trading.places import inbox_at
from .answer import Holding, Leg, Turn, Verdict, Wish
from .books import Books
from .reading import at_turn
from .story import REFUSED, of_order

Row = Mapping[str, Any]


def holdings(moment: Moment, but: str = "") -> tuple[Holding, ...]:
    """Every book's share of the account that has one; all but that of one symbol."""
    equity = moment.b[at.EQUITY]
    return tuple(
        Holding(share.symbol, share.quantity, div(share.value, equity), div(share.claim, equity), share.takes_place)
        for share in moment.shares if share.symbol != but and (share.quantity or share.claim or share.takes_place)
    )  # fmt: skip


def turn_of(seen: Seen, place: int, symbol: str, rows: Sequence[Row], order: Row | None) -> Turn | None:
    """What an entry of the statement at a place was weighed against; None where nothing was weighed.

    rows: every order of the event. order: that of the statement.
    """
    moment = seen.before.get(place, seen.turn)
    if moment is None or order is None:
        return None
    before = tuple(row for row in rows if row["symbol"] not in ("", symbol) and row["order"] < order["order"])
    return Turn(at_turn(Books(moment.b, moment.k, moment.called)), holdings(moment), before)


def wish_of(seen: Seen, place: int, price: float) -> Wish | None:
    """What a position to hold asked for, by what the trading itself makes of it; None where it asked for nothing."""
    moment = seen.before.get(place, seen.turn)
    if moment is None:
        return None
    b, k = moment.b[:], moment.k[:]
    inbox = inbox_at(k, place)
    size = b[inbox + at.SIZE]
    b[at.WORTH] = price if price == price else b[at.PRICE]
    target = hold.aimed(b, k, place, abs(size)) * (-1.0 if size < 0.0 else 1.0)
    held = b[at.QUANTITY]
    difference = div((target - held) * hold.unit_value(b), b[at.BASIS])
    band = b[inbox + at.BAND]
    return Wish(b[at.BASIS], b[at.WORTH], target, held, difference, band if band == band else 0.0)


def held_already(wish: Wish | None) -> Verdict:
    """A position to hold whose condition held, and that ordered nothing."""
    if wish is not None and 0.0 < abs(wish.difference) < wish.band:
        return Verdict("within_band", "its condition held, but what is held differs from what it asks for by less "
                       "than its band")  # fmt: skip
    return Verdict("held", "its condition held, and what it asks for was held already")


def legs_of(plan: Plan, place: int, rows: Sequence[tuple[int, Row]], present: Sequence[str]) -> Iterator[Leg]:
    """The other legs of an `atomic`. rows: every order of the event, with its statement. present: the symbols that had
    a bar at the event."""
    own = next(decision for decision in plan.decisions if decision.index == place)
    for leg in plan.decisions:
        if leg.atomic and leg.group == own.group and leg.index != place:
            given = [row for statement, row in rows if leg.index <= statement < leg.index + HOLD_PLACES]
            row = next((row for row in given if row["status"] in REFUSED), next(iter(given), None))
            yield Leg(leg.symbol, f"atomic {leg.symbol}", _of_leg(leg.symbol, row, present), row)


def _of_leg(symbol: str, row: Row | None, present: Sequence[str]) -> Verdict:
    if row is not None:
        return of_order(row)
    if symbol not in present:
        return Verdict("absent", "it had no bar at this instant")
    return Verdict("idle", "it ordered nothing: it wished nothing, or its side was held already")
