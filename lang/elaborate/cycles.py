"""Definitions that need each other: the cycles among the lets and states of one scope."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..program.components import components
from ..syntax import tree


def cycles(definitions: Iterable[object], functions: Iterable[object]) -> dict[str, frozenset[str]]:
    """The names that lead back to themselves, each with all names of its cycle.

    Every reading counts, that of an earlier bar too. A function, as `f()`, reads what its body reads.
    """
    read = {d.name: set(_read([d])) for d in definitions if isinstance(d, (tree.Let, tree.State))}
    read |= {f"{f.name}()": _read_by(f) for f in functions if isinstance(f, tree.Fn)}
    edges = {name: sorted(names & read.keys()) for name, names in read.items()}
    found: dict[str, frozenset[str]] = {}
    for names in components(edges, edges.__getitem__):
        if len(names) > 1 or names[0] in edges[names[0]]:
            found.update(dict.fromkeys(names, frozenset(names)))
    return found


def _read(roots: Iterable[object]) -> Iterator[str]:
    for part in tree.walk(roots):
        if isinstance(part, tree.Name):
            yield part.name
        elif isinstance(part, tree.Call) and isinstance(part.function, tree.Name):
            yield f"{part.function.name}()"


def _read_by(function: tree.Fn) -> set[str]:
    own = {inner.name for inner in (*function.parameters, *function.body)}
    return set(_read([function])) - own
