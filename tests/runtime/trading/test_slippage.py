"""Slippage larger than the price: a sale brings nothing, never less."""

from __future__ import annotations

import pytest
from stratagem.lang.inputs.assumptions import read_assumptions
from stratagem.runtime.trading import layout as at
from stratagem.runtime.trading.prices import slipped
from stratagem.runtime.trading.state import lay_out


@pytest.mark.parametrize(("price", "sold"), [(100.0, 99.98), (0.03, 0.01), (0.02, 0.0), (0.001, 0.0)])
def test_a_sale_never_brings_less_than_nothing(price: float, sold: float) -> None:
    state = lay_out([], [], read_assumptions({"tick": 0.01, "slippage": "2ticks"}))
    assert slipped(state.b, price, -1, 1.0, at.ENTRY_COSTS) == pytest.approx(sold, abs=1e-12)
    assert slipped(state.b, price, 1, 1.0, at.ENTRY_COSTS) == pytest.approx(price + 0.02)


def test_a_strategy_on_pennies_ends_with_money_that_adds_up() -> None:
    import numpy as np
    import stratagem

    count = 40
    close = 0.001 + 0.0001 * (np.arange(count) % 3)
    data = {
        "ts": np.datetime64("2024-01-01", "us") + np.arange(count) * np.timedelta64(1, "h"),
        "open": close, "high": close * 1.01, "low": close * 0.99, "close": close, "volume": np.ones(count),
    }  # fmt: skip
    program = stratagem.compile(
        "assume tick 0.01\nassume slippage 2ticks\n"
        "enter long when close > close[1] size 10%\nexit long when close < close[1]"
    )
    for engine in ("interpreted", "native"):
        result = program.backtest(data, engine=engine)
        assert min(result.trades["exit_price"].to_pylist()) >= 0.0
        assert min(result.orders["asked"].to_pylist()) >= 0.0
