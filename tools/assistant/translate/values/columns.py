"""The columns by their letters, `c > ema50`, `(c - l) / (h - l)`; and names beside the ticker that they are of."""

from __future__ import annotations

from ..tokens.token import Token

_COLUMNS = {"c": "close", "h": "high", "l": "low", "o": "open", "v": "volume"}
_BEFORE = {
    "open", "minusmark", "plusmark", "slash", "above", "below", "orless", "ormore", "equals", "when", "and", "or",
    "act", "arrow", "comma", "stopmark", "colon", "start", "then", "only", "timeframe",
}  # fmt: skip
_BEHIND = {
    "shut", "minusmark", "plusmark", "slash", "above", "below", "orless", "ormore", "equals", "differs", "index",
    "cross", "crossover", "crossunder", "breaks", "breaksdown", "back", "moveup", "movedown",
}  # fmt: skip
_CLASSES = {"crypto", "futures", "index", "forex", "future", "stock", "etf", "etfs", "fx"}


def with_columns(tokens: list[Token]) -> list[Token]:
    """Letters as columns where a comparison or arithmetic is beside them; no heading, `L: …`, and no line, `%K`."""
    made = []
    for here, token in enumerate(tokens):
        before = tokens[here - 1].kind if here else "start"
        behind = tokens[here + 1].kind if here + 1 < len(tokens) else "end"
        column = _COLUMNS.get(token.text) if token.kind in {"unknown", "unit", "filler", "part"} else None
        sided = (before in _BEFORE and behind in _BEHIND) or (before in _BEHIND - {"shut"} and behind != "colon")
        made.append(Token("px", token.text, column) if column and sided else token)
    return made


def without_names(tokens: list[Token]) -> list[Token]:
    """`gold futures GC`, `the Nasdaq ETF QQQ`, `bitcoin (BTCUSDT)`: the name beside its ticker says the same."""
    named = any(token.kind == "ticker" for token in tokens)
    drop: set[int] = set()
    for here, token in enumerate(tokens):
        if token.kind == "ticker":
            drop |= set(_beside(tokens, here, -1)) | set(_beside(tokens, here, 1))
    return [
        token for here, token in enumerate(tokens)
        if here not in drop and not (named and token.kind in {"name", "unknown"} and token.text.lower() in _CLASSES)
    ]  # fmt: skip


def _beside(tokens: list[Token], here: int, step: int) -> list[int]:
    """Places of names next to a ticker, one bracket between them."""
    at, found = here + step, []
    while 0 <= at < len(tokens):
        token = tokens[at]
        if token.kind == "name" or (token.kind == "unknown" and token.text.lower() in _CLASSES):
            found.append(at)
        elif token.kind not in {"open", "shut"} or found or abs(at - here) > 1:
            break
        at += step
    return found
