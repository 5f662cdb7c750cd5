"""`sequence`: instructions one after another, worked by hand, on both engines, pushed and taken up in its middle."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pytest
import stratagem as sg
from stratagem.runtime.results.result import Result

from .test_backtest import ENGINES

DAYS = 8
A = [100.0, 110, 120, 130, 140, 150, 160, 170]
B = [50.0, 51, 52, 53, 54, 55, 56, 57]
C = [20.0] * DAYS

ROTATE = "sequence when bar_index == 2\n  flatten A\n  buy B size 100%\nenter long A when bar_index == 0\n"


def bars(prices: Mapping[str, Sequence[float]], lacks: Mapping[str, set[int]]) -> dict[str, Any]:
    """A mapping of symbols to bars that open, and stay, at a price; those of the days that a symbol lacks left out."""
    made = {}
    for symbol, own in prices.items():
        days = [day for day in range(len(own)) if day not in lacks.get(symbol, ())]
        values = np.array([own[day] for day in days])
        dates = np.datetime64("2024-01-01") + np.array(days)
        made[symbol] = {"ts": dates, "open": values, "high": values, "low": values, "close": values}
    return made


def run(text: str, engine: str = "interpreted", lacks: Mapping[str, set[int]] | None = None) -> Result:
    data = bars({"A": A, "B": B, "C": C}, lacks or {})
    return sg.compile(f"on A, B, C every 1d\n{text}").backtest(data, engine=engine)


def fates(result: Result, *only: str) -> list[tuple[str, str, str, int]]:
    """Of each order of a sequence: its statement, status and reason, and the day on which it was decided."""
    return [(row["statement"], row["status"], row["reason"], row["time"].day - 1) for row in result.orders.to_pylist()
            if row["statement"].startswith(only or "sequence")]  # fmt: skip


def held(result: Result, symbol: str) -> list[float]:
    return list(result.symbols[symbol].quantity)


both = pytest.mark.parametrize("engine", ENGINES)
"""The others run on one: that the engines agree on all that a sequence does, `test_the_proof_holds` tries at random."""


@both
def test_the_second_buys_with_what_the_first_brought(engine: str) -> None:
    """1,000 A at 110 are sold on day 3 at 130, and all of the 120,000 that there are then buys B, decided at 53."""
    result = run(ROTATE, engine)
    assert fates(result) == [("sequence 1 step 1 A", "filled", "", 2), ("sequence 1 step 2 B", "filled", "", 3)]
    assert held(result, "A") == [0, 1000, 1000, 0, 0, 0, 0, 0]
    assert held(result, "B") == [0, 0, 0, 0, *[pytest.approx(120_000 / 53, rel=1e-15)] * 4]
    assert result.equity["equity"].to_pylist()[4] == 120_000  # bought at 54, where it closed


def test_costs_come_out_of_what_is_bought() -> None:
    """110,000 of the start less the fee is the first position, and so on: 1 % of each fill."""
    result = run("assume fee 1%\n" + ROTATE)
    first = 100_000 / 101
    brought = first * 130 * 0.99 + 100_000 - first * 110 * 1.01
    assert held(result, "B")[4] == pytest.approx(brought / (53 * 1.01), rel=1e-12)


def test_while_it_lives_it_does_not_begin_again_and_nothing_repeats() -> None:
    result = run(ROTATE.replace("== 2", ">= 2"))
    assert len(fates(result)) == 2, "after it flat is flat, and B is held"


def test_it_begins_again_when_it_is_over() -> None:
    text = "sequence when true\n  buy A size 10%\n  flatten A"
    result = run(text)
    assert fates(result) == [(f"sequence 1 step {1 + day % 2} A", "filled" if day < 7 else "cancelled",
                              "" if day < 7 else "end", day) for day in range(8)]  # fmt: skip
    assert [quantity > 0 for quantity in held(result, "A")] == [False, True] * 4


def test_one_that_has_nothing_to_do_takes_its_close() -> None:
    result = run("sequence when bar_index == 1\n  flatten A\n  flatten B\n  buy C size 40%")
    assert fates(result) == [("sequence 1 step 3 C", "filled", "", 3)]
    assert held(result, "C")[3:] == [0, 2000, 2000, 2000, 2000]


def test_at_the_close_each_takes_a_close_of_its_own() -> None:
    result = run("sequence when bar_index == 1\n  buy A size 11%\n  sell B size 52%\n  fill this_close")
    assert held(result, "A") == [0, 100, *[100] * 6]
    equity = 100_000 + 100 * (120 - 110)
    assert held(result, "B")[1:3] == [0, pytest.approx(-0.52 * equity / 52, rel=1e-15)]


def test_what_would_be_cut_is_denied_and_ends_it() -> None:
    """A quarter more than there is room for: nothing of it is bought, C is never ordered, and a note says so."""
    text = "guard exposure 100%\nsequence when bar_index == 1\n  buy A size 25%\n  buy B size 100%\n  buy C size 1%"
    result = run(text)
    assert fates(result) == [("sequence 1 step 1 A", "filled", "", 1), ("sequence 1 step 2 B", "denied", "exposure", 2)]
    assert held(result, "A")[-1] > 0 and not any(held(result, "B")) and not any(held(result, "C"))
    (told,) = [note for note in result.notes if note.startswith("`sequence 1` stopped half done 1 time: ")]
    assert "step 2 (B) exposure 1; what it had taken by then stayed" in told


def test_a_size_that_is_missing_ends_it() -> None:
    result = run("sequence when bar_index == 1\n  buy A size 25%\n  buy B size 10% * (close / (close - close))")
    assert fates(result)[1:] == [("sequence 1 step 2 B", "denied", "missing_size", 2)]


def test_after_an_end_it_may_begin_again() -> None:
    text = "guard exposure 100%\nsequence when bar_index == 1 or bar_index == 4\n  hold A size -25%\n  buy B size 100%"
    assert [day for *_, day in fates(run(text))] == [1, 2, 5], "short already: its first has nothing to do"


def test_an_order_that_fills_in_parts_is_waited_for() -> None:
    """Of 500 A a bar takes 400: the rest leaves on day 5, and only at its close C is decided."""
    text = "enter long A when bar_index == 0 size 50%\nsequence when bar_index == 3\n  flatten A\n  buy C size 9%\n"
    data = {name: own | {"volume": np.full(DAYS, 4000.0)} for name, own in bars({"A": A, "B": B, "C": C}, {}).items()}
    program = sg.compile(f"on A, B, C every 1d\nassume participation 10%\n{text}")
    result = program.backtest(data, engine="interpreted")
    assert held(result, "A") == [0, 400, 500, 500, 100, 0, 0, 0]
    assert fates(result) == [("sequence 1 step 1 A", "filled", "", 3), ("sequence 1 step 2 C", "filled", "", 5)]
    assert held(result, "C")[5:] == [0, 400, pytest.approx(0.09 * 115_000 / 20, rel=1e-12)]


def test_why_says_whose_turn_it_was() -> None:
    result = run(ROTATE.replace("== 2", ">= 1"), lacks={"A": {2}})
    codes = []
    for day, symbol in ((1, "A"), (2, "B"), (3, "A"), (3, "B"), (4, "B")):
        asked = result.why(at=f"2024-01-0{day + 1}", symbol=symbol)
        assert asked.bar is not None
        codes.append(asked.bar.statements[0].verdict.code)
    assert codes == ["acted", "not_its_turn", "under_way", "acted", "not_its_turn"], fates(result)


def test_the_numbers_of_the_page() -> None:
    """docs/portfolio.md: 130,000 of A buy 2,000 B at 65, on the day after A has left."""
    prices = {"A": [110.0, 110, 120, 130, 140], "B": [65.0] * 5}
    text = "on A, B every 1d\nassume capital 110000\n" + ROTATE
    result = sg.compile(text).backtest(bars(prices, {}), engine="interpreted")
    assert held(result, "A") == [0, 1000, 1000, 0, 0] and held(result, "B") == [0, 0, 0, 0, 2000]


@both
def test_another_position_than_was_expected_ends_it(engine: str) -> None:
    """Beside the 10 % of the first an entry of the same close brings more: what A holds is not what was meant."""
    text = ("sequence when bar_index == 1\n  buy A size 11%\n  buy B size 10%\n"
            "enter long A when bar_index == 1 size 5% scale 1")  # fmt: skip
    result = run(text, engine)
    assert fates(result) == [
        ("sequence 1 step 1 A", "filled", "", 1), ("sequence 1 step 1 A", "cancelled", "position_differs", 2),
    ]  # fmt: skip
    assert result.orders.to_pylist()[-1]["asked"] == 100 and held(result, "A")[-1] > 100
    assert any("step 1 (A) position differs 1" in note for note in result.notes) and not any(held(result, "B"))


def test_an_order_that_a_guard_cancels_ends_it() -> None:
    """A falls to half: all is flattened at that close, before the waiting instruction has met its open."""
    text = ("guard drawdown 5% then flatten\nenter long A when bar_index == 0 size 50%\n"
            "sequence when bar_index == 2\n  sell B size 1%\n  buy C size 1%\n")  # fmt: skip
    falling = {"A": [100.0, 100, 100, 50, 50, 50, 50, 50], "B": B, "C": C}
    result = sg.compile(f"on A, B, C every 1d\n{text}").backtest(bars(falling, {"B": {3, 4}}), engine="interpreted")
    assert fates(result) == [
        ("sequence 1 step 1 B", "cancelled", "guard", 2), ("sequence 1 step 1 B", "cancelled", "position_differs", 3),
    ]  # fmt: skip
    assert not any(held(result, "C"))


def test_a_symbol_without_a_bar_is_waited_for() -> None:
    """B has no bar on days 3 to 5: its turn has come on day 3, it is decided at its close of day 6."""
    result = run(ROTATE, lacks={"B": {3, 4, 5}})
    assert fates(result) == [("sequence 1 step 1 A", "filled", "", 2), ("sequence 1 step 2 B", "filled", "", 6)]
    assert held(result, "B")[-1] == pytest.approx(120_000 / 56, rel=1e-15)


def test_data_that_end_before_a_turn_are_told() -> None:
    result = run(ROTATE, lacks={"B": {3, 4, 5, 6, 7}})
    assert [note for note in result.notes if "sequence" in note] == [
        "`sequence 1` had come to its step 2 when the data ended, and B had no bar for it"
    ]


def test_it_begins_once_all_sizes_are_known() -> None:
    text = "sequence when true\n  buy A size 10%\n  buy B size if close > sma(close, 4) then 20% else 10%"
    result = run(text)
    assert fates(result) == [("sequence 1 step 1 A", "filled", "", 3), ("sequence 1 step 2 B", "filled", "", 4)]
    assert held(result, "B")[-1] == pytest.approx(0.2 * result.equity["equity"].to_pylist()[4] / 54, rel=1e-12)


def test_two_of_them_go_their_own_ways() -> None:
    text = ("sequence when bar_index == 1\n  buy A size 10%\n  buy B size 10%\n"
            "sequence when bar_index == 2\n  buy C size 10%\n  flatten A\n  flatten C")  # fmt: skip
    assert fates(run(text)) == [
        ("sequence 1 step 1 A", "filled", "", 1), ("sequence 1 step 2 B", "filled", "", 2),
        ("sequence 2 step 1 C", "filled", "", 2), ("sequence 2 step 2 A", "filled", "", 3),
        ("sequence 2 step 3 C", "filled", "", 4),
    ]  # fmt: skip


@both
def test_pushed_and_taken_up_at_every_event_it_is_the_backtest(engine: str) -> None:
    text = f"on A, B, C every 1d\n{ROTATE}sequence when bar_index == 3\n  buy C size 1%\n  flatten C\n"
    program, data = sg.compile(text), bars({"A": A, "B": B, "C": C}, {"B": {3}})
    result = program.backtest(data, engine=engine)
    whole, parts = (program.session(timeframe="1d", symbols=["A", "B", "C"], engine=engine) for _ in range(2))
    seen: list[list[Any]] = [[], []]
    for day in range(DAYS):
        stamp = int(np.datetime64("2024-01-01").astype("datetime64[us]").astype("int64")) + day * 86_400_000_000
        event = {name: sg.Bar(stamp, *[prices[day]] * 4) for name, prices in (("A", A), ("B", B), ("C", C))
                 if not (name == "B" and day == 3)}  # fmt: skip
        kept = parts.snapshot()
        parts = program.session(timeframe="1d", symbols=["A", "B", "C"], engine=engine)
        parts.restore(kept)
        for live, told in zip((whole, parts), seen, strict=True):
            told += [(each.kind, str(each.data)) for each in live.push(event)]
    assert seen[0] == seen[1] and len(seen[0]) >= 8
    assert whole.equity == parts.equity == result.equity["equity"].to_pylist()[-1]


def test_the_proof_holds() -> None:
    draw = np.random.default_rng(7)
    prices = {name: list(100 * np.exp(np.cumsum(draw.normal(0, 0.02, 150)))) for name in "ABC"}
    text = ("on A, B, C every 1d\nassume fee 0.1%\nguard exposure 120%\nlet up = close > sma(close, 5)\n"
            "sequence when up\n  flatten B\n  buy A size if up then 60% else 110%\n"
            "  hold C size (close / close[3] - 1)\n"
            "sequence when not up and close < close[1]\n  sell A size 30%\n  flatten C\n  buy B size 80%\n"
            "enter long B when close > close[2] size 20% stop 2%\nexit long B when close < close[3]\n")  # fmt: skip
    lacks = {name: set(map(int, draw.choice(150, 20, replace=False))) for name in "BC"}
    program = sg.compile(text)
    result = program.backtest(bars(prices, lacks))
    reasons = {fate[1:3] for fate in fates(result)}
    assert {("filled", ""), ("denied", "exposure"), ("cancelled", "position_differs")} <= reasons, reasons
    verdict = program.verify(bars(prices, lacks))
    assert verdict, verdict.text()
