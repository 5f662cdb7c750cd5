"""How far an exclusion goes: `except on Fridays and in December` excludes both, `no trades when A or B` either."""

from __future__ import annotations

import re
from typing import Any

from ..tokens.token import Compare, Joined, Not, Plain, Token, asked
from .sides import negated

EXCLUDING = re.compile(
    r"(, )?(and )?(unless|except|excluding|excepted|apart|save|other than|but (not|never)|never|nor|don ?'?t|do not"
    r"|no (new |more )?(trade|trades|trading|entry|entries|buys|buying|longs|shorts|positions?))\b"
)
"""What a condition begins with that is excluded, and all that is listed behind it."""
_NOT = re.compile(r"(, )?(and )?not\b")
"""Behind it what is joined by `and` may be wanted again: `not on Fridays and rsi below 30`."""
_CALENDAR = re.compile(r"(weekday|month|day|hour|minute|between\(|new_)")
_WINDOW = re.compile(r"(not )?\(?(between\(|hour|minute)")


def excluded(tokens: list[Token]) -> list[Token]:
    """The same with every condition that stands in the list of an exclusion turned into its contrary."""
    made: list[Token] = []
    here = 0
    while here < len(tokens):
        made.append(tokens[here])
        here += 1
        strong = _excludes(made[-1])
        if strong is None:
            continue
        while listed := _listed(tokens, here):
            joiner, again, condition, end = listed
            found = _contrary(condition, joiner, again, strong)
            if found is None:
                break
            made += [Token("and", joiner.text), found]
            here = end
    return made


def _excludes(token: Token) -> bool | None:
    """Whether a condition is excluded with all that is listed behind it (True), or perhaps alone; None of others."""
    if token.kind != "cond":
        return None
    if EXCLUDING.match(token.text):
        return True
    return False if _NOT.match(token.text) else None


def _listed(tokens: list[Token], here: int) -> tuple[Token, bool, Token, int] | None:
    """The joiner, whether `when` is said again, the condition, and where it ends."""
    if here >= len(tokens) or tokens[here].kind not in {"and", "or"}:
        return None
    again = here + 1 < len(tokens) and tokens[here + 1].kind == "when"
    at = here + 1 + again
    if at >= len(tokens) or tokens[at].kind != "cond" or _excludes(tokens[at]) is not None:
        return None
    if not isinstance(tokens[at].value, Compare | Joined | Plain | Not):
        return None
    return tokens[here], again, tokens[at], at + 1


def _contrary(condition: Token, joiner: Token, again: bool, strong: bool) -> Token | None:
    """The contrary, or a question; None where the condition is wanted."""
    value: Any = condition.value
    if "only" in condition.text.split():
        return None
    calendar = isinstance(value, Plain) and _CALENDAR.match(value.text)
    if joiner.kind == "or" or (strong and (calendar or again)) or (calendar and not _WINDOW.match(value.text)):
        return Token("cond", condition.text, negated(value))
    if not strong and not calendar:
        return None
    question = f"Is '{condition.text}' excluded as well, wanted, or excluded only together with what stands before it?"
    return Token("cond", condition.text, Plain(asked("definition", question)))
