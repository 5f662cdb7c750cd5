"""What every part of the elaborator shares for one program: the graph, the reports, the limits."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from ..diagnostics.model import Answer, Fix
from ..diagnostics.reports import Reports, replace
from ..diagnostics.span import Span
from ..program.nodes import BOOL, NUMBER, Clock, Graph, Node, walk
from ..program.program import Called, Written
from ..program.timeframe import Timeframe
from ..program.units import Unit
from ..resolve.definitions import Definition, Kind, Resolution
from ..syntax.tree import Expr, Hole, Name
from ..words.amounts import read_amount
from ..words.registry import STANDARD, Registry
from ..words.vocabulary import WEEKDAYS
from .arithmetic import as_condition
from .below import Below
from .lines import Lines
from .price_counts import PriceCounts
from .questions import CONDITION, NUMBER_ANSWER, Questions, condition, stand_in
from .scales import Scales
from .symbols import Symbols
from .unfolded import Recording, Shapes
from .usual import Usuals
from .values import POISON, Poison, Record, TextValue, Value, describe


@dataclass(frozen=True, slots=True)
class Limits:
    """How far a text may unfold; each limit has its own diagnostic."""

    nodes: int = 20_000
    nesting: int = 120  # levels of expressions within definitions within functions
    steps: int = 300_000  # expressions read, each re-reading under `@` or in a function counted


class Begun(NamedTuple):
    """Where things stood: what was said, expressions read, levels of them."""

    said: int
    steps: int
    depth: int


_BETWEEN = 1024  # expressions between two looks at whether to go on


@dataclass(slots=True)
class Context:
    """One program in the making."""

    graph: Graph
    reports: Reports
    sources: dict[str, str]
    resolutions: dict[str, Resolution]  # of each text that was read, by its source
    timeframe: Timeframe | None
    zone: str
    limits: Limits = field(default_factory=Limits)
    registry: Registry = STANDARD
    look: Callable[[], None] | None = None  # asked now and then whether to go on; raises where not
    cells: dict[str, Node] = field(default_factory=dict)
    named: dict[int, Written] = field(default_factory=dict)  # node id -> the author's call of the library that made it
    library_calls: dict[int, Called] = field(default_factory=dict)  # node id -> what it is of the library
    joined: dict[Span, Node] = field(default_factory=dict)  # what `and` joins, by where it is written
    path: list[str] = field(default_factory=list)
    path_functions: list[str] = field(default_factory=list)  # functions being unfolded, to refuse recursion
    called_at: list[Span] = field(default_factory=list)  # where each of them is called
    unfolded: set[Definition] = field(default_factory=set)  # functions of the program that were called
    symbols: Symbols = field(default_factory=Symbols)
    crosses: bool = False  # whether a value comes from another symbol
    seen: dict[Span, Value] | None = None  # what expressions were first found to stand for, where somebody asks
    of_account: bool = False  # whether it is the account that reads, for which a symbol's own value is another's
    told_of_weeks: bool = False
    circles: int = 0  # how often a name was read that is needed to compute itself
    param_ranges: dict[str, tuple[float, float]] = field(default_factory=dict)
    questions: Questions = field(default_factory=Questions)
    scales: Scales = field(init=False)
    usuals: Usuals = field(init=False)
    shapes: Shapes = field(init=False)
    recording: Recording | None = None  # of what goes on while a call of the library is unfolded
    counts: PriceCounts = field(init=False)
    asked: dict[object, Below] = field(default_factory=dict)  # what was asked of nodes, by the question
    without: dict[str, set[int]] = field(default_factory=dict)  # nodes below which nothing passed, by the question
    moving: dict[bool, dict[int, bool]] = field(default_factory=dict)  # see `order_lints`
    _lines: dict[int, Lines] = field(default_factory=dict)  # by the close that they are seen from
    _ordinals: dict[tuple[str, ...], int] = field(default_factory=dict)
    _depth: int = 0
    _deepest: int = 0
    _steps: int = 0

    def __post_init__(self) -> None:
        self.shapes = Shapes(self)
        self.scales = Scales(self.param_ranges, self.shapes.learnt)
        self.usuals = Usuals(self)
        self.counts = PriceCounts(self.param_ranges, self.shapes.learnt)

    def below(self, question: object, test: Callable[[Node], bool]) -> Below:
        """Whether nodes, or what stands below them, pass a test; what was found of a node stays known."""
        return self.asked.setdefault(question, Below(test))

    def lines(self, close: Node) -> Lines:
        """Where levels lie, seen from a close; what was found of a node stays known to every clause."""
        return self._lines.setdefault(close.id, Lines(self.scales, close))

    def first(
        self, question: str, root: Node, test: Callable[[Node], bool],
        below: Callable[[Node], Sequence[Node]] | None = None,
    ) -> Node | None:  # fmt: skip
        """The first node from a root down, cells too, that passes a test; where none does nobody looks again.

        below: which nodes to go on to from one, all its arguments unless said.
        """
        seen = set(self.without.get(question, ()))
        for node in walk([root], self.cells, seen, below):
            if test(node):
                return node
        self.without[question] = seen
        return None

    def meaning(self, name: Name) -> Definition | None:
        """What a name stands for; None if that was reported."""
        found = self.resolutions[name.name_span.source].bound.get(name.name_span.start)
        return None if found is None or found[1].unclear else found[1]

    def weekday(self, expr: Expr) -> bool:
        """Whether an expression is the name of a day of the week, and no name of the program's own."""
        meaning = self.meaning(expr) if isinstance(expr, Name) and expr.name in WEEKDAYS else None
        return meaning is not None and meaning.kind is Kind.WORD

    def is_unclear(self, name: Name) -> bool:
        """Whether it was reported what a name should stand for, or may be where it was not read."""
        found = self.resolutions[name.name_span.source].meaning(name)
        return found is not None and found.unclear

    def enter(self, span: Span) -> bool:
        """Begin one level, which `leave` ends; False (and a report) where a limit is passed."""
        self._depth += 1
        self._steps += 1
        if self._depth > self._deepest:
            self._deepest = self._depth
        if self.look is not None and self._steps % _BETWEEN == 0:
            self.look()
        if self._depth > self.limits.nesting:
            self.reports.error(
                "E601", f"the program nests more than {self.limits.nesting} levels deep here", span,
                help="name parts of it with `let`; calls and names count as levels too",
            )  # fmt: skip
            return False
        if self._steps > self.limits.steps:
            self.reports.error(
                "E602", f"the program unfolds to more than {self.limits.steps} expressions", span,
                help="functions that call functions twice double the work at each level",
            )  # fmt: skip
            return False
        return True

    def leave(self) -> None:
        self._depth -= 1

    def has_room(self, steps: int, levels: int) -> bool:
        """Whether so many expressions, and so deep, may still be read."""
        return self._steps + steps <= self.limits.steps and self._depth + levels <= self.limits.nesting

    def take(self, steps: int) -> None:
        """So many expressions need not be read, and count as if they were."""
        before, self._steps = self._steps, self._steps + steps
        if self.look is not None and before // _BETWEEN < self._steps // _BETWEEN:
            self.look()

    def begin(self, recording: Recording) -> Begun:
        """Take note of what goes on from here; `recording` is not None until that ends."""
        self.recording, self._deepest = recording, self._depth
        return Begun(self.reports.said, self._steps, self._depth)

    def since(self, begun: Begun) -> tuple[bool, int, int]:
        """Whether anything was said since then, how many expressions were read, and how many levels deep."""
        return self.reports.said > begun.said, self._steps - begun.steps, self._deepest - begun.depth

    @contextmanager
    def within(self, part: str, clock: Clock) -> Iterator[str]:
        """Enter a definition or a call; gives its structural path, which never depends on lines."""
        self.path.append(part)
        try:
            yield "/".join(self.path) + ("" if str(clock) == "base" else f"@{clock}")
        finally:
            self.path.pop()

    def ordinal(self, name: str) -> str:
        """`name#n`: the n-th use of `name` inside the current definition."""
        key = (*self.path, name)
        count = self._ordinals.get(key, 0)
        self._ordinals[key] = count + 1
        return f"{name}#{count}"

    @contextmanager
    def apart(self) -> Iterator[None]:
        """Read what is no part of the program: what that leaves behind is forgotten."""
        tables: tuple[dict[Any, Any], ...] = (self.cells, self.named, self.library_calls, self._ordinals)
        before = [dict(table) for table in tables]
        try:
            yield
        finally:
            for table, kept in zip(tables, before, strict=True):
                table.clear()
                table.update(kept)

    def unit(self, node: Node) -> Unit:
        """What a number measures where a share may stand: an index in per cent, as `roc` is, is no share."""
        return Unit.PLAIN if self.scales.of(node).index else node.unit

    def text(self, span: Span) -> str:
        """The source text of a span."""
        return self.sources.get(span.source, "")[span.start : span.end]


class Part:
    """Common ground of the elaborator's parts."""

    value: Callable[..., Value]

    def __init__(self, context: Context) -> None:
        self.context = context
        self.graph = context.graph
        self.reports = context.reports

    def expect(
        self, value: Value, type: str, what: str, span: Span, answer: Answer | None = None
    ) -> Node | Poison:
        """`value` if it is a node of this type; otherwise a report of what was expected and found.

        answer: what a hole is asked for there.
        """
        if isinstance(value, Poison):
            return POISON if value.hole is None else self.fits(value.hole, type, answer)
        if isinstance(value, Node) and type == BOOL:
            value = as_condition(self.graph, value)
        if isinstance(value, Node) and value.type == type:
            return value
        helps = {
            ("number", True): "a condition is not a number; `if condition then 1 else 0` makes one of it",
            ("bool", True): "compare it with something, for example `> 0`",
        }
        self.reports.error(
            "E201", f"expected {what}, found {describe(value)}", span,
            help=helps.get((type, isinstance(value, Node)), "") or _parts_of(value, self.context.text(span)),
            fixes=_without_quotes(value) if type == NUMBER else [],
        )  # fmt: skip
        return POISON


    def fits(self, hole: Hole, type: str, answer: Answer | None) -> Node | Poison:
        """What stands in for a hole where something of a type is read; POISON where its unit is not known."""
        if type == BOOL:
            self.context.questions.wants(hole, CONDITION)
            return condition(self.graph, hole)
        self.context.questions.wants(hole, answer or NUMBER_ANSWER, sure=answer is not None)
        return stand_in(self.graph, hole, Unit(answer.unit)) if answer is not None and answer.unit else POISON


def _parts_of(value: Value, written: str) -> str:
    """How to choose one of a record's fields."""
    if not isinstance(value, Record):
        return ""
    return f"choose one of its parts: {', '.join(f'`{written}.{name}`' for name in value.fields)}"


def _without_quotes(value: Value) -> list[Fix]:
    """`"monday"` and `"2%"` are what they say without the quotes."""
    if not isinstance(value, TextValue):
        return []
    said = value.text.strip().lower()
    if said not in WEEKDAYS and read_amount(said) is None:
        return []
    return [replace(f"replace with `{said}`", value.span, said)]
