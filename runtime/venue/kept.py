"""A desk as bytes and back: JSON, read as strictly as what comes from outside is."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from ..machine.snapshot import SnapshotError
from ..trading import layout as at
from ..trading.rows import ORDER_TYPES
from .desk import Desk
from .orders import CANCEL, REPLACE, STATES, Order, Slot, Terms
from .wanted import LIVES, NEXT_OPEN, THIS_CLOSE

if TYPE_CHECKING:
    from .desks import Desks

_WRONG = "no snapshot of this session: what it keeps of the orders at the venue is damaged"
_ROLES = ("enter", "exit", "guard", "expire", "stop", "target", "trail")
_NUMBERS = (int, float)


def encode(desk: Desk) -> bytes:
    """What a desk keeps beside the books."""
    kept = {
        "orders": [_plain(desk, order) for order in desk.orders.values()],
        "held": [[*slot, met] for slot, met in desk.held.items()],
        "blocked": sorted([*slot] for slot in desk.blocked),
        "got": [[number, *part] for number, part in desk.books.got.items()],
        "next": [desk.numbers.id, desk.numbers.row, desk.last, desk.time],
        "close": desk.close,
    }
    return json.dumps(kept, separators=(",", ":"), allow_nan=False).encode()


def _plain(desk: Desk, order: Order) -> list[Any]:
    return [
        order.id, [*order.slot], order.role, order.number, order.trade, order.side, [*order.terms], [*order.agreed],
        order.state, order.filled, order.price, order.asked, order.refused, order.fills, desk.sent_at[order.id],
        order.since,
    ]  # fmt: skip


def decode(desk: Desk, content: bytes) -> dict[str, Any]:
    """What a desk would take over; SnapshotError, and nothing has changed, where it cannot have been kept."""
    try:
        kept = json.loads(content)
        orders = {order.id: (order, sent) for order, sent in map(_order, kept["orders"])}
        held = {_slot(row[:3]): _flag(row[3]) for row in kept["held"]}
        blocked = {_slot(row) for row in kept["blocked"]}
        got = {_whole(number): (_number(quantity), _number(price)) for number, quantity, price in kept["got"]}
        close = _number(kept["close"])
        next_id, next_row, last, time = map(_whole, kept["next"])
    except (ValueError, TypeError, KeyError, IndexError, RecursionError):
        raise SnapshotError(_WRONG) from None
    statements = desk.statements
    levels = desk.k[at.LEVELS]
    known = [*(order.slot for order, _ in orders.values()), *held, *blocked]
    if any((slot.kind == "statement" and slot.a not in statements) or slot.b >= levels for slot in known):
        raise SnapshotError(_WRONG)
    live = [order.slot for order, _ in orders.values() if not order.ended]
    if len(orders) != len(kept["orders"]) or len(set(live)) != len(live):
        raise SnapshotError(_WRONG)
    if any(one >= next_id for one in orders) or list(orders) != sorted(orders) or next_row < 0:
        raise SnapshotError(_WRONG)
    numbers = next_id, next_row, last, time
    return {"orders": orders, "held": held, "blocked": blocked, "got": got, "next": numbers, "close": close}


def adopt(desk: Desk, kept: dict[str, Any]) -> None:
    """Take over what was read."""
    desk.orders = {one: order for one, (order, _) in kept["orders"].items()}
    desk.live = {order.slot: order for order in desk.orders.values() if not order.ended}
    desk.sent_at = {one: sent for one, (_, sent) in kept["orders"].items()}
    desk.held, desk.blocked, desk.books.got = kept["held"], kept["blocked"], kept["got"]
    desk.close = kept["close"]
    desk.numbers.id, desk.numbers.row, desk.last, desk.time = kept["next"]


def encode_all(desks: Desks) -> bytes:
    """What the desks of several symbols keep."""
    kept = {symbol: encode(desk).decode() for symbol, desk in desks.of.items()}
    return json.dumps(kept, separators=(",", ":")).encode()


def decode_all(desks: Desks, content: bytes) -> dict[str, dict[str, Any]]:
    """The same as `decode`, by symbol: ids and rows are numbered over all of them."""
    try:
        held = json.loads(content)
    except (ValueError, RecursionError):
        raise SnapshotError(_WRONG) from None
    if not isinstance(held, dict) or list(held) != list(desks.of):
        raise SnapshotError(_WRONG)
    try:
        kept_of = {symbol: _text(text).encode() for symbol, text in held.items()}
    except ValueError:  # no text, or one with half of a pair of surrogates
        raise SnapshotError(_WRONG) from None
    found = {symbol: decode(desk, kept_of[symbol]) for symbol, desk in desks.of.items()}
    ids = [one for kept in found.values() for one in kept["orders"]]
    if len(ids) != len(set(ids)) or len({kept["next"][:2] for kept in found.values()}) != 1:
        raise SnapshotError(_WRONG)
    return found


def adopt_all(desks: Desks, kept: dict[str, dict[str, Any]]) -> None:
    """Take over what was read."""
    for symbol, desk in desks.of.items():
        adopt(desk, kept[symbol])


def _order(row: list[Any]) -> tuple[Order, int]:
    one, slot, role, number, trade, side, terms, agreed, state, filled, price, asked, refused, fills, sent, since = row
    found = Order(
        _count(one), _slot(slot), _among(role, _ROLES), _whole(number), _among(trade, (1, -1)), _among(side, (1, -1)),
        _terms(terms), _terms(agreed), _among(state, STATES), _number(filled), _number(price),
        _among(asked, ("", REPLACE, CANCEL)), _flag(refused), _whole(since), [_text(name) for name in fills],
    )  # fmt: skip
    if found.filled < 0.0 or not found.terms.quantity > 0.0:
        raise ValueError("an order of nothing")
    return found, _count(sent)


def _terms(row: list[Any]) -> Terms:
    kind, quantity, limit, trigger, after, reduce_only, life, until, fill = row
    return Terms(
        _among(kind, ORDER_TYPES), _number(quantity), _price(limit), _price(trigger), _price(after),
        _flag(reduce_only), _among(life, LIVES), None if until is None else _whole(until),
        _among(fill, ("", THIS_CLOSE, NEXT_OPEN)),
    )  # fmt: skip


def _price(value: Any) -> float | None:
    return None if value is None else _number(value)


def _slot(row: list[Any]) -> Slot:
    kind, a, b = row
    return Slot(_among(kind, ("statement", "guard", "lot")), _count(a), _count(b))


def _among(value: Any, allowed: tuple[Any, ...]) -> Any:
    if isinstance(value, bool) or value not in allowed:
        raise ValueError("not one of these")
    return value


def _flag(value: Any) -> bool:
    return bool(_among(int(value), (0, 1)))


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError("no text")
    return value


def _whole(value: Any) -> int:
    if type(value) is not int or abs(value) > 1 << 62:
        raise ValueError("no whole number")
    return value


def _count(value: Any) -> int:
    if _whole(value) < 0:
        raise ValueError("below 0")
    return int(value)


def _number(value: Any) -> float:
    if type(value) not in _NUMBERS or not abs(value) <= at.FAR:
        raise ValueError("no number")
    return float(value)


def joined(kept: bytes, rest: bytes) -> bytes:
    """What a desk kept behind its length, then the rest."""
    return len(kept).to_bytes(8, "little") + kept + rest


def size_of(content: bytes) -> int:
    """How many bytes what a desk kept takes, its length included."""
    return 8 + int.from_bytes(content[:8], "little")
