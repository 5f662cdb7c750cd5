"""Words that name what a setting is, `the trade amount is $2,500`, `mode: long only`, `it runs on SPY`: beside what was
read of it they say no more."""

from __future__ import annotations

from collections.abc import Sequence

from ..tokens.token import Plain, Token

_WORDS = set(
    "amount mode runs run traded policy rule setting settings sizing management system direction style r cap capped "
    "caps limit "
    "limits limited charges charge charged broker assumed assume stake bet budget allocation allocated".split()
)
"""No word among them turns, bounds or counts."""
_SAID = {"set", "ticker", "timeframe", "frame", "filter"}
_PARTS = {"comma", "stopmark", "note"}


def frames_a_setting(sentence: Sequence[Token], here: int) -> bool:
    """Whether a word only names the setting that its part of the sentence holds, and nothing that happens."""
    text = sentence[here].text.lower()
    if text != "per signal" and not set(text.split()) <= _WORDS:
        return False
    start, end = here, here + 1
    while start and sentence[start - 1].kind not in _PARTS:
        start -= 1
    while end < len(sentence) and sentence[end].kind not in _PARTS:
        end += 1
    part = sentence[start:end]
    said = any(token.kind in _SAID or _filters(token) for token in part)
    weighs = {"act", "not", "no", "num", "pct", "money"}
    return said and not any(token.kind in weighs or _happens(token) for token in part)


def _filters(token: Token) -> bool:
    return token.kind == "cond" and (isinstance(token.value, Plain) and token.value.filter)


def _happens(token: Token) -> bool:
    return token.kind == "cond" and not _filters(token)
