"""How old a position may get, said as a condition: `if the trade is still open after 10 days, sell it`."""

from __future__ import annotations

from collections.abc import Sequence

from ..tokens.token import Series, Token

_EXITS = {"exit", "sell", "cover"}
_AGES = {"bars", "dur"}


def with_ages(tokens: list[Token]) -> list[Token]:
    """With each of them as a way out after so long."""
    made: list[Token] = []
    here = 0
    while here < len(tokens):
        end = _still_open(tokens, here)
        behind = end + (end < len(tokens) and tokens[end].kind in {"comma", "then"}) if end else 0
        if end and behind < len(tokens) and _leaves(tokens[behind]):
            made += [tokens[behind], Token("after", "after"), tokens[end - 1]]
            here = behind + 1
        elif end and made and _leaves(made[-1]):
            made += [Token("after", "after"), tokens[end - 1]]
            here = end
        else:
            made.append(tokens[here])
            here += 1
    return made


def _leaves(token: Token) -> bool:
    return token.kind == "act" and token.value in _EXITS


def _still_open(tokens: Sequence[Token], here: int) -> int:
    """Behind `(if) still open after 10 bars`; 0 where nothing of the kind stands."""
    at = here + (tokens[here].kind == "when")
    if at + 2 >= len(tokens) or tokens[at + 1].kind != "after" or tokens[at + 2].kind not in _AGES:
        return 0
    value = tokens[at].value.text if isinstance(tokens[at].value, Series) else tokens[at].value
    opened = tokens[at].kind in {"px", "ser"} and value == "open" and tokens[at].text == "open"
    held = at > here and tokens[at].kind in {"in", "hold"}
    return at + 3 if opened or held else 0
