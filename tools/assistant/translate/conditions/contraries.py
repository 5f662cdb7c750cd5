"""What is said not to hold: `unless`, `don't buy when …`; and what is of the other side: `vice versa for shorts`."""

from __future__ import annotations

from ..tokens.pattern import Found, Row
from ..tokens.token import Compare, Joined, Not, Plain, Setting, Token
from .sides import negated

_ENTRIES = {"long", "short"}


def _other_side(found: Found) -> Token | None:
    """`short on the opposite`, `reverse for shorts`: both sides, by the same rules."""
    return Token("act", found.text(), "mirror") if found["a"] in _ENTRIES else None


def _unless(found: Found) -> list[Token] | None:
    condition = found["c"]
    if not isinstance(condition, Compare | Joined | Plain | Not):
        return None
    return [Token("when", found.text("u")), Token("cond", found.text(), negated(condition))]


def _denied(found: Found) -> Token | None:
    """`and not on a red bar`: the contrary of what follows."""
    condition = found["c"]
    plain = found.text().split()[0] in {"not", "never", "isnt", "isn't", "without"}
    if not plain or not isinstance(condition, Compare | Joined | Plain | Not):
        return None
    return Token("cond", found.text(), negated(condition))


def _forbidden(found: Found) -> Token | None:
    """`don't buy when …`, `no trades if …`: of every entry."""
    if "a" in found and found["a"] not in _ENTRIES:
        return None
    condition = found["c"]
    counted = isinstance(condition, tuple) and condition[0] == "wrapped"
    if not counted and not isinstance(condition, Compare | Joined | Plain | Not):
        return None
    return Token("filter", found.text(), negated(condition))


_NO_TRADE = {
    "no trades", "no trade", "no trading", "no entries", "no entry", "no new entries", "no new trades", "no buying",
    "no new positions", "skip", "skip it", "skip trade", "stay out", "stay away", "do not trade", "i pass", "hands off",
    "no position", "no positions", "no new position", "skip entry",
}  # fmt: skip
"""What is done where nothing is to be opened."""


def _idle(found: Found) -> list[Token] | None:
    """`If the ADX is below 20, do nothing`: of every entry the contrary."""
    condition, said = found["c"], found.token("n")
    if said.kind == "not" and said.text not in _NO_TRADE:
        return None
    if not isinstance(condition, Compare | Joined | Plain | Not):
        return None
    return [Token("filter", found.text(), negated(condition))]


def _else_idle(found: Found) -> list[Token] | None:
    """`…, otherwise do nothing`: what is done anyhow."""
    return [] if found.kind("n") == "donothing" or found.text("n") in _NO_TRADE else None


MIRRORS = (
    Row("t:targetword|stopword w:when", lambda f: [Token("act", f.text("t"), "exit"), f.token("w")]),
    Row("and? opposite on|when|of|from? a:act !when|cond|on|ser", _other_side),
    Row("a:act on|at|in|when|arrow|colon? opposite", _other_side),
    Row("waituntil", lambda f: Token("when", f.text())),
)  # fmt: skip
def grouped(tokens: list[Token]) -> list[Token]:
    """Conditions within brackets as one: `(a and b) or c`; brackets around a single one say nothing."""
    made: list[Token] = []
    for token in tokens:
        made.append(token)
        if token.kind != "shut":
            continue
        start = next((here for here in range(len(made) - 2, -1, -1) if made[here].kind == "open"), None)
        inside = made[start + 1 : -1] if start is not None else []
        conditions = [each for each in inside if each.kind == "cond"]
        words = {each.kind for each in inside} - {"cond"}
        if conditions and len(words) <= 1 and words <= {"and", "or"} and len(inside) == 2 * len(conditions) - 1:
            parts = tuple(each.value for each in conditions)
            whole = Joined(words.pop(), parts) if words else parts[0]
            made[start:] = [Token("cond", " ".join(each.text for each in inside), whole)]
    return made


_RETURNS = {"cross_above": {"cross_below", "<", "<="}, "cross_below": {"cross_above", ">", ">="}}


BACK = set("back recovers recovered reclaims reclaimed regains regained".split())
"""Words of an event that takes back the one before it."""


def returned(tokens: list[Token]) -> list[Token]:
    """`dips below 40 and then crosses back above it`: the return, which tells the rest."""
    made: list[Token] = []
    for here, token in enumerate(tokens):
        words = set(token.text.split())
        back = token.kind == "cond" and (words & BACK or tokens[here - 1].kind == "then")
        value = token.value
        denied = token.kind == "cond" and tokens[here - 1].kind in {"not", "no", "unknown"}
        if (denied and back) or _says_nothing(token, made):
            made.append(Token("unknown", token.text))
            continue
        if back and isinstance(value, Compare) and value.op in _RETURNS:
            for place in range(len(made) - 1, -1, -1):
                each = made[place].value
                if made[place].kind in {"act", "stopmark"}:
                    break
                if isinstance(each, Compare) and each.op in _RETURNS[value.op] and _same(each, value):
                    while made and len(made) > place:
                        made.pop()
                    break
        made.append(token)
    return made


def _says_nothing(token: Token, before: list[Token]) -> bool:
    """`Crosses above it and never went back under it`: on the bar of the cross nothing else can be."""
    part = token.value.part if token.kind == "cond" and isinstance(token.value, Not) else None
    if not isinstance(part, Compare) or part.op not in _RETURNS:
        return False
    start = max((i for i, each in enumerate(before) if each.kind in {"act", "stopmark"}), default=-1)
    told = [each.value for each in before[start + 1 :] if each.kind == "cond"]
    return any(isinstance(each, Compare) and each.op in _RETURNS and _same(each, part) for each in told)


def _same(one: Compare, two: Compare) -> bool:
    return (one.left, one.right) == (two.left, two.right)


_HOLDS = {"hold", "holds", "holding", "keep", "stay", "stays", "remain", "ride"}
_WHILE = {"while", "as long as", "so long as", "for as long as", "long as", "only while", "only as long as", "whilst"}


def held_while(tokens: list[Token]) -> list[Token]:
    """`Buy when …, hold it as long as …`: behind an entry that is said, the way out is when that ends."""
    made: list[Token] = []
    entered = False
    for here, token in enumerate(tokens):
        holds = token.kind == "hold" or (token.kind == "act" and token.text.split()[0] in _HOLDS)
        entered |= token.kind == "act" and not holds and token.value in {"long", "short"}
        after = tokens[here + 1] if here + 1 < len(tokens) else None
        if holds and entered and after and after.kind == "when" and after.text in _WHILE:
            token = Token("holdwhile", f"{token.text} {after.text}")
        if made and made[-1].kind == "holdwhile" and token.kind == "when":
            continue
        made.append(token)
    return made


def until_ended(tokens: list[Token]) -> list[Token]:
    """`until …` behind an order that rests is its end; behind anything else the way out."""
    made: list[Token] = []
    ended = False
    for here, token in enumerate(tokens):
        before = tokens[here - 1].kind if here else ""
        if token.kind == "cond" and before == "cancelwhen":
            made.pop()
            resting = any(_rests(made[:end]) for end in _acts(made))
            if resting and isinstance(token.value, Compare | Joined | Plain | Not):
                made.append(Token("set", f"until {token.text}", Setting("until", token.value)))
                continue
            made.append(Token("unknown", tokens[here - 1].text))
        if token.kind == "cond" and before == "holdwhile":
            made.pop()
            made += [Token("comma", ","), Token("act", "hold while", "exit"), Token("when", "when")]
            token = Token("cond", token.text, negated(token.value))
            ended = True
        elif ended and before in {"and", "or"} and token.kind == "cond" and made[-2].kind == "cond":
            made[-1] = Token("or", "or") if before == "and" else Token("and", "and")  # the first that fails ends it
            token = Token("cond", token.text, negated(token.value))
        elif ended and token.kind == "when":
            token = Token("unknown", token.text)  # `hold while …, unless …`
        elif token.kind not in {"and", "or", "note"}:
            ended = False
        if token.kind == "cond" and before == "until":
            rests = _rests(made)
            made.pop()
            if rests and isinstance(token.value, Compare | Joined | Plain | Not):
                made.append(Token("set", f"until {token.text}", Setting("until", token.value)))
                continue
            made += [Token("comma", ","), Token("act", "until", "exit"), Token("when", "until")]
        made.append(token)
    return made


def _acts(made: list[Token]) -> list[int]:
    """Where the words of each action end: before the next one."""
    return [*(here for here, token in enumerate(made) if token.kind == "act"), len(made)]


def _rests(before: list[Token]) -> bool:
    """Whether the last order that was spoken of rests."""
    for token in reversed(before):
        if token.kind in {"goodfor", "cancel", "limitword"}:
            return True
        if token.kind == "set" and token.value.name in {"trigger", "limit", "limit_at", "limit_off", "ladder"}:
            return True
        if token.kind == "act":
            return False
    return False


_SIDED = {"above", "below", "over", "under", "beneath", "outside"}
"""`Never buy below the 200-day`."""
_THEN = "comma|then|colon|arrow?"
NEGATIONS = (
    Row("comma|stopmark? otherwise comma? n:not|donothing >stopmark|comma|end|note", _else_idle),
    Row(f"<start|stopmark when c:cond {_THEN} {_THEN} n:not|donothing comma|stopmark|colon? otherwise comma?", _idle),
    Row(f"<start|stopmark when c:cond {_THEN} {_THEN} n:not|donothing >stopmark|end|note", _idle),
    Row("not a:act? when on? c:cond", _forbidden),
    Row("not a:act c:cond", lambda f: _forbidden(f) if f.text("c").split()[0] in _SIDED else None),
    Row("<and|comma|or|when not open c:cond shut", lambda f: _denied(Found({"c": f.token("c")}, f.whole))),
    Row("comma? u:unless when|on? c:cond", _unless),
    Row("<and|comma|or not on|at? c:cond", lambda f: _denied(f)),
)
