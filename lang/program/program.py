"""A typed program: what a `.strat` text means, ready to be planned for either engine."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Union

from ..diagnostics.model import Diagnostic
from ..diagnostics.span import Span
from .nodes import Node
from .tests import Test
from .timeframe import Timeframe
from .units import Unit

Value = Union[Node, Mapping[str, "Value"]]
"""A node, or a record: field name -> value."""


@dataclass(frozen=True, slots=True)
class Param:
    """A parameter: `whole` numbers are integers; `choices` is empty unless the domain is a list.

    low, high, step are None without a domain of that kind. `bars`, `ratio`, `duration` … stay in `unit`;
    a duration is in seconds, a ratio is plain (2 % is 0.02).
    """

    name: str
    default: float | bool
    whole: bool
    unit: Unit
    low: float | None
    high: float | None
    step: float | None
    choices: tuple[float | bool, ...]
    span: Span
    doc: str = ""


@dataclass(frozen=True, slots=True)
class Template:
    """A text with values in it: `parts` are literal strings and nodes in turn."""

    parts: tuple[Union[str, Node], ...]

    @property
    def nodes(self) -> tuple[Node, ...]:
        return tuple(p for p in self.parts if isinstance(p, Node))


@dataclass(frozen=True, slots=True)
class Affine:
    """A price that may depend on the lot's fill: `base + slope * entry`, with `slope_below` where entry is below 0.

    A level is (level, 0, 0); a distance below the fill is (-d, 1, 1), a ratio (0, 1 - r, 1 + r), because a
    ratio is of the price's size. All are evaluated once, at the decision. `said` is what was understood before it
    became a line, with `$entry` and `$stop` for the fill and its stop: for those who put it into words.
    """

    base: Node
    slope: Node
    slope_below: Node
    said: Node | None = None

    @property
    def nodes(self) -> tuple[Node, ...]:
        return self.base, self.slope, self.slope_below


@dataclass(frozen=True, slots=True)
class Sizing:
    """How much: kind is "fraction" (of equity), "units", "cash" or "risk"."""

    kind: str
    value: Node


@dataclass(frozen=True, slots=True)
class Rest:
    """How an order rests: its prices before the grid, and its life.

    life: "" (1 bar) | "bars" | "seconds" (`valid` of them) | "day" | "open" (until `until` alone).
    """

    limit: Node | None
    trigger: Node | None
    valid: Node | None
    life: str
    until: Node | None

    @property
    def kind(self) -> str:
        """limit, trigger or trigger_limit."""
        return "_".join(word for word in ("trigger", "limit") if getattr(self, word) is not None)

    @property
    def nodes(self) -> tuple[Node, ...]:
        return tuple(n for n in (self.limit, self.trigger, self.valid, self.until) if n is not None)


@dataclass(frozen=True, slots=True)
class Ladder:
    """`ladder n step D [again]`: how each of its orders rests, the first at the statement's own prices, each further
    one a step further from the market. step: a distance, or a share of the first price.
    """

    step: Node
    again: bool
    rests: tuple[Rest, ...]

    @property
    def nodes(self) -> tuple[Node, ...]:
        return tuple(node for rest in self.rests for node in rest.nodes)


@dataclass(frozen=True, slots=True)
class Take:
    """`take SHARE at LEVEL`: a share of the lot's first quantity."""

    share: Node
    level: Affine

    @property
    def nodes(self) -> tuple[Node, ...]:
        return self.share, *self.level.nodes


@dataclass(frozen=True, slots=True)
class Move:
    """`stop LEVEL after LEVEL`: a further stop, from when the price has touched `after`.

    gains: whether a distance counts to the side of gain, as `r` does.
    """

    stop: Affine
    after: Affine
    gains: bool = False

    @property
    def nodes(self) -> tuple[Node, ...]:
        return *self.stop.nodes, *self.after.nodes


@dataclass(frozen=True, slots=True)
class Enter:
    """`enter`: index counts statements that trade (enters, exits and cancels) in source order.

    trail: a level too, as base + slope * best extreme since the fill; with `trail_after` from the touch of that on.
    With `trail_from_fill` it is as base + slope * fill, and stays as far behind the best extreme as it is then from the
    fill.
    symbol: the one that it is for; "" for each that is traded.
    expire_kind: "" | "bars" | "seconds" (`expire` of them) | "next_open" | "day" | "time" (`expire_at`, "15:55").
    fill: "" follows the program's assumption. rest: None for a market order. `reads` are the nodes its warm-up is
    counted from. parts: what `and` joins in its condition, as written; the parts of a `let` that it names, too.
    """

    index: int
    side: str
    when: Node
    sizing: Sizing
    cap: Node | None
    stop: Affine | None
    target: Affine | None
    trail: Affine | None
    expire: Node | None
    expire_kind: str
    scale: int
    fill: str
    because: Template | None
    reads: tuple[Node, ...]
    span: Span
    parts: tuple[tuple[str, Node], ...] = ()
    rest: Rest | None = None
    takes: tuple[Take, ...] = ()
    moves: tuple[Move, ...] = ()
    trail_after: Affine | None = None
    expire_at: str = ""
    symbol: str = ""
    ladder: Ladder | None = None
    trail_from_fill: bool = False

    @property
    def rungs(self) -> tuple[Rest | None, ...]:
        """How each of its orders rests: one, or those of its ladder."""
        return (self.rest,) if self.ladder is None else self.ladder.rests


@dataclass(frozen=True, slots=True)
class Exit:
    """`exit`: sizing None closes all of the side; rest None is a market order; symbol as of `Enter`."""

    index: int
    side: str
    when: Node
    sizing: Sizing | None
    once: bool
    fill: str
    because: Template | None
    reads: tuple[Node, ...]
    span: Span
    rest: Rest | None = None
    symbol: str = ""


@dataclass(frozen=True, slots=True)
class Cancel:
    """`cancel`: entries of the side that rest end on every bar on which the condition holds; symbol as of `Enter`."""

    index: int
    side: str
    when: Node
    reads: tuple[Node, ...]
    span: Span
    symbol: str = ""


@dataclass(frozen=True, slots=True)
class Hold:
    """A position to hold: `rebalance` for each symbol, or a leg of `atomic` or an instruction of `sequence` for one.

    sizing: "fraction", "units" or "cash", with a sign: below 0 is short, 0 is flat. band: the share of equity below
    which a difference is not traded. Legs of one `atomic` share a `group`. period: "daily" … "yearly" from its day
    `day` on, "" where `when` was written; `when` holds on the bars on which it is decided, either way. leg: the word of
    the leg, "buy", "sell", "flatten" or "hold", "" of a `rebalance`. said: the condition of an `atomic` as written,
    before it was read on the bars of the first leg. weights: those that are of one symbol, of which `sizing` chooses by
    the book that reads it; others: the one of all other symbols, None where it is said of none. sequence: which of the
    text it is of, counted from 1, at its `step`; 0 of any other hold. Of a later step `when` is true: its turn counts.
    parts: as of `Enter`, of what is written; none of a period.
    """

    index: int
    group: int
    atomic: bool
    symbol: str
    when: Node
    sizing: Sizing
    band: Node | None
    fill: str
    because: Template | None
    reads: tuple[Node, ...]
    span: Span
    period: str = ""
    day: Node | None = None
    leg: str = ""
    said: Node | None = None
    weights: tuple[tuple[str, Node], ...] = ()
    others: Node | None = None
    sequence: int = 0
    step: int = 0
    parts: tuple[tuple[str, Node], ...] = ()


@dataclass(frozen=True, slots=True)
class Flow:
    """Money paid in (`deposit`) or taken out (`withdraw`) at the close of every bar on which `when` holds.

    sizing: "cash" (money) or "fraction" (of equity). period, day: as of `Hold`. symbol: always "", the account's.
    """

    index: int
    word: str
    when: Node
    sizing: Sizing
    reads: tuple[Node, ...]
    span: Span
    period: str = ""
    day: Node | None = None
    symbol: str = ""


Trading = Union[Enter, Exit, Cancel, Hold, Flow]
"""A statement that trades."""


@dataclass(frozen=True, slots=True)
class Guard:
    """`guard`: threshold is a constant or a parameter; action is deny, halt, flatten or reduce. of: the symbol or the
    group that it looks at, "" for the account. until: what resets it, "" where it is not said. reading: the series that
    is held to the threshold, None where trading knows what it measures; read_as: how the text calls it,
    `value_at_risk(60, 95%)`."""

    name: str
    threshold: Node
    action: str
    span: Span
    of: str = ""
    until: str = ""
    reading: Node | None = None
    read_as: str = ""


@dataclass(frozen=True, slots=True)
class Plot:
    """`plot NODE as "title"`: a column by its title. titled: whether the text says it, else it is the expression."""

    title: str
    node: Node
    span: Span
    titled: bool = True


@dataclass(frozen=True, slots=True)
class Emit:
    """`emit name when NODE`: a signal by name."""

    name: str
    node: Node
    span: Span


@dataclass(frozen=True, slots=True)
class Alert:
    """`alert when NODE "message"`; `index` counts the alerts of the text. worded: whether the text says the message,
    else it is the condition."""

    index: int
    when: Node
    message: Template
    span: Span
    worded: bool = True


@dataclass(frozen=True, slots=True)
class Require:
    """`require NODE`; `text` is how the author wrote it."""

    node: Node
    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Written:
    """How and where the author wrote a value: `macd(close).hist`, with the place of the call."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Called:
    """The call of a library function that a value is: `field` of what `function` gives, "" where that is one value.

    given: each of its arguments by name, in the order of its signature, defaults too.
    """

    function: str
    given: tuple[tuple[str, Node], ...]
    field: str = ""


@dataclass(frozen=True, slots=True)
class Program:
    """Everything a text says. Nodes are shared; order of tuples is source order.

    symbols: those that are traded, in order; with none and no `universe`, all of the data that are not in `watches`.
    prefer: by which entries of one event are ordered. assumed: (symbol, name, value) of assumptions for one symbol.
    crosses: whether any value comes from another symbol (`of`, `fresh`, `rank` …).
    calls: node id -> the call of the library that it is, of several the first by name.
    """

    title: str
    source_hash: str
    symbols: tuple[str, ...]
    timeframe: Timeframe | None
    assumptions: Mapping[str, str]
    params: tuple[Param, ...]
    requires: tuple[Require, ...]
    enters: tuple[Enter, ...]
    exits: tuple[Exit, ...]
    guards: tuple[Guard, ...]
    plots: tuple[Plot, ...]
    emits: tuple[Emit, ...]
    alerts: tuple[Alert, ...]
    lets: Mapping[str, Value]
    cells: Mapping[str, Node]  # path -> the `cell` node, for `previous` and `lagged`
    diagnostics: tuple[Diagnostic, ...] = ()
    sources: Mapping[str, str] = field(default_factory=dict)
    named: Mapping[int, Written] = field(default_factory=dict)  # node id -> the call of the library
    cancels: tuple[Cancel, ...] = ()
    watches: tuple[str, ...] = ()
    universe: str = ""
    prefer: Node | None = None
    holds: tuple[Hold, ...] = ()
    assumed: tuple[tuple[str, str, str], ...] = ()
    crosses: bool = False
    flows: tuple[Flow, ...] = ()
    calls: Mapping[int, Called] = field(default_factory=dict)
    tests: tuple[Test, ...] = ()

    @property
    def trading(self) -> tuple[Trading, ...]:
        """The statements that trade, in source order."""
        statements: list[Trading] = [*self.enters, *self.exits, *self.cancels, *self.holds, *self.flows]
        return tuple(sorted(statements, key=lambda s: s.index))

    @property
    def gauges(self) -> tuple[tuple[int, Node], ...]:
        """The guards whose reading is a series: the place of each among the guards, and the series."""
        return tuple((place, each.reading) for place, each in enumerate(self.guards) if each.reading is not None)

    @property
    def several(self) -> bool:
        """Whether it runs as one portfolio alone: it names more than one symbol, reads across them or holds a position.

        A program of which this is false may still be given the data of several symbols.
        """
        return bool(
            len(self.symbols) > 1 or self.watches or self.universe or self.assumed or self.holds
            or self.prefer is not None or self.crosses or any(s.symbol for s in self.trading)
            or any(guard.of for guard in self.guards)
        )  # fmt: skip
