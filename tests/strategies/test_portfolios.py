"""The shipped strategies of several symbols: as played by hand on real prices, to one meaning on both engines."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from statistics import fmean
from typing import Any

import pyarrow.parquet as pq
import pytest
import stratagem as sg

from .by_hand import Account, days_of, play

FOLDER = Path(__file__).resolve().parents[2] / "strategies"
UNIVERSE = "universe_skfolio_sp500_20_1d_1990-2022.parquet"
STRATEGIES = ("pairs", "rotation", "risk_parity")


def program(name: str) -> Any:
    return sg.compile(FOLDER / f"{name}.strat")


@pytest.fixture(scope="module")
def source(shared: Path) -> Path:
    return shared / "data" / "bars" / UNIVERSE


@pytest.fixture(scope="module")
def rows(source: Path) -> list[dict[str, Any]]:
    table = pq.read_table(source, columns=["ts", "symbol", "open", "close"])  # type: ignore[no-untyped-call]
    found: list[dict[str, Any]] = table.to_pylist()
    return found


@pytest.fixture(scope="module")
def runs(source: Path) -> dict[str, Any]:
    return {name: program(name).backtest(source) for name in STRATEGIES}


def deviation(values: Sequence[float]) -> float:
    """Of the population, from exact sums."""
    mean = fmean(values)
    return math.sqrt(math.fsum((value - mean) ** 2 for value in values) / len(values))


class Periods:
    """Whether a symbol's bar is the first of its month or quarter, or the first on which it is warm."""

    def __init__(self, months: int) -> None:
        self.months, self.last, self.ready = months, {}, set()  # type: ignore[var-annotated]

    def first(self, symbol: str, day: int, warm: bool) -> bool:
        when = date.fromordinal(day)
        period = when.year * 12 + (when.month - 1) // self.months
        new = self.last.get(symbol) != period
        self.last[symbol] = period
        begins = warm and symbol not in self.ready
        if warm:
            self.ready.add(symbol)
        return warm and (new or begins)


def rotation(rows: Sequence[dict[str, Any]]) -> tuple[list[float], Account]:
    """Half a year's gain, the two highest, each 49 % of equity where it gained."""
    symbols = sorted({row["symbol"] for row in rows})
    account, closes, periods = Account(fee=0.0005), defaultdict(list), Periods(1)

    def decide(day: int, there: Sequence[str]) -> None:
        for symbol in there:
            closes[symbol].append(account.last[symbol])
        gains = {s: c[-1] / c[-127] - 1 for s in symbols if len(c := closes[s]) > 126 and s in there}
        best = sorted(gains, key=lambda symbol: -gains[symbol])[:2]
        due = [symbol for symbol in there if periods.first(symbol, day, len(closes[symbol]) > 126)]
        account.weigh({s: 0.49 if s in best and gains[s] > 0 else 0.0 for s in due}, 0.01)

    return play(days_of(rows, symbols), account, decide), account


def risk_parity(rows: Sequence[dict[str, Any]]) -> tuple[list[float], Account]:
    """The inverse of the deviation of 63 daily gains, as a share of all, of 95 % of equity."""
    symbols = sorted({row["symbol"] for row in rows})
    account, closes, periods = Account(fee=0.0005), defaultdict(list), Periods(3)

    def decide(day: int, there: Sequence[str]) -> None:
        calm = {}
        for symbol in there:
            held = closes[symbol]
            held.append(account.last[symbol])
            if len(held) > 63:
                gains = [b / a - 1 for a, b in zip(held[-64:-1], held[-63:], strict=True)]
                if (moves := deviation(gains)) > 0:
                    calm[symbol] = 1 / moves
        due = [symbol for symbol in there if periods.first(symbol, day, len(closes[symbol]) > 63)]
        account.weigh({s: 0.95 * calm[s] / sum(calm.values()) for s in due if s in calm}, 0.005)

    return play(days_of(rows, symbols), account, decide), account


def pairs(rows: Sequence[dict[str, Any]]) -> tuple[list[float], Account]:
    """Two deviations of the logarithm of the ratio from its mean of sixty days; back within half a deviation."""
    account, spreads = Account(fee=0.0002, slip=0.0001), []  # type: ignore[var-annotated]

    def decide(day: int, there: Sequence[str]) -> None:
        spreads.append(math.log(account.last["KO"]) - math.log(account.last["PEP"]))
        if len(spreads) < 60:
            return
        seen = spreads[-60:]
        z = (spreads[-1] - fmean(seen)) / deviation(seen)
        wide = -1 if z > 2 else 1 if z < -2 else 0
        held = account.held.get("KO", 0.0)
        if wide and wide * held <= 0:
            account.leg({"KO": wide * 0.45, "PEP": -wide * 0.45})
        elif abs(z) < 0.5 and held:
            account.orders |= {"KO": -held, "PEP": -account.held["PEP"]}

    chosen = [row for row in rows if row["symbol"] in ("KO", "PEP")]
    return play(days_of(chosen, ["KO", "PEP"]), account, decide), account


HANDS = {"rotation": rotation, "risk_parity": risk_parity, "pairs": pairs}


@pytest.mark.parametrize("name", STRATEGIES)
def test_it_is_what_a_plain_loop_makes_of_it(name: str, runs: dict[str, Any], rows: list[dict[str, Any]]) -> None:
    """The equity of each day and every trade."""
    equities, account = HANDS[name](rows)
    result = runs[name]
    assert result.equity["equity"].to_pylist() == pytest.approx(equities, rel=1e-9)
    closed = [trade for trade in result.trades.to_pylist() if trade["exit_reason"] != "end"]
    assert len(closed) == len(account.left) > 100
    for trade, (symbol, quantity, price, _) in zip(closed, account.left, strict=True):
        assert trade["symbol"] == symbol
        assert (trade["quantity"], trade["exit_price"]) == pytest.approx((abs(quantity), price), rel=1e-9)


@pytest.mark.parametrize("name", STRATEGIES)
def test_both_engines_agree_to_the_last_bit(name: str, source: Path) -> None:
    native, interpreted = (program(name).backtest(source, engine=engine, data_from="2014-01-01")
                           for engine in ("native", "interpreted"))  # fmt: skip
    assert native.stats["trades"] > 20
    for table in ("trades", "orders", "equity"):
        assert getattr(interpreted, table).equals(getattr(native, table)), table


@pytest.mark.parametrize("name", STRATEGIES)
def test_what_symbols_brought_adds_up_to_the_account(name: str, runs: dict[str, Any]) -> None:
    result = runs[name]
    brought = sum(trade["pnl"] for trade in result.trades.to_pylist())
    assert brought == pytest.approx(result.stats["final_equity"] - 100_000, abs=1e-6 * result.stats["final_equity"])


@pytest.mark.parametrize("name", STRATEGIES)
def test_the_proof_holds(name: str, source: Path) -> None:
    verdict = program(name).verify(source, data_from="2021-06-01")
    assert verdict, verdict.text()


def test_legs_of_a_pair_enter_and_leave_together(runs: dict[str, Any]) -> None:
    trades = runs["pairs"].trades.to_pylist()
    for column in ("entry_time", "exit_time"):
        times = defaultdict(set)
        for trade in trades:
            times[trade[column]].add((trade["symbol"], trade["side"]))
        assert all({symbol for symbol, _ in legs} == {"KO", "PEP"} for legs in times.values())
        assert all({side for _, side in legs} == {"long", "short"} for legs in times.values())
