"""The functions of the standard library that are written in the language: where each of their texts lies.

Nothing is parsed here. `index.json`, made by `tools/build_index.py` and held equal to
the `.strat` files by a test, says where each function begins and ends, so that
a program parses those that it calls.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).parent
_RANGE = re.compile(r"\bRange: (any number|-?[0-9]+ to -?[0-9]+)\.")


@dataclass(frozen=True, slots=True)
class Entry:
    """One function: characters `start` to `end` of its file; each parameter with its default as text, or None.

    unit, warmup: of each field of the result ("" where it is no record), for `close` and the defaults; the
    warm-up counts the bars before the first value.
    """

    name: str
    file: str
    start: int
    end: int
    parameters: tuple[tuple[str, str | None], ...]
    doc: str
    unit: Mapping[str, str]
    warmup: Mapping[str, int]

    @property
    def range(self) -> str:
        """Between which numbers the values lie, as its text says: "0 to 100", "any number" on a scale of its own."""
        return _range(self.doc)

    @property
    def family(self) -> str:
        return self.file.removesuffix(".strat")


@cache
def _range(doc: str) -> str:
    found = _RANGE.search(doc)
    return found[1] if found else ""


def find(name: str) -> Entry | None:
    """The function of this name, or None."""
    return _index().get(name)


def names() -> tuple[str, ...]:
    """The names of all, in the order of their files."""
    return tuple(_index())


def source(entry: Entry) -> str:
    """The text of the function, from `fn` to its end."""
    return _text(entry.file)[entry.start : entry.end]


def forget() -> None:
    """Read the files again at the next call; for the tool that writes them."""
    _index.cache_clear()
    _text.cache_clear()


@cache
def _index() -> dict[str, Entry]:
    rows = json.loads((_FOLDER / "index.json").read_text(encoding="utf-8"))
    return {row["name"]: _entry(row) for row in rows}


def _entry(row: dict[str, object]) -> Entry:
    parameters = tuple((p[0], p[1]) for p in row.pop("parameters"))  # type: ignore[attr-defined]
    return Entry(parameters=parameters, **row)  # type: ignore[arg-type]


@cache
def _text(file: str) -> str:
    return (_FOLDER / "indicators" / file).read_text(encoding="utf-8")
