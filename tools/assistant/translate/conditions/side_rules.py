"""Conditions of one side alone: `longs only above the average`, `no shorts while …`, `above it I only buy`."""

from __future__ import annotations

from ..tokens.pattern import Found, Row, applied
from ..tokens.token import Compare, Condition, Joined, Not, Plain, Token
from .sides import negated

_SIDES = {"long": "long", "longs": "long", "buy": "long", "buys": "long", "buying": "long", "shorts": "short",
          "short": "short", "shorting": "short"}  # fmt: skip
_NO = {"no", "never", "without", "don't", "not", "dont", "forget", "skip", "avoid"}
_NOUNS = {"trades", "trade", "entries", "positions", "take", "the", "entry", "only", "go", "signals"}
_LEADS = "when|above|below|on|at|in|unless|until|cond|ser|crossover|crossunder|orless|ormore"


def _side_of(text: str) -> str:
    """The side that a text names; "" where it names none, or both."""
    found = {_SIDES[word] for word in text.split() if word in _SIDES}
    return found.pop() if len(found) == 1 else ""


def _marked(found: Found) -> Token | None:
    words = found.text("s").split()
    side = _side_of(found.text("s"))
    if not side:
        return None
    return Token("sided", found.text("s"), (side, not _NO & set(words)))


def _taken(found: Found) -> list[Token] | None:
    """`long trades only if …`, `take longs only when …`: a noun, and what it is bound to."""
    words = set(found.text("a").split())
    side = _side_of(found.text("a"))
    only = found.text("o").startswith(("only", "but only")) or found.kind("o") == "only"
    plural = words & {"longs", "shorts", "buys"} or words & (_NOUNS - {"go", "the"}) or words <= {"long", "short"}
    if not side or not only or not plural or words - _NOUNS - set(_SIDES):
        return None
    rest = [found.token("o")] if found.kind("o") == "when" else []
    return [Token("sided", found.text("a"), (side, True)), *rest]


MARKS = (
    Row(f"s:longonly|shortonly|dontshort only? >{_LEADS}", _marked),
    Row(f"s:not >{_LEADS}", lambda f: _marked(f) if set(f.text("s").split()) & {"longs", "long", "buys"} else None),
    Row("a:act o:when", _taken),
    Row(f"a:act o:only >{_LEADS}", _taken),
)  # fmt: skip


def _filter(found: Found) -> Token | None:
    side, wanted = found["s"]
    parts = tuple(token.value for token in found.whole if token.kind == "cond")
    words = {token.kind for token in found.whole if token.kind in {"and", "or"}}
    if len(words) > 1 or not all(isinstance(part, Compare | Joined | Plain | Not) for part in parts):
        return None
    condition = Joined(words.pop(), parts) if len(parts) > 1 and words else parts[0]
    if found.kind("w") == "unless":
        wanted = not wanted
    return Token("sidefilter", found.text(), (side, condition if wanted else negated(condition), wanted))


def _only_there(found: Found) -> Token | None:
    """`above the average I only buy`."""
    if found["a"] not in {"long", "short"} or not isinstance(found["c"], Compare | Joined | Plain | Not):
        return None
    return Token("sidefilter", found.text(), (found["a"], found["c"], True))


def _forbidden(found: Found) -> Token | None:
    side = _side_of(found.text("a"))
    if found["a"] not in {"long", "short"} or not side or not isinstance(found["c"], Compare | Joined | Plain | Not):
        return None
    return Token("sidefilter", found.text(), (found["a"], negated(found["c"]), False))


FILTERS = (
    Row("s:sided w:when|on|at|in|unless? cond and|or cond", _filter),
    Row("s:sided w:when|on|at|in|unless? c:cond", _filter),
    Row("when? c:cond comma|colon|arrow|then? s:sided >comma|stopmark|and|note", _filter),
    Row("not a:act when|on c:cond !anytime|in|window|recent", _forbidden),
)  # fmt: skip
ONLY_THERE = (
    Row("<start|stopmark|comma|and when? c:cond comma|then? only a:act >comma|stopmark|and|note", _only_there),
)  # fmt: skip


def marked(tokens: list[Token]) -> list[Token]:
    """With words that bind one side to what follows, or to the condition before them. Whoever hits the bid, and buys
    nothing but what he covers, sells short."""
    acts = {token.value for token in tokens if token.kind == "act"}
    if "cover" in acts and not acts & {"long", "short", "fade"}:
        hits = [here for here, token in enumerate(tokens) if token.kind == "act" and "bid" in token.text.split()]
        tokens = [Token("act", t.text, "short") if here in hits else t for here, t in enumerate(tokens)]
    if not _of_two_sides(tokens):
        return tokens
    sides = [token.value for token in tokens if token.kind == "act"]
    tokens = applied(MARKS[:2], tokens)
    if any(sides.count(side) > 1 for side in ("long", "short")):
        tokens = applied(MARKS[2:], tokens)
    start = 0
    for here in range(len(tokens) + 1):
        if here == len(tokens) or tokens[here].kind == "stopmark":
            _ended(tokens, start, here)
            start = here + 1
    return tokens


def _ended(tokens: list[Token], start: int, end: int) -> None:
    """`While the price is above it, no shorts.`"""
    kinds = [token.kind for token in tokens[start:end]]
    if kinds and kinds[0] == "when" and kinds[-1] in {"longonly", "shortonly", "dontshort"} and "act" not in kinds:
        last = tokens[end - 1]
        side = _side_of(last.text)
        if side:
            tokens[end - 1] = Token("sided", last.text, (side, not _NO & set(last.text.split())))


def filtered(tokens: list[Token]) -> list[Token]:
    """With the conditions of one side, once they are read; a way of a cross that two entries share is theirs."""
    tokens = applied(FILTERS, tokens)
    if sum(token.kind == "act" and token.value in {"long", "short"} for token in tokens) > 2:
        tokens = applied(ONLY_THERE, tokens)
    return applied(WAYS, tokens)


def _of_two_sides(tokens: list[Token]) -> bool:
    """Whether more is said than which side is traded."""
    return any(token.kind in {"act", "longonly", "shortonly", "not", "dontshort"} for token in tokens)


def _ways(found: Found) -> list[Token] | None:
    """The cross of two averages: up is long, down is short."""
    cross: Condition = found["c"]
    if not isinstance(cross, Compare) or cross.op != "cross" or found.kind("u") == found.kind("d"):
        return None
    made: list[Token] = []
    for way, act in (("u", "a"), ("d", "b")):
        if found[act] not in {"long", "short", "exit", "sell", "cover"}:
            return None
        op = "cross_above" if found.kind(way) == "up" else "cross_below"
        condition = Token("cond", found.text(), Compare(cross.left, op, cross.right))
        made += [found.token(act), Token("when", "when"), condition, Token("comma", ",")]
    return made[:-1]


WAYS = (
    Row("c:cond colon|comma|stopmark? u:up|down arrow|colon|comma? a:act comma|and|stopmark? d:up|down "
        "arrow|colon|comma? b:act", _ways),
)  # fmt: skip
