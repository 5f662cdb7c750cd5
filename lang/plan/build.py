"""From a typed program to a plan: what is asked for, in the order of one event, with its place in memory."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from hashlib import blake2b

from ...stdlib.arith import LIMIT
from ...stdlib.operator import COUNT, operator_of
from ..diagnostics.model import ERROR, CompileError, Diagnostic, Note
from ..diagnostics.span import NOWHERE
from ..elaborate.ranges import Interval, bounds, span_of
from ..program.crossings import is_leveled
from ..program.nodes import BASE, BOOL, Node
from ..program.program import Cancel, Enter, Exit, Flow, Hold, Param, Program
from ..words.limits import STANDARD, TextLimits
from .constants import Stage
from .formulas import FormulaTooLarge
from .higher import clocks_of, lower_clocks
from .layout import Layout
from .lower import Block, Common
from .model import FORMAT, Clock, Column, Gauge, Length, Limit, Op, Parameter, Plan, Requirement, needs_days
from .size import code
from .statements import decisions, outputs
from .wanted import Named, Wanted, inbox, series, wanted
from .warmup import Needs

PRICES = ("open", "high", "low", "close")
DAY_BOOKS = frozenset({"pnl.day", "trades.today", "trades.opened_today", "trades.losses_today"})
_HOW = ("side", "expire_kind", "expire_at", "scale", "once", "fill")
"""What a statement says of its orders besides values."""


def plan(
    program: Program,
    outputs: Sequence[Named] = (),
    *,
    columns: Sequence[Node] = (),
    trading: bool = True,
    days: bool = False,
    capacity: Mapping[str, float] | None = None,
    limits: TextLimits | None = None,
    gauges: Sequence[tuple[int, Node]] | None = None,
) -> Plan:
    """The plan of a program; of one of several symbols, what `several` calls its main one.

    outputs: series to hand out, by name. columns: series whose values the host supplies. trading: with the
    statements, emits and alerts; otherwise the outputs alone. days: with new days, even if the program does not ask
    for them: the monitors' records tell the day's loss. capacity: the greatest value of a parameter, where the host
    knows a smaller or larger one than its domain says. gauges: as of `wanted`. CompileError names a limit passed.
    """
    asked = wanted(program, outputs, columns, trading, gauges)
    return _made(program, asked, trading=trading, days=days, capacity=capacity, limits=limits)[0]


def level_plan(
    program: Program, outputs: Sequence[Named], known: Sequence[Node], capacity: Mapping[str, float] | None = None,
    limits: TextLimits | None = None,
) -> tuple[Plan, tuple[int, ...]]:  # fmt: skip
    """The plan that computes these series, each missing (false) until warm, and nothing else.

    With it the slots, in its parameter array, of values known before the run.
    """
    asked = wanted(program, outputs, (), trading=False)
    return _made(program, asked, trading=False, known=known, capacity=capacity, limits=limits)


def _made(
    program: Program, asked: Wanted, *, trading: bool, days: bool = False, known: Sequence[Node] | None = None,
    capacity: Mapping[str, float] | None = None, limits: TextLimits | None = None,
) -> tuple[Plan, tuple[int, ...]]:  # fmt: skip
    """The plan of what is asked for; `known` where outputs are missing until warm: values to give a slot besides."""
    limits = limits or STANDARD
    widths = _widths(program.params, capacity or {})
    layout = Layout(widths, limits.state)
    try:
        builder = _Builder(program, asked, layout, widths, trading, days, limits, known)
        made = builder.plan()
    except FormulaTooLarge:
        raise CompileError([Diagnostic(
            "E611", ERROR, "how many bars this waits for depends on its parameters in too many ways", NOWHERE,
            help="let fewer functions with lengths of their own stand within one another, or fix some of the lengths",
        )]) from None  # fmt: skip
    _check_code(made, limits.code)
    return made, tuple(map(builder.common.stage.slot, known or ()))


class _Builder:
    """One plan in the making."""

    def __init__(
        self, program: Program, asked: Wanted, layout: Layout, widths: Mapping[str, Interval], trading: bool,
        days: bool, limits: TextLimits, known: Sequence[Node] | None,
    ) -> None:  # fmt: skip
        self.program, self.asked, self.widths, self.days, self.limits = program, asked, widths, days, limits
        self.known = known
        self.nodes = series(asked.roots(), program.cells, asked.given)
        # Warm-up counts what stands behind given columns too: their first values are missing all the same. It also
        # counts, as bars of this symbol, those of another one that a value comes from.
        behind = series(asked.roots(), program.cells, across=True)
        self.trading = trading or any(node.kind == "book" for node in self.nodes)
        stage = Stage()
        self.guards = self._stage(stage)
        needs = Needs(stage, behind, program.cells)
        crossed = any(map(is_leveled, self.nodes))
        clocks = clocks_of(behind if crossed else self.nodes)
        self.common = Common(stage, layout, needs, program.cells, clocks, asked.given)

    def plan(self) -> Plan:
        program, common = self.program, self.common
        if self.trading:
            for column in (Column("bar", "time", whole=True), *(Column("bar", name) for name in PRICES)):
                common.column(column)
        base = Block(common, BASE)
        base.lower(node for node in self.nodes if node.clock is BASE)
        handed, alerts = outputs(common, base, self.asked, warm=self.known is not None)
        prefer = None if self.asked.prefer is None else base.ref(self.asked.prefer)
        base.asked = [] if prefer is None else [prefer]
        read = tuple(_gauge(common, base, guard, node) for guard, node in self.asked.gauges)
        base.asked += [*(output.value for output in handed), *(commit.value for commit in base.commits)]
        base.asked += [gauge.value for gauge in read]
        acting = decisions(common, base, self.asked.statements)
        clocks = lower_clocks(common, self.nodes, base)
        if clocks:
            common.column(Column("bar", "close_time", whole=True))
        day = self._day()
        cost = sum(map(_cost, base.ops)) + sum(map(_clock_cost, clocks))
        self._check(cost)
        return Plan(
            format=FORMAT,
            title=program.title,
            source_hash=program.source_hash,
            symbols=program.symbols,
            timeframe="" if program.timeframe is None else str(program.timeframe),
            assumptions=tuple(program.assumptions.items()),
            params=tuple(_parameter(param, self.widths[param.name]) for param in program.params),
            requires=tuple(Requirement(common.stage.slot(rule.node), rule.text) for rule in program.requires),
            lengths=self._lengths(common.stage),
            stage=tuple(common.stage.rows),
            thresholds=tuple(common.thresholds),
            columns=tuple(common.columns),
            clocks=clocks,
            counters=tuple(common.counters),
            ops=tuple(base.ops),
            commits=tuple(base.commits),
            decisions=acting,
            guards=self.guards,
            outputs=handed,
            alerts=alerts,
            day=day,
            trading=self.trading,
            seal=self._seal(),
            state=common.layout.state(),
            cost=cost,
            books_of=tuple((column, *told) for column, told in common.books.items()),
            prefer=prefer,
            gauges=read,
        )

    def _stage(self, stage: Stage) -> tuple[Limit, ...]:
        """Put everything known before the run into the stage; from then on its length is fixed."""
        if self.known is not None:
            stage.number(None)
        conditions = any(node.kind == "warm" for node in self.nodes)
        if self.known is not None or conditions or any(map(_is_given_bool, self.nodes)):
            stage.number(0.0)
        if conditions:
            stage.number(1.0)
        for node in self.known or ():
            stage.slot(node)
        for rule in self.program.requires:
            stage.slot(rule.node)
        read = (arg for node in self.nodes if not is_leveled(node) for arg in node.args)
        for known in (*self.asked.roots(), *read):
            if known.clock is None:
                stage.slot(known)
        if not self.asked.statements:
            return ()
        return tuple(Limit(each.name, stage.slot(each.threshold), each.action, each.of, each.until, each.read_as)
                     for each in self.program.guards)  # fmt: skip

    def _lengths(self, stage: Stage) -> tuple[Length, ...]:
        """Every length and offset but a parameter as it is, with the values its window was sized for.

        A parameter has its domain. A constant is looked at again where a kept plan is read.
        """
        found: dict[Length, None] = {}
        for node in (node for node in self.nodes if node.kind == "step"):
            for argument, given in zip(operator_of(node.name).arguments, node.args, strict=True):
                if argument.kind == COUNT and given.kind != "param":
                    most = int(min(bounds(given, self.widths)[1], LIMIT))
                    said = f"`{argument.name}` of `{operator_of(node.name).name}`"
                    found[Length(stage.slot(given), argument.least, most, said)] = None
        return tuple(found)

    def _seal(self) -> str:
        """Of what is traded and bounded, and by which expressions; not of what is only said about it."""
        key = self.common.layout.key
        said: list[object] = []
        for statement in self.asked.statements:
            told = [(name, key(node)) for name, node in inbox(statement)]
            kind, when = type(statement).__name__, key(statement.when)
            one = (statement.symbol,) if statement.symbol else ()
            if isinstance(statement, Cancel):
                said.append((kind, when, statement.side, *one))
                continue
            if isinstance(statement, Flow):
                said.append((kind, when, told, statement.word, statement.sizing.kind))
                continue
            told += [("", key(node)) for node in statement.because.nodes] if statement.because else []
            how = [str(getattr(statement, name, "")) for name in _HOW]
            rest = None if isinstance(statement, Hold) else statement.rest
            if isinstance(statement, Hold):
                how += [str(statement.group), str(statement.atomic)]
                how += [f"{statement.sequence}.{statement.step}"] if statement.step else []
            how += [rest.kind, rest.life, key(rest.until) if rest.until else ""] if rest else []
            how += ["trail from the fill"] if isinstance(statement, Enter) and statement.trail_from_fill else []
            if isinstance(statement, Enter) and (ladder := statement.ladder) is not None:
                how += [f"again {ladder.again}", *map(key, ladder.nodes)]
            sizing = statement.sizing.kind if statement.sizing else ""
            said.append((kind, when, told, how, sizing, *one))
        said += [("prefer", key(self.asked.prefer))] if self.asked.prefer is not None else []
        said += [
            (guard.name, guard.action, key(guard.threshold), *([guard.of] if guard.of else []),
             *([f"until {guard.until}"] if guard.until else []),
             *([f"reads {key(guard.reading)}"] if guard.reading is not None else []))
            for guard in self.program.guards
        ]
        return blake2b(repr(said).encode(), digest_size=10).hexdigest()

    def _day(self) -> tuple[int, ...]:
        books = any(node.kind in ("book", "book_of") and node.name in DAY_BOOKS for node in self.nodes)
        resting = any(
            isinstance(asked, (Enter, Exit)) and asked.rest is not None and asked.rest.life == "day"
            for asked in self.asked.statements
        )
        guarded = any(needs_days(guard.name, guard.until) for guard in self.guards)
        if not (self.days or books or resting or guarded):
            return ()
        column = self.common.column(Column("calendar", "day_number"))
        return (column, self.common.layout.give("day", floats=1).f)

    def _check(self, cost: int) -> None:
        if cost > self.limits.cost:
            raise CompileError([Diagnostic(
                "E606", ERROR, f"one bar would cost {cost:,} steps, the limit is {self.limits.cost:,}", NOWHERE,
                help="split the program, or use fewer indicators under `@ forming`",
            )])  # fmt: skip


def _gauge(common: Common, base: Block, guard: int, node: Node) -> Gauge:
    """What a guard reads, as a statement reads what it decides by: once it is warm, and statements may act."""
    return Gauge(guard, base.ref(node), common.gate(common.needs.of(node), own=True))


def _is_given_bool(node: Node) -> bool:
    """Whether it is handed on as a number to a block of a higher clock, to be read as a condition there."""
    return is_leveled(node) and node.type == BOOL and node.clock is not BASE


def _check_code(plan: Plan, limit: int) -> None:
    """What would take long to compile is refused before that begins."""
    parts = code(plan)
    total = sum(parts.values())
    if total > limit:
        most = max(parts, key=parts.__getitem__)
        raise CompileError([Diagnostic(
            "E610", ERROR, f"compiling this would be {total:,} lines of code, the limit is {limit:,}", NOWHERE,
            (Note(f"{parts[most]:,} of them are {most}"),), "split the program, or say once what it repeats",
        )])  # fmt: skip


def _widths(params: Sequence[Param], capacity: Mapping[str, float]) -> dict[str, Interval]:
    """The interval of each parameter; `capacity` replaces the greatest value."""
    found = {param.name: span_of(param) for param in params}
    for name, most in capacity.items():
        found[name] = (min(found[name][0], most), most)
    return found


def parameters(program: Program) -> tuple[Parameter, ...]:
    """The parameters of a program as the host needs them."""
    widths = _widths(program.params, {})
    return tuple(_parameter(param, widths[param.name]) for param in program.params)


def _parameter(param: Param, width: Interval) -> Parameter:
    least, most = max(width[0], -LIMIT), min(width[1], LIMIT)
    return Parameter(
        param.name, param.default, param.whole, str(param.unit), param.low, param.high, param.step, param.choices,
        least, most, param.doc,
    )  # fmt: skip


def _cost(op: Op) -> int:
    return 12 if op.kind == "step" else 3


def _clock_cost(clock: Clock) -> int:
    copied = sum(copy.count for copy in clock.copies)
    return sum(map(_cost, (*clock.ops, *clock.peek))) + copied + 4 * len(clock.fields)
