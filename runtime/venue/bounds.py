"""What a venue cannot have said: a moment in which no order of these bars was there, money that no account can hold."""

from __future__ import annotations

from ..calendar.civil import DAY
from ..calendar.instants import shown
from ..errors import VenueError
from ..trading import layout as at
from ..trading.buffers import Floats

MOST = 1e30
"""Of money and of units in an account: sums of many such are far from what a number can be."""

LATEST = 366 * DAY
"""After the close of the last bar, in µs: longer than any market rests between two bars."""


def check_time(time: int | None, since: int, close: int) -> None:
    """A moment is of the bars that were pushed, or of the one going on; VenueError where it cannot be.

    since: the open of the first bar that it may lie in. close: that of the last bar, both in µs.
    """
    if time is None or since <= time <= close + LATEST:
        return
    asked = "; whole numbers are µs since 1970: are these s or ms?" if time < since and time < 366 * DAY else ""
    if time < since:
        raise VenueError(f"the time of an event, {shown(time)}, is before the bar of {shown(since)}, the first that it "
                         f"can be of{asked}")  # fmt: skip
    raise VenueError(f"the time of an event, {shown(time)}, is more than a year after the last bar, which closed at "
                     f"{shown(close)}")  # fmt: skip


def check_money(b: Floats, trade: int, quantity: float, price: float, fee: float) -> None:
    """What the account holds after a fill can be counted; VenueError where it cannot. trade: 1 buys, -1 sells; 0: of a
    price alone."""
    worth = price * b[at.POINT_VALUE]
    held = abs(b[at.QUANTITY] + trade * quantity)
    cash = b[at.CASH] - trade * quantity * worth - fee
    if not max(price, quantity, quantity * worth, abs(fee), held, held * worth, abs(cash)) <= MOST:
        what = f"a fill of {quantity:g} at {price:g}" if trade else f"a price of {price:g}"
        raise VenueError(f"{what} is beyond what an account can hold ({MOST:g} in money or units), with {b[at.CASH]:g} "
                         f"in cash and {b[at.QUANTITY]:g} held before it")  # fmt: skip
