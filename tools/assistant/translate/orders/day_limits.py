"""How many trades of a day, before numbers are bound to units: `not more than 3 operations for day`, `never open more
than two`, `do not buy twice on the same day`. Read as they stand, three operations for a day are three days."""

from __future__ import annotations

from collections.abc import Sequence

from ..tokens.token import Token

_TRADES = set(
    "operation operations trade trades position positions entry entries purchase purchases deal deals buy buys order "
    "orders transaction transactions".split()
)
_EACH = {"for", "by", "in", "per", "a", "each", "every", "one", "the", "of"}


def with_day_limits(tokens: list[Token]) -> list[Token]:
    """Before fillers are left out: each such limit in the words that rows of limits read."""
    made: list[Token] = []
    here = 0
    while here < len(tokens):
        token = tokens[here]
        kinds = [each.kind for each in tokens[here : here + 3]]
        end = _of_day(tokens, here)
        if end:
            made += [token, Token("daytrades", " ".join(each.text for each in tokens[here + 1 : end]))]
            here = end
        elif kinds[:2] in (["px", "above"], ["px", "maxword"]) and token.value == "open" and _refused(made):
            here += 1  # never open more than …
        elif kinds == ["act", "twice", "endofday"] and _denied(made) and "same" in tokens[here + 2].text:
            made[-1] = Token("maxword", made[-1].text)
            made.append(Token("onceaday", " ".join(each.text for each in tokens[here : here + 3])))
            here += 3
        else:
            made.append(token)
            here += 1
    return made


def _denied(made: Sequence[Token]) -> bool:
    return bool(made) and made[-1].kind == "not"


def _refused(made: Sequence[Token]) -> bool:
    kinds = [token.kind for token in made if token.kind != "filler"]
    return kinds[-1:] in (["not"], ["no"])


def _of_day(tokens: Sequence[Token], here: int) -> int:
    """Behind `3 operations for day`; 0 where it is none."""
    if tokens[here].kind != "num" or here + 2 >= len(tokens) or tokens[here + 1].kind == "daytrades":
        return 0
    noun = tokens[here + 1].text.split()
    if noun[0] not in _TRADES or not set(noun[1:]) <= _EACH:
        return 0
    at = here + 2
    while at < len(tokens) and tokens[at].text in _EACH:
        at += 1
    led = at > here + 2 or len(noun) > 1
    day = at < len(tokens) and tokens[at].kind == "unit" and tokens[at].text == "day"
    return at + 1 if led and day else 0
