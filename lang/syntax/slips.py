"""The usual slips of people who know another language, each with what to write instead.

Every slip is a function of the place where reading got stuck: it reports and
returns True, or returns False. The first that knows the place wins. Adding one
is adding a function with `@slip` and a case in the test of these files.
"""

from __future__ import annotations

from collections.abc import Callable

from .place import Place

Slip = Callable[[Place], bool]
SLIPS: list[Slip] = []


def slip(function: Slip) -> Slip:
    """Register a slip; they are tried in the order in which they are defined."""
    SLIPS.append(function)
    return function


def recognise(place: Place) -> bool:
    """Whether the place is a known slip, which is then reported."""
    from . import (  # noqa: F401 (they fill the table, when something is wrong for the first time)
        slips_domains,
        slips_expressions,
        slips_heading,
        slips_orders,
        slips_statements,
        slips_words,
    )

    return any(known(place) for known in SLIPS)
