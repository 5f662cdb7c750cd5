"""From which event on strategies of a portfolio are run together: never too late, and late where it can be."""

from __future__ import annotations

from random import Random
from typing import Any

import numpy as np
import pytest
import stratagem as sg
from stratagem.runtime.run.strategies.together import Together

from .bars import bars
from .test_strategies import run, same

TEXTS = (
    "enter long when close > sma(close, 5)\n  size s\nexit long when close < sma(close, 5)\nassume fee 0.1%\n",
    "enter long when close > highest(close, 8)[1]\n  size s\nenter short when close < lowest(close, 8)[1]\n  size s\n"
    "  stop 3%\nassume fee 1/order\n",
    "rebalance when close > close[1]\n  weight s\n",
    "enter long when close > close[2]\n  size s\n  expire 3 bars\nassume fill this_close\n",
)
DRAWS, MANY = 6, 1000


@pytest.fixture(scope="module")
def programs() -> list[sg.CompiledProgram]:
    return [sg.compile(f'strategy "P"\nparam s = 50%\n{text}') for text in TEXTS]


def converted(random: Random, data: Any) -> Any:
    """The data with a column of rates, which jump."""
    if "ts" not in data:
        return {name: converted(random, each) for name, each in data.items()}
    rates = [random.choice((0.5, 1.0, 1.0, 1.25, 2.0)) for _ in range(len(data["ts"]) // 8 + 1)]
    return {**data, "rate": np.repeat(np.array(rates), 8)[: len(data["ts"])]}


def drawn(random: Random, programs: list[sg.CompiledProgram]) -> tuple[dict[str, Any], dict[str, str]]:
    told = {}
    for name in ("x", "y"):
        data: Any = bars(random, random.randrange(60, 120), random.choice((60, 240, 1440)))
        if random.random() < 0.3:
            data = {"S": bars(random, 90, 1440), "T": bars(random, 80, 1440)}
        params = {"s": random.choice(("20%", "50%", "90%"))}
        told[name] = {"program": random.choice(programs), "share": 0.5, "data": data, "params": params}
    if random.random() < 0.4:
        for own in told.values():
            own |= {"data": converted(random, own["data"]), "assume": {"conversion": "rate"}}
    measure = random.choice(("exposure", "net_exposure", "position"))
    limits = {measure: f"{random.choice((30, 60, 80, 95, 120))}% then {random.choice(('deny', 'flatten'))}"}
    return told, limits | ({"positions": "1"} if random.random() < 0.3 else {})


def hold(numbers: range, programs: list[sg.CompiledProgram], begins: list[tuple[int, int]]) -> None:
    for number in numbers:
        told, limits = drawn(Random(number), programs)
        together = run(told, limits, alone=False)
        before = len(begins)
        assert same(run(told, limits).output, together.output), (number, limits)
        assert len(begins) == before + 1


@pytest.fixture
def begins(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, int]]:
    """From which event on each run was together, and how many events it had."""
    found: list[tuple[int, int]] = []
    first = Together._first_reached

    def told(self: Together) -> int:
        found.append((first(self), len(self.events)))
        return found[-1][0]

    monkeypatch.setattr(Together, "_first_reached", told)
    return found


def test_limits_on_values_are_foreseen(programs: list[sg.CompiledProgram], begins: list[tuple[int, int]]) -> None:
    hold(range(DRAWS), programs, begins)
    assert all(event > 0 for event, _ in begins) and sum(event == count for event, count in begins) > 0


@pytest.mark.parametrize("text", [
    "enter long when close > close[1]\n  size s\n  limit low\nexit long when close < close[1]\n",
    "enter long when close > close[1]\n  size s\nexit long when close < close[1]\nassume slippage 10%/range\n",
])  # fmt: skip
def test_what_cannot_be_bounded_is_looked_at_from_the_start(text: str, begins: list[tuple[int, int]]) -> None:
    program = sg.compile(f'strategy "P"\nparam s = 50%\n{text}')
    told = {"x": {"program": program, "data": bars(Random(1), 60, 1440)}}
    assert same(run(told, {"exposure": "40%"}).output, run(told, {"exposure": "40%"}, alone=False).output)
    assert begins == [(0, 60)]


@pytest.mark.soak
@pytest.mark.parametrize("part", range(10))
def test_soak(part: int, programs: list[sg.CompiledProgram], begins: list[tuple[int, int]]) -> None:
    hold(range(part * MANY // 10, (part + 1) * MANY // 10), programs, begins)
