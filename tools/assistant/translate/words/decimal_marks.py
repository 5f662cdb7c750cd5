"""Commas and points of numbers as people of many countries write them: `rsi >= 61,5`, `1.000 USD`.

A comma between two numbers is as often that of a list, `ema 9,21`: it is a decimal one behind a comparison, or before
what is counted. Of a point before three digits nobody can tell, but that sums of money have no third decimal.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

_OPERATORS = {"<", ">", "<=", ">=", "==", "*"}
_BEFORE = set("x by at over under above below than stop sl tp take target profit loss stops trail trailing".split())
_BEHIND = {"atr", "percent", "pct", "r", "pips", "points"}
_CASH = {"usd", "eur", "euro", "euros", "dollars", "dollar", "bucks", "gbp", "chf", "pounds"}
_DOTTED = re.compile(r"[$€£]? ?[1-9]\d{0,2}(\.\d{3})+")
_COMMA = re.compile(r"(?<![\d.,])\d+,\d{1,2}(?![\d.,]) ?(?:%|percent|pct|atr|r\b)", re.IGNORECASE)


def decimal_commas(request: str) -> bool:
    """Whether a number of the request has one: then a point parts thousands."""
    return bool(_COMMA.search(request))


def with_decimals(pieces: Sequence[Any], commas: bool) -> list[Any]:
    """Pieces of a request with each such number as one piece. commas: a decimal comma stands in the request."""
    made: list[Any] = []
    here = 0
    while here < len(pieces):
        piece = pieces[here]
        if piece.kind in {"num", "money"} and _DOTTED.fullmatch(piece.text) and _thousands(pieces, here, commas):
            made.append(piece._replace(text=piece.text.replace(".", "")))
        elif _decimal(pieces, here):
            made.append(piece._replace(text=f"{piece.text}.{pieces[here + 2].text}"))
            here += 2
        else:
            made.append(piece)
        here += 1
    return made


def _thousands(pieces: Sequence[Any], here: int, commas: bool) -> bool:
    counted = here + 1 < len(pieces) and pieces[here + 1].text in _CASH
    money = pieces[here].kind == "money" or counted
    return commas or (money and pieces[here].text.endswith("00"))


def _decimal(pieces: Sequence[Any], here: int) -> bool:
    own = pieces[here : here + 3]
    kinds = [piece.kind for piece in own]
    if kinds != ["num", "op", "num"] or own[1].text != "," or not (own[1].glued and own[2].glued):
        return False
    if not (own[0].text.isdigit() and own[2].text.isdigit() and len(own[2].text) <= 2):
        return False
    after = pieces[here + 3] if here + 3 < len(pieces) else None
    if after and after.text == "," and after.glued:
        return False  # a list of three
    before = pieces[here - 1].text if here else ""
    return before in _OPERATORS | _BEFORE or (after is not None and after.text in _BEHIND)
