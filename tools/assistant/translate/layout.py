"""How a request is laid out: lists, comments of code, letters apart; passive and foreign words for an action; windows
that say whether the bar of now is counted. All of it put into the words that are read elsewhere."""

from __future__ import annotations

import re
from collections.abc import Callable

_ITEM = r"(?://+|#+|[-*•]+|[a-z0-9][.)](?=\s))"
_MODAL = r"(?:shall|should|must|will|would|may|can|has to|have to|are to|is to|needs? to|ought to)"
_END = r"(?= ?(?:[.,;:)]|$))"
_N = r"(\d+|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty)"
_THIS = r"(?:this|the current|the present|the latest|today'?s?|the running)(?: (?:one|bar|candle|day))?"
_COUNTED = (
    rf",? ?\(?(?:(?:counting|including|incl\.?|included|inclusive of) {_THIS}|{_THIS} (?:is |being )?"
    rf"(?:included|counted|inclusive|counts)(?: too| as well| in)?|(?:current|this|present) (?:one|bar|candle) "
    r"(?:included|counted|counts|inclusive))\)?"
)
_NAMES = {"rsi", "ema", "sma", "wma", "hma", "atr", "adx", "cci", "mfi", "obv", "roc", "macd", "vwap"}
_NUMBERS = dict(zip(
    "two three four five six seven eight nine ten twelve fifteen twenty".split(),
    (2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 15, 20), strict=True,
))  # fmt: skip


def _together(match: re.Match[str]) -> str:
    """`r s i`, `e.m.a.`: what a voice spells."""
    name = re.sub(r"[^a-z]", "", match[0].lower())
    return name if name in _NAMES else match[0]


def _one_more(match: re.Match[str]) -> str:
    """On this bar or one of the 5 before it: in any of the last 6."""
    return f"in any of the last {(_NUMBERS.get(match[1].lower()) or int(match[1])) + 1} bars"


LAYOUT: tuple[tuple[str, str | Callable[[re.Match[str]], str]], ...] = (
    (rf"\A\s*{_ITEM}\s*(?=[^\s\d.])", ""), (r"\n\s*//+\s*", " . "), (rf"\n\s*{_ITEM}\s+", " , "),
    (r"\b[a-z](?:[. ][a-z]){2,3}\b\.?", _together),
    (rf"\b(long|short) (?:positions?|trades?|entry|entries) {_MODAL} be (?:opened|entered|taken|initiated|established)",
     r"\1 entry"),
    (rf"\b(?:positions? |trades? )?{_MODAL} be (?:closed|exited|liquidated|closed out|sold off)"
     r"(?: (?:in full|completely|entirely|fully))?\b", "exit"),
    (r"\b(?:that|this|which)(?: is|'?s|) (?:when|where|the (?:moment|time|point|bar)(?: when| that|))"
     r" (?=(?:i|we) (?:buy|sell|short|cover|exit|go|get|leave|enter|close)\b)", " -> "),
    (r"(?<=[=>]) ?gone\b", " out"),
    (rf"\b(above|below|under|over|beneath)(?: of)? (?:the|that) (?:very )?same(?: one| line| average| mean| level|)"
     rf"{_END}", r"\1 it"),
    (r"\bcross(es|ing|ed|) to (above|below|under|over)\b", r"cross\1 \2"),
    (rf"\bon this (?:bar|candle|one) or (?:on |in |during )?(?:any|one)(?: one)? of (?:the )?{_N} "
     r"(?:bars|candles|ones)? ?(?:before|preceding|previous)(?: (?:it|this one|this bar|that))?", _one_more),
    (rf"\b(?:in|on|over|during|within) (?:the )?(?:last|past|latest) {_N} (bars|candles|days){_COUNTED}",
     r"in any of the last \1 \2"),
    (rf"\b(of (?:the )?(?:last|past|latest) {_N} (?:bars|candles|days)){_COUNTED}", r"\1"),
)  # fmt: skip
