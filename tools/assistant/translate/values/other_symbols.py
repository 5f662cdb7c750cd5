"""Values of another symbol than the one that is traded: `while SPY is above its 50 day average`, `RSI of QQQ`."""

from __future__ import annotations

from dataclasses import replace

from ..tokens.token import Series, Token

_COMPARED = {
    "above", "below", "orless", "ormore", "cross", "crossover", "crossunder", "moveup", "movedown", "through", "at",
    "move", "back", "equals", "up", "down", "breaks", "breaksdown",
}  # fmt: skip
_ENDS = {"comma", "stopmark", "act", "when", "then", "arrow", "colon", "and", "or", "but"}


def of_symbol(series: Series, symbol: str) -> Series:
    text = f"({series.text} of {symbol})" if series.window else f"{series.text} of {symbol}"
    return replace(series, text=text)


def of_others(tokens: list[Token]) -> list[Token]:
    """Series with the symbol whose they are; of the one that is traded they stay as they are."""
    made: list[Token] = []
    here = 0
    while here < len(tokens):
        token = tokens[here]
        if token.kind != "other":
            made.append(token)
            here += 1
            continue
        symbol, after = str(token.value), tokens[here + 1] if here + 1 < len(tokens) else Token("end", "")
        if len(made) > 1 and made[-1].kind == "of" and made[-2].kind == "ser":
            made[-2:] = [Token("ser", f"{made[-2].text} of {token.text}", of_symbol(made[-2].value, symbol))]
            here = _rest(tokens, here + 1, made, symbol)
        elif after.kind == "ser":
            made.append(Token("ser", f"{token.text} {after.text}", of_symbol(after.value, symbol)))
            here = _rest(tokens, here + 2, made, symbol)
        elif after.kind in _COMPARED:
            made.append(Token("ser", token.text, of_symbol(Series("close", name="px"), symbol)))
            here = _rest(tokens, here + 1, made, symbol)
        else:
            made.append(Token("unknown", token.text))
            here += 1
    others = [token for token in tokens if token.kind == "other"]
    return [*made, *(Token("watched", "", token.value) for token in others)]


def _rest(tokens: list[Token], here: int, made: list[Token], symbol: str) -> int:
    """The other side of the comparison: `SPY is above its 50 day average` is of SPY on both."""
    while here < len(tokens) and tokens[here].kind not in _ENDS:
        token = tokens[here]
        if token.kind == "other":
            return here
        if token.kind == "ser":
            follows = [each.kind for each in tokens[here + 1 : here + 3]]
            own = follows in (["of", "other"], ["of", "ticker"])
            made.append(token if own else Token("ser", token.text, of_symbol(token.value, symbol)))
            return here + 1
        made.append(token)
        here += 1
    return here
