"""What a plan is for: the nodes that somebody asks for, and all they need. The rest never reaches it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ..program.crossings import is_leveled
from ..program.nodes import Node
from ..program.program import Affine, Alert, Cancel, Emit, Enter, Flow, Hold, Program, Trading

Statement = Trading
Named = tuple[str, Node]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the host asked of a program: statements only where it trades."""

    statements: tuple[Statement, ...]
    emits: tuple[Emit, ...]
    alerts: tuple[Alert, ...]
    outputs: tuple[Named, ...]
    given: tuple[Node, ...]
    prefer: Node | None = None
    gauges: tuple[tuple[int, Node], ...] = ()

    def roots(self) -> Iterator[Node]:
        """The nodes whose values leave the plan."""
        for statement in self.statements:
            yield from told(statement)
        yield from (emit.node for emit in self.emits)
        for alert in self.alerts:
            yield alert.when
            yield from alert.message.nodes
        yield from (node for _, node in self.outputs)
        yield from () if self.prefer is None else (self.prefer,)
        yield from (reading for _, reading in self.gauges)


def wanted(
    program: Program, outputs: Sequence[Named], given: Sequence[Node], trading: bool,
    gauges: Sequence[tuple[int, Node]] | None = None,
) -> Wanted:  # fmt: skip
    """Without trading only the outputs count: an expression is evaluated, nobody acts. gauges: which readings of
    guards, where they are not those of the one account that one symbol has."""
    if not trading:
        return Wanted((), (), (), tuple(outputs), tuple(given))
    read = (() if program.several else program.gauges) if gauges is None else tuple(gauges)
    return Wanted(program.trading, program.emits, program.alerts, tuple(outputs), tuple(given), program.prefer, read)


def told(statement: Statement) -> Iterator[Node]:
    """All that a statement needs to know."""
    yield statement.when
    if isinstance(statement, Cancel):
        return
    yield from (node for _, node in inbox(statement))
    if isinstance(statement, Flow):
        return
    if not isinstance(statement, Hold) and statement.rest is not None and statement.rest.until is not None:
        yield statement.rest.until
    if isinstance(statement, Enter) and statement.ladder is not None:
        yield from statement.ladder.nodes
    yield from statement.because.nodes if statement.because else ()


def inbox(statement: Statement) -> list[Named]:
    """What a statement tells the order machinery, by the names of the inbox."""
    if isinstance(statement, Cancel):
        return []
    if isinstance(statement, Hold):
        return [("SIZE", statement.sizing.value), *_known(("BAND", statement.band))]
    if isinstance(statement, Flow):
        return [("SIZE", statement.sizing.value)]
    found: list[Named] = []
    if statement.sizing is not None:
        found.append(("SIZE", statement.sizing.value))
    if isinstance(statement, Enter):
        found += _of_a_lot(statement)
    if statement.rest is not None:
        rest = statement.rest
        found += _known(("LIMIT", rest.limit), ("TRIGGER", rest.trigger), ("LIFE", rest.valid))
    return found


def _of_a_lot(enter: Enter) -> Iterator[Named]:
    """What an entry says of its lot."""
    yield from _known(("CAP", enter.cap))
    for name, affine in (("STOP", enter.stop), ("TARGET", enter.target), ("TRAIL", enter.trail)):
        yield from _affine(name, affine)
    yield from _known(("EXPIRE", enter.expire))
    for place, take in enumerate(enter.takes):
        yield f"TAKE{place}_SHARE", take.share
        yield from _affine(f"TAKE{place}", take.level)
    for place, move in enumerate(enter.moves):
        yield from _affine(f"MOVE{place}", move.stop)
        yield from _affine(f"MOVE{place}_AFTER", move.after)
    yield from _affine("TRAIL_AFTER", enter.trail_after)


def _known(*named: tuple[str, Node | None]) -> Iterator[Named]:
    return ((name, node) for name, node in named if node is not None)


def _affine(name: str, affine: Affine | None) -> list[Named]:
    if affine is None:
        return []
    return [(f"{name}_BASE", affine.base), (f"{name}_SLOPE", affine.slope), (f"{name}_SLOPE_BELOW", affine.slope_below)]


def series(
    roots: Iterable[Node], cells: Mapping[str, Node], given: Iterable[Node] = (), *, past: bool = True,
    across: bool = False,
) -> list[Node]:  # fmt: skip
    """Every series that the roots need, what a node reads before it; nothing behind a given node is needed.

    past: also the cells of which only the value of the bar before is read. across: also what is behind a value without
    being computed here: by other symbols, or because only its warm-up counts.
    """
    stop = {node.id for node in given}
    found: dict[int, Node] = {}
    stack = [(root, False) for root in roots]
    while stack:
        node, ready = stack.pop()
        if ready:
            found.setdefault(node.id, node)
        elif node.clock is not None and node.id not in found:
            stack.append((node, True))
            if node.id not in stop and (across or not (is_leveled(node) or node.kind == "warm")):
                stack.extend((read, False) for read in reads(node, cells))
                if past and node.kind in ("previous", "lagged"):
                    stack.insert(0, (cells[str(node.data[0])], False))
    return list(found.values())


def reads(node: Node, cells: Mapping[str, Node]) -> tuple[Node, ...]:
    """What has to be known on the same bar before the node is."""
    return (cells[str(node.data[0])].args[0],) if node.kind == "previous" else node.args
