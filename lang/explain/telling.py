"""How sentences are made: of words and of values, each told in words and kept by its key."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..program.nodes import Node
from ..program.program import Program, Template
from ..words.table import words
from .meaning import Keys, assumed
from .model import Sentence
from .said import ATOM, LOOSE
from .words import Words

FILLS = {word.name: word.meaning for word in words("fill")}


@dataclass(frozen=True, slots=True)
class Part:
    """A value within a sentence: in brackets where it is not as tight as `least`, of a text `LOOSE`; `bars` of it."""

    node: Node
    least: int = ATOM
    bars: bool = False


Told = tuple[str | Node | Part, ...]
"""Words and values in turn; a node stands by itself."""


class Teller:
    """Makes the sentences of one program."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self.words = Words(program)
        self.keys = Keys(program)
        self.assumed = assumed(program)
        self.mentioned: list[Node] = []

    def sentence(self, about: str, *told: str | Node | Part, details: Sequence[Sentence] = ()) -> Sentence:
        """The sentence that these words and values are."""
        text, key = [], []
        for part in told:
            if isinstance(part, str):
                text.append(part)
                key.append(part)
                continue
            node = part.node if isinstance(part, Part) else part
            self.mentioned.append(node)
            text.append(self._shown(part))
            key.append(self.keys.of(node))
        return Sentence(about, "".join(text), "\x1f".join(key), tuple(details))

    def _shown(self, part: Node | Part) -> str:
        if isinstance(part, Node):
            return self.words.of(part)
        if part.bars:
            return self.words.bars(part.node)
        said = self.words.said(part.node)
        return said.text if part.least == LOOSE else said.alone or said.at_least(part.least)

    def quoted(self, template: Template) -> Told:
        """A text as it is written, its values in braces."""
        told: list[str | Node | Part] = ['"']
        for piece in template.parts:
            if isinstance(piece, str):
                told.append(piece.replace("{", "{{").replace("}", "}}"))
            else:
                told += ["{", Part(piece, LOOSE), "}"]
        return (*told, '"')

    def definitions(self) -> Iterator[Sentence]:
        """What each name means that was mentioned, once, in the order in which they are; telling may mention more."""
        told: set[int] = set()
        at = 0
        while at < len(self.mentioned):
            for node in self.words.mentioned(iter([self.mentioned[at]])):
                if node.id not in told:
                    told.add(node.id)
                    yield self._definition(node)
            at += 1

    def _definition(self, node: Node) -> Sentence:
        name, inside = self.words.names[node.id], self.words.inside(node)
        self.mentioned += self.words.parts(node)
        verb = "holds when" if node.type == "bool" and node.kind != "cell" else "is"
        return Sentence(f"`{name}`", f"`{name}` {verb} {inside}.", self.keys.of(node))


def symbol(name: str) -> str:
    """A symbol; in quotes where it is no plain name."""
    return name if name.isidentifier() else f'"{name}"'
