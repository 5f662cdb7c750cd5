"""What calls of the library were unfolded to, kept for the texts to come: an editor asks for the same at each key.

What a function of the library gives follows from its text and from its arguments, whatever else a program says. So the
nodes that were asked for while a call was unfolded, one after another, are kept by what the arguments are all the way
down; where a call comes to the same arguments again, in this text or in another, they are asked for once more, in the
same order: the graph is the one that reading the function gives. Nothing is kept of a call about which something was
said, which read what stands in the author's text, or whose arguments come from a state, a hole or a host.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count, islice
from typing import TYPE_CHECKING, NamedTuple

from ...stdlib.operator import is_hosted
from ..diagnostics.reports import LIBRARY
from ..diagnostics.span import Span
from ..program.nodes import Binding, Clock, Node
from ..program.units import Unit
from ..resolve.definitions import Definition
from ..syntax import tree
from .below import found_from
from .questions import stands_in
from .scope import Bound, Scope
from .values import Record, TextValue, Value

if TYPE_CHECKING:
    from .calls import Calls
    from .context import Context

MOST = 1000
"""Calls that are kept: the library with the lengths of a large program. Beyond it all is forgotten."""
MOST_SHAPES = 50_000
_OF_PATH = frozenset("cell previous lagged present".split())
"""Kinds of nodes that name the state they are of by its place in the program."""

Shape = int
"""What a value is made of, all the way down: the same in every text, and another for whatever differs."""
Reference = int
"""A node: an argument of the call, by its place, or one of those asked for, counted on from them."""
Fields = Mapping[str, "Told"]
Told = Reference | TextValue | Fields
Key = tuple[object, ...]


class Asked(NamedTuple):
    """A node as it was first asked for. of_path: its data are the place of a state below the call."""

    kind: str
    args: tuple[Reference, ...]
    data: tuple[object, ...]
    of_path: bool
    type: str
    binding: Binding
    clock: Clock | None
    unit: Unit
    span: Span


class Unfolded(NamedTuple):
    """All that reading the body of a call does. calls: the library's own, each with what it gave and was given.

    counted: what was made of two values. cells: by the place of a state below the call. steps, levels: expressions
    read, and how deep they lay.
    """

    asked: tuple[Asked, ...]
    value: Told
    calls: tuple[tuple[str, Told, Fields], ...]
    counted: tuple[tuple[Reference, str, Reference, Reference], ...]
    cells: tuple[tuple[str, Reference], ...]
    functions: tuple[str, ...]
    steps: int
    levels: int


@dataclass(slots=True)
class Recording:
    """What goes on while the body of a call is read. outside: something of the author's own text was."""

    asked: list[tuple[Node, Unit, Span]] = field(default_factory=list)
    calls: list[tuple[str, Value, Mapping[str, Value]]] = field(default_factory=list)
    counted: list[tuple[Node, str, Node, Node]] = field(default_factory=list)
    functions: list[str] = field(default_factory=list)
    outside: bool = False


_kept: dict[Key, Unfolded] = {}
_shapes: dict[Key, Shape] = {}
_numbers = count()


def forget() -> None:
    """Read every function anew at its next call."""
    _kept.clear()
    _shapes.clear()


class Shapes:
    """What the values of one program are made of; found once for each node."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._known: dict[int, Shape | None] = {}

    def of(self, node: Node) -> Shape | None:
        """None of what is another thing in another program: of a state, a hole, a host."""
        return found_from(node, self._known, self._found)

    def learnt(self, node: Node) -> None:
        """More is known of a node: what was found of it, and of what is made of it, holds no more."""
        if node.id in self._known:
            for each in [each for each in self._known if each >= node.id]:
                del self._known[each]

    def _found(self, node: Node) -> Shape | None:
        args = tuple([self._known[arg.id] for arg in node.args])
        if None in args or node.kind in _OF_PATH or stands_in(node) or (node.kind == "step" and is_hosted(node.name)):
            return None
        context = self._context
        said = (
            context.param_ranges.get(node.name) if node.kind == "param" else None,
            context.scales.given(node), context.counts.kept(node),
        )  # fmt: skip
        data = tuple([each if each.__class__ is str else (each.__class__, repr(each)) for each in node.data])
        key = node.kind, args, data, node.type, node.binding, node.clock, node.unit, said
        found = _shapes.get(key)
        if found is None:
            if len(_shapes) >= MOST_SHAPES:
                forget()
            found = _shapes.setdefault(key, next(_numbers))
        return found


def value(part: Calls, meaning: Definition, result: tree.Expr, inner: Scope, clock: Clock) -> Value:
    """What the body of a function of the library gives in a scope whose arguments were read on the clock."""
    arguments = _arguments(inner, clock)
    key = None if arguments is None else _key(part, meaning, inner, clock, arguments)
    if key is None or arguments is None:
        return part.value(result, inner, clock)
    kept = _kept.get(key)
    if kept is not None and _fits(part.context, kept):
        found = _again(part, kept, arguments, inner.path)
        if found is not None:
            return found
    return _read(part, key, result, inner, clock, arguments)


def _arguments(inner: Scope, clock: Clock) -> list[Node] | None:
    """The values of the arguments; None where one of them is no node."""
    found = [value for (_, on), value in inner.memo.items() if on == clock]
    nodes = [value for value in found if isinstance(value, Node)]
    return nodes if len(nodes) == len(found) else None


def _key(part: Calls, meaning: Definition, inner: Scope, clock: Clock, arguments: Sequence[Node]) -> Key | None:
    """What the value of a call follows from: an argument that is written as a number may be refused where one that
    comes to the same is not. The function itself is part of it, not its name."""
    shapes = [part.context.shapes.of(node) for node in arguments]
    if None in shapes:
        return None
    written = []
    for name, _ in inner.memo:
        held = inner.names[name]
        written.append(isinstance(held, Bound) and isinstance(part.origin(held.expr, held.scope)[0], tree.Number))
    context = part.context
    return meaning, clock, context.timeframe, context.zone, tuple(shapes), tuple(written)


def _fits(context: Context, kept: Unfolded) -> bool:
    """Whether reading the body would pass no limit, and call no function that is being read."""
    room = context.has_room(kept.steps, kept.levels)
    return room and not any(name in context.path_functions for name in kept.functions)


# --- once more -----------------------------------------------------------------------------------------


def _again(part: Calls, kept: Unfolded, arguments: Sequence[Node], path: str) -> Value | None:
    """The value of a call of which all is known; None where a node is there that is of another unit, so that what was
    asked for after it may be other nodes: those before it are what reading would ask for, too."""
    nodes = list(arguments)
    for kind, args, data, of_path, type, binding, clock, unit, span in kept.asked:
        node = part.graph.node(
            kind, [nodes[each] for each in args], (f"{path}{data[0]}",) if of_path else data, type=type,
            binding=binding, clock=clock, unit=unit, span=span,
        )  # fmt: skip
        if node.unit is not unit:
            return None
        nodes.append(node)
    context = part.context
    context.take(kept.steps)
    for name in kept.functions:
        part.known_function(name)
    for made, function, left, right in kept.counted:
        context.counts.keep(nodes[made], function, nodes[left], nodes[right])
    for name, value, given in kept.calls:
        part.called(name, _value(value, nodes), {each: _value(of, nodes) for each, of in given.items()})
    context.cells.update((f"{path}{place}", nodes[each]) for place, each in kept.cells)
    return _value(kept.value, nodes)


def _value(told: Told, nodes: Sequence[Node]) -> Value:
    if isinstance(told, int):
        return nodes[told]
    return told if isinstance(told, TextValue) else Record({name: _value(of, nodes) for name, of in told.items()})


# --- the first time ------------------------------------------------------------------------------------


def _read(
    part: Calls, key: Key, result: tree.Expr, inner: Scope, clock: Clock, arguments: Sequence[Node]
) -> Value:
    """The value of a call whose body is read now, and kept if it can be."""
    context, recording = part.context, Recording()
    before, cells = context.begin(recording), len(context.cells)
    part.graph.asked = recording.asked
    try:
        value = part.value(result, inner, clock)
    finally:
        part.graph.asked = context.recording = None
    said, steps, levels = context.since(before)
    if not said and not recording.outside:
        fresh = dict(islice(context.cells.items(), cells, None))
        kept = _told(recording, value, arguments, inner.path, fresh, steps, levels)
        if kept is not None:
            if len(_kept) >= MOST:
                _kept.clear()
            _kept[key] = kept
    return value


class _Unknown(Exception):
    """Something was used that is no argument, and was not asked for."""


def _told(
    recording: Recording, value: Value, arguments: Sequence[Node], path: str, cells: Mapping[str, Node], steps: int,
    levels: int,
) -> Unfolded | None:  # fmt: skip
    """What went on, as it can be done again; None where that would be another thing."""
    places: dict[int, Reference] = {}
    for place, node in enumerate(arguments):
        places.setdefault(node.id, place)

    def place_of(node: Node) -> Reference:
        if node.id not in places:
            raise _Unknown
        return places[node.id]

    def told(value: Value) -> Told:
        if isinstance(value, Node):
            return place_of(value)
        if isinstance(value, Record):
            return {name: told(inner) for name, inner in value.fields.items()}
        if isinstance(value, TextValue) and value.span.source.startswith(LIBRARY):
            return value
        raise _Unknown

    try:
        asked = _all_asked(recording.asked, place_of, places, len(arguments), path)
        calls = tuple((name, told(of), {each: told(one) for each, one in given.items()})
                      for name, of, given in recording.calls)  # fmt: skip
        counted = tuple((place_of(made), function, place_of(left), place_of(right))
                        for made, function, left, right in recording.counted)  # fmt: skip
        kept = tuple((_below(path, place), place_of(node)) for place, node in cells.items())
        names = tuple(dict.fromkeys(recording.functions))
        return Unfolded(asked, told(value), calls, counted, kept, names, steps, levels)
    except _Unknown:
        return None


def _all_asked(
    said: Sequence[tuple[Node, Unit, Span]], place_of: Callable[[Node], Reference], places: dict[int, Reference],
    first: int, path: str,
) -> tuple[Asked, ...]:  # fmt: skip
    """Every node once, in the order in which each was first asked for, by its place from then on."""
    found: dict[int, Asked] = {}
    for node, unit, span in said:
        if node.unit is not unit or not (span.source.startswith(LIBRARY) or not span.end):
            raise _Unknown
        if node.id in found:
            continue
        of_path = node.kind in _OF_PATH
        data = (_below(path, str(node.data[0])),) if of_path else node.data
        args = tuple(map(place_of, node.args))
        found[node.id] = Asked(node.kind, args, data, of_path, node.type, node.binding, node.clock, unit, span)
        places[node.id] = first + len(found) - 1
    return tuple(found.values())


def _below(path: str, place: str) -> str:
    if not place.startswith(f"{path}/"):
        raise _Unknown
    return place[len(path) :]
