"""Limits of trading: trades and losers of a day, losses that end it, exposure, nights, pauses between trades."""

from __future__ import annotations

from typing import Any

from ..tokens.operands import operand
from ..tokens.pattern import Found, Row
from ..tokens.token import Setting, Token, number

Made = tuple[str, Any]
_BETWEEN = {
    "comma", "and", "after", "when", "then", "colon", "arrow", "on", "in", "aday", "per", "unit", "of", "at", "from",
    "today", "lossword", "dailyloss", "account", "drawdown", "movedown", "fallen", "down", "above", "all", "once",
    "perclip", "inrow", "to", "by", "maxword", "orevenmore", "no", "act", "or", "minusmark", "stopword", "atleast",
    "with", "let", "so", "wait", "limitword",
}
_RISES = {"up", "risen", "moveup", "profitword", "favor"}
_FALLS = {"lossword", "dailyloss", "movedown", "fallen", "down"}


def put(name: str, value: Any = "") -> Made:
    return "set", Setting(name, value)


def _whole(found: Found, name: str) -> Made | None:
    value = found["n"]
    return put(name, int(value)) if value == int(value) else None


def _wait(found: Found) -> Made:
    return put("wait", found["n"])


def _overnight(found: Found) -> list[Token]:
    return [Token("set", found.text(), Setting("expire", ("text", "day"))), Token("set", "", Setting("overnight"))]


_ALL_OUT = {"close", "flatten", "sell", "exit", "liquidate", "everything", "out", "flat", "all"}


def _drawn(found: Found) -> Made | None:
    """`At 8 % drawdown flatten it all`, and from when on it trades again."""
    if found["a"] != "exit" or not _ALL_OUT & set(found.text("a").split()) or found["p"][0]:
        return None
    share = f"{number(found['p'][1])}%"
    return put("drawdown_until", (share, found["r"])) if "r" in found else put("drawdown", share)


def _prefer(found: Found) -> Made | None:
    """`Lowest RSI first`: which of several goes first."""
    series = operand(found, "s")
    if series is None or series.frame or series.window:
        return None
    return put("prefer", f"{'-' if found.kind('w') == 'lowest' else ''}{series.text}")


_SO = "after|afterclose|between|with"
GUARDS = (
    Row("op|when|after|on|at? p:pct drawdown comma|then? a:act all|inall? r:restart?", _drawn),
    Row("op|when|after|on|at? drawdown op|of|at|above|ormore|equals? p:pct comma|then? a:act all|inall? r:restart?",
     _drawn),
    Row("w:lowest|highest s:ser|record first", _prefer),
    Row("not? to? above? maxword|highest? of? n:num daytrades maxword|highest?", lambda f: _whole(f, "day_trades")),
    Row("maxword|only|not? above? maxword|only? onceaday maxword|only?", lambda f: put("day_trades", 1)),
    Row("atleast n:num daytrades|act aday?", lambda f: put("least_trades")),
    Row("noleverage", lambda f: put("noleverage")),
    Row("not|no act? of|on|in|to? overnight", _overnight),
    Row("act? not|no overnight", _overnight),
    Row("intraday", _overnight),
    Row(f"{_SO}? perclip|nexttrade comma? wait above|morew|atleast|orevenmore? n:bars "
        "after|between|before? perclip|nexttrade|afterclose|act? act?", _wait),
    Row(f"{_SO}? wait above|morew|atleast|orevenmore? n:bars "
        "after|between|before? perclip|nexttrade|afterclose|act? act?", _wait),
)  # fmt: skip


def halts(tokens: list[Token]) -> list[Token]:
    """What ends trading and after what, in any order: `two losers and I'm done for the day`."""
    made: list[Token] = []
    sentence: list[Token] = []
    for token in [*tokens, Token("end", "")]:
        if token.kind in {"stopmark", "end"}:
            made += _halted(sentence)
            made += [token] if token.kind == "stopmark" else []
            sentence = []
        else:
            sentence.append(token)
    return made


def _halted(sentence: list[Token]) -> list[Token]:
    kinds = [token.kind for token in sentence]
    for end in ("untiltomorrow", "haltforever", "flattenday"):
        if kinds.count(end) == 1:
            place = kinds.index(end)
            for here in _causes(sentence, place):
                found = _cause(sentence, here, place, end)
                if found and _joined(sentence, here, place):
                    return _without(sentence, here, place, found)
    return sentence


def _causes(sentence: list[Token], place: int) -> list[int]:
    """Places of numbers, those nearest to the end of trading first."""
    places = [here for here, token in enumerate(sentence) if token.kind in {"num", "pct"}]
    return sorted(places, key=lambda here: abs(here - place))


def _cause(sentence: list[Token], here: int, place: int, end: str) -> Setting | None:
    token = sentence[here]
    near = {each.kind for each in sentence[max(here - 4, 0) : here + 5]}
    if token.kind == "num":
        follows = {each.kind for each in sentence[here + 1 : here + 3]}
        return Setting("day_losses", int(token.value)) if "losers" in follows and end != "haltforever" else None
    share = f"{number(token.value[1])}%"
    between = sentence[min(here, place) : max(here, place)]
    leaves = end == "flattenday" or any(each.kind == "act" and each.value == "exit" for each in between)
    if end == "haltforever" and leaves and near & _FALLS and "drawdown" not in near:
        return Setting("loss_out", share)
    if end == "untiltomorrow" and near & _RISES and not near & _FALLS:
        return Setting("day_gain", share)
    if end == "haltforever":
        return Setting("drawdown" if "drawdown" in near else "loss", share) if near & {"drawdown", *_FALLS} else None
    if not near & _FALLS:
        return None
    return Setting("daily_loss", (share, "flatten" if leaves else "halt"))


def _joined(sentence: list[Token], one: int, two: int) -> bool:
    between = sentence[min(one, two) + 1 : max(one, two)]
    return all(token.kind in _BETWEEN | {"losers", "unknown"} for token in between) and not any(
        token.kind == "act" and token.value != "exit" for token in between
    )


def _without(sentence: list[Token], one: int, two: int, setting: Setting) -> list[Token]:
    """The sentence with the one setting for all that says it."""
    first, last = min(one, two), max(one, two)
    while last + 1 < len(sentence) and sentence[last + 1].kind in {"losers", "aday", "inrow", *_FALLS, "drawdown"} | (
        {"perclip", "today", "account", "of", "on"} if one > two else set()
    ):
        last += 1
    while first and sentence[first - 1].kind in _BETWEEN - {"comma", "stopword", "act"}:
        first -= 1
    text = " ".join(token.text for token in sentence[first : last + 1])
    rest = sentence[last + 1 :]
    unread = " ".join(token.text for token in sentence[first : last + 1] if token.kind == "unknown")
    if unread:
        rest = [*rest, Token("note", f"Not read: '{unread}'.")]
    while rest and rest[0].kind in {"and", "comma", "then"} and len(rest) == 1:
        rest = []
    return [*sentence[:first], Token("set", text, setting), *rest]
