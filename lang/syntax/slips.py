"""The usual slips of people who know another language, each with what to write instead.

Every slip is a function of the place where reading got stuck: it reports and
returns True, or returns False. The first that knows the place wins. Adding one
is adding a function with `@slip` to one of the files `slips_….py`, which
`recovery.py` brings in, and a case in the test of these files.
"""

from __future__ import annotations

from collections.abc import Callable

from .stuck import Place

Slip = Callable[[Place], bool]
SLIPS: list[Slip] = []


def slip(function: Slip) -> Slip:
    """Register a slip; they are tried in the order in which they are defined."""
    SLIPS.append(function)
    return function


def recognise(place: Place) -> bool:
    """Whether the place is a known slip, which is then reported."""
    return any(known(place) for known in SLIPS)
