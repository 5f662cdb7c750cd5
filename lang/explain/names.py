"""What values are called: by the `let` or the `state` that they are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from ..program.nodes import Node, walk
from ..program.program import Program, Value
from ..program.show import roots
from ..program.timeframe import Timeframe
from . import amounts


def named(program: Program) -> Iterator[tuple[str, Node]]:
    """Each definition that is more than a name for a word of the language; fields of a record as `name.field`."""
    waiting: list[tuple[str, Value]] = list(program.lets.items())
    while waiting:
        name, value = waiting.pop()
        if not isinstance(value, Node):
            waiting += [(f"{name}.{field}", inner) for field, inner in value.items()]
        elif value.args and value.kind != "cell":
            yield name, value


def states(program: Program) -> dict[int, str]:
    """A name for every `state`: its own, with a number or the bars that it counts where several have that.

    They are numbered as what the program does reads them, whatever the order of its definitions.
    """
    names: dict[int, str] = {}
    taken, given = set(program.lets), Counter[str]()
    read = [node for node in walk(roots(replace(program, lets={})), dict(program.cells)) if node.kind == "cell"]
    for cell in dict.fromkeys([*read, *program.cells.values()]):
        path = str(cell.data[0])
        own = path.rpartition("/")[2].partition("@")[0]
        clock = f" of {amounts.frame(cell.clock)} bars" if isinstance(cell.clock, Timeframe) else ""
        bare = f"{own}{clock}"
        given[bare] += 1 if given[bare] or path == own or clock or own not in taken else 2
        names[cell.id] = bare if given[bare] == 1 else f"{bare} {given[bare]}"
    return names
