"""Where in the text something stands: the one address every later stage keeps."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Span:
    """A half-open range of one source text.

    `start` and `end` are character offsets; `source` names the text they count
    in (a file, `<text>`, or a module of the standard library), so that a node
    that came out of the library still points at the right page.
    """

    source: str
    start: int
    end: int

    def to(self, other: Span) -> Span:
        """The range from the start of this one to the end of `other`."""
        return Span(self.source, min(self.start, other.start), max(self.end, other.end))

    def within(self, other: Span) -> bool:
        """Whether the other holds all of this one."""
        return self.source == other.source and other.start <= self.start and self.end <= other.end


NOWHERE = Span("<none>", 0, 0)
