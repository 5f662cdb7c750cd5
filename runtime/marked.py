"""A YAML document that a person wrote, and the line of everything in it, so that errors can point there.

Every scalar is a text: what it stands for is decided by whoever reads it, so that a symbol `NO` is no false and `0700`
no number. Aliases are refused, because a few lines of them are millions of values; so is a name that stands twice.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Union

MOST_BYTES = 4 * 2**20
"""Bytes of a document."""
_DEEPEST = 20
"""Values inside values inside values."""

Value = Union[str, list["Value"], dict[str, "Value"]]
Path = tuple[Union[str, int], ...]
"""The way to a value: names and places, as pydantic's `loc`."""


class MarkedError(ValueError):
    """A text that is no such document: the line, from 1, and what is wrong there."""

    def __init__(self, line: int, told: str) -> None:
        super().__init__(told)
        self.line = line


@dataclass(frozen=True, slots=True)
class Marked:
    """A document's value, and the line of every value in it by the way to it."""

    value: Value
    lines: Mapping[Path, int]

    def line(self, way: Sequence[str | int]) -> int:
        """The line of a value; of the one that it would be in, where it is not there."""
        path = tuple(way)
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)


def read_marked(text: str) -> Marked:
    """Read a document. MarkedError says what is wrong with it, and on which line."""
    import yaml

    if len(text.encode("utf-8", "replace")) > MOST_BYTES:
        raise MarkedError(1, f"more than {MOST_BYTES:,} bytes, the most that is read")
    try:
        _bounded(yaml.parse(text, yaml.BaseLoader))
        node = yaml.compose(text, yaml.BaseLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise MarkedError(mark.line + 1 if mark else 1, str(error.problem or error.context)) from None
    except yaml.YAMLError as error:  # a character that no document holds
        place = getattr(error, "position", 0)
        raise MarkedError(text.count("\n", 0, place) + 1, str(error).splitlines()[0]) from None
    lines: dict[Path, int] = {}
    return Marked("" if node is None else _value(node, (), lines), lines)


def _bounded(events: Iterator[Any]) -> None:
    """MarkedError where a document refers to itself, is nested too deep, is one of several, or has values of kinds
    (`!kind value`), which nobody here knows."""
    depth, documents = 0, 0
    for event in events:
        name = type(event).__name__
        depth += name.endswith(("SequenceStartEvent", "MappingStartEvent"))
        depth -= name.endswith(("SequenceEndEvent", "MappingEndEvent"))
        if depth > _DEEPEST:
            raise MarkedError(event.start_mark.line + 1, f"nested deeper than {_DEEPEST}")
        documents += name == "DocumentStartEvent"
        if documents > 1:
            raise MarkedError(event.start_mark.line + 1, "another document begins here (`---`); one is read")
        tag = getattr(event, "tag", None)
        if tag and tag != "!":
            raise MarkedError(event.start_mark.line + 1, f"values of a kind (`{tag}`) are not read: leave the kind out")
        if name == "AliasEvent" or getattr(event, "anchor", None):
            raise MarkedError(event.start_mark.line + 1, "anchors and aliases (`&` and `*`) are not read: write it out")


def _value(node: Any, way: Path, lines: dict[Path, int]) -> Value:
    """The value of a node, its lines put down on the way."""
    lines[way] = node.start_mark.line + 1
    if node.id == "sequence":
        return [_value(each, (*way, place), lines) for place, each in enumerate(node.value)]
    if node.id == "scalar":
        return str(node.value)
    found: dict[str, Value] = {}
    for key, each in node.value:
        line = key.start_mark.line + 1
        if key.id != "scalar":
            raise MarkedError(line, "a name is expected before the colon")
        if key.value in found:
            raise MarkedError(line, f"{key.value!r} stands twice")
        found[key.value] = _value(each, (*way, key.value), lines)
        lines[(*way, key.value)] = line
    return found
