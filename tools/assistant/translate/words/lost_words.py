"""Words that a rule would pass over although they carry meaning: each becomes a question, or is read after all."""

from __future__ import annotations

from dataclasses import replace

from ..tokens.token import Compare, Plain, Token, asked

_EARLIER = {"yesterday", "ago", "past", "lastn"}
_LEVELS = {"stop", "target", "trail", "take"}
_LIMITS = {"limit", "limit_at", "limit_off"}
_WICKS = ("poke", "pierce", "stab", "wick")
_LEADING = {"by", "with", "at", "on"}
_SIDES = {"above", "over", "below", "under", "beneath"}
_JOINS = {"and", "comma", "when", "but", "unless"}


def times_kept(tokens: list[Token]) -> list[Token]:
    """`Higher than yesterday at the same time` compares two times of day; beside other words it says nothing."""
    made = []
    for here, token in enumerate(tokens):
        near = {each.kind for each in tokens[max(here - 1, 0) : here + 2]}
        lost = token.kind == "filler" and token.text.endswith("same time") and near & _EARLIER
        made.append(Token("unknown", token.text) if lost else token)
    return made


def asked_about(tokens: list[Token]) -> list[Token]:
    """What was read, without the readings that have lost a word."""
    made: list[Token] = []
    for here, token in enumerate(tokens):
        if token.kind == "cond":
            token = _comparison(token, tokens[:here])
        elif token.kind == "set" and token.value.name in _LIMITS and _leaves(tokens, here):
            token = Token("unclear", token.text, "definition")
        made.append(token)
    return made


def _comparison(token: Token, before: list[Token]) -> Token:
    value = token.value
    if not isinstance(value, Compare) or not value.left:
        return token
    if _again(token, before) or _bounds(token, before):
        question = f"What does '{token.text}' mean here?"
        return Token("cond", token.text, Plain(asked("definition", question)))
    if value.op.startswith("cross") and value.right and (value.left.text, value.right.text) == ("close", "open"):
        question = f"'{token.text}': of the bar, or the open of the day?"  # a bar is above its open, or is not
        return Token("cond", token.text, Plain(asked("definition", question)))
    way = {("low", "cross_below"): "<", ("high", "cross_above"): ">"}.get((value.left.text, value.op))
    if way and any(word.startswith(_WICKS) for word in token.text.split()):
        return Token("cond", token.text, replace(value, op=way))  # a wick through a line: of this bar alone
    return token


def _again(token: Token, before: list[Token]) -> bool:
    """`…, and that one lower than the one before it`: read as what stands before it, it would say nothing."""
    said = next((each for each in reversed(before) if each.kind not in _JOINS), None)
    joined = bool(before) and before[-1].kind == "and"
    pointing = token.text.startswith(("one ", "that ", "this "))
    return joined and pointing and said is not None and said.kind == "cond" and said.value == token.value


def _bounds(token: Token, before: list[Token]) -> bool:
    """`Stop 2 %, but never below the low`: a bound of the level, and no condition on the close."""
    said = next((each for each in reversed(before) if each.kind not in _JOINS), None)
    after = before[-1].text if before and before[-1].kind == "unless" else token.text
    denied = after.split()[0] in {"never", "not", "but"} and token.value.left.text == "close"
    if after.split()[0] in _SIDES and before[-1:] and before[-1].kind == "comma" and len(before) > 1:
        denied = before[-2].kind == "set" and before[-2].value.name == "stop" and token.value.left.text == "close"
    named = {"close", "price", "closes", "closing"} & set(token.text.split())
    return denied and not named and said is not None and said.kind == "set" and said.value.name in _LEVELS


def _leaves(tokens: list[Token], here: int) -> bool:
    """Whether a limit is of the way out, `exit limit at …`; `sell` may open a short where one is covered."""
    act = next((each for each in reversed(tokens[:here]) if each.kind not in _LEADING), None)
    if act is None or act.kind != "act":
        return False
    sides = {each.value for each in tokens if each.kind == "act"}
    return act.value in {"exit", "cover"} or (act.value == "sell" and "long" in sides and not sides & {"cover", "both"})
