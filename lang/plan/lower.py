"""Nodes to ops: each node of a clock becomes one op of that clock's block, with its operands and its place.

`Block` lowers one clock's nodes. A second block over the same nodes, with `peek` set, is what a forming sample
steps: its operators work on copies, and nothing is stored.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace

from ...stdlib.primitives import PRIMITIVES
from ..program.crossings import is_leveled
from ..program.nodes import BASE, BOOL, Clock, Node
from ..program.timeframe import Timeframe
from .constants import Stage
from .formulas import Count
from .layout import Layout
from .model import BASE_CLOCK, GIVEN, Column, Commit, Copy, Counter, Field, Formula, Gate, Op, Place
from .warmup import Bars, Need, Needs


@dataclass(slots=True)
class Common:
    """What the blocks of one plan share. The stage is complete before lowering begins."""

    stage: Stage
    layout: Layout
    needs: Needs
    cells: Mapping[str, Node]
    clocks: tuple[Timeframe, ...]
    given: tuple[Node, ...]
    columns: dict[Column, int] = field(default_factory=dict)
    thresholds: list[Formula] = field(default_factory=list)
    values: int = 0
    slots: dict[int, tuple[int, int]] = field(default_factory=dict)  # cell -> value slot, begun slot
    steps: dict[int, Place] = field(default_factory=dict)  # step -> its place
    counters: list[Counter] = field(default_factory=list)
    held: dict[int, int] = field(default_factory=dict)  # sampled node -> its slot
    fields: dict[Timeframe, dict[str, Field]] = field(default_factory=dict)
    books: dict[int, tuple[str, str]] = field(default_factory=dict)  # column -> field and symbol of another book
    _places: dict[Clock, int] = field(init=False)
    _gates: dict[Formula, int] = field(default_factory=dict)
    _counters: dict[Bars, int] = field(default_factory=dict)  # what a gate names for them

    def __post_init__(self) -> None:
        self._places = {clock: place for place, clock in enumerate(self.clocks)}

    def value(self) -> int:
        """A new value number."""
        self.values += 1
        return self.values - 1

    def column(self, column: Column) -> int:
        return self.columns.setdefault(column, len(self.columns))

    def index(self, clock: Clock) -> int:
        return self._places[clock] if isinstance(clock, Timeframe) else BASE_CLOCK

    def gate(self, need: Need, own: bool = False) -> Gate:
        """The gate that opens when `need` is met; `own` gives it a threshold of its own on the base clock, first."""
        pairs = []
        if own:
            base = need.get(Bars(BASE))
            pairs.append((BASE_CLOCK, self._threshold(0 if base is None else base.form, share=False)))
        named = {what: count for bars, count in need.items() if (what := self._counted(bars)) is not None}
        for what in sorted(named):
            if not own or what != BASE_CLOCK:
                pairs.append((what, self._threshold(named[what].form, share=True)))
        return tuple(pairs)

    def _counted(self, bars: Bars) -> int | None:
        """What a gate names for these bars: a clock or a counter; none where the plan does not have the clock."""
        if bars.clock is not BASE and bars.clock not in self._places:
            return None
        if not bars.since and not bars.growing:
            return self.index(bars.clock)
        if bars not in self._counters:
            counter = self._counter(bars)
            self._counters[bars] = len(self.clocks) + len(self.counters)
            self.counters.append(counter)
        return self._counters[bars]

    def _counter(self, bars: Bars) -> Counter:
        """A counter with a place of its own; one that sees a growing bar reads the place of the one that does not."""
        clock = self.index(bars.clock)
        if not bars.since:
            return Counter(clock, growing=True)
        if bars.growing:
            place = self._counted(replace(bars, growing=False))
            assert place is not None
            return replace(self.counters[place - len(self.clocks)], growing=True)
        gate = self.gate(self.needs.of(*bars.since))
        names = " ".join(self.layout.key(node) for node in bars.since)
        return Counter(clock, growing=False, at=self.layout.give(f"since:{bars.clock}:{names}", ints=1).k, gate=gate)

    def _threshold(self, form: Formula, share: bool) -> int:
        if share and form in self._gates:
            return self._gates[form]
        slot = len(self.stage.rows) + len(self.thresholds)
        self.thresholds.append(form)
        if share:
            self._gates[form] = slot
        return slot

    def hold(self, node: Node) -> int:
        """The slot in which a higher block leaves a node's value for samples."""
        if node.id not in self.held:
            number = node.type == "number"
            key = f"held:{self.layout.key(node)}"
            place = self.layout.give(key, floats=int(number), ints=int(not number))
            self.held[node.id] = place.f if number else place.k
        return self.held[node.id]

    def bar_field(self, clock: Timeframe, name: str, column: Column) -> int:
        """The slot of a field of the growing bar."""
        fields = self.fields.setdefault(clock, {})
        if name not in fields:
            slot = self.layout.give(f"bar:{clock}:{name}", floats=1).f
            fields[name] = Field(name, slot, self.column(column))
        return fields[name].slot


class Block:
    """Lowers the nodes of one clock; `ids` says which value each became."""

    def __init__(self, common: Common, clock: Clock, peek: bool = False) -> None:
        self.common, self.clock, self.peek = common, clock, peek
        self.ids: dict[int, int] = {}
        self.ops: list[Op] = []
        self.commits: list[Commit] = []
        self.copies: list[Copy] = []
        self.asked: list[int] = []  # values that leave the block
        self._scratch: dict[int, Place] = {}

    def lower(self, nodes: Iterable[Node]) -> None:
        """Add the nodes, arguments first."""
        for node in nodes:
            kind = "given" if is_leveled(node) or node in self.common.given else node.kind
            self.ids[node.id] = number = self.common.value()
            op = _RULES[kind](self, number, node)
            if op is not None:
                self.ops.append(op)
            if kind == "cell" and not self.peek:
                slots = self.common.slots[node.id]
                self.commits.append(Commit(number, node.type, slots))

    def ref(self, node: Node) -> int:
        """The operand that stands for a node."""
        return -1 - self.common.stage.slot(node) if node.clock is None else self.ids[node.id]

    def _refs(self, node: Node) -> tuple[int, ...]:
        return tuple(self.ref(arg) for arg in node.args)

    # --- leaves ----------------------------------------------------------------------------------

    def _given(self, number: int, node: Node) -> Op:
        key = self.common.layout.key(node)
        column = Column("given", key)
        if not isinstance(self.clock, Timeframe):
            return Op(number, "column", "", node.type, at=(self.common.column(column),))
        slot = self.common.bar_field(self.clock, GIVEN + key, column)
        if node.type != BOOL:
            return Op(number, "bar", "given", node.type, at=(slot,))
        value = self.common.value()
        self.ops.append(Op(value, "bar", "given", "number", at=(slot,)))
        return Op(number, "pure", "ne", BOOL, (value, -1 - self.common.stage.number(0.0)))

    def _book_of(self, number: int, node: Node) -> Op:
        field, symbol = map(str, node.data)
        column = self.common.column(Column("book_of", f"{field} of {symbol}"))
        self.common.books[column] = (field, symbol)
        return Op(number, "column", node.name, node.type, at=(column,))

    def _input(self, number: int, node: Node) -> Op:
        source, _, name = node.name.rpartition(":")
        column = Column("data" if source else "bar", name if source else node.name)
        return Op(number, "column", node.name, node.type, at=(self.common.column(column),))

    def _calendar(self, number: int, node: Node) -> Op:
        name, zone = str(node.data[0]), str(node.data[1]) if len(node.data) > 1 else ""
        if name == "bar_index":
            return Op(number, "index", name, node.type)
        if not isinstance(self.clock, Timeframe):
            column = Column("calendar", name, zone)
            return Op(number, "column", name, node.type, at=(self.common.column(column),))
        column = Column("calendar", name, zone, str(self.clock))
        slot = self.common.bar_field(self.clock, f"{name} {zone}".strip(), column)
        return Op(number, "bar", name, node.type, at=(slot,))

    def _bar(self, number: int, node: Node) -> Op:
        assert isinstance(self.clock, Timeframe)
        slot = self.common.bar_field(self.clock, node.name, Column("bar", node.name))
        return Op(number, "bar", node.name, node.type, at=(slot,))

    def _closes(self, number: int, node: Node) -> Op:
        frame = node.data[0]
        assert isinstance(frame, Timeframe)
        return Op(number, "closes", str(frame), node.type, at=(self.common.index(frame),))

    def _book(self, number: int, node: Node) -> Op:
        return Op(number, "book", node.name, node.type)

    def _sample(self, number: int, node: Node) -> Op | None:
        """Held values are read; a forming one is made by the clock's peek and has no op here."""
        inner, mode = node.args[0], node.data[0]
        assert isinstance(inner.clock, Timeframe)
        slot = self.common.hold(inner)
        clock = self.common.index(inner.clock)
        if mode == "forming":
            return None
        return Op(number, "event" if mode == "event" else "held", str(mode), node.type, at=(slot, clock))

    def warm(self, node: Node) -> int:
        """The operand of a node's value that is missing (false) until the node is warm."""
        need = self._bars_to_wait(self.common.needs.of(node))
        if not need or node.clock is None:
            return self.ref(node)
        number, is_number = self.common.value(), node.type != BOOL
        key = f"warm:{self.common.layout.key(node)}"
        place = self.common.layout.give(key, floats=int(is_number), ints=1 if is_number else 2)
        slots = (place.f, place.k) if is_number else (place.k, place.k + 1)
        before = -1 - self.common.stage.number(None if is_number else 0.0)
        gate = self.common.gate(need)
        self.ops.append(Op(number, "cell", key, node.type, (before, self.ref(node)), (slots[1],), gate))
        self.commits.append(Commit(number, node.type, slots))
        return number

    def _warm(self, number: int, node: Node) -> Op:
        place = self.common.layout.give(self.common.layout.key(node), ints=2)
        slots = (place.k, place.k + 1)
        self.commits.append(Commit(number, BOOL, slots))
        gate = self.common.gate(self._bars_to_wait(self.common.needs.of(*node.args)))
        false, true = (-1 - self.common.stage.number(value) for value in (0.0, 1.0))
        return Op(number, "cell", "warm", BOOL, (false, true), (slots[1],), gate)

    # --- what keeps state --------------------------------------------------------------------------

    def _pure(self, number: int, node: Node) -> Op:
        assert node.name in PRIMITIVES, node
        return Op(number, "pure", node.name, node.type, self._refs(node))

    def _step(self, number: int, node: Node) -> Op:
        place = self._place(node)
        return Op(number, "step", node.name, node.type, self._refs(node), (place.f, place.k, place.w))

    def _place(self, node: Node) -> Place:
        common = self.common
        if not self.peek:
            common.steps[node.id] = common.layout.step(node)
            return common.steps[node.id]
        kept = common.steps[node.id]
        copy = common.layout.give(f"peek:{kept.key}", kept.floats, kept.ints, kept.window)
        self._scratch[node.id] = copy
        for array, source, target, count in (
            ("f", kept.f, copy.f, kept.floats),
            ("k", kept.k, copy.k, kept.ints),
            ("w", kept.w, copy.w, kept.window),
        ):
            if count:
                self.copies.append(Copy(array, source, target, count))
        return copy

    def _output(self, number: int, node: Node) -> Op:
        step = node.args[0]
        place = self._scratch[step.id] if self.peek else self.common.steps[step.id]
        return Op(number, "output", step.name, node.type, self._refs(node), (place.f + int(str(node.data[0])),))

    def _cell(self, number: int, node: Node) -> Op:
        _, begun = self._slots(node)
        return Op(number, "cell", str(node.data[0]), node.type, self._refs(node), (begun,), self._cell_gate(node))

    def _previous(self, number: int, node: Node) -> Op:
        """`previous` and `lagged`: `previous` falls back on the cell's init, which may be a series."""
        cell = self.common.cells[str(node.data[0])]
        args = (self.ref(cell.args[0]),) if node.kind == "previous" else ()
        return Op(number, node.kind, str(node.data[0]), node.type, args, self._slots(cell))

    def _slots(self, cell: Node) -> tuple[int, int]:
        common = self.common
        if cell.id not in common.slots:
            common.slots[cell.id] = common.layout.cell(cell)
        return common.slots[cell.id]

    def _cell_gate(self, cell: Node) -> Gate:
        """Open once init and update are warm; the block itself runs only on closed bars of its clock."""
        return self.common.gate(self._bars_to_wait(self.common.needs.before(cell)))

    def _bars_to_wait(self, need: Need) -> Need:
        """What is left to wait for on a closed bar of the block's own clock."""
        return {bars: count for bars, count in need.items() if bars != Bars(self.clock) or count != Count(0)}


_RULES: dict[str, Callable[[Block, int, Node], Op | None]] = {
    "given": Block._given,
    "input": Block._input,
    "calendar": Block._calendar,
    "bar": Block._bar,
    "pure": Block._pure,
    "step": Block._step,
    "output": Block._output,
    "cell": Block._cell,
    "previous": Block._previous,
    "lagged": Block._previous,
    "sample": Block._sample,
    "closes": Block._closes,
    "book": Block._book,
    "book_of": Block._book_of,
    "warm": Block._warm,
}
