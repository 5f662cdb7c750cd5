"""When a `rebalance` is decided, or money comes or goes: on the first bar of a period, or from a day of it on, and on
the first bar that can.

A period has a number that grows by one from each to the next; from its day n on, else that of the period before. So
where data have no bar on that day, or a month has no such day, it is decided on the first bar after it.
"""

from __future__ import annotations

from collections.abc import Sequence

from ..diagnostics.reports import replace
from ..diagnostics.span import Span
from ..diagnostics.suggest import option
from ..program.nodes import BASE, BOOL, Binding, Graph, Node
from ..syntax import tree
from ..words.vocabulary import PERIODS
from . import ranges
from .arithmetic import pure
from .expressions import Expressions
from .scope import Scope
from .values import Poison

_DAYS = {"daily": 1, "weekly": 7, "monthly": 31, "quarterly": 92, "yearly": 366}
"""The most days that a period has."""
_BEFORE_1970 = 719_468
"""Days from the first of March of year 0 to 1970."""


def period(
    part: Expressions, statement: tree.Rebalance | tree.Flow, scope: Scope, waits: Sequence[Node]
) -> tuple[Node, Node | None] | None:
    """The condition of a statement with a period, and its day; None where it was reported.

    waits: what has to be known first: the first bar on which it is counts as one of a new period.
    """
    name = statement.period
    if not name:  # a question
        return None
    if name not in PERIODS:
        close = option(name, PERIODS)
        fixes = [replace(f"replace with `{close}`", statement.period_span, close)] if close else []
        part.reports.error("E806", f"`{_word(statement)}` is {', '.join(PERIODS)} or `when` a condition holds",
                           statement.period_span, fixes=fixes)  # fmt: skip
        return None
    day = _day(part, statement, scope)
    if isinstance(day, Poison):
        return None
    number = _number(part, name, day, statement.span)
    alone = isinstance(statement, tree.Flow)  # of the account, which one symbol has
    return _changes(part, number, waits, statement.span, alone), day


def _word(statement: tree.Rebalance | tree.Flow) -> str:
    return statement.word if isinstance(statement, tree.Flow) else "rebalance"


def _day(part: Expressions, statement: tree.Rebalance | tree.Flow, scope: Scope) -> Node | Poison | None:
    if statement.day is None:
        return None
    most = _DAYS[statement.period]
    day = part.whole(statement.day, scope, BASE, f"the day of a `{_word(statement)}`", least=1)
    if isinstance(day, Poison):
        return day
    if most == 1 or ranges.bounds(day, part.context.param_ranges)[1] > most:
        found = "a day has no days" if most == 1 else f"{_ARTICLE[statement.period]} has no day after {most}"
        part.reports.error("E806", found, statement.day.span, help=(
            "the time of a decision is a condition: `when …`" if most == 1 else
            "`weekly day 1` is decided on Mondays, `monthly day 15` from the 15th on"))  # fmt: skip
        return Poison()
    return day


_ARTICLE = {"weekly": "a week", "monthly": "a month", "quarterly": "a quarter", "yearly": "a year"}


def _number(part: Expressions, name: str, day: Node | None, span: Span) -> Node:
    """The number of the period that a bar is of, counted from its day `day`."""
    made = _Calendar(part, span)
    if name == "daily":
        return made.day_number
    if name == "weekly":  # day 0 is a Thursday: weeks are counted from the Monday before it
        monday = made.of("add", made.day_number, 3.0)
        return made.of("floordiv", monday if day is None else made.of("sub", monday, made.of("sub", day, 1.0)), 7.0)
    if name == "monthly":
        number = made.of("add", made.of("mul", made.year, 12.0), made.month)
        return number if day is None else made.begun(number, made.field("day"), day)
    quarter = made.of("floordiv", made.of("sub", made.month, 1.0), 3.0)
    number = made.year if name == "yearly" else made.of("add", made.of("mul", made.year, 4.0), quarter)
    if day is None:
        return number
    first = made.first_of_year if name == "yearly" else made.first_of_quarter(quarter)
    return made.begun(number, made.of("add", made.of("sub", made.day_number, first), 1.0), day)


class _Calendar:
    """Facts of the calendar about this bar, and what is computed from them."""

    def __init__(self, part: Expressions, span: Span) -> None:
        self._part, self._span = part, span

    def of(self, function: str, *operands: Node | float) -> Node:
        graph: Graph = self._part.graph
        nodes = (o if isinstance(o, Node) else graph.constant(o) for o in operands)
        return pure(graph, function, tuple(nodes), self._span)

    def field(self, name: str) -> Node:
        return self._part.calendar(name, BASE, self._span)

    @property
    def day_number(self) -> Node:
        return self.field("day_number")

    @property
    def year(self) -> Node:
        return self.field("year")

    @property
    def month(self) -> Node:
        return self.field("month")

    def begun(self, number: Node, day: Node, least: Node) -> Node:
        """The number of a period from its day `least` on, before that of the one before."""
        return self.of("select", self.of("ge", day, least), number, self.of("sub", number, 1.0))

    @property
    def first_of_year(self) -> Node:
        """The number of the day that is the first of January: 306 days into a year that begins in March."""
        return self.of("add", self._marches(self.of("sub", self.year, 1.0)), 306.0)

    def first_of_quarter(self, quarter: Node) -> Node:
        """The number of the first day of a quarter, 0 to 3: days of a year that begins in March."""
        march = self._marches(self.year)
        later = self.of("select", self.of("eq", quarter, 1.0), 31.0, 122.0)
        later = self.of("select", self.of("eq", quarter, 3.0), 214.0, later)
        return self.of("select", self.of("eq", quarter, 0.0), self.first_of_year, self.of("add", march, later))

    def _marches(self, year: Node) -> Node:
        """The number of the day that is the first of March of a year."""
        days = self.of("mul", year, 365.0)
        for sign, length in (("add", 4.0), ("sub", 100.0), ("add", 400.0)):
            days = self.of(sign, days, self.of("floordiv", year, length))
        return self.of("sub", days, float(_BEFORE_1970))


def _changes(part: Expressions, number: Node, waits: Sequence[Node], span: Span, alone: bool) -> Node:
    """Whether this bar is the first of its number, or the first on which what is waited for is known.

    The latter counts on the first day on which it is known of any symbol: one that comes later, or is warm later, joins
    when its next period begins.
    """
    graph = part.graph
    series = tuple(node for node in waits if node.binding is Binding.SERIES)
    if series:
        warm = graph.node("warm", series, type=BOOL, span=span)
        before = graph.node("step", (warm, graph.constant(1.0)), ("history_bool",), type=BOOL, span=span)
    else:
        index = part.calendar("bar_index", BASE, span)
        warm, before = graph.constant(True), pure(graph, "gt", (index, graph.constant(0.0)), span)
    begun = before
    if len(part.context.symbols.traded) != 1 and not alone:
        part.context.crosses = True
        begun = graph.node("across", (_of_earlier_days(part, before, span),), ("any",), type=BOOL, span=span)
    first = pure(graph, "and", (warm, pure(graph, "not", (pure(graph, "or", (begun, before), span),), span)), span)
    return pure(graph, "or", (_changed(part, number, span), first), span)


def _changed(part: Expressions, number: Node, span: Span) -> Node:
    return part.graph.node("step", (number,), ("changed",), type=BOOL, span=span)


def _of_earlier_days(part: Expressions, before: Node, span: Span) -> Node:
    """What held before this bar, as it stood when the day began."""
    graph = part.graph
    day = _changed(part, part.calendar("day_number", BASE, span), span)
    with part.context.within("begun", BASE) as path:
        last = graph.node("previous", (), (path,), type=BOOL, span=span)
        update = pure(graph, "bselect", (day, before, last), span)
        cell = graph.node("cell", (graph.constant(False), update), (path,), type=BOOL, span=span)
    part.context.cells[path] = cell
    return cell
