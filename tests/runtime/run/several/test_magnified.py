"""Finer bars of several symbols: each goes by its own, and what has none by the assumed path."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import stratagem as sg
from stratagem.lang.program.timeframe import timeframe
from stratagem.runtime.data.bars import Bars
from stratagem.runtime.data.resample import resample
from stratagem.runtime.errors import RunError
from stratagem.runtime.verify.draw import Effort

from tests.enginekit import make_bars

from ..test_magnified import LAWS, rows_of

EFFORT = Effort(interpreted=600, single=300, restarts=5, truncations=3)


@pytest.fixture(scope="module")
def feeds() -> dict[str, Bars]:
    return {name: replace(make_bars(seed, 2000), symbol=name) for seed, name in enumerate(("A", "B"))}


@pytest.fixture(scope="module")
def bases(feeds: dict[str, Bars]) -> dict[str, Bars]:
    return {name: resample(bars, timeframe("1h"), "UTC") for name, bars in feeds.items()}


def trades(result: Any) -> list[dict[str, Any]]:
    names = ("symbol", "side", "entry_time", "entry_price", "exit_time", "exit_price", "exit_reason", "ambiguous")
    return [{name: trade[name] for name in names} for trade in result.trades.to_pylist()]


def test_each_symbol_goes_by_its_own(feeds: dict[str, Bars], bases: dict[str, Bars]) -> None:
    """As much as one alone can buy is bought here, too, where sizes are in units: fills are those of each alone."""
    text = LAWS.text.replace("size 50%", "size 1 units")
    program = sg.compile(text.replace("limit close", "size 1 units\n  limit close"))
    together = program.backtest(bases, magnify=feeds)
    for name in feeds:
        alone = trades(program.backtest(bases[name], magnify=feeds[name]))
        assert [t for t in trades(together) if t["symbol"] == name] == [{**t, "symbol": name} for t in alone]
    assert rows_of(program.backtest(bases, magnify=bases)) == rows_of(program.backtest(bases))
    told = together.stats["magnify"]
    assert told["used"] == sum(each["used"] for each in told["symbols"].values()) and told["at_odds"] == 0
    assert together.stats["assumptions"]["magnify"] == "15m"
    assert not [name for name in together.stats["assumptions"] if name.startswith("magnify of")]


def test_every_way_of_running_is_equal(feeds: dict[str, Bars], bases: dict[str, Bars]) -> None:
    verdict = LAWS.verify(bases, magnify={"B": feeds["B"]}, effort=EFFORT)
    assert verdict, verdict.text()
    assert "1 symbol had no bars of 15m, and went by path worst: A" in verdict.text()


def test_a_folder_a_mapping_and_a_file_with_symbols_are_one(
    feeds: dict[str, Bars], bases: dict[str, Bars], tmp_path: Path
) -> None:  # fmt: skip
    rows = {name: [f"{ts // 1_000_000},{o!r},{h!r},{low!r},{c!r}" for ts, o, h, low, c in zip(
        *(getattr(bars, column).tolist() for column in ("ts", "open", "high", "low", "close")), strict=True)]
        for name, bars in feeds.items()}  # fmt: skip
    folder = tmp_path / "minutes"
    folder.mkdir()
    for name, lines in rows.items():
        (folder / f"{name}_15m.csv").write_text("\n".join(["time,open,high,low,close", *lines]))
    whole = tmp_path / "all.csv"
    whole.write_text("\n".join(["symbol,time,open,high,low,close",
                               *(f"{name},{line}" for name, lines in rows.items() for line in lines)]))  # fmt: skip
    expected = rows_of(LAWS.backtest(bases, magnify=feeds))
    for feed in (folder, whole, {name: folder / f"{name}_15m.csv" for name in rows}):
        assert rows_of(LAWS.backtest(bases, magnify=feed)) == expected
    one = rows_of(LAWS.backtest(bases["B"], magnify=feeds["B"]))
    assert rows_of(LAWS.backtest(bases["B"], magnify=whole)) == one  # that of the data's symbol


def test_sweeps_and_why(feeds: dict[str, Bars], bases: dict[str, Bars]) -> None:
    text = LAWS.text.replace("size 50%", "size part")
    program = sg.compile(text.replace("assume fee", "param part = 50% in 10% to 60%\nassume fee"))
    row = program.sweep(bases, {"part": [0.5]}, magnify=feeds).to_pylist()[0]
    result = program.backtest(bases, magnify=feeds)
    assert row["return"] == result.stats["return"] != program.backtest(bases).stats["return"]
    told = result.why(trade=5)
    assert told.trade is not None and told.trade.exit == trades(result)[4]["exit_reason"]


def test_which_of_two_is_meant_is_asked(feeds: dict[str, Bars], bases: dict[str, Bars]) -> None:
    with pytest.raises(RunError, match="magnify: .A. may be .A_15m. or .A_5m. of"):
        LAWS.backtest(bases, magnify={"A_15m": feeds["A"], "A_5m": feeds["A"], "B": feeds["B"]})
