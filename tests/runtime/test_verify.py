"""`verify` finds a planted difference of one bit, wherever it is planted, and names what an author can act on."""

from __future__ import annotations

import dataclasses
import json
import math
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import stratagem as sg
from stratagem.lang.compile import compile_text
from stratagem.runtime.interpreted import engine as interpreted
from stratagem.runtime.machine import engines, machine
from stratagem.runtime.machine.columns import History, Live
from stratagem.runtime.trading import layout
from stratagem.runtime.trading.rows import ORDER_FILL_PRICE, ORDER_WIDTH
from stratagem.runtime.verify import Verdict
from stratagem.runtime.verify.draw import BLOCK, Draw, Effort, schedule, windows
from stratagem.runtime.verify.named_values import NamedValues
from stratagem.stdlib.operator import REGISTRY, Operator, operator_of
from stratagem.tools.cli.entry import run as strat

from ..enginekit import make_bars

TEXT = """stratagem 1
strategy "Planted"
param n = 20 in 2 to 50
let slow = sma(close, n)
let fast = ema(close, 5)
let up = ema(close, 10) @ 4h > ema(close, 30) @ 4h
let m = macd(close)
enter long when cross_above(fast, slow)
  stop 2 * atr(14)
  because "at {close}"
exit long when cross_below(fast, slow) or hour == 3 and m.hist < 0 and not up
emit high when close > highest(high, 10)[1]
alert when fast > slow "up at {close}"
assume fee 0.1%
assume tick 0.01
"""
COUNT = 1200
BARS = make_bars(7, COUNT)
BAR = int(np.flatnonzero([np.count_nonzero(BARS.close == c) == 1 for c in BARS.close])[400])
"""A bar whose close occurs once."""


@pytest.fixture(scope="module")
def program() -> sg.Program:
    return sg.compile(TEXT)


def next_up(value: float) -> float:
    return math.nextafter(value, math.inf)


def planted(step: Callable[..., float]) -> Callable[..., float]:
    """The step of an operator over one series, an ulp off at one bar."""

    def off(f: Any, k: Any, w: Any, x: float, n: int) -> float:
        value = step(f, k, w, x, n)
        return next_up(value) if x == BARS.close[BAR] else value

    return off


def test_equal_runs_are_found_equal(program: Any) -> None:
    verdict = program.verify(BARS)
    assert verdict, verdict.text()
    assert str(verdict) == verdict.text()
    assert verdict.bars == COUNT and verdict.nodes > 20
    runs = {checked.run for checked in verdict.checked}
    assert {"batch, native", "backtest, native", "batch, interpreted", "one bar at a time, interpreted"} <= runs
    assert all(checked.bars for checked in verdict.checked)
    assert program.verify(BARS) == verdict, "the same seed draws the same points"
    assert program.verify(BARS, seed=1).checked != verdict.checked


def changed(monkeypatch: pytest.MonkeyPatch, name: str, other: Operator) -> None:
    """One engine has another operator of a name."""
    monkeypatch.setattr(interpreted, "operator_of", lambda key: other if key == name else operator_of(key))


def test_an_ulp_in_an_operator_of_one_engine(program: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    sma = REGISTRY["sma"]
    off = dataclasses.replace(sma, step=planted(sma.step))
    changed(monkeypatch, "sma", off)
    found = program.verify(BARS).difference
    assert found is not None
    assert (found.kind, found.name, found.bar, found.run) == ("node", "`sma(close, n)`", BAR, "batch, interpreted")
    assert found.against == "batch, native"
    assert found.found == next_up(found.expected)
    assert (found.file, found.line, found.source_line) == ("<text>", 4, "let slow = sma(close, n)")
    assert found.time == f"{BARS.ts[BAR].astype('datetime64[us]').astype('datetime64[s]')}Z"


def test_an_ulp_inside_a_library_function_points_at_the_author_s_call(program: Any, monkeypatch: Any) -> None:
    rma = REGISTRY["true_range_of"]

    def off(f: Any, k: Any, w: Any, high: float, low: float, close: float) -> float:
        value = rma.step(f, k, w, high, low, close)
        return next_up(value) if close == BARS.close[BAR] else value

    changed(monkeypatch, "true_range_of", dataclasses.replace(rma, step=off))
    found = program.verify(BARS).difference
    assert found is not None and found.bar == BAR and "atr(14)" in found.name and found.line == 9


def test_a_place_is_that_of_the_call_and_not_of_a_comment_with_its_words() -> None:
    text = """# rsi(close, 14) and macd(close).hist are explained here
alert when rsi(close, 14) > 70 "rsi(close, 14)"
plot (  macd(close)
  .hist)
"""
    named = NamedValues(compile_text(text))
    places = {p.name: (p.line, p.column) for p in map(named.place, named.nodes)}
    assert places["`rsi(close, 14)`"] == (2, 12)
    assert places["`macd(close).hist`"] == (3, 9)


def test_an_ulp_in_one_value_of_native_code(program: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    run = engines.Native.run

    def off(self: Any, first: int, stop: int, columns: Any, outs: Any, at: int = 0) -> int:
        end = run(self, first, stop, columns, outs, at)
        if first <= BAR < stop and len(outs) > 10:
            outs[8][at + BAR - first] = next_up(outs[8][at + BAR - first])
        return end

    monkeypatch.setattr(engines.Native, "run", off)
    found = program.verify(BARS).difference
    assert found is not None and (found.kind, found.bar) == ("node", BAR)


def test_an_ulp_in_a_restored_state(program: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    restore = machine.Machine.restore

    def off(self: Any, content: bytes) -> None:
        restore(self, content)
        self.arrays.f[0] = next_up(self.arrays.f[0])

    monkeypatch.setattr(machine.Machine, "restore", off)
    found = program.verify(BARS).difference
    assert found is not None and found.run.startswith("restarted") and found.kind in ("node", "state")
    assert abs(found.found - found.expected) <= 1e-9 * abs(found.expected)


def test_a_window_that_is_not_restored(program: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    restore = machine.Machine.restore

    def off(self: Any, content: bytes) -> None:
        kept = list(self.arrays.w)
        restore(self, content)
        for place, value in enumerate(kept):
            self.arrays.w[place] = value

    monkeypatch.setattr(machine.Machine, "restore", off)
    found = program.verify(BARS).difference
    assert found is not None and found.run.startswith("restarted")


def test_a_truncated_history_that_knows_its_end(program: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    read = History._read

    def off(self: Any, column: Any, first: int, stop: int) -> Any:
        values = read(self, column, first, stop)
        if column.name == "close" and stop == len(self.bars) < COUNT:
            values = values.copy()
            values[-1] = next_up(values[-1])
        return values

    monkeypatch.setattr(History, "_read", off)
    found = program.verify(BARS).difference
    assert found is not None and found.kind == "node" and found.name == "`close`"
    assert found.run == f"history cut off after bar {found.bar}, native"


def test_an_ulp_in_an_order_row(program: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    fill = interpreted.COLD["fill"]
    done: list[int] = []

    def off(b: Any, k: Any, trades: Any, orders: Any, *rest: Any) -> int:
        before = k[layout.ORDER_ROWS]
        result = fill.function(b, k, trades, orders, *rest)
        if k[layout.ORDER_ROWS] > before and rest[1] > 500:
            at = before * ORDER_WIDTH + ORDER_FILL_PRICE
            orders[at] = next_up(orders[at])
            done.append(rest[1])
        return result

    monkeypatch.setattr(interpreted, "COLD", {**interpreted.COLD, "fill": dataclasses.replace(fill, function=off)})
    found = program.verify(BARS).difference
    assert done and found is not None
    assert (found.kind, found.bar) == ("order", min(done)) and found.name.endswith(", fill_price")
    assert found.found == next_up(found.expected)


def test_a_calendar_that_is_wrong_live(program: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    read = Live.__call__

    def off(self: Any, column: Any, bar: Any, extra: Any) -> Any:
        value = read(self, column, bar, extra)
        return value + 1 if column.name == "hour" and bar.ts == BARS.ts[BAR] else value

    monkeypatch.setattr(Live, "__call__", off)
    found = program.verify(BARS).difference
    assert found is not None
    assert (found.bar, found.name, found.run) == (BAR, "`hour`", "one bar at a time, native")


def test_the_earliest_bar_goes_before_the_order_of_the_text(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is wrong reaches the books, which are read before it in the text, one bar later: it is still to blame."""
    text = TEXT.replace("let slow", "let held = position.size\nlet slow")
    sma = REGISTRY["sma"]

    def off(f: Any, k: Any, w: Any, x: float, n: int) -> float:
        value = sma.step(f, k, w, x, n)
        return value * 0.5 if x == BARS.close[BAR] else value

    changed(monkeypatch, "sma", dataclasses.replace(sma, step=off))
    found = sg.compile(text).verify(BARS).difference
    assert found is not None and (found.name, found.bar) == ("`sma(close, n)`", BAR)


@pytest.mark.parametrize("count", [0, 1, 2, 3])
def test_hardly_any_bars(program: Any, count: int) -> None:
    verdict = program.verify(BARS.rows(0, count))
    assert verdict and verdict.bars == count


def test_options_of_a_run(program: Any) -> None:
    options = {"from_": "2024-03-12", "to": "2024-03-20", "close_at_end": True, "fee": "1/order", "tz": "Asia/Tokyo"}
    verdict = program.verify(BARS, {"n": 9}, **options)
    assert verdict and 0 < verdict.bars < COUNT
    with pytest.raises(sg.RunError, match="no parameter `m`"):
        program.verify(BARS, {"m": 9})


def test_long_data_are_checked_in_windows() -> None:
    points = schedule(1_000_000, 5, Effort(interpreted=60_000, single=6_000))
    assert points.interpreted[0][0] == 0 and points.interpreted[-1][1] == 1_000_000
    assert sum(stop - first for first, stop in points.interpreted) <= 60_000
    assert points.ends[-1] == 1_000_000
    assert all(b - a <= BLOCK for a, b in zip((0, *points.ends), points.ends, strict=False))
    edges = {edge for window in (*points.interpreted, *points.single) for edge in window} | set(points.truncations)
    assert edges - {0} <= set(points.ends)
    assert points == schedule(1_000_000, 5, Effort(interpreted=60_000, single=6_000))


def test_windows_that_restore_in_the_middle(program: Any) -> None:
    verdict = program.verify(BARS, effort=Effort(interpreted=240, single=120))
    assert verdict, verdict.text()
    assert {c.bars for c in verdict.checked if c.part == "window"} <= {240, 120}


def test_windows_never_overlap() -> None:
    for seed in range(200):
        found = windows(Draw(seed), 1000, 600)
        assert all(a[1] < b[0] for a, b in pairwise(found)), found
        assert found[0][0] == 0 and found[-1][1] == 1000


# --- the command ------------------------------------------------------------------------------------


@pytest.fixture
def files(tmp_path: Path) -> tuple[str, str]:
    (tmp_path / "p.strat").write_text(TEXT)
    rows = ["ts,open,high,low,close,volume"]
    for i in range(400):
        stamp = BARS.ts[i].astype("datetime64[us]")
        rows.append(f"{stamp}Z,{BARS.open[i]},{BARS.high[i]},{BARS.low[i]},{BARS.close[i]},{BARS.volume[i]}")
    (tmp_path / "d.csv").write_text("\n".join(rows) + "\n")
    return str(tmp_path / "p.strat"), str(tmp_path / "d.csv")


def test_the_command_says_what_was_compared(files: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    assert strat(["verify", files[0], "--data", files[1], "--param", "n=7", "--fee", "0.2%"]) == 0
    shown = capsys.readouterr().out
    assert "equal to the last bit" in shown and "seed 20240229" in shown and "400 bars" in shown
    assert strat(["verify", files[0], "--data", files[1], "--param", "k=7"]) == 2
    assert strat(["verify", files[0], "--data", files[1] + "x"]) in (1, 3)


def test_the_command_fails_on_a_difference(
    files: tuple[str, str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    sma = REGISTRY["sma"]

    def off(f: Any, k: Any, w: Any, x: float, n: int) -> float:
        value = sma.step(f, k, w, x, n)
        return next_up(value) if x == BARS.close[300] else value

    changed(monkeypatch, "sma", dataclasses.replace(sma, step=off))
    assert strat(["verify", files[0], "--data", files[1]]) == 1
    shown = capsys.readouterr().out
    assert "`sma(close, n)` differs at bar" in shown and "let slow = sma(close, n)" in shown and ":4:12" in shown
    assert strat(["verify", files[0], "--data", files[1], "--json"]) == 1
    document = json.loads(capsys.readouterr().out)
    assert document["equal"] is False and document["difference"]["line"] == 4


def test_a_missing_value_in_a_verdict_is_plain_data() -> None:
    from stratagem.runtime.verify import Difference

    difference = Difference("node", "x", "a", "b", 1, "t", math.nan, 1.0)
    verdict = Verdict("s", "h", "X", "1d", 2, 1, 3, (), difference)
    assert not verdict
    assert json.loads(json.dumps(verdict.to_json(), allow_nan=False))["difference"]["found"] == "na"
    assert "na" in verdict.text()


def test_a_verdict_repeats_the_notes_on_the_data() -> None:
    verdict = sg.compile("plot close").verify("sample:AAPL", effort=Effort(interpreted=50, single=20))
    assert any("timeframe 1d inferred" in note for note in verdict.notes)
    assert "note: timeframe 1d inferred" in verdict.text() and verdict.to_json()["notes"]
