"""What a snapshot of a portfolio of strategies says beside the strategies' own: read as strictly as what comes from
outside is. ValueError where no session can have said it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from math import isfinite
from typing import Any

from ....stdlib.arith import LIMIT
from ...calendar.civil import DAY
from ...data.quality import EARLIEST, LATEST
from ...trading.sound import WHOLE
from ..session import BEFORE

_BEYOND = 1 << 62


def head_of(body: bytes) -> tuple[Mapping[str, Any], bytes]:
    """The head of a body, and what follows it."""
    size = 8 + int.from_bytes(body[:8], "little")
    try:
        head = json.loads(body[8:size])
    except RecursionError:
        raise ValueError("brackets without end") from None
    if not isinstance(head, Mapping):
        raise ValueError("no mapping")
    return head, body[size:]


def instant(value: object) -> int:
    """When the last event was, or that there was none."""
    found = whole(value)
    if found != BEFORE and not EARLIEST <= found < LATEST + 366 * DAY:
        raise ValueError("beyond any time")
    return found


def count(value: object) -> int:
    if not 0 <= whole(value) <= WHOLE:
        raise ValueError("no count")
    return whole(value)


def whole(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or abs(value) > _BEYOND:
        raise ValueError("no whole number")
    return value


def flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise ValueError("neither true nor false")
    return value


def price(text: object) -> float:
    """A number by its digits to the base 16, or that there is none yet."""
    try:
        found = float.fromhex(text)  # type: ignore[arg-type]
    except OverflowError:
        raise ValueError("beyond all numbers") from None
    if abs(found) > LIMIT:
        raise ValueError(f"beyond {LIMIT:g}")
    return found


def money(text: object) -> float:
    found = price(text)
    if not isfinite(found):
        raise ValueError("no money")
    return found
