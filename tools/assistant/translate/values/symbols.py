"""Which of the names in a request are traded, and which are only read."""

from __future__ import annotations

from ..tokens.token import Token
from .ratios import paired

_SAID_OF = {
    "above", "below", "orless", "ormore", "cross", "crossover", "crossunder", "move", "moveup", "movedown", "breaks",
    "breaksdown", "fallen", "risen", "orbelow", "orabove", "equals", "gap",
    "up", "down", "higher", "lower", "turn", "back", "rising", "falling",
}  # fmt: skip
_VALUES = {"px", "ma", "ind", "num", "shut", "edge", "record", "ser", "length", "part", "family", "bar", "unit"}
_WHILE = {"while", "whilst", "as long as", "so long as", "provided", "provided that", "given that"}
_GAUGES = {"VIX", "VXN", "VVIX", "DXY", "TNX"}
"""Indices that nobody trades themselves."""
_JOINING = {"comma", "and", "slash", "ticker", "or"}


def placed(tokens: list[Token]) -> list[Token]:
    """`SPY crosses` is the price of what is traded; a second symbol that stands apart is only read."""
    tokens = paired(tokens)
    names = {token.value for token in tokens if token.kind == "ticker"}
    if len(names) < 2:
        return [
            Token("other", token.text, token.value) if token.kind == "ticker" and _only_read(tokens, here) else token
            for here, token in enumerate(tokens)
        ] if _read(tokens) else _priced(tokens)  # fmt: skip
    traded = _traded(tokens)
    made: list[Token] = []
    for here, token in enumerate(tokens):
        if token.kind != "ticker":
            made.append(token)
        elif traded and token.value not in traded:
            made.append(Token("other", token.text, token.value))
        elif traded and made and made[-1].kind == "of" and any(each.kind in _VALUES for each in made[-2:-1]):
            made.pop()  # `the RSI of QQQ`, where that is what is traded anyway
        elif any(each.kind == "ticker" and each.value == token.value for each in made):
            own = Token("px", token.text, "close") if len(traded) == 1 else Token("unknown", token.text)
            made += [own] if _said_of(tokens, here) else []
        else:
            made.append(token if traded else Token("unknown", token.text) if _apart(tokens, here) else token)
            made += [Token("px", token.text, "close")] if traded and _said_of(tokens, here) else []
    return made


def _read(tokens: list[Token]) -> bool:
    """Whether the one symbol there is narrows an entry each time it is named."""
    places = [here for here, token in enumerate(tokens) if token.kind == "ticker"]
    return bool(places) and all(_only_read(tokens, here) for here in places)


def _only_read(tokens: list[Token], here: int) -> bool:
    """`buy when … unless the VIX is above 30`: a condition of its own beside one of what is traded; a gauge always."""
    if not _said_of(tokens, here):
        return False
    lead = next((each for each in reversed(tokens[:here]) if each.kind != "the"), Token("start", ""))
    before = tokens[:here]
    own = any(each.kind in {"ser", "ma", "ind", "px", "record", "green", "red", "breaks", "newx"} for each in before)
    narrows = lead.kind in {"unless", "only"} or (lead.kind == "when" and lead.text in _WHILE) or lead.value == "only"
    return own and any(each.kind == "act" for each in before) and (narrows or tokens[here].value in _GAUGES)


def _priced(tokens: list[Token]) -> list[Token]:
    made: list[Token] = []
    for here, token in enumerate(tokens):
        made.append(token)
        if token.kind == "ticker" and _said_of(tokens, here):
            made.append(Token("px", token.text, "close"))
    return made


def _said_of(tokens: list[Token], here: int) -> bool:
    after = [token.kind for token in tokens[here + 1 : here + 3]]
    return after[:1] != [] and (after[0] in _SAID_OF or after in (["at", "orbelow"], ["at", "orabove"]))


def _groups(tokens: list[Token]) -> list[tuple[int, int]]:
    """Where symbols stand together, each with its end."""
    found: list[tuple[int, int]] = []
    here = 0
    while here < len(tokens):
        if tokens[here].kind == "ticker":
            end = here + 1
            while end < len(tokens) and tokens[end].kind in _JOINING:
                end += 1
            while tokens[end - 1].kind != "ticker":
                end -= 1
            found.append((here, end))
            here = end
        here += 1
    return found


def _traded(tokens: list[Token]) -> set[str]:
    """The symbols that are bought; none where the words do not say which."""
    groups = [group for group in _groups(tokens) if set(_names(tokens, group)) - _GAUGES]
    held = [group for group in groups if group[0] and tokens[group[0] - 1].kind == "act"
            and tokens[group[0] - 1].value in {"long", "short", "both"}]  # fmt: skip
    first = [group for group in groups[:1] if not _said_of(tokens, group[1] - 1) and not _compared(tokens, group[0])]
    if first and held and not set(_names(tokens, held[0])) <= set(_names(tokens, first[0])):
        return set()
    chosen = (first or held)[:1]
    return set(_names(tokens, chosen[0])) if chosen else set()


def _names(tokens: list[Token], group: tuple[int, int]) -> list[str]:
    return [token.value for token in tokens[group[0] : group[1]] if token.kind == "ticker"]


def _compared(tokens: list[Token], here: int) -> bool:
    """`when SPY …`, `the RSI of SPY`: of what is only read, or said of it."""
    return here > 0 and tokens[here - 1].kind in {"when", "of", *_SAID_OF}


def _apart(tokens: list[Token], here: int) -> bool:
    groups = _groups(tokens)
    return _said_of(tokens, here) or not any(start <= here < end for start, end in groups[:1])
