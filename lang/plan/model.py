"""A plan: a program made ready to run, as a value. Both engines and the host read nothing else.

A plan says, in the order of one event, what is loaded, stepped, stored and handed out, and where in the flat
arrays `f` (float64), `k` (int64) and `w` (float64) every node keeps its state. It holds no code and no text of the
author's beyond names, so a kept plan runs without parser or elaborator.

What an operand is: a whole number. `v >= 0` is the value with that number, computed in this event;
`v < 0` is the slot `-1 - v` of the parameter array (see `stage.py`).

kind of op   args            at                         gives
-----------  --------------  -------------------------  ---------------------------------------------------
column       -               column                     this bar's value of a column
index        -               -                          the number of this bar on its clock
bar          -               f slot                     a field of the higher bar (closed, or growing in a peek)
held         -               f slot (number), k (bool)  what the last completed higher bar left there
event        -               slot, clock                the same on the bar that completes one, else missing or false
closes       -               clock                      whether this bar completes a higher bar
pure         operands        -                          a row of `stdlib/primitives.py`
step         inputs, counts  f, k, w                    an operator of the registry, stepped
output       the step        slot of the step's f       a further output of the step just made
previous     init            value slot, begun slot     the cell's value at its last bar, init on the very first
lagged       -               value slot, begun slot     the same, missing (false) on the very first bar
cell         init, update    begun slot                 update once its gate has opened, init until then
book         -               -                          a field of the books

The begun slot of a cell (in k) is 0 before its first bar and 1 after it; the value slot is in f for a number and in
k for a bool. Cells are stored at the end of their block (`Commit`), so
every `previous` of the block reads the value of the bar before.
"""

from __future__ import annotations

from dataclasses import dataclass

from ..program.nodes import IS_SYMBOL
from ..words.vocabulary import GAUGES

FORMAT = 14
"""Of a plan as text; raised whenever the meaning of a field changes."""

BASE_CLOCK = -1

FLOWS = ("deposit", "withdraw")
ACTIONS = ("enter", "exit", "cancel", "hold", *FLOWS)
HOLD_PLACES = 5
"""Statements of the core that a `hold` takes: itself, the exits of both sides, the entries of both."""
RESTS = ("", "limit", "trigger", "trigger_limit")
LIVES = ("", "bars", "seconds", "day", "open")
EXPIRIES = ("", "bars", "seconds", "next_open", "day", "time")
GIVEN = "given "
DAY_END = "24:00"
"""The time of day of a `passed` column that counts ends of days."""

# A clock's three slots in k, counted from `Clock.at`.
GROWING, END, COUNT = 0, 1, 2
CLOCK_SLOTS = 3

Gate = tuple[tuple[int, int], ...]
"""Pairs (what, slot): open when each has counted more bars than the parameter array says in that slot. What counts
is the base clock (-1), a higher clock by its place, or, after these, a counter of the plan by its place."""


@dataclass(frozen=True, slots=True)
class Op:
    """One value of an event; see the table above."""

    id: int
    kind: str
    name: str
    type: str
    args: tuple[int, ...] = ()
    at: tuple[int, ...] = ()
    gate: Gate = ()


@dataclass(frozen=True, slots=True)
class Commit:
    """Store the value of a cell, and that it has one, at the end of a block."""

    value: int
    type: str
    at: tuple[int, int]  # value slot, begun slot


@dataclass(frozen=True, slots=True)
class Counter:
    """Counts bars of `clock` where its closed bars alone do not say what is warm.

    at: the slot in k that counts those on which `gate` was open, from the first on; -1 for all of them. growing: with
    the bar that grows, as a forming sample sees it. The gate names counters before this one only.
    """

    clock: int
    growing: bool
    at: int = -1
    gate: Gate = ()


@dataclass(frozen=True, slots=True)
class Hold:
    """Store a value of a higher block where samples read it: f for a number, k for a bool."""

    value: int
    type: str
    slot: int


@dataclass(frozen=True, slots=True)
class Forming:
    """A forming sample: base value `id` is `peeked`, or what is held in `slot` if this bar completed the higher bar."""

    id: int
    type: str
    peeked: int
    slot: int


@dataclass(frozen=True, slots=True)
class Copy:
    """Copy `count` items inside one array, "f", "k" or "w", before a peek."""

    array: str
    source: int
    target: int
    count: int


@dataclass(frozen=True, slots=True)
class Field:
    """A field of the growing bar, merged from `column`: open high low close volume, or a calendar fact.

    One whose name begins with GIVEN is no part of the bar: it is what the column says now, stored before a bar closes.
    """

    name: str
    slot: int
    column: int


@dataclass(frozen=True, slots=True)
class Clock:
    """A higher timeframe: its growing bar, its block, and the peek that forming samples need.

    `end` is the column of bucket ends, `at` the first of the clock's slots in k.
    """

    timeframe: str
    end: int
    at: int
    fields: tuple[Field, ...]
    ops: tuple[Op, ...]
    commits: tuple[Commit, ...]
    holds: tuple[Hold, ...]
    copies: tuple[Copy, ...]
    peek: tuple[Op, ...]
    forming: tuple[Forming, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """What the host has to supply, one value per bar.

    source: "bar" (open high low close volume, time and close_time in microseconds), "data" (a column of the
    data's own), "calendar" (a field, in `zone`, of the base bar or of the higher bar of `timeframe` that holds it),
    "bucket_end" (of that higher bar, in microseconds), "given" (a node whose values are supplied), "book_of" (a
    reading of another symbol's book, see `Plan.books_of`) or "passed": how many instants of the time of day in
    `timeframe` ("15:55", "24:00" for the day's end), in `zone`, lie at or before the bar's open (name "open") or its
    close instant ("close"), counted from any fixed beginning.
    `whole` columns are int64, the others float64.
    """

    source: str
    name: str
    zone: str = ""
    timeframe: str = ""
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Output:
    """A column handed out: kind is "series", "emit" (false until warm), "alert" (its edge; `at` is its slot in k)
    or "text" (a value shown in an alert)."""

    name: str
    kind: str
    type: str
    value: int
    gate: Gate = ()
    at: int = -1


@dataclass(frozen=True, slots=True)
class Text:
    """Literal strings and (type, place) in turn; a place is a text slot of an order, or an output of an alert."""

    parts: tuple[str | tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Alert:
    """`output` is true on the bar on which the condition becomes true."""

    index: int
    output: int
    message: Text


@dataclass(frozen=True, slots=True)
class Decision:
    """A statement that trades. `ops` are needed by it alone and run only when its condition holds.

    index: its place among the statements of the core; a hold takes HOLD_PLACES of them, any other one.
    action: enter, exit, hold, or cancel, which ends entries that rest: those of statement `of`, or of the whole side
    (-1). The `until` of a statement is a cancel right after it. A hold (no side) tells the SIZE to be held, with its
    sign, and the BAND within which nothing is traded, if it has one. Those of one `rebalance` or `atomic` share a
    `group`; `atomic` ones act together or not at all, those of a `sequence` (counted from 1) one after another, each at
    its `step` (from 1; 0 of any other hold). The orders of a ladder are decisions one after another, each a `rung`
    (from 1; 0 of any other) of `rungs`; with `again` one is placed anew when its lot has left. A deposit or a withdraw
    (no side) tells as its SIZE the money ("cash") or share of equity ("fraction") that is paid in or taken out.
    symbol: the one that the statement is for, "" for each.
    inbox: what it tells the order machinery, by name: SIZE CAP STOP_BASE … EXPIRE LIMIT TRIGGER LIFE TAKE0_SHARE …
    MOVE0_BASE … TRAIL_AFTER_BASE …; of `takes` and `moves` as many as those say. The first pair of `gate` is the base
    clock's and its own: the host may raise it, so that nothing acts before a date.

    rest: "" (a market order), limit, trigger or trigger_limit. life of what rests: "" (1 bar), bars, seconds (LIFE says
    how many), day, or open (until `until` alone). expire_kind: "" bars seconds next_open day time; of the last two
    `passed` holds the places of their columns "open" and "close".
    """

    index: int
    action: str
    side: str
    when: int
    gate: Gate
    ops: tuple[Op, ...]
    inbox: tuple[tuple[str, int], ...]
    texts: tuple[int, ...]
    because: Text | None
    sizing: str
    expire_kind: str
    scale: int
    once: bool
    fill: str
    rest: str = ""
    life: str = ""
    of: int = -1
    takes: int = 0
    moves: int = 0
    passed: tuple[int, int] | None = None
    symbol: str = ""
    group: int = -1
    atomic: bool = False
    sequence: int = 0
    step: int = 0
    rung: int = 0
    rungs: int = 0
    again: bool = False
    trail_from_fill: bool = False

    @property
    def places(self) -> int:
        """Of a decision of `Plan.of_text`: how many statements of the core are those of its statement."""
        return HOLD_PLACES if self.action == "hold" else max(self.rungs, 1)

    @property
    def name(self) -> str:
        """What its statement is called: `enter long SPY`, `rebalance`, `sequence 1 step 2 SPY`."""
        name = f"{self.action} {self.side}".strip()
        if self.action == "hold":
            name = "atomic" if self.atomic else "rebalance"
        if self.step:
            name = f"sequence {self.sequence} step {self.step}"
        return f"{name} {self.symbol}".strip()

    @property
    def label(self) -> str:
        """How rows name it: its statement, and of a ladder which order, `enter long 2 of 5`."""
        return f"{self.name} {self.rung} of {self.rungs}" if self.rung else self.name

    @property
    def text_types(self) -> tuple[str, ...]:
        """The types of the values in its text."""
        return tuple(part[0] for part in self.because.parts if isinstance(part, tuple)) if self.because else ()

    def has(self, name: str) -> bool:
        """Whether it tells this field of the inbox."""
        return any(told == name for told, _ in self.inbox)


DAY_GUARDS = frozenset({"daily_loss", "day_gain", "day_trades", "day_losses"})
"""Guards that are of a day: what they measure begins anew with it, and unless said otherwise it resets them."""


def needs_days(guard: str, until: str) -> bool:
    """Whether a guard has to know when a day begins."""
    return guard in DAY_GUARDS or until in ("day", "week", "month")


@dataclass(frozen=True, slots=True)
class Limit:
    """A guard: its threshold is in a slot of the parameter array. of: a symbol or a group, "" for the account. until:
    what resets it, "" where it is not said. read_as: how the text calls a series that it reads with arguments."""

    name: str
    slot: int
    action: str
    of: str = ""
    until: str = ""
    read_as: str = ""


@dataclass(frozen=True, slots=True)
class Gauge:
    """What a guard reads: the place of the guard, and the operand that is held to its limit once its gate is open."""

    guard: int
    value: int
    gate: Gate


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter as the host needs it; see `lang/program/program.py`. State is sized for values least … most."""

    name: str
    default: float | bool
    whole: bool
    unit: str
    low: float | None
    high: float | None
    step: float | None
    choices: tuple[float | bool, ...]
    least: float
    most: float
    doc: str


@dataclass(frozen=True, slots=True)
class Length:
    """A whole number that an operator needs before the run, in a slot of the stage: from `least` to `most`.

    Of parameters within their domains it can still be missing (`7 // k` with k at 0). A constant has one as well, so
    that a kept plan can be held to its windows without the operators. `what` says whose it is.
    """

    slot: int
    least: int
    most: int
    what: str


@dataclass(frozen=True, slots=True)
class Requirement:
    """A condition on parameters; the run is refused where its slot is 0."""

    slot: int
    text: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where a node keeps its state: `key` is a hash of its expression, the same in every plan that has it."""

    key: str
    f: int
    floats: int
    k: int
    ints: int
    w: int
    window: int


@dataclass(frozen=True, slots=True)
class State:
    """The sizes of f, k and w, and who has which part."""

    floats: int
    ints: int
    window: int
    places: tuple[Place, ...]

    @property
    def bytes(self) -> int:
        return 8 * (self.floats + self.ints + self.window)


Known = tuple[str, float | str | None, tuple[int, ...]]
"""A row of the stage: ("const", value or None for missing, ()), ("param", name, ()) or ("pure", function, slots)."""

Formula = int | tuple[str | int, ...] | tuple[object, ...]
"""A whole number made of the stage: 7, ("slot", 3), ("+", formula, formula), ("-", …), ("*", …), ("max", …)."""


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything to run a program. `clocks` are ordered from coarse to fine; `decisions` are in source order.

    `seal` is a hash of what the statements and guards are, in order: state may go on under a plan of the same seal.
    `thresholds` follow the stage in the parameter array. `day` is (column, slot in k) where the program needs to
    know of new days, else (). `cost` counts what an event computes, in steps of about one instruction.
    `books_of` are (column, field, symbol) of each column that is a reading of another symbol's book. `prefer` is the
    operand of the base block by which entries of one event are ordered.
    `extras` names the parts of an event that the run's assumptions ask for (`extras.py`), `extra_columns` the places of
    what they read, by argument; of a kept plan none. `gauges` are the guards whose reading is a series: of several
    symbols those of the account, in the plan that computes what is the account's.
    """

    format: int
    title: str
    source_hash: str
    symbols: tuple[str, ...]
    timeframe: str
    assumptions: tuple[tuple[str, str], ...]
    params: tuple[Parameter, ...]
    requires: tuple[Requirement, ...]
    lengths: tuple[Length, ...]
    stage: tuple[Known, ...]
    thresholds: tuple[Formula, ...]
    columns: tuple[Column, ...]
    clocks: tuple[Clock, ...]
    counters: tuple[Counter, ...]
    ops: tuple[Op, ...]
    commits: tuple[Commit, ...]
    decisions: tuple[Decision, ...]
    guards: tuple[Limit, ...]
    outputs: tuple[Output, ...]
    alerts: tuple[Alert, ...]
    day: tuple[int, ...]
    trading: bool
    seal: str
    state: State
    cost: int
    books_of: tuple[tuple[int, str, str], ...] = ()
    prefer: int | None = None
    extras: tuple[str, ...] = ()
    extra_columns: tuple[tuple[str, int], ...] = ()
    gauges: tuple[Gauge, ...] = ()

    @property
    def of_text(self) -> tuple[Decision, ...]:
        """The decision of each statement of the text, in its order: no `until` of another, of a ladder the first."""
        return tuple(each for each in self.decisions if each.of < 0 and each.rung <= 1)

    def counter(self, what: int) -> Counter:
        """What a gate names."""
        if what < len(self.clocks):
            return Counter(what, growing=False)
        return self.counters[what - len(self.clocks)]

    def counted(self, clock: int) -> list[Counter]:
        """The counters that keep a count of their own and go on with each closed bar of this clock, in order."""
        return [each for each in self.counters if each.clock == clock and each.at >= 0 and not each.growing]

    @property
    def pays(self) -> str:
        """"deposit" or "withdraw" where a statement moves money so, the first of them; else ""."""
        return next((decision.action for decision in self.decisions if decision.action in FLOWS), "")

    @property
    def gauged(self) -> bool:
        """Whether a guard's reading is a series, in this plan or, of several symbols, in that of the account."""
        return any(guard.name in GAUGES for guard in self.guards)

    @property
    def crosses(self) -> bool:
        """Whether it runs as part of a portfolio alone: it takes what other symbols give, or holds positions."""
        return (
            len(self.symbols) > 1 or self.prefer is not None
            or any(column.source in ("given", "book_of") for column in self.columns)
            or any(decision.symbol or decision.action == "hold" for decision in self.decisions)
            or any(guard.of for guard in self.guards)
        )  # fmt: skip

    @property
    def traded_by_name(self) -> tuple[str, ...]:
        """The symbols that a statement or a weight is for, or whose book is read."""
        of_books = [symbol for _, _, symbol in self.books_of]
        of_statements = [decision.symbol for decision in self.decisions if decision.symbol]
        of_weights = [str(what).removeprefix(IS_SYMBOL) for kind, what, _ in self.stage
                      if kind == "param" and str(what).startswith(IS_SYMBOL)]  # fmt: skip
        return (*of_books, *of_statements, *of_weights)

    def column(self, name: str, source: str = "bar") -> int:
        """The place of a column; KeyError names it."""
        for place, column in enumerate(self.columns):
            if column.name == name and column.source == source:
                return place
        raise KeyError(f"the plan needs no column {name!r} ({source})")


CROSSINGS = (
    "of", "fresh", "rank", "top", "quantile_of", "zscore_across", "demean", "total", "average", "any", "all", "count",
)  # fmt: skip
"""What a crossing does. "of" and "fresh" read one symbol; the others are over all that take part."""


@dataclass(frozen=True, slots=True)
class Crossing:
    """A value that comes from other symbols than the one that reads it.

    column: the name of the "given" column in which it is handed on. symbol: whose value, "" where it is over all.
    argument: the output of the level's plan that it reads, -1 for "fresh". count: the slot, in the parameter array of
    the level's plan, of how many are at the top, -1 but for "top".
    """

    column: str
    function: str
    symbol: str
    type: str
    argument: int = -1
    count: int = -1


@dataclass(frozen=True, slots=True)
class Level:
    """Crossings whose arguments need those of the levels before alone; the plan computes the arguments.

    It runs for every symbol, traded or watched. It does not trade; each output is missing (false) until warm.
    """

    plan: Plan
    crossings: tuple[Crossing, ...]


@dataclass(frozen=True, slots=True)
class Several:
    """A program of several symbols: one plan that serves each that is traded, and what it needs of the others.

    universe: the name of the declared universe that is traded, "" where the symbols are `main.symbols`, or, without
    those, all that the data hold and that are not watched. assumed: (symbol, name, value) of what is assumed of one
    symbol. `params` of every plan are those of the program; `stage` and state are each plan's own.
    account: where money is paid in or taken out, or a guard reads a series, what decides it: a plan whose bars are the
    events, and which has those statements and readings alone, each in the place that it has in `main`. No book acts by
    those of `main`.
    """

    main: Plan
    levels: tuple[Level, ...]
    watches: tuple[str, ...] = ()
    universe: str = ""
    assumed: tuple[tuple[str, str, str], ...] = ()
    account: Plan | None = None

    @property
    def plans(self) -> tuple[Plan, ...]:
        """Every plan, the one that trades last: it has all parameters and guards."""
        account = () if self.account is None else (self.account,)
        return (*(level.plan for level in self.levels), *account, self.main)

    @property
    def named(self) -> tuple[str, ...]:
        """The symbols that the program names besides those that it trades on its own account: they must be there."""
        read = [crossing.symbol for level in self.levels for crossing in level.crossings if crossing.symbol]
        return tuple(dict.fromkeys((*self.main.symbols, *self.watches, *read, *self.main.traded_by_name)))
