"""Which of the names in a request are traded, and which are only read."""

from __future__ import annotations

from .tokens import Token

_SAID_OF = {
    "above", "below", "orless", "ormore", "cross", "crossover", "crossunder", "move", "moveup", "movedown", "breaks",
    "breaksdown", "fallen", "risen", "gap", "up", "down", "higher", "lower", "turn", "back", "rising", "falling",
}  # fmt: skip
_JOINING = {"comma", "and", "slash", "ticker", "or"}


def placed(tokens: list[Token]) -> list[Token]:
    """`SPY crosses` is the price of what is traded; a second symbol that stands apart is asked about."""
    names = {token.value for token in tokens if token.kind == "ticker"}
    made: list[Token] = []
    group_ended = False
    for here, token in enumerate(tokens):
        if token.kind != "ticker":
            group_ended |= any(each.kind == "ticker" for each in made) and token.kind not in _JOINING
            made.append(token)
            continue
        said_of = here + 1 < len(tokens) and tokens[here + 1].kind in _SAID_OF
        again = any(each.kind == "ticker" and each.value == token.value for each in made)
        if len(names) > 1 and (said_of or (group_ended and not again)):
            made.append(Token("unknown", token.text))
        else:
            made.append(token)
            made += [Token("px", token.text, "close")] if said_of else []
    return made
