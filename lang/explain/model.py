"""An explanation as a value: sections of sentences, each with what it is about."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from .layout import WIDTH, paragraph


@dataclass(frozen=True, slots=True)
class Sentence:
    """One thing that a program says. about: what it is of, `param fast`, `enter long 1`, `size`.

    key: what it means without names; sentences of equal keys mean the same. details: what more is said of it.
    """

    about: str
    text: str
    key: str = field(repr=False, default="")
    details: tuple[Sentence, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        told: dict[str, Any] = {"about": self.about, "text": self.text}
        return told | ({"details": [detail.to_dict() for detail in self.details]} if self.details else {})

    def all(self) -> Iterator[Sentence]:
        """It, and its details."""
        yield self
        for detail in self.details:
            yield from detail.all()


@dataclass(frozen=True, slots=True)
class Section:
    """Sentences on one subject. numbered: they are counted, as statements are that act in their order."""

    title: str
    sentences: tuple[Sentence, ...]
    numbered: bool = False

    def to_dict(self) -> dict[str, Any]:
        return {"title": self.title, "sentences": [sentence.to_dict() for sentence in self.sentences]}


@dataclass(frozen=True, slots=True)
class Explanation:
    """What a program says, in plain English. headline: its name, and what it is about in a paragraph."""

    title: str
    headline: tuple[Sentence, ...]
    sections: tuple[Section, ...]

    def text(self, width: int = WIDTH) -> str:
        """As it is read: lines of at most `width` characters where no word is longer."""
        told = " ".join(sentence.text for sentence in self.headline)
        blocks = ["\n".join(filter(None, [self.title, *paragraph(told, width)]))]
        for section in self.sections:
            blocks.append("\n".join([section.title, *_lines(section, width)]))
        return "\n\n".join(blocks) + "\n"

    def __str__(self) -> str:
        return self.text()

    def __repr__(self) -> str:
        return f"<Explanation of {self.title!r}: {len(self.sections)} sections; print it, or .to_dict()>"

    def _repr_html_(self) -> str:
        from html import escape

        return f"<pre>{escape(self.text())}</pre>"

    def sentences(self) -> Iterator[Sentence]:
        """Every sentence, details too, in order."""
        for sentence in (*self.headline, *(each for section in self.sections for each in section.sentences)):
            yield from sentence.all()

    def to_dict(self) -> dict[str, Any]:
        """For `json.dumps`."""
        return {
            "title": self.title,
            "headline": [sentence.text for sentence in self.headline],
            "sections": [section.to_dict() for section in self.sections],
        }


def _lines(section: Section, width: int) -> Iterator[str]:
    for number, sentence in enumerate(section.sentences, 1):
        mark = f"{number}. " if section.numbered else "- "
        yield from paragraph(sentence.text, width, mark)
        for detail in sentence.details:
            yield from paragraph(detail.text, width, " " * len(mark) + "- ")
