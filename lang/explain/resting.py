"""Orders that rest in words: for which price they wait, and how long; ladders of them."""

from __future__ import annotations

from collections.abc import Iterator

from ..program.nodes import Node
from ..program.program import Enter, Exit, Rest
from ..program.units import Unit
from .model import Sentence
from .telling import Part, Teller, Told


def resting(teller: Teller, statement: Enter | Exit) -> Iterator[Sentence]:
    """A sentence for each thing that is said of how an order rests."""
    rest = statement.rest
    if rest is None:
        return
    buys = (statement.side == "long") is isinstance(statement, Enter)
    does, up, down = ("buys", "rises", "falls") if buys else ("sells", "falls", "rises")
    if rest.trigger is not None:
        yield teller.sentence("trigger", f"Rests, and {does} once the price {up} to ",
                              *_price(rest.trigger), ".")  # fmt: skip
    if rest.limit is not None:
        begins = "From then on rests, and" if rest.trigger is not None else "Rests, and"
        yield teller.sentence("limit", f"{begins} {does} at ", *_price(rest.limit),
                              f" or better, where the price {down} to it.")  # fmt: skip
    yield teller.sentence("valid", *_life(rest), ".")
    if isinstance(statement, Enter):
        yield from _ladder(teller, statement)


def _price(price: Node) -> Told:
    """A price; a share of the close with the side that it counts to."""
    if price.kind == "pure" and price.name in ("add", "sub"):
        close, way = price.args
        if way.kind == "pure" and way.name == "mul" and way.args[0].name == "abs" and way.args[0].args[0] is close:
            side = "above" if price.name == "add" else "below"
            return (Part(way.args[1]), f" {side} ", Part(close))
    return (price,)


def _life(rest: Rest) -> Told:
    """How long it rests; each further bar on which the condition holds places it anew."""
    if rest.until is None or rest.until.kind == "const":
        until: Told = () if rest.until is None or not rest.until.data[0] else (", at most until the next close",)
    else:
        until = (", at most until the first close when ", rest.until)
    if rest.life == "open":
        return ("Rests until it is filled or cancelled", *until)
    if rest.life == "day":
        return ("Rests for the calendar day of the first bar that it can work on", *until)
    if rest.valid is None:
        return ("Rests for 1 bar", *until)
    return ("Rests for ", *length(rest.valid, rest.life), *until)


def length(wait: Node, kind: str) -> Told:
    """So many bars, or a time."""
    return (Part(wait, bars=True),) if kind == "bars" else (Part(wait),)


def _ladder(teller: Teller, enter: Enter) -> Iterator[Sentence]:
    ladder = enter.ladder
    if ladder is None:
        return
    step = ladder.step.args[1] if ladder.step.kind == "pure" and ladder.step.name == "select" else ladder.step
    of = " of the first price" if step.unit is Unit.RATIO else ""
    anew = ("Once its lot has left by a level of its own or its age, each is placed anew, as it was wished, for the "
            "time that is left." if ladder.again else "Each has one lot a position.")  # fmt: skip
    yield teller.sentence("ladder", f"A ladder of {len(ladder.rests)} orders of that size, each ", Part(step),
                          f"{of} further from the market than the one before. {anew}")  # fmt: skip
