"""Positions to hold in words: `rebalance`, `atomic` with its legs, `sequence` with its instructions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import fsum

from ..program.holdings import at_most, gross
from ..program.nodes import Node
from ..program.program import Flow, Hold
from ..program.units import Unit
from .amounts import amount
from .model import Sentence
from .readings import WEEKDAYS
from .statements import because, fills, stake
from .telling import Part, Teller, Told, symbol

_PERIODS = {"daily": "day", "weekly": "week", "monthly": "month", "quarterly": "quarter", "yearly": "year"}


def held(teller: Teller, group: Sequence[Hold]) -> Sentence:
    """A `rebalance`, an `atomic` with all its legs or a `sequence` with its instructions."""
    first = group[0]
    details = [*_together(teller, group), *fills(teller, first.fill), *because(teller, first.because)]
    if not first.symbol:
        return teller.sentence("rebalance", "Rebalances all symbols ", *occasion(first), ".",
                               details=[*_weights(teller, first), *details])  # fmt: skip
    assert first.said is not None
    legs = [_leg(teller, leg) for leg in group]
    when: Told = ("When ", first.said, f" on the bars of {symbol(first.symbol)}, at the moment one of them closes, ")
    if first.step:
        return teller.sentence("sequence", *when, "takes these positions one after another, each at the first close "
                               "after the one before has filled and left what was expected; a step that is cut or "
                               "denied ends it.", details=[*legs, *details])  # fmt: skip
    return teller.sentence("atomic", *when, "takes these positions together, all of them or none; a side that is held "
                           "already is left as it is.", details=[*legs, *details])  # fmt: skip


def occasion(of: Hold | Flow) -> Told:
    """When it is decided: of a period its first bar, else every bar on which its condition holds."""
    if not of.period:
        return ("on every bar on which ", of.when)
    period = _PERIODS[of.period]
    day: Told = ("the first bar",) if of.day is None else ("the first bar on or after ", *_day(of.day, period))
    return ("on ", *day, f" of each {period}, and on the first bar that can be")


def _day(day: Node, period: str) -> Told:
    """`Friday` of a week, `day 5` of all else."""
    number = day.data[0] if day.kind == "const" else None
    if period == "week" and isinstance(number, float) and 1.0 <= number <= 7.0:
        return (WEEKDAYS[int(number)],)
    return ("day ", Part(day))


def _weights(teller: Teller, hold: Hold) -> Iterator[Sentence]:
    """To what each symbol is brought."""
    for name, weight in hold.weights:
        yield teller.sentence(f"weight of {symbol(name)}", f"Holds {symbol(name)} at ", *_share(weight), ".")
    others = hold.others if hold.weights else hold.sizing.value
    which = "every other symbol" if hold.weights else "each symbol"
    if others is not None:
        yield teller.sentence("weight", f"Holds {which} at ", *_share(others), ".")
    elif set(teller.program.symbols) != {name for name, _ in hold.weights}:
        yield teller.sentence("weight", "Holds nothing of any other symbol.")
    if hold.band is not None:
        yield teller.sentence("band", "Leaves a difference below ", Part(hold.band), " of equity as it is.")


def _share(weight: Node) -> Told:
    return (Part(weight), " of equity" if _never_below_0(weight) else " of equity, short where that is below 0")


def _never_below_0(weight: Node) -> bool:
    """Whether a weight is plainly no short one: a number, a choice of such, or parameters between such bounds."""
    if weight.kind == "const":
        return True
    if weight.kind == "pure" and weight.name in ("select", "bselect"):
        return all(each.kind == "const" and float(str(each.data[0])) >= 0.0 for each in weight.args[1:])
    return False


def _leg(teller: Teller, hold: Hold) -> Sentence:
    """What is held of one symbol."""
    name, value = symbol(hold.symbol), hold.sizing.value
    about = f"step {hold.step} {name}" if hold.step else f"leg {name}"
    if value.kind == "const" and value.data[0] == 0.0:
        return teller.sentence(about, f"{name}: nothing.")
    if value.kind == "const":
        size = float(str(value.data[0]))
        told = amount(abs(size), value.unit) + stake(hold.sizing)[-1]
        side = "long" if size > 0 else "short"
        return Sentence(about, f"{name}: {told} {side}.", f"{name} {told} {side}")
    if hold.leg == "sell" and value.kind == "pure" and value.name == "neg":
        side = " short." if _never_below_0(value.args[0]) else " short, long where that is below 0."
        return teller.sentence(about, f"{name}: ", Part(value.args[0]), stake(hold.sizing)[-1], side)
    return teller.sentence(about, f"{name}: ", *stake(hold.sizing), " long, short where that is below 0.")


def _together(teller: Teller, group: Sequence[Hold]) -> Iterator[Sentence]:
    """What all of it comes to, where that is known before the run."""
    defaults = {param.name: param.default for param in teller.program.params}
    shares = [share for hold in group for share in gross(hold, teller.program.symbols, defaults)]
    total = round(fsum(share for share in shares if share is not None), 12)  # three times 20% are 60%
    if group[0].step or None in shares or total == 0.0 or (len(shares) == 1 and group[0].symbol):
        return
    most = "at most " if any(map(at_most, group)) else ""
    yield Sentence("together", f"Together {most}{amount(total, Unit.RATIO)} of equity.")


def flow(teller: Teller, statement: Flow) -> Sentence:
    """Money that is paid in or taken out."""
    does = "Pays in " if statement.word == "deposit" else "Takes out "
    of = (" of equity",) if statement.sizing.kind == "fraction" else (" of money",)
    free = (", of what is free at most",) if statement.word == "withdraw" else ()
    return teller.sentence(statement.word, does, Part(statement.sizing.value), *of, *free, ", at the close, ",
                           *occasion(statement), ".")  # fmt: skip
