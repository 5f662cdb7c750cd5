"""Loops, conditions and items of arrays in LLVM text, where how often and of what is only known in a run."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from .emit_text import I64, Function


class Loops:
    """Writes into a function. What it hands out are operands: names of values."""

    def __init__(self, function: Function) -> None:
        self.function = function

    @contextmanager
    def loop(self, first: str, stop: str) -> Iterator[str]:
        """The lines for each whole number from `first` up to `stop`; gives it."""
        function = self.function
        name = function.name("loop")
        counter = function.alloca(f"{name}.counter", I64)
        function.set(counter, first, I64)
        function.go(f"{name}.look")
        function.label(f"{name}.look")
        number = function.get(counter, I64)
        function.branch(function.let(f"icmp slt i64 {number}, {stop}"), f"{name}.do", f"{name}.past")
        function.label(f"{name}.do")
        yield number
        function.set(counter, function.let(f"add i64 {number}, 1"), I64)
        function.go(f"{name}.look")
        function.label(f"{name}.past")

    @contextmanager
    def where(self, condition: str) -> Iterator[None]:
        """The lines where an i1 holds."""
        function = self.function
        name = function.name("where")
        function.branch(condition, f"{name}.do", f"{name}.past")
        function.label(f"{name}.do")
        yield
        function.go(f"{name}.past")
        function.label(f"{name}.past")

    def item(self, array: str, place: str, kind: str = I64) -> str:
        """An item of an array."""
        return self.function.let(f"load {kind}, ptr {self.at(array, place, kind)}")

    def at(self, array: str, place: str, kind: str = I64) -> str:
        return self.function.let(f"getelementptr {kind}, ptr {array}, i64 {place}")

    def holds(self, whole: str) -> str:
        """An i1: a whole number is not 0."""
        return self.function.let(f"icmp ne i64 {whole}, 0")
