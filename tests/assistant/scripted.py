"""A drafter that says what it was told to say, and remembers what it was asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from stratagem.lang.diagnostics.model import Diagnostic
from stratagem.tools.assistant.drafting import Draft


@dataclass
class Scripted:
    """drafts: what it gives, one after another; the last one again and again."""

    drafts: list[Draft]
    asked: list[tuple[str, Draft | None, tuple[Diagnostic, ...]]] = field(default_factory=list)

    def draft(
        self, request: str, *, earlier: Draft | None = None, diagnostics: Sequence[Diagnostic] = ()
    ) -> Draft:  # fmt: skip
        self.asked.append((request, earlier, tuple(diagnostics)))
        return self.drafts.pop(0) if len(self.drafts) > 1 else self.drafts[0]


def scripted(*texts: str | Draft) -> Scripted:
    return Scripted([text if isinstance(text, Draft) else Draft(text) for text in texts])
