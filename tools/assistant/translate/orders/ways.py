"""Ways out in a list: `out +0.4% or -0.3%`, `sell once RSI > 65, at a 3% loss or after ten bars`."""

from __future__ import annotations

from typing import Any

from ..tokens.levels import LEVELS, level
from ..tokens.pattern import Found, Row, matched
from ..tokens.token import Level, Setting, Token

Made = tuple[str, Any]
_V = f"v:{LEVELS}"
_EXITS = {"exit", "sell", "cover"}
_LEADS = {"act", "or", "comma", "and", "colon", "set", "slash", "then", "arrow", "either", "open"}
_CONTENT = {
    "ser", "record", "px", "above", "below", "orless", "ormore", "cross", "crossover", "crossunder", "green",
    "red", "oversold", "overbought", "opposite", "rising", "falling", "breaks", "breaksdown", "notcase", "edge",
    "part", "family", "weclose", "newx", "up", "down", "otherwise", "moveup", "movedown", "back", "turn", "clock",
    "day", "month", "may", "higher", "lower", "half", "third", "quarter", "fraction", "unknown", "not",
    "goldencross", "deathcross", "moc", "moo",
}
_END = "!in|on|above|below|of|from|ser|ma|ind|by|than|lastn|edge|family|slash|trailword|back"


def _put(name: str) -> Any:
    return lambda found: ("set", Setting(name, _plain(found)))


def _plain(found: Found) -> Level:
    """A level whose side is told by the words around it."""
    each = level(found)
    return Level(each.kind, each.value)


def _signed(found: Found) -> Made | None:
    each = level(found)
    if each.side not in {"+", "-", "above", "below"}:
        return None
    gain = each.side in {"+", "above"}
    return "set", Setting("target" if gain else "stop", _plain(found))


def _age(found: Found) -> Made | None:
    kind, value = found.kind("n"), found["n"]
    if {"last", "past", "previous", "prior"} & set(found.text("n").split()):
        return None  # so many bars back, and not from now on
    if kind == "bars":
        return "set", Setting("expire", ("bars", value))
    return ("set", Setting("expire", ("dur", value))) if value[0] == int(value[0]) else None


_MOVE = "move|moveup|movedown|cross|at|above|risen|fallen"
SURE = (
    Row(f"when|at|on? ser? {_MOVE}? above|by|of? {_V} favor", _put("target")),
)
"""What says by itself on which side it is, wherever it stands."""
EITHER = (
    *SURE,
    Row(f"when|at|on? {_V} {_END}", _signed),
    Row(f"when|at|on? v:rmul {_END}", _put("target")),
    Row("when|at? after|in n:bars|dur !when|after|before|nexttrade|op|above|below", _age),
    Row("at|by|before c:clock", lambda f: ("set", Setting("expire", ("text", f'"{f["c"]}"')))),
    Row("at|by|before? endofday", lambda f: ("set", Setting("expire", ("text", "day")))),
)  # fmt: skip
UPWARD = (
)  # fmt: skip
DOWNWARD = (
    Row(f"when|at|on? ser? movedown|fallen|lower by|above|at|atleast? {_V} more:orevenmore? {_END}", None),
)  # fmt: skip


def ways_out(tokens: list[Token]) -> list[Token]:
    """Behind a word that leaves, each way out that is a distance or an age as a setting."""
    entered = {token.value for token in tokens if token.kind == "act"} & {"long", "short"}
    made: list[Token] = []
    leaving, here = "", 0
    while here < len(tokens):
        token = tokens[here]
        if token.kind == "act" and token.value in {"long", "short", "fade"} | _EXITS:
            short = token.value == "cover" or entered == {"short"}
            leaving = ("short" if short else "long") if token.value in _EXITS else ""
        elif token.kind == "stopmark":
            leaving = ""
        found = _way(tokens, here, made, leaving)
        if found:
            made.append(found[0])
            here = found[1]
        else:
            made.append(token)
            here += 1
    return [token for here, token in enumerate(made) if not _said_by_ways(made, here)]


def _said_by_ways(tokens: list[Token], here: int) -> bool:
    """A word that leaves, where all that is said of it are ways out: `exit after 5 bars or at +3%`."""
    if tokens[here].kind != "act" or tokens[here].value not in _EXITS or tokens[here + 1 : here + 2] == []:
        return False
    after = next((token.kind for token in tokens[here + 1 :] if token.kind not in {"colon", "when", "at", "on"}), "")
    if after != "set":
        return False
    for token in tokens[here + 1 :]:
        if token.kind in {"act", "stopmark"}:
            break
        if token.kind in _CONTENT:
            return False
    return True


def _way(tokens: list[Token], here: int, before: list[Token], leaving: str) -> tuple[Token, int] | None:
    if not leaving or not before or before[-1].kind not in _LEADS:
        return _first(SURE, tokens, here)
    found = _first(EITHER, tokens, here)
    if found:
        return found
    for rows, name in ((UPWARD, "target"), (DOWNWARD, "stop")):
        name = name if leaving == "long" else {"target": "stop", "stop": "target"}[name]
        for row in rows:
            made = matched(row, tokens, here)
            moving = made and ({"up", "down"} & {token.kind for token in made[0].whole})
            if made and not (leaving == "short" and moving):  # `down 3 %` of a short: the price, or the position?
                return Token("set", made[0].text(), Setting(name, _plain(made[0]))), made[1]
    return None


def _first(rows: tuple[Row, ...], tokens: list[Token], here: int) -> tuple[Token, int] | None:
    for row in rows:
        found = matched(row, tokens, here)
        made = row.becomes(found[0]) if found and row.becomes else None
        if found and isinstance(made, tuple) and not isinstance(made, Token):
            return Token(made[0], found[0].text(), made[1]), found[1]
    return None


ENTRY = (
    Row(f"v:{LEVELS} side:above|below|from|offword e:entryprice|act", lambda f: _of_entry(f)),
)
"""How far from where the position was opened: the side alone is kept."""


def _of_entry(found: Found) -> Token | None:
    if found.kind("e") == "act" and found.text("e") not in {"entry", "entries", "buy", "the entry"}:
        return None
    token, side = found.token("v"), found.kind("side")
    if token.kind in {"pct", "rmul", "points", "pips", "ticks"} and side in {"above", "below"}:
        return Token(token.kind, found.text(), (side, token.value[1]))
    return Token(token.kind, found.text(), token.value)
