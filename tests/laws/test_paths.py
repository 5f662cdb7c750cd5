"""Law: where the paths that may be assumed inside bars end apart, the path has decided trades, and a result says so."""

from __future__ import annotations

from dataclasses import replace

import pytest
import stratagem as sg

from . import books
from .pairs import settings, subject

PATHS = ("worst", "proximity", "best")
SEEDS = (0, 3, 7, 9, 20, 22, 35, 45, 82, 111, 118, 156)
"""Among them orders behind triggers, ladders, trails and stops that begin to work inside a bar."""
LEAST = 15
"""Data on which the paths end apart."""


@pytest.mark.parametrize("engine", ["native", "interpreted"])
def test_what_differs_by_path_is_told_as_decided_by_it(engine: str) -> None:
    apart = 0
    for seed in SEEDS[:: 6 if engine == "native" else 1]:
        made = subject(seed)
        program = sg.compile(made.text).with_zone(made.zone)
        for place, setting in enumerate(settings(made, program)):
            runs = []
            for path in PATHS:
                assumed = replace(setting, assumptions=replace(setting.assumptions, path=path))
                runs.append(books.ran(program.plan, assumed, engine))
            if len({float(run.equity[-1]) for run in runs}) > 1:
                apart += 1
                told = {path: int(run.trades["ambiguous"].sum()) for path, run in zip(PATHS, runs, strict=True)}
                assert any(told.values()), f"seed {seed}, data {place}: {told}\n{made.text}"
    assert apart >= (LEAST if engine == "interpreted" else 1)
