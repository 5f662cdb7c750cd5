"""Instructions that follow one another, in the native driver: `portfolio/sequences.py` in another language."""

from __future__ import annotations

from ..trading import layout
from .emit_groups import Group
from .emit_text import I64


class Steps(Group):
    """The instructions of one sequence, in order."""

    def reconcile(self) -> None:
        """Before anything is decided: where an instruction has filled, the next one's turn has come, or all ends."""
        driver, function = self.driver, self.function
        done = self._whole("done", 0)
        for place, (book, statement) in enumerate(self.legs):
            status = driver.call("step_status", book, statement=f"i64 {statement}")
            ended = function.let(f"icmp ne i64 {status}, 0")
            first = function.let(f"icmp eq i64 {function.get(done, I64)}, 0")
            with driver.where(function.let(f"and i1 {ended}, {first}")):
                function.set(done, "1", I64)
                if place + 1 == len(self.legs):
                    self._turn(place, layout.NO_LEG)
                    self._idle(place)
                    continue
                kept = self._whole("kept", 0)
                function.set(kept, function.whole(function.let(f"icmp eq i64 {status}, 1")), I64)
                with self._choice(kept, lambda place=place: self._go_on(place)):  # type: ignore[misc]
                    self._acting("end_step", book, statement)
                    self._idle(place)

    def instruct(self) -> None:
        """After what leaves: the instruction whose turn it is is placed whole, or the sequence is over."""
        driver, function = self.driver, self.function
        done = self._whole("done", 0)
        for place, (book, statement) in enumerate(self.legs):
            wished = self._wished(book, statement)
            first = function.let(f"icmp eq i64 {function.get(done, I64)}, 0")
            with driver.where(function.let(f"and i1 {wished}, {first}")):
                function.set(done, "1", I64)
                answer = self._acting("propose_leg", book, statement)
                failed = self._whole("failed", 0)
                function.set(failed, function.whole(function.let(f"icmp slt i64 {answer}, 0")), I64)
                with self._choice(failed, lambda place=place: self._deny(place)):  # type: ignore[misc]
                    self._acting("settle_step", book, statement)

    def _go_on(self, place: int) -> None:
        self._turn(place, layout.NO_LEG if place else layout.IDLE)
        self._turn(place + 1, layout.TURN)

    def _deny(self, place: int) -> None:
        book, statement = self.legs[place]
        self._acting("withdraw_leg", book, statement, failed="i64 1")
        self._idle(place)

    def _idle(self, place: int) -> None:
        """The sequence may be begun again."""
        if place:
            self._turn(0, layout.NO_LEG)

    def _turn(self, place: int, turn: int) -> None:
        book, statement = self.legs[place]
        self._acting("step_turn", book, statement, turn=f"i64 {turn}")
