"""How many of the last bars: on each of the last 5, at least 7 of the last 10 closes, at some point in the last 20,
no more than 6 bars ago.

What counts becomes a token of its own before comparisons are read, so that no number of it is taken for a value; with
the condition beside it, it is one condition.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from ..tokens.operands import operand
from ..tokens.pattern import Found, Row
from ..tokens.token import Compare, Condition, Joined, Not, Plain, Series, Token
from .resolve import run

Made = tuple[str, Any]
_OPS = {"atleast": ">=", "above": ">", "below": "<", "maxword": "<=", "orless": "<=", "ormore": ">=", "equals": "=="}
_COLOURS = {"green", "red", "up", "down", "higher", "lower"}
NEVER = "not recent("
_TURNED = {"<=": ">", ">=": "<"}
_STATES = {">", "<", ">=", "<=", "==", "!="}
_PASSED = {"last", "previous", "prior", "preceding", "past"}
LONGEST_RUN = 50
_LONGEST = 5000


def _bars(found: Found, label: str = "n") -> int:
    value = found[label]
    return int(value) if not isinstance(value, tuple) and value == int(value) and 1 <= value <= _LONGEST else 0


def _window(found: Found, op: str, least: int, count: int) -> list[Token] | None:
    """The count, and the close that is counted where closes are named."""
    if not count or not 0 <= least <= count:
        return None
    series = found["s"]
    if series is not None and (series.name != "px" or series.text != "close"):
        return None
    verb = found.text("s") in {"closed", "close"} and "bar" in found.text()
    own = [Token("ser", "" if verb else found.text("s"), series)] if series is not None else []
    return [Token("window", found.text(), (op, least, count)), *own]


def _of_last(found: Found) -> list[Token] | None:
    """At least 7 of the last 10 bars; of candles of a colour the rows of candles tell."""
    least, count = _bars(found, "m"), _bars(found)
    if found.kind("after") in _COLOURS or not least:
        return None
    return _window(found, _OPS.get(found.kind("q"), ">="), least, count)


def _all(found: Found) -> list[Token] | None:
    count = _bars(found)
    return _window(found, "==", count, count)


def _none(found: Found) -> list[Token] | None:
    return _window(found, "==", 0, _bars(found))


def _extreme(found: Found) -> list[Token] | None:
    """Higher than on each of the 25 bars before: than the highest of them."""
    series = operand(found, "a")
    count = found["n"][0] if found.kind("n") == "ago" else _bars(found)
    if series is None or series.window or not count or (found.kind("n") == "ago" and found["n"][1]):
        return None
    if found.kind("n") == "bars" and not _PASSED & set(found.text("n").split()):
        return None
    name = "highest" if found.kind("o") in {"above", "higher"} else "lowest"
    extreme = Series(f"{name}({series.text}, {count})", series.dim, name, count, series.frame, window=True)
    return [Token("ser", found.text("a"), series), Token("above" if name == "highest" else "below", found.text("o")),
            Token("ser", found.text("n"), extreme)]  # fmt: skip


def _since(found: Found) -> Token | None:
    """No more than 6 bars since …"""
    count = _bars(found) - (found.kind("q") == "below")
    return Token("recent", found.text(), count) if count >= 0 and _bars(found) else None


def _recently(found: Found) -> Token | None:
    """No more than 6 bars ago."""
    count, frame = found["a"]
    return None if frame else Token("recent", found.text(), count)


def _since_extreme(found: Found) -> Made | None:
    """20 bars or more since the highest high of the last 50."""
    extreme, count = found["b"], _bars(found)
    told = re.fullmatch(r"(highest|lowest)\((high|low|close), (\d+)\)", extreme.text)
    if not told or not count or extreme.frame:
        return None
    op = ">=" if "more" in found or found.kind("q") == "atleast" else ">" if found.kind("q") == "above" else "=="
    texts = [f"{word}_bars({price}, {told[3]}) {op} {count}" for word, price in _sides(told[1], told[2])]
    return "cond", Plain(texts[0], texts[1])


def _sides(word: str, price: str) -> tuple[tuple[str, str], tuple[str, str]]:
    """The extreme and that of the other side."""
    turned = {"highest": "lowest", "lowest": "highest", "high": "low", "low": "high"}
    return (word, price), (turned[word], turned.get(price, price))


def _before(found: Found) -> Token | None:
    """On each, on any, on none of the 20 bars before."""
    count, frame = found["n"]
    told = found.text("n").split()
    if frame or count < 2 or told[-1] in {"ago", "back"}:
        return None
    how = {"anyof": "any", "no": "none", "none": "none"}.get(found.kind("how"), "all")
    return Token("windowbefore", found.text(), (how, count))


_Q = "q:atleast|above|below|maxword|orless|ormore|equals"
_SOME = "in|on|over|at?"
WINDOWS = (
    Row("q:atleast|above? n:bars more:orevenmore? since b:ser", _since_extreme),
    Row("q:atleast|above? n:num barssince b:ser", _since_extreme),
    Row("maxword|orless a:ago", _recently),
    Row("q:maxword|orless|below n:num since:barssince !open", _since),
    Row("a:ser|record o:above|below|higher|lower in|on|at? all|per|anyof one? of? n:bars|ago", _extreme),
    Row(f"{_SOME} how:all|per|both|anyof|no|none num? of? n:ago", _before),
    Row(f"{_SOME} {_Q}? m:num of lastn n:num|bars s:ser?", _of_last),
    Row(f"{_SOME} {_Q}? m:num of n:bars s:ser?", _of_last),
    Row(f"{_SOME} all|per|both num? of n:bars s:ser?", _all),
    Row(f"{_SOME} none|no of? lastn n:num|bars s:ser?", _none),
)  # fmt: skip


def wrapped(condition: Condition, template: str) -> Made | None:
    """A condition inside another text, once its sides are known."""
    if not isinstance(condition, Compare | Joined | Plain | Not):
        return None
    if isinstance(condition, Plain) and condition.text.startswith('?"'):
        return None
    return "cond", ("wrapped", condition, template)


def _counted(found: Found) -> Made | None:
    op, least, count = found["w"]
    condition = found["c"]
    each = op == "==" and least == count <= LONGEST_RUN
    if each and isinstance(condition, Compare) and condition.op in _STATES:
        return "cond", run(condition, count)
    return wrapped(condition, f"sum(number({{0}}), {count}) {op} {least}")


def _of_before(found: Found) -> Made | None:
    """Of the bars before this one; what is not so on any of them is so on none."""
    how, count = found["w"]
    if how == "any" and _denied(found):
        how = "all"
    summed = f"sum(number({{0}}), {count})[1] == {0 if how == 'none' else count}"
    return wrapped(found["c"], f"history_bool(recent({{0}}, {count - 1}), 1)" if how == "any" else summed)


def _denied(found: Found) -> bool:
    """`not been above 60`: read as at or below it, which holds on every bar where the other holds on none."""
    denied = {"not", "never", "hasn't", "wasn't", "isn't", "weren't", "haven't", "aren't", "hadn't"}
    return bool(denied & set(found.text("c").split()))


def _never_within(condition: Any, count: int) -> Made | None:
    """`was not above 60 in the last 20 bars`: on none of them."""
    if not isinstance(condition, Compare) or condition.op not in _TURNED:
        return None
    return wrapped(replace(condition, op=_TURNED[condition.op]), f"{NEVER}{{0}}, {count})")


def not_now(tokens: list[Token]) -> list[Token]:
    """`It is above 60 and has not been above 60 in the last 20 bars`: not on those before this one."""
    states = [token.value for token in tokens if token.kind == "cond" and isinstance(token.value, Compare)]
    made = []
    for token in tokens:
        value: Any = token.value
        told = token.kind == "cond" and isinstance(value, tuple) and value[0] == "wrapped"
        if told and value[2].startswith(NEVER) and value[1] in states:
            count = int(value[2].split(", ")[-1].removesuffix(")"))
            token = Token("cond", token.text, ("wrapped", value[1], f"not history_bool(recent({{0}}, {count - 1}), 1)"))
        made.append(token)
    return made


def _within(found: Found) -> Made | None:
    """Within the last 20 bars: no longer ago than that; on any of them: this one and the 19 before it."""
    count = _bars(found)
    if _denied(found):
        some = any(token.kind == "anyof" for token in found.whole)
        return _never_within(found["c"], count - some) if count > some else None
    words = {word for token in found.whole if token.kind != "cond" for word in token.text.split()}
    if not count or not {"within", "last", "past", "previous", "recent", "prior", "preceding"} & words:
        return None
    if {"previous", "prior", "preceding"} & words:
        return wrapped(found["c"], f"history_bool(recent({{0}}, {count - 1}), 1)")
    counted = any(token.kind == "anyof" for token in found.whole)
    return wrapped(found["c"], f"recent({{0}}, {count - counted})")


def _recent(found: Found) -> Made | None:
    return wrapped(found["c"], f"recent({{0}}, {found['r']})")


_STARTS = "start|comma|and|or|when|stopmark|act|colon|either|only"
COUNTS = (
    Row("w:window c:cond", _counted),
    Row("c:cond w:window", _counted),
    Row("c:cond w:windowbefore", _of_before),
    Row("r:recent c:cond", _recent),
    Row("c:cond r:recent", _recent),
    Row("c:cond anytime? in|on anyof? lastn? n:bars anytime? !inrow|after|since|of|from", _within),
    Row(f"<{_STARTS} anytime? in|on anyof? lastn? n:bars comma? c:cond anytime?", _within),
)  # fmt: skip


def bars_since(tokens: list[Token]) -> list[Token]:
    """`barssince(…) <= 6`: what is in the brackets, so many bars ago at the most."""
    made: list[Token] = []
    here = 0
    while here < len(tokens):
        found = _call(tokens, here) if tokens[here].kind == "barssince" else None
        if found:
            end, token = found
            made += [*tokens[here + 2 : end], token]
            here = end + 3
            continue
        made.append(tokens[here])
        here += 1
    return made


def _call(tokens: list[Token], here: int) -> tuple[int, Token] | None:
    """Where the bracket ends, and what is said behind it."""
    depth = 0
    for place in range(here + 1, len(tokens)):
        depth += {"open": 1, "shut": -1}.get(tokens[place].kind, 0)
        if depth == 0:
            break
    else:
        return None
    kinds = [token.kind for token in tokens[place : place + 3]]
    if place == here + 1 or len(kinds) < 3 or kinds[1] not in {"orless", "below", "maxword"} or kinds[2] not in {
        "num", "bars"
    }:
        return None
    count = int(tokens[place + 2].value) - (kinds[1] == "below")
    return (place, Token("recent", f"barssince {kinds[1]}", count)) if count >= 0 else None

