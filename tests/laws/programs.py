"""Writes random programs: correct by type, odd in every other way.

The generator takes anything with the methods of `random.Random`, so that
hypothesis can drive it (and shrink what it finds) and a soak can run it from
plain seeds. Everything it writes must compile; what a rule of the language
forbids is never drawn: numbers of any two kinds are compared through `pow(x, 1)`, which has no unit, and what is
the same on every bar is no source of a function.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from . import calls
from .statements import statements

SERIES = ("open", "high", "low", "close", "volume")
LENGTHS = (1, 2, 3, 5, 8, 14)
_CHANGES = re.compile(r"\b(open|high|low|close|volume|bar_index|hour|weekday|position|equity|[asc]\d)\b")
FRAMES = ("30m", "1h", "4h", "1d", "1w")

BOOK_NUMBERS = (
    "position.size", "position.pnl", "position.bars", "equity", "cash", "drawdown", "pnl.day", "pnl.realised",
    "trades.count", "trades.today", "trades.loss_streak", "position.entry_price", "position.high", "trades.bars_since",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Named:
    """A name in the program. plain: it may stand inside `@`, where books and other clocks may not."""

    name: str
    plain: bool


class Writer:
    """One program in the making."""

    def __init__(self, random: Random, *, frames: tuple[str, ...] = FRAMES, books: bool = True) -> None:
        self.random, self.frames, self.books = random, frames, books
        self.numbers: list[Named] = []
        self.bools: list[Named] = []
        self.lengths: list[str] = []
        self.sampling = False  # inside `@`: no books, no further `@`
        self.plain = True  # nothing written since it was set would be wrong inside `@`
        self.daily = frames[0] == "1d"  # no time of day lies inside a bar

    # --- choosing ------------------------------------------------------------------------------

    def one(self, choices: tuple[str, ...] | list[str]) -> str:
        return choices[self.random.randrange(len(choices))]

    def chance(self, percent: int) -> bool:
        return self.random.randrange(100) < percent

    def length(self) -> str:
        if self.lengths and self.chance(30):
            return self.one(self.lengths)
        return str(LENGTHS[self.random.randrange(len(LENGTHS))])

    def known(self, names: list[Named]) -> str:
        """A name that may stand here, "" if there is none."""
        allowed = [named for named in names if named.plain or not self.sampling]
        if not allowed:
            return ""
        chosen = allowed[self.random.randrange(len(allowed))]
        self.plain = self.plain and chosen.plain
        return chosen.name

    def outside(self, text: str) -> str:
        """What may not stand inside `@`."""
        self.plain = False
        return text

    def literal(self) -> str:
        return self.one(["0", "1", "2", "0.5", "100", "1.25", "-1", "0.001", "30", "70"])

    # --- expressions ---------------------------------------------------------------------------

    def number(self, depth: int) -> str:
        if depth <= 0:
            return self._number_leaf()
        kind = self.random.randrange(12)
        if kind < 4:
            return self._call(depth, calls.NUMBERS)
        if kind < 7:
            return f"({self.number(depth - 1)} {self.one(['+', '-', '*', '/', '//'])} {self.number(depth - 1)})"
        if kind == 7:
            return f"(if {self.boolean(depth - 1)} then {self.number(depth - 1)} else {self.number(depth - 1)})"
        if kind == 8:
            return f"({self.series(depth - 1)})[{self.random.randrange(4)}]"
        if kind == 9 and not self.sampling:
            return self._sampled(depth, self.series)
        if kind == 10:
            return self._event_number(depth)
        return self._number_leaf()

    def unlike(self, depth: int) -> str:
        """A number that changes from bar to bar, without a unit: it may stand beside any other."""
        return f"pow({self.series(depth)}, 1)"

    def series(self, depth: int) -> str:
        """A number that changes from bar to bar."""
        text = self.number(depth)
        return text if _CHANGES.search(text) else "close"

    def price(self) -> str:
        return self.one(["open", "high", "low", "close", "sma(close, 3)", "highest(high, 2)[1]"])

    def _number_leaf(self) -> str:
        kind = self.random.randrange(10)
        if kind < 5:
            return self.one(SERIES)
        if kind < 6:
            return self.literal()
        if kind < 8 and (name := self.known(self.numbers)):
            return name
        if kind == 8 and self.books and not self.sampling:
            return self.outside(self.one(BOOK_NUMBERS))
        return self.one(["bar_index", "hour", "weekday", "close", "(if volume > 0 then close else na)"])

    def _call(self, depth: int, choices: tuple[calls.Call, ...]) -> str:
        call = choices[self.random.randrange(len(choices))]
        given = {}
        for argument in call.arguments:
            if call.compares and argument.name == "a":
                given[argument.name] = self.unlike(depth - 1)
            elif not argument.default or (argument.kind != calls.FACTOR and self.chance(40)):
                given[argument.name] = self._argument(argument, depth)
        return call.text(given, self.one(call.fields) if call.fields else "")

    def _argument(self, argument: calls.Argument, depth: int) -> str:
        if argument.name == "returns":  # a price is none
            return self.unlike(depth - 1)
        if argument.kind == calls.SERIES:
            return self.series(depth - 1)
        if argument.kind == calls.CONDITION:
            return self.boolean(depth - 1)
        if argument.kind == calls.FLAG:
            return self.one(["true", "false"])
        return self.length()

    def _event_number(self, depth: int) -> str:
        if self.chance(50):
            return f"barssince({self.boolean(depth - 1)})"
        return f"valuewhen({self.boolean(depth - 1)}, {self.number(depth - 1)}, {self.random.randrange(2)})"

    def boolean(self, depth: int) -> str:
        if depth <= 0:
            return (self.chance(50) and self.known(self.bools)) or "close > open"
        kind = self.random.randrange(12)
        if kind < 4:
            operator = self.one(["<", "<=", ">", ">=", "!="])
            if self.chance(20):
                return f"({self.price()} {operator} {self.price()})"
            return f"({self.unlike(depth - 1)} {operator} {self.number(depth - 1)})"
        if kind < 7:
            return self._call(depth, calls.BOOLS)
        if kind < 8:
            return f"({self.boolean(depth - 1)} {self.one(['and', 'or'])} {self.boolean(depth - 1)})"
        if kind == 8:
            return f"(not {self.boolean(depth - 1)})"
        if kind == 9 and not self.sampling:
            return self._sampled(depth, self.boolean)
        return self._event_boolean(depth)

    def often(self, rests: bool) -> str:
        """The condition of a statement: what rests is wished on many bars, so that it is moved, kept and renewed."""
        return self.one(["true", "close > open", "close < open"]) if rests and self.chance(50) else self.boolean(3)

    def _event_boolean(self, depth: int) -> str:
        if self.chance(50):
            return f"({self.boolean(depth - 1)})[{self.random.randrange(3)}]"
        if self.sampling:
            return "(close >= open)"
        return self.outside(self.one(["new_day()", f"closes({self.one(self.frames)})", 'between("09:00", "15:00")']))

    def _sampled(self, depth: int, of: Callable[[int], str]) -> str:
        self.sampling = True
        try:
            inner = of(depth - 1)
        finally:
            self.sampling = False
        return self.outside(f"(({inner}) @ {self.one(['', '', 'forming ', 'event '])}{self.one(self.frames)})")

    # --- statements ----------------------------------------------------------------------------

    def program(self, *, declarations: int = 4, orders: bool = True) -> str:
        lines = ["stratagem 1", 'strategy "random"']
        lines += self._params()
        for index in range(declarations):
            lines += self._declaration(index)
        if orders:
            lines += statements(self)
        return "\n".join(lines) + "\n"

    def _params(self) -> list[str]:
        lines = []
        for index in range(self.random.randrange(3)):
            name = f"n{index}"
            lines.append(f"param {name} = {LENGTHS[self.random.randrange(len(LENGTHS))]} in 1 to 20")
            self.lengths.append(name)
        return lines

    def _declaration(self, index: int) -> list[str]:
        self.plain = True
        kind = self.random.randrange(6)
        if kind == 3:
            text = f"let b{index} = {self.boolean(3)}"
            self.bools.append(Named(f"b{index}", self.plain))
            return [text]
        if kind < 3:
            name, text = f"a{index}", f"let a{index} = {self.series(3)}"
        elif kind == 4:
            name, update = f"s{index}", f"if {self.boolean(2)} then {self.number(1)} else s{index} + {self.number(1)}"
            text = f"state s{index} = {self.one(['0', 'na', '1'])} then {update}"
        else:
            name, body = f"c{index}", f"  let inner = {self.one(['ema', 'sma', 'highest'])}(x, k)\n  return inner - x"
            text = f"fn f{index}(x, k = 3)\n{body}\nlet c{index} = f{index}({self.series(2)})"
        self.numbers.append(Named(name, self.plain))
        return [text]


def program(random: Random, **options: bool) -> str:
    """A random program as text."""
    return Writer(random, **options).program()  # type: ignore[arg-type]
