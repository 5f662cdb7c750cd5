"""Sold at a later close, of what was bought at one: `sell at the next day's close`, `exit one day later at the close`.

A position that is opened at a close is one bar old at it, so that it leaves at the first close on which it is two bars
old. Of one that fills at an open, `the next close` may be of the day of the fill, or of the one after: it is left.
"""

from __future__ import annotations

from collections.abc import Sequence

from ..tokens.token import Plain, Series, Token

_EXITS = {"exit", "sell", "cover"}
_NEXT = {"nexttrade": 1}
_NAMED = {"nxt": 1, "tomorrow": 1, "tomorrows": 1, "following": 1}
_SMALL = {"at", "on", "of", "by", "moc", "in", "the"}


def with_next_closes(tokens: list[Token]) -> list[Token]:
    """With such a way out as a condition of the age of a position, and the close at which it leaves."""
    tokens = _at_closes(_usual(tokens))
    if not _entered_at_close(tokens):
        return tokens
    made: list[Token] = []
    here = 0
    while here < len(tokens):
        made.append(tokens[here])
        found = _later(tokens, here + 1) if tokens[here].kind == "act" and tokens[here].value in _EXITS else None
        here += 1
        if found:
            count, days, end = found
            text = f"position.bars >= {count + 1}"
            words = " ".join(token.text for token in tokens[here:end])
            own = Plain(f"days|{text}" if days else text, text)
            made += [Token("when", ""), Token("cond", words, own), Token("moc", "")]
            here = end
            if [token.kind for token in tokens[here : here + 2]] == ["comma", "when"]:
                made.append(Token("stopmark", ""))  # what follows is of the entry
                here += 1
    return made


_COMPARED = {"above", "below", "ormore", "orless", "moveup", "movedown", "cross", "crossover", "crossunder", "cond"}


def _usual(tokens: list[Token]) -> list[Token]:
    """`RSI above 70: sell at the next open`: when everything is filled, where the condition is said before."""
    made: list[Token] = []
    for here, token in enumerate(tokens):
        leaves = token.kind == "moo" and here and tokens[here - 1].kind == "act" and tokens[here - 1].value in _EXITS
        if not (leaves and _told_before(tokens[: here - 1])):
            made.append(token)
    return made


def _told_before(tokens: Sequence[Token]) -> bool:
    """Whether the clause before is a condition of which nothing is done yet."""
    kinds = [token.kind for token in tokens]
    while kinds and kinds[-1] in {"comma", "colon", "then", "arrow"}:
        kinds.pop()
    start = max((here + 1 for here, kind in enumerate(kinds) if kind in {"comma", "stopmark"}), default=0)
    return bool(_COMPARED & set(kinds[start:])) and "act" not in kinds[start:]


def _at_closes(tokens: list[Token]) -> list[Token]:
    """`buy the close, …`: an entry at it."""
    made: list[Token] = []
    for here, token in enumerate(tokens):
        before = tokens[here - 1] if here else Token("start", "")
        after = tokens[here + 1].kind if here + 1 < len(tokens) else "end"
        entered = before.kind == "act" and before.value in {"long", "short"}
        alone = entered and _is_close(token) and token.text in {"close", "closes"} and after in {
            "comma", "when", "stopmark", "and", "end"
        }  # fmt: skip
        made.append(Token("moc", token.text) if alone else token)
    return made


def _is_close(token: Token) -> bool:
    value = token.value.text if isinstance(token.value, Series) else token.value
    return token.kind in {"px", "ser"} and value == "close"


def _entered_at_close(tokens: Sequence[Token]) -> bool:
    """Whether an entry is at a close: the word stands behind it, and before the next action."""
    entered = False
    for token in tokens:
        if token.kind == "act":
            entered = token.value in {"long", "short"}
        elif token.kind == "stopmark":
            entered = False
        elif entered and token.kind == "moc":
            return True
    return False


def _later(tokens: Sequence[Token], at: int) -> tuple[int, bool, int] | None:
    """How many bars later, whether they are days, and where it ends."""
    count, days, closed, start = 0, False, False, at
    while at < len(tokens):
        token = tokens[at]
        named = _NEXT.get(token.kind, 0) or (_NAMED.get(token.text, 0) if token.kind in {"unknown", "filler"} else 0)
        if named and not count:
            count, days = named, days or token.text.startswith("tomorrow")
        elif token.kind in {"dur", "bars"} and not count and _behind(tokens, at) and _whole(token):
            count, days = _whole(token), token.kind == "dur"
        elif token.kind == "unit" and token.value == "d" and (count or _behind(tokens, at)):
            count, days = count or 1, True
        elif token.kind in {"bar", "later"} and count:
            pass
        elif token.kind == "moc" or (_is_close(token) and not closed):
            closed = True
        elif token.kind not in _SMALL:
            break
        at += 1
    end = at == len(tokens) or tokens[at].kind in {"comma", "stopmark", "and", "or", "when", "note", "then", "shut"}
    return (count, days, at) if count and closed and end and at > start else None


def _behind(tokens: Sequence[Token], at: int) -> bool:
    return at + 1 < len(tokens) and tokens[at + 1].kind == "later"


def _whole(token: Token) -> int:
    value = token.value if token.kind == "bars" else token.value[0] if token.value[1] == "d" else 0
    return int(value) if value == int(value) else 0
