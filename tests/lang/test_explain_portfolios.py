"""The shipped strategies of several symbols in words, whole, with every number."""

from __future__ import annotations

from pathlib import Path

import pytest
from stratagem.lang.compile import compile_text
from stratagem.lang.explain import explain

FOLDER = Path(__file__).resolve().parents[2] / "strategies"
TOLD = {
    "rotation": """\
Momentum rotation on the universe shares with bars of 1d.
- The parameter lookback is 126, from 21 to 252.
- The parameter held is 2, from 1 to 10.
- It rebalances all symbols on the first bar of each month, and on the first bar that can be, \
each to (98% / held (49%) if momentum is among the held (2) highest of all symbols \
and momentum is above 0, else 0%) of equity, at most 98% of equity together, \
leaving differences below 1% of equity alone.
- When exposure reaches 100%, no new risk is taken.
- Here momentum is close / close, lookback bars (126) ago, - 1.
- It assumes fee 0.05%.
""",
    "pairs": """\
Pairs of two shares on KO and PEP with bars of 1d.
- The parameter lookback is 60, from 20 to 120.
- The parameter wide is 2, one of 1, 1.5, 2, 2.5, 3.
- The parameter near is 0.5, one of 0, 0.25, 0.5, 1.
- When z is above wide on the bars of KO, \
it holds 45% of equity short of KO and 45% of equity long of PEP, \
all of them or none, 90% of equity together.
- When z is below -wide (-2) on the bars of KO, \
it holds 45% of equity long of KO and 45% of equity short of PEP, \
all of them or none, 90% of equity together.
- When abs(z) is below near on the bars of KO, \
it holds nothing of KO and nothing of PEP, all of them or none.
- When exposure reaches 100%, no new risk is taken.
- When drawdown reaches 25%, everything is closed, and no new risk is taken from then on.
- Here z is zscore(spread, lookback).
- Here spread is log(close of KO) - log(close of PEP).
- It assumes fee 0.02%.
- It assumes slippage 1bp.
""",
    "risk_parity": """\
Inverse volatility on the universe shares with bars of 1d.
- The parameter lookback is 63, from 21 to 126.
- It rebalances all symbols on the first bar of each quarter, and on the first bar that can be, \
each to (95% × calm / the total of calm over all symbols) of equity, 95% of equity together, \
leaving differences below 0.5% of equity alone.
- When exposure reaches 100%, no new risk is taken.
- Here calm is 1 / moves.
- Here moves is the deviation of (close / close, 1 bar ago, - 1) over lookback bars (63).
- It assumes fee 0.05%.
""",
}


@pytest.mark.parametrize("name", sorted(TOLD))
def test_it_is_told_whole(name: str) -> None:
    assert explain(compile_text((FOLDER / f"{name}.strat").read_bytes(), name)) == TOLD[name]
