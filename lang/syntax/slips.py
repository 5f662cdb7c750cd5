"""The usual slips of people who know another language, each with what to write instead.

Every row looks at the place where reading got stuck; the first that knows it
reports it. Adding one is adding a function with `@slip` and a case in the test.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from . import tables
from .faults import Faults
from .scanner import Token

STATEMENT_WORDS = frozenset(w for w in tables.ROWS[tables.START["start"]] if w.isalpha())
SOFT_WORDS = frozenset()
class Place(NamedTuple):
    faults: Faults
    tokens: Sequence[Token]
    begun: int
    index: int

def recognise(place: Place) -> bool:
    return False
