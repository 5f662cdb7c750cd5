"""Words that people mean differently, where what is meant by them is said: `a hammer (lower wick twice the body)`."""

from __future__ import annotations

from ..tokens.token import Token

_VAGUE = {"unclear", "fallnoun", "risenoun"}
_ENTRIES = {"long", "short"}


def defined(tokens: list[Token]) -> list[Token]:
    """Without the words that the conditions behind them define; with more than one entry they stay, and are asked."""
    if sum(token.kind == "act" and token.value in _ENTRIES for token in tokens) > 1:
        return tokens
    words: set[str] = set()
    made: list[Token] = []
    here = 0
    while here < len(tokens):
        end = _definition(tokens, here) if tokens[here].kind in _VAGUE else 0
        if not end:
            made.append(tokens[here])
            here += 1
            continue
        words.add(tokens[here].text.removesuffix("s"))
        here = end
    kept: list[Token] = []
    for token in made:
        if token.kind not in _VAGUE or token.text.removesuffix("s") not in words:
            kept.append(token)
        elif kept and kept[-1].kind in {"after", "on", "at"}:
            kept.pop()
    return kept


def _definition(tokens: list[Token], at: int) -> int:
    """Where the conditions begin that say what the word here means; 0 where none do."""
    kinds = [token.kind for token in tokens[at + 1 : at + 5]]
    if kinds[:1] == ["open"]:
        end = next((i for i in range(at + 1, len(tokens)) if tokens[i].kind == "shut"), 0)
        inside = {token.kind for token in tokens[at + 2 : end]}
        return at + 1 if end and "cond" in inside and inside <= {"cond", "and", "comma"} else 0
    if tokens[at + 1 : at + 2] and tokens[at + 1].text == "with" and kinds[1:2] == ["cond"]:
        return at + 2 if _of_parts(tokens[at + 2]) else 0
    if kinds[:1] == ["cond"] and _of_parts(tokens[at + 1]):  # a shooting star is …
        return at + 1
    start = at + 1 + (kinds[:1] == ["comma"])
    if tokens[start : start + 1] and tokens[start].kind in {"defined", "arrow", "equals"}:
        start += 1 + (tokens[start + 1 : start + 2] != [] and tokens[start + 1].kind in {"colon", "comma"})
        return start if tokens[start : start + 1] and tokens[start].kind == "cond" else 0
    return 0


def _of_parts(token: Token) -> bool:
    """Whether a condition is of the proportions of a bar."""
    return "high - " in repr(token.value) or "close - open" in repr(token.value)
