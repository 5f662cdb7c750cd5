"""`Whichever comes first`: of a list of ways out each is enough, so that its conditions are joined by `or`."""

from __future__ import annotations

from collections.abc import Sequence

from ..tokens.token import Token

_LEAVES = {"exit", "sell", "cover"}
_MARKS = {"comma", "or"}
_COMPARED = {"above", "below", "ormore", "orless", "moveup", "movedown", "cross", "crossover", "crossunder", "opposite",
             "cond", "goldencross", "deathcross", "oversold", "overbought"}  # fmt: skip
_LEVELS = {"pct", "atrm", "rmul", "points", "pips", "money", "bars", "dur", "clock"}
_WORDS = {"stopword", "targetword", "trailword", "movestop"}


def one_of_several(sentence: list[Token]) -> list[Token]:
    """The sentence with `or` between the conditions of such a list, and with a word that leaves where it has none."""
    first = next((here for here, token in enumerate(sentence) if token.kind == "whichever"), -1)
    acts = [here for here, token in enumerate(sentence) if token.kind == "act"]
    if first < 0 or any(sentence[here].value not in _LEAVES for here in acts[1:]):
        return sentence
    leaves = next((here for here in acts if sentence[here].value in _LEAVES), -1)
    if leaves < 0 < len(acts):
        return sentence
    stretches = _stretches(sentence, leaves + 1)
    if not any(_condition(own) for _, own in stretches):
        return sentence
    made = sentence[: leaves + 1]
    for mark, own in stretches:
        own = [token for token in own if token.kind not in {"whichever", "colon", "either"}]
        if not own:
            continue
        if {token.kind for token in own} <= {"bars", "dur", "passed", "hold", "in"}:
            own = [Token("after", "after"), *(token for token in own if token.kind not in {"passed", "in"})]
        conditions = _condition(own)
        if conditions and leaves < 0:
            made += [Token("comma", ","), Token("act", "exit", "exit")]
            leaves = len(made)
        elif len(made) > leaves + 1 and mark:
            made.append(Token("or", "or") if conditions or mark.kind == "or" else mark)
        made += [Token("when", "when"), *own] if conditions and own[0].kind != "when" else own
    return made


def _stretches(tokens: Sequence[Token], start: int) -> list[tuple[Token | None, list[Token]]]:
    """What stands between the marks, each with the mark before it."""
    made: list[tuple[Token | None, list[Token]]] = [(None, [])]
    for token in tokens[start:]:
        if token.kind in _MARKS:
            made.append((token, []))
        else:
            made[-1][1].append(token)
    return made


def _condition(own: Sequence[Token]) -> bool:
    kinds = {token.kind for token in own}
    return bool(kinds & _COMPARED) and not kinds & _WORDS and not (kinds & _LEVELS and "ser" not in kinds)
