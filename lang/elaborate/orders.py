"""`enter` and `exit`: a condition and its clauses, checked together."""

from __future__ import annotations

from collections.abc import Sequence

from ..diagnostics.model import Edit, Fix
from ..diagnostics.reports import insert
from ..diagnostics.span import Span
from ..program.nodes import BASE, Node
from ..program.program import Cancel, Enter, Exit, Sizing
from ..program.units import Unit
from ..syntax import tree
from ..words.amounts import PART, WHOLE
from ..words.vocabulary import ENTER_CLAUSES, EXIT_CLAUSES, FILLS
from . import bare, ladders, lints, magnitudes, order_lints, questions, resting, resting_lints, trend_lints
from .arithmetic import pure
from .counts import whole
from .expressions import Expressions
from .held import expiry
from .levels import levels
from .scope import Scope
from .symbols import TRADED
from .templates import template
from .values import Poison

MOST_SCALE = 10_000
_TWICE = {
    "stop": "a stop that moves says when: `stop 0r after 1r`; another beside it is an exit that rests: `exit … when "
    "true trigger lowest(low, 10)`",
    "target": "a part of the lot leaves at a level of its own: `take 50% at 1r`",
    "trail": "one that is closer later is a stop that moves: `stop 1r after 2r`",
    "expire": "the other as a statement of its own: `exit … when position.bars >= 10`",
}
"""What to write where a clause is wanted twice."""
_AT = ("stop", "trail", "take", "ladder")
"""Clauses that have a level behind `after` or `at`, or a distance behind `step`."""
MOST_LOTS = 100_000
"""Lots that all entries together may hold at once: 20 MB of books, and each fill looks at all that are open."""


class Orders:
    """Elaborates the statements that trade, in source order."""

    def __init__(self, part: Expressions, scope: Scope, guards_exposure: bool) -> None:
        self.part, self.scope, self.guards_exposure = part, scope, guards_exposure
        self.reports, self.graph = part.reports, part.graph
        self.parts: dict[int, list[tuple[tree.Expr, Node]]] = {}  # what `and` joins, by the index of the `enter`

    def enter(self, statement: tree.Enter, index: int) -> Enter | None:
        with self.part.context.within(f"enter#{index}", BASE):
            when = self._when(statement)
            clauses = self.clauses(statement.clauses, "enter", ENTER_CLAUSES)
            sizing = self.sizing(clauses)
            cap = self.ratio(clauses.get("cap"))
            rest, prices = resting.rest(self.part, clauses, statement.side == "long", self.scope)
            made = levels(self.part, statement, clauses, self.scope)
            leaves = expiry(self.part, clauses.get("expire"), self.scope)
            scale = self._scale(clauses.get("scale"))
            ladder = ladders.ladder(self.part, clauses, rest, statement.side == "long", self.scope)
            because = template(self.part, clauses.get("because"), self.scope)
        wait = leaves.wait if leaves else None
        resting_lints.prices(self.part.context, statement.side, prices)
        order_lints.clauses_of(self.part.context, statement, clauses, made.written, prices, wait)
        self._risk_needs(statement, clauses)
        if isinstance(when, Poison) or sizing is None:
            return None
        parts = self.parts[index] = self.joined(statement.condition, when)
        trend_lints.against_the_trend(self.part.context, statement, parts)
        reads = (when, sizing.value, *([cap] if cap else []), *made.nodes, *([wait] if wait else []),
                 *(rest.nodes if rest else ()), *(ladder.nodes if ladder else ()))  # fmt: skip
        return Enter(
            index, statement.side, when, sizing, cap, made.stop, made.target, made.trail, wait,
            leaves.kind if leaves else "", scale, self.fill(clauses), because, reads, statement.span,
            self.told(parts), rest, made.takes, made.moves, made.trail_after,
            leaves.at if leaves else "", self._symbol(statement), ladder, made.trail_from_fill,
        )  # fmt: skip

    def exit(self, statement: tree.Exit, index: int) -> Exit | None:
        with self.part.context.within(f"exit#{index}", BASE):
            when = self._when(statement)
            clauses = self.clauses(statement.clauses, "exit", EXIT_CLAUSES)
            sizing = self.sizing(clauses) if "size" in clauses else None
            rest, prices = resting.rest(self.part, clauses, statement.side == "short", self.scope)
            because = template(self.part, clauses.get("because"), self.scope)
        once = "once" in clauses
        resting_lints.prices(self.part.context, "short" if statement.side == "long" else "long", prices)
        if isinstance(when, Poison):
            return None
        if "size" in clauses and not once and not lints.is_event(when) and not questions.inside(when):
            self.reports.error(
                "E406", "a partial exit would repeat on every bar on which its condition holds", clauses["size"].span,
                help="add `once` (once per position), or use an event such as `cross_below` as its condition",
                fixes=[insert("append `once`", statement.span, statement.span.end, " once")],
            )  # fmt: skip
        reads = (when, *([sizing.value] if sizing else []), *(rest.nodes if rest else ()))
        return Exit(index, statement.side, when, sizing, once, self.fill(clauses), because, reads, statement.span,
                    rest, self._symbol(statement))  # fmt: skip

    def cancel(self, statement: tree.Cancel, index: int) -> Cancel | None:
        with self.part.context.within(f"cancel#{index}", BASE):
            when = self._when(statement)
        symbol = self._symbol(statement)
        if isinstance(when, Poison):
            return None
        return Cancel(index, statement.side, when, (when,), statement.span, symbol)

    def _symbol(self, statement: tree.Enter | tree.Exit | tree.Cancel) -> str:
        """The symbol that a statement is for, "" for each."""
        if statement.symbol and statement.symbol_span is not None:
            self.part.context.symbols.name(statement.symbol, statement.symbol_span, TRADED)
        return statement.symbol

    # --- the condition -----------------------------------------------------------------------------

    def _when(self, statement: tree.Enter | tree.Exit | tree.Cancel) -> Node | Poison:
        when = self.part.condition(statement.condition, self.scope, BASE, "a condition after `when`")
        if isinstance(when, Node):
            lints.clock_time_in_order(self.reports, statement, when, self.part.context)
        return when

    def told(self, parts: list[tuple[tree.Expr, Node]]) -> tuple[tuple[str, Node], ...]:
        """Parts of a condition by what is written of them."""
        return tuple((self.part.context.text(expr.span), node) for expr, node in parts)

    def joined(self, condition: tree.Expr, when: Node) -> list[tuple[tree.Expr, Node]]:
        """What `and` joins in a condition, as written; a name that stands for such a condition is opened."""
        found: list[tuple[tree.Expr, Node]] = []
        stack = [(condition, self.scope)]
        while stack:
            expr, scope = stack.pop()
            held = self.part.held(expr, scope)
            if held is not None and isinstance(held[1], tree.Let) and _joins(held[1].value):
                stack.append((held[1].value, held[0]))
            elif isinstance(expr, tree.Binary) and expr.operator == "and":
                stack.extend([(expr.right, scope), (expr.left, scope)])
            else:
                found.append((expr, self.part.context.joined.get(expr.span, when)))
        return found

    # --- clauses -----------------------------------------------------------------------------------

    def clauses(self, said: Sequence[tree.Clause], word: str, allowed: tuple[str, ...]) -> dict[str, tree.Clause]:
        """The clauses of a `word` that are said once; those that may be several stay with the statement."""
        found: dict[str, tree.Clause] = {}
        for clause in said:
            if clause.word not in allowed:
                resting_lints.no_clause(self.reports, clause, word, allowed)
            elif clause.at is not None and clause.word not in _AT:
                self.reports.error("E402", f"`after` does not belong to `{clause.word}`", clause.span,
                                   help="`stop 0r after 1r`, `trail 2% after 1r` begin to work at a level")  # fmt: skip
            elif clause.word == "take" or (clause.word == "stop" and clause.at is not None):
                continue
            elif clause.word in found:
                self.reports.error("E401", f"`{clause.word}` is said twice", clause.span,
                                   notes=["one of them would be ignored"],
                                   help=_TWICE.get(clause.word, ""))  # fmt: skip
            else:
                found[clause.word] = clause
        return found

    def sizing(self, clauses: dict[str, tree.Clause], least: float | None = 0.0) -> Sizing | None:
        """How much, as `size` or `risk` says, above `least`; None where it was reported."""
        said = [word for word in ("size", "risk", "volatility") if word in clauses]
        if len(said) > 1:
            self.reports.error("E401", f"`{said[0]}` and `{said[1]}` both say how much", clauses[said[1]].span,
                               help="keep one; `cap` bounds either")  # fmt: skip
        if "risk" in clauses:
            ratio = self.ratio(clauses["risk"])
            return Sizing("risk", ratio) if ratio else None
        if "volatility" in clauses:
            return self._by_volatility(clauses["volatility"])
        if "size" not in clauses:
            return Sizing("fraction", self.graph.constant(1.0, Unit.RATIO))
        clause = clauses["size"]
        assert clause.value is not None
        node = self.part.number(clause.value, self.scope, BASE, "how much after `size`", questions.size(clause.unit))
        if isinstance(node, Poison):
            return None
        if least is not None and self._below(clause, node, "size", least):
            return None
        if clause.unit:
            magnitudes.thousands(self.reports, clause.value.span, self.part.context.text(clause.value.span))
            return Sizing(clause.unit, node)
        if self.part.context.unit(node) is Unit.RATIO:
            return Sizing("fraction", node)
        self._bare_size(clause, node)
        return None

    def _by_volatility(self, clause: tree.Clause) -> Sizing | None:
        """The share of equity whose volatility of a year is what is said, with that of the last 20 bars."""
        wanted, found = self.ratio(clause), self.part.of_library("annual_volatility", clause.span)
        if wanted is None or not isinstance(found, Node):
            return None
        return Sizing("fraction", pure(self.graph, "div", (wanted, found), clause.span, Unit.RATIO))

    def _below(self, clause: tree.Clause, node: Node, what: str, least: float) -> bool:
        """Whether an amount known now is not above `least`; reported."""
        value = node.data[0] if node.kind == "const" else None
        if not isinstance(value, float) or value > least or clause.value is None:
            return False
        self.reports.error("E415", f"`{what}` must be above {least:g}, found {value:g}", clause.value.span,
                           help="it would never act" if what == "size" else "")  # fmt: skip
        return True

    def _bare_size(self, clause: tree.Clause, node: Node) -> None:
        assert clause.value is not None
        end = clause.value.span.end
        fixes = [insert(f"append `{unit}`", clause.span, end, f" {unit}") for unit in ("units", "cash")]
        fixes = bare.as_share(self.part.context, clause.value) + fixes + bare.readings(clause.value, most=WHOLE)
        self.reports.error(
            "E403", f"`size` does not say of what: found {self.part.context.unit(node).noun}", clause.value.span,
            fixes=fixes, help="write a share of equity (`size 50%`), a number of units (`size 10 units`) "
            "or money (`size 5000 cash`)",
        )  # fmt: skip

    def ratio(self, clause: tree.Clause | None, least: float | None = 0.0) -> Node | None:
        """The share of equity that a clause says, above `least`; None where it says none, which is reported."""
        if clause is None or clause.value is None:
            return None
        what = f"a share of equity after `{clause.word}`"
        node = self.part.number(clause.value, self.scope, BASE, what, questions.EQUITY)
        if isinstance(node, Poison):
            return None
        if self.part.context.unit(node) is Unit.RATIO:
            return None if least is not None and self._below(clause, node, clause.word, least) else node
        found = self.part.context.unit(node)
        meant = bare.readings(clause.value, most=WHOLE if clause.word in ("cap", "weight") else PART)
        made = found is Unit.PLAIN and not meant and clause.word == "weight"
        self.reports.error("E404", f"`{clause.word}` takes a share of equity, found {found.noun}", clause.value.span,
                           fixes=meant, help=f"for example `{clause.word} 1%`" + "; a number becomes a share as "
                           "`100% * x / total(x)`" * made)  # fmt: skip
        return None

    def _scale(self, clause: tree.Clause | None) -> int:
        if clause is None or clause.value is None:
            return 0
        count = whole(self.part, clause.value, self.scope, "a whole number after `scale`", 0, MOST_SCALE)
        if count is None:
            self.reports.error("E409", f"`scale` takes a whole number from 0 to {MOST_SCALE:,}, written as a number",
                               clause.value.span, help="`scale 2` allows two further lots")  # fmt: skip
        return count if isinstance(count, int) else 0

    def lots_fit(self, enters: Sequence[Enter]) -> None:
        """The books have room for so many lots as all statements together may hold."""
        lots = sum(len(enter.rungs) * (enter.scale + 1) for enter in enters)
        if lots > MOST_LOTS:
            widest = max(enters, key=lambda enter: enter.scale)
            message = f"the entries may hold {lots:,} lots at once, more than {MOST_LOTS:,}"
            self.reports.error("E409", message, widest.span, help="allow fewer by `scale`: each statement has its own")

    def fill(self, clauses: dict[str, tree.Clause]) -> str:
        """The policy of a `fill` clause, "" where there is none."""
        clause = clauses.get("fill")
        if clause is None:
            return ""
        name = clause.value.name if isinstance(clause.value, tree.Name) else ""
        if name not in FILLS and not isinstance(clause.value, tree.Hole):
            self.reports.error("E410", f"`fill` is one of {' or '.join(FILLS)}", clause.span)
        return name

    def _risk_needs(self, statement: tree.Enter, clauses: dict[str, tree.Clause]) -> None:
        """`risk` divides by the distance to the stop, and needs room above 100 % of equity (semantics 22).

        So does `volatility` of a quiet symbol, but where `cap` bounds it.
        """
        word = next((word for word in ("risk", "volatility") if word in clauses), "")
        if not word:
            return
        span = clauses[word].span
        if word == "volatility" and "cap" in clauses:
            return
        trail = clauses.get("trail")
        if word == "risk" and "stop" not in clauses and (trail is None or trail.at is not None):
            later = [] if trail is None else ["`trail … after` begins later: until then nothing limits the loss"]
            self.reports.error("E405", "`risk` needs a `stop` or a `trail`: it is what is lost if that is hit", span,
                               notes=later, fixes=[_append(statement.span, "\n  stop 2 * atr(14)")])  # fmt: skip
        if not self.guards_exposure:
            cut = "risk" if word == "risk" else "size"
            self.reports.error(
                "E411", f"`{word}` needs a written `guard exposure`", span,
                notes=[f"without one the exposure is held to 100 % of equity, which would cut the {cut} in silence"],
                help="say how much exposure is allowed, for example `guard exposure 300%`",
                fixes=[_append(statement.span, "\n\nguard exposure 300%")],
            )  # fmt: skip


def _joins(expr: tree.Expr) -> bool:
    return isinstance(expr, tree.Binary) and expr.operator == "and"


def _append(span: Span, text: str) -> Fix:
    return Fix(f"append `{text.strip()}`", (Edit(Span(span.source, span.end, span.end), text),), safe=False)
