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
