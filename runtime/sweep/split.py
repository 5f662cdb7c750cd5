"""What the runs of a sweep have in common: a program taken apart into columns that many runs read, and the rest.

A series of the base clock that depends on some of the swept parameters, but not on all, has fewer versions than
there are combinations. Each version is computed once, by a plan of its own that trades nothing, and the plan that
trades reads it as a column. What reads the books, or another clock, stays where it is: books differ from run to
run, and a gate counts the bars of every clock it waits for.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from ...lang.plan.build import plan
from ...lang.plan.layout import Layout
from ...lang.plan.model import Plan
from ...lang.plan.wanted import reads, wanted
from ...lang.program.nodes import BASE, Node, walk
from ...lang.program.program import Program

_OWN = ""
"""Among the names of parameters: it depends on something that every run has for itself."""

_AS_THEY_ARE = frozenset({"input", "calendar"})
"""Kinds of which the host has a column already."""


@dataclass(frozen=True, slots=True)
class Shared:
    """Series that depend on the parameters `names` alone. `keys` name the plan's outputs, in order, as columns."""

    names: tuple[str, ...]
    plan: Plan
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Split:
    """`trading` reads the outputs of `shared` as given columns."""

    trading: Plan
    shared: tuple[Shared, ...]


def split(program: Program, swept: tuple[str, ...], capacity: Mapping[str, float]) -> Split:
    """The plans of a sweep over these parameters; `capacity` has the largest value of each."""
    bare = _silent(program)
    names = _names(bare, frozenset(swept))
    given = _frontier(bare, names, frozenset(swept))
    layout = Layout({})
    groups: dict[tuple[str, ...], list[Node]] = {}
    for node in given:
        groups.setdefault(tuple(sorted(names[node.id])), []).append(node)
    shared = []
    for group, nodes in sorted(groups.items()):
        keys = tuple(layout.key(node) for node in nodes)
        series = list(zip(keys, nodes, strict=True))
        shared.append(Shared(group, plan(bare, series, trading=False, capacity=capacity), keys))
    return Split(plan(bare, columns=given, capacity=capacity), tuple(shared))


def _silent(program: Program) -> Program:
    """The program without what it only says: signals, alerts, plots and reasons change no trade."""
    return replace(
        program, emits=(), alerts=(), plots=(),
        enters=tuple(replace(enter, because=None) for enter in program.enters),
        exits=tuple(replace(leave, because=None) for leave in program.exits),
    )  # fmt: skip


def _roots(program: Program) -> list[Node]:
    return list(wanted(program, (), (), True).roots())


def _names(program: Program, swept: frozenset[str]) -> dict[int, frozenset[str]]:
    """By node: the swept parameters it depends on. Cells read themselves, so this goes on until nothing is added."""
    nodes = list(walk(_roots(program), dict(program.cells)))
    found = {node.id: _own_names(node, swept) for node in nodes}
    changed = True
    while changed:
        changed = False
        for node in nodes:
            read = [found[arg.id] for arg in node.args]
            if node.kind in ("previous", "lagged"):
                read.append(found[program.cells[str(node.data[0])].id])
            joined = found[node.id].union(*read)
            changed |= joined != found[node.id]
            found[node.id] = joined
    return found


def _own_names(node: Node, swept: frozenset[str]) -> frozenset[str]:
    if node.kind == "param":
        return frozenset({node.name}) & swept
    elsewhere = node.clock is not None and node.clock is not BASE
    return frozenset({_OWN}) if elsewhere or node.kind in ("book", "closes", "sample") else frozenset()


def _frontier(program: Program, names: Mapping[int, frozenset[str]], swept: frozenset[str]) -> list[Node]:
    """The series to share, nearest to the roots, in the order of the program."""
    found: dict[int, Node] = {}
    seen: set[int] = set()
    stack = _roots(program)
    while stack:
        node = stack.pop()
        if node.id in seen or node.clock is None:
            continue
        seen.add(node.id)
        if names[node.id] < swept and node.kind not in _AS_THEY_ARE:
            found[node.id] = node
            continue
        stack.extend(_behind(node, program.cells))
    return [found[key] for key in sorted(found)]


def _behind(node: Node, cells: Mapping[str, Node]) -> Iterable[Node]:
    yield from reads(node, cells)
    if node.kind in ("previous", "lagged"):
        yield cells[str(node.data[0])]
