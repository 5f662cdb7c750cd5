"""The typed program: hash-consed nodes of a data-flow graph.

Equal expressions are the same object, so common sub-expressions are shared
without a pass. A node never changes; passes build new ones. Reading the table:

kind      takes (args)          data                gives           keeps                     costs
--------  --------------------  ------------------  --------------  ------------------------  -------------
const     -                     value               number, bool    -                         nothing
param     -                     name                number, bool    -                         once a run
input     -                     column              base series     -                         a load
calendar  -                     field, zone         series          -                         a load
bar       -                     field               H series        (the clock's open bar)    a load
pure      operands              function            number, bool    -                         an instruction
step      inputs, counts        operator            number, bool    f, k, w of the operator   its step
output    step                  slot of f           number          -                         a load
cell      init, update          path                number, bool    value, begun              a select
previous  -                     path of its cell    number, bool    -                         a load
lagged    -                     path of its cell    number, bool    -                         a load
sample    node on clock H       mode                base series     held value (and a copy)   a load
closes    -                     timeframe           base bool       -                         a compare
book      -                     field               base series     (the books)               a load
warm      values                -                   base bool       begun                     a compare
of        value                 symbol              series          (another machine)         a load
across    value, and n of top   function            series          (all machines)            a load
fresh     -                     symbol              base bool       (the event)               a load
book_of   -                     field, symbol       base series     (the other books)         a load

- `input` columns: open high low close volume, or `column:NAME` for a column of the data's own, a bool where it is
  read as a condition. They live on the base clock.
- `bar` fields: open high low close volume, of the completed (or, under a forming sample, growing) H bar.
- `calendar` fields: time year month day weekday hour minute day_number bar_index decision_minute;
  `time` is the bar's open instant in seconds since 1970 (UTC), `day_number` counts days in the zone,
  `decision_minute` is the minute of the day, in the zone, of the bar's close (0 at midnight).
  `zone` is "" for the program's own calendar.
- `pure` functions are the rows of `stdlib/primitives.py`.
- `cell`: until its inputs are warm its value is init, from then on its update. `previous` is its value at the last
  bar (init on the very first), `lagged` the same but missing (false) on the very first.
- `of`, `across`, `fresh` and `book_of` are crossings: values that come from other symbols. What stands below an `of`
  or an `across` is computed by each symbol on its own bars; the rows of `across` are in `lang/plan/model.py`. Inside
  of `@ 4h` they live on that clock, and what they take is a closed sample of it.
- `warm` is false until all that it is of is warm, and true from then on; it computes none of it.
- `sample` modes: closed (value at the last completed H bar), event (only on the base bar that completes
  it, else na or false), forming (one step of the node on a copy of the H state with the bar built so far).

Binding times: CONST < PARAM < SERIES. CONST and PARAM nodes have no clock and are evaluated once, on the
host, in CPython. `clock` is None for them and BASE or a Timeframe for a series.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Union

from ..diagnostics.span import NOWHERE, Span
from .timeframe import Timeframe
from .units import Unit

NUMBER, BOOL = "number", "bool"
IS_SYMBOL = "$is "
"""Begins the name of the parameter that is true in the book of one symbol, and false in all others."""


class Binding(IntEnum):
    """When a value is known."""

    CONST = 0
    PARAM = 1
    SERIES = 2


@dataclass(frozen=True, slots=True)
class _Base:
    """The clock of the data's own bars."""

    def __str__(self) -> str:
        return "base"


BASE = _Base()
Clock = Union[_Base, Timeframe]

CROSSINGS = frozenset("of across fresh book_of".split())
"""Kinds of nodes whose value comes from other symbols."""
KINDS = CROSSINGS | frozenset(
    "const param input calendar bar pure step output cell previous lagged sample closes book warm".split()
)


@dataclass(frozen=True, slots=True, eq=False)
class Node:
    """One value of the program. `id` orders nodes topologically; identity is equality."""

    id: int
    kind: str
    args: tuple["Node", ...]
    data: tuple[object, ...]
    type: str  # NUMBER or BOOL
    binding: Binding
    clock: Clock | None
    unit: Unit
    span: Span

    @property
    def name(self) -> str:
        """The operator, function, column or parameter; the kind where there is none."""
        return str(self.data[0]) if self.data else self.kind

    def __repr__(self) -> str:
        inside = ", ".join([*(str(d) for d in self.data), *(f"%{a.id}" for a in self.args)])
        return f"%{self.id} = {self.kind}({inside}) : {self.unit} {self.type} @ {self.clock}"


class Graph:
    """Makes nodes and keeps them unique: the same kind, arguments, data and clock give the same node."""

    def __init__(self, limit: int = 20_000) -> None:
        self._made: dict[tuple[object, ...], Node] = {}
        self._next = 0
        self.limit = limit
        self.asked: list[tuple[Node, Unit, Span]] | None = None
        """Takes every node that is asked for, with the unit and the span it is to have if it is new."""

    def __len__(self) -> int:
        return self._next

    def node(
        self,
        kind: str,
        args: Iterable[Node] = (),
        data: Iterable[object] = (),
        *,
        type: str = NUMBER,
        binding: Binding = Binding.SERIES,
        clock: Clock | None = BASE,
        unit: Unit = Unit.PLAIN,
        span: Span = NOWHERE,
    ) -> Node:
        """The node of this shape; made if it is new. OverflowError past `limit` nodes."""
        args, data = tuple(args), tuple(data)
        told = tuple([d if d.__class__ is str else (d.__class__, repr(d)) for d in data])
        key = (kind, tuple([a.id for a in args]), told, clock, type)
        found = self._made.get(key)
        if found is None:
            if self._next >= self.limit:
                raise OverflowError(self.limit)
            found = self._made[key] = Node(self._next, kind, args, data, type, binding, clock, unit, span)
            self._next += 1
        if self.asked is not None:
            self.asked.append((found, unit, span))
        return found

    def constant(self, value: float | bool, unit: Unit = Unit.PLAIN, span: Span = NOWHERE) -> Node:
        """A constant; numbers of different unit but equal value are the same node only if the unit is too."""
        kind = BOOL if isinstance(value, bool) else NUMBER
        held: object = value if kind == BOOL else float(value)
        return self.node(
            "const", (), (held, unit.value), type=kind, binding=Binding.CONST, clock=None, unit=unit, span=span
        )


def walk(
    roots: Iterable[Node], cells: dict[str, Node] | None = None, seen: set[int] | None = None,
    below: Callable[[Node], Sequence[Node]] | None = None,
) -> Iterator[Node]:  # fmt: skip
    """Every node reachable from `roots`, arguments first; iterative. `previous` and `lagged` lead to their cell.

    seen: nodes that are passed over with all below them, by `id`; those that are visited join them.
    below: which nodes to go on to from one, all its arguments unless said.
    """
    seen = set() if seen is None else seen
    stack: list[tuple[Node, bool]] = [(root, False) for root in reversed(list(roots))]
    while stack:
        node, done = stack.pop()
        if done:
            yield node
            continue
        if node.id in seen:
            continue
        seen.add(node.id)
        stack.append((node, True))
        args = node.args if below is None else below(node)
        stack.extend((arg, False) for arg in reversed(args) if arg.id not in seen)
        if cells and node.kind in ("previous", "lagged"):
            cell = cells[str(node.data[0])]
            if cell.id not in seen:
                stack.insert(0, (cell, False))
