"""Servers that speak as OpenAI's: chat completions (also vLLM, llama.cpp, Ollama, LM Studio), and Responses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ....lang.diagnostics.brief import cut, flowing, printable
from .model import Message, ModelError, OnText, Reply
from .pieces import Pieces, Price, at
from .wire import Server, events

PLAIN, VLLM, LLAMACPP = "openai", "vllm", "llamacpp"
TOOL = "write_strategy"


@dataclass(frozen=True, slots=True)
class ChatCompletions:
    """A model behind `/chat/completions`. kind: how the server takes a grammar: "vllm", "llamacpp", or not at all."""

    server: Server
    name: str
    kind: str = PLAIN
    price: Price | None = None
    most_tokens: int = 4000

    def reply(
        self, messages: Sequence[Message], *, grammar: str | None = None, on_text: OnText | None = None
    ) -> Reply:
        """Protocol `Model`."""
        pieces = Pieces(on_text)
        body = {
            "model": self.name, "messages": [{"role": m.role, "content": m.text} for m in messages], "stream": True,
            "stream_options": {"include_usage": True}, self._limit: self.most_tokens, **self._held(grammar),
        }  # fmt: skip
        for event in events(self.server.lines("/chat/completions", bearer(self.server), body)):
            fault_of(event)
            choice = at(event, "choices", 0)
            part = at(choice, "delta") or at(choice, "message")
            pieces.add(at(part, "content"))
            pieces.refuse(at(part, "refusal"))
            pieces.end(at(choice, "finish_reason") in ("length", "max_tokens"), bool(at(choice, "finish_reason")))
            pieces.count(at(event, "usage"), "prompt_tokens", "completion_tokens")
        return pieces.reply(self.price)

    @property
    def _limit(self) -> str:
        """OpenAI's own models take the one, other servers the other."""
        return "max_completion_tokens" if self.kind == PLAIN else "max_tokens"

    def _held(self, grammar: str | None) -> Mapping[str, Any]:
        if grammar is None or self.kind == PLAIN:
            return {}
        if self.kind == VLLM:
            return {"structured_outputs": {"grammar": grammar}}
        return {"grammar": f"%llguidance {{}}\n{grammar}"}


@dataclass(frozen=True, slots=True)
class Responses:
    """A model of OpenAI's behind `/responses`, which is held to a grammar by a tool of its own; its prose is free."""

    server: Server
    name: str
    price: Price | None = None
    most_tokens: int = 8000

    def reply(
        self, messages: Sequence[Message], *, grammar: str | None = None, on_text: OnText | None = None
    ) -> Reply:
        """Protocol `Model`."""
        pieces = Pieces(on_text)
        body = {
            "model": self.name, "input": [{"role": m.role, "content": m.text} for m in messages], "stream": True,
            "store": False, "max_output_tokens": self.most_tokens, **_tool(grammar),
        }  # fmt: skip
        for event in events(self.server.lines("/responses", bearer(self.server), body)):
            fault_of(event)
            kind = at(event, "type")
            if kind == ("response.custom_tool_call_input.delta" if grammar else "response.output_text.delta"):
                pieces.add(at(event, "delta"))
            elif kind == "response.refusal.delta":
                pieces.refuse(at(event, "delta"))
            elif kind in ("response.completed", "response.incomplete"):
                pieces.count(at(event, "response", "usage"), "input_tokens", "output_tokens")
                pieces.end(kind.endswith("incomplete"), True)
            elif at(event, "object") == "response":  # an answer in one piece
                self._whole(pieces, event, bool(grammar))
        return pieces.reply(self.price)

    def _whole(self, pieces: Pieces, event: Any, held: bool) -> None:
        for item in at(event, "output") or []:
            if held and at(item, "type") == "custom_tool_call":
                pieces.add(at(item, "input"))
            for part in at(item, "content") or []:
                pieces.refuse(at(part, "refusal"))
                pieces.add(None if held else at(part, "text"))
        pieces.count(at(event, "usage"), "input_tokens", "output_tokens")
        pieces.end(at(event, "status") == "incomplete", True)


def _tool(grammar: str | None) -> dict[str, Any]:
    if grammar is None:
        return {}
    form = {"type": "grammar", "syntax": "lark", "definition": grammar}
    told = "Takes the whole text of a strategy. Think about what it has to say first; its form is that of the grammar."
    tool = {"type": "custom", "name": TOOL, "description": told, "format": form}
    return {"tools": [tool], "parallel_tool_calls": False, "tool_choice": {"type": "custom", "name": TOOL}}


def bearer(server: Server) -> dict[str, str]:
    """The headers of a request."""
    own = {"Authorization": f"Bearer {server.key.reveal()}"} if server.key else {}
    return {"Content-Type": "application/json", "Accept": "text/event-stream", **own}


def fault_of(event: Any) -> None:
    """ModelError where a server says in the middle of a stream that it failed."""
    told = at(event, "error") or (event if at(event, "type") == "error" else None)
    if told:
        raise ModelError(f"the server broke off: {_said(told)}")


def _said(told: Any) -> str:
    message = at(told, "message")
    return cut(printable(flowing(message if isinstance(message, str) else str(told))), 200)
