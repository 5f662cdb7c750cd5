"""What the native driver of a portfolio reads of one book: its arrays, and its bar at this event."""

from __future__ import annotations

from ...lang.plan.model import Plan
from .emit_loops import Loops
from .emit_part import ARGUMENTS
from .emit_text import DOUBLE, I64, NA, PTR


class Book:
    """The operands of one book, by its place; each is loaded where it is asked for."""

    def __init__(self, lines: Loops, plan: Plan, place: str) -> None:
        self.lines, self.plan, self.place = lines, plan, place
        first = lines.function.let(f"mul i64 {place}, {len(ARGUMENTS)}")
        self._row = lines.at("%books", first, PTR)

    def array(self, name: str) -> str:
        return self.lines.item(self._row, str(ARGUMENTS.index(name)), PTR)

    def slot(self, array: str, slot: int, kind: str) -> str:
        return self.lines.item(self.array(array), str(slot), kind)

    def traded(self) -> str:
        """An i1: the symbol has a book."""
        return self.lines.function.let(f"icmp ne ptr {self.array('b')}, null")

    def item(self) -> str:
        """The item of its columns that is its bar at this event; below 0: it has none."""
        return self.lines.item("%now", self.place)

    def index(self) -> str:
        """The number of its last bar, -1 before the first."""
        return self.lines.function.let(f"sub i64 {self.lines.item('%done', self.place)}, 1")

    def column(self, name: str, kind: str) -> str:
        return self.column_at(self.plan.column(name), kind)

    def column_at(self, place: int, kind: str) -> str:
        """A value of its bar."""
        held = self.lines.item(self.array("columns"), str(place), PTR)
        return self.lines.item(held, self.item(), kind)

    def operand(self, name: str) -> str:
        """What a function of trading takes of this name, with its type."""
        if name in ("b", "trades", "orders", "records"):
            return f"ptr {self.array(name)}"
        if name == "k":
            return f"ptr {self.array('bk')}"
        if name == "index":
            return f"i64 {self.index()}"
        if name == "time":
            return f"i64 {self.told(name, I64, self.lines.function.get('%opened', I64))}"
        return f"double {self.told(name, DOUBLE, NA)}"

    def told(self, name: str, kind: str, otherwise: str) -> str:
        """A value of its bar, or what stands for it in a book without one now."""
        function = self.lines.function
        held = function.alloca(function.name(name), kind)
        function.set(held, otherwise, kind)
        with self.lines.where(function.let(f"icmp sge i64 {self.item()}, 0")):
            place = dict(self.plan.extra_columns).get(name)
            function.set(held, self.column(name, kind) if place is None else self.column_at(place, kind), kind)
        return function.get(held, kind)
