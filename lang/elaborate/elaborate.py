"""A tree to a typed program: the statements, in order.

Definitions are collected first (their order in the text means nothing), then
every statement is elaborated on the base clock. Faults are collected, not
thrown: one run reports them all.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ..diagnostics.model import Diagnostic, Note
from ..diagnostics.reports import Reports, replace
from ..diagnostics.span import Span
from ..diagnostics.suggest import nearest
from ..program.crossings import levels
from ..program.nodes import BASE, Binding, Graph, Node
from ..program.program import Alert, Cancel, Emit, Enter, Exit, Flow, Guard, Hold, Param, Plot, Program, Require
from ..program.program import Value as Exported
from ..program.tests import Test
from ..program.timeframe import Timeframe
from ..program.units import Unit
from ..resolve.definitions import Resolution, Space
from ..syntax import tree
from ..words.amounts import LEVERAGED, PART, WHOLE
from ..words.registry import STANDARD, Registry
from ..words.vocabulary import COUNTS, GAUGES, GUARD_ACTIONS, GUARDS, NO_GUARD, REDUCIBLE
from . import (
    bare,
    beginnings,
    gauges,
    guard_lints,
    order_lints,
    portfolio_lints,
    questions,
    symbols,
    testing,
    unreached,
)
from .assume import Assumed, assumptions
from .context import Context, Limits
from .expressions import Expressions
from .flows import flow, of_the_account
from .holds import Holds
from .orders import Orders
from .params import declare
from .ranges import bounds
from .sampling import written
from .scope import Given, Scope
from .symbols import heading
from .templates import of_text
from .values import Namespace, Poison, Record, TextValue, Value

VERSION = 1
_HEADINGS = (tree.Version, tree.Strategy, tree.On, tree.Universe, tree.Watch, tree.Assume, tree.Guard, tree.Prefer)
"""Statements that say nothing by themselves."""


@dataclass(frozen=True, slots=True)
class Elaborated:
    """What became of a tree: its program, None where it has a fault; all that is said; the texts spans point into."""

    program: Program | None
    diagnostics: tuple[Diagnostic, ...]
    sources: Mapping[str, str]


def elaborate(
    module: tree.Module,
    resolution: Resolution,
    sources: Mapping[str, str],
    said: Iterable[Diagnostic] = (),
    *,
    timezone: str | None = None,
    limits: Limits | None = None,
    registry: Registry = STANDARD,
    look: Callable[[], None] | None = None,
    seen: dict[Span, Value] | None = None,
) -> Elaborated:
    """The typed program of `module` and everything that is said of it, in the order of the text.

    resolution: the names of the module, bound.
    said: what was said while the text was read; with an error in it there is no program.
    timezone: the calendar zone, where the host overrides the program's own.
    registry: what there is without the text; its names were bound by the same. look: asked now and then whether to go
        on; what it raises ends this.
    seen: takes what each expression of the text was first found to stand for, by where it is written.
    """
    reports = Reports()
    reports.extend(said)
    reports.extend(resolution.diagnostics)
    limits = limits or Limits()
    symbols = heading(module, reports)
    assumed = assumptions(module, resolution, reports, symbols)
    context = Context(
        Graph(limits.nodes), reports, dict(sources), {module.span.source: resolution}, _timeframe(module, reports),
        timezone or assumed.of_all.get("timezone", "UTC"), limits, registry, look, symbols=symbols, seen=seen,
    )  # fmt: skip
    program = None
    try:
        program = _Statements(context, module, resolution, assumed).program()
    except OverflowError:
        reports.error("E604", f"the program has more than {limits.nodes} values", module.span,
                      help="split it, or name what is repeated with `let`")  # fmt: skip
    except RecursionError:  # the host's own stack was nearly full: the levels that fit are fewer than the limit
        reports.error("E601", "the program nests too deeply to be read from here", module.span,
                      help="name parts of it with `let`")  # fmt: skip
    for hole in module.holes:
        reports.add(context.questions.asked(hole))
    return Elaborated(None if reports.failed or module.holes else program, reports.all(), context.sources)


def _timeframe(module: tree.Module, reports: Reports) -> Timeframe | None:
    for statement in module.statements:
        if isinstance(statement, (tree.On, tree.Universe)) and isinstance(statement.timeframe, tree.Number):
            if statement.timeframe.suffix in ("s", "m", "h", "d", "w", "mo"):
                return written(reports, statement.timeframe)
            reports.error("E301", "expected a timeframe such as `15m`", statement.timeframe.span)
    return None


_SAID_ONCE = (
    (tree.Strategy, "strategy"), (tree.On, "on"), (tree.Universe, "universe"), (tree.Version, "stratagem"),
    (tree.Prefer, "prefer"),
)  # fmt: skip


def of_what(statement: tree.Guard) -> str:
    return f" of {statement.of}" if statement.of else ""


def _name_of(statement: tree.Statement) -> tuple[object, ...]:
    """What may be said once only of its kind: a guard with its action, a signal, a plot. Of a guard with arguments that
    is known once these are read."""
    fields = ("name", "action", "of", "until", "called")
    named = [getattr(statement, field) for field in fields if hasattr(statement, field)]
    return (type(statement), *named)


class _Statements:
    """Elaborates one module."""

    def __init__(self, context: Context, module: tree.Module, resolution: Resolution, assumed: Assumed) -> None:
        self.context, self.module, self.resolution, self.assumed = context, module, resolution, assumed
        self.reports = context.reports
        self.part = Expressions(context)
        self.scope = Scope("", resolution.program)
        self.shown: dict[str, Plot] = {}
        self.preferred: Node | None = None
        self.defaults: dict[str, float | bool] = {}
        self.flows: list[Flow] = []
        self.tests: tuple[Test, ...] = ()
        self.by_kind: dict[type[Any], list[Any]] = {}
        self.firsts: dict[tuple[object, ...], Any] = {}
        self.read: dict[tuple[object, ...], tree.Guard] = {}  # of guards whose reading is a series
        for statement in module.statements:
            self.by_kind.setdefault(type(statement), []).append(statement)
            self.firsts.setdefault(_name_of(statement), statement)

    def program(self) -> Program:
        self._only_once()
        params = self._definitions()
        lets = self._lets()
        guards = tuple(filter(None, (self._guard(s) for s in self._all(tree.Guard))))
        enters, exits, cancels, holds = self._orders(guards)
        title = next((s.title for s in self._all(tree.Strategy)), "")
        symbols = self.context.symbols
        program = Program(
            title=title,
            source_hash=hashlib.sha256(self.context.sources.get(self.module.span.source, "").encode()).hexdigest(),
            symbols=symbols.traded,
            timeframe=self.context.timeframe,
            assumptions=self.assumed.of_all,
            params=params,
            requires=tuple(filter(None, (self._require(s) for s in self._all(tree.Require)))),
            enters=enters,
            exits=exits,
            guards=guards,
            plots=tuple(filter(None, (self._plot(s) for s in self._all(tree.Plot)))),
            emits=tuple(filter(None, (self._emit(s) for s in self._all(tree.Emit)))),
            alerts=tuple(filter(None, (self._alert(i, s) for i, s in enumerate(self._all(tree.Alert))))),
            lets=lets,
            cells=self.context.cells,
            diagnostics=self._finished(),
            sources=self.context.sources,
            named=self.context.named,
            cancels=cancels,
            watches=symbols.watched,
            universe=symbols.universe,
            prefer=self.preferred,
            holds=holds,
            assumed=self.assumed.of_one,
            crosses=self.context.crosses,
            flows=tuple(self.flows),
            calls=self.context.library_calls,
            tests=self.tests,
        )
        of_the_account(self.reports, program)
        return program

    def _all(self, kind: type[Any]) -> list[Any]:
        return self.by_kind.get(kind, [])

    # --- definitions ---------------------------------------------------------------------------

    def _only_once(self) -> None:
        for kind, word in _SAID_ONCE:
            for repeated in self._all(kind)[1:]:
                self.reports.error("E401", f"`{word}` is said twice", repeated.span)
        for version in self._all(tree.Version):
            if version.number not in (VERSION, None):
                self.reports.error("E902", f"version {version.number} of the language is not known here", version.span,
                                   help=f"this release speaks `stratagem {VERSION}`")  # fmt: skip

    def _definitions(self) -> tuple[Param, ...]:
        params: list[Param] = []
        for statement in self.module.statements:
            if isinstance(statement, tree.Param):
                declared = declare(self.part, statement, Scope("", Space()))
                hole = statement.default if isinstance(statement.default, tree.Hole) else None
                self.scope.names[statement.name] = Given(declared[1] if declared else Poison(hole))
                params.extend([declared[0]] if declared else [])
                self.defaults |= {declared[0].name: declared[0].default} if declared else {}
            elif isinstance(statement, (tree.Let, tree.State)):
                self.scope.names.setdefault(statement.name, statement)
        return tuple(params)

    def _lets(self) -> dict[str, Exported]:
        found: dict[str, Exported] = {}
        for statement in self.module.statements:
            if not isinstance(statement, (tree.Let, tree.State)):
                continue
            if self.scope.names.get(statement.name) is not statement:  # of two of one name: for its own faults
                self.part.read_alone(statement, self.scope)
                continue
            value = self.part.defined(statement.name, self.scope, statement, BASE, statement.name_span)
            exported = _exported(value)
            if exported is not None:
                found[statement.name] = exported
        return found

    def _every_body(self) -> None:
        """What no call has read of the functions, for its own faults: with arguments of which nothing is known."""
        with self.context.apart():
            for definition in self.resolution.program.functions.values():
                self.part.read_body(definition, self.scope)

    # --- statements ------------------------------------------------------------------------------

    def _orders(
        self, guards: Sequence[Guard]
    ) -> tuple[tuple[Enter, ...], tuple[Exit, ...], tuple[Cancel, ...], tuple[Hold, ...]]:
        named = [statement.name for statement in self._all(tree.Guard) if not statement.of]
        guarded = any(name in ("exposure", "leverage") or name not in GUARDS for name in named)
        guarded |= any(statement.name in ("margin", "leverage") for statement in self._all(tree.Assume))
        guarded |= not self.resolution.whole
        orders = Orders(self.part, self.scope, guarded)
        enters: list[Enter] = []
        exits: list[Exit] = []
        cancels: list[Cancel] = []
        made, held = Holds(orders), list[Hold]()
        index = 0
        for statement in self.module.statements:
            if isinstance(statement, tree.Enter):
                enters.extend(filter(None, [orders.enter(statement, index)]))
            elif isinstance(statement, tree.Exit):
                exits.extend(filter(None, [orders.exit(statement, index)]))
            elif isinstance(statement, tree.Cancel):
                cancels.extend(filter(None, [orders.cancel(statement, index)]))
            elif isinstance(statement, tree.Flow):
                self.context.of_account = bool(self._held() or self._all(tree.Prefer) or self.assumed.of_one)
                self.flows.extend(filter(None, [flow(self.part, self.scope, statement, index)]))
                self.context.of_account = False
            elif isinstance(statement, tree.Rebalance):
                held.extend(filter(None, [made.rebalance(statement, index)]))
            elif isinstance(statement, tree.Legs):
                held.extend(made.legs(statement, index))
                index += len(statement.legs) - 1
            else:
                continue
            index += 1
        orders.lots_fit(enters)
        self.preferred = self._prefer()
        if self.resolution.whole:
            if not self._held():  # what is held is left by the statement that holds it
                self._entries_have_exits()
            self._something_to_cancel()
            self._something_to_do()
            fill = self.assumed.of_all.get("fill", "")
            order_lints.exits_too_early(self.context, enters, exits, fill)
            if len(enters) == len(self._all(tree.Enter)) and not self._held():  # one not understood may be the first
                beginnings.entries_begin(self.context, enters, orders.parts)
            beginnings.sides_differ(self.reports, enters)
            if not self._held():
                sized = {s.span for s in self._all(tree.Enter) if any(c.word in ("size", "cap") for c in s.clauses)}
                unreached.report(self.context, enters, exits, guards, self.assumed.of_all, sized)
            portfolio_lints.report(
                self.context, self.module, enters, held, guards, self.defaults, self.assumed.of_all
            )
        return tuple(enters), tuple(exits), tuple(cancels), tuple(held)

    def _held(self) -> list[Any]:
        """The statements that say what is held."""
        return self._all(tree.Rebalance) + self._all(tree.Legs)

    def _prefer(self) -> Node | None:
        for statement in self._all(tree.Prefer)[:1]:
            node = self.part.number(statement.value, self.scope, BASE, "a number after `prefer`", questions.SERIES)
            if isinstance(node, Node) and node.binding < Binding.SERIES:
                self.reports.error("E804", "this is the same for every symbol: none is preferred", statement.value.span,
                                   help="for example `prefer close / close[20]`: the larger goes first")  # fmt: skip
                return None
            return node if isinstance(node, Node) else None
        return None

    def _something_to_cancel(self) -> None:
        """`cancel` ends entries that rest; market orders are none of its affair."""
        resting = [s for s in self._all(tree.Enter) if {c.word for c in s.clauses} & {"limit", "trigger"}]
        for statement in self._all(tree.Cancel):
            if not any(s.side == statement.side and _meet(s, statement) for s in resting):
                self.reports.warning(
                    "W604", f"there is nothing to cancel: no `enter {statement.side}` rests", statement.span,
                    help="an entry rests where it has a `limit` or a `trigger`; to leave a position is `exit`",
                )  # fmt: skip

    def _something_to_do(self) -> None:
        """Whether anything is to be tested: a heading alone, or exits without an entry, run without a word else."""
        if self._all(tree.Enter) or self._held():
            return
        exits = self._all(tree.Exit)
        if exits:
            self.reports.warning("W603", "nothing is ever entered: there is no `enter`", exits[0].span,
                                 help=f"add `enter {exits[0].side} when …`")  # fmt: skip
        elif all(isinstance(statement, _HEADINGS) for statement in self.module.statements):
            self.reports.warning("W602", "there is nothing to run: nothing is entered, and nothing shown",
                                 self.module.span, help="add `enter long when …`, or a `plot`")  # fmt: skip

    def _entries_have_exits(self) -> None:
        for statement in self._all(tree.Enter):
            other = "short" if statement.side == "long" else "long"
            left = any(s.side == statement.side and _covers(s, statement) for s in self._all(tree.Exit))
            turned = any(s.side == other and _covers(s, statement) for s in self._all(tree.Enter))
            if left or turned:
                continue
            leaves = [c for c in statement.clauses if c.word in ("stop", "target", "take", "trail", "expire")]
            later = [c for c in leaves if c.word in ("stop", "trail") and c.at is not None]
            takes = [c for c in leaves if c.word == "take"]
            if later and len(later) + len(takes) == len(leaves):
                self.reports.warning(
                    "W601", f"nothing closes this {statement.side} position before the price has touched a level",
                    later[0].span, help="a lot that never gains is held: add a first stop beside it, `stop 2%`",
                )  # fmt: skip
            elif leaves and len(takes) == len(leaves) and _share(takes) < 1.0:
                self.reports.warning(
                    "W601", f"nothing closes what is left of this {statement.side} position", takes[-1].span,
                    help="a `take` is a part of the lot: the rest leaves by a `stop`, `target`, `expire` or an `exit`",
                )  # fmt: skip
            elif leaves and all(c.word == "stop" and c.at is None for c in leaves):
                self.reports.hint(
                    "W605", f"this {statement.side} position is left by its stop alone", leaves[0].span,
                    notes=["it is held, whatever it has gained, until it has lost that much"],
                    help=f"when is a gain taken? `exit {statement.side} when …`, a `target`, a `trail` or `expire`",
                )  # fmt: skip
            if not leaves:
                self.reports.warning(
                    "W601", f"nothing ever closes this {statement.side} position", statement.span,
                    help=f"add `exit {statement.side} when …`, a stop, a target or `expire`",
                )  # fmt: skip

    def _guard(self, statement: tree.Guard) -> Guard | None:
        name = statement.name
        if name not in GUARDS:
            close = nearest(name, GUARDS)
            fixes = [replace(f"replace with `{close}`", statement.name_span, close)] if close else []
            said = NO_GUARD.get(name, "")
            self.reports.error(
                "E413", f"there is no guard named `{name}`", statement.name_span, fixes=[] if said else fixes,
                help=said, notes=["the guards are " + ", ".join(GUARDS)],
            )  # fmt: skip
            return None
        if self.firsts[_name_of(statement)] is not statement:
            self.reports.error("E401", f"`guard {name}` is said twice{of_what(statement)}", statement.span,
                               help="keep the tighter of the two")  # fmt: skip
            return None
        if statement.action not in GUARD_ACTIONS:
            self.reports.error("E413", f"a guard can {', '.join(GUARD_ACTIONS)}", statement.span)
            return None
        if not (guard_lints.reset(self.reports, statement) and guard_lints.arguments(self.reports, statement)):
            return None
        if statement.of and not guard_lints.group(self.reports, statement, self.context.symbols):
            return None
        what = f"the limit of `guard {name}`"
        node = self.part.number(statement.threshold, self.scope, BASE, what, questions.of_unit(GUARDS[name]))
        if isinstance(node, Poison):
            return None
        return self._guard_checked(statement, node)

    def _guard_checked(self, statement: tree.Guard, node: Node) -> Guard | None:
        if node.binding is Binding.SERIES:
            self.reports.error(
                "E414", "the limit of a guard is a constant or a parameter", statement.threshold.span,
                notes=["what changes from bar to bar can be loosened by what it should guard"],
            )  # fmt: skip
            return None
        expected = GUARDS[statement.name]
        if node.unit is not expected and not (expected is Unit.PLAIN and node.unit is Unit.BARS):
            self._guard_unit(statement, node, expected)
            return None
        if not self._guard_acts(statement, node):
            return None
        reading = gauges.reading(self.part, statement, self.scope) if statement.name in GAUGES else None
        if statement.name in GAUGES and (reading is None or not self._read_once(statement, reading)):
            return None
        of = "" if self.context.symbols.is_only(statement.of) else statement.of
        read_as = " ".join(self.context.text(statement.called).split()) if statement.called else ""
        read_as = read_as.replace("( ", "(").replace(" )", ")")
        return Guard(statement.name, node, statement.action, statement.span, of, statement.until, reading, read_as)

    def _read_once(self, statement: tree.Guard, reading: Node) -> bool:
        """Whether no guard before has the reading, the action and the reset of this one."""
        said = (statement.name, statement.action, statement.until, reading.id)
        if self.read.setdefault(said, statement) is statement:
            return True
        self.reports.error("E401", f"`guard {statement.name}` is said twice", statement.span,
                           help="keep the tighter of the two")  # fmt: skip
        return False

    def _guard_unit(self, statement: tree.Guard, node: Node, expected: Unit) -> None:
        """A limit in another unit: a bare number may be a percentage, or where it is none a sum of money."""
        share = expected is Unit.RATIO
        most = {"exposure": LEVERAGED, "position": WHOLE}.get(statement.name, PART)
        meant = bare.readings(statement.threshold, most=most) if share else []
        money = share and not meant and node.unit in (Unit.PLAIN, Unit.MONEY)
        self.reports.error(
            "E404", f"the limit of `guard {statement.name}` is a {expected}, found {node.unit.noun}",
            statement.threshold.span, fixes=meant,
            help=f"for example `guard {statement.name} {'20%' if share else '3'}`"
            + "; a sum of money is written as its share of equity: 500 of 100_000 are `0.5%`" * money,
        )  # fmt: skip

    def _guard_acts(self, statement: tree.Guard, node: Node) -> bool:
        """Whether the limit can be one, and the action can be taken for it."""
        missing = node.kind == "const" and node.data[0] != node.data[0]
        if missing or bounds(node, self.context.param_ranges)[1] < 0.0:
            found = "a missing one" if missing else "one below 0"
            self.reports.error("E206", f"the limit of a guard is 0 or more, found {found}", statement.threshold.span,
                               help=f"a loss counts upward; for example `guard {statement.name} "
                                    f"{'20%' if node.unit is Unit.RATIO else '3'}`")  # fmt: skip
            return False
        limit = node.data[0] if node.kind == "const" else None
        if statement.name in COUNTS and isinstance(limit, float) and not limit.is_integer():
            self.reports.error("E204", f"the limit of `guard {statement.name}` must be a whole number, found {limit:g}",
                               statement.threshold.span,
                               help=f"it counts; for example `guard {statement.name} 3`")  # fmt: skip
            return False
        if statement.action == "reduce" and statement.name not in REDUCIBLE:
            self.reports.error("E413", f"`guard {statement.name}` cannot reduce", statement.span,
                               notes=[f"only {', '.join(REDUCIBLE)} fall when a part is closed"],
                               help="write `then flatten` or `then halt`")  # fmt: skip
            return False
        guard_lints.limit(self.reports, statement, node, self.assumed.of_all)
        return True

    def _require(self, statement: tree.Require) -> Require | None:
        node = self.part.condition(statement.condition, self.scope, BASE, "a condition after `require`")
        if isinstance(node, Poison):
            return None
        if node.binding is Binding.SERIES and not questions.stands_in(node):
            self.reports.error(
                "E205", "`require` is checked once, before the run: it may only read parameters",
                statement.condition.span, help="put a condition on prices into `enter … when`",
            )  # fmt: skip
            return None
        return Require(node, self.context.text(statement.condition.span), statement.span)

    def _plot(self, statement: tree.Plot) -> Plot | None:
        value = self.part.value(statement.value, self.scope, BASE)
        if isinstance(value, Poison) and value.hole is not None:
            self.context.questions.wants(value.hole, questions.SERIES)
        if not isinstance(value, Node):
            if not isinstance(value, Poison):
                self.reports.error("E201", "expected a number or a condition after `plot`", statement.value.span,
                                   help="plot one field of a record: `.name`")  # fmt: skip
            return None
        title = statement.title or self.context.text(statement.value.span)
        plot = Plot(title, value, statement.span, bool(statement.title))
        self._shown_once(plot)
        return plot

    def _shown_once(self, plot: Plot) -> None:
        """A result tells what it shows by name, so a title stands for one plot, and for no signal."""
        first = self.shown.setdefault(plot.title, plot)
        if first is not plot:
            self.reports.error("E103", f"`{plot.title}` is plotted twice", plot.span,
                               notes=[Note("the first is here", first.span)],
                               help='give it a title of its own: `plot … as "…"`')  # fmt: skip
        emit = self.firsts.get((tree.Emit, plot.title))
        if emit is not None:
            self.reports.error("E103", f"`{plot.title}` is plotted and emitted", plot.span,
                               notes=[Note("the signal is here", emit.name_span)],
                               help='give the plot a title of its own: `plot … as "…"`')  # fmt: skip

    def _emit(self, statement: tree.Emit) -> Emit | None:
        if self.firsts[_name_of(statement)] is not statement:
            self.reports.error("E103", f"`{statement.name}` is emitted twice", statement.name_span)
        node = self.part.condition(statement.condition, self.scope, BASE, "a condition after `when`")
        return None if isinstance(node, Poison) else Emit(statement.name, node, statement.span)

    def _alert(self, index: int, statement: tree.Alert) -> Alert | None:
        node = self.part.condition(statement.condition, self.scope, BASE, "a condition after `when`")
        text = statement.message or tree.Text((self.context.text(statement.condition.span),), statement.span)
        message = of_text(self.part, text, self.scope)
        worded = statement.message is not None
        return None if isinstance(node, Poison) else Alert(index, node, message, statement.span, worded)

    # --- the end -----------------------------------------------------------------------------------

    def _finished(self) -> tuple[Diagnostic, ...]:
        # what was not understood may have meant a parameter, as the answer to a question may
        if self.resolution.whole and self.resolution.known and all(hole.role for hole in self.module.holes):
            self._unused()
        self._every_body()
        self.tests = testing.tests(self.part, self.scope, self.resolution, self._all(tree.Test))
        symbols.known(self.context.symbols, self.module, self.reports)
        self._no_circle()
        return self.reports.all()

    def _no_circle(self) -> None:
        """No value needs its own past by way of other symbols."""
        if not self.context.crosses:
            return
        _, circular = levels(self.context.cells.values(), self.context.cells)
        if circular is not None:
            self.reports.error(
                "E702", "this needs its own past by way of other symbols", circular.span,
                notes=["what crosses is computed over all bars of every symbol, before what is made of it"],
                help="let the `state` read its own symbol, and compare the states: `rank(streak)`",
            )  # fmt: skip

    def _unused(self) -> None:
        for statement in self._all(tree.Param):
            if statement.name not in self.scope.used:
                self.reports.warning("W101", f"the parameter `{statement.name}` changes nothing", statement.name_span,
                                     help="use it or remove it")  # fmt: skip


def _meet(one: Any, other: Any) -> bool:
    """Whether two statements can be about the same symbol."""
    return not one.symbol or not other.symbol or one.symbol == other.symbol


def _share(takes: Sequence[tree.Clause]) -> float:
    """What these take of a lot together, where it is plain from the text; all of it where it is not."""
    shares = [c.value.value if isinstance(c.value, tree.Number) and c.value.suffix == "%" else 1.0 for c in takes]
    return sum(shares) + 1e-9


def _covers(statement: Any, other: Any) -> bool:
    """Whether a statement is about every symbol that the other is about."""
    return statement.symbol in ("", other.symbol)


def _exported(value: Value) -> Exported | None:
    """A let as the program keeps it: a node, or a mapping for a record; None for what exists at compile time only."""
    if isinstance(value, Node):
        return value
    if isinstance(value, Record):
        inner = {name: _exported(field) for name, field in value.fields.items()}
        return {name: field for name, field in inner.items() if field is not None} or None
    assert isinstance(value, (Poison, TextValue, Namespace))
    return None
