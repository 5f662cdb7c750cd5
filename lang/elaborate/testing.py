"""`test "…"`: bars, values of parameters, and what is expected over them.

What is expected is an expression of the program, read on the clock of the data after all else: nothing that runs is
made of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from math import isfinite

from ..diagnostics.model import Note
from ..diagnostics.reports import replace
from ..diagnostics.span import Span
from ..diagnostics.suggest import nearest
from ..inputs.parameters import allows
from ..program.nodes import BASE, Binding, Node
from ..program.tests import Expect, Part, Prices, Test, is_fact
from ..program.timeframe import Timeframe
from ..program.units import Unit
from ..resolve.definitions import Kind, Resolution
from ..syntax import tree
from ..words.vocabulary import OF_BOOKS
from .arithmetic import is_whole
from .expressions import Expressions
from .sampling import written
from .scope import Given, Held, Scope
from .symbols import TRADED
from .values import Poison, TextValue

_NUMBERS = (1, 4, 5)
MOST_BARS = 100_000
_ACCOUNT = ("param", "const", "of", "book_of", "across")
"""Kinds of nodes that are the same whichever symbol of a run reads them."""


def tests(
    part: Expressions, scope: Scope, resolution: Resolution, statements: Sequence[tree.Test]
) -> tuple[Test, ...]:
    """The tests of a program; what is wrong with them is reported. Nothing else of the program is changed by them."""
    context, used = part.context, set(scope.used)
    crosses, across, seen = context.crosses, list(context.symbols.across), context.seen
    context.seen = {} if seen is None else seen
    made = []
    with context.apart():
        for statement in statements:
            made.append(_Test(part, scope, resolution, statement).made())
    context.crosses, context.seen = crosses, seen
    context.symbols.across[:] = across
    scope.used = used
    _named_once(part, statements)
    return tuple(test for test in made if test is not None)


def _bars(prices: tree.Prices) -> int:
    return sum(count for _, _, count in prices.rows)


def _named_once(part: Expressions, statements: Sequence[tree.Test]) -> None:
    first: dict[str, tree.Test] = {}
    for statement in statements:
        before = first.setdefault(statement.name, statement)
        if before is not statement:
            part.reports.error("E103", f'two tests are called "{statement.name}"', statement.name_span,
                               notes=[Note("the first is here", before.name_span)],
                               help="a test is chosen by its name: `strat test --only NAME`")  # fmt: skip


class _Test:
    """One test in the making."""

    def __init__(self, part: Expressions, scope: Scope, resolution: Resolution, statement: tree.Test) -> None:
        self.part, self.statement, self.reports = part, statement, part.reports
        self.program = scope
        self.scope = Scope(scope.path, resolution.brackets[statement.span.start], scope)
        self.frame: Timeframe | None = None
        symbols = part.context.symbols
        self.several = len(symbols.traded) > 1 or bool(symbols.universe) or self._priced() > 1

    def _priced(self) -> int:
        """How many symbols it has prices of, that are not only watched."""
        return len({p.symbol for p in self.statement.prices} - set(self.part.context.symbols.watched))

    def made(self) -> Test | None:
        statement, context = self.statement, self.part.context
        if not statement.name.strip():
            self.reports.error("E431", "a test has a name", statement.name_span, help='for example `test "a stop"`')
        self._once([span for _, span in statement.starts], "start")
        self._once([frame.span for frame in statement.timeframes], "every")
        self.frame = self._timeframe()
        if self.frame is None and not any(prices.table for prices in statement.prices):
            self.frame = Timeframe(1, "d")
        start = self._start()
        settings, prices = self._settings(), self._prices()
        with context.within(f"test {statement.name}", BASE):
            expects = [self._expect(expect) for expect in statement.expects]
        if not statement.expects:
            self.reports.error("E431", "this test expects nothing", statement.span,
                               help="say what has to hold: `expect position.size == 10 at bar 3`")  # fmt: skip
        return Test(statement.name, start, self.frame, settings, prices, tuple(filter(None, expects)),
                    dict(context.cells), statement.span)  # fmt: skip

    def _once(self, spans: Sequence[Span], word: str) -> None:
        for span in spans[1:]:
            self.reports.error("E431", f"`{word}` is said twice", span)

    def _timeframe(self) -> Timeframe | None:
        """How long the bars are: as said here, or by the program."""
        own = self.part.context.timeframe
        said = next((f for f in self.statement.timeframes if isinstance(f, tree.Number)), None)
        if said is None:
            return own
        if said.suffix not in ("s", "m", "h", "d", "w", "mo"):
            self.reports.error("E301", "expected a timeframe such as `15m`", said.span)
            return own
        frame = written(self.reports, said)
        if frame is not None and own is not None and frame != own:
            self.reports.error("E431", f"the program is made for bars of {own}, and this test is of {frame}", said.span,
                               help="leave `every` out of the test")  # fmt: skip
        return frame

    def _start(self) -> float | None:
        return next((self._instant(text, span) for text, span in self.statement.starts[:1]), None)

    def _instant(self, text: str, span: Span) -> float | None:
        """A date or a time in seconds since 1970; of bars of a day and longer it is a date in no zone."""
        node = self.part.instant(TextValue(text, span))
        if not isinstance(node, Node):
            return None
        if self.frame is None or self.frame.intraday:
            return float(str(node.data[0]))
        return datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp()

    # --- parameters -----------------------------------------------------------------------------------

    def _settings(self) -> dict[str, float | bool]:
        found: dict[str, float | bool] = {}
        for setting in self.statement.settings:
            value = self._value(setting)
            if setting.name in found:
                self.reports.error("E431", f"`{setting.name}` is set twice", setting.span)
            elif value is not None:
                found[setting.name] = value
        return found

    def _value(self, setting: tree.Setting) -> float | bool | None:
        """The value that is set, where the parameter takes it."""
        held = self.program.names.get(setting.name)
        param = held.value if isinstance(held, Given) else None
        value = self.part.value(setting.value, self.program, BASE)
        names = self.part.context.resolutions[setting.span.source].program.names
        whole = self.part.context.resolutions[setting.span.source].whole
        if setting.name not in names and (tree.ANY_NAME in names or not whole):
            return None  # it may be a broken definition's
        if setting.name in names and names[setting.name].unclear:
            return None  # what it is was reported
        if setting.name not in names or names[setting.name].kind is not Kind.PARAM:
            known = sorted(name for name, definition in names.items() if definition.kind is Kind.PARAM)
            close = nearest(setting.name, known)
            fixes = [replace(f"replace with `{close}`", setting.name_span, close)] if close else []
            there = f"they are {', '.join(known)}" if known else "it has none"
            self.reports.error("E101", f"the program has no parameter `{setting.name}`", setting.name_span,
                               notes=[there], fixes=fixes)  # fmt: skip
            return None
        if not isinstance(param, Node) or not isinstance(value, Node):
            return None
        counts = {param.unit, value.unit} <= {Unit.PLAIN, Unit.BARS}
        if value.kind != "const" or value.type != param.type or not (value.unit is param.unit or counts):
            kind = "true or false" if param.type == "bool" else f"a constant {param.unit}"
            self.reports.error("E502", f"`{setting.name}` takes {kind}", setting.value.span)
            return None
        number = value.data[0]
        if isinstance(number, bool):
            return number
        assert isinstance(number, float)
        least, greatest = self.part.context.param_ranges.get(setting.name, (-float("inf"), float("inf")))
        if not allows(number, least, greatest, ()) or (param.data[1] and not is_whole(value)):
            self.reports.error("E503", f"`{setting.name}` does not take this: it lies outside its domain",
                               setting.value.span)  # fmt: skip
            return None
        return number

    # --- bars --------------------------------------------------------------------------------------------

    def _prices(self) -> tuple[Prices, ...]:
        found: dict[str, Prices] = {}
        for prices in self.statement.prices:
            if prices.symbol:
                assert prices.symbol_span is not None
                self.part.context.symbols.name(prices.symbol, prices.symbol_span)
            of = f" of {prices.symbol}" if prices.symbol else ""
            if prices.symbol in found:
                self.reports.error("E431", f"`prices{of}` is said twice", prices.span)
                continue
            self._rows(prices)
            rows = tuple((row, count) for row, _, count in prices.rows)
            found[prices.symbol] = Prices(prices.symbol, rows, prices.table, prices.span)
        if not found:
            self.reports.error("E431", "this test has no prices", self.statement.span,
                               help="a row is one price, or open, high, low, close: `prices 10, 11`")  # fmt: skip
        elif len(found) > 1 and "" in found:
            self.reports.error("E431", "of several symbols each says whose prices they are", found[""].span,
                               help="for example `prices of SPY 10, 11`")  # fmt: skip
        self._every_symbol(found)
        return tuple(found.values())

    def _every_symbol(self, found: dict[str, Prices]) -> None:
        symbols = self.part.context.symbols
        missing = [each for each in (*symbols.traded, *symbols.watched) if each not in found]
        alone = len(symbols.traded) + len(symbols.watched) == 1 and list(found) == [""]
        if found and missing and not alone:
            self.reports.error("E431", f"this test has no prices of {', '.join(missing)}", self.statement.span,
                               help=f"add `prices of {missing[0]} …`")  # fmt: skip

    def _rows(self, prices: tree.Prices) -> None:
        count = _bars(prices)
        if count > MOST_BARS:
            self.reports.error("E430", f"a test has at most {MOST_BARS:,} bars, found {count:,}", prices.span,
                               help="read them from a file: `prices \"bars.csv\"`")  # fmt: skip
        for row, span, _ in prices.rows:
            if len(row) not in _NUMBERS:
                self.reports.error("E430", f"a row of {len(row)} numbers is no bar", span,
                                   help="it is one price, or open, high, low and close, then perhaps the volume; "
                                        "rows are parted by commas")  # fmt: skip
            elif len(row) > 1 and all(map(isfinite, row)):
                opened, high, low, close = row[:4]
                if high < max(opened, low, close) or low > min(opened, close):
                    self.reports.error("E430", "the high of a bar is its highest price, and the low its lowest", span,
                                       help="a row is open, high, low, close, in this order")  # fmt: skip
                elif row[4:] and row[4] < 0.0:
                    self.reports.error("E430", "a volume is 0 or more", span)

    # --- what is expected ----------------------------------------------------------------------------------

    def _expect(self, expect: tree.Expect) -> Expect | None:
        if expect.symbol:
            assert expect.symbol_span is not None
            self._named(expect.symbol, expect.symbol_span)
        node = self.part.condition(expect.condition, self.scope, BASE, "a condition after `expect`")
        within = self._within(expect)
        if isinstance(node, Poison):
            return None
        self._known(expect, node)
        self._moment(expect)
        time = self._instant(expect.time, expect.moment_span) if expect.time and expect.moment_span else None
        text = " ".join(self.part.context.text(expect.span).split())
        return Expect(text, self._part(expect.condition, node), within, expect.bar, time, expect.symbol,
                      expect.span)  # fmt: skip

    def _named(self, symbol: str, span: Span) -> None:
        """A symbol that the program trades; of a program that names none, one that this test has prices of."""
        symbols = self.part.context.symbols
        if symbols.traded or symbols.universe:
            symbols.name(symbol, span, TRADED)
        elif symbol not in [prices.symbol for prices in self.statement.prices]:
            self.reports.error("E801", f"this test has no prices of `{symbol}`", span,
                               help=f"add `prices of {symbol} …`")  # fmt: skip

    def _within(self, expect: tree.Expect) -> float | None:
        if expect.within is None:
            return None
        node = self.part.number(expect.within, self.scope, BASE, "a number after `within`")
        condition = expect.condition
        if not isinstance(condition, tree.Binary) or condition.operator != "==":
            self.reports.error("E432", "`within` says how far the sides of an `==` may be apart", expect.within.span,
                               help="for example `expect average == 3.33 within 0.01`")  # fmt: skip
            return None
        value = node.data[0] if isinstance(node, Node) and node.kind == "const" else None
        if isinstance(value, float) and value >= 0.0:
            return value
        if isinstance(node, Node):
            self.reports.error("E432", "`within` takes a constant of 0 or more", expect.within.span)
        return None

    def _known(self, expect: tree.Expect, node: Node) -> None:
        """Whether it can be known: of which symbol, and that facts stand in no function over bars."""
        whose, waiting, seen = False, [node], {node.id}
        while waiting:
            each = waiting.pop()
            if each.kind != "pure":
                if any(is_fact(arg) for arg in each.args):
                    self.reports.error("E432", "a fact of the run is known at its end, and has no earlier values",
                                       expect.condition.span, help="compare it with a series at a bar")  # fmt: skip
                account = each.kind == "book" and each.name not in OF_BOOKS
                whose |= each.binding is Binding.SERIES and each.kind not in _ACCOUNT and not account
                if each.kind in _ACCOUNT:
                    continue
            further = [arg for arg in each.args if arg.id not in seen]
            waiting.extend(further)
            seen.update(arg.id for arg in further)
        if whose and self.several and not expect.symbol:
            self.reports.error("E433", "this is of one symbol, and the test of several", expect.condition.span,
                               help="say of which: `expect of SPY position.size == 10`")  # fmt: skip

    def _moment(self, expect: tree.Expect) -> None:
        """A bar that the rows of the test have."""
        mine = [p for p in self.statement.prices if p.symbol in ("", expect.symbol) or not expect.symbol]
        count = max(map(_bars, mine), default=0)
        if expect.bar is not None and mine and not any(p.table for p in mine) and expect.bar >= count:
            assert expect.moment_span is not None
            self.reports.error("E432", f"there is no bar {expect.bar}: the last of this test is bar {count - 1}",
                               expect.moment_span, help="bars are counted from 0, as `bar_index` is")  # fmt: skip

    def _part(self, expr: tree.Expr, node: Node | None) -> Part:
        """A part with those below it, as far as they have values of their own on the clock of the data."""
        text = " ".join(self.part.context.text(expr.span).split())
        below: tuple[tree.Expr, ...] = ()
        joins = ""
        if isinstance(expr, tree.Binary):
            joins, below = expr.operator, (expr.left, expr.right)
        elif isinstance(expr, tree.Unary):
            joins, below = expr.operator, (expr.operand,)
        elif isinstance(expr, tree.Conditional):
            joins, below = "if", (expr.condition, expr.then, expr.otherwise)
        elif isinstance(expr, tree.Call) and node is not None and node.kind == "pure":
            joins, below = "call", tuple(argument.value for argument in expr.arguments)
        held = self.part.held(expr, self.scope)
        if held is not None and isinstance(held[1], tree.Let):
            text = f"{text} = {self._defined(held[1])}"
        return Part(text, node, joins, tuple(self._part(each, self._node(each)) for each in below))

    def _defined(self, definition: Held) -> str:
        assert isinstance(definition, tree.Let)
        return " ".join(self.part.context.text(definition.value.span).split())

    def _node(self, expr: tree.Expr) -> Node | None:
        seen = self.part.context.seen
        value = seen.get(expr.span) if seen is not None else None
        return value if isinstance(value, Node) and value.clock in (None, BASE) else None
