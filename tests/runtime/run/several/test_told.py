"""What notes of a run over several symbols tell of limits that were passed, orders that waited, and dates."""

from __future__ import annotations

from pathlib import Path

import pytest
from stratagem import compile
from stratagem.runtime.errors import UsageFault
from stratagem.runtime.results.result import Result

FLAT = {"A": [100.0] * 6, "B": [50.0] * 6}
SWITCH = """stratagem 1
strategy "Switch"
on A, B every 1d
enter long B when bar_index == 0
  size 100%
exit long B when bar_index == 2
enter long A when bar_index == 2
  size 100%
"""


Prices = dict[str, list[float]]


def table(prices: Prices, lacks: dict[str, set[int]] | None = None, opens: dict[str, float] | None = None) -> str:
    """Daily bars as a table; lacks: days without a bar; opens: `B2` and the open of the second, where no close."""
    lines = ["symbol,date,open,high,low,close"]
    for symbol, closes in prices.items():
        for day, close in enumerate(closes, 1):
            if day not in (lacks or {}).get(symbol, set()):
                opened = (opens or {}).get(f"{symbol}{day}", close)
                lines.append(f"{symbol},2024-01-{day:02},{opened},{max(opened, close)},{min(opened, close)},{close}")
    return "\n".join(lines) + "\n"


def run(tmp_path: Path, text: str, data: str, **options: object) -> Result:
    place = tmp_path / "prices.csv"
    place.write_text(data)
    return compile(text).backtest(place, **options)  # type: ignore[arg-type]


def about(result: Result, *words: str) -> list[str]:
    return [note for note in result.notes if all(word in note for word in words)]


def test_an_exit_without_an_open_is_told_as_the_cause_of_too_much_held(tmp_path: Path) -> None:
    result = run(tmp_path, SWITCH, table(FLAT, {"B": {4, 5, 6}}))
    assert result.notes[0].startswith("gross exposure reached 2 × equity on 2024-01-04, above the limit of 1 ")
    assert "an exit of B waited without an open (its last bar is 2024-01-03)" in result.notes[0]
    assert about(result, "cash fell to -100,000.00 on 2024-01-04", "an exit of B") == [result.notes[1]]
    assert about(result, "from the last bar of the symbol to the end of the data", "B (exit)", "positions")


def test_a_bar_that_is_missing_once_is_enough(tmp_path: Path) -> None:
    result = run(tmp_path, SWITCH, table(FLAT, {"B": {4}}))
    assert about(result, "gross exposure reached 2 ×", "2024-01-04", "(its last bar till then is 2024-01-03)")
    assert not about(result, "to the end of the data")


def test_what_opens_jump_is_told_above_a_hundredth(tmp_path: Path) -> None:
    def jump(by: float) -> list[str]:
        return about(run(tmp_path, SWITCH, table(FLAT, opens={"B2": 50.0 * by})), "gross exposure reached")

    assert not jump(1.005) and not jump(1.0)
    (note,) = jump(1.1)
    assert "prices moved from the closes" in note and "2024-01-02" in note


def test_a_limit_that_is_said_is_the_one_compared_with(tmp_path: Path) -> None:
    data = table(FLAT, {"B": {4, 5, 6}})
    half = SWITCH.replace("size 100%", "size 50%")
    assert about(run(tmp_path, half + "guard exposure 50%\n", data), "gross exposure reached 1 ×", "limit of 0.5")
    assert not about(run(tmp_path, half, data), "gross exposure reached")
    lent = run(tmp_path, SWITCH + "guard exposure 200%\n", data)
    assert not about(lent, "gross exposure") and not about(lent, "cash fell") and not about(lent, "is implied")
    lent = run(tmp_path, SWITCH + "assume margin 50%\n", data)
    assert not about(lent, "gross exposure") and not about(lent, "cash fell") and not about(lent, "is implied")


UNIVERSE = "A\nB 2024-01-01 2024-01-04\n"
ALWAYS = """stratagem 1
strategy "All"
universe "two"
enter long when {}
  size 10%
"""


def test_dates_of_a_universe_bound_no_statement_and_a_rank_does(tmp_path: Path) -> None:
    (tmp_path / "two.txt").write_text(UNIVERSE)
    two = tmp_path / "two.txt"
    free = run(tmp_path, ALWAYS.format("bar_index == 4"), table(FLAT), universe=two)
    assert about(free, "B (a member from 2024-01-01 to 2024-01-03, none on 3 of 6 bars)", "`rank(close) > 0`")
    bound = run(tmp_path, ALWAYS.format("bar_index == 4 and rank(close) > 0"), table(FLAT), universe=two)
    assert [result.symbols["B"].orders.num_rows for result in (free, bound)] == [1, 0]
    assert bound.symbols["A"].orders.num_rows == 1
    two.write_text("A\nB\n")
    undated = run(tmp_path, ALWAYS.format("bar_index == 4"), table(FLAT), universe=two)
    assert not about(undated, "the dates of the universe")


def test_a_symbol_that_nothing_enters_is_not_too_short(tmp_path: Path) -> None:
    text = SWITCH.replace("enter long A when bar_index == 2", "enter long B when sma(close, 5) > 0")
    short = {"A": [100.0] * 3, "B": [50.0] * 6}
    assert not about(run(tmp_path, text, table(short)), "could never be entered")
    text = SWITCH.replace("enter long A when bar_index == 2", "enter long A when sma(close, 5) > 0")
    assert about(run(tmp_path, text, table(short)), "1 symbol could never be entered", "A 3")


def test_what_cannot_be_chosen_says_what_to_give_instead(tmp_path: Path) -> None:
    with pytest.raises(UsageFault, match=r"trades all of `on A, B`: leave --symbol \(symbol=\) out, or name one"):
        run(tmp_path, SWITCH, table(FLAT), symbol="A")
    with pytest.raises(UsageFault, match="`on A, B`: to choose others, .* give --symbols A on the command line, sym"):
        run(tmp_path, SWITCH, table(FLAT), symbols="A")
    swept = SWITCH.replace("every 1d\n", "every 1d\nparam n = 2 in 1 to 5\n").replace("== 2", "== n")
    assert compile(swept).sweep(tmp_path / "prices.csv", {"n": [1, 2]}).num_rows == 2


PLACES = {"A": 4, "B": 2, "C": 2}


def test_orders_past_a_last_bar_are_counted(tmp_path: Path) -> None:
    """B and C end on the 3rd, at whose close both are wished: their places are taken to the end, and A is denied."""
    orders = "".join(f"enter long {symbol} when bar_index == {bar}\n  size 10%\n" for symbol, bar in PLACES.items())
    prices = {"A": [100.0] * 6, "B": [100.0] * 3, "C": [100.0] * 3}
    result = run(tmp_path, f"on A, B, C every 1d\n{orders}guard positions 2\n", table(prices))
    (note,) = about(result, "waited from the last bar")
    assert note.startswith("2 orders of 2 symbols waited from the last bar of the symbol to the end of the data")
    assert "B (enter), C (enter); till then each kept its place under guards such as positions" in note
    assert [o["reason"] for o in result.orders.to_pylist() if o["symbol"] == "A"] == ["positions"]


def test_a_capital_that_buys_no_lot_of_any_symbol_is_told(tmp_path: Path) -> None:
    text = "on A, B every 1d\nenter long when true\n"
    prices = {"A": [100.0] * 6, "B": [80.0] * 6}
    poor = run(tmp_path, text, table(prices), capital=79, lot=1)
    assert not poor.gate and "one lot of 1 at its lowest price, 80, is 80" in poor.gate.faults[0]
    assert len(poor.gate.checks) == 1 and run(tmp_path, text, table(prices), capital=80, lot=1).gate.checks[0].passed


def test_a_symbol_without_a_bar_in_the_period_is_told_and_has_nothing(tmp_path: Path) -> None:
    text = "on A, B every 1d\nenter long when bar_index == 0\n  size 40%\n"
    data = table(FLAT, {"B": {1, 2, 3}})
    for monitors in (False, True):
        result = run(tmp_path, text, data, to="2024-01-04", monitors=monitors)
        assert about(result, "could never be entered", "B 0")
        assert result.stats["open_trades"] == 1 and len(result.symbols["B"].orders) == 0
    assert set(result.monitors["symbol"].to_pylist()) == {"A"}


def test_higher_bars_of_a_symbol_without_a_bar_in_the_period_are_none(tmp_path: Path) -> None:
    bars = [f"{symbol},2024-01-0{day}T{hour:02}:00:00Z,100,101,99,100"
            for symbol, first in (("A", 1), ("B", 4)) for day in range(first, 6) for hour in range(9, 17)]  # fmt: skip
    data = "\n".join(["symbol,time,open,high,low,close", *bars]) + "\n"
    text = "on A, B every 1h\nlet higher = close @ 1d\nenter long when close >= higher and hour == 12\n  size 40%\n"
    result = run(tmp_path, text, data, to="2024-01-04")
    assert result.stats["open_trades"] == 1 and len(result.symbols["B"].series["higher"]) == 0


@pytest.mark.parametrize(("text", "said"), [
    ("atomic when close > 90 and close < close[1]\n  buy A size 30%\n  sell B size 30%",
     "`atomic A, B`: of 6 bars of A, `close > 90` held on 6, `close < close[1]` on 0, all of them on 0"),
    ("let cheap = close < 10\natomic when cheap of B\n  buy B size 1 units\n  sell A size 1 units",
     "`atomic B, A`: of 5 bars of B, `cheap of B` held on 0"),
    ("sequence when close > 40 and month == 2\n  buy B size 30%\n  buy A size 30%",
     "`sequence 1`: of 5 bars of B, `close > 40` held on 5, `month == 2` on 0, all of them on 0"),
    ("enter long B when close > 50\nrebalance when close > 500\n  weight 10%",
     "`enter long B`: of 5 bars of B, `close > 50` held on 0; no trades: `rebalance`: of 11 bars of 2 symbols, "
     "`close > 500` held on 0"),
    ("rebalance monthly\n  weight 0%", "`rebalance`: of 11 bars of 2 symbols, `monthly` held on 2"),
    ("guard positions 1\natomic when bar_index > 3\n  buy A size 30%\n  buy B size 30%",
     "`atomic A, B`: of 6 bars of A, `bar_index > 3` held on 2; denied 3 times (leg absent 1, other leg 1, "
     "positions 1)"),
])  # fmt: skip
def test_no_trades_says_of_each_statement_which_part_never_held_on_the_bars_it_is_read_on(
    tmp_path: Path, text: str, said: str
) -> None:
    """Legs of one `atomic` or `sequence` are one statement, read on the bars of the first one's symbol."""
    notes = run(tmp_path, f"on A, B every 1d\n{text}\n", table(FLAT, lacks={"B": {6}})).notes
    assert notes[0] == f"no trades: {said}"


def test_no_trades_counts_tested_bars_alone(tmp_path: Path) -> None:
    result = run(tmp_path, "on A, B every 1d\nenter long when close > 500\n", table(FLAT), from_="2024-01-05")
    assert result.notes[0] == "no trades: `enter long`: of 4 bars of 2 symbols, `close > 500` held on 0"


def test_a_program_that_needs_more_bars_than_any_symbol_has_could_enter_nothing(tmp_path: Path) -> None:
    text = "on A, B\nenter long when close > sma(close, 99)\nrebalance monthly\n  weight close / sma(close, 9)\n"
    result = run(tmp_path, text, table(FLAT))
    said = "nothing could be entered: the program needs 9 bars, the data have: A 6, B 6"
    assert result.notes[0] == said and not any("could never be entered" in note for note in result.notes)
    assert [(check.name, check.passed) for check in result.gate.checks] == [("capital", True), ("acts", False)]


def test_prices_that_may_be_wrong_are_told_before_what_is_said_of_all_data(tmp_path: Path) -> None:
    result = run(tmp_path, SWITCH, table({"A": [100.0, 101.0, 50.0, 50.5, 51.0, 50.0], "B": [50.0] * 6}))
    split, = (at for at, note in enumerate(result.notes) if "A: prices jump like a split" in note)
    assert split < next(at for at, note in enumerate(result.notes) if note.startswith("the benchmark is an index"))
