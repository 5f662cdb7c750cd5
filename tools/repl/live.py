"""What is known of a text while it is typed: what each word is, what is wrong so far, what may stand here."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ...lang.analysis.analysis import Analysis, analyse
from ...lang.analysis.calls import call_at
from ...lang.analysis.entered import Entered, entered, is_unfinished, words_of
from ...lang.analysis.hover import Standing, standing_at
from ...lang.analysis.kinds import painted
from ...lang.analysis.offers import Offer, may_stand
from .expressions import VALUE
from .results import named_in

if TYPE_CHECKING:
    from .session import Session

LONGEST = 100_000
"""Characters up to which a text is analysed while it is typed; a longer one is read when it is entered."""
COMMAND = "command"


@dataclass(frozen=True, slots=True)
class Word:
    """A part of the text, and what it is: a class of `lang/analysis/kinds.py`, "command", or "" of blanks."""

    start: int
    end: int
    kind: str
    wrong: bool = False


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a part of the text."""

    start: int
    end: int
    message: str
    severity: str


@dataclass(frozen=True, slots=True)
class Typed:
    """A text and its analysis beside the program, in which it begins at `before`."""

    text: str
    words: tuple[Word, ...] = ()
    faults: tuple[Fault, ...] = ()
    analysis: Analysis | None = None
    before: int = 0

    def fault_at(self, cursor: int) -> Fault | None:
        """The first fault but that of the word that is being written: nobody knows yet what it will be."""
        shown = (each for each in self.faults if each.end != cursor)
        return next(iter(sorted(shown, key=lambda each: (each.severity != "error", each.start))), None)

    def offers(self, cursor: int) -> tuple[int, Sequence[Offer]]:
        """What may stand at a place, and where the word begins that it would take the place of."""
        if self.analysis is None:
            return cursor, ()
        found = may_stand(self.analysis, self.before + cursor)
        kept = [offer for offer in found.offers if not offer.name.startswith("_")]
        return max(0, found.replaced.start - self.before), kept

    def signature(self, cursor: int) -> tuple[str, str]:
        """The function in whose brackets a place is, with the argument there in `[]`, and its meaning; "" outside."""
        found = None if self.analysis is None else call_at(self.analysis, self.before + cursor)
        if found is None:
            return "", ""
        parts = [f"[{each}]" if at == found.at else each for at, each in enumerate(found.signature.parameters)]
        return f"{found.signature.name}({', '.join(parts)})", found.signature.meaning

    def standing(self, cursor: int) -> Standing | None:
        """What the word at a place, or right before it, is."""
        if self.analysis is None:
            return None
        here = self.before + cursor
        return standing_at(self.analysis, here) or (standing_at(self.analysis, here - 1) if cursor else None)


class Live:
    """The analysis of what is typed; that of the last text is at hand, since everything asks for it."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._key: tuple[object, ...] = ()
        self._typed = Typed("")

    def of(self, text: str) -> Typed:
        """The analysis of a text beside the program; a text that a terminal cannot give has none."""
        session = self._session
        key = (text, session.state.text, len(session.results))
        if key != self._key:
            self._key, self._typed = key, self._analysed(text)
        return self._typed

    def _analysed(self, text: str) -> Typed:
        session = self._session
        if len(text) > LONGEST or not text.strip():
            return Typed(text)
        if session.command(text) is not None:
            return Typed(text, _of_command(text))
        tokens = words_of(text)
        expression = entered(tokens) is not Entered.STATEMENTS
        context = session.context("" if expression else text)
        results = "".join(f"let {name} = {each}\n" for name, each in named_in(text, session.results))
        head = f"{context.text}\n{results}" + (f"let {VALUE} = " if expression else "")
        analysis = analyse(head + text, timezone=session.timezone)
        before = len(head)
        unfinished = is_unfinished(text)
        last = tokens[-2].start if len(tokens) > 1 else 0
        faults = tuple(
            Fault(start, end, each.message, each.severity)
            for each in analysis.diagnostics
            if (start := each.span.start - before) >= 0 and (end := each.span.end - before) >= 0
            and each.severity != "hint" and not (unfinished and (end > last or each.code.startswith("E0")))
        )  # fmt: skip
        wrong = _Wrong((each.start, each.end) for each in faults if each.severity == "error")
        words = tuple(
            Word(start, end, str(each.kind), wrong.at(start))
            for each in painted(analysis)
            if (start := each.span.start - before) >= 0 and (end := each.span.end - before) > start
        )
        return Typed(text, words, faults, analysis, before)


class _Wrong:
    """Which places are within a fault, in a text that may have thousands of them."""

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        self._starts: list[int] = []
        self._reach: list[int] = []
        for start, end in sorted(spans):
            self._starts.append(start)
            self._reach.append(max(end, start + 1, self._reach[-1] if self._reach else 0))

    def at(self, place: int) -> bool:
        before = bisect_right(self._starts, place)
        return before > 0 and place < self._reach[before - 1]


def _of_command(text: str) -> tuple[Word, ...]:
    """The name of a command alone; what it takes is plain."""
    begin = len(text) - len(text.lstrip())
    end = next((at for at in range(begin, len(text)) if text[at].isspace()), len(text))
    return (Word(begin, end, COMMAND),)

