"""`read_universe`: a YAML or text file that names symbols; what is wrong in it is told with its line.

    universe: majors                  # YAML: the name, if it is not the file's
    symbols:
      - AAPL                          # always
      - symbol: WMI
        from: 1998-07-17              # the first day on which it belongs
        to: 2008-09-26                # the first on which it no longer does
        group: banks                  # what guards may be of; several as [banks, us]

    AAPL                              # text: a line a symbol
    WMI 1998-07-17 2008-09-26         # with its dates, `-` for none
"""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from ....lang.diagnostics.brief import brief, named
from ...given import path as checked_path
from ...marked import Marked
from ..declared_file import declared_text, declared_yaml
from ..errors import DataError
from ..source import existing
from .model import Spell, Universe

if TYPE_CHECKING:
    from .declared import Declared, Member

_YAML = (".yaml", ".yml")
_BETWEEN = re.compile(r"[,;\t ]{1,400}")
_HEADER = ("symbol", "ticker")


def read_universe(path: str | os.PathLike[str]) -> Universe:
    """The universe that a file declares, YAML by its ending and text otherwise.

    A symbol may stand several times, in spells that do not overlap. DataError names the file, the line and what is
    expected there.
    """
    place = existing(checked_path("path", path), str(path))
    text = declared_text(place, "a universe", "a file that names symbols")
    marked = declared_yaml(text, place.name) if place.suffix.lower() in _YAML else _of_text(text)
    declared = _checked(marked, place.name)
    lines = [marked.line(("symbols", number)) for number in range(len(declared.symbols))]
    from ..declared_groups import joined

    name = declared.universe or place.name.removesuffix(place.suffix)
    groups = joined((member.symbol, member.group or ()) for member in declared.symbols)
    return Universe(name, _spells(declared, lines, place.name), groups)


def _of_text(text: str) -> Marked:
    """Lines of a symbol and its dates, in the shape of a YAML document."""
    members: list[Any] = []
    lines: dict[tuple[str | int, ...], int] = {}
    for number, line in enumerate(text.splitlines(), 1):
        cells = [cell for cell in _BETWEEN.split(line.partition("#")[0].strip()) if cell]
        if not cells or (not members and cells[0].lower() in _HEADER):
            continue
        lines["symbols", len(members)] = number
        members.append(dict(zip(("symbol", "from", "to", *map(str, range(4, len(cells) + 1))), cells, strict=False)))
    return Marked({"symbols": members}, lines)


def _checked(marked: Marked, source: str) -> Declared:
    """The document as a universe; DataError names the first line that is none."""
    from pydantic import ValidationError

    from .declared import Declared

    try:
        return Declared.model_validate(marked.value)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
    raise DataError(f"{source}, line {marked.line(first['loc'])}: {_told(first)}") from None


def _told(fault: Any) -> str:
    """A fault of pydantic in words."""
    way, found = fault["loc"], brief(fault["input"])
    part = named(way[-1]) if way else ""
    of_a_symbol = len(way) > 1
    known = "a universe has its name, `universe`, and `symbols`"
    if of_a_symbol:
        known = "a symbol has symbol, from, to and group"
    words = {
        "missing": f"{part} is missing: {known}",
        "extra_forbidden": f"{part} is not known: {known}",
        "string_pattern_mismatch": f"{found} is no name of a symbol: up to 80 characters without blanks around them",
        "too_short": "no symbol is named",
        "string_type": f"{part}: expected a text; found {found}"
        + "; the list stands below `symbols:`" * (way == ("universe",)),
        "model_type": f"expected a symbol, or a mapping of symbol, from and to; found {found}",
        "list_type": f"expected a list of symbols; found {found}",
        "value_error": str(fault.get("ctx", {}).get("error", "")),
    }
    if "group" in way and fault["type"] != "extra_forbidden":
        return f"expected a name of a group, or a list of names; found {found}"
    if not way:
        return f"expected `symbols:` and a list of them; found {found}"
    if part.isdecimal() and fault["type"] == "extra_forbidden":
        return f"a symbol and at most two dates are expected; found {found} behind them"
    return words.get(fault["type"]) or f"{part}: {fault['msg']}, found {found}"


def _spells(declared: Declared, lines: Sequence[int], source: str) -> dict[str, tuple[Spell, ...]]:
    """The spells of each symbol; DataError names the line of one that overlaps another."""
    found: dict[str, list[tuple[Spell, int]]] = {}
    names: dict[str, str] = {}
    for member, line in zip(declared.symbols, lines, strict=True):
        name = names.setdefault(member.symbol.lower(), member.symbol)
        own = found.setdefault(name, [])
        other = next((at for spell, at in own if _overlap(spell, member)), 0)
        if other or name != member.symbol:
            why = f"belongs already, by line {other}" if other else f"is {name} in other letters; a symbol has one name"
            raise DataError(f"{source}, line {line}: {named(member.symbol)} {why}")
        own.append((Spell(member.begin, member.end), line))
    return {
        name: tuple(sorted((spell for spell, _ in found[name]), key=lambda spell: spell.begin or -(1 << 62)))
        for name in sorted(found)
    }


def _overlap(spell: Spell, member: Member) -> bool:
    ends_before = spell.end is not None and member.begin is not None and spell.end <= member.begin
    begins_after = spell.begin is not None and member.end is not None and member.end <= spell.begin
    return not (ends_before or begins_after)
