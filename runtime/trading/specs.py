"""What trading needs to know about a program, in plain values, so that it depends on no typed program."""

from __future__ import annotations

from dataclasses import dataclass

from ...lang.words.vocabulary import COUNTS, FILLS, GROUPED, GUARD_ACTIONS, HALTING, REDUCIBLE, RESETS
from ..errors import UsageFault
from .layout import FAR, MOST_MOVES, MOST_TAKES

SIDES = ("long", "short")
HOLDS = ("fraction", "units", "cash")
FLOWS = ("deposit", "withdraw")
SIZINGS = ("", "fraction", "units", "cash", "risk")  # the place is the code
EXPIRIES = ("", "bars", "seconds", "next_open", "passed")
RESTS = ("", "limit", "trigger", "trigger_limit")
LIVES = ("", "bars", "seconds", "day", "open")
GUARDS = (
    "drawdown", "loss", "daily_loss", "day_gain", "day_trades", "day_losses", "exposure", "leverage", "position",
    "margin", "margin_use", "margin_distance", "net_exposure", "open_risk", "positions", "orders_per_minute",
    "value_at_risk", "expected_shortfall", "ewma_value_at_risk", "ewma_volatility", "volatility", "beta",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class EnterSpec:
    """An `enter`; `fill` "" follows the program's assumption."""

    side: str
    sizing: str = "fraction"
    has_cap: bool = False
    has_stop: bool = False
    has_target: bool = False
    has_trail: bool = False
    expire_kind: str = ""
    scale: int = 0
    fill: str = ""
    rest: str = ""
    life: str = ""
    takes: int = 0
    moves: int = 0
    has_trail_after: bool = False
    rung: int = 0  # of a ladder which of its orders, from 1
    rungs: int = 0
    again: bool = False
    trail_from_fill: bool = False

    def __post_init__(self) -> None:
        _one_of("side", self.side, SIDES)
        _one_of("sizing", self.sizing, SIZINGS[1:])
        _one_of("expire_kind", self.expire_kind, EXPIRIES)
        _one_of("fill", self.fill, ("", *FILLS))
        _rests(self.rest, self.life, self.fill)
        if not 0 <= self.takes <= MOST_TAKES or not 0 <= self.moves <= MOST_MOVES:
            raise ValueError(f"expected at most {MOST_TAKES} takes and {MOST_MOVES} moved stops")
        if (self.has_trail_after or self.trail_from_fill) and not self.has_trail:
            raise ValueError("expected a trail: what is said of one has none")
        if self.scale < 0:
            raise ValueError(f"scale: expected a whole number, 0 or more, found {self.scale}")
        if self.sizing == "risk" and not (self.has_stop or self.has_trail):
            raise ValueError("sizing risk needs a stop or a trail: the distance to it is what the size follows from")


@dataclass(frozen=True, slots=True)
class ExitSpec:
    """An `exit`; `sizing` "" closes all of the side."""

    side: str
    sizing: str = ""
    once: bool = False
    fill: str = ""
    rest: str = ""
    life: str = ""

    def __post_init__(self) -> None:
        _one_of("side", self.side, SIDES)
        _one_of("sizing", self.sizing, SIZINGS[:4])
        _one_of("fill", self.fill, ("", *FILLS))
        _rests(self.rest, self.life, self.fill)


@dataclass(frozen=True, slots=True)
class HoldSpec:
    """A position to hold, its size with a sign. It takes five places among the statements: its own and its `parts`'."""

    sizing: str = "fraction"
    fill: str = ""
    atomic: bool = False  # a leg of a group, which the drivers know
    step: int = 0  # its place in a sequence, which the drivers know too; 1 is the first, 0 of any other hold
    side: str = ""  # that of its size

    def __post_init__(self) -> None:
        _one_of("sizing", self.sizing, HOLDS)
        _one_of("fill", self.fill, ("", *FILLS))

    @property
    def parts(self) -> tuple[ExitSpec, ExitSpec, EnterSpec, EnterSpec]:
        """What it trades by, in the order in which they follow it: exits, then entries, of long and of short."""
        long, short, kind, fill = *SIDES, "units", self.fill
        return (
            ExitSpec(long, kind, fill=fill), ExitSpec(short, kind, fill=fill),
            EnterSpec(long, kind, fill=fill), EnterSpec(short, kind, fill=fill),
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class CancelSpec:
    """A `cancel`: of the entries of a side that rest, or (of >= 0, an `until`) of one statement's order."""

    side: str
    of: int = -1

    def __post_init__(self) -> None:
        _one_of("side", self.side, SIDES)


@dataclass(frozen=True, slots=True)
class FlowSpec:
    """A `deposit`, or a `withdraw`, of money ("cash") or of a share of equity ("fraction")."""

    word: str
    sizing: str = "cash"
    side: str = ""  # of the account

    def __post_init__(self) -> None:
        _one_of("word", self.word, FLOWS)
        _one_of("sizing", self.sizing, ("fraction", "cash"))


@dataclass(frozen=True, slots=True)
class GuardSpec:
    """A `guard`; ratios are plain (20 % is 0.2), counts are numbers. UsageFault: parameters give no such limit."""

    kind: str
    threshold: float
    action: str = "deny"
    of: str = ""  # a symbol or a group of symbols, in small letters; "" is the account
    until: str = ""  # what resets it; "" the day where it is of one, else nothing

    def __post_init__(self) -> None:
        _one_of("guard", self.kind, GUARDS)
        _one_of("action", self.action, GUARD_ACTIONS)
        if not 0.0 <= self.threshold < FAR:
            shown = "a missing one" if self.threshold != self.threshold else f"{self.threshold:g}"
            raise UsageFault(f"guard {self.kind}: expected a limit of 0 or more, found {shown}")
        if self.kind in COUNTS and not float(self.threshold).is_integer():
            raise UsageFault(f"guard {self.kind}: it counts, so expected a whole number, found {self.threshold:g}")
        if self.action == "reduce" and self.kind not in REDUCIBLE:
            raise ValueError(f"guard {self.kind} cannot reduce: expected one of {', '.join(REDUCIBLE)}")
        _one_of("until", self.until, ("", *RESETS))
        if self.until and self.action not in HALTING:
            raise ValueError(f"guard {self.kind} is never reset: {self.action} halts nothing")
        if self.of and self.kind not in GROUPED:
            raise ValueError(f"guard {self.kind} is of no group: expected one of {', '.join(GROUPED)}")


@dataclass(frozen=True, slots=True)
class Called:
    """What an answer calls guards. scopes: what they are of besides the account. readings: of each of the program, by
    its place, how the text calls what it reads, `value_at_risk(60, 95%)`; "" where that is its name alone."""

    scopes: tuple[str, ...] = ()
    readings: tuple[str, ...] = ()


UNNAMED = Called()


def _rests(rest: str, life: str, fill: str) -> None:
    """What an order that rests may say of itself; one at the market has no life."""
    _one_of("rest", rest, RESTS)
    _one_of("life", life, LIVES)
    if (life and not rest) or (fill and rest):
        raise ValueError("an order at the market has no life, one that rests no fill policy")


def _one_of(what: str, value: str, allowed: tuple[str, ...]) -> None:
    if value not in allowed:
        names = ", ".join(repr(name) for name in allowed)
        raise ValueError(f"{what}: expected one of {names}, found {value!r}")
