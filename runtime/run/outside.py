"""What a host tells a session of its orders at a venue: a value looked at, a lock, and the events that follow."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock
from typing import Any, Protocol

from ...lang.diagnostics.brief import brief
from ...lang.inputs.flags import is_flag
from ..calendar.instants import Moment, instant
from ..data.policy import FAIL, KEEP
from ..data.quality import LARGEST
from ..errors import RunError, UsageFault, VenueError
from ..given import is_text
from ..venue.desk import Desk
from .events import Event

_LONGEST = 200


class Told(Protocol):
    """What takes a venue's words: the desk of one symbol, or those of several."""

    def hear(self, say: Callable[[Desk], list[Event]], order: object = None, symbol: str | None = None) -> list[Event]:
        """What a venue says, of an order or of the market."""

    def every(self) -> list[dict[str, Any]]:
        """The orders that have not ended, as a host is told of them, oldest first."""


class AtAVenue:
    """The part of a session that a venue talks to.

    An order is named by the `id` of its request. `time` is when it happened, as the venue says: text, datetime or µs
    since 1970. What a venue cannot have said of an order now is a VenueError, and nothing has changed.
    """

    _venue: Told | None
    _lock: Lock
    _closed: bool
    _above: float
    """What every price lies above, of bars and of what a venue says: `least_price` of the session's policy."""

    def on_ack(self, order: int, *, time: Moment | None = None) -> list[Event]:
        """The venue has the order, or has replaced its terms as asked.
        VenueError: it cannot be; nothing has changed."""
        when = _when(time)
        return self._tell(lambda desk: desk.ack(order, when), order)

    def on_trigger(self, order: int, *, time: Moment | None = None) -> list[Event]:
        """What the order waited for was touched: its trigger, or the price after which it begins to work.
        VenueError: it cannot be; nothing has changed."""
        when = _when(time)
        return self._tell(lambda desk: desk.trigger(order, when), order)

    def on_fill(
        self,
        order: int,
        quantity: float,
        price: float,
        *,
        fee: float | None = None,
        time: Moment | None = None,
        fill: str | int | None = None,
    ) -> list[Event]:
        """So much of the order was filled, above 0 and all parts apart. fee: in money; None takes the assumed one.

        fill: the venue's name of this fill: the same one again is ignored, and told. What the venue filled is
        booked whatever was asked: late, too much, at a worse price, after the order's end; that is told as well.
        VenueError: it cannot be; nothing has changed.
        """
        amount, paid = _number("quantity", quantity), self._price(price)
        if amount <= 0.0:
            raise VenueError(f"quantity: expected a number above 0, found {brief(quantity)}; the order says the side")
        charge = None if fee is None else _number("fee", fee)
        name, when = _name(fill), _when(time)
        return self._tell(lambda desk: desk.fill(order, amount, paid, charge, when, name), order)

    def on_reject(self, order: int, reason: str = "", *, time: Moment | None = None) -> list[Event]:
        """The venue refuses the order or, of one that works, what was asked last.
        VenueError: it cannot be; nothing has changed."""
        if not is_text(reason) or len(reason) > _LONGEST:
            raise VenueError(f"reason: expected a text of up to {_LONGEST} characters, found {brief(reason)}")
        when = _when(time)
        return self._tell(lambda desk: desk.reject(order, reason, when), order)

    def on_cancel(self, order: int, *, time: Moment | None = None) -> list[Event]:
        """The order has ended without a further fill, asked for or not.
        VenueError: it cannot be; nothing has changed."""
        when = _when(time)
        return self._tell(lambda desk: desk.cancel(order, when), order)

    def on_unknown(self, order: int, *, time: Moment | None = None) -> list[Event]:
        """Nobody knows what became of the order: nothing is asked of it until it is known.
        VenueError: it cannot be; nothing has changed."""
        when = _when(time)
        return self._tell(lambda desk: desk.lose(order, when), order)

    def on_price(self, price: float, *, time: Moment | None = None, symbol: str | None = None) -> list[Event]:
        """The market was at a price inside the bar going on: lots filled in it know it, and what it arms works.

        symbol: whose price it is, in a session over several.
        VenueError: it cannot be; nothing has changed.
        """
        seen, when = self._price(price), _when(time)
        return self._tell(lambda desk: desk.price(seen, when), symbol=symbol)

    def _price(self, value: object) -> float:
        """A price as a bar may have it: VenueError says what was given."""
        found = _number("price", value)
        if found <= self._above:
            raise VenueError(f"price: expected a number above 0, as the prices of a bar are, found {brief(value)}"
                             + kept_by_policy(found))  # fmt: skip
        return found

    @property
    def orders(self) -> list[dict[str, Any]]:
        """The orders at the venue that have not ended, as last asked for, oldest first."""
        with self._lock:
            return self._at_a_venue().every()

    def _at_a_venue(self) -> Told:
        if self._venue is None:
            raise UsageFault('this session fills its orders itself, from its bars: make it with fills="venue" to tell '
                             "it what a venue did")  # fmt: skip
        return self._venue

    def _tell(
        self, say: Callable[[Desk], list[Event]], order: object = None, symbol: str | None = None
    ) -> list[Event]:  # fmt: skip
        with self._lock:
            desk = self._at_a_venue()
            if self._closed:
                raise RunError("the session is closed: restore its snapshot in a new one to go on")
            return desk.hear(say, order, symbol)


def least_price(policy: object) -> float:
    """What every price of a session lies above, by its `policy`; UsageFault: it has none of that name."""
    if not isinstance(policy, str) or policy not in (FAIL, KEEP):
        raise UsageFault(f'policy: a session has "{FAIL}", which takes prices above 0, and "{KEEP}", which takes those '
                         f"of 0 and less, too; found {brief(policy)}")  # fmt: skip
    return 0.0 if policy == FAIL else -LARGEST


def kept_by_policy(price: float) -> str:
    """What takes a price of 0 and less, said behind its refusal; "" of any other."""
    told = ' (prices have been, as oil\'s in April 2020: a session with policy="keep" takes them)'
    return told if -LARGEST <= price <= 0.0 else ""


def _when(time: Moment | None) -> int | None:
    """µs since 1970; VenueError where it is no time."""
    try:
        return None if time is None else instant(time, "the time of an event")
    except UsageFault as error:
        raise VenueError(str(error)) from None


def _number(name: str, value: object) -> float:
    """A finite number; VenueError says what was given."""
    plain = not isinstance(value, complex | str | bytes) and not is_flag(value) and getattr(value, "shape", ()) == ()
    try:
        found = float(value) if plain else float("nan")  # type: ignore[arg-type]
    except Exception:  # whatever converts like no number
        found = float("nan")
    if not abs(found) <= LARGEST:
        raise VenueError(f"{name}: expected a number, found {brief(value)}")
    return found


def _name(fill: object) -> str | None:
    """The venue's name of a fill, as text."""
    if fill is None:
        return None
    if isinstance(fill, int) and not isinstance(fill, bool):
        fill = str(fill)
    if not isinstance(fill, str) or not is_text(fill) or not 0 < len(fill) <= _LONGEST:
        raise VenueError(f"fill: expected the venue's name of the fill, a text or a whole number, found {brief(fill)}")
    return fill
