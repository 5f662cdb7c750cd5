"""Earlier values inside a cycle: `x[1]` where x needs, on the same bar, what is being defined.

The value of x on this bar cannot be had, that of the bar before can. It is x once more, with the states of the cycle
as they were: x is elaborated with a placeholder (a node of kind `present`) for each of them; then everything is
moved into the past: a placeholder becomes the state's `lagged`, what does not lead to one its history.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from ..diagnostics.span import Span
from ..program.nodes import BOOL, Clock, Node
from ..syntax import tree
from . import ranges
from .arithmetic import pure
from .context import Context, Part
from .cycles import cycles
from .scope import Cell, Held, Scope
from .values import POISON, Poison, Value, map_nodes


@dataclass(frozen=True, slots=True)
class Frame:
    """What is being elaborated with placeholders: the names of a cycle of `owner`, on one clock."""

    owner: Scope
    names: frozenset[str]
    clock: Clock
    poisoned: set[str] = field(default_factory=set)  # by a circle, which is told wherever an earlier value leads to it


class Past(Part):
    """Reads what cannot be known yet as it was on an earlier bar."""

    defined: Callable[..., Value]
    calendar: Callable[..., Node]
    _elaborated: Callable[..., Value]
    _delayed: Callable[..., Any]
    _while_growing: Callable[..., Value]
    opened: Callable[..., Cell | None]
    held: Callable[..., tuple[Scope, Held] | None]

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._frames: list[Frame | None] = []
        self._leads_to_present = context.below("present", lambda node: node.kind == "present")
        self._remembers = context.below("memory of the present", self._is_memory)
        self._past: dict[int, dict[int, Node]] = {}  # by the offset's node: nodes, and what they were that long ago

    def entangled(self, expr: tree.Expr, scope: Scope, clock: Clock) -> Frame | None:
        """A frame for `expr`, if the definition it names needs one that is being elaborated on this clock."""
        while isinstance(expr, tree.Field):
            expr = expr.value
        found = self.held(expr, scope)
        if found is None or not isinstance(found[1], (tree.Let, tree.State)):
            return None
        owner, name = found[0], found[1].name
        growing = {other for other, on in owner.growing if on == clock}
        if not growing:
            return None
        if owner.cycles is None:
            functions = [function.statement for function in owner.space.functions.values()]
            owner.cycles = cycles(owner.names.values(), functions)
        names = owner.cycles.get(name, frozenset())
        return Frame(owner, names, clock) if names & growing else None

    def recalled(self, expr: tree.History, offset: Node, scope: Scope, frame: Frame) -> Value:
        """The value of `expr` as it was `offset` bars ago."""
        if not self._is_past(offset, expr):
            return POISON
        with self._framed(frame):
            value = self.value(expr.value, scope, frame.clock)
        return map_nodes(value, lambda node: self._moved(node, offset, expr.span, frame.clock))

    def lagged(self, cell: Cell, offset: Node, expr: tree.History) -> Value:
        """`s[n]` inside the update that computes s."""
        return self._ago(cell.lagged, offset, expr.span) if self._is_past(offset, expr) else POISON

    def _is_past(self, offset: Node, expr: tree.History) -> bool:
        if ranges.bounds(offset, self.context.param_ranges)[0] >= 1:
            return True
        self.reports.error("E701", "inside its own update a state has no value of this bar yet", expr.span,
                           help="use an offset of 1 or more")  # fmt: skip
        return False

    # --- placeholders ------------------------------------------------------------------------------

    @contextmanager
    def _framed(self, frame: Frame | None) -> Iterator[None]:
        self._frames.append(frame)
        try:
            yield
        finally:
            self._frames.pop()

    def placeholder(self, name: str, owner: Scope, definition: object, clock: Clock, span: Span) -> Value | None:
        """What stands for a definition while earlier values are elaborated; None where it is read as ever."""
        frame = self._frames[-1] if self._frames else None
        if frame is None or frame.owner is not owner or frame.clock != clock or name not in frame.names:
            return None
        if isinstance(definition, tree.State):
            return self._present(definition, owner, clock, span)
        if name in frame.poisoned:
            self.context.circles += 1
            return POISON
        key = (name, clock)
        if key in owner.placed:
            return owner.placed[key]
        circles = self.context.circles
        value = self._once(name, owner, definition, clock, span)
        if isinstance(value, Poison) and self.context.circles > circles:
            frame.poisoned.add(name)
        else:
            owner.placed[key] = value
        return value

    def _once(self, name: str, owner: Scope, definition: object, clock: Clock, span: Span) -> Value:
        """The definition elaborated with placeholders; a report if it leads back to itself through no state."""
        key = (name, clock)
        if key in owner.recalled:
            return self._while_growing(name, None, span)
        owner.recalled.add(key)
        try:
            return self._elaborated(name, owner, definition, clock)
        finally:
            owner.recalled.discard(key)

    def _present(self, state: tree.State, owner: Scope, clock: Clock, span: Span) -> Value:
        key = (state.name, clock)
        if key not in owner.cells:
            if key in owner.growing or key in owner.recalled:
                return self._while_growing(state.name, None, span)
            owner.recalled.add(key)
            with self._framed(None):
                self.opened(state, owner, clock)
            owner.recalled.discard(key)
            owner.pending.append((state, clock))
        cell = owner.cells[key]
        return POISON if cell is None else cell.present

    def finish(self, owner: Scope) -> None:
        """Elaborate the states of which only an earlier value was read so far."""
        if owner.growing or owner.finishing:
            return
        owner.finishing = True
        while owner.pending:
            state, clock = owner.pending.pop()
            self.defined(state.name, owner, state, clock, state.name_span)
        owner.finishing = False

    # --- into the past -----------------------------------------------------------------------------

    def _is_memory(self, node: Node) -> bool:
        """Whether it is no function of what it reads on this bar, and reads a placeholder."""
        return node.kind != "pure" and any(map(self._leads_to_present, node.args))

    def _moved(self, node: Node, offset: Node, span: Span, clock: Clock) -> Value:
        if self._remembers(node):
            self.reports.error(
                "E701", "this keeps a memory of its own of a state that is being computed", span,
                help="keep what it gives in a `state`, and read that state's bar before",
            )  # fmt: skip
            return POISON
        moved = self._each(node, offset, span)
        if node.kind != "pure" or not self._leads_to_present(node):
            return moved
        begun = pure(self.graph, "ge", (self.calendar("bar_index", clock, span), offset), span)
        if node.type == BOOL:
            return pure(self.graph, "and", (begun, moved), span)
        missing = self.graph.constant(float("nan"), span=span)
        return pure(self.graph, "select", (begun, moved, missing), span, node.unit)

    def _each(self, node: Node, offset: Node, span: Span) -> Node:
        """A node and what it leads to, `offset` bars ago; what was moved by as much before is not moved again."""
        past, stack = self._past.setdefault(offset.id, {}), [node]
        while stack:
            inner = stack[-1]
            args = inner.args if self._leads_to_present(inner) else ()
            unknown = [arg for arg in args if arg.id not in past]
            stack.extend(reversed(unknown))
            if not unknown:
                past[inner.id] = self._one(inner, [past[arg.id] for arg in args], offset, span)
                stack.pop()
        return past[node.id]

    def _one(self, node: Node, args: list[Node], offset: Node, span: Span) -> Node:
        """A node of which the arguments that lead to placeholders are moved, if there are such."""
        if args:
            return pure(self.graph, node.name, tuple(args), node.span, node.unit)
        if node.kind == "present":
            lagged = self.graph.node(
                "lagged", (), node.data, type=node.type, clock=node.clock, unit=node.unit, span=node.span
            )
            return self._ago(lagged, offset, span)
        found: Node = self._delayed(node, offset, span, node.clock)
        return found

    def _ago(self, lagged: Node, offset: Node, span: Span) -> Node:
        """What was one bar ago, `offset` bars ago."""
        rest = pure(self.graph, "sub", (offset, self.graph.constant(1.0)), span)
        found: Node = self._delayed(lagged, rest, span, lagged.clock)
        return found
