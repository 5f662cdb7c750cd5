"""What a result says beside its figures: each note where it belongs, and only there."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import stratagem as sg

CLOSES = 100.0 + np.arange(30.0)
RISING = {
    "ts": np.datetime64("2024-01-01T00:00", "us") + np.arange(30) * np.timedelta64(1, "h"),
    "open": CLOSES, "high": CLOSES + 1, "low": CLOSES - 1, "close": CLOSES,
}  # fmt: skip


def notes(text: str, data: Any = RISING, **options: Any) -> list[str]:
    return list(sg.compile(text).backtest(data, **options).notes)


def about(text: str, word: str, data: Any = RISING, **options: Any) -> list[str]:
    return [note for note in notes(text, data, **options) if word in note]


# --- no trades -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "told"),
    [
        # 15 closes above 114, five of them in the first six hours of the second day (bars 24 to 29)
        ("enter long when close > 114 and hour < 6 and close < 110\n",
         "no trades: `enter long`: of 30 bars, `close > 114` held on 15, `hour < 6` on 12, `close < 110` on 10, "
         "all of them on 0"),
        ("let late = close > 114 and close < 110\nenter short when late\n",
         "no trades: `enter short`: of 30 bars, `close > 114` held on 15, `close < 110` on 10, all of them on 0"),
        ("enter long when close > 500\n", "no trades: `enter long`: of 30 bars, `close > 500` held on 0"),
        ("enter long when close > 114\nguard positions 0\n",
         "no trades: `enter long`: of 30 bars, `close > 114` held on 15; denied 15 times (positions)"),
        # no size at the closes 115 to 119, and less than a whole unit at the ten after them
        ("enter long when close > 114 size (if close < 120 then na else 0.4) units\nassume lot 1\n",
         "no trades: `enter long`: of 30 bars, `close > 114` held on 15; denied 15 times (zero quantity 10, "
         "missing size 5)"),
        ("enter long when close > 128\n",
         "no trades: `enter long`: of 30 bars, `close > 128` held on 1; cancelled 1 time (end)"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("engine", ["native", "interpreted"])
def test_a_run_without_trades_says_what_held_how_often(text: str, told: str, engine: str) -> None:
    found = notes(text + "exit long when close < 90\nexit short when close < 90", engine=engine)
    assert found[0] == told


def test_only_the_bars_of_the_test_are_counted() -> None:
    (told,) = about("enter long when close > 500 and close > 0", "no trades", from_="2024-01-02")
    assert told.endswith("of 6 bars, `close > 500` held on 0, `close > 0` on 6, all of them on 0")


def test_nothing_is_said_where_there_are_trades() -> None:
    assert about("enter long when close > 110\nexit long when close > 120", "no trades") == []


@pytest.mark.parametrize("text", ["", "# nothing\n", "exit long when close > 3", 'strategy "x"', "let a = close"])
def test_a_program_that_enters_nothing_says_so(text: str) -> None:
    assert notes(text)[0] == "the program has no `enter`: there was nothing to trade"


# --- warm-up ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("condition", "told"),
    [
        ("close > sma(close, 5000)", "nothing could be entered: the program needs 5,000 bars, the data have 30"),
        # thirty hours hold seven whole four-hour bars
        ("close > sma(close, 8) @ 4h", "nothing could be entered: the program needs 8 bars of 4h, the data have 7"),
    ],
)
def test_a_warm_up_beyond_the_data_is_the_first_note(condition: str, told: str) -> None:
    assert notes(f"enter long when {condition}\nexit long when close < open")[0] == told


def test_data_that_just_suffice_are_not_called_short() -> None:
    for condition in ("close > sma(close, 30)", "close > sma(close, 7) @ 4h"):
        assert about(f"enter long when {condition}\nexit long when close < open", "needs") == []


def test_one_entry_of_two_that_never_acted() -> None:
    text = "enter long when close > 110\nenter long when close > sma(close, 99)\nexit long when close > 120"
    assert about(text, "never acted") == ["the `enter long` numbered 2 never acted: it needs 99 bars, the data have 30"]


# --- symbols ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("own", "name", "fits"),
    [
        ("EURUSD", "ETHUSDT", False), ("CL", "AAPL", False), ("EURUSD", "eurusd", True), ("EURUSD", "EURUSD_1h", True),
        ("EURUSD", "FX_EURUSD", True), ("CL", "CLZ4", True), ("CL", "oracle", False), ('"BTC-USD"', "BTCUSD", True),
        ("A", "AAPL", False), ("ETH", "ETHUSDT", False), ("ETHUSDT", "ETHUSDT.P", True),
    ],
)  # fmt: skip
def test_data_of_another_symbol_are_noted_and_refused_if_strict(own: str, name: str, fits: bool) -> None:
    text = f"on {own}\nenter long when close > 110\nexit long when close > 120"
    data = sg.load_bars(RISING, symbol=name)
    told = f"the program is made for {own.strip(chr(34))}, the data are of {name}"
    assert about(text, "made for", data) == ([] if fits else [told])
    if fits:
        assert about(text, "made for", data, strict=True) == []
    else:
        with pytest.raises(sg.RunError, match=told):
            sg.compile(text).backtest(data, strict=True)


def test_data_without_a_name_are_not_noted() -> None:
    assert about("on EURUSD\nenter long when close > 110\nexit long when close > 120", "made for", strict=True) == []


# --- halts ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("action", ["halt", "flatten"])
def test_a_halt_for_good_is_told_with_what_came_after_it(action: str) -> None:
    """1,000 units, sized at 100 and bought at 101: 10 % of the capital are gone at a close of 91, that of bar 12."""
    closes = np.concatenate([[100.0, 101.0], 101.0 - np.arange(28.0)])
    data = {**RISING, "open": closes, "high": closes + 1, "low": closes - 1, "close": closes}
    text = f"enter long when close > 1 exit long when close < 1 guard drawdown 10% then {action}"
    (told,) = about(text, "halted", data)
    assert told == (
        "guard drawdown halted trading for good on 2024-01-01T12:00:00Z: nothing was entered on the 17 bars after it"
    )


def test_a_halt_that_ends_with_its_day_is_not_told() -> None:
    text = "enter long when close > 100 expire 1 bars exit long when close < 1 guard day_trades 2 then halt"
    assert about(text, "halted") == []


# --- higher bars -----------------------------------------------------------------------------------


def test_hours_are_looked_through_unless_every_minute_is_there() -> None:
    """One missing minute that ends an hour is told, wherever it stands."""
    text = "enter long when close > sma(close, 2) @ 1h\nexit long when close > 500"
    minutes = np.datetime64("2024-03-25T00:00") + np.arange(600) * np.timedelta64(1, "m")

    def hours(ts: Any) -> list[str]:
        close = np.arange(100.0, 100.0 + len(ts))
        data = {"ts": ts.astype("datetime64[us]"), "open": close, "high": close + 1, "low": close - 1, "close": close}
        return about(text, "1h", data, timeframe="1m")

    assert hours(minutes) == []
    for missing in (59, 359, 539):
        assert "1 bar of 1h ended where the data have no bar" in hours(np.delete(minutes, missing))[0]
    assert hours(np.delete(minutes, 60)) == [], "an hour that begins late ends as others do"


def test_weeks_that_end_where_there_is_no_bar_are_named() -> None:
    """Sessions from Monday to Friday: each week ends at midnight before Monday, and no bar does."""
    days = np.array(["2024-03-25", "2024-03-26", "2024-03-27", "2024-03-28", "2024-04-01", "2024-04-02", "2024-04-08"])
    close = np.arange(100.0, 107.0)
    data = {"ts": days.astype("datetime64[us]"), "open": close, "high": close + 1, "low": close - 1, "close": close}
    text = "enter long when closes(1w)\nexit long when close > 500"
    assert about(text, "1w", data, timeframe="1d") == [
        "2 bars of 1w ended where the data have no bar, and each is read with the next one that has closed: "
        "the first ended as 2024-04-01 began, and is known at the close of that bar"
    ]


def test_bars_that_end_with_one_of_the_data_are_not_noted() -> None:
    assert about("enter long when closes(4h)\nexit long when close > 500", "4h") == []


# --- costs and stops -------------------------------------------------------------------------------


@pytest.mark.parametrize(("fee", "noted"), [(0.1, True), (0.06, True), (0.05, False), (0.001, False), ("1%", False)])
def test_a_fee_above_5_per_cent_is_noted(fee: object, noted: bool) -> None:
    found = about("enter long when close > 110\nexit long when close > 120", "of every fill", fee=fee)
    assert bool(found) is noted


def test_a_bare_number_as_a_text_is_refused_in_python_as_on_the_command_line() -> None:
    with pytest.raises(sg.RunError, match="0.1 can mean 0.1%, 0.1/order or 0.1/unit"):
        sg.compile("enter long when close > 110").backtest(RISING, fee="0.1")


def test_lots_that_fill_beyond_their_own_stop_are_counted() -> None:
    text = "enter long when close == 110\n  stop close * 1.5\nexit long when close > 120"
    assert about(text, "wrong side") == ["1 lot filled beyond the stop, on its wrong side, and left at once"]
    assert about(text.replace("1.5", "0.5"), "wrong side") == []


@pytest.mark.parametrize(
    ("side", "clause", "name"),
    [("long", "stop close * 1.1", "stop"), ("long", "target close * 0.5", "target"),
     ("short", "stop close * 0.5", "stop"), ("short", "target close * 1.5", "target")],
)  # fmt: skip
def test_lots_that_leave_at_once_are_counted(side: str, clause: str, name: str) -> None:
    """Only the bar that closes at 110 decides, so one lot is filled at the next open, beyond its own level."""
    text = f"enter {side} when close == 110 {clause}"
    assert about(text, "left at once") == [f"1 lot filled beyond the {name}, on its wrong side, and left at once"]


def test_a_target_that_is_reached_is_not_told_as_one_on_the_wrong_side() -> None:
    assert about("enter long when close == 110 target 2%", "left at once") == []


def test_higher_bars_are_counted_in_as_much_of_the_data_as_it_takes() -> None:
    """40 days of hours with gaps: as many as needed are found in a part, and where there are fewer, all are counted."""
    from stratagem.runtime.run import notes

    hours = np.arange(40 * 24)
    kept = hours[(hours // 24) % 7 < 5]
    bars = sg.load_bars({"ts": np.datetime64("2024-01-01", "us") + kept * np.timedelta64(1, "h"), "close": kept + 1.0})
    every = len(notes._ends("4h", bars, "UTC")[0])
    assert every == len(kept) // 4
    for need in (1, 7, every - 1, every, every + 1, 10 * every):
        found = notes._count("4h", bars, need, "UTC")
        assert (found >= need) == (every >= need) and (found == every or found >= need)


def test_a_margin_assumed_implies_no_guard():
    assert about("enter long when close > 105\n", "is implied")
    assert not about("assume margin 20%\nenter long when close > 105\n", "is implied")


def test_monitors_change_nothing_where_an_order_rests_beside_a_position_to_hold():
    """Its life ends at the very close that sizes the position, so that its cost is kept back from nothing."""
    program = sg.compile("""assume fee 5%
enter long when bar_index == 0 limit 50% valid 2 bars size 50%
rebalance when bar_index == 2
  weight 50%
""")
    for monitors in (False, True):
        orders = program.backtest(RISING, monitors=monitors).orders
        assert orders["status"].to_pylist() == ["expired", "filled"]
        assert orders["got"].to_pylist() == pytest.approx([0.0, 0.5 * 100_000 / 1.05 / CLOSES[2]], rel=1e-12)
