"""The groups that guards are of: which of the symbols traded are in each.

A name after `of` is a symbol that is traded, or a group that a catalogue of instruments or a universe's file declares.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from ....lang.diagnostics.brief import brief
from ....lang.diagnostics.suggest import nearest
from ....lang.inputs.assumptions import Assumptions
from ....lang.plan.model import Plan
from ...data.instruments import Instruments
from ...data.panel.names import listed
from ...data.universe import Universe
from ...errors import RunError

_DECLARED = ("groups are declared by `group: tech` of a symbol in a catalogue of instruments (--instruments FILE, "
             "instruments= in Python) or in a universe's file")  # fmt: skip


def groups_of(
    plan: Plan, assumed: Assumptions, symbols: Sequence[str], catalogue: Instruments, universe: Universe | None
) -> dict[str, tuple[str, ...]]:  # fmt: skip
    """By name, in small letters, the symbols traded that are in each group a guard is of; RunError says of one what
    it is not."""
    guards = [*((each.name, each.of) for each in plan.guards), *((each.kind, each.of) for each in assumed.guards)]
    declared = _declared(catalogue, universe)
    return {of.lower(): _members(f"guard {name} of {brief(of)}", of, symbols, declared) for name, of in guards if of}


def declared_groups(
    symbols: Sequence[str], catalogue: Instruments, universe: Universe | None
) -> dict[str, tuple[str, ...]]:
    """By name, in small letters, the symbols traded that are in each group that is declared, guards or none."""
    declared = _declared(catalogue, universe)
    members = {name: tuple(s for s in symbols if s.lower() in declared[name]) for name in declared}
    return {name: found for name, found in members.items() if found}


def _declared(catalogue: Instruments, universe: Universe | None) -> dict[str, dict[str, None]]:
    """The symbols, in small letters, of every group that is declared, by its name in small letters."""
    found: dict[str, dict[str, None]] = {}
    sources: Iterable[Mapping[str, tuple[str, ...]]] = (catalogue.groups, universe.groups if universe else {})
    for source in sources:
        for symbol, names in source.items():
            for name in names:
                found.setdefault(name.lower(), {})[symbol] = None
    return found


def _members(
    guard: str, of: str, symbols: Sequence[str], declared: Mapping[str, Mapping[str, None]]
) -> tuple[str, ...]:  # fmt: skip
    """The symbols traded that a name means."""
    alone = tuple(symbol for symbol in symbols if symbol.lower() == of.lower())
    group = declared.get(of.lower())
    if group is None and not alone:
        near = nearest(of.lower(), (*(symbol.lower() for symbol in symbols), *declared))
        hint = f": did you mean {near}?" if near else f"; {_DECLARED}"
        raise RunError(f"{guard}: no symbol that is traded and no group is called that{hint}")
    if group is None:
        return alone
    if alone:
        raise RunError(f"{guard}: that is a symbol that is traded, and a group; call the group otherwise")
    found = tuple(symbol for symbol in symbols if symbol.lower() in group)
    if not found:
        raise RunError(f"{guard}: no symbol that is traded is in the group, which has {listed(tuple(group))}: trade "
                       "one of them, or leave the guard out")  # fmt: skip
    return found
