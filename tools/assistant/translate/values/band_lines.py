"""The lines of bands however they are named, put as rows read them: `bb(20, 2).lower`, `the 20 bar lower band (2
deviations)`, `cover in the middle band`, `sell limit at the middle band`."""

from __future__ import annotations

from collections.abc import Sequence

from ..tokens.token import Token

_EDGES = {"edge", "lower", "upper"}
_EXITS = {"exit", "sell", "cover"}
_LINES = {"upper", "middle", "lower"}
_ENDS = {"comma", "stopmark", "end", "note", "or"}


def with_band_lines(tokens: list[Token]) -> list[Token]:
    """Before brackets are set aside and amounts are read."""
    made: list[Token] = []
    here = 0
    while here < len(tokens):
        if made and made[-1].kind == "shut" and tokens[here].text == "." and _line_of_call(tokens, made, here):
            here += 1  # the line of a record, and no end of a sentence
            continue
        kinds = [token.kind for token in tokens[here : here + 4]]
        if kinds[:3] == ["family", "num", "num"] and kinds[3:] != ["bar"] and kinds[3:] != ["unit"]:
            made += [tokens[here], Token("open", "("), tokens[here + 1], Token("comma", ","), tokens[here + 2],
                     Token("shut", ")")]  # fmt: skip
            here += 3
            continue
        found = _deviations(tokens, here, made)
        if found:
            made, here = found
            continue
        made.append(tokens[here])
        here += 1
    return made


def _line_of_call(tokens: Sequence[Token], made: Sequence[Token], here: int) -> bool:
    opens = [at for at, token in enumerate(made) if token.kind == "open"]
    call = bool(opens) and opens[-1] > 0 and made[opens[-1] - 1].kind == "family"
    return call and here + 1 < len(tokens) and tokens[here + 1].kind in _EDGES


def _deviations(tokens: Sequence[Token], here: int, made: list[Token]) -> tuple[list[Token], int] | None:
    """`20 bar lower Bollinger band (2 deviations)`: length and deviations as one pair behind the band."""
    kinds = [token.kind for token in tokens[here : here + 4]]
    bracket = kinds == ["open", "num", "deviation", "shut"]
    if not (bracket or (kinds[1:3] == ["num", "deviation"] and tokens[here].text in {"with", "at"})):
        return None
    before = [token.kind for token in made[-4:]]
    named = before[:2] in (["num", "bar"], ["num", "unit"]) and before[3:] == ["family"]
    if not named or before[2] not in _EDGES:
        return None
    length, deviations = made[-4].value, tokens[here + 1].value
    pair = [Token("open", "("), Token("num", f"{length:g}", length), Token("comma", ","),
            Token("num", f"{deviations:g}", deviations), Token("shut", ")")]  # fmt: skip
    return [*made[:-4], *made[-2:], *pair], here + (4 if bracket else 3)


def with_exits_at_bands(tokens: list[Token]) -> list[Token]:
    """Once series are known: `in` a band as at it, and a limit of a way out behind the word that leaves."""
    entered = any((token.kind == "act" and token.value in {"long", "short"}) or (token.kind == "limitword"
                  and token.text.split()[0] in {"buy", "short"}) for token in tokens)  # fmt: skip
    made: list[Token] = []
    for here, token in enumerate(tokens):
        after = tokens[here + 1] if here + 1 < len(tokens) else Token("end", "")
        leaves = bool(made) and made[-1].kind == "act" and made[-1].value in _EXITS
        band = after.kind == "ser" and bool(after.value.band)
        if token.kind in {"in", "to"} and leaves and band:
            token = Token("at", "at")
        headed = [each.kind for each in made[-1:]] == ["colon"] and len(made) > 1 and made[-2].kind == "act"
        led = leaves or (headed and made[-2].value in _EXITS)
        if led and token.kind == "ser" and token.value.band in _LINES and after.kind in {*_ENDS, "or"}:
            made.append(Token("at", "at"))  # `cover mid band`, `exit: mid band or 12 bars`
        if token.kind == "act" and token.value == "sell" and _joined(made) and after.kind == "limitword":
            continue  # `exit with a sell limit`
        at = here + 1 + (after.kind == "at")
        lined = at < len(tokens) and tokens[at].kind == "ser" and bool(tokens[at].value.band)
        lined |= _from_close(tokens[here + 1 : here + 4])
        if token.kind == "limitword" and leaves and entered and lined and token.text.split()[0] in {"limit", "limits"}:
            made.append(Token("and", "with"))
        made.append(token)
    return made


def _from_close(tokens: Sequence[Token]) -> bool:
    """`1 % above the close`."""
    kinds = [token.kind for token in tokens]
    far = kinds[:1] in (["pct"], ["atrm"]) and kinds[1:] in (["above", "ser"], ["below", "ser"])
    return far and tokens[2].value.text == "close"


def _joined(made: Sequence[Token]) -> bool:
    kinds = [(token.kind, token.text) for token in made[-2:]]
    leaves = len(made) > 1 and made[-2].kind == "act" and made[-2].value in _EXITS
    return leaves and kinds[-1:] == [("and", "with")]
