"""Lines of LLVM text, and the names that stand for a plan's values in them.

    %v7  a value          %p3 %n3 %q3  a slot of the parameter array as double, i64, i1    %x2  this bar's column
    %fK %kK %wK  the state of the operator whose value is K                                %o1  a column handed out

Bools are i1. Anything that changes inside the loop and is not a value lives in an `alloca` of the entry,
which LLVM turns into a register.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from ...lang.plan.operands import BOOL, COUNT, NUMBER
from .outline import LARGE, Outliner, Region, flat

NA = "0x7FF8000000000000"
DOUBLE, I64, I1, PTR = "double", "i64", "i1", "ptr"
TYPES = {NUMBER: DOUBLE, BOOL: I1, COUNT: I64}
_LETTER = {NUMBER: "p", COUNT: "n", BOOL: "q"}


def known(value: int, kind: str) -> str:
    """The name of a slot of the parameter array, read as `kind`."""
    return f"%{_LETTER[kind]}{-1 - value}"


class Function:
    """The text of one function in the making. `entry` runs once, before the lines."""

    def __init__(self, head: str) -> None:
        self.head = head
        self.entry: list[str] = []
        self._regions: list[Region] = [[[]]]
        self._names = 0

    @contextmanager
    def region(self) -> Iterator[None]:
        """Lines that may be cut at their joints, where the function is too large to be one (see `outline`)."""
        inner: Region = [[]]
        self._regions[-1][-1].append(inner)
        self._regions.append(inner)
        yield
        self._regions.pop()

    def joint(self) -> None:
        """Here a region may be cut: no branch leads from before to behind it but by way of here."""
        if self._regions[-1][-1] and len(self._regions) > 1:
            self._regions[-1].append([])

    def line(self, text: str) -> None:
        self._regions[-1][-1].append(f"  {text}")

    def once(self, text: str) -> None:
        self.entry.append(f"  {text}")

    def label(self, name: str) -> None:
        self._regions[-1][-1].append(f"{name}:")

    def go(self, label: str) -> None:
        self.line(f"br label %{label}")

    def branch(self, condition: str, yes: str, no: str) -> None:
        self.line(f"br i1 {condition}, label %{yes}, label %{no}")

    def name(self, stem: str = "t") -> str:
        """A new name, without its `%`."""
        self._names += 1
        return f"{stem}.{self._names}"

    def let(self, text: str) -> str:
        """A line that computes something; gives its name."""
        name = f"%{self.name()}"
        self.line(f"{name} = {text}")
        return name

    def alloca(self, name: str, kind: str) -> str:
        self.once(f"%{name} = alloca {kind}")
        return f"%{name}"

    def at(self, array: str, slot: int, kind: str = DOUBLE) -> str:
        """The address of a slot of an array."""
        return self.let(f"getelementptr {kind}, ptr %{array}, i64 {slot}")

    def load(self, array: str, slot: int, kind: str = DOUBLE) -> str:
        """The item in a slot of an array."""
        return self.let(f"load {kind}, ptr {self.at(array, slot, kind)}")

    def store(self, array: str, slot: int, value: str, kind: str = DOUBLE) -> None:
        self.line(f"store {kind} {value}, ptr {self.at(array, slot, kind)}")

    def get(self, place: str, kind: str) -> str:
        """What an alloca holds."""
        return self.let(f"load {kind}, ptr {place}")

    def set(self, place: str, value: str, kind: str) -> None:
        self.line(f"store {kind} {value}, ptr {place}")

    def whole(self, bit: str) -> str:
        """A bool as i64."""
        return self.let(f"zext i1 {bit} to i64")

    def number(self, bit: str) -> str:
        """A bool as 1.0 or 0.0."""
        return self.let(f"uitofp i1 {bit} to double")

    @property
    def lines(self) -> list[str]:
        """All but those of the entry."""
        return list(flat(self._regions[0]))

    def text(self) -> str:
        lines = self.lines
        if len(lines) >= LARGE:
            return Outliner(self.head, self.entry, self._regions[0]).text()
        return "\n".join([f"{self.head} {{", "entry:", *self.entry, *lines, "}"]) + "\n"
