"""Strategies of one capital that trade in other currencies: each is what it is alone, and limits count in one money."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import stratagem as sg

from ...why.made import history
from ..test_fx import DATA, FX

DOLLARS = """assume currency EUR
assume quote_currency USD
enter long when bar_index == 0 size 40 units
exit long when bar_index == 2
"""
POUNDS = """assume currency EUR
assume quote_currency GBP
assume fee 1%
enter short when bar_index == 0 size 50 units
"""
BOTH: dict[str, Any] = {
    "dollars": {"program": DOLLARS, "data": DATA["A"], "share": "50%"},
    "pounds": {"program": POUNDS, "data": DATA["B"], "share": "50%"},
}
EQUITY = [20_000.0, 19_975.0, 20_262.5 + 12.5, 20_320.0 + 775.0, 20_320.0 + 375.0]
"""The dollars of test_fx.py; 50 pounds of 50 were sold at 1 euro, for a fee of 25."""


def run(limits: dict[str, str] | None = None, told: dict[str, Any] = BOTH, **options: Any) -> sg.Result:
    made = sg.portfolio(told, capital=20_000, limits=limits)
    return made.backtest(None, **{"engine": "interpreted", "timeframe": "1d", "fx": FX, **options})


def test_each_is_what_it_is_alone() -> None:
    result = run()
    assert result.equity["equity"].to_pylist() == pytest.approx(EQUITY, rel=1e-14)
    for name, of in BOTH.items():
        alone = sg.compile(of["program"]).backtest(of["data"], capital=10_000, timeframe="1d", fx=FX)
        assert result.strategies[name].equity.equals(alone.equity)
        assert result.strategies[name].stats["turnover"] == pytest.approx(alone.stats["turnover"])
    parts = {row["strategy"]: row["pnl"] for row in result.attribution.to_pylist()}
    assert parts == pytest.approx({"dollars": 320.0, "pounds": 375.0})
    traded = 40 * 100 * 0.5 + 40 * 110 * 0.8 + 50 * 50.0
    assert result.stats["turnover"] == pytest.approx(traded / (sum(EQUITY) / 5))
    assert {row["strategy"]: row["currency"] for row in result.trades.to_pylist()} == {
        "dollars": "USD", "pounds": "GBP",
    }  # fmt: skip
    assert result.stats["assumptions"]["currency"] == "EUR"


@pytest.mark.parametrize("level, denied", [("22.4%", True), ("22.6%", False)])
def test_a_limit_counts_in_one_money(level: str, denied: bool) -> None:
    """2,000 and 2,500 of 20,000 are 22.5 %; with the fee of 25 of both sides in the way they are a little more."""
    result = run({"exposure": level})
    assert (result.stats["denied"] > 0) is denied


def test_a_limit_is_foreseen_and_acts_at_the_rate_of_its_event() -> None:
    """50 pounds of 50 are 2,500 at first, 3,750 at 1.5: 18.5 % of the equity then."""
    told = {"pounds": BOTH["pounds"] | {"share": "100%"}}
    assert not len(run({"exposure": "19% then flatten"}, told).limits)
    (act,) = run({"exposure": "18% then flatten"}, told).limits.to_pylist()
    assert act["what"] == "flatten" and act["reading"] == pytest.approx(3750 / 19_975)


def test_they_verify_and_a_file_names_pairs(tmp_path: Path) -> None:
    for name, closes, day in (("A", DATA["A"]["close"], 2), ("USDEUR", FX["USDEUR"]["close"], 1)):
        rows = [f"2024-01-{day + at:02},{c},{c},{c},{c}" for at, c in enumerate(closes)]
        (tmp_path / f"{name}.csv").write_text("\n".join(["date,open,high,low,close", *rows]) + "\n")
    (tmp_path / "one.strat").write_text("stratagem 1\n" + DOLLARS)
    for fx in ("USDEUR.csv", "{USDEUR: USDEUR.csv}"):
        place = tmp_path / "both.yaml"
        place.write_text(f"strategies:\n  one: {{file: one.strat, data: A.csv, fx: {fx}}}\n")
        result = sg.portfolio(place).backtest(None, capital=10_000, engine="interpreted")
        assert result.stats["final_equity"] == pytest.approx(10_320)
    assert sg.portfolio(BOTH, capital=20_000, limits={"exposure": "50%"}).verify(None, timeframe="1d", fx=FX)


def test_pairs_of_one_strategy_go_before_those_for_all() -> None:
    other = {"USDEUR": history([1.0] * 5, start="2023-12-31")}
    told = {"dollars": BOTH["dollars"] | {"fx": other}, "pounds": BOTH["pounds"]}
    parts = {row["strategy"]: row["pnl"] for row in run(None, told).attribution.to_pylist()}
    assert parts == pytest.approx({"dollars": 400.0, "pounds": 375.0})
    with pytest.raises(sg.RunError, match="pounds: fx: no pair converts GBP"):
        run(None, BOTH, fx=other)
    with pytest.raises(sg.RunError, match="not converted: dollars is in EUR, pounds is in USD"):
        run(None, BOTH | {"pounds": {**BOTH["pounds"], "program": POUNDS.replace("EUR", "USD")}},
            fx={**FX, "GBPUSD": FX["GBPUSD"]})  # fmt: skip
