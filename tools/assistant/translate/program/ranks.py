"""What is said of a portfolio, in one order: how many of the best, by what, how often, which share, which band."""

from __future__ import annotations

from ..tokens.token import Token

_BEST = set(
    "top best strongest better most highest leading leader leaders winner winners ranked rank ranks ranking stronger "
    "sorted sort performer performers performing".split()
)
_SINGLE = set("best strongest better most highest leader winner stronger higher bigger larger greater".split())
_OFTEN = {"d": "daily", "w": "weekly", "mo": "monthly", "y": "yearly"}
_DRIFT = set(
    "band bands tolerance drift drifts drifted off difference differences deviation deviations deviates threshold away "
    "alone small smaller ignore bother apart".split()
)
_IDLE_WORDS = set(
    "checked check checking among into either which stays stay stayed kept keep keeps invested money goes asset assets "
    "etf etfs coin coins symbols symbol name names them rotation momentum strategy portfolio once".split()
)
_PER = {"per", "once", "firstday"}
_LINKS = {"of", "on", "in", "above", "from", "lastn", "by", "at", "between", "with"}
_LEADING = {"per", "once", "firstday", "at", "of", "in", "first"}
_BEFORE = {"end", "once", "start of", "beginning of", "start", "beginning", "end of", "first day of"}
_SHARES = {"half": 50.0, "third": 100 / 3, "quarter": 25.0}


def ordered(tokens: list[Token]) -> list[Token]:
    """The tokens with ranks, periods, shares and bands as single tokens."""
    symbols = sum(token.kind == "ticker" for token in tokens)
    tokens = [
        token for here, token in enumerate(tokens)
        if not (token.kind == "num" and token.value == symbols and tokens[here + 1 : here + 2]
                and (tokens[here + 1].kind in {"units", "open"} or _idle(tokens[here + 1])))
    ]  # fmt: skip
    made = _bands(_measured(_ranks(_periods(_weights(tokens, symbols)), symbols)))
    return [token for token in made if token.kind not in {"at", "units"}]


def ranks(tokens: list[Token]) -> bool:
    return any(_is_best(token) for token in tokens)


def often(tokens: list[Token], here: int) -> str:
    """weekly, of `every week`, `once a week`; "" where nothing is said of how often."""
    token, before = tokens[here], tokens[here - 1] if here else None
    if before is None or not (before.kind in _PER or before.text in {"once", "each", "every"}):
        return ""
    if token.kind == "quarter" and (here + 1 == len(tokens) or tokens[here + 1].kind not in {"of", "num"}):
        return "quarterly"
    return _OFTEN.get(token.value, "") if token.kind == "unit" else ""


def _periods(tokens: list[Token]) -> list[Token]:
    made: list[Token] = []
    for here, token in enumerate(tokens):
        period = often(tokens, here)
        if period:
            while made and (made[-1].kind in _LEADING or made[-1].text in _BEFORE):
                made.pop()
            made.append(Token("period", token.text, period))
        else:
            made.append(token)
    return made


def _is_best(token: Token) -> bool:
    quiet = token.kind in {"topn", "highest", "unknown", "unclear", "filler"}
    return token.kind == "topn" or (quiet and bool(set(token.text.split()) & _BEST))


def _ranks(tokens: list[Token], symbols: int) -> list[Token]:
    """The two strongest, top 2, the one with the best …: how many, once."""
    if not ranks(tokens):
        return tokens
    places = [here for here, token in enumerate(tokens) if _is_best(token)]
    words = {word for here in places for word in tokens[here].text.split()}
    near = [
        here for place in places for here in range(max(place - 3, 0), min(place + 3, len(tokens)))
        if tokens[here].kind == "num" and 1 <= tokens[here].value < symbols and tokens[here].value % 1 == 0
    ]  # fmt: skip
    counts = {tokens[here].value for here in near if not _counted(tokens, here)}
    counts |= {2 for token in tokens if token.kind == "anyof" and token.text == "two of" and symbols > 2}
    tokens = [token for token in tokens if token.kind != "anyof" or token.text != "two of" or symbols < 3]
    places = [here for here, token in enumerate(tokens) if _is_best(token)]
    near = [here for here in range(len(tokens)) if any(place - 3 <= here < place + 3 for place in places)
            and tokens[here].kind == "num" and 1 <= tokens[here].value < symbols and tokens[here].value % 1 == 0]
    if len(counts) > 1 or not (counts or words & _SINGLE):
        return tokens
    count = int(counts.pop()) if counts else 1
    gone = {here for here in {*places, *near} if not (here in near and _counted(tokens, here))}
    gone |= {here for here, token in enumerate(tokens) if token.kind == "num" and token.text in {"one", "two"}}
    made = [token for here, token in enumerate(tokens[: places[0]]) if here not in gone]
    made.append(Token("topn", f"top {count}", count))
    return made + [token for here, token in enumerate(tokens) if here > places[0] and here not in gone]


def _counted(tokens: list[Token], here: int) -> bool:
    after = tokens[here + 1].kind if here + 1 < len(tokens) else ""
    return after in {"ind", "ma", "percentword"}


def _measured(tokens: list[Token]) -> list[Token]:
    """Return over the last 6 months: 6 month return; `grew most in 30 days`: of a return of 30 days."""
    made = list(tokens)
    for here, token in enumerate(made):
        if token.kind != "ind" or token.value != "momentum":
            continue
        end = here + 1
        while end < len(made) and made[end].kind in _LINKS:
            end += 1
        span = made[end] if end < len(made) and made[end].kind in {"dur", "bars"} else None
        if span is None and here and made[here - 1].kind in {"dur", "bars"}:
            span, end, here = made[here - 1], here, here - 1
        if span is None:
            continue
        again = [span, token]
        rest = []
        for each in made[end + 1 :]:  # `if its return is positive`: the same return
            rest += again if each.kind == "ind" and each.value == "momentum" else [each]
        before = [each for each in made[:here] if each.kind != "ind" or each.value != "momentum"]
        return [*before, *again, *rest]
    if any(token.kind in {"ind", "ser", "record"} for token in made):
        return made
    top = next((here for here, token in enumerate(made) if token.kind == "topn"), None)
    place = next((here for here, token in enumerate(made) if token.kind in {"dur", "bars"}), None)
    if top is None or place is None:
        return made
    return [*made[: place + 1], Token("ind", "return", "momentum"), *made[place + 1 :]]


def _weights(tokens: list[Token], symbols: int) -> list[Token]:
    """`50, 30 and 20 percent`, `SPY 70, TLT 30`, a third each: shares in per cent."""
    made = [
        Token("pct", token.text, ("", _SHARES[token.kind]))
        if token.kind in _SHARES and not (here and tokens[here - 1].kind in {"per", "of", "once"})
        and tokens[here - 1].text not in {"once", "each", "every"} else token
        for here, token in enumerate(tokens)
    ]  # fmt: skip
    last = next((here for here, token in enumerate(made) if token.kind == "pct"), None)
    if last is not None:
        start = last
        while start >= 2 and made[start - 1].kind in {"comma", "and"} and made[start - 2].kind == "num":
            start -= 2
        if (last - start) // 2 + 1 == symbols and symbols > 1:
            for here in range(start, last, 2):
                made[here] = Token("pct", made[here].text, ("", made[here].value))
    pairs = [here for here, token in enumerate(made[1:], 1) if token.kind == "num" and made[here - 1].kind == "ticker"]
    if len(pairs) == symbols and abs(sum(made[here].value for here in pairs) - 100) < 0.01:
        for here in pairs:
            made[here] = Token("pct", made[here].text, ("", made[here].value))
    return made


def _bands(tokens: list[Token]) -> list[Token]:
    """`with a 5% band`, `leave what is off by less than 2 % alone`."""
    drifts = [here for here, token in enumerate(tokens) if set(token.text.split()) & _DRIFT and token.kind != "pct"]
    if not drifts:
        return [token for token in tokens if not _idle(token)]
    near = [
        here for here, token in enumerate(tokens)
        if token.kind == "pct" and any(abs(here - drift) <= 4 for drift in drifts)
    ]  # fmt: skip
    if len(near) != 1:
        return tokens
    first, last = min(near[0], *drifts), max(near[0], *drifts)
    inside = {token.kind for token in tokens[first : last + 1]}
    if inside & {"ticker", "stopmark", "ser", "act"} - {"act"}:
        return tokens
    rest = tokens[last + 1 :]
    if rest[:1] and rest[0].kind == "of" and rest[1:2] and rest[1].kind == "account":
        rest = rest[2:]
    whole = [*tokens[:first], Token("band", tokens[near[0]].text, tokens[near[0]].value[1]), *rest]
    return [token for token in whole if not _idle(token)]


def _idle(token: Token) -> bool:
    return token.kind in {"unknown", "filler", "unclear"} and set(token.text.split()) <= _IDLE_WORDS
