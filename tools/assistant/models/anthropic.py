"""Anthropic's messages. They take no grammar: what is not right is repaired by the conversation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .model import SYSTEM, Message, OnText, Reply
from .openai import fault_of
from .pieces import Pieces, Price, at
from .wire import Server, events

VERSION = "2023-06-01"


@dataclass(frozen=True, slots=True)
class Anthropic:
    """A model behind `/messages`."""

    server: Server
    name: str
    price: Price | None = None
    most_tokens: int = 4000

    def reply(
        self, messages: Sequence[Message], *, grammar: str | None = None, on_text: OnText | None = None
    ) -> Reply:
        """Protocol `Model`."""
        pieces = Pieces(on_text)
        system = "\n\n".join(m.text for m in messages if m.role == SYSTEM)
        said = [{"role": m.role, "content": m.text} for m in messages if m.role != SYSTEM]
        body = {"model": self.name, "system": system, "messages": said, "max_tokens": self.most_tokens, "stream": True}
        headers = {"Content-Type": "application/json", "anthropic-version": VERSION}
        if self.server.key:
            headers["x-api-key"] = self.server.key.reveal()
        for event in events(self.server.lines("/messages", headers, body)):
            fault_of(event)
            pieces.add(at(event, "delta", "text"))
            for part in at(event, "content") or []:  # an answer in one piece
                pieces.add(at(part, "text"))
            for usage in (at(event, "message", "usage"), at(event, "usage")):
                pieces.count(usage, "input_tokens", "output_tokens")
            why = at(event, "delta", "stop_reason") or at(event, "stop_reason")
            if why == "refusal":
                pieces.refuse("the model would not answer")
            pieces.end(why == "max_tokens", bool(why) or at(event, "type") == "message_stop")
        return pieces.reply(self.price)
