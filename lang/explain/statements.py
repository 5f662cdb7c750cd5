"""Statements that trade in words: a sentence for what each does and when, and one for each of its clauses."""

from __future__ import annotations

from collections.abc import Iterator

from ..program.nodes import Node
from ..program.program import Cancel, Enter, Exit, Sizing, Template
from ..words.table import words
from .levels import levels
from .model import Sentence
from .resting import length, resting
from .telling import Part, Teller, Told, symbol

_MOMENTS = {word.name: word.meaning for word in words("moment")}
_FILLS = {"next_open": "the next open", "this_close": "the close that decides it"}


def enter(teller: Teller, statement: Enter) -> Sentence:
    details = [
        *_size(teller, statement), *resting(teller, statement), *levels(teller, statement), *_leaves(teller, statement),
        *_scale(teller, statement), *fills(teller, statement.fill), *because(teller, statement.because),
    ]  # fmt: skip
    head = f"enter {statement.side}{_of(statement.symbol)}"
    return teller.sentence(head, f"Enters {statement.side}{_of(statement.symbol)} ", *when(statement.when), ".",
                           details=details)  # fmt: skip


def exit(teller: Teller, statement: Exit) -> Sentence:
    one = f" of {symbol(statement.symbol)}" if statement.symbol else ""
    all_of = "all of it" if statement.rest is None else "all that is held at the fill"
    amount: Told = (all_of,)
    if statement.sizing is not None:
        unit = {"fraction": " of what is held then", "units": " units of it", "cash": " of money of it"}
        amount = (Part(statement.sizing.value), unit[statement.sizing.kind])
    details = [
        teller.sentence("size", "Closes ", *amount, ", the oldest lots first."),
        *([teller.sentence("once", "Does so once for each position.")] if statement.once else []),
        *resting(teller, statement), *fills(teller, statement.fill), *because(teller, statement.because),
    ]  # fmt: skip
    return teller.sentence(f"exit {statement.side}{_of(statement.symbol)}", f"Leaves a {statement.side} position{one} "
                           "", *when(statement.when), ".", details=details)  # fmt: skip


def cancel(teller: Teller, statement: Cancel) -> Sentence:
    one = f" of {symbol(statement.symbol)}" if statement.symbol else ""
    return teller.sentence(f"cancel {statement.side}{_of(statement.symbol)}", f"Cancels {statement.side} entries{one} "
                           "that rest, and places none on that bar, ", *when(statement.when), ".")  # fmt: skip


def when(condition: Node) -> Told:
    """`when …`; of what is always true, or never, how often that is."""
    if condition.kind == "const":
        return ("on every bar" if condition.data[0] else "on no bar",)
    return ("when ", condition)


def _of(name: str) -> str:
    return f" {symbol(name)}" if name else ""


def stake(sizing: Sizing) -> tuple[Part, str]:
    """How much: `100% of equity`, `10 units`."""
    one = sizing.value.kind == "const" and sizing.value.data[0] == 1.0
    units = " unit" if one else " units"
    return (Part(sizing.value), {"fraction": " of equity", "units": units, "cash": " of money"}[sizing.kind])


def _worth(teller: Teller, statement: Enter) -> str:
    """The price from which the way to the stop is counted."""
    if teller.assumed.get("sizing") == "fill":
        return "its fill"
    return "its own price" if statement.rest is not None else "the close"


def _size(teller: Teller, statement: Enter) -> Iterator[Sentence]:
    if statement.sizing.kind == "risk":
        told: Told = ("Stakes so much that ", Part(statement.sizing.value),
                      f" of equity is lost from {_worth(teller, statement)} to its stop,",
                      " fees, slippage and spread apart")  # fmt: skip
    elif statement.sizing.kind == "fraction":
        told = ("Stakes ", *stake(statement.sizing), ", the estimated costs of entry included")
    else:
        told = ("Stakes ", *stake(statement.sizing))
    yield teller.sentence("size", *told, ".")
    if statement.cap is not None:
        yield teller.sentence("cap", "Stakes at most ", Part(statement.cap), " of equity.")


def _leaves(teller: Teller, statement: Enter) -> Iterator[Sentence]:
    """When a lot leaves at last."""
    if statement.expire is not None:
        yield teller.sentence("expire", "Leaves after ", *length(statement.expire, statement.expire_kind),
                              " at the latest.")  # fmt: skip
    elif statement.expire_kind == "time":
        yield teller.sentence("expire", f"Leaves at {statement.expire_at} at the latest.")
    elif statement.expire_kind:
        yield teller.sentence("expire", f"Leaves {_MOMENTS[statement.expire_kind]} at the latest.")


def _scale(teller: Teller, statement: Enter) -> Iterator[Sentence]:
    if statement.scale:
        lots = "lot" if statement.scale == 1 else "lots"
        yield teller.sentence("scale", f"Adds up to {statement.scale} further {lots} while one of its own is open.")


def fills(teller: Teller, fill: str) -> Iterator[Sentence]:
    """When an order is filled, where the statement says so itself."""
    if fill:
        yield teller.sentence("fill", f"Fills at {_FILLS[fill]}, whatever is assumed.")


def because(teller: Teller, text: Template | None) -> Iterator[Sentence]:
    if text is not None:
        yield teller.sentence("because", "Records with the trade: ", *teller.quoted(text), ".")
