"""Names of symbols: which are missing, and which are the same but for their case."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ....lang.diagnostics.brief import brief, named
from ....lang.diagnostics.suggest import nearest

_SHOWN = 10


def absent(missing: Sequence[str], there: Iterable[str], source: str) -> str:
    """That symbols are not there, in words, each with the nearest that is; and what is there."""
    known = list(there)
    told = ", ".join(brief(name) + _meant(name, known) for name in missing[:_SHOWN])
    more = f" and {len(missing) - _SHOWN} others" if len(missing) > _SHOWN else ""
    return f"{source} holds no symbol {told}{more}; it holds {listed(sorted(known), 3 * _SHOWN)}"


def _meant(name: str, known: Sequence[str]) -> str:
    near = nearest(name, known) if len(name) <= 40 else None
    return f" (did you mean {brief(near)}?)" if near else ""


def listed(names: Sequence[str], most: int = _SHOWN) -> str:
    """Names in a row, the first of many."""
    shown = ", ".join(map(named, names[:most]))
    return f"{shown} and {len(names) - most} others" if len(names) > most else shown


def one_symbol(alike: Sequence[str], source: str) -> str:
    """That names are of one symbol, in words."""
    return (f"{source} holds {' and '.join(map(named, alike))}, which are one symbol, as upper and lower case are: "
            "leave one of them out, or give both in a mapping under names of their own")  # fmt: skip


def called_alike(names: Iterable[str]) -> tuple[str, str] | None:
    """The first two names that are equal but for their case; None if no two are."""
    seen: dict[str, str] = {}
    for name in names:
        if name.lower() in seen:
            return seen[name.lower()], name
        seen[name.lower()] = name
    return None
