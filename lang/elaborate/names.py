"""What a name stands for: a definition of the program, or a word of the language."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from ..diagnostics.reports import LIBRARY, replace
from ..diagnostics.span import Span
from ..diagnostics.suggest import nearest
from ..program.nodes import BASE, BOOL, NUMBER, Clock, Node
from ..program.program import Written
from ..program.units import Unit
from ..program.zones import zone_info
from ..resolve.definitions import Kind
from ..syntax import tree
from ..words.registry import DataColumn
from ..words.vocabulary import (
    BOOK_BOOLS,
    BOOKS,
    EXIT_REASONS,
    NAMESPACES,
    RUN,
    SERIES,
    TIME_FIELDS,
    WEEKDAYS,
)
from .arithmetic import as_condition
from .earlier import Past
from .facts import facts
from .questions import CONDITION, NUMBER_ANSWER, of_unit
from .scope import Bound, Cell, Given, Held, Scope
from .values import POISON, Namespace, Poison, Record, TextValue, Value, describe


class Names(Past):
    """Looks names up and elaborates what they are defined as, once per clock."""

    def _name(self, expr: tree.Name, scope: Scope, clock: Clock) -> Value:
        meaning = self.context.meaning(expr)
        if meaning is None:
            return POISON
        if meaning.kind is Kind.WORD:
            return self._word(expr.name, expr.span, clock)
        owner = scope if meaning.kind is Kind.BRACKET else scope.instance(meaning.space)
        assert owner is not None
        return self.defined(expr.name, owner, owner.names[expr.name], clock, expr.span)

    def held(self, expr: tree.Expr, scope: Scope) -> tuple[Scope, Held] | None:
        """Where the definition lives that `expr` names, and the definition; None where it names none."""
        meaning = self.context.meaning(expr) if isinstance(expr, tree.Name) else None
        owner = scope.instance(meaning.space) if meaning is not None and meaning.space else None
        return None if owner is None or meaning is None else (owner, owner.names[meaning.name])

    def defined(self, name: str, owner: Scope, definition: Any, clock: Clock, span: Span) -> Value:
        """The value of a definition on `clock`; elaborated at its first use there."""
        owner.used.add(name)
        if isinstance(definition, Given):
            return definition.value
        placeholder = self.placeholder(name, owner, definition, clock, span)
        if placeholder is not None:
            return placeholder
        key = (name, clock)
        if key in owner.memo:
            return owner.memo[key]
        if key in owner.growing:
            return self._while_growing(name, owner.growing[key], span)
        owner.growing[key] = None
        try:
            value = self._elaborated(name, owner, definition, clock)
        finally:
            del owner.growing[key]
        owner.memo[key] = value
        self.finish(owner)
        return value

    def _elaborated(self, name: str, owner: Scope, definition: Any, clock: Clock) -> Value:
        if isinstance(definition, Bound):
            if self.context.recording is not None and not definition.expr.span.source.startswith(LIBRARY):
                self.context.recording.outside = True  # an argument, once more: on another clock
            return self.value(definition.expr, definition.scope, clock)
        with self._inside(name, owner, clock):
            if isinstance(definition, tree.State):
                return self._state(definition, owner, clock)
            return self.value(definition.value, owner, clock)

    @contextmanager
    def _inside(self, name: str, owner: Scope, clock: Clock) -> Iterator[str]:
        """The path of a definition, wherever it is read from."""
        saved, self.context.path[:] = list(self.context.path), [*filter(None, [owner.path])]
        try:
            with self.context.within(name, clock) as path:
                yield path
        finally:
            self.context.path[:] = saved

    # --- state variables -----------------------------------------------------------------------

    def _state(self, definition: tree.State, owner: Scope, clock: Clock) -> Value:
        cell = self.opened(definition, owner, clock)
        if cell is None:
            owner.memo[(definition.name, clock)] = POISON  # nothing is said of what reads it, its own update included
            self._asked_like(definition.initial, self.value(definition.update, owner, clock))
            return POISON
        owner.growing[(definition.name, clock)] = cell
        update = self.value(definition.update, owner, clock)
        initial = cell.initial
        if isinstance(update, Poison):
            self._asked_like(definition.update, initial)
            return POISON
        if isinstance(update, Node) and initial.type == BOOL:
            update = as_condition(self.graph, update)
        if not isinstance(update, Node) or update.type != initial.type:
            self.reports.error(
                "E201", f"the state begins as {describe(initial)} and is updated to {describe(update)}",
                definition.update.span, help="both must be of one kind",
            )  # fmt: skip
            return POISON
        node = self.graph.node(
            "cell", (initial, update), (cell.path,), type=initial.type, clock=clock, unit=update.unit,
            span=definition.span,
        )  # fmt: skip
        self.context.cells[cell.path] = node
        return node

    def _asked_like(self, expr: tree.Expr, other: Value) -> None:
        """A state begins as what its update is, and the other way round: a hole for one is like the other."""
        if isinstance(expr, tree.Hole):
            node = other if isinstance(other, Node) else None
            answer = NUMBER_ANSWER if node is None else CONDITION if node.type == BOOL else of_unit(node.unit)
            self.context.questions.wants(expr, answer, sure=node is not None)

    def opened(self, definition: tree.State, owner: Scope, clock: Clock) -> Cell | None:
        """The cell of a state, opened at its first use; None if what it begins as was reported."""
        key = (definition.name, clock)
        if key not in owner.cells:
            with self._inside(definition.name, owner, clock) as path:
                initial = self.value(definition.initial, owner, clock)
            if not isinstance(initial, (Node, Poison)):
                self.reports.error("E201", f"a state is a number or a bool, found {describe(initial)}",
                                   definition.initial.span, help="keep one state for each field")  # fmt: skip
            owner.cells[key] = self._cell(path, initial, clock) if isinstance(initial, Node) else None
        return owner.cells[key]

    def _cell(self, path: str, initial: Node, clock: Clock) -> Cell:
        def read(kind: str) -> Node:
            return self.graph.node(
                kind, (), (path,), type=initial.type, clock=clock, unit=initial.unit, span=initial.span
            )

        return Cell(path, initial, read("previous"), read("lagged"), read("present"))

    def _while_growing(self, name: str, cell: Cell | None, span: Span) -> Value:
        """A name read while it is being elaborated: its previous value inside its own update, else a cycle."""
        if cell is not None and self.context.path[-1:] == [cell.path.rpartition("/")[2].partition("@")[0]]:
            return cell.previous
        self.context.circles += 1
        if cell is not None:
            self.reports.error(
                "E701", f"`{name}` is needed to compute itself in the same bar", span,
                help=f"read its value of the bar before: `{name}[1]`",
                fixes=[replace(f"replace with `{name}[1]`", span, f"{name}[1]")],
            )  # fmt: skip
        else:
            self.reports.error(
                "E107", f"`{name}` is defined by itself", span,
                help=f"a value that remembers is a state: `state {name} = 0 then …`",
            )  # fmt: skip
        return POISON

    def growing_cell(self, expr: tree.Expr, scope: Scope, clock: Clock) -> Cell | None:
        """The cell that `expr` names, if its update is being elaborated now."""
        found = self.held(expr, scope)
        return found[0].growing.get((expr.name, clock)) if found and isinstance(expr, tree.Name) else None

    # --- words of the language --------------------------------------------------------------------

    def _word(self, name: str, span: Span, clock: Clock) -> Value:
        if name in SERIES:
            kind = "input" if clock is BASE else "bar"
            return self.graph.node(kind, (), (name,), clock=clock, unit=SERIES[name], span=span)
        if self.context.registry.reads(name):
            return self._given_by_host(name, span, clock)
        if name in TIME_FIELDS:
            return self.calendar(name, clock, span)
        if name in WEEKDAYS:
            return self.graph.constant(float(WEEKDAYS.index(name) + 1), span=span)
        if name in NAMESPACES:
            return Namespace(name, NAMESPACES[name])
        if name == RUN:  # bound in tests alone
            return facts(self.graph, RUN, span)
        return self.book(name, clock, span)

    def _given_by_host(self, name: str, span: Span, clock: Clock) -> Value:
        """A column that the host named, or a record of such columns; they live on the clock of the data."""
        if clock is not BASE:
            self.reports.error("E305", "columns of the data live on its own clock", span, help="read it outside `@`")
            return POISON
        registry = self.context.registry
        if name in registry.columns:
            return self.column(registry.columns[name], span)
        fields = {field: self.column(registry.columns[f"{name}.{field}"], span) for field in registry.records[name]}
        for field, node in fields.items():
            self.context.named.setdefault(node.id, Written(f"{name}.{field}", span))
        return Record(fields)

    def column(self, column: DataColumn, span: Span) -> Node:
        """A column of the data's own, of the unit that the host gave it."""
        kind = BOOL if column.condition else NUMBER
        return self.graph.node(
            "input", (), (f"column:{column.name}",), type=kind, clock=BASE, unit=column.unit, span=span
        )

    def calendar(self, field: str, clock: Clock, span: Span, zone: str = "") -> Node:
        """A fact of the calendar about the bar of `clock`."""
        unit = TIME_FIELDS.get(field, Unit.PLAIN)
        return self.graph.node("calendar", (), (field, zone), clock=clock, unit=unit, span=span)

    def book(self, field: str, clock: Clock, span: Span) -> Value:
        """A reading of the books; they live on the base clock (semantics 8)."""
        if clock is not BASE:
            self.reports.error(
                "E303", f"`{field}` cannot be read on another clock", span,
                notes=["the books change with every fill, on the clock of the data"],
                help="read it outside `@`",
            )  # fmt: skip
            return POISON
        kind = BOOL if field in BOOK_BOOLS else NUMBER
        return self.graph.node("book", (), (field,), type=kind, unit=BOOKS[field], span=span)

    def fields_of(self, value: Value) -> tuple[str, ...]:
        if isinstance(value, Record):
            return tuple(value.fields)
        return value.fields if isinstance(value, Namespace) else ()

    def field_value(self, value: Value, name: str, span: Span, clock: Clock) -> Value:
        if isinstance(value, Record):
            return value.fields[name]
        assert isinstance(value, Namespace)
        return self.book(f"{value.name}.{name}", clock, span)

    def instant(self, value: TextValue) -> Value:
        """A date or time as text, in the calendar zone, as seconds since 1970."""
        try:
            moment = datetime.fromisoformat(value.text)
        except ValueError:
            self.reports.error(
                "E208", f"expected a date or a time, found {value.text!r}", value.span,
                help='write `"2024-01-31"` or `"2024-01-31 15:30"`; the time of day is `between("09:30", "16:00")`',
            )  # fmt: skip
            return POISON
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=zone_info(self.context.zone))
        seconds = (moment - datetime(1970, 1, 1, tzinfo=UTC)).total_seconds()
        return self.graph.constant(seconds, Unit.TIME, value.span)

    def exit_reason(self, value: TextValue) -> Value:
        if value.text in EXIT_REASONS:
            return self.graph.constant(float(EXIT_REASONS.index(value.text)), span=value.span)
        close = nearest(value.text, EXIT_REASONS)
        self.reports.error(
            "E209", f"no trade ends for the reason {value.text!r}", value.span,
            notes=["the reasons are " + ", ".join(EXIT_REASONS[1:])],
            fixes=[replace(f"replace with {close!r}", value.span, f'"{close}"')] if close else [],
        )  # fmt: skip
        return POISON
