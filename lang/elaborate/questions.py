"""Holes: what would be right in place of each, and what stands there meanwhile.

A hole has whatever type fits. Where the text tells which (a length, a condition, a share of equity) a node stands in
for it, so that all around it is checked as it will be with any answer; where it does not, it is POISON that knows its
hole, and what reads it first tells what is asked for. Nothing of it reaches a program: one with a hole is none.
"""

from __future__ import annotations

from math import floor, inf
from typing import Any

from ..diagnostics.model import QUESTION, Answer, Diagnostic
from ..program.nodes import BASE, BOOL, Binding, Graph, Node, walk
from ..program.units import Unit
from ..syntax import tree
from ..words.table import words
from ..words.vocabulary import EXIT_REASONS, FILLS, GUARD_ACTIONS, PERIODS, RESETS
from .scales import Scale

MARK = "?"
"""Begins the name of what stands in for a hole."""
CONDITION = Answer("condition", "", "a condition", "close > open")
LENGTH = Answer("length", "bars", "a number of bars, known before the run", "20")
OFFSET = Answer("length", "bars", "how many bars before, known before the run", "1")
SERIES = Answer("series", "", "a series", "close")
NUMBER_ANSWER = Answer("number", "number", "a number", "2")
VALUE = Answer("value", "", "a value", "20")
COUNT = Answer("number", "number", "a whole number", "2")
EQUITY = Answer("percent", "ratio", "a share of equity", "10%")
LOT = Answer("percent", "ratio", "a share of the lot", "50%")
LEVEL = Answer("level", "distance", "a price, a distance or a ratio", "2 * atr(14)")
AWAY = Answer("distance", "distance", "a distance or a ratio", "3 * atr(14)")
LASTS = Answer("bars", "bars", "a number of bars or a duration", "5 bars")
EXPIRES = Answer("bars", "bars", "a number of bars, a duration, a moment or a time of day", "20 bars")
FLOWS = Answer("money", "money", "an amount of money, or a share of equity", "500 cash")
CLOCK = Answer("time of day", "", "a time of day", '"09:30"')
ZONE = Answer("time zone", "", "a time zone", '"Europe/London"')
COLUMN = Answer("column", "", "the name of a column", '"funding"')
SYMBOL = Answer("symbol", "", "a symbol", "SPY")
TIMEFRAME = Answer("timeframe", "", "a timeframe", "4h")
TEXT = Answer("text", "", "a text", '"above the average"')
REASON = Answer("exit reason", "", f"a text that is one of {', '.join(EXIT_REASONS[1:])}", '"stop"')
_SIZES = {"units": Answer("quantity", "quantity", "a number of units", "10"),
          "cash": Answer("money", "money", "an amount of money", "5000")}  # fmt: skip
_OF_UNITS = {
    Unit.PLAIN: NUMBER_ANSWER,
    Unit.PRICE: Answer("price", "price", "a price", "100"),
    Unit.DISTANCE: Answer("distance", "distance", "a distance of prices", "2 * atr(14)"),
    Unit.RATIO: Answer("percent", "ratio", "a percentage", "5%"),
    Unit.QUANTITY: Answer("quantity", "quantity", "a quantity", "10"),
    Unit.MONEY: Answer("money", "money", "an amount of money", "1_000"),
    Unit.BARS: Answer("bars", "bars", "a number of bars", "10"),
    Unit.DURATION: Answer("duration", "duration", "a duration", "4h"),
    Unit.TIME: Answer("time", "time", "a date or a time", '"2024-01-31"'),
}  # fmt: skip
_CHOICES = {"fill": FILLS, "guard": GUARD_ACTIONS, "rebalance": PERIODS, "until": RESETS}
_ASSUMED = {"timezone": ZONE, "magnify": TIMEFRAME}


def size(unit: str) -> Answer:
    """What `size` takes, of a unit that is written behind it."""
    return _SIZES.get(unit, Answer("percent", "ratio", "a share of equity, so many `units` or so much `cash`", "50%"))


_SHARES = 2.0
"""Up to which bound a ratio is told as a percentage: an oscillator of that unit goes to 100, and nobody says 10000%."""


def of_unit(unit: Unit, scale: Scale | None = None) -> Answer:
    """A number of a unit; where what it is compared with lies between known bounds, they are told."""
    found = _OF_UNITS[unit]
    bounded = scale is not None and -inf < scale.low < scale.high < inf  # a constant has no two bounds
    if scale is None or not bounded or not (unit is Unit.PLAIN or (unit is Unit.RATIO and scale.high > _SHARES)):
        return found
    middle = (scale.low + scale.high) / 2
    whole = scale.low.is_integer() and scale.high.is_integer() and scale.high - scale.low >= 2
    noun = f"a number from {scale.low:g} to {scale.high:g}"
    return Answer("number", "number", noun, f"{floor(middle) if whole else middle:g}")


class Questions:
    """What each hole of a text asks for: the nearest that was found, whoever reads it first."""

    def __init__(self) -> None:
        self._answers: dict[int, tuple[int, Answer]] = {}
        self._lengths: set[int] = set()  # nodes looked through, by id

    def wants(self, hole: tree.Hole, answer: Answer, *, sure: bool = True) -> None:
        """A hole is read as this; what is not sure gives way to what is."""
        held = self._answers.get(hole.span.start)
        if held is None or (sure and not held[0]):
            self._answers[hole.span.start] = int(sure), answer

    def lengths(self, node: Node) -> None:
        """What stands in for holes inside a length: they are lengths."""
        for each in walk([node], seen=self._lengths):
            if stands_in(each):
                at = int(each.name[1:].partition(":")[0])
                if not self._answers.get(at, (0, VALUE))[0]:
                    self._answers[at] = 1, LENGTH

    def asked(self, hole: tree.Hole) -> Diagnostic:
        """The question as it is told."""
        answer = _of_role(hole.role) if hole.role else self._answers.get(hole.span.start, (0, VALUE))[1]
        shown = f", such as `{answer.example}`" if answer.example else ""
        help = f"the answer is {answer.noun}{shown}; write it in place of the hole"
        return Diagnostic("Q001", QUESTION, hole.question, hole.span, help=help, asked=answer)


def _of_role(role: str) -> Answer:
    """What is asked for where no value stands."""
    if role in _CHOICES:
        named = _CHOICES[role]
        return Answer("choice", "", f"one of {', '.join(named)}", named[0])
    if role.startswith("assume "):
        return _assumed(role.removeprefix("assume "))
    return {"symbol": SYMBOL, "timeframe": TIMEFRAME, "text": TEXT}[role]


def _assumed(name: str) -> Answer:
    word = next((word for word in words("assumption") if word.name == name), None)
    if word is None or name in _ASSUMED:
        return _ASSUMED.get(name, VALUE)
    example = word.example.removeprefix(f"assume {name} ")
    if word.unit is None:
        return Answer("choice", "", word.meaning, example)
    kind = {Unit.RATIO: "cost" if name in ("fee", "slippage", "spread") else "percent"}
    return Answer(kind.get(word.unit, _OF_UNITS[word.unit].kind), str(word.unit), word.meaning, example)


def stand_in(graph: Graph, hole: tree.Hole, unit: Unit = Unit.PLAIN, *, whole: bool = False) -> Node:
    """A number that is the same on every bar, in place of a hole; nothing is known of how large it is."""
    name = f"{MARK}{hole.span.start}:{unit}{'*' * whole}"
    return graph.node("param", (), (name, whole), binding=Binding.PARAM, clock=None, unit=unit, span=hole.span)


def condition(
    graph: Graph, hole: tree.Hole, expr: tree.Expr | None = None, binding: Binding = Binding.SERIES
) -> Node:
    """A condition in place of a hole, or of an expression that holds or not by its answer."""
    span = hole.span if expr is None else expr.span
    data = (f"{MARK}{hole.span.start}:{span.start}", False)
    clock = BASE if binding is Binding.SERIES else None
    return graph.node("param", (), data, type=BOOL, binding=binding, clock=clock, span=span)


def inside(node: Node) -> bool:
    """Whether a node is made of what stands in for a hole."""
    waiting, seen = [node], set[int]()
    while waiting:
        each = waiting.pop()
        if stands_in(each):
            return True
        waiting.extend(arg for arg in each.args if arg.id not in seen)
        seen.update(arg.id for arg in each.args)
    return False


def stands_in(node: Any) -> bool:
    """Whether a node stands in for a hole."""
    return isinstance(node, Node) and node.kind == "param" and node.name.startswith(MARK)
