"""`rebalance`, `atomic` and `sequence`: positions to hold, instead of orders to give."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..diagnostics.reports import insert
from ..diagnostics.span import Span
from ..program.nodes import BASE, BOOL, IS_SYMBOL, Binding, Node
from ..program.program import Hold, Sizing
from ..program.units import Unit
from ..syntax import tree
from ..words.vocabulary import ATOMIC_CLAUSES, LATER, LEG_CLAUSES, REBALANCE_CLAUSES, SEQUENCE_CLAUSES
from .arithmetic import pure
from .orders import Orders
from .periods import period
from .symbols import TRADED
from .templates import template
from .values import Poison

_OF_ALL = {"atomic": ATOMIC_CLAUSES, "sequence": SEQUENCE_CLAUSES}
_SHARED = frozenset((*ATOMIC_CLAUSES, *SEQUENCE_CLAUSES))
"""Clauses of an `atomic` or a `sequence`: they are of the whole, and may stand with any leg."""


class Holds:
    """Elaborates the statements that say what is held; `orders` reads the clauses that they share with orders."""

    def __init__(self, orders: Orders) -> None:
        self.orders, self.part, self.scope = orders, orders.part, orders.scope
        self.reports, self.graph = orders.reports, orders.graph
        self.groups = self.sequences = 0

    # --- rebalance ---------------------------------------------------------------------------------

    def rebalance(self, statement: tree.Rebalance, index: int) -> Hold | None:
        group = self._group()
        with self.part.context.within(f"rebalance#{index}", BASE):
            of_all = [clause for clause in statement.clauses if clause.symbol_span is None]
            clauses = self.orders.clauses(of_all, "rebalance", REBALANCE_CLAUSES)
            weights, others, weight = self._weights(statement, clauses)
            band = self._band(clauses.get("band"))
            because = template(self.part, clauses.get("because"), self.scope)
            waits = [node for node in (weight, band) if node is not None]
            if statement.condition is not None:
                when = self.part.condition(statement.condition, self.scope, BASE, "a condition after `when`")
                day, reads = None, (when, *waits)
            else:
                found = period(self.part, statement, self.scope, waits)
                if found is None:
                    return None
                when, day = found
                reads = tuple(waits)  # the first bar on which all of these are known is one of those it is decided on
        if isinstance(when, Poison) or weight is None:
            return None
        joined = [] if statement.condition is None else self.orders.joined(statement.condition, when)
        return Hold(
            index, group, False, "", when, Sizing("fraction", weight), band, self.orders.fill(clauses), because,
            tuple(node for node in reads if isinstance(node, Node)), statement.span, statement.period, day,
            weights=weights, others=others, parts=self.orders.told(joined),
        )  # fmt: skip

    def _weights(
        self, statement: tree.Rebalance, clauses: dict[str, tree.Clause]
    ) -> tuple[tuple[tuple[str, Node], ...], Node | None, Node | None]:
        """Those of one symbol, that of all others, and the one that a book reads: None where a fault was reported."""
        named = self._of_one(statement)
        said, weights = clauses.get("weight"), tuple((symbol, node) for symbol, node in named if node is not None)
        if said is None and not named:
            self._no_weight(statement)
            return (), None, None
        others = None if said is None else self.orders.ratio(said, least=None)
        if len(weights) < len(named) or (said is not None and others is None):
            return weights, others, None
        chosen = self.graph.constant(0.0, Unit.RATIO, statement.span) if others is None else others
        for symbol, node in reversed(weights):
            own = self.graph.node("param", (), (f"{IS_SYMBOL}{symbol}", False), type=BOOL, binding=Binding.PARAM,
                                  clock=None, span=node.span)  # fmt: skip
            chosen = pure(self.graph, "select", (own, node, chosen), statement.span, Unit.RATIO)
        return weights, others, chosen

    def _of_one(self, statement: tree.Rebalance) -> list[tuple[str, Node | None]]:
        """`weight of SPY 60%`, each symbol once."""
        found: dict[str, Node | None] = {}
        for clause in statement.clauses:
            if clause.symbol_span is None:
                continue
            symbol = clause.symbol or f"?{clause.symbol_span.start}"
            if clause.symbol:
                self.part.context.symbols.name(clause.symbol, clause.symbol_span, TRADED)
            node = self.orders.ratio(clause, least=None)
            if symbol in found:
                self.reports.error("E401", f"`weight of {clause.symbol}` is said twice", clause.span,
                                   notes=["one of them would be ignored"])  # fmt: skip
            found.setdefault(symbol, node)
        return list(found.items())

    def _no_weight(self, statement: tree.Rebalance) -> None:
        end = statement.day.span.end if statement.day is not None else statement.period_span.end
        end = statement.condition.span.end if statement.condition is not None else end
        self.reports.error("E805", "`rebalance` does not say what is held", statement.span,
                           fixes=[insert("add a `weight`", statement.span, end, " weight 20%")],
                           help="a share of equity, of each symbol: `rebalance monthly weight 20%`; of one alone: "
                                    "`weight of SPY 60%`")  # fmt: skip

    def _band(self, clause: tree.Clause | None) -> Node | None:
        return None if clause is None else self.orders.ratio(clause, least=0.0)

    def _group(self) -> int:
        self.groups += 1
        return self.groups - 1

    # --- atomic and sequence ---------------------------------------------------------------------------

    def legs(self, statement: tree.Legs, index: int) -> list[Hold]:
        """The legs of an `atomic`, or the instructions of a `sequence`; those that were reported are left out."""
        group, word = self._group(), statement.word
        with self.part.context.within(f"{word}#{index}", BASE):
            said = self.part.condition(statement.condition, self.scope, BASE, "a condition after `when`")
            shared = [c for c in statement.clauses if c.word not in LEG_CLAUSES]
            shared += [c for leg in statement.legs for c in leg.clauses if c.word in _SHARED]
            clauses = self.orders.clauses(shared, word, _OF_ALL[word])
            self._no_size(statement)
            because, fill = template(self.part, clauses.get("because"), self.scope), self.orders.fill(clauses)
            sizes = [self._leg(leg) for leg in statement.legs]
            if word == "sequence":
                when = None if isinstance(said, Poison) else self._begins(said, statement, sizes)
            else:
                self._each_once(statement.legs)
                when = None if isinstance(said, Poison) else self._together(said, statement)
        if when is None or isinstance(said, Poison) or not all(leg.symbol for leg in statement.legs):
            return []
        parts = self.orders.told(self.orders.joined(statement.condition, said))
        made = [
            Hold(index + at, group, True, leg.symbol, when, sizing, None, fill, because,
                 (when, sizing.value), leg.span, leg=leg.word, said=said, parts=parts)
            for at, (leg, sizing) in enumerate(zip(statement.legs, sizes, strict=True)) if sizing is not None
        ]  # fmt: skip
        return self._in_turn(made) if word == "sequence" else made

    def _in_turn(self, legs: Sequence[Hold]) -> list[Hold]:
        """The instructions of a sequence: the first is for the condition, of the others the turn alone counts."""
        self.sequences += 1
        found = []
        for step, leg in enumerate(legs, 1):
            when = leg.when if step == 1 else self.graph.constant(True)
            reads = leg.reads if step == 1 else (leg.sizing.value,)
            found.append(
                replace(leg, atomic=False, when=when, reads=reads, sequence=self.sequences, step=step)
            )
        return found

    def _begins(self, said: Node, statement: tree.Legs, sizes: Sequence[Sizing | None]) -> Node | None:
        """The condition of a sequence, which begins once the sizes of all its instructions are known."""
        first, span = statement.legs[0], statement.condition.span
        when: Node | Poison = said
        for leg, sizing in zip(statement.legs, sizes, strict=True):
            if leg is first or sizing is None or sizing.value.binding is not Binding.SERIES:
                continue
            warm: Node | Poison = self.graph.node("warm", (sizing.value,), type=BOOL, span=span)
            if leg.symbol != first.symbol and isinstance(warm, Node):
                warm = self.part.of(warm, leg.symbol, span, BASE)
                self.part.context.crosses = True
            if isinstance(when, Poison) or isinstance(warm, Poison):
                return None
            when = pure(self.graph, "and", (when, warm), span)
        return when if isinstance(when, Node) else None

    def _together(self, said: Node, statement: tree.Legs) -> Node | None:
        """The condition as every leg reads it: on the bars of the first leg's symbol, at the moment one closes."""
        first, span = statement.legs[0], statement.condition.span
        if self.part.context.symbols.is_only(first.symbol):
            return said
        there = self.part.of(said, first.symbol, span, BASE)
        if isinstance(there, Poison):
            return None
        self.part.context.crosses = True
        fresh = self.graph.node("fresh", (), (first.symbol,), type=BOOL, span=span)
        return pure(self.graph, "and", (fresh, there), span)

    def _leg(self, leg: tree.Leg) -> Sizing | None:
        if leg.symbol:
            self.part.context.symbols.name(leg.symbol, leg.symbol_span, TRADED)
        own = [clause for clause in leg.clauses if clause.word not in _SHARED]
        clauses = self.orders.clauses(own, leg.word, () if leg.word == "flatten" else LEG_CLAUSES)
        if leg.word == "flatten":
            return Sizing("fraction", self.graph.constant(0.0, Unit.RATIO, leg.span))
        if "size" not in clauses:
            if not any(clause.word in LATER for clause in own):
                end = leg.symbol_span.end
                self.reports.error("E805", f"`{leg.word} {leg.symbol}` does not say how much is held", leg.span,
                                   fixes=[insert("add a `size`", leg.span, end, " size 50%")],
                                   help=f"`{leg.word} {leg.symbol} size 50%` is a share of equity")  # fmt: skip
            return None
        sizing = self.orders.sizing(clauses, least=None if leg.word == "hold" else 0.0)
        if sizing is None or leg.word != "sell":
            return sizing
        value = sizing.value
        return Sizing(sizing.kind, pure(self.graph, "neg", (value,), value.span, value.unit))

    def _no_size(self, statement: tree.Legs) -> None:
        """`atomic when c size 50% buy GLD`: each leg has a size of its own."""
        for clause in statement.clauses:
            if clause.word in LEG_CLAUSES:
                self.reports.error("E402", f"`{clause.word}` does not belong to `{statement.word}`", clause.span,
                                   help="each leg says its own: `buy GLD size 50%`")  # fmt: skip

    def _each_once(self, legs: Sequence[tree.Leg]) -> None:
        seen: dict[str, Span] = {}
        for leg in legs:
            if leg.symbol and leg.symbol in seen:
                self.reports.error("E401", f"two legs are of `{leg.symbol}`", leg.span,
                                   help="a leg says all that is held of its symbol")  # fmt: skip
            seen.setdefault(leg.symbol, leg.span)
