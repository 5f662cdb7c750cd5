"""A rotation of two shares by sequences: the dear one is left, and the other bought with what that brought."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from statistics import fmean
from typing import Any

import pyarrow.parquet as pq
import pytest
import stratagem as sg

from .by_hand import Account, days_of, play

TEXT = """on KO, PEP every 1d
assume fee 0.05%
let ratio = close of KO / close of PEP
let usual = sma(ratio, 40)
sequence when ratio > 1.03 * usual
  flatten KO
  buy PEP size 95%
sequence when ratio < 0.97 * usual
  flatten PEP
  buy KO size 95%
"""


@pytest.fixture(scope="module")
def table(shared: Path) -> Any:
    place = shared / "data" / "bars" / "universe_skfolio_sp500_20_1d_1990-2022.parquet"
    columns = ["ts", "symbol", "open", "high", "low", "close"]
    return pq.read_table(place, columns=columns, filters=[("symbol", "in", ["KO", "PEP"])])  # type: ignore[no-untyped-call]


def by_hand(rows: list[dict[str, Any]]) -> tuple[list[float], Account]:
    """Of each sequence the place of the instruction given last; what was given yesterday has filled this morning."""
    account, ratios = Account(fee=0.0005), list[float]()
    sequences, given = (("KO", "PEP"), ("PEP", "KO")), [-1, -1]

    def decide(day: int, there: Sequence[str]) -> None:
        ratios.append(account.last["KO"] / account.last["PEP"])
        usual = fmean(ratios[-40:])
        wished = len(ratios) >= 40 and ratios[-1] > 1.03 * usual, len(ratios) >= 40 and ratios[-1] < 0.97 * usual
        for number, (leaves, enters) in enumerate(sequences):
            as_expected = given[number] == 0 and not account.held.get(leaves)  # the other sequence may have bought it
            given[number] = 1 if as_expected else 0 if wished[number] else -1
            if given[number] == 0 and account.held.get(leaves):
                account.orders[leaves] = -account.held[leaves]
            if given[number] == 1 and not account.held.get(enters):
                account.leg({enters: 0.95})

    return play(days_of(rows, ["KO", "PEP"]), account, decide), account


def test_it_is_what_a_plain_loop_makes_of_it(table: Any) -> None:
    equities, account = by_hand(table.to_pylist())
    program = sg.compile(TEXT)
    runs = [program.backtest(table, engine=engine) for engine in ("native", "interpreted")]
    for name in ("equity", "orders", "trades"):
        assert getattr(runs[0], name).equals(getattr(runs[1], name)), name
    assert runs[0].equity["equity"].to_pylist() == pytest.approx(equities, rel=1e-9)
    closed = [row for row in runs[0].trades.to_pylist() if row["exit_reason"] != "end"]
    assert [row["symbol"] for row in closed] == [symbol for symbol, *_ in account.left] and len(closed) > 60
    assert {row["statement"] for row in runs[0].orders.to_pylist()} == {
        f"sequence {number} step {step} {symbol}"
        for number, symbols in ((1, ("KO", "PEP")), (2, ("PEP", "KO"))) for step, symbol in enumerate(symbols, 1)
    }  # fmt: skip
