"""Our metrics on the returns of backtesting.py's run over GOOG, beside what quantstats and empyrical make of them.

Where their definition is another one it is said here, and theirs follows from ours.
"""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from stratagem.runtime.results.figures import Metrics, metrics
from stratagem.runtime.results.metrics.run import Measured

from ..test_other_tools import reference, run_of

THEIRS = json.loads((Path(__file__).parent / "peers.json").read_text())
PAIRS = [(tool, name) for tool, found in THEIRS.items() for name in found]
YEAR = {"deviation": "sample", "year": 252}


@pytest.fixture(scope="module")
def run(shared: Path) -> Measured:
    return Measured(run_of(shared, reference(shared, "smacross_goog_exclusive")))


def given(run: Measured) -> dict[str, Any]:
    """What `peers.py` reads."""
    dates = [str(np.datetime64(int(ts), "us"))[:10] for ts in run.output.bars.ts]
    return {"dates": dates, "own": np.asarray(run.returns).tolist(), "other": np.asarray(run.held).tolist()}


@pytest.fixture(scope="module")
def ours(run: Measured) -> Metrics:
    return metrics(run.output, YEAR)


@pytest.fixture(scope="module")
def rated(run: Measured) -> Metrics:
    return metrics(run.output, {**YEAR, "riskless": "2%"})


@pytest.mark.parametrize(("tool", "name"), PAIRS)
def test_theirs_follows_from_ours(tool: str, name: str, run: Measured, ours: Metrics, rated: Metrics) -> None:
    theirs, count = THEIRS[tool][name], len(np.asarray(run.returns))
    if name == "drawdowns":
        found = ours.drawdowns(5).to_pylist()
        assert [row["trough"].strftime("%Y-%m-%d") for row in found] == [day for day, _ in theirs]
        assert [row["depth"] for row in found] == pytest.approx([depth for _, depth in theirs], rel=1e-9)
        return
    if name.startswith("rolling "):
        column = ours.rolling(63).column(name.removeprefix("rolling ")).to_pylist()
        assert column[-5:] == pytest.approx(theirs, rel=1e-7)
        return
    own = np.asarray(run.returns)
    quarters: dict[tuple[int, int], float] = {}  # theirs leaves out those without a return
    for (year, month), value in run.monthly.items():
        quarters[year, (month - 1) // 3] = quarters.get((year, (month - 1) // 3), 0.0) + abs(value or 0.0)
    moved, gained = np.count_nonzero(own), np.count_nonzero(own > 0.0)
    found = {
        "winning_quarters": lambda: ours["winning_quarters"] * len(quarters) / sum(map(bool, quarters.values())),
        "cpc_index": lambda: ours["cpc_index"] * count / moved,  # theirs leaves out periods without a return
        "outlier_win": lambda: ours["outlier_win"] * np.count_nonzero(own >= 0.0) / gained,  # their wins begin at 0
        "sharpe with a rate": lambda: rated["sharpe"],
        "sortino with a rate": lambda: rated["sortino"],
        "alpha of a period": lambda: ours["alpha"] / 252,  # theirs compounds it over a year
        "alpha of a period with a rate": lambda: rated["alpha"] / 252,
        "expected_shortfall": lambda: ours["expected_shortfall"],
        "ulcer_index": lambda: ours["ulcer_index"] * math.sqrt(count / (count - 1)),  # theirs divides by n − 1
        "information_ratio": lambda: ours["information_ratio"] / math.sqrt(252),  # theirs is of a period
    }.get(name, lambda: ours[name])()
    assert found == pytest.approx(theirs, rel=1e-9)


def test_the_reference_is_of_these_returns(run: Measured) -> None:
    """Sums that any change of the returns would move."""
    own, other = given(run)["own"], given(run)["other"]
    assert max(own) == pytest.approx(THEIRS["quantstats"]["best_day"]) and len(own) == len(other) == 2148
