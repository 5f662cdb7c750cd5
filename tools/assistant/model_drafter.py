"""Drafts by a language model: what it is told, and what its answer is taken for."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ...lang.diagnostics.brief import flowing
from ...lang.diagnostics.model import Diagnostic
from ...lang.diagnostics.render import render
from .drafting import Draft
from .grammar import grammar
from .models.model import ASSISTANT, SYSTEM, USER, Message, Model, ModelError, OnText, Reply, Usage
from .prompt import prompt

_FENCE = re.compile(r"(?<!`)```+[^`\n]*\n(.*?)(?:\n```|\Z)", re.DOTALL)
_SAID = re.compile(r"#\s*(note|cannot)\s*:\s*(.*)", re.IGNORECASE)
_LONGEST_REQUEST = 20_000


class ModelDrafter:
    """Protocol `Drafter`. held: whether servers that can are asked to hold the model to the typed grammar."""

    def __init__(self, model: Model, *, held: bool = True, on_text: OnText | None = None) -> None:
        self._model, self._held, self._on_text = model, held, on_text
        self.usage = Usage()
        """Of all answers so far."""

    def draft(
        self, request: str, *, earlier: Draft | None = None, diagnostics: Sequence[Diagnostic] = ()
    ) -> Draft:  # fmt: skip
        """Protocol `Drafter`; ModelError where the model or its server fails."""
        if len(request) > _LONGEST_REQUEST:
            raise ModelError(f"the request has {len(request):,} characters; {_LONGEST_REQUEST:,} are taken at most")
        said = [Message(SYSTEM, prompt()), *_told(request, earlier, diagnostics)]
        reply = self._model.reply(said, grammar=grammar() if self._held else None, on_text=self._on_text)
        self.usage += reply.usage
        return _read(reply)


def _told(request: str, earlier: Draft | None, diagnostics: Sequence[Diagnostic]) -> list[Message]:
    """What the model is told after the prompt. The request stands between lines of its own: it is words, no orders."""
    if earlier is None:
        return [Message(USER, f"The request:\n{request}")]
    if not diagnostics:
        change = f"Change it as asked here, and leave everything else as it is:\n{request}"
        return [Message(USER, "The strategy so far?"), Message(ASSISTANT, earlier.text), Message(USER, change)]
    faults = render(diagnostics, {diagnostics[0].span.source: earlier.text})
    again = "Write the whole program again without these faults. Leave rules that have none as they are."
    mend = f"The compiler found:\n{faults}\n\n{again}"
    return [Message(USER, f"The request:\n{request}"), Message(ASSISTANT, earlier.text), Message(USER, mend)]


def _read(reply: Reply) -> Draft:
    """The draft that an answer is: its first block of code where it has one, else all of it."""
    if reply.cut:
        raise ModelError("the model had no room to come to its end: ask for less at once")
    if reply.refusal:
        return Draft("", refusals=(f"the model will not write it: {flowing(reply.refusal)}",))
    block = _FENCE.search(reply.text)
    lines = (block[1] if block else reply.text).strip("\n").splitlines()
    said = [(found[1].lower(), flowing(found[2])) for line in lines if (found := _SAID.fullmatch(line.strip()))]
    left = [line for line in lines if not _SAID.fullmatch(line.strip())]
    notes = tuple(text for kind, text in said if kind == "note" and text)
    cannot = tuple(text for kind, text in said if kind == "cannot" and text)
    return Draft("\n".join(left).strip("\n"), notes, cannot)
