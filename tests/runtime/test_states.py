"""States that need each other's earlier values: worked out by hand, in every order of the text."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest
import stratagem as sg
from stratagem.runtime.machine.engines import ENGINES

CLOSES = np.array([10.0, 11.0, 12.0, 13.0, 14.0, 15.0, 16.0, 17.0])
BARS = {
    "ts": np.datetime64("2024-01-01T00:00", "us") + np.arange(8) * np.timedelta64(1, "h"),
    "open": CLOSES, "high": CLOSES, "low": CLOSES, "close": CLOSES,
}  # fmt: skip
NA = float("nan")

# What is read of the bar before has to exist: on bar 0 a state that reads it is what it begins as.
CASES = [
    (["state a = 0 then b[1]", "state b = 0 then a + 1"], {"a": [0, 0, 1, 2, 3, 4, 5, 6]}),
    (["state a = 0 then b[1]", "state b = 0 then a[1] + 1"], {"a": [0, 0, 1, 1, 2, 2, 3, 3]}),
    (["let x = s * 2", "state s = 0 then x[1] + 1"], {"s": [0, 1, 3, 7, 15, 31, 63, 127]}),
    (["let x = s[1] + 1", "state s = 0 then x"], {"x": [NA, 1, 2, 3, 4, 5, 6, 7], "s": [0, 1, 2, 3, 4, 5, 6, 7]}),
    # s[t] = x[t-2] + 1 = s[t-3] + 3 s[t-2] + 1, from bar 3 on
    (["let x = s[1] + y", "let y = 3 * s", "state s = 0 then x[2] + 1"], {"s": [0, 0, 0, 1, 1, 4, 5, 14]}),
    (["let r = { double: s * 2, close }", "state s = 0 then r.double[1] + r.close[1]"],
     {"s": [0, 10, 31, 74, 161, 336, 687, 1390]}),
    (["let idle = not busy", "state busy = false then idle[1]"], {"busy": [0, 1, 0, 1, 0, 1, 0, 1]}),
    (["fn before() = x[1]", "let x = s * 2", "state s = 0 then before() + 1"], {"s": [0, 1, 3, 7, 15, 31, 63, 127]}),
    # on two-hour bars a is 0, 0, 1, 2; they end with hours 1, 3, 5 and 7
    (["let t = a @ 2h", "state a = 0 then b[1]", "state b = 0 then a + 1"], {"t": [NA, 0, 0, 0, 0, 1, 1, 2]}),
    (["param n = 2 in 1 to 3", "let x = s * 2", "state s = 0 then x[n] + 1"], {"s": [0, 0, 1, 1, 3, 3, 7, 7]}),
    # before bar 1 there is no x[1]: what would stand in its place is never seen
    (["let x = or_else(s, 5)", "let seen = x[1]", "state s = 0 then seen * 2 + 1"],
     {"seen": [NA, 0, 1, 3, 7, 15, 31, 63]}),
]  # fmt: skip


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(("lines", "expected"), CASES, ids=lambda case: case[-1] if isinstance(case, list) else "")
def test_the_order_of_definitions_means_nothing(
    lines: list[str], expected: dict[str, list[float]], engine: str
) -> None:
    for order in permutations(lines):
        series = sg.compile("\n".join(order)).backtest(BARS, engine=engine).series
        for name, values in expected.items():
            assert np.array_equal(np.asarray(series[name], dtype=float), values, equal_nan=True), (order, name)


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        (["state a = 0 then b + 1", "state b = 0 then a + 1"], "E701"),
        (["let x = ema(s, 3)", "state s = 0 then x[1] + 1"], "E701"),
        (["let x = s * 2", "param n = 1 in 0 to 3", "state s = 0 then x[n]"], "E701"),
        (["let x = y[1]", "let y = x[1]"], "E107"),
        (["state a = b then b[1]", "state b = a then a[1]"], "E107"),
    ],
)
def test_what_needs_itself_is_refused_in_every_order(lines: list[str], code: str) -> None:
    for order in permutations(lines):
        with pytest.raises(sg.CompileError) as caught:
            sg.compile("\n".join(order))
        assert {d.code for d in caught.value.diagnostics if d.is_error} == {code}, order


def test_long_cycles_of_states_are_followed_without_recursion() -> None:
    count = 1000
    ring = [f"state s{n} = 0 then s{(n + 1) % count}[1] + 1" for n in range(count)]
    series = sg.compile("\n".join(ring) + "\nplot s7").backtest(BARS).series
    assert series["s7"].tolist() == [0, 1, 2, 3, 4, 5, 6, 7]


def test_long_chains_of_definitions_are_followed_without_recursion() -> None:
    count = 3000
    chain = [f"let x{n} = x{n - 1} + 1" for n in range(1, count)]
    text = "\n".join(["state s = 0 then s[1] + x9[1]", "let x0 = close", *chain])
    assert sg.compile(text).backtest(BARS).series["s"][2] == 19 + 20


@pytest.mark.parametrize("engine", ENGINES)
def test_an_earlier_value_is_there_a_bar_after_its_state(engine: str) -> None:
    """However it is written: the state is first computed on bar 5, so its earlier value means something on bar 6."""
    for text in (
        "let u = s[1] * 2\nstate s = 3 then u + ema(close, 6)\nenter long when u > 0\n",
        "state s = 3 then s[1] * 2 + ema(close, 6)\nenter long when s[1] * 2 > 0\n",
    ):
        program = sg.compile(text)
        assert program.warmup == {"base": 7}
        (trade,) = program.backtest(BARS, engine=engine).trades.to_pylist()
        assert trade["entry_time"].hour == 7
    twice = "let u = s[1]\nstate s = 3 then u + sma(close, 6)\nstate b = 0 then b + u\nstate c = 0 then c + s[1]\n"
    series = sg.compile(twice).backtest(BARS, engine=engine).series
    assert np.array_equal(np.asarray(series["b"]), np.asarray(series["c"]))
    assert np.flatnonzero(np.asarray(series["b"]))[0] == 6


# --- the first update -----------------------------------------------------------------------------

OPENS, BODIES = np.array([9.0, 10.0, 12.0, 11.0, 13.0]), np.array([10.0, 12.0, 11.0, 13.0, 14.0])
CANDLES = {
    "ts": np.datetime64("2024-01-01T00:00", "us") + np.arange(5) * np.timedelta64(1, "h"),
    "open": OPENS, "high": np.maximum(OPENS, BODIES), "low": np.minimum(OPENS, BODIES), "close": BODIES,
}  # fmt: skip
RISING = {name: (column if name == "ts" else np.arange(1.0, 9.0)) for name, column in BARS.items()}

# The middles of the candles are 9.5, 11, 11.5, 12 and 13.5, their heikin-ashi opens 9.5, (9.5 + 9.5) / 2,
# (9.5 + 11) / 2, (10.25 + 11.5) / 2 and (10.875 + 12) / 2.
HEIKIN_ASHI = [9.5, 9.5, 10.25, 10.875, 11.4375]
FIRST_UPDATES = [
    ("state x = close then x + change(close)", RISING, [1, 2, 3, 4, 5, 6, 7, 8]),
    ("state x = 0 then x + 1", RISING, [1, 2, 3, 4, 5, 6, 7, 8]),  # waits for nothing: it takes the start itself
    ("fn run(s) state t = s then t + change(s) return t\nlet x = run(close)", RISING, [1, 2, 3, 4, 5, 6, 7, 8]),
    # what it begins as is there on bar 2, the first update a bar later: (2 + 4) / 2, (3 + 5) / 2 …
    ("state x = sma(close, 3) then (x + close) / 2", RISING, [NA, NA, 2, 3, 4, 5, 6, 7]),
    ("param n = 3 in 1 to 5\nstate x = sma(close, n) then (x + close) / 2", RISING, [NA, NA, 2, 3, 4, 5, 6, 7]),
    ("param n = 1 in 1 to 5\nstate x = sma(close, n) then x + 1", RISING, [2, 3, 4, 5, 6, 7, 8, 9]),
    ("state x = close then x + close @ 2h", RISING, [1, 3, 5, 9, 13, 19, 25, 33]),  # the hours end with 2, 4, 6, 8
    # y reads nothing of its bars and still has to wait for one: 1, 2, 3 and 4 from bars 1, 3, 5 and 7 on
    ("state x = 0 then x + y @ 2h\nstate y = 0 then y + 1", RISING, [0, 1, 2, 4, 6, 9, 12, 16]),
    # two-hour bars close at 2, 4, 6 and 8, with bars 1, 3, 5 and 7; the first of them is a start
    ("let x = y @ 2h\nstate y = close then y + change(close)", RISING, [NA, 2, 2, 4, 4, 6, 6, 8]),
    # the growing two-hour bar: its first has no change, on bar 2 it is 2 + (3 - 2), on bar 4 4 + (5 - 4)
    ("let x = y @ forming 2h\nstate y = close then y + change(close)", RISING, [1, 2, 3, 4, 5, 6, 7, 8]),
    ("let x = y\nstate y = close then y + change(close) * z[1]\nstate z = 1 then if y > 0 then 1 else 0", RISING,
     [1, 2, 3, 4, 5, 6, 7, 8]),
    ("state x = close then x[1] + x[2]", RISING, [1, 2, 3, 5, 8, 13, 21, 34]),  # bar 1 begins, as x[2] does not exist
    # y is warm on bar 1, so x waits for it: 10, then twice 2, 3, 4 …
    ("state x = 10 then y * 2\nstate y = close then y + change(close)", RISING, [10, 4, 6, 8, 10, 12, 14, 16]),
    ("let hc = ohlc4()\nstate x = (open + close) / 2 then (x + hc[1]) / 2", CANDLES, HEIKIN_ASHI),
    ("state x = close > 2 then if change(close) > 0 then not x else x", RISING, [0, 1, 0, 1, 0, 1, 0, 1]),
]  # fmt: skip


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(("text", "bars", "expected"), FIRST_UPDATES)
def test_at_the_first_update_the_value_before_is_that_of_the_bar_before(
    text: str, bars: dict[str, np.ndarray], expected: list[float], engine: str
) -> None:
    series = sg.compile(text).backtest(bars, engine=engine).series
    assert np.asarray(series["x"], dtype=float).tolist() == pytest.approx(expected, nan_ok=True)


def test_a_state_that_begins_late_is_warm_a_bar_after_its_beginning() -> None:
    text = "state x = sma(close, 3) then (x + close) / 2\nenter long when x > 0\n"
    assert sg.compile(text).warmup == {"base": 4}
    (trade,) = sg.compile(text).backtest(RISING).trades.to_pylist()
    assert trade["entry_time"].hour == 4, "decided on bar 3"


@pytest.mark.parametrize("text", [case[0] for case in FIRST_UPDATES])
def test_every_way_of_running_agrees_about_first_updates(text: str) -> None:
    text += "\nenter long when number(x > 3) > 0\nexit long when bar_index > 5" if "> 2 then" not in text else ""
    assert sg.compile(text).verify(RISING)
