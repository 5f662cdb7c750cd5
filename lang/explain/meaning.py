"""What a program means, without its names: two programs mean the same where these keys are equal.

The key of a value is made of what it is computed from. Values that read themselves of the bar before, `state`s, are
told apart as far as anything can tell them apart: those whose keys are equal have the same values on all data. Where
that would take long, as in a ring of hundreds, each is itself: two programs of one meaning may then count as two.
"""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from enum import Enum
from hashlib import blake2b

from ..inputs.assumptions import read_assumptions
from ..inputs.carry import Rate
from ..inputs.errors import AssumptionError
from ..inputs.readers import read_one
from ..program.nodes import Node, walk
from ..program.program import Alert, Plot, Program, Template
from ..program.show import roots

NAMES = frozenset(
    "span parts reads source_hash lets cells diagnostics sources named calls doc text said leg crosses tests".split()
)
"""Fields that say how something is written or found, and nothing of what it means."""
_ROUNDS = 40
"""How often states are told apart before each is taken for itself: rounds times values is the time it takes."""


class Keys:
    """The keys of one program's values."""

    def __init__(self, program: Program) -> None:
        self._cells = program.cells
        self._order = list(walk(_all_roots(program), dict(program.cells)))
        self._of: dict[int, str] = {}
        self._of_cells = dict.fromkeys(program.cells, "")
        self._settle()

    def of(self, node: Node) -> str:
        """The key of a value."""
        if node.id not in self._of:
            for inner in walk([node], dict(self._cells)):
                self._of.setdefault(inner.id, self._made(inner))
        return self._of[node.id]

    def _settle(self) -> None:
        """Tell states apart by what they are made of, again and again until that tells no more of them apart."""
        told = -1
        for _ in range(_ROUNDS):
            self._read_all()
            self._of_cells = {path: self._of.get(cell.id, "") for path, cell in self._cells.items()}
            apart = len(set(self._of_cells.values()))
            if apart == told or not self._cells:
                return
            told = apart
        self._of_cells = {path: f"{at}" for at, path in enumerate(self._cells)}
        self._read_all()

    def _read_all(self) -> None:
        self._of = {}
        for node in self._order:
            self._of[node.id] = self._made(node)

    def _made(self, node: Node) -> str:
        args = [self._of[arg.id] for arg in node.args]
        said: tuple[object, ...] = node.data
        if node.kind == "const":
            said = (repr(node.data[0]),)
        elif node.kind in ("previous", "lagged"):
            said = (self._of_cells[str(node.data[0])],)
        elif node.kind == "cell":
            said = ()
        return _hash(node.kind, *map(str, said), str(node.clock), node.type, *args)


def meaning(program: Program, keys: Keys | None = None) -> str:
    """The key of all that a program does: equal for two programs that differ in names and layout alone."""
    keys = keys or Keys(program)
    told = [_value(getattr(program, field.name), keys) for field in fields(program)
            if field.name not in (*NAMES, "title", "assumptions", "assumed")]  # fmt: skip
    values = assumed(program)
    said = sorted((name, str(values.get(name, ""))) for name in program.assumptions)
    of_one = sorted((symbol, name, str(read_one(name, value))) for symbol, name, value in program.assumed)
    return _hash(*told, repr(said), repr(of_one), repr(sorted((name, str(value)) for name, value in values.items())))


def assumed(program: Program) -> dict[str, str | float]:
    """Every assumption of the account by name, as the text leaves it; those that contradict each other, too."""
    model = {name: value for name, value in program.assumptions.items() if name == "model"}
    values = read_assumptions(model).echo()
    for name, value in program.assumptions.items():
        values["margin" if name == "leverage" else name] = _alone(name, value)
    return values


def _alone(name: str, value: str) -> str | float:
    """The value of one assumption; of a cost in ticks whatever a tick is, as each symbol may have its own.

    A column of rates is in quotes.
    """
    read = read_one(name, value)
    if isinstance(read, Rate) and read.column:
        return f'"{read.column}"'
    for beside in ({}, {"tick": "1"}):
        try:
            echo = read_assumptions({**beside, name: value}).echo()
            return echo.get("margin" if name == "leverage" else name, "")
        except AssumptionError:
            continue
    return str(read)


def _all_roots(program: Program) -> list[Node]:
    """Every value that a program mentions, levels and texts too."""
    found = list(roots(program))
    for field in fields(program):
        if field.name not in ("lets", "cells", "named", "calls", "tests"):
            _nodes(getattr(program, field.name), found)
    return found


def _nodes(value: object, found: list[Node]) -> None:
    if isinstance(value, Node):
        found.append(value)
    elif isinstance(value, tuple):
        for each in value:
            _nodes(each, found)
    elif is_dataclass(value):
        for field in fields(value):
            _nodes(getattr(value, field.name), found)


def _value(value: object, keys: Keys) -> str:
    """The key of anything that a program consists of: every field counts that is no name."""
    if isinstance(value, Node):
        return keys.of(value)
    if isinstance(value, tuple):
        return f"({','.join(_value(each, keys) for each in value)})"
    if isinstance(value, Template):
        return f"text{_value(value.parts, keys)}"
    if isinstance(value, (Plot, Alert)) and not (value.titled if isinstance(value, Plot) else value.worded):
        return f"{type(value).__name__}({keys.of(value.node if isinstance(value, Plot) else value.when)})"
    if is_dataclass(value) and not isinstance(value, Enum) and type(value).__name__ != "Timeframe":
        named = (f"{f.name}={_value(getattr(value, f.name), keys)}" for f in fields(value) if f.name not in NAMES)
        return f"{type(value).__name__}({','.join(named)})"
    return repr(value) if isinstance(value, (str, float, bool)) else str(value)


def _hash(*parts: str) -> str:
    return blake2b("\x1f".join(parts).encode(), digest_size=12).hexdigest()
