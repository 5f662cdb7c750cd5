"""What assumptions ask of an event beyond what every program has: further columns, and parts that read them.

A plan is made of the text alone, and a run may have other assumptions than the text: so these are put on for the run.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import replace

from ..inputs.assumptions import Assumptions
from .model import Column, Place, Plan, needs_days

ACCRUE = "accrue"
"""Interest, borrow and funding at a rate, at each open."""
BORROW = "borrow"
"""The same where a column says the rate of borrow."""
FUND = "fund"
"""Funding at a rate that a column says."""
CONVERT = "convert"
"""The rate that a column says for money of the instrument's currency."""
OBSERVE = "observe"
"""Keeps range and volume of the last bar that has closed: slippage counts from them."""
QUOTE = "quote"
"""Keeps the spread that a column says."""
QUOTE_SIDES = "quote_sides"
"""The same of a column of bids and one of asks."""
ALLOW = "allow"
"""How much of a bar's volume may fill."""
GRADE = "grade"
"""Which tier of a fee is in force."""
GUARDED = "guarded"
"""Guards given to the run: what acts is in the books, and a kernel leaves nothing of a guard out."""
CALL = "call"
"""Maintenance that is asked of an account of several books."""
LATE = "late"
"""Wishes arrive some closes later: at any of them something may be due."""
APPROACH = "approach"
"""How near the market comes to what rests: no assumption asks for it, but who wants to know why nothing filled."""
ORDER = (ACCRUE, BORROW, FUND, CONVERT, GRADE, ALLOW, OBSERVE, QUOTE, QUOTE_SIDES, GUARDED, CALL, LATE)
"""In the order of the event."""


def with_extras(plan: Plan, *assumed: Assumptions) -> Plan:
    """The plan of a run with these assumptions, of several symbols those of each.

    It is the plan itself where they ask for nothing that it does not have, and the same one again for the same plan, of
    the last few.
    """
    asked = {name for each in assumed for name in extras(each)} if plan.trading else set()
    if asked <= set(plan.extras):
        return plan
    days = not plan.day and any(needs_days(guard.kind, guard.until) for each in assumed for guard in each.guards)
    reads = dict(pair for each in assumed for name in extras(each) for pair in _columns(name, each))
    for known, read, made in tuple(_recent):
        if known is plan and read == reads and set(made.extras) == asked and (made.day != plan.day) == days:
            return made
    columns = tuple(dict.fromkeys((*plan.columns, *reads.values())))
    places = tuple((argument, columns.index(column)) for argument, column in reads.items())
    wanted = tuple(name for name in ORDER if name in asked)
    made = replace(plan, columns=columns, extras=wanted, extra_columns=places)
    made = _with_days(made) if days else made
    _recent.append((plan, reads, made))
    return made


def with_approach(plan: Plan, *assumed: Assumptions) -> Plan:
    """The plan of a run with these assumptions that also keeps how near the market comes to what rests."""
    made = with_extras(plan, *assumed)
    return replace(made, extras=(*made.extras, APPROACH))


def _with_days(plan: Plan) -> Plan:
    """The plan with new days, which it has no need of itself."""
    column, state = Column("calendar", "day_number"), plan.state
    columns = tuple(dict.fromkeys((*plan.columns, column)))
    place = Place("day", state.floats, 1, state.ints, 0, state.window, 0)
    grown = replace(state, floats=state.floats + 1, places=(*state.places, place))
    return replace(plan, columns=columns, state=grown, day=(columns.index(column), place.f))


_recent: deque[tuple[Plan, dict[str, Column], Plan]] = deque(maxlen=8)


def extras(assumed: Assumptions) -> Iterator[str]:
    """The parts of an event that assumptions ask for."""
    if assumed.borrow.column:
        yield BORROW
    elif assumed.interest or assumed.borrow.rate or assumed.funding.rate:
        yield ACCRUE
    if assumed.funding.column:
        yield FUND
    if assumed.conversion:
        yield CONVERT
    if assumed.fee.tiers:
        yield GRADE
    if assumed.slippage.range or assumed.slippage.root:
        yield OBSERVE
    if (series := assumed.spread.series) is not None:
        yield QUOTE if len(series.columns) == 1 else QUOTE_SIDES
    if assumed.participation:
        yield ALLOW
    if assumed.guards:
        yield GUARDED
    if assumed.latency:
        yield LATE


def _columns(name: str, assumed: Assumptions) -> Iterator[tuple[str, Column]]:
    """What a part reads beside time and prices, by the name of its argument."""
    if name == BORROW:
        yield "borrow", Column("data", assumed.borrow.column)
    if name == FUND:
        yield "funding", Column("data", assumed.funding.column)
    if name == CONVERT:
        yield "conversion", Column("data", assumed.conversion)
    if name in (QUOTE, QUOTE_SIDES) and assumed.spread.series is not None:
        arguments = ("spread",) if name == QUOTE else ("bid", "ask")
        for argument, column in zip(arguments, assumed.spread.series.columns, strict=True):
            yield argument, Column("data", column)
    if name == GRADE:
        yield "date", Column("calendar", "day_number")
    if name in (ALLOW, OBSERVE):
        yield "volume", Column("bar", "volume")
