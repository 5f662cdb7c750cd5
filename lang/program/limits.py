"""How many levels a lot may have: the order machinery keeps a place for each."""

from __future__ import annotations

MOST_TAKES = 4
MOST_MOVES = 3
