"""How much work something is, counted and not timed: the Python calls that it makes.

A walk that follows every way through shared expressions makes a call for each step, so what would take for ever is
stopped at a number of calls, on any machine at the same one.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType


class TooMany(AssertionError):
    """More calls than the limit."""


def calls(work: Callable[[], object], most: int = 100_000_000) -> int:
    """The calls of Python functions, resumed generators included, that `work` makes; TooMany beyond `most`."""
    count = 0

    def seen(frame: FrameType, event: str, argument: object) -> None:
        nonlocal count
        count += event == "call"
        if count > most:
            raise TooMany(f"more than {most} calls, now in {frame.f_code.co_qualname} of {frame.f_code.co_filename}")

    before = sys.getprofile()
    sys.setprofile(seen)
    try:
        work()
    finally:
        sys.setprofile(before)
    return count
