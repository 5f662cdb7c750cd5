"""Guards in words: what each looks at, what it does at its limit, and when a halt of it ends."""

from __future__ import annotations

from collections.abc import Iterator

from ..program.program import Guard
from ..words.vocabulary import FLOORS
from .model import Sentence
from .telling import Part, Teller, symbol

_MEASURES = {
    "drawdown": "the fall of equity from its highest close", "loss": "the fall of equity from the starting capital",
    "daily_loss": "the fall of equity since the day began", "day_gain": "the rise of equity since the day began",
    "day_trades": "the number of entries of the day", "day_losses": "the number of trades lost on the day",
    "exposure": "the value held, long and short, as a share of equity",
    "leverage": "the value held, long and short, as a multiple of equity",
    "position": "the value of one position as a share of equity",
    "margin_use": "the margin tied up as a share of equity", "margin_distance": "the way of the price to liquidation",
    "net_exposure": "the value long less short, whichever is more, as a share of equity",
    "open_risk": "what the stops of all lots would lose, as a share of equity",
    "positions": "the number of symbols held or being entered", "orders_per_minute": "the number of orders in a minute",
}  # fmt: skip
_CUTS = frozenset("exposure leverage position margin_use margin_distance net_exposure open_risk".split())
"""Guards that cut an entry to what fits; the others deny it."""
_OF_DAY = frozenset("daily_loss day_gain day_trades day_losses".split())
_ANEW = {
    "drawdown": ", and then counts from the highest close since", "loss": ", and then counts from the equity of then",
}  # fmt: skip
"""Of guards that would be over at once, what a reset changes."""
_ACTS = {
    "deny": "",
    "halt": " At a close that has reached it entries that wait or rest are cancelled, and no new risk is taken{until}; "
    "exits go on.",
    "flatten": " At a close that has reached it everything{of} is closed, as an exit is filled, and no new risk is "
    "taken{until}.",
    "reduce": " At a close beyond it so much{of} is closed, as an exit is filled, as brings it back; as often as it is "
    "needed.",
}


def guards(teller: Teller) -> Iterator[Sentence]:
    """A sentence for each guard, and for the one that is implied."""
    program = teller.program
    for guard in program.guards:
        yield _guard(teller, guard)
    bounded = any(guard.name in ("exposure", "leverage") and not guard.of for guard in program.guards)
    if teller.assumed["margin"] == "100%" and not bounded and (program.enters or program.holds):
        yield Sentence("guard exposure implied", f"{_capital(_MEASURES['exposure'])} is at most 100%, as nothing else "
                       "is said: an entry beyond it is cut to what fits, or denied.", "implied")  # fmt: skip


def _guard(teller: Teller, guard: Guard) -> Sentence:
    of = f" of {symbol(guard.of)}" if guard.of else ""
    floor = guard.name in FLOORS
    cuts = "cut to what fits, or denied" if guard.name in _CUTS else "denied"
    resets = guard.until or ("day" if guard.name in _OF_DAY else "never")
    until = " ever after" if resets == "never" else f" until the {resets} ends{_ANEW.get(guard.name, '')}"
    acts = _ACTS[guard.action].format(until=until, of=of)
    measure = _capital(_MEASURES[guard.name]) + of
    side = "least" if floor else "most"
    beyond = "below" if floor else "that would pass" if guard.name in _CUTS else "at"
    return teller.sentence(f"guard {guard.name}{of}", f"{measure}: at {side} ", Part(guard.threshold),
                           f". An entry {beyond} it is {cuts}.{acts}")  # fmt: skip


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]
