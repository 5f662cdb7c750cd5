"""A session of the shell, without a terminal: what is entered becomes answers, and what it holds is a value.

Nothing that is entered is lost by an error: a text is added to the program when the whole of it compiles, and not
before; an interrupt, or a disk that fails, leaves everything as it was. `undo` goes back.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ...lang.analysis.entered import Entered, entered, words_of
from ...lang.compile import check_text
from ...lang.diagnostics.model import Diagnostic
from ...lang.words.limits import STANDARD
from . import expressions, programs
from .commands import table
from .entries import split
from .reply import Look, Reply, failed, of_error
from .results import NoSuchResult, written_out
from .state import NOTHING, Compiled, Context, Ran, State

if TYPE_CHECKING:
    from ...lang.program.program import Program
    from ...runtime.run.kept_values import KeptValues
    from ..assistant.conversation import Conversation
    from ..assistant.drafting import Drafter
    from .data import Loaded

KEPT_STATES = 1000
"""How far `undo` goes back."""


class Session:
    """What is entered, and what was answered. look: how answers look; options: of every run, as `backtest` takes them;
    read: how data are read where nothing else is said."""

    def __init__(
        self, look: Look | None = None, options: Mapping[str, Any] | None = None,
        read: Mapping[str, Any] | None = None,
    ) -> None:  # fmt: skip
        self.look, self.options, self.read = look or Look(), dict(options or {}), dict(read or {})
        self.state = State(values=dict(self.options.pop("params", None) or {}))
        self.data: Loaded | None = None
        self.results: list[str] = []
        self.ran: Ran | None = None
        self.asked: Conversation | None = None
        """A conversation about a strategy that nobody agreed to yet, and who drafts."""
        self.drafter: Drafter | None = None
        self.asks_before_leaving = False
        """Whether leaving is asked twice where something is not saved: where somebody types."""
        self.warned_of_leaving = False
        self.refused: bytes | None = None
        """What the program's file holds, where it was read again and has a fault."""
        self.rejected = ""
        """What was written in the editor, and has a fault: it is there again when it is edited again."""
        self.wrote: set[str] = set()
        """Files that this session wrote, and may write over."""
        self._past: list[State] = []
        self._compiled: Compiled = NOTHING
        self._kept: KeptValues | None = None

    # --- what is entered -----------------------------------------------------------------------------

    def enter(self, text: str) -> tuple[Reply, ...]:
        """The answers to what was entered: one to a command, an expression, or statements that follow each other."""
        return tuple(self.answers(text))

    def answers(self, text: str) -> Iterator[Reply]:
        """The same, each as soon as it is known."""
        if len(text) > STANDARD.source:
            yield failed(f"what was entered is longer than {STANDARD.source:,} characters; `load FILE` reads a program")
            return
        for part in split(text, self):
            reply = self.guarded(lambda part=part: self._entered(part))  # type: ignore[misc]
            yield reply
            if reply.ends:
                return

    def guarded(self, answer: Callable[[], Reply]) -> Reply:
        """An answer, or why there is none; the session goes on."""
        warned = self.warned_of_leaving
        try:
            reply = answer()
        except NoSuchResult as error:
            reply = failed(str(error))
        except (Exception, KeyboardInterrupt) as error:
            reply = of_error(error, self.look)
        self.warned_of_leaving = self.warned_of_leaving and not warned
        return reply

    def _entered(self, text: str) -> Reply:
        text = text.rstrip()
        found = self.command(text)
        if found is not None:
            return found.run(self, table.rest_of(text))
        kind = entered(words_of(text))
        if kind is Entered.NOTHING and not text.lstrip().startswith("#") and text.strip():
            kind = Entered.EXPRESSION
        if kind is Entered.NOTHING:
            return Reply("nothing")
        moved = programs.as_move(self, text)
        if moved is not None:
            return moved
        if kind is Entered.STATEMENTS:
            return programs.add(self, written_out(text, self.results))
        return expressions.answer(self, text)

    def command(self, text: str) -> table.Command | None:
        """The command that a text calls, with a dot before it or, where the word means nothing else, without."""
        return table.called(text, self.names)

    @property
    def names(self) -> frozenset[str]:
        """What the program calls something."""
        program = self.program
        if program is None:
            return frozenset()
        return frozenset((*(param.name for param in program.params), *program.lets))

    # --- the program -----------------------------------------------------------------------------------

    @property
    def program(self) -> Program | None:
        """The program as it is; None where there is nothing of it."""
        return self.compiled.program

    @property
    def compiled(self) -> Compiled:
        if self._compiled.text != self.state.text:
            self._compiled = self._checked(self.state.text)
        return self._compiled

    def _checked(self, text: str) -> Compiled:
        if not text.strip():
            return NOTHING
        found = check_text(text, programs.NAME, timezone=self.timezone)
        return Compiled(text, found.program, _told(found.diagnostics))

    @property
    def timezone(self) -> str | None:
        """The calendar zone that was given, over that of the text."""
        zone = (self.options.get("assumptions") or {}).get("timezone")
        return None if zone is None else str(zone)

    @property
    def values(self) -> dict[str, str]:
        """Values of the program's parameters that were moved."""
        known = {param.name for param in self.program.params} if self.program else set()
        return {name: value for name, value in self.state.values.items() if name in known}

    def become(self, state: State) -> None:
        """Hold another state, and be able to go back."""
        if state == self.state:
            return
        self._past = [*self._past[1 - KEPT_STATES :], self.state]
        self.state = state

    def back(self) -> State | None:
        """The state before, which is held again; None where there is none."""
        if not self._past:
            return None
        before = self._past.pop()
        # A file is what it is on the disk now, whatever was undone since it was written.
        same = before.path == self.state.path
        self.state = replace(before, on_disk=self.state.on_disk) if same else before
        return self.state

    def context(self, text: str, prefix: str = "") -> Context:
        """The program without what a text would take the place of, then `prefix`."""
        from .program import without

        kept = without(self.state.text, text).rstrip() if self.state.text.strip() else ""
        whole = f"{kept}\n{prefix}" if kept else prefix
        return Context(whole, len(whole))

    # --- values ------------------------------------------------------------------------------------------

    @property
    def kept(self) -> KeptValues:
        """Values computed over the data that are loaded."""
        from ...runtime.run.kept_values import KeptValues

        if self._kept is None:
            self._kept = KeptValues()
        return self._kept

    def take(self, data: Loaded | None) -> None:
        """Other data: nothing that was computed stands."""
        self.data, self._kept, self.ran = data, None, None

    def needed(self) -> Loaded:
        """The data; a fault of the caller's where there are none."""
        from ..terminal.console import UsageError

        if self.data is None:
            raise UsageError("no data are loaded: `data sample:AAPL`, or `data prices.csv`")
        return self.data


def _told(said: Sequence[Diagnostic]) -> frozenset[tuple[str, str]]:
    return frozenset((each.code, each.message) for each in said)
