"""What the statements of the core are to those of the text: a position to hold trades by several, a ladder is some."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from ...lang.plan.model import Plan
from .books import Books
from .reading import resting


def owners(plan: Plan) -> Iterator[tuple[int, int]]:
    """Of every statement of the core the one of the text: what a position to hold trades by, and the orders of a
    ladder, are that one."""
    yield from ((decision.index, decision.index) for decision in plan.decisions)
    for decision in plan.of_text:
        yield from ((decision.index + part, decision.index) for part in range(decision.places))


def further(places: Iterable[int], first: int, decided: Mapping[int, int], after: Books, index: int) -> Iterator[int]:
    """The numbers of a ladder's orders that were refused, placed or moved on a bar, but for the first. places: of its
    orders; decided: of each order of the bar's its statement; after: the books once all was decided."""
    for place in places:
        rests = resting(after, place)
        numbers = [rests.number] if rests is not None and rests.decided == index else []
        numbers += [number for number, statement in decided.items() if statement == place]
        yield from (number for number in numbers[:1] if number != first)
