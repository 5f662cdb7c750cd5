"""Draws programs and bars: prices on a coarse grid, so that touches, gaps and equal prices are common."""

from __future__ import annotations

from dataclasses import replace
from math import nan
from typing import Any

from hypothesis import strategies as st

from .program import (
    LONG,
    SHORT,
    Bar,
    Cancel,
    Enter,
    Exit,
    Flow,
    Guard,
    Ladder,
    Level,
    Move,
    Prices,
    Program,
    Rest,
    Rests,
    Statement,
    Take,
    whole,
)

START = 1_704_063_600_000_000
HOUR = 3_600_000_000
ALL = frozenset(
    "percent cash risk cap trail expire once guard tick lot scale fill sizing bracket close parts guards days "
    "holes costs carry flows volume late rates finer tiers returns".split()
)

RESTING = frozenset("limit until cancel oco takes moves after moments hours ladder".split())
"""What needs an engine that knows orders that rest."""


VOLUMES = [4000.0, 400.0, 80.0, 160.0, 40.0, 8.0, 0.0, nan]
"""Of which an eighth is 500, 50, 10, 20 …: about what the sizes ask for."""


def flags(count: int) -> st.SearchStrategy[tuple[bool, ...]]:
    return st.lists(st.sampled_from([False, False, True]), min_size=count, max_size=count).map(tuple)


def many(values: list[float], count: int) -> st.SearchStrategy[tuple[float, ...]]:
    return st.lists(st.sampled_from(values), min_size=count, max_size=count).map(tuple)


@st.composite
def bars(draw: st.DrawFn, count: int, features: frozenset[str]) -> list[Bar]:
    grid = draw(st.sampled_from([1.0, 0.5]))
    made, time = [], START
    for _ in range(count):
        time += HOUR * (draw(st.sampled_from([1, 1, 1, 7, 30])) if "days" in features else 1)
        a, b, c, d = sorted(draw(st.lists(st.integers(-6, 6), min_size=4, max_size=4)))
        open_, close = (b, c) if draw(st.booleans()) else (c, b)
        prices = [100 + grid * p for p in (open_, d, a, close)]
        if made and "holes" in features and draw(st.sampled_from([False] * 7 + [True])):
            prices[:3] = nan, nan, nan  # only a close: nothing can fill before it
        inside: tuple[Prices, ...] = ()
        if "finer" in features and prices[0] == prices[0] and draw(st.booleans()):
            inside = draw(finer(grid))
            prices = [*whole(inside)]
            if draw(st.sampled_from([False] * 7 + [True])):
                prices[1] += grid  # they do not make the bar
        volume = draw(st.sampled_from(VOLUMES)) if "volume" in features and made else 4000.0
        made.append(Bar(time, *prices, volume, inside))
    return made


@st.composite
def finer(draw: st.DrawFn, grid: float) -> tuple[Prices, ...]:
    """A few bars that make one."""
    made = []
    for _ in range(draw(st.integers(1, 4))):
        a, b, c, d = sorted(draw(st.lists(st.integers(-6, 6), min_size=4, max_size=4)))
        open_, close = (b, c) if draw(st.booleans()) else (c, b)
        made.append((100 + grid * open_, 100 + grid * d, 100 + grid * a, 100 + grid * close))
    return tuple(made)


def level(kind: str, draw: st.DrawFn, count: int, toward: int) -> Level:
    if kind == "price":
        near = [100.0 + toward * d for d in (3, 4, 5, 2, 1, 0, -1, 0.25)]
        return Level(kind, draw(many(near, count)))
    if kind == "ratio":
        return Level(kind, draw(many([1 / 32, 1 / 64, 1 / 16, 0.0], count)))
    return Level(kind, draw(many([2.0, 3.0, 1.0, 4.0, 0.5, 0.25, 5.0], count)))


def trails(draw: st.DrawFn, count: int, kinds: list[str], *, stopped: bool) -> Level:
    kind = draw(st.sampled_from([*kinds, *(["multiple"] if stopped else [])]))
    return Level(kind, draw(many([1.0, 0.5, 2.0], count))) if kind == "multiple" else level(kind, draw, count, 1)


@st.composite
def enters(draw: st.DrawFn, count: int, features: frozenset[str]) -> Enter:
    side = draw(st.sampled_from([LONG, SHORT]))
    kinds = ["units", *(features & {"percent", "cash", "risk"})]
    sizing = draw(st.sampled_from(sorted(kinds, reverse=True)))
    kinds = ["price", "distance", "ratio"]
    stop = level(draw(st.sampled_from(kinds)), draw, count, -side) if sizing == "risk" or draw(st.booleans()) else None
    trail = None
    if "trail" in features and draw(st.booleans()):
        trail = trails(draw, count, kinds[1:], stopped=stop is not None)
    target = None
    if draw(st.booleans()):
        kinds = kinds + (["multiple"] if stop else [])
        target = level(draw(st.sampled_from(kinds)), draw, count, side)
    sizes = {"units": [10.0, 1.0, 20.0, 3.5], "cash": [1000.0, 5000.0, 1.0], "percent": [0.5, 1.0, 0.25],
             "risk": [0.01, 0.02, 0.125]}[sizing]  # fmt: skip
    rest = draw(resting(count, side, features)) if "limit" in features and draw(st.booleans()) else None
    ladder = draw(ladders(count, rest)) if rest and "ladder" in features and draw(st.booleans()) else None
    plain = trail is None or stop is not None or sizing != "risk"
    later = trail is not None and plain and "after" in features and draw(st.booleans())
    r = ["price", "distance", "ratio", *(["multiple"] if stop else [])]
    expire, unit = draw(expiries(count, features))
    return Enter(
        side,
        draw(flags(count)),
        sizing,
        draw(many(sizes, count)),
        cap=draw(st.none() | many([0.5, 0.25, 2.0], count)) if "cap" in features and sizing != "percent" else None,
        scale=draw(st.sampled_from([0, 1, 2])) if "scale" in features and not ladder else 0,
        stop=stop,
        target=target,
        trail=trail,
        trail_after=level(draw(st.sampled_from(r)), draw, count, side) if later else None,
        moves=draw(several(moves(count, side, r))) if "moves" in features else (),
        takes=draw(several(takes(count, side, r))) if "takes" in features else (),
        expire=expire,
        expire_unit=unit,
        fill=draw(st.sampled_from(["", "this_close", "next_open"])) if "fill" in features and not rest else "",
        rest=rest,
        ladder=ladder,
    )


@st.composite
def ladders(draw: st.DrawFn, count: int, rest: Rest) -> Ladder:
    kind = draw(st.sampled_from(["distance", "ratio"]))
    step = Level(kind, draw(many([1.0, 2.0, 0.5, 0.0] if kind == "distance" else [1 / 64, 1 / 32, nan], count)))
    lives = rest.unit != "" or rest.until is not None
    return Ladder(draw(st.sampled_from([2, 3])), step, lives and draw(st.booleans()))


def several(of: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[Any, ...]]:
    """Mostly none, at most two."""
    return st.just(()) | st.lists(of, max_size=2).map(tuple)


@st.composite
def resting(draw: st.DrawFn, count: int, buys: int, features: frozenset[str]) -> Rest:
    """`limit`, `trigger` or both, near the close on either side of it, and a life."""

    def near(toward: int) -> Level:
        kind = draw(st.sampled_from(["price", "distance", "ratio"]))
        if kind == "price":
            return Level(kind, draw(many([100.0 + toward * d for d in (1, 2, 3, 0.5, 0, -1, 4)] + [nan], count)))
        return level(kind, draw, count, toward)

    kind = draw(st.sampled_from(["limit", "trigger", "both"]))
    limit = near(-buys) if kind != "trigger" else None
    trigger = near(buys) if kind != "limit" else None
    unit = draw(st.sampled_from(["", "bars", "bars", "day", *(["hours"] if "hours" in features else [])]))
    valid = None
    if unit == "bars":
        valid = draw(many([1.0, 2.0, 3.0, 5.0, 0.0, nan], count))
    elif unit == "hours":
        valid = (draw(st.sampled_from([1.0, 2.0, 5.0, 30.0])),) * count
    until = draw(st.none() | st.none() | flags(count)) if "until" in features else None
    return Rest(limit, trigger, valid, unit, until)


@st.composite
def moves(draw: st.DrawFn, count: int, side: int, kinds: list[str]) -> Move:
    kind = draw(st.sampled_from(kinds))
    kept = Level("multiple", draw(many([0.0, 0.5, -0.5], count)))
    stop = kept if kind == "multiple" else level(kind, draw, count, -side)
    return Move(stop, level(draw(st.sampled_from(kinds)), draw, count, side))


@st.composite
def takes(draw: st.DrawFn, count: int, side: int, kinds: list[str]) -> Take:
    return Take(draw(many([0.5, 0.25, 1.0], count)), level(draw(st.sampled_from(kinds)), draw, count, side))


@st.composite
def expiries(draw: st.DrawFn, count: int, features: frozenset[str]) -> tuple[tuple[float, ...] | None, str]:
    if "expire" not in features or draw(st.booleans()):
        return None, "bars"
    kinds = ["bars", *(["hours"] if "hours" in features else [])]
    if "moments" in features:
        kinds += ["next_open", "day", "02:00", "00:30"]
    unit = draw(st.sampled_from(kinds))
    if unit == "hours":
        return (draw(st.sampled_from([1.0, 2.0, 8.0])),) * count, unit
    return (draw(many([2.0, 3.0, 1.0], count)) if unit == "bars" else None), unit


@st.composite
def exits(draw: st.DrawFn, count: int, features: frozenset[str]) -> Exit:
    side = draw(st.sampled_from([LONG, SHORT]))
    fill = draw(st.sampled_from(["", "this_close", "next_open"])) if "fill" in features else ""
    rest = draw(resting(count, -side, features)) if "limit" in features and draw(st.booleans()) else None
    fill = "" if rest else fill
    if "parts" in features and draw(st.booleans()):
        sizing = draw(st.sampled_from(["units", "percent"]))
        sizes = [0.5, 0.25, 1.0] if sizing == "percent" else [4.0, 10.0, 30.0]
        return Exit(side, draw(flags(count)), sizing, draw(many(sizes, count)), True, fill, rest)
    once = "once" in features and draw(st.booleans())
    return Exit(side, draw(flags(count)), once=once, fill=fill, rest=rest)


@st.composite
def flows(draw: st.DrawFn, count: int) -> Flow:
    """Money in or out, amounts of which some are none, and some are more than there is."""
    unit = draw(st.sampled_from(["cash", "percent"]))
    sizes = [1000.0, 64.0, 1_000_000.0, 0.0, nan, 50.0] if unit == "cash" else [0.25, 0.5, 1 / 64, 1.0, 2.0]
    return Flow(draw(st.sampled_from([1, -1])), draw(flags(count)), unit, draw(many(sizes, count)))


@st.composite
def rests(draw: st.DrawFn, features: frozenset[str], count: int) -> Rests:
    one = lambda *values: draw(st.sampled_from(values))  # noqa: E731
    least, most, share = one((0.0, 0.0, 0.0), (5.0, 0.0, 0.0), (0.0, 3.0, 0.0), (1.0, 0.0, 1 / 128), (2.0, 4.0, 0.0))
    costs = "costs" in features and draw(st.booleans())
    said = "carry" in features and draw(st.sampled_from([False, False, True]))
    quoted = (0.5, *draw(many([0.5, nan, 2.0, 0.0, 1.0], count - 1))) if costs and one(False, True) else ()
    tiers = ((4000.0, 1 / 2048, 1.0, 0.0), (16_000.0, 0.0, 0.0, 0.25))[: one(0, 1, 2)] if "tiers" in features else ()
    converted = (0.5, *draw(many([0.5, nan, 0.75, 1.25, 1.0], count - 1))) if "rates" in features else ()
    return Rests(
        capital=one(100_000.0, 10_000.0),
        fee_fraction=one(0.0, 1 / 1024),
        fee_order=one(0.0, 2.0),
        fee_unit=one(0.0, 0.125),
        fee_least=least if costs else 0.0,
        fee_most=most if costs else 0.0,
        fee_most_share=share if costs else 0.0,
        fee_on=one("", "entries", "exits") if costs else "",
        tiers=tiers,
        over=one(0, 1, 2, 30) if tiers else 0,
        interest=one(0.0, 0.25) if "carry" in features else 0.0,
        borrow=one(0.0, 0.5) if "carry" in features else 0.0,
        funding=one(0.0, 1 / 1024) if "carry" in features and not said else 0.0,  # the column is in its place
        borrow_said=tuple(draw(many([0.5, 0.0, nan, -0.25], count))) if said else (),
        funding_said=tuple(draw(many([1 / 1024, nan, -1 / 512], count))) if said else (),
        slip_distance=one(0.0, 0.25),
        spread=one(0.0, 0.5) if costs else 0.0,
        spread_on=one("", "entries", "exits") if costs else "",
        spreads=quoted,
        lot=one(0.0, 1.0, 0.5, 5.0) if "lot" in features else 0.0,
        tick=one(0.0, 1.0, 0.5, 2.0) if "tick" in features else 0.0,
        point=one(1.0, 4.0),
        path=one("worst", "best", "proximity"),
        bracket=one("entry_bar", "next_bar", "next_decision") if "bracket" in features else "entry_bar",
        sizing=one("decision", "fill") if "sizing" in features else "decision",
        entries=one("independent", "one_cancels_other") if "oco" in features else "independent",
        participation=one(0.0, 0.0, 0.125) if "volume" in features else 0.0,
        fill=one("next_open", "this_close") if "fill" in features else "next_open",
        close_at_end=one(False, True) if "close" in features else False,
        rates=converted if "rates" in features and one(False, False, True) else (),
    )


LIMITS = {
    "exposure": (8.0, 1.0, 0.5), "leverage": (8.0, 1.0), "position": (0.5, 0.25), "drawdown": (0.01, 0.02, 0.001),
    "loss": (0.01, 0.002), "daily_loss": (0.01, 0.02), "day_gain": (0.01, 0.002), "day_trades": (1.0, 2.0),
    "day_losses": (1.0, 2.0), "positions": (1.0,), "net_exposure": (0.5,), "open_risk": (0.02, 0.2),
    "orders_per_minute": (1.0, 2.0),
}  # fmt: skip


STATISTICS = {
    "value_at_risk": ((2.0, 0.75), (3.0, 0.6), (4.0, 0.9), (2.0, 0.95)), "expected_shortfall": ((3.0, 0.6), (4.0, 0.7)),
    "ewma_value_at_risk": ((), (2.0, 0.5)), "ewma_volatility": ((), (0.5,)), "volatility": ((2.0,), (3.0,)),
    "beta": ((2.0,), (3.0,)),
}  # fmt: skip
"""Guards on returns of equity, with arguments."""
STATISTIC_LIMITS = (0.00113, 0.00017, 0.0031, 0.0121)


REDUCIBLE = ("exposure", "leverage", "position", "net_exposure", "open_risk")


@st.composite
def guarded(draw: st.DrawFn, features: frozenset[str]) -> tuple[Guard, ...]:
    """One limit on exposure, which a `risk` needs, and others."""
    first = Guard("exposure", draw(st.sampled_from([8.0, 1.0, 0.5])) if "guard" in features else 64.0)
    if "guards" not in features:
        return (first,)
    others = []
    for name in draw(st.lists(st.sampled_from(sorted(LIMITS)), max_size=2, unique=True)):
        actions = ["deny", "halt", "flatten", *(["reduce"] if name in REDUCIBLE else [])]
        action = draw(st.sampled_from(actions))
        resets = ["", "", "day", "week", "month", "never"] if action in ("halt", "flatten") else [""]
        until = draw(st.sampled_from(resets))
        others.append(Guard(name, draw(st.sampled_from(LIMITS[name])), action, until))
    if "returns" in features and draw(st.booleans()):
        name = draw(st.sampled_from(sorted(STATISTICS)))
        limit = draw(st.sampled_from(STATISTIC_LIMITS)) * {"volatility": 40.0, "beta": 20.0}.get(name, 1.0)
        until = draw(st.sampled_from(["", "day", "week"]))
        action = draw(st.sampled_from(["deny", "halt", "flatten"])) if not until else "flatten"
        others.append(Guard(name, limit, action, until, draw(st.sampled_from(STATISTICS[name]))))
    if any(guard.name == "exposure" for guard in others):
        return tuple(others)
    at = draw(st.integers(0, len(others)))
    return (*others[:at], first, *others[at:])


@st.composite
def cases(draw: st.DrawFn, features: frozenset[str] = ALL, count: int = 0) -> tuple[Program, list[Bar]]:
    """count: of bars and of the values of each list; drawn where it is 0."""
    count = count or draw(st.integers(1, 12))
    enter = enters(count, features)
    kinds = st.one_of(enter, enter, exits(count, features))
    if "cancel" in features:
        cancels = st.builds(Cancel, st.sampled_from([LONG, SHORT]), flags(count))
        kinds = st.one_of(enter, enter, enter, exits(count, features), exits(count, features), cancels)
    statements: list[Statement] = draw(st.lists(kinds, min_size=1, max_size=4))
    if "flows" in features and draw(st.sampled_from([False, False, True])):
        for flow in draw(st.lists(flows(count), min_size=1, max_size=2)):
            statements.insert(draw(st.integers(0, len(statements))), flow)
    guards = draw(guarded(features))
    program = Program(tuple(statements), tuple(guards), draw(rests(features, count)))
    if "late" in features and program.rests.fill == "next_open":
        program = late(program, draw(st.sampled_from([0, 0, 0, 1, 2])))
    return program, draw(bars(count, features))


def late(program: Program, bars: int) -> Program:
    """The program with orders that are so many bars under way, none of which fills at the close that says it."""
    there = (replace(each, fill="") if bars and isinstance(each, Enter | Exit) else each for each in program.statements)
    return replace(program, statements=tuple(there), rests=replace(program.rests, latency=bars))
