"""Lines and what stands beside them, once series are known: `the same average`, `a reclaim of the 50`, `ATR(14) x 1.5
stop`, `RSI comes out from below 20`."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..tokens.operands import AVERAGES
from ..tokens.token import Series, Token

_ENDS = {"comma", "stopmark", "end", "and", "or", "note"}


def with_line_senses(tokens: list[Token]) -> list[Token]:
    """With each of them as rows of comparisons and levels read it."""
    made: list[Token] = []
    here = 0
    while here < len(tokens):
        found = _same(tokens, here, made) or _reclaimed(tokens, here)
        found = found or _from_below(tokens, here) or _stop(tokens, here) or _running(tokens, here)
        made += found[0] if found else [tokens[here]]
        here = found[1] if found else here + 1
    return made


def _kind(tokens: Sequence[Token], at: int) -> str:
    return tokens[at].kind if 0 <= at < len(tokens) else "end"


def _series(tokens: Sequence[Token], at: int) -> Series | None:
    value = tokens[at].value if _kind(tokens, at) == "ser" else None
    return value if isinstance(value, Series) else None


def _same(tokens: Sequence[Token], here: int, made: Sequence[Token]) -> tuple[list[Token], int] | None:
    """The average that was named last."""
    own = _series(tokens, here + 1)
    if tokens[here].text not in {"same", "this same", "that same"} or own is None or own.name not in AVERAGES:
        return None
    named = (token for token in made if token.kind == "ser" and token.value.name in AVERAGES)
    lines = [token for token in named if '?"' not in token.value.text]
    if lines and '?"' not in own.text and own.text != lines[-1].value.text:
        return None  # of another length
    return ([lines[-1]._replace(text=f"same {tokens[here + 1].text}")], here + 2) if lines else None


def _reclaimed(tokens: Sequence[Token], here: int) -> tuple[list[Token], int] | None:
    """`entry: 50 ma reclaim`, `on a reclaim of the 50 ma`: the close crosses above it."""
    close = Token("ser", "", Series("close", name="px"))
    before = _kind(tokens, here - 1)
    noun = {"reclaim", "reclaims", "reclaimed"}
    line = _series(tokens, here)
    if line and line.dim == "price" and line.name != "px" and _kind(tokens, here + 1) == "moveup" and before in {
        "colon", "on", "act", "when", "arrow", "end"
    }:  # fmt: skip
        told = tokens[here + 1].text in noun and _kind(tokens, here + 2) in _ENDS
        return ([close, tokens[here + 1], tokens[here]], here + 2) if told else None
    if tokens[here].kind == "moveup" and tokens[here].text in noun and _kind(tokens, here + 1) == "of":
        line = _series(tokens, here + 2)
        return ([close, tokens[here], tokens[here + 2]], here + 3) if line and line.name != "px" else None
    return None


def _from_below(tokens: Sequence[Token], here: int) -> tuple[list[Token], int] | None:
    """`the RSI comes out from below 20`: it crosses above it."""
    own = _series(tokens, here)
    if own is None or own.dim in {"price", "volume"} or _kind(tokens, here + 1) not in {"act", "moveup"}:
        return None
    leaves = tokens[here + 1].text.split()[0] in {"come", "comes", "came", "coming", "leave", "leaves"}
    far = tokens[here + 2].text in {"from below", "from above"} if here + 2 < len(tokens) else False
    if not (leaves and far and _kind(tokens, here + 3) == "num"):
        return None
    up = tokens[here + 2].text == "from below"
    return [tokens[here], Token("moveup" if up else "movedown", tokens[here + 2].text), tokens[here + 3]], here + 4


def _running(tokens: Sequence[Token], here: int) -> tuple[list[Token], int] | None:
    """`above the 20 day average for ten days running`: days of what is compared, and of no average of an average."""
    line = _series(tokens, here - 1)
    counted = _kind(tokens, here) == "of" and _kind(tokens, here + 1) in {"dur", "bars"}
    told = counted and line is not None and line.length and _kind(tokens, here + 2) == "inrow"
    return ([], here + 1) if told else None


def _stop(tokens: Sequence[Token], here: int) -> tuple[list[Token], int] | None:
    """`ATR(14) x 1.5 stop`, `ATR(10) stop with multiple 2`."""
    own = _series(tokens, here)
    length = re.fullmatch(r"atr\((\d+)\)", own.text) if own else None
    if not length:
        return None
    kinds = [_kind(tokens, here + each) for each in range(1, 4)]
    if kinds[0] in {"cross", "by", "times"} and kinds[1:] == ["num", "stopword"]:
        count, end = tokens[here + 2], here + 4
    elif kinds == ["stopword", "and", "num"]:
        count, end = tokens[here + 3], here + 4
    else:
        return None
    far = Token("atrm", f"{count.text} x {tokens[here].text}", (count.value, int(length[1])))
    return [Token("stopword", "stop"), far], end
