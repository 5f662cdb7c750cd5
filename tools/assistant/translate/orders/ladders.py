"""Ladders of limit orders: `3 buy limits 1%, 2% and 3% below the close`, `five limits 1 ATR apart`."""

from __future__ import annotations

from typing import Any

from ..tokens.token import Series, Setting, Token, number

_FAR = {"pct", "atrm", "points", "money"}
_COMPARED = {
    "above", "below", "orless", "ormore", "moveup", "movedown", "crossover", "crossunder", "cross", "at", "through",
}
_STEPS = {"steps", "tranches", "parts", "pieces", "portions"}
_JOINS = {"comma", "and", "per", "at", "colon"}


def ladders(tokens: list[Token]) -> list[Token]:
    """With a setting for each ladder; what is none stays as it is."""
    for here, token in enumerate(tokens):
        if token.kind == "limitword" and here:
            found = _ladder(tokens, here)
            if found:
                start, end, made = found
                size, end = _each(tokens, end)
                return [*tokens[:start], *made, *size, *tokens[end:]]
    return tokens


def _each(tokens: list[Token], end: int) -> tuple[list[Token], int]:
    """`…, 25 % each`: the size of each of them."""
    here = end
    while here < len(tokens) and tokens[here].kind in {"comma", "and"}:
        here += 1
    own = tokens[here : here + 2]
    if [token.kind for token in own] not in (["pct", "per"], ["pct", "perclip"], ["per", "pct"]):
        return [], end
    share = number(next(token.value[1] for token in own if token.kind == "pct"))
    return [Token("set", "each", Setting("size", f"{share}%"))], here + 2


def _ladder(tokens: list[Token], here: int) -> tuple[int, int, list[Token]] | None:
    start, acts = here - 1, []
    while start and (tokens[start].kind in {"and", "comma", "colon", "in", "of"} or tokens[start].text in _STEPS):
        start -= 1
    if tokens[start].kind == "act":
        acts.append(tokens[start])
        start -= 1
    before = tokens[start - 1].kind if start > 0 else ""
    if not tokens[here].text.endswith("s") or before in _COMPARED:
        return None
    if start < 0 or tokens[start].kind != "num" or not 2 <= tokens[start].value <= 50:
        return None
    count = int(tokens[start].value)
    end, steps = here + 1, []
    while end < len(tokens) and tokens[end].kind in _FAR | _JOINS:
        steps += [tokens[end]] if tokens[end].kind in _FAR else []
        end += 1
    side = tokens[end].kind if end < len(tokens) else ""
    line: Any = tokens[end + 1].value if end + 1 < len(tokens) and tokens[end + 1].kind == "ser" else None
    if side not in {"above", "below"} or line is None or line.dim != "price" or not _even(steps, count):
        return None
    long = side == "below"
    while start and tokens[start - 1].kind in {"ladderword", "act", "and", "of"}:
        start -= 1
        acts += [tokens[start]] if tokens[start].kind == "act" else []
    if any(token.value not in ({"long"} if long else {"short", "sell"}) for token in acts):
        return None
    if not long and not any(token.value == "short" for token in acts):
        return None  # `3 sell limits` may be the way out
    text = " ".join(token.text for token in tokens[start : end + 2])
    return start, end + 2, [Token("act", text, "long" if long else "short"),
                            Token("set", text, Setting("ladder", (side, *_written(steps, line, long), count)))]


def _even(steps: list[Token], count: int) -> bool:
    """One distance for all, or each as much further than the one before."""
    if len({token.kind for token in steps}) != 1:
        return False
    sizes = [_size(token) for token in steps]
    if len(steps) == 1:
        return True
    if len(steps) != count:
        return False
    step = sizes[1] - sizes[0]
    same = abs(step - sizes[0]) < 1e-9
    evenly = all(abs(each - sizes[0] - k * step) < 1e-9 for k, each in enumerate(sizes))
    return evenly and step > 0 and (same or steps[0].kind != "pct")


def _size(token: Token) -> float:
    value = token.value
    return float(value) if token.kind == "money" else float(value[0] if token.kind == "atrm" else value[1])


def _written(steps: list[Token], line: Series, long: bool) -> tuple[str, str]:
    """The first price, and the way from one to the next."""
    step = steps[0]
    many = number(_size(step))
    if step.kind == "pct":
        share = f"{many}%"
        factor = number(1 + _size(step) / 100 * (-1 if long else 1))
        return share if line.text == "close" else f"{line.read} * {factor}", share
    between = number(_size(steps[1]) - _size(step)) if len(steps) > 1 else many
    first, way = (
        f"{'' if each == '1' else f'{each} * '}atr({step.value[1]})" if step.kind == "atrm" else each
        for each in (many, between)
    )
    return f"{line.read} {'-' if long else '+'} {first}", way
