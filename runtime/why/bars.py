"""One bar of a run answered: every part of the statements with its value, what they did, and the readings beside."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, cast

from ...lang.diagnostics.lines import lines_of
from ...lang.program.nodes import BOOL, Node
from ...lang.program.program import Cancel, Enter, Flow, Hold
from ..results.rows import order_column
from ..results.tables import orders_table, trades_table
from ..run.prepare import Prepared
from ..trading.layout import LATENCY
from . import shared, story
from .answer import BarAnswer, Clause, Holding, OfSymbol, Part, Rung, StatementAnswer, Verdict
from .decided import NOTHING, Effects, by_place
from .evaluated import Evaluation
from .reading import leg_of, reading, resting, state
from .reads import OF, Reads
from .rungs import further, owners
from .sketch import ACROSS, CONSTANT, Branch, Sketcher, StatementSketch, sketch
from .view import View, row_of

if TYPE_CHECKING:
    from ..portfolio.watched import Seen
    from ..run.again import Again
    from .several import SeveralEvaluation

_STATEMENTS = ("enter", "exit", "deposit", "withdraw")
"""Kinds of orders that statements give."""
_GAPS = frozenset({"<", "<=", ">", ">=", "==", "cross_above", "cross_below", "crosses"})


@dataclass(frozen=True, slots=True)
class Place:
    """Where the values of a part stand: rows of its value, of that before, and of the opening of its higher bar, and
    which of the waits is its own. -1: there is none."""

    value: int
    before: int
    opened: int
    wait: int


class Case:
    """A run with the statements that are asked about, drawn and ready to be evaluated."""

    def __init__(self, view: View, again: Again, wanted: Sequence[int], *, every: bool = False) -> None:
        """view: of the symbol whose bars are explained. wanted: statements, by their places in the text; those that are
        for another symbol alone are left out, if not `every` one is meant."""
        self.view, self.output, self.again = view, view.output, again
        self.program, self.plan = again.program.typed, again.program.plan
        self._reads = Reads()
        sketcher = Sketcher(self.program, self._reads)
        trading = list(zip((each.index for each in self.plan.of_text), self.program.trading, strict=True))
        self.statements = [
            sketch(sketcher, at + 1, *trading[at], "" if every else self.symbol) for at in wanted
            if every or view.place < 0 or trading[at][1].symbol in ("", self.symbol)
        ]
        self._nodes: dict[int, tuple[int, Node]] = {}
        self._waits: dict[int, tuple[int, Node]] = {}
        self._places: dict[int, Place] = {}
        for drawn in self.statements:
            for branch in drawn.branches():
                self._places.setdefault(id(branch), self._place(branch))
        self._gates = {s.number: _row(self._waits, self._reads.warm(s.reads)) for s in self.statements}
        self.owners = dict(owners(self.plan))
        self.sides = {side: _row(self._nodes, self._reads.book(f"position.{side}")) for side in ("long", "short")}

    def _place(self, branch: Branch) -> Place:
        waits = branch.role != CONSTANT and branch.read.clock is not None
        return Place(
            _row(self._nodes, branch.read),
            -1 if branch.before is None else _row(self._nodes, branch.before),
            -1 if branch.opened is None else _row(self._nodes, branch.opened),
            _row(self._waits, self._reads.warm([branch.read])) if waits else -1,
        )

    @cached_property
    def evaluation(self) -> Evaluation:
        nodes, waits = ([node for _, node in rows.values()] for rows in (self._nodes, self._waits))
        prepared = self.again.prepared
        if isinstance(prepared, Prepared):
            return Evaluation(self.program, prepared, self.again.engine, nodes, waits)
        from .several import SeveralEvaluation  # here: a run of one symbol needs none of it

        return SeveralEvaluation(self.program, prepared, self.again.engine, nodes, waits, max(self.view.place, 0))

    @property
    def symbol(self) -> str:
        """Of the bars, as the program calls it where it trades several."""
        return self.output.bars.symbol if self.view.place >= 0 else ""

    @property
    def nodes(self) -> list[Node]:
        """What is evaluated, a row each."""
        return [node for _, node in self._nodes.values()]

    def row(self, branch: Branch) -> int:
        """Which row of the evaluation is a part's value."""
        return self._places[id(branch)].value

    def row_before(self, branch: Branch) -> int:
        """Which row is that of the bar before; -1: it is not read."""
        return self._places[id(branch)].before

    def gate(self, statement: StatementSketch) -> int:
        """Which of the waits is that of everything a statement reads."""
        return self._gates[statement.number]

    def warm(self, branch: Branch) -> int:
        """The first bar on which a part is warm; -1: none."""
        wait = self._places[id(branch)].wait
        return 0 if wait < 0 else self.evaluation.first[wait]

    # --- rows --------------------------------------------------------------------------------------

    @cached_property
    def _orders(self) -> Any:
        return orders_table(self.view.whole)

    @cached_property
    def _trades(self) -> Any:
        return trades_table(self.view.whole)

    def order(self, place: int) -> dict[str, Any]:
        """A row of the symbol's orders by column; times in µs."""
        return row_of(self._orders, self.view.orders[place])

    def trade(self, place: int) -> dict[str, Any]:
        """A row of the symbol's trades."""
        return row_of(self._trades, self.view.trades[place])

    def level(self, place: int) -> float | None:
        """The level that a trade left at, where it stayed as it was set: of a stop, or a target; None of others."""
        row = self.trade(place)
        level = row[row["exit_level"]] if row["exit_level"] in ("stop", "target") else None
        return None if level is None else float(level)

    def orders_of(self, index: int) -> list[int]:
        """The rows of the orders that were decided on a bar."""
        found: list[int] = (order_column(self.output, "index") == index).nonzero()[0].tolist()
        return found

    def line(self, statement: StatementSketch) -> int:
        span = statement.statement.span
        return lines_of(self.program.sources[span.source]).position(span.start)[0]

    # --- answers -----------------------------------------------------------------------------------

    def answer(self, index: int, only: Iterable[int] | None = None) -> BarAnswer:
        """The bar, of all statements or of those whose decisions have these places."""
        bars = self.output.bars
        rows = [self.order(place) for place in self.orders_of(index)]
        owners = order_column(self.output, "statement")[self.orders_of(index)].astype(int).tolist()
        books = self.evaluation.books[index]
        orders = [(self.owners.get(owner, owner), row) for owner, row in zip(owners, rows, strict=True)]
        moved = self._of_the_account(index)
        orders += [(owner, row) for owner, row in moved if row["kind"] in _STATEMENTS]
        wanted = None if only is None else {self.owners.get(place, place) for place in only}
        beside = self._of_the_event(index)
        return BarAnswer(
            time=int(bars.ts[index]),
            index=index,
            **{name: float(getattr(bars, name)[index]) for name in ("open", "high", "low", "close")},
            readings=reading(books),
            statements=tuple(
                self._shared(self._statement(s, index, orders), s, index, beside)
                for s in self.statements if wanted is None or s.place in wanted
            ),
            others=tuple(row for row in (*rows, *(row for _, row in moved)) if row["kind"] not in _STATEMENTS),
            holdings=self._holdings(index),
        )  # fmt: skip

    # --- beside the other symbols of the account -----------------------------------------------------

    def _holdings(self, index: int) -> tuple[Holding, ...]:
        seen = self._seen(index)
        return () if seen is None or seen.deciding is None else shared.holdings(seen.deciding, self.symbol)

    def _seen(self, index: int) -> Seen | None:
        """What the decisions of a bar were made from; None in a run of one symbol."""
        return None if self.view.place < 0 else self.evaluation.seen[index]

    def _of_the_event(self, index: int) -> list[tuple[int, dict[str, Any]]]:
        """Every order of all symbols that was decided at the event of a bar, with its statement."""
        if self.view.place < 0:
            return []
        whole, event = self.view.whole, self.view.events[index]
        places = (order_column(whole, "index") == event).nonzero()[0].tolist()
        owners = order_column(whole, "statement")
        return [(int(owners[place]), row_of(self._orders, place)) for place in places]

    def _of_the_account(self, index: int) -> list[tuple[int, dict[str, Any]]]:
        """What the account itself did at the event of a bar, halts and flows, with their statements."""
        if not self.view.account:
            return []
        events, owners = (order_column(self.view.whole, name) for name in ("index", "statement"))
        return [(int(owners[place]), row_of(self._orders, place)) for place in self.view.account
                if events[place] == self.view.events[index]]  # fmt: skip

    def _shared(
        self, answer: StatementAnswer, drawn: StatementSketch, index: int, beside: Sequence[tuple[int, dict[str, Any]]]
    ) -> StatementAnswer:  # fmt: skip
        """With what a statement has where several symbols share the account."""
        seen, holds = self._seen(index), isinstance(drawn.statement, Hold)
        if seen is None or not (holds or isinstance(drawn.statement, Enter)):
            return answer
        rows = [row for _, row in beside]
        turn = shared.turn_of(seen, drawn.place, self.symbol, rows, answer.order)
        if not isinstance(drawn.statement, Hold) or not answer.condition.holds:
            return replace(answer, turn=turn)
        wish = shared.wish_of(seen, drawn.place, float(self.output.bars.close[index]))
        verdict = shared.held_already(wish) if answer.verdict.code == "held" else answer.verdict
        legs = shared.legs_of(self.plan, drawn.place, beside, self._present(index)) if drawn.statement.atomic else ()
        return replace(answer, verdict=verdict, turn=turn, wish=wish, legs=tuple(legs))

    def _present(self, index: int) -> list[str]:
        """The symbols with a bar at the event of a bar of this one."""
        several = self.view.whole.several
        assert several is not None
        events, event = several.panel.events, self.view.events[index]
        members = events.symbol[events.offsets[event] : events.offsets[event + 1]].tolist()
        return [several.panel.symbols[place] for place in members]

    def _statement(
        self, drawn: StatementSketch, index: int, orders: Sequence[tuple[int, Mapping[str, Any]]]
    ) -> StatementAnswer:
        condition = self.part(drawn.condition, index)
        clauses = tuple(Clause(word, self.part(branch, index)) for word, branch in drawn.clauses)
        own = [row for owner, row in orders if owner == drawn.place and row["kind"] in _STATEMENTS]
        others = [row for owner, row in orders if owner != drawn.place or row["kind"] not in _STATEMENTS]
        verdict, order = self._ordered(drawn, index, own)
        if verdict is None:
            verdict = self._idle(drawn, index, condition, clauses, others)
        limits, settled = self._limits(drawn, index, order)
        return StatementAnswer(
            drawn.number, drawn.label, self.line(drawn), verdict, condition, clauses, order, limits, settled,
            rungs=tuple(self._rungs(drawn, index, order)),
        )  # fmt: skip

    def _limits(self, drawn: StatementSketch, index: int, order: Mapping[str, Any] | None) -> Effects:
        """What an order that was weighed, or that leaves, does to each limit, and where its quantity is settled."""
        of_account = self.view.place >= 0 and isinstance(drawn.statement, Flow)  # its order is in no row of one symbol
        if order is None or order["status"] == "conflict" or of_account:
            return NOTHING
        when = index + self.evaluation.books[index].k[LATENCY]  # it is weighed where it arrives
        moments = self.evaluation.deciding.get(when)
        if moments is None:
            return NOTHING
        place = int(order_column(self.output, "statement")[self._row_numbered(order["order"])])
        return moments.effects(by_place(self.plan)[place], place, order["kind"], order["side"])

    def _ordered(
        self, drawn: StatementSketch, index: int, own: Sequence[Mapping[str, Any]]
    ) -> tuple[Verdict | None, Mapping[str, Any] | None]:
        """What a statement ordered on a bar, and the row of that order; None where it ordered nothing."""
        refused = next((row for row in own if row["status"] in story.REFUSED), None)
        if refused is not None:
            return story.of_order(refused), refused
        for place in self._orders_of(drawn):
            before, after = (resting(books[index], place) for books in (self.evaluation.before, self.evaluation.after))
            if after is not None and (after.decided == index or before is None or before.number != after.number):
                moved = before is not None and before.number == after.number
                return story.placed(moved=moved), self._order_numbered(after.number)
        if own:
            return story.of_order(own[0]), own[0]
        return None, None

    def _rungs(self, drawn: StatementSketch, index: int, first: Mapping[str, Any] | None) -> Iterator[Rung]:
        """Of a ladder its orders after the first."""
        if first is None or len(self._orders_of(drawn)) < 2:
            return
        rows, numbers = self.orders_of(index), order_column(self.output, "order")
        decided = dict(zip(numbers[rows].tolist(), order_column(self.output, "statement")[rows].tolist(), strict=True))
        for number in further(self._orders_of(drawn), first["order"], decided, self.evaluation.after[index], index):
            row = self._order_numbered(number)
            yield Rung(row, *self._limits(drawn, index, row))

    def _orders_of(self, drawn: StatementSketch) -> range:
        """The statements of the core whose orders are this one's: several of a ladder."""
        statement = drawn.statement
        return range(drawn.place, drawn.place + (len(statement.rungs) if isinstance(statement, Enter) else 1))

    def _order_numbered(self, number: int) -> dict[str, Any]:
        return self.order(self._row_numbered(number))

    def _row_numbered(self, number: int) -> int:
        return int((order_column(self.output, "order") == number).nonzero()[0][0])

    def _idle(
        self, drawn: StatementSketch, index: int, condition: Part, clauses: Sequence[Clause],
        others: Sequence[Mapping[str, Any]],
    ) -> Verdict:  # fmt: skip
        if self.view.place >= 0 and isinstance(drawn.statement, Flow):
            return story.not_moved()
        first = self.evaluation.first[self._gates[drawn.number]]
        if first < 0 or index < first:
            return story.not_warm(condition, [clause.part for clause in clauses])
        if index < self.output.first:
            return Verdict("before_test", "the bar lies before the period that is tested: it only warms up")
        if not condition.holds:
            return story.not_held(condition)
        books = self.evaluation.books[index]
        if books.k[LATENCY] and not isinstance(drawn.statement, Flow):
            return story.under_way(books.k[LATENCY])
        if isinstance(drawn.statement, Cancel):
            return self._cancelled(drawn, index)
        if isinstance(drawn.statement, Hold):
            return story.not_its_turn(drawn.statement.step, leg_of(books, drawn.place)) or Verdict(
                "held", "its condition held, and what it asks for was held already"
            )
        if isinstance(drawn.statement, Flow):
            return story.not_held(condition)
        resting_now = (resting(self.evaluation.after[index], place) for place in self._orders_of(drawn))
        rest = next((order for order in resting_now if order is not None), None)
        if rest is not None:
            return story.unchanged(rest.number)
        kept = state(books, drawn.place)
        return story.idle(drawn.statement, kept, others, reading(books).position)

    def _cancelled(self, drawn: StatementSketch, index: int) -> Verdict:
        """Which orders that rested a `cancel` ended."""
        assert isinstance(drawn.statement, Cancel)
        ended = []
        for decision in self.evaluation.plan.decisions:
            rested = resting(self.evaluation.before[index], decision.index)
            gone = rested is not None and resting(self.evaluation.after[index], decision.index) is None
            if gone and rested is not None and (decision.action, decision.side) == ("enter", drawn.statement.side):
                row = self._order_numbered(rested.number)
                ended += [rested.number] * ((row["status"], row["reason"]) == ("cancelled", "cancel"))
        return story.cancelled(ended)

    def part(self, branch: Branch, index: int) -> Part:
        """A part with its values on a bar."""
        at, values, held = self._places[id(branch)], self.evaluation.values[index], self.evaluation.held[index]
        value, bool_ = float(values[at.value]), branch.read.type == BOOL
        first = self.warm(branch)
        before = None if at.before < 0 else float(values[at.before])
        parts = tuple(self.part(child, index) for child in branch.children)
        opened = float(values[at.opened]) if at.opened >= 0 else float("nan")
        moment = int(opened) * 1_000_000 if opened == opened else None
        of_now = moment == int(self.output.bars.ts[index])
        return Part(
            text=branch.text,
            name=branch.name,
            role=branch.role,
            unit="" if bool_ else str(branch.node.unit),
            holds=value != 0.0 if bool_ else None,
            value=None if bool_ else value,
            before=before != 0.0 if bool_ and before is not None else before,
            operator=branch.operator,
            gap=_gap(branch, parts),
            warm=0 <= first <= index,
            warm_from=self.time(first),
            last_held=self.time(int(held[at.value])) if bool_ else None,
            timeframe=branch.frame,
            bar_opened=None if opened != opened or (branch.symbol and not branch.frame and of_now) else moment,
            told_above=branch.told,
            parts=parts,
            symbol=branch.symbol,
            across=self._across(branch, index),
        )

    def _across(self, branch: Branch, index: int) -> tuple[OfSymbol, ...]:
        """What a function over all symbols was given of each; of what is itself another symbol's it is one value."""
        if branch.role != ACROSS or not branch.children or branch.children[0].read.kind == OF:
            return ()
        evaluation = cast("SeveralEvaluation", self.evaluation)  # such a function stands in programs of several alone
        every = evaluation.across(self.row(branch.children[0]), index)
        given = zip(every.symbols, every.values.tolist(), every.takes_part.tolist(), strict=True)
        return tuple(OfSymbol(*each) for each in given)

    def time(self, index: int) -> int | None:
        """When a bar opened."""
        return int(self.output.bars.ts[index]) if index >= 0 else None


def _gap(branch: Branch, parts: Sequence[Part]) -> float | None:
    """How far the sides of a comparison or of a cross are apart."""
    if branch.operator not in _GAPS or len(parts) != 2:
        return None
    left, right = (part.value for part in parts)
    if left is None or right is None or left != left or right != right:
        return None
    return abs(left - right)


def _row(rows: dict[int, tuple[int, Node]], node: Node) -> int:
    return rows.setdefault(node.id, (len(rows), node))[0]
