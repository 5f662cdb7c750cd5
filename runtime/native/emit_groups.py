"""Legs that are taken together or not at all, in the native driver: `portfolio/groups.py` in another language.

How many groups there are, and their legs, is known; so nothing here is a loop. A leg's place comes from the job.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from ...lang.plan.model import Decision
from ..trading import layout, rows
from .emit_text import DOUBLE, I64, NA

if TYPE_CHECKING:
    from .emit_book import Book
    from .emit_portfolio import Driver


class Group:
    """The legs of one group. first: how many legs all groups before it have."""

    def __init__(self, driver: Driver, legs: Sequence[Decision], first: int) -> None:
        self.driver, self.function = driver, driver.function
        self.legs = [
            (driver.book(driver.item("%legs", str(first + number))), leg.index) for number, leg in enumerate(legs)
        ]  # fmt: skip

    def release(self) -> None:
        """At the start of an event: a group that waits fills at its opens, if each leg has one, or is held back."""
        driver, function = self.driver, self.function
        lost, opening, ready = self._whole("lost", 0), self._whole("opening", 0), self._whole("ready", 1)
        for book, statement in self.legs:
            status = driver.call("leg_status", book, statement=f"i64 {statement}")
            self._also(lost, "or", function.let(f"icmp eq i64 {status}, 2"))
            with driver.where(function.let(f"icmp eq i64 {status}, 1")):
                opens = function.let(f"fcmp ord double {book.told('open', DOUBLE, NA)}, 0.0")
                able = driver.holds(driver.call("leg_ready", book, statement=f"i64 {statement}"))
                self._also(opening, "or", opens)
                self._also(ready, "and", function.let(f"and i1 {opens}, {able}"))
        with (
            self._choice(lost, lambda: self._cancel(rows.OTHER_LEG)), driver.where(self._is(opening)),
            self._choice(ready, lambda: self._each("release_leg")),
        ):  # fmt: skip
            self._hold_back()

    def bind(self) -> None:
        """After what leaves: a group that is wished is placed whole, or not at all."""
        driver = self.driver
        some, every = self._whole("some", 0), self._whole("every", 1)
        for book, statement in self.legs:
            wished = self._wished(book, statement)
            self._also(some, "or", wished)
            self._also(every, "and", wished)
        with driver.where(self._is(some)), self._choice(every, self._propose):
            for book, statement in self.legs:
                with driver.where(self._wished(book, statement)):
                    self._acting("withdraw_leg", book, statement, failed="i64 2")

    # --- parts -----------------------------------------------------------------------------------------

    def _propose(self) -> None:
        """One leg after another, until one fails."""
        driver, function = self.driver, self.function
        failed, placed = self._whole("failed", -1), self._whole("placed", 0)
        for number, (book, statement) in enumerate(self.legs):
            with driver.where(function.let(f"icmp slt i64 {function.get(failed, I64)}, 0")):
                answer = self._acting("propose_leg", book, statement)
                with driver.where(function.let(f"icmp slt i64 {answer}, 0")):
                    function.set(failed, str(number), I64)
                self._also(placed, "or", function.let(f"icmp sgt i64 {answer}, 0"))
        some = self._whole("some", 0)
        function.set(some, function.whole(function.let(f"icmp sge i64 {function.get(failed, I64)}, 0")), I64)
        with self._choice(some, lambda: self._withdraw(failed)), driver.where(self._is(placed)):
            self._each("settle_leg")

    def _withdraw(self, failed: str) -> None:
        for number, (book, statement) in enumerate(self.legs):
            own = self.function.let(f"icmp eq i64 {self.function.get(failed, I64)}, {number}")
            self._acting("withdraw_leg", book, statement, failed=f"i64 {self.function.whole(own)}")

    def _hold_back(self) -> None:
        over = self._whole("over", 0)
        for book, statement in self.legs:
            times = self._acting("hold_back_leg", book, statement)
            self._also(over, "or", self.function.let(f"icmp sge i64 {times}, {layout.MOST_HELD_BACK}"))
        with self.driver.where(self._is(over)):
            self._cancel(rows.NO_OPEN)

    def _cancel(self, reason: int) -> None:
        self._each("cancel_leg", reason=f"i64 {reason}")

    def _each(self, name: str, **given: str) -> None:
        for book, statement in self.legs:
            self._acting(name, book, statement, **given)

    def _acting(self, name: str, book: Book, statement: int, **given: str) -> str:
        """A function of a leg, whose book has the account while it runs."""
        driver = self.driver
        driver.call("hand", book)
        answer = driver.call(name, book, statement=f"i64 {statement}", **given)
        driver.call("take", book)
        driver.add_full(book.array("bk"))
        self.function.line("store i64 1, ptr %acted")
        return answer

    def _wished(self, book: Book, statement: int) -> str:
        function = self.function
        there = function.let(f"icmp sge i64 {book.item()}, 0")
        wishes = self.driver.call("leg_wishes", book, statement=f"i64 {statement}")
        return function.let(f"and i1 {there}, {self.driver.holds(wishes)}")

    # --- numbers that change ---------------------------------------------------------------------------

    def _whole(self, name: str, first: int) -> str:
        """A whole number that changes."""
        place = self.function.alloca(self.function.name(name), I64)
        self.function.set(place, str(first), I64)
        return place

    def _also(self, place: str, how: str, bit: str) -> None:
        function = self.function
        function.set(place, function.let(f"{how} i64 {function.get(place, I64)}, {function.whole(bit)}"), I64)

    def _is(self, place: str) -> str:
        return self.driver.holds(self.function.get(place, I64))

    @contextmanager
    def _choice(self, place: str, first: Callable[[], None]) -> Iterator[None]:
        """`first` where the number is not 0, else the lines."""
        function = self.function
        name = function.name("choice")
        function.branch(self._is(place), f"{name}.one", f"{name}.other")
        function.label(f"{name}.one")
        first()
        function.go(f"{name}.past")
        function.label(f"{name}.other")
        yield
        function.go(f"{name}.past")
        function.label(f"{name}.past")


