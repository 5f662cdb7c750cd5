"""The syntax tree: what the author wrote, before anything is known about it.

Every node is a frozen value under a one-line picture of the syntax it is for,
and carries the span it was read from. `depth` of an expression is the height
of its subtree; the parser keeps it so that no later stage can recurse past the
stated limit.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Union

from ..diagnostics.span import Span

# --- expressions -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Number:
    """`10_000`  `1.5`  `2%`  `5bp`  `4h`  `10ticks`  `2r`: the value as written and its suffix ("" if none)."""

    value: float
    suffix: str
    whole: bool  # written without a decimal point
    span: Span
    depth: int = 1


@dataclass(frozen=True, slots=True)
class Bool:
    """`true`  `false`"""

    value: bool
    span: Span
    depth: int = 1


@dataclass(frozen=True, slots=True)
class Missing:
    """`na`"""

    span: Span
    depth: int = 1


@dataclass(frozen=True, slots=True)
class Text:
    """`"at {close}"`: literal strings and expressions in turn; `parts` holds `str` and `Expr`."""

    parts: tuple[Union[str, "Expr"], ...]
    span: Span
    depth: int = 1

    @property
    def literal(self) -> str | None:
        """The text itself, or None if it has an expression inside."""
        if all(isinstance(part, str) for part in self.parts):
            return "".join(str(part) for part in self.parts)
        return None


@dataclass(frozen=True, slots=True)
class Name:
    """`close`: `span` grows by brackets around it, `name_span` does not."""

    name: str
    name_span: Span
    span: Span
    depth: int = 1


@dataclass(frozen=True, slots=True)
class Unary:
    """`-x`  `not x`: operator is "-" or "not"."""

    operator: str
    operand: "Expr"
    span: Span
    depth: int


@dataclass(frozen=True, slots=True)
class Binary:
    """`a + b`: operator is one of + - * / // < <= > >= == != and or."""

    operator: str
    left: "Expr"
    right: "Expr"
    operator_span: Span
    span: Span
    depth: int


@dataclass(frozen=True, slots=True)
class Conditional:
    """`if c then a else b`"""

    condition: "Expr"
    then: "Expr"
    otherwise: "Expr"
    span: Span
    depth: int


@dataclass(frozen=True, slots=True)
class Argument:
    """`14`  `length = 14`"""

    name: str | None
    value: "Expr"
    span: Span


@dataclass(frozen=True, slots=True)
class Call:
    """`ema(close, 20)`: the callee is a name or a field of one (`lib.f`)."""

    function: "Expr"
    arguments: tuple[Argument, ...]
    span: Span
    depth: int


@dataclass(frozen=True, slots=True)
class History:
    """`x[n]`"""

    value: "Expr"
    offset: "Expr"
    span: Span
    depth: int


@dataclass(frozen=True, slots=True)
class Field:
    """`position.size`"""

    value: "Expr"
    name: str
    name_span: Span
    span: Span
    depth: int


@dataclass(frozen=True, slots=True)
class Sampled:
    """`e @ 4h`  `e @ forming 4h`  `e @ event 4h`: mode is "closed", "forming" or "event"."""

    value: "Expr"
    mode: str
    timeframe: "Expr"
    span: Span
    depth: int


@dataclass(frozen=True, slots=True)
class Of:
    """`close of SPY`  `close of "BRK-B"`"""

    value: "Expr"
    symbol: str
    symbol_span: Span
    span: Span
    depth: int


@dataclass(frozen=True, slots=True)
class Bars:
    """`5 bars`"""

    value: "Expr"
    span: Span
    depth: int


@dataclass(frozen=True, slots=True)
class RecordEntry:
    """`line`  `signal: smooth`"""

    name: str
    value: "Expr"
    span: Span


@dataclass(frozen=True, slots=True)
class Record:
    """`{ line, signal: smooth }`"""

    entries: tuple[RecordEntry, ...]
    span: Span
    depth: int


@dataclass(frozen=True, slots=True)
class Hole:
    """`?"how much of the equity"`: a question in place of a value. `question` is the text between the quotes.

    role: what it stands for where that is no value: "symbol", "timeframe", "text", or the word that a list is of,
    `fill`, `guard`, `rebalance`, `assume fee`; "" of a value.
    """

    question: str
    span: Span
    depth: int = 1
    role: str = ""


@dataclass(frozen=True, slots=True)
class Unread:
    """An expression that was reported: not understood, or of a later version. `parts` is what of it was read."""

    parts: tuple["Expr", ...]
    span: Span
    depth: int = 1


Expr = Union[
    Number, Bool, Missing, Text, Name, Unary, Binary, Conditional, Call, History, Field, Sampled, Of, Bars, Record,
    Hole, Unread,
]  # fmt: skip

# --- clauses of orders ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Clause:
    """`size 50%`  `stop 2 * atr(14)`  `stop 0r after 1r`  `take 50% at 2r`  `once`  `fill this_close`  `because "…"`
    `weight of SPY 60%`  `ladder 5 step 1% again`.

    `word` is the clause's keyword. `value` is its expression (None for `once`;
    a `Name` for `fill`; a `Text` for `because`; a `Hole` for any; `Unread` for a word of a later version). `unit` is
    "units" or "cash" after `size`, "again" at the end of a `ladder`, else "". `at` is the level behind `at` or `after`,
    the distance behind `step`. `symbol` is the one that a `weight` is of, "" of all, or where it is a question, which
    has a `symbol_span`.
    """

    word: str
    value: Expr | None
    unit: str
    span: Span
    at: Expr | None = None
    symbol: str = ""
    symbol_span: Span | None = None


# --- statements ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Version:
    """`stratagem 1`: None where the number was reported."""

    number: int | None
    span: Span


@dataclass(frozen=True, slots=True)
class Strategy:
    """`strategy "Golden cross"`"""

    title: str
    span: Span


@dataclass(frozen=True, slots=True)
class On:
    """`on EURUSD every 15m`  `on GLD, GDX`  `on every 1d`: symbols may be empty, timeframe may be None.

    asked: symbols that are still a question, besides the others.
    """

    symbols: tuple[str, ...]
    timeframe: Union[Number, Hole, "Unread", None]
    span: Span
    spans: tuple[Span, ...] = ()  # of the symbols
    asked: tuple[Hole, ...] = ()


@dataclass(frozen=True, slots=True)
class Universe:
    """`universe "sp20" every 1d`: timeframe may be None, and the name is "" where it is a question."""

    name: str
    timeframe: Union[Number, Hole, "Unread", None]
    span: Span


@dataclass(frozen=True, slots=True)
class Watch:
    """`watch VIX, TNX`: symbols whose data are read and on which nothing trades."""

    symbols: tuple[str, ...]
    spans: tuple[Span, ...]
    span: Span
    asked: tuple[Hole, ...] = ()


@dataclass(frozen=True, slots=True)
class Assume:
    """`assume fee 0.1%`  `assume fee 5/order+0.1%`  `assume lot of SPY 1`: `value` is the text as written.

    asked: a question is part of it.
    """

    name: str
    value: str
    name_span: Span
    value_span: Span
    span: Span
    symbol: str = ""
    symbol_span: Span | None = None
    asked: bool = False


@dataclass(frozen=True, slots=True)
class Range:
    """`in 5 to 100 step 5`"""

    low: Expr
    high: Expr
    step: Expr | None
    span: Span


@dataclass(frozen=True, slots=True)
class Choices:
    """`in [10, 20, 50]`"""

    values: tuple[Expr, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Param:
    """`param fast = 20 in 5 to 100`"""

    name: str
    default: Expr
    domain: Range | Choices | None
    name_span: Span
    span: Span
    doc: str = ""


@dataclass(frozen=True, slots=True)
class Let:
    """`let up = cross_above(close, ema(close, 20))`"""

    name: str
    value: Expr
    name_span: Span
    span: Span
    doc: str = ""


@dataclass(frozen=True, slots=True)
class State:
    """`state count = 0 then count + 1`"""

    name: str
    initial: Expr
    update: Expr
    name_span: Span
    span: Span
    doc: str = ""


@dataclass(frozen=True, slots=True)
class Parameter:
    """`source`  `length = 14`: a parameter of a function."""

    name: str
    default: Expr | None
    span: Span


@dataclass(frozen=True, slots=True)
class Fn:
    """`fn f(a, b = 2) = a + b`  or  `fn f(a) let x = … return x`: `body` holds the lets and states before `result`."""

    name: str
    parameters: tuple[Parameter, ...]
    body: tuple[Union[Let, State], ...]
    result: Expr
    name_span: Span
    span: Span
    doc: str = ""


@dataclass(frozen=True, slots=True)
class Require:
    """`require fast < slow`"""

    condition: Expr
    span: Span


@dataclass(frozen=True, slots=True)
class Enter:
    """`enter long when up size 50% stop 2 * atr(14)`  `enter long SPY when up`"""

    side: str
    condition: Expr
    clauses: tuple[Clause, ...]
    span: Span
    symbol: str = ""
    symbol_span: Span | None = None


@dataclass(frozen=True, slots=True)
class Exit:
    """`exit long when down size 50% once`  `exit long SPY when down`"""

    side: str
    condition: Expr
    clauses: tuple[Clause, ...]
    span: Span
    symbol: str = ""
    symbol_span: Span | None = None


@dataclass(frozen=True, slots=True)
class Cancel:
    """`cancel long when close < open`  `cancel long SPY when close < open`"""

    side: str
    condition: Expr
    span: Span
    symbol: str = ""
    symbol_span: Span | None = None


@dataclass(frozen=True, slots=True)
class Rebalance:
    """`rebalance monthly day 5 weight 20%`  `rebalance yearly weight of SPY 60% weight of TLT 40%`
    `rebalance when c weight 20%`: then the period is "", as where it is a question."""

    period: str
    period_span: Span
    day: Expr | None
    condition: Expr | None
    clauses: tuple[Clause, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Leg:
    """`sell GLD size 50%`  `flatten GLD`: word is "buy", "sell", "flatten" or "hold"."""

    word: str
    symbol: str
    symbol_span: Span
    clauses: tuple[Clause, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Legs:
    """`atomic when c sell GLD size 50% buy GDX size 50%`  `sequence when c flatten GLD buy GDX size 100%`

    word: "atomic" or "sequence". `clauses` are those before the first leg.
    """

    word: str
    condition: Expr
    clauses: tuple[Clause, ...]
    legs: tuple[Leg, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Prefer:
    """`prefer rsi(close, 14)`"""

    value: Expr
    span: Span


@dataclass(frozen=True, slots=True)
class Amount:
    """`100 cash`  `2%`: then the unit is ""."""

    value: Expr
    unit: str
    span: Span


@dataclass(frozen=True, slots=True)
class Flow:
    """`deposit 100 cash when c`  `withdraw 2% yearly day 5`: the period is "" where there is a condition."""

    word: str
    amount: Amount
    period: str
    period_span: Span
    day: Expr | None
    condition: Expr | None
    span: Span


@dataclass(frozen=True, slots=True)
class Guard:
    """`guard drawdown 20% then flatten`  `guard exposure 50% of tech`: action is "deny" where none is written.

    of: a symbol or a group, "" where it is of the account. until: what resets it, "" where it is not said.
    arguments: what stands in brackets behind its name, `guard value_at_risk(250, 99%) 2%`. called: with them.
    """

    name: str
    threshold: Expr
    action: str
    name_span: Span
    span: Span
    of: str = ""
    of_span: Span | None = None
    until: str = ""
    until_span: Span | None = None
    arguments: tuple[Argument, ...] = ()
    called: Span | None = None


@dataclass(frozen=True, slots=True)
class Plot:
    """`plot ema(close, 50) as "trend"`: title is None where the expression names itself."""

    value: Expr
    title: str | None
    span: Span


@dataclass(frozen=True, slots=True)
class Emit:
    """`emit overbought when rsi(close, 14) > 80`"""

    name: str
    condition: Expr
    name_span: Span
    span: Span


@dataclass(frozen=True, slots=True)
class Alert:
    """`alert when extended "stretched at {close}"`: the text may be left out."""

    condition: Expr
    message: Text | None
    span: Span


@dataclass(frozen=True, slots=True)
class Setting:
    """`fast = 3`: the value of a parameter in a test."""

    name: str
    value: Expr
    name_span: Span
    span: Span


@dataclass(frozen=True, slots=True)
class Prices:
    """`prices 10, 11, 12`  `prices 20 of 100, 100 102 99 101 1500`  `prices of SPY "spy.csv"`

    Each row has its numbers, its place, and how many there are of it. table: the file, "" where the rows are written.
    """

    rows: tuple[tuple[tuple[float, ...], Span, int], ...]
    table: str
    span: Span
    symbol: str = ""
    symbol_span: Span | None = None


@dataclass(frozen=True, slots=True)
class Expect:
    """`expect fast == 3.5 within 0.1 at bar 4`  `expect of SPY position.size == 10 at "2024-01-05"`

    bar: counted as `bar_index` counts, from 0; None where a time is written, or nothing: then the last bar is meant.
    """

    condition: Expr
    within: Expr | None
    bar: int | None
    time: str
    moment_span: Span | None
    span: Span
    symbol: str = ""
    symbol_span: Span | None = None


@dataclass(frozen=True, slots=True)
class Test:
    """`test "a gap through the stop" start "2024-01-02" every 1d with fast = 3 prices … expect …`

    starts, timeframes: as many as are written, each with its place; one of each is meant.
    """

    name: str
    name_span: Span
    starts: tuple[tuple[str, Span], ...]
    timeframes: tuple[Union[Number, "Unread"], ...]
    settings: tuple[Setting, ...]
    prices: tuple[Prices, ...]
    expects: tuple[Expect, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Reserved:
    """A statement of a later version (`import`), not understood; `names` stand in it."""

    word: str
    names: tuple[str, ...]
    span: Span


ANY_NAME, ANY_FUNCTION = "*", "*()"


@dataclass(frozen=True, slots=True)
class Broken:
    """A statement with a fault of syntax: the names it may have been meant to define, and what of it was read.

    `names` has ANY_NAME or ANY_FUNCTION where the name is missing.
    """

    names: tuple[str, ...]
    parts: tuple[object, ...]
    span: Span


Statement = Union[
    Version, Strategy, On, Universe, Watch, Assume, Param, Let, State, Fn, Require, Enter, Exit, Cancel, Rebalance,
    Legs, Prefer, Flow, Guard, Plot, Emit, Alert, Test, Reserved, Broken,
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Module:
    """A whole text: its statements in source order, and its comments for the tools.

    dropped: signs that mean nothing were left out of it, which was reported.
    holes: every question in it, in the order of the text.
    """

    statements: tuple[Statement, ...]
    span: Span
    comments: tuple[tuple[str, Span], ...] = field(default=())
    dropped: bool = False
    holes: tuple[Hole, ...] = ()


def walk(roots: Iterable[object]) -> Iterator[object]:
    """Every part of these trees, what holds a part before it; without recursion."""
    stack = list(roots)
    while stack:
        part = stack.pop()
        if isinstance(part, tuple):
            stack.extend(part)
            continue
        kind: Any = type(part)
        names = _holds(kind)
        if names is not None:
            yield part
            for name in names:
                stack.append(getattr(part, name))


_PLAIN = frozenset({"Span", "str", "str | None", "int", "float", "bool"})
"""Kinds of fields in which no further part stands."""


@cache
def _holds(kind: Any) -> tuple[str, ...] | None:
    """The fields of a kind of part in which further ones may stand; None of what is no part."""
    if not hasattr(kind, "span"):
        return None
    told = kind.__dataclass_fields__
    return tuple(name for name in told if told[name].type not in _PLAIN)
