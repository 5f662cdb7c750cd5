"""The groups that a symbol is in, as a catalogue of instruments or the file of a universe says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Annotated, Any

from pydantic import BeforeValidator, Field

Group = Annotated[str, Field(pattern=r"^\S(.{0,78}\S)?$")]


def _several(value: Any) -> Any:
    """One name is a list of one."""
    return [value] if isinstance(value, str) else value


Groups = Annotated[list[Group], BeforeValidator(_several), Field(min_length=1)]
"""`group: tech`, or `group: [tech, us]`."""


def joined(groups: Iterable[tuple[str, Iterable[str]]]) -> Mapping[str, tuple[str, ...]]:
    """By symbol in small letters the groups that it is in, each once, from as many places as say so."""
    found: dict[str, dict[str, None]] = {}
    for symbol, names in groups:
        found.setdefault(symbol.lower(), {}).update(dict.fromkeys(names))
    return {symbol: tuple(names) for symbol, names in found.items() if names}
