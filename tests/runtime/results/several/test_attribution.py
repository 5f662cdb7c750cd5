"""What symbols brought adds up to what the account made; what was held of each is told event by event."""

from __future__ import annotations

import math

import numpy as np
import pytest
from stratagem.runtime.results.metrics.breakdown import breakdown
from stratagem.runtime.results.metrics.run import Measured
from stratagem.runtime.results.result import Result
from stratagem.runtime.results.several.attribution import PART_COLUMNS, attribution, other

from ..made import output as of_one
from ..made import traded, walk
from .made import CAPITAL, FEE, panel, run

ULP = 2.0**-52


def test_parts_and_the_rest_add_up_to_the_net_profit_exactly() -> None:
    made = Measured(run())
    parts = attribution(made)
    assert [part.symbol for part in parts] == ["WHOLE", "LATE", "EARLY"]
    assert math.fsum([*(part.pnl for part in parts), other(made, parts)]) == made.net_profit


def test_what_no_symbol_brought_is_rounding() -> None:
    """Every step of the cash rounds once, by half a unit in the last place of what stands there at most."""
    out = run()
    made = Measured(out)
    steps = 4 * len(out.orders) + len(out.bars)
    assert abs(other(made, attribution(made))) <= steps * ULP * 2 * CAPITAL
    assert made.net_profit != 0.0


def test_profits_add_up_to_the_account_at_every_event() -> None:
    out = run()
    assert out.several is not None
    brought = sum(out.several.brought(place) for place in range(3))
    np.testing.assert_allclose(CAPITAL + brought, out.equity, rtol=200 * ULP, atol=0.0)
    np.testing.assert_allclose(out.cash + out.several.net, out.equity, rtol=200 * ULP, atol=0.0)


def test_a_part_tells_its_symbol_alone() -> None:
    out = run()
    whole, late, early = attribution(Measured(out))
    assert (whole.open_trades, late.open_trades, early.open_trades) == (0, 1, 1)
    assert late.fees == 2 * FEE * late.trades + FEE
    assert 0.0 < whole.exposure < 1.0 and whole.average_weight > 0.0 > late.average_weight
    assert math.isclose(whole.of_net + late.of_net + early.of_net, 1.0, rel_tol=1e-12)
    assert whole.pnl_return == whole.pnl / CAPITAL
    assert whole.denied == 0


def test_one_of_several_is_told_as_a_run_of_it_alone_tells_it() -> None:
    """The same bars and trades in an account of their own."""
    alone = run(panel().select(["WHOLE"]), traded=1)
    whole, together = attribution(Measured(alone))[0], attribution(Measured(run()))[0]
    for name in ("pnl", "trades", "open_trades", "win_rate", "profit_factor", "fees", "turnover", "exposure", "denied"):
        assert getattr(whole, name) == getattr(together, name), name


def test_a_result_has_its_symbols_by_name() -> None:
    result = Result(run())
    assert list(result.symbols) == ["WHOLE", "LATE", "EARLY"] and "VIX" not in result.symbols
    late = result.symbols["LATE"]
    assert len(late.quantity) == len(late.pnl) == len(late.weight) == result.equity.num_rows
    assert not late.quantity[:60].any() and (late.quantity[62:] <= 0.0).all() and late.quantity.min() == -40.0
    assert late.pnl[-1] == pytest.approx(late.part.pnl, rel=1e-12)
    assert set(late.trades["symbol"].to_pylist()) == set(late.orders["symbol"].to_pylist()) == {"LATE"}
    assert late.table.column_names == ["ts", "quantity", "value", "weight", "pnl"]
    with pytest.raises(KeyError, match=r"the run has no symbol 'LATTE'; did you mean 'LATE'\?"):
        result.symbols["LATTE"]


def test_a_symbol_keeps_what_it_is_worth_after_its_last_bar() -> None:
    out = run()
    early = Result(out).symbols["EARLY"]
    assert early.quantity[-1] == 7.0
    assert set(early.value[149:].tolist()) == {7.0 * float(early.bars.close[-1])}


def test_a_run_of_one_symbol_has_one_symbol() -> None:
    result = Result(traded())
    (only,) = result.symbols.values()
    assert only.symbol == "TEST" and only.part is None and result.attribution.num_rows == 0
    np.testing.assert_array_equal(only.pnl, result.run.equity - result.run.capital)
    np.testing.assert_array_equal(only.value, result.output.quantity * result.output.bars.close)
    assert only.trades.num_rows == result.trades.num_rows
    assert "symbols" not in result.stats and "position" in result.equity.column_names


def test_the_document_and_the_tables_tell_symbols() -> None:
    result = Result(run())
    told = result.stats
    assert [row["symbol"] for row in told["symbols"]] == ["WHOLE", "LATE", "EARLY"]
    assert told["symbol"] == "WHOLE, LATE, EARLY"
    assert math.fsum([*(row["pnl"] for row in told["symbols"]), told["other_pnl"]]) == told["net_profit"]
    assert tuple(result.attribution.column_names) == PART_COLUMNS
    assert result.equity.column_names == ["ts", "equity", "cash", "symbols_held", "gross", "net", "drawdown"]
    assert result.trades["symbol"].to_pylist().count("LATE") == told["symbols"][1]["trades"] + 1


def test_trades_by_symbol_are_a_breakdown() -> None:
    out = run()
    shares = {share.name: share for share in breakdown(Measured(out), "symbol")}
    parts = {part.symbol: part for part in attribution(Measured(out))}
    assert {name: share.trades for name, share in shares.items()} == {n: p.trades for n, p in parts.items()}
    (only,) = breakdown(Measured(traded()), "symbol")
    assert only.name == "TEST"
    assert breakdown(Measured(of_one(walk(5))), "symbol") == []


def test_statistics_over_events_count_all_symbols() -> None:
    out = run()
    values = Result(out).metrics()
    held = out.several.count if out.several else None
    assert values["exposure"] == np.count_nonzero(held) / len(out.bars)
    assert values["long_exposure"] > values["short_exposure"] > 0.0
    assert values["max_leverage"] == float((out.several.gross / out.equity).max())
    points = [100.0, 40.0, 7.0]
    money = sum(points[place] * (row[5] + (row[9] if row[16] != 8 else 0.0))
                for place, row in zip(out.several.trades.tolist(), out.trades.tolist(), strict=True))  # fmt: skip
    assert values["turnover"] == pytest.approx(money / out.equity.mean(), rel=1e-12)
