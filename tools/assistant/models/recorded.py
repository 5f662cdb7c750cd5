"""Conversations with models on disk, a line each: written beside the real thing, replayed without it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from ....lang.diagnostics.brief import named
from .model import Message, Model, ModelError, OnText, Reply, Usage


def fingerprint(messages: Sequence[Message], grammar: str | None) -> str:
    """A hash of all that a model is told."""
    said = json.dumps([[m.role, m.text] for m in messages] + [grammar])
    return sha256(said.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Recording:
    """A model whose every answer is added to a file, with what was asked but neither address nor key."""

    model: Model
    path: Path

    def reply(
        self, messages: Sequence[Message], *, grammar: str | None = None, on_text: OnText | None = None
    ) -> Reply:
        """Protocol `Model`."""
        found = self.model.reply(messages, grammar=grammar, on_text=on_text)
        row = {"asked": fingerprint(messages, grammar), "last": messages[-1].text, "text": found.text,
               "refusal": found.refusal, "cut": found.cut, "read": found.usage.read,
               "written": found.usage.written}  # fmt: skip
        try:
            with self.path.open("a", encoding="utf-8") as file:
                file.write(json.dumps(row, ensure_ascii=False) + "\n")
        except OSError as error:
            told = f"the answer cannot be recorded in {named(self.path)}: {error.strerror or error}"
            raise ModelError(told) from None
        return found


@dataclass
class Replay:
    """Answers from such a file, in order. strict: only what was asked in the very same words."""

    path: Path
    strict: bool = False
    _rows: list[dict[str, object]] = field(default_factory=list)

    def __post_init__(self) -> None:
        try:
            lines = self.path.read_text("utf-8").splitlines()
            self._rows = [json.loads(line) for line in lines if line.strip()]
        except (OSError, ValueError, RecursionError) as error:
            raise ModelError(f"the recording {named(self.path)} cannot be read: {named(error)}") from None
        for number, row in enumerate(self._rows, 1):
            if not isinstance(row, dict) or not isinstance(row.get("text"), str):
                raise ModelError(f"{named(self.path)} is no recording: its row {number} is no answer of a model")

    def reply(
        self, messages: Sequence[Message], *, grammar: str | None = None, on_text: OnText | None = None
    ) -> Reply:
        """Protocol `Model`."""
        if not self._rows:
            raise ModelError(f"the recording {named(self.path)} has no further answer")
        row = self._rows.pop(0)
        if self.strict and row.get("asked") != fingerprint(messages, grammar):
            raise ModelError(f"the recording {named(self.path)} is of another conversation: record it again")
        text = str(row["text"])
        if on_text is not None:
            on_text(text)
        read, written = (count if isinstance(count := row.get(name), int) else 0 for name in ("read", "written"))
        usage = Usage(read, written)
        return Reply(text, usage, str(row.get("refusal", "")), bool(row.get("cut", False)))
