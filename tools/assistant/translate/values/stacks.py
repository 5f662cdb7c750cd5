"""Several averages at once: `emas stacked 8 over 21 over 55`, `above the 20, 50 and 200 sma`; and one by its length."""

from __future__ import annotations

from ..tokens.operands import AVERAGES
from ..tokens.token import Series, Token

_JOINS = {"comma", "and", "slash", "or", "both"}
_ORDERS = {
    "above": "above", "below": "below", "comma": "", "slash": "", "and": "", "or": "", "minusmark": "", "then": "",
}
_SAYS = {"rising", "falling", "turnup", "turndown", "turn"}
_SIDED = {"above", "below", "moveup", "movedown", "cross", "crossover", "crossunder", "orless", "ormore"}


def expanded(tokens: list[Token]) -> list[Token]:
    """Every length in a stack or a list as an average of its own."""
    made: list[Token] = []
    here = 0
    while here < len(tokens):
        found = _stack(tokens, here) or _listed(tokens, here, made)
        if found:
            made += found[0]
            here = found[1]
        else:
            made.append(tokens[here])
            here += 1
    return made


def _average(kind: str, token: Token) -> Token:
    length = int(token.value)
    return Token("ser", f"{length} {kind}", Series(f"{kind}(close, {length})", "price", kind, length))


def _whole(token: Token) -> bool:
    return token.kind in {"num", "length", "bars"} and token.value == int(token.value) and token.value >= 2


def _numbers(tokens: list[Token], here: int) -> tuple[list[Token], set[str], int]:
    """Lengths from here on with what stands between them, and where they end."""
    if here < len(tokens) and tokens[here].kind == "pair":
        values = tokens[here].value
        return [Token("num", f"{value:g}", value) for value in values], {""}, here + 1
    found: list[Token] = []
    between: set[str] = set()
    while here < len(tokens) and _whole(tokens[here]):
        if tokens[here].kind == "bars" and tokens[here + 1 : here + 2] and tokens[here + 1].kind != "ma":
            break
        again = bool(found) and tokens[here - 1].kind == "comma" and found[-1].value == tokens[here].value
        found += [] if again else [tokens[here]]  # 10 over 20, 20 over 50
        gap = here + 1
        while gap < len(tokens) and tokens[gap].kind in _ORDERS and gap < here + 3:
            gap += 1
        if gap == here + 1 or gap >= len(tokens) or not _whole(tokens[gap]):
            return found, between, here + 1
        between |= {_ORDERS[token.kind] for token in tokens[here + 1 : gap]} - ({""} if gap > here + 2 else set())
        here = gap
    return found, between, here


def _stack(tokens: list[Token], here: int) -> tuple[list[Token], int] | None:
    """`emas stacked 8, 21, 55`, `8 > 21 > 55 ema`, `8/21/55 emas lined up`: each above the next."""
    start, kind, order = here, "", ""
    if tokens[here].kind == "ma":
        kind, start = tokens[here].value, here + 1
    while start < len(tokens) and kind and tokens[start].kind in {"stacked", "colon", "of", "open"}:
        order = tokens[start].value or order
        start += 1
    numbers, between, end = _numbers(tokens, start)
    if not kind and end < len(tokens) and tokens[end].kind == "ma" and numbers and tokens[here - 1].kind not in _SIDED:
        kind, end = tokens[end].value, end + 1
        if end < len(tokens) and tokens[end].kind == "stacked":
            order, end = tokens[end].value, end + 1
    if end < len(tokens) and kind and tokens[end].kind == "stacked":
        order, end = tokens[end].value, end + 1
    if order and end < len(tokens) and tokens[end].kind == "open":
        inside, _, last = _numbers(tokens, end + 1)
        same = {token.value for token in inside} == {token.value for token in numbers}
        if same and last < len(tokens) and tokens[last].kind == "shut":
            end = last + 1  # which is above which, said once more
    words = between - {""}
    if not kind or len(words) > 1 or len(numbers) < (2 if order else 3) or not (words or order):
        return None
    side = next(iter(words), "above")
    if order == "down" and side == "above":
        side = "below" if numbers[0].value < numbers[-1].value else "above"
    if order == "up" and not words and numbers[0].value > numbers[-1].value:
        side = "below"  # `200, 50, 20 stacked`: the short one on top
    made: list[Token] = []
    for token in numbers:
        made += ([Token(side, side)] if made else []) + [_average(kind, token)]
    return made, end


def _listed(tokens: list[Token], here: int, made: list[Token]) -> tuple[list[Token], int] | None:
    """`above the 20, 50 and 200 sma`: above each of them."""
    led = [token for token in made[-2:] if token.kind not in {"both", "all"}]
    if not led or led[-1].kind not in _SIDED:
        return None
    start = here
    while start < len(tokens) and tokens[start].kind in {"both", "all", "either"}:
        start += 1
    found: list[Token] = []
    joined = ""
    while start < len(tokens) and _whole(tokens[start]):
        found.append(tokens[start])
        start += 1
        while start < len(tokens) and tokens[start].kind in _JOINS:
            joined = tokens[start].kind if tokens[start].kind in {"and", "or"} else joined
            start += 1
    if len(found) < 2 or start >= len(tokens) or tokens[start].kind != "ma" or not joined:
        return None
    if tokens[start + 1 : start + 2] and tokens[start + 1].kind in _SAYS | _SIDED and joined == "and":
        return None  # `RSI is above 50 and the 20 EMA is rising`: another subject
    repeated: list[Token] = []
    for token in found:
        repeated += [Token(joined, joined), led[-1]] if repeated else []
        repeated.append(_average(tokens[start].value, token))
    return repeated, start + 1


def by_length(tokens: list[Token]) -> list[Token]:
    """`the 8 drops under the 21`: the averages that were named with these lengths."""
    named: dict[int, set[Series]] = {}
    kinds: set[str] = set()
    for token in tokens:
        if token.kind == "ser" and token.value.name in AVERAGES and token.value.dim == "price":
            named.setdefault(token.value.length, set()).add(token.value)
            kinds.add(token.value.name)
    made: list[Token] = []
    for here, token in enumerate(tokens):
        if token.kind == "length":
            token = _named(token, named, kinds, made, tokens[here + 1 : here + 2])
        made.append(token)
    return made


def _named(
    token: Token, named: dict[int, set[Series]], kinds: set[str], before: list[Token], after: list[Token]
) -> Token:
    """Said before, or of the kind of what it is compared with, or, as what is compared, of the only kind."""
    length = int(token.value)
    own = named.get(length, set())
    if not own:
        left = before[-2].value if len(before) > 1 and before[-1].kind in _SIDED and before[-2].kind == "ser" else None
        kind = left.name if left and left.name in AVERAGES else ""
        if not kind and after and after[0].kind in _SIDED and len(kinds) == 1:
            (kind,) = kinds
        own = {_average(kind, token).value} if kind else set()
        if own:
            named[length] = own
    return Token("ser", token.text, next(iter(own))) if len(own) == 1 else token
