"""What is said once of several: `both averages are rising`, `above the 20 and the 50 EMA`, `the 30 bar one`.

A predicate is repeated behind each of its subjects, a comparison before each of its objects, so that what reads
single conditions reads them all.
"""

from __future__ import annotations

from dataclasses import replace

from ..tokens.operands import AVERAGES
from ..tokens.token import Series, Token

_STARTS = {"start", "comma", "when", "and", "or", "stopmark", "act", "colon", "then", "open", "only", "arrow"}
_JOINS = {"and", "or"}
_ENDS = {
    "comma", "stopmark", "act", "then", "arrow", "colon", "when", "and", "or", "end", "note", "set", "shut", "open",
    "stopword", "targetword", "trailword", "otherwise",
}  # fmt: skip
_SAYS = {
    "above", "below", "rising", "falling", "positive", "negative", "oversold", "overbought", "orless", "ormore",
    "higher", "lower", "turnup", "turndown", "turn", "moveup", "movedown", "at", "between", "green", "red", "into",
    "outof", "atleast", "maxword",
}  # fmt: skip
_RUN = {"cross", "move", "turn", "back", "up", "down", "through", "above", "below", "orless", "ormore", "moveup",
        "movedown", "crossover", "crossunder"}  # fmt: skip
_CROSSINGS = (["cross", "of"], ["crossover", "of"], ["crossunder", "of"])
_SIDES = {"above", "below", "orless", "ormore", "moveup", "movedown", "crossover", "crossunder"}


def with_ones(tokens: list[Token]) -> list[Token]:
    """`The 30 bar one` is an average of the kind that was named last."""
    made: list[Token] = []
    kind = ""
    for token in tokens:
        kind = token.value if token.kind == "ma" else kind
        if token.kind == "name" and token.text == "index":
            named = [each for each in made if each.kind == "ind" and each.text.endswith("index")]
            token = named[-1] if named else token
        before = made[-1].kind if made else ""
        if token.text == "one" and token.kind == "num" and kind and before in {"bars", "num", "dur"}:
            token = Token("ma", "one", kind)
        made.append(token)
    return made


def distributed(tokens: list[Token]) -> list[Token]:
    """Every subject with its predicate, every object with its comparison."""
    return _objects(_subjects(tokens))


def _subjects(tokens: list[Token]) -> list[Token]:
    made: list[Token] = []
    here = 0
    last: list[Token] = []
    while here < len(tokens):
        before = made[-1].kind if made else "start"
        last = last or (_crossed(made) if tokens[here].kind == "both" else [])
        made += _coloured(made, tokens[here : here + 2])
        if before in _STARTS and last and (again := _of_them(tokens, here)):
            joint, start = again
            end = _end(tokens, start)
            for number, subject in enumerate(last):
                made += [Token(joint, joint)] * bool(number) + [subject, *tokens[start:end]]
            here = end
            continue
        found = _many(tokens, here) if before in _STARTS else None
        crossing = _many(tokens, here) if [token.kind for token in made[-2:]] in _CROSSINGS else None
        if crossing and len(crossing[0]) == 2:
            made += [crossing[0][0], Token("and", "and"), crossing[0][1]]
            here = crossing[2]
            continue
        if found:
            subjects, joint, start = found
            end = _end(tokens, start)
            said = [token for token in tokens[start:end] if token.kind != "both"]
            if end > start and tokens[start].kind in _SAYS:
                last = subjects
                for number, subject in enumerate(subjects):
                    made += [Token(joint, joint)] * bool(number) + [subject, *said]
                here = end
                continue
        made.append(tokens[here])
        here += 1
    return made


def _crossed(made: list[Token]) -> list[Token]:
    """`The line crosses the signal while both are under zero`: the two that cross."""
    for here in range(len(made) - 1, 1, -1):
        start = here - 1
        while start > 0 and made[start].kind in _RUN:
            start -= 1
        if _value(made[here]) and _value(made[start]) and start < here - 1:
            return [made[start], made[here]]
    return []


def _coloured(made: list[Token], ahead: list[Token]) -> list[Token]:
    """`When it is red`, after the supertrend: that it is."""
    kinds = [token.kind for token in ahead]
    if not made or made[-1].kind not in {"when", "turn"} or kinds[:1] not in (["green"], ["red"]):
        return []
    values = [token for token in made if _value(token)]
    own = values and values[-1].value.name == "supertrend" and (len(kinds) < 2 or kinds[1] in _ENDS)
    if not own or (made[-1].kind == "turn" and len(made) > 1 and _value(made[-2])):
        return []
    return [values[-1]] if made[-1].kind == "when" else []


def _of_them(tokens: list[Token], here: int) -> tuple[str, int] | None:
    """`One of them points down`, `both are rising`: of those that were spoken of together."""
    joint = {"anyof": "or", "either": "or", "both": "and", "all": "and"}.get(tokens[here].kind, "")
    if joint == "and" and here and tokens[here - 1].kind == "act":
        return None  # `exit both at …`: both positions
    start = here + 1 + (tokens[here + 1 : here + 2] != [] and tokens[here + 1].kind == "of")
    says = start < len(tokens) and tokens[start].kind in _SAYS
    return (joint, start) if joint and says else None


def _many(tokens: list[Token], here: int) -> tuple[list[Token], str, int] | None:
    """Two or more values from here on, how they are joined, and where what is said of them starts."""
    led = tokens[here].kind if tokens[here].kind in {"both", "all", "either"} else ""
    at = here + bool(led)
    found: list[Token] = []
    joint = ""
    while at < len(tokens) and (_value(tokens[at]) or _length(tokens[at])):
        found.append(tokens[at])
        at += 1
        step = at
        while step < len(tokens) and tokens[step].kind in {*_JOINS, "comma", "slash"} and step < at + 2:
            joint = tokens[step].kind if tokens[step].kind in _JOINS else joint
            step += 1
        if step == at or step >= len(tokens) or not (_value(tokens[step]) or _length(tokens[step])):
            break
        at = step
    if len(found) < 2 or not joint or not _value(found[-1]):
        return None
    if (led == "either" and joint != "or") or (led in {"both", "all"} and joint != "and"):
        return None
    whole = [_of_kind(each, found[-1]) for each in found]
    if any(each is None for each in whole):
        return None
    while at < len(tokens) and tokens[at].kind in {"both", "all"}:
        at += 1
    return [each for each in whole if each], joint, at


def _value(token: Token) -> bool:
    return (token.kind == "ser" and not token.value.window) or (token.kind == "record" and token.value.name != "dmi")


def _length(token: Token) -> bool:
    return token.kind in {"num", "length"} and token.value == int(token.value) and token.value >= 2


def _of_kind(token: Token, last: Token) -> Token | None:
    """`The 20 and the 50 EMA`: the number is the length of an average of that kind."""
    if not _length(token):
        return token
    series = last.value
    if not isinstance(series, Series) or series.name not in AVERAGES or series.frame not in {"", "days"}:
        return None
    length = int(token.value)
    text = series.text.replace(f", {series.length})", f", {length})")
    return Token("ser", token.text, replace(series, text=text, length=length))


def _end(tokens: list[Token], start: int) -> int:
    end = start
    if end < len(tokens) and tokens[end].kind == "between":
        end += 3
    while end < len(tokens) and tokens[end].kind not in _ENDS:
        end += 1
    return min(end, len(tokens))


def _objects(tokens: list[Token]) -> list[Token]:
    made: list[Token] = []
    here = 0
    last: list[Token] = []
    while here < len(tokens):
        run = _run(made)
        found = _listed(tokens, here) if run else None
        again = _again(tokens, here) if run and not found else None
        last = last or (_compared(made) if again else [])
        found = found or (again and last and (last, *again)) or None
        if not found:
            made.append(tokens[here])
            here += 1
            continue
        objects, joint, here = found
        last = objects
        for number, each in enumerate(objects):
            made += ([Token(joint, joint), *run] if number else []) + [each]
    return made


def _compared(made: list[Token]) -> list[Token]:
    """`Above the 20 and above the 50 EMA`: the two lines."""
    for here in range(len(made) - 1, -1, -1):
        parts = getattr(made[here].value, "parts", ()) if made[here].kind == "cond" else ()
        if len(parts) > 1 and len({(getattr(each, "left", each), getattr(each, "op", "")) for each in parts}) == 1:
            return [Token("ser", each.right.text, each.right) for each in parts if each.right]
        start = here - 1
        while start > 0 and made[start].kind in _RUN:
            start -= 1
        if made[start].kind in _JOINS and here - start > 1 and _value(made[here]) and _value(made[start - 1]):
            return [made[start - 1], made[here]]
    return []


def _again(tokens: list[Token], here: int) -> tuple[str, int] | None:
    """`Below either of them`."""
    joint = {"anyof": "or", "either": "or", "both": "and", "all": "and"}.get(tokens[here].kind, "")
    end = here + 1 + (tokens[here + 1 : here + 2] != [] and tokens[here + 1].kind == "of")
    after = tokens[end].kind if end < len(tokens) else "end"
    return (joint, end) if joint and after in _ENDS else None


def _run(made: list[Token]) -> list[Token]:
    """The words of the comparison that ends here; none where it is denied."""
    start = len(made)
    while start and made[start - 1].kind in _RUN:
        start -= 1
    run = made[start:]
    denied = start and made[start - 1].kind in {"not", "neither", "unless"}
    return run if run and not denied and any(token.kind in _SIDES for token in run) else []


def _listed(tokens: list[Token], here: int) -> tuple[list[Token], str, int] | None:
    """`Both the 20 EMA and the 50 EMA`, where nothing more is said of the last."""
    found = _many(tokens, here)
    if not found:
        return None
    objects, joint, at = found
    after = tokens[at].kind if at < len(tokens) else "end"
    series = [each.value for each in objects]
    lines = all(isinstance(each, Series) and each.name != "px" for each in series)
    if after not in _ENDS or not lines or len({each.dim for each in series}) > 1:
        return None
    return objects, joint, at
