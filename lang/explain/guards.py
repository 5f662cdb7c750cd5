"""Guards in words: what each looks at, what it does at its limit, and when a halt of it ends."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ..plan.build import plan
from ..plan.constants import evaluate_params
from ..plan.model import BASE_CLOCK
from ..program.program import Guard, Program
from ..words.vocabulary import FLOORS
from .model import Sentence
from .said import LOOSE
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
    "value_at_risk": "the value at risk", "expected_shortfall": "the expected shortfall",
    "ewma_value_at_risk": "the value at risk by exponential weights",
    "ewma_volatility": "the volatility of a bar by exponential weights", "volatility": "the volatility of a year",
    "beta": "the beta, without its sign",
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


def known_from(program: Program, guard: Guard) -> int:
    """The first bar, counted from 1, on which what a guard reads is known with the parameters' defaults; 0 where that
    is not counted in bars of the data alone."""
    place = program.guards.index(guard)
    alone = replace(program, enters=(), exits=(), cancels=(), holds=(), flows=(), emits=(), alerts=(), prefer=None)
    made = plan(alone, gauges=[each for each in program.gauges if each[0] == place])
    params = evaluate_params(made, {})
    gate = made.gauges[0].gate
    return 0 if any(what != BASE_CLOCK for what, _ in gate) else 1 + int(max(params[slot] for _, slot in gate))


_BY_SERIES = {
    "deny": "",
    "halt": " As soon as it is, once everything else of that close is known, entries that wait or rest are cancelled, "
    "and no new risk is taken{until}; exits go on.",
    "flatten": " As soon as it is, once everything else of that close is known, everything is closed, as an exit is "
    "filled, and no new risk is taken{until}.",
}
"""Actions of guards whose reading is a series."""


def _by_series(teller: Teller, guard: Guard) -> Sentence:
    """A guard whose reading is a series."""
    assert guard.reading is not None
    until = " ever after" if guard.until in ("", "never") else f" until the {guard.until} ends"
    first = known_from(teller.program, guard)
    known = f"It is known from bar {first:,} on" if first else "It is known once all that it reads is"
    return teller.sentence(
        f"guard {guard.name}", f"{_capital(_MEASURES[guard.name])}, ", Part(guard.reading, LOOSE),
        ", at each close: at most ", Part(guard.threshold), ". An entry while it is beyond is denied."
        f"{_BY_SERIES[guard.action].format(until=until)} {known}; before, and where it is missing, it bounds nothing.",
    )  # fmt: skip


def _guard(teller: Teller, guard: Guard) -> Sentence:
    if guard.reading is not None:
        return _by_series(teller, guard)
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
