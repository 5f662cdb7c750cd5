"""A reply as it comes in: its pieces, what it took, how it ended."""

from __future__ import annotations

from typing import Any, NamedTuple

from .model import MOST_CHARACTERS, ModelError, OnText, Reply, Usage


class Price(NamedTuple):
    """Dollars for a million tokens read, and written."""

    read: float
    written: float


class Pieces:
    """Collects a reply; ModelError where it grows beyond all bounds, or stops before its end."""

    def __init__(self, on_text: OnText | None = None) -> None:
        self._on_text = on_text
        self._parts: list[str] = []
        self._refusals: list[str] = []
        self._length = 0
        self._usage = Usage()
        self._cut = self._ended = False

    def add(self, text: Any) -> None:
        """A piece of the text; what is none is left out."""
        if not isinstance(text, str) or not text:
            return
        self._length += len(text)
        if self._length > MOST_CHARACTERS:
            raise ModelError(f"the model wrote more than {MOST_CHARACTERS:,} characters: that is no strategy")
        self._parts.append(text)
        if self._on_text is not None:
            self._on_text(text)

    def refuse(self, text: Any) -> None:
        """A piece of a refusal."""
        if isinstance(text, str) and text and sum(map(len, self._refusals)) < MOST_CHARACTERS:
            self._refusals.append(text)

    def end(self, cut: bool, ended: bool) -> None:
        """What the server says of the end: that there was no room for more, that this is it."""
        self._cut, self._ended = self._cut or cut, self._ended or ended

    def count(self, usage: Any, read: str, written: str) -> None:
        """The server's count of tokens; the last one that it gives is that of the whole."""
        counts = [at(usage, name) for name in (read, written)]
        known = [c if isinstance(c, int) and 0 <= c < 10**12 else None for c in counts]
        was = (self._usage.read, self._usage.written)
        self._usage = Usage(*(old if new is None else new for old, new in zip(was, known, strict=True)))

    def reply(self, price: Price | None) -> Reply:
        """The whole."""
        text, refusal = "".join(self._parts), "".join(self._refusals)
        if not self._ended:
            raise ModelError("the server's answer broke off before its end")
        if not text.strip() and not refusal:
            raise ModelError("the model answered nothing")
        used = self._usage
        cost = None if price is None else (used.read * price.read + used.written * price.written) / 1e6
        return Reply(text, Usage(used.read, used.written, cost), refusal, self._cut)


def at(value: Any, *path: str | int) -> Any:
    """What lies at a path of names and places in a document of a server's, None where it is otherwise built."""
    for step in path:
        if isinstance(step, str):
            value = value.get(step) if isinstance(value, dict) else None
        else:
            value = value[step] if isinstance(value, list) and len(value) > step else None
    return value
