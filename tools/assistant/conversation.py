"""From a request to a strategy that its person has seen through: draft, repair, reading back, questions, trial, yes.

Pure of terminals, files and networks: a face shows what is here and hands back what the person says. Nothing is saved
here before `confirm`, and nothing here can trade.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeAlias

from ...lang.analysis.holes import AnswerError, answer, holes
from ...lang.diagnostics.brief import printable
from ...lang.diagnostics.holes import Hole
from ...lang.diagnostics.model import WARNING, CompileError, Diagnostic
from ...lang.diagnostics.render import to_json
from ...lang.syntax.parse import parse
from ...runtime.compiled.program import CompiledProgram, compile
from ...runtime.limits import Cancel, Limits
from ...runtime.results.folder import write_file
from .answering import meanings, offered
from .bounded import LONGEST, Bounded
from .drafting import Draft, Drafter
from .file import file_text
from .probe import Probe, probe
from .repair import Repair, faults_of, repaired

LIMITS = Limits(source=2 * LONGEST, seconds=120)
"""What a draft and its trial run may take, where a host says nothing else."""


_Answers: TypeAlias = tuple[tuple[str, str], ...]
"""Questions with their answers, in the order in which they were given."""


class AskError(ValueError):
    """What was asked of a conversation cannot be done as it stands; the message says what is missing."""


@dataclass(frozen=True, slots=True)
class _Step:
    """The conversation after one request or answer; program: None while it has faults or open questions."""

    draft: Draft
    said: tuple[str, ...]
    answers: _Answers = ()
    repairs: tuple[Repair, ...] = ()
    faults: tuple[Diagnostic, ...] = ()
    questions: tuple[Hole, ...] = ()
    program: CompiledProgram | None = None


class Conversation:
    """One strategy on its way. data: what it is tried on (a sample where None); limits: of the text and each trial.

    Requests, answers and `undo` move it on; the properties say where it stands.
    """

    def __init__(
        self, drafter: Drafter, *, data: object = None, limits: Limits = LIMITS, cancel: Cancel | None = None
    ) -> None:
        self._drafter, self._data, self._limits, self._cancel = Bounded(drafter), data, limits, cancel
        self._steps: list[_Step] = []
        self._probe: Probe | None = None
        self._confirmed = False

    def __repr__(self) -> str:
        open_ = len(self.questions)
        where = "empty" if not self._steps else "ready" if self.ready else f"{open_} open question{'s' * (open_ != 1)}"
        return f"<Conversation: {where}>"

    # --- what the person says -------------------------------------------------------------------------

    def ask(self, words: str) -> None:
        """A first request, or a change of what there is; a program instead of words is the draft.

        AskError where it is empty, DraftingError as drafters say."""
        if not words.strip():
            raise AskError("say what the strategy should do, in your own words")
        last = self._steps[-1] if self._steps else None
        earlier = None if last is None or not last.draft.text else last.draft
        if is_program(words):
            return self.take(words)
        draft = self._drafter.draft(words, earlier=earlier)
        said = (*(last.said if last else ()), words)
        self._move(lambda: self._looked_at(words, draft, said, last.answers if last else ()))

    def take(self, text: str) -> None:
        """A program as the draft, in place of what there is: its questions are asked, and changes are of it.

        LimitError where the text is longer than a text may be; its faults are `faults`, and raise nothing.
        """
        draft = Draft("\n".join(map(printable, text.splitlines())))
        self._move(lambda: self._looked_at("", draft, (), ()))

    def answer(self, question: int | str | Hole, written: str) -> None:
        """Answer a question: by its number from 1, by its words, or as it is listed.

        AskError where there is no such question; AnswerError where what is written is no answer to it.
        """
        last, asked = self._last, self._question(question)
        draft = self._answered(last.draft, asked, written)
        answers = (*last.answers, (asked.question, written.strip()))
        self._move(lambda: self._step(draft, last.said, answers, last.repairs))

    def undo(self) -> None:
        """Take back the last request or answer; AskError where there is none."""
        if not self._steps:
            raise AskError("there is nothing to take back")
        self._steps.pop()
        self._probe, self._confirmed = None, False

    def confirm(self) -> CompiledProgram:
        """The person's yes to what was read back; AskError while something is open."""
        program = self.program
        if program is None:
            raise AskError(self._open())
        self._confirmed = True
        return program

    def save(self, path: str | Path) -> Path:
        """Write the file, whole or not at all; AskError before `confirm`, OSError where it cannot be written."""
        if not self._confirmed:
            raise AskError("nothing is saved before it was confirmed: read `read_back`, then `confirm()`")
        place = Path(path)
        write_file(place, lambda file: file.write(self.file_text.encode("utf-8")))
        return place

    # --- where it stands ------------------------------------------------------------------------------

    @property
    def text(self) -> str:
        """The draft as it stands, without the comment of its file; "" where there is none."""
        return self._steps[-1].draft.text if self._steps else ""

    @property
    def steps(self) -> int:
        """How many requests and answers there were that are not taken back."""
        return len(self._steps)

    @property
    def file_text(self) -> str:
        """What `save` writes."""
        return file_text(self.text, self._last.said, self._last.answers)

    @property
    def notes(self) -> tuple[str, ...]:
        """How the drafter took the words."""
        return self._last.draft.notes

    @property
    def refusals(self) -> tuple[str, ...]:
        """What was asked for and is not done, and why."""
        return self._last.draft.refusals

    @property
    def faults(self) -> tuple[Diagnostic, ...]:
        """What is wrong with the draft after all repairs, the first cause first."""
        return self._last.faults

    @property
    def warnings(self) -> tuple[Diagnostic, ...]:
        """What the compiler warns about in a draft without faults: nothing ever closes this position."""
        program = self.program
        return () if program is None else tuple(d for d in program.diagnostics if d.severity == WARNING)

    @property
    def repairs(self) -> tuple[Repair, ...]:
        """What was repaired in the last draft."""
        return self._last.repairs

    @property
    def questions(self) -> tuple[Hole, ...]:
        """What is open."""
        return self._last.questions

    def offers(self, asked: Hole) -> tuple[str, ...]:
        """The words that a question names, each of which answers it. Never raises."""
        return tuple(words for words, _ in offered(self._last.draft, asked))

    @property
    def ready(self) -> bool:
        """Whether the person can confirm it."""
        return self.program is not None

    @property
    def program(self) -> CompiledProgram | None:
        """The program, None while a question is open or a fault is left."""
        return self._steps[-1].program if self._steps else None

    @property
    def read_back(self) -> str:
        """The strategy in plain English, from the typed program; "" while there is none."""
        program = self.program
        return "" if program is None else str(program.explain())

    @property
    def changes(self) -> str:
        """What means something else since the last program of this conversation; "" where nothing."""
        made = [step.program for step in self._steps if step.program is not None]
        if not self.ready or len(made) < 2:
            return ""
        found = made[-2].explain_changes(made[-1])
        return "" if found.same else str(found)

    @property
    def probe(self) -> Probe | None:
        """The trial run, made when it is first asked for; None while there is no program."""
        program = self.program
        if program is not None and self._probe is None:
            self._probe = probe(program, self._data, limits=self._limits, cancel=self._cancel)
        return self._probe

    def to_dict(self, *, tried: bool = True) -> dict[str, Any]:
        """For `json.dumps`; tried: with the trial run. Never raises."""
        last = self._last
        sources = {"<text>": last.draft.text}
        return {
            "requests": list(last.said), "ready": self.ready, "text": last.draft.text,
            "questions": [{"question": q.question, "expects": q.noun, "example": q.example, "line": q.line,
                           "column": q.column, "offers": list(self.offers(q))} for q in last.questions],
            "answers": [{"question": question, "answer": answer} for question, answer in last.answers],
            "notes": list(last.draft.notes), "refusals": list(last.draft.refusals),
            "diagnostics": [to_json(d, sources) for d in (*last.faults, *self.warnings)],
            "repairs": [{"faults": list(r.faults), "aside": [{"was": w, "now": n} for w, n in r.aside],
                         "changes": r.changes} for r in last.repairs],
            "read_back": self.read_back, "changes": self.changes,
            "probe": None if not tried or (found := self.probe) is None else found.to_dict(),
        }  # fmt: skip

    # --- inside ---------------------------------------------------------------------------------------

    @property
    def _last(self) -> _Step:
        if not self._steps:
            raise AskError("nothing was asked yet")
        return self._steps[-1]

    def _move(self, make: Callable[[], _Step]) -> None:
        self._steps.append(make())
        self._probe, self._confirmed = None, False

    def _looked_at(self, words: str, draft: Draft, said: tuple[str, ...], answers: _Answers) -> _Step:
        """The step of a new draft, repaired where it can be."""
        if draft.refusals or not draft.text.strip():
            return self._refused(draft, said, answers)
        found = repaired(self._drafter, words, draft)
        return self._step(self._answered_again(found.draft, answers), said, answers, found.repairs, found.faults)

    def _refused(self, draft: Draft, said: tuple[str, ...], answers: _Answers) -> _Step:
        """The step of a request that is not done: a draft of before stays what the next request is about."""
        if draft.text.strip() or not self._steps:
            return _Step(draft, said, answers)
        last = self._last
        return _Step(replace(draft, text=last.draft.text), last.said, last.answers)

    def _step(
        self, draft: Draft, said: tuple[str, ...], answers: _Answers,
        repairs: tuple[Repair, ...] = (), faults: tuple[Diagnostic, ...] | None = None,
    ) -> _Step:  # fmt: skip
        faults = faults_of(draft.text) if faults is None else faults
        open_ones, program = holes(draft.text), None
        if not faults and not open_ones:
            try:
                program = compile(draft.text.encode(), limits=self._limits)
                _ = program.plan  # what cannot be planned is told here
            except CompileError as error:  # too much memory or work for a bar
                program, faults = None, error.diagnostics
        return _Step(draft, said, answers, repairs, faults, open_ones, program)

    def _answered(self, draft: Draft, asked: Hole, written: str) -> Draft:
        """The draft with an answer; what one in plain words was taken for is told in a note."""
        try:
            return replace(draft, text=answer(draft.text, asked, written))
        except AnswerError as error:
            refused = error
        for meant in meanings(self._drafter, draft, asked, written):
            try:
                made = answer(draft.text, asked, meant)
            except AnswerError:
                continue
            return replace(draft, text=made, notes=(*draft.notes, f"{written.strip()}: `{meant}`"))
        raise refused

    def _answered_again(self, draft: Draft, answers: _Answers) -> Draft:
        """A draft that asks what was answered before: the answers hold."""
        given = dict(answers)
        while (asked := next((each for each in holes(draft.text) if each.question in given), None)) is not None:
            try:
                draft = self._answered(draft, asked, given.pop(asked.question))
            except AnswerError:  # it means something else there
                continue
        return draft

    def _question(self, question: int | str | Hole) -> Hole:
        listed = self.questions
        if not listed:
            raise AskError("no question is open")
        if isinstance(question, int):
            if not 1 <= question <= len(listed):
                raise AskError(f"questions are numbered 1 to {len(listed)}; found {question}")
            return listed[question - 1]
        words = question if isinstance(question, str) else question.question
        for each in listed:
            if each.question == words:
                return each
        raise AskError(f"no open question is {words!r}; open: {'; '.join(each.question for each in listed)}")

    def _open(self) -> str:
        """Why there is nothing to confirm."""
        if not self._steps:
            return "nothing was asked yet"
        if self.refusals:
            return f"the request was refused: {'; '.join(self.refusals)}"
        if self.faults:
            return f"the draft has a fault: {self.faults[0].message}"
        if self.questions:
            return f"{len(self.questions)} questions are open: {'; '.join(each.question for each in self.questions)}"
        return "there is no draft: say what the strategy should do"


def is_program(text: str) -> bool:
    """Whether a text is a program and no prose: it parses as one, and states something."""
    found = parse(text)
    return bool(found.module.statements) and not any(each.is_error for each in found.diagnostics)
