"""Whatever the line `assumes …` of a result says can be written back as `assume …`, and means the same."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from stratagem.lang.compile import compile_text
from stratagem.lang.inputs.assumptions import Assumptions, read_assumptions
from stratagem.lang.inputs.readers import BRACKETS, ENTRIES, MODELS, PATHS, SIZINGS
from stratagem.runtime.results.metrics.run import Measured
from stratagem.runtime.results.summary import summary

from . import made


def told(assumed: Assumptions) -> list[str]:
    """What the summary says, name and value each."""
    output = replace(made.output(made.bars([5.0, 6.0])), assumptions=assumed.echo())
    lines = summary(Measured(output)).split("\n")
    start = next(at for at, line in enumerate(lines) if line.startswith("assumes "))
    return " ".join(line.strip() for line in lines[start:]).removeprefix("assumes ").split(" · ")


def assumed(seed: int) -> Assumptions:
    rng = random.Random(seed)

    def number(least: float = 0.0) -> float:
        return rng.choice([least, 0.1, 1 / 3, 5, 1e-7, 12_345.678, rng.random(), 1e12, round(rng.random(), 3)])

    def share() -> float:
        return rng.choice([0.0, 0.001, 0.0017, 0.1 + 0.2, 1e-6, rng.random() / 10])

    fee = "+".join(rng.sample([f"{number():.6f}/order", f"{number():.6f}/unit", f"{share() * 100:.17f}%"], 2))
    slippage = rng.choice([share(), f"{rng.randrange(9)}ticks+3bp", f"{number():.9f}/unit"])
    return read_assumptions({
        "model": rng.choice(list(MODELS)), "capital": number(1.0) or 1.0, "fee": fee, "slippage": slippage,
        "fill": rng.choice(["next_open", "this_close"]), "path": rng.choice(PATHS), "bracket": rng.choice(BRACKETS),
        "sizing": rng.choice(SIZINGS), "entries": rng.choice(ENTRIES), "lot": number(), "tick": number(0.01) or 0.01,
        "point_value": number(1.0) or 2.0,
        "timezone": rng.choice(["UTC", "America/New_York", "America/Port-au-Prince", "Etc/GMT-5", "Europe/London"]),
    })  # fmt: skip


@pytest.mark.parametrize("seed", range(60))
def test_what_is_told_can_be_written_back(seed: int) -> None:
    before = assumed(seed)
    text = "\n".join(f"assume {each}" for each in told(before))
    program = compile_text(text + "\nenter long when close > open\nexit long when close < open")
    assert read_assumptions(program.assumptions) == before, text


def test_the_defaults_and_both_models_work_bare() -> None:
    for model in MODELS:
        assert read_assumptions(compile_text(f"assume model {model}\nplot close").assumptions).model == model
    assert told(Assumptions())[:2] == ["model stratagem", "capital 100_000"]
