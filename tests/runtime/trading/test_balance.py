"""Law 14: the books balance after every event, and agree with an independent ledger, on random bars and decisions."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stratagem.lang.inputs.costs import Fee
from stratagem.runtime.trading import layout as at
from stratagem.runtime.trading.specs import EnterSpec, ExitSpec, GuardSpec
from stratagem.runtime.trading.state import Statement

from .driver import MINUTE, Bar, desk, reason
from .ledger import Ledger, Wish

SPECS: list[Statement] = [
    EnterSpec("long", "units", has_stop=True, has_target=True),
    EnterSpec("short", "units", has_stop=True, has_target=True),
    EnterSpec("long", "units", has_target=True, scale=2),
    EnterSpec("short", "units"),
    ExitSpec("long", "units"),
    ExitSpec("short"),
    ExitSpec("long"),
]


@st.composite
def bars(draw: st.DrawFn) -> list[Bar]:
    """Whole prices near 100, so that levels are met exactly, gapped and missed often."""
    made = []
    for _ in range(draw(st.integers(3, 25))):
        a, b, c, d = sorted(draw(st.lists(st.integers(90, 110), min_size=4, max_size=4)))
        open_, close = (b, c) if draw(st.booleans()) else (c, b)
        made.append((float(open_), float(d), float(a), float(close)))
    return made


wish = st.tuples(st.integers(0, len(SPECS) - 1), st.integers(1, 8), st.integers(1, 9), st.integers(1, 9))
wishes = st.lists(st.lists(wish, max_size=4), min_size=25, max_size=25)
costs = st.tuples(st.sampled_from([0.0, 0.001]), st.sampled_from([0.0, 2.0]), st.sampled_from([0.0, 0.25]))


@settings(max_examples=200, deadline=None)
@given(
    bars=bars(),
    script=wishes,
    cost=costs,
    path=st.sampled_from(["worst", "best", "proximity"]),
    now=st.booleans(),
    point=st.sampled_from([1.0, 5.0]),
)
def test_the_books_agree_with_the_ledger(
    bars: list[Bar],
    script: list[list[tuple[int, int, int, int]]],
    cost: tuple[float, float, float],
    path: str,
    now: bool,
    point: float,
) -> None:
    fraction, per_order, slip = cost
    ledger = Ledger(10_000.0, fraction, per_order, slip, point, path, now)
    made = desk(
        SPECS,
        [GuardSpec("exposure", 1e9)],
        capital=10_000,
        fee=Fee(fraction, per_order),
        slippage=f"{slip}/unit",
        path=path,
        fill="this_close" if now else "next_open",
        point_value=point,
        max_rows=1,
    )
    for bar, wanted in zip(bars, script, strict=False):
        values, plain = _wishes(wanted, bar[3])
        made.bar(bar, values)
        ledger.bar(bar, plain)
        close = bar[3]
        assert made.read("position.size") == pytest.approx(ledger.quantity, abs=1e-9)
        assert made.read("cash") == pytest.approx(ledger.cash, abs=1e-6)
        assert made.read("pnl.realised") == pytest.approx(ledger.realised, abs=1e-6)
        assert made.read("pnl.fees") == pytest.approx(ledger.fees, abs=1e-6)
        assert made.read("equity") == pytest.approx(ledger.equity(close), abs=1e-6)
        balance = 10_000 + made.read("pnl.realised") + ledger.unrealised(close) - made.read("pnl.fees")
        assert made.read("equity") == pytest.approx(balance, abs=1e-6)
        assert made.read("pnl.unrealised") == pytest.approx(ledger.unrealised(close), abs=1e-6)
    assert made.counter("ambiguous_fills") == ledger.ambiguous
    assert made.counter("conflicts") == ledger.conflicts
    ours = [(t["side"] * t["quantity"], t["entry_price"], t["exit_price"], reason(t)) for t in made.trades]
    assert [t[3] for t in ours] == [t[3] for t in ledger.trades]
    for mine, theirs in zip(ours, ledger.trades, strict=True):
        assert mine[:3] == pytest.approx(theirs[:3], abs=1e-9)
    assert sum(t["pnl"] for t in made.trades) == pytest.approx(
        made.read("pnl.realised") - made.read("pnl.fees") + made.state.b[at.ENTRY_FEES], abs=1e-6
    )


def _wishes(wanted: list[tuple[int, int, int, int]], close: float) -> tuple[dict[int, dict[str, float]], list[Wish]]:
    """One event's wishes for both sides, in source order, each statement at most once."""
    values: dict[int, dict[str, float]] = {}
    plain = []
    for statement, quantity, below, above in sorted({w[0]: w for w in wanted}.values()):
        spec = SPECS[statement]
        side = 1 if spec.side == "long" else -1
        if isinstance(spec, ExitSpec):
            values[statement] = {"size": float(quantity)}
            plain.append(Wish(statement, "exit", side, float(quantity) if spec.sizing else 1e300, 0))
            continue
        stop = close - side * below if spec.has_stop else None
        target = close + side * above if spec.has_target else None
        values[statement] = {
            "size": float(quantity),
            "stop": stop or 0.0,
            "stop_slope": 0.0,
            "target": target or 0.0,
            "target_slope": 0.0,
        }
        plain.append(Wish(statement, "enter", side, float(quantity), spec.scale, stop, target))
    return values, plain


def test_time_is_in_microseconds() -> None:
    made = desk([EnterSpec("long", "units")])
    made.bar((1, 1, 1, 1), {0: {"size": 1.0}})
    made.bar((1, 1, 1, 1))
    made.finish()
    assert made.trades[0]["entry_time"] == MINUTE
