"""How long a position is held at the least: `hold at least 3 bars`, `don't sell in the first 5 bars`.

Every word of such a phrase has a role, and the roles of a stretch come to a minimum or to nothing. It is said of ways
out that are conditions: a stop, a target and an age work from the fill on.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..tokens.token import Setting, Token

_HOLDS = {"hold", "holding", "held", "keep", "stay", "stays", "lasts", "holds"}
_EXITS = {"exit", "sell", "cover"}
_KINDS = {
    "hold": "H", "maxhold": "H", "atleast": "M", "bars": "N", "dur": "N", "not": "n", "no": "n", "neversell": "nX",
    "first": "F", "until": "U", "before": "U", "passed": "p", "noearlier": "E", "after": "a", "wait": "w", "in": "i",
    "colon": "i", "of": "i", "perclip": "i", "only": "o", "sinceentry": "e", "afterentry": "e", "old": "p", "the": "i",
}
_PASSED_OVER = {"ignored", "ignore", "ignoring", "disregard", "disregarded"}
_ENTERED = r"(?:i*a?i*e)?"
_FRAMES = (
    rf"o?H+i*M+i*N{_ENTERED}", rf"M+H+i*N{_ENTERED}", rf"H+i*NM+{_ENTERED}", rf"N?M+i*N?H+(?<=H){_ENTERED}",
    rf"n+i*X+i*F?N{_ENTERED}", rf"[IX]*I[IX]*i*F?N{_ENTERED}", r"n+i*X+U[iH]*Np?", r"X?EN[p]*", r"EXa?N", r"XEa?N",
    r"wNUX", r"oM+Np", r"oEN", r"n+i*X+[UE]F?N",
)


def with_minimums(tokens: list[Token]) -> list[Token]:
    """With each least age of a position as a setting `minhold`: the token of its bars, or of its duration."""
    tokens = _put_plainly(tokens)
    made: list[Token] = []
    here = 0
    while here < len(tokens):
        found = _longest(tokens, here)
        if found:
            made.append(found[0])
            most = _at_most(tokens, found[1])
            made += [Token("comma", ""), most[0]] if most else []
            here = _behind(tokens, most[1] if most else found[1])
        else:
            made.append(tokens[here])
            here += 1
    return made


def _put_plainly(tokens: list[Token]) -> list[Token]:
    """`a minimum of 10 bars` behind a word that holds, `3+ bars`, `the third bar`: so many bars at the least."""
    made: list[Token] = []
    here = 0
    while here < len(tokens):
        kinds = [token.kind for token in tokens[here : here + 6]]
        values = [token.value for token in tokens[here : here + 6]]
        holds = bool(made) and _role(made, len(made) - 1) == "H"
        if holds and kinds[:3] == ["lowest", "px", "of"] and "bars" in kinds[3:5] and _least(tokens[here]):
            at = here + 3 + kinds[3:5].index("bars")
            made += [Token("atleast", "at least"), Token("bars", f"{tokens[at].value} bars", tokens[at].value)]
            here = at + 1
        elif kinds[:3] == ["num", "plusmark", "bar"] and float(values[0]).is_integer():
            made += [Token("atleast", "at least"), Token("bars", f"{tokens[here].text}+ bars", int(values[0]))]
            here += 3
        elif kinds[:3] == ["num", "monthday", "bar"] and made and made[-1].kind in {"noearlier", "before", "until"}:
            made.append(Token("bars", f"{tokens[here].text} bars", int(values[0])))
            here += 3
        elif kinds[:2] == ["unit", "act"] and tokens[here].text == "min" and tokens[here + 1].text in _HOLDS:
            made += [Token("atleast", "min"), tokens[here + 1]]
            here += 2
        else:
            made.append(tokens[here])
            here += 1
    return made


def _behind(tokens: Sequence[Token], here: int) -> int:
    """Behind `, after that` before a way out, which a least age says already."""
    at = here + (here < len(tokens) and tokens[here].kind in {"comma", "stopmark", "and"})
    after = at + 1 < len(tokens) and tokens[at].kind == "after" and tokens[at + 1].kind in {"act", "comma"}
    return at + 1 if after and any(token.kind == "act" for token in tokens[at + 1 : at + 3]) else here


def _least(token: Token) -> bool:
    return token.kind == "lowest" and token.text.split()[0] in {"minimum", "min", "lowest"}


def _role(tokens: Sequence[Token], at: int) -> str:
    token = tokens[at]
    if token.kind == "act":
        first = token.text.split()[0]
        if token.value in _EXITS:
            return "X"
        if first in _HOLDS:
            return "H"
        return "e" if at and tokens[at - 1].kind in {"after", "of", "since"} else "?"
    if token.kind == "unknown":
        return "H" if token.text in _HOLDS else "I" if token.text in _PASSED_OVER else "?"
    if token.kind == "lowest":
        return "M" if token.text in {"minimum", "min"} else "?"
    if token.kind == "when":
        return "o" if token.value == "only" else "?"
    if token.kind == "bars" and token.text.split()[0] in {"last", "previous", "prior", "past"}:
        return "?"
    return _KINDS.get(token.kind, "?")


def _longest(tokens: Sequence[Token], here: int) -> tuple[Token, int] | None:
    """The longest stretch from here on whose roles are a frame."""
    text, ends, best = "", [], 0
    for at in range(here, min(here + 9, len(tokens))):
        role = _role(tokens, at)
        if role == "?":
            break
        text += role
        ends.append((len(text), at + 1))
    for length, end in ends:
        if any(re.fullmatch(frame, text[:length]) for frame in _FRAMES):
            best = end
    if best and text[0] in "Ew" and _of_entries(tokens, here, best):
        best = 0
    if not best:
        best = _before_exit(tokens, here)
    if not best:
        return None
    own = tokens[here:best]
    amount = next((token for token in own if token.kind in {"bars", "dur"}), None)
    if amount is None:
        return None
    words = " ".join(token.text for token in own)
    return Token("set", words, Setting("minhold", (amount.kind, amount.value))), best


def _of_entries(tokens: Sequence[Token], here: int, end: int) -> bool:
    """Whether it is the next entry that waits, `not before 4 bars after the last trade`, and no way out."""
    acts = [token.value for token in tokens[:end] if token.kind == "act"]
    near = {token.kind for token in tokens[max(here - 4, 0) : end + 5]}
    pauses = {"nexttrade", "afterclose", "betweentrades", "afterloss", "lastlost", "afterstop", "beforenext"}
    return not acts or acts[-1] not in _EXITS or bool(near & pauses)


def _before_exit(tokens: Sequence[Token], here: int) -> int:
    """Behind `…, at least ten bars and exit when …`, `… but only if at least 5 bars.` of a way out; 0 if it is none."""
    kinds = [token.kind for token in tokens[here : here + 5]]
    only = _role(tokens, here) == "o"
    if kinds[only : only + 2] != ["atleast", "bars"]:
        return 0
    end = here + only + 2
    if only:
        acts = [token.value for token in tokens[:here] if token.kind == "act"]
        ends = kinds[only + 2 : only + 3] in ([], ["stopmark"], ["comma"])
        return end if acts and acts[-1] in _EXITS and ends else 0
    begins = here and tokens[here - 1].kind in {"comma", "stopmark"}
    follows = [kind for kind in kinds[2:] if kind not in {"and", "then", "comma"}][:1] == ["act"]
    exits = any(token.kind == "act" and token.value in _EXITS for token in tokens[end : end + 2])
    return end if begins and follows and exits and kinds[2] in {"and", "then"} else 0


def _at_most(tokens: Sequence[Token], here: int) -> tuple[Token, int] | None:
    """Behind a least age the longest: `…, maximum 10 bars`."""
    kinds = [token.kind for token in tokens[here : here + 3]]
    joined = kinds[:1] in (["comma"], ["and"]) and kinds[1:] == ["highest", "bars"]
    if joined and tokens[here + 1].text in {"maximum", "max"}:
        age = tokens[here + 2]
        return Token("set", f"{tokens[here + 1].text} {age.text}", Setting("expire", ("bars", age.value))), here + 3
    return None
