"""Completion at the prompt: what may stand there, with its signature, its unit and the first line of its meaning."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from prompt_toolkit.completion import CompleteEvent, Completer, Completion, PathCompleter
from prompt_toolkit.document import Document

from ...lang.analysis.calls import functions
from ...lang.analysis.offers import Offer
from ...lang.diagnostics.brief import cut, flowing
from .commands.table import called, commands
from .program import pieces

if TYPE_CHECKING:
    from .live import Live
    from .session import Session

_CALLED = ("built-in", "function")
_CLOSED = (")", "]", '"')
_META = 70
SAMPLES = tuple(f"sample:{name}" for name in ("AAPL", "FB", "GOOG", "IBM", "MSFT"))


class Offered(Completer):
    """Commands, their arguments, and what the parser's tables say may stand at the cursor."""

    def __init__(self, session: Session, live: Live) -> None:
        self._session, self._live = session, live
        self._paths = PathCompleter(expanduser=True)

    def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterable[Completion]:
        """What goes on from the text before the cursor."""
        text = document.text_before_cursor
        line = text.lstrip()
        if line.startswith(".") and " " not in line and "\n" not in line:
            yield from _commands(line[1:])
            return
        command = called(text, self._session.names)
        if command is not None and text[-1:] and (" " in line or line.startswith(".")):
            yield from self._arguments(command.name, document, complete_event)
            return
        if not complete_event.completion_requested and not document.current_line_before_cursor.strip():
            return
        yield from self._offers(document.text, document.cursor_position, complete_event.completion_requested)
        if "\n" not in text and line.isalpha():
            yield from _bare(line, self._session)

    def _offers(self, text: str, cursor: int, asked: bool = True) -> Iterator[Completion]:
        """asked: for everything that may stand, of which other statements are shown unasked once a word is begun."""
        start, offers = self._live.of(text or " ").offers(cursor)
        if not text.strip():
            start, offers = self._live.of("let").offers(0)
        if text[:cursor].strip() and "\n" in text[:cursor]:  # what goes on with a statement comes before another one
            offers = sorted(offers, key=lambda offer: offer.kind == "statement")
        begun = start < cursor
        if not asked and not begun and text[:cursor].endswith(_CLOSED):
            return  # a value has just ended, and what goes on with it is not written right behind it
        for offer in offers:
            if asked or begun or offer.kind != "statement":
                yield _of_offer(offer, start - cursor)

    def _arguments(self, name: str, document: Document, event: CompleteEvent) -> Iterator[Completion]:
        text = document.text_before_cursor
        word = text.rpartition(" ")[2]
        if name in ("load", "save", "edit", "report", "data"):
            if name == "data":
                yield from (Completion(each, -len(word)) for each in SAMPLES if each.startswith(word))
            yield from self._paths.get_completions(Document(word, len(word)), event)
        elif name == "param":
            program = self._session.program
            names = [param.name for param in program.params] if program else []
            yield from (Completion(f"{each}=", -len(word)) for each in names if each.startswith(word))
        elif name in ("help", "functions"):
            known = [*functions(), *commands(), *sorted(self._session.names)]
            yield from (Completion(each, -len(word)) for each in dict.fromkeys(known) if each.startswith(word))
        elif name == "drop":
            names = [piece.key[1] for piece in pieces(self._session.state.text) if piece.key[0] in ("name", "function")]
            yield from (Completion(each, -len(word)) for each in names if each.startswith(word))
        elif name in ("plot", "time"):
            rest = text.lstrip().partition(" ")[2]
            words = ("candles", "equity", "drawdown") if name == "plot" else ()
            yield from (Completion(each, -len(rest)) for each in words if each.startswith(rest))
            yield from self._offers(rest, len(rest))


def _commands(begun: str) -> Iterator[Completion]:
    for each in commands().values():
        if each.name.startswith(begun):
            yield Completion(each.name, -len(begun), f".{each.name}", cut(each.does, _META))


def _bare(begun: str, session: Session) -> Iterator[Completion]:
    """Commands that need no dot."""
    for each in commands().values():
        if each.name.startswith(begun) and called(each.name, session.names) is not None:
            yield Completion(each.name, -len(begun), each.name, cut(each.does, _META))


def _of_offer(offer: Offer, start: int) -> Completion:
    text = f"{offer.name}(" if offer.kind in _CALLED else offer.name
    first = flowing(offer.meaning).partition(". ")[0]
    told = " · ".join(part for part in (offer.detail, first) if part) or offer.kind
    return Completion(text, start, offer.name, cut(told, _META))
