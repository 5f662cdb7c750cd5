"""What the monitors read at a decision, how far each guard is from its limit, and whether a statement could act."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ...lang.words.vocabulary import FLOORS, GAUGES, GUARD_ACTIONS, HALTING, RESETS
from ...stdlib.arith import div
from ..trading import books as read
from ..trading import layout as at
from ..trading import limits
from ..trading.effects import Deciding, Effect, effects, effects_of_leg
from ..trading.guards import entries_waiting, mark_at
from ..trading.orders import in_this_minute
from ..trading.places import order_at, rests, state_of
from ..trading.scopes import counted_others, is_inside, others, scope_of
from ..trading.specs import GUARDS
from .books import Books

OF_RATIO = frozenset({
    "drawdown", "loss", "daily_loss", "day_gain", "exposure", "leverage", "position", "margin_use", "margin_distance",
    "net_exposure", "open_risk", *GAUGES,
}) - {"beta"}  # fmt: skip
"""Guards whose limit is a share of equity, of the capital or of the price; those of the others are numbers."""


@dataclass(frozen=True, slots=True)
class GuardReading:
    """A guard: the value of what it measures, its limit, and the way between; NaN where there is nothing to measure.

    of: the symbol or group that it is of, "" for the account. tripped: it acted and was not reset since.
    implied: the program does not write it. given: the run was given it. until: what resets it, "" where no halt is to
    end. read_as: how the text calls what it reads, "" where that is its name.
    """

    guard: str
    action: str
    value: float
    limit: float
    left: float
    tripped: bool
    implied: bool
    given: bool = False
    of: str = ""
    until: str = ""
    read_as: str = ""


@dataclass(frozen=True, slots=True)
class LimitEffect:
    """What an order does to a limit: its reading before it, with all of what it asks for, and with what it gets, and
    what the limit alone makes of what it asks for: `fits`, `cuts` or `denies`; of an exit, which no limit is asked
    about, `leaves`. A reading is NaN where no equity is left."""

    guard: str
    action: str
    limit: float
    before: float
    asked: float
    after: float
    verdict: str
    implied: bool
    given: bool
    of: str = ""
    until: str = ""
    read_as: str = ""


def effects_of(now: Deciding, statement: int, *, leg: bool = False) -> tuple[LimitEffect, ...]:
    """Every limit as the order of a statement found it, and would leave it. leg: one of a group."""
    return tuple(_effect(now, each) for each in (effects_of_leg if leg else effects)(now, statement))


def _effect(now: Deciding, effect: Effect) -> LimitEffect:
    guard = _guard(Books(now.b, now.k, now.called), effect.guard)
    verdict = "denies" if effect.room <= 0.0 else "fits" if effect.room >= effect.wanted else "cuts"
    verdict = "leaves" if effect.leaves else verdict
    return LimitEffect(guard.guard, guard.action, guard.limit, effect.before, effect.asked, effect.after, verdict,
                       guard.implied, guard.given, guard.of, guard.until, guard.read_as)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reading:
    """The books as the decisions of a bar saw them. halted: "", "day", "week" or "month" (until it
    ends), or "for good"."""

    equity: float
    cash: float
    drawdown: float
    exposure: float
    position: float
    entry_price: float
    position_pnl: float
    lots: int
    stop: float
    halted: str
    guards: tuple[GuardReading, ...]


def at_turn(held: Books) -> tuple[GuardReading, ...]:
    """What every guard had counted when an entry was weighed: beside what is held, what waits and rests."""
    return tuple(_guard(held, guard, taken) for guard in _own(held))


def _own(held: Books) -> list[int]:
    """The guards that look at this book: those of the account, and of the groups that its symbol is in."""
    return [guard for guard in range(held.k[at.GUARD_COUNT]) if is_inside(held.k, scope_of(held.k, guard))]


def taken(held: Books, guard: str, scope: int) -> float:
    """What a guard looks at, with entries and exits that are accepted counted as filled."""
    b, k = held.b, held.k
    if guard in ("exposure", "leverage", "margin", "position", "margin_use"):
        beside = 0.0 if guard == "position" else others(b, k, scope, at.OTHERS_CLAIM, at.SCOPE_CLAIM)
        return div((b[at.MARGIN] if guard == "margin_use" else 1.0) * (b[at.CLAIM] + beside), b[at.EQUITY])
    if guard == "margin_distance":
        return limits.distance_at(b, div(b[at.CLAIM], b[at.EQUITY]), 1 if b[at.EXPECTED] > 0.0 else -1)
    if guard == "net_exposure":
        most = b[at.OWN_MOST] + others(b, k, scope, at.OTHERS_MOST, at.SCOPE_MOST)
        least = b[at.OWN_LEAST] + others(b, k, scope, at.OTHERS_LEAST, at.SCOPE_LEAST)
        return div(max(abs(most), abs(least)), b[at.EQUITY])
    if guard == "open_risk":
        beside = others(b, k, scope, at.OTHERS_RISK_CLAIM, at.SCOPE_RISK_CLAIM)
        return div(b[at.OWN_RISK_CLAIM] + beside, b[at.EQUITY])
    if guard == "positions":
        return counted_others(b, k, scope, at.OTHERS_OPEN, at.SCOPE_OPEN) + k[at.TAKES_PLACE]
    waiting = entries_waiting(b, k, -1) + k[at.OTHERS_WAITING] if guard == "day_trades" else 0
    return _measured(held, guard, scope) + waiting


def reading(held: Books) -> Reading:
    """Everything that is read of the books."""
    b, k = held.b, held.k
    return Reading(
        equity=read.read_equity(b, k),
        cash=read.read_cash(b, k),
        drawdown=read.read_drawdown(b, k),
        exposure=read.read_exposure_gross(b, k),
        position=read.read_position_size(b, k),
        entry_price=read.read_position_entry_price(b, k),
        position_pnl=read.read_position_pnl(b, k),
        lots=int(read.read_position_lots(b, k)),
        stop=read.read_position_stop(b, k),
        halted=("", "day", "week", "month", "for good")[k[at.HALTED]],
        guards=tuple(_guard(held, guard) for guard in _own(held)),
    )


def _guard(
    held: Books, guard: int, measured: Callable[[Books, str, int], float] | None = None
) -> GuardReading:  # fmt: skip
    b, k = held.b, held.k
    here, scope = k[at.GUARDS] + guard * at.GUARD_WIDTH, scope_of(k, guard)
    name, limit = GUARDS[k[here + at.GUARD_KIND]], b[k[at.THRESHOLDS] + guard]
    mark = b[mark_at(k, guard)]
    if name in GAUGES:
        now = mark
    else:
        now = (mark - b[at.EQUITY]) / mark if mark else (measured or _measured)(held, name, scope)
    action = GUARD_ACTIONS[k[here + at.GUARD_ACTION]]
    origin = k[here + at.GUARD_FROM]
    acted = bool(k[here + at.TRIPPED])
    left = now - limit if name in FLOORS else limit - now
    of = held.called.scopes[scope - 1] if scope else ""
    until = _UNTIL[k[here + at.GUARD_UNTIL]] if action in HALTING else ""
    read_as = held.called.readings[guard] if origin == at.OF_THE_PROGRAM and guard < len(held.called.readings) else ""
    return GuardReading(name, action, now, limit, left, acted, origin == at.IMPLIED, origin == at.GIVEN, of, until,
                        read_as)  # fmt: skip


_UNTIL = ("", *RESETS)


def _measured(held: Books, guard: str, scope: int) -> float:
    """What a guard looks at (`docs/trading.md`); entries that wait are counted at the next one, not here."""
    b, k = held.b, held.k
    if guard == "drawdown":
        return read.read_drawdown(b, k)
    if guard == "loss":
        return div(b[at.BEGAN_WITH] - b[at.EQUITY], b[at.BEGAN_WITH])  # missing where all of it was taken out
    if guard in ("daily_loss", "day_gain"):
        lost = read.read_day_loss(b, k)
        return lost if guard == "daily_loss" else 0.0 - lost
    if guard == "day_trades":
        return float(k[at.ENTRIES_TODAY] + k[at.OTHERS_ENTRIES_TODAY])
    if guard == "day_losses":
        return float(k[at.LOSSES_TODAY] + k[at.OTHERS_LOSSES_TODAY])
    if guard == "orders_per_minute":
        return float(in_this_minute(k))
    if guard == "margin_distance":
        return read.read_margin_distance(b, k)
    if guard == "positions":
        return counted_others(b, k, scope, at.OTHERS_HELD, at.SCOPE_HELD) + (k[at.LOT_COUNT] > 0)
    share = read.of_equity(b, limits.measured(b, k, GUARDS.index(guard), scope))
    return b[at.MARGIN] * share if guard == "margin_use" else share


# --- whether a statement could act ---------------------------------------------------------------

WAITS, HELD, FULL, NOTHING, USED, FREE = "waits", "held", "scale_full", "nothing_to_close", "once_used", "free"


def leg_of(held: Books, statement: int) -> int:
    """How far an instruction of a sequence is."""
    return held.k[held.k[at.STATEMENTS] + statement * at.STATEMENT_WIDTH + at.LEG]


def state(held: Books, statement: int) -> str:
    """What keeps a statement from acting whatever its condition says; FREE where nothing does."""
    b, k = held.b, held.k
    here = k[at.STATEMENTS] + statement * at.STATEMENT_WIDTH
    if state_of(b, k, statement) == at.WAITS:
        return WAITS
    if k[here + at.ACCEPTS] == at.FULL_UP:
        return FULL
    if k[here + at.ACCEPTS] == at.COULD:
        return FREE
    if k[here + at.KIND] == at.ENTER:
        return HELD
    return USED if b[at.QUANTITY] * k[here + at.SIDE] > 0.0 else NOTHING


@dataclass(frozen=True, slots=True)
class Resting:
    """An order that rests: its number, and the bar whose decision it is of."""

    number: int
    decided: int


def resting(held: Books, statement: int) -> Resting | None:
    """The order of a statement that rests, if one does."""
    b, k = held.b, held.k
    if not rests(b, k, statement):
        return None
    here = order_at(k, statement)
    return Resting(int(b[here + at.NUMBER]), int(b[here + at.DECIDED]))
