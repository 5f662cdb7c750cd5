"""Pauses between trades before limits are read: hours as bars of the chart, `if I lose`, `buy again not before …`."""

from __future__ import annotations

from collections.abc import Sequence

from ..tokens.token import Token

_PAUSES = {"afterclose", "afterloss", "lastlost", "afterstop", "afterwin", "beforenext", "betweentrades"}
_WAITS = {"wait", "noearlier", "not", "no"}
_MINUTES = {"m": 1, "h": 60, "d": 1440, "w": 7 * 1440}
_LOSES = {"lose", "loses", "lost", "losing"}


def with_pauses(tokens: list[Token]) -> list[Token]:
    """Each sentence of a pause with its length in bars of the chart and with what it comes after as one token."""
    frames = {token.value for token in tokens if token.kind in {"timeframe", "frame"}}
    frame = next(iter(frames)) if len(frames) == 1 else "1d" if not frames and _of_days(tokens) else ""
    made: list[Token] = []
    sentence: list[Token] = []
    for token in [*tokens, Token("end", "")]:
        if token.kind in {"stopmark", "end"}:
            made += _read(sentence, frame)
            made += [token] if token.kind == "stopmark" else []
            sentence = []
        else:
            sentence.append(token)
    return made


def _of_days(tokens: Sequence[Token]) -> bool:
    """Whether something else is counted in days, so that the chart is of days."""
    return any(token.kind == "ser" and token.value.frame == "days" for token in tokens)


def _read(sentence: list[Token], frame: str) -> list[Token]:
    sentence = _put_plainly(sentence)
    kinds = {token.kind for token in sentence}
    if not (kinds & _PAUSES or ({"nexttrade"} & kinds and kinds & _WAITS)):
        return sentence
    return [_in_bars(token, frame) for token in sentence]


def _put_plainly(sentence: list[Token]) -> list[Token]:
    """`if I lose, no trades for …`, `after losers`, `buy again not before …`, `leave 4 hours between trades`."""
    made: list[Token] = []
    here = 0
    while here < len(sentence):
        kinds = [token.kind for token in sentence[here : here + 4]]
        token = sentence[here]
        waits = any(each.kind == "wait" for each in sentence)
        lost = len(kinds) > 1 and bool(_LOSES & set(sentence[here + 1].text.split()))
        lost = kinds[:2] in (["when", "movedown"], ["after", "movedown"]) and lost
        after = kinds[:2] == ["after", "losers"] or (kinds[:2] == ["after", "lossword"] and kinds[2:3] != ["of"])
        if waits and (lost or after):
            made.append(Token("afterloss", f"{token.text} {sentence[here + 1].text}"))
            here += 2
        elif kinds[:3] == ["act", "back", "noearlier"] and token.value in {"long", "short"}:
            made.append(Token("nexttrade", f"{token.text} {sentence[here + 1].text}"))
            here += 2
        elif kinds[:1] == ["act"] and token.text == "leave" and "betweentrades" in kinds[2:]:
            here += 1
        else:
            made.append(token)
            here += 1
    return made


def _in_bars(token: Token, frame: str) -> Token:
    """A duration as so many bars of the chart, where they come out even; days on bars of hours may be of the calendar
    or of 24 hours, so that they stay as they are."""
    if token.kind != "dur" or not frame or frame[-1:] not in _MINUTES:
        return token
    count, unit = token.value
    each = int(frame[:-1]) * _MINUTES[frame[-1]]
    minutes = count * _MINUTES.get(unit, 0)
    if not minutes or minutes % each or (unit in {"d", "w"} and frame != "1d") or (unit == "w"):
        return token
    return Token("bars", token.text, int(minutes // each))
