"""Laws 1, 2, 4, 13 and 14 on random programs with random data: 48 pairs here, 200,000 where `soak` is asked for."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st
from stratagem.runtime.machine.engines import ENGINES, INTERPRETED

from . import soak
from .pairs import PER_PROGRAM, drawn, hold

SHARDS, PROGRAMS = 4, 3
"""Each program is tried on PER_PROGRAM data sets."""


@pytest.mark.parametrize("shard", range(SHARDS))
def test_random_programs_mean_one_thing(shard: int) -> None:
    """Hypothesis draws the programs and makes smaller what fails; every other shard runs native code as well."""
    engines = ENGINES if shard % 2 == 0 else (INTERPRETED,)
    held: list[int] = []

    @seed(shard)
    @settings(max_examples=PROGRAMS, database=None, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.randoms(use_true_random=False))
    def one(random: Random) -> None:
        held.append(hold(drawn(random, shard), engines))

    one()
    assert sum(held) >= PROGRAMS * PER_PROGRAM


@pytest.mark.soak
@pytest.mark.parametrize("part", range(soak.PARTS))
def test_soak(part: int) -> None:
    each = soak.PROGRAMS // soak.PARTS
    faults = soak.soak(range(part * each, (part + 1) * each))
    assert not faults, "\n\n".join(faults[:5])
