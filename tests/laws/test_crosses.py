"""Law 12: crosses on plateaus, from the first defined bar, across missing values; the pair before is the last bar's."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stratagem.runtime.machine.engines import ENGINES

from ..enginekit import make_bars
from .evaluated import values

LEVELS = [1.0, 2.0, 3.0, None]
TEXT = """let a = column("a")
let b = column("b")
let above = cross_above(a, b)
let below = cross_below(a, b)
let any = crosses(a, b)
let level_above = cross_above(a, 2)
"""


def expected(a: list[float | None], b: list[float | None]) -> tuple[list[bool], list[bool]]:
    """Above now, and not above on the bar before; nothing where one of the four is missing."""
    above, below = [False], [False]
    for i in range(1, len(a)):
        now, then = (a[i], b[i]), (a[i - 1], b[i - 1])
        if None in (*now, *then):
            above.append(False)
            below.append(False)
            continue
        above.append(now[0] > now[1] and then[0] <= then[1])  # type: ignore[operator]
        below.append(now[0] < now[1] and then[0] >= then[1])  # type: ignore[operator]
    return above, below


@pytest.mark.parametrize("engine", ENGINES)
@given(pairs=st.lists(st.tuples(st.sampled_from(LEVELS), st.sampled_from(LEVELS)), min_size=1, max_size=60))
@settings(max_examples=150, deadline=None, derandomize=True, database=None)
def test_crosses(engine: str, pairs: list[tuple[float | None, float | None]]) -> None:
    a, b = [p[0] for p in pairs], [p[1] for p in pairs]
    bars = make_bars(1, len(pairs))
    own = {name: np.array([np.nan if v is None else v for v in column]) for name, column in (("a", a), ("b", b))}
    found = values(TEXT, replace(bars, extra=own), engine)
    above, below = expected(a, b)
    assert found["above"].tolist() == above
    assert found["below"].tolist() == below
    assert found["any"].tolist() == [x or y for x, y in zip(above, below, strict=True)]
    assert found["level_above"].tolist() == expected(a, [2.0] * len(a))[0]
