"""Levels of a lot in words: its stops, its target, what it takes, its trail."""

from __future__ import annotations

from collections.abc import Iterator

from ..program.nodes import Node
from ..program.program import Affine, Enter
from ..program.units import Unit
from .model import Sentence
from .said import PRODUCT
from .telling import Part, Teller, Told
from .words import ENTRY, STOP

Firsts = tuple[Affine, ...]


def levels(teller: Teller, enter: Enter) -> Iterator[Sentence]:
    """A sentence for each level of an `enter`."""
    loss, gain = ("below", "above") if enter.side == "long" else ("above", "below")
    at = _Level(enter)
    if enter.stop is not None:
        yield teller.sentence("stop", "Stop at ", *at.price(enter.stop, loss), ".")
    for nth, move in enumerate(enter.moves, 1):
        side = gain if move.gains else loss
        yield teller.sentence(f"stop after {nth}", "A further stop at ", *at.price(move.stop, side),
                              ", from when the price has touched ", *at.price(move.after, gain), ".")  # fmt: skip
    if enter.trail is not None:
        after = () if enter.trail_after is None else (
            ", from when the price has touched ", *at.price(enter.trail_after, gain),
        )  # fmt: skip
        begins = " It begins as far behind the fill." if enter.trail_from_fill else ""
        yield teller.sentence("trail", "A trailing stop ", *at.behind(enter.trail, loss), *after,
                              f"; it follows at the end of each bar and works from the next.{begins}")  # fmt: skip
    for nth, take in enumerate(enter.takes, 1):
        yield teller.sentence(f"take {nth}", "Takes ", Part(take.share), " of the lot's first quantity at ",
                              *at.price(take.level, gain), ".")  # fmt: skip
    if enter.target is not None:
        yield teller.sentence("target", "Target at ", *at.price(enter.target, gain), ".")


class _Level:
    """Levels of one statement, which count from its fill and its first stop."""

    def __init__(self, enter: Enter) -> None:
        self._long = enter.side == "long"
        first = enter.stop or (enter.trail if enter.trail_after is None else None)
        free = first is not None and all(_is_zero(slope) for slope in (first.slope, first.slope_below))
        self._first = first.base if first is not None and free else None

    def price(self, price: Affine, side: str) -> Told:
        """A price as it is; a distance or a share with what it counts from, and on which side of it."""
        said = price.said
        assert said is not None
        if said.unit in (Unit.PRICE, Unit.PLAIN):
            return (said,)
        if (count := self._multiple(said)) is not None:
            return ("the fill itself (0r)",) if _is_zero(count) else (Part(count), f"r {side} the fill")
        return (Part(said, PRODUCT), f" {side} the fill")

    def behind(self, price: Affine, side: str) -> Told:
        """How far a trail stays behind the best price."""
        said = price.said
        assert said is not None
        count = self._multiple(said)
        told: Told = (Part(said, PRODUCT),) if count is None else (Part(count), "r")
        return (*told, f" {side} the best price since the fill")

    def _multiple(self, node: Node) -> Node | None:
        """n of what `nr` became: n times the way from the fill to the first stop of the lot."""
        if node.kind != "pure" or node.name != "mul" or node.args[0].kind != "const":
            return None
        count, way = node.args
        if way.kind != "pure" or way.name != "sub":
            return None
        entry, stop = way.args if self._long else reversed(way.args)
        return count if entry.name == ENTRY and (stop.name == STOP or stop is self._first) else None


def _is_zero(node: Node) -> bool:
    return node.kind == "const" and node.data[0] == 0.0


def counts_in_r(enter: Enter) -> bool:
    """Whether a level of it is told in `r`."""
    at = _Level(enter)
    prices = (enter.target, enter.trail, enter.trail_after, *(take.level for take in enter.takes),
              *(each for move in enter.moves for each in (move.stop, move.after)))  # fmt: skip
    return any(price is not None and price.said is not None and at._multiple(price.said) is not None
               for price in prices)  # fmt: skip
