"""Conditions that are put together: `either a or b`, `neither a nor b`, `at least two of these three: …`, and a vague
word that the brackets behind it define.
"""

from __future__ import annotations

from ..tokens.pattern import Found, Row
from ..tokens.token import Compare, Condition, Joined, Not, Plain, Token
from ..tokens.write import condition_text
from .sides import mirrored, negated

_OPS = {"atleast": ">=", "maxword": "<=", "equals": "==", "above": ">", "below": "<"}
_BETWEEN = {"comma", "and", "or"}
_WHOLE = (Compare, Joined, Plain, Not)
_VAGUE = {"unclear", "no", "not"}


def _choose(found: Found) -> Token | None:
    """At least two of these three."""
    m, n = found["m"], found["n"] or 0
    if m != int(m) or n != int(n) or not 1 <= m <= 9 or (n and n < m):
        return None
    return Token("choose", found.text(), (_OPS.get(found.kind("q"), ">="), int(m), int(n)))


_Q = "q:atleast|maxword|equals|above|below?"
CHOICES = (
    Row(f"{_Q} m:num of after? n:num? colon", _choose),
    Row("q:atleast|equals m:num of >ser|record", _choose),
    Row("<num o:orabove >num", lambda f: [Token("or", "or"), Token("above", f.text())]),
    Row("<num o:orbelow >num", lambda f: [Token("or", "or"), Token("below", f.text())]),
)  # fmt: skip


def combined(tokens: list[Token]) -> list[Token]:
    """Every such group as one condition; what is no group is left, to be asked about."""
    return _none_of(_chosen(_neither(_either(_parted(_together(_defined(_counted_again(tokens))))))))


def _counted_again(tokens: list[Token]) -> list[Token]:
    """`Fewer than 4 of the last 10`, where it was said before what is counted."""
    made: list[Token] = []
    inner: Condition | None = None
    for token in tokens:
        value = token.value
        if token.kind == "cond" and isinstance(value, tuple) and value[0] == "wrapped" and "sum(" in value[2]:
            inner = value[1]
        elif token.kind == "window" and inner:
            op, least, count = value
            token = Token("cond", token.text, ("wrapped", inner, f"sum(number({{0}}), {count}) {op} {least}"))
        made.append(token)
    return made


def _condition(token: Token) -> bool:
    return token.kind == "cond" and isinstance(token.value, _WHOLE)


def _defined(tokens: list[Token]) -> list[Token]:
    """`No trend (ADX under 20)`: what the brackets say, and nothing beside."""
    made: list[Token] = []
    for here, token in enumerate(tokens):
        if token.kind == "open" and _bracketed(tokens, here):
            start = len(made)
            while start and (made[start - 1].kind in _VAGUE or _hole(made[start - 1]) or _going(made, start - 1)):
                start -= 1
            if any(each.kind not in {"no", "not"} for each in made[start:]):
                words = " ".join(each.text for each in made[start:])
                del made[start:]
                made.append(Token("note", f"'{words}' is taken as what the brackets say."))
        made.append(token)
    notes = [token for token in made if token.kind == "note"]
    return [*(token for token in made if token.kind != "note"), *notes]


def _together(tokens: list[Token]) -> list[Token]:
    """`A or b with c`: the last two belong together."""
    made: list[Token] = []
    for token in tokens:
        made.append(token)
        kinds = [each.kind for each in made[-4:]]
        if kinds == ["or", "cond", "and", "cond"] and made[-2].text == "with" and all(map(_condition, made[-3::2])):
            whole = Joined("and", (made[-3].value, token.value))
            made[-3:] = [Token("cond", f"{made[-3].text} with {token.text}", whole)]
    return made


def _parted(tokens: list[Token]) -> list[Token]:
    """`A and B, or C and D`, `A or B, and C`: the one comma says what belongs together."""
    made: list[Token] = []
    here = 0
    while here < len(tokens):
        end = here
        while end < len(tokens) and tokens[end].kind in {"cond", "and", "or", "comma"}:
            end += 1
        run = tokens[here:end]
        made += _halves(run) or run
        made += tokens[end : end + 1]
        here = end + 1
    return made


def _halves(run: list[Token]) -> list[Token]:
    """Both sides of the comma as one condition each; none where it is another list."""
    kinds = [token.kind for token in run]
    at = kinds.index("comma") if kinds.count("comma") == 1 else 0
    word = kinds[at + 1] if 0 < at < len(kinds) - 2 else ""
    sides = (run[:at], run[at + 2 :])
    if word not in {"and", "or"} or not any(len(side) > 1 for side in sides):
        return []
    whole = [_joined(side) for side in sides]
    words = {side[1].kind for side in sides if len(side) > 1}
    return [whole[0], run[at + 1], whole[1]] if whole[0] and whole[1] and words == {"and", "or"} - {word} else []


def _joined(side: list[Token]) -> Token | None:
    """Conditions that one word joins."""
    kinds = [token.kind for token in side]
    words = set(kinds[1::2])
    if set(kinds[::2]) != {"cond"} or len(words) > 1 or len(kinds) % 2 == 0 or words & {"cond", "comma"}:
        return None
    if any(getattr(token.value, "filter", False) for token in side[::2]):
        return None
    parts = tuple(token.value for token in side[::2])
    text = " ".join(token.text for token in side)
    return Token("cond", text, Joined(words.pop(), parts)) if len(parts) > 1 else side[0]


def _going(made: list[Token], here: int) -> bool:
    """`Volatility is rising`: of what is vague itself."""
    return made[here].kind in {"rising", "falling", "higher", "lower"} and here > 0 and made[here - 1].kind == "unclear"


def _hole(token: Token) -> bool:
    """A condition that only asks: which indicator is oversold?"""
    return token.kind == "cond" and isinstance(token.value, Plain) and token.value.text.startswith('?"')


def _bracketed(tokens: list[Token], here: int) -> bool:
    """Whether brackets hold conditions and nothing else."""
    end = next((place for place in range(here, len(tokens)) if tokens[place].kind == "shut"), here)
    inside = tokens[here + 1 : end]
    return any(_condition(each) and not _hole(each) for each in inside) and all(
        (_condition(each) and not _hole(each)) or each.kind in _BETWEEN for each in inside
    )


def _either(tokens: list[Token]) -> list[Token]:
    """`Either a or b`, whatever stands before it; `either a or b and c` says not what belongs together."""
    made: list[Token] = []
    here = 0
    while here < len(tokens):
        if tokens[here].kind != "either":
            made.append(tokens[here])
            here += 1
            continue
        found = _alternatives(tokens, here + 1)
        here += 1
        if found:
            made.append(Token("cond", " ".join(t.text for t in tokens[here : found[1]]), found[0]))
            here = found[1]
    return made


def _alternatives(tokens: list[Token], here: int) -> tuple[Condition, int] | None:
    parts: list[Condition] = []
    at = here
    while at < len(tokens) and _condition(tokens[at]):
        own = [tokens[at].value]
        at += 1
        while not parts and at + 1 < len(tokens) and tokens[at].kind == "and" and _condition(tokens[at + 1]):
            own.append(tokens[at + 1].value)
            at += 2
        parts.append(Joined("and", tuple(own)) if len(own) > 1 else own[0])
        step = at
        while step < len(tokens) and tokens[step].kind in {"comma", "or", "when"} and step < at + 3:
            step += 1
        kinds = [token.kind for token in tokens[at:step]]
        if "or" not in kinds or step >= len(tokens) or not _condition(tokens[step]):
            break
        at = step
    follows = [token.kind for token in tokens[at : at + 2]]
    if len(parts) < 2 or (follows[:1] == ["and"] and tokens[at].text != "but"):
        return None
    return Joined("or", tuple(parts)), at


def _neither(tokens: list[Token]) -> list[Token]:
    """`Neither a nor b`: none of them."""
    made: list[Token] = []
    inside = False
    for here, token in enumerate(tokens):
        after = tokens[here + 1] if here + 1 < len(tokens) else token
        if token.kind == "neither" and _condition(after):
            inside = True
            continue
        if token.kind == "nor" and inside and _condition(after):
            made.append(Token("and", "and"))
            continue
        before = tokens[here - 1].kind if here else ""
        if inside and before in {"neither", "nor"} and _condition(token):
            token = Token("cond", token.text, negated(token.value))
        made.append(token)
    return made


def _chosen(tokens: list[Token]) -> list[Token]:
    """`At least two of these: a, b, c`, and `a, b, c: at least two of them`."""
    made: list[Token] = []
    here = 0
    last: list[Condition] = []
    while here < len(tokens):
        token = tokens[here]
        here += 1
        if token.kind != "choose":
            made.append(token)
            continue
        parts, end = _list(tokens, here)
        if len(parts) > 1:
            here = end
        else:
            parts = _list_before(made) or last  # `sell when fewer than 2 are true`
        last = parts
        op, least, count = token.value
        if len(parts) < 2 or least > len(parts) or (count and count != len(parts)):
            made.append(token)
            continue
        made.append(Token("cond", token.text, _so_many(parts, op, least)))
        made.append(Token("chosen", token.text, tuple(parts)))
    return made


def _list(tokens: list[Token], here: int) -> tuple[list[Condition], int]:
    parts: list[Condition] = []
    end = here
    while here < len(tokens) and (_condition(tokens[here]) or tokens[here].kind in _BETWEEN):
        here += 1
        if _condition(tokens[here - 1]):
            parts.append(tokens[here - 1].value)
            end = here
    return parts, end


def _list_before(made: list[Token]) -> list[Condition]:
    """The conditions of the list that ends here, taken out of what was read."""
    start = len(made)
    while start and (_condition(made[start - 1]) or made[start - 1].kind in {"comma", "and", "colon", "minusmark"}):
        start -= 1
    parts = [token.value for token in made[start:] if _condition(token)]
    if len(parts) > 1:
        del made[start:]
    return parts


def _so_many(parts: list[Condition], op: str, least: int) -> Condition:
    if op == ">=" and least in {1, len(parts)}:
        return Joined("or" if least == 1 else "and", tuple(parts))
    other = [mirrored(part) for part in parts]
    turned = [each for each in other if each]
    return Plain(
        f"{_sum(parts)} {op} {least}", f"{_sum(turned)} {op} {least}" if len(turned) == len(parts) else ""
    )


def _sum(parts: list[Condition]) -> str:
    return " + ".join(f"number({condition_text(part)})" for part in parts)


def _none_of(tokens: list[Token]) -> list[Token]:
    """`None of them`: of those that were counted."""
    made: list[Token] = []
    counted: tuple[Condition, ...] = ()
    for here, token in enumerate(tokens):
        if token.kind == "chosen":
            counted = token.value
            continue
        if token.kind == "of" and here and tokens[here - 1].kind == "none" and counted:
            made[-1] = Token("cond", "none of them", Joined("and", tuple(negated(each) for each in counted)))
            continue
        made.append(token)
    return made
