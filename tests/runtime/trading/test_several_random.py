"""Laws of several books over random guards, bars and wishes: sums, limits, money, snapshots, both engines' bits."""

from __future__ import annotations

import random
from array import array
from collections.abc import Callable
from math import fsum
from typing import Any

import pytest
from stratagem.lang.inputs.assumptions import read_assumptions
from stratagem.runtime.trading import layout as at
from stratagem.runtime.trading.phases import HOT
from stratagem.runtime.trading.sound import unsound
from stratagem.runtime.trading.specs import EnterSpec, ExitSpec, GuardSpec, HoldSpec
from stratagem.runtime.trading.state import Statement, TradingState, lay_out

from ...stdlib.native import address, native
from .driver import Bar
from .several import Floor, floor

NA = float("nan")
NAMES = "ABC"
STATEMENTS: list[Statement] = [
    EnterSpec("long", "fraction", has_stop=True, scale=1),  # 0
    EnterSpec("short", "units", rest="limit", life="bars"),  # 1
    ExitSpec("long"),  # 2
    ExitSpec("short", "fraction"),  # 3
    HoldSpec(),  # 4
    HoldSpec(atomic=True),  # 9
    HoldSpec("units", atomic=True),  # 14
    EnterSpec("long", "cash", expire_kind="bars", fill="this_close"),  # 19
]
GROUPS = [[("A", 9), ("C", 14)]]
GUARDS = [
    GuardSpec("drawdown", 0.3, "flatten"), GuardSpec("daily_loss", 0.04, "halt"), GuardSpec("exposure", 1.0, "reduce"),
    GuardSpec("positions", 2), GuardSpec("position", 0.7, "reduce"), GuardSpec("day_trades", 6),
    GuardSpec("day_losses", 3, "halt"), GuardSpec("loss", 0.6, "flatten"),
    GuardSpec("net_exposure", 0.6), GuardSpec("open_risk", 0.9), GuardSpec("margin_use", 0.9, "reduce"),
]  # fmt: skip
ASSUME: list[dict[str, Any]] = [
    {"fee": "0.1%", "slippage": "2bp"},
    {"fill": "this_close", "lot": 0.01, "fee": "0.2% min 0.5"},
    {"sizing": "fill", "path": "best", "tick": 0.01, "fee": "1/order"},
    {"entries": "one_cancels_other", "point_value": 2},
]


def made(seed: int, assume: dict[str, Any], functions: Callable[[str], Callable[..., int]] | None = None) -> Floor:
    """Three books with some of the guards."""
    rng = random.Random(seed)
    guards = [guard for guard in GUARDS if rng.random() < 0.5]
    f = floor(" ".join(NAMES), STATEMENTS, guards, groups=GROUPS, of={"B": {"point_value": 3}}, records=True, **assume)
    if functions is not None:
        f.functions = functions
    return f


def play(f: Floor, seed: int, events: int, each: Callable[[Floor], None] = lambda f: None) -> None:
    """Random events: symbols without a bar, bars without an open or a close, wishes of every kind."""
    rng = random.Random(seed)
    close = dict.fromkeys(NAMES, 100.0)
    for now in range(events):
        bars: dict[str, Bar] = {}
        for name in NAMES:
            open_ = close[name] * (1 + rng.gauss(0, 0.01))
            close[name] = open_ * (1 + rng.gauss(0, 0.03))
            high, low = max(open_, close[name]) * (1 + rng.random() * 0.02), min(open_, close[name]) * 0.99
            if rng.random() < 0.85:
                opened, closed = (NA if rng.random() < 0.03 else price for price in (open_, close[name]))
                bars[name] = (opened, high, low, closed)
        wishes = {name: wish(rng, close[name]) for name in NAMES}
        if rng.random() < 0.3:
            side = rng.choice((0.3, -0.3, 0.0))
            wishes["A"][9], wishes["C"][14] = {"size": side}, {"size": -side * 10}
        prefer = {name: rng.random() for name in NAMES if rng.random() < 0.8}
        if bars:
            f.event(bars, {n: w for n, w in wishes.items() if n in bars}, prefer=prefer, day=now % 9 == 8)
            each(f)
    f.finish()


def wish(rng: random.Random, close: float) -> dict[int, dict[str, float]]:
    """What the statements of one book want."""
    values: dict[int, dict[str, float]] = {
        0: {"size": rng.random(), "stop": close * 0.95},
        1: {"size": rng.random() * 5, "limit": close * 1.01, "life": 3.0},
        2: {}, 3: {"size": rng.choice((0.5, 1.0))},
        4: {"size": rng.choice((0.0, 0.5, -0.4, 0.25, NA)), "band": rng.choice((0.0, 0.02))},
        19: {"size": 300 * rng.random(), "expire": 4.0},
    }  # fmt: skip
    return {place: told for place, told in values.items() if rng.random() < 0.15}


def totals(f: Floor) -> None:
    """The account's sums and its equity are those over its books, whatever was handed and taken."""
    a, ak = f.account.b, f.account.k
    books = [f[name].state for name in f]
    for slot, own in ((at.OTHERS_VALUE, at.VALUE), (at.OTHERS_CLAIM, at.CLAIM), (at.OTHERS_COST, at.CLAIM_COST)):
        assert a[slot] == pytest.approx(fsum(s.b[own] for s in books), abs=1e-7)
    assert a[at.OTHERS_GROSS] == pytest.approx(fsum(abs(s.b[at.VALUE]) for s in books), abs=1e-7)
    assert a[at.EQUITY] == pytest.approx(a[at.CASH] + fsum(s.b[at.VALUE] for s in books), abs=1e-7)
    assert ak[at.OTHERS_HELD] == sum(s.k[at.LOT_COUNT] > 0 for s in books)
    for slot, count in ((at.OTHERS_OPEN, at.TAKES_PLACE), (at.OTHERS_WAITING, at.WAITING)):
        assert ak[slot] == sum(s.k[count] for s in books)
    for slot in range(at.OWN_RISK - at.OTHERS_RISK):
        total = fsum(s.b[at.OWN_RISK + slot] for s in books)
        assert a[at.OTHERS_RISK + slot] == pytest.approx(total, rel=1e-9, abs=1e-6)
    today = [s.k for s in books if s.k[at.COUNTED_DAY] == ak[at.DAY]]
    assert ak[at.OTHERS_ENTRIES_TODAY] == sum(k[at.ENTRIES_TODAY] for k in today)
    assert ak[at.OTHERS_LOSSES_TODAY] == sum(k[at.LOSSES_TODAY] for k in today)


def limits(f: Floor) -> None:
    """What guards bound, no acceptance has broken: positions and entries of the day are counts, exact at any time.

    An exit counts as gone for what is entered at its close; one that then meets no open has its place again beside
    them, so each such one may be a position more.
    Of entries that end each other those that rest are not counted until they fill: more may than the day has left.
    """
    kinds = {guard.kind: guard.threshold for guard in GUARDS}
    written = {f.account.k[f.account.k[at.GUARDS] + g * at.GUARD_WIDTH] for g in range(f.account.k[at.GUARD_COUNT])}
    books = [f[name].state for name in f]
    if at.POSITIONS in written:
        late = sum(min(s.k[at.LOT_COUNT], s.k[at.TAKES_PLACE], s.k[at.PENDING]) > 0 == s.b[at.REMAINING] for s in books)
        assert f.account.k[at.OTHERS_OPEN] - late <= kinds["positions"]
    if at.DAY_TRADES in written and f["A"].state.k[at.ENTRIES] == at.INDEPENDENT:
        assert f.account.k[at.OTHERS_ENTRIES_TODAY] <= kinds["day_trades"]


def fresh(state: TradingState, assume: dict[str, Any], of: dict[str, Any], statements: list[Statement]) -> TradingState:
    """The arrays of the same book or account before it has begun."""
    k = state.k
    found = []
    for guard in range(k[at.GUARD_COUNT] - int(state.implied_exposure)):
        kind = k[k[at.GUARDS] + guard * at.GUARD_WIDTH + at.GUARD_KIND]
        found.append(next(g for g in GUARDS if g.kind == _KINDS[kind]))
    assumptions = read_assumptions({"capital": 1000, **assume, **of})
    return lay_out(statements, found, assumptions, 64, bar_seconds=60, keep_records=bool(statements))


_KINDS = {
    at.DRAWDOWN: "drawdown", at.DAILY_LOSS: "daily_loss", at.EXPOSURE: "exposure", at.POSITIONS: "positions",
    at.POSITION: "position", at.DAY_TRADES: "day_trades", at.DAY_LOSSES: "day_losses", at.LOSS: "loss",
    at.NET_EXPOSURE: "net_exposure", at.OPEN_RISK: "open_risk", at.MARGIN_USE: "margin_use",
}  # fmt: skip


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("assume", ASSUME, ids=[next(iter(a)) + str(i) for i, a in enumerate(ASSUME)])
def test_sums_limits_snapshots_and_money(assume: dict[str, Any], seed: int) -> None:
    f = made(seed, assume)

    def each(f: Floor) -> None:
        totals(f)
        limits(f)
        for name in f if f.now % 7 == 0 else ():
            own = fresh(f[name].state, assume, {"point_value": 3} if name == "B" else {}, STATEMENTS)
            assert unsound(f[name].state.b, f[name].state.k, own.b, own.k, alone=False) == ""
        own = fresh(f.account, assume, {}, [])
        assert unsound(f.account.b, f.account.k, own.b, own.k, alone=False) == ""

    play(f, seed, 120, each)
    earned = fsum(trade["pnl"] for name in f for trade in f[name].trades)
    assert f.account.b[at.EQUITY] == pytest.approx(1000 + earned, abs=1e-6)
    assert sum(len(f[name].trades) for name in f) > 20


def test_the_two_engines_have_the_same_bits() -> None:
    """The functions as they are compiled, through the same stages: every slot of every book and of the account."""
    trades = 0
    for seed, assume in enumerate(ASSUME):
        one, two = made(seed, assume), made(seed, assume, compiled)
        play(one, seed, 120)
        play(two, seed, 120)
        for mine, theirs in ((one.account, two.account), *((one[n].state, two[n].state) for n in NAMES)):
            assert bits(mine.b) == bits(theirs.b) and mine.k == theirs.k
            for rows in ("trade_rows", "order_rows", "record_rows"):
                assert bits(getattr(mine, rows)) == bits(getattr(theirs, rows))
        assert one.equity == two.equity
        trades += sum(len(one[name].trades) for name in NAMES)
    assert trades > 100


def compiled(name: str) -> Callable[..., int]:
    """A function as engines have it; arrays are given by their addresses."""
    symbol = native(f"{'op' if name in HOT else 'sg'}_{name}")

    def called(*given: Any) -> int:
        answer: int = symbol(*(address(value) if isinstance(value, array) else value for value in given))
        return answer

    return called


def bits(values: Any) -> bytes:
    """The bits of doubles, every missing value alike."""
    return array("d", [NA if x != x else x for x in values]).tobytes()
