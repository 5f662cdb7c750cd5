"""What a model is to the assistant: messages in, a text out, with what it took."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from ..drafting import DraftingError

SYSTEM, USER, ASSISTANT = "system", "user", "assistant"
MOST_CHARACTERS = 200_000
"""Of a reply; a strategy needs a hundredth of it."""


@dataclass(frozen=True, slots=True)
class Message:
    """role: "system", "user" or "assistant"."""

    role: str
    text: str


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens that a server says it read and wrote, 0 where it does not say; cost: in dollars, None without a price."""

    read: int = 0
    written: int = 0
    cost: float | None = None

    def __add__(self, other: Usage) -> Usage:
        both = [each.cost for each in (self, other) if each.cost is not None]
        return Usage(self.read + other.read, self.written + other.written, sum(both) if both else None)

    def __str__(self) -> str:
        told = f"{self.read:,} tokens read, {self.written:,} written"
        return told if self.cost is None else f"{told}, ${self.cost:,.4f}"


@dataclass(frozen=True, slots=True)
class Reply:
    """text: what the model wrote; refusal: why it would not, "" where it did; cut: it had no room for its end."""

    text: str
    usage: Usage = Usage()
    refusal: str = ""
    cut: bool = False


OnText = Callable[[str], None]
"""Called with each piece of a reply as it comes; what it raises ends the reply."""


class Model(Protocol):
    """Answers messages."""

    def reply(
        self, messages: Sequence[Message], *, grammar: str | None = None, on_text: OnText | None = None
    ) -> Reply:
        """The answer; ModelError where there is none.

        grammar: in llguidance's Lark, which the answer keeps to if the server can hold a model to one.
        """
        ...


class ModelError(DraftingError):
    """A model or its server could not answer. No message of it holds a key, whatever the server sent."""


class ModelChoiceError(ModelError):
    """No such model is known, or its key is not there: nobody was asked."""
