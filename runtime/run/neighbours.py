"""Which series are computed in one run with the one that is asked for: each run is a program of its own to compile."""

from __future__ import annotations

from collections.abc import Sequence

PLOTS = 256 << 20
"""Bytes of plots that are computed in one run, at most: a program may have thousands, and a report reads them all."""
OTHERS = 16 << 20
"""The same of lets and signals, of which mostly one is asked for."""
MANY = 16
"""How many of these there are in one run, at most."""


def with_neighbours(name: str, names: Sequence[str], plots: Sequence[str], bars: int) -> list[str]:
    """The name and those beside it. names: of all series, in their order; bars: values of each."""
    shown = name in plots
    alike = list(plots) if shown else [each for each in names if each not in plots]
    room = (PLOTS if shown else OTHERS) // (8 * max(1, bars))
    most = max(1, room if shown else min(MANY, room))
    at = alike.index(name)
    return alike[at // most * most :][:most]
