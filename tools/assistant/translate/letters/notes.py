"""Requests that are laid out like notes, lists or code: comments, bullets, headings, names of variables."""

from __future__ import annotations

import re

from .rewriting import Turns, rewritten

_HEADING = r"[a-z][\w '/()-]{0,24}[:=](?!=)"
_LEADS = r"(?:if|when|entry|entries|exits?|buy|sell|long|short|cover|flat|stop|target|size|sl|tp)\b"


def _named(match: re.Match[str]) -> str:
    """MAX_ENTRIES_PER_DAY, bars_in_trade: the words of a name."""
    return match[0].lower().replace("_", " ")


_LAYOUT: Turns = (
    (r"^\s*(?:memo|memorandum|note)\b(?: (?:to|from|for) (?:the |my |our )?\w+)?\s*[.:\n]", ""),
    (r"/\*|\*/", "\n"), (r"(?<![:/])//+", "\n- "), (r"(?m)^\s*(?:#+|[-*•]+|\d{1,2}[.)])\s+(?=\S)", "- "),
    (r"\b(?:const|let|var|int|float|double|bool|final|static|input) (?=[A-Za-z]\w* ?=)", ""),
    (r"\b[A-Za-z]+(?:_[A-Za-z]+)+\b", _named),
    (r"(?<=\w)\.(?=(?:gain|profit|pnl|bars|age|entry|price|close|open|high|low)\b)", " "),
    (r"(?m)^(entry|exit|(?:protective |trailing )?stop|target|size|limit)\. (?=\S)", r"\1: "),
    (rf"(?m)(?<=[^\s:,.;!?])[ \t]*\n\s*(?=(?:- )?(?:{_HEADING}|{_LEADS}))", " .\n"),
    (r"(?m)^(?:- )(?=" + _HEADING + ")", " . "), (r"(?m)^- (?=" + _LEADS + ")", " . "), (r"(?m)^- ", " , "),
)  # fmt: skip


def laid_out(request: str) -> str:
    """The same as running text: each line that begins anew is a sentence of its own."""
    return rewritten(request, _LAYOUT)
